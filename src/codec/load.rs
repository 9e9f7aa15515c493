//! The texts of all shelves to one workspace that fits together.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::CodecError;
use super::extra::Extra;
use super::page::decode;
use super::record::to_json;
use super::revision::Revision;
use super::shelf::Shelf;
use super::stored::{Page, Stored, VERSION};
use crate::domain::mend::reconcile::{self, LooseRecords, Repairs};
use crate::domain::record::workspace::{Key, Record, Workspace};
use crate::domain::value::order::sort_by;

/// What was read from the storage.
#[derive(Debug)]
pub struct Loaded {
    /// The account's generation.
    pub generation: u64,
    /// The oldest version of the format that was met, where it is older than
    /// the one this program writes: what is written from now on can't be read
    /// by the program that wrote this.
    pub migrated_from: Option<u32>,
    /// The data; it fits together, whatever was stored.
    pub workspace: Workspace,
    /// Where each record lies, and when it was last changed; those not stored
    /// yet are not in it.
    pub places: BTreeMap<Key, Place>,
    /// The fields of records that this version does not know.
    pub extras: HashMap<Key, Extra>,
    /// Where the marks of deleted records lie, and when they were deleted.
    pub removed: BTreeMap<Key, Place>,
    /// Up to when such marks were forgotten, where any were.
    pub pruned: HashMap<Shelf, u64>,
    /// The records that are not stored as the workspace has them: what several
    /// tabs have made and can't all stand, and what was repaired.
    pub stored: reconcile::Stored,
    /// Those of them that were repaired: once a person changes one, only what
    /// is left of it is stored.
    pub repaired: BTreeSet<Key>,
    /// What could not be used, as it was.
    pub set_aside: Vec<SetAside>,
    /// What was repaired, for people.
    pub notes: Vec<String>,
    /// Shelves whose text holds something that is not in the workspace: it
    /// must be kept before they are written over.
    pub to_keep: BTreeSet<Shelf>,
    /// Shelves that differ from the workspace, to be written with the first change.
    pub outdated: BTreeSet<Shelf>,
}

impl Loaded {
    /// Nothing was stored: this account is new.
    pub fn new_account(workspace: Workspace) -> Self {
        Self {
            generation: 0,
            migrated_from: None,
            workspace,
            places: BTreeMap::new(),
            extras: HashMap::new(),
            removed: BTreeMap::new(),
            pruned: HashMap::new(),
            stored: reconcile::Stored::new(),
            repaired: BTreeSet::new(),
            set_aside: Vec::new(),
            notes: Vec::new(),
            to_keep: BTreeSet::new(),
            outdated: BTreeSet::new(),
        }
    }
}

/// Where a record, or the mark of a deleted one, lies, and since when it is as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The shelf.
    pub shelf: Shelf,
    /// The revision.
    pub revision: Revision,
}

/// Something stored that could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// Where it was stored, such as `deals/3`.
    pub key: String,
    /// Its text as it was stored.
    pub text: String,
    /// Why, for people.
    pub reason: String,
}

/// Puts the texts of all shelves together. What can't be read is set aside,
/// what refers to lost records is repaired; `fresh` makes the settings and
/// processes where there are none. Texts of a generation before `generation`,
/// the stored one, or before `erased`, of which this tab has heard otherwise, do
/// not count: they were erased, and are only still there. Where the stored
/// generation is not known, it is taken to be that of most texts.
///
/// # Errors
/// [`CodecError::Newer`] where a newer version of the program wrote any of it.
pub fn load(
    shelves: &[(Shelf, String)],
    generation: Option<u64>,
    erased: u64,
    fresh: fn() -> Workspace,
) -> Result<Loaded, CodecError> {
    let reader = ShelfReader::of(shelves, generation.unwrap_or(0), erased)?;
    Ok(Loaded {
        generation: generation.unwrap_or_else(|| commonest(&reader.generations)),
        ..reader.finish(fresh)
    })
}

/// The generation that most texts have: one of them alone may be damaged.
fn commonest(generations: &BTreeMap<u64, usize>) -> u64 {
    let most = generations.iter().max_by_key(|(_, count)| **count);
    most.map_or(0, |(generation, _)| *generation)
}

#[derive(Default)]
struct ShelfReader {
    /// How many texts have each generation.
    generations: BTreeMap<u64, usize>,
    migrated_from: Option<u32>,
    found: Vec<(Key, Shelf, Stored)>,
    kept: BTreeMap<Key, Place>,
    extras: HashMap<Key, Extra>,
    set_aside: Vec<SetAside>,
    to_keep: BTreeSet<Shelf>,
    outdated: BTreeSet<Shelf>,
    removed: BTreeMap<Key, Place>,
    pruned: HashMap<Shelf, u64>,
}

impl ShelfReader {
    fn of(shelves: &[(Shelf, String)], generation: u64, erased: u64) -> Result<Self, CodecError> {
        let mut reader = Self::default();
        let mut newer = None;
        for (shelf, text) in shelves {
            let shelf = *shelf;
            match decode(shelf, text) {
                Ok(page) if page.generation < generation.max(erased) && page.unread.is_empty() => {
                    reader.outdated.insert(shelf);
                    // What is not packed has no checksum: a number that is not
                    // the stored one may itself be damaged.
                    if !shelf.is_page() && page.generation < generation {
                        let reason = "it seems to be older than the last erasing";
                        reader.set_aside(shelf, text.clone(), reason.to_owned());
                    }
                }
                Ok(page) => {
                    if page.unread.is_empty() {
                        *reader.generations.entry(page.generation).or_default() += 1;
                    }
                    reader.read(shelf, page);
                }
                Err(CodecError::Newer { version }) => newer = newer.max(Some(version)),
                Err(error) => reader.set_aside(shelf, text.clone(), error.to_string()),
            }
        }
        match newer {
            Some(version) => Err(CodecError::Newer { version }),
            None => Ok(reader),
        }
    }

