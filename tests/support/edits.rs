//! Arbitrary structural edits and bulk changes.

use std::collections::BTreeMap;

use pipewright::domain::change::affected::leaving;
use pipewright::domain::change::bulk::BulkChange;
use pipewright::domain::change::command::{Command, ListEdit, Succession};
use pipewright::domain::change::reshape::{ProcessMap, proposed_stages, proposed_sub_stages};
use pipewright::domain::change::set_up::{Asks, PlannedProcess, PlannedRule, SetUp, Standing};
use pipewright::domain::record::list::ListKind;
use pipewright::domain::record::process::Process;
use pipewright::domain::record::rule::RULE_LISTS;
use pipewright::domain::value::id::ProcessId;
use pipewright::domain::value::money::Money;
use pipewright::domain::value::time::{Date, plus_days};

use super::World;
use super::steps::{Step, one};

/// A process without some of its parts, mostly with a map that covers them.
pub fn reshape(step: &Step, world: &mut World) -> Command {
    let mut process = step.edited_process(world);
    let before = world.workspace.processes.get(&process.id).cloned();
    if step.a.is_multiple_of(2) {
        process.stages.pop();
    }
    let map = before.map_or_else(ProcessMap::default, |before| {
        map(step, world, &before, &process)
    });
    Command::ReshapeProcess { process, map }
}

/// One process into another.
pub fn succession(step: &Step, world: &mut World) -> Succession {
    let from = step.process(world);
    let others = world.workspace.processes.keys().copied();
    let into: ProcessId = one(others, step.c);
    let processes = &world.workspace.processes;
    let map = match (processes.get(&from), processes.get(&into)) {
        (Some(before), Some(after)) => map(step, world, before, after),
        _ => ProcessMap::default(),
    };
    Succession { from, into, map }
}

/// All that is proposed where stages and sub-stages go.
pub fn proposed(before: &Process, after: &Process) -> ProcessMap {
    let stages = proposed_stages(before, after);
    let sub_stages = proposed_sub_stages(before, after, &stages);
    ProcessMap { stages, sub_stages }
}

/// The proposed map, with the rest chosen blindly, or now and then not at all.
fn map(step: &Step, world: &World, before: &Process, after: &Process) -> ProcessMap {
    let mut map = proposed(before, after);
    let leaving = leaving(&world.workspace, before, after);
    if step.b < 240 {
        for part in leaving.stages {
            let target = one(after.stages.iter().map(|stage| stage.id), step.c);
            map.stages.entry(part.id).or_insert(target);
        }
    }
    if step.a.is_multiple_of(3) {
        for part in leaving.sub_stages {
            let target = one(after.sub_stages().map(|(_, sub)| sub.id), step.b);
            map.sub_stages.entry(part.id).or_insert(target);
        }
    } else if step.a % 3 == 1 {
        map.sub_stages = BTreeMap::new();
    }
    map
}

/// A process that is there and one or none that is new, with a rule for each.
pub fn set_up(step: &Step, world: &mut World) -> Command {
    let id = step.process(world);
    let name = step.b.is_multiple_of(3).then(|| step.text.clone());
    let mut processes = vec![PlannedProcess::Existing { id, name }];
    let edited = step.edited_process(world);
    if !world.workspace.processes.contains_key(&edited.id) || step.c > 240 {
        processes.push(PlannedProcess::New(edited));
    }
    let kind = RULE_LISTS[usize::from(step.a % 3)];
    let any_of = |there, new| Asks::AnyOf {
        list: kind,
        there,
        new,
    };
    let entry = step.entry(world, kind, step.c);
    let value = Money::from_minor(i64::from(step.c) * 1000);
    let rules = processes
        .iter()
        .enumerate()
        .map(|(at, process)| PlannedRule {
            asks: match (at, step.b % 4) {
                (0, 0 | 1) => any_of(Vec::new(), vec![step.text.clone()]),
                (0, _) => any_of(vec![entry], Vec::new()),
                (_, 0) => Asks::Value {
                    at_least: None,
                    below: None,
                },
                _ => Asks::Value {
                    at_least: value,
                    below: step.maybe(value).flatten().filter(|_| step.a > 200),
                },
            },
            then: process.id(),
        });
    let rules = rules.collect();
    let default = processes[usize::from(step.a) % processes.len()].id();
    Command::SetUpProcesses(SetUp {
        entries: vec![(kind, step.text.clone())],
        rules,
        processes,
        standing: Standing::ALL[usize::from(step.c % 3)],
        default,
        archived: step.a.is_multiple_of(5).then(|| step.process(world)),
        early_value: step.b.is_multiple_of(2),
    })
}

/// Deletes an entry that may be in use.
pub fn replace_entry(step: &Step, world: &mut World) -> Command {
    let kind = step.list();
    let id = step.entry(world, kind, step.b);
    let by = step.maybe(step.entry(world, kind, step.c));
    Command::EditList(kind, ListEdit::Replace(id, by))
}

/// A field of some deals.
pub fn bulk(step: &Step, world: &mut World) -> Command {
    let entry = |kind| step.maybe(step.entry(world, kind, step.b));
    let change = match step.b % 3 {
        0 => BulkChange::Owner(entry(ListKind::Owners)),
        1 => BulkChange::Category(entry(ListKind::Categories)),
        _ if step.c > 250 => BulkChange::ExpectedClose(Some(Date::constant(3000, 1, 1))),
        _ => BulkChange::ExpectedClose(step.maybe(plus_days(world.today(), i64::from(step.b)))),
    };
    let deals = step.deals(world).into_iter().collect();
    Command::BulkEdit { deals, change }
}
