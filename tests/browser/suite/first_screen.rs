//! With many deals the first rows and all figures are there before the rest
//! of the account is read: what they show must be what the account says.

use std::fs;
use std::path::Path;

use browser_tests::{Page, Visit, any, visit};
use serde_json::Value;
use xtask::weight::is_of_first_load;

use crate::steps::{add_deal, expect_saved, expect_whole, open, panel, reload};

const DEALS: usize = 1_200;

/// Nothing asks for the rest by itself: no frame is drawn, and no time is up.
const ASKS_NEVER: &str = r"
    if (sessionStorage.asksNever) {
        const later = window.setTimeout.bind(window);
        window.setTimeout = (act, rest, ...more) => rest === 200 ? 0 : later(act, rest, ...more);
        window.requestAnimationFrame = () => 0;
    }
";

/// Notes what the page says when its first row appears, and does then what
/// `window.atOnce` holds.
const WATCH: &str = r"
    const texts = () => ['.tabs', '.summary', '.charts .figure-facts', '.deal-table tbody .row']
        .map((part) => [...document.querySelectorAll(part)].map((it) => it.innerText));
    new MutationObserver((_, seen) => {
        const row = document.querySelector('.deal-table .row .deal-link');
        if (!row) return;
        seen.disconnect();
        window.first = [texts(), !!document.querySelector('[aria-busy=true]')];
        if (sessionStorage.clickAtOnce) row.click();
    }).observe(document, { childList: true, subtree: true });
    window.present = texts;
";

#[track_caller]
fn many_deals(page: &Page) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("deals.csv");
    let rows = (0..DEALS).map(|row| {
        let stage = ["Contact", "Offer"][row % 2];
        format!("Deal {row},Customer {},{stage},{}.50\n", row % 90, row + 1)
    });
    let rows: String = rows.collect();
    fs::write(&file, format!("name,customer,stage,value\n{rows}")).unwrap();
    page.run_before_start(WATCH);
    open(page, "#/deals/open", "Deals");
    page.choose_file("File of deals (CSV)", &file);
    page.by_role("button", "Import 1,200 deals").click();
    page.expect_text("1,200 deals imported");
    expect_saved(page);
}

/// What the first rows and figures said, and whether the rest was missing.
#[track_caller]
fn first(page: &Page) -> (Value, bool) {
    page.by_role("table", "Open deals").expect_present();
    expect_whole(page);
    let first = page.evaluate("return window.first;", &[]);
    (first[0].clone(), first[1] == true)
}

/// The tabs, the summary, figures of the charts, and more rows than one.
#[track_caller]
fn expect_full(at_first: &Value) {
    let counts: Vec<usize> = (0..4)
        .map(|part| at_first[part].as_array().unwrap().len())
        .collect();
    assert_eq!(counts[..2], [1, 1], "{at_first}");
    assert!(counts[2] > 0 && counts[3] > 5, "{at_first}");
}

#[test]
fn the_first_rows_come_before_the_rest_and_say_the_same() {
    visit(|page| {
        many_deals(page);
        reload(page);
        let (at_first, was_busy) = first(page);
        assert!(was_busy, "everything was there at once");
        expect_full(&at_first);
        assert_eq!(at_first, page.evaluate("return window.present();", &[]));
        let table = page.by_role("table", "Open deals");
        assert_eq!(table.attribute("aria-rowcount"), "1201");
        page.within("Summary").expect_text("1,200");
        // A change is in the next first rows.
        let newest = table.by_role("link", any()).first();
        let name = newest.text();
        newest.click();
        page.expect_heading(&name);
        page.by_role("button", "Mark as won").click();
        page.by_role("dialog", any())
            .by_role("button", "Mark as won")
            .click();
        expect_saved(page);
        open(page, "#/deals/open", "Deals");
        reload(page);
        let (at_first, was_busy) = first(page);
        assert!(was_busy, "everything was there at once");
        expect_full(&at_first);
        assert_eq!(at_first, page.evaluate("return window.present();", &[]));
        page.within("Summary").expect_text("1,199");
        assert!(!at_first[3].to_string().contains(&format!("{name}\\n")));
    });
}

