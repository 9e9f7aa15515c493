//! Customers: companies or people deals are made with.

use serde::{Deserialize, Serialize};

use crate::domain::value::id::{CustomerId, EntryId};
use crate::domain::value::text::Name;

/// A company or person.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Customer {
    /// Its id.
    pub id: CustomerId,
    /// Its name.
    pub name: Name,
    /// Its segment, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub segment: Option<EntryId>,
    /// An e-mail address; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub email: String,
    /// A telephone number; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// Anything else; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub notes: String,
}
