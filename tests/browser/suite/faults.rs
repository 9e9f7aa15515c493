//! What goes wrong with storage and database: what is said, and that it costs
//! nothing that was saved.

use std::fs;
use std::time::Duration;

use browser_tests::{Need, Page, Visit, any, containing, visit};
use serde_json::Value;

use crate::steps::{
    add_deal, backup_name, discard_unreadable, erase_everything, expect_saved, five_deals,
    let_days_pass, load_sample, open, reload, snapshot,
};

/// A file of deals to be imported.
fn deals_file(count: usize) -> tempfile::NamedTempFile {
    let file = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
    let rows =
        (0..count).map(|row| format!("Imported {row},Customer {},Contact,{row}\n", row % 40));
    let rows: String = rows.collect();
    fs::write(file.path(), format!("name,customer,stage,value\n{rows}")).unwrap();
    file
}

/// Imports deals, up to the press of the button.
#[track_caller]
fn import(page: &Page, count: &str, file: &tempfile::NamedTempFile) {
    open(page, "#/deals/open", "Deals");
    page.choose_file("File of deals (CSV)", file.path());
    page.by_role("button", format!("Import {count} deals"))
        .click();
}

/// Leaves the app, so that its storage can be changed behind its back.
#[track_caller]
fn leave(page: &Page) {
    expect_saved(page);
    page.goto("licences/NOTICE.txt");
    page.allow_console_error("/favicon.ico");
}

/// Empties the journal, which would bring back what is lost.
#[track_caller]
fn forget_journal(page: &Page) {
    let script = "return new Promise((resolve) => {
        const opening = indexedDB.open('pipewright');
        opening.onsuccess = () => {
            const writing = opening.result.transaction('journal', 'readwrite');
            writing.objectStore('journal').clear();
            writing.oncomplete = () => { opening.result.close(); resolve(); };
        };
    });";
    page.evaluate(script, &[]);
}

/// All keys of the account, with their texts.
#[track_caller]
fn stored(page: &Page) -> Value {
    let script = "return Object.fromEntries(Object.entries(localStorage)
        .filter(([key]) => key.startsWith('pipewright/main/')));";
    page.evaluate(script, &[])
}

#[track_caller]
fn downloaded(page: &Page, kind: &str) -> Value {
    let name = backup_name(page).replace("backup", kind);
    let text = fs::read_to_string(page.download(&name)).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn a_store_that_is_damaged_whole_is_said_and_kept_until_the_user_decides() {
    visit(|page| {
        load_sample(page);
        leave(page);
        forget_journal(page);
        page.evaluate(
            "for (const key of Object.keys(localStorage)) {
                if (key.startsWith('pipewright/main/')) localStorage.setItem(key, `damaged ${key}`);
            }",
            &[],
        );
        let damaged = stored(page);
        open(page, "#/deals/open", "Deals");
        page.expect_text("Some of what this browser has stored could not be read.");
        assert_eq!(stored(page), damaged, "nothing is written at the start");
        add_deal(page, "Work goes on", &[]);
        reload(page);
        page.by_role("link", "Download or discard it").click();
        let section = page.within("Unreadable data");
        section.expect_text("Sales processes: it does not say its format");
        section.expect_text("Deals, page 1: it does not say its format");
        page.expect_accessible();
        section
            .by_role("button", "Download unreadable data")
            .click();
        let file = downloaded(page, "unreadable");
        let parts = file["parts"].as_array().unwrap();
        for (key, text) in damaged.as_object().unwrap() {
            let is_data = !["generation", "pages", "glance"]
                .iter()
                .any(|other| key.ends_with(other));
            let is_kept = parts.iter().any(|part| part["text"] == *text);
            assert_eq!(is_kept, is_data, "{key}");
        }
        discard_unreadable(page);
        reload(page);
        open(page, "#/deals/open", "Deals");
        page.by_role("link", "Work goes on").expect_present();
        page.expect_no_text("could not be read");
    });
}

