//! The history of a deal: what happened to it and what was noted on it (§13.2).

use std::sync::Arc;

use crate::domain::record::deal::{Deal, Event};
use crate::domain::record::note::{Note, Notes};
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
