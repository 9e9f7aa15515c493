//! What is to be done next about a deal (§13.1), by example.

use pipewright::domain::change::command::{Command, NextStepDraft};
use pipewright::domain::record::deal::{Outcome, What};
use pipewright::domain::value::error::DomainError;
use pipewright::domain::value::time::{Date, plus_days};

use crate::support::desk::Desk;
use crate::support::form_of;

fn desk() -> Desk {
    Desk::after("Sales: Find[a10] Offer[b90]", "")
}

fn set(desk: &mut Desk, what: &str, due: Option<Date>) -> Result<(), DomainError> {
    let step = Some(NextStepDraft {
        what: what.to_owned(),
        due,
    });
    let deals = [desk.id].into();
    desk.world
        .run(Command::SetNextStep { deals, step })
        .map(drop)
}

/// What stands as the next step, and what the history says of next steps.
fn told(desk: &Desk) -> (Option<String>, Vec<String>) {
    let events = desk.deal().history.iter();
    let told = events.filter_map(|event| match &event.what {
        What::NextStepSet { step } => Some(format!("set {}", step.what)),
        What::NextStepDone { step } => Some(format!("done {}", step.what)),
        What::NextStepDropped { step } => Some(format!("dropped {}", step.what)),
        _ => None,
    });
    let step = desk.deal().next_step.as_ref();
    (step.map(|step| step.what.to_string()), told.collect())
}

fn lines(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

#[test]
fn one_follows_the_other_and_the_history_keeps_both() {
    let mut desk = desk();
    set(&mut desk, "Call back", None).unwrap();
    set(&mut desk, "Call  at noon", None).unwrap();
    desk.world.wait(60);
    let deals = [desk.id].into();
    desk.world.run(Command::DoNextStep(deals)).unwrap();
    let history = lines(&["set Call back", "set Call at noon", "done Call at noon"]);
    assert_eq!(told(&desk), (None, history));
    assert_eq!(desk.deal().touched, desk.world.now, "a person did it");
}

#[test]
fn closing_drops_it_and_reopening_does_not_bring_it_back() {
    let mut desk = desk();
    set(&mut desk, "Call back", None).unwrap();
    let closing = desk.closing(Outcome::Won);
    let deals = [desk.id];
    desk.world
        .run(Command::Close {
            deals: deals.into(),
            closing,
        })
        .unwrap();
    desk.world.run(Command::Reopen(deals.into())).unwrap();
    let history = lines(&["set Call back", "dropped Call back"]);
    assert_eq!(told(&desk), (None, history));
}

#[test]
fn a_closed_deal_takes_none_and_nothing_is_not_done() {
    let mut desk = desk();
    let deals = || [desk.id].into();
    let refused = Command::DoNextStep(deals());
    let error = desk.world.clone().run(refused).unwrap_err();
    assert_eq!(error, DomainError::Missing { what: "next step" });
    let closing = desk.closing(Outcome::Won);
    let deals = deals();
    desk.world.run(Command::Close { deals, closing }).unwrap();
    let error = set(&mut desk, "Call back", None).unwrap_err();
    assert!(matches!(error, DomainError::Closed { .. }), "{error}");
}

#[test]
fn it_needs_words_and_a_date_that_can_be() {
    let mut desk = desk();
    let error = set(&mut desk, "  ", None).unwrap_err();
    assert_eq!(error.to_string(), "The next step is missing.");
    let error = set(&mut desk, &"x".repeat(201), None).unwrap_err();
    assert_eq!(
        error.to_string(),
        "The next step is too long: at most 200 characters."
    );
    let error = set(&mut desk, "Call", Some(Date::constant(3000, 1, 1))).unwrap_err();
    assert_eq!(
        error.to_string(),
        "The due date must be a date between 1900 and 2999."
    );
    assert_eq!(told(&desk), (None, vec![]));
}

#[test]
fn the_form_of_a_deal_changes_it_as_well() {
    let mut desk = desk();
    let due = plus_days(desk.world.today(), 3);
    set(&mut desk, "Call back", Some(due)).unwrap();
    let mut form = form_of(desk.deal());
    desk.world
        .run(Command::EditDeal(desk.id, form.clone()))
        .unwrap();
    assert_eq!(told(&desk).1.len(), 1, "nothing was changed");
    form.next_step = None;
    desk.world.run(Command::EditDeal(desk.id, form)).unwrap();
    let history = lines(&["set Call back", "dropped Call back"]);
    assert_eq!(told(&desk), (None, history));
}