#[test]
fn a_page_that_is_gone_comes_back_from_the_journal_or_is_told() {
    let file = deals_file(300);
    visit(|page| {
        import(page, "300", &file);
        page.expect_text("300 deals imported");
        expect_saved(page);
        // The first snapshot is taken some seconds after the first deals.
        page.set_patience(Duration::from_secs(40));
        open(page, "#/settings/data", "Account settings");
        page.by_role("table", "Snapshots").expect_present();
        leave(page);
        page.evaluate("localStorage.removeItem('pipewright/main/deals/1');", &[]);
        open(page, "#/deals/open", "Deals");
        page.within("Summary").expect_text("Open deals 300 ");
        page.expect_no_text("is gone");

        leave(page);
        forget_journal(page);
        page.evaluate("localStorage.removeItem('pipewright/main/deals/1');", &[]);
        open(page, "#/deals/open", "Deals");
        page.within("Summary").expect_text("Open deals 156 ");
        page.expect_text("Some of what this browser had stored is gone");
        page.expect_accessible();
        page.by_role("link", "See what is gone").click();
        let section = page.within("Unreadable data");
        section.expect_text("Deals, page 2: it is gone");
        page.by_role("button", containing("Restore the snapshot of"))
            .first()
            .click();
        page.by_role("dialog", "Restore snapshot")
            .by_role("button", "Restore")
            .click();
        page.expect_text("Backup restored");
        discard_unreadable(page);
        reload(page);
        page.expect_heading("Account settings");
        page.expect_no_text("is gone");
        open(page, "#/deals/open", "Deals");
        page.within("Summary").expect_text("Open deals 300 ");
    });
}

#[test]
fn damage_is_told_where_the_first_rows_came_before_the_rest() {
    let file = deals_file(1_200);
    visit(|page| {
        import(page, "1,200", &file);
        page.expect_text("1,200 deals imported");
        leave(page);
        assert!(stored(page).get("pipewright/main/glance").is_some());
        forget_journal(page);
        page.set_local_storage("pipewright/main/deals/3", "damaged");
        open(page, "#/deals/open", "Deals");
        page.expect_text("Some of what this browser has stored could not be read.");
        page.within("Summary").expect_text("Open deals 1,056 ");
    });
}

#[test]
fn what_can_t_be_opened_is_left_offered_and_erased_only_when_told() {
    visit(|page| {
        five_deals(page);
        leave(page);
        page.set_local_storage("pipewright/main/deals/0", "pw99:of a later version");
        let before = stored(page);
        open(page, "#/deals/open", "Deals");
        page.expect_text("Your data was not opened.");
        page.expect_text("A newer version of Pipewright wrote this data (format 99)");
        page.expect_text("Your deals are not shown");
        page.expect_absent("button", "Try again");
        page.expect_accessible();
        page.by_role("main", any())
            .by_role("button", "Download stored data")
            .first()
            .click();
        let file = downloaded(page, "stored");
        assert_eq!(file["pipewright/main/deals/0"], "pw99:of a later version");
        assert_eq!(stored(page), before);
        page.by_role("link", "Account settings, Data").click();
        page.within("Stored data")
            .expect_text("A backup that you make here has only what you see here.");
        page.expect_accessible();
        let note = "addEventListener('beforeunload', (event) => {
            sessionStorage.setItem('was asked', event.defaultPrevented);
        });";
        page.evaluate(note, &[]);
        erase_everything(page);
        page.expect_absent("region", "Stored data");
        expect_saved(page);
        let was_asked = "return sessionStorage.getItem('was asked');";
        assert_eq!(page.evaluate(was_asked, &[]), "false");
        open(page, "#/deals/open", "Deals");
        page.expect_text("Your pipeline starts here");
        add_deal(page, "Chairs", &[]);
        reload(page);
        page.expect_heading("Chairs");
    });
}

