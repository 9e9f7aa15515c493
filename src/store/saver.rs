//! When and how changes get into the storage: a state machine over a
//! [`KeyValue`] port, without a clock and without a browser.
//!
//! [`Saver::load`] is the only way to a saver, so nothing is written before a
//! load has succeeded. A shelf stays dirty until its write has succeeded, so
//! no failure can pass for saved.
//!
//! Several tabs may keep the same account, each with a saver. Of every record
//! the latest revision counts, wherever it was made: before a shelf is
//! written, what is stored there is merged ([`Saver::receive`] does the same
//! when another tab has written), and where that lacks something later, the
//! shelf is written again. [`Saver::take_in`] hands out what the workspace
//! does not show yet.

mod journal;
mod load;
mod merge;
mod moving;
mod status;
mod unread;
mod write;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::placement::{Placement, about_characters};
use super::port::{KeyValue, PortError, units};
use crate::codec::CodecError;
use crate::codec::page;
use crate::codec::revision::{HybridClock, Revision};
use crate::codec::shelf::{PageCount, Shelf, Space, generation_of, generation_text};
use crate::codec::stored::Marks;
use crate::domain::mend::reconcile::{self, Mended, reconcile};
use crate::domain::record::workspace::{Changes, Key, Record, Workspace};
use crate::domain::value::order::Gather;
pub use journal::Batch;
use journal::Journal;
pub use merge::Received;
pub use status::{Flush, LoadError, Report, Status, Trouble};
pub use unread::Unread;

/// A change is written this many milliseconds after the last one ...
pub const DEBOUNCE_MS: i64 = 100;
/// ... but at most this many after the first that is not written yet.
pub const MAX_DELAY_MS: i64 = 300;
/// The marks of deleted records are kept for 30 days.
pub const MARKS_KEPT_MS: u64 = 30 * 24 * 60 * 60 * 1_000;

/// Keeps the storage up with the workspace.
#[derive(Debug)]
pub struct Saver {
    space: Space,
    clock: HybridClock,
    placement: Placement,
    dirty: BTreeSet<Shelf>,
    /// Those of them for nothing but changes of records that people have made
    /// here since.
    edited: BTreeSet<Shelf>,
    /// Pages that records of this one have gone to, which are to be written first.
    moved: BTreeMap<Shelf, BTreeSet<Shelf>>,
    /// Pages that may be stored with earlier copies of records that lie elsewhere.
    leftovers: BTreeSet<Shelf>,
    /// Records that were changed and have not been written since.
    unwritten: BTreeSet<Key>,
    journal: Journal,
    /// Dirty shelves whose write was refused since the last change.
    refused: BTreeSet<Shelf>,
    /// What is to be written along with the first change.
    waiting: BTreeSet<Shelf>,
    /// Records that the load has repaired: they are shown mended, and stored as
    /// they were until a person changes them.
    repaired: BTreeSet<Key>,
    /// Records that are stored, or are about to be, in another form than the
    /// workspace shows.
    stored: reconcile::Stored,
    /// Those of `stored` that the workspace does not show yet, or that are to be
    /// reconciled again.
    news: BTreeSet<Key>,
    /// Something is or was shown otherwise than it is stored. What stood in for
    /// something lost may be gone by now, and an undo may name it again.
    has_mended: bool,
    /// Fingerprints of the texts that were last written or merged.
    seen: HashMap<Shelf, u64>,
    /// How many characters each shelf takes up, its key included.
    sizes: HashMap<Shelf, usize>,
    /// Shelves that this tab has written.
    own: BTreeSet<Shelf>,
    generation: u64,
    /// A new account: the same in every tab, so that two that start on an
    /// empty storage begin with the same.
    fresh: fn() -> Workspace,
    now_ms: i64,
    /// Shelves whose stored text must be kept before they are written over.
    to_keep: BTreeSet<Shelf>,
    /// Shelves on which a person has changed a repaired record: their stored
    /// text is kept as well, although it can be read.
    written_over: BTreeSet<Shelf>,
    /// The keys of the texts that have been set aside, by whichever tab.
    asides: BTreeSet<String>,
    /// Pages that were written once and are not stored any more.
    lost: BTreeSet<Shelf>,
    /// How many pages there are, as it is stored.
    pages: Option<PageCount>,
    trouble: Option<Trouble>,
    /// What is stored in an older format is to be kept elsewhere first.
    is_held: bool,
    is_locked: bool,
    unsaved_since: Option<Unsaved>,
}

#[derive(Debug, Clone, Copy)]
struct Unsaved {
    first_ms: i64,
    last_ms: i64,
}

