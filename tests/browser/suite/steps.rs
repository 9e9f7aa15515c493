//! Steps that several journeys share.

use std::fs;

use browser_tests::{Locator, Page, any};
use serde_json::{Value, json};

/// Everything is in the storage.
#[track_caller]
pub fn expect_saved(page: &Page) {
    page.by_role("status", any()).first().expect_text("Saved");
}

/// Whether a person who closes the page now is asked first.
pub fn is_asked_before_closing(page: &Page) -> bool {
    let script = "
        const event = new Event('beforeunload', { cancelable: true });
        window.dispatchEvent(event);
        return event.defaultPrevented;";
    page.evaluate(script, &[]) == true
}

/// Loads the page again, once everything is in the storage.
#[track_caller]
pub fn reload(page: &Page) {
    expect_saved(page);
    page.reload();
}

/// The rest of the account is there, and not only its first rows and figures.
#[track_caller]
pub fn expect_whole(page: &Page) {
    let region = page.by_role("region", "Deals");
    page.wait_until("the rest is there", || {
        region.attribute("aria-busy").is_empty()
    });
}

/// Opens a screen.
#[track_caller]
pub fn open(page: &Page, route: &str, heading: &str) {
    page.goto(route);
    page.expect_heading(heading);
}

/// Adds a deal by the form, with these fields beside its name, and stays at
/// its profile.
#[track_caller]
pub fn add_deal(page: &Page, name: &str, fields: &[(&str, &str)]) {
    open(page, "#/deals/new", "Add deal");
    page.field("Name").fill(name);
    for (label, text) in fields {
        if *label == "Sales process" {
            page.select(label, text);
        } else {
            page.field(*label).fill(text);
            // Leaves the field, and with it the names that it offers.
            page.press("Tab");
        }
    }
    page.by_role("button", "Save").click();
    page.expect_heading(name);
}

/// Adds a process like a template, under the template's name.
#[track_caller]
pub fn add_process_like(page: &Page, template: &str) {
    open(page, "#/settings/deals/processes/new", "New process");
    page.select("Start from", template);
    page.field("Process name").expect_value(template);
    page.by_role("button", "Save").click();
    page.expect_heading("Account settings");
    page.expect_present("button", format!("Edit {template}"));
}

/// Chooses what is to be done with a process, from its menu in the list.
#[track_caller]
pub fn of_process(page: &Page, name: &str, action: &str) {
    page.by_role("button", format!("More for {name}")).click();
    page.by_role("menuitem", action).click();
}

/// Three deals in Default, two in Key accounts: one is without a value, one
/// has a chance of 15 percent.
#[track_caller]
pub fn five_deals(page: &Page) {
    add_process_like(page, "Key accounts");
    let key = ("Sales process", "Key accounts");
    add_deal(
        page,
        "Chairs",
        &[("Customer", "Müller & Söhne"), ("Value", "1000")],
    );
    add_deal(page, "Lamps", &[("Notes", "For the Café Zoë")]);
    add_deal(
        page,
        "Tower",
        &[("Customer", "Oak Ltd"), ("Value", "50000"), key],
    );
    add_deal(
        page,
        "Harbour",
        &[("Customer", "Oak Ltd"), ("Value", "20000.50"), key],
    );
    add_deal(page, "Desks", &[("Value", "2500")]);
    tick(page, "Hold the meeting", true);
}

/// Closes an open deal as lost on that day, for it was too expensive.
#[track_caller]
pub fn lose(page: &Page, deal: &str, on: &str) {
    open_deal(page, deal);
    page.by_role("button", "Mark as lost").click();
    let lost = page.by_role("dialog", "Mark as lost");
    lost.field("Date").fill(on);
    lost.field("Reason").choose("Too expensive");
    lost.by_role("button", "Mark as lost").click();
    page.expect_present("button", "Reopen");
}

/// Goes from the list of deals to the profile of one.
#[track_caller]
pub fn open_deal(page: &Page, name: &str) {
    open(page, "#/deals/open", "Deals");
    page.by_role("link", name).click();
    page.expect_heading(name);
}

/// Opens the menu "More" of a deal's profile; one of its items.
#[track_caller]
#[must_use]
pub fn more(page: &Page, item: &str) -> Locator {
    page.by_role("button", "More").click();
    page.by_role("menuitem", item)
}

/// Ticks or unticks a sub-stage in the panel of a deal's profile.
#[track_caller]
pub fn tick(page: &Page, sub_stage: &str, on: bool) {
    panel(page).by_role("checkbox", sub_stage).set_checked(on);
}

/// The process panel of a deal's profile.
#[must_use]
pub fn panel(page: &Page) -> Locator {
    page.within("Sales process")
}

