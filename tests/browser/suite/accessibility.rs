//! No rule of axe-core is broken, on any screen, in both themes and widths.

use browser_tests::{Page, Visit, any, visit};

use crate::steps::{filter_by, filters, load_sample, more, open, unfold_charts};

const SCREENS: [(&str, &str); 12] = [
    ("#/deals/open", "Deals"),
    ("#/deals/closed", "Deals"),
    ("#/deals/new", "Add deal"),
    ("#/customers", "Customers"),
    ("#/customers/new", "Add customer"),
    ("#/settings/general", "Account settings"),
    ("#/settings/deals", "Account settings"),
    ("#/settings/deals/processes/new", "New process"),
    ("#/settings/deals/guide", "Set up several processes"),
    ("#/settings/lists", "Account settings"),
    ("#/settings/data", "Account settings"),
    ("#/nowhere", "Not found"),
];

/// Both themes of what is shown now.
#[track_caller]
fn expect_accessible(page: &Page) {
    for dark in [false, true] {
        page.set_color_scheme(dark);
        // Colours on their way from one theme to the other say nothing.
        page.wait_until("nothing moves", || {
            let script = "return document.getAnimations().every((a) => a.playState !== 'running');";
            page.evaluate(script, &[]) == true
        });
        page.expect_accessible();
    }
}

fn walk(page: &Page) {
    for (route, heading) in SCREENS {
        open(page, route, heading);
        expect_accessible(page);
    }
}

fn walk_the_sample(page: &Page) {
    load_sample(page);
    walk(page);
    open(page, "#/deals/open", "Deals");
    unfold_charts(page);
    page.by_role("figure", any())
        .first()
        .by_role("button", "Show figures")
        .click();
    page.by_role("checkbox", browser_tests::containing("Select "))
        .nth(1)
        .click();
    expect_accessible(page);
    for button in ["Views", "Stage", "More filters"] {
        filters(page).by_role("button", button).click();
        expect_accessible(page);
        page.press("Escape");
    }
    filter_by(page, "Owner", &["No owner"]);
    expect_accessible(page);
    open_first(page, "#/deals/open", "Open deals");
    expect_accessible(page);
    page.by_role("link", "Edit deal").click();
    page.expect_heading("Edit deal");
    expect_accessible(page);
    open_first(page, "#/deals/closed", "Closed deals");
    expect_accessible(page);
    open_first(page, "#/customers", "Customers");
    expect_accessible(page);
    open(page, "#/settings/deals", "Account settings");
    page.by_role("button", "Edit Key accounts").click();
    page.expect_heading("Edit process");
    expect_accessible(page);
}

fn open_first(page: &Page, route: &str, table: &str) {
    page.goto(route);
    page.by_role("table", table)
        .by_role("link", any())
        .first()
        .click();
    page.by_role("heading", any()).first().expect_focused();
}

fn walk_the_dialogs(page: &Page) {
    load_sample(page);
    open_first(page, "#/deals/open", "Open deals");
    for name in [
        "Mark as won",
        "Mark as lost",
        "Set chance",
        "Mark as outdated",
        "Delete",
    ] {
        if matches!(name, "Mark as outdated" | "Delete") {
            more(page, name).click();
        } else {
            page.by_role("button", name).click();
        }
        let dialog = page.by_role("dialog", any());
        dialog.expect_present();
        if name.starts_with("Mark") {
            // With what is wrong beside its field.
            dialog.by_role("button", name).click();
            if name == "Mark as won" {
                dialog.field("Date").fill("2999-01-01");
                dialog.by_role("button", name).click();
            }
        }
        expect_accessible(page);
        page.press("Escape");
        if name == "Mark as won" {
            let ask = page.by_role("dialog", "Discard what you changed?");
            ask.expect_present();
            expect_accessible(page);
            ask.by_role("button", "Discard").click();
        }
        dialog.expect_absent();
    }
    for (keys, field) in [("Control+k", Some("Command or name")), ("?", None)] {
        page.by_role("heading", any()).first().focus();
        page.press(keys);
        let dialog = page.by_role("dialog", any());
        dialog.expect_present();
        if let Some(field) = field {
            page.field(field).fill("deal");
        }
        expect_accessible(page);
        page.press("Escape");
        dialog.expect_absent();
    }
    open(page, "#/settings/data", "Account settings");
    page.by_role("button", "Erase everything").click();
    page.by_role("dialog", "Erase everything")
        .by_role("button", "Erase everything")
        .click();
    expect_accessible(page);
    page.press("Escape");
    open(page, "#/deals/new", "Add deal");
    page.by_role("button", "Save").click();
    page.field("Customer").click();
    page.by_role("option", any()).first().expect_present();
    expect_accessible(page);
    page.field("Name").fill("x");
    page.goto("#/customers");
    page.by_role("dialog", "Leave without saving?")
        .expect_present();
    expect_accessible(page);
}

fn on_a_desk(walk: fn(&Page)) {
    visit(walk);
}

fn on_a_phone(walk: fn(&Page)) {
    let phone = Visit::default().size(390, 844);
    phone.run(walk);
}

#[test]
fn every_screen_of_a_new_account() {
    on_a_desk(walk);
}

#[test]
fn every_screen_of_a_new_account_on_a_phone() {
    on_a_phone(walk);
}

#[test]
fn every_screen_with_data() {
    on_a_desk(walk_the_sample);
}

#[test]
fn every_screen_with_data_on_a_phone() {
    on_a_phone(walk_the_sample);
}

#[test]
fn every_dialog() {
    on_a_desk(walk_the_dialogs);
}

#[test]
fn every_dialog_on_a_phone() {
    on_a_phone(walk_the_dialogs);
}
