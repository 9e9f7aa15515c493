//! The guide to several processes, as a consultant with a fresh account
//! goes through it.

use browser_tests::{Locator, Page, Visit, any, containing, visit};

use crate::steps::{add_deal, add_process_like, expect_saved, of_process, open, panel, snapshot};

const HEADING: &str = "Set up several processes";

/// The guide, at its first step, with what decides.
fn start(page: &Page, decider: &str) {
    open(page, "#/settings/deals/guide", HEADING);
    page.by_role("radio", decider).set_checked(true);
}

#[track_caller]
fn expect_step(page: &Page, step: &str) {
    page.by_role("heading", step).expect_focused();
}

#[track_caller]
fn next(page: &Page, step: &str) {
    page.by_role("button", "Next").click();
    expect_step(page, step);
}

/// The name of a process of the second step, counted from 1.
fn name(page: &Page, number: usize) -> Locator {
    page.by_role("group", format!("Process {number}"))
        .field("Process name")
}

/// Corporations and the public sector beside the default, up to the result.
fn answer_by_segment(page: &Page, look: impl Fn()) {
    start(page, "The customer's segment");
    look();
    next(page, "Processes");
    name(page, 1).expect_value("Default");
    name(page, 2).expect_value("Key accounts");
    name(page, 2).fill("Corporations");
    page.by_role("button", "Add process").click();
    name(page, 3).fill("Public sector");
    look();
    next(page, "Which for what");
    look();
    next(page, "Result");
    look();
}

#[test]
fn a_fresh_account_is_set_up_by_segment() {
    visit(|page| {
        let before = snapshot(page);
        open(page, "#/deals/open", "Deals");
        page.by_role("link", HEADING).click();
        page.expect_heading(HEADING);
        answer_by_segment(page, || {});
        // The new processes are named after their segments.
        let picture = page.by_role("list", "Which process for what");
        picture.expect_text("Everything else Default Default");
        picture.expect_text("Corporations Corporations New");
        page.by_role("list", "Rules")
            .expect_text("If segment is Corporations Corporations New");
        page.by_role("button", "Set up 3 processes").click();
        page.expect_heading("Account settings");
        page.expect_text("3 processes set up");
        page.by_role("button", containing("Edit ")).expect_count(3);

        open(page, "#/deals/new", "Add deal");
        page.field("Name").fill("Town hall");
        page.field("Customer").fill("The town");
        page.press("Tab");
        page.field("Segment").fill("Public sector");
        page.press("Tab");
        page.expect_text("Public sector fits: segment is Public sector");
        page.by_role("button", "Use Public sector").click();
        page.by_role("button", "Save").click();
        page.expect_heading("Town hall");
        panel(page)
            .by_role("heading", "Public sector")
            .expect_present();

        // The deal is one step, the guide another.
        page.by_role("button", "Undo").first().click();
        page.expect_text("Undone: Add deal");
        page.by_role("button", "Undo").first().click();
        page.expect_text("Undone: Set up 3 processes");
        assert_eq!(snapshot(page), before);
    });
}

#[test]
fn every_step_is_accessible_in_both_themes_and_on_a_phone() {
    for (dark, width) in [(false, 1440), (true, 390)] {
        let visit = Visit::default().size(width, 844);
        let visit = if dark { visit.dark() } else { visit };
        visit.run(|page| {
            open(page, "#/settings/deals/guide", HEADING);
            page.by_role("button", "Next").click();
            page.expect_text("Choose what decides.");
            page.expect_accessible();
            answer_by_segment(page, || page.expect_accessible());
        });
    }
}

#[test]
fn the_keyboard_alone_sets_up_and_back_loses_nothing() {
    visit(|page| {
        open(page, "#/settings/deals/guide", HEADING);
        page.by_role("radio", "How the deal began").focus();
        page.press("Space");
        page.press("Enter");
        expect_step(page, "Processes");
        name(page, 1).focus();
        page.press("Control+a");
        for key in ["O", "u", "t"] {
            page.press(key);
        }
        page.press("Enter");
        expect_step(page, "Which for what");
        page.expect_text("Whoever adds a deal chooses its process");
        page.by_role("button", "Back").press("Enter");
        expect_step(page, "Processes");
        name(page, 1).expect_value("Out");
        // A name is wrong: the step stays, with the focus in the field.
        name(page, 2).fill(" OUT ");
        page.press("Enter");
        name(page, 2).expect_focused();
        page.expect_text("There is already a sales process named “OUT”.");
        name(page, 2).fill("In");
        page.press("Enter");
        expect_step(page, "Which for what");
        page.by_role("combobox", "Preset on new deals").choose("In");
        page.by_role("button", "Next").press("Enter");
        expect_step(page, "Result");
        page.expect_text("No rule is made");
        page.by_role("checkbox", containing("Archive “Default”"))
            .expect_checked(true);
        page.by_role("button", "Set up 2 processes").press("Enter");
        page.expect_heading("Account settings");
        let rows = page.by_role("listitem", any());
        rows.first().expect_text("Default Archived");
        rows.nth(2).expect_text("In Default");
    });
}

