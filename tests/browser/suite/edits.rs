//! Safe edits of processes and lists, and changes of many deals at once.

use std::time::Duration;

use browser_tests::{Locator, Page, any, containing, visit};

use crate::steps::{self, add_process_like, of_process, open, panel};

/// Adds a deal and stays at its profile.
fn add_deal(page: &Page, name: &str, process: Option<&str>) {
    let mut fields = vec![("Value", "1000")];
    fields.extend(process.map(|process| ("Sales process", process)));
    steps::add_deal(page, name, &fields);
}

fn add_entry(page: &Page, list: &str, name: &str) {
    let group = page.by_role("group", list);
    group.by_role("textbox", containing("New ")).fill(name);
    group.by_role("button", "Add").click();
    page.by_role("button", format!("Delete {name}"))
        .expect_present();
}

fn dialog(page: &Page, name: &str) -> Locator {
    page.by_role("dialog", name)
}

fn undo(page: &Page) {
    page.by_role("button", "Undo").first().click();
}

fn select_all(page: &Page) {
    open(page, "#/deals/open", "Deals");
    page.by_role("checkbox", "Select all").set_checked(true);
}

fn change(page: &Page, item: &str) {
    page.by_role("button", "Change…").click();
    page.by_role("menuitem", item).click();
}

#[test]
fn a_stage_in_use_hands_its_deals_on_at_save() {
    visit(|page| {
        add_deal(page, "Chairs", None);
        panel(page)
            .by_role("checkbox", "Look into the company")
            .set_checked(true);
        open(page, "#/settings/deals", "Account settings");
        page.by_role("button", "Edit Default").click();
        page.expect_heading("Edit process");
        page.by_role("group", "Collect information")
            .by_role("button", "Delete stage")
            .click();
        page.expect_text("What you took out is used by 1 deal: saving asks where they go.");
        page.by_role("button", "Save").click();

        let ask = dialog(page, "Where do the deals go?");
        ask.expect_text("1 open deal");
        // Nothing is guessed: the first missing choice gets the focus.
        ask.by_role("button", "Save process").click();
        let stage = page.field("Deals of “Collect information” go to");
        stage.expect_focused();
        ask.expect_text("Choose the stage that takes over.");
        stage.choose("Identify needs");
        page.expect_accessible();
        ask.by_role("button", "Save process").click();
        page.expect_heading("Account settings");
        page.expect_text("Process “Default” saved");

        open(page, "#/deals/open", "Deals");
        page.by_role("link", "Chairs").click();
        page.expect_heading("Chairs");
        panel(page).expect_text("Identify needs Current stage");
        page.within("History")
            .expect_text("Set aside by an edit of the process: Look into the company");
        undo(page);
        panel(page).expect_text("Collect information Current stage");
        panel(page)
            .by_role("checkbox", "Look into the company")
            .expect_checked(true);
    });
}

#[test]
fn a_stage_of_500_deals_is_deleted_with_their_counts_and_values() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("deals.csv");
    let stages = (0..500).map(|_| "Contact").chain((0..40).map(|_| "Offer"));
    let rows = stages
        .enumerate()
        .map(|(row, stage)| format!("Deal {row},{stage},100.50\n"));
    let rows: String = rows.collect();
    std::fs::write(&file, format!("name,stage,value\n{rows}")).unwrap();
    visit(|page| {
        open(page, "#/deals/open", "Deals");
        page.choose_file("File of deals (CSV)", &file);
        page.by_role("button", "Import 540 deals").click();
        page.set_patience(Duration::from_secs(60));
        page.expect_text("540 deals imported");
        open(page, "#/settings/deals", "Account settings");
        page.by_role("button", "Edit Default").click();
        page.expect_heading("Edit process");
        page.by_role("group", "Contact")
            .by_role("button", "Delete stage")
            .click();
        page.expect_text("540 open deals run through this process; 500 change their stage");
        page.by_role("button", "Save").click();
        let ask = dialog(page, "Where do the deals go?");
        ask.expect_text("500 open deals · €50,250.");
        ask.expect_text("500 deals stand there · €50,250");
        page.select("Deals of “Contact” go to", "Identify needs");
        page.expect_accessible();
        ask.by_role("button", "Save process").click();
        page.expect_text("Process “Default” saved");

        let stage_of = |stage: &str, count: &str| {
            page.goto("#/deals/open");
            let figure = page.by_role("figure", "Default: open deals by stage");
            figure.by_role("button", "Show figures").click();
            figure.expect_text(&format!("{stage} {count} "));
        };
        stage_of("Identify needs", "500");
        undo(page);
        page.by_role("figure", "Default: open deals by stage")
            .expect_text("Contact 500 ");
    });
}