#[test]
fn a_storage_that_fails_at_work_is_said_in_its_words_and_tried_again() {
    visit(|page| {
        let failing = "const set = Storage.prototype.setItem;
            Storage.prototype.setItem = function (key, text) {
                if (window.fault) throw window.fault;
                return set.call(this, key, text);
            };";
        page.run_before_start(failing);
        add_deal(page, "Chairs", &[]);
        expect_saved(page);
        for (fault, told) in [
            ("new Error('the disk is on fire')", "the disk is on fire"),
            (
                "new DOMException('no', 'SecurityError')",
                "The browser does not let this page keep data.",
            ),
            (
                "new DOMException('no', 'QuotaExceededError')",
                "What you delete makes room",
            ),
        ] {
            page.evaluate(&format!("window.fault = {fault};"), &[]);
            add_deal(page, "Lamps", &[]);
            page.expect_text("Your last changes are not saved.");
            page.expect_text(told);
            page.expect_present("button", "Try again");
            // In one go: it is tried again by itself, too, after a while.
            let try_again = "window.fault = null;
                [...document.querySelectorAll('button')]
                    .find((button) => button.textContent.trim() === 'Try again').click();";
            page.evaluate(try_again, &[]);
            expect_saved(page);
            page.expect_no_text("Your last changes are not saved.");
        }
        reload(page);
        open(page, "#/deals/open", "Deals");
        page.within("Summary").expect_text("Open deals 4 ");
    });
}

#[test]
fn a_database_that_fails_or_is_late_costs_no_change() {
    let faults = [
        // It never answers.
        "IDBFactory.prototype.open = () => new EventTarget();",
        // It fails with the first change.
        "const begin = IDBDatabase.prototype.transaction;
        IDBDatabase.prototype.transaction = function (drawers, mode, options) {
            if (mode === 'readwrite') throw new DOMException('no', 'UnknownError');
            return begin.call(this, drawers, mode, options);
        };",
        // It can't be opened.
        "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); };",
    ];
    for fault in faults {
        visit(|page| {
            page.set_patience(Duration::from_secs(40));
            page.run_before_start(fault);
            open(page, "", "Deals");
            add_deal(page, "Chairs", &[]);
            expect_saved(page);
            reload(page);
            page.expect_heading("Chairs");
        });
    }
}

#[test]
fn an_import_during_which_the_browser_is_killed_is_there_whole_or_not_at_all() {
    let file = deals_file(3_000);
    Visit::default().needs(Need::Profile).run(|page| {
        page.set_patience(Duration::from_secs(60));
        add_deal(page, "Chairs", &[]);
        expect_saved(page);
        let mut page = page.clone();
        let mut deals = 1;
        for pause in [0, 200, 1_500] {
            import(&page, "3,000", &file);
            page.expect_text("3,000 deals imported");
            page.evaluate(
                "return new Promise((resolve) => setTimeout(resolve, arguments[0]));",
                &[pause.into()],
            );
            page = page.kill_browser();
            page.set_patience(Duration::from_secs(60));
            // A change is saved when the journal has been read, not before.
            add_deal(&page, "Lamps", &[]);
            expect_saved(&page);
            open(&page, "#/deals/open", "Deals");
            let table = page.by_role("table", "Open deals");
            let rows: usize = table.attribute("aria-rowcount").parse().unwrap();
            let [before, whole] = [deals + 1, deals + 3_001];
            assert!([before, whole].contains(&(rows - 1)), "{rows} rows");
            deals = rows - 1;
        }
    });
}

/// A page of the same host without the program: what it stores is as if a tab
/// had stored it that goes.
const BARE: &str = "licences/NOTICE.txt";

#[track_caller]
fn expect_nothing_stored(page: &Page) {
    page.wait_until("nothing is stored but that it was erased", || {
        let keys = stored(page);
        let keys: Vec<&String> = keys.as_object().unwrap().keys().collect();
        keys == ["pipewright/main/generation"]
    });
}

