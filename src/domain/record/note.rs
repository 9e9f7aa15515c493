//! Noted entries: what people write down about a deal, such as what was said
//! in a call (§13.2).
//!
//! Each is a record of its own and no part of its deal: so two tabs that note
//! something on one deal keep both, and an edit of the deal never writes them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::domain::value::id::{DealId, NoteId};
use crate::domain::value::time::Moment;

/// A noted entry.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Note {
    /// Its id.
    pub id: NoteId,
    /// The deal it was noted on.
    pub deal: DealId,
    /// When it was noted.
    pub at: Moment,
    /// What was noted: 1 to 5,000 characters, line breaks kept.
    pub text: String,
}

/// All noted entries, found by their ids and by their deals.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes {
    by_id: BTreeMap<NoteId, Arc<Note>>,
    by_deal: BTreeSet<(DealId, NoteId)>,
}

impl Notes {
    /// The entry of that id.
    pub fn get(&self, id: NoteId) -> Option<&Arc<Note>> {
        self.by_id.get(&id)
    }

    /// Puts an entry in the place of one of its id, which it returns.
    pub fn insert(&mut self, note: Arc<Note>) -> Option<Arc<Note>> {
        let (id, deal) = (note.id, note.deal);
        let before = self.by_id.insert(id, note);
        if let Some(before) = before.as_ref().filter(|before| before.deal != deal) {
            self.by_deal.remove(&(before.deal, id));
        }
        self.by_deal.insert((deal, id));
        before
    }

    /// Takes an entry out.
    pub fn remove(&mut self, id: NoteId) -> Option<Arc<Note>> {
        let before = self.by_id.remove(&id)?;
        self.by_deal.remove(&(before.deal, id));
        Some(before)
    }

    /// Those of a deal, in the order of their ids.
    pub fn of(&self, deal: DealId) -> impl Iterator<Item = &Arc<Note>> {
        let all = (deal, NoteId(0))..=(deal, NoteId(u64::MAX));
        let own = self.by_deal.range(all);
        own.filter_map(|(_, id)| self.by_id.get(id))
    }

    /// All of them, in the order of their ids.
    pub fn values(&self) -> impl Iterator<Item = &Arc<Note>> {
        self.by_id.values()
    }

    /// The ids of all, in order.
    pub fn keys(&self) -> impl Iterator<Item = NoteId> {
        self.by_id.keys().copied()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }
}

impl FromIterator<Arc<Note>> for Notes {
    /// Of two with the same id the last one stays.
    fn from_iter<T: IntoIterator<Item = Arc<Note>>>(notes: T) -> Self {
        let by_id: BTreeMap<_, _> = notes.into_iter().map(|note| (note.id, note)).collect();
        let by_deal = by_id.values().map(|note| (note.deal, note.id)).collect();
        Self { by_id, by_deal }
    }
}
