//! The program as one file, opened from a disk by a double click.

use std::fs;

use browser_tests::{Page, Trouble, Visit, any, visit};
use serde_json::{Value, json};
use xtask::dist_dir;
use xtask::single::NAME;

use crate::steps::{add_deal, open, reload};

/// What the page has loaded from anywhere but itself.
fn loaded(page: &Page) -> Value {
    let script = "return performance.getEntriesByType('resource').map((entry) => entry.name)\
                  .filter((name) => !name.startsWith('data:') && !name.startsWith('blob:'));";
    page.evaluate(script, &[])
}

#[test]
fn one_file_is_the_whole_program_and_keeps_what_is_typed() {
    Visit::default().from_disk().run(|page| {
        open(page, "", "Deals");
        page.expect_text("Your deals are kept by this browser, not in the file.");
        page.by_role("button", "Load sample data").click();
        page.expect_present("table", "Open deals");
        // ECharts is inside as well.
        page.within("Charts")
            .by_role("figure", any())
            .expect_count(3);
        page.wait_until("the charts are drawn", || {
            page.evaluate(
                "return document.querySelectorAll('.figure-box canvas').length;",
                &[],
            ) == 3
        });

        add_deal(page, "Kept by the browser", &[("Value", "1200")]);
        let deal = page.route();
        open(page, "#/settings/data", "Account settings");
        page.expect_text("Your data is not in the file but in this browser");
        page.expect_present("button", "Download backup");
        reload(page);
        page.expect_heading("Account settings");
        open(page, &deal, "Kept by the browser");
        open(page, "#/customers", "Customers");
        page.expect_present("table", "Customers");
        assert_eq!(loaded(page), json!([]));
    });
}

#[test]
fn one_file_has_a_demo_apart_from_ones_own_data() {
    Visit::default().from_disk().run(|page| {
        open(page, "?demo#/deals/open", "Deals");
        page.expect_text("This is the demo.");
        page.expect_present("table", "Open deals");
        page.by_role("link", "Back to my data").click();
        page.expect_present("button", "Load sample data");
        assert_eq!(loaded(page), json!([]));
    });
}

#[test]
fn one_file_is_read_right_whatever_a_server_says_of_its_encoding() {
    visit(|page| {
        page.trouble(NAME, Trouble::IsCalled("text/html; charset=windows-1252"));
        open(page, &format!("{NAME}?demo#/deals/open"), "Deals");
        page.expect_present("table", "Open deals");
    });
}

#[test]
fn one_file_that_was_cut_off_says_so() {
    visit(|page| {
        let whole = fs::read(dist_dir().join(NAME)).unwrap();
        page.put_file(NAME, &whole[..whole.len() * 7 / 10]);
        page.allow_console_error("");
        page.goto(NAME);
        let panel = page.by_role(
            "alertdialog",
            "Pipewright did not start. Your saved data is safe.",
        );
        panel.expect_text("The file is not whole: a part of the program is missing.");
        panel.by_role("button", "Reload").expect_present();
    });
}
