//! What is kept, and what is said where it can't be.

use browser_tests::{Page, any, visit};

use crate::steps::{
    add_deal, add_process_like, backup_name, expect_listed, expect_saved, five_deals, load_sample,
    open, reload, snapshot, tick,
};

#[test]
fn a_reload_keeps_everything() {
    visit(|page| {
        add_process_like(page, "Offer inquiry");
        add_deal(
            page,
            "Chairs",
            &[
                ("Customer", "Oak Ltd"),
                ("Segment", "Hotels"),
                ("Value", "1,234.50"),
                ("Expected close", "2031-05-06"),
                ("Category", "Furniture"),
                ("Owner", "Ada"),
                ("Source", "Referral"),
                ("Sales process", "Offer inquiry"),
                ("Notes", "First line\nsecond line"),
            ],
        );
        tick(page, "Send the offer", true);
        expect_saved(page);
        let before = snapshot(page);
        reload(page);
        assert_eq!(snapshot(page), before);
        open(page, "#/deals/open", "Deals");
        page.by_role("link", "Chairs").click();
        for text in [
            "€1,234.50",
            "May 6, 2031",
            "Hotels",
            "Furniture",
            "Ada",
            "Referral",
        ] {
            page.expect_text(text);
        }
        page.by_role("link", "Edit deal").click();
        for (label, text) in [
            ("Name", "Chairs"),
            ("Value", "1234.50"),
            ("Expected close", "2031-05-06"),
            ("Notes", "First line\nsecond line"),
        ] {
            page.field(label).expect_value(text);
        }
    });
}

#[test]
fn a_change_is_kept_when_the_tab_is_closed_at_once() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        expect_saved(page);
        let address = page.route();
        let other = page.new_tab();
        other.goto(&address);
        other.expect_heading("Chairs");
        tick(&other, "Send the offer", true);
        other.close();
        page.reload();
        page.by_role("checkbox", "Send the offer")
            .expect_checked(true);
        // Or left for another page.
        tick(page, "Get a yes", true);
        page.goto("licences/NOTICE.txt");
        page.allow_console_error("/favicon.ico");
        page.back();
        page.by_role("checkbox", "Get a yes").expect_checked(true);
    });
}

#[test]
fn where_storage_is_denied_it_says_so_and_works() {
    visit(|page| {
        let denied = "Object.defineProperty(window, 'localStorage', {
            get() { throw new DOMException('denied', 'SecurityError'); },
        });";
        page.run_before_start(denied);
        open(page, "", "Deals");
        page.expect_text("The browser does not let this page keep data.");
        page.by_role("status", any())
            .first()
            .expect_text("Not saved");
        page.expect_accessible();
        // What is no data works too, and is only not remembered.
        let dark = page.by_role("switch", "Dark theme");
        dark.click();
        dark.expect_checked(true);
        five_deals(page);
        open(page, "#/deals/open", "Deals");
        page.within("Summary").expect_text("Open deals 5 ");
        // What is here can be taken along.
        let backup = snapshot(page);
        assert!(backup.to_string().contains("Harbour"));
        page.reload();
        page.expect_present("button", "Load sample data");
        page.goto("#/deals/open");
        page.expect_text("Your pipeline starts here");
        page.expect_absent("link", "Harbour");
    });
}

#[test]
fn a_backup_brings_back_what_was_erased() {
    visit(|page| {
        five_deals(page);
        let before = snapshot(page);
        page.by_role("button", "Download backup").click();
        let file = page.download(&backup_name(page));

        page.by_role("button", "Erase everything").click();
        let dialog = page.by_role("dialog", "Erase everything");
        dialog.field("Type ERASE to go on").expect_focused();
        dialog.field("Type ERASE to go on").fill("erase");
        dialog.by_role("button", "Erase everything").click();
        dialog.expect_text("Type the word ERASE in capital letters.");
        dialog.field("Type ERASE to go on").expect_focused();
        dialog.field("Type ERASE to go on").fill("ERASE");
        dialog.by_role("button", "Erase everything").click();
        page.expect_text("Everything is erased");
        // It is the one thing that can't be undone.
        page.by_role("banner", any())
            .by_role("button", "Undo")
            .expect_enabled(false);
        reload(page);
        page.goto("#/deals/open");
        page.expect_present("button", "Load sample data");

        open(page, "#/settings/data", "Account settings");
        page.choose_file("Backup file", &file);
        let dialog = page.by_role("dialog", "Restore backup");
        dialog.expect_text("Deals 0 5");
        dialog.expect_text("Sales processes 1 2");
        dialog.by_role("button", "Cancel").click();
        page.expect_absent("dialog", "Restore backup");
        page.choose_file("Backup file", &file);
        dialog.by_role("button", "Restore").click();
        page.expect_text("Backup restored");
        std::fs::remove_file(file).unwrap();
        assert_eq!(snapshot(page), before);
        reload(page);
        assert_eq!(snapshot(page), before);
    });
}

#[test]
fn the_demo_has_its_own_data() {
    visit(|page| {
        add_deal(page, "My own", &[]);
        expect_saved(page);
        page.goto("?demo#/deals/open");
        page.expect_text("This is the demo.");
        page.by_role("figure", any()).expect_count(3);
        page.expect_absent("link", "My own");
        page.goto("?demo#/deals/new");
        page.field("Name").fill("Zeppelin");
        page.by_role("button", "Save").click();
        page.expect_heading("Zeppelin");
        reload(page);
        page.expect_heading("Zeppelin");
        page.by_role("link", "Back to my data").click();
        page.expect_heading("Deals");
        expect_listed(page, "Open deals", &["My own"]);
        page.goto("?demo#/deals/open");
        page.field("Search deals").fill("Zeppelin");
        expect_listed(page, "Open deals", &["Zeppelin"]);
    });
}

#[test]
fn sample_data_is_offered_to_an_empty_account_only() {
    visit(|page| {
        open(page, "#/settings/data", "Account settings");
        page.expect_present("button", "Load sample data");
        load_sample(page);
        open(page, "#/settings/data", "Account settings");
        page.expect_present("link", "Open the demo");
        page.expect_absent("button", "Load sample data");
        reload(page);
        open(page, "#/settings/deals", "Account settings");
        for name in ["Active sales", "Offer inquiry", "Key accounts"] {
            page.expect_present("button", format!("Edit {name}"));
        }
    });
}

fn stored(page: &Page) -> serde_json::Value {
    page.evaluate(
        "return Object.fromEntries(Object.entries({ ...localStorage }).sort());",
        &[],
    )
}

#[test]
fn data_of_a_newer_version_is_left_alone() {
    visit(|page| {
        page.set_local_storage(
            "pipewright/main/settings",
            r#"{"version":99,"records":[{"revision":[1,0,1],"record":{"currency":"EUR"}}]}"#,
        );
        page.set_local_storage("pipewright/main/deals/0", "pw99:all of it");
        let before = stored(page);
        open(page, "", "Deals");
        page.expect_text("newer version");
        page.by_role("status", any())
            .first()
            .expect_text("Not saved");
        add_deal(page, "Chairs", &[]);
        page.goto("licences/NOTICE.txt");
        assert_eq!(stored(page), before);
    });
}
