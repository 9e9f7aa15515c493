//! Two tabs, one form: saving changes only what was changed in it, and names
//! what both have changed.

use browser_tests::{Page, visit};

use crate::steps::{add_deal, expect_saved, open};

/// Another tab at the screen of this one.
fn second(page: &Page) -> Page {
    expect_saved(page);
    let two = page.new_tab();
    two.goto(&page.route());
    two
}

#[test]
fn a_deal_that_is_edited_in_two_tabs_keeps_what_each_has_changed() {
    visit(|one| {
        add_deal(one, "Chairs", &[("Value", "1000"), ("Notes", "Call them")]);
        let two = second(one);
        two.expect_heading("Chairs");
        one.by_role("link", "Edit deal").click();
        one.field("Notes").fill("Call them on Monday");
        two.by_role("link", "Edit deal").click();
        two.field("Name").fill("Forty chairs");
        two.field("Value").fill("2500");
        two.by_role("button", "Save").click();
        two.expect_heading("Forty chairs");
        expect_saved(&two);
        // What was not touched here follows.
        one.field("Name").expect_value("Forty chairs");
        one.field("Notes").expect_value("Call them on Monday");
        one.expect_no_text("Another tab has changed this too");
        one.by_role("button", "Save").click();
        one.expect_heading("Forty chairs");
        one.expect_text("€2,500");
        one.expect_text("Call them on Monday");
        one.expect_no_text("Another tab has changed this too");
        // Undo takes back what was changed here, and no more.
        one.by_role("button", "Undo").first().click();
        one.expect_no_text("Call them on Monday");
        one.expect_heading("Forty chairs");
    });
}

#[test]
fn a_field_that_both_have_changed_is_named() {
    visit(|one| {
        add_deal(one, "Chairs", &[("Value", "1000")]);
        let two = second(one);
        one.by_role("link", "Edit deal").click();
        one.field("Value").fill("3000");
        two.by_role("link", "Edit deal").click();
        two.field("Value").fill("2500");
        two.field("Notes").fill("Call them");
        two.by_role("button", "Save").click();
        two.expect_heading("Chairs");
        let told = "Another tab has changed this too: Value. What stands here counts.";
        one.expect_text(told);
        one.field("Value").expect_value("3000");
        one.by_role("button", "Save").click();
        one.expect_heading("Chairs");
        one.by_role("region", "Messages").expect_text(told);
        for tab in [one, &two] {
            tab.expect_text("€3,000");
            tab.expect_text("Call them");
        }
    });
}

#[test]
fn a_customer_that_is_edited_in_two_tabs_keeps_what_each_has_changed() {
    visit(|one| {
        open(one, "#/customers/new", "Add customer");
        one.field("Name").fill("Oak Ltd");
        one.by_role("button", "Save").click();
        one.expect_heading("Oak Ltd");
        let two = second(one);
        one.by_role("link", "Edit customer").click();
        one.field("Telephone").fill("123");
        one.field("Notes").fill("Ask for Ann");
        two.by_role("link", "Edit customer").click();
        two.field("E-mail").fill("ann@oak.example");
        two.field("Notes").fill("Ask for Ben");
        two.by_role("button", "Save").click();
        two.expect_heading("Oak Ltd");
        one.expect_text("Another tab has changed this too: Notes");
        one.by_role("button", "Save").click();
        one.expect_heading("Oak Ltd");
        for text in ["ann@oak.example", "123", "Ask for Ann"] {
            one.expect_text(text);
            two.expect_text(text);
        }
    });
}

#[test]
fn a_process_that_is_edited_in_two_tabs_keeps_what_each_has_changed() {
    visit(|one| {
        add_deal(one, "Chairs", &[]);
        open(one, "#/settings/deals", "Account settings");
        one.by_role("button", "Edit Default").click();
        one.expect_heading("Edit process");
        let two = second(one);
        two.expect_heading("Edit process");
        one.field("Process name").fill("Standard");
        one.by_role("group", "Contact")
            .field("Stage name")
            .fill("First contact");
        // A tab that has just been opened may have the focus elsewhere.
        let offer = two.by_role("group", "Offer").field("Stage name");
        offer.click();
        offer.fill("Proposal");
        two.by_role("group", "Contact")
            .field("Stage name")
            .fill("Getting in touch");
        two.by_role("button", "Save").click();
        two.expect_heading("Account settings");
        expect_saved(&two);
        one.by_role("button", "Save").click();
        one.expect_heading("Account settings");
        one.by_role("region", "Messages")
            .expect_text("Another tab has changed this too: Stage name of “First contact”.");
        one.by_role("button", "Edit Standard").click();
        one.by_role("group", "Proposal").expect_present();
        one.by_role("group", "First contact").expect_present();
    });
}
