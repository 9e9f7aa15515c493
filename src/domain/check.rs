//! Whether the records of a workspace fit together.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::customer::Customer;
use super::deal::Deal;
use super::error::DomainError;
use super::id::{CustomerId, EntryId, ProcessId, StageId, SubStageId};
use super::list::{List, ListKind};
use super::money::{Money, currency};
use super::process::Process;
use super::progress::Progress;
use super::text::{MAX_NAME, MAX_NOTE, MAX_NOTES, MAX_TITLE, Name, match_key};
use super::time::is_plausible;
use super::workspace::{ProcessOrder, SavedView, Settings, Workspace};

/// Checks that everything a record refers to is there, that what must be
/// unique is, and that texts, amounts and dates are in their ranges.
///
/// # Errors
/// The first thing found that does not fit.
pub fn check(workspace: &Workspace) -> Result<(), DomainError> {
    check_lists(&workspace.lists)?;
    check_settings(&workspace.settings, &workspace.lists)?;
    check_views(&workspace.views)?;
    check_processes(&workspace.processes)?;
    check_order(&workspace.order, &workspace.processes)?;
    let known = Known::new(&workspace.lists, &workspace.processes);
    let mut names = HashSet::with_capacity(workspace.customers.len());
    for (id, customer) in &workspace.customers {
        own_id(customer.id == *id, "customer", &customer.name)?;
        known.check_customer(customer)?;
        let taken = !names.insert(match_key(customer.name.as_str()));
        refuse_double(taken, "customer", &customer.name)?;
    }
    for (id, deal) in &workspace.deals {
        own_id(deal.id == *id, "deal", &deal.name)?;
        known.check_deal(deal, &workspace.customers)?;
    }
    Ok(())
}

/// Checks the settings by themselves and against the lists.
///
/// # Errors
/// An unknown currency, a long language tag, or a "me" who is no owner.
pub fn check_settings(
    settings: &Settings,
    lists: &BTreeMap<ListKind, Arc<List>>,
) -> Result<(), DomainError> {
    if currency(&settings.currency).is_none() {
        return Err(DomainError::Currency {
            code: settings.currency.clone(),
        });
    }
    at_most(&settings.locale, MAX_NAME, "The language and region")?;
    let owners = lists.get(&ListKind::Owners);
    match settings.me {
        Some(me) if owners.is_none_or(|owners| owners.get(me).is_none()) => {
            Err(DomainError::Dangling {
                record: "“I am”".to_owned(),
                what: "owner",
            })
        }
        _ => Ok(()),
    }
}

/// Checks that every list is there, with names and ids that stand once.
///
/// # Errors
/// A list that is missing, or a name or id that stands twice.
pub fn check_lists(lists: &BTreeMap<ListKind, Arc<List>>) -> Result<(), DomainError> {
    let mut ids = HashSet::new();
    for kind in ListKind::ALL {
        let list = lists
            .get(&kind)
            .ok_or(DomainError::Missing { what: kind.title() })?;
        let mut names = HashSet::new();
        for entry in &list.entries {
            short_name(&entry.name)?;
            refuse_double(
                !names.insert(folded(&entry.name)),
                kind.singular(),
                &entry.name,
            )?;
            refuse_double_id(!ids.insert(entry.id), &entry.name)?;
        }
    }
    Ok(())
}

/// Checks the saved views.
///
/// # Errors
/// A name or id that stands twice.
pub fn check_views(views: &[SavedView]) -> Result<(), DomainError> {
    let (mut ids, mut names) = (HashSet::new(), HashSet::new());
    for view in views {
        short_name(&view.name)?;
        refuse_double(!names.insert(folded(&view.name)), "view", &view.name)?;
        refuse_double_id(!ids.insert(view.id), &view.name)?;
    }
    Ok(())
}

