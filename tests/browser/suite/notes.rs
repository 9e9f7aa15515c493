//! What people note on a deal (§13.2).

use browser_tests::{Locator, Page, Visit, any, visit};
use serde_json::json;

use crate::steps::{add_deal, description, open, open_deal, reload};

fn history(page: &Page) -> Locator {
    page.within("History")
}

fn button(page: &Page, name: &str) -> Locator {
    history(page).by_role("button", name)
}

#[track_caller]
fn note(page: &Page, text: &str) {
    history(page).field("Note").fill(text);
    button(page, "Add note").click();
    history(page).field("Note").expect_value("");
}

/// What the entries of the history say, without their dates.
#[track_caller]
fn expect_told(page: &Page, texts: &[&str]) {
    let script = "return [...document.querySelectorAll('.history > li')]
        .map((entry) => entry.querySelector('p')?.innerText);";
    page.wait_until(&format!("the history says {texts:?}"), || {
        page.evaluate(script, &[]) == json!(texts)
    });
}

#[test]
fn notes_are_added_changed_and_deleted_and_each_is_a_step() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        note(page, "Called Ana.\nShe decides on Friday.");
        page.within("Messages").expect_text("Note added");
        expect_told(page, &["Called Ana.\nShe decides on Friday.", "Created"]);
        note(page, "Sent the catalogue");
        let both = ["Sent the catalogue", "Called Ana.\nShe decides on Friday."];
        expect_told(page, &[both[0], both[1], "Created"]);
        button(page, "Notes").click();
        expect_told(page, &both);

        button(page, "Edit note").nth(1).click();
        let field = history(page).field("Text of the note");
        field.expect_focused();
        field.expect_value("Called Ana.\nShe decides on Friday.");
        field.fill("Called Ana");
        button(page, "Save").click();
        button(page, "Edit note").nth(1).expect_focused();
        expect_told(page, &[both[0], "Called Ana"]);
        button(page, "Delete note").first().click();
        expect_told(page, &["Called Ana"]);
        page.by_role("heading", "History").expect_focused();
        page.within("Messages").by_role("button", "Undo").click();
        expect_told(page, &[both[0], "Called Ana"]);

        let undo = page.by_role("button", "Undo").first();
        undo.click();
        expect_told(page, &both);
        undo.click();
        expect_told(page, &[both[1]]);
        undo.click();
        history(page).expect_text("Nothing was noted yet.");
        let redo = page.by_role("button", "Redo");
        for _ in 0..4 {
            redo.click();
        }
        expect_told(page, &["Called Ana"]);
        reload(page);
        expect_told(page, &["Called Ana", "Created"]);
        page.expect_accessible();
    });
}

#[test]
fn a_note_is_text_and_its_addresses_are_links_to_be_opened_on_purpose() {
    visit(|page| {
        page.run_before_start("window.alert = () => { window.broken = true; };");
        add_deal(page, "Chairs", &[]);
        let text = "<img src=x onerror=alert(1)> see (https://oak.example/a), javascript:alert(1), \
                    ana@oak.example <script>alert(2)</script>";
        note(page, text);
        reload(page);
        expect_told(page, &[text, "Created"]);
        assert_eq!(
            page.evaluate("return window.broken ?? null;", &[]),
            json!(null)
        );
        assert_eq!(
            page.evaluate(
                "return document.querySelector('.history img, .history script');",
                &[]
            ),
            json!(null)
        );
        let links = page.evaluate(
            "return [...document.querySelectorAll('.history a')].map((link) =>
                [link.textContent, link.getAttribute('href'), link.target, link.rel]);",
            &[],
        );
        let rel = "noopener noreferrer";
        assert_eq!(
            links,
            json!([
                [
                    "https://oak.example/a",
                    "https://oak.example/a",
                    "_blank",
                    rel
                ],
                ["ana@oak.example", "mailto:ana@oak.example", "_blank", rel],
            ])
        );
    });
}

