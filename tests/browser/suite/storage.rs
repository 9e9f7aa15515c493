//! The room, what could not be read, snapshots, and storage that fails.

use std::fs;
use std::time::Duration;

use browser_tests::{Page, any, containing, visit};
use serde_json::Value;

use crate::steps::{
    add_deal, backup_name, discard_unreadable, expect_listed, expect_saved, five_deals,
    is_asked_before_closing, open, reload, snapshot, tick,
};

/// Fills the storage up to so many characters that are left.
#[track_caller]
fn leave_room(page: &Page, characters: usize) {
    let script = "
        const filler = 'filler';
        localStorage.removeItem(filler);
        let fits = 0, step = 1 << 23;
        while (step >= 1) {
            try { localStorage.setItem(filler, 'x'.repeat(fits + step)); fits += step; }
            catch { step >>= 1; }
        }
        localStorage.setItem(filler, 'x'.repeat(Math.max(0, fits - arguments[0])));";
    page.evaluate(script, &[characters.into()]);
}

#[track_caller]
fn free_room(page: &Page) {
    page.evaluate("localStorage.removeItem('filler');", &[]);
}

const COUNT_REFUSED: &str = "
    window.refused = 0;
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = function (...entry) {
      try {
        return setItem.apply(this, entry);
      } catch (full) {
        window.refused += 1;
        throw full;
      }
    };";

#[test]
fn full_storage_is_said_at_once_and_nothing_saved_is_lost() {
    visit(|page| {
        // It tries again by itself after half a minute at the latest.
        page.set_patience(Duration::from_secs(60));
        five_deals(page);
        expect_saved(page);
        leave_room(page, 0);
        add_deal(page, "One too many", &[]);
        page.expect_text("Your last changes are not saved.");
        page.expect_text("The browser's storage for this site is full.");
        let status = page.by_role("status", any()).first();
        status.expect_text("Not saved");
        page.expect_accessible();
        // What is here can be taken along,
        page.by_role("link", "Download a backup").click();
        page.expect_heading("Account settings");
        assert!(snapshot(page).to_string().contains("One too many"));
        // another try helps no more than the first,
        page.evaluate(COUNT_REFUSED, &[]);
        page.by_role("button", "Try again").click();
        page.wait_until("it was tried", || {
            page.evaluate("return window.refused > 0;", &[]) == true
        });
        status.expect_text("Not saved");
        page.expect_text("Your last changes are not saved.");
        // and it is saved by itself when there is room again.
        free_room(page);
        expect_saved(page);
        page.expect_no_text("Your last changes are not saved.");
        reload(page);
        open(page, "#/deals/open", "Deals");
        page.by_role("link", "One too many").expect_present();
    });
}

#[test]
fn a_program_that_breaks_before_it_could_save_says_so() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        expect_saved(page);
        leave_room(page, 0);
        add_deal(page, "One too many", &[]);
        page.expect_text("Your last changes are not saved.");
        page.evaluate("pipewrightPanic('the reason');", &[]);
        page.by_role("alertdialog", any())
            .expect_text("What was changed last is not saved, and may be lost.");
        page.expect_accessible();
        // Here the journal has it.
        free_room(page);
        page.by_role("button", "Reload").click();
        page.expect_heading("One too many");
        expect_saved(page);
    });
}

#[test]
fn storage_that_gets_full_in_an_import_keeps_what_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("deals.csv");
    let rows = (0..2_000).map(|row| format!("Imported {row},Customer {row},Contact\n"));
    let rows: String = rows.collect();
    fs::write(&file, format!("name,customer,stage\n{rows}")).unwrap();
    visit(|page| {
        five_deals(page);
        expect_saved(page);
        leave_room(page, 12_000);
        open(page, "#/deals/open", "Deals");
        page.choose_file("File of deals (CSV)", &file);
        page.by_role("button", "Import 2,000 deals").click();
        page.expect_text("2,000 deals imported");
        page.by_role("status", any())
            .first()
            .expect_text("Not saved");
        // One step takes the import away again, and all is saved.
        page.by_role("banner", any())
            .by_role("button", "Undo")
            .click();
        expect_saved(page);
        page.reload();
        page.expect_heading("Deals");
        page.within("Summary").expect_text("Open deals 5 ");
    });
}

