//! Setting up a second sales process.

use browser_tests::{Locator, Page, any, containing, visit};

use crate::steps::{
    add_deal, add_process_like, description, expect_saved, of_process, open, reload,
};

/// A stage or sub-stage of the configurator.
fn group(page: &Page, name: &str) -> Locator {
    page.by_role("group", name)
}

/// Adds a stage with three sub-stages, by what a person does: add, type, Enter.
fn add_stage(page: &Page, name: &str) {
    page.by_role("button", "Add stage").click();
    // The focus is in the new stage's name.
    let stage = group(page, "New stage");
    stage.field("Stage name").expect_focused();
    stage.field("Stage name").fill(name);
    for number in 1..=3 {
        let stage = group(page, name);
        stage.by_role("button", "Add sub-stage").click();
        let sub = stage.by_role("group", "New sub-stage");
        sub.field("Sub-stage name")
            .fill(&format!("{name} {number}"));
    }
}

/// The names of the stages in the configurator, from the top down.
fn expect_stages(page: &Page, names: &[&str]) {
    page.wait_until(&format!("the stages are {names:?}"), || {
        (0..names.len())
            .all(|at| page.field("Stage name").nth(at).value() == *names.get(at).unwrap())
    });
    page.field("Stage name").expect_count(names.len());
}

#[test]
fn the_process_is_chosen_once_there_are_two() {
    visit(|page| {
        // One process, Default, and nothing to choose.
        open(page, "#/settings/deals", "Account settings");
        page.by_role("heading", "Sales processes").expect_present();
        page.by_role("listitem", any())
            .expect_text("Default Default 4 stages · 0 open deals");
        open(page, "#/deals/new", "Add deal");
        page.field("Name").expect_present();
        page.field("Sales process").expect_absent();

        // A second one starts without stages.
        open(page, "#/settings/deals", "Account settings");
        page.by_role("link", "Add process").click();
        page.expect_heading("New process");
        page.field("Process name").expect_focused();
        page.field("Process name").fill("Key accounts");
        page.expect_text("No stages yet.");
        page.field("Stage name").expect_absent();
        for name in ["Plan", "Meet", "Propose", "Sign"] {
            add_stage(page, name);
        }
        group(page, "Sign")
            .by_role("group", "Sign 3")
            .field("Required to win")
            .set_checked(true);
        group(page, "Plan")
            .by_role("group", "Plan 1")
            .field("Weight")
            .fill("30");
        // Eleven weigh 10 each.
        page.by_role("complementary", "Overview")
            .expect_text("Sum of the weights 140");

        // Ordered by the keyboard; the focus stays with what moves.
        let down = group(page, "Meet").by_role("button", "Move stage down");
        down.press("Enter");
        expect_stages(page, &["Plan", "Propose", "Meet", "Sign"]);
        down.expect_focused();
        page.press("Enter");
        expect_stages(page, &["Plan", "Propose", "Sign", "Meet"]);
        page.expect_text("Meet moved to place 4 of 4");
        group(page, "Meet")
            .by_role("button", "Move stage up")
            .press("Space");
        expect_stages(page, &["Plan", "Propose", "Meet", "Sign"]);
        group(page, "Plan")
            .by_role("group", "Plan 3")
            .by_role("button", "Move sub-stage up")
            .press("Enter");
        page.expect_text("Plan 3 moved to place 2 of 3");

        page.by_role("button", "Save").click();
        page.expect_heading("Account settings");
        page.by_role("listitem", any()).expect_count(2);
        page.by_role("listitem", any())
            .first()
            .expect_text("Default Default 4 stages");
        let second = page.by_role("listitem", any()).nth(1);
        second.expect_text("Key accounts 4 stages · 0 open deals");
        second.expect_no_text("Default");

        // It is there after a reload, in the order that was saved.
        reload(page);
        page.by_role("button", "Edit Key accounts").click();
        page.expect_heading("Edit process");
        expect_stages(page, &["Plan", "Propose", "Meet", "Sign"]);
        let subs = group(page, "Plan").field("Sub-stage name");
        assert_eq!(
            [0, 1, 2].map(|at| subs.nth(at).value()),
            ["Plan 1", "Plan 3", "Plan 2"]
        );
        group(page, "Sign")
            .by_role("group", "Sign 3")
            .field("Required to win")
            .expect_checked(true);

        // The form of a deal now asks for the process.
        open(page, "#/deals/new", "Add deal");
        let process = page.by_role("combobox", "Sales process");
        process.expect_present();
        assert_eq!(chosen(page), "Default");
        page.field("Name").fill("Tower");
        page.select("Sales process", "Key accounts");
        page.by_role("button", "Save").click();
        page.expect_heading("Tower");
        page.within("Sales process")
            .expect_text("0% chance · 0 of 12 ticked");
    });
}