#[test]
fn marks_of_direction_stay_within_their_note() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        note(page, "Before \u{202e}https://oak.example/a");
        note(page, "שלום https://oak.example/b");
        let links = page.evaluate(
            "return [...document.querySelectorAll('.history a')].map((link) =>
                [link.href, link.dir, getComputedStyle(link).unicodeBidi]);",
            &[],
        );
        assert_eq!(
            links,
            json!([
                ["https://oak.example/b", "auto", "isolate"],
                ["https://oak.example/a", "auto", "isolate"],
            ])
        );
    });
}

#[test]
fn a_note_needs_words_and_has_room_for_five_thousand_letters() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        let field = history(page).field("Note");
        for (text, wrong) in [
            ("  ", "The note is missing."),
            (
                &"x".repeat(5_001),
                "The note is too long: at most 5000 characters.",
            ),
        ] {
            field.fill(text);
            button(page, "Add note").click();
            field.expect_focused();
            assert_eq!(description(&field, page).trim(), wrong);
            field.expect_value(text);
        }
        note(page, "Called");
        expect_told(page, &["Called", "Created"]);
    });
}

#[test]
fn what_is_typed_is_not_lost_without_a_question() {
    visit(|page| {
        open(page, "#/deals/open", "Deals");
        add_deal(page, "Chairs", &[]);
        history(page).field("Note").fill("Called");
        let leave = page.by_role("dialog", "Leave without saving?");
        let ways: [fn(&Page); 2] = [
            |page| page.by_role("link", "Customers").click(),
            |page| page.back(),
        ];
        for way in ways {
            way(page);
            leave.expect_present();
            page.press("Escape");
            leave.expect_absent();
            history(page).field("Note").expect_value("Called");
        }
        history(page).field("Note").focus();
        page.press("Control+Enter");
        expect_told(page, &["Called", "Created"]);

        button(page, "Edit note").click();
        history(page).field("Text of the note").fill("Called Ana");
        page.press("Escape");
        let ask = page.by_role("dialog", "Discard what you changed?");
        ask.by_role("button", "Keep editing").click();
        history(page)
            .field("Text of the note")
            .expect_value("Called Ana");
        history(page).field("Text of the note").focus();
        page.press("Escape");
        ask.by_role("button", "Discard").click();
        expect_told(page, &["Called", "Created"]);
        button(page, "Edit note").expect_focused();
        page.by_role("link", "Customers").click();
        page.expect_heading("Customers");
    });
}

#[test]
fn two_tabs_note_on_one_deal_and_both_notes_stay() {
    visit(|two| {
        add_deal(two, "Chairs", &[]);
        let one = &two.new_tab();
        open_deal(one, "Chairs");
        history(one).field("Note").fill("Being typed");
        note(two, "From the second tab");
        expect_told(one, &["From the second tab", "Created"]);
        history(one).field("Note").expect_value("Being typed");
        button(one, "Add note").click();
        for tab in [one, two] {
            button(tab, "Notes").click();
            tab.wait_until("both notes are there", || {
                history(tab).by_role("listitem", any()).texts().len() == 2
            });
            history(tab).expect_text("Being typed");
            history(tab).expect_text("From the second tab");
        }
        // One that is being edited keeps what is typed.
        button(one, "Edit note").first().click();
        history(one)
            .field("Text of the note")
            .fill("Typed in the first");
        button(two, "Edit note").first().click();
        history(two)
            .field("Text of the note")
            .fill("Saved in the second");
        button(two, "Save").click();
        history(one).expect_text("Another tab has changed this too: Note.");
        history(one)
            .field("Text of the note")
            .expect_value("Typed in the first");
        button(one, "Save").click();
        history(two).expect_text("Typed in the first");
        one.by_role("button", "Undo").first().click();
        history(two).expect_text("Saved in the second");
    });
}

