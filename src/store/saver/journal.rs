//! What goes to the journal before it goes to the storage.
//!
//! A browser may keep what was written to local storage in memory for a while.
//! The journal is a second, small storage that says when it has a text on
//! disk: it gets the texts of the shelves that were changed, all of one batch
//! or none, and only then are they written. A start merges what the journal
//! has by revision ([`Saver::replay`]), so that what was lost on the way to
//! the disk comes back.

use std::collections::{BTreeMap, BTreeSet};

use super::{Received, Saver, Shelf, Trouble, Unsaved, Workspace, generation_of};
use crate::codec::page;

/// Which shelves the journal is to have, and which it is getting.
#[derive(Debug, Default)]
pub(super) struct Journal {
    is_on: bool,
    /// It is not known yet whether there is one: changes wait for it.
    is_awaited: bool,
    /// Changed, and not yet on the way to the journal.
    wanted: BTreeSet<Shelf>,
    /// Those of them that hold something that is written already, and that the
    /// journal lacks.
    owed: BTreeSet<Shelf>,
    /// On the way.
    in_flight: BTreeSet<Shelf>,
    /// A batch is on the way.
    is_busy: bool,
    /// Texts that the next batch will have, or that have been handed out.
    texts: BTreeMap<Shelf, String>,
}

impl Journal {
    /// Whether there is a journal, or may be one.
    pub(super) fn is_on(&self) -> bool {
        self.is_on
    }

    /// Takes over whether there is a journal from the saver that is replaced.
    pub(super) fn continue_as(&mut self, other: &Self) {
        (self.is_on, self.is_awaited) = (other.is_on, other.is_awaited);
    }

    /// A shelf was changed: what the journal has of it, or gets, is old.
    pub(super) fn want(&mut self, shelf: Shelf) {
        self.forget_text(shelf);
        if self.is_on {
            self.in_flight.remove(&shelf);
            self.wanted.insert(shelf);
        }
    }

    /// A shelf's text is to be made anew.
    pub(super) fn forget_text(&mut self, shelf: Shelf) {
        self.texts.remove(&shelf);
    }

    /// The text made for the journal, if it is still the shelf's.
    pub(super) fn take_text(&mut self, shelf: Shelf) -> Option<String> {
        self.texts.remove(&shelf)
    }

    /// Whether the journal is to have a shelf and does not have it yet.
    pub(super) fn is_wanted(&self, shelf: Shelf) -> bool {
        self.wanted.contains(&shelf) || self.in_flight.contains(&shelf)
    }

    /// Whether the journal lacks what was written to a shelf before.
    pub(super) fn is_owed(&self, shelf: Shelf) -> bool {
        self.owed.contains(&shelf)
    }

    /// Whether the journal has all it is to have.
    pub(super) fn is_done(&self) -> bool {
        self.wanted.is_empty() && self.in_flight.is_empty()
    }

    /// Whether there is something to be put on its way.
    pub(super) fn has_work(&self) -> bool {
        !self.is_busy && !self.is_awaited && !self.wanted.is_empty()
    }
}

/// What is to be put into the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Batch {
    /// Nothing at the moment.
    Nothing,
    /// There is more to prepare: go on soon.
    More,
    /// These texts under these keys of the storage, all or none.
    Texts(Vec<(String, String)>),
}

impl Saver {
    /// There may be a journal: until [`Saver::journal_on`] or
    /// [`Saver::journal_off`] tells, changes wait, and are not called saved.
    pub fn journal_awaited(&mut self) {
        self.journal.is_on = true;
        self.journal.is_awaited = true;
    }

    /// Whether changes wait for the journal to be found.
    pub fn is_journal_awaited(&self) -> bool {
        self.journal.is_awaited
    }

    /// From now on changes go to the journal first. It also gets what this tab
    /// has written so far without it.
    pub fn journal_on(&mut self) {
        self.journal.is_on = true;
        self.journal.is_awaited = false;
        self.journal_own();
    }

    /// Puts what this tab has written, or is to write, into the journal.
    pub(super) fn journal_own(&mut self) {
        for shelf in self.own.union(&self.dirty) {
            self.journal.want(*shelf);
            self.journal.owed.insert(*shelf);
        }
        if !self.journal.is_done() {
            let now_ms = self.now_ms;
            self.unsaved_since.get_or_insert(Unsaved {
                first_ms: now_ms,
                last_ms: now_ms,
            });
        }
    }

