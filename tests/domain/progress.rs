//! Progress of a deal in a process (§3), by example.

use pipewright::domain::change::apply::install;
use pipewright::domain::change::command::Command;
use pipewright::domain::change::report::moved;
use pipewright::domain::record::deal::What;
use pipewright::domain::value::error::DomainError;
use pipewright::domain::value::id::{DealId, StageId};

use crate::support::desk::{Desk, check, check_refused};
use crate::support::{draft, name};

const SALES: &str = "Sales: Find[a10,b10] Talk[c30] Offer[d50]";

#[test]
fn a_new_deal_is_in_the_first_stage() {
    check(SALES, "", "Find 0%");
}

#[test]
fn a_process_without_stages_has_no_current_stage() {
    check("Empty:", "", "Nowhere 0%");
}

#[test]
fn ticks_in_any_order_lead_to_the_furthest_stage_with_a_tick() {
    check(SALES, "tick a", "Find 10% a");
    check(SALES, "tick d", "Offer 50% d");
    check(SALES, "tick d; tick a", "Offer 60% a d");
    check(SALES, "tick d; tick c; untick d", "Talk 30% c");
}

#[test]
fn unticking_lowers_stage_and_chance() {
    check(SALES, "tick a; tick c; untick c", "Find 10% a");
    check(SALES, "tick a; untick a", "Find 0%");
}

#[test]
fn the_chance_is_a_share_of_all_weights_to_one_decimal() {
    check("P: S[a1,b1,c1]", "tick a", "S 33.3% a");
    check("P: S[a1,b1,c1]", "tick a; tick b", "S 66.7% a b");
    check("P: S[a1,b15]", "tick a", "S 6.3% a");
    check("P: S[a0,b0]", "tick a", "S 0% a");
}

#[test]
fn the_stages_own_chance_counts_where_it_is_greater() {
    let process = "P: Find[a10] Talk@40[b30] Offer@50[c60]";
    check(process, "tick a", "Find 10% a");
    check(process, "move Talk", "Talk 40%");
    check(process, "tick c", "Offer 60% c");
    check(process, "move Offer; tick a", "Offer 50% a");
}

#[test]
fn a_typed_chance_stands_until_cleared_in_that_process_only() {
    check(SALES, "tick a; chance 75.5", "Find 75.5% a");
    check(SALES, "chance 75; tick d", "Offer 75% d");
    check(SALES, "tick a; chance 75; chance -", "Find 10% a");
    check("P: S[a10,b90]\nQ: T[x1]", "chance 75; to Q", "T 0%");
    check(
        "P: S[a10,b90]\nQ: T[x1]",
        "chance 75; to Q; chance 5; to P",
        "S 75%",
    );
    check(SALES, "chance 0; tick d", "Offer 0% d");
}

#[test]
fn moving_forward_ticks_nothing() {
    check(SALES, "tick a; move Offer", "Offer 10% a");
}

#[test]
fn moving_back_unticks_what_is_later() {
    check(SALES, "tick a; tick c; tick d; move Talk", "Talk 40% a c");
    check(SALES, "move Offer; tick c; move Find", "Find 0%");
    check(SALES, "move Offer; move Talk; tick a", "Talk 10% a");
}

#[test]
fn a_tick_before_the_explicit_position_moves_nothing() {
    check(SALES, "move Talk; tick a; untick a", "Talk 0%");
}

#[test]
fn what_was_noted_is_kept_and_proposed_again() {
    let mut desk = Desk::after(SALES, "tick c = Budget is 20; wait 30; move Find");
    assert_eq!(desk.state(), "Find 0%");
    assert_eq!(
        desk.deal().earlier_note(desk.sub("c")),
        Some("Budget is 20")
    );
    desk.play("tick c; untick c");
    assert_eq!(
        desk.deal().earlier_note(desk.sub("c")),
        Some("Budget is 20")
    );
    assert_eq!(desk.deal().earlier_note(desk.sub("d")), None);
}

