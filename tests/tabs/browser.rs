//! A browser with several tabs, as far as storage goes.
//!
//! With locks, a tab reads what is stored at the moment, and nobody writes
//! between its reading and its writing. Without them, each tab's process has a
//! copy of the storage: its own writes are in it at once and reach the others
//! later, in the order in which the browser gets them; until a write of its
//! own has come back, a tab's copy ignores what others write under that key.
//! Either way the news of a write comes late.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use pipewright::codec::page::decode;
use pipewright::codec::revision::Revision;
use pipewright::codec::shelf::{Space, generation_text};
use pipewright::domain::change::apply::install;
use pipewright::domain::change::command::Command;
use pipewright::domain::record::workspace::{Change, Changes, Key, Record, Workspace};
use pipewright::domain::start::templates::new_workspace;
use pipewright::domain::value::error::DomainError;
use pipewright::domain::value::id::IdSource;
use pipewright::domain::value::time::{Date, Moment};
use pipewright::store::saver::{Batch, Flush, Received, Saver, Status};
use pipewright::store::undo::{Step, UndoStack};

use super::storage::{Port, Storage, View, Write, put};
use super::support::World;

/// A new account, the same in every tab.
pub fn fresh() -> Workspace {
    new_workspace(&mut IdSource::starting_at(1))
}

/// A tab with the app.
pub struct Tab {
    pub world: World,
    pub saver: Saver,
    pub port: Port,
    steps: UndoStack,
    /// A batch on its way to the journal.
    flight: Vec<(String, String)>,
    /// What was made in it and has not been called saved.
    own: Vec<((u64, Key), Revision)>,
}

/// The browser, and what people have done in its tabs.
pub struct Browser {
    storage: Rc<RefCell<Storage>>,
    with_locks: bool,
    with_journal: bool,
    pub now_ms: i64,
    pub tabs: BTreeMap<usize, Tab>,
    /// Per generation and record the latest that a person has made of it.
    pub made: BTreeMap<(u64, Key), (Revision, Option<Record>)>,
    /// The latest revisions that a tab has called saved.
    saved: BTreeMap<(u64, Key), Revision>,
    /// A tab was closed that had not heard of everything: without locks it may
    /// have written over what only it could have put back. That is what a
    /// journal is for.
    pub may_lack: bool,
    /// How often a tab has loaded: each time under another number.
    loads: u32,
}

impl Browser {
    /// A browser with some tabs on an empty storage.
    pub fn new(tabs: usize, with_locks: bool, with_journal: bool) -> Self {
        let mut browser = Self {
            storage: Rc::default(),
            with_locks,
            with_journal,
            now_ms: Moment::noon_of(Date::constant(2026, 3, 2)).0 * 60_000,
            tabs: BTreeMap::new(),
            made: BTreeMap::new(),
            saved: BTreeMap::new(),
            may_lack: false,
            loads: 0,
        };
        (0..tabs).for_each(|_| browser.open());
        browser
    }

    pub fn open(&mut self) {
        let tab = {
            let mut storage = self.storage.borrow_mut();
            let (copy, is_open) = (storage.texts.clone(), true);
            storage.tabs.push(View {
                copy,
                is_open,
                ..View::default()
            });
            storage.tabs.len() - 1
        };
        let port = Port {
            storage: self.storage.clone(),
            tab,
            with_locks: self.with_locks,
        };
        self.loads += 1;
        let (workspace, saver, _) = Saver::load(&port, Space::Main, self.loads, fresh).unwrap();
        let now = Moment(self.now_ms / 60_000);
        let world = World::over(workspace, now, (tab as u64 + 1) << 40);
        let (flight, own) = (Vec::new(), Vec::new());
        self.tabs.insert(
            tab,
            Tab {
                world,
                saver,
                port,
                steps: UndoStack::default(),
                flight,
                own,
            },
        );
        self.replay(tab);
    }

    /// Opens a tab that does not see one of the shelves at first, and then
    /// hears of it.
    pub fn open_late(&mut self, at: usize) {
        let late = {
            let mut storage = self.storage.borrow_mut();
            let keys = storage.texts.keys();
            let mut shelves: Vec<String> = keys
                .filter(|key| Space::Main.shelf(key).is_some())
                .cloned()
                .collect();
            let key = (!shelves.is_empty()).then(|| shelves.swap_remove(at % shelves.len()));
            key.and_then(|key| storage.texts.remove_entry(&key))
        };
        self.open();
        if let Some((key, text)) = late {
            let mut storage = self.storage.borrow_mut();
            storage.texts.insert(key.clone(), text.clone());
            let (by, text) = (usize::MAX, Some(text));
            let news = Write { by, key, text };
            storage.tabs.last_mut().unwrap().into.push_front(news);
        }
    }

