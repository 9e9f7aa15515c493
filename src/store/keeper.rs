//! Follows every change and gets it into the storage, soon and in slices.

mod again;
mod first_screen;
mod news;
mod room;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use leptos::prelude::*;

use super::journal::Road;
use super::mirror::Store;
use super::port::{KeyValue, PortError};
use super::saver::{Batch, Flush, Saver, Status, Trouble};
use super::snapshots::Snapshot;
use super::start;
use crate::domain::record::workspace::{Changes, Workspace};
use crate::web::life::lasting;
use crate::web::{clock, dom, panic, tabs};
use again::Tries;
pub(super) use first_screen::stored as stored_first_screen;

/// How long one slice of saving may take, so that the page stays smooth.
const SLICE_MS: f64 = 8.0;

/// What finds the storage at work comes back after this time ...
const LATER: Duration = Duration::from_millis(20);
/// ... and so often: a call takes no such time, so it has been cut short, and
/// nothing would ever be saved again.
const COMES_BACK: u32 = 250;
/// What is said then.
const STUCK: &str = "Saving has come to a halt.";
/// What is said to who asks for something that can't wait.
const BUSY: &str = "The browser's storage is busy. Try again.";

/// After a panic nothing is written any more: the data in memory can't be trusted.
static LOCKED: AtomicBool = AtomicBool::new(false);

/// Stops all writing for good.
pub fn lock() {
    LOCKED.store(true, Ordering::Relaxed);
}

/// Whether what the visitor did is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveStatus {
    /// All of it is in the storage.
    Saved,
    /// Some of it is on the way.
    Saving,
    /// It could not be written, for this reason.
    NotSaved(String),
    /// It could not be written, because there is no room left; in words.
    Full(String),
    /// Saving was stopped for good, for this reason: the page is to be loaded again.
    Stopped(String),
    /// The browser keeps nothing for this page, for this reason.
    InMemory(String),
    /// What is stored could not be opened, for this reason: it is left as it
    /// is, and nothing is written.
    Untouched(String),
}

/// Follows every change and saves it.
#[derive(Clone, Copy)]
pub struct Keeper {
    /// Borrowed while the storage is called, and during such a call some
    /// browsers (Firefox) run handlers of the page's events. What may run in
    /// one takes it by `try_…` and does without where it is borrowed already.
    inner: StoredValue<Inner, LocalStorage>,
    /// What other tabs have written, by key, and this one has still to take in.
    written_elsewhere: StoredValue<Vec<(String, Option<String>)>, LocalStorage>,
    /// A flush will begin soon.
    is_scheduled: StoredValue<bool, LocalStorage>,
    /// Of what was refused.
    tries: StoredValue<Tries, LocalStorage>,
    status: RwSignal<SaveStatus>,
    notices: RwSignal<Vec<String>>,
    snapshots: RwSignal<Vec<Snapshot>>,
}

struct Inner {
    /// None where nothing can be kept.
    way: Option<(Saver, Box<dyn KeyValue>)>,
    road: Option<Road>,
    /// How many batches have been sent to the journal, and whether the last
    /// one is on its way.
    batches: u32,
    is_batch_on_its_way: bool,
    /// The first screen that is stored is not the present one.
    is_glance_old: bool,
    /// What this site keeps beside this account's data, in characters.
    others: usize,
    /// Whether anything has been kept that is worth a snapshot.
    has_deals_kept: bool,
}

impl Keeper {
    /// Keeps nothing yet: it begins when everything has been read.
    pub fn waiting() -> Self {
        Self {
            inner: StoredValue::new_local(Inner {
                way: None,
                road: None,
                batches: 0,
                is_batch_on_its_way: false,
                is_glance_old: true,
                others: 0,
                has_deals_kept: false,
            }),
            written_elsewhere: StoredValue::new_local(Vec::new()),
            is_scheduled: StoredValue::new_local(false),
            tries: StoredValue::new_local(Tries::new()),
            status: RwSignal::new(SaveStatus::Saved),
            notices: RwSignal::new(Vec::new()),
            snapshots: RwSignal::new(Vec::new()),
        }
    }

