//! Hosts that do things their own way: the app starts from them all the same.

use std::time::Duration;

use browser_tests::{Manners, Page};
use serde_json::json;

use crate::kept::{expect_kept, kept, load_again};
use crate::steps::{open, unfold_charts};

/// Opens what needs each part of the program; `at` is the page's own address
/// in the folder.
#[track_caller]
fn expect_all_parts(page: &Page, at: &str) {
    // A busy machine compiles the parts while others are asked for.
    page.set_patience(Duration::from_secs(60));
    open(page, &format!("{at}#/deals/open"), "Deals");
    page.by_role("button", "Load sample data").click();
    page.expect_present("table", "Open deals");
    unfold_charts(page);
    page.wait_until("the charts are drawn", || {
        let drawn = "return !!document.querySelector('.figure-box canvas');";
        page.evaluate(drawn, &[]) == json!(true)
    });
    for (route, heading) in [
        ("#/statistics", "Statistics"),
        ("#/customers", "Customers"),
        ("#/settings/deals/rules", "Choosing a process"),
        ("#/settings/data", "Account settings"),
    ] {
        open(page, &format!("{at}{route}"), heading);
    }
    let margin = "return getComputedStyle(document.body).marginTop;";
    assert_eq!(page.evaluate(margin, &[]), json!("0px"), "it has no styles");
}

#[track_caller]
fn expect_start_without_network(page: &Page) {
    expect_kept(page);
    page.stop_server();
    // It looks for a new version, in vain.
    page.allow_console_error("");
    load_again(page);
    page.expect_heading("Account settings");
}

#[test]
fn from_github_pages_it_starts_with_the_network_and_without() {
    let visit = kept().under("/repository/");
    visit.served_with(Manners::GITHUB_PAGES).run(|page| {
        expect_all_parts(page, "");
        expect_start_without_network(page);
    });
}

#[test]
fn from_s3_it_starts_by_the_name_of_its_page() {
    let visit = kept().under("/folder/");
    visit.served_with(Manners::S3).run(|page| {
        expect_all_parts(page, "index.html");
        expect_start_without_network(page);
    });
}

#[test]
fn it_starts_where_the_types_of_files_are_wrong_or_missing() {
    for manners in [Manners::FEW_TYPES, Manners::SILENT] {
        kept().served_with(manners).run(|page| {
            // Browsers take no worker of such a type, and so keep nothing.
            page.allow_console_error("MIME type");
            expect_all_parts(page, "");
        });
    }
}
