//! All deals in the order of a column, kept while deals come and go.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::slots::{IndexedDeal, Slots};
use crate::domain::read::column::SortedBy;
use crate::domain::record::list::ListKind;
use crate::domain::record::next_step::NextDue;
use crate::domain::record::workspace::Workspace;
use crate::domain::value::id::{DealId, EntryId, ProcessId};
use crate::domain::value::money::Money;
use crate::domain::value::time::{Date, days_between};

/// What a deal is sorted by, as one number. Of a text it is the beginning.
type SortKey = u128;

/// From this key on nothing is known: it comes last in either direction.
const UNKNOWN: SortKey = (u64::MAX as SortKey) << 64;

/// How many bytes of a text a key holds.
const BEGINNING: usize = 16;

/// A deal on its way to its place: the key, the id, the slot.
type Keyed = (SortKey, DealId, u32);

/// The slots of all deals, from the least to the greatest; those whose value
/// is not known are apart.
#[derive(Clone)]
pub struct Order {
    sorted_by: SortedBy,
    ranks: Ranks,
    known: Vec<u32>,
    unknown: Vec<u32>,
}

/// What many deals share, each with its place in the order.
#[derive(Clone)]
enum Ranks {
    None,
    /// The keys of the names, by slot.
    Names(Vec<Box<str>>),
    Entries(HashMap<EntryId, u64>),
    Customers(Vec<u64>),
    Processes(HashMap<ProcessId, u64>),
}

impl Order {
    /// The order of all deals by what a column is sorted by.
    pub fn new(slots: &Slots, workspace: &Workspace, sorted_by: SortedBy) -> Self {
        let mut order = Self {
            sorted_by,
            ranks: Ranks::of(slots, workspace, sorted_by),
            known: Vec::new(),
            unknown: Vec::new(),
        };
        let mut keyed: Vec<Keyed> = Vec::with_capacity(slots.len());
        for (slot, indexed) in slots.all().iter().enumerate() {
            if let (Some(indexed), Ok(slot)) = (indexed, u32::try_from(slot)) {
                keyed.push((order.key(indexed, slot), indexed.brief.id, slot));
            }
        }
        keyed.sort_unstable();
        if let Ranks::Names(names) = &order.ranks {
            sort_by_rest(names, &mut keyed, BEGINNING);
        }
        let is_known = |(_, _, slot): &Keyed| {
            let indexed = slots.get(*slot as usize);
            indexed.is_some_and(|indexed| order.key(indexed, *slot) < UNKNOWN)
        };
        let unknown_from = keyed.partition_point(is_known);
        let mut slots = keyed.into_iter().map(|(.., slot)| slot);
        order.known = slots.by_ref().take(unknown_from).collect();
        order.unknown = slots.collect();
        order
    }

    /// The slots of all deals; unknown ones come last in either direction.
    pub fn slots(&self, descending: bool) -> impl Iterator<Item = usize> {
        let turned = move |slots: &[u32], at: usize| {
            let at = if descending { slots.len() - 1 - at } else { at };
            slots.get(at).map_or(usize::MAX, |slot| *slot as usize)
        };
        let known = (0..self.known.len()).map(move |at| turned(&self.known, at));
        let unknown = (0..self.unknown.len()).map(move |at| turned(&self.unknown, at));
        known.chain(unknown)
    }

    /// Puts a deal in its place.
    pub fn put(&mut self, slots: &Slots, workspace: &Workspace, slot: usize) {
        let Ok(slot) = u32::try_from(slot) else {
            return;
        };
        if let Ranks::Names(names) = &mut self.ranks {
            set_name(names, slots, workspace, slot as usize);
        }
        if let Some((is_known, at)) = self.place(slots, slot) {
            self.part(is_known).insert(at, slot);
        }
    }

    /// Takes a deal out, which is still what it was when it was put in.
    pub fn take_out(&mut self, slots: &Slots, slot: usize) {
        let Ok(slot) = u32::try_from(slot) else {
            return;
        };
        if let Some((is_known, at)) = self.place(slots, slot) {
            let part = self.part(is_known);
            if part.get(at) == Some(&slot) {
                part.remove(at);
            }
        }
    }

