//! Which record lies on which shelf, and in which revision.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::codec::extra::Extra;
use crate::codec::load::Place;
use crate::codec::revision::Revision;
use crate::codec::shelf::{PAGE_CHARACTERS, Shelf};
use crate::domain::record::workspace::{Key, Record};

/// Where every record lies. A record moves to another page only where its own
/// has become too long.
#[derive(Debug, Default)]
pub struct Placement {
    places: BTreeMap<Key, Place>,
    members: Members,
    extras: HashMap<Key, Extra>,
    /// Where the marks of deleted records lie.
    mark_of: BTreeMap<Key, Place>,
    marks: Members,
    pruned: HashMap<Shelf, u64>,
    /// About how many characters the text of each page has.
    characters: HashMap<Shelf, usize>,
    customers: Pages,
    deals: Pages,
    notes: Pages,
}

/// What lies on each shelf, in the order of keys. A shelf holds little, so
/// sorted rows are quicker than trees.
#[derive(Debug, Default)]
struct Members(BTreeMap<Shelf, Vec<Key>>);

impl Members {
    /// All at once; the keys are in order.
    fn new(places: &BTreeMap<Key, Place>) -> Self {
        let mut members: BTreeMap<Shelf, Vec<Key>> = BTreeMap::new();
        let mut places = places.iter().peekable();
        while let Some((first, place)) = places.next() {
            let on = members.entry(place.shelf).or_default();
            on.push(*first);
            // Neighbours mostly lie on one shelf.
            while let Some((key, _)) = places.next_if(|(_, next)| next.shelf == place.shelf) {
                on.push(*key);
            }
        }
        Self(members)
    }

    fn insert(&mut self, shelf: Shelf, key: Key) {
        let on = self.0.entry(shelf).or_default();
        if let Err(at) = on.binary_search(&key) {
            on.insert(at, key);
        }
    }

    fn remove(&mut self, shelf: Shelf, key: Key) {
        if let Some(on) = self.0.get_mut(&shelf)
            && let Ok(at) = on.binary_search(&key)
        {
            on.remove(at);
        }
    }

    fn on(&self, shelf: Shelf) -> &[Key] {
        self.0.get(&shelf).map_or(&[], Vec::as_slice)
    }

    fn shelves(&self) -> impl Iterator<Item = Shelf> + '_ {
        let used = self.0.iter().filter(|(_, on)| !on.is_empty());
        used.map(|(shelf, _)| *shelf)
    }
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
    /// One of the last pages with room of which `fits` says so, or a new one.
    fn page_with_room(&mut self, fits: impl Fn(u32) -> bool) -> u32 {
        // Not all of them: many may be nearly full.
        let mut last = self.with_room.iter().rev().take(8).copied();
        last.find(|page| fits(*page)).unwrap_or_else(|| {
            let page = self.next;
            self.next = page.saturating_add(1);
            page
        })
    }
}

impl Placement {
    /// Takes over what was loaded.
    pub fn new(
        places: BTreeMap<Key, Place>,
        extras: HashMap<Key, Extra>,
        marks: BTreeMap<Key, Place>,
        pruned: HashMap<Shelf, u64>,
    ) -> Self {
        let mut placement = Self {
            members: Members::new(&places),
            places,
            extras,
            marks: Members::new(&marks),
            mark_of: marks,
            pruned,
            ..Self::default()
        };
        let used: Vec<Shelf> = placement.shelves().collect();
        for shelf in used {
            placement.reserve(shelf);
            placement.update_room(shelf);
        }
        placement
    }

    /// Those of the keys, which must be in order, that have neither a place nor a mark.
    pub fn unknown(&self, keys: impl Iterator<Item = Key>) -> Vec<Key> {
        let mut places = self.places.keys().peekable();
        let mut is_placed = |key: &Key| {
            while places.next_if(|known| *known < key).is_some() {}
            places.next_if_eq(&key).is_some()
        };
        keys.filter(|key| !is_placed(key) && !self.mark_of.contains_key(key))
            .collect()
    }

    /// Takes note of a shelf that is in the storage, so that no new page
    /// takes its number, even where nothing on it could be read.
    pub fn reserve(&mut self, shelf: Shelf) {
        if let Some((pages, page)) = self.pages_of(shelf) {
            pages.next = pages.next.max(page.saturating_add(1));
        }
    }

    /// The shelf of a record, which gets one here if it has none. A record that
    /// was deleted comes back to where it lay; a new one goes to the last page
    /// with room, of which it takes about so many characters.
    pub fn place(&mut self, key: Key, characters: usize) -> Shelf {
        if let Some(place) = self.places.get(&key) {
            return place.shelf;
        }
        let revision = Revision::default();
        if let Some(shelf) = self.unmark(key) {
            self.lay(key, Place { shelf, revision });
            return shelf;
        }
        let shelf = Shelf::fixed(key).unwrap_or_else(|| self.page_for(key, characters));
        *self.characters.entry(shelf).or_default() += characters;
        self.lay(key, Place { shelf, revision });
        shelf
    }