impl Saver {
    /// Takes note of changes that were made: their shelves are to be written.
    /// [`Saver::take_in`] then hands out what is to be shown otherwise because
    /// of them.
    pub fn note(&mut self, changes: &Changes, now_ms: i64) {
        if changes.is_empty() {
            return;
        }
        self.now_ms = now_ms;
        let revision = self.clock.next(now_ms);
        let mended = Mended::new(self.stored.keys());
        for change in &changes.0 {
            self.stored.remove(&change.key);
            if self.repaired.remove(&change.key) {
                // Its stored form, before the repair, is about to be written over.
                self.written_over
                    .extend(self.placement.shelf_of(change.key));
            }
            if let Some(record) = &change.after {
                let shelf = self.placement.place(change.key, about_characters(record));
                if !self.dirty.contains(&shelf) {
                    self.edited.insert(shelf);
                }
                self.dirty.insert(shelf);
                self.journal.want(shelf);
                self.placement.set_revision(change.key, revision);
                self.unwritten.insert(change.key);
            } else if let Some(shelf) = self.placement.bury(change.key, revision) {
                self.touch(shelf);
            }
        }
        if self.has_mended {
            for change in &changes.0 {
                self.put_in_news(change.key, change.after.clone());
            }
        }
        if changes.0.iter().any(|change| mended.heeds(change)) {
            self.news.extend(self.stored.keys());
        }
        for shelf in std::mem::take(&mut self.waiting) {
            self.touch(shelf);
        }
        self.retry(now_ms);
    }

    fn touch(&mut self, shelf: Shelf) {
        self.owe(shelf);
        self.journal.want(shelf);
    }

    /// A shelf is to be written, whatever else happens.
    fn owe(&mut self, shelf: Shelf) {
        self.dirty.insert(shelf);
        self.edited.remove(&shelf);
    }

    /// Lets what was refused be tried again.
    pub fn retry(&mut self, now_ms: i64) {
        self.now_ms = now_ms;
        self.refused.clear();
        if !self.dirty.is_empty() {
            let first_ms = self
                .unsaved_since
                .map_or(now_ms, |unsaved| unsaved.first_ms);
            self.unsaved_since = Some(Unsaved {
                first_ms,
                last_ms: now_ms,
            });
        }
    }

    /// The space it writes to.
    pub fn space(&self) -> Space {
        self.space
    }

    /// The account's generation: another after every erasing.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Tells the account at one time from what it is at another: what is stored
    /// of it, and what is not.
    pub fn fingerprint(&self) -> u64 {
        let shelves: BTreeMap<Shelf, u64> = self.seen.iter().map(|(s, p)| (*s, *p)).gather();
        let stored = shelves.into_iter();
        let latest = |shelf: Shelf| {
            let living = self.placement.on(shelf);
            let living = living.map(|key| self.placement.revision(key).millis);
            let deleted = self.placement.marks_on(shelf);
            let deleted = deleted.map(|(_, revision)| revision.millis);
            (shelf, living.chain(deleted).max().unwrap_or_default())
        };
        let unsaved = self.dirty.iter().map(|shelf| latest(*shelf));
        let all = stored.chain(unsaved).map(|(s, p)| format!("{s} {p} "));
        merge::fingerprint(&all.collect::<String>())
    }

    /// What tells of the generation: its key and its text.
    pub fn generation_entry(&self) -> (String, String) {
        let text = generation_text(self.generation);
        (self.space.generation_key(), text)
    }

    /// Whether everything is in the storage.
    pub fn status(&self) -> Status {
        match &self.trouble {
            Some(trouble) => Status::NotSaved(trouble.clone()),
            None if self.dirty.is_empty() && self.journal.is_done() => Status::Saved,
            None => Status::Saving,
        }
    }

    /// In how many milliseconds [`Saver::journal_some`] and then
    /// [`Saver::flush_some`] should be called; none while there is nothing to
    /// do for them.
    pub fn due(&self, now_ms: i64) -> Option<i64> {
        let unsaved = self.unsaved_since?;
        if self.is_stopped() || (self.next_dirty(false).is_none() && !self.journal.has_work()) {
            return None;
        }
        if now_ms < unsaved.last_ms {
            // A clock that was set back must not put the writing off.
            return Some(0);
        }
        let at = (unsaved.last_ms.saturating_add(DEBOUNCE_MS))
            .min(unsaved.first_ms.saturating_add(MAX_DELAY_MS));
        Some(at.saturating_sub(now_ms).clamp(0, MAX_DELAY_MS))
    }