    fn part(&mut self, is_known: bool) -> &mut Vec<u32> {
        if is_known {
            &mut self.known
        } else {
            &mut self.unknown
        }
    }

    /// Where the deal of that slot belongs: before it all are less.
    fn place(&self, slots: &Slots, slot: u32) -> Option<(bool, usize)> {
        let indexed = slots.get(slot as usize)?;
        let key = self.key(indexed, slot);
        let is_known = key < UNKNOWN;
        let part = if is_known { &self.known } else { &self.unknown };
        let at = part.partition_point(|at| {
            slots.get(*at as usize).is_some_and(|other| {
                let order = self.key(other, *at).cmp(&key);
                let names = || self.name(*at).cmp(self.name(slot));
                let ids = || {
                    let (other, own): (DealId, DealId) = (other.brief.id, indexed.brief.id);
                    other.cmp(&own)
                };
                order.then_with(names).then_with(ids) == Ordering::Less
            })
        });
        Some((is_known, at))
    }

    /// What the name in that slot is sorted by; nothing in other orders.
    fn name(&self, slot: u32) -> &str {
        match &self.ranks {
            Ranks::Names(names) => name_in(names, slot),
            _ => "",
        }
    }

    fn key(&self, indexed: &IndexedDeal, slot: u32) -> SortKey {
        let deal = &indexed.brief;
        match self.sorted_by {
            SortedBy::Name => beginning(self.name(slot)),
            SortedBy::Customer => self
                .ranks
                .customer(indexed.customer.filter(|_| deal.customer.is_some())),
            SortedBy::Entry(_, of) => self.ranks.entry(of(deal)),
            SortedBy::Process => self.ranks.process(deal.process, 0),
            SortedBy::Stage => deal
                .place
                .map_or(UNKNOWN, |place| self.ranks.process(deal.process, place)),
            SortedBy::NextStep => next_step(deal.next_due) | greatest_first(deal.value),
            SortedBy::Number(of) => of(deal).map_or(UNKNOWN, number),
        }
    }
}

impl Ranks {
    fn of(slots: &Slots, workspace: &Workspace, sorted_by: SortedBy) -> Self {
        match sorted_by {
            SortedBy::Name => {
                let mut names = Vec::new();
                names.resize_with(slots.all().len(), Box::default);
                for slot in 0..slots.all().len() {
                    set_name(&mut names, slots, workspace, slot);
                }
                Self::Names(names)
            }
            SortedBy::Entry(kinds, _) => Self::entries(slots, workspace, kinds),
            SortedBy::Customer => {
                let alphabet = slots.alphabet(workspace);
                let mut names: Vec<Box<str>> = vec![Box::default(); slots.customers.names.len()];
                for (id, place) in &slots.customers.places {
                    let customer = workspace.customers.get(id);
                    if let Some((name, customer)) = names.get_mut(*place).zip(customer) {
                        *name = alphabet.key(customer.name.as_str());
                    }
                }
                Self::Customers(ranks(&names))
            }
            SortedBy::Process | SortedBy::Stage => {
                let order = workspace.order.order.iter().zip(0..);
                Self::Processes(order.map(|(id, place)| (*id, place)).collect())
            }
            SortedBy::NextStep | SortedBy::Number(_) => Self::None,
        }
    }

    /// The entries of several lists, as if they were one.
    fn entries(slots: &Slots, workspace: &Workspace, kinds: &[ListKind]) -> Self {
        let alphabet = slots.alphabet(workspace);
        let entries = || {
            let lists = kinds.iter().map(|kind| workspace.list(*kind));
            lists.flat_map(|list| &list.entries)
        };
        let names: Vec<Box<str>> = entries()
            .map(|entry| alphabet.key(entry.name.as_str()))
            .collect();
        Self::Entries(entries().map(|entry| entry.id).zip(ranks(&names)).collect())
    }

