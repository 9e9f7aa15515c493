//! Taking steps back, and again.

use browser_tests::{Page, any, containing, visit};

use crate::steps::{
    add_deal, add_process_like, change_process, expect_listed, load_sample, more, open, panel,
    reload, snapshot, tick,
};

/// Ten steps of different kinds; each has the name that its tooltip tells.
const STEPS: [&str; 10] = [
    "Add entry",
    "Save process",
    "Add deal",
    "Tick sub-stage",
    "Set chance",
    "Edit deal",
    "Tick sub-stage",
    "Mark as lost",
    "Reopen",
    "Duplicate deal",
];

fn take_ten_steps(page: &Page) {
    open(page, "#/settings/lists", "Account settings");
    page.field("New owner").fill("Ada");
    page.field("New owner").press("Enter");
    page.expect_present("button", "Rename Ada");
    add_process_like(page, "Key accounts");
    add_deal(
        page,
        "Chairs",
        &[("Customer", "Oak Ltd"), ("Value", "1000")],
    );
    tick(page, "Look into the company", true);
    panel(page).by_role("button", "Set chance").click();
    page.field("Chance").fill("40");
    page.field("Chance").press("Enter");
    panel(page).expect_text("40% chance, typed");
    change_process(page, "Key accounts", "Default: 1 of 11 ticked, kept.");
    tick(page, "Hold a workshop", true);
    page.by_role("button", "Mark as lost").click();
    page.field("Reason").choose("No budget");
    page.by_role("dialog", "Mark as lost")
        .by_role("button", "Mark as lost")
        .click();
    page.by_role("button", "Reopen").click();
    panel(page).expect_text("8% chance");
    more(page, "Duplicate").click();
    panel(page).expect_text("0% chance");
}

/// What the buttons say that they take back or do again.
fn expect_tooltip(page: &Page, button: &str, step: Option<&str>) {
    let button_of = || page.by_role("banner", any()).by_role("button", button);
    let keys = if button == "Undo" {
        "Ctrl+Z"
    } else {
        "Shift+Ctrl+Z"
    };
    let wanted = step.map_or_else(|| button.to_owned(), |s| format!("{button}: {s} ({keys})"));
    page.wait_until(&format!("the tooltip is {wanted:?}"), || {
        button_of().attribute("title") == wanted
    });
    button_of().expect_enabled(step.is_some());
}

#[test]
fn ten_steps_are_taken_back_and_again_by_buttons_and_by_keys() {
    visit(|page| {
        let before = snapshot(page);
        take_ten_steps(page);
        let after = snapshot(page);
        assert_ne!(before, after);
        let header = page.by_role("banner", any());
        let (undo, redo) = (
            header.by_role("button", "Undo"),
            header.by_role("button", "Redo"),
        );
        for step in STEPS.iter().rev() {
            expect_tooltip(page, "Undo", Some(step));
            undo.click();
        }
        expect_tooltip(page, "Undo", None);
        assert_eq!(snapshot(page), before);

        page.by_role("heading", "Account settings").focus();
        for step in STEPS {
            expect_tooltip(page, "Redo", Some(step));
            page.press("Control+Shift+z");
        }
        expect_tooltip(page, "Redo", None);
        assert_eq!(snapshot(page), after);

        page.by_role("heading", "Account settings").focus();
        for step in STEPS.iter().rev() {
            expect_tooltip(page, "Undo", Some(step));
            page.press("Control+z");
        }
        assert_eq!(snapshot(page), before);
        for step in STEPS {
            expect_tooltip(page, "Redo", Some(step));
            redo.click();
        }
        assert_eq!(snapshot(page), after);
        // What is stored is the same.
        reload(page);
        assert_eq!(snapshot(page), after);
    });
}

#[test]
fn a_new_step_ends_what_could_be_done_again() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        tick(page, "Look into the company", true);
        page.by_role("heading", "Chairs").focus();
        page.press("Control+z");
        panel(page)
            .by_role("checkbox", "Look into the company")
            .expect_checked(false);
        expect_tooltip(page, "Redo", Some("Tick sub-stage"));
        tick(page, "Send the offer", true);
        expect_tooltip(page, "Redo", None);
    });
}

#[test]
fn in_a_field_the_keys_are_the_browsers() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        page.by_role("link", "Edit deal").click();
        let notes = page.field("Notes");
        notes.fill("first");
        notes.press("x");
        page.take_back_typing();
        page.wait_until("the browser has taken back what was typed", || {
            notes.value() != "firstx"
        });
        expect_tooltip(page, "Undo", Some("Add deal"));
        page.expect_heading("Edit deal");
    });
}

#[test]
fn the_sample_is_taken_back_in_one_step() {
    visit(|page| {
        open(page, "#/deals/open", "Deals");
        page.by_role("link", "Add deal").first().expect_present();
        let before = snapshot(page);
        load_sample(page);
        let after = snapshot(page);
        open(page, "#/deals/open", "Deals");
        page.by_role("figure", any()).expect_count(3);
        page.by_role("banner", any())
            .by_role("button", "Undo")
            .click();
        page.expect_present("button", "Load sample data");
        page.expect_absent("figure", any());
        assert_eq!(snapshot(page), before);
        page.by_role("heading", "Account settings").focus();
        page.press("Control+y");
        assert_eq!(snapshot(page), after);
    });
}

#[test]
fn the_message_of_a_step_takes_back_that_step_and_no_other() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        let messages = page.by_role("region", "Messages");
        messages.expect_text("Deal added");
        messages.by_role("button", "Undo").expect_present();
        page.evaluate("document.querySelector('.message').isTheSame = true;", &[]);
        // A tick says nothing, so that no message may offer to take it back.
        tick(page, "Look into the company", true);
        messages.by_role("button", "Undo").expect_absent();
        // Made anew it would be read again.
        let script = "const message = document.querySelector('.message');
            return !message || message.isTheSame === true;";
        assert_eq!(page.evaluate(script, &[]), true);
        more(page, "Delete").click();
        page.by_role("dialog", "Delete this deal?")
            .by_role("button", "Delete")
            .click();
        page.expect_heading("Deals");
        messages.by_role("button", "Undo").click();
        messages
            .by_role("button", containing("Dismiss"))
            .first()
            .click();
        expect_listed(page, "Open deals", &["Chairs"]);
        page.by_role("link", "Chairs").click();
        panel(page)
            .by_role("checkbox", "Look into the company")
            .expect_checked(true);
    });
}
