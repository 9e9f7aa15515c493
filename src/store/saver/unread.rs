//! What is stored and could not be read, or is gone: told and kept until the
//! user decides.

use std::collections::BTreeSet;

use super::{KeyValue, PortError, Saver, Shelf, merge, page, units};
use crate::domain::value::order::Gather;

/// A stored text that could not be read in full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Where it was, such as `deals/3`, with what came before where it was
    /// set aside.
    pub place: String,
    /// What it holds.
    pub shelf: Shelf,
    /// The text as it is.
    pub text: String,
    /// Why it could not be read, for people. None where it can be read, but
    /// did not fit together with the rest.
    pub reason: Option<String>,
}

impl Saver {
    /// The stored texts that could not be read in full, or hold what is shown
    /// repaired.
    ///
    /// # Errors
    /// The storage can't be read.
    pub fn unread(&self, port: &dyn KeyValue) -> Result<Vec<Unread>, PortError> {
        let prefix = self.space.prefix();
        let asides = self.asides.iter().cloned();
        let asides = asides.filter_map(|key| Some((self.space.aside_shelf(&key)?, key)));
        let here = self.unsettled().into_iter();
        let here = here.map(|shelf| (shelf, self.space.key(shelf)));
        let mut unread = Vec::new();
        for (shelf, key) in asides.chain(here) {
            if let Some(text) = port.get(&key)? {
                unread.push(Unread {
                    place: key.trim_start_matches(prefix).to_owned(),
                    shelf,
                    reason: reason(shelf, &text),
                    text,
                });
            }
        }
        Ok(unread)
    }

    /// How many there are of them.
    pub fn unread_count(&self) -> usize {
        self.asides.len() + self.unsettled().len()
    }

    /// Shelves with something that is not shown, or shown repaired.
    fn unsettled(&self) -> BTreeSet<Shelf> {
        let repaired = self.repaired.iter();
        let repaired = repaired.filter_map(|key| self.placement.shelf_of(*key));
        let kept = self.to_keep.union(&self.written_over).copied();
        repaired.chain(kept).gather()
    }

    /// Lets what was repaired be stored as it is shown.
    fn settle_repaired(&mut self, now_ms: i64) {
        let revision = self.clock.next(now_ms);
        for key in std::mem::take(&mut self.repaired) {
            self.stored.remove(&key);
            self.placement.set_revision(key, revision);
            self.unwritten.insert(key);
            self.written_over.extend(self.placement.shelf_of(key));
        }
        self.news.extend(self.stored.keys());
    }

    /// Pages that were stored once and are gone.
    pub fn lost(&self) -> impl Iterator<Item = Shelf> + '_ {
        self.lost.iter().copied()
    }

    /// Throws away what [`Saver::unread`] gives, and takes what is gone for
    /// gone, because the user said so.
    ///
    /// # Errors
    /// The storage refuses; what is left is as it was.
    pub fn discard_unread(&mut self, port: &dyn KeyValue, now_ms: i64) -> Result<(), PortError> {
        while let Some(key) = self.asides.first() {
            port.remove(key)?;
            self.asides.pop_first();
        }
        self.settle_repaired(now_ms);
        self.to_keep.append(&mut self.written_over);
        while let Some(shelf) = self.to_keep.first().copied() {
            if let Some(text) = port.get(&self.space.key(shelf))? {
                // Marked as merged, so that it is written over unread.
                self.seen.insert(shelf, merge::fingerprint(&text));
                self.touch(shelf);
            }
            self.to_keep.remove(&shelf);
        }
        for shelf in std::mem::take(&mut self.lost) {
            // An empty page takes its place.
            self.sizes.insert(shelf, 0);
            self.touch(shelf);
        }
        self.retry(now_ms);
        Ok(())
    }

    /// How many characters this account takes up in the storage, without what
    /// could not be read.
    pub fn characters(&self) -> usize {
        let pages = self.pages.map_or(0, |count| {
            units(&self.space.pages_key()) + units(&count.to_string())
        });
        self.sizes.values().sum::<usize>() + pages
    }

    pub(super) fn count_size(&mut self, shelf: Shelf, text: &str) {
        let size = units(&self.space.key(shelf)) + units(text);
        self.sizes.insert(shelf, size);
        self.placement.see_characters(shelf, size);
    }
}

/// Why a text can't be read.
fn reason(shelf: Shelf, text: &str) -> Option<String> {
    match page::decode(shelf, text) {
        Ok(page) => page.unread.into_iter().next().map(|part| part.reason),
        Err(error) => Some(error.to_string()),
    }
}
