//! What another tab has written, brought into the workspace of this one.

use std::collections::{BTreeMap, BTreeSet};

use super::Parts;
use crate::domain::check::Known;
use crate::domain::workspace::{Change, Changes, Key, Record, Workspace};

/// The records that are stored otherwise than the workspace shows them: what
/// another tab has written, and what is shown mended. None where nothing is
/// stored under the key.
pub type Stored = BTreeMap<Key, Option<Record>>;

/// What makes the workspace show what is stored, as far as it fits together.
/// `stored` comes in with what is stored otherwise than it is shown, and goes
/// out with what still is after these changes. `deleted` names the records
/// that persons have deleted, and `fresh` a new account, for its process where
/// every one was deleted.
///
/// The changes depend on what is stored alone, so that all tabs that have seen
/// the same come to show the same.
pub fn reconcile(
    shown: &Workspace,
    stored: &mut Stored,
    deleted: impl IntoIterator<Item = Key>,
    fresh: impl FnOnce() -> Workspace,
) -> Changes {
    let news: BTreeSet<Key> = stored.keys().copied().collect();
    if fits_as_it_is(shown, stored) {
        let stored = std::mem::take(stored);
        return between(shown, news, |key| stored.get(&key).cloned().flatten());
    }
    let mut parts = Parts::of(shown);
    for (key, record) in std::mem::take(stored) {
        match record {
            Some(record) => parts.put(record),
            None => parts.take_out(key),
        }
    }
    deleted.into_iter().for_each(|key| parts.mark_deleted(key));
    let (target, _) = parts.clone().repair(fresh);
    let keys = shown.records().map(|record| record.key());
    let keys: BTreeSet<Key> = keys
        .chain(target.records().map(|record| record.key()))
        .chain(parts.keys())
        .collect();
    for key in &keys {
        let is = parts.get(*key);
        if is != target.get(*key) {
            stored.insert(*key, is);
        }
    }
    between(shown, keys, |key| target.get(key))
}

/// Whether these are nothing but deals that fit in with what is there: the
/// common case, whose cost does not grow with the workspace.
fn fits_as_it_is(shown: &Workspace, stored: &Stored) -> bool {
    let known = Known::new(&shown.lists, &shown.processes);
    stored.iter().all(|(key, record)| match (key, record) {
        (Key::Deal(_), Some(Record::Deal(deal))) => {
            known.check_deal(deal, &shown.customers).is_ok()
        }
        (Key::Deal(_), None) => true,
        _ => false,
    })
}

fn between(
    shown: &Workspace,
    keys: impl IntoIterator<Item = Key>,
    target: impl Fn(Key) -> Option<Record>,
) -> Changes {
    let changes = keys.into_iter().filter_map(|key| {
        let (before, after) = (shown.get(key), target(key));
        (before != after).then_some(Change { key, before, after })
    });
    Changes(changes.collect())
}
