//! A new version: it is told, waits until it is asked for, and is never mixed
//! with the one before.

use browser_tests::{Page, any};
use serde_json::json;

use crate::kept::{
    caches, expect_kept, expect_loaded_again, expect_version, kept, load_again, publish,
};
use crate::steps::{add_deal, expect_saved, open};

/// A part that is loaded later than the start, in a build of its own.
const OLD_PART: &str = "later-0123456789abcdef.js";
const NEW_PART: &str = "later-fedcba9876543210.js";

fn expect_part(page: &Page, name: &str, is_there: bool) {
    page.evaluate(
        &format!(
            "window.part = undefined;
             fetch('./{name}').then(({{ ok }}) => {{ window.part = ok; }});"
        ),
        &[],
    );
    page.wait_until("the part is looked for", || {
        !page.evaluate("return window.part;", &[]).is_null()
    });
    assert_eq!(
        page.evaluate("return window.part;", &[]),
        json!(is_there),
        "{name}"
    );
}

/// A tab in which a new deal is being typed, and one in which nothing is done.
#[track_caller]
fn two_tabs(page: &Page) -> (Page, Page) {
    let typing = page.new_tab();
    open(&typing, "#/deals/new", "Add deal");
    typing.field("Name").fill("Lamps");
    let resting = page.new_tab();
    open(&resting, "#/customers", "Customers");
    (typing, resting)
}

/// The page would hear of a new version by now, and has asked for the first time
/// whether what versions before have left can be thrown away.
#[track_caller]
fn expect_listening(page: &Page) {
    page.wait_until("the page listens", || {
        page.evaluate("return Boolean(window.pipewrightTakeNewVersion);", &[]) == json!(true)
    });
}

#[track_caller]
fn expect_tidied(page: &Page) {
    page.wait_until("the old version is thrown away", || caches(page).len() == 1);
}

#[test]
fn a_new_version_waits_until_it_is_asked_for() {
    kept().under("/some/sub/path/").run(|page| {
        add_deal(page, "Chairs", &[]);
        expect_kept(page);
        publish(page, "2");
        load_again(page);
        page.expect_heading("Chairs");
        page.within("Messages")
            .expect_text("A new version is ready.");
        page.expect_accessible();
        // However often it is opened in between.
        load_again(page);
        page.expect_heading("Chairs");
        expect_version(page, None);
        page.by_role("link", "Edit deal").click();
        page.field("Name").fill("Forty chairs");
        page.by_role("button", "Save").click();
        page.evaluate("window.isBefore = true;", &[]);
        page.by_role("button", "Load new version").click();
        expect_loaded_again(page);
        expect_version(page, Some("2"));
        page.expect_heading("Forty chairs");
        expect_saved(page);
        expect_listening(page);
        page.expect_absent("button", "Load new version");
        // No page uses what the version before has left.
        load_again(page);
        expect_tidied(page);
        page.stop_server();
        page.allow_console_error("");
        load_again(page);
        page.expect_heading("Forty chairs");
        expect_version(page, Some("2"));
    });
}

#[test]
fn a_tab_in_which_something_is_typed_stays_of_its_version() {
    kept().run(|page| {
        page.put_file(OLD_PART, "'old';");
        page.publish();
        add_deal(page, "Chairs", &[]);
        expect_kept(page);
        // Only a page that came from the worker belongs to a version.
        load_again(page);
        page.expect_heading("Chairs");
        let (typing, resting) = two_tabs(page);
        page.take_away(OLD_PART);
        page.put_file(NEW_PART, "'new';");
        publish(page, "2");
        load_again(page);
        page.by_role("button", "Load new version").click();
        expect_version(page, Some("2"));
        page.expect_heading("Chairs");
        expect_version(&resting, Some("2"));
        resting.expect_heading("Customers");

        typing
            .by_role("button", "Load new version")
            .expect_present();
        typing.field("Name").expect_value("Lamps");
        expect_version(&typing, None);
        // Its later parts are still there, though no longer on the server.
        expect_part(&typing, OLD_PART, true);
        expect_part(page, NEW_PART, true);
        assert_eq!(caches(page).len(), 2);
        load_again(page);
        page.expect_heading("Chairs");
        expect_part(&typing, OLD_PART, true);

        typing.by_role("button", "Save").click();
        typing.expect_heading("Lamps");
        typing.by_role("button", "Load new version").click();
        expect_version(&typing, Some("2"));
        typing.expect_heading("Lamps");
        open(page, "#/deals/open", "Deals");
        page.expect_present("link", "Lamps");
        expect_listening(page);
        assert_eq!(caches(page).len(), 2);
        // The one page that is left need not be loaded again for it.
        typing.close();
        resting.close();
        expect_tidied(page);
    });
}

