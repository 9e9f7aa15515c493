//! Nothing breaks when a screen goes: with the focus in every kind of control,
//! in every way there is. `going.js` asks the page which controls it has.

use browser_tests::{Page, Visit, any, visit};
use serde_json::{Value, json};

use crate::steps::{add_deal, erase_everything, load_sample, open, open_deal};

const GOING: &str = include_str!("going.js");

/// A screen, and the buttons that open what is looked at in it.
fn screen(route: &str, heading: &str, open: &[&str]) -> Value {
    json!({ "route": route, "heading": heading, "open": open })
}

/// The same for a record that the last step has made.
fn record(route: &str, heading: &str, open: &[&str]) -> Value {
    json!({ "route": route, "heading": heading, "open": open, "record": true })
}

/// The same for the form of such a record.
fn form(route: &str, heading: &str) -> Value {
    json!({ "route": format!("{route}/edit"), "heading": heading, "record": true, "isForm": true })
}

/// A visit in a window that is no larger than it takes: these walks draw
/// thousands of screens.
#[track_caller]
fn small_visit(test: impl FnOnce(&Page)) {
    Visit::default().size(1024, 640).run(test);
}

/// Leaves these screens in every way, and tells which kinds of controls they have.
#[track_caller]
fn leave_all(page: &Page, screens: &[Value]) -> Vec<String> {
    page.evaluate(GOING, &[]);
    page.evaluate("going.start(arguments[0]);", &[json!(screens)]);
    // A walk takes as long as many tests, so it is asked for in parts.
    let report = loop {
        let report = page.evaluate_async("going.goOn().then(arguments[0]);", &[]);
        if report["isDone"] == true {
            break report;
        }
    };
    assert_eq!(report["failure"], Value::Null);
    let left = report["left"].as_u64().unwrap();
    assert!(left >= 10 * screens.len() as u64, "only {left} leavings");
    let kinds = report["kinds"].as_array().unwrap().iter();
    kinds
        .map(|kind| kind.as_str().unwrap().to_owned())
        .collect()
}

#[track_caller]
fn expect_kinds(found: &[String], parts: &[&str]) {
    for part in parts {
        assert!(
            found.iter().any(|kind| kind.contains(part)),
            "no {part:?} among {found:#?}"
        );
    }
}

/// The address of what is opened by a click.
#[track_caller]
fn route_of(page: &Page, role: &str, name: &str, heading: &str) -> String {
    page.by_role(role, name).click();
    page.expect_heading(heading);
    page.route()
}

#[test]
fn every_screen_of_deals_can_be_left_from_everything_in_it() {
    small_visit(|page| {
        load_sample(page);
        // The step that is taken back is to be that of the other deal.
        add_deal(page, "Ten lamps", &[]);
        page.within("History").field("Note").fill("Called");
        page.by_role("button", "Add note").click();
        page.expect_text("Note added");
        let noted = page.route();
        add_deal(
            page,
            "Forty chairs",
            &[
                ("Customer", "Oak Ltd"),
                ("Value", "1000"),
                ("Next step", "Call"),
            ],
        );
        let deal = page.route();
        let kinds = leave_all(
            page,
            &[
                record(&deal, "Forty chairs", &[]),
                record(&deal, "Forty chairs", &["Change"]),
                screen(&noted, "Ten lamps", &["Edit note"]),
                record(&deal, "Forty chairs", &["Move to stage"]),
                record(&deal, "Forty chairs", &["Mark as won"]),
                record(&deal, "Forty chairs", &["Mark as lost"]),
                record(&deal, "Forty chairs", &["Set chance"]),
                record(&deal, "Forty chairs", &["More", "Snooze"]),
                record(&deal, "Forty chairs", &["More", "Delete"]),
                form(&deal, "Edit deal"),
                screen("#/deals/new", "Add deal", &[]),
            ],
        );
        let all = [
            "menu",
            "menuitem",
            "combobox",
            "select",
            "textarea",
            "date",
            "checkbox",
            "input text",
            "dialog",
        ];
        expect_kinds(&kinds, &all);
        page.by_role("link", "Account settings").click();
        page.expect_heading("Account settings");
    });
}

#[test]
fn every_list_can_be_left_from_everything_in_it() {
    small_visit(|page| {
        load_sample(page);
        let mut list = screen("#/deals/open", "Deals", &[]);
        list["header"] = json!(true);
        let kinds = leave_all(
            page,
            &[
                list,
                screen("#/deals/closed", "Deals", &[]),
                screen("#/deals/all", "Deals", &[]),
                screen("#/deals/open", "Deals", &["More filters"]),
                screen("#/deals/open", "Deals", &["Owner"]),
                screen("#/deals/open", "Deals", &["Select ", "Change"]),
                screen("#/deals/open", "Deals", &["Views", "Save this view"]),
                screen("#/deals/open", "Deals", &["Commands"]),
                screen("#/deals/open?layout=board", "Deals", &[]),
                screen("#/deals/open?layout=board", "Deals", &["Move "]),
                screen("#/customers", "Customers", &[]),
                screen("#/nowhere", "Not found", &[]),
            ],
        );
        expect_kinds(
            &kinds,
            &["search", "th", "row-link", "checkbox", "select", "menu"],
        );
    });
}

