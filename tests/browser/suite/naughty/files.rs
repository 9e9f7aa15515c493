//! The same by files: a backup, an export of our own, files of other programs,
//! and the file of a process.

use std::collections::BTreeMap;
use std::fs;

use browser_tests::{Page, any, containing, visit};
use serde_json::{Value, json};

use super::{account, file, lines, look, names, one_line, restore, scroll, strings, watch};
use crate::steps::{backup_name, erase_everything, expect_saved, open, reload, snapshot};

/// What the browser has downloaded as the export of today.
#[track_caller]
fn exported(page: &Page) -> String {
    let name = backup_name(page)
        .replace("backup", "deals")
        .replace(".json", ".csv");
    fs::read_to_string(page.download(&name)).unwrap()
}

/// Each text of a tree by its place, without what only tells of the file.
fn leaves(value: &Value, place: &str, found: &mut BTreeMap<String, String>) {
    match value {
        Value::String(text) => drop(found.insert(place.to_owned(), text.clone())),
        Value::Array(all) => {
            for (at, one) in all.iter().enumerate() {
                let at = one.get("id").map_or(at.to_string(), Value::to_string);
                leaves(one, &format!("{place}/{at}"), found);
            }
        }
        Value::Object(all) => {
            for (key, one) in all {
                leaves(one, &format!("{place}/{key}"), found);
            }
        }
        _ => {}
    }
}

/// What was kept of a file is what it says: names in one line, other texts
/// without what can't be shown.
#[track_caller]
fn expect_kept(given: &Value, kept: &Value) {
    let (mut before, mut after) = (BTreeMap::new(), BTreeMap::new());
    leaves(&given["workspace"], "", &mut before);
    leaves(&kept["workspace"], "", &mut after);
    for (place, text) in before {
        let now = after.get(&place).map_or("", String::as_str);
        let is_kept = [text.clone(), one_line(&text), lines(&text)]
            .iter()
            .any(|kept| kept == now);
        assert!(is_kept, "{place}: {text:?} became {now:?}");
    }
}

#[test]
fn what_was_restored_is_kept_over_a_reload_and_an_export() {
    visit(|page| {
        watch(page);
        let backup = account::backup();
        restore(page, &backup);
        let kept = snapshot(page);
        expect_kept(&backup, &kept);
        reload(page);
        assert_eq!(snapshot(page), kept);

        page.by_role("button", "Export deals (CSV)").click();
        page.expect_text("deals exported");
        let csv = exported(page);
        erase_everything(page);
        page.expect_text("Everything is erased");
        let (_folder, path) = file("exported.csv", &csv);
        open(page, "#/deals/open", "Deals");
        page.choose_file("File of deals (CSV)", &path);
        let dialog = page.by_role("dialog", "Import deals");
        let count = strings().len();
        let import = dialog.by_role("button", format!("Import {count} deals"));
        import.expect_present();
        look(page);
        import.click();
        page.expect_text(&format!("{count} deals imported"));
        expect_saved(page);
        look(page);
        assert_eq!(told(&snapshot(page)), told(&kept));
    });
}

/// What an export tells of each deal in words, in some order.
fn told(backup: &Value) -> Vec<String> {
    let all = &backup["workspace"];
    let named = |list: &Value, id: &Value| {
        let found = list.as_array().unwrap().iter().find(|one| one["id"] == *id);
        found.map_or(Value::Null, |one| one["name"].clone())
    };
    let deals = all["deals"].as_array().unwrap().iter();
    let mut told: Vec<String> = deals
        .map(|deal| {
            let entry = |list: &str, field: &str| named(&all["lists"][list], &deal[field]);
            json!([
                deal["name"],
                deal["notes"],
                deal["external_id"],
                deal["next_step"]["what"],
                named(&all["customers"], &deal["customer"]),
                named(&all["processes"], &deal["process"]),
                entry("categories", "category"),
                entry("owners", "owner"),
                entry("sources", "source"),
            ])
            .to_string()
        })
        .collect();
    told.sort();
    told
}

