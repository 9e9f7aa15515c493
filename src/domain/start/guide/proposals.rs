//! What the guide proposes: processes, their names, and the entries of a list
//! that has none yet.

use std::collections::BTreeSet;

use super::{Case, Decider, Guide, Origin};
use crate::domain::record::process::Process;
use crate::domain::record::workspace::{Setup, Workspace};
use crate::domain::start::templates::Template;
use crate::domain::value::id::IdSource;
use crate::domain::value::order::Gather;
use crate::domain::value::text::{MAX_NAME, Name, name_key};

/// A list of so many entries may well mean a process for each of them.
const FEW: usize = 4;

impl Guide {
    /// Lets something decide. The proposed processes follow, as long as they
    /// stand as they were proposed.
    pub fn decide(&mut self, workspace: &Workspace, decider: Decider) {
        let is_as_proposed = self.decider.is_none_or(|before| {
            let rows = self.processes.iter();
            rows.map(|row| (row.origin, row.name.clone()))
                .eq(proposed(workspace, before))
        });
        self.decider = Some(decider);
        if is_as_proposed {
            self.processes.clear();
            for (origin, name) in proposed(workspace, decider) {
                self.push(origin, name);
            }
        }
    }

    /// Proposes entries for a list that has none: those that the new processes
    /// are named after, each leading to its process.
    pub fn propose_entries(&mut self, workspace: &Setup) {
        let has_entries = |list| !workspace.list(list).entries.is_empty();
        if self.list().is_none_or(has_entries) || self.new_entries().next().is_some() {
            return;
        }
        let is_new = |origin: Origin| !matches!(origin, Origin::Existing(_));
        let rows = self.processes.iter().filter(|row| is_new(row.origin));
        let rows: Vec<_> = rows.map(|row| (row.row, row.name.clone())).collect();
        for (row, name) in rows {
            if let Ok(entry) = self.add_entry(workspace, &name) {
                self.leads.insert(Case::New(entry), Some(row));
            }
        }
    }

    /// The names of the stages that a process starts with.
    pub fn stages(workspace: &Setup, origin: Origin) -> Vec<Name> {
        let names = |process: &Process| process.stages.iter().map(|s| s.name.clone()).collect();
        match origin {
            Origin::Existing(id) | Origin::CopyOf(id) => {
                let process = workspace.processes.get(&id);
                process.map_or_else(Vec::new, |process| names(process))
            }
            // The ids are of a process that nobody keeps.
            Origin::Template(template) => names(&template.process(&mut IdSource::starting_at(0))),
            Origin::Empty => Vec::new(),
        }
    }

    /// The name that an origin gives a row.
    pub(super) fn name_of(&self, workspace: &Setup, origin: Origin, row: u32) -> String {
        let others = self.processes.iter().filter(|other| other.row != row);
        let mut taken: BTreeSet<String> = others.map(|other| name_key(&other.name)).gather();
        let processes = workspace.processes.values();
        match origin {
            Origin::Existing(id) => workspace
                .processes
                .get(&id)
                .map_or_else(String::new, |process| process.name.to_string()),
            Origin::CopyOf(_) | Origin::Empty => String::new(),
            Origin::Template(template) => {
                taken.extend(processes.map(|process| process.name.key()));
                free_name(template.name(), &taken)
            }
        }
    }
}

/// The processes for a decider, with their names: those that are there; and
/// where there is but one, some to choose besides it.
fn proposed(workspace: &Workspace, decider: Decider) -> Vec<(Origin, String)> {
    let there = workspace.choosable_processes(None).into_iter();
    let mut rows: Vec<(Origin, String)> = there
        .map(|process| (Origin::Existing(process.id), process.name.to_string()))
        .collect();
    if rows.len() > 1 {
        return rows;
    }
    let id = workspace.default_process();
    let is_unused = || workspace.deals.values().all(|deal| deal.process != id);
    let mut wanted: Vec<(Origin, &str)> = match decider {
        Decider::Segment | Decider::Value => vec![template(Template::KeyAccounts)],
        Decider::Category => vec![template(Template::Renewal)],
        Decider::Owner => vec![(Origin::Template(Template::OfferInquiry), "Inside sales")],
        Decider::Beginning if is_unused() => {
            // Each of them tells how a deal began, which Default does not.
            rows.clear();
            vec![
                template(Template::ActiveSales),
                template(Template::OfferInquiry),
            ]
        }
        Decider::Beginning => vec![template(Template::OfferInquiry)],
    };
    let entries = decider.list().map(|list| &workspace.list(list).entries);
    let entries = entries.filter(|entries| (1..=FEW).contains(&entries.len()));
    if let Some(entries) = entries {
        let named = |name| {
            let mut all = Template::ALL.into_iter();
            all.find(|template| name_key(template.name()) == name_key(name))
        };
        wanted.clear();
        wanted.extend(entries.iter().map(|entry| {
            let name = entry.name.as_str();
            (
                named(name).map_or(Origin::CopyOf(id), Origin::Template),
                name,
            )
        }));
    }
    let mut taken: BTreeSet<String> = workspace.processes.values().map(|p| p.name.key()).gather();
    for (origin, name) in wanted {
        let name = free_name(name, &taken);
        taken.insert(name_key(&name));
        rows.push((origin, name));
    }
    rows
}

fn template(template: Template) -> (Origin, &'static str) {
    (Origin::Template(template), template.name())
}

/// The name, with a number behind it where it is taken.
fn free_name(name: &str, taken: &BTreeSet<String>) -> String {
    let most = MAX_NAME - 6;
    let numbered = |number: usize| {
        let short = Name::clamped(name, most, "Process");
        format!("{short} {number}")
    };
    if !taken.contains(&name_key(name)) {
        return name.to_owned();
    }
    let mut number = 2;
    while taken.contains(&name_key(&numbered(number))) {
        number += 1;
    }
    numbered(number)
}
