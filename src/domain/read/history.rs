//! The history of a deal: what happened to it and what was noted on it (§13.2).

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::domain::record::deal::{Deal, Event};
use crate::domain::record::note::{Note, Notes};
use crate::domain::value::id::NoteId;
use crate::domain::value::order::sort_by;

/// One entry of a history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry<'a> {
    /// Something happened. The number is its place among all that did.
    Event(usize, &'a Event),
    /// Something was noted.
    Note(&'a Arc<Note>),
}

/// The history of a deal, newest first; of the same minute what was noted
/// comes first. With `only_notes` nothing but what was noted.
pub fn entries<'a>(deal: &'a Deal, notes: &'a Notes, only_notes: bool) -> Vec<Entry<'a>> {
    let mut noted: Vec<&Arc<Note>> = notes.of(deal.id).collect();
    sort_by(&mut noted, &|a, b| (b.at, b.id).cmp(&(a.at, a.id)));
    let mut noted = noted.into_iter().peekable();
    let mut all = Vec::new();
    let events = deal.history.iter().enumerate().rev();
    for (place, event) in events.filter(|_| !only_notes) {
        while let Some(note) = noted.next_if(|note| note.at >= event.at) {
            all.push(Entry::Note(note));
        }
        all.push(Entry::Event(place, event));
    }
    all.extend(noted.map(Entry::Note));
    all
}

/// Of a history the first entries, `most` of them, and then those of the rest
/// that are being edited: what is typed into them is not to go unasked.
pub fn in_view<'a>(all: &[Entry<'a>], most: usize, edited: &BTreeSet<NoteId>) -> Vec<Entry<'a>> {
    let (first, rest) = all.split_at_checked(most).unwrap_or((all, &[]));
    let is_edited =
        |entry: &&Entry<'_>| matches!(entry, Entry::Note(note) if edited.contains(&note.id));
    let kept = rest.iter().filter(is_edited);
    first.iter().chain(kept).copied().collect()
}