#[test]
fn ticking_again_keeps_the_date_and_takes_the_new_note() {
    let mut desk = Desk::after(SALES, "tick a = first");
    let at = desk.world.now;
    desk.play("wait 60; tick a = second");
    let tick = &desk.progress().ticks[&desk.sub("a")];
    assert_eq!((tick.at, tick.note.as_str()), (at, "second"));
}

#[test]
fn a_sub_stage_may_ask_for_a_note() {
    check("P: S[a10*]", "tick a = done", "S 100% a");
    check_refused("P: S[a10*]", "tick a", "“a” needs a note.");
    let mut desk = Desk::after("P: S[a10*]", "");
    let note = " \t\u{a0}\n".to_owned();
    let blank = Command::Tick {
        deal: desk.id,
        sub_stage: desk.sub("a"),
        note,
    };
    assert_eq!(
        desk.world.run(blank).unwrap_err().to_string(),
        "“a” needs a note."
    );
}

#[test]
fn the_history_says_what_happened_and_where_it_led() {
    let desk = Desk::after(SALES, "tick c; move Offer; move Talk; untick c; chance 5");
    let told: Vec<String> = desk
        .deal()
        .history
        .iter()
        .map(|event| tell(&event.what))
        .collect();
    let expected = [
        "created",
        "+c > Talk",
        "to Offer",
        "to Talk",
        "-c",
        "chance 5",
    ];
    assert_eq!(told, expected);
}

fn tell(what: &What) -> String {
    let led = |stage: &Option<_>| {
        stage
            .as_ref()
            .map(|s| format!(" > {s}"))
            .unwrap_or_default()
    };
    match what {
        What::Created => "created".to_owned(),
        What::Ticked { name, stage, .. } => format!("+{name}{}", led(stage)),
        What::Unticked { name, stage, .. } => format!("-{name}{}", led(stage)),
        What::TickSetAside { name, .. } => format!("aside {name}"),
        What::Moved { to } => format!("to {to}"),
        What::ChanceSet { chance } => format!("chance {}", chance.unwrap().to_plain()),
        other => format!("{other:?}"),
    }
}

#[track_caller]
fn check_times(steps: &str, times: &str, furthest: &str) {
    let desk = Desk::after(&format!("{SALES}\nOther: X[x1] Y[y1]"), steps);
    assert_eq!(desk.times(), times, "{steps}");
    assert_eq!(desk.furthest(), furthest, "{steps}");
}

#[test]
fn time_in_a_stage_is_the_sum_of_the_stays() {
    check_times(
        "wait 30; tick c; wait 20",
        "Find 30, Talk 20, Offer 0",
        "Talk",
    );
    check_times(
        "wait 30; tick c; wait 20; untick c; wait 15",
        "Find 45, Talk 20, Offer 0",
        "Talk",
    );
}

#[test]
fn a_stay_under_ten_minutes_leaves_no_trace() {
    check_times(
        "wait 30; tick d; wait 9; untick d; wait 5",
        "Find 44, Talk 0, Offer 0",
        "Find",
    );
    check_times(
        "wait 30; tick d; wait 10; untick d",
        "Find 30, Talk 0, Offer 10",
        "Offer",
    );
    check_times(
        "wait 30; tick d; wait 5; untick d; tick c",
        "Find 35, Talk 0, Offer 0",
        "Talk",
    );
    check_times(
        "wait 30; move Offer; wait 9; move Find",
        "Find 39, Talk 0, Offer 0",
        "Find",
    );
}

#[test]
fn time_stands_still_while_parked() {
    check_times(
        "wait 30; to Other; wait 500; to Sales; wait 7",
        "Find 37, Talk 0, Offer 0",
        "Find",
    );
}

#[test]
fn time_stands_still_while_closed() {
    check_times(
        "wait 30; tick c; wait 20; lost; wait 500",
        "Find 30, Talk 20, Offer 0",
        "Talk",
    );
    let reopened = "wait 30; tick c; wait 20; lost; wait 500; reopen; wait 7";
    check_times(reopened, "Find 30, Talk 27, Offer 0", "Talk");
}