/// What hears of new versions comes some seconds after the start, and later
/// still in a tab that nobody sees.
#[test]
fn a_tab_that_hears_late_is_told_of_the_version_that_took_over() {
    kept().run(|page| {
        // It begins when it is let.
        let script = include_str!("../../../public/versions.js");
        page.put_file(
            "versions.js",
            format!("window.listen = () => {{ {script} }};"),
        );
        page.publish();
        let listen = |tab: &Page| {
            tab.wait_until("the script is there", || {
                tab.evaluate("return Boolean(window.listen);", &[]) == json!(true)
            });
            tab.evaluate("window.listen();", &[]);
        };
        add_deal(page, "Chairs", &[]);
        listen(page);
        expect_kept(page);
        load_again(page);
        page.expect_heading("Chairs");
        let (typing, resting) = two_tabs(page);
        publish(page, "2");
        load_again(page);
        listen(page);
        page.by_role("button", "Load new version").click();
        expect_version(page, Some("2"));

        listen(&resting);
        expect_version(&resting, Some("2"));
        resting.expect_heading("Customers");
        listen(&typing);
        typing.expect_present("button", "Load new version");
        typing.field("Name").expect_value("Lamps");
        expect_version(&typing, None);
        typing.by_role("button", "Save").click();
        typing.expect_heading("Lamps");
        typing.by_role("button", "Load new version").click();
        expect_version(&typing, Some("2"));
        typing.expect_heading("Lamps");
    });
}

/// The steps of undo and a selection go with the page.
#[test]
fn a_tab_in_which_something_can_be_undone_or_is_selected_stays_of_its_version() {
    kept().run(|page| {
        add_deal(page, "Chairs", &[]);
        expect_kept(page);
        load_again(page);
        page.expect_heading("Chairs");
        let changed = page.new_tab();
        add_deal(&changed, "Lamps", &[]);
        expect_saved(&changed);
        let selecting = page.new_tab();
        open(&selecting, "#/deals/open", "Deals");
        selecting
            .by_role("checkbox", "Select Chairs")
            .set_checked(true);
        selecting.expect_text("1 deal selected");
        publish(page, "2");
        load_again(page);
        page.by_role("button", "Load new version").click();
        expect_version(page, Some("2"));
        page.expect_heading("Chairs");

        for tab in [&changed, &selecting] {
            tab.expect_present("button", "Load new version");
            expect_version(tab, None);
        }
        selecting.expect_text("1 deal selected");
        changed.by_role("button", "Undo").click();
        changed.expect_text("Undone: Add deal");
        for tab in [&changed, &selecting] {
            expect_saved(tab);
            tab.by_role("button", "Load new version").click();
            expect_version(tab, Some("2"));
        }
    });
}

/// What a version that reads a later format can open is not out of reach
/// behind the cache of one that does not.
#[test]
fn data_of_a_newer_version_leads_to_that_version() {
    for button in ["Load new version", "Reload"] {
        kept().run(|page| {
            add_deal(page, "Chairs", &[]);
            expect_kept(page);
            publish(page, "2");
            page.set_local_storage("pipewright/main/deals/0", "pw99:of a later version");
            load_again(page);
            page.expect_text("A newer version of Pipewright wrote this data (format 99)");
            page.by_role("status", any())
                .first()
                .expect_text("Not saved");
            expect_version(page, None);
            page.expect_present("button", "Load new version");
            page.by_role("button", button).click();
            expect_version(page, Some("2"));
            page.expect_text("A newer version of Pipewright wrote this data (format 99)");
            assert_eq!(
                page.local_storage("pipewright/main/deals/0").as_deref(),
                Some("pw99:of a later version")
            );
        });
    }
}

#[test]
fn a_message_that_is_dismissed_comes_with_the_next_start() {
    kept().run(|page| {
        page.goto("");
        page.expect_heading("Deals");
        expect_kept(page);
        publish(page, "2");
        load_again(page);
        let button = page.by_role("button", "Load new version");
        button.expect_present();
        page.by_role("button", "Dismiss").click();
        button.expect_absent();
        load_again(page);
        expect_version(page, None);
        button.click();
        expect_version(page, Some("2"));
    });
}

#[test]
fn a_version_that_does_not_come_whole_is_not_used() {
    kept().run(|page| {
        add_deal(page, "Chairs", &[]);
        expect_kept(page);
        page.allow_console_error("");
        publish(page, "2");
        // One file is of another build than the worker says.
        page.put_file("icon-192.png", "something else");
        load_again(page);
        page.expect_heading("Chairs");
        page.evaluate(
            "navigator.serviceWorker.getRegistration().then(async (found) => {
               await found.update();
               const worker = found.installing;
               const look = () => { window.ended = worker?.state ?? 'redundant'; };
               worker?.addEventListener('statechange', look);
               look();
             }).catch(() => { window.ended = 'redundant'; });",
            &[],
        );
        page.wait_until("the version is given up", || {
            page.evaluate("return window.ended;", &[]) == json!("redundant")
        });
        expect_listening(page);
        page.expect_absent("button", "Load new version");
        page.stop_server();
        load_again(page);
        page.expect_heading("Chairs");
        expect_version(page, None);
        // Once it is whole it is told.
        page.start_server();
        page.put_file(
            "icon-192.png",
            std::fs::read(xtask::dist_dir().join("icon-192.png")).unwrap(),
        );
        load_again(page);
        page.by_role("button", "Load new version").click();
        expect_version(page, Some("2"));
        page.expect_heading("Chairs");
    });
}
