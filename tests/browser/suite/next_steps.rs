//! The next step of a deal, on its form and its profile (§13.1).

use browser_tests::{Locator, Page, Visit, visit};
use serde_json::json;

use crate::steps::{add_deal, description, more, open, open_deal, reload};

fn region(page: &Page) -> Locator {
    page.within("Next step")
}

fn button(page: &Page, name: &str) -> Locator {
    region(page).by_role("button", name)
}

/// Sets the first next step, or the next one, by what is there for it.
#[track_caller]
fn set(page: &Page, what: &str, due: &str) {
    region(page).field("Next step").fill(what);
    if !due.is_empty() {
        button(page, due).click();
    }
    button(page, "Save").click();
    region(page).expect_text(what);
    button(page, "Done").expect_present();
}

#[track_caller]
fn edit(page: &Page) {
    page.by_role("link", "Edit deal").click();
    page.expect_heading("Edit deal");
}

#[track_caller]
fn save(page: &Page) {
    page.by_role("button", "Save").click();
    page.expect_heading("Chairs");
}

#[test]
fn the_form_keeps_it_changes_it_and_drops_it() {
    visit(|page| {
        add_deal(
            page,
            "Chairs",
            &[("Next step", "Call about the offer"), ("Due", "2031-03-04")],
        );
        region(page).expect_text("Call about the offer Due Mar 4, 2031");
        // An edit of something else leaves it.
        edit(page);
        page.field("Next step").expect_value("Call about the offer");
        page.field("Due").expect_value("2031-03-04");
        page.field("Notes").fill("Blue ones");
        save(page);
        region(page).expect_text("Call about the offer Due Mar 4, 2031");

        edit(page);
        page.field("Next step").fill("");
        page.by_role("button", "Save").click();
        page.field("Next step").expect_focused();
        let wrong = description(&page.field("Next step"), page);
        assert_eq!(wrong.trim(), "The next step is missing.");
        page.field("Next step").fill("Visit");
        save(page);
        region(page).expect_text("Visit Due Mar 4, 2031");

        edit(page);
        page.field("Next step").fill("");
        page.field("Due").fill("");
        save(page);
        button(page, "Done").expect_absent();
        page.within("History")
            .expect_text("Next step dropped: Visit, due Mar 4, 2031");
        page.by_role("button", "Undo").first().click();
        region(page).expect_text("Visit Due Mar 4, 2031");
    });
}

#[test]
fn a_closed_deal_has_none_and_its_form_does_not_ask() {
    visit(|page| {
        add_deal(page, "Chairs", &[("Next step", "Call")]);
        page.by_role("button", "Mark as won").click();
        page.by_role("dialog", "Mark as won")
            .by_role("button", "Mark as won")
            .click();
        page.expect_present("button", "Reopen");
        region(page).expect_absent();
        page.within("History")
            .expect_text("Next step dropped: Call");
        edit(page);
        page.field("Next step").expect_absent();
        page.field("Due").expect_absent();
        page.field("Notes").fill("Paid");
        save(page);
        page.expect_text("Paid");
        page.by_role("button", "Reopen").click();
        region(page).field("Next step").expect_value("");
    });
}

#[test]
fn done_takes_one_click_and_the_next_one_is_typed_at_once() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        set(page, "Call", "Today");
        region(page).expect_text("Call Due today");
        button(page, "Done").click();
        page.expect_text("Next step done");
        region(page).field("Next step").expect_focused();
        page.press("Tab");
        region(page).field("Next step").fill("Send the offer");
        page.press("Enter");
        button(page, "Change").expect_focused();
        region(page).expect_text("Send the offer No due date");
        page.within("History").expect_text("Done: Call, due");

        // Step by step back, and forth again.
        let undo = page.by_role("button", "Undo").first();
        undo.click();
        button(page, "Done").expect_absent();
        undo.click();
        region(page).expect_text("Call Due today");
        let redo = page.by_role("button", "Redo");
        redo.click();
        button(page, "Done").expect_absent();
        redo.click();
        region(page).expect_text("Send the offer");
        button(page, "Drop").click();
        region(page).field("Next step").expect_focused();
        page.within("Messages").by_role("button", "Undo").click();
        region(page).expect_text("Send the offer");
        reload(page);
        region(page).expect_text("Send the offer No due date");
        page.within("History").expect_text("Next step: Call, due");
    });
}

#[test]
fn it_is_changed_in_its_place_and_nothing_typed_is_lost() {
    visit(|page| {
        open(page, "#/deals/open", "Deals");
        add_deal(page, "Chairs", &[]);
        set(page, "Call", "Tomorrow");
        region(page).expect_text("Call Due tomorrow");
        button(page, "Change").click();
        region(page).field("Next step").expect_focused();
        page.press("Escape");
        button(page, "Change").expect_focused();

        button(page, "Change").click();
        region(page).field("Next step").fill("Call Ana");
        page.press("Escape");
        let ask = page.by_role("dialog", "Discard what you changed?");
        ask.by_role("button", "Keep editing").click();
        region(page).field("Next step").expect_value("Call Ana");
        page.by_role("link", "Customers").click();
        let leave = page.by_role("dialog", "Leave without saving?");
        leave.expect_present();
        page.press("Escape");
        region(page).field("Next step").expect_value("Call Ana");
        button(page, "Cancel").click();
        region(page).expect_text("Call Due tomorrow");

        button(page, "Change").click();
        region(page).field("Next step").fill("Call Ana");
        button(page, "In a week").click();
        page.press("Control+Enter");
        region(page).expect_text("Call Ana Due");
        page.by_role("link", "Customers").click();
        page.expect_heading("Customers");
    });
}

