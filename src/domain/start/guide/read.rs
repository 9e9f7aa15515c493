//! What is wrong with the answers, by field; and what they ask for.

use std::collections::{BTreeMap, BTreeSet};

use super::{Case, Decider, Guide, Origin, ProcessRow, Step};
use crate::domain::change::apply::processes::copy_of;
use crate::domain::change::command::Context;
use crate::domain::change::set_up::{Asks, PlannedProcess, PlannedRule, SetUp};
use crate::domain::record::process::{Color, Process};
use crate::domain::record::workspace::{Setup, Workspace};
use crate::domain::value::error::DomainError;
use crate::domain::value::field::FieldName;
use crate::domain::value::id::ProcessId;
use crate::domain::value::money::Money;
use crate::domain::value::order::Gather;
use crate::domain::value::text::Name;
use crate::domain::value::typed::Marks;

/// A field of the guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// What decides.
    Decider,
    /// The processes as a whole.
    Processes,
    /// What a process starts from, by its row.
    Origin(u32),
    /// The name of a process, by its row.
    Name(u32),
    /// The limit before a band of values.
    Limit(usize),
    /// What leads where, as a whole.
    Leads,
}

impl Place {
    /// The step that it is on.
    pub fn step(self) -> Step {
        match self {
            Self::Decider => Step::Decider,
            Self::Processes | Self::Origin(_) | Self::Name(_) => Step::Processes,
            Self::Limit(_) | Self::Leads => Step::Leads,
        }
    }
}

/// What is wrong, by field.
pub type Problems = BTreeMap<Place, String>;

impl Guide {
    /// What is wrong with the answers; amounts are read by the marks of the region.
    pub fn problems(&self, workspace: &Setup, marks: Marks) -> Problems {
        let mut problems = Problems::new();
        if self.decider.is_none() {
            let text = "Choose what decides.".to_owned();
            problems.insert(Place::Decider, text);
        }
        self.check_processes(workspace, &mut problems);
        if self.decider == Some(Decider::Value) {
            self.read_limits(workspace, marks, &mut problems);
        }
        if let Some(problem) = self.decides_nothing(workspace) {
            problems.insert(Place::Leads, problem);
        }
        problems
    }

    /// What the answers ask for.
    ///
    /// # Errors
    /// Fields that are wrong: all of them.
    pub fn read(
        &self,
        workspace: &Workspace,
        marks: Marks,
        context: &mut Context<'_>,
    ) -> Result<SetUp, Problems> {
        let mut problems = self.problems(workspace, marks);
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut ids = BTreeMap::new();
        let mut processes = Vec::with_capacity(self.processes.len());
        let mut used: BTreeSet<u8> = workspace.processes.values().map(|p| p.color.0).gather();
        for row in &self.processes {
            let planned = match planned(workspace, row, &mut used, context) {
                Ok(planned) => planned,
                Err(error) => {
                    problems.insert(Place::Origin(row.row), error.to_string());
                    return Err(problems);
                }
            };
            ids.insert(row.row, planned.id());
            processes.push(planned);
        }
        let default = self.default_row(workspace);
        let Some(default) = default.and_then(|row| ids.get(&row).copied()) else {
            return Err(problems);
        };
        let left_over = self.left_over(workspace).filter(|_| self.archives());
        let entries = self.new_entries();
        Ok(SetUp {
            entries: entries
                .map(|new| (new.list, new.name.to_string()))
                .collect(),
            processes,
            rules: self.rules(workspace, marks, &ids),
            standing: self.standing,
            default,
            archived: left_over.map(|process| process.id),
            early_value: self.decider == Some(Decider::Value),
        })
    }

    fn check_processes(&self, workspace: &Setup, problems: &mut Problems) {
        if self.processes.len() < 2 {
            let text = "Two processes at least: with one there is nothing to choose.".to_owned();
            problems.insert(Place::Processes, text);
        }
        let mut used = BTreeSet::new();
        for row in &self.processes {
            if let Err(text) = check_origin(workspace, row, &mut used) {
                problems.insert(Place::Origin(row.row), text);
            }
        }
        // A process that takes part may give its name to another.
        let others = workspace.processes.values();
        let others = others.filter(|process| !used.contains(&process.id));
        let mut taken: BTreeSet<String> = others.map(|process| process.name.key()).gather();
        for row in &self.processes {
            let free = |name: Name| {
                if taken.insert(name.key()) {
                    Ok(())
                } else {
                    let what = "sales process";
                    Err(DomainError::NameTaken { what, name })
                }
            };
            if let Err(error) = Name::new(&row.name, FieldName::Name).and_then(free) {
                problems.insert(Place::Name(row.row), error.to_string());
            }
        }
    }

    /// The limits between the bands, as far as they can be read.
    fn read_limits(&self, workspace: &Setup, marks: Marks, problems: &mut Problems) -> Vec<Money> {
        let mut limits: Vec<Money> = Vec::new();
        for place in 1..self.processes.len() {
            let text = self.limits.get(place - 1).map_or("", String::as_str);
            let before = limits.last().map_or(0, |limit| limit.minor());
            let problem = match marks.read(text, workspace.currency()) {
                Err(error) => error.to_string(),
                Ok(None) => "Give the value from which it is so.".to_owned(),
                Ok(Some(typed)) if typed.amount.minor() <= before => if limits.is_empty() {
                    "Give more than 0."
                } else {
                    "Give more than the value before it."
                }
                .to_owned(),
                Ok(Some(typed)) => {
                    limits.push(typed.amount);
                    continue;
                }
            };
            problems.insert(Place::Limit(place), problem);
        }
        limits
    }

