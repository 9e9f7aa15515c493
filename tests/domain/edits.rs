//! Safe edits and bulk changes (§2.6 and §6.4), by example and by law.

use std::collections::{BTreeMap, BTreeSet};

use pipewright::domain::change::affected::{leaving, of_entry, of_process};
use pipewright::domain::change::apply::install;
use pipewright::domain::change::bulk::{BulkChange, blocked, switch};
use pipewright::domain::change::command::{Choice, Command, ListEdit, Succession};
use pipewright::domain::change::reshape::ProcessMap;
use pipewright::domain::record::check::check;
use pipewright::domain::record::deal::{Deal, What};
use pipewright::domain::record::list::ListKind;
use pipewright::domain::record::process::Process;
use pipewright::domain::record::rule::Rule;
use pipewright::domain::record::workspace::Workspace;
use pipewright::domain::value::id::DealId;
use pipewright::domain::value::money::Money;
use pipewright::domain::value::time::Date;
use proptest::prelude::*;

use crate::support::desk::{Desk, process};
use crate::support::edits::proposed;
use crate::support::steps::{Step, step};
use crate::support::worlds::world;
use crate::support::{World, draft, form_of};

const TWO: &str = "Plain: Find[a10,b10] Offer[c80]\nLarge: Find[a20] Plan[x20] Sign[c60]";

/// Saves the deal's present process without some of its parts; `to` names the
/// stages that take over.
fn reshape(
    desk: &mut Desk,
    to: &[(&str, &str)],
    change: impl FnOnce(&mut Process),
) -> Result<(), String> {
    let before = desk.process().clone();
    let mut after = before.clone();
    change(&mut after);
    let mut map = proposed(&before, &after);
    for (from, to) in to {
        map.stages.insert(desk.stage(from), desk.stage(to));
    }
    let process = after;
    let done = desk.world.run(Command::ReshapeProcess { process, map });
    done.map(drop).map_err(|error| error.to_string())
}

/// Merges a process into another by the proposals and the named stages.
fn merge(world: &mut World, from: &str, into: &str, to: &[(&str, &str)]) -> Result<(), String> {
    let (before, after) = (world.process(from).clone(), world.process(into).clone());
    let mut map = proposed(&before, &after);
    let named = |process: &Process, name: &str| {
        let mut stages = process.stages.iter();
        stages.find(|s| s.name.as_str() == name).unwrap().id
    };
    for (from, to) in to {
        map.stages.insert(named(&before, from), named(&after, to));
    }
    let (from, into) = (before.id, after.id);
    let done = world.run(Command::MergeProcesses(Succession { from, into, map }));
    done.map(drop).map_err(|error| error.to_string())
}

fn make_default(desk: &mut Desk, name: &str) {
    let id = desk.world.process(name).id;
    desk.world.run(Command::MakeDefault(id)).unwrap();
}

fn set_aside(deal: &Deal) -> Vec<(String, String)> {
    let events = deal.history.iter().filter_map(|event| match &event.what {
        What::TickSetAside { name, note, .. } => Some((name.to_string(), note.clone())),
        _ => None,
    });
    events.collect()
}

#[test]
fn a_deleted_stage_hands_its_deals_on() {
    let mut desk = Desk::after(TWO, "wait 60; tick c = Sent; wait 60");
    let error = reshape(&mut desk, &[], |p| drop(p.stages.pop())).unwrap_err();
    assert_eq!(error, "Choose where the deals of “Offer” go.");
    reshape(&mut desk, &[("Offer", "Find")], |p| drop(p.stages.pop())).unwrap();
    assert_eq!(desk.state(), "Find 0%");
    assert_eq!(desk.times(), "Find 120");
    assert_eq!(
        set_aside(desk.deal()),
        [("c".to_owned(), "Sent".to_owned())]
    );
}

#[test]
fn a_deal_keeps_its_stage_when_the_tick_that_led_there_goes() {
    let mut desk = Desk::after(TWO, "tick c");
    reshape(&mut desk, &[], |p| p.stages[1].sub_stages.clear()).unwrap();
    assert_eq!(desk.state(), "Offer 0%");
}

#[test]
fn parked_and_closed_deals_follow_too() {
    for steps in ["tick c; wait 20; to Large", "tick c; wait 20; lost"] {
        let mut desk = Desk::after(TWO, steps);
        let before = desk.world.process("Plain").clone();
        let mut process = before.clone();
        process.stages.pop();
        let mut map = ProcessMap::default();
        let (gone, target) = (before.stages[1].id, before.stages[0].id);
        map.stages.insert(gone, target);
        map.sub_stages.insert(
            before.stages[1].sub_stages[0].id,
            before.stages[0].sub_stages[0].id,
        );
        desk.world
            .run(Command::ReshapeProcess { process, map })
            .unwrap();
        assert_eq!(check(&desk.world.workspace), Ok(()));
        let progress = desk.deal().progress_in(before.id);
        assert_eq!(progress.ticks.len(), 1, "{steps}");
        assert_eq!(progress.furthest_stage(&before), Some(target), "{steps}");
        assert_eq!(set_aside(desk.deal()), [], "{steps}");
    }
}

