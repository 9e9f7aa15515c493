//! Whether the records of a workspace fit together.

mod known;
mod news;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use crate::domain::record::list::{List, ListKind};
use crate::domain::record::note::Note;
use crate::domain::record::process::Process;
use crate::domain::record::rule::{RULE_LISTS, Rule, check_conditions};
use crate::domain::record::workspace::{ProcessOrder, SavedView, Settings, Workspace};
use crate::domain::value::error::DomainError;
use crate::domain::value::field::FieldName;
use crate::domain::value::id::{DealId, ProcessId, StageId, SubStageId};
use crate::domain::value::money::{Money, currency};
use crate::domain::value::order::Gather;
use crate::domain::value::text::{MAX_NAME, MAX_NOTED, Name};

pub use known::Known;
pub use news::{Lost, News, fits_with};

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
    check_rules(&workspace.rules, &workspace.lists, &workspace.processes)?;
    let known = Known::new(&workspace.lists, &workspace.processes);
    let mut names = HashSet::with_capacity(workspace.customers.len());
    for (id, customer) in &workspace.customers {
        own_id(customer.id == *id, "customer", &customer.name)?;
        known.check_customer(customer)?;
        let taken = !names.insert(customer.name.key());
        refuse_double(taken, "customer", &customer.name)?;
    }
    for (id, deal) in &workspace.deals {
        own_id(deal.id == *id, "deal", &deal.name)?;
        known.check_deal(deal, |id| workspace.customers.contains_key(&id))?;
    }
    for note in workspace.notes.values() {
        check_note(note, |id| workspace.deals.contains_key(&id))?;
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
    at_most(&settings.locale, MAX_NAME, FieldName::Region)?;
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

/// Checks that every list is there, and that no name and no id occurs twice.
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
                !names.insert(entry.name.key()),
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
        refuse_double(!names.insert(view.name.key()), "view", &view.name)?;
        refuse_double_id(!ids.insert(view.id), &view.name)?;
    }
    Ok(())
}

/// Checks the rules by themselves, and that what they name is there.
///
/// # Errors
/// The first thing found that does not fit.
pub fn check_rules(
    rules: &[Rule],
    lists: &BTreeMap<ListKind, Arc<List>>,
    processes: &BTreeMap<ProcessId, Arc<Process>>,
) -> Result<(), DomainError> {
    check_conditions(rules)?;
    let mut ids = HashSet::new();
    for (at, rule) in rules.iter().enumerate() {
        let missing = |what| DomainError::Dangling {
            record: format!("Rule {}", at + 1),
            what,
        };
        if !processes.contains_key(&rule.then) {
            return Err(missing("sales process"));
        }
        for kind in RULE_LISTS {
            let list = lists.get(&kind);
            let is_there = |id| list.is_some_and(|list| list.get(id).is_some());
            if !rule.entries(kind).iter().all(|id| is_there(*id)) {
                return Err(missing(kind.singular()));
            }
        }
        let values = rule.value_at_least.iter().chain(&rule.value_below);
        if values
            .into_iter()
            .any(|v| Money::from_minor(v.minor()).is_none())
        {
            return Err(invalid(
                &format!("Rule {}", at + 1),
                "asks for a value outside 0 to 1,000,000,000,000",
            ));
        }
        if !ids.insert(rule.id) {
            return Err(invalid(
                &format!("Rule {}", at + 1),
                "has the id of another record",
            ));
        }
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

/// The names and ids of the processes that were checked so far.
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
        self.names.insert(process.name.key());
        Ok(())
    }

    /// Whether a process of that name was added before.
    pub fn has_name(&self, name: &Name) -> bool {
        self.names.contains(&name.key())
    }
}

/// Checks one noted entry.
///
/// # Errors
/// Its deal is missing, or it says nothing or too much.
pub fn check_note(note: &Note, has_deal: impl Fn(DealId) -> bool) -> Result<(), DomainError> {
    if !has_deal(note.deal) {
        return Err(DomainError::Dangling {
            record: "A note".to_owned(),
            what: "deal",
        });
    }
    if note.text.trim().is_empty() {
        return Err(invalid("A note", "says nothing"));
    }
    at_most(&note.text, MAX_NOTED, FieldName::AnyNote)
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
    let distinct: BTreeSet<ProcessId> = order.order.iter().copied().gather();
    if distinct.len() != order.order.len() || !distinct.iter().eq(processes.keys()) {
        return Err(invalid(
            "The order of the processes",
            "does not name every process exactly once",
        ));
    }
    Ok(())
}

fn is_longer(text: &str, most: usize) -> bool {
    // Bytes first: a text of few bytes has few characters, which then need not
    // be counted.
    text.len() > most && text.chars().count() > most
}

fn at_most(text: &str, most: usize, what: FieldName) -> Result<(), DomainError> {
    if is_longer(text, most) {
        Err(DomainError::TooLong { what, most })
    } else {
        Ok(())
    }
}

fn short_name(name: &Name) -> Result<(), DomainError> {
    at_most(name.as_str(), MAX_NAME, FieldName::AnyName)
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

fn invalid(record: &str, problem: &'static str) -> DomainError {
    DomainError::Invalid {
        record: record.to_owned(),
        problem,
    }
}