#[test]
fn a_process_in_use_is_deleted_into_another() {
    visit(|page| {
        add_process_like(page, "Key accounts");
        add_deal(page, "Tower", Some("Key accounts"));
        open(page, "#/settings/deals", "Account settings");
        of_process(page, "Key accounts", "Delete");
        let ask = dialog(page, "Delete “Key accounts”");
        ask.expect_text("1 open deal · ");
        // The only other process is chosen already.
        ask.by_role("combobox", containing("Deals of “"))
            .choose("Contact");
        page.expect_accessible();
        ask.by_role("button", "Delete process").click();
        page.expect_text("Process deleted");
        page.by_role("button", "More for Key accounts")
            .expect_absent();
        open(page, "#/deals/open", "Deals");
        page.by_role("link", "Tower").click();
        page.expect_heading("Tower");
        panel(page).expect_text("Contact Current stage");
        page.within("History")
            .expect_text("Sales process: Key accounts → Default");
        undo(page);
        panel(page)
            .by_role("heading", "Key accounts")
            .expect_present();
    });
}

#[test]
fn processes_of_the_same_stages_merge_by_name() {
    visit(|page| {
        open(page, "#/settings/deals", "Account settings");
        of_process(page, "Default", "Duplicate");
        page.by_role("button", "Edit Default (copy)")
            .expect_present();
        add_deal(page, "Lamps", Some("Default (copy)"));
        panel(page)
            .by_role("checkbox", "Reach the person")
            .set_checked(true);
        open(page, "#/settings/deals", "Account settings");
        of_process(page, "Default (copy)", "Merge into another");
        let ask = dialog(page, "Merge “Default (copy)” into…");
        ask.expect_text("all go along");
        ask.by_role("button", "Merge processes").click();
        page.expect_text("Processes merged");
        open(page, "#/deals/open", "Deals");
        page.by_role("link", "Lamps").click();
        page.expect_heading("Lamps");
        panel(page).by_role("heading", "Default").expect_present();
        panel(page)
            .by_role("checkbox", "Reach the person")
            .expect_checked(true);
    });
}

#[test]
fn an_entry_in_use_is_replaced() {
    visit(|page| {
        add_deal(page, "Chairs", None);
        open(page, "#/settings/lists", "Account settings");
        for name in ["Ann", "Bob"] {
            add_entry(page, "Owners", name);
        }
        // What nothing uses goes without a question.
        add_entry(page, "Owners", "Cid");
        page.by_role("button", "Delete Cid").click();
        page.by_role("button", "Delete Cid").expect_absent();

        select_all(page);
        change(page, "Owner…");
        page.select("Owner", "Ann");
        page.by_role("button", "Change 1 deal").click();
        page.expect_text("1 deal changed");

        open(page, "#/settings/lists", "Account settings");
        page.by_role("button", "Delete Ann").click();
        let ask = dialog(page, "Delete “Ann”");
        ask.expect_text("1 open deal · ");
        ask.by_role("button", "Delete").click();
        page.field("Replace by").expect_focused();
        page.select("Replace by", "Bob");
        page.expect_accessible();
        ask.by_role("button", "Delete").click();
        page.by_role("button", "Delete Ann").expect_absent();
        page.by_role("button", "Delete Bob").expect_focused();
        open(page, "#/deals/open", "Deals");
        page.by_role("table", "Open deals").expect_text("Bob");
    });
}

