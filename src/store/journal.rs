//! The journal: what was changed lately, in the browser's database, which says
//! when it is on disk. The keeper puts it there, and a start takes it back.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::keeper::Keeper;
use super::mirror::Store;
use super::saver::{Batch, Received, Saver, Status};
use super::snapshots::{Picture, Reason};
use super::start;
use crate::domain::value::order::sort_by;
use crate::web::clock;
use crate::web::database::{Act, Database, DatabaseError, Drawer};
use crate::web::life::for_the_page;

/// After this time without an answer the journal is given up.
const PATIENCE: Duration = Duration::from_secs(4);
/// How long an entry is kept. A browser may put local storage on disk much
/// later than it is written: Chromium waits the longer, the more was written
/// within the last hour.
const KEPT_MS: i64 = 90 * 60 * 1_000;
/// Old entries are taken out so long after the start ...
const TRIM_FIRST: Duration = Duration::from_secs(8);
/// ... and this often.
const TRIM_EVERY: Duration = Duration::from_secs(10 * 60);
/// A journal that has failed is tried again after this time.
const TRY_AGAIN: Duration = Duration::from_secs(60);

/// The way to the journal.
#[derive(Clone)]
pub(super) struct Road {
    database: Database,
    tab: u32,
    /// What the keys of all entries of this account start with.
    prefix: String,
    /// What those of this tab start with.
    own: String,
}

impl Road {
    fn new(database: Database, prefix: &str, tab: u32) -> Self {
        Self {
            database,
            tab,
            own: format!("{prefix}{tab:08x}/"),
            prefix: prefix.to_owned(),
        }
    }

    pub(super) fn database(&self) -> &Database {
        &self.database
    }

    pub(super) fn prefix(&self) -> &str {
        &self.prefix
    }

    async fn put(&self, texts: Vec<(String, String)>) -> Result<(), DatabaseError> {
        let now = clock::now_ms() as i64;
        let puts = texts.into_iter();
        let puts = puts.filter_map(|entry| self.put_act(entry, now));
        self.write(puts.collect()).await
    }

    async fn write(&self, acts: Vec<Act>) -> Result<(), DatabaseError> {
        self.database.write(&[Drawer::Journal], false, acts).await
    }

    /// Puts a text into the journal that is stored under this key.
    fn put_act(&self, (key, text): (String, String), now_ms: i64) -> Option<Act> {
        let name = key.strip_prefix(&self.prefix)?;
        let key = format!("{}{name}", self.own);
        Some(Act::Put(Drawer::Journal, key, format!("{now_ms}:{text}")))
    }

    /// All entries: the key in the database, when it was put there, and the
    /// key and the text of the storage. Generations come first.
    async fn entries(&self) -> Result<Vec<Entry>, DatabaseError> {
        let entries = self.database.read(Drawer::Journal, &self.prefix).await?;
        let entries = entries.into_iter().filter_map(|(key, text)| {
            let (_, name) = key.strip_prefix(&self.prefix)?.split_once('/')?;
            let (at, text) = text.split_once(':')?;
            Some(Entry {
                shelf_key: format!("{}{name}", self.prefix),
                at: at.parse().ok()?,
                text: text.to_owned(),
                key,
            })
        });
        let mut entries: Vec<Entry> = entries.collect();
        let generation = start::space().generation_key();
        let is_first = |entry: &Entry| entry.shelf_key == generation;
        sort_by(&mut entries, &|a, b| is_first(b).cmp(&is_first(a)));
        Ok(entries)
    }
}

struct Entry {
    key: String,
    at: i64,
    shelf_key: String,
    text: String,
}

impl Keeper {
    /// Opens the journal, and takes back what it has and the storage lacks.
    /// Without one, local storage alone serves.
    pub fn open_journal(self, store: Store, tab: u32) {
        if self.is_in_memory() {
            return;
        }
        let late = move || {
            self.release(store, false);
            if self.is_journal_awaited() {
                self.do_without(store);
            }
        };
        set_timeout(move || self.when_free(late), PATIENCE);
        let trim = move || spawn_local(self.trim(store));
        set_timeout(trim, TRIM_FIRST);
        if let Ok(timer) = set_interval_with_handle(trim, TRIM_EVERY) {
            on_cleanup(move || timer.clear());
        }
        self.open(store, tab, |keeper, store| {
            keeper.release(store, false);
            keeper.do_without(store);
        });
    }

    /// Opens the database and begins to use it, or else does something else.
    fn open(self, store: Store, tab: u32, otherwise: fn(Self, Store)) {
        spawn_local(async move {
            let opened = Database::open().await;
            self.when_free(move || match opened {
                Ok(database) => {
                    let road = Road::new(database, start::space().prefix(), tab);
                    self.set_road(road.clone());
                    let picture = || self.picture(store, Reason::BeforeNewFormat);
                    let held = self.is_held().then(picture);
                    spawn_local(self.take_up(store, road, held));
                }
                Err(_) => otherwise(self, store),
            });
        });
    }

    /// Begins to use a journal that was opened, after what is held back was
    /// kept as it is. What it holds is taken over first, so that no change is
    /// made on top of an older state.
    async fn take_up(self, store: Store, road: Road, held: Option<Option<Picture>>) {
        if let Some(picture) = held {
            let kept = self.keep_picture(picture).await;
            self.when_free(move || self.release(store, kept.is_ok()));
        }
        let entries = road.entries().await;
        self.when_free(move || {
            let Ok(entries) = entries else {
                self.give_up(store);
                return;
            };
            self.replay(store, &entries);
            self.with_saver(Saver::journal_on);
            self.schedule(store);
        });
        self.list_snapshots().await;
    }

