//! The palette: all that the shown screen can do, and every deal, customer and
//! process by its name.

use browser_tests::{Locator, Page, any, containing, visit};

use crate::steps::{add_deal, five_deals, load_sample, open, open_deal, panel};

fn search(page: &Page, typed: &str) -> Locator {
    page.press("Control+k");
    let field = page.field("Command or name");
    field.expect_focused();
    field.fill(typed);
    page.by_role("listbox", "Commands")
}

/// Finds a command, and does it.
#[track_caller]
fn command(page: &Page, typed: &str, offered: &str) {
    search(page, typed)
        .by_role("option", containing(offered))
        .click();
    page.expect_absent("dialog", "Commands");
}

/// What the palette offers of the shown screen.
#[track_caller]
fn of_screen(page: &Page) -> Vec<String> {
    let all = search(page, "").by_role("group", "This screen");
    let texts = all.by_role("option", any()).texts();
    page.press("Escape");
    page.expect_absent("dialog", "Commands");
    texts
}

/// Every button and link of the screen that is one of its commands, by its
/// words, has its line in the palette.
#[track_caller]
fn expect_offered(page: &Page, but: &[&str]) {
    let script = "const all = document.querySelectorAll('main a.button, main button.button');
         const commands = [...all].filter((one) => !one.disabled && one.checkVisibility());
         return commands.map((one) => one.innerText.trim());";
    let offered = of_screen(page);
    let buttons = page.evaluate(script, &[]);
    let buttons = buttons.as_array().unwrap().iter();
    let buttons: Vec<&str> = buttons.map(|text| text.as_str().unwrap()).collect();
    assert!(!buttons.is_empty());
    for button in buttons.into_iter().filter(|button| !but.contains(button)) {
        let has = offered.iter().any(|offer| offer.starts_with(button));
        assert!(has, "no {button:?} among {offered:?}");
    }
}

#[test]
fn all_commands_of_a_profile_are_in_the_palette() {
    visit(|page| {
        five_deals(page);
        open_deal(page, "Desks");
        // "Set next step" leads to the fields of the next step, which have buttons of their own.
        let of_fields = ["Today", "Tomorrow", "In a week", "Save"];
        expect_offered(page, &[&["More", "Move to stage"][..], &of_fields].concat());
        let offered = of_screen(page);
        assert!(offered.iter().any(|offer| offer == "Set next step"));
        for item in ["Mark as outdated", "Snooze", "Duplicate", "Print", "Delete"] {
            assert!(offered.iter().any(|offer| offer == item), "{offered:?}");
        }
        command(page, "move offer", "Offer");
        panel(page).expect_text("Offer Current stage");
        command(page, "snooz", "Snooze");
        let dialog = page.by_role("dialog", "Snooze");
        dialog.field("Reason").fill("On holiday");
        dialog.by_role("button", "Snooze").click();
        page.expect_text("On holiday");
        command(page, "end", "End snooze");
        page.expect_text("Snooze ended");
        command(page, "next", "Next deal");
        page.expect_absent("heading", "Desks");
        command(page, "lost", "Mark as lost");
        page.by_role("dialog", "Mark as lost").expect_present();
        page.press("Escape");
        // What can't be done is not offered.
        open_deal(page, "Desks");
        command(page, "won", "Mark as won");
        page.by_role("dialog", "Mark as won")
            .by_role("button", "Mark as won")
            .click();
        page.expect_present("button", "Reopen");
        let offered = of_screen(page);
        assert!(offered.iter().any(|offer| offer == "Reopen"));
        let is_closing = |offer: &String| offer.starts_with("Mark as");
        assert!(!offered.iter().any(is_closing), "{offered:?}");
    });
}

#[test]
fn all_commands_of_the_other_screens_are_in_the_palette() {
    visit(|page| {
        five_deals(page);
        for (route, heading, but) in [
            ("#/deals/new", "Add deal", &[][..]),
            ("#/customers", "Customers", &[]),
            ("#/customers/new", "Add customer", &[]),
            (
                "#/settings/data",
                "Account settings",
                &["Restore backup", "Restore", "Download", "Open the demo"],
            ),
            ("#/settings/deals/processes/new", "New process", &[]),
            ("#/settings/deals/rules", "Choosing a process", &[]),
        ] {
            open(page, route, heading);
            expect_offered(page, but);
        }
        open(page, "#/settings/deals/processes/new", "New process");
        page.field("Process name").fill("Renewal");
        command(page, "stage", "Add stage");
        page.by_role("textbox", "Stage name").expect_focused();
        command(page, "save", "Save");
        page.expect_heading("New process");
        page.by_role("textbox", "Stage name").fill("Talk");
        command(page, "save", "Save");
        page.expect_heading("Account settings");
        page.expect_present("button", "Edit Renewal");
    });
}

#[test]
fn the_list_of_deals_is_worked_by_the_palette() {
    visit(|page| {
        five_deals(page);
        open(page, "#/deals/open?q=oak", "Deals");
        let offered = of_screen(page);
        for text in [
            "Import",
            "Export",
            "Print",
            "Add deal",
            "Columns",
            "Clear filters",
        ] {
            assert!(offered.iter().any(|offer| offer == text), "{offered:?}");
        }
        command(page, "save view", "Save this view");
        let dialog = page.by_role("dialog", "Save this view");
        dialog.field("View name").fill("Oaks");
        dialog.by_role("button", "Save").click();
        dialog.expect_absent();
        command(page, "clear", "Clear filters");
        page.expect_route("#/deals/open");
        page.within("Summary").expect_text("Open deals 5 ");
        command(page, "oaks", "Oaks");
        page.within("Summary").expect_text("Open deals 2 of 5");
    });
}

#[test]
fn deals_customers_and_processes_are_found_by_name() {
    visit(|page| {
        five_deals(page);
        open(page, "#/settings/general", "Account settings");
        search(page, "MULL")
            .by_role("group", "Customers")
            .by_role("option", "Müller & Söhne")
            .click();
        page.expect_heading("Müller & Söhne");
        command(page, "key acc", "Key accounts");
        page.expect_heading("Edit process");
        // Closed ones too; a deal before those that only its customer has.
        add_deal(page, "Oak desks", &[]);
        add_deal(page, "Elm", &[("Customer", "Oak Ltd")]);
        let found = search(page, "oak").by_role("group", "Deals");
        found.by_role("option", any()).expect_texts(&[
            "Oak desks",
            "Elm Oak Ltd",
            "Harbour Oak Ltd",
            "Tower Oak Ltd",
        ]);
        page.press("Enter");
        page.expect_heading("Oak desks");
    });
}

#[test]
fn what_is_found_beyond_a_few_is_counted_and_leads_to_the_list() {
    visit(|page| {
        load_sample(page);
        let list = search(page, "a");
        let rest = list.by_role("option", containing("more open deal"));
        let text = rest.text();
        let more: usize = text.split(' ').next().unwrap().parse().unwrap();
        rest.click();
        page.expect_route("#/deals/open?q=a");
        let rows = (more + 5 + 1).to_string();
        page.wait_until("the list has what was counted", || {
            page.by_role("table", "Open deals")
                .attribute("aria-rowcount")
                == rows
        });
        search(page, "zzzz")
            .by_role("option", any())
            .expect_absent();
        page.expect_text("Nothing of that name.");
    });
}