/// Rows with a string in every cell, as a program would write them that knows
/// nothing of formulas.
fn foreign_file(headers: &[&str]) -> String {
    let all = strings();
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let rows = (0..all.len()).map(|at| {
        let cells = (0..headers.len()).map(|column| quoted(&all[(at + column * 7) % all.len()]));
        cells.collect::<Vec<_>>().join(";")
    });
    format!(
        "{}\r\n{}",
        headers.join(";"),
        rows.collect::<Vec<_>>().join("\r\n")
    )
}

#[test]
fn files_of_others_full_of_naughty_strings_are_only_read() {
    visit(|page| {
        watch(page);
        for (route, heading, field, what, headers) in [
            (
                "#/deals/open",
                "Deals",
                "File of deals (CSV)",
                "deals",
                &[
                    "Deal Name",
                    "Account",
                    "Owner",
                    "Amount",
                    "Deal Stage",
                    "Pipeline",
                    "Close Date",
                    "Source",
                    "Notes",
                    "<img src=x onerror=alert(1)>",
                ][..],
            ),
            (
                "#/customers",
                "Customers",
                "File of customers (CSV)",
                "customers",
                &[
                    "Company",
                    "Segment",
                    "Email",
                    "Phone",
                    "Notes",
                    "\"><script>alert(1)</script>",
                ],
            ),
        ] {
            let (_folder, path) = file("<img src=x onerror=alert(1)>.csv", &foreign_file(headers));
            open(page, route, heading);
            page.choose_file(field, &path);
            let import = page
                .by_role("dialog", any())
                .by_role("button", containing("Import "));
            import.expect_present();
            look(page);
            import.click();
            page.by_role("dialog", any()).expect_absent();
            page.expect_text(&format!("{what} imported"));
            expect_saved(page);
            open(page, route, heading);
            scroll(page, None);
        }
        let kept = snapshot(page);
        reload(page);
        assert_eq!(snapshot(page), kept);
    });
}

#[test]
fn a_process_file_of_naughty_strings_is_read_and_written() {
    let short = names(80);
    let stages = short.chunks(8).take(12).map(|some| {
        let subs = some.iter().map(|name| json!({ "name": name, "hint": name, "weight": 3 }));
        json!({ "name": some[0], "hint": some[some.len() - 1], "sub_stages": subs.collect::<Vec<_>>() })
    });
    let process = json!({ "format": "pipewright-process", "version": 1,
        "process": { "name": short[9], "color": 1, "stages": stages.collect::<Vec<_>>() } });
    visit(|page| {
        watch(page);
        let (_folder, path) = file("process.json", &process.to_string());
        open(page, "#/settings/deals/processes/new", "New process");
        page.choose_file("Process file", &path);
        page.expect_text("The process from the file.");
        page.field("Process name").fill(&short[11]);
        scroll(page, None);
        page.by_role("button", "Save").press("Enter");
        page.expect_heading("Account settings");
        page.expect_present("button", format!("Edit {}", short[11]));
        look(page);
        let kept = snapshot(page);
        let processes = kept["workspace"]["processes"].as_array().unwrap();
        let kept = processes
            .iter()
            .find(|kept| kept["name"] == short[11].as_str());
        let kept = serde_json::to_value(kept).unwrap();
        let stages = process["process"]["stages"].as_array().unwrap();
        for (given, kept) in stages.iter().zip(kept["stages"].as_array().unwrap()) {
            assert_eq!(given["name"], kept["name"]);
            let subs = given["sub_stages"].as_array().unwrap().iter();
            for (given, kept) in subs.zip(kept["sub_stages"].as_array().unwrap()) {
                assert_eq!(
                    [&given["name"], &given["hint"]],
                    [&kept["name"], &kept["hint"]]
                );
            }
        }
    });
}
