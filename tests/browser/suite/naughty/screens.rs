//! An account of naughty strings on every screen, on a desk, on a phone and on
//! paper.

use browser_tests::{Page, Visit, visit};
use serde_json::Value;

use super::{
    Goal, account, expect_same, go_to, lines, look, names, one_line, restore, scroll, strings,
    watch,
};
use crate::steps::{filters, open, unfold_charts};

/// The names of the records of a kind that fit, as they are kept.
fn kept_names(backup: &Value, kind: &str, fits: impl Fn(&Value) -> bool) -> Vec<String> {
    let records = backup["workspace"][kind].as_array().unwrap();
    let records = records.iter().filter(|record| fits(record));
    let mut names: Vec<String> = records
        .map(|one| one_line(one["name"].as_str().unwrap()))
        .collect();
    names.sort();
    names
}

/// The lists, through and through.
#[track_caller]
fn walk_lists(page: &Page, backup: &Value) {
    let is_open = |deal: &Value| deal.get("closing").is_none();
    open(page, "#/deals/open?sort=name", "Deals");
    unfold_charts(page);
    let shown = scroll(page, Some(".deal-table .deal-link"));
    expect_same(&shown, &kept_names(backup, "deals", is_open));
    open(page, "#/deals/closed?sort=name", "Deals");
    let shown = scroll(page, Some(".deal-table .deal-link"));
    expect_same(&shown, &kept_names(backup, "deals", |deal| !is_open(deal)));
    open(page, "#/customers", "Customers");
    let shown = scroll(page, Some(".row-link"));
    expect_same(&shown, &kept_names(backup, "customers", |_| true));
}

/// The other screens.
#[track_caller]
fn walk_screens(page: &Page) {
    for (route, heading) in [
        ("#/deals/open?layout=board", "Deals"),
        ("#/statistics", "Statistics"),
        ("#/statistics/funnel", "Statistics"),
        ("#/statistics/compare", "Statistics"),
        ("#/settings/general", "Account settings"),
        ("#/settings/deals", "Account settings"),
        ("#/settings/lists", "Account settings"),
        ("#/settings/deals/rules", "Choosing a process"),
        ("#/settings/deals/guide", "Set up several processes"),
        (&account::process_route(), "Edit process"),
        ("#/deals/new", "Add deal"),
    ] {
        open(page, route, heading);
        scroll(page, None);
    }
}

/// The profiles and forms of deals and customers, of each a share.
fn records(every: usize) -> Vec<Goal> {
    let names = names(200);
    let name = |at: usize| names[at % names.len()].clone();
    let some = (0..strings().len()).filter(|at| at % every == 0);
    some.flat_map(|at| {
        let customer = at % names.len();
        [
            (account::deal_route(at), Some(name(at))),
            (
                format!("{}/edit", account::deal_route(at)),
                Some("Edit deal".into()),
            ),
            (account::customer_route(customer), Some(name(customer))),
        ]
    })
    .collect()
}

/// What opens on a screen, and what is searched there.
#[track_caller]
fn open_up(page: &Page) {
    open(page, "#/deals/open", "Deals");
    page.field("Search deals").fill("<script>alert");
    look(page);
    page.field("Search deals").fill("");
    for kind in ["Sales process", "Stage", "Owner", "Source"] {
        filters(page).by_role("button", kind).click();
        look(page);
        page.press("Escape");
    }
    page.by_role("button", "Views").click();
    look(page);
    page.press("Escape");
    for typed in ["<img", "javascript:", "\u{202e}"] {
        page.press("Control+k");
        page.field("Command or name").fill(typed);
        look(page);
        page.press("Escape");
    }
    open(page, &account::deal_route(1), &names(200)[1]);
    for name in ["Mark as won", "Move to stage"] {
        page.by_role("button", name).click();
        look(page);
        page.press("Escape");
    }
}

#[test]
fn the_lists_of_a_restored_account_show_all_of_it() {
    visit(|page| {
        watch(page);
        let backup = account::backup();
        restore(page, &backup);
        walk_lists(page, &backup);
    });
}

#[test]
fn the_lists_show_all_of_it_on_a_phone_too() {
    Visit::default().size(390, 844).run(|page| {
        watch(page);
        let backup = account::backup();
        restore(page, &backup);
        walk_lists(page, &backup);
    });
}

#[test]
fn every_screen_and_what_opens_on_it_stays_in_shape() {
    visit(|page| {
        watch(page);
        restore(page, &account::backup());
        walk_screens(page);
        open_up(page);
    });
}

#[test]
fn every_screen_stays_in_shape_on_a_phone() {
    Visit::default().size(390, 844).run(|page| {
        watch(page);
        restore(page, &account::backup());
        walk_screens(page);
        go_to(page, &records(48));
    });
}

#[test]
fn profiles_and_forms_show_the_strings_as_they_are() {
    visit(|page| {
        watch(page);
        let backup = account::backup();
        restore(page, &backup);
        go_to(page, &records(16));
        open(page, &account::deal_route(2), &names(200)[2]);
        let noted = account::noted(&backup, 2).into_iter().map(lines);
        let mut noted: Vec<String> = noted.collect();
        noted.sort();
        expect_same(&scroll(page, Some(".noted-text")), &noted);
    });
}

#[test]
fn an_account_of_naughty_strings_is_printed() {
    visit(|page| {
        watch(page);
        restore(page, &account::backup());
        open(page, "#/deals/open", "Deals");
        let paper = page.print((21.0, 29.7));
        assert!(paper.count("<script>alert(") > 5);
        look(page);
    });
}
