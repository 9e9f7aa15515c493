//! Closing and reopening (§5), by example.

use pipewright::domain::change::command::{ClosingDraft, Command, ListEdit};
use pipewright::domain::record::deal::{Outcome, What};
use pipewright::domain::record::list::ListKind;
use pipewright::domain::value::time::plus_days;

use crate::support::desk::{Desk, check, check_refused};
use crate::support::form_of;

const SALES: &str = "Sales: Find[a10] Offer[b60!,c30!*]";

#[test]
fn closed_deals_keep_progress_and_stage_and_have_a_fixed_chance() {
    check("P: S[a10] T[b90]", "tick a; won", "won S 100% a");
    check("P: S[a10] T[b90]", "tick b; lost", "lost T 0% b");
    check("P: S[a10] T[b90]", "chance 50; outdated", "outdated S 0%");
}

#[test]
fn won_needs_what_is_required() {
    let missing = "Before “Deal” can be won, these must be done: “b”, “c”.";
    check_refused(SALES, "tick a; won", missing);
    let missing = "Before “Deal” can be won, these must be done: “c”.";
    check_refused(SALES, "tick b; won", missing);
    check(SALES, "tick b; tick c = yes; won", "won Offer 100% b c");
    check(SALES, "lost", "lost Find 0%");
}

#[test]
fn required_sub_stages_of_another_process_do_not_matter() {
    check(
        &format!("P: S[a10]\n{SALES}"),
        "to Sales; to P; won",
        "won S 100%",
    );
}

#[test]
fn the_dialog_ticks_what_was_missing() {
    let mut desk = Desk::after(SALES, "");
    let mut closing = desk.closing(Outcome::Won);
    closing.ticks = vec![
        (desk.sub("b"), String::new()),
        (desk.sub("c"), String::new()),
    ];
    let before = desk.world.workspace.clone();
    let refused = close(&mut desk, closing.clone()).unwrap_err();
    assert_eq!(refused, "“c” needs a note.");
    assert_eq!(desk.world.workspace, before);

    closing.ticks[1].1 = "20,000".to_owned();
    close(&mut desk, closing).unwrap();
    assert_eq!(desk.state(), "won Offer 100% b c");
    assert_eq!(desk.progress().ticks[&desk.sub("c")].note, "20,000");
}

#[test]
fn lost_and_outdated_need_a_reason_unless_there_is_none() {
    let mut desk = Desk::after("P: S[a10]", "");
    for outcome in [Outcome::Lost, Outcome::Outdated] {
        let closing = ClosingDraft {
            reason: None,
            ..desk.closing(outcome)
        };
        assert_eq!(close(&mut desk, closing).unwrap_err(), "Choose a reason.");
    }
    let kind = ListKind::ReasonsLost;
    for entry in desk.world.workspace.list(kind).entries.clone() {
        desk.world
            .run(Command::EditList(kind, ListEdit::Delete(entry.id)))
            .unwrap();
    }
    desk.play("lost; reopen");
    let closing = ClosingDraft {
        reason: None,
        ..desk.closing(Outcome::Won)
    };
    close(&mut desk, closing).unwrap();
}

#[test]
fn the_reason_comes_from_the_list_of_its_status() {
    let mut desk = Desk::after("P: S[a10]", "");
    let reason = desk.closing(Outcome::Won).reason;
    let closing = ClosingDraft {
        reason,
        ..desk.closing(Outcome::Lost)
    };
    assert_eq!(
        close(&mut desk, closing).unwrap_err(),
        "This reason is not there any more."
    );
}

#[test]
fn the_date_is_not_in_the_future() {
    let mut desk = Desk::after("P: S[a10]", "");
    let today = desk.world.today();
    let closing = ClosingDraft {
        on: plus_days(today, 1),
        ..desk.closing(Outcome::Won)
    };
    assert_eq!(
        close(&mut desk, closing).unwrap_err(),
        "The date can't be in the future."
    );
    let closing = ClosingDraft {
        on: plus_days(today, -40),
        ..desk.closing(Outcome::Won)
    };
    close(&mut desk, closing).unwrap();
    assert_eq!(
        desk.deal().closing.as_ref().unwrap().on,
        plus_days(today, -40)
    );
}

#[test]
fn a_closed_deal_can_not_be_worked_until_it_is_reopened() {
    let locked = "“Deal” is closed. Reopen it first.";
    for step in ["tick a", "untick b", "move S", "chance 5", "won", "lost"] {
        check_refused("P: S[a10] T[b90]", &format!("tick b; lost; {step}"), locked);
    }
    check(
        "P: S[a10] T[b90]",
        "tick b; lost; reopen; tick a",
        "T 100% a b",
    );
    check_refused("P: S[a10]", "reopen", "“Deal” is open.");
}

#[test]
fn fields_of_a_closed_deal_can_still_be_put_right() {
    let mut desk = Desk::after("P: S[a10]", "lost");
    let mut form = form_of(desk.deal());
    "Right".clone_into(&mut form.name);
    desk.world.run(Command::EditDeal(desk.id, form)).unwrap();
    assert_eq!(desk.deal().name.as_str(), "Right");
}

#[test]
fn reopening_clears_date_and_reason_and_keeps_the_history() {
    let mut desk = Desk::after("P: S[a10]", "");
    let mut closing = desk.closing(Outcome::Lost);
    "Too late".clone_into(&mut closing.comment);
    close(&mut desk, closing).unwrap();
    desk.play("reopen");
    assert!(desk.deal().closing.is_none());
    let history: Vec<_> = desk
        .deal()
        .history
        .iter()
        .map(|event| &event.what)
        .collect();
    let [
        What::Created,
        What::Closed {
            comment, reason, ..
        },
        What::Reopened { outcome },
    ] = history[..]
    else {
        panic!("{history:?}")
    };
    assert_eq!((comment.as_str(), *outcome), ("Too late", Outcome::Lost));
    assert!(!reason.is_empty());
}

fn close(desk: &mut Desk, closing: ClosingDraft) -> Result<(), String> {
    let command = Command::Close {
        deals: [desk.id].into(),
        closing,
    };
    desk.world
        .run(command)
        .map(drop)
        .map_err(|error| error.to_string())
}
