//! A workspace that fits together, made from whatever could be read, and from
//! whatever several tabs have written: the same records always give the same
//! workspace.
//!
//! Where a record is lost, what referred to it keeps as much as it can: a
//! lost customer or list entry is put back under a stand-in name, so that
//! its deals still belong together; deals of a lost process go on in the
//! default one. What can't be mended is taken out and handed back.
//!
//! What two tabs can't both have is no loss and no damage: of equal names one
//! gets a number, deals of a deleted customer go on without one, those of a
//! deleted process in the default one, and ticks of deleted sub-stages are set
//! aside in the history; rules that name what is gone don't count, and notes on
//! a deleted deal are not shown.
//!
//! Either way such records are only *shown* otherwise and stay stored as they
//! are until a person changes them: what they lack may still be on its way,
//! in the journal or from another tab.

mod asides;
mod mend;
mod pages;
mod tabs;

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use mend::{free_name, free_stage_names, has_double_names};
pub use tabs::{Mended, Stored, reconcile, reconcile_all};

use crate::domain::record::check::{
    Known, TakenByProcesses, check_lists, check_order, check_settings,
};
use crate::domain::record::customer::Customer;
use crate::domain::record::deal::Deal;
use crate::domain::record::list::{Entry, List, ListKind};
use crate::domain::record::note::Notes;
use crate::domain::record::process::Process;
use crate::domain::record::rule::Rule;
use crate::domain::record::workspace::{
    Key, ProcessOrder, Record, SavedView, Settings, Setup, Workspace,
};
use crate::domain::value::id::{CustomerId, DealId, EntryId, ProcessId};
use crate::domain::value::money::currency;
use crate::domain::value::order::Gather;
use crate::domain::value::text::{MAX_NAME, Name};

/// The records that could be read; any of them may be missing.
#[derive(Debug, Default, Clone)]
pub struct LooseRecords {
    settings: Option<Arc<Settings>>,
    order: Option<Arc<ProcessOrder>>,
    lists: BTreeMap<ListKind, Arc<List>>,
    views: Option<Arc<Vec<SavedView>>>,
    rules: Option<Arc<Vec<Rule>>>,
    processes: BTreeMap<ProcessId, Arc<Process>>,
    customers: BTreeMap<CustomerId, Arc<Customer>>,
    deals: BTreeMap<DealId, Arc<Deal>>,
    notes: Notes,
    /// What a person has deleted: where it is missing, it was not lost.
    deleted: BTreeSet<Key>,
}

/// What was done to make the records fit together.
#[derive(Debug, Default)]
pub struct Repairs {
    /// For people.
    pub notes: Vec<String>,
    /// Records that were changed without a loss, as they are stored: two tabs
    /// had made what can't both stand, or something was only added.
    pub met: Vec<Record>,
    /// Records that are shown without a part of them, because it was damaged or
    /// refers to something that is missing: as they are stored, and why.
    pub changed: Vec<(Record, String)>,
    /// Records that are not shown at all, as they are stored, and why.
    pub removed: Vec<(Record, String)>,
}

impl Repairs {
    /// Whether there was nothing to mend.
    pub fn is_empty(&self) -> bool {
        self.notes.is_empty()
            && self.met.is_empty()
            && self.changed.is_empty()
            && self.removed.is_empty()
    }
}

impl From<Vec<Record>> for LooseRecords {
    /// Records in any order, though the order of their keys is the quickest. Of
    /// two with the same key the last one stays.
    fn from(records: Vec<Record>) -> Self {
        let mut loose = Self::default();
        let (mut customers, mut notes) = (Vec::new(), Vec::new());
        let mut deals = Vec::with_capacity(records.len());
        for record in records {
            match record {
                Record::Customer(customer) => customers.push((customer.id, customer)),
                Record::Deal(deal) => deals.push((deal.id, deal)),
                Record::Note(note) => notes.push(note),
                other => loose.put(other),
            }
        }
        // All at once, which is several times quicker than one by one.
        loose.customers = customers.into_iter().collect();
        loose.deals = deals.into_iter().collect();
        loose.notes = notes.into_iter().collect();
        loose
    }
}