    /// Takes over what the journal has later than the storage.
    fn replay(&mut self, tab: usize) {
        if !self.with_journal {
            return;
        }
        let now_ms = self.now_ms;
        let generation = Space::Main.generation_key();
        let mut texts: Vec<(String, String)> = Vec::new();
        for ((_, key), text) in &self.storage.borrow().journal {
            texts.push((key.clone(), text.clone()));
        }
        texts.sort_by_key(|(key, _)| *key != generation);
        self.tab(tab).saver.journal_on();
        for (key, text) in texts {
            let Tab { world, saver, .. } = self.tab(tab);
            if saver.replay(&key, &text, &world.workspace, now_ms) == Received::Erased {
                self.start_over(tab);
            }
        }
        self.take_in(tab);
    }

    /// Lets the batch of a tab come into the journal.
    pub fn arrive(&mut self, tab: usize) {
        let Tab { saver, flight, .. } = self.tab(tab);
        if flight.is_empty() {
            return;
        }
        let flight = std::mem::take(flight);
        saver.journaled();
        let mut storage = self.storage.borrow_mut();
        for (key, text) in flight {
            storage.journal.insert((tab, key), text);
        }
    }

    /// Lets the browser put on disk what is stored.
    pub fn commit(&mut self) {
        let mut storage = self.storage.borrow_mut();
        storage.disk = storage.texts.clone();
    }

    /// Kills the browser, with all its tabs, and starts it again: what was
    /// called saved is there.
    pub fn kill(&mut self) {
        self.tabs.clear();
        {
            let mut storage = self.storage.borrow_mut();
            storage.texts = storage.disk.clone();
            storage
                .tabs
                .iter_mut()
                .for_each(|view| view.is_open = false);
        }
        self.open();
        let Some(tab) = self.tabs.values().next() else {
            return;
        };
        let saver = &tab.saver;
        for ((generation, key), saved) in &self.saved {
            if *generation == saver.generation() {
                let is = saver.revision(*key);
                assert!(is >= Some(*saved), "{key:?} was saved, and is lost");
            }
        }
        let is_there = |(_, key): &(u64, Key), made: &mut (Revision, Option<Record>)| {
            saver.revision(*key).is_some_and(|is| is >= made.0)
        };
        self.made.retain(is_there);
    }

    /// Takes note of what the tabs call saved.
    pub fn note_saved(&mut self) {
        for tab in self.tabs.values_mut() {
            if tab.saver.status() != Status::Saved {
                continue;
            }
            for (made, revision) in tab.own.drain(..) {
                let saved = self.saved.entry(made).or_insert(revision);
                *saved = revision.max(*saved);
            }
        }
    }

    /// The tab at that place, counted round.
    pub fn at(&self, at: usize) -> usize {
        *self.tabs.keys().nth(at % self.tabs.len()).unwrap()
    }

    pub fn tab(&mut self, tab: usize) -> &mut Tab {
        self.tabs.get_mut(&tab).unwrap()
    }

    /// Does what a person asks for in a tab; false where it is refused.
    pub fn run(&mut self, tab: usize, make: impl FnOnce(&mut World) -> Command) -> bool {
        let now_ms = self.now_ms;
        let Tab { world, steps, .. } = self.tabs.get_mut(&tab).unwrap();
        world.now = Moment(now_ms / 60_000);
        let command = make(world);
        // News and writes don't take as long as marks are kept.
        world.now = world.now.min(Moment(now_ms / 60_000 + 60));
        self.now_ms = self.now_ms.max(world.now.0 * 60_000);
        let name = command.name();
        let Ok(changes) = world.run(command) else {
            return false;
        };
        let step = changes.clone();
        steps.push(Step {
            name,
            changes: step,
        });
        self.note(tab, changes);
        true
    }

    /// Takes back a tab's last step, or does again the one taken back last. One
    /// that is refused changes nothing.
    pub fn step(
        &mut self,
        tab: usize,
        take: fn(&mut UndoStack, &mut Workspace) -> Option<Result<Step, DomainError>>,
    ) {
        let Tab { world, steps, .. } = self.tab(tab);
        let before = world.workspace.clone();
        match take(steps, &mut world.workspace) {
            Some(Ok(step)) => self.note(tab, step.changes),
            Some(Err(_)) => assert_eq!(world.workspace, before),
            None => {}
        }
    }

    /// Takes note of what was changed in a tab, and shows what fits again, or
    /// does not fit any more, because of it.
    fn note(&mut self, tab: usize, changes: Changes) {
        let now_ms = self.now_ms;
        self.tab(tab).saver.note(&changes, now_ms);
        self.show(tab, UndoStack::mended);
        let Tab { saver, own, .. } = self.tabs.get_mut(&tab).unwrap();
        for change in changes.0 {
            if let Some(revision) = saver.revision(change.key) {
                own.push(((saver.generation(), change.key), revision));
                let made = self.made.entry((saver.generation(), change.key));
                let made = made.or_insert((revision, None));
                if revision >= made.0 {
                    *made = (revision, change.after);
                }
            }
        }
    }

