//! Two tabs of one browser: what one does, the other shows, and nothing is lost.

use std::fs;

use browser_tests::{Page, any, visit};

use crate::steps::{add_deal, add_process_like, erase_everything, expect_saved, panel, tick};

#[track_caller]
fn rename_deal(page: &Page, from: &str, to: &str) {
    page.goto("#/deals/open");
    page.by_role("link", from).click();
    page.expect_heading(from);
    save_name(page, to);
}

/// Renames the deal whose profile is shown.
#[track_caller]
fn save_name(page: &Page, to: &str) {
    page.by_role("link", "Edit deal").click();
    page.expect_heading("Edit deal");
    page.field("Name").fill(to);
    page.by_role("button", "Save").click();
    page.expect_heading(to);
    // The browser goes back to it a moment later.
    page.wait_until("the address is that of the deal", || {
        !page.route().ends_with("/edit")
    });
}

/// The list of open deals in a tab that is not loaded again for it.
#[track_caller]
fn expect_open_deals(page: &Page, names: &[&str]) {
    page.goto("#/deals/open");
    page.expect_heading("Deals");
    for name in names {
        page.by_role("link", *name).expect_present();
    }
    let rows = (names.len() + 1).to_string();
    page.wait_until("every deal has a row", || {
        page.by_role("table", "Open deals")
            .attribute("aria-rowcount")
            == rows
    });
}

/// A second tab, which shows the open deals.
#[track_caller]
fn second_tab(page: &Page) -> Page {
    let other = page.new_tab();
    other.goto("#/deals/open");
    other.expect_heading("Deals");
    other
}

/// Marks the page, so that a load would be noticed.
#[track_caller]
fn mark(page: &Page) {
    page.evaluate("window.isTheSame = true;", &[]);
}

#[track_caller]
fn expect_not_loaded_again(page: &Page) {
    assert_eq!(
        page.evaluate("return window.isTheSame === true;", &[]),
        true
    );
}

#[test]
fn different_deals_of_one_page_are_edited_in_two_tabs() {
    visit(|one| {
        add_deal(one, "Chairs", &[]);
        add_deal(one, "Lamps", &[]);
        let two = second_tab(one);
        mark(one);
        mark(&two);
        expect_open_deals(&two, &["Chairs", "Lamps"]);
        rename_deal(one, "Chairs", "Forty chairs");
        rename_deal(&two, "Lamps", "Ten lamps");
        add_deal(one, "Desks", &[]);
        add_deal(&two, "Sofas", &[]);
        let all = ["Forty chairs", "Ten lamps", "Desks", "Sofas"];
        for tab in [one, &two] {
            expect_open_deals(tab, &all);
            expect_saved(tab);
            expect_not_loaded_again(tab);
        }
        for tab in [one, &two] {
            tab.reload();
            expect_open_deals(tab, &all);
        }
    });
}

#[test]
fn of_one_deal_the_later_edit_stands_and_the_earlier_can_t_be_undone() {
    visit(|one| {
        add_deal(one, "Chairs", &[]);
        let two = second_tab(one);
        expect_open_deals(&two, &["Chairs"]);
        rename_deal(one, "Chairs", "Earlier");
        expect_open_deals(&two, &["Earlier"]);
        rename_deal(&two, "Earlier", "Later");
        // The profile that is open follows.
        one.expect_heading("Later");
        one.by_role("button", "Undo").click();
        one.expect_text("This step can't be taken back");
        one.expect_heading("Later");
        two.by_role("button", "Undo").click();
        two.expect_heading("Earlier");
        one.expect_heading("Earlier");
        for tab in [one, &two] {
            expect_saved(tab);
            tab.reload();
            tab.expect_heading("Earlier");
        }
    });
}

#[test]
fn a_deleted_stage_is_not_brought_back_over_what_the_other_tab_did_since() {
    visit(|one| {
        add_deal(one, "Lamps", &[]);
        tick(one, "Reach the person", true);
        add_deal(one, "Chairs", &[]);
        let profile = one.route();
        tick(one, "Look into the company", true);
        let two = second_tab(one);
        expect_open_deals(&two, &["Chairs", "Lamps"]);
        rename_deal(one, "Lamps", "Ten lamps");
        one.goto("#/settings/deals");
        one.by_role("button", "Edit Default").click();
        one.by_role("group", "Collect information")
            .by_role("button", "Delete stage")
            .click();
        one.by_role("button", "Save").click();
        one.select("Deals of “Collect information” go to", "Contact");
        one.by_role("button", "Save process").click();
        one.expect_text("Process “Default” saved");
        two.goto(&profile);
        panel(&two).expect_text("Contact Current stage");
        tick(&two, "Reach the person", true);
        expect_saved(&two);
        one.goto(&profile);
        panel(one)
            .by_role("checkbox", "Reach the person")
            .expect_checked(true);
        let undo = one.by_role("button", "Undo").first();
        undo.click();
        one.expect_text(
            "This step can't be taken back: Save process. Another tab has changed the same since. \
             Undo goes on with: Edit deal.",
        );
        panel(one).expect_text("Contact Current stage");
        panel(one)
            .by_role("checkbox", "Reach the person")
            .expect_checked(true);
        undo.click();
        expect_open_deals(&two, &["Chairs", "Lamps"]);
    });
}