    /// Puts a record on another page than its own, with room for about so many
    /// characters; returns that page.
    pub fn move_on(&mut self, key: Key, characters: usize) -> Option<Shelf> {
        let Place {
            shelf: before,
            revision,
        } = self.places.get(&key).copied()?;
        let (pages, page) = self.pages_of(before)?;
        // Its own is no page with room for this.
        pages.with_room.remove(&page);
        let shelf = self.page_for(key, characters);
        self.remove(key);
        *self.characters.entry(shelf).or_default() += characters;
        self.lay(key, Place { shelf, revision });
        Some(shelf)
    }

    /// A page with room for a record of about so many characters.
    fn page_for(&mut self, key: Key, characters: usize) -> Shelf {
        let (pages, shelf): (_, fn(u32) -> Shelf) = match key {
            Key::Customer(_) => (&mut self.customers, Shelf::Customers),
            Key::Note(_) => (&mut self.notes, Shelf::Notes),
            _ => (&mut self.deals, Shelf::Deals),
        };
        let known = &self.characters;
        shelf(pages.page_with_room(|page| {
            let there = known.get(&shelf(page)).copied().unwrap_or(0);
            there + characters <= PAGE_CHARACTERS
        }))
    }

    /// Puts a record on the shelf where another tab has put it. Returns the
    /// shelf on which it lay before, if that is another.
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
        self.lay(key, Place { shelf, revision });
        match extra {
            Some(extra) => self.extras.insert(key, extra),
            None => self.extras.remove(&key),
        };
        before
    }

    /// Takes note of how many characters a page's text has.
    pub fn see_characters(&mut self, shelf: Shelf, characters: usize) {
        if shelf.is_page() {
            self.characters.insert(shelf, characters);
            self.update_room(shelf);
        }
    }

    /// Takes a record off its shelf, which it returns. The fields this
    /// version does not know are remembered, in case it comes back.
    pub fn remove(&mut self, key: Key) -> Option<Shelf> {
        let shelf = self.places.remove(&key)?.shelf;
        self.members.remove(shelf, key);
        self.update_room(shelf);
        Some(shelf)
    }

    /// Leaves a mark where a record lay, so that no other tab brings it back;
    /// returns its shelf.
    pub fn bury(&mut self, key: Key, revision: Revision) -> Option<Shelf> {
        let shelf = self.remove(key)?;
        self.mark(key, Place { shelf, revision });
        Some(shelf)
    }

    /// Takes over the mark of another tab. Returns the shelf on which the record
    /// or its mark lay before, if that is another.
    pub fn bury_at(&mut self, key: Key, shelf: Shelf, revision: Revision) -> Option<Shelf> {
        let marked = self.unmark(key);
        let before = self
            .remove(key)
            .or(marked)
            .filter(|before| *before != shelf);
        self.mark(key, Place { shelf, revision });
        before
    }

    /// What is known of a record.
    pub fn known(&self, key: Key) -> Option<Known> {
        let living = self.places.get(&key).map(|at| Known::Living(at.revision));
        living.or_else(|| Some(Known::Deleted(self.mark_of.get(&key)?.revision)))
    }

    /// The shelf a record or its mark lies on.
    pub fn shelf_of(&self, key: Key) -> Option<Shelf> {
        let place = self.places.get(&key).or_else(|| self.mark_of.get(&key));
        place.map(|place| place.shelf)
    }

    /// The marks on a shelf, in the order of keys.
    pub fn marks_on(&self, shelf: Shelf) -> impl Iterator<Item = (Key, Revision)> + '_ {
        let keys = self.marks.on(shelf).iter();
        keys.filter_map(|key| Some((*key, self.mark_of.get(key)?.revision)))
    }

    /// The records that were deleted.
    pub fn deleted(&self) -> impl Iterator<Item = Key> + '_ {
        self.mark_of.keys().copied()
    }

    /// Every shelf with something on it.
    pub fn shelves(&self) -> impl Iterator<Item = Shelf> + '_ {
        self.members.shelves().chain(self.marks.shelves())
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

    /// The records on a shelf, in the order of keys.
    pub fn on(&self, shelf: Shelf) -> impl Iterator<Item = Key> + '_ {
        self.members.on(shelf).iter().copied()
    }

    /// Whether nothing lies on the shelf.
    pub fn is_empty(&self, shelf: Shelf) -> bool {
        self.members.on(shelf).is_empty()
    }

    /// A record's revision; the earliest where no one has changed it yet.
    pub fn revision(&self, key: Key) -> Revision {
        let place = self.places.get(&key);
        place.map(|place| place.revision).unwrap_or_default()
    }

    /// Sets the revision of a record that has a place.
    pub fn set_revision(&mut self, key: Key, revision: Revision) {
        if let Some(place) = self.places.get_mut(&key) {
            place.revision = revision;
        }
    }

    /// The fields of a record that this version does not know.
    pub fn extra(&self, key: Key) -> Option<&Extra> {
        self.extras.get(&key)
    }

    fn lay(&mut self, key: Key, place: Place) {
        self.places.insert(key, place);
        self.members.insert(place.shelf, key);
        self.reserve(place.shelf);
        self.update_room(place.shelf);
    }

    fn mark(&mut self, key: Key, place: Place) {
        self.mark_of.insert(key, place);
        self.marks.insert(place.shelf, key);
        self.reserve(place.shelf);
        self.update_room(place.shelf);
    }

    fn unmark(&mut self, key: Key) -> Option<Shelf> {
        let shelf = self.mark_of.remove(&key)?.shelf;
        self.marks.remove(shelf, key);
        self.update_room(shelf);
        Some(shelf)
    }

    /// A mark takes the room of its record, which may come back.
    fn update_room(&mut self, shelf: Shelf) {
        let records = self.members.on(shelf).len() + self.marks.on(shelf).len();
        let characters = self.characters.get(&shelf).copied().unwrap_or(0);
        let has_room = records < shelf.most_records() && characters < PAGE_CHARACTERS;
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
            Shelf::Notes(page) => Some((&mut self.notes, page)),
            _ => None,
        }
    }
}