#[test]
fn where_a_deal_ended_counts_however_short_it_was_there() {
    check_times(
        "wait 30; tick d; wait 2; lost; wait 60",
        "Find 30, Talk 0, Offer 2",
        "Offer",
    );
}

#[test]
fn a_move_says_where_to_and_what_it_took_away() {
    let mut desk = Desk::after(SALES, "tick a; tick c; tick d");
    let mut said = |stage: &str| {
        let stage = desk.stage(stage);
        let deals = [desk.id].into();
        let changes = desk.world.run(Command::MoveToStage { deals, stage });
        moved(&changes.unwrap())
    };
    let words = "Moved back to Find: 2 sub-stages of later stages unticked";
    assert_eq!(said("Find").as_deref(), Some(words));
    assert_eq!(said("Offer").as_deref(), Some("Moved to Offer"));
    assert_eq!(said("Offer"), None);
    assert_eq!(said("Find").as_deref(), Some("Moved to Find"));
}

/// A second deal of the process of the desk's, as far as these ticks.
fn second(desk: &mut Desk, process: &str, ticks: &[&str]) -> DealId {
    let process = desk.world.process(process).id;
    let deal = desk.world.add(draft("Second", process));
    for tick in ticks {
        let sub_stage = desk.sub(tick);
        let note = String::new();
        let tick = Command::Tick {
            deal,
            sub_stage,
            note,
        };
        desk.world.run(tick).unwrap();
    }
    deal
}

#[test]
fn several_deals_move_in_one_step_each_by_its_own_progress() {
    let mut desk = Desk::after(SALES, "tick a; tick c; tick d");
    let first = desk.id;
    let second = second(&mut desk, "Sales", &["b"]);
    let before = desk.world.workspace.clone();
    let stage = desk.stage("Talk");
    let deals = [first, second].into();
    let changes = desk
        .world
        .run(Command::MoveToStage { deals, stage })
        .unwrap();
    let words = "2 deals moved to Talk: 1 sub-stage of later stages unticked";
    assert_eq!(moved(&changes).as_deref(), Some(words));
    let process = desk.world.process("Sales").clone();
    for (deal, ticks) in [(first, 2), (second, 1)] {
        let deal = desk.world.deal(deal);
        assert_eq!(deal.current_stage(&process).id(), Some(stage));
        assert_eq!(deal.progress_in(process.id).ticks.len(), ticks);
    }
    install(&mut desk.world.workspace, &changes.inverse()).unwrap();
    assert_eq!(desk.world.workspace, before);
    // What is there already stays untouched, and is not counted.
    let stage = desk.stage("Offer");
    let deals = [first, second].into();
    let changes = desk
        .world
        .run(Command::MoveToStage { deals, stage })
        .unwrap();
    assert_eq!(moved(&changes).as_deref(), Some("Moved to Offer"));
    assert_eq!(desk.world.deal(first), &*before.deals[&first]);
}

#[test]
fn deals_of_another_process_are_refused_and_none_is_moved() {
    let mut desk = Desk::after("Sales: Find[a10] Talk[c30]\nOther: Ask[x10]", "");
    let first = desk.id;
    let second = second(&mut desk, "Other", &[]);
    let before = desk.world.workspace.clone();
    let stage = desk.stage("Talk");
    let deals = [first, second].into();
    let refused = desk.world.run(Command::MoveToStage { deals, stage });
    let name = name("Second");
    assert_eq!(refused, Err(DomainError::OtherProcess { name }));
    assert_eq!(desk.world.workspace, before);
    let deals = [first].into();
    let stage = StageId::from(u64::MAX);
    let gone = desk.world.run(Command::MoveToStage { deals, stage });
    assert_eq!(gone, Err(DomainError::Missing { what: "stage" }));
}