#[test]
fn what_can_t_be_read_is_kept_downloaded_and_thrown_away_only_when_told() {
    visit(|page| {
        five_deals(page);
        expect_saved(page);
        // No other tab and no journal knows what was there before.
        page.evaluate("indexedDB.deleteDatabase('pipewright');", &[]);
        page.goto("licences/NOTICE.txt");
        page.allow_console_error("/favicon.ico");
        let garbage = "pw4:\u{1}\u{2}garbage";
        page.set_local_storage("pipewright/main/deals/7", garbage);
        page.set_local_storage("pipewright/main/views", "{\"version\":");
        open(page, "#/deals/open", "Deals");
        page.within("Summary").expect_text("Open deals 5 ");
        page.expect_text("Some of what this browser has stored could not be read.");
        add_deal(page, "Work goes on", &[]);
        reload(page);
        page.by_role("link", "Download or discard it").click();
        page.expect_heading("Account settings");
        let section = page.within("Unreadable data");
        section.expect_text("2 parts of what this browser has stored");
        page.expect_accessible();
        section
            .by_role("button", "Download unreadable data")
            .click();
        let name = backup_name(page).replace("backup", "unreadable");
        let text = fs::read_to_string(page.download(&name)).unwrap();
        let file: Value = serde_json::from_str(&text).unwrap();
        let parts = file["parts"].as_array().unwrap();
        assert!(parts.iter().any(|part| part["text"] == garbage), "{text}");
        discard_unreadable(page);
        page.expect_no_text("could not be read");
        reload(page);
        page.expect_heading("Account settings");
        page.expect_no_text("could not be read");
        open(page, "#/deals/open", "Deals");
        page.within("Summary").expect_text("Open deals 6 ");
    });
}

#[test]
fn a_snapshot_brings_back_what_a_restored_backup_has_replaced() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        snapshot(page);
        page.by_role("button", "Download backup").click();
        let file = page.download(&backup_name(page));
        add_deal(page, "Lamps", &[]);
        tick(page, "Send the offer", true);
        let before = snapshot_of(page);
        page.choose_file("Backup file", &file);
        page.by_role("dialog", "Restore backup")
            .by_role("button", "Restore")
            .click();
        page.expect_text("Backup restored");
        let table = page.by_role("table", "Snapshots");
        table.expect_text("before restoring");
        reload(page);
        open(page, "#/deals/open", "Deals");
        expect_listed(page, "Open deals", &["Chairs"]);
        open(page, "#/settings/data", "Account settings");
        page.expect_accessible();
        choose_snapshot(page, "before restoring");
        let dialog = page.by_role("dialog", "Restore snapshot");
        dialog.expect_text("Deals 1 2");
        dialog.by_role("button", "Restore").click();
        page.expect_text("Backup restored");
        fs::remove_file(file).unwrap();
        assert_eq!(snapshot_of(page), before);
    });
}

#[test]
fn a_snapshot_before_restoring_has_what_could_not_be_saved() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        snapshot(page);
        page.by_role("button", "Download backup").click();
        let file = page.download(&backup_name(page));
        page.set_patience(Duration::from_secs(60));
        expect_saved(page);
        leave_room(page, 0);
        add_deal(page, "Not saved", &[]);
        page.expect_text("Your last changes are not saved.");
        open(page, "#/settings/data", "Account settings");
        page.choose_file("Backup file", &file);
        page.by_role("dialog", "Restore backup")
            .by_role("button", "Restore")
            .click();
        page.expect_text("Backup restored");
        page.by_role("table", "Snapshots")
            .expect_text("before restoring");
        free_room(page);
        expect_saved(page);
        reload(page);
        choose_snapshot(page, "before restoring");
        let dialog = page.by_role("dialog", "Restore snapshot");
        dialog.by_role("button", "Restore").click();
        page.expect_text("Backup restored");
        open(page, "#/deals/open", "Deals");
        page.by_role("link", "Not saved").expect_present();
        page.by_role("link", "Chairs").expect_present();
    });
}