/// The option that is chosen in the field Sales process.
fn chosen(page: &Page) -> String {
    let script = "return document.activeElement.selectedOptions[0].textContent;";
    page.field("Sales process").focus();
    let text = page.evaluate(script, &[]);
    text.as_str().unwrap().to_owned()
}

#[test]
fn the_mark_of_the_default_is_moved() {
    visit(|page| {
        add_process_like(page, "Renewal");
        of_process(page, "Renewal", "Make default");
        page.by_role("listitem", any())
            .nth(1)
            .expect_text("Renewal Default");
        // What can't be done says why, at its place and, in full, when it is pressed.
        page.by_role("button", "More for Renewal").click();
        let delete = page.by_role("menuitem", "Delete");
        delete.expect_enabled(false);
        assert_eq!(description(&delete, page), "It is the default");
        delete.click();
        page.expect_text("“Renewal” is the default. Make another process the default first.");
        of_process(page, "Default", "Archive");
        page.by_role("listitem", any())
            .first()
            .expect_text("Archived");
        // Only one process is left to choose.
        open(page, "#/deals/new", "Add deal");
        page.field("Name").expect_present();
        page.field("Sales process").expect_absent();
        page.field("Name").fill("Chairs");
        page.by_role("button", "Save").click();
        page.expect_heading("Chairs");
        page.within("Sales process")
            .by_role("heading", "Renewal")
            .expect_present();
    });
}

#[test]
fn what_can_be_done_with_a_process_is_chosen_in_words_by_keyboard() {
    visit(|page| {
        add_process_like(page, "Renewal");
        let names = |names: &[&str]| {
            let edit = page
                .by_role("list", any())
                .by_role("button", containing("Edit "));
            let names: Vec<String> = names.iter().map(|name| format!("Edit {name}")).collect();
            page.wait_until(&format!("the order {names:?}"), || {
                let shown = (0..names.len()).map(|at| edit.nth(at).attribute("aria-label"));
                shown.eq(names.iter().cloned())
            });
        };
        names(&["Default", "Renewal"]);
        let more = page.by_role("button", "More for Renewal");
        more.focus();
        page.press("Enter");
        page.by_role("menuitem", any()).expect_texts(&[
            "Make default",
            "Move up",
            "Move down It is the last",
            "Duplicate",
            "Archive",
            "Merge into another",
            "Save as file",
            "Delete",
        ]);
        page.by_role("menuitem", "Make default").expect_focused();
        page.press("Escape");
        more.expect_focused();
        // The focus stays with the process that is moved.
        page.press("ArrowDown");
        page.press("ArrowDown");
        page.press("Enter");
        names(&["Renewal", "Default"]);
        more.expect_focused();
        page.expect_text("Renewal moved to place 1 of 2");
        more.press("Enter");
        let up = page.by_role("menuitem", "Move up");
        assert_eq!(description(&up, page), "It is the first");
        page.press("End");
        page.press("Enter");
        // What is asked first gives the focus back.
        page.by_role("dialog", "Delete this process?")
            .expect_present();
        page.press("Escape");
        more.expect_focused();
    });
}

#[test]
fn an_edit_keeps_the_ticks_and_says_what_it_touches() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        page.by_role("checkbox", "Look into the company").click();
        expect_saved(page);
        open(page, "#/settings/deals", "Account settings");
        page.by_role("button", "Edit Default").click();
        let first = group(page, "Look into the company");
        first.field("Weight").fill("55");
        page.expect_text("1 open deal runs through this process; 1 changes its chance.");
        first.field("Sub-stage name").fill("Know the company");
        // That a deal uses what goes is said beside Save.
        group(page, "Collect information")
            .by_role("button", "Delete stage")
            .click();
        page.expect_text("What you took out is used by 1 deal: saving asks where they go.");
        page.by_role("button", "Cancel").click();
        page.expect_heading("Account settings");

        page.by_role("button", "Edit Default").click();
        let first = group(page, "Look into the company");
        first.field("Weight").fill("55");
        first.field("Sub-stage name").fill("Know the company");
        page.by_role("button", "Save").click();
        page.expect_heading("Account settings");
        page.goto("#/deals/open");
        page.by_role("link", "Chairs").click();
        page.by_role("checkbox", "Know the company")
            .expect_checked(true);
        page.within("Sales process")
            .expect_text("36.7% chance · 1 of 11 ticked");
    });
}

#[test]
fn wrong_names_are_said_beside_their_fields() {
    visit(|page| {
        open(page, "#/settings/deals/processes/new", "New process");
        page.field("Process name").fill("default");
        page.by_role("button", "Add stage").click();
        page.by_role("button", "Save").click();
        page.field("Process name").expect_focused();
        page.expect_text("already");
        page.field("Process name").fill("Mine");
        page.by_role("button", "Save").click();
        page.field("Stage name").expect_focused();
        assert_eq!(page.field("Stage name").attribute("aria-invalid"), "true");
        page.field("Stage name").fill("First");
        page.by_role("button", "Save").click();
        page.expect_present("button", "Edit Mine");
    });
}
