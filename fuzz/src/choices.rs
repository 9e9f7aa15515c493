//! What a person chooses about a file, as bytes behind it.

/// What parts a file from the choices behind it: bytes that stand side by side
/// in no text, so that real files are files without choices.
const MARK: [u8; 4] = [0xff, 0x00, 0xfe, 0x00];

/// Choices, one byte each; where there are no more, every choice is the first,
/// which is what was proposed.
pub struct Choices<'a>(&'a [u8]);

impl<'a> Choices<'a> {
    /// A file, and the choices behind it.
    pub fn behind(bytes: &'a [u8]) -> (&'a [u8], Self) {
        let at = bytes.windows(MARK.len()).rposition(|part| part == MARK);
        let (file, rest) = bytes.split_at(at.unwrap_or(bytes.len()));
        (file, Self(rest.get(MARK.len()..).unwrap_or_default()))
    }

    /// The choices in these bytes.
    pub fn of(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// A number below `most`, 0 where there are no more choices.
    pub fn number(&mut self, most: usize) -> usize {
        let (first, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        usize::from(*first) % most.max(1)
    }

    /// One of these, or none, which is the first choice.
    pub fn maybe<T: Clone>(&mut self, among: &[T]) -> Option<T> {
        let at = self.number(among.len() + 1);
        among.get(at.checked_sub(1)?).cloned()
    }

    /// Whether there are more.
    pub fn has_more(&self) -> bool {
        !self.0.is_empty()
    }

    /// The bytes that are left.
    pub fn rest(self) -> &'a [u8] {
        self.0
    }
}
