//! Files in the forms of other programs' exports, by the proposals alone. They
//! lie beside the checkout; where they are missing, these tests have nothing
//! to say.

use std::collections::BTreeMap;
use std::path::Path;

use pipewright::domain::record::deal::Deal;
use pipewright::domain::record::list::ListKind;
use pipewright::domain::value::time::Date;
use serde_json::Value;

use crate::support::Account;

/// A file of the field, as bytes.
pub fn field_file(name: &str) -> Option<Vec<u8>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/field");
    let bytes = std::fs::read(Path::new(folder).join(name)).ok();
    if bytes.is_none() {
        eprintln!("skipped: {name} of the field is not beside the checkout");
    }
    bytes
}

/// What is known of a deal, as the expectations name it. `null` is no value.
pub fn known(account: &Account, deal: &Deal) -> BTreeMap<String, Value> {
    let workspace = &account.workspace;
    let entry = |kind, id| Value::from(workspace.entry_name(kind, id));
    let closing = deal.closing.as_ref();
    let date =
        |date: Option<Date>| Value::from(date.map_or_else(String::new, |date| date.to_string()));
    let chance = deal.progress_in(deal.process).chance;
    let pairs = [
        ("name", Value::from(deal.name.as_str())),
        (
            "status",
            Value::from(deal.outcome().map_or("Open", |outcome| outcome.title())),
        ),
        (
            "value",
            deal.value.map_or(Value::Null, |value| value.minor().into()),
        ),
        ("stage", Value::from(account.stage_of(deal))),
        ("process", Value::from(account.process_of(deal))),
        ("created", Value::from(deal.created.to_string())),
        ("expected_close", date(deal.expected_close)),
        ("closed", date(closing.map(|closing| closing.on))),
        (
            "customer",
            Value::from(workspace.customer_name(deal.customer)),
        ),
        ("owner", entry(ListKind::Owners, deal.owner)),
        ("source", entry(ListKind::Sources, deal.source)),
        (
            "external_id",
            Value::from(deal.external_id.as_deref().unwrap_or_default()),
        ),
        (
            "reason",
            closing.map_or(Value::from(""), |closing| {
                entry(closing.outcome.reasons(), closing.reason)
            }),
        ),
        ("category", entry(ListKind::Categories, deal.category)),
        (
            "segment",
            entry(ListKind::Segments, workspace.segment_of(deal)),
        ),
        (
            "chance",
            Value::from(chance.map_or_else(String::new, |it| it.to_plain())),
        ),
        ("notes", Value::from(deal.notes.replace('\n', "\r\n"))),
    ];
    pairs
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// Imports a file of the field and holds it to what it should say. Amounts are
/// in cents; an empty expectation is not looked at, and the stage counts for
/// open deals.
fn check_full(name: &str) {
    let (Some(file), Some(expected)) = (
        field_file(&format!("full/{name}")),
        field_file("full/expected.json"),
    ) else {
        return;
    };
    let expected: Value = serde_json::from_slice(&expected).unwrap();
    let wanted = expected[name]["deals"].as_array().unwrap();
    let mut account = Account::new();
    let outcome = account.import_bytes(&file);
    assert_eq!(outcome.findings.errors, [], "{name}");
    let names: Vec<_> = wanted
        .iter()
        .map(|deal| deal["name"].as_str().unwrap())
        .collect();
    let mut found: Vec<_> = account
        .workspace
        .deals
        .values()
        .map(|deal| deal.name.to_string())
        .collect();
    found.sort_by_key(|found| names.iter().position(|name| name == found));
    assert_eq!(found, names, "{name}");
    for deal in wanted {
        let known = known(&account, account.deal(deal["name"].as_str().unwrap()));
        for (field, want) in deal.as_object().unwrap() {
            let is_closed_stage = field == "stage" && deal["status"] != "Open";
            if want != "" && !is_closed_stage {
                assert_eq!(&known[field], want, "{name}: {field} of {}", deal["name"]);
            }
        }
    }
}

macro_rules! full {
    ($($test:ident: $file:literal,)*) => {
        $(#[test]
        fn $test() {
            check_full($file);
        })*
    };
}

full! {
    a_report_of_salesforce_comes_in_without_its_footer: "18-sf-report-footer.csv",
    groups_of_monday_are_no_deals: "19-monday-groups.csv",
    livespace_comes_in_from_its_code_page: "20-livespace-cp1250.csv",
    zoho_comes_in: "21-zoho.csv",
    suitecrm_comes_in: "22-suitecrm.csv",
    copper_comes_in: "24-copper.csv",
    freshsales_comes_in: "25-freshsales.csv",
    espocrm_comes_in: "28-espocrm.csv",
    a_sheet_with_a_title_and_sums_comes_in: "31-excel-sheet.csv",
    a_plain_sheet_comes_in: "31b-excel-plain.csv",
    pipes_part_cells: "32-pipe.csv",
    pipedrive_comes_in_with_all_its_columns: "34-pipedrive-full.csv",
}
