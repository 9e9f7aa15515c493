//! A page whose text has become too long lets go of what was made longer.
//!
//! A record that goes to another page is written there first. Its earlier copy
//! may stay where it was until that page is written for another reason, so that
//! an edit writes one page of a kind: of two copies the later one counts, and
//! the mark of a deleted record is kept as long as there may be one.

use super::{Key, KeyValue, Saver, Shelf, Trouble, Workspace, about_characters};
use crate::codec::shelf::PAGE_CHARACTERS;
use crate::domain::value::order::sort;

/// What has become of a page that is too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shorter {
    /// Nothing on it can go elsewhere.
    No,
    /// There is less on it.
    Yes,
    /// What was changed on it is on other pages now: it need not be written.
    AsStored,
}

impl Saver {
    /// Moves what was changed on a page of so many characters, the longest
    /// records first, until it is about as short as it is to be.
    pub(super) fn make_shorter(
        &mut self,
        shelf: Shelf,
        characters: usize,
        workspace: &Workspace,
    ) -> Shorter {
        let all = self.placement.on(shelf).count();
        let changed = self.placement.on(shelf);
        let changed = changed.filter(|key| self.unwritten.contains(key));
        let about = |key: Key| Some((about_characters(&workspace.get(key)?), key));
        let mut changed: Vec<(usize, Key)> = changed.filter_map(about).collect();
        sort(&mut changed);
        let mut spare = characters.saturating_sub(PAGE_CHARACTERS);
        let mut gone = 0;
        while spare > 0
            && gone + 1 < all
            && let Some((about, key)) = changed.pop()
        {
            spare = spare.saturating_sub(about);
            gone += 1;
            if let Some(to) = self.placement.move_on(key, about) {
                self.touch(to);
                self.moved.entry(shelf).or_default().insert(to);
            }
        }
        match gone {
            0 => Shorter::No,
            _ if changed.is_empty()
                && self.edited.contains(&shelf)
                && !self.journal.is_owed(shelf) =>
            {
                self.dirty.remove(&shelf);
                self.edited.remove(&shelf);
                self.leftovers.insert(shelf);
                Shorter::AsStored
            }
            _ => Shorter::Yes,
        }
    }

    /// Writes the pages that records of this one have gone to.
    pub(super) fn write_moved(
        &mut self,
        shelf: Shelf,
        workspace: &Workspace,
        port: &dyn KeyValue,
    ) -> Result<(), Trouble> {
        // Taken out first: records may have gone both ways between two pages.
        let mut left = self.moved.remove(&shelf).unwrap_or_default();
        while let Some(to) = left.pop_first() {
            if self.dirty.contains(&to) {
                if let Err(trouble) = self.write(to, workspace, port) {
                    left.insert(to);
                    self.moved.entry(shelf).or_default().append(&mut left);
                    return Err(trouble);
                }
                self.dirty.remove(&to);
            }
        }
        Ok(())
    }

    /// Takes note that a record lies on another page now than its stored copy:
    /// the one it has left is to be written, after the one it is on.
    pub(super) fn follow(&mut self, from: Option<Shelf>, to: Shelf) {
        if let Some(from) = from {
            self.spoil(from);
            self.moved.entry(from).or_default().insert(to);
        }
    }
}
