//! What is stored and could not be read: kept until the user decides.

use std::collections::BTreeSet;

use super::{KeyValue, PortError, Saver, Shelf, Workspace, merge, units};

impl Saver {
    /// The stored texts that could not be read in full, or hold what is shown
    /// repaired: where each was, such as `deals/3`, and the text as it is.
    ///
    /// # Errors
    /// The storage can't be read.
    pub fn unread(&self, port: &dyn KeyValue) -> Result<Vec<(String, String)>, PortError> {
        let prefix = self.space.prefix();
        let mut keys = port.keys(prefix)?;
        keys.retain(|key| self.space.aside_number(key).is_some());
        keys.sort_unstable();
        let unsettled = self.unsettled();
        keys.extend(unsettled.iter().map(|shelf| self.space.key(*shelf)));
        let mut unread = Vec::new();
        for key in keys {
            if let Some(text) = port.get(&key)? {
                unread.push((key.trim_start_matches(prefix).to_owned(), text));
            }
        }
        Ok(unread)
    }

    /// How many there are of them.
    pub fn unread_count(&self) -> usize {
        self.asides + self.unsettled().len()
    }

    /// Shelves with something that is not shown, or shown repaired.
    fn unsettled(&self) -> BTreeSet<Shelf> {
        let repaired = self.repaired.iter();
        let repaired = repaired.filter_map(|key| self.placement.shelf_of(*key));
        repaired.chain(self.to_keep.iter().copied()).collect()
    }

    /// Lets what was repaired be stored as it is shown.
    fn settle_repaired(&mut self, now_ms: i64) {
        let revision = self.clock.next(now_ms);
        for key in std::mem::take(&mut self.repaired) {
            self.stored.remove(&key);
            self.placement.set_revision(key, revision);
            self.unwritten.insert(key);
            self.to_keep.extend(self.placement.shelf_of(key));
        }
        self.news.extend(self.stored.keys());
    }

    /// Throws away what [`Saver::unread`] gives, because the user said so.
    ///
    /// # Errors
    /// The storage refuses; what is left is as it was.
    pub fn discard_unread(
        &mut self,
        port: &dyn KeyValue,
        workspace: &Workspace,
        now_ms: i64,
    ) -> Result<(), PortError> {
        for key in port.keys(self.space.prefix())? {
            if self.space.aside_number(&key).is_some() {
                port.remove(&key)?;
                self.asides = self.asides.saturating_sub(1);
            }
        }
        self.settle_repaired(now_ms);
        while let Some(shelf) = self.to_keep.first().copied() {
            let key = self.space.key(shelf);
            let holds_nothing = self
                .placement
                .on(shelf)
                .all(|key| workspace.get(key).is_none());
            if holds_nothing && shelf.is_page() {
                port.remove(&key)?;
                self.sizes.remove(&shelf);
            } else if let Some(text) = port.get(&key)? {
                // As if it had been merged: it is written over as it is.
                self.seen.insert(shelf, merge::print(&text));
                self.touch(shelf);
            }
            self.to_keep.remove(&shelf);
        }
        self.retry(now_ms);
        Ok(())
    }

    /// How many characters this account takes up in the storage, without what
    /// could not be read.
    pub fn characters(&self) -> usize {
        self.sizes.values().sum()
    }

    pub(super) fn count_size(&mut self, shelf: Shelf, text: &str) {
        let key = self.space.key(shelf);
        self.sizes.insert(shelf, units(&key) + units(text));
    }
}
