//! The profile of a deal: what is done with it, and the way through the list
//! that one came from.

use browser_tests::{Locator, Page, Visit, any, visit};
use serde_json::Value;

use crate::steps::{
    add_deal, expect_listed, filter_by, five_deals, more, open, open_deal, reload, tick,
};

fn walk(page: &Page) -> Locator {
    page.by_role("navigation", "List")
}

/// Where the shown deal stands, and which way it does not go on.
#[track_caller]
fn expect_walk(page: &Page, heading: &str, place: &str) {
    page.expect_heading(heading);
    walk(page).expect_text(place);
}

fn next(page: &Page) {
    walk(page).by_role("link", "Next deal").click();
}

fn previous(page: &Page) {
    walk(page).by_role("link", "Previous deal").click();
}

/// Whether the link leads anywhere.
#[track_caller]
fn leads(page: &Page, link: &str) -> bool {
    let link = walk(page).by_role("link", link);
    link.expect_present();
    link.attribute("aria-disabled") != "true"
}

fn win(page: &Page) {
    page.by_role("button", "Mark as won").click();
    let dialog = page.by_role("dialog", "Mark as won");
    dialog.by_role("button", "Mark as won").click();
    page.expect_present("button", "Reopen");
}

#[test]
fn the_menu_more_is_worked_by_keys() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        let menu = page.by_role("button", "More");
        menu.press("Enter");
        page.by_role("menuitem", "Mark as outdated")
            .expect_focused();
        page.by_role("menuitem", any()).expect_texts(&[
            "Mark as outdated",
            "Snooze",
            "Duplicate",
            "Print",
            "Delete",
        ]);
        page.press("End");
        page.by_role("menuitem", "Delete").expect_focused();
        page.press("Enter");
        let dialog = page.by_role("dialog", "Delete this deal?");
        dialog.by_role("button", "Cancel").press("Enter");
        dialog.expect_absent();
        menu.expect_focused();
        page.press("ArrowDown");
        page.press("ArrowDown");
        page.press("ArrowDown");
        page.by_role("menuitem", "Duplicate").expect_focused();
        page.press("Enter");
        page.expect_heading("Chairs (copy)");
        // What a closed deal can't be is not offered.
        win(page);
        page.by_role("button", "More").press("Enter");
        page.by_role("menuitem", any())
            .expect_texts(&["Duplicate", "Print", "Delete"]);
    });
}

#[test]
fn print_asks_the_browser() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        page.evaluate("window.print = () => { window.printed = true; };", &[]);
        more(page, "Print").click();
        page.wait_until("the page is printed", || {
            page.evaluate("return window.printed === true;", &[]) == true
        });
    });
}

#[test]
fn the_buttons_stand_in_one_row_at_any_width() {
    let tops = "const all = document.querySelectorAll('.deal-actions > *');
         return [...new Set([...all].map((one) => Math.round(one.getBoundingClientRect().top)))];";
    for width in [390, 768, 1440] {
        Visit::default().size(width, 844).run(|page| {
            add_deal(page, "Chairs", &[]);
            let rows = page.evaluate(tops, &[]);
            assert_eq!(rows.as_array().map(Vec::len), Some(1), "{width}: {rows}");
            let sideways = "return document.documentElement.scrollWidth > innerWidth;";
            assert_eq!(page.evaluate(sideways, &[]), Value::Bool(false), "{width}");
        });
    }
}

#[test]
fn previous_and_next_lead_through_the_list_one_came_from() {
    visit(|page| {
        five_deals(page);
        open(page, "#/deals/open?sort=name", "Deals");
        page.by_role("link", "Chairs").click();
        expect_walk(page, "Chairs", "1 of 5");
        assert!(!leads(page, "Previous deal"));
        next(page);
        expect_walk(page, "Desks", "2 of 5");
        page.by_role("heading", "Desks").expect_focused();
        next(page);
        next(page);
        expect_walk(page, "Lamps", "4 of 5");
        previous(page);
        expect_walk(page, "Harbour", "3 of 5");
        // By keys, from anywhere on the page.
        page.by_role("heading", "Harbour").focus();
        page.press("j");
        page.expect_heading("Lamps");
        page.press("j");
        expect_walk(page, "Tower", "5 of 5");
        assert!(!leads(page, "Next deal"));
        page.press("j");
        page.press("k");
        page.expect_heading("Lamps");
        // One step back is the list, however far one has gone.
        page.back();
        page.expect_route("#/deals/open?sort=name");
        page.by_role("link", "Lamps").expect_focused();
        // A reload keeps the list too.
        page.press("Enter");
        expect_walk(page, "Lamps", "4 of 5");
        reload(page);
        expect_walk(page, "Lamps", "4 of 5");
        next(page);
        expect_walk(page, "Tower", "5 of 5");
    });
}

