//! Choosing and changing the process of a deal (§4.1, §4.2), by example.

use pipewright::domain::change::command::Command;
use pipewright::domain::record::deal::What;

use crate::support::desk::{Desk, check, check_refused};
use crate::support::{draft, form_of};

const TWO: &str = "Plain: Find[a10] Offer[b90]\nLarge: Plan[x20] Sign[y80]";

#[test]
fn the_first_time_in_a_process_nothing_is_carried_over() {
    check(TWO, "tick a; tick b; to Large", "Plan 0%");
    check("P: S[a10,b90]\nQ: S[a10,b90]", "tick a; to Q", "S 0%");
}

#[test]
fn going_back_shows_everything_as_it_was_left() {
    let mut desk = Desk::after(
        TWO,
        "wait 20; tick a = by phone; wait 20; tick b; chance 33",
    );
    let left = desk.progress();
    desk.play("wait 999; to Large; tick y; wait 20; to Plain");
    assert_eq!(desk.state(), "Offer 33% a b");
    let back = desk.progress();
    let kept = (&back.ticks, back.position, back.chance);
    assert_eq!(kept, (&left.ticks, left.position, left.chance));
    desk.play("to Large");
    assert_eq!(desk.state(), "Sign 80% y");
}

#[test]
fn an_explicit_position_is_left_and_found_again() {
    check(TWO, "move Offer; to Large; wait 60; to Plain", "Offer 0%");
}

#[test]
fn the_form_changes_the_process_too() {
    let mut desk = Desk::after(TWO, "tick a");
    let mut form = form_of(desk.deal());
    form.process = desk.world.process("Large").id;
    "Renamed".clone_into(&mut form.name);
    desk.world.run(Command::EditDeal(desk.id, form)).unwrap();
    assert_eq!(
        (desk.state().as_str(), desk.deal().name.as_str()),
        ("Plan 0%", "Renamed")
    );
    let last = &desk.deal().history.last().unwrap().what;
    let What::ProcessChanged { from, to } = last else {
        panic!("{last:?}")
    };
    assert_eq!((from.as_str(), to.as_str()), ("Plain", "Large"));
}

#[test]
fn a_change_of_process_is_one_step_to_undo() {
    let mut desk = Desk::after(TWO, "wait 30; tick a; wait 30");
    let before = desk.world.workspace.clone();
    let deals = [desk.id].into();
    let process = desk.world.process("Large").id;
    let changes = desk
        .world
        .run(Command::ChangeProcess { deals, process })
        .unwrap();
    pipewright::domain::change::apply::install(&mut desk.world.workspace, &changes.inverse())
        .unwrap();
    assert_eq!(desk.world.workspace, before);
}

#[test]
fn sub_stages_of_another_process_can_not_be_ticked() {
    let mut desk = Desk::after(TWO, "");
    let sub_stage = desk.sub("a");
    desk.play("to Large");
    let tick = Command::Tick {
        deal: desk.id,
        sub_stage,
        note: String::new(),
    };
    let error = desk.world.run(tick).unwrap_err();
    assert_eq!(error.to_string(), "This sub-stage is not there any more.");
}

#[test]
fn an_archived_process_can_not_be_chosen_but_its_deals_carry_on() {
    let mut desk = Desk::after(TWO, "");
    let large = desk.world.process("Large").id;
    desk.play("to Large");
    desk.world.run(Command::Archive(large, true)).unwrap();
    desk.play("tick x");
    assert_eq!(desk.state(), "Plan 20% x");

    let refused = desk
        .world
        .run(Command::AddDeal(draft("New", large)))
        .unwrap_err();
    assert_eq!(
        refused.to_string(),
        "“Large” is archived and can't be chosen any more."
    );
    desk.play("to Plain");
    assert!(desk.step("to Large").is_err());
}

#[test]
fn the_form_counts_the_deals_own_archived_process() {
    let mut desk = Desk::after(TWO, "to Large");
    let (plain, large) = (
        desk.world.process("Plain").id,
        desk.world.process("Large").id,
    );
    desk.world.run(Command::Archive(large, true)).unwrap();
    let choosable = |present| {
        let found = desk.world.workspace.choosable_processes(present);
        found
            .iter()
            .map(|process| process.name.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(choosable(None), ["Plain"]);
    assert_eq!(choosable(Some(plain)), ["Plain"]);
    assert_eq!(choosable(Some(large)), ["Plain", "Large"]);

    let form = form_of(desk.deal());
    assert!(desk.world.run(Command::EditDeal(desk.id, form)).is_ok());
}

#[test]
fn a_closed_deal_stays_in_its_process() {
    check_refused(TWO, "lost; to Large", "“Deal” is closed. Reopen it first.");
}
