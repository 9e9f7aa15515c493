//! Snapshots: the stored texts as they were at some time, in the browser's
//! database, where they take up nothing of local storage.

use std::iter;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use super::journal::Road;
use super::keeper::Keeper;
use super::memory::Memory;
use super::mirror::Store;
use super::port::{KeyValue, units};
use super::rotation::{EVERY_MS, outdated};
use super::saver::Saver;
use super::start;
use crate::codec::glance;
use crate::domain::record::workspace::Workspace;
use crate::domain::value::order::{sort, sort_by};
use crate::domain::value::time::{Date, Moment};
use crate::web::database::{Act, DatabaseError, Drawer};
use crate::web::life::lasting;
use crate::web::storage::{self, LocalStorage};
use crate::web::{clock, dom, tabs};

/// The first regular snapshot is looked at so long after the start ...
const AT_FIRST: Duration = Duration::from_secs(5);
/// ... and the others so often.
const LOOK_EVERY: Duration = Duration::from_secs(15 * 60);

/// Why a snapshot was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Some time has passed since the last one.
    Regular,
    /// A backup or a snapshot was about to take the place of everything.
    BeforeRestore,
    /// The stored format was about to change.
    BeforeNewFormat,
}

/// What a snapshot is, without its texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// When it was taken, in milliseconds since 1970: no other has the same.
    pub at: i64,
    /// Why.
    pub reason: Reason,
    /// How many deals it holds.
    pub deals: usize,
    /// How many characters its texts have.
    pub characters: usize,
    /// Tells the texts of one from those of another.
    #[serde(rename = "print")]
    fingerprint: u64,
}

impl Snapshot {
    /// The date it was taken, where the visitor is.
    pub fn date(&self) -> Date {
        clock::date_of(self.moment())
    }

    /// When it was taken, to the minute.
    pub fn moment(&self) -> Moment {
        Moment(self.at.div_euclid(60_000))
    }
}

/// The stored texts of this account, and under which name each is stored.
type Texts = Vec<(String, String)>;
/// A snapshot that is still to be kept, and the way to where.
pub(super) type Picture = (Road, Snapshot, Texts);

impl Road {
    async fn snapshots(&self) -> Result<Vec<Snapshot>, DatabaseError> {
        let prefix = self.prefix();
        let stored = self.database().read(Drawer::Snapshots, prefix).await?;
        let read = |(_, text): &(String, String)| serde_json::from_slice(text.as_bytes()).ok();
        let mut snapshots: Vec<Snapshot> = stored.iter().filter_map(read).collect();
        sort_by(&mut snapshots, &|a, b| b.at.cmp(&a.at));
        Ok(snapshots)
    }

    /// The database is asked at once, before anything can be erased: what is
    /// erased from now on takes this with it.
    async fn put_snapshot(&self, snapshot: &Snapshot, texts: Texts) -> Result<(), DatabaseError> {
        let own = self.snapshot_key(snapshot.at);
        // Its numbers and words always have a JSON text.
        let meta = serde_json::to_string(snapshot).unwrap_or_default();
        let puts = texts
            .into_iter()
            .map(|(name, text)| Act::Put(Drawer::SnapshotTexts, format!("{own}/{name}"), text));
        let acts = iter::once(Act::Put(Drawer::Snapshots, own.clone(), meta)).chain(puts);
        self.write_snapshots(acts.collect()).await?;
        // What fails now is done with the next one.
        let _ = self.drop_outdated(snapshot.at).await;
        Ok(())
    }

    /// Drops what is outdated, but not the `latest`, whatever the clock says.
    async fn drop_outdated(&self, latest: i64) -> Result<(), DatabaseError> {
        let times: Vec<i64> = self.snapshots().await?.iter().map(|s| s.at).collect();
        let gone = outdated(&times).into_iter().filter(|at| *at != latest);
        let acts = gone.flat_map(|at| {
            let key = self.snapshot_key(at);
            let texts = Act::Clear(Drawer::SnapshotTexts, format!("{key}/"));
            [Act::Remove(Drawer::Snapshots, key), texts]
        });
        self.write_snapshots(acts.collect()).await
    }

    async fn write_snapshots(&self, acts: Vec<Act>) -> Result<(), DatabaseError> {
        let drawers = [Drawer::Snapshots, Drawer::SnapshotTexts];
        self.database().write(&drawers, true, acts).await
    }

    fn snapshot_key(&self, at: i64) -> String {
        format!("{}{at}", self.prefix())
    }
}

impl Keeper {
    /// Now and then, where there are deals, takes a snapshot that is due, and asks
    /// the browser to keep the data.
    pub(super) fn follow_time(self, store: Store) {
        if self.is_in_memory() {
            return;
        }
        self.look_soon(store);
        let look = move || spawn_local(self.look_after(store));
        if let Ok(timer) = set_interval_with_handle(look, LOOK_EVERY) {
            on_cleanup(move || timer.clear());
        }
    }

    /// Where there are deals, finds out what room there is for them, unless that
    /// is known. It takes a tenth of a second: for a page that nobody sees.
    pub(super) fn measure_room(self, store: Store) {
        let has_deals = store.peek(|workspace| !workspace.deals.is_empty());
        if has_deals && !self.is_in_memory() && tabs::can_be_alone() {
            let measure = |()| {
                // Where it can't be measured, the usual one stands.
                let _ = LocalStorage::measure_room();
            };
            let ask = move |()| tabs::alone(start::space().prefix(), lasting(measure));
            // Not where the page is left: one that sleeps gives no turn back.
            dom::after(Duration::ZERO, lasting(ask));
        }
    }