#[test]
fn the_filters_and_the_selection_stay_on_the_way_through_a_list() {
    visit(|page| {
        five_deals(page);
        open(page, "#/deals/open", "Deals");
        page.field("Search deals").fill("oak");
        expect_listed(page, "Open deals", &["Harbour", "Tower"]);
        page.by_role("checkbox", "Select Tower").set_checked(true);
        page.by_role("link", "Harbour").click();
        expect_walk(page, "Harbour", "1 of 2");
        next(page);
        expect_walk(page, "Tower", "2 of 2");
        // A form on the way is no way out of the list.
        page.by_role("link", "Edit deal").click();
        page.expect_heading("Edit deal");
        page.field("Notes").fill("High");
        page.by_role("button", "Save").click();
        expect_walk(page, "Tower", "2 of 2");
        page.by_role("link", "Deals").nth(1).click();
        expect_listed(page, "Open deals", &["Harbour", "Tower"]);
        page.by_role("checkbox", "Select Tower")
            .expect_checked(true);
    });
}

#[test]
fn a_deal_that_leaves_the_list_keeps_its_neighbours() {
    visit(|page| {
        five_deals(page);
        open(page, "#/deals/open?sort=-chance", "Deals");
        let table = page.by_role("table", "Open deals");
        table
            .by_role("link", any())
            .expect_texts(&["Desks", "Harbour", "Tower", "Lamps", "Chairs"]);
        open_by_name(page, "Lamps");
        expect_walk(page, "Lamps", "4 of 5");
        win(page);
        walk(page).expect_text("Left the list");
        previous(page);
        expect_walk(page, "Tower", "3 of 4");
        next(page);
        expect_walk(page, "Chairs", "4 of 4");
        page.back();
        page.expect_heading("Deals");
        // Another place in the list: the way goes on from where it was.
        open_by_name(page, "Tower");
        expect_walk(page, "Tower", "3 of 4");
        tick(page, "Write the account plan", true);
        walk(page).expect_no_text("3 of 4");
        next(page);
        page.expect_heading("Chairs");
        // Undone it stands where it stood.
        win(page);
        walk(page).expect_text("Left the list");
        page.by_role("button", "Undo").first().click();
        expect_walk(page, "Chairs", "4 of 4");
    });
}

#[test]
fn a_deal_that_an_edit_takes_out_of_the_list_keeps_its_neighbours() {
    visit(|page| {
        for name in ["Chairs", "Desks", "Lamps"] {
            add_deal(page, name, &[("Owner", "Ann")]);
        }
        open(page, "#/deals/open?sort=name", "Deals");
        filter_by(page, "Owner", &["Ann"]);
        open_by_name(page, "Desks");
        expect_walk(page, "Desks", "2 of 3");
        page.by_role("link", "Edit deal").click();
        page.expect_heading("Edit deal");
        page.field("Owner").fill("Ben");
        page.press("Tab");
        page.by_role("button", "Save").click();
        expect_walk(page, "Desks", "Left the list");
        next(page);
        expect_walk(page, "Lamps", "2 of 2");
        previous(page);
        expect_walk(page, "Chairs", "1 of 2");
    });
}

fn open_by_name(page: &Page, name: &str) {
    page.by_role("link", name).click();
    page.expect_heading(name);
}

#[test]
fn without_a_list_there_is_no_way_through_one() {
    visit(|page| {
        five_deals(page);
        open_deal(page, "Tower");
        let address = page.route();
        let other = page.new_tab();
        other.goto(&address);
        other.expect_heading("Tower");
        other.expect_present("link", "Edit deal");
        other.expect_absent("navigation", "List");
        other.close();
        more(page, "Duplicate").click();
        page.expect_heading("Tower (copy)");
        page.expect_absent("navigation", "List");
    });
}

#[test]
fn a_customers_deals_are_a_list_too() {
    visit(|page| {
        five_deals(page);
        open(page, "#/customers", "Customers");
        page.by_role("link", "Oak Ltd").click();
        page.expect_heading("Oak Ltd");
        page.by_role("link", "Tower").click();
        expect_walk(page, "Tower", "of 2");
        let way = if leads(page, "Next deal") {
            next
        } else {
            previous
        };
        way(page);
        expect_walk(page, "Harbour", "of 2");
        page.back();
        page.expect_heading("Oak Ltd");
    });
}