/// Checks every process, and that names and ids are unique among all of them.
///
/// # Errors
/// The first thing found that does not fit.
pub fn check_processes(processes: &BTreeMap<ProcessId, Arc<Process>>) -> Result<(), DomainError> {
    let mut taken = TakenByProcesses::default();
    for (id, process) in processes {
        own_id(process.id == *id, "sales process", &process.name)?;
        taken.check_and_add(process)?;
    }
    Ok(())
}

/// The names and ids that processes before have taken.
#[derive(Debug, Default)]
pub struct TakenByProcesses {
    names: HashSet<String>,
    stages: HashSet<StageId>,
    sub_stages: HashSet<SubStageId>,
}

impl TakenByProcesses {
    /// Checks a process by itself and against those added before, then adds it.
    ///
    /// # Errors
    /// The first thing found that does not fit.
    pub fn check_and_add(&mut self, process: &Process) -> Result<(), DomainError> {
        process.check()?;
        short_name(&process.name)?;
        refuse_double(self.has_name(&process.name), "sales process", &process.name)?;
        for stage in &process.stages {
            short_name(&stage.name)?;
            refuse_double_id(!self.stages.insert(stage.id), &stage.name)?;
            for sub in &stage.sub_stages {
                short_name(&sub.name)?;
                refuse_double_id(!self.sub_stages.insert(sub.id), &sub.name)?;
            }
        }
        self.names.insert(folded(&process.name));
        Ok(())
    }

    /// Whether a process of that name was added before.
    pub fn has_name(&self, name: &Name) -> bool {
        self.names.contains(&folded(name))
    }
}

/// Checks that the order names each process once and a default that can be chosen.
///
/// # Errors
/// A process that is missing, stands twice or has no place; an archived default.
pub fn check_order(
    order: &ProcessOrder,
    processes: &BTreeMap<ProcessId, Arc<Process>>,
) -> Result<(), DomainError> {
    let default = processes.get(&order.default);
    let default = default.ok_or(DomainError::Missing {
        what: "default process",
    })?;
    if default.archived {
        return Err(DomainError::Archived {
            name: default.name.clone(),
        });
    }
    let distinct: BTreeSet<ProcessId> = order.order.iter().copied().collect();
    if distinct.len() != order.order.len() || !distinct.iter().eq(processes.keys()) {
        return Err(invalid(
            "The order of the processes",
            "does not name every process exactly once",
        ));
    }
    Ok(())
}

/// What customers and deals refer to, indexed so that tens of thousands of
/// them are checked in a few milliseconds.
#[derive(Debug)]
pub struct Known {
    entries: HashMap<EntryId, ListKind>,
    processes: HashMap<ProcessId, (HashSet<StageId>, HashSet<SubStageId>)>,
}

impl Known {
    /// Indexes the lists and processes.
    pub fn new(
        lists: &BTreeMap<ListKind, Arc<List>>,
        processes: &BTreeMap<ProcessId, Arc<Process>>,
    ) -> Self {
        let entries = lists
            .iter()
            .flat_map(|(kind, list)| list.entries.iter().map(move |entry| (entry.id, *kind)));
        let processes = processes.values().map(|process| {
            let stages = process.stages.iter().map(|stage| stage.id).collect();
            let subs = process.sub_stages().map(|(_, sub)| sub.id).collect();
            (process.id, (stages, subs))
        });
        Self {
            entries: entries.collect(),
            processes: processes.collect(),
        }
    }

    /// Whether the process is there.
    pub fn has_process(&self, id: ProcessId) -> bool {
        self.processes.contains_key(&id)
    }

    /// Whether the process is there and has that stage.
    pub fn has_stage(&self, process: ProcessId, stage: StageId) -> bool {
        self.processes
            .get(&process)
            .is_some_and(|(stages, _)| stages.contains(&stage))
    }

    /// Whether the process is there and has that sub-stage.
    pub fn has_sub_stage(&self, process: ProcessId, sub: SubStageId) -> bool {
        self.processes
            .get(&process)
            .is_some_and(|(_, subs)| subs.contains(&sub))
    }

    /// Whether nothing is named, or an entry of that list.
    pub fn has_entry(&self, kind: ListKind, id: Option<EntryId>) -> bool {
        id.is_none_or(|id| self.entries.get(&id) == Some(&kind))
    }