/// What the panel says of the chance, the ticks and the current stage.
#[track_caller]
pub fn expect_progress(page: &Page, chance_and_ticks: &str, stage: &str) {
    panel(page).expect_text(chance_and_ticks);
    panel(page).expect_text(&format!("{stage} Current stage"));
}

/// Changes the process of the deal whose profile is shown, by its form.
#[track_caller]
pub fn change_process(page: &Page, to: &str, preview: &str) {
    let name = page.by_role("heading", any()).first().text();
    page.by_role("link", "Edit deal").click();
    page.expect_heading("Edit deal");
    page.select("Sales process", to);
    page.expect_text(preview);
    page.by_role("button", "Save").click();
    page.expect_heading(&name);
    panel(page).by_role("heading", to).expect_present();
}

/// What a screen reader says of an element beside its name.
#[track_caller]
pub fn description(of: &Locator, page: &Page) -> String {
    let ids = of.attribute("aria-describedby");
    let text = page.evaluate(
        "return arguments[0].split(' ').map((id) => document.getElementById(id).innerText).join('\\n');",
        &[json!(ids)],
    );
    text.as_str().unwrap_or_default().to_owned()
}

/// Everything the account holds, by way of a backup.
#[track_caller]
pub fn snapshot(page: &Page) -> Value {
    open(page, "#/settings/data", "Account settings");
    page.by_role("button", "Download backup").click();
    page.expect_text("Backup downloaded");
    let file = page.download(&backup_name(page));
    let text = fs::read_to_string(&file).unwrap();
    // The next one is to have the same name.
    fs::remove_file(file).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// Erases everything, from the page with everything about the data.
#[track_caller]
pub fn erase_everything(page: &Page) {
    page.by_role("button", "Erase everything").click();
    let dialog = page.by_role("dialog", "Erase everything");
    dialog.field("Type ERASE to go on").fill("ERASE");
    dialog.by_role("button", "Erase everything").click();
}

/// Throws away what could not be read, from the same page.
#[track_caller]
pub fn discard_unreadable(page: &Page) {
    page.within("Unreadable data")
        .by_role("button", "Discard unreadable data")
        .click();
    page.by_role("dialog", "Discard unreadable data?")
        .by_role("button", "Discard")
        .click();
    page.expect_absent("region", "Unreadable data");
}

/// The name of a backup made today.
#[track_caller]
pub fn backup_name(page: &Page) -> String {
    let today = page.evaluate(
        "const now = new Date(), two = (part) => `${part}`.padStart(2, '0');
         return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;",
        &[],
    );
    format!("pipewright-backup-{}.json", today.as_str().unwrap())
}

/// Fills a new account with the sample data.
#[track_caller]
pub fn load_sample(page: &Page) {
    open(page, "#/deals/open", "Deals");
    page.by_role("button", "Load sample data").click();
    page.expect_text("Sample data loaded");
    page.expect_present("table", "Open deals");
}

/// Unfolds the charts where they are folded, as they are on a phone at first.
#[track_caller]
pub fn unfold_charts(page: &Page) {
    let charts = page.by_role("button", "Charts");
    if charts.attribute("aria-expanded") == "false" {
        charts.click();
    }
}

/// The bar of filters; on a phone with what it shows only when asked.
#[must_use]
pub fn filters(page: &Page) -> Locator {
    let bar = page.by_role("search", "Filters");
    bar.expect_present();
    let rest = bar.by_role("button", "Filters");
    if !rest.texts().is_empty() && rest.attribute("aria-expanded") == "false" {
        rest.click();
    }
    bar
}

/// Takes values in or out of a filter, by the button as it is called now, and
/// closes the list again.
#[track_caller]
pub fn filter_by(page: &Page, button: &str, values: &[&str]) {
    filters(page).by_role("button", button).click();
    let kind = button.split(':').next().unwrap_or_default();
    let list = filters(page).by_role("group", kind);
    for value in values {
        list.by_role("checkbox", *value).click();
    }
    page.press("Escape");
    list.expect_absent();
}

/// Lets the clock of the tab go on from a later time, over reloads too.
#[track_caller]
pub fn let_days_pass(page: &Page, days: u32) {
    let script =
        format!("const now = Date.now; Date.now = () => now.call(Date) + {days} * 86400000;");
    page.run_before_start(&script);
    page.evaluate(&script, &[]);
}

/// The names in the table of deals, in their order.
#[track_caller]
pub fn expect_listed(page: &Page, table: &str, names: &[&str]) {
    let table = page.by_role("table", table);
    table.by_role("link", any()).expect_texts(names);
    let rows = (names.len() + 1).to_string();
    assert_eq!(table.attribute("aria-rowcount"), rows);
}