    /// Whether changes wait for the journal to be found.
    fn is_journal_awaited(self) -> bool {
        self.with_way(|saver, _| saver.is_journal_awaited())
            .unwrap_or(false)
    }

    /// Puts a batch into the journal, and writes it to the storage when it is there.
    pub(super) fn send(self, store: Store, batch: Batch) {
        let Batch::Texts(texts) = batch else { return };
        let Some(road) = self.road() else {
            self.give_up(store);
            return;
        };
        let sent = self.count_batch();
        self.expect(store, sent);
        // It is asked for at once: a page that goes has no later.
        for_the_page(async move { road.put(texts).await }, move |done| {
            self.when_free(move || self.answered(store, sent, done));
        });
    }

    /// A batch has come to the journal, or has failed.
    fn answered(self, store: Store, sent: u32, done: Result<(), DatabaseError>) {
        let on_its_way = self.batch_on_its_way();
        if on_its_way.is_none() || (done.is_ok() && on_its_way != Some(sent)) {
            // It was given up, or all is well so far and there is a later one.
            return;
        }
        self.batch_has_ended();
        match done {
            Ok(()) => {
                self.with_saver(Saver::journaled);
                self.schedule(store);
            }
            Err(_) => self.give_up(store),
        }
    }

    /// Gives a batch up when there is no answer for too long. Time in which
    /// the page slept, and its timers with it, does not count.
    fn expect(self, store: Store, sent: u32) {
        let since = clock::now_ms();
        let patience_ms = PATIENCE.as_secs_f64() * 1_000.0;
        let late = move || {
            if self.batch_on_its_way() != Some(sent) {
                return;
            }
            if clock::now_ms() - since > patience_ms * 1.5 {
                self.expect(store, sent);
            } else {
                self.give_up(store);
            }
        };
        set_timeout(move || self.when_free(late), PATIENCE);
    }

    /// Clears the database, and notes in it that the account was erased.
    pub(super) fn erase_journal(self, erased: (String, String)) {
        let Some(road) = self.road() else { return };
        spawn_local(async move {
            let drawers = [Drawer::Journal, Drawer::Snapshots, Drawer::SnapshotTexts];
            let clear = drawers.map(|drawer| Act::Clear(drawer, road.prefix.clone()));
            let told = road.put_act(erased, clock::now_ms() as i64);
            let acts = clear.into_iter().chain(told).collect();
            // What stays behind in the journal is of an earlier generation, so
            // nobody uses it; snapshots under way have asked before this does.
            let _ = road.database.write(&drawers, false, acts).await;
            self.set_snapshots(Vec::new());
        });
    }

    /// Whether something stored in an older format is still to be kept.
    fn is_held(self) -> bool {
        self.with_way(|saver, _| saver.is_held()).unwrap_or(false)
    }

    /// Lets the saver write over what is stored in an older format.
    fn release(self, store: Store, is_kept: bool) {
        if !self.is_held() {
            return;
        }
        if !is_kept {
            let notice = "This version of Pipewright stores the data in a new form, and this browser can't keep a copy of the old one. Download a backup to be safe.";
            self.notify(notice.to_owned());
        }
        self.with_saver(Saver::release);
        self.schedule(store);
    }

    /// From now on local storage alone serves, until the journal can be opened
    /// again.
    fn give_up(self, store: Store) {
        self.do_without(store);
        let Some(tab) = self.road().map(|road| road.tab) else {
            return;
        };
        set_timeout(move || self.open(store, tab, Self::give_up), TRY_AGAIN);
    }

    /// Local storage alone serves.
    fn do_without(self, store: Store) {
        self.batch_has_ended();
        self.with_saver(Saver::journal_off);
        self.schedule(store);
    }

    fn replay(self, store: Store, entries: &[Entry]) {
        for entry in entries {
            let received = self.with_way(|saver, port| {
                let key = &entry.shelf_key;
                if port.get(key).ok().flatten().as_ref() == Some(&entry.text) {
                    return Received::Nothing;
                }
                let now_ms = clock::now_ms() as i64;
                store.peek(|workspace| saver.replay(key, &entry.text, workspace, now_ms))
            });
            if received == Some(Received::Erased) {
                start::erased_elsewhere(store);
            }
        }
        self.take_in(store);
        self.show_status();
    }

    /// Takes out what is so old that it must be on disk, after what the storage
    /// lacks of it was taken over: what a tab did at its very end may have come
    /// into the journal alone.
    async fn trim(self, store: Store) {
        let Some(road) = self.road().filter(|_| !self.is_journal_awaited()) else {
            return;
        };
        let Ok(mut old) = road.entries().await else {
            return;
        };
        let until = clock::now_ms() as i64 - KEPT_MS;
        old.retain(|entry| entry.at < until);
        self.replay(store, &old);
        self.schedule(store);
        let is_saved = self.with_way(|saver, _| saver.status() == Status::Saved);
        if is_saved != Some(true) {
            // The next time.
            return;
        }
        let acts = old
            .into_iter()
            .map(|entry| Act::Remove(Drawer::Journal, entry.key));
        // What can't be taken out now will be the next time.
        let _ = road.write(acts.collect()).await;
    }
}
