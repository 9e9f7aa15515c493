//! The texts of all shelves to one workspace that fits together.

use std::collections::{BTreeSet, HashMap};

use super::CodecError;
use super::extra::Extra;
use super::page::{Stored, decode};
use super::record::to_json;
use super::repair::{Parts, Repairs};
use super::revision::Revision;
use super::shelf::Shelf;
use crate::domain::workspace::{Key, Record, Workspace};

/// What was read from the storage.
#[derive(Debug)]
pub struct Loaded {
    /// The data; it fits together, whatever was stored.
    pub workspace: Workspace,
    /// When each record was last changed; those not stored yet are not in it.
    pub revisions: HashMap<Key, Revision>,
    /// The shelf of each stored record.
    pub page_of: HashMap<Key, Shelf>,
    /// The fields of records that this version does not know.
    pub extras: HashMap<Key, Extra>,
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
/// processes where there are none.
///
/// # Errors
/// [`CodecError::Newer`] where a newer version of the program wrote any of it.
pub fn load(
    shelves: impl IntoIterator<Item = (Shelf, String)>,
    fresh: impl FnOnce() -> Workspace,
) -> Result<Loaded, CodecError> {
    let mut reader = Reader::default();
    let mut newer = None;
    for (shelf, text) in shelves {
        match decode(shelf, &text) {
            Ok((read, unread)) => {
                for part in unread {
                    reader.set_aside(shelf, part.text, part.reason);
                }
                for stored in read {
                    reader.put(shelf, stored);
                }
            }
            Err(CodecError::Newer { version }) => newer = newer.max(Some(version)),
            Err(error) => reader.set_aside(shelf, text, error.to_string()),
        }
    }
    match newer {
        Some(version) => Err(CodecError::Newer { version }),
        None => Ok(reader.finish(fresh)),
    }
}

#[derive(Default)]
struct Reader {
    parts: Parts,
    kept: HashMap<Key, (Shelf, Revision)>,
    extras: HashMap<Key, Extra>,
    set_aside: Vec<SetAside>,
    to_keep: BTreeSet<Shelf>,
    outdated: BTreeSet<Shelf>,
}

impl Reader {
    /// Takes a record in. Of two versions of one record the later stays.
    fn put(&mut self, shelf: Shelf, stored: Stored) {
        let key = stored.record.key();
        if let Some((other, revision)) = self.kept.get(&key).copied() {
            let is_later = stored.revision > revision;
            let (loser, loser_shelf) = if is_later {
                (self.parts.get(key), other)
            } else {
                (Some(stored.record.clone()), shelf)
            };
            if let Some(loser) = loser {
                let reason = "There is a later version of it".to_owned();
                self.set_aside(loser_shelf, json_of(&loser), reason);
            }
            self.outdated.insert(loser_shelf);
            if !is_later {
                return;
            }
        }
        self.kept.insert(key, (shelf, stored.revision));
        match stored.extra {
            Some(extra) => self.extras.insert(key, extra),
            None => self.extras.remove(&key),
        };
        self.parts.put(stored.record);
    }

    fn set_aside(&mut self, shelf: Shelf, text: String, reason: String) {
        self.to_keep.insert(shelf);
        self.set_aside.push(SetAside {
            key: shelf.to_string(),
            text,
            reason,
        });
    }

    fn finish(mut self, fresh: impl FnOnce() -> Workspace) -> Loaded {
        let parts = std::mem::take(&mut self.parts);
        let (workspace, repairs) = parts.repair(fresh);
        let Repairs {
            notes,
            changed,
            removed,
        } = repairs;
        for (record, reason) in removed {
            let key = record.key();
            if let Some((shelf, _)) = self.kept.remove(&key) {
                self.outdated.insert(shelf);
                self.set_aside(shelf, json_of(&record), reason);
            }
        }
        for (before, reason) in changed {
            if let Some((shelf, _)) = self.kept.get(&before.key()).copied() {
                self.outdated.insert(shelf);
                self.set_aside(shelf, json_of(&before), reason);
            }
        }
        // What repair has added to the small shelves is not on them yet.
        let homeless = workspace
            .records()
            .filter(|record| !self.kept.contains_key(&record.key()));
        self.outdated
            .extend(homeless.filter_map(|record| Shelf::fixed(record.key())));
        Loaded {
            workspace,
            revisions: self
                .kept
                .iter()
                .map(|(key, (_, revision))| (*key, *revision))
                .collect(),
            page_of: self
                .kept
                .into_iter()
                .map(|(key, (shelf, _))| (key, shelf))
                .collect(),
            extras: self.extras,
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
