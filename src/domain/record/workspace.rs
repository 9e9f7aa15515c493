//! Everything a user has, as records; and what a command did to them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::domain::record::customer::Customer;
use crate::domain::record::deal::{Deal, Outcome};
use crate::domain::record::list::{List, ListKind};
use crate::domain::record::note::{Note, Notes};
use crate::domain::record::process::Process;
use crate::domain::record::rule::Rule;
use crate::domain::value::alphabet::{Alphabet, Collate};
use crate::domain::value::id::{CustomerId, DealId, EntryId, NoteId, ProcessId, ViewId};
use crate::domain::value::money::{Currency, currency};
use crate::domain::value::text::Name;

/// All data of one account.
///
/// It stands for its setup where only that is needed: what takes a `&Setup`
/// can't look at a deal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    /// Everything but the deals and what was noted on them.
    pub setup: Setup,
    /// The deals.
    pub deals: BTreeMap<DealId, Arc<Deal>>,
    /// What was noted on deals.
    pub notes: Notes,
}

impl Deref for Workspace {
    type Target = Setup;

    fn deref(&self) -> &Setup {
        &self.setup
    }
}

impl DerefMut for Workspace {
    fn deref_mut(&mut self) -> &mut Setup {
        &mut self.setup
    }
}

/// Everything of an account but its deals and what was noted on them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setup {
    /// Currency, region and the like.
    pub settings: Arc<Settings>,
    /// The order of the processes, and which one is the default.
    pub order: Arc<ProcessOrder>,
    /// The short lists; every kind is there.
    pub lists: BTreeMap<ListKind, Arc<List>>,
    /// The saved views.
    pub views: Arc<Vec<SavedView>>,
    /// The rules that suggest a process, in the order they are tried.
    pub rules: Arc<Vec<Rule>>,
    /// The processes; never empty.
    pub processes: BTreeMap<ProcessId, Arc<Process>>,
    /// The customers.
    pub customers: BTreeMap<CustomerId, Arc<Customer>>,
}

/// What holds for the whole account.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Settings {
    /// The ISO 4217 code of the currency.
    pub currency: String,
    /// The BCP 47 tag that numbers and dates are shown by; empty means the browser's.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub locale: String,
    /// The owner preset on new deals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub me: Option<EntryId>,
}

/// The order of the processes. The default is one field, so there is always
/// exactly one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ProcessOrder {
    /// The default process.
    pub default: ProcessId,
    /// Every process, in the user's order.
    pub order: Vec<ProcessId>,
}

/// A named set of filters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SavedView {
    /// Its id.
    pub id: ViewId,
    /// Its name.
    pub name: Name,
    /// The address it stands for, such as `#/deals/open?stage=…`.
    pub address: String,
}

/// Names one record of a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// The settings.
    Settings,
    /// The order of the processes.
    Order,
    /// One of the short lists.
    List(ListKind),
    /// The saved views.
    Views,
    /// The rules that suggest a process.
    Rules,
    /// A process.
    Process(ProcessId),
    /// A customer.
    Customer(CustomerId),
    /// A deal.
    Deal(DealId),
    /// A noted entry.
    Note(NoteId),
}

impl Key {
    /// Whether it names one of the few records that others refer to, and
    /// neither a customer nor a deal nor a note.
    pub fn is_shared(self) -> bool {
        !matches!(self, Self::Customer(_) | Self::Deal(_) | Self::Note(_))
    }
}

/// One record of a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record {
    /// The settings.
    Settings(Arc<Settings>),
    /// The order of the processes.
    Order(Arc<ProcessOrder>),
    /// One of the short lists.
    List(ListKind, Arc<List>),
    /// The saved views.
    Views(Arc<Vec<SavedView>>),
    /// The rules that suggest a process.
    Rules(Arc<Vec<Rule>>),
    /// A process.
    Process(Arc<Process>),
    /// A customer.
    Customer(Arc<Customer>),
    /// A deal.
    Deal(Arc<Deal>),
    /// A noted entry.
    Note(Arc<Note>),
}