    /// The journal can't be used any more: changes go to the storage at once.
    pub fn journal_off(&mut self) {
        self.journal = Journal::default();
    }

    /// Prepares what is to be put into the journal, one shelf and more as long
    /// as `go_on` says so. After a batch was handed out, the saver waits for
    /// [`Saver::journaled`] or [`Saver::journal_off`].
    ///
    /// What other tabs have stored is not read for it: a replay merges by
    /// revision, and some browsers let a page go while it asks the storage.
    ///
    /// The workspace must be the one whose changes were noted.
    ///
    /// # Errors
    /// None that the domain's types can cause.
    pub fn journal_some(
        &mut self,
        workspace: &Workspace,
        mut go_on: impl FnMut() -> bool,
    ) -> Result<Batch, Trouble> {
        match self.journal.has_work() {
            true => self.batch(workspace, &mut go_on),
            false => Ok(Batch::Nothing),
        }
    }

    /// Prepares all of it, for a page that is about to go: also what came while
    /// another batch is on its way.
    ///
    /// # Errors
    /// None that the domain's types can cause.
    pub fn journal_all(&mut self, workspace: &Workspace) -> Result<Batch, Trouble> {
        match self.journal.is_awaited {
            true => Ok(Batch::Nothing),
            false => self.batch(workspace, &mut || true),
        }
    }

    fn batch(
        &mut self,
        workspace: &Workspace,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<Batch, Trouble> {
        if self.is_stopped() {
            return Ok(Batch::Nothing);
        }
        while let Some(shelf) = self.next_unprepared() {
            match self.text_of(shelf, workspace)? {
                Some(text) => drop(self.journal.texts.insert(shelf, text)),
                // A page without a text holds nothing that could be lost.
                None => drop(self.journal.wanted.remove(&shelf)),
            }
            if self.next_unprepared().is_some() && !go_on() {
                return Ok(Batch::More);
            }
        }
        let journal = &mut self.journal;
        let wanted = std::mem::take(&mut journal.wanted);
        journal.owed.clear();
        let texts = wanted.iter().filter_map(|shelf| {
            let text = journal.texts.get(shelf)?.clone();
            Some((self.space.key(*shelf), text))
        });
        let texts: Vec<_> = texts.collect();
        if texts.is_empty() {
            return Ok(Batch::Nothing);
        }
        journal.is_busy = true;
        journal.in_flight.extend(wanted);
        Ok(Batch::Texts(texts))
    }

    /// The journal has the batch that was handed out.
    pub fn journaled(&mut self) {
        self.journal.in_flight.clear();
        self.journal.is_busy = false;
    }

    /// Takes over what the journal has later than the storage. The key of the
    /// generation is to come first.
    ///
    /// The workspace must be the one whose changes were noted.
    pub fn replay(
        &mut self,
        key: &str,
        text: &str,
        workspace: &Workspace,
        now_ms: i64,
    ) -> Received {
        if self.is_locked {
            return Received::Nothing;
        }
        if key == self.space.generation_key() {
            return match generation_of(text) {
                Some(generation) if generation > self.generation => {
                    self.receive(key, Some(text), workspace, now_ms)
                }
                _ => Received::Nothing,
            };
        }
        // An entry that can't be read is no loss: the storage has its own copy.
        let Some((shelf, Ok(page))) = self
            .space
            .shelf(key)
            .map(|shelf| (shelf, page::decode(shelf, text)))
        else {
            return Received::Nothing;
        };
        if page.generation < self.generation || !page.unread.is_empty() {
            return Received::Nothing;
        }
        self.now_ms = now_ms;
        if !self.take_over(shelf, page.records, page.removed, workspace) {
            return Received::Nothing;
        }
        self.lost.remove(&shelf);
        self.placement.see_pruned(shelf, page.pruned);
        self.owe(shelf);
        self.journal.want(shelf);
        self.unsaved_since.get_or_insert(Unsaved {
            first_ms: now_ms,
            last_ms: now_ms,
        });
        Received::Merged
    }

    fn next_unprepared(&self) -> Option<Shelf> {
        let mut wanted = self.journal.wanted.iter().copied();
        wanted.find(|shelf| !self.journal.texts.contains_key(shelf))
    }
}
