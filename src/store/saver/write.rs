//! How a saver writes a shelf.

use super::moving::Shorter;
use super::{
    Key, KeyValue, MARKS_KEPT_MS, Marks, PageCount, Record, Saver, Shelf, Trouble, Workspace,
    merge, page, units,
};
use crate::codec::shelf::PAGE_CHARACTERS;

impl Saver {
    /// What is written next. Shelves with something on them come first, so that
    /// nothing old is emptied before what takes its place is safe.
    ///
    /// A shelf that the journal does not have yet waits for it, unless the page
    /// is about to go.
    pub(super) fn next_dirty(&self, is_last: bool) -> Option<Shelf> {
        let may = |shelf: &Shelf| is_last || !self.journal.is_wanted(*shelf);
        let open = self.dirty.difference(&self.refused).copied();
        let mut open = open.filter(may);
        let first = open.next()?;
        let mut full = std::iter::once(first).chain(open);
        Some(
            full.find(|shelf| !self.placement.is_empty(*shelf))
                .unwrap_or(first),
        )
    }

    pub(super) fn write(
        &mut self,
        shelf: Shelf,
        workspace: &Workspace,
        port: &dyn KeyValue,
    ) -> Result<(), Trouble> {
        let key = self.space.key(shelf);
        let before = port.get(&key)?;
        if let Some(text) = &before {
            self.merge(shelf, text, workspace)?;
            self.keep(shelf, text, port)?;
        }
        let text = self.text_of(shelf, workspace)?;
        self.write_moved(shelf, workspace, port)?;
        let Some(text) = text else {
            return Ok(());
        };
        if before.as_ref() != Some(&text) {
            port.set(&key, &text)?;
            self.own.insert(shelf);
            self.count_size(shelf, &text);
        }
        self.lost.remove(&shelf);
        self.edited.remove(&shelf);
        self.leftovers.remove(&shelf);
        self.seen.insert(shelf, merge::fingerprint(&text));
        for key in self.placement.on(shelf) {
            self.unwritten.remove(&key);
        }
        Ok(())
    }

    /// The text of a shelf as it is to be stored; none where there is nothing
    /// to store. A page that is stored stays, even when nothing is on it any
    /// more, so that one that is gone is missed.
    pub(super) fn text_of(
        &mut self,
        shelf: Shelf,
        workspace: &Workspace,
    ) -> Result<Option<String>, Trouble> {
        if let Some(text) = self.journal.take_text(shelf) {
            return Ok(Some(text));
        }
        if self.stored.is_empty() && self.leftovers.is_empty() {
            // Only then: how a record is mended may depend on an old mark, and
            // an earlier copy of it would come back.
            let now = u64::try_from(self.now_ms).unwrap_or(0);
            self.placement
                .prune(shelf, now.saturating_sub(MARKS_KEPT_MS));
        }
        let marks = self.marks(shelf);
        let is_empty = self.placement.is_empty(shelf) && marks.removed.is_empty();
        let is_stored = self.sizes.contains_key(&shelf);
        if is_empty && marks.pruned == 0 && shelf.is_page() && !is_stored {
            return Ok(None);
        }
        loop {
            let text = self.encode(shelf, workspace, &marks)?;
            if !shelf.is_page() || units(&text) <= PAGE_CHARACTERS {
                return Ok(Some(text));
            }
            match self.make_shorter(shelf, units(&text), workspace) {
                Shorter::No => return Ok(Some(text)),
                Shorter::Yes => {}
                Shorter::AsStored => return Ok(None),
            }
        }
    }

    /// What is not in the storage as it is here, by the keys it would be stored
    /// under, however long the texts are: with what is stored beside them they
    /// are the whole account. What can't be written as a text is left out, and
    /// there are none where writing was stopped: what is stored is newer then, or
    /// what is here can't be trusted.
    ///
    /// The workspace must be the one whose changes were noted.
    pub fn unsaved_texts(&self, workspace: &Workspace) -> Vec<(String, String)> {
        let dirty = self.dirty.iter().filter(|_| !self.is_locked);
        let unsaved = dirty.filter_map(|shelf| {
            let text = self.encode(*shelf, workspace, &self.marks(*shelf)).ok()?;
            Some((self.space.key(*shelf), text))
        });
        unsaved.collect()
    }

    fn marks(&self, shelf: Shelf) -> Marks {
        Marks {
            removed: self.placement.marks_on(shelf).collect(),
            pruned: self.placement.pruned(shelf),
            generation: self.generation,
        }
    }

    fn encode(
        &self,
        shelf: Shelf,
        workspace: &Workspace,
        marks: &Marks,
    ) -> Result<String, Trouble> {
        let records: Vec<(Key, Record)> = self
            .placement
            .on(shelf)
            .filter_map(|key| Some((key, self.record(key, workspace)?)))
            .collect();
        let items = records.iter().map(|(key, record)| {
            (
                self.placement.revision(*key),
                record,
                self.placement.extra(*key),
            )
        });
        Ok(page::encode(shelf, items, marks)?)
    }

    /// Keeps the stored text of a shelf that holds something unreadable,
    /// before it is written over.
    fn keep(&mut self, shelf: Shelf, text: &str, port: &dyn KeyValue) -> Result<(), Trouble> {
        if self.to_keep.contains(&shelf) || self.written_over.contains(&shelf) {
            let mut number = 0;
            let mut key = self.space.aside_key(number, shelf);
            // Another tab may have kept another text under the same number.
            while port.get(&key)?.is_some() {
                number += 1;
                key = self.space.aside_key(number, shelf);
            }
            port.set(&key, text)?;
            self.asides.insert(key);
            self.to_keep.remove(&shelf);
            self.written_over.remove(&shelf);
        }
        Ok(())
    }

    /// Takes note of how many pages are stored, so that one that is gone is
    /// missed.
    pub(super) fn count_pages(&mut self, port: &dyn KeyValue) {
        let known = self.pages.unwrap_or_default();
        let used = self.placement.shelves();
        let count = used.fold(known, |all, shelf| all.with(shelf));
        if self.pages == Some(count) {
            return;
        }
        let key = self.space.pages_key();
        let stored = port.get(&key).ok().flatten();
        let stored = stored.as_deref().and_then(PageCount::parse);
        let count = stored.map_or(count, |stored| stored.or(count));
        // No data is lost where this is refused, and it is tried again.
        if stored == Some(count) || port.set(&key, &count.to_string()).is_ok() {
            self.pages = Some(count);
        }
    }
}
