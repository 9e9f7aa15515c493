//! Laws that hold for any workspace and any sequence of commands.

use std::collections::{BTreeMap, BTreeSet};

use pipewright::domain::change::apply::install;
use pipewright::domain::change::command::Command;
use pipewright::domain::read::columns::Sort;
use pipewright::domain::read::filter::{ByRule, Filter, Tab};
use pipewright::domain::read::stats::{closed_by_process, open_by_process, summary};
use pipewright::domain::read::suggestion::{fitting, suggest_for, uses};
use pipewright::domain::record::check::check;
use pipewright::domain::record::deal::Deal;
use pipewright::domain::record::process::Process;
use pipewright::domain::record::progress::Progress;
use pipewright::domain::record::workspace::{Changes, Key, Record, Workspace};
use pipewright::domain::value::alphabet::Plain;
use pipewright::domain::value::error::DomainError;
use pipewright::domain::value::id::DealId;
use pipewright::domain::value::money::{Chance, Total, WeightedTotal};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};

use crate::support::World;
use crate::support::plain::{all_briefs, listed};
use crate::support::steps::{Step, step};
use crate::support::worlds::world;

fn steps() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec(step(), 1..60)
}

/// Takes the steps and shows each one: the workspace before it, what it asked
/// for, what came of it, and the world after it.
fn play(
    world: &mut World,
    steps: &[Step],
    mut look: impl FnMut(&Workspace, &Command, Result<&Changes, &DomainError>, &World),
) {
    for step in steps {
        let command = step.command(world);
        let before = world.workspace.clone();
        let result = world.run(command.clone());
        look(&before, &command, result.as_ref(), world);
    }
}

fn records(workspace: &Workspace) -> BTreeMap<Key, Record> {
    workspace
        .records()
        .map(|record| (record.key(), record))
        .collect()
}

