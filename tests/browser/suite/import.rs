//! Files of deals and customers: in by the proposals alone, and out again.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use browser_tests::{Page, any, visit};

use crate::steps::{expect_whole, reload};

/// A file with these bytes, for as long as the test runs.
struct Given {
    folder: tempfile::TempDir,
}

impl Given {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }
}

/// A file of the practice data set, which lies beside the checkout.
fn practice(name: &str) -> PathBuf {
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/crm-sales-opportunities"
    );
    let path = Path::new(folder).join(name);
    assert!(path.is_file(), "{} is missing", path.display());
    path
}

fn pick_deals(page: &Page, path: &Path) {
    page.choose_file("File of deals (CSV)", path);
}

/// Imports a file by the proposals alone.
fn import(page: &Page, path: &Path, count: &str) {
    page.goto("#/deals/open");
    page.expect_heading("Deals");
    pick_deals(page, path);
    let dialog = page.by_role("dialog", "Import deals");
    dialog.by_role("button", format!("Import {count}")).click();
    dialog.expect_absent();
    page.expect_text(&format!("{count} imported"));
}

#[track_caller]
fn expect_practice_totals(page: &Page) {
    page.goto("#/deals/open");
    page.within("Summary").expect_text("2,089");
    expect_whole(page);
    let table = page.by_role("table", "Open deals");
    assert_eq!(table.attribute("aria-rowcount"), "2090");
    page.goto("#/deals/closed");
    page.within("Summary").expect_text("4,238");
    page.within("Summary").expect_text("€10,005,534");
    page.within("Summary").expect_text("2,473");
    let table = page.by_role("table", "Closed deals");
    assert_eq!(table.attribute("aria-rowcount"), "6712");
}

#[test]
fn the_practice_data_comes_in_by_proposals_alone_and_out_again() {
    let pipeline = practice("sales_pipeline.csv");
    let given = Given::new();
    let mut exported = PathBuf::new();
    visit(|page| {
        page.set_patience(Duration::from_secs(60));
        page.goto("#/deals/open");
        pick_deals(page, &pipeline);
        let preview = page.by_role("region", "Preview");
        preview.expect_text("Prospecting 500");
        preview.expect_text("Engaging 1,589");
        preview.expect_text("€10,005,534");
        preview.expect_no_text("Rows in error");
        page.by_role("button", "Import 8,800 deals").click();
        page.expect_text("8,800 deals imported");
        expect_practice_totals(page);
        reload(page);
        expect_practice_totals(page);

        page.goto("#/customers");
        page.choose_file("File of customers (CSV)", &practice("accounts.csv"));
        page.by_role("button", "Import 85 customers").click();
        page.expect_text("85 customers imported");
        page.expect_text("technolgy");

        page.goto("#/settings/data");
        page.by_role("button", "Export deals (CSV)").click();
        page.expect_text("8,800 deals exported");
        let name = page.evaluate(
            "const day = new Date(); const two = (n) => String(n).padStart(2, '0');
             return `pipewright-deals-${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}.csv`;",
            &[],
        );
        let file = page.download(name.as_str().unwrap());
        exported = given.file("exported.csv", fs::read(file).unwrap());
    });
    visit(|page| {
        page.set_patience(Duration::from_secs(60));
        import(page, &exported, "8,800 deals");
        expect_practice_totals(page);
    });
}

#[test]
fn an_import_can_be_undone_and_a_second_one_adds_nothing() {
    let given = Given::new();
    let file = given.file("deals.csv", "id,name,value\n1,Roof,5\n2,Wall,6\n");
    visit(|page| {
        import(page, &file, "2 deals");
        page.by_role("link", "Roof").expect_present();
        pick_deals(page, &file);
        page.expect_text("2 rows left out");
        page.by_role("button", "Import deals").expect_enabled(false);
        page.field("Overwrite them").set_checked(true);
        page.expect_absent("progressbar", "Checking the rows");
        page.by_role("button", "Import deals").expect_enabled(false);
        page.by_role("button", "Cancel").click();
        page.expect_absent("dialog", "Import deals");
        page.by_role("button", "Undo").first().click();
        page.expect_absent("link", "Roof");
        page.by_role("button", "Redo").click();
        page.by_role("link", "Roof").expect_present();
    });
}

#[test]
fn what_is_no_table_is_refused_with_the_reason() {
    let given = Given::new();
    let mut picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    picture.extend([0; 64]);
    let huge = given.file("huge.csv", "");
    fs::File::options()
        .write(true)
        .open(&huge)
        .and_then(|file| file.set_len(300_000_000))
        .unwrap();
    let bad = [
        (
            given.file("backup.json", "{\"format\": 1, \"deals\": []}"),
            "a JSON file",
        ),
        (given.file("photo.csv", picture), "a picture"),
        (given.file("empty.csv", ""), "The file is empty"),
        (huge, "300 MB"),
    ];
    visit(|page| {
        page.goto("#/deals/open");
        page.expect_heading("Deals");
        for (path, reason) in &bad {
            pick_deals(page, path);
            let alert = page
                .by_role("dialog", "Import deals")
                .by_role("alert", any());
            alert.expect_text(reason);
            alert.expect_text("Nothing was changed");
        }
        page.by_role("button", "Choose another file")
            .expect_focused();
        let good = given.file("good.csv", "name\nRoof\n");
        pick_deals(page, &good);
        page.by_role("button", "Import 1 deal").click();
        page.by_role("link", "Roof").expect_present();
    });
}

