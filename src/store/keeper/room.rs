//! What is in use of the browser's room, and what of it could not be read.

use leptos::prelude::*;

use super::super::mirror::Store;
use super::super::port::{Room, in_use, units};
use super::super::saver::Unread;
use super::{BUSY, Keeper, millis};
use crate::codec::shelf::Shelf;
use crate::domain::value::money::permille_of;
use crate::web::storage;

impl Keeper {
    /// What everything that this site keeps takes up, keys included.
    pub fn in_use(self, room: Room) -> Option<usize> {
        self.with_way(|_, port| in_use(port, "", room).ok())
            .flatten()
    }

    /// How many characters the data of this account takes up; follows it.
    pub fn characters(self) -> usize {
        self.status.track();
        self.with_way(|saver, _| saver.characters()).unwrap_or(0)
    }

    /// The share of the room that is in use, in thousandths; follows it.
    pub fn fullness(self, room: Room) -> Option<u16> {
        let others = self.inner.try_with_value(|inner| inner.others);
        let used = self.characters().saturating_add(others.unwrap_or(0));
        permille_of(used as i128, room.characters as i128)
    }

    /// Counts what this site keeps beside this account's data: other data of
    /// ours, and that of other programs at the same address.
    pub(super) fn count_others(self) {
        let others = self.with_way(|saver, port| {
            // Another tab may be measuring the room.
            let is_other =
                |key: &String| key != storage::PROBE && saver.space().shelf(key).is_none();
            let keys = port.keys("").unwrap_or_default();
            let cost = |key: String| {
                let text = port.get(&key).ok().flatten();
                units(&key) + text.as_deref().map_or(0, units)
            };
            keys.into_iter().filter(is_other).map(cost).sum()
        });
        self.inner
            .update_value(|inner| inner.others = others.unwrap_or(0));
    }

    /// The stored texts that could not be read.
    pub fn unread(self) -> Vec<Unread> {
        let unread = self.with_way(|saver, port| saver.unread(port));
        unread.and_then(Result::ok).unwrap_or_default()
    }

    /// How many stored texts could not be read; follows it.
    pub fn unread_count(self) -> usize {
        self.status.track();
        self.with_way(|saver, _| saver.unread_count()).unwrap_or(0)
    }

    /// The pages that were stored once and are gone; follows them.
    pub fn lost(self) -> Vec<Shelf> {
        self.status.track();
        self.with_way(|saver, _| saver.lost().collect())
            .unwrap_or_default()
    }

    /// Throws away what could not be read.
    ///
    /// # Errors
    /// The storage refuses, in words.
    pub fn discard_unread(self, store: Store) -> Result<(), String> {
        if !self.is_free() {
            return Err(BUSY.to_owned());
        }
        let discarded = self.with_way(|saver, port| saver.discard_unread(port, millis()));
        self.count_others();
        self.schedule(store);
        self.status.notify();
        discarded
            .unwrap_or(Ok(()))
            .map_err(|error| error.to_string())
    }
}