/// About how many characters a record takes up on its page.
pub fn about_characters(record: &Record) -> usize {
    let texts = match record {
        Record::Deal(deal) => {
            let progress = deal.progress.values();
            let ticks = progress.flat_map(|progress| progress.ticks.values());
            packed(&deal.notes) + ticks.map(|tick| packed(&tick.note)).sum::<usize>()
        }
        Record::Customer(customer) => packed(&customer.notes),
        Record::Note(note) => return 6 + packed(&note.text),
        _ => 0,
    };
    50 + texts
}

/// About how many characters a text packs to: a third of what people write in
/// Latin letters; of characters that take several bytes there may be too many
/// to save more than a quarter.
fn packed(text: &str) -> usize {
    let ascii = text.bytes().filter(u8::is_ascii).count();
    ascii / 3 + (text.len() - ascii) * 3 / 4
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::shelf::PAGE_RECORDS;
    use crate::domain::value::id::DealId;

    fn deal(number: usize) -> Key {
        Key::Deal(DealId(number as u64))
    }

    #[test]
    fn new_records_fill_the_last_page_with_room_and_stay_there() {
        let mut placement = Placement::default();
        for number in 0..=PAGE_RECORDS {
            placement.place(deal(number), 0);
        }
        assert_eq!(placement.place(deal(0), 0), Shelf::Deals(0));
        assert_eq!(placement.place(deal(PAGE_RECORDS), 0), Shelf::Deals(1));
        assert_eq!(placement.remove(deal(3)), Some(Shelf::Deals(0)));
        let revision = Revision::default();
        assert_eq!(placement.bury(deal(4), revision), Some(Shelf::Deals(0)));
        for number in 1_000..1_000 + PAGE_RECORDS - 1 {
            assert_eq!(placement.place(deal(number), 0), Shelf::Deals(1));
        }
        assert_eq!(placement.place(deal(9_999), 0), Shelf::Deals(0));
        assert_eq!(placement.place(deal(9_998), 0), Shelf::Deals(2));
        assert_eq!(placement.place(deal(4), 0), Shelf::Deals(0), "where it lay");
    }

    #[test]
    fn long_texts_share_a_page_with_fewer() {
        let mut placement = Placement::default();
        let long = PAGE_CHARACTERS / 4;
        let shelves: Vec<Shelf> = (0..5).map(|at| placement.place(deal(at), long)).collect();
        assert_eq!(shelves[3], Shelf::Deals(0));
        assert_eq!(shelves[4], Shelf::Deals(1));
        // As it turns out, they take up less.
        placement.see_characters(Shelf::Deals(0), long);
        placement.see_characters(Shelf::Deals(1), PAGE_CHARACTERS);
        assert_eq!(placement.place(deal(5), long), Shelf::Deals(0));
    }

    #[test]
    fn an_unreadable_page_keeps_its_number() {
        let mut placement = Placement::default();
        placement.reserve(Shelf::Deals(4));
        assert_eq!(placement.place(deal(1), 0), Shelf::Deals(5));
    }
}