    /// The list the entry is in.
    pub fn list_of(&self, id: EntryId) -> Option<ListKind> {
        self.entries.get(&id).copied()
    }

    /// Checks one customer, but for its name's being unique.
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
        at_most(
            &customer.email,
            MAX_TITLE,
            "The e-mail address of a customer",
        )?;
        at_most(
            &customer.phone,
            MAX_TITLE,
            "The telephone number of a customer",
        )?;
        at_most(&customer.notes, MAX_NOTES, "The notes on a customer")
    }

    /// Checks one deal.
    ///
    /// # Errors
    /// The first thing found that does not fit.
    pub fn check_deal(
        &self,
        deal: &Deal,
        customers: &BTreeMap<CustomerId, Arc<Customer>>,
    ) -> Result<(), DomainError> {
        let missing = |what| Err(dangling("deal", &deal.name, what));
        if deal.customer.is_some_and(|id| !customers.contains_key(&id)) {
            return missing("customer");
        }
        for (kind, id) in [
            (ListKind::Categories, deal.category),
            (ListKind::Owners, deal.owner),
            (ListKind::Sources, deal.source),
        ] {
            if !self.has_entry(kind, id) {
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
            if !self.has_entry(closing.outcome.reasons(), closing.reason) {
                return missing("reason");
            }
            at_most(&closing.comment, MAX_NOTE, "The comment on a closing")?;
        }
        at_most(&deal.notes, MAX_NOTES, "The notes on a deal")?;
        match implausible(deal) {
            Some(problem) => Err(invalid(&format!("The deal “{}”", deal.name), problem)),
            None => Ok(()),
        }
    }

    /// What the progress refers to and is not there.
    fn check_progress(&self, process: ProcessId, progress: &Progress) -> Option<&'static str> {
        let Some((stages, subs)) = self.processes.get(&process) else {
            return Some("sales process");
        };
        let mut visited = progress
            .position
            .iter()
            .chain(progress.stays.iter().map(|s| &s.stage));
        if !visited.all(|stage| stages.contains(stage)) {
            return Some("stage");
        }
        (!progress.ticks.keys().all(|sub| subs.contains(sub))).then_some("sub-stage")
    }
}

/// The amount or date of a deal that can't be.
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

fn folded(name: &Name) -> String {
    name.as_str().to_lowercase()
}

fn is_longer(text: &str, most: usize) -> bool {
    // Bytes first: a text of few bytes has few characters, and need not be counted.
    text.len() > most && text.chars().count() > most
}

fn at_most(text: &str, most: usize, what: &'static str) -> Result<(), DomainError> {
    if is_longer(text, most) {
        Err(DomainError::TooLong { what, most })
    } else {
        Ok(())
    }
}

fn short_name(name: &Name) -> Result<(), DomainError> {
    at_most(name.as_str(), MAX_NAME, "A name")
}

fn refuse_double(taken: bool, what: &'static str, name: &Name) -> Result<(), DomainError> {
    if taken {
        Err(DomainError::NameTaken {
            what,
            name: name.clone(),
        })
    } else {
        Ok(())
    }
}

fn refuse_double_id(taken: bool, name: &Name) -> Result<(), DomainError> {
    if taken {
        Err(invalid(
            &format!("“{name}”"),
            "has the id of another record",
        ))
    } else {
        Ok(())
    }
}

fn own_id(same: bool, what: &str, name: &Name) -> Result<(), DomainError> {
    if same {
        return Ok(());
    }
    Err(invalid(
        &format!("The {what} “{name}”"),
        "is kept under the id of another record",
    ))
}

fn dangling(record: &str, name: &Name, what: &'static str) -> DomainError {
    DomainError::Dangling {
        record: format!("The {record} “{name}”"),
        what,
    }
}

fn invalid(record: &str, problem: &'static str) -> DomainError {
    DomainError::Invalid {
        record: record.to_owned(),
        problem,
    }
}