proptest! {
    #[test]
    fn every_open_deal_counts_for_at_most_one_rule_and_is_found_by_its_link(
        mut world in world(), steps in steps(),
    ) {
        play(&mut world, &steps, |_, _, _, _| {});
        let workspace = &world.workspace;
        let open = workspace.deals.values().filter(|deal| deal.is_open()).count();
        let uses = uses(workspace, &workspace.rules, all_briefs(workspace));
        prop_assert!(uses.values().map(|used| used.deals).sum::<usize>() <= open);
        let alphabet = workspace.alphabet(Plain::collate);
        for (rule, used) in uses {
            for (elsewhere, count) in [(false, used.deals), (true, used.elsewhere)] {
                let by = Some(ByRule { rule, elsewhere });
                let filter = Filter { rule: by, ..Filter::default() };
                let found = listed(workspace, &filter, Tab::Open, Sort::default(), world.here(), &alphabet);
                prop_assert_eq!(found.len(), count);
                let found: BTreeSet<DealId> = found.into_iter().collect();
                let fits = fitting(workspace, &workspace.rules, rule, elsewhere, &alphabet);
                prop_assert_eq!(fits.iter().map(|deal| deal.id).collect::<BTreeSet<_>>(), found);
            }
        }
    }

    #[test]
    fn a_suggestion_can_be_taken_or_dismissed_and_then_is_gone(
        mut world in world(), steps in steps(),
    ) {
        play(&mut world, &steps, |_, _, _, _| {});
        let suggested: Vec<_> = world.workspace.deals.values()
            .filter_map(|deal| Some((deal.id, suggest_for(&world.workspace, deal)?.process)))
            .collect();
        for (deal, process) in suggested {
            let mut other = world.clone();
            other.run(Command::ChangeProcess { deals: [deal].into(), process }).unwrap();
            prop_assert_eq!(suggest_for(&other.workspace, other.deal(deal)), None);
            world.run(Command::DismissSuggestion { deal, process }).unwrap();
            prop_assert_eq!(suggest_for(&world.workspace, world.deal(deal)), None);
        }
    }

    #[test]
    fn any_sequence_can_be_taken_back_and_done_again(mut world in world(), steps in steps()) {
        let start = world.workspace.clone();
        let mut done = Vec::new();
        play(&mut world, &steps, |_, _, result, _| done.extend(result.ok().cloned()));
        let end = world.workspace.clone();
        for changes in done.iter().rev() {
            prop_assert_eq!(install(&mut world.workspace, &changes.inverse()), Ok(()));
        }
        prop_assert_eq!(&world.workspace, &start);
        for changes in &done {
            prop_assert_eq!(install(&mut world.workspace, changes), Ok(()));
        }
        prop_assert_eq!(&world.workspace, &end);
    }

    #[test]
    fn a_refused_command_changes_nothing(mut world in world(), steps in steps()) {
        play(&mut world, &steps, |before, command, result, world| {
            if let Err(error) = result {
                assert_eq!(before, &world.workspace, "{command:?}");
                assert!(error.to_string().ends_with('.'), "{error}");
            }
        });
    }

    #[test]
    fn changes_name_exactly_what_is_different(mut world in world(), steps in steps()) {
        play(&mut world, &steps, |before, command, result, world| {
            let Ok(changes) = result else { return };
            let (before, after) = (records(before), records(&world.workspace));
            let keys: BTreeSet<Key> = before.keys().chain(after.keys()).copied().collect();
            let different = keys.into_iter().filter(|key| before.get(key) != after.get(key));
            let named: Vec<Key> = changes.keys().collect();
            assert_eq!(named, different.collect::<Vec<_>>(), "{command:?}");
            for change in &changes.0 {
                assert_eq!(change.before.as_ref(), before.get(&change.key), "{command:?}");
                assert_eq!(change.after.as_ref(), after.get(&change.key), "{command:?}");
            }
        });
    }

    #[test]
    fn everything_fits_together_after_any_command(mut world in world(), steps in steps()) {
        play(&mut world, &steps, |_, command, _, world| {
            assert_eq!(check(&world.workspace), Ok(()), "{command:?}");
            fits(&world.workspace, command);
        });
    }

    #[test]
    fn a_step_is_not_undone_over_a_later_change(mut world in world(), steps in steps()) {
        let mut last: BTreeMap<Key, Changes> = BTreeMap::new();
        play(&mut world, &steps, |_, _, result, world| {
            let Ok(changes) = result else { return };
            for key in changes.keys() {
                let Some(earlier) = last.insert(key, changes.clone()) else { continue };
                let mut workspace = world.workspace.clone();
                let came_back = earlier.0.iter().all(|c| workspace.get(c.key) == c.after);
                if !came_back {
                    let undone = install(&mut workspace, &earlier.inverse());
                    assert_eq!(undone, Err(DomainError::Stale));
                    assert_eq!(workspace, world.workspace);
                }
            }
        });
    }

    #[test]
    fn the_summary_is_the_sum_over_the_processes(mut world in world(), steps in steps()) {
        play(&mut world, &steps, |_, _, _, _| {});
        let workspace = &world.workspace;
        let deals = || workspace.deals.values().map(AsRef::as_ref);
        let briefs = all_briefs(workspace);
        let all = summary(&briefs);
        let (mut count, mut value, mut weighted) = (0, Total::default(), WeightedTotal::default());
        for process in open_by_process(workspace, &briefs, world.now, world.today()) {
            let rows = process.rows.iter().map(|row| row.tally.all.count);
            prop_assert_eq!(rows.sum::<usize>(), process.total.all.count);
            count += process.total.all.count;
            value.add_total(process.total.all.value);
            weighted.add_total(process.total.weighted);
        }
        prop_assert_eq!((count, value), (all.open.all.count, all.open.all.value));
        prop_assert_eq!(weighted, all.open.weighted);
        prop_assert_eq!(count, deals().filter(|deal| deal.is_open()).count());
        let worth: i128 = deals().filter(|d| d.is_open()).filter_map(|d| d.value).map(|v| i128::from(v.minor())).sum();
        prop_assert_eq!(value.minor(), worth);

        let (mut count, mut value) = (0, Total::default());
        for process in closed_by_process(workspace, &briefs) {
            count += process.total.all().count;
            value.add_total(process.total.all().value);
        }
        prop_assert_eq!((count, value), (all.closed.all().count, all.closed.all().value));
        prop_assert_eq!(count, deals().filter(|deal| !deal.is_open()).count());
    }
}

/// What must hold of any workspace, put plainly.
fn fits(workspace: &Workspace, after: &Command) {
    let default = &workspace.processes[&workspace.default_process()];
    assert!(!default.archived, "{after:?}");
    let ordered: BTreeSet<_> = workspace.order.order.iter().collect();
    assert_eq!(ordered.len(), workspace.order.order.len(), "{after:?}");
    assert!(
        ordered.into_iter().eq(workspace.processes.keys()),
        "{after:?}"
    );
    for deal in workspace.deals.values() {
        fits_deal(workspace, deal, after);
    }
}

