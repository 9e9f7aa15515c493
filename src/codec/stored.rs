//! What lies on a shelf, however it is written there.

use super::extra::Extra;
use super::revision::Revision;
use crate::domain::record::workspace::{Key, Record};

/// The version of the format this program writes.
pub const VERSION: u32 = 4;

/// A record as it lies on a shelf.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    /// When it was last changed.
    pub revision: Revision,
    /// The record.
    pub record: Record,
    /// The fields this version does not know.
    pub extra: Option<Extra>,
}

/// A record as it is written to a shelf: when it was last changed, and the
/// fields this version does not know.
pub type Written<'a> = (Revision, &'a Record, Option<&'a Extra>);

/// A part of a shelf that can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The text as it is stored.
    pub text: String,
    /// Why.
    pub reason: String,
}

/// All that lies on a shelf.
#[derive(Debug, Default)]
pub struct Page {
    /// The version of the format it was written in; 0 where it does not say.
    pub version: u32,
    /// The records.
    pub records: Vec<Stored>,
    /// The records that were deleted, and when.
    pub removed: Vec<(Key, Revision)>,
    /// Marks of deleted records were forgotten up to this time (milliseconds
    /// since 1970): a record older than that which is not here was deleted.
    pub pruned: u64,
    /// The account's generation: another number after every erasing.
    pub generation: u64,
    /// What can't be read.
    pub unread: Vec<Unread>,
}

/// What is written of a shelf beside its records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// As in [`Page::removed`].
    pub removed: Vec<(Key, Revision)>,
    /// As in [`Page::pruned`].
    pub pruned: u64,
    /// As in [`Page::generation`].
    pub generation: u64,
}