impl LooseRecords {
    /// All records of a workspace.
    pub fn of(workspace: &Workspace) -> Self {
        Self {
            settings: Some(workspace.settings.clone()),
            order: Some(workspace.order.clone()),
            lists: workspace.lists.clone(),
            views: Some(workspace.views.clone()),
            rules: Some(workspace.rules.clone()),
            processes: workspace.processes.clone(),
            customers: workspace.customers.clone(),
            deals: workspace.deals.clone(),
            notes: workspace.notes.clone(),
            deleted: BTreeSet::new(),
        }
    }

    /// Takes a record out that can be deleted.
    pub fn take_out(&mut self, key: Key) {
        match key {
            Key::Process(id) => drop(self.processes.remove(&id)),
            Key::Customer(id) => drop(self.customers.remove(&id)),
            Key::Deal(id) => drop(self.deals.remove(&id)),
            Key::Note(id) => drop(self.notes.remove(id)),
            Key::Settings | Key::Order | Key::List(_) | Key::Views | Key::Rules => {}
        }
    }

    /// Takes a record in, in place of one of the same key.
    pub fn put(&mut self, record: Record) {
        match record {
            Record::Settings(settings) => self.settings = Some(settings),
            Record::Order(order) => self.order = Some(order),
            Record::List(kind, list) => drop(self.lists.insert(kind, list)),
            Record::Views(views) => self.views = Some(views),
            Record::Rules(rules) => self.rules = Some(rules),
            Record::Process(process) => drop(self.processes.insert(process.id, process)),
            Record::Customer(customer) => drop(self.customers.insert(customer.id, customer)),
            Record::Deal(deal) => drop(self.deals.insert(deal.id, deal)),
            Record::Note(note) => drop(self.notes.insert(note)),
        }
    }

    /// Takes note of a record that a person has deleted.
    pub fn mark_deleted(&mut self, key: Key) {
        self.deleted.insert(key);
    }

    /// Whether nothing could be read.
    pub fn is_empty(&self) -> bool {
        self.keys().next().is_none()
    }