    fn entry(&self, id: Option<EntryId>) -> SortKey {
        match (self, id) {
            (Self::Entries(ranks), Some(id)) => ranks.get(&id).map_or(UNKNOWN, |at| rank(*at)),
            _ => UNKNOWN,
        }
    }

    fn customer(&self, place: Option<usize>) -> SortKey {
        match (self, place) {
            (Self::Customers(ranks), Some(place)) => {
                ranks.get(place).map_or(UNKNOWN, |at| rank(*at))
            }
            _ => UNKNOWN,
        }
    }

    fn process(&self, id: ProcessId, stage: usize) -> SortKey {
        let Self::Processes(ranks) = self else {
            return UNKNOWN;
        };
        let place = ranks.get(&id).copied().unwrap_or(u64::from(u32::MAX));
        rank(place) | stage as SortKey
    }
}

/// Sets what the name in a slot is sorted by.
fn set_name(names: &mut Vec<Box<str>>, slots: &Slots, workspace: &Workspace, slot: usize) {
    if names.len() <= slot {
        names.resize_with(slot + 1, Box::default);
    }
    let deal = slots
        .get(slot)
        .and_then(|indexed| workspace.deals.get(&indexed.brief.id));
    if let Some((name, deal)) = names.get_mut(slot).zip(deal) {
        *name = slots.alphabet(workspace).key(deal.name.as_str());
    }
}

fn name_in(names: &[Box<str>], slot: u32) -> &str {
    names.get(slot as usize).map_or("", AsRef::as_ref)
}

/// The place of each text among all; equal ones have the same.
fn ranks<T: Ord>(texts: &[T]) -> Vec<u64> {
    let mut order: Vec<(&T, usize)> = texts.iter().zip(0..).collect();
    order.sort_unstable();
    let mut ranks = vec![0; texts.len()];
    let mut last: Option<(&T, u64)> = None;
    for (text, at) in order {
        let rank = match last {
            Some((before, rank)) if before == text => rank,
            Some((_, rank)) => rank + 1,
            None => 0,
        };
        last = Some((text, rank));
        if let Some(place) = ranks.get_mut(at) {
            *place = rank;
        }
    }
    ranks
}

fn rank(place: u64) -> SortKey {
    SortKey::from(place) << 64
}

/// A number, so that lesser ones have lesser keys.
fn number(number: i64) -> SortKey {
    rank(number.cast_unsigned() ^ (1 << 63))
}

/// When a next step is due: by date, then those without one; unknown where
/// there is none.
fn next_step(due: NextDue) -> SortKey {
    match due {
        NextDue::On(date) => number(days_between(Date::MIN, date)),
        NextDue::Undated => number(i64::MAX - 1),
        NextDue::Missing => UNKNOWN,
    }
}

/// A value within what has the same rank: the greatest first, unknown ones last.
fn greatest_first(value: Option<Money>) -> SortKey {
    value.map_or(u64::MAX.into(), |value| {
        (i64::MAX - value.minor()).cast_unsigned().into()
    })
}

/// The first bytes of a text; they order texts that differ in them.
fn beginning(text: &str) -> SortKey {
    rest(text, 0)
}

/// The same of what follows after so many bytes.
fn rest(text: &str, from: usize) -> SortKey {
    let bytes = text.bytes().skip(from).chain(std::iter::repeat(0));
    let key = |key, byte| key << 8 | SortKey::from(byte);
    bytes.take(BEGINNING).fold(0, key)
}

/// Orders names whose first bytes are equal by the bytes that follow. That is
/// several times quicker than to compare whole names, which lie far apart.
fn sort_by_rest(names: &[Box<str>], keyed: &mut [Keyed], from: usize) {
    for equal in keyed
        .chunk_by_mut(|a, b| a.0 == b.0)
        .filter(|equal| equal.len() > 1)
    {
        if equal
            .iter()
            .any(|(.., slot)| name_in(names, *slot).len() > from)
        {
            for (key, _, slot) in equal.iter_mut() {
                *key = rest(name_in(names, *slot), from);
            }
            equal.sort_unstable();
            sort_by_rest(names, equal, from + BEGINNING);
        }
    }
}