#[test]
fn the_statistics_can_be_left_from_everything_in_them() {
    small_visit(|page| {
        load_sample(page);
        let kinds = leave_all(
            page,
            &[
                screen("#/statistics", "Statistics", &[]),
                screen("#/statistics/funnel", "Statistics", &["Owner"]),
                screen("#/statistics/compare", "Statistics", &["Show figures"]),
                screen("#/statistics/course", "Statistics", &["Save"]),
                screen("#/statistics/time?period=2026-01-01..", "Statistics", &[]),
            ],
        );
        expect_kinds(&kinds, &["select", "date", "checkbox", "menuitem"]);
    });
}

#[test]
fn every_screen_of_customers_and_settings_can_be_left_from_everything_in_it() {
    small_visit(|page| {
        load_sample(page);
        open(page, "#/settings/deals", "Account settings");
        let process = route_of(page, "button", "Edit Active sales", "Edit process");
        open(page, "#/customers/new", "Add customer");
        page.field("Name").fill("Oak Ltd");
        page.by_role("button", "Save").click();
        page.expect_heading("Oak Ltd");
        let customer = page.route();
        let kinds = leave_all(
            page,
            &[
                record(&customer, "Oak Ltd", &[]),
                form(&customer, "Edit customer"),
                screen("#/customers/new", "Add customer", &[]),
                screen("#/settings/general", "Account settings", &[]),
                screen("#/settings/deals", "Account settings", &[]),
                screen("#/settings/deals/processes/new", "New process", &[]),
                screen(&process, "Edit process", &[]),
                screen(
                    "#/settings/deals/rules",
                    "Choosing a process",
                    &["Add rule"],
                ),
                screen("#/settings/deals/guide", "Set up several processes", &[]),
                screen("#/settings/lists", "Account settings", &[]),
                screen("#/settings/lists", "Account settings", &["Delete "]),
                screen("#/settings/data", "Account settings", &[]),
                screen("#/settings/data", "Account settings", &["Erase everything"]),
            ],
        );
        expect_kinds(&kinds, &["radio", "edit-handle", "select"]);
    });
}

/// The kinds of controls that a screen has, with the focus in one of them.
#[track_caller]
fn look(page: &Page, screen: &Value, index: Option<usize>) -> Vec<String> {
    page.evaluate(
        "going.look(arguments[0], arguments[1] ?? undefined);",
        &[screen.clone(), json!(index)],
    );
    page.wait_until("the control has the focus", || {
        page.evaluate("return going.state.isDone;", &[]) == true
    });
    let state = page.evaluate("return going.state;", &[]);
    assert_eq!(state["failure"], Value::Null);
    let kinds = state["kinds"].as_array().unwrap().iter();
    let names = kinds.map(|kind| kind["name"].as_str().unwrap().to_owned());
    names.collect()
}

#[test]
fn another_tab_takes_away_what_is_shown_wherever_the_focus_is() {
    visit(|two| {
        // The one that is looked at is in front.
        let one = &two.new_tab();
        add_deal(two, "Forty chairs", &[("Customer", "Oak Ltd")]);
        let deal = two.route();
        open_deal(one, "Forty chairs");
        one.evaluate(GOING, &[]);
        for screen in [
            record(&deal, "Forty chairs", &[]),
            record(&deal, "Forty chairs", &["Mark as lost"]),
        ] {
            for index in 0..look(one, &screen, None).len() {
                look(one, &screen, Some(index));
                two.by_role("button", "Undo").first().click();
                one.expect_heading("Not found");
                two.by_role("button", "Redo").click();
                one.expect_heading("Forty chairs");
            }
        }
        one.by_role("link", "Customers").first().click();
        one.expect_heading("Customers");
    });
}

#[test]
fn what_is_typed_on_a_deal_outlives_it() {
    visit(|two| {
        let one = &two.new_tab();
        add_deal(two, "Forty chairs", &[]);
        open_deal(one, "Forty chairs");
        let history = one.within("History");
        let note = history.field("Note");
        note.fill("Called");
        two.by_role("button", "Undo").first().click();
        two.expect_heading("Not found");
        one.by_role("alert", any()).expect_text("This deal is gone");
        one.expect_heading("Forty chairs");
        history.by_role("button", "Add note").click();
        note.expect_focused();
        note.expect_value("Called");
        note.fill("");
        one.expect_heading("Not found");
    });
}

#[test]
fn another_tab_erases_everything_wherever_the_focus_is() {
    visit(|two| {
        let one = &two.new_tab();
        for kind in ["menu", "checkbox", "h1"] {
            add_deal(two, "Forty chairs", &[("Customer", "Oak Ltd")]);
            let deal = record(&two.route(), "Forty chairs", &[]);
            one.goto(&two.route());
            one.expect_heading("Forty chairs");
            one.evaluate(GOING, &[]);
            let kinds = look(one, &deal, None);
            let index = kinds.iter().position(|name| name.contains(kind));
            look(one, &deal, Some(index.unwrap()));
            two.goto("#/settings/data");
            erase_everything(two);
            one.expect_heading("Not found");
            one.by_role("link", "Go to the deals").click();
            one.expect_heading("Deals");
        }
    });
}

#[test]
fn what_is_typed_into_a_filter_goes_with_its_screen() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        open(page, "#/customers", "Customers");
        open(page, "#/deals/open", "Deals");
        page.by_role("button", "More filters").click();
        page.field("Value from").press("1");
        // The browser tells of the change while it takes the field out.
        page.back();
        page.expect_heading("Customers");
        page.by_role("link", "Deals").first().click();
        page.expect_heading("Deals");
        page.by_role("button", "More filters").click();
        page.field("Value from").expect_value("");
    });
}