#[test]
fn an_empty_one_is_refused_beside_its_field() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        button(page, "Save").click();
        let field = region(page).field("Next step");
        field.expect_focused();
        assert_eq!(
            description(&field, page).trim(),
            "The next step is missing."
        );
        page.expect_accessible();
        field.fill("Call");
        page.press("Enter");
        region(page).expect_text("Call No due date");
    });
}

#[test]
fn it_says_in_words_by_how_much_it_is_overdue() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        for (days, words) in [(1, "Overdue by 1 day"), (40, "Overdue by 40 days")] {
            let due = page.evaluate(
                "const day = new Date();
                 day.setDate(day.getDate() - arguments[0]);
                 const two = (part) => `${part}`.padStart(2, '0');
                 return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;",
                &[json!(days)],
            );
            region(page).field("Next step").fill("Call");
            region(page).field("Due").fill(due.as_str().unwrap());
            button(page, "Save").click();
            region(page).expect_text(words);
            button(page, "Change").click();
        }
        button(page, "Cancel").click();
        region(page).expect_text("Overdue by 40 days");
        page.expect_accessible();
    });
}

#[test]
fn what_is_typed_stands_beside_what_another_tab_sets() {
    visit(|two| {
        add_deal(two, "Chairs", &[]);
        let one = &two.new_tab();
        open_deal(one, "Chairs");
        region(one).field("Next step").fill("Call Ana");
        set(two, "Call Ben", "Today");
        region(one).expect_text("Another tab has changed this too: Next step.");
        region(one).field("Next step").expect_value("Call Ana");
        button(one, "Save").click();
        region(one).expect_text("Call Ana Due today");
        region(two).expect_text("Call Ana Due today");
        // The form keeps what only the other tab has changed.
        edit(one);
        one.field("Notes").fill("Blue ones");
        button(two, "Done").click();
        set(two, "Visit", "");
        one.field("Next step").expect_value("Visit");
        save(one);
        region(one).expect_text("Visit");
        two.expect_text("Blue ones");
    });
}

#[test]
fn the_palette_and_the_keyboard_reach_it() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        let take = |command: &str| {
            page.press("Control+k");
            page.field("Command or name").fill(command);
            page.by_role("option", command).expect_present();
            page.press("Enter");
        };
        take("Set next step");
        region(page).field("Next step").expect_focused();
        region(page).field("Next step").fill("Call");
        page.press("Enter");
        region(page).expect_text("Call No due date");
        take("Change next step");
        region(page).field("Next step").expect_focused();
        page.press("Escape");
        button(page, "Change").expect_focused();
        take("Next step done");
        region(page).field("Next step").expect_focused();
        page.within("History").expect_text("Done: Call");
    });
}

#[test]
fn the_menu_of_a_card_notes_and_does_it_and_asks_for_the_next() {
    visit(|page| {
        add_deal(page, "Chairs", &[("Next step", "Call")]);
        open(page, "#/deals/open?layout=board", "Deals");
        let take = |entry: &str| {
            let board = page.within("Board");
            board.by_role("button", "Move Chairs").click();
            page.by_role("menuitem", entry).click();
        };
        take("Add note");
        let dialog = page.by_role("dialog", "Add note");
        dialog.field("Note").expect_focused();
        dialog.by_role("button", "Add note").click();
        let wrong = description(&dialog.field("Note"), page);
        assert_eq!(wrong.trim(), "The note is missing.");
        dialog.field("Note").fill("Called Ana");
        page.press("Escape");
        let ask = page.by_role("dialog", "Discard what you changed?");
        ask.by_role("button", "Keep editing").click();
        dialog.field("Note").focus();
        page.press("Control+Enter");
        dialog.expect_absent();
        page.within("Messages").expect_text("Note added");

        take("Next step done");
        let dialog = page.by_role("dialog", "Next step");
        dialog.field("Next step").expect_focused();
        dialog.field("Next step").fill("Visit");
        dialog.by_role("button", "Tomorrow").click();
        page.expect_accessible();
        dialog.by_role("button", "Save").click();
        dialog.expect_absent();
        page.by_role("article", "Chairs").expect_text("Visit");
        take("Change next step");
        dialog.field("Next step").expect_value("Visit");
        page.press("Escape");
        dialog.expect_absent();

        open_deal(page, "Chairs");
        region(page).expect_text("Visit Due tomorrow");
        page.within("History").expect_text("Called Ana");
        page.within("History").expect_text("Done: Call");
    });
}

#[test]
fn on_a_phone_it_is_in_view_and_fits() {
    Visit::default().size(390, 844).run(|page| {
        add_deal(page, "Chairs", &[]);
        set(
            page,
            "Send the offer for forty blue chairs with arms",
            "Today",
        );
        let fits = page.evaluate(
            "return document.documentElement.scrollWidth <= innerWidth;",
            &[],
        );
        assert_eq!(fits, true);
        more(page, "Snooze").click();
        page.press("Escape");
        button(page, "Done").click();
        region(page).field("Due").fill("2031-03-04");
        region(page).field("Next step").fill("Call");
        button(page, "Save").click();
        region(page).expect_text("Call Due Mar 4, 2031");
    });
}