    /// Keeps from now on what is touched, by way of a saver; `notices` tell
    /// what the load found.
    pub fn begin(self, mut saver: Saver, port: Box<dyn KeyValue>, notices: Vec<String>) {
        saver.journal_awaited();
        self.inner
            .update_value(|inner| inner.way = Some((saver, port)));
        self.count_others();
        self.notices.set(notices);
        // Views that show figures of the storage read them anew.
        self.status.notify();
    }

    /// Keeps nothing: the status, which is [`SaveStatus::InMemory`] or
    /// [`SaveStatus::Untouched`], says why.
    pub fn begin_in_memory(self, status: SaveStatus) {
        self.status.set(status);
    }

    /// Whether all is saved; follows it.
    pub fn status(self) -> SaveStatus {
        self.status.get()
    }

    /// Whether something that was done here is not kept, and may never be.
    fn is_refused(self) -> bool {
        let status = self.status.try_get_untracked();
        matches!(status, Some(SaveStatus::NotSaved(_) | SaveStatus::Full(_)))
    }

    /// What the visitor must know about the storage; follows it.
    pub fn notices(self) -> Vec<String> {
        self.notices.get()
    }

    /// The snapshots, the latest first; follows them.
    pub fn snapshots(self) -> Vec<Snapshot> {
        self.snapshots.get()
    }

    pub(super) fn set_snapshots(self, snapshots: Vec<Snapshot>) {
        self.snapshots.try_set(snapshots);
    }

    /// Whether anything can be kept at all.
    pub fn is_in_memory(self) -> bool {
        let is_in_memory = self.inner.try_with_value(|inner| inner.way.is_none());
        is_in_memory.unwrap_or(false)
    }

    /// A change was made: it is saved soon.
    pub fn note(self, store: Store, changes: &Changes) {
        panic::mark_unsaved(true);
        let noted = self.inner.try_update_value(|inner| {
            if let Some((saver, _)) = &mut inner.way {
                saver.note(changes, millis());
            }
        });
        if noted.is_none() {
            // The storage is at work: it is not forgotten, nor called saved.
            self.status.set(SaveStatus::Saving);
            let changes = changes.clone();
            self.when_free(move || self.note(store, &changes));
            return;
        }
        self.show_status();
        if let Some(changes) = self.news(store) {
            store.mend(&changes);
        }
        self.schedule(store);
    }

    /// Tries again what was refused.
    pub fn retry(self, store: Store) {
        self.with_saver(|saver| saver.retry(millis()));
        self.schedule(store);
    }

    /// Writes everything at once, because the page may be about to go. It is on
    /// its way to the journal before the storage is asked for anything: while
    /// that answers, some browsers (Firefox) take the page away.
    pub fn flush_now(self, store: Store) {
        let batch = self.prepare(store, Saver::journal_all);
        self.send(store, batch);
        self.receive(store);
        self.flush(store, Saver::flush_all);
        self.keep_glance(store);
    }

    /// Saves whatever is left when the page is hidden or left.
    pub fn follow_page(self, store: Store) {
        let hidden = move |_| {
            if dom::is_hidden() {
                self.flush_now(store);
                self.measure_room(store);
            }
        };
        let left = move |_| self.flush_now(store);
        // What was refused is tried once more; what would be lost is asked for.
        let leaving = move |event| {
            if self.is_refused() {
                self.with_saver(|saver| saver.retry(millis()));
                self.flush_now(store);
            }
            if self.is_refused() {
                dom::ask_before_leaving(&event);
            }
        };
        let listeners = [
            dom::on_window_first("beforeunload", lasting(leaving)),
            dom::on_document("visibilitychange", lasting(hidden)),
            dom::on_window("pagehide", lasting(left)),
            dom::on_document("freeze", lasting(left)),
        ];
        // For as long as the page lives.
        let listeners = StoredValue::new_local(listeners);
        on_cleanup(move || listeners.dispose());
    }