    fn read(&mut self, shelf: Shelf, page: Page) {
        if (1..VERSION).contains(&page.version) {
            let oldest = self.migrated_from.unwrap_or(VERSION);
            self.migrated_from = Some(oldest.min(page.version));
            // All of it is written anew with the first change.
            self.outdated.insert(shelf);
        }
        for part in page.unread {
            self.set_aside(shelf, part.text, part.reason);
        }
        let found = page.records.into_iter();
        self.found
            .extend(found.map(|stored| (stored.record.key(), shelf, stored)));
        for (key, revision) in page.removed {
            let known = self.removed.get(&key).map(|known| known.revision);
            if known.is_none_or(|known| known < revision) {
                self.removed.insert(key, Place { shelf, revision });
            }
        }
        if page.pruned > 0 {
            self.pruned.insert(shelf, page.pruned);
        }
    }

    /// The records that were found, in the order of keys. Of two versions of
    /// one record the later stays. The earlier one was left by a tab on another
    /// page, and goes.
    fn settle_found(&mut self) -> Vec<Record> {
        let mut found = std::mem::take(&mut self.found);
        // Pages are filled one after the other: this is nearly the order.
        sort_by(&mut found, &|(a, ..), (b, ..)| a.cmp(b));
        let mut records = Vec::with_capacity(found.len());
        let mut places = Vec::with_capacity(found.len());
        let mut found = found.into_iter().peekable();
        while let Some((key, mut shelf, mut stored)) = found.next() {
            while let Some((_, other, next)) = found.next_if(|(next, ..)| *next == key) {
                if next.revision > stored.revision {
                    self.outdated.insert(shelf);
                    (shelf, stored) = (other, next);
                } else {
                    self.outdated.insert(other);
                }
            }
            let revision = stored.revision;
            places.push((key, Place { shelf, revision }));
            if let Some(extra) = stored.extra {
                self.extras.insert(key, extra);
            }
            records.push(stored.record);
        }
        self.kept = places.into_iter().collect();
        records
    }

    fn set_aside(&mut self, shelf: Shelf, text: String, reason: String) {
        self.to_keep.insert(shelf);
        self.tell(shelf, text, reason);
    }

    fn tell(&mut self, shelf: Shelf, text: String, reason: String) {
        self.set_aside.push(SetAside {
            key: shelf.to_string(),
            text,
            reason,
        });
    }

    /// Of a record and the mark that it was deleted, the later one counts.
    fn settle_deleted(&mut self, records: &mut LooseRecords) {
        let (kept, outdated) = (&mut self.kept, &mut self.outdated);
        self.removed.retain(|key, mark| {
            let place = kept.get(key);
            let lives = place.is_some_and(|place| place.revision >= mark.revision);
            if !lives {
                if let Some(place) = kept.remove(key) {
                    outdated.insert(place.shelf);
                }
                records.take_out(*key);
                records.mark_deleted(*key);
            }
            !lives
        });
    }

    fn finish(mut self, fresh: fn() -> Workspace) -> Loaded {
        let mut records = LooseRecords::from(self.settle_found());
        self.settle_deleted(&mut records);
        if records.is_empty() && self.set_aside.is_empty() && self.removed.is_empty() {
            let outdated = self.outdated;
            return Loaded {
                outdated,
                ..Loaded::new_account(fresh())
            };
        }
        let (workspace, repairs) = records.repair(fresh);
        let Repairs {
            notes,
            met,
            changed,
            removed,
        } = repairs;
        // A mended record stays stored as it is, since what it lacks may still
        // be on its way.
        let originals = changed.iter().map(|(record, _)| record);
        let mut stored = reconcile::Stored::new();
        for record in met.iter().chain(originals) {
            let key = record.key();
            if self.kept.contains_key(&key) {
                // Of one that was mended twice, the first is the original.
                stored.entry(key).or_insert_with(|| Some(record.clone()));
            }
        }
        let mut repaired = BTreeSet::new();
        for (record, reason) in removed {
            let key = record.key();
            if let Some(Place { shelf, .. }) = self.kept.remove(&key) {
                self.outdated.insert(shelf);
                self.set_aside(shelf, json_of(&record), reason);
            }
        }
        for (before, reason) in changed {
            if let Some(Place { shelf, .. }) = self.kept.get(&before.key()).copied() {
                repaired.insert(before.key());
                self.tell(shelf, json_of(&before), reason);
            }
        }
        // What repair has added to the small shelves is not on them yet.
        let small = workspace
            .keys()
            .filter_map(|key| Some((key, Shelf::fixed(key)?)));
        let homeless = small.filter(|(key, _)| !self.kept.contains_key(key));
        self.outdated.extend(homeless.map(|(_, shelf)| shelf));
        Loaded {
            generation: 0,
            migrated_from: self.migrated_from,
            workspace,
            places: self.kept,
            extras: self.extras,
            removed: self.removed,
            pruned: self.pruned,
            stored,
            repaired,
            set_aside: self.set_aside,
            notes,
            to_keep: self.to_keep,
            outdated: self.outdated,
        }
    }
}

fn json_of(record: &Record) -> String {
    // The domain's types always have a JSON text; the shelf's own text is kept anyway.
    to_json(record)
        .ok()
        .and_then(|json| String::from_utf8(json).ok())
        .unwrap_or_default()
}
