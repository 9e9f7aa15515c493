//! What a name is; how one is made of what was typed is in [`text`](super::text).

use serde::{Deserialize, Serialize};

/// A name: trimmed, without control characters, in Unicode's composed form,
/// with something in it to see; shared when copied.
///
/// Two names may name the same thing and yet not be equal as texts: what
/// counts is their [`key`](Name::key).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Name(pub(super) std::sync::Arc<str>);

impl Name {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Name> for String {
    fn from(name: Name) -> String {
        name.0.as_ref().to_owned()
    }
}