    /// Takes everything of this account out of the storage; the saver for what
    /// comes after is made by `start`.
    ///
    /// # Errors
    /// The storage refuses, in words.
    pub fn erase(
        self,
        start: impl FnOnce(&Saver, &dyn KeyValue) -> Result<Saver, String>,
    ) -> Result<(), String> {
        if !self.is_free() {
            return Err(BUSY.to_owned());
        }
        let erased = self.with_way(|saver, port| {
            saver
                .erase(port, millis())
                .map_err(|error| error.to_string())?;
            *saver = start(saver, port)?;
            Ok::<_, String>(saver.generation_entry())
        });
        self.show_status();
        if let Some(entry) = erased.transpose()? {
            self.erase_journal(entry);
        }
        Ok(())
    }

    /// Replaces the saver after another tab has erased everything.
    ///
    /// # Errors
    /// The storage can't be read, in words.
    pub fn start_over(
        self,
        start: impl FnOnce(&Saver, &dyn KeyValue) -> Result<Saver, String>,
        notice: String,
    ) -> Result<(), String> {
        let started = self.with_way(|saver, port| {
            *saver = start(saver, port)?;
            Ok(())
        });
        self.notify(notice);
        self.show_status();
        started.unwrap_or(Ok(()))
    }

    pub(super) fn with_saver(self, act: impl FnOnce(&mut Saver)) {
        self.with_way(|saver, _| act(saver));
        self.show_status();
    }

    /// Whether the storage is not being called at the moment.
    fn is_free(self) -> bool {
        self.inner.try_update_value(|_| ()).is_some()
    }

    /// Runs `act` when the storage is not being called: now, nearly always.
    pub(super) fn when_free(self, act: impl FnOnce() + 'static) {
        self.try_when_free(COMES_BACK, Box::new(act));
    }

    fn try_when_free(self, tries: u32, act: Box<dyn FnOnce()>) {
        if self.is_free() {
            act();
        } else if let Some(tries) = tries.checked_sub(1) {
            set_timeout(move || self.try_when_free(tries, act), LATER);
        } else {
            panic::give_up(STUCK);
        }
    }

    /// Lends the saver and its port; none where nothing can be kept.
    pub(super) fn with_way<T>(self, act: impl FnOnce(&mut Saver, &dyn KeyValue) -> T) -> Option<T> {
        let done = self.inner.try_update_value(|inner| {
            let (saver, port) = inner.way.as_mut()?;
            Some(act(saver, port.as_ref()))
        });
        done.flatten()
    }

    /// Tells the visitor something about the storage.
    pub(super) fn notify(self, notice: String) {
        self.notices.update(|notices| notices.push(notice));
    }

    pub(super) fn set_road(self, road: Road) {
        self.inner.update_value(|inner| inner.road = Some(road));
    }

    pub(super) fn road(self) -> Option<Road> {
        self.inner
            .try_with_value(|inner| inner.road.clone())
            .flatten()
    }

    /// Counts a batch that goes to the journal: its number.
    pub(super) fn count_batch(self) -> u32 {
        let number = self.inner.try_update_value(|inner| {
            inner.batches += 1;
            inner.is_batch_on_its_way = true;
            inner.batches
        });
        number.unwrap_or(0)
    }

    /// The number of the batch that is on its way.
    pub(super) fn batch_on_its_way(self) -> Option<u32> {
        self.inner
            .try_with_value(|inner| inner.is_batch_on_its_way.then_some(inner.batches))
            .flatten()
    }

    pub(super) fn batch_has_ended(self) {
        self.inner
            .update_value(|inner| inner.is_batch_on_its_way = false);
    }

    pub(super) fn show_status(self) {
        let status = self.inner.try_with_value(|inner| {
            let (saver, _) = inner.way.as_ref()?;
            Some((saver.status(), saver.is_locked()))
        });
        let Some((status, is_stopped)) = status.flatten() else {
            return;
        };
        let shown = match status {
            Status::Saved => SaveStatus::Saved,
            Status::Saving => SaveStatus::Saving,
            Status::NotSaved(trouble @ Trouble::Port(PortError::Full)) => {
                SaveStatus::Full(trouble.to_string())
            }
            Status::NotSaved(trouble) if is_stopped => SaveStatus::Stopped(trouble.to_string()),
            Status::NotSaved(trouble) => SaveStatus::NotSaved(trouble.to_string()),
        };
        if shown == SaveStatus::Saved {
            panic::mark_unsaved(false);
        }
        let before = self.status.get_untracked();
        if before != shown {
            let is_full = |status: &SaveStatus| matches!(status, SaveStatus::Full(_));
            if is_full(&before) || is_full(&shown) {
                self.count_others();
            }
            self.status.set(shown);
        }
    }