    /// Writes one shelf of a tab, or all.
    pub fn flush(&mut self, tab: usize, whole: bool) {
        let Tab {
            world,
            saver,
            port,
            flight,
            ..
        } = self.tab(tab);
        let batch = saver.journal_some(&world.workspace, || whole);
        if let Batch::Texts(texts) = batch.unwrap() {
            *flight = texts;
        }
        match saver.flush_some(&world.workspace, port, || whole) {
            Flush::Erased => self.start_over(tab),
            Flush::Done | Flush::More | Flush::Waiting => self.take_in(tab),
            Flush::Refused => panic!("{:?}", saver.status()),
        }
    }

    fn take_in(&mut self, tab: usize) {
        self.show(tab, |steps, changes| {
            if !changes.is_empty() {
                steps.share();
            }
        });
    }

    fn show(&mut self, tab: usize, tell: impl FnOnce(&mut UndoStack, &Changes)) {
        let Tab {
            world,
            saver,
            steps,
            ..
        } = self.tab(tab);
        let changes = saver.take_in(&world.workspace);
        tell(steps, &changes);
        install(&mut world.workspace, &changes).unwrap();
        let fits = pipewright::domain::record::check::check(&world.workspace);
        assert_eq!(fits, Ok(()), "after taking in");
    }

    fn start_over(&mut self, tab: usize) {
        self.loads += 1;
        let number = self.loads;
        let Tab {
            world,
            saver,
            port,
            steps,
            ..
        } = self.tab(tab);
        (world.workspace, *saver, _) = saver.reload(port, number).unwrap();
        steps.clear();
    }

    /// Erases everything in a tab.
    pub fn erase(&mut self, tab: usize) {
        let now_ms = self.now_ms;
        let with_journal = self.with_journal;
        let Tab { saver, port, .. } = self.tab(tab);
        saver.erase(port, now_ms).unwrap();
        let key = Space::Main.generation_key();
        let generation = generation_text(saver.generation());
        if with_journal {
            let mut storage = self.storage.borrow_mut();
            storage.journal.clear();
            storage.journal.insert((tab, key), generation);
        }
        self.start_over(tab);
    }

    /// Lets one write of a tab reach the browser.
    pub fn carry(&mut self, tab: usize) -> bool {
        let mut storage = self.storage.borrow_mut();
        match storage.tabs[tab].out.pop_front() {
            Some(write) => storage.carry(write),
            None => return false,
        }
        true
    }

    /// Lets a tab hear of one write.
    pub fn deliver(&mut self, tab: usize) -> bool {
        let write = {
            let mut storage = self.storage.borrow_mut();
            let view = &mut storage.tabs[tab];
            let Some(write) = view.into.pop_front() else {
                return false;
            };
            let pending = view.pending.get(&write.key).copied().unwrap_or(0);
            if write.by == tab {
                view.pending.insert(write.key, pending.saturating_sub(1));
                return true;
            }
            if pending == 0 {
                put(&mut view.copy, &write.key, write.text.as_ref());
            }
            write
        };
        let now_ms = self.now_ms;
        let Tab { world, saver, .. } = self.tab(tab);
        let text = write.text.as_deref();
        match saver.receive(&write.key, text, &world.workspace, now_ms) {
            Received::Erased => self.start_over(tab),
            Received::Merged => self.take_in(tab),
            Received::Nothing => {}
        }
        true
    }

    /// Lets nobody hear of what was written so far.
    pub fn forget_news(&mut self) {
        let mut storage = self.storage.borrow_mut();
        storage.tabs.iter_mut().for_each(|view| view.into.clear());
    }

    /// Closes a tab, which writes everything at the last moment, into the
    /// journal first.
    pub fn close(&mut self, tab: usize) {
        self.send_all(tab);
        let Tab {
            world, saver, port, ..
        } = self.tab(tab);
        match saver.flush_all(&world.workspace, port) {
            Flush::Refused => panic!("{:?}", saver.status()),
            Flush::Erased => self.start_over(tab),
            _ => {}
        }
        self.gone(tab);
    }

    /// Closes a tab whose browser takes it away after it has sent everything to
    /// the journal, before it can write anything.
    pub fn vanish(&mut self, tab: usize) {
        self.send_all(tab);
        self.gone(tab);
    }