#[test]
fn a_file_is_imported_in_one_tab_while_another_edits() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("deals.csv");
    let rows = (0..700).map(|row| format!("Imported {row},Customer {},Contact\n", row % 40));
    let rows: String = rows.collect();
    fs::write(&file, format!("name,customer,stage\n{rows}")).unwrap();
    visit(|one| {
        add_deal(one, "Chairs", &[]);
        let two = second_tab(one);
        rename_deal(&two, "Chairs", "Forty chairs");
        let chairs = two.route();
        one.goto("#/deals/open");
        one.choose_file("File of deals (CSV)", &file);
        let import = one.by_role("button", "Import 700 deals");
        import.expect_present();
        add_deal(&two, "Lamps", &[]);
        // Or the button is drawn anew while it is pressed, and the click is lost.
        one.expect_text("Open deals 2 ");
        import.click();
        add_deal(&two, "Desks", &[]);
        one.by_role("dialog", "Import deals").expect_absent();
        // Not by the list, which renders but a window of its rows.
        two.goto(&chairs);
        two.expect_heading("Forty chairs");
        save_name(&two, "Fifty chairs");
        for tab in [one, &two] {
            tab.goto("#/deals/open");
            tab.wait_until("all deals are there", || {
                tab.by_role("table", "Open deals")
                    .attribute("aria-rowcount")
                    == "704"
            });
            expect_saved(tab);
        }
        two.reload();
        two.by_role("table", "Open deals").expect_present();
        two.field("Search deals").fill("chairs");
        two.by_role("link", "Fifty chairs").expect_present();
        // One step of the tab that did it; what the other has done stays.
        one.by_role("button", "Undo").click();
        expect_open_deals(&two, &["Fifty chairs", "Lamps", "Desks"]);
    });
}

#[test]
fn what_a_form_says_of_another_process_follows_what_another_tab_ticks() {
    visit(|one| {
        add_process_like(one, "Key accounts");
        add_deal(one, "Chairs", &[]);
        let two = second_tab(one);
        one.by_role("link", "Edit deal").click();
        one.expect_heading("Edit deal");
        one.select("Sales process", "Key accounts");
        one.expect_text("Default: 0 of 11 ticked, kept.");
        two.by_role("link", "Chairs").click();
        two.expect_heading("Chairs");
        tick(&two, "Hold the meeting", true);
        one.expect_text("Default: 1 of 11 ticked, kept.");
    });
}

#[test]
fn what_is_erased_in_one_tab_is_gone_in_the_other() {
    visit(|one| {
        add_deal(one, "Chairs", &[]);
        let two = second_tab(one);
        expect_open_deals(&two, &["Chairs"]);
        one.goto("#/settings/data");
        erase_everything(one);
        one.expect_text("Everything is erased");
        two.expect_text("Everything was erased in another tab");
        two.by_role("link", "Chairs").expect_absent();
        // Both work on, with the new account.
        add_deal(&two, "Lamps", &[]);
        add_deal(one, "Desks", &[]);
        for tab in [one, &two] {
            expect_open_deals(tab, &["Lamps", "Desks"]);
            expect_saved(tab);
            tab.reload();
            expect_open_deals(tab, &["Lamps", "Desks"]);
        }
    });
}

#[test]
fn a_newer_format_in_the_storage_stops_a_tab_and_stays_as_it_is() {
    visit(|one| {
        add_deal(one, "Chairs", &[]);
        expect_saved(one);
        let two = second_tab(one);
        let key = "pipewright/main/deals/0";
        two.set_local_storage(key, "pw9:of a later version");
        one.expect_text("A newer version of Pipewright wrote this data (format 9)");
        add_deal(one, "Lamps", &[]);
        let status = one.by_role("status", any()).first();
        status.expect_text("Not saved");
        // What it would write at the latest it would write now.
        one.goto("licences/NOTICE.txt");
        one.allow_console_error("/favicon.ico");
        assert_eq!(
            one.local_storage(key).as_deref(),
            Some("pw9:of a later version")
        );
    });
}

#[test]
fn a_page_that_sleeps_with_its_turn_does_not_keep_others_from_saving() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        expect_saved(page);
        let asleep = page.new_tab();
        asleep.goto("licences/NOTICE.txt");
        asleep.allow_console_error("/favicon.ico");
        // Firefox leaves a page so that it keeps for the way back.
        asleep.evaluate(
            "navigator.locks.request('pipewright/main/', () => new Promise(() => {})).catch(() => {});",
            &[],
        );
        asleep.wait_until("it has the turn", || {
            let held = "return navigator.locks.query().then(({ held }) => held.length);";
            asleep.evaluate(held, &[]) == 1
        });
        save_name(page, "Tables");
        expect_saved(page);
        asleep.goto("#/deals/open");
        asleep.by_role("link", "Tables").expect_present();
    });
}