#[test]
fn an_edit_of_the_process_is_no_change_of_the_deal() {
    let mut desk = Desk::after(TWO, "tick c; wait 5000");
    let touched = desk.deal().touched;
    reshape(&mut desk, &[("Offer", "Find")], |p| drop(p.stages.pop())).unwrap();
    assert_eq!(desk.deal().touched, touched);
}

#[test]
fn merging_carries_deals_and_ticks_by_name() {
    let mut desk = Desk::after(TWO, "tick a; tick b; tick c; wait 30");
    make_default(&mut desk, "Large");
    let error = merge(&mut desk.world, "Plain", "Large", &[]).unwrap_err();
    assert_eq!(error, "Choose where the deals of “Offer” go.");
    merge(&mut desk.world, "Plain", "Large", &[("Offer", "Plan")]).unwrap();
    // a stands in the same stage, c is unique in both, b is nowhere.
    assert_eq!(desk.state(), "Sign 80% a c");
    assert_eq!(set_aside(desk.deal()), [("b".to_owned(), String::new())]);
    assert_eq!(desk.world.workspace.processes.len(), 1);
    let last = &desk.deal().history.last().unwrap().what;
    assert!(matches!(last, What::ProcessChanged { .. }), "{last:?}");
}

#[test]
fn merging_keeps_the_earliest_tick_and_every_note() {
    let mut desk = Desk::after(
        TWO,
        "tick a = First; wait 20; to Large; tick a = Second; wait 20",
    );
    let first = desk.world.now.plus_minutes(-40);
    make_default(&mut desk, "Large");
    merge(&mut desk.world, "Plain", "Large", &[]).unwrap();
    let progress = desk.progress();
    let tick = progress.ticks.values().next().unwrap();
    assert_eq!((tick.at, tick.note.as_str()), (first, "First"));
    assert_eq!(
        set_aside(desk.deal()),
        [("a".to_owned(), "Second".to_owned())]
    );
    assert_eq!(desk.times(), "Find 40, Plan 0, Sign 0");
}

#[test]
fn a_process_is_not_merged_into_itself_or_the_archive_nor_while_it_is_the_default() {
    let mut desk = Desk::after(TWO, "");
    let words = "“Plain” is the default. Make another process the default first.";
    assert_eq!(
        merge(&mut desk.world, "Plain", "Large", &[]).unwrap_err(),
        words
    );
    let words = "There is nothing to change.";
    assert_eq!(
        merge(&mut desk.world, "Large", "Large", &[]).unwrap_err(),
        words
    );
    make_default(&mut desk, "Large");
    let plain = desk.world.process("Plain").id;
    desk.world.run(Command::Archive(plain, true)).unwrap();
    make_default(&mut desk, "Large");
    let other = process(&mut desk.world, "Other: Find[a1]");
    desk.world.run(Command::SaveProcess(other)).unwrap();
    let words = "“Plain” is archived and can't be chosen any more.";
    assert_eq!(
        merge(&mut desk.world, "Other", "Plain", &[]).unwrap_err(),
        words
    );
}

#[test]
fn what_an_edit_concerns_is_counted_beforehand() {
    let mut desk = Desk::after(TWO, "tick c; wait 20; to Large");
    let plain = desk.world.process("Plain").clone();
    let mut rich = draft("Rich", plain.id);
    rich.value = Money::from_minor(70_000);
    let rich = desk.world.add(rich);
    desk.world.add(draft("Next", plain.id));
    let workspace = &desk.world.workspace;
    let all = of_process(workspace, plain.id);
    assert_eq!((all.open, all.closed, all.parked), (2, 0, 1));
    assert_eq!(all.value.minor(), 70_000);

    let mut edited = plain.clone();
    edited.stages[1].sub_stages.clear();
    let leaving = leaving(workspace, &plain, &edited);
    assert_eq!(leaving.stages, []);
    assert_eq!(leaving.sub_stages.len(), 1);
    assert_eq!(leaving.all.parked, 1);
    let mut emptied = plain.clone();
    emptied.stages.clear();
    let leaving = self::leaving(workspace, &plain, &emptied);
    let counts = leaving
        .stages
        .iter()
        .map(|part| (part.affected.deals(), part.standing));
    assert_eq!(counts.collect::<Vec<_>>(), [(2, 2), (1, 1)]);

    let both = BTreeSet::from([desk.id, rich]);
    let found = switch(workspace, &both, plain.id);
    assert_eq!((found.already, found.empty, found.resumed), (1, 0, 1));
}

