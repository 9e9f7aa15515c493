//! Processes and their edits (§2), by example.

use pipewright::domain::change::command::{Command, ImportKind};
use pipewright::domain::record::process::{Process, Stage};
use pipewright::domain::record::workspace::Record;

use crate::support::desk::{Desk, process};
use crate::support::{World, draft, name};

const TWO: &str = "Plain: Find[a10] Offer[b90]\nLarge: Plan[x20] Sign[y80]";

/// Edits the deal's present process as the configurator would.
fn edit(desk: &mut Desk, change: impl FnOnce(&mut Process)) -> Result<(), String> {
    let mut draft = desk.process().clone();
    change(&mut draft);
    save(&mut desk.world, draft)
}

fn save(world: &mut World, process: Process) -> Result<(), String> {
    world
        .run(Command::SaveProcess(process))
        .map(drop)
        .map_err(|error| error.to_string())
}

#[test]
fn renames_and_reorders_keep_all_ticks() {
    let mut desk = Desk::after(TWO, "tick a; tick b");
    edit(&mut desk, |process| {
        process.name = name("Simple");
        process.stages[0].name = name("Seek");
        process.stages[0].sub_stages[0].name = name("aa");
        process.stages.reverse();
    })
    .unwrap();
    assert_eq!(desk.state(), "Seek 100% b aa");
}

#[test]
fn a_changed_weight_changes_the_chance_at_once() {
    let mut desk = Desk::after(TWO, "tick a");
    edit(&mut desk, |process| {
        process.stages[0].sub_stages[0].weight = 30
    })
    .unwrap();
    assert_eq!(desk.state(), "Find 25% a");
}

#[test]
fn an_edit_of_the_process_does_not_touch_the_deal() {
    let mut desk = Desk::after(TWO, "tick a; wait 5000");
    let touched = desk.deal().touched;
    edit(&mut desk, |process| process.stages.reverse()).unwrap();
    assert_eq!(desk.deal().touched, touched);
}

#[test]
fn what_deals_use_can_not_be_deleted() {
    for steps in ["tick b", "tick b; lost", "tick b; to Large"] {
        let mut desk = Desk::after(TWO, steps);
        let mut plain = desk.world.process("Plain").clone();
        let parked = desk.process().id != plain.id;
        plain.stages[1].sub_stages.clear();
        let refused = save(&mut desk.world, plain.clone()).unwrap_err();
        assert_eq!(
            refused, "“b” can't be deleted: it is used by 1 deal.",
            "{steps}"
        );
        if parked {
            let command = Command::DeleteProcess(desk.world.process("Large").id);
            let refused = desk.world.run(command).unwrap_err().to_string();
            assert_eq!(refused, "“Large” can't be deleted: it is used by 1 deal.");
        }
    }
}

#[test]
fn a_stage_that_a_deal_is_in_can_not_be_deleted() {
    let mut desk = Desk::after(TWO, "move Offer");
    let refused = edit(&mut desk, |process| drop(process.stages.pop())).unwrap_err();
    assert_eq!(refused, "“Offer” can't be deleted: it is used by 1 deal.");
}

#[test]
fn a_process_that_only_parks_progress_can_not_be_deleted() {
    let mut desk = Desk::after(TWO, "to Large; tick x; to Plain");
    let large = desk.world.process("Large").id;
    let refused = desk.world.run(Command::DeleteProcess(large)).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "“Large” can't be deleted: it is used by 1 deal."
    );
}

#[test]
fn what_nothing_uses_can_be_deleted() {
    let mut desk = Desk::after(TWO, "tick a");
    edit(&mut desk, |process| drop(process.stages.pop())).unwrap();
    assert_eq!(desk.state(), "Find 100% a");
    let large = desk.world.process("Large").id;
    desk.world.run(Command::DeleteProcess(large)).unwrap();
    assert_eq!(desk.world.workspace.processes.len(), 1);
    assert_eq!(desk.world.workspace.order.order.len(), 1);
}

#[test]
fn the_default_can_not_be_archived_or_deleted_until_another_is_it() {
    let mut desk = Desk::after(TWO, "");
    let (plain, large) = (
        desk.world.process("Plain").id,
        desk.world.process("Large").id,
    );
    let words = "“Plain” is the default. Make another process the default first.";
    for command in [Command::Archive(plain, true), Command::DeleteProcess(plain)] {
        assert_eq!(desk.world.run(command).unwrap_err().to_string(), words);
    }
    let refused = edit(&mut desk, |process| process.archived = true).unwrap_err();
    assert_eq!(refused, words);

    desk.world.run(Command::MakeDefault(large)).unwrap();
    assert_eq!(desk.world.workspace.default_process(), large);
    desk.world.run(Command::Archive(plain, true)).unwrap();
    let refused = desk.world.run(Command::MakeDefault(plain)).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "“Plain” is archived and can't be chosen any more."
    );
}

