//! Dialogs: what was typed into one is not lost without a question.

use browser_tests::{Locator, Page, visit};

use crate::steps::{add_deal, is_asked_before_closing, load_sample, more, open};

const ASK: &str = "Discard what you changed?";

fn snooze(page: &Page) -> Locator {
    more(page, "Snooze").click();
    page.by_role("dialog", "Snooze")
}

/// Beside any dialog that is in the middle of the window.
fn click_beside(page: &Page) {
    page.click_at(12, 700);
}

/// Every way to leave a dialog but its own buttons.
const WAYS: [fn(&Page); 3] = [
    |page| page.press("Escape"),
    click_beside,
    |page| page.back(),
];

#[test]
fn a_dialog_without_changes_closes_at_once_and_the_screen_stays() {
    visit(|page| {
        open(page, "#/deals/open", "Deals");
        add_deal(page, "Chairs", &[]);
        for leave in WAYS {
            let dialog = snooze(page);
            dialog.field("Until").expect_focused();
            leave(page);
            dialog.expect_absent();
            page.expect_absent("dialog", ASK);
            page.expect_heading("Chairs");
        }
        page.back();
        page.expect_heading("Deals");
    });
}

#[test]
fn what_was_typed_is_asked_for() {
    visit(|page| {
        open(page, "#/deals/open", "Deals");
        add_deal(page, "Chairs", &[]);
        for leave in WAYS {
            let dialog = snooze(page);
            dialog.field("Reason").fill("After the holidays");
            leave(page);
            let ask = page.by_role("dialog", ASK);
            ask.by_role("button", "Keep editing").click();
            ask.expect_absent();
            dialog.field("Reason").expect_value("After the holidays");
            page.expect_heading("Chairs");
            leave(page);
            ask.by_role("button", "Discard").click();
            dialog.expect_absent();
            ask.expect_absent();
            page.expect_heading("Chairs");
        }
        page.expect_no_text("After the holidays");
        page.back();
        page.expect_heading("Deals");
    });
}

#[test]
fn what_was_typed_is_asked_for_before_the_page_is_closed() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        let dialog = snooze(page);
        dialog.field("Until").expect_focused();
        assert!(!is_asked_before_closing(page));
        dialog.field("Reason").fill("After the holidays");
        assert!(is_asked_before_closing(page));
        dialog.by_role("button", "Cancel").click();
        dialog.expect_absent();
        assert!(!is_asked_before_closing(page));
    });
}

#[test]
fn escape_again_and_again_loses_nothing() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        let dialog = snooze(page);
        dialog.field("Reason").fill("After the holidays");
        // The second one answers the question, the third asks again.
        for _ in 0..5 {
            page.press("Escape");
        }
        let ask = page.by_role("dialog", ASK);
        ask.by_role("button", "Keep editing").click();
        dialog.field("Reason").expect_value("After the holidays");
        dialog.by_role("button", "Snooze").click();
        page.expect_text("After the holidays");
    });
}

#[test]
fn a_selection_that_ends_beside_the_dialog_is_no_click_beside_it() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        let dialog = snooze(page);
        dialog
            .field("Reason")
            .drag_to(&page.by_role("heading", "Snooze"));
        dialog.expect_present();
    });
}

#[test]
fn boxes_and_choices_count_as_typed_and_the_list_of_commands_does_not() {
    visit(|page| {
        load_sample(page);
        page.by_role("checkbox", "Select all").set_checked(true);
        page.by_role("button", "Change…").click();
        page.by_role("menuitem", "Owner…").click();
        page.by_role("dialog", "Change owner")
            .field("Owner")
            .choose("No owner");
        page.press("Escape");
        page.by_role("dialog", ASK)
            .by_role("button", "Discard")
            .click();
        page.expect_absent("dialog", "Change owner");
        page.press("Control+k");
        page.field("Command or name").fill("theme");
        page.press("Escape");
        page.expect_absent("dialog", "Commands");
        page.expect_absent("dialog", ASK);
    });
}

#[test]
fn no_command_leads_away_from_what_is_typed_into_a_dialog() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        page.by_role("button", "Mark as won").click();
        let won = page.by_role("dialog", "Mark as won");
        won.field("Comment").fill("By phone");
        won.field("Comment").press("Control+k");
        page.by_role("dialog", "Commands").expect_absent();
        won.field("Comment").expect_focused();
        won.field("Comment").expect_value("By phone");
        won.by_role("button", "Cancel").click();
        won.expect_absent();
        page.press("Control+k");
        page.by_role("dialog", "Commands").expect_present();
        page.press("Control+k");
        page.by_role("dialog", "Commands").expect_absent();
    });
}

#[test]
fn back_from_the_question_of_a_form_stays_in_the_form() {
    visit(|page| {
        open(page, "#/deals/open", "Deals");
        open(page, "#/deals/new", "Add deal");
        page.field("Name").fill("Chairs");
        page.back();
        page.expect_present("dialog", "Leave without saving?");
        page.back();
        page.expect_absent("dialog", "Leave without saving?");
        page.expect_heading("Add deal");
        page.field("Name").expect_value("Chairs");
    });
}