/// The chance of an open deal by the rules, put plainly.
fn open_chance(process: &Process, deal: &Deal) -> Chance {
    let empty = Progress::default();
    let progress = deal.progress.get(&process.id).unwrap_or(&empty);
    if let Some(typed) = progress.chance {
        return typed;
    }
    let (mut ticked, mut all) = (0, 0);
    let mut reached = Chance::NONE;
    for stage in &process.stages {
        for sub in &stage.sub_stages {
            let weight = u32::from(sub.weight);
            all += weight;
            if progress.ticks.contains_key(&sub.id) {
                ticked += weight;
            }
        }
        if deal.current_stage(process).id() == Some(stage.id) {
            reached = stage.chance.unwrap_or(Chance::NONE);
        }
    }
    let permille = (ticked * 2_000 + all).checked_div(all * 2).unwrap_or(0);
    let share = Chance::from_permille(permille as u16).unwrap();
    share.max(reached)
}

fn fits_deal(workspace: &Workspace, deal: &Deal, after: &Command) {
    let process = &workspace.processes[&deal.process];
    let closed = deal
        .outcome()
        .map(|outcome| outcome == pipewright::domain::record::deal::Outcome::Won);
    match closed {
        Some(true) => assert_eq!(deal.chance(process), Chance::CERTAIN),
        Some(false) => assert_eq!(deal.chance(process), Chance::NONE),
        None => assert_eq!(deal.chance(process), open_chance(process, deal)),
    }
    for (id, progress) in &deal.progress {
        let process = &workspace.processes[id];
        for sub_stage in progress.ticks.keys() {
            assert!(process.sub_stage(*sub_stage).is_some(), "{after:?}");
        }
        let runs = progress
            .stays
            .iter()
            .filter(|stay| stay.left.is_none())
            .count();
        let is_present = deal.is_open() && *id == deal.process && !process.stages.is_empty();
        assert_eq!(runs, usize::from(is_present), "{after:?}");
        if is_present {
            let last = progress.stays.last().unwrap();
            assert_eq!(
                (last.left, Some(last.stage)),
                (None, deal.current_stage(process).id())
            );
        }
        for pair in progress.stays.windows(2) {
            assert!(
                pair[0].left.is_some_and(|left| left <= pair[1].entered),
                "{after:?}"
            );
        }
    }
}

/// Names every kind of command; one that is not among them does not compile.
macro_rules! kinds {
    ($($kind:ident),+ $(,)?) => {
        const KINDS: [&str; [$(stringify!($kind)),+].len()] = [$(stringify!($kind)),+];

        fn kind_of(command: &Command) -> &'static str {
            match command { $(Command::$kind { .. } => stringify!($kind)),+ }
        }
    };
}

kinds! {
    AddDeal,
    EditDeal,
    DuplicateDeal,
    DeleteDeals,
    Tick,
    Untick,
    MoveToStage,
    SetChance,
    ChangeProcess,
    BulkEdit,
    DismissSuggestion,
    Snooze,
    SetNextStep,
    DoNextStep,
    AddNote,
    EditNote,
    DeleteNote,
    SaveRules,
    Close,
    Reopen,
    AddCustomer,
    EditCustomer,
    DeleteCustomers,
    SaveProcess,
    SetUpProcesses,
    ReshapeProcess,
    MergeProcesses,
    ReplaceProcess,
    DuplicateProcess,
    MakeDefault,
    Archive,
    DeleteProcess,
    MoveProcess,
    EditList,
    SetCurrency,
    SetLocale,
    SetMe,
    SaveView,
    DeleteView,
    Import,
    Restore,
}

/// The laws say nothing about commands that are never tried: every kind of
/// command is accepted at times, and refused at times.
#[test]
fn the_strategies_reach_every_command() {
    let mut runner = TestRunner::new_with_rng(
        Config::default(),
        proptest::test_runner::TestRng::deterministic_rng(
            proptest::test_runner::RngAlgorithm::ChaCha,
        ),
    );
    let mut accepted: BTreeSet<&str> = BTreeSet::new();
    let mut refused: BTreeSet<&str> = BTreeSet::new();
    for _ in 0..600 {
        let (mut world, steps) = (world(), steps()).new_tree(&mut runner).unwrap().current();
        play(&mut world, &steps, |_, command, result, _| {
            match result {
                Ok(_) => accepted.insert(kind_of(command)),
                Err(_) => refused.insert(kind_of(command)),
            };
        });
    }
    let all = BTreeSet::from(KINDS);
    assert_eq!(accepted, all, "kinds that are accepted at times");
    assert_eq!(refused, all, "kinds that are refused at times");
}