#[test]
fn rows_in_error_are_named_left_out_and_downloaded() {
    let given = Given::new();
    let file = given.file(
        "deals.csv",
        "name;stage;status\nRoof;Offer;Won\nWall;Offer;Perhaps\nDoor;Offer;Perhaps\n",
    );
    visit(|page| {
        page.goto("#/deals/open");
        pick_deals(page, &file);
        let errors = page.by_role("region", "Rows in error");
        errors.expect_text("2 rows have errors and are left out");
        errors.expect_text("Perhaps it is not known whether this status is open");
        page.expect_accessible();
        errors.by_role("button", "Download rows in error").click();
        let download = fs::read_to_string(page.download("deals-errors.csv")).unwrap();
        assert_eq!(download.lines().count(), 3, "{download}");
        // The question stands open; its answer brings the rows in.
        page.select("Status Perhaps", "Lost");
        page.by_role("button", "Import 3 deals").click();
        page.expect_text("3 deals imported");
        page.goto("#/deals/closed");
        page.by_role("link", "Wall").expect_present();
    });
}

#[test]
fn a_cell_that_can_not_be_read_costs_no_deal_and_is_named() {
    let given = Given::new();
    let file = given.file(
        "deals.csv",
        "name;value;expected_close\nRoof;5;31.02.2026\nWall;-5;28.02.2026\nDoor;TBD;28.02.2026\nStep;5;28.02.2026\n",
    );
    visit(|page| {
        page.goto("#/deals/open");
        pick_deals(page, &file);
        let cells = page.by_role("region", "Cells not read");
        cells.expect_text("2 cells can't be read and stay empty");
        cells.expect_text("31.02.2026 there is no such date");
        cells.expect_text("-5 a value can't be negative");
        page.expect_text("Taken as empty: “TBD” (1)");
        page.by_role("button", "Import 4 deals")
            .expect_enabled(true);
        page.expect_accessible();
        cells.by_role("button", "Download these rows").click();
        let download = fs::read_to_string(page.download("deals-not-read.csv")).unwrap();
        assert_eq!(download.lines().count(), 3, "{download}");
        page.field("Leave out rows with a cell that can't be read")
            .set_checked(true);
        page.by_role("button", "Import 2 deals").click();
        page.by_role("link", "Step").expect_present();
        page.expect_absent("link", "Wall");
    });
}

#[test]
fn names_are_shown_as_they_are_in_the_file() {
    let given = Given::new();
    let names = [
        "<img src=x onerror=alert(1)>",
        "שלום עולם",
        "Ünïcödé 🎉",
        &"W".repeat(80),
    ];
    let rows = names.map(|name| format!("{name},{name},{name}\n"));
    let file = given.file(
        "deals.csv",
        format!("name,customer,stage\n{}", rows.concat()),
    );
    visit(|page| {
        page.goto("#/deals/open");
        pick_deals(page, &file);
        let preview = page.by_role("region", "Preview");
        for name in names {
            preview.expect_text(name);
        }
        page.by_role("button", "Import 4 deals").click();
        for name in names {
            page.by_role("link", name).expect_present();
        }
        assert_eq!(page.evaluate("return document.images.length;", &[]), 0);
    });
}

#[test]
fn columns_and_values_can_be_matched_otherwise() {
    let given = Given::new();
    let file = given.file(
        "deals.csv",
        "Title,Ref,Close Date,Stage\nRoof,100,03/04/2026,Contact\nWall,200,05/06/2026,Site visit\n",
    );
    visit(|page| {
        page.goto("#/deals/open");
        pick_deals(page, &file);
        // No date tells day and month apart, so the columns are open already.
        page.expect_text("Day and month can't be told apart");
        page.field("Dates of Close Date")
            .expect_value("month, day, year");
        page.select("Dates of Close Date", "day, month, year");
        page.by_role("region", "Preview").expect_text("Apr 3, 2026");
        page.select("Column Ref", "Value");
        page.by_role("region", "Preview").expect_text("€300");
        page.evaluate(
            "document.querySelectorAll('details').forEach((details) => details.open = true);",
            &[],
        );
        page.expect_accessible();
        page.set_color_scheme(true);
        page.expect_accessible();
        page.select("Stage Site visit", "Won");
        page.by_role("region", "Preview").expect_text("Won 1");
        page.by_role("button", "Import 2 deals").click();
        page.by_role("link", "Roof").expect_present();
        page.goto("#/deals/closed");
        page.by_role("link", "Wall").expect_present();
    });
}
