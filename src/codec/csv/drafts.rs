//! The lists and customers of a workspace while an import adds to them.

use std::collections::BTreeMap;
use std::collections::HashMap;
use std::sync::Arc;

use crate::domain::record::customer::Customer;
use crate::domain::record::list::{Entry, List, ListKind};
use crate::domain::record::workspace::{Record, Workspace};
use crate::domain::value::id::{CustomerId, EntryId, IdSource};
use crate::domain::value::order::Gather;
use crate::domain::value::text::{Name, name_key};

/// Things found by their exact name first, then by a key of it.
#[derive(Debug)]
pub struct ByName<Id> {
    exact: HashMap<String, Id>,
    keys: HashMap<String, Id>,
    key: fn(&str) -> String,
}

impl<Id: Copy> ByName<Id> {
    pub fn new(key: fn(&str) -> String) -> Self {
        Self {
            exact: HashMap::new(),
            keys: HashMap::new(),
            key,
        }
    }

    pub fn insert(&mut self, name: &str, id: Id) {
        self.keys.entry((self.key)(name)).or_insert(id);
        self.exact.entry(name.to_owned()).or_insert(id);
    }

    /// What has that name; the next search for the same text is quicker.
    pub fn find(&mut self, name: &str) -> Option<Id> {
        if let Some(id) = self.exact.get(name) {
            return Some(*id);
        }
        let id = *self.keys.get(&(self.key)(name))?;
        self.exact.insert(name.to_owned(), id);
        Some(id)
    }
}

/// The short lists.
#[derive(Debug)]
pub struct Lists(BTreeMap<ListKind, ListDraft>);

#[derive(Debug)]
struct ListDraft {
    list: List,
    index: ByName<EntryId>,
    before: usize,
}

impl Lists {
    pub fn new(workspace: &Workspace) -> Self {
        let draft = |kind: ListKind| {
            let list = workspace.list(kind).clone();
            let mut index = ByName::new(name_key);
            for entry in &list.entries {
                index.insert(entry.name.as_str(), entry.id);
            }
            let before = list.entries.len();
            (
                kind,
                ListDraft {
                    list,
                    index,
                    before,
                },
            )
        };
        Self(ListKind::ALL.into_iter().map(draft).gather())
    }

    /// The entry of that name, added where it is not there.
    pub fn entry(&mut self, kind: ListKind, name: &Name, ids: &mut IdSource) -> Option<EntryId> {
        let draft = self.0.get_mut(&kind)?;
        if let Some(id) = draft.index.find(name.as_str()) {
            return Some(id);
        }
        let id = ids.fresh();
        draft.index.insert(name.as_str(), id);
        draft.list.entries.push(Entry {
            id,
            name: name.clone(),
        });
        Some(id)
    }

    /// The lists that have new entries.
    pub fn into_records(self) -> impl Iterator<Item = Record> {
        let changed = self
            .0
            .into_iter()
            .filter(|(_, draft)| draft.list.entries.len() > draft.before);
        changed.map(|(kind, draft)| Record::List(kind, Arc::new(draft.list)))
    }
}

/// The customers.
#[derive(Debug)]
pub struct Customers {
    index: ByName<CustomerId>,
    known: BTreeMap<CustomerId, Arc<Customer>>,
    changed: BTreeMap<CustomerId, Customer>,
}

impl Customers {
    pub fn new(workspace: &Workspace) -> Self {
        let mut index = ByName::new(name_key);
        for customer in workspace.customers.values() {
            index.insert(customer.name.as_str(), customer.id);
        }
        Self {
            index,
            known: workspace.customers.clone(),
            changed: BTreeMap::new(),
        }
    }

    pub fn find(&mut self, name: &Name) -> Option<CustomerId> {
        self.index.find(name.as_str())
    }

    /// The customer of that name, added where it is not there.
    pub fn find_or_add(&mut self, name: &Name, ids: &mut IdSource) -> CustomerId {
        self.find(name).unwrap_or_else(|| {
            let id = ids.fresh();
            let (email, phone, notes) = Default::default();
            self.changed.insert(
                id,
                Customer {
                    id,
                    name: name.clone(),
                    segment: None,
                    email,
                    phone,
                    notes,
                },
            );
            self.index.insert(name.as_str(), id);
            id
        })
    }

    pub fn get(&self, id: CustomerId) -> Option<&Customer> {
        self.changed
            .get(&id)
            .or_else(|| self.known.get(&id).map(Arc::as_ref))
    }

    /// Puts a changed customer in its place; tells whether it differs.
    pub fn put(&mut self, customer: Customer) -> bool {
        if self.get(customer.id) == Some(&customer) {
            return false;
        }
        self.changed.insert(customer.id, customer);
        true
    }

    /// How many are new.
    pub fn added(&self) -> usize {
        self.changed
            .keys()
            .filter(|id| !self.known.contains_key(id))
            .count()
    }

    /// The customers that are new or changed.
    pub fn into_records(self) -> impl Iterator<Item = Record> {
        self.changed
            .into_values()
            .map(|customer| Record::Customer(Arc::new(customer)))
    }
}
