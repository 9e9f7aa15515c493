//! Leaving a form with changes: it asks, and the browser's history stays as
//! it was.

use browser_tests::{Page, visit};

use crate::steps::open;

/// From the list of deals over the settings into a form with a change.
fn change_a_process(page: &Page) {
    open(page, "#/deals/open", "Deals");
    open(page, "#/settings/deals", "Account settings");
    page.by_role("button", "Edit Default").click();
    page.expect_heading("Edit process");
    page.field("Process name").fill("Standard");
}

fn answer(page: &Page, button: &str) {
    let ask = page.by_role("dialog", "Leave without saving?");
    ask.expect_text("not saved yet");
    ask.by_role("button", button).click();
    ask.expect_absent();
}

/// The form is there with what was typed, under its own address.
fn expect_form(page: &Page) {
    page.expect_heading("Edit process");
    page.field("Process name").expect_value("Standard");
    page.wait_until("the address is that of the form", || {
        page.route().starts_with("#/settings/deals/processes/")
    });
}

#[test]
fn after_a_link_and_stay_one_step_back_is_the_page_before() {
    visit(|page| {
        change_a_process(page);
        page.by_role("link", "Customers").click();
        answer(page, "Stay");
        expect_form(page);
        page.back();
        answer(page, "Stay");
        expect_form(page);
        page.back();
        answer(page, "Leave");
        page.expect_heading("Account settings");
        page.back();
        page.expect_heading("Deals");
    });
}

#[test]
fn after_leave_by_a_link_the_form_is_one_step_back() {
    visit(|page| {
        change_a_process(page);
        page.back();
        answer(page, "Stay");
        expect_form(page);
        page.by_role("link", "Customers").click();
        answer(page, "Leave");
        page.expect_heading("Customers");
        page.back();
        page.expect_heading("Edit process");
        page.field("Process name").expect_value("Default");
        page.back();
        page.expect_heading("Account settings");
    });
}

#[test]
fn a_form_asks_over_a_reload_of_the_page_too() {
    visit(|page| {
        open(page, "#/deals/open", "Deals");
        open(page, "#/settings/deals", "Account settings");
        page.by_role("button", "Edit Default").click();
        page.expect_heading("Edit process");
        page.reload();
        page.expect_heading("Edit process");
        page.field("Process name").fill("Standard");
        page.back();
        answer(page, "Stay");
        expect_form(page);
        page.back();
        answer(page, "Leave");
        page.expect_heading("Account settings");
        page.back();
        page.expect_heading("Deals");
    });
}