    /// Why no rule would tell anything apart; none where one does.
    fn decides_nothing(&self, workspace: &Setup) -> Option<String> {
        if self.decider? == Decider::Beginning || self.processes.len() < 2 {
            return None;
        }
        let cases = self.cases(workspace);
        if cases.is_empty() {
            let entry = self.list()?.singular();
            return Some(format!("Add the first {entry}, and choose its process."));
        }
        let leads = cases.iter().filter_map(|case| self.lead(workspace, *case));
        let mut reached: BTreeSet<u32> = leads.gather();
        reached.extend(self.default_row(workspace));
        if reached.len() > 1 {
            return None;
        }
        let name = &self.row(reached.pop_first()?)?.name;
        Some(format!(
            "Everything leads to “{}”: there is nothing to decide. Choose another process for something.",
            name.trim()
        ))
    }

    fn rules(
        &self,
        workspace: &Setup,
        marks: Marks,
        ids: &BTreeMap<u32, ProcessId>,
    ) -> Vec<PlannedRule> {
        let lead = |case| ids.get(&self.lead(workspace, case)?).copied();
        if self.decider == Some(Decider::Value) {
            let limits = self.read_limits(workspace, marks, &mut Problems::new());
            let bands = (0..self.processes.len()).map(|band| lead(Case::Band(band)));
            return by_value(&limits, bands);
        }
        let Some(list) = self.list() else {
            return Vec::new();
        };
        let mut rules = Vec::new();
        for row in &self.processes {
            let cases = self.cases(workspace).into_iter();
            let theirs = cases.filter(|case| self.lead(workspace, *case) == Some(row.row));
            let (mut there, mut new) = (Vec::new(), Vec::new());
            for case in theirs {
                match case {
                    Case::Entry(id) => there.push(id),
                    _ => new.push(self.entry_name(workspace, case).to_owned()),
                }
            }
            let is_led_to = !there.is_empty() || !new.is_empty();
            if let Some(then) = ids.get(&row.row).copied().filter(|_| is_led_to) {
                let asks = Asks::AnyOf { list, there, new };
                rules.push(PlannedRule { asks, then });
            }
        }
        rules
    }
}

/// A rule for each band of values that leads somewhere, one for neighbours
/// that lead to the same process.
fn by_value(limits: &[Money], bands: impl Iterator<Item = Option<ProcessId>>) -> Vec<PlannedRule> {
    let mut spans: Vec<(Option<ProcessId>, Option<Money>, Option<Money>)> = Vec::new();
    for (place, then) in bands.enumerate() {
        let from = place.checked_sub(1).and_then(|at| limits.get(at)).copied();
        let to = limits.get(place).copied();
        match spans.last_mut() {
            Some((before, _, below)) if *before == then => *below = to,
            _ => spans.push((then, from, to)),
        }
    }
    let rules = spans.into_iter().filter_map(|(then, from, below)| {
        // Any value at all is one of at least 0.
        let any = Money::from_minor(0).filter(|_| below.is_none());
        let at_least = from.or(any);
        Some(PlannedRule {
            asks: Asks::Value { at_least, below },
            then: then?,
        })
    });
    rules.collect()
}

fn check_origin(
    workspace: &Setup,
    row: &ProcessRow,
    used: &mut BTreeSet<ProcessId>,
) -> Result<(), String> {
    let (Origin::Existing(id) | Origin::CopyOf(id)) = row.origin else {
        return Ok(());
    };
    let Some(process) = workspace.processes.get(&id) else {
        return Err(format!(
            "“{}” is not there any more. Choose another start.",
            row.given
        ));
    };
    if row.origin == Origin::CopyOf(id) {
        return Ok(());
    }
    let name = process.name.clone();
    if process.archived {
        return Err(DomainError::Archived { name }.to_string());
    }
    if !used.insert(id) {
        return Err(format!("“{name}” takes part already."));
    }
    Ok(())
}

/// The process of a row: one that is there, perhaps under another name, or a
/// new one in a colour that no other has, as long as there is one.
fn planned(
    workspace: &Setup,
    row: &ProcessRow,
    used: &mut BTreeSet<u8>,
    context: &mut Context<'_>,
) -> Result<PlannedProcess, DomainError> {
    let name = Name::new(&row.name, FieldName::Name)?;
    let mut process = match row.origin {
        Origin::Existing(id) => {
            let name = (name.as_str() != row.given).then(|| name.to_string());
            return Ok(PlannedProcess::Existing { id, name });
        }
        Origin::CopyOf(id) => {
            let original = workspace.processes.get(&id);
            let what = "sales process";
            copy_of(original.ok_or(DomainError::Missing { what })?, context)
        }
        Origin::Template(template) => template.process(context.ids),
        Origin::Empty => Process {
            id: context.ids.fresh(),
            name: name.clone(),
            color: Color::default(),
            archived: false,
            stages: Vec::new(),
        },
    };
    process.name = name;
    process.archived = false;
    if used.contains(&process.color.0) {
        let free = (0..Color::COUNT).find(|color| !used.contains(color));
        process.color = free.map_or(process.color, Color);
    }
    used.insert(process.color.0);
    Ok(PlannedProcess::New(process))
}