impl Record {
    /// The key it is found by.
    pub fn key(&self) -> Key {
        match self {
            Self::Settings(_) => Key::Settings,
            Self::Order(_) => Key::Order,
            Self::List(kind, _) => Key::List(*kind),
            Self::Views(_) => Key::Views,
            Self::Rules(_) => Key::Rules,
            Self::Process(process) => Key::Process(process.id),
            Self::Customer(customer) => Key::Customer(customer.id),
            Self::Deal(deal) => Key::Deal(deal.id),
            Self::Note(note) => Key::Note(note.id),
        }
    }
}

/// What happened to one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which record.
    pub key: Key,
    /// What it was; none when it is new.
    pub before: Option<Record>,
    /// What it is; none when it was removed.
    pub after: Option<Record>,
}

/// What one command did: every record it touched, once, in the order of keys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes(pub Vec<Change>);

impl Changes {
    /// What takes these changes back.
    pub fn inverse(&self) -> Changes {
        Changes(
            self.0
                .iter()
                .map(|change| Change {
                    key: change.key,
                    before: change.after.clone(),
                    after: change.before.clone(),
                })
                .collect(),
        )
    }

    /// Nothing was changed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The keys of the touched records.
    pub fn keys(&self) -> impl Iterator<Item = Key> {
        self.0.iter().map(|change| change.key)
    }
}

impl Workspace {
    /// The record of that key.
    pub fn get(&self, key: Key) -> Option<Record> {
        match key {
            Key::Settings => Some(Record::Settings(self.settings.clone())),
            Key::Order => Some(Record::Order(self.order.clone())),
            Key::List(kind) => self
                .lists
                .get(&kind)
                .map(|list| Record::List(kind, list.clone())),
            Key::Views => Some(Record::Views(self.views.clone())),
            Key::Rules => Some(Record::Rules(self.rules.clone())),
            Key::Process(id) => self.processes.get(&id).cloned().map(Record::Process),
            Key::Customer(id) => self.customers.get(&id).cloned().map(Record::Customer),
            Key::Deal(id) => self.deals.get(&id).cloned().map(Record::Deal),
            Key::Note(id) => self.notes.get(id).cloned().map(Record::Note),
        }
    }

    /// Puts a record in its place, or takes it out. The settings, the order,
    /// the lists, the views and the rules are always there: taking one out does nothing.
    pub(crate) fn set(&mut self, key: Key, record: Option<Record>) {
        match (record, key) {
            (Some(Record::Settings(settings)), _) => self.settings = settings,
            (Some(Record::Order(order)), _) => self.order = order,
            (Some(Record::List(kind, list)), _) => {
                self.lists.insert(kind, list);
            }
            (Some(Record::Views(views)), _) => self.views = views,
            (Some(Record::Rules(rules)), _) => self.rules = rules,
            (Some(Record::Process(process)), _) => {
                self.processes.insert(process.id, process);
            }
            (Some(Record::Customer(customer)), _) => {
                self.customers.insert(customer.id, customer);
            }
            (Some(Record::Deal(deal)), _) => {
                self.deals.insert(deal.id, deal);
            }
            (Some(Record::Note(note)), _) => {
                self.notes.insert(note);
            }
            (None, Key::Process(id)) => {
                self.processes.remove(&id);
            }
            (None, Key::Customer(id)) => {
                self.customers.remove(&id);
            }
            (None, Key::Deal(id)) => {
                self.deals.remove(&id);
            }
            (None, Key::Note(id)) => {
                self.notes.remove(id);
            }
            (None, Key::Settings | Key::Order | Key::List(_) | Key::Views | Key::Rules) => {}
        }
    }

