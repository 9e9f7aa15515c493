//! What customers and deals refer to.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{at_most, invalid, is_longer};
use crate::domain::record::customer::Customer;
use crate::domain::record::deal::Deal;
use crate::domain::record::list::{List, ListKind};
use crate::domain::record::process::Process;
use crate::domain::record::progress::Progress;
use crate::domain::value::error::DomainError;
use crate::domain::value::field::FieldName;
use crate::domain::value::id::{CustomerId, EntryId, ProcessId, StageId, SubStageId};
use crate::domain::value::money::Money;
use crate::domain::value::order::{sort, sort_by};
use crate::domain::value::text::{MAX_NOTE, MAX_NOTES, MAX_TITLE, Name};
use crate::domain::value::time::is_plausible;

/// What customers and deals refer to, indexed so that tens of thousands of
/// them are checked in a few milliseconds. The indexes are short, so sorted
/// rows are quicker than hashing.
#[derive(Debug)]
pub struct Known {
    entries: Vec<(EntryId, ListKind)>,
    processes: Vec<(ProcessId, ProcessIds)>,
}

/// What a process is made of, sorted.
#[derive(Debug)]
struct ProcessIds {
    stages: Vec<StageId>,
    sub_stages: Vec<SubStageId>,
}

impl Known {
    /// Indexes the lists and processes.
    pub fn new(
        lists: &BTreeMap<ListKind, Arc<List>>,
        processes: &BTreeMap<ProcessId, Arc<Process>>,
    ) -> Self {
        let entries = lists
            .iter()
            .flat_map(|(kind, list)| list.entries.iter().map(|entry| (entry.id, *kind)));
        let processes = processes.values().map(|process| {
            let stages = sorted(process.stages.iter().map(|stage| stage.id));
            let sub_stages = sorted(process.sub_stages().map(|(_, sub)| sub.id));
            (process.id, ProcessIds { stages, sub_stages })
        });
        let mut processes: Vec<_> = processes.collect();
        sort_by(&mut processes, &|(a, _), (b, _)| a.cmp(b));
        Self {
            entries: sorted(entries),
            processes,
        }
    }

    /// The same with entries that are in no list.
    pub fn and(mut self, entries: &BTreeSet<(EntryId, ListKind)>) -> Self {
        if !entries.is_empty() {
            self.entries.extend(entries);
            self.entries = sorted(self.entries.into_iter());
        }
        self
    }

    /// Whether the process is there.
    pub fn has_process(&self, id: ProcessId) -> bool {
        self.ids_of(id).is_some()
    }

    /// Whether the process is there and has that stage.
    pub fn has_stage(&self, process: ProcessId, stage: StageId) -> bool {
        self.ids_of(process)
            .is_some_and(|ids| ids.stages.binary_search(&stage).is_ok())
    }

    /// Whether the process is there and has that sub-stage.
    pub fn has_sub_stage(&self, process: ProcessId, sub: SubStageId) -> bool {
        self.ids_of(process)
            .is_some_and(|ids| ids.sub_stages.binary_search(&sub).is_ok())
    }

    /// Whether the id is that of an entry of that list; true where there is none.
    pub fn has_entry(&self, kind: ListKind, id: Option<EntryId>) -> bool {
        id.is_none_or(|id| self.list_of(id) == Some(kind))
    }

    /// The list the entry is in.
    pub fn list_of(&self, id: EntryId) -> Option<ListKind> {
        let at = self.entries.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        self.entries.get(at).map(|(_, kind)| *kind)
    }

    fn ids_of(&self, id: ProcessId) -> Option<&ProcessIds> {
        let at = self
            .processes
            .binary_search_by_key(&id, |(id, _)| *id)
            .ok()?;
        self.processes.get(at).map(|(_, ids)| ids)
    }

    /// Whether everything that `other` knows is known here too.
    pub fn has_all_of(&self, other: &Self) -> bool {
        let mut entries = other.entries.iter();
        let mut processes = other.processes.iter();
        entries.all(|(id, kind)| self.list_of(*id) == Some(*kind))
            && processes.all(|(id, ids)| {
                let (mut stages, mut subs) = (ids.stages.iter(), ids.sub_stages.iter());
                self.has_process(*id)
                    && stages.all(|stage| self.has_stage(*id, *stage))
                    && subs.all(|sub| self.has_sub_stage(*id, *sub))
            })
    }