#[test]
fn a_long_history_is_shown_bit_by_bit() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        for at in 0..22 {
            note(page, &format!("Note {at}"));
        }
        history(page).by_role("listitem", any()).expect_count(20);
        button(page, "Show more (3 left)").click();
        history(page).by_role("listitem", any()).expect_count(23);
        // The choice and the length are there again on the way back.
        button(page, "Notes").click();
        history(page).by_role("listitem", any()).expect_count(22);
        page.by_role("link", "Customers").click();
        page.expect_heading("Customers");
        page.back();
        page.expect_heading("Chairs");
        history(page).by_role("listitem", any()).expect_count(22);
        assert_eq!(button(page, "Notes").attribute("aria-pressed"), "true");
    });
}

#[test]
fn the_keyboard_alone_notes_edits_and_deletes() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        page.press("Control+k");
        page.field("Command or name").fill("Add note");
        page.by_role("option", "Add note").expect_present();
        page.press("Enter");
        history(page).field("Note").expect_focused();
        history(page).field("Note").fill("Called");
        page.press("Control+Enter");
        expect_told(page, &["Called", "Created"]);
        let edit = button(page, "Edit note");
        assert!(
            !description(&edit, page).is_empty(),
            "it says of which entry"
        );
        edit.focus();
        page.press("Enter");
        history(page).field("Text of the note").expect_focused();
        history(page).field("Text of the note").fill("Called Ana");
        page.press("Control+Enter");
        edit.expect_focused();
        page.press("Tab");
        button(page, "Delete note").expect_focused();
        page.press("Enter");
        expect_told(page, &["Created"]);
    });
}

#[test]
fn a_note_prints_with_its_deal_and_the_box_does_not() {
    visit(|page| {
        add_deal(page, "Chairs", &[("Next step", "Callback")]);
        note(page, "Budgeted");
        let printed = page.print((21.0, 29.7));
        assert_eq!(printed.pages().len(), 1);
        for text in ["Callback", "Budgeted", "Next step"] {
            assert!(printed.count(text) > 0, "{text}");
        }
        for text in ["Add note", "Everything", "Edit note"] {
            assert_eq!(printed.count(text), 0, "{text}");
        }
    });
}

#[test]
fn notes_fit_the_phone_and_four_times_the_size() {
    for (width, height) in [(390, 844), (320, 225)] {
        Visit::default().size(width, height).run(|page| {
            add_deal(page, "Chairs", &[]);
            note(page, &format!("https://oak.example/{}", "long".repeat(40)));
            button(page, "Edit note").click();
            let fits = page.evaluate(
                "return document.documentElement.scrollWidth <= innerWidth;",
                &[],
            );
            assert_eq!(fits, true);
            page.press("Escape");
            expect_told(
                page,
                &[
                    &format!("https://oak.example/{}", "long".repeat(40)),
                    "Created",
                ],
            );
        });
    }
}

#[test]
fn a_note_that_is_edited_stays_in_a_long_history_until_that_is_done() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        for at in 0..20 {
            note(page, &format!("Note {at}"));
        }
        button(page, "Edit note").nth(19).click();
        let field = history(page).field("Text of the note");
        field.fill("Being typed");
        note(page, "Newest");
        button(page, "Show more (1 left)").expect_present();
        field.expect_value("Being typed");
        button(page, "Notes").click();
        history(page).by_role("listitem", any()).expect_count(21);
        field.expect_value("Being typed");
        button(page, "Save").click();
        field.expect_absent();
        button(page, "Show more (1 left)").expect_present();
        page.by_role("heading", "History").expect_focused();
    });
}

#[test]
fn a_note_that_goes_while_it_is_edited_keeps_what_is_typed() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        note(page, "Called");
        button(page, "Edit note").click();
        let field = history(page).field("Text of the note");
        field.fill("Called Ana");
        page.by_role("button", "Undo").first().click();
        page.expect_text("Undone: Add note");
        button(page, "Save").click();
        field.expect_focused();
        let wrong = "This note is not there any more.";
        assert_eq!(description(&field, page).trim(), wrong);
        field.expect_value("Called Ana");
        page.by_role("button", "Redo").click();
        button(page, "Save").click();
        expect_told(page, &["Called Ana", "Created"]);
    });
}