    /// The key of every record, in order.
    pub fn keys(&self) -> impl Iterator<Item = Key> + '_ {
        [Key::Settings, Key::Order]
            .into_iter()
            .chain(self.lists.keys().copied().map(Key::List))
            .chain([Key::Views, Key::Rules])
            .chain(self.processes.keys().copied().map(Key::Process))
            .chain(self.customers.keys().copied().map(Key::Customer))
            .chain(self.deals.keys().copied().map(Key::Deal))
            .chain(self.notes.keys().map(Key::Note))
    }

    /// Every record, in the order of keys.
    pub fn records(&self) -> impl Iterator<Item = Record> + '_ {
        [
            Record::Settings(self.settings.clone()),
            Record::Order(self.order.clone()),
        ]
        .into_iter()
        .chain(
            self.lists
                .iter()
                .map(|(kind, list)| Record::List(*kind, list.clone())),
        )
        .chain([
            Record::Views(self.views.clone()),
            Record::Rules(self.rules.clone()),
        ])
        .chain(self.processes.values().cloned().map(Record::Process))
        .chain(self.customers.values().cloned().map(Record::Customer))
        .chain(self.deals.values().cloned().map(Record::Deal))
        .chain(self.notes.values().cloned().map(Record::Note))
    }

    /// The letters of all names in the order of the account's region.
    pub fn alphabet(&self, collate: Collate) -> Alphabet {
        let mut letters = BTreeSet::new();
        let mut add = |name: &Name| {
            if !name.as_str().is_ascii() {
                letters.extend(name.as_str().chars());
            }
        };
        self.deals.values().for_each(|deal| add(&deal.name));
        self.customers
            .values()
            .for_each(|customer| add(&customer.name));
        let entries = self.lists.values().flat_map(|list| &list.entries);
        entries.for_each(|entry| add(&entry.name));
        Alphabet::new(&letters, collate(&self.settings.locale).as_ref())
    }

    /// Whether nothing was added by a user yet: no deals, no customers, and no
    /// process but the first.
    pub fn is_unused(&self) -> bool {
        self.deals.is_empty() && self.customers.is_empty() && self.processes.len() == 1
    }
}

impl Setup {
    /// The default process's id.
    pub fn default_process(&self) -> ProcessId {
        self.order.default
    }

    /// The processes in the user's order, archived ones included.
    pub fn processes_in_order(&self) -> impl Iterator<Item = &Arc<Process>> {
        self.order
            .order
            .iter()
            .filter_map(|id| self.processes.get(id))
    }

    /// The processes that can be chosen for a deal whose present one is
    /// `present` (§4.1): those not archived, and the present one.
    pub fn choosable_processes(&self, present: Option<ProcessId>) -> Vec<&Arc<Process>> {
        self.processes_in_order()
            .filter(|process| !process.archived || Some(process.id) == present)
            .collect()
    }

    /// One of the short lists.
    pub fn list(&self, kind: ListKind) -> &List {
        static EMPTY: List = List {
            entries: Vec::new(),
        };
        self.lists.get(&kind).map_or(&EMPTY, |list| list)
    }

    /// Whether no deal can be closed so without a reason (§5.1): won deals
    /// can, and others while there is no reason to choose.
    pub fn needs_reason(&self, outcome: Outcome) -> bool {
        let reasons = outcome.reasons();
        reasons.is_mandatory() && !self.list(reasons).entries.is_empty()
    }

    /// The account's currency.
    pub fn currency(&self) -> Currency {
        currency(&self.settings.currency).unwrap_or(Currency {
            code: "EUR",
            decimals: 2,
        })
    }

    /// The customer's name, empty when there is none.
    pub fn customer_name(&self, id: Option<CustomerId>) -> &str {
        id.and_then(|id| self.customers.get(&id))
            .map_or("", |customer| customer.name.as_str())
    }

    /// The segment of a deal: that of its customer.
    pub fn segment_of(&self, deal: &Deal) -> Option<EntryId> {
        self.customers.get(&deal.customer?)?.segment
    }

    /// The name of an entry of a list, empty when there is none.
    pub fn entry_name(&self, kind: ListKind, id: Option<EntryId>) -> &str {
        self.list(kind).name(id)
    }
}
