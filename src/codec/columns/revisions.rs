//! Revisions: that of a deal nearly always lies in the minute in which a
//! person last changed it, and that of what came in together is the same.

use std::collections::HashMap;

use super::bytes::{Damage, In, Out};
use super::tables::{IdsIn, IdsOut};
use crate::codec::revision::Revision;
use crate::domain::value::order::sort;
use crate::domain::value::time::Moment;

/// As many times a revision must stand on a page to go into its table.
const OFTEN: usize = 3;

/// The columns of revisions.
#[derive(Debug)]
pub struct Columns<C> {
    /// The tables of tabs and of revisions.
    pub table: C,
    /// 0 where it is near the moment of the change, else its place in the table.
    pub which: C,
    /// The counter, of those that are near.
    pub counters: C,
    /// The tab's place, of those that are near.
    pub tabs: C,
    /// The milliseconds after the minute, of those that are near: the upper byte ...
    pub high: C,
    /// ... and the lower one.
    pub low: C,
}

/// Writes revisions, each with the moment of its change where one is known.
pub fn write(revisions: &[(Revision, Option<Moment>)], to: &mut Columns<&mut Out>) {
    let mut counts: HashMap<Revision, usize> = HashMap::with_capacity(revisions.len());
    for (revision, _) in revisions {
        *counts.entry(*revision).or_default() += 1;
    }
    let near = |(revision, at): &(Revision, Option<Moment>)| {
        let is_rare = counts.get(revision).is_none_or(|count| *count < OFTEN);
        after(*revision, (*at)?).filter(|_| is_rare)
    };
    let listed = revisions.iter().filter(|pair| near(pair).is_none());
    let mut listed: Vec<Revision> = listed.map(|(revision, _)| *revision).collect();
    sort(&mut listed);
    listed.dedup();
    let tabs = IdsOut::new(revisions.iter().map(|(one, _)| u64::from(one.tab)));
    tabs.write(to.table);
    to.table.small(listed.len());
    let mut before = 0;
    for revision in &listed {
        to.table.number(revision.millis - before);
        to.table.number(u64::from(revision.counter));
        to.table.small(tabs.place(u64::from(revision.tab)));
        before = revision.millis;
    }
    for pair in revisions {
        let (revision, _) = pair;
        let Some([high, low]) = near(pair) else {
            let place = listed.binary_search(revision).unwrap_or_default();
            to.which.small(place + 1);
            continue;
        };
        to.which.small(0);
        to.counters.number(u64::from(revision.counter));
        to.tabs.small(tabs.place(u64::from(revision.tab)));
        to.high.byte(high);
        to.low.byte(low);
    }
}

/// The milliseconds of a revision after a moment, if they are few.
fn after(revision: Revision, at: Moment) -> Option<[u8; 2]> {
    let millis = revision.millis.checked_sub(millis(at)?)?;
    Some(u16::try_from(millis).ok()?.to_be_bytes())
}

fn millis(at: Moment) -> Option<u64> {
    u64::try_from(at.0).ok()?.checked_mul(60_000)
}

/// Reads what [`write()`] has written, one by one.
#[derive(Debug)]
pub struct RevisionsReader<'a> {
    columns: Columns<In<'a>>,
    tabs: IdsIn,
    listed: Vec<Revision>,
}

impl<'a> RevisionsReader<'a> {
    /// Reads the tables.
    pub fn new(mut columns: Columns<In<'a>>) -> Result<Self, Damage> {
        let table = &mut columns.table;
        let tabs = IdsIn::read(table)?;
        let count = table.small()?;
        let mut listed = Vec::with_capacity(table.room_for(count));
        let mut millis = 0u64;
        for _ in 0..count {
            millis = millis.wrapping_add(table.number()?);
            let counter = narrow(table.number()?)?;
            let tab = narrow(tabs.id(table.small()?)?)?;
            listed.push(Revision {
                millis,
                counter,
                tab,
            });
        }
        Ok(Self {
            columns,
            tabs,
            listed,
        })
    }

    /// The next revision, of a change at that moment.
    pub fn next(&mut self, at: Option<Moment>) -> Result<Revision, Damage> {
        let columns = &mut self.columns;
        match columns.which.small()? {
            0 => {
                let start = at.and_then(millis).ok_or(Damage::OUTSIDE)?;
                let after = u16::from_be_bytes([columns.high.byte()?, columns.low.byte()?]);
                Ok(Revision {
                    millis: start.saturating_add(u64::from(after)),
                    counter: narrow(columns.counters.number()?)?,
                    tab: narrow(self.tabs.id(columns.tabs.small()?)?)?,
                })
            }
            place => self.listed.get(place - 1).copied().ok_or(Damage::OUTSIDE),
        }
    }
}

fn narrow(number: u64) -> Result<u32, Damage> {
    u32::try_from(number).map_err(|_| Damage("a number is too great"))
}