#[test]
fn what_is_erased_leaves_nothing_behind_when_another_tab_closes_after_it() {
    let file = deals_file(1_200);
    visit(|one| {
        import(one, "1,200", &file);
        one.expect_text("1,200 deals imported");
        expect_saved(one);
        let two = one.new_tab();
        open(&two, "#/deals/open", "Deals");
        two.within("Summary").expect_text("Open deals 1,200 ");
        open(one, "#/settings/data", "Account settings");
        erase_everything(one);
        one.expect_text("Everything is erased");
        two.goto(BARE);
        for page in [&two, one] {
            page.allow_console_error("/favicon.ico");
        }
        expect_nothing_stored(&two);
        one.goto(BARE);
        expect_nothing_stored(one);
    });
}

#[test]
fn a_first_screen_that_is_stored_after_an_erasing_is_taken_away() {
    const GLANCE: &str = "pipewright/main/glance";
    let file = deals_file(1_200);
    visit(|one| {
        import(one, "1,200", &file);
        one.expect_text("1,200 deals imported");
        expect_saved(one);
        let two = one.new_tab();
        open(&two, "#/customers", "Customers");
        two.goto(BARE);
        two.allow_console_error("/favicon.ico");
        let glance = stored(&two)[GLANCE].clone();
        assert!(glance.is_string());
        open(one, "#/settings/data", "Account settings");
        erase_everything(one);
        one.expect_text("Everything is erased");
        expect_nothing_stored(&two);
        // A tab that goes may not have heard of it.
        let store = "localStorage.setItem(arguments[0], arguments[1]);";
        two.evaluate(store, &[GLANCE.into(), glance]);
        expect_nothing_stored(one);
        expect_nothing_stored(&two);
    });
}

#[test]
fn nothing_moves_when_the_browser_says_late_whether_it_keeps_the_data() {
    visit(|page| {
        page.run_before_start(
            "const storage = {
                persist: async () => false,
                persisted: () => new Promise((answer) => {
                    window.answerLate = () => answer(false);
                }),
            };
            Object.defineProperty(Navigator.prototype, 'storage', { get: () => storage });",
        );
        open(page, "#/settings/data", "Account settings");
        page.by_role("button", "Erase everything").expect_present();
        let ask = page.by_role("button", "Ask the browser to keep it");
        ask.expect_absent();
        let top = "return document.querySelector('.data-erase').getBoundingClientRect().top;";
        let before = page.evaluate(top, &[]);
        page.evaluate("answerLate();", &[]);
        ask.expect_present();
        assert_eq!(page.evaluate(top, &[]), before);
    });
}

#[test]
fn the_browser_is_asked_once_to_keep_what_there_is_to_lose() {
    visit(|page| {
        page.run_before_start(
            "const storage = {
                persist: async () => {
                    localStorage.setItem('asked', `${Number(localStorage.getItem('asked')) + 1}`);
                    return true;
                },
                persisted: async () => true,
            };
            Object.defineProperty(Navigator.prototype, 'storage', { get: () => storage });",
        );
        page.set_patience(Duration::from_secs(40));
        open(page, "#/settings/data", "Account settings");
        page.expect_text("This browser has agreed not to clear the data by itself");
        assert_eq!(page.local_storage("asked"), None);
        add_deal(page, "Chairs", &[]);
        page.wait_until("it is asked", || page.local_storage("asked").is_some());
        open(page, "#/settings/data", "Account settings");
        let snapshots = page.by_role("table", "Snapshots");
        snapshots.expect_present();
        let_days_pass(page, 1);
        add_deal(page, "Lamps", &[]);
        reload(page);
        open(page, "#/settings/data", "Account settings");
        // The next look at what there is to lose takes a snapshot, too.
        let again = snapshots.by_role("button", containing("Restore the snapshot of"));
        again.expect_count(2);
        assert_eq!(page.local_storage("asked").as_deref(), Some("1"));
    });
}

/// How many texts the browser's database has in its drawers for snapshots.
const SNAPSHOT_TEXTS: &str = "
    return new Promise((resolve, reject) => {
      const asked = indexedDB.open('pipewright');
      asked.onerror = () => reject(asked.error);
      asked.onsuccess = () => {
        const drawers = [...asked.result.objectStoreNames].filter((name) => name.startsWith('snapshot'));
        const opened = asked.result.transaction(drawers);
        const counts = drawers.map((name) => opened.objectStore(name).count());
        opened.oncomplete = () => {
          asked.result.close();
          resolve(counts.reduce((sum, { result }) => sum + result, 0));
        };
      };
    });";