#[test]
fn many_deals_are_changed_in_one_step_each() {
    visit(|page| {
        add_process_like(page, "Key accounts");
        for name in ["Chairs", "Lamps"] {
            add_deal(page, name, None);
        }
        select_all(page);
        page.expect_text("2 deals selected");
        change(page, "Sales process…");
        page.select("Sales process", "Key accounts");
        page.expect_text("2 deals start empty there.");
        page.expect_accessible();
        page.by_role("button", "Change 2 deals").click();
        page.expect_text("2 deals moved to another process");
        let table = page.by_role("table", "Open deals");
        page.wait_until("both are in it", || {
            table.text().matches("Key accounts").count() == 2
        });

        select_all(page);
        change(page, "Expected close…");
        page.field("Expected close").fill("2030-05-17");
        page.by_role("button", "Change 2 deals").click();
        page.expect_text("2 deals changed");
        page.by_role("table", "Open deals").expect_text("2030");
        undo(page);
        page.by_role("table", "Open deals").expect_no_text("2030");
        undo(page);
        table.expect_no_text("Key accounts");

        select_all(page);
        change(page, "Snooze…");
        let ask = dialog(page, "Snooze");
        ask.expect_text("2 deals will rest");
        ask.field("Until").fill("2090-01-31");
        ask.field("Reason").fill("After the fair");
        page.expect_accessible();
        ask.by_role("button", "Snooze").click();
        page.expect_text("2 deals snoozed");
        page.by_role("link", "Chairs").click();
        page.expect_text("Snoozed until Jan 31, 2090: After the fair");
        undo(page);
        page.expect_no_text("After the fair");
        page.by_role("button", "End snooze").expect_absent();

        select_all(page);
        change(page, "Mark as lost…");
        let ask = dialog(page, "Mark as lost");
        ask.expect_text("2 deals will be marked as lost.");
        page.select("Reason", "No budget");
        ask.by_role("button", "Mark as lost").click();
        page.expect_text("2 deals marked as lost");
        page.expect_text("No open deals");
    });
}

#[test]
fn deals_that_can_t_be_won_yet_are_named() {
    visit(|page| {
        open(page, "#/settings/deals", "Account settings");
        page.by_role("button", "Edit Default").click();
        page.by_role("group", "Get a yes")
            .field("Required to win")
            .set_checked(true);
        page.by_role("button", "Save").click();
        page.expect_heading("Account settings");
        for name in ["Chairs", "Lamps"] {
            add_deal(page, name, None);
        }
        panel(page)
            .by_role("checkbox", "Get a yes")
            .set_checked(true);
        select_all(page);
        change(page, "Mark as won…");
        let ask = dialog(page, "1 deal can't be won yet");
        ask.expect_text("Chairs Get a yes");
        page.expect_accessible();
        ask.by_role("button", "Go on with the other 1").click();
        dialog(page, "Mark as won")
            .by_role("button", "Mark as won")
            .click();
        page.expect_text("1 deal marked as won");
        page.by_role("table", "Open deals")
            .by_role("link", any())
            .expect_count(1);
    });
}

#[test]
fn a_process_travels_as_a_file() {
    visit(|page| {
        add_process_like(page, "MEDDIC");
        of_process(page, "MEDDIC", "Save as file");
        page.expect_text("Process downloaded: meddic.pipewright-process.json");
        let file = page.download("meddic.pipewright-process.json");

        open(page, "#/settings/deals/processes/new", "New process");
        page.choose_file("Process file", &file);
        page.field("Process name").expect_value("");
        page.field("Process name").fill("From a friend");
        page.expect_text("The process from the file.");
        page.by_role("button", "Save").click();
        page.expect_heading("Account settings");
        page.by_role("button", "Edit From a friend")
            .expect_present();

        let wrong = file.with_file_name("wrong.json");
        std::fs::write(
            &wrong,
            "{\"format\": \"pipewright-process\", \"version\": 1, ",
        )
        .unwrap();
        open(page, "#/settings/deals/processes/new", "New process");
        page.choose_file("Process file", &wrong);
        page.expect_text("“wrong.json”: This file is damaged: line 1");
    });
}
