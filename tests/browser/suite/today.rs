//! Next steps in the list: what is due today, found, set and done for several
//! deals at once.

use browser_tests::{Page, containing, visit};
use serde_json::json;

use crate::steps::{add_deal, expect_listed, filters, open};

const TODAY: &str = "#/deals/open?next=overdue,today&sort=mine";

/// The date so many days from today, where the browser is.
fn day(page: &Page, days: i64) -> String {
    let date = page.evaluate(
        "const day = new Date(); day.setDate(day.getDate() + arguments[0]);
         const two = (number) => String(number).padStart(2, '0');
         return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;",
        &[json!(days)],
    );
    date.as_str().unwrap().to_owned()
}

/// Opens a dialog of the menu that changes these deals of the list.
#[track_caller]
fn ask(page: &Page, names: &[&str], item: &str) {
    for name in names {
        page.by_role("checkbox", format!("Select {name}")).click();
    }
    page.by_role("group", "Selected deals")
        .by_role("button", "Change…")
        .click();
    page.by_role("menuitem", item).click();
}

#[track_caller]
fn plan(page: &Page, name: &str, what: &str, due: &str) {
    open(page, "#/deals/open", "Deals");
    ask(page, &[name], "Next step…");
    let dialog = page.by_role("dialog", "Change next step");
    dialog.field("Next step").fill(what);
    dialog.field("Due").fill(due);
    dialog.by_role("button", "Change 1 deal").click();
    dialog.expect_absent();
    page.expect_text("Next step set");
}

fn planned(page: &Page) {
    add_deal(page, "Chairs", &[("Owner", "Ann")]);
    add_deal(page, "Lamps", &[("Owner", "Ann")]);
    add_deal(page, "Tower", &[("Owner", "Ben")]);
    add_deal(page, "Desks", &[]);
    plan(page, "Chairs", "Send the offer", &day(page, 0));
    plan(page, "Lamps", "Call back", &day(page, -1));
    plan(page, "Tower", "Visit", &day(page, -3));
    plan(page, "Desks", "Write", &day(page, 1));
}

#[test]
fn today_is_a_view_that_everyone_has_with_my_own_deals_first() {
    visit(|page| {
        planned(page);
        page.by_role("button", "Views").click();
        page.by_role("menuitem", "Today").click();
        page.expect_route(TODAY);
        // Nobody has said who they are: what is due longest comes first.
        expect_listed(page, "Open deals", &["Tower", "Lamps", "Chairs"]);
        page.expect_text("Sorted by Next step, mine first");
        let table = page.by_role("table", "Open deals");
        table.expect_text("Call back");
        table.expect_text("overdue");
        page.expect_accessible();
        open(page, "#/settings/general", "Account settings");
        page.select("I am", "Ann");
        page.press("Control+k");
        page.field("Command or name").fill("today");
        page.by_role("listbox", "Commands")
            .by_role("option", containing("Today"))
            .click();
        page.expect_route(TODAY);
        expect_listed(page, "Open deals", &["Lamps", "Chairs", "Tower"]);
    });
}

#[test]
fn what_is_done_leaves_the_list_at_once_and_an_empty_one_says_so() {
    visit(|page| {
        planned(page);
        open(page, TODAY, "Deals");
        ask(page, &["Lamps"], "Next step done");
        page.expect_text("Next step done");
        expect_listed(page, "Open deals", &["Tower", "Chairs"]);
        page.by_role("button", "Undo").first().click();
        expect_listed(page, "Open deals", &["Tower", "Lamps", "Chairs"]);
        // Left empty, the step of all of them goes, as one step of undo.
        ask(page, &["Tower", "Lamps", "Chairs"], "Next step…");
        let dialog = page.by_role("dialog", "Change next step");
        page.expect_accessible();
        dialog.field("Due").fill(&day(page, 2));
        dialog.by_role("button", "Change 3 deals").click();
        dialog.field("Next step").expect_focused();
        dialog.field("Due").fill("");
        dialog.by_role("button", "Change 3 deals").click();
        dialog.expect_absent();
        page.expect_text("Nothing is due today");
        page.expect_accessible();
        page.by_role("link", "Deals without a next step").click();
        page.expect_route("#/deals/open?next=none");
        expect_listed(page, "Open deals", &["Tower", "Lamps", "Chairs"]);
    });
}

#[test]
fn deals_are_filtered_by_when_their_next_step_is_due() {
    visit(|page| {
        planned(page);
        filters(page).by_role("button", "More filters").click();
        let group = page.by_role("group", "Next step");
        group.by_role("checkbox", "Within 7 days").set_checked(true);
        page.expect_route("#/deals/open?next=week");
        page.within("Summary").expect_text("Open deals 2 of 4");
        page.expect_accessible();
        page.press("Escape");
        page.by_role("button", "Remove Next step: Within 7 days")
            .click();
        page.expect_route("#/deals/open");
        // What was said of the steps is found as well.
        page.field("Search deals").fill("offer");
        expect_listed(page, "Open deals", &["Chairs"]);
        page.by_role("button", "Clear filters").click();
        ask(page, &["Desks"], "Next step done");
        // The figures lead to what has none, in the summary and in a chart.
        page.within("Summary")
            .by_role("link", "1 without a next step")
            .click();
        page.expect_route("#/deals/open?next=none");
        expect_listed(page, "Open deals", &["Desks"]);
    });
}