    /// Does that once, soon.
    pub(super) fn look_soon(self, store: Store) {
        set_timeout(move || spawn_local(self.look_after(store)), AT_FIRST);
    }

    /// Where there are deals, takes a snapshot, and asks the browser to keep them.
    async fn look_after(self, store: Store) {
        if store.peek(|workspace| workspace.deals.is_empty()) {
            return;
        }
        // First, since some browsers ask a person, who may leave that unanswered.
        self.take_regular(store).await;
        storage::persist_once().await;
    }

    /// Takes a snapshot of the account at this moment.
    ///
    /// # Errors
    /// The browser has no database, or refuses; in words.
    pub async fn take_snapshot(self, store: Store, reason: Reason) -> Result<(), String> {
        self.keep_picture(self.picture(store, reason)).await
    }

    /// Keeps a picture that was taken.
    ///
    /// # Errors
    /// There is none, or the browser refuses; in words.
    pub(super) async fn keep_picture(self, picture: Option<Picture>) -> Result<(), String> {
        let (road, snapshot, texts) = picture.ok_or("This browser keeps no snapshots.")?;
        let taken = road.put_snapshot(&snapshot, texts).await;
        self.list_snapshots().await;
        taken.map_err(|error| error.to_string())
    }

    /// The account at this moment, with what could not be saved, and the way to
    /// where it is kept. Before the format changes it is what is stored.
    pub(super) fn picture(self, store: Store, reason: Reason) -> Option<Picture> {
        let road = self.road()?;
        let texts = self.texts(store, reason != Reason::BeforeNewFormat);
        let snapshot = Snapshot {
            at: clock::now_ms() as i64,
            reason,
            deals: store.peek(|workspace| workspace.deals.len()),
            characters: texts
                .iter()
                .map(|(key, text)| units(key) + units(text))
                .sum(),
            fingerprint: self.fingerprint()?,
        };
        Some((road, snapshot, texts))
    }

    /// Takes a snapshot before everything is replaced.
    pub fn keep_for_restore(self, store: Store) {
        self.flush_now(store);
        let Some((road, snapshot, texts)) = self.picture(store, Reason::BeforeRestore) else {
            return;
        };
        spawn_local(async move {
            // The step can be undone as well: this is the second net.
            let _ = road.put_snapshot(&snapshot, texts).await;
            self.list_snapshots().await;
        });
    }

    /// What a snapshot holds.
    ///
    /// # Errors
    /// It is not there any more, or can't be read; in words.
    pub async fn read_snapshot(self, at: i64) -> Result<Workspace, String> {
        let road = self.road().ok_or("This browser keeps no snapshots.")?;
        let prefix = format!("{}{at}/", road.prefix());
        let texts = road.database().read(Drawer::SnapshotTexts, &prefix).await;
        let texts = texts.map_err(|error| error.to_string())?;
        if texts.is_empty() {
            return Err("This snapshot is not there any more.".to_owned());
        }
        let memory = Memory::new();
        for (key, text) in texts {
            let name = key.strip_prefix(&prefix).unwrap_or_default();
            let put = memory.set(&format!("{}{name}", road.prefix()), &text);
            put.map_err(|error| error.to_string())?;
        }
        let loaded = Saver::load(&memory, start::space(), 0, start::new_account);
        loaded
            .map(|(workspace, _, _)| workspace)
            .map_err(|error| error.to_string())
    }

    async fn take_regular(self, store: Store) {
        let Some(road) = self.road() else { return };
        let Ok(snapshots) = road.snapshots().await else {
            return;
        };
        let is_due = snapshots.first().is_none_or(|last| {
            let age = clock::now_ms() as i64 - last.at;
            // One from the future was taken while the clock was wrong.
            !(0..EVERY_MS).contains(&age) && Some(last.fingerprint) != self.fingerprint()
        });
        if is_due {
            // What fails now is tried again at the next look.
            let _ = self.take_snapshot(store, Reason::Regular).await;
        }
    }

    /// Tells the account at one time from what it is at another.
    fn fingerprint(self) -> Option<u64> {
        self.with_way(|saver, _| saver.fingerprint())
    }

    pub(super) async fn list_snapshots(self) {
        if let Some(road) = self.road()
            && let Ok(snapshots) = road.snapshots().await
        {
            self.set_snapshots(snapshots);
        }
    }

    /// What is stored of this account, without what could not be read; where it
    /// is to be whole, with what is not saved in place of what is.
    fn texts(self, store: Store, is_whole: bool) -> Texts {
        let prefix = start::space().prefix();
        let texts = self.with_way(|saver, port| {
            let unsaved = match is_whole {
                true => store.peek(|workspace| saver.unsaved_texts(workspace)),
                false => Vec::new(),
            };
            let mut keys = port.keys(prefix).unwrap_or_default();
            let space = saver.space();
            let glance = glance::key(space);
            let is_stored = |key: &String| !unsaved.iter().any(|(other, _)| other == key);
            keys.retain(|key| space.aside_shelf(key).is_none() && *key != glance && is_stored(key));
            sort(&mut keys);
            let text = |key: String| {
                let text = port.get(&key).ok()??;
                Some((key, text))
            };
            let stored: Texts = keys.into_iter().filter_map(text).collect();
            let named =
                |(key, text): (String, String)| Some((key.strip_prefix(prefix)?.to_owned(), text));
            stored
                .into_iter()
                .chain(unsaved)
                .filter_map(named)
                .collect()
        });
        texts.unwrap_or_default()
    }
}
