//! What is called saved outlives a browser that is killed.

use std::time::Duration;

use browser_tests::{Need, Page, Visit};

use crate::steps::{add_deal, expect_saved, open, tick};

/// Lets the page live on for a moment, which is what the test is about.
#[track_caller]
fn live_for(page: &Page, milliseconds: u64) {
    page.set_patience(Duration::from_secs(60));
    let script = "return new Promise((resolve) => setTimeout(resolve, arguments[0]));";
    page.evaluate(script, &[milliseconds.into()]);
}

#[test]
fn what_was_saved_is_there_after_the_browser_was_killed() {
    Visit::default().needs(Need::Profile).run(|page| {
        add_deal(page, "Chairs", &[]);
        expect_saved(page);
        let mut page = page.clone();
        for round in 0..10u64 {
            let name = format!("Deal {round}");
            add_deal(&page, &name, &[]);
            if round % 2 == 0 {
                tick(&page, "Send the offer", true);
            }
            expect_saved(&page);
            let address = page.route();
            // From a moment after it was saved to several seconds.
            live_for(&page, 100 + round * 320);
            page = page.kill_browser();
            page.goto(&address);
            page.expect_heading(&name);
            page.by_role("checkbox", "Send the offer")
                .expect_checked(round % 2 == 0);
            expect_saved(&page);
        }
        open(&page, "#/deals/open", "Deals");
        page.within("Summary").expect_text("Open deals 11 ");
    });
}

#[test]
fn an_import_is_there_whole_after_the_browser_was_killed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("deals.csv");
    let rows = (0..3_000).map(|row| format!("Imported {row},Customer {},Contact\n", row % 40));
    let rows: String = rows.collect();
    std::fs::write(&file, format!("name,customer,stage\n{rows}")).unwrap();
    Visit::default().needs(Need::Profile).run(|page| {
        open(page, "#/deals/open", "Deals");
        page.choose_file("File of deals (CSV)", &file);
        page.by_role("button", "Import 3,000 deals").click();
        page.expect_text("3,000 deals imported");
        expect_saved(page);
        let page = page.kill_browser();
        open(&page, "#/deals/open", "Deals");
        page.within("Summary").expect_text("Open deals 3,000 ");
    });
}
