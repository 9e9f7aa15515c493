//! The wall socket for storage: texts under keys, and what can go wrong.

/// Why the storage refuses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PortError {
    /// There is no room left.
    #[error("The browser's storage for this site is full.")]
    Full,
    /// The page may not keep data.
    #[error("The browser does not let this page keep data.")]
    Denied,
    /// Anything else, in the browser's own words.
    #[error("The browser's storage failed: {0}")]
    Other(String),
}

/// A storage of texts under keys. A call that fails has changed nothing.
pub trait KeyValue {
    /// The text under a key.
    ///
    /// # Errors
    /// The storage can't be read.
    fn get(&self, key: &str) -> Result<Option<String>, PortError>;

    /// Puts a text under a key, in place of what was there.
    ///
    /// # Errors
    /// The storage refuses; what was there stays.
    fn set(&self, key: &str, text: &str) -> Result<(), PortError>;

    /// Takes a key out, if it is there.
    ///
    /// # Errors
    /// The storage refuses; what was there stays.
    fn remove(&self, key: &str) -> Result<(), PortError>;

    /// The keys that start with `prefix`, in no particular order.
    ///
    /// # Errors
    /// The storage can't be read.
    fn keys(&self, prefix: &str) -> Result<Vec<String>, PortError>;
}

/// How much a browser keeps for one site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// So many characters, keys included.
    pub characters: usize,
    /// It counts bytes: a text with a character beyond U+00FF takes up two for
    /// each of its characters.
    pub counts_bytes: bool,
}

impl Room {
    /// What the browsers of this year have.
    pub const USUAL: Self = Self {
        characters: 5_242_880,
        counts_bytes: false,
    };

    /// What a text takes up.
    pub fn cost(self, text: &str) -> usize {
        let is_wide = self.counts_bytes && text.chars().any(|c| u32::from(c) > 0xff);
        units(text) * if is_wide { 2 } else { 1 }
    }
}

/// What the texts under keys with `prefix` take up, keys included.
///
/// # Errors
/// The storage can't be read.
pub fn in_use(port: &dyn KeyValue, prefix: &str, room: Room) -> Result<usize, PortError> {
    let mut sum = 0;
    for key in port.keys(prefix)? {
        sum += room.cost(&key) + port.get(&key)?.map_or(0, |text| room.cost(&text));
    }
    Ok(sum)
}

/// The length of a text as browsers count it: in UTF-16 units.
pub fn units(text: &str) -> usize {
    // In UTF-8 every character has exactly one byte that continues no other,
    // and characters of two units are those of four bytes.
    let of_byte = |byte: &u8| usize::from(byte & 0xc0 != 0x80) + usize::from(*byte >= 0xf0);
    text.as_bytes().iter().map(of_byte).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wide_text_takes_up_twice_as_much_where_bytes_are_counted() {
        let bytes = Room {
            counts_bytes: true,
            ..Room::USUAL
        };
        for (text, units, in_bytes) in [("abc", 3, 3), ("äé", 2, 2), ("łódź", 4, 8), ("🎉", 2, 4)]
        {
            assert_eq!(Room::USUAL.cost(text), units);
            assert_eq!(bytes.cost(text), in_bytes);
        }
    }
}
