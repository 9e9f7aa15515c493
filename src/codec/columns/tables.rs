//! What stands many times on a page is stored once and named by its place.

use super::bytes::{Damage, In, Out};
use crate::domain::value::order::sort;

/// Ids that are being written: each once, in order.
#[derive(Debug, Default)]
pub struct IdsOut(Vec<u64>);

impl IdsOut {
    /// A table of these ids.
    pub fn new(ids: impl Iterator<Item = u64>) -> Self {
        let mut ids: Vec<u64> = ids.collect();
        sort(&mut ids);
        ids.dedup();
        Self(ids)
    }

    /// Writes the table.
    pub fn write(&self, to: &mut Out) {
        to.small(self.0.len());
        let mut before = 0;
        for id in &self.0 {
            to.number(id - before);
            before = *id;
        }
    }

    /// The place of an id; it must be one of those the table was made of.
    pub fn place(&self, id: u64) -> usize {
        self.0.binary_search(&id).unwrap_or_default()
    }

    /// 0 for none, else the place of an id counted from 1.
    pub fn maybe(&self, id: Option<u64>) -> usize {
        id.map_or(0, |id| self.place(id) + 1)
    }
}

/// Ids that are being read.
#[derive(Debug)]
pub struct IdsIn(Vec<u64>);

impl IdsIn {
    /// Reads what [`IdsOut::write`] has written.
    pub fn read(from: &mut In<'_>) -> Result<Self, Damage> {
        let count = from.small()?;
        let mut ids = Vec::with_capacity(from.room_for(count));
        let mut before = 0u64;
        for _ in 0..count {
            before = before.wrapping_add(from.number()?);
            ids.push(before);
        }
        Ok(Self(ids))
    }

    /// The id at a place.
    pub fn id<Id: From<u64>>(&self, place: usize) -> Result<Id, Damage> {
        let id = self.0.get(place).ok_or(Damage::OUTSIDE)?;
        Ok(Id::from(*id))
    }

    /// The id that [`IdsOut::maybe`] has named.
    pub fn maybe<Id: From<u64>>(&self, place: usize) -> Result<Option<Id>, Damage> {
        match place {
            0 => Ok(None),
            more => self.id(more - 1).map(Some),
        }
    }
}
