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

/// How many characters (UTF-16 units, keys included) the texts under keys
/// with `prefix` take up.
///
/// # Errors
/// The storage can't be read.
pub fn characters_in_use(port: &dyn KeyValue, prefix: &str) -> Result<usize, PortError> {
    let mut sum = 0;
    for key in port.keys(prefix)? {
        sum += units(&key) + port.get(&key)?.map_or(0, |text| units(&text));
    }
    Ok(sum)
}

/// The length of a text as browsers count it: in UTF-16 units.
pub fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}