    /// The keys of what could be read.
    pub fn keys(&self) -> impl Iterator<Item = Key> + '_ {
        let one = |is_there: bool, key: Key| is_there.then_some(key);
        [
            one(self.settings.is_some(), Key::Settings),
            one(self.order.is_some(), Key::Order),
            one(self.views.is_some(), Key::Views),
            one(self.rules.is_some(), Key::Rules),
        ]
        .into_iter()
        .flatten()
        .chain(self.lists.keys().copied().map(Key::List))
        .chain(self.processes.keys().copied().map(Key::Process))
        .chain(self.customers.keys().copied().map(Key::Customer))
        .chain(self.deals.keys().copied().map(Key::Deal))
        .chain(self.notes.keys().map(Key::Note))
    }

    /// The record of that key, if it could be read.
    pub fn get(&self, key: Key) -> Option<Record> {
        match key {
            Key::Settings => self.settings.clone().map(Record::Settings),
            Key::Order => self.order.clone().map(Record::Order),
            Key::List(kind) => self
                .lists
                .get(&kind)
                .map(|list| Record::List(kind, list.clone())),
            Key::Views => self.views.clone().map(Record::Views),
            Key::Rules => self.rules.clone().map(Record::Rules),
            Key::Process(id) => self.processes.get(&id).cloned().map(Record::Process),
            Key::Customer(id) => self.customers.get(&id).cloned().map(Record::Customer),
            Key::Deal(id) => self.deals.get(&id).cloned().map(Record::Deal),
            Key::Note(id) => self.notes.get(id).cloned().map(Record::Note),
        }
    }

    /// A workspace that passes [`crate::domain::record::check::check`]. `fresh` is
    /// asked only where settings, lists or every process are missing.
    pub fn repair(mut self, fresh: fn() -> Workspace) -> (Workspace, Repairs) {
        let fresh = LazyCell::new(fresh);
        let mut repairs = Repairs::default();
        self.mend_lists(
            |kind| fresh.lists.get(&kind).cloned().unwrap_or_default(),
            &mut repairs,
        );
        self.mend_processes(&mut repairs);
        if self.processes.is_empty() {
            repairs
                .notes
                .push("No sales process could be read: there is a new one.".to_owned());
            self.processes.clone_from(&fresh.processes);
            let before = self.order.replace(fresh.order.clone());
            repairs.met.extend(before.map(Record::Order));
        }
        let order = self.mend_order(&mut repairs);
        self.stand_in_for_entries(&mut repairs);
        let settings = self.mend_settings(|| fresh.settings.clone(), &mut repairs);
        let known = Known::new(&self.lists, &self.processes);
        self.mend_customers(&known, &mut repairs);
        self.mend_deals(&known, order.default, &mut repairs);
        self.mend_notes(&mut repairs);
        let views = self.mend_views(&mut repairs);
        let rules = self.mend_rules(&mut repairs);
        let damaged = repairs.changed.iter().chain(&repairs.removed);
        let damaged: BTreeSet<Key> = damaged.map(|(record, _)| record.key()).gather();
        repairs
            .met
            .retain(|record| !damaged.contains(&record.key()));
        let Self {
            lists,
            processes,
            customers,
            deals,
            notes,
            ..
        } = self;
        (
            Workspace {
                setup: Setup {
                    settings,
                    order,
                    lists,
                    views,
                    rules,
                    processes,
                    customers,
                },
                deals,
                notes,
            },
            repairs,
        )
    }

    fn mend_lists(&mut self, fresh: impl Fn(ListKind) -> Arc<List>, repairs: &mut Repairs) {
        for kind in ListKind::ALL {
            self.lists.entry(kind).or_insert_with(|| {
                repairs
                    .notes
                    .push(format!("The list “{}” is missing.", kind.title()));
                fresh(kind)
            });
        }
        if check_lists(&self.lists).is_ok() {
            return;
        }
        let mut ids = BTreeSet::new();
        for (kind, list) in &mut self.lists {
            let mut names = BTreeSet::new();
            let mut mended = List::default();
            for entry in list.entries.iter().filter(|entry| ids.insert(entry.id)) {
                let taken = |name: &Name| names.contains(&name.key());
                let name = free_name(&entry.name, MAX_NAME, taken);
                names.insert(name.key());
                mended.entries.push(Entry { id: entry.id, name });
            }
            if mended != **list {
                let reason = "Names or ids of its entries stood twice".to_owned();
                let before = std::mem::replace(list, Arc::new(mended));
                repairs.changed.push((Record::List(*kind, before), reason));
            }
        }
    }

    fn mend_processes(&mut self, repairs: &mut Repairs) {
        let mut taken = TakenByProcesses::default();
        let mut mended = BTreeMap::new();
        for (id, process) in std::mem::take(&mut self.processes) {
            let mut now = process.clone();
            let name = free_name(&process.name, MAX_NAME, |name| taken.has_name(name));
            if name != process.name {
                Arc::make_mut(&mut now).name = name;
            }
            if has_double_names(&process) {
                free_stage_names(Arc::make_mut(&mut now));
            }
            if now != process {
                repairs.met.push(Record::Process(process.clone()));
            }
            match taken.check_and_add(&now) {
                Ok(()) => drop(mended.insert(id, now)),
                Err(error) => {
                    repairs
                        .removed
                        .push((Record::Process(process), error.to_string()));
                }
            }
        }
        self.processes = mended;
    }

    /// The order as it is, or else the known processes in it and then the others.
    fn mend_order(&mut self, repairs: &mut Repairs) -> Arc<ProcessOrder> {
        if let Some(order) = &self.order
            && check_order(order, &self.processes).is_ok()
        {
            return order.clone();
        }
        let before = self.order.take();
        let old: &[ProcessId] = before.as_ref().map_or(&[], |order| &order.order);
        let mut seen = BTreeSet::new();
        let all = old.iter().chain(self.processes.keys());
        let order: Vec<ProcessId> = all
            .filter(|id| self.processes.contains_key(id) && seen.insert(**id))
            .copied()
            .collect();
        let can_be = |id: &ProcessId| self.processes.get(id).is_some_and(|p| !p.archived);
        let default = before.as_ref().map(|order| order.default).filter(can_be);
        let default = default
            .or_else(|| order.iter().copied().find(can_be))
            .or_else(|| {
                // All are archived: the first one comes back.
                let (id, process) = self.processes.iter_mut().next()?;
                repairs.met.push(Record::Process(process.clone()));
                *process = Arc::new(Process {
                    archived: false,
                    ..Process::clone(process)
                });
                Some(*id)
            });
        // Where two tabs add or delete processes, the order of one of them
        // stays, which does not know what the other did: that is no damage.
        match before {
            Some(before) => repairs.met.push(Record::Order(before)),
            None => repairs
                .notes
                .push("The order of the sales processes was made anew.".to_owned()),
        }
        Arc::new(ProcessOrder {
            default: default.unwrap_or(ProcessId(0)),
            order,
        })
    }

    /// Puts an entry in place of every lost one that is still referred to.
    fn stand_in_for_entries(&mut self, repairs: &mut Repairs) {
        let known = Known::new(&self.lists, &self.processes);
        let mut lost: BTreeMap<EntryId, ListKind> = BTreeMap::new();
        let mut miss = |kind: ListKind, id: Option<EntryId>| {
            if let Some(id) = id.filter(|id| known.list_of(*id).is_none()) {
                lost.entry(id).or_insert(kind);
            }
        };
        for customer in self.customers.values() {
            miss(ListKind::Segments, customer.segment);
        }
        for deal in self.deals.values() {
            for kind in ListKind::ALL {
                miss(kind, deal.entry(kind));
            }
        }
        for (id, kind) in lost {
            let list = self.lists.entry(kind).or_default();
            let before = list.clone();
            let base = Name::clamped(
                &format!("Recovered {}", kind.singular()),
                MAX_NAME,
                "Recovered",
            );
            let name = free_name(&base, MAX_NAME, |name| list.find(name.as_str()).is_some());
            repairs
                .notes
                .push(format!("A lost {} is now “{name}”.", kind.singular()));
            Arc::make_mut(list).entries.push(Entry { id, name });
            repairs.met.push(Record::List(kind, before));
        }
    }

    fn mend_settings(
        &mut self,
        fresh: impl FnOnce() -> Arc<Settings>,
        repairs: &mut Repairs,
    ) -> Arc<Settings> {
        let Some(settings) = self.settings.take() else {
            repairs
                .notes
                .push("The settings are missing: check the currency.".to_owned());
            return fresh();
        };
        let Err(error) = check_settings(&settings, &self.lists) else {
            return settings;
        };
        let mut mended = Settings::clone(&settings);
        let is_owner_gone = mended.me.take().is_some();
        if is_owner_gone && check_settings(&mended, &self.lists).is_ok() {
            repairs.met.push(Record::Settings(settings));
            return Arc::new(mended);
        }
        mended.me = settings.me;
        if currency(&mended.currency).is_none() {
            mended.currency.clone_from(&fresh().currency);
        }
        if check_settings(&mended, &self.lists).is_err() {
            mended.me = None;
        }
        if check_settings(&mended, &self.lists).is_err() {
            mended.locale.clear();
        }
        repairs
            .changed
            .push((Record::Settings(settings), error.to_string()));
        Arc::new(mended)
    }
}
