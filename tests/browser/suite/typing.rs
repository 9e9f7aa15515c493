//! What people type: amounts as their region writes them, and dates.

use browser_tests::{Locator, Page, visit};

use crate::steps::{add_deal, description, expect_listed, open};

fn set_region(page: &Page, name: &str) {
    open(page, "#/settings/general", "Account settings");
    page.select("Language and region", name);
    page.by_role("status", browser_tests::any())
        .first()
        .expect_text("Saved");
}

/// The field says what is wrong, and a screen reader says it with the field.
#[track_caller]
fn expect_wrong(page: &Page, field: &Locator, text: &str) {
    page.expect_text(text);
    assert_eq!(field.attribute("aria-invalid"), "true");
    assert!(description(field, page).contains(text));
}

#[test]
fn a_german_who_types_25_000_gets_twenty_five_thousand() {
    visit(|page| {
        set_region(page, "Deutsch (Deutschland)");
        open(page, "#/deals/new", "Add deal");
        page.field("Name").fill("Werk");
        let value = page.field("Value");
        value.fill("25.5");
        page.expect_no_text("= ");
        value.fill("25.000");
        page.expect_text("= 25.000 €");
        assert!(description(&value, page).contains("= 25.000\u{a0}€"));
        page.expect_accessible();
        page.by_role("button", "Save").click();
        page.expect_heading("Werk");
        page.expect_text("Value 25.000 €");
        add_deal(page, "Halle", &[("Value", "1.234,56")]);
        page.expect_text("Value 1.234,56 €");
        // A form that is opened and saved changes nothing.
        page.by_role("link", "Edit deal").click();
        page.field("Value").expect_value("1234,56");
        page.by_role("button", "Save").click();
        page.expect_heading("Halle");
        page.expect_text("Value 1.234,56 €");

        open(page, "#/deals/open", "Deals");
        page.by_role("button", "More filters").click();
        let least = page.field("Value from");
        least.fill("20.000");
        least.press("Enter");
        expect_listed(page, "Open deals", &["Werk"]);
        page.expect_route("#/deals/open?value_min=2000000");
        least.expect_value("20000,00");

        open(page, "#/settings/deals/rules", "Choosing a process");
        page.by_role("button", "Add rule").click();
        let limit = page.by_role("group", "Rule 1").field("Value at least");
        limit.fill("20.000");
        page.by_role("group", "Rule 1")
            .expect_text("1 open deal matches");
        assert!(description(&limit, page).contains("= 20.000\u{a0}€"));
    });
}

#[test]
fn a_filter_that_is_no_amount_says_so_at_the_field() {
    visit(|page| {
        add_deal(page, "Chairs", &[("Value", "1000")]);
        add_deal(page, "Tower", &[("Value", "50000")]);
        open(page, "#/deals/open", "Deals");
        page.by_role("button", "More filters").click();
        let least = page.field("Value from");
        for (text, wrong) in [
            ("10.999", "EUR has no more than 2 decimals."),
            ("-5", "A value can't be negative."),
            ("some", "This is no amount."),
        ] {
            least.fill(text);
            least.press("Enter");
            expect_wrong(page, &least, wrong);
            least.expect_value(text);
            expect_listed(page, "Open deals", &["Tower", "Chairs"]);
        }
        page.expect_accessible();
        least.fill("25,000");
        page.expect_text("= €25,000");
        least.press("Enter");
        page.expect_no_text("This is no amount.");
        expect_listed(page, "Open deals", &["Tower"]);
        page.by_role("button", "Clear filters").click();
        least.expect_absent();
        page.by_role("button", "More filters").click();
        least.expect_value("");
    });
}

const HALF: &str = "This is no date: give day, month and year of one that exists.";

#[test]
fn half_a_date_is_an_error_and_no_empty_date() {
    visit(|page| {
        open(page, "#/deals/new", "Add deal");
        page.field("Name").fill("Chairs");
        let close = page.field("Expected close");
        for keys in [["12", "01", ""], ["02", "30", "2026"]] {
            close.focus();
            page.type_date(keys);
            page.by_role("button", "Save").click();
            expect_wrong(page, &close, HALF);
            close.expect_focused();
            page.reload();
            page.field("Name").fill("Chairs");
        }
        add_deal(page, "Lamps", &[("Expected close", "2026-12-01")]);
        page.by_role("button", "Mark as won").click();
        let dialog = page.by_role("dialog", "Mark as won");
        let date = dialog.field("Date");
        date.fill("");
        date.focus();
        page.type_keys("12");
        dialog.by_role("button", "Mark as won").click();
        expect_wrong(page, &date, HALF);
        page.press("Escape");
        page.by_role("button", "Discard").click();
        page.expect_present("button", "Mark as won");
    });
}

#[test]
fn what_is_left_of_a_date_stays_while_a_part_of_it_is_typed_anew() {
    visit(|page| {
        open(page, "#/deals/new", "Add deal");
        page.field("Name").fill("Chairs");
        let close = page.field("Expected close");
        close.fill("2026-03-05");
        close.focus();
        // Takes away the part that one is at.
        page.press("Backspace");
        page.by_role("button", "Save").click();
        expect_wrong(page, &close, HALF);
        close.expect_focused();
        page.type_keys("12");
        page.by_role("button", "Save").click();
        page.expect_heading("Chairs");
        page.expect_text("Dec 5, 2026");
    });
}

#[test]
fn a_date_to_filter_by_counts_when_it_is_whole_and_is_one_step() {
    visit(|page| {
        add_deal(page, "Chairs", &[("Expected close", "2026-05-10")]);
        add_deal(page, "Tower", &[("Expected close", "2026-12-01")]);
        open(page, "#/deals/open", "Deals");
        page.by_role("button", "More filters").click();
        let from = page.field("From");
        from.focus();
        page.type_date(["11", "05", "2026"]);
        page.expect_route("#/deals/open?from=2026-11-05");
        expect_listed(page, "Open deals", &["Tower"]);
        page.back();
        page.expect_route("#/deals/open");
        expect_listed(page, "Open deals", &["Tower", "Chairs"]);
        from.expect_value("");

        from.focus();
        page.type_date(["11", "05", ""]);
        page.field("Search deals").focus();
        expect_wrong(page, &from, HALF);
        page.expect_route("#/deals/open");
    });
}