    fn send_all(&mut self, tab: usize) {
        self.arrive(tab);
        let Tab {
            world,
            saver,
            flight,
            ..
        } = self.tab(tab);
        if let Batch::Texts(texts) = saver.journal_all(&world.workspace).unwrap() {
            *flight = texts;
        }
        self.arrive(tab);
    }

    fn gone(&mut self, tab: usize) {
        while self.carry(tab) {}
        let mut storage = self.storage.borrow_mut();
        let view = &mut storage.tabs[tab];
        self.may_lack |= !self.with_locks && view.into.iter().any(|write| write.by != tab);
        view.is_open = false;
        drop(storage);
        self.tabs.remove(&tab);
    }

    /// Lets a tab take out of the journal what is old, long after it was stored.
    pub fn trim(&mut self, tab: usize) {
        let tabs: Vec<usize> = self.tabs.keys().copied().collect();
        for tab in tabs {
            while self.carry(tab) {}
        }
        self.replay(tab);
        if self.tab(tab).saver.status() == Status::Saved {
            self.commit();
            self.storage.borrow_mut().journal.clear();
        }
    }

    /// Lets everything reach everyone.
    pub fn calm(&mut self) {
        let tabs: Vec<usize> = self.tabs.keys().copied().collect();
        for _ in 0..50 {
            for tab in &tabs {
                self.flush(*tab, true);
                self.arrive(*tab);
                self.flush(*tab, true);
            }
            let mut is_calm = true;
            for tab in &tabs {
                while self.carry(*tab) {
                    is_calm = false;
                }
            }
            for tab in &tabs {
                while self.deliver(*tab) {
                    is_calm = false;
                }
            }
            let is_saved = |tab: &Tab| tab.saver.status() == Status::Saved;
            if is_calm && self.tabs.values().all(is_saved) {
                return;
            }
        }
        panic!("the tabs never agree");
    }

    /// The account's generation.
    fn generation(&self) -> u64 {
        let generations = self.tabs.values().map(|tab| tab.saver.generation());
        generations.max().unwrap()
    }

    /// What is stored of every record: its revision, and none where it was
    /// deleted. What is left of an earlier generation was erased.
    pub fn stored(&self) -> BTreeMap<Key, (Revision, Option<Record>)> {
        let mut all: BTreeMap<Key, (Revision, Option<Record>)> = BTreeMap::new();
        let mut see = |key: Key, revision: Revision, record: Option<Record>| {
            let known = all.get(&key).map(|(known, _)| *known);
            if known.is_none_or(|known| known < revision) {
                all.insert(key, (revision, record));
            }
        };
        for (key, text) in &self.storage.borrow().texts {
            let Some(shelf) = Space::Main.shelf(key) else {
                continue;
            };
            let page = decode(shelf, text).unwrap();
            assert!(page.unread.is_empty());
            if page.generation < self.generation() {
                continue;
            }
            for stored in page.records {
                see(stored.record.key(), stored.revision, Some(stored.record));
            }
            for (key, revision) in page.removed {
                see(key, revision, None);
            }
        }
        all
    }

    /// All tabs show the same, a tab opened now too, and what is stored of
    /// every record is the latest that a person has made of it, and shown
    /// unless it does not fit.
    pub fn check(&mut self) {
        self.calm();
        self.open();
        self.calm();
        let workspaces: Vec<&Workspace> =
            self.tabs.values().map(|tab| &tab.world.workspace).collect();
        for other in &workspaces {
            let keys = other.records().chain(workspaces[0].records());
            for key in keys.map(|record| record.key()) {
                assert_eq!(other.get(key), workspaces[0].get(key), "the tabs differ");
            }
        }
        let stored = self.stored();
        for (key, (_, record)) in &stored {
            show_or_mend(workspaces[0], *key, record.as_ref());
        }
        if self.may_lack && !self.with_journal {
            return;
        }
        let generation = self.generation();
        for ((made_in, key), (revision, record)) in &self.made {
            let saved = self.saved.get(&(*made_in, *key));
            // The journal has of a tab that is closed what that called saved.
            if *made_in != generation || (self.may_lack && saved < Some(revision)) {
                continue;
            }
            let made = (*revision, record.clone());
            assert_eq!(stored.get(key), Some(&made), "{key:?} is not as made");
        }
    }
}

/// A record is shown as it is stored, unless it would not fit in.
fn show_or_mend(shown: &Workspace, key: Key, stored: Option<&Record>) {
    let is = shown.get(key);
    if is.as_ref() == stored {
        return;
    }
    let (before, after) = (is.clone(), stored.cloned());
    let mut tried = shown.clone();
    install(&mut tried, &Changes(vec![Change { key, before, after }])).unwrap();
    let fits = pipewright::domain::record::check::check(&tried);
    assert!(fits.is_err(), "{is:?} is shown for {stored:?}, which fits");
}
