//! How a file is written: what parts its cells, what quotes them, and whether
//! a backslash escapes.

/// What parts the cells of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delimiter {
    /// The character, which is one byte.
    pub(super) byte: u8,
    /// Blanks around it belong to it.
    pub(super) is_padded: bool,
}

impl Delimiter {
    /// A delimiter of one character.
    pub(super) const fn of(byte: u8) -> Self {
        Self {
            byte,
            is_padded: false,
        }
    }

    /// The character, without the blanks that may stand around it.
    pub fn char(self) -> char {
        char::from(self.byte)
    }

    /// Its name for people, of many.
    pub fn name(self) -> &'static str {
        match (self.byte, self.is_padded) {
            (b',', false) => "commas",
            (b',', true) => "commas with blanks",
            (b';', false) => "semicolons",
            (b';', true) => "semicolons with blanks",
            (b'\t', _) => "tabs",
            (b'|', false) => "bars",
            (b'|', true) => "bars with blanks",
            _ => "blanks",
        }
    }
}

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// What parts the cells.
    pub delimiter: Delimiter,
    /// What stands around cells that hold a delimiter.
    pub quote: u8,
    /// A backslash before a quote or a delimiter makes it a character like others.
    pub escapes: bool,
}
