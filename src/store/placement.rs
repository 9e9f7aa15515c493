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
    /// Where the marks of deleted records lie.
    mark_of: HashMap<Key, (Shelf, Revision)>,
    marks: BTreeMap<Shelf, BTreeSet<Key>>,
    pruned: HashMap<Shelf, u64>,
    customers: Pages,
    deals: Pages,
}

/// What is known of a record, and since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// It is there.
    Living(Revision),
    /// It was deleted.
    Deleted(Revision),
}

impl Known {
    /// Since when.
    pub fn revision(self) -> Revision {
        match self {
            Self::Living(revision) | Self::Deleted(revision) => revision,
        }
    }
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
        marks: HashMap<Key, (Shelf, Revision)>,
        pruned: HashMap<Shelf, u64>,
    ) -> Self {
        let mut placement = Self {
            revisions,
            extras,
            ..Self::default()
        };
        for (key, shelf) in shelf_of {
            placement.lay(key, shelf);
        }
        for (key, (shelf, revision)) in marks {
            placement.mark(key, shelf, revision);
        }
        placement.pruned = pruned;
        placement
    }

    /// Takes note of a shelf that is in the storage, so that no new page
    /// takes its number, even where nothing on it could be read.
    pub fn reserve(&mut self, shelf: Shelf) {
        if let Some((pages, page)) = self.pages_of(shelf) {
            pages.next = pages.next.max(page.saturating_add(1));
        }
    }

    /// The shelf a record lies on; one that was deleted comes back where it
    /// lay, and a new record gets a place on the last page with room.
    pub fn place(&mut self, key: Key) -> Shelf {
        if let Some(shelf) = self.shelf_of.get(&key) {
            return *shelf;
        }
        if let Some(shelf) = self.unmark(key) {
            self.lay(key, shelf);
            return shelf;
        }
        let shelf = Shelf::fixed(key).unwrap_or_else(|| match key {
            Key::Customer(_) => Shelf::Customers(self.customers.page_with_room()),
            _ => Shelf::Deals(self.deals.page_with_room()),
        });
        self.lay(key, shelf);
        shelf
    }

    /// Puts a record on a shelf where another tab has put it; the shelf it has
    /// lain on before, if that is another.
    pub fn put_at(
        &mut self,
        key: Key,
        shelf: Shelf,
        revision: Revision,
        extra: Option<Extra>,
    ) -> Option<Shelf> {
        let marked = self.unmark(key);
        let before = self
            .remove(key)
            .or(marked)
            .filter(|before| *before != shelf);
        self.lay(key, shelf);
        self.set_revision(key, revision);
        match extra {
            Some(extra) => self.extras.insert(key, extra),
            None => self.extras.remove(&key),
        };
        before
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

    /// Leaves a mark where a record lay, so that no other tab brings it back;
    /// returns its shelf.
    pub fn bury(&mut self, key: Key, revision: Revision) -> Option<Shelf> {
        let shelf = self.remove(key)?;
        self.mark(key, shelf, revision);
        Some(shelf)
    }

    /// Takes over the mark of another tab; the shelf of the record or mark
    /// there was before, if that is another.
    pub fn bury_at(&mut self, key: Key, shelf: Shelf, revision: Revision) -> Option<Shelf> {
        let marked = self.unmark(key);
        let before = self
            .remove(key)
            .or(marked)
            .filter(|before| *before != shelf);
        self.mark(key, shelf, revision);
        before
    }

    /// What is known of a record.
    pub fn known(&self, key: Key) -> Option<Known> {
        if self.contains(key) {
            return Some(Known::Living(self.revision(key)));
        }
        let (_, revision) = self.mark_of.get(&key)?;
        Some(Known::Deleted(*revision))
    }

    /// The shelf a record or its mark lies on.
    pub fn shelf_of(&self, key: Key) -> Option<Shelf> {
        let mark = || self.mark_of.get(&key).map(|(shelf, _)| *shelf);
        self.shelf_of.get(&key).copied().or_else(mark)
    }

    /// The marks on a shelf, in the order of keys.
    pub fn marks_on(&self, shelf: Shelf) -> impl Iterator<Item = (Key, Revision)> + '_ {
        let keys = self.marks.get(&shelf).into_iter().flatten();
        keys.filter_map(|key| Some((*key, self.mark_of.get(key)?.1)))
    }

    /// The records that were deleted.
    pub fn deleted(&self) -> impl Iterator<Item = Key> + '_ {
        self.mark_of.keys().copied()
    }

    /// Every shelf with something on it.
    pub fn shelves(&self) -> impl Iterator<Item = Shelf> + '_ {
        let used = self.members.iter().filter(|(_, on)| !on.is_empty());
        let marked = self.marks.iter().filter(|(_, on)| !on.is_empty());
        used.map(|(shelf, _)| *shelf)
            .chain(marked.map(|(shelf, _)| *shelf))
    }

    /// Up to when marks on a shelf were forgotten, in milliseconds.
    pub fn pruned(&self, shelf: Shelf) -> u64 {
        self.pruned.get(&shelf).copied().unwrap_or(0)
    }

    /// Takes note of what another tab has forgotten.
    pub fn see_pruned(&mut self, shelf: Shelf, until: u64) {
        if until > self.pruned(shelf) {
            self.pruned.insert(shelf, until);
        }
    }

    /// Forgets the marks on a shelf that are older than `before`.
    pub fn prune(&mut self, shelf: Shelf, before: u64) {
        let old = self.marks_on(shelf);
        let old: Vec<(Key, u64)> = old
            .map(|(key, revision)| (key, revision.millis))
            .filter(|(_, millis)| *millis < before)
            .collect();
        for (key, millis) in old {
            self.unmark(key);
            self.see_pruned(shelf, millis);
        }
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

    fn mark(&mut self, key: Key, shelf: Shelf, revision: Revision) {
        self.mark_of.insert(key, (shelf, revision));
        self.marks.entry(shelf).or_default().insert(key);
        self.reserve(shelf);
        self.update_room(shelf);
    }

    fn unmark(&mut self, key: Key) -> Option<Shelf> {
        let (shelf, _) = self.mark_of.remove(&key)?;
        if let Some(marks) = self.marks.get_mut(&shelf) {
            marks.remove(&key);
        }
        self.update_room(shelf);
        Some(shelf)
    }

    /// A mark takes the room of its record, which may come back.
    fn update_room(&mut self, shelf: Shelf) {
        let count = |of: &BTreeMap<Shelf, BTreeSet<Key>>| of.get(&shelf).map_or(0, BTreeSet::len);
        let has_room = count(&self.members) + count(&self.marks) < PAGE_RECORDS;
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
        let revision = Revision::default();
        assert_eq!(placement.bury(deal(4), revision), Some(Shelf::Deals(0)));
        for number in 1_000..1_000 + PAGE_RECORDS - 1 {
            assert_eq!(placement.place(deal(number)), Shelf::Deals(1));
        }
        assert_eq!(placement.place(deal(9_999)), Shelf::Deals(0));
        assert_eq!(placement.place(deal(9_998)), Shelf::Deals(2));
        assert_eq!(placement.place(deal(4)), Shelf::Deals(0), "where it lay");
    }

    #[test]
    fn an_unreadable_page_keeps_its_number() {
        let mut placement = Placement::default();
        placement.reserve(Shelf::Deals(4));
        assert_eq!(placement.place(deal(1)), Shelf::Deals(5));
    }
}