    /// Checks one customer, but not whether its name is unique.
    ///
    /// # Errors
    /// The first thing found that does not fit.
    pub fn check_customer(&self, customer: &Customer) -> Result<(), DomainError> {
        if !self.has_entry(ListKind::Segments, customer.segment) {
            return Err(dangling(
                "customer",
                &customer.name,
                ListKind::Segments.singular(),
            ));
        }
        at_most(&customer.email, MAX_TITLE, FieldName::AnyEmail)?;
        at_most(&customer.phone, MAX_TITLE, FieldName::AnyPhone)?;
        at_most(&customer.notes, MAX_NOTES, FieldName::CustomerNotes)
    }

    /// Checks one deal.
    ///
    /// # Errors
    /// The first thing found that does not fit.
    pub fn check_deal(
        &self,
        deal: &Deal,
        has_customer: impl Fn(CustomerId) -> bool,
    ) -> Result<(), DomainError> {
        let missing = |what| Err(dangling("deal", &deal.name, what));
        if deal.customer.is_some_and(|id| !has_customer(id)) {
            return missing("customer");
        }
        for kind in ListKind::ALL {
            if !self.has_entry(kind, deal.entry(kind)) {
                return missing(kind.singular());
            }
        }
        if !self.has_process(deal.process) {
            return missing("sales process");
        }
        for (process, progress) in &deal.progress {
            self.check_progress(*process, progress)
                .map_or(Ok(()), missing)?;
        }
        if let Some(closing) = &deal.closing {
            at_most(&closing.comment, MAX_NOTE, FieldName::AnyComment)?;
        }
        if let Some(snooze) = &deal.snooze {
            at_most(&snooze.reason, MAX_NOTE, FieldName::SnoozeReason)?;
        }
        if let Some(step) = &deal.next_step {
            at_most(step.what.as_str(), MAX_TITLE, FieldName::NextStep)?;
        }
        at_most(&deal.notes, MAX_NOTES, FieldName::DealNotes)?;
        match implausible(deal) {
            Some(problem) => Err(invalid(&format!("The deal “{}”", deal.name), problem)),
            None => Ok(()),
        }
    }

    /// What kind of thing the progress refers to that does not exist; none
    /// where all of it does.
    fn check_progress(&self, process: ProcessId, progress: &Progress) -> Option<&'static str> {
        let Some(ids) = self.ids_of(process) else {
            return Some("sales process");
        };
        let mut visited = progress
            .position
            .iter()
            .chain(progress.stays.iter().map(|s| &s.stage));
        if !visited.all(|stage| ids.stages.binary_search(stage).is_ok()) {
            return Some("stage");
        }
        (!progress
            .ticks
            .keys()
            .all(|sub| ids.sub_stages.binary_search(sub).is_ok()))
        .then_some("sub-stage")
    }
}

/// Which amount, date or note of a deal is out of its range, in words; none
/// where all are in theirs.
fn implausible(deal: &Deal) -> Option<&'static str> {
    if deal
        .value
        .is_some_and(|value| Money::from_minor(value.minor()).is_none())
    {
        return Some("has a value outside 0 to 1,000,000,000,000");
    }
    if !is_plausible(deal.created) {
        return Some("was created on a date outside the years 1900 to 2999");
    }
    if deal.expected_close.is_some_and(|date| !is_plausible(date)) {
        return Some("is expected to close on a date outside the years 1900 to 2999");
    }
    if deal.snooze.as_ref().is_some_and(|s| !is_plausible(s.until)) {
        return Some("is snoozed until a date outside the years 1900 to 2999");
    }
    if let Some(step) = &deal.next_step {
        if !deal.is_open() {
            return Some("is closed and has a next step");
        }
        if step.due.is_some_and(|date| !is_plausible(date)) {
            return Some("has a next step that is due on a date outside the years 1900 to 2999");
        }
    }
    if deal
        .closing
        .as_ref()
        .is_some_and(|closing| !is_plausible(closing.on))
    {
        return Some("was closed on a date outside the years 1900 to 2999");
    }
    let long_note = |progress: &Progress| {
        progress
            .ticks
            .values()
            .any(|tick| is_longer(&tick.note, MAX_NOTE))
    };
    deal.progress
        .values()
        .any(long_note)
        .then_some("has a note that is too long")
}

fn dangling(record: &str, name: &Name, what: &'static str) -> DomainError {
    DomainError::Dangling {
        record: format!("The {record} “{name}”"),
        what,
    }
}

fn sorted<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.collect();
    sort(&mut items);
    items
}