#[test]
fn names_are_unique_without_regard_to_case() {
    let mut world = Desk::after(TWO, "").world;
    let twice = process(&mut world, "PLAIN: S[a1]");
    let taken = "There is already a sales process named “PLAIN”.";
    assert_eq!(save(&mut world, twice).unwrap_err(), taken);
    let twice = process(&mut world, "New: S[a1] s[b1]");
    let taken = "There is already a stage named “s”.";
    assert_eq!(save(&mut world, twice).unwrap_err(), taken);
    let twice = process(&mut world, "New: S[a1,A1]");
    let taken = "There is already a sub-stage named “A”.";
    assert_eq!(save(&mut world, twice).unwrap_err(), taken);
    let fine = process(&mut world, "New: S[a1] T[a1]");
    save(&mut world, fine).unwrap();
}

#[test]
fn a_process_may_be_renamed_to_itself_in_another_case() {
    let mut desk = Desk::after(TWO, "");
    edit(&mut desk, |process| process.name = name("PLAIN")).unwrap();
    assert_eq!(desk.process().name.as_str(), "PLAIN");
}

#[test]
fn weights_end_at_a_hundred() {
    let mut desk = Desk::after(TWO, "");
    let refused = edit(&mut desk, |process| {
        process.stages[0].sub_stages[0].weight = 101
    })
    .unwrap_err();
    assert_eq!(
        refused,
        "The weight of “a” must be a whole number from 0 to 100."
    );
}

#[test]
fn a_copy_has_a_life_of_its_own() {
    let mut desk = Desk::after(TWO, "tick a");
    let plain = desk.process().clone();
    desk.world.run(Command::DuplicateProcess(plain.id)).unwrap();
    desk.world.run(Command::DuplicateProcess(plain.id)).unwrap();
    let copy = desk.world.process("Plain (copy)").clone();
    assert_eq!(copy.total_weight(), plain.total_weight());
    desk.play("to Plain (copy 2); to Plain (copy)");
    assert_eq!(desk.state(), "Find 0%");
    let stages = |process: &Process| process.stages.iter().map(|s| s.id).collect::<Vec<_>>();
    assert!(stages(&plain).iter().all(|id| !stages(&copy).contains(id)));
}

#[test]
fn the_order_of_processes_is_the_users() {
    let mut world = Desk::after("A:\nB:\nC:", "").world;
    let c = world.process("C").id;
    world.run(Command::MoveProcess(c, 0)).unwrap();
    let order: Vec<_> = world
        .workspace
        .processes_in_order()
        .map(|p| p.name.as_str())
        .collect();
    assert_eq!(order, ["C", "A", "B"]);
    assert_eq!(world.workspace.default_process(), world.process("A").id);
}

#[test]
fn deals_follow_an_edit_that_puts_them_into_another_stage() {
    let mut desk = Desk::after(TWO, "wait 60; move Offer; wait 60");
    edit(&mut desk, |process| {
        let last = Stage {
            id: process.stages[0].id,
            ..process.stages[0].clone()
        };
        process.stages.push(last);
        process.stages.remove(0);
    })
    .unwrap();
    assert_eq!(desk.state(), "Offer 0%");
    desk.world.wait(30);
    assert_eq!(desk.times(), "Offer 90, Find 60");
    assert_eq!(desk.furthest(), "Find");
}

#[test]
fn stages_come_to_a_process_that_had_none() {
    let mut desk = Desk::after("Empty:", "wait 60");
    let new = process(&mut desk.world, "Empty: S[a1]").stages;
    edit(&mut desk, |process| process.stages = new).unwrap();
    desk.play("wait 30");
    assert_eq!(
        (desk.state().as_str(), desk.times().as_str()),
        ("S 0%", "S 30")
    );
    let id = desk.process().id;
    desk.world.add(draft("Next", id));
}

#[test]
fn deals_follow_an_import_that_brings_stages_too() {
    let mut desk = Desk::after("Empty:", "wait 60");
    let stages = process(&mut desk.world, "Empty: S[a1]").stages;
    let edited = Process {
        stages,
        ..desk.process().clone()
    };
    let records = vec![Record::Process(std::sync::Arc::new(edited))];
    desk.world
        .run(Command::Import(ImportKind::Deals, records))
        .unwrap();
    desk.play("wait 30");
    assert_eq!(
        (desk.state().as_str(), desk.times().as_str()),
        ("S 0%", "S 30")
    );
}