    pub(super) fn schedule(self, store: Store) {
        self.when_free(move || self.schedule_flush(store));
    }

    fn schedule_flush(self, store: Store) {
        let due = self.with_way(|saver, _| saver.due(millis()));
        let was_scheduled = || {
            let was_scheduled = self
                .is_scheduled
                .try_update_value(|is| std::mem::replace(is, true));
            was_scheduled.unwrap_or(true)
        };
        if let Some(delay) = due.flatten().and_then(|ms| u64::try_from(ms).ok())
            && !was_scheduled()
        {
            set_timeout(
                move || {
                    self.is_scheduled.set_value(false);
                    // No other tab reads and writes in between.
                    let flush = move |()| {
                        let end = clock::now_ms() + SLICE_MS;
                        if self.is_free() {
                            self.flush_if_due(store, end);
                        } else {
                            self.schedule(store);
                        }
                    };
                    tabs::alone(start::space().prefix(), lasting(flush));
                },
                Duration::from_millis(delay),
            );
        }
    }

    fn flush_if_due(self, store: Store, end_ms: f64) {
        let due = self.with_way(|saver, _| saver.due(millis()));
        match due.flatten() {
            Some(0) => {
                let batch = self.prepare(store, |saver, workspace| {
                    saver.journal_some(workspace, || clock::now_ms() < end_ms)
                });
                if batch != Batch::More {
                    self.send(store, batch);
                    self.flush(store, |saver, workspace, port| {
                        saver.flush_some(workspace, port, || clock::now_ms() < end_ms)
                    });
                }
                self.schedule(store);
            }
            Some(_) => self.schedule(store),
            None => {}
        }
    }

    /// What is to go to the journal.
    fn prepare(
        self,
        store: Store,
        how: impl FnOnce(&mut Saver, &Workspace) -> Result<Batch, Trouble>,
    ) -> Batch {
        if LOCKED.load(Ordering::Relaxed) {
            return Batch::Nothing;
        }
        let prepared = self.with_way(|saver, _| {
            store.peek(|workspace| {
                let prepared = how(saver, workspace);
                // The flush meets the same trouble, and tells it.
                prepared.unwrap_or_else(|_| {
                    saver.journal_off();
                    Batch::Nothing
                })
            })
        });
        prepared.unwrap_or(Batch::Nothing)
    }

    fn flush(self, store: Store, how: impl FnOnce(&mut Saver, &Workspace, &dyn KeyValue) -> Flush) {
        if LOCKED.load(Ordering::Relaxed) {
            self.with_saver(Saver::lock);
            return;
        }
        self.drop_glance();
        let flushed =
            self.with_way(|saver, port| store.peek(|workspace| how(saver, workspace, port)));
        self.show_status();
        self.try_later(store, flushed);
        if flushed == Some(Flush::Done) {
            self.look_at_first_deals(store);
        }
        if flushed == Some(Flush::Erased) {
            start::erased_elsewhere(store);
        } else {
            self.take_in(store);
        }
    }

    /// Once the first deals are saved there is something to lose, so the browser
    /// is asked to keep it, and a snapshot is taken.
    fn look_at_first_deals(self, store: Store) {
        let is_first = self.inner.try_update_value(|inner| {
            let has_deals = store.peek(|workspace| !workspace.deals.is_empty());
            has_deals && !std::mem::replace(&mut inner.has_deals_kept, true)
        });
        if is_first == Some(true) {
            self.look_soon(store);
        }
    }
}

fn millis() -> i64 {
    clock::now_ms() as i64
}