#[test]
fn an_entry_in_use_is_replaced_everywhere() {
    for kind in [ListKind::Owners, ListKind::Categories, ListKind::Sources] {
        let mut desk = Desk::after(TWO, "");
        let (ann, bob) = (desk.world.entry(kind, "Ann"), desk.world.entry(kind, "Bob"));
        let mut form = form_of(desk.deal());
        let field = match kind {
            ListKind::Owners => &mut form.owner,
            ListKind::Categories => &mut form.category,
            _ => &mut form.source,
        };
        *field = Choice::Existing(ann);
        desk.world.run(Command::EditDeal(desk.id, form)).unwrap();
        assert_eq!(of_entry(&desk.world.workspace, kind, ann).deals.open, 1);
        let edit = ListEdit::Replace(ann, Some(bob));
        desk.world.run(Command::EditList(kind, edit)).unwrap();
        assert_eq!(of_entry(&desk.world.workspace, kind, bob).deals.open, 1);
        assert!(desk.world.workspace.list(kind).get(ann).is_none());
        let last = desk.deal().history.last().unwrap().what.clone();
        let What::Edited { from, to, .. } = last else {
            panic!("{last:?}")
        };
        assert_eq!((from.as_str(), to.as_str()), ("Ann", "Bob"));
    }
}

#[test]
fn an_entry_that_a_rule_alone_names_is_in_use_and_can_be_replaced() {
    let mut desk = Desk::after(TWO, "");
    let kind = ListKind::Segments;
    let (small, large) = (
        desk.world.entry(kind, "Small"),
        desk.world.entry(kind, "Large"),
    );
    let rule = Rule {
        id: desk.world.fresh(),
        segments: BTreeSet::from([small]),
        categories: BTreeSet::new(),
        owners: BTreeSet::new(),
        value_at_least: None,
        value_below: None,
        then: desk.process().id,
    };
    desk.world.run(Command::SaveRules(vec![rule])).unwrap();
    let used = of_entry(&desk.world.workspace, kind, small);
    assert_eq!((used.customers, used.deals.deals(), used.rules), (0, 0, 1));
    assert!(!used.is_empty());
    let delete = Command::EditList(kind, ListEdit::Delete(small));
    let refused = desk.world.run(delete).unwrap_err();
    assert!(refused.to_string().contains("1 rule"), "{refused}");
    let replace = ListEdit::Replace(small, Some(large));
    desk.world.run(Command::EditList(kind, replace)).unwrap();
    let rules = &desk.world.workspace.rules;
    assert!(rules.iter().all(|rule| rule.names_entry(kind, large)));
    assert_eq!(of_entry(&desk.world.workspace, kind, large).rules, 1);
}

#[test]
fn a_segment_is_replaced_on_its_customers() {
    let mut desk = Desk::after(TWO, "");
    let small = desk.world.entry(ListKind::Segments, "Small");
    let mut form = form_of(desk.deal());
    form.customer = Choice::New("Acme".to_owned());
    form.segment = Choice::Existing(small);
    desk.world.run(Command::EditDeal(desk.id, form)).unwrap();
    let used = of_entry(&desk.world.workspace, ListKind::Segments, small);
    assert_eq!((used.customers, used.deals.open), (1, 1));
    let edit = ListEdit::Replace(small, None);
    desk.world
        .run(Command::EditList(ListKind::Segments, edit))
        .unwrap();
    let mut customers = desk.world.workspace.customers.values();
    assert_eq!(customers.next().unwrap().segment, None);
}

#[test]
fn a_reason_that_must_be_given_needs_another_in_its_place() {
    let mut desk = Desk::after(TWO, "lost");
    let reason = desk.deal().closing.clone().unwrap().reason.unwrap();
    let replace = |desk: &mut Desk, by| {
        let edit = ListEdit::Replace(reason, by);
        desk.world
            .run(Command::EditList(ListKind::ReasonsLost, edit))
    };
    let error = replace(&mut desk, None).unwrap_err();
    assert_eq!(error.to_string(), "Choose a reason.");
    let other = desk.world.entry(ListKind::ReasonsLost, "Other things");
    replace(&mut desk, Some(other)).unwrap();
    assert_eq!(desk.deal().closing.clone().unwrap().reason, Some(other));
}

#[test]
fn who_i_am_follows_the_replacement() {
    let mut world = World::new();
    let ann = world.entry(ListKind::Owners, "Ann");
    let bob = world.entry(ListKind::Owners, "Bob");
    world.run(Command::SetMe(Some(ann))).unwrap();
    let edit = ListEdit::Replace(ann, Some(bob));
    world
        .run(Command::EditList(ListKind::Owners, edit))
        .unwrap();
    assert_eq!(world.workspace.settings.me, Some(bob));
}