    /// Writes one dirty shelf, and more as long as `go_on` says so. Shelves that
    /// the journal does not have yet wait for it.
    ///
    /// The workspace must be the one whose changes were noted.
    pub fn flush_some(
        &mut self,
        workspace: &Workspace,
        port: &dyn KeyValue,
        go_on: impl FnMut() -> bool,
    ) -> Flush {
        self.flush(workspace, port, go_on, false)
    }

    /// Writes everything that is dirty, for a page that is about to go.
    pub fn flush_all(&mut self, workspace: &Workspace, port: &dyn KeyValue) -> Flush {
        self.flush(workspace, port, || true, true)
    }

    fn flush(
        &mut self,
        workspace: &Workspace,
        port: &dyn KeyValue,
        mut go_on: impl FnMut() -> bool,
        is_last: bool,
    ) -> Flush {
        if self.is_held && !self.is_locked {
            return Flush::Waiting;
        }
        if self.is_locked {
            return if self.dirty.is_empty() {
                Flush::Done
            } else {
                Flush::Refused
            };
        }
        let met = match self.dirty.is_empty() {
            true => Ok(true),
            false => self.meet_generation(port),
        };
        match met {
            Ok(true) => {}
            Ok(false) => return Flush::Erased,
            Err(error) => {
                self.refused.clone_from(&self.dirty);
                self.trouble = Some(error.into());
                return Flush::Refused;
            }
        }
        let has_work = !self.dirty.is_empty();
        while let Some(shelf) = self.next_dirty(is_last) {
            match self.write(shelf, workspace, port) {
                Ok(()) => {
                    self.dirty.remove(&shelf);
                    if self.placement.is_empty(shelf) {
                        // There is more room now: what was refused may fit.
                        self.refused.clear();
                    }
                }
                Err(trouble) => {
                    self.refused.insert(shelf);
                    self.is_locked |= matches!(trouble, Trouble::Codec(CodecError::Newer { .. }));
                    self.trouble = Some(trouble);
                    if self.is_locked {
                        return Flush::Refused;
                    }
                }
            }
            if self.next_dirty(is_last).is_some() && !go_on() {
                return Flush::More;
            }
        }
        if self.dirty.difference(&self.refused).next().is_some() {
            return Flush::Waiting;
        }
        if self.journal.is_done() {
            self.unsaved_since = None;
        }
        if self.dirty.is_empty() {
            self.trouble = None;
            if has_work {
                self.count_pages(port);
            }
            return Flush::Done;
        }
        Flush::Refused
    }

    /// Whether nothing is written until what is stored in an older format has
    /// been kept elsewhere.
    pub fn is_held(&self) -> bool {
        self.is_held
    }

    /// What was stored in an older format is kept: it may be written over.
    pub fn release(&mut self) {
        self.is_held = false;
    }

    /// Whether nothing is written any more until the page is loaded again.
    pub fn is_locked(&self) -> bool {
        self.is_locked
    }

    fn is_stopped(&self) -> bool {
        self.is_locked || self.is_held
    }

    /// Writes nothing any more, because the program can't be trusted any more.
    pub fn lock(&mut self) {
        self.is_locked = true;
        self.trouble = Some(Trouble::Locked);
    }

    /// Takes everything of this space out of the storage, and nothing else,
    /// and tells the other tabs. The saver is locked from then on: load again.
    ///
    /// # Errors
    /// The storage refuses; some of the data may be gone already.
    pub fn erase(&mut self, port: &dyn KeyValue, now_ms: i64) -> Result<(), PortError> {
        let now = u64::try_from(now_ms).unwrap_or(0);
        let generation = now.max(self.generation.saturating_add(1));
        self.lock();
        self.generation = generation;
        erase_space(port, self.space, generation)
    }
}

/// Takes everything of a space out of the storage, whatever it is, and tells
/// the other tabs, and those that come, by its new generation.
///
/// # Errors
/// The storage refuses; some of the data may be gone already.
pub fn erase_space(port: &dyn KeyValue, space: Space, generation: u64) -> Result<(), PortError> {
    let generation_key = space.generation_key();
    let mut keys = port.keys(space.prefix())?;
    keys.retain(|key| *key != generation_key);
    // First, so that no other tab writes what is being erased. A full
    // storage may have no room for it yet.
    let told = port.set(&generation_key, &generation_text(generation));
    keys.iter().try_for_each(|key| port.remove(key))?;
    told.or_else(|_| port.set(&generation_key, &generation_text(generation)))
}