#[test]
fn a_page_is_not_closed_without_a_question_while_something_is_not_saved() {
    visit(|page| {
        let is_asked = || is_asked_before_closing(page);
        add_deal(page, "Chairs", &[]);
        expect_saved(page);
        assert!(!is_asked());
        leave_room(page, 0);
        add_deal(page, "Not saved", &[]);
        page.expect_text("Your last changes are not saved.");
        assert!(is_asked());
        // Where there is room again, it is saved before anything is asked.
        free_room(page);
        assert!(!is_asked());
        expect_saved(page);
    });
}

/// Asks for the latest snapshot that was taken for this reason. A regular one
/// may have been taken since: they come by the clock.
#[track_caller]
fn choose_snapshot(page: &Page, reason: &str) {
    // Its row has this button first, then that which downloads it.
    page.by_role("button", containing(format!(", {reason}")))
        .first()
        .click();
}

/// A backup as it would be downloaded now, without its date.
#[track_caller]
fn snapshot_of(page: &Page) -> Value {
    let name = backup_name(page);
    let old = page.download_folder().join(&name);
    if old.exists() {
        fs::rename(&old, old.with_extension("old")).unwrap();
    }
    let taken = snapshot(page);
    let kept = old.with_extension("old");
    if kept.exists() {
        fs::rename(kept, old).unwrap();
    }
    taken
}

#[test]
fn the_room_of_this_browser_is_measured_and_a_warning_comes_in_time() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        expect_saved(page);
        open(page, "#/settings/data", "Account settings");
        let meter = page.by_role("meter", "Storage in use");
        page.wait_until("the room is measured", || {
            page.local_storage("pipewright/preferences/room").is_some()
        });
        assert_eq!(meter.attribute("aria-valuemax"), "5242880");
        page.expect_no_text("full. Delete what you don't need");
        // As if this browser had little room.
        let used: usize = meter.attribute("aria-valuenow").parse().unwrap();
        let little = format!("[{},false]", used + used / 10);
        page.set_local_storage("pipewright/preferences/room", &little);
        page.reload();
        page.expect_text("full. Delete what you don't need any more");
        page.expect_accessible();
    });
}

#[test]
fn without_a_database_local_storage_alone_serves() {
    visit(|page| {
        let missing = "Object.defineProperty(window, 'indexedDB', { value: undefined });";
        page.run_before_start(missing);
        open(page, "", "Deals");
        add_deal(page, "Chairs", &[]);
        reload(page);
        page.expect_heading("Chairs");
        open(page, "#/settings/data", "Account settings");
        page.expect_text("There is no snapshot yet.");
    });
}

#[test]
fn data_in_an_older_format_is_kept_before_it_is_written_over() {
    let old = include_str!("../../golden/store-v2.json");
    let old: serde_json::Map<String, Value> = serde_json::from_str(old).unwrap();
    visit(|page| {
        page.goto("licences/NOTICE.txt");
        page.allow_console_error("/favicon.ico");
        for (key, text) in &old {
            page.set_local_storage(key, text.as_str().unwrap());
        }
        open(page, "#/deals/open", "Deals");
        let before = snapshot(page);
        page.by_role("table", "Snapshots")
            .expect_text("before a new version");
        add_deal(page, "Chairs", &[]);
        reload(page);
        let version = |page: &Page| page.local_storage("pipewright/main/deals/0").unwrap();
        assert!(version(page).starts_with("pw4:"));
        open(page, "#/settings/data", "Account settings");
        choose_snapshot(page, "before a new version");
        page.by_role("dialog", "Restore snapshot")
            .by_role("button", "Restore")
            .click();
        page.expect_text("Backup restored");
        assert_eq!(snapshot(page), before);
    });
}
