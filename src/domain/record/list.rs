//! The short lists a user edits in Account settings.

use serde::{Deserialize, Serialize};

use crate::domain::value::field::FieldName;
use crate::domain::value::id::EntryId;
use crate::domain::value::text::{Name, name_key};

/// Which list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListKind {
    /// Segments of customers.
    Segments,
    /// Categories: what is sold.
    Categories,
    /// Owners: the salespeople.
    Owners,
    /// Where deals come from.
    Sources,
    /// Why deals are won.
    ReasonsWon,
    /// Why deals are lost.
    ReasonsLost,
    /// Why deals are outdated.
    ReasonsOutdated,
}

impl ListKind {
    /// Every list, in the order of the settings page.
    pub const ALL: [ListKind; 7] = [
        Self::Segments,
        Self::Categories,
        Self::Owners,
        Self::Sources,
        Self::ReasonsWon,
        Self::ReasonsLost,
        Self::ReasonsOutdated,
    ];

    /// The heading of the list.
    pub fn title(self) -> &'static str {
        match self {
            Self::Segments => "Segments",
            Self::Categories => "Categories",
            Self::Owners => "Owners",
            Self::Sources => "Sources",
            Self::ReasonsWon => "Reasons: won",
            Self::ReasonsLost => "Reasons: lost",
            Self::ReasonsOutdated => "Reasons: outdated",
        }
    }

    /// What one entry is called, in the middle of a sentence.
    pub fn singular(self) -> &'static str {
        match self {
            Self::Segments => "segment",
            Self::Categories => "category",
            Self::Owners => "owner",
            Self::Sources => "source",
            Self::ReasonsWon | Self::ReasonsLost | Self::ReasonsOutdated => "reason",
        }
    }

    /// What a message calls the field in which an entry is chosen.
    pub fn field(self) -> FieldName {
        match self {
            Self::Segments => FieldName::Segment,
            Self::Categories => FieldName::Category,
            Self::Owners => FieldName::Owner,
            Self::Sources => FieldName::Source,
            Self::ReasonsWon | Self::ReasonsLost | Self::ReasonsOutdated => FieldName::Reason,
        }
    }

    /// Whether a deal that is closed must have a reason from this list, as lost
    /// and outdated ones must (§5.1).
    pub fn is_mandatory(self) -> bool {
        matches!(self, Self::ReasonsLost | Self::ReasonsOutdated)
    }

    /// A name for keys and files, such as `reasons_won`.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Segments => "segments",
            Self::Categories => "categories",
            Self::Owners => "owners",
            Self::Sources => "sources",
            Self::ReasonsWon => "reasons_won",
            Self::ReasonsLost => "reasons_lost",
            Self::ReasonsOutdated => "reasons_outdated",
        }
    }
}

/// One entry of a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Entry {
    /// Its id, unique among all lists.
    pub id: EntryId,
    /// Its name, unique within the list by its key.
    pub name: Name,
}

/// One of the short lists, in the user's order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct List {
    /// The entries.
    pub entries: Vec<Entry>,
}

impl List {
    /// The entry of that id.
    pub fn get(&self, id: EntryId) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id == id)
    }

    /// The name of an entry, empty when there is none.
    pub fn name(&self, id: Option<EntryId>) -> &str {
        id.and_then(|id| self.get(id))
            .map_or("", |entry| entry.name.as_str())
    }

    /// The entry that a text names.
    pub fn find(&self, name: &str) -> Option<&Entry> {
        let key = name_key(name);
        self.entries.iter().find(|entry| entry.name.has_key(&key))
    }
}