/// The look at what there is to keep, five seconds after the first deals, waits
/// for the test.
const HOLD_LOOK: &str = "
    const later = window.setTimeout;
    window.setTimeout = (act, delay, ...rest) => {
      if (delay !== 5000) return later(act, delay, ...rest);
      window.look = act;
      return 0;
    };";

#[test]
fn a_snapshot_under_way_does_not_outlive_an_erasing() {
    visit(|page| {
        page.run_before_start(HOLD_LOOK);
        add_deal(page, "Chairs", &[]);
        expect_saved(page);
        open(page, "#/settings/data", "Account settings");
        page.expect_text("There is no snapshot yet.");
        page.by_role("button", "Erase everything").click();
        let dialog = page.by_role("dialog", "Erase everything");
        dialog.field("Type ERASE to go on").fill("ERASE");
        // It is pressed when the snapshots that there are have been asked for a
        // second time, to see which are outdated.
        page.evaluate(
            "let looks = 0;
             const { objectStore } = IDBTransaction.prototype;
             IDBTransaction.prototype.objectStore = function (name) {
               if (name === 'snapshots' && this.mode === 'readonly' && (looks += 1) === 2) {
                 queueMicrotask(() => {
                   [...document.querySelectorAll('dialog button')].at(-1).click();
                   window.isErased = true;
                 });
               }
               return objectStore.call(this, name);
             };
             window.look();",
            &[],
        );
        page.wait_until("it is pressed", || {
            page.evaluate("return window.isErased === true;", &[]) == true
        });
        dialog.expect_absent();
        expect_saved(page);
        page.settle();
        assert_eq!(page.evaluate(SNAPSHOT_TEXTS, &[]), 0);
    });
}

#[test]
fn nothing_moves_when_the_first_snapshot_comes() {
    for width in [390, 1440] {
        Visit::default().size(width, 900).run(|page| {
            page.run_before_start(HOLD_LOOK);
            add_deal(page, "Chairs", &[]);
            expect_saved(page);
            open(page, "#/settings/data", "Account settings");
            let place_px = || {
                let place = page.evaluate(
                    "const all = [...document.querySelectorAll('main button')];
                     const last = all.find((button) => button.innerText.startsWith('Erase'));
                     return last.getBoundingClientRect().top + scrollY;",
                    &[],
                );
                place.as_f64().unwrap()
            };
            page.expect_text("There is no snapshot yet.");
            page.settle();
            let before_px = place_px();
            page.evaluate("window.look();", &[]);
            page.by_role("table", "Snapshots").expect_present();
            let moved_px = place_px() - before_px;
            // Rows are a little higher in one browser than in another.
            assert!(moved_px.abs() < 4.0, "{moved_px} at {width}");
        });
    }
}

#[test]
fn a_backup_that_can_t_be_used_is_refused_by_name_and_changes_nothing() {
    visit(|page| {
        add_deal(page, "Chairs", &[]);
        let whole = snapshot(page);
        let folder = tempfile::tempdir().unwrap();
        let mut newer = whole.clone();
        newer["version"] = 7.into();
        let mut torn = whole.to_string();
        torn.truncate(torn.len() / 2);
        for (name, text, told) in [
            ("newer.json", newer.to_string(), "format 7"),
            ("torn.json", torn, "torn.json"),
            ("foreign.json", "{\"deals\":[]}".to_owned(), "foreign.json"),
        ] {
            let file = folder.path().join(name);
            fs::write(&file, text).unwrap();
            page.choose_file("Backup file", &file);
            let alert = page.by_role("alert", any());
            alert.expect_text(told);
            alert.expect_text("Nothing was changed.");
            alert.by_role("button", "Dismiss").click();
        }
        assert_eq!(snapshot(page), whole);
    });
}
