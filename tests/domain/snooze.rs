//! Stale deals can be given a rest (§6.5), by example.

use pipewright::domain::change::command::Command;
use pipewright::domain::read::stats::is_stale;
use pipewright::domain::record::deal::Outcome;
use pipewright::domain::record::process::Process;
use pipewright::domain::value::error::DomainError;
use pipewright::domain::value::time::{Date, plus_days};

use crate::support::desk::Desk;

fn desk() -> Desk {
    let mut desk = Desk::after("Sales: Find[a10] Offer[b90]", "");
    let mut process = Process::clone(desk.process());
    process.stages[0].stale_after_days = Some(7);
    desk.world.run(Command::SaveProcess(process)).unwrap();
    desk
}

fn snooze(desk: &mut Desk, until: Option<Date>) -> Result<(), DomainError> {
    let command = Command::Snooze {
        deals: [desk.id].into(),
        until,
        reason: "On holiday".to_owned(),
    };
    desk.world.run(command).map(drop)
}

fn stale(desk: &Desk) -> bool {
    is_stale(desk.deal(), desk.process(), desk.world.now)
}

#[test]
fn a_snoozed_deal_is_not_stale_until_its_date() {
    let mut desk = desk();
    desk.world.wait(8 * 24 * 60);
    assert!(stale(&desk));
    let until = plus_days(desk.world.today(), 3);
    snooze(&mut desk, Some(until)).unwrap();
    assert!(!stale(&desk));
    desk.world.wait(2 * 24 * 60);
    assert!(!stale(&desk));
    desk.world.wait(24 * 60);
    assert!(stale(&desk), "snoozing is no change of the deal");
}

#[test]
fn a_rest_can_be_ended() {
    let mut desk = desk();
    desk.world.wait(8 * 24 * 60);
    let until = plus_days(desk.world.today(), 30);
    snooze(&mut desk, Some(until)).unwrap();
    snooze(&mut desk, None).unwrap();
    assert_eq!((stale(&desk), &desk.deal().snooze), (true, &None));
}

#[test]
fn a_rest_ends_later_than_today_and_is_for_open_deals() {
    let mut desk = desk();
    let today = desk.world.today();
    assert_eq!(snooze(&mut desk, Some(today)), Err(DomainError::NotLater));
    let tomorrow = plus_days(today, 1);
    snooze(&mut desk, Some(tomorrow)).unwrap();
    desk.play("lost");
    assert_eq!(desk.deal().outcome(), Some(Outcome::Lost));
    assert_eq!(desk.deal().snooze, None);
    let refused = snooze(&mut desk, Some(tomorrow));
    assert!(matches!(refused, Err(DomainError::Closed { .. })));
}
