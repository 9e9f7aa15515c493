//! What the index keeps of each deal, each in a slot of its own.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use crate::domain::read::brief::Brief;
use crate::domain::record::customer::Customer;
use crate::domain::record::deal::Deal;
use crate::domain::record::workspace::Workspace;
use crate::domain::value::alphabet::{Alphabet, Collate, Plain};
use crate::domain::value::id::{CustomerId, DealId};
use crate::domain::value::text::fold;

/// What is kept of one deal.
pub struct IndexedDeal {
    /// The deal in brief.
    pub brief: Brief,
    /// The folded name.
    pub name: Box<str>,
    /// All that is searched but for names, folded when a search first comes to
    /// it: a start folds no notes, and of most deals a name is what is found.
    texts: OnceCell<Box<str>>,
    /// The place of its customer's texts.
    pub customer: Option<usize>,
}

impl IndexedDeal {
    /// Its notes, its next step and what was noted on it, folded, a line each:
    /// no word that is searched for goes over the end of one.
    pub fn texts(&self, workspace: &Workspace) -> &str {
        self.texts.get_or_init(|| {
            let Some(deal) = workspace.deals.get(&self.brief.id) else {
                return Box::default();
            };
            let mut texts = fold(&deal.notes);
            let step = deal.next_step.as_ref().map(|step| step.what.as_str());
            let noted = workspace.notes.of(deal.id).map(|note| note.text.as_str());
            for text in step.into_iter().chain(noted) {
                texts.push('\n');
                texts.push_str(&fold(text));
            }
            texts.into()
        })
    }
}

/// The folded names of the customers. A place is never given to another.
#[derive(Default)]
pub struct Customers {
    /// The place of each.
    pub places: HashMap<CustomerId, usize>,
    /// The names by place.
    pub names: Vec<Box<str>>,
}

impl Customers {
    /// The place of a customer, and whether it is a new one.
    fn place(&mut self, id: CustomerId) -> (usize, bool) {
        let count = self.names.len();
        let place = *self.places.entry(id).or_insert(count);
        if place == count {
            self.names.push(Box::default());
        }
        (place, place == count)
    }

    /// Sets what is kept of a customer; none where it is gone.
    pub fn set(&mut self, id: CustomerId, customer: Option<&Customer>) {
        let (place, _) = self.place(id);
        if let Some(name) = self.names.get_mut(place) {
            *name = customer
                .map_or_else(String::new, |c| fold(c.name.as_str()))
                .into();
        }
    }
}

/// The deals by slot. The slot of a deleted deal is empty until a new deal
/// takes it.
#[derive(Default)]
pub struct Slots {
    deals: Vec<Option<IndexedDeal>>,
    free: Vec<usize>,
    by_id: HashMap<DealId, usize>,
    /// The customers of the deals.
    pub customers: Customers,
    open: usize,
    /// What gives the order of the account's language, where it is not plain.
    pub collate: Option<Collate>,
    /// The order of its letters, once it was asked for.
    alphabet: RefCell<Option<Rc<Alphabet>>>,
}

impl Slots {
    /// The deals and customers of a workspace.
    pub fn new(workspace: &Workspace) -> Self {
        let mut slots = Self::default();
        for (id, customer) in &workspace.customers {
            slots.customers.set(*id, Some(customer));
        }
        slots.deals.reserve(workspace.deals.len());
        slots.by_id.reserve(workspace.deals.len());
        for deal in workspace.deals.values() {
            slots.put(workspace, deal);
        }
        slots
    }

    /// The order of the letters of all names, as the account's region has it.
    pub fn alphabet(&self, workspace: &Workspace) -> Rc<Alphabet> {
        let mut alphabet = self.alphabet.borrow_mut();
        let collate = self.collate.unwrap_or(Plain::collate);
        let make = || Rc::new(workspace.alphabet(collate));
        alphabet.get_or_insert_with(make).clone()
    }

    /// Forgets the order of the letters where that says so; whether it did.
    pub fn forget_alphabet(&mut self, is_outdated: impl Fn(&Alphabet) -> bool) -> bool {
        let alphabet = self.alphabet.get_mut();
        let forget = alphabet.as_ref().is_some_and(|known| is_outdated(known));
        if forget {
            *alphabet = None;
        }
        forget
    }

    /// Puts a deal into a slot; the slot, and whether its customer is a new one.
    pub fn put(&mut self, workspace: &Workspace, deal: &Deal) -> (usize, bool) {
        let customer = deal.customer.map(|id| self.customers.place(id));
        let indexed = IndexedDeal {
            brief: Brief::of(workspace, deal),
            name: fold(deal.name.as_str()).into(),
            texts: OnceCell::new(),
            customer: customer.map(|(place, _)| place),
        };
        self.open += usize::from(deal.is_open());
        let slot = self.free.pop().unwrap_or(self.deals.len());
        match self.deals.get_mut(slot) {
            Some(place) => *place = Some(indexed),
            None => self.deals.push(Some(indexed)),
        }
        self.by_id.insert(deal.id, slot);
        (slot, customer.is_some_and(|(_, is_new)| is_new))
    }

    /// The slot of a deal.
    pub fn slot_of(&self, id: DealId) -> Option<usize> {
        self.by_id.get(&id).copied()
    }

    /// Takes a deal out; its slot is free then.
    pub fn take_out(&mut self, id: DealId) {
        let Some(slot) = self.by_id.remove(&id) else {
            return;
        };
        let indexed = self.deals.get_mut(slot).and_then(Option::take);
        self.open -= usize::from(indexed.is_some_and(|indexed| indexed.brief.is_open()));
        self.free.push(slot);
    }

    /// What is kept of the deal in a slot.
    pub fn get(&self, slot: usize) -> Option<&IndexedDeal> {
        self.deals.get(slot).and_then(Option::as_ref)
    }

    /// Every slot, with what is in it.
    pub fn all(&self) -> &[Option<IndexedDeal>] {
        &self.deals
    }

    /// All deals in brief, in no order.
    pub fn briefs(&self) -> impl Iterator<Item = &Brief> {
        self.deals.iter().flatten().map(|indexed| &indexed.brief)
    }

    /// The same to be corrected.
    pub fn briefs_mut(&mut self) -> impl Iterator<Item = &mut Brief> {
        let deals = self.deals.iter_mut().flatten();
        deals.map(|indexed| &mut indexed.brief)
    }

    /// How many deals there are.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// How many of them are open.
    pub fn open(&self) -> usize {
        self.open
    }
}