#[test]
fn bulk_changes_are_noted_per_deal_and_touch_only_what_differs() {
    let mut desk = Desk::after(TWO, "");
    let ann = desk.world.entry(ListKind::Owners, "Ann");
    let process = desk.process().id;
    let other = desk.world.add(draft("Other", process));
    let change = BulkChange::Owner(Some(ann));
    let deals = BTreeSet::from([desk.id]);
    desk.world.run(Command::BulkEdit { deals, change }).unwrap();
    desk.world.wait(60);
    let deals = BTreeSet::from([desk.id, other]);
    let changes = desk.world.run(Command::BulkEdit { deals, change }).unwrap();
    assert_eq!(changes.0.len(), 1);
    assert_eq!(desk.world.deal(other).touched, desk.world.now);
    assert_ne!(desk.deal().touched, desk.world.now);
    let deals = BTreeSet::from([other]);
    let change = BulkChange::ExpectedClose(Some(Date::constant(3001, 1, 1)));
    let refused = desk.world.run(Command::BulkEdit { deals, change });
    assert_eq!(
        refused.unwrap_err().to_string(),
        "The expected close must be a date between 1900 and 2999."
    );
}

#[test]
fn winning_many_names_those_that_can_t_be_won_yet() {
    let mut desk = Desk::after("Plain: Find[a1!] Offer[b1!]", "tick a");
    let ready = desk.world.add(draft("Ready", desk.process().id));
    for sub_stage in [desk.sub("a"), desk.sub("b")] {
        let (deal, note) = (ready, String::new());
        desk.world
            .run(Command::Tick {
                deal,
                sub_stage,
                note,
            })
            .unwrap();
    }
    let deals = BTreeSet::from([desk.id, ready]);
    let blocked = blocked(&desk.world.workspace, &deals);
    let words: Vec<_> = blocked
        .iter()
        .map(|deal| (deal.name.as_str(), deal.missing[0].as_str()))
        .collect();
    assert_eq!(words, [("Deal", "b")]);
}

fn notes(deal: &Deal) -> BTreeSet<String> {
    let ticks = deal.progress.values().flat_map(|p| p.ticks.values());
    let ticks = ticks.map(|tick| tick.note.clone());
    let events = deal.history.iter().filter_map(|event| match &event.what {
        What::Ticked { note, .. }
        | What::Unticked { note, .. }
        | What::TickSetAside { note, .. } => Some(note.clone()),
        _ => None,
    });
    ticks
        .chain(events)
        .filter(|note| !note.is_empty())
        .collect()
}

fn is_structural(command: &Command) -> bool {
    matches!(
        command,
        Command::SaveProcess(_)
            | Command::ReshapeProcess { .. }
            | Command::MergeProcesses(_)
            | Command::ReplaceProcess(_)
            | Command::DeleteProcess(_)
            | Command::DuplicateProcess(_)
            | Command::MakeDefault(_)
            | Command::MoveProcess(..)
            | Command::Archive(..)
            | Command::SaveRules(_)
            | Command::EditList(..)
    )
}

fn worth(workspace: &Workspace) -> BTreeMap<DealId, (Option<Money>, bool, String)> {
    let deals = workspace.deals.values();
    deals
        .map(|deal| (deal.id, (deal.value, deal.is_open(), deal.name.to_string())))
        .collect()
}

proptest! {
    #[test]
    fn no_structural_edit_loses_a_deal_its_value_or_a_note(
        mut world in world(),
        steps in prop::collection::vec(step(), 1..60),
    ) {
        for step in &steps {
            let command = Step::command(step, &mut world);
            let before = world.workspace.clone();
            let Ok(changes) = world.run(command.clone()) else { continue };
            if !is_structural(&command) {
                continue;
            }
            prop_assert_eq!(worth(&before), worth(&world.workspace), "{:?}", command);
            prop_assert_eq!(check(&world.workspace), Ok(()), "{:?}", command);
            for (id, deal) in &before.deals {
                let after = world.deal(*id);
                prop_assert!(notes(deal).is_subset(&notes(after)), "{:?}", command);
                prop_assert_eq!(deal.touched, after.touched);
                prop_assert!(after.history.starts_with(&deal.history));
                let ticked = |deal: &Deal| deal.progress.values().any(|p| !p.ticks.is_empty());
                let told = after.history.len() > deal.history.len();
                prop_assert!(!ticked(deal) || ticked(after) || told, "{:?}", command);
            }
            let mut undone = world.workspace.clone();
            prop_assert_eq!(install(&mut undone, &changes.inverse()), Ok(()));
            prop_assert_eq!(undone, before, "{:?}", command);
        }
    }
}
