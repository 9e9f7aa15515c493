//! A public collection of naughty strings and script payloads, through every
//! field, file and address: no script runs, nobody else is asked, the page
//! stays in shape, and what was put in comes out again.
//!
//! That no policy was broken and nobody else asked is what every visit finds
//! out at its end; what else is wrong with a page, `look.js` does. What needs
//! no browser is tested in `tests/import/naughty.rs`, with the same account.

mod addresses;
mod files;
mod looking;
mod screens;
mod typed;

#[path = "../../support/naughty/mod.rs"]
mod collection;

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use browser_tests::Page;
use serde_json::{Map, Value, json};

use crate::steps::{expect_saved, open};
use collection::account;
use collection::strings::{lines, names, one_line, strings};

const LOOK: &str = include_str!("naughty/look.js");
const SCROLL: &str = include_str!("naughty/scroll.js");
const ADDRESSES: &str = include_str!("naughty/addresses.js");
const REST: &str = "naughtyRest().then(arguments[0], (error) => arguments[0]([String(error)]));";

/// So many addresses are gone to in one document: WebKit lets none change its
/// address more often than a hundred times within ten seconds.
const AT_ONCE: usize = 90;

/// A page that can be looked at.
#[track_caller]
fn watch(page: &Page) {
    page.set_patience(Duration::from_secs(60));
    page.run_before_start(LOOK);
}

/// The page is as it should be, once it rests.
#[track_caller]
fn look(page: &Page) {
    assert_eq!(page.evaluate_async(REST, &[]), json!([]), "{}", page.url());
}

/// Scrolls through the page, looking at all of it; the texts of what the
/// selector names, in alphabetical order.
#[track_caller]
fn scroll(page: &Page, selector: Option<&str>) -> Vec<String> {
    let mut shown = Map::new();
    let mut place = json!(0);
    while !place.is_null() {
        // A call for each place: none takes long, however busy the machine is.
        let mut found = page.evaluate_async(SCROLL, &[json!(selector), place.clone()]);
        assert_eq!(found[0], json!([]), "{} at {place}", page.url());
        if let Some(texts) = found[1].as_object_mut() {
            shown.append(texts);
        }
        place = found[2].take();
    }
    page.evaluate("scrollTo(0, 0);", &[]);
    let mut texts: Vec<String> = shown
        .values()
        .map(|text| text.as_str().unwrap_or_default().to_owned())
        .collect();
    texts.sort();
    texts
}

/// An address, and the heading that is expected there, if any.
type Goal = (String, Option<String>);

/// Goes to each address and looks at the page.
#[track_caller]
fn go_to(page: &Page, addresses: &[Goal]) {
    for some in addresses.chunks(AT_ONCE) {
        for few in some.chunks(10) {
            let faults = page.evaluate_async(ADDRESSES, &[json!(few)]);
            assert_eq!(faults, json!([]));
        }
        page.reload();
        look(page);
    }
}

/// A file for as long as the value is there.
fn file(name: &str, text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    (folder, path)
}

#[track_caller]
fn restore(page: &Page, backup: &Value) {
    open(page, "#/settings/data", "Account settings");
    let (_folder, path) = file("backup.json", &backup.to_string());
    page.choose_file("Backup file", &path);
    let dialog = page.by_role("dialog", "Restore backup");
    let restore = dialog.by_role("button", "Restore");
    restore.expect_present();
    look(page);
    restore.click();
    page.expect_text("Backup restored");
    expect_saved(page);
    look(page);
}

/// What is shown is what is kept, each as often.
#[track_caller]
fn expect_same(shown: &[String], kept: &[String]) {
    let lacking = |all: &[String], of: &[String]| -> Vec<String> {
        let lacking = all.iter().filter(|one| !of.contains(one));
        lacking.cloned().collect()
    };
    let (missing, foreign) = (lacking(kept, shown), lacking(shown, kept));
    assert!(
        missing.is_empty() && foreign.is_empty() && shown.len() == kept.len(),
        "{} shown, {} kept, missing {missing:?}, foreign {foreign:?}",
        shown.len(),
        kept.len()
    );
}
