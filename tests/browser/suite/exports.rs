//! Exports of other programs, by the proposals alone: the browser's own
//! decoder, the dialog, and what it asks.

use std::fs;
use std::path::PathBuf;

use browser_tests::{Page, visit};
use serde_json::Value;

/// A file of the field, which lies beside the checkout.
fn field(name: &str) -> PathBuf {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/field");
    let path = PathBuf::from(folder).join(name);
    assert!(path.is_file(), "{} is missing", path.display());
    path
}

fn pick(page: &Page, name: &str) {
    page.goto("#/deals/open");
    page.expect_heading("Deals");
    page.choose_file("File of deals (CSV)", &field(name));
}

/// An amount in cents as an export has it.
fn plain(cents: &Value) -> String {
    let cents = cents.as_u64();
    cents.map_or(String::new(), |cents| {
        format!("{}.{:02}", cents / 100, cents % 100)
    })
}

#[test]
fn every_export_comes_in_by_the_proposals_alone() {
    let expected = fs::read_to_string(field("full/expected.json")).unwrap();
    let expected: Value = serde_json::from_str(&expected).unwrap();
    for (name, file) in expected.as_object().unwrap() {
        let deals = file["deals"].as_array().unwrap();
        visit(|page| {
            pick(page, &format!("full/{name}"));
            let button = format!("Import {} deals", deals.len());
            page.by_role("button", button).click();
            page.expect_text(&format!("{} deals imported", deals.len()));
            page.goto("#/settings/data");
            // By key: the first snapshot may come and move the button just now.
            page.by_role("button", "Export deals (CSV)").press("Enter");
            page.expect_text(&format!("{} deals exported", deals.len()));
            let today = page.evaluate(
                "const day = new Date(); const two = (n) => String(n).padStart(2, '0');
                 return `pipewright-deals-${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}.csv`;",
                &[],
            );
            let export = fs::read_to_string(page.download(today.as_str().unwrap())).unwrap();
            for deal in deals {
                let text = |field: &str| deal[field].as_str().unwrap().to_owned();
                let line = export
                    .lines()
                    .find(|line| {
                        line.trim_start_matches(['\u{feff}', '"'])
                            .starts_with(&text("name"))
                    })
                    .unwrap_or_else(|| panic!("{name}: {} is missing", deal["name"]));
                let cells: Vec<&str> = line.split(',').collect();
                let mut wanted = vec![text("status"), plain(&deal["value"]), text("created")];
                wanted.extend([text("expected_close"), text("closed"), text("owner")]);
                if text("status") == "Open" {
                    wanted.push(text("stage"));
                }
                for cell in wanted.iter().filter(|cell| !cell.is_empty()) {
                    assert!(cells.contains(&&**cell), "{name}: {cell} is not in {line}");
                }
            }
        });
    }
}

#[test]
fn the_encoding_is_proposed_shown_and_can_be_changed() {
    visit(|page| {
        pick(page, "small/m03-cp1250.csv");
        let preview = page.by_role("region", "Preview");
        preview.expect_text("Łożyska");
        page.by_role("dialog", "Import deals")
            .expect_text("Central European (Windows-1250)");
        page.evaluate(
            "document.querySelectorAll('details').forEach((details) => details.open = true);",
            &[],
        );
        page.field("Encoding").expect_present();
        page.expect_accessible();
        page.select("Encoding", "Western European (Windows-1252)");
        preview.expect_text("£o¿yska");
        // The dialog has begun anew, and the choice still has the focus.
        page.field("Encoding").expect_focused();
        page.select("Encoding", "Central European (Windows-1250)");
        preview.expect_text("Łożyska");
        page.select("Encoding", "Japanese (Shift-JIS)");
        page.field("Encoding").expect_present();
    });
}

#[test]
fn rows_that_are_no_deals_are_named_and_can_be_taken_in() {
    visit(|page| {
        pick(page, "small/m01-total.csv");
        page.by_role("button", "Import 2 deals")
            .expect_enabled(true);
        page.by_role("dialog", "Import deals")
            .expect_text("1 row is no record");
        page.evaluate(
            "document.querySelectorAll('details').forEach((details) => details.open = true);",
            &[],
        );
        page.field("Take in line 4").set_checked(true);
        page.by_role("button", "Import 3 deals")
            .expect_enabled(true);
        page.field("Take in line 4").set_checked(false);
        page.by_role("button", "Import 2 deals").click();
        page.by_role("link", "Beta").expect_present();
        page.expect_absent("link", "Total");
    });
}

#[test]
fn values_in_other_currencies_wait_for_a_rate() {
    visit(|page| {
        pick(page, "small/m15-currency.csv");
        let preview = page.by_role("region", "Preview");
        preview.expect_text("€500");
        preview.expect_text("2 values in another currency without a rate");
        page.expect_accessible();
        page.field("1 USD in EUR 1 value").fill("zero");
        page.field("1 USD in EUR 1 value").press("Tab");
        page.expect_text("A rate is a number above 0");
        page.field("1 USD in EUR 1 value").fill("0.92");
        page.field("1 USD in EUR 1 value").press("Tab");
        preview.expect_text("€1,420");
        page.by_role("button", "Import 3 deals").click();
        page.within("Summary").expect_text("€1,420");
    });
}

#[test]
fn an_account_without_values_takes_the_currency_of_the_file() {
    visit(|page| {
        pick(page, "full/24-copper.csv");
        page.by_role("region", "Preview").expect_text("$30,000");
        page.by_role("button", "Import 5 deals").click();
        page.within("Summary").expect_text("$20,500.50");
        page.by_role("button", "Undo").first().click();
        page.goto("#/settings/general");
        page.field("Currency").expect_value("EUR");
    });
}

#[test]
fn what_only_a_reason_tells_is_asked() {
    visit(|page| {
        pick(page, "small/m24-lost-reason-open.csv");
        let choice = page.field("A reason for losing, and no status");
        choice.expect_value("lost");
        page.expect_accessible();
        page.by_role("region", "Preview").expect_text("Lost 1");
        page.select("A reason for losing, and no status", "Open");
        page.by_role("region", "Preview").expect_text("Open 1");
    });
}

#[test]
fn columns_that_look_like_something_are_named_at_the_top() {
    visit(|page| {
        pick(page, "full/21-zoho.csv");
        let dialog = page.by_role("dialog", "Import deals");
        dialog.expect_text("Not used, though it may matter");
        dialog.expect_text("Created By (persons)");
        dialog.expect_text("Expected Revenue (amounts)");
    });
}
