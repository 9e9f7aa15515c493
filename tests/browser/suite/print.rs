//! What comes out of the printer, counted in the printed file.

use std::fmt::Write as _;
use std::fs;
use std::time::Duration;

use browser_tests::{Page, any, visit};
use serde_json::json;

use crate::steps::{load_sample, open, open_deal};

/// Imports so many deals, each with a name that is in no other.
#[track_caller]
fn import(page: &Page, deals: usize) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("deals.csv");
    let mut text = "name,customer,owner,stage,value\n".to_owned();
    for deal in 0..deals {
        let owner = ["Ana", "Ben"][deal % 2];
        writeln!(
            text,
            "Deal-{deal:05}-x,Acme {},{owner},Contact,{}",
            deal % 7,
            deal + 1
        )
        .unwrap();
    }
    fs::write(&file, text).unwrap();
    open(page, "#/deals/open", "Deals");
    page.choose_file("File of deals (CSV)", &file);
    let grouped = match deals {
        0..1000 => deals.to_string(),
        _ => format!("{},{:03}", deals / 1000, deals % 1000),
    };
    page.by_role("button", format!("Import {grouped} deals").as_str())
        .click();
    page.set_patience(Duration::from_secs(60));
    page.expect_text(&format!("{grouped} deals imported"));
    open(page, "#/deals/open", "Deals");
}

/// What draws the charts of a list is there, and so can be printed.
#[track_caller]
fn figure_is_drawn(page: &Page) {
    let figure = page.by_role("figure", any()).first();
    figure.by_role("button", "Save").expect_enabled(true);
}

#[test]
fn the_list_comes_whole_on_either_paper_with_its_head_on_every_page() {
    visit(|page| {
        import(page, 300);
        figure_is_drawn(page);
        page.by_role("switch", "Dark theme").click();
        for &paper in page.papers() {
            let printed = page.print(paper);
            assert!(printed.pages().len() > 4, "{} pages", printed.pages().len());
            let missing = (0..300).filter(|deal| printed.count(&format!("Deal-{deal:05}-x")) != 1);
            assert_eq!(missing.count(), 0);
            let heads = match page.repeats_heads() {
                true => printed.pages().len(),
                false => 1,
            };
            assert_eq!(printed.count("NameCustomer"), heads, "heads");
            assert_eq!(printed.count("Deals by stage"), 1);
            assert!(printed.pages()[0].contains("€45,150"));
            assert_eq!(printed.count("Import"), 0);
        }
        // The page is as it was.
        page.by_role("table", "Open deals").expect_present();
        page.wait_until("the report is gone", || {
            page.evaluate("return document.querySelector('.print-report');", &[])
                .is_null()
        });
    });
}

#[test]
fn a_filtered_list_says_so_and_a_long_one_is_cut_and_says_that() {
    visit(|page| {
        import(page, 2_100);
        let printed = page.print(page.papers()[0]);
        assert_eq!(printed.count("2,000 of 2,100 deals."), 2);
        assert_eq!(printed.count("Deal-0"), 2_000);
        open(page, "#/deals/open?q=Deal-0000", "Deals");
        page.within("Summary").expect_text("Open deals 10 of 2,100");
        let printed = page.print(page.papers()[0]);
        assert_eq!(
            printed.count("Deal-0"),
            10 + 1,
            "with the word that was searched for"
        );
        assert_eq!(printed.count("Search: Deal-0000"), 1);
        assert_eq!(printed.count("2,100 deals."), 0);
    });
}

#[test]
fn the_button_opens_what_the_browser_prints() {
    visit(|page| {
        let asked = "window.print = () => { window.printed = true; };";
        page.run_before_start(asked);
        load_sample(page);
        page.by_role("button", "Print").click();
        page.wait_until("the browser is asked to print", || {
            page.evaluate("return window.printed === true;", &[]) == json!(true)
        });
        page.expect_accessible();
    });
}

#[test]
fn a_deal_and_a_process_each_come_on_one_page() {
    visit(|page| {
        load_sample(page);
        open(page, "#/deals/open", "Deals");
        let table = page.by_role("table", "Open deals");
        let name = table.by_role("link", any()).first().text();
        open_deal(page, &name);
        for &paper in page.papers() {
            let printed = page.print(paper);
            assert_eq!(printed.pages().len(), 1);
            for text in [name.as_str(), "Offer inquiry", "Inquiry", "History"] {
                assert!(printed.count(text) > 0, "{text}");
            }
            assert_eq!(printed.count("Mark as won"), 0);
            assert_eq!(printed.count("Previous"), 0);
        }
        open(page, "#/settings/deals", "Account settings");
        page.by_role("button", "Edit Key accounts").click();
        page.expect_heading("Edit process");
        let printed = page.print(page.papers()[0]);
        assert_eq!(printed.pages().len(), 1);
        for stage in [
            "Account plan",
            "Sponsor",
            "Solution",
            "Proposal",
            "Negotiation",
            "Contract",
        ] {
            assert!(printed.count(stage) > 0, "{stage}");
        }
        assert_eq!(printed.count("Add stage"), 0);
    });
}
