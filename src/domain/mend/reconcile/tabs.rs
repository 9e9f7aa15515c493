//! What another tab has written, brought into the workspace of this one.

use std::collections::BTreeSet;

use super::LooseRecords;
use crate::domain::record::check::{Lost, News, fits_with};
use crate::domain::record::deal::Deal;
use crate::domain::record::list::ListKind;
use crate::domain::record::workspace::{Change, Changes, Key, Record, Workspace};
use crate::domain::value::order::Gather;

/// The records whose stored form is not what the workspace shows: those that
/// another tab has written, and those that are shown mended. None where nothing
/// is stored under the key.
pub type Stored = News;

/// The changes after which the workspace shows what is stored, as far as that
/// fits together.
///
/// `stored` holds the records that are not shown as they are stored; afterwards
/// it holds those of which that is still true. `keys` names those of them that
/// are news or have to be looked at again; the others are shown mended.
/// `deleted` names the records that people have deleted. `fresh` makes a new
/// account, whose process is used where every process was deleted.
///
/// The changes depend on what is stored alone, so that all tabs that have seen
/// the same come to show the same. They cost little where the news fit in with
/// what is there, as they nearly always do.
pub fn reconcile(
    shown: &Workspace,
    stored: &mut Stored,
    keys: &BTreeSet<Key>,
    deleted: impl IntoIterator<Item = Key>,
    fresh: fn() -> Workspace,
) -> Changes {
    let news = keys.iter();
    let news: News = news
        .filter_map(|key| Some((*key, stored.get(key)?.clone())))
        .collect();
    let keys = news.keys().copied();
    let changes = between(shown, keys, |key| news.get(&key).cloned().flatten());
    let mended = Mended::new(stored.keys().filter(|key| !news.contains_key(key)));
    if !changes.0.iter().any(|change| mended.heeds(change))
        && fits_with(shown, &news, &Lost::default())
    {
        stored.retain(|key, _| !news.contains_key(key));
        return changes;
    }
    reconcile_all(shown, stored, deleted, fresh)
}

/// The same by looking at every record.
pub fn reconcile_all(
    shown: &Workspace,
    stored: &mut Stored,
    deleted: impl IntoIterator<Item = Key>,
    fresh: fn() -> Workspace,
) -> Changes {
    let mut records = LooseRecords::of(shown);
    for (key, record) in std::mem::take(stored) {
        match record {
            Some(record) => records.put(record),
            None => records.take_out(key),
        }
    }
    deleted
        .into_iter()
        .for_each(|key| records.mark_deleted(key));
    let (target, _) = records.clone().repair(fresh);
    let keys = shown.records().map(|record| record.key());
    let keys: BTreeSet<Key> = keys
        .chain(target.records().map(|record| record.key()))
        .chain(records.keys())
        .gather();
    for key in &keys {
        let is = records.get(*key);
        if is != target.get(*key) {
            stored.insert(*key, is);
        }
    }
    between(shown, keys, |key| target.get(key))
}

/// Whether records are shown mended, and of which kinds: enough to tell whether
/// a change of others concerns them.
#[derive(Debug, Clone, Copy)]
pub struct Mended {
    is_any: bool,
    may_be_stand_in: bool,
    is_note: bool,
}

impl Mended {
    /// From the keys of the records that are not shown as they are stored.
    pub fn new<'a>(keys: impl IntoIterator<Item = &'a Key>) -> Self {
        let mut mended = Self {
            is_any: false,
            may_be_stand_in: false,
            is_note: false,
        };
        for key in keys {
            mended.is_any = true;
            mended.may_be_stand_in |= matches!(key, Key::List(_) | Key::Customer(_));
            mended.is_note |= matches!(key, Key::Note(_));
        }
        mended
    }

    /// Whether after this change the mended records must be looked at again.
    pub fn heeds(self, change: &Change) -> bool {
        self.is_any
            && match (change.key, &change.before, &change.after) {
                // No other record is mended because of these.
                (Key::Settings | Key::Views | Key::Rules | Key::Note(_), ..) => false,
                // Because of deals there are only stand-ins, as long as one
                // names them, and notes on deals that are not there.
                (Key::Deal(_), None, _) => self.is_note,
                (Key::Deal(_), Some(Record::Deal(before)), Some(Record::Deal(after))) => {
                    self.may_be_stand_in && !names_all_of(after, before)
                }
                (Key::Deal(_), ..) => self.may_be_stand_in,
                _ => true,
            }
    }
}

/// Whether a deal names every entry and customer that it named before.
fn names_all_of(after: &Deal, before: &Deal) -> bool {
    let entries = |deal: &Deal| ListKind::ALL.map(|kind| deal.entry(kind));
    let mut both = entries(before).into_iter().zip(entries(after));
    (before.customer.is_none() || before.customer == after.customer)
        && both.all(|(was, is)| was.is_none() || was == is)
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
