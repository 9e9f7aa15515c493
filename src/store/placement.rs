//! Which record lies on which shelf, and in which revision.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::codec::extra::Extra;
use crate::codec::revision::Revision;
use crate::codec::shelf::{PAGE_RECORDS, Shelf};
use crate::domain::workspace::Key;

/// Where every record lies. A record never moves to another page while it lives.
#[derive(Debug, Default)]
pub struct Placement {
    shelf_of: HashMap<Key, Shelf>,
    members: BTreeMap<Shelf, BTreeSet<Key>>,
    revisions: HashMap<Key, Revision>,
    extras: HashMap<Key, Extra>,
    customers: Pages,
    deals: Pages,
}

/// The pages of one kind of record.
#[derive(Debug, Default)]
struct Pages {
    with_room: BTreeSet<u32>,
    next: u32,
}

impl Pages {
    fn page_with_room(&mut self) -> u32 {
        self.with_room.last().copied().unwrap_or_else(|| {
            let page = self.next;
            self.next = page.saturating_add(1);
            page
        })
    }
}

impl Placement {
    /// Takes over what was loaded.
    pub fn new(
        shelf_of: HashMap<Key, Shelf>,
        revisions: HashMap<Key, Revision>,
        extras: HashMap<Key, Extra>,
    ) -> Self {
        let mut placement = Self {
            revisions,
            extras,
            ..Self::default()
        };
        for (key, shelf) in shelf_of {
            placement.lay(key, shelf);
        }
        placement
    }

    /// Takes note of a shelf that is in the storage, so that no new page
    /// takes its number, even where nothing on it could be read.
    pub fn reserve(&mut self, shelf: Shelf) {
        if let Some((pages, page)) = self.pages_of(shelf) {
            pages.next = pages.next.max(page.saturating_add(1));
        }
    }

    /// The shelf a record lies on; a new record gets a place on the last page
    /// with room.
    pub fn place(&mut self, key: Key) -> Shelf {
        if let Some(shelf) = self.shelf_of.get(&key) {
            return *shelf;
        }
        let shelf = Shelf::fixed(key).unwrap_or_else(|| match key {
            Key::Customer(_) => Shelf::Customers(self.customers.page_with_room()),
            _ => Shelf::Deals(self.deals.page_with_room()),
        });
        self.lay(key, shelf);
        shelf
    }

    /// Takes a record off its shelf, which it returns. The fields this
    /// version does not know are remembered, in case it comes back.
    pub fn remove(&mut self, key: Key) -> Option<Shelf> {
        let shelf = self.shelf_of.remove(&key)?;
        if let Some(members) = self.members.get_mut(&shelf) {
            members.remove(&key);
        }
        self.revisions.remove(&key);
        self.update_room(shelf);
        Some(shelf)
    }

    /// Whether a record has a place.
    pub fn contains(&self, key: Key) -> bool {
        self.shelf_of.contains_key(&key)
    }

    /// The records on a shelf, in the order of keys.
    pub fn on(&self, shelf: Shelf) -> impl Iterator<Item = Key> + '_ {
        self.members.get(&shelf).into_iter().flatten().copied()
    }

    /// Whether nothing lies on the shelf.
    pub fn is_empty(&self, shelf: Shelf) -> bool {
        self.members.get(&shelf).is_none_or(BTreeSet::is_empty)
    }

    /// A record's revision; the earliest where no one has changed it yet.
    pub fn revision(&self, key: Key) -> Revision {
        self.revisions.get(&key).copied().unwrap_or_default()
    }

    /// Sets a record's revision.
    pub fn set_revision(&mut self, key: Key, revision: Revision) {
        self.revisions.insert(key, revision);
    }

    /// The fields of a record that this version does not know.
    pub fn extra(&self, key: Key) -> Option<&Extra> {
        self.extras.get(&key)
    }

    fn lay(&mut self, key: Key, shelf: Shelf) {
        self.shelf_of.insert(key, shelf);
        self.members.entry(shelf).or_default().insert(key);
        self.reserve(shelf);
        self.update_room(shelf);
    }

    fn update_room(&mut self, shelf: Shelf) {
        let has_room = self
            .members
            .get(&shelf)
            .is_none_or(|on| on.len() < PAGE_RECORDS);
        if let Some((pages, page)) = self.pages_of(shelf) {
            if has_room {
                pages.with_room.insert(page);
            } else {
                pages.with_room.remove(&page);
            }
        }
    }

    fn pages_of(&mut self, shelf: Shelf) -> Option<(&mut Pages, u32)> {
        match shelf {
            Shelf::Customers(page) => Some((&mut self.customers, page)),
            Shelf::Deals(page) => Some((&mut self.deals, page)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::DealId;

    fn deal(number: usize) -> Key {
        Key::Deal(DealId(number as u64))
    }

    #[test]
    fn new_records_fill_the_last_page_with_room_and_stay_there() {
        let mut placement = Placement::default();
        for number in 0..=PAGE_RECORDS {
            placement.place(deal(number));
        }
        assert_eq!(placement.place(deal(0)), Shelf::Deals(0));
        assert_eq!(placement.place(deal(PAGE_RECORDS)), Shelf::Deals(1));
        assert_eq!(placement.remove(deal(3)), Some(Shelf::Deals(0)));
        for number in 1_000..1_000 + PAGE_RECORDS - 1 {
            assert_eq!(placement.place(deal(number)), Shelf::Deals(1));
        }
        assert_eq!(placement.place(deal(9_999)), Shelf::Deals(0));
        assert_eq!(placement.place(deal(9_998)), Shelf::Deals(2));
    }

    #[test]
    fn an_unreadable_page_keeps_its_number() {
        let mut placement = Placement::default();
        placement.reserve(Shelf::Deals(4));
        assert_eq!(placement.place(deal(1)), Shelf::Deals(5));
    }
}