#[test]
fn for_the_value_it_is_made_sure_that_it_is_known_early() {
    visit(|page| {
        open(page, "#/settings/deals/processes/new", "New process");
        page.field("Process name").fill("Plain");
        page.by_role("button", "Add stage").click();
        page.field("Stage name").fill("Talk");
        page.by_role("button", "Save").click();
        page.expect_heading("Account settings");
        of_process(page, "Plain", "Make default");
        page.expect_text("Default changed");
        start(page, "The value");
        next(page, "Processes");
        name(page, 2).expect_value("Plain");
        page.by_role("group", "Process 1")
            .field("Start from")
            .choose("Key accounts");
        // The name follows what it starts from.
        name(page, 1).expect_value("Key accounts");
        next(page, "Which for what");
        page.by_role("button", "Next").click();
        let second = page.by_role("group", "Range 2");
        second.field("Value at least").expect_focused();
        second.expect_text("Give the value from which it is so.");
        second.field("Value at least").fill("20,000");
        // Small ones to Plain, large ones to the other.
        page.by_role("group", "Range 1")
            .field("Process")
            .choose("Plain");
        page.by_role("button", "Next").click();
        page.expect_text("Everything leads to “Plain”: there is nothing to decide.");
        second.field("Process").choose("Key accounts");
        next(page, "Result");
        page.expect_text("Gets the sub-stage “Establish the value” in its first stage");
        page.expect_text("If value is at least €20,000");
        page.by_role("button", "Set up 2 processes").click();
        page.expect_text("2 processes set up");
        add_deal(page, "Tower", &[("Value", "30000")]);
        panel(page)
            .by_role("checkbox", "Establish the value")
            .expect_present();
        page.by_role("button", "Use Key accounts").expect_present();
    });
}

#[test]
fn entries_of_a_list_are_added_on_the_way() {
    visit(|page| {
        start(page, "The category");
        next(page, "Processes");
        next(page, "Which for what");
        let field = page.field("New category");
        page.by_role("button", "Remove Renewal").click();
        field.expect_focused();
        page.by_role("button", "Next").click();
        page.expect_text("Add the first category, and choose its process.");
        field.fill("Contracts");
        page.press("Enter");
        field.expect_value("");
        field.fill(" contracts ");
        page.by_role("button", "Add").click();
        page.expect_text("There is already a category named “contracts”.");
        page.by_role("combobox", "Contracts").choose("Renewal");
        next(page, "Result");
        page.by_role("button", "Set up 2 processes").click();
        page.expect_text("2 processes set up");
        open(page, "#/settings/lists", "Account settings");
        page.by_role("group", "Categories").expect_text("Contracts");
    });
}

#[test]
fn leaving_asks_and_what_another_tab_takes_away_is_told_at_its_field() {
    visit(|page| {
        add_process_like(page, "Renewal");
        answer_by_value(page);
        page.by_role("link", "Customers").click();
        let ask = page.by_role("dialog", "Leave without saving?");
        ask.by_role("button", "Stay").click();
        expect_result(page);
        let other = page.new_tab();
        open(&other, "#/settings/deals", "Account settings");
        of_process(&other, "Renewal", "Delete");
        other
            .by_role("dialog", any())
            .by_role("button", "Delete")
            .click();
        other.expect_text("Process deleted");
        expect_saved(&other);
        page.by_role("button", "Set up 2 processes").click();
        page.by_role("heading", "Processes").expect_present();
        page.by_role("group", "Process 2")
            .field("Start from")
            .expect_focused();
        page.expect_text("“Renewal” is not there any more. Choose another start.");
        page.by_role("group", "Process 2")
            .field("Start from")
            .choose("Key accounts");
        next(page, "Which for what");
        page.field("Value at least").expect_value("500");
        next(page, "Result");
        page.by_role("button", "Set up 2 processes").click();
        page.expect_text("2 processes set up");
    });
}

fn answer_by_value(page: &Page) {
    start(page, "The value");
    next(page, "Processes");
    next(page, "Which for what");
    page.field("Value at least").fill("500");
    next(page, "Result");
}

#[track_caller]
fn expect_result(page: &Page) {
    page.by_role("heading", "Result").expect_present();
}