#[test]
fn a_deal_that_is_opened_before_the_rest_is_there_lacks_nothing() {
    visit(|page| {
        many_deals(page);
        let newest = page
            .by_role("table", "Open deals")
            .by_role("link", any())
            .first();
        let name = newest.text();
        page.evaluate("sessionStorage.clickAtOnce = 'yes';", &[]);
        reload(page);
        page.expect_heading(&name);
        page.within("History").expect_text("Imported");
        let first = panel(page).by_role("checkbox", any()).first();
        first.set_checked(true);
        expect_saved(page);
    });
}

#[test]
fn who_goes_to_another_list_before_the_rest_is_there_finds_all_of_it() {
    visit(|page| {
        page.run_before_start(ASKS_NEVER);
        many_deals(page);
        let newest = page.by_role("table", "Open deals");
        newest.by_role("link", any()).first().click();
        page.by_role("button", "Mark as won").click();
        page.by_role("dialog", any())
            .by_role("button", "Mark as won")
            .click();
        expect_saved(page);
        open(page, "#/deals/open", "Deals");
        page.evaluate("sessionStorage.asksNever = 'yes';", &[]);
        reload(page);
        page.within("Summary").expect_text("1,199");
        let region = page.by_role("region", "Deals");
        assert_eq!(region.attribute("aria-busy"), "true");
        page.goto("#/deals/closed");
        page.within("Summary").expect_text("Closed deals 1 Won 1");
        expect_whole(page);
    });
}

/// Notes what is asked for until the first row of a page is there that was
/// opened after `sessionStorage.isNoted`, or of the demo.
const NOTE_REQUESTS: &str = r"
    // It never rests, so that nothing comes but what is asked for.
    window.requestIdleCallback = () => 0;
    const isNoted = sessionStorage.isNoted || location.search;
    new MutationObserver((_, seen) => {
        if (!isNoted || !document.querySelector('.deal-table .row .deal-link')) return;
        seen.disconnect();
        const asked = performance.getEntriesByType('resource');
        const names = asked.map(({ name }) => new URL(name).pathname.split('/').pop());
        window.asked = [...new Set(names)];
    }).observe(document, { childList: true, subtree: true });
";

/// What was asked for beside the page itself.
#[track_caller]
fn requests(page: &Page) -> Vec<String> {
    let asked = || page.evaluate("return window.asked ?? null;", &[]);
    page.wait_until("the first rows are there", || !asked().is_null());
    let mut names: Vec<String> = serde_json::from_value(asked()).unwrap();
    // The script that has noted them is the test's, and the picture, of which
    // some browsers tell, is for what is around the page.
    let others = ["before-start.js", "apple-touch-icon.png"];
    names.retain(|name| !others.contains(&name.as_str()));
    names
}

#[test]
fn the_first_rows_come_with_six_requests_all_of_which_are_weighed() {
    Visit::default().half_loaded().run(|page| {
        page.run_before_start(NOTE_REQUESTS);
        add_deal(page, "Chairs", &[]);
        open(page, "#/deals/open", "Deals");
        page.evaluate("sessionStorage.isNoted = 'yes';", &[]);
        reload(page);
        let asked = requests(page);
        assert!(asked.len() < 6, "{asked:?}");
        let is_unweighed = |name: &&String| !is_of_first_load(Path::new(name));
        assert_eq!(asked.iter().find(is_unweighed), None);
    });
}

#[test]
fn those_of_the_demo_come_with_six_requests_on_a_first_visit() {
    Visit::default().half_loaded().run(|page| {
        page.run_before_start(NOTE_REQUESTS);
        page.goto("?demo#/deals/open");
        let asked = requests(page);
        assert!(asked.len() < 6, "{asked:?}");
    });
}
