//! What can't be right is named by line and column, and left out.

use pipewright::codec::csv::{CsvError, MAX_BYTES, Table, UnicodeOnly, check_size, errors_csv};

use crate::support::Account;

/// The errors of a file of deals, as they are shown.
fn errors(file: &str) -> Vec<String> {
    let mut account = Account::new();
    let outcome = account.import(file);
    assert_eq!(outcome.counts.new, account.workspace.deals.len());
    outcome.errors.iter().map(ToString::to_string).collect()
}

#[track_caller]
fn check(file: &str, want: &[&str]) {
    assert_eq!(errors(file), want, "{file}");
}

#[test]
fn a_file_that_is_no_table_is_refused_with_the_reason() {
    let refusal = |bytes: &[u8]| Table::read(bytes, &UnicodeOnly).unwrap_err().to_string();
    assert!(refusal(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").contains("a picture"));
    assert!(refusal(b"{\"format\": 1, \"deals\": []}").contains("a JSON file"));
    assert_eq!(Table::read(b"", &UnicodeOnly), Err(CsvError::Empty));
    assert!(refusal(b"name,value\n").contains("Its columns: name, value."));
    assert!(check_size(MAX_BYTES).is_ok());
    assert!(
        check_size(300_000_000)
            .unwrap_err()
            .to_string()
            .contains("300 MB")
    );
}

#[test]
fn wrong_cells_are_named() {
    check(
        "name,created\nRoof,31.02.2016\nWall,28.02.2016\n",
        &["Line 2, created: “31.02.2016” – there is no such date (day, month, year)."],
    );
    check(
        "Deal Name,Amount\nRoof,-5\nWall,1e99\nDoor,lots\nStep,5.0012\n",
        &[
            "Line 2, Amount: “-5” – a value can't be negative.",
            "Line 3, Amount: “1e99” – this is no amount.",
            "Line 4, Amount: “lots” – this is no amount.",
            "Line 5, Amount: “5.0012” – the currency has no more than 2 decimals.",
        ],
    );
    check(
        "name,chance\nRoof,120\nWall,12.5\n",
        &["Line 2, chance: “120” – a chance is 0 to 100 percent, with one decimal at most."],
    );
    check(
        "name,value\nRoof,5,,x\n",
        &[
            "Line 2, column 4: “x” – the row has more cells than the header; a quote may be missing.",
        ],
    );
}

#[test]
fn a_closed_deal_must_fit_its_date_and_status() {
    check(
        "name,status,closed\nRoof,Won,2030-01-01\nWall,Won,2020-01-01\n",
        &["Line 2, closed: “2030-01-01” – the deal is closed, but this date is in the future."],
    );
    check(
        "name,stage,status\nRoof,Offer,Maybe\n",
        &[
            "Line 2, status: “Maybe” – it is not known whether this status is open, won, lost or outdated.",
        ],
    );
    check(
        "name,closed\nRoof,2020-01-01\nWall,\n",
        &[
            "Line 2, closed: “2020-01-01” – there is a closing date, but nothing says whether the deal was won or lost.",
        ],
    );
}

#[test]
fn an_id_stands_once() {
    check(
        "id,name\n7,Roof\n8,Wall\n7,Roof again\n",
        &["Line 4, id: “7” – this id stands in an earlier row already."],
    );
}

#[test]
fn too_long_names_are_errors_and_not_cut() {
    let long = "x".repeat(201);
    let found = errors(&format!(
        "name,stage,process\n{long},,\nok,{long},\nfine,,{long}\ngood,,\n"
    ));
    let columns: Vec<_> = found
        .iter()
        .map(|error| error.split(':').next().unwrap())
        .collect();
    assert_eq!(
        columns,
        ["Line 2, name", "Line 3, stage", "Line 4, process"]
    );
}

#[test]
fn a_file_of_errors_alone_leaves_nothing_behind() {
    let mut account = Account::new();
    let outcome = account.import("name,stage,owner,value\nRoof,Demo,Ann,-5\n");
    assert_eq!((outcome.counts.in_error, outcome.records), (1, Vec::new()));
}

#[test]
fn rows_in_error_can_be_taken_away_mended_and_imported() {
    let mut account = Account::new();
    let file = "name;value;created;notes\nRoof;-5;2016-02-30;=1+1\nWall;6;2016-02-01;\n";
    let (table, matching) = account.propose(file);
    let outcome = account.import_by(table.clone(), matching);
    assert_eq!((outcome.counts.new, outcome.counts.in_error), (1, 1));
    let rest = errors_csv(&table, &outcome.errors);
    assert_eq!(rest.lines().count(), 2);
    assert!(rest.contains(
        "created: there is no such date (year, month, day); value: a value can't be negative"
    ));
    assert!(rest.contains("'=1+1"));

    let mended = rest.replace("'-5", "5").replace("2016-02-30", "2016-02-29");
    assert_eq!(account.import(&mended).errors, []);
    let roof = account.deal("Roof");
    assert_eq!(roof.notes, "=1+1");
    assert_eq!(roof.value.unwrap().minor(), 500);
}

#[test]
fn no_bytes_make_it_panic() {
    let runner =
        &mut proptest::test_runner::TestRunner::new(proptest::test_runner::Config::with_cases(300));
    let parts = proptest::collection::vec(
        proptest::prop_oneof![
            proptest::prelude::Just(b"name,value,stage,status,closed,created\n".to_vec()),
            proptest::prelude::Just(b"\"".to_vec()),
            proptest::prelude::Just(b"x,1.5,Won,Open,31/12/2020\r\n".to_vec()),
            proptest::collection::vec(proptest::prelude::any::<u8>(), 0..12),
            "[-+0-9./,;\n\t €]{0,12}".prop_map_into_bytes(),
        ],
        0..12,
    );
    runner
        .run(&parts, |parts| {
            if let Ok(table) = Table::read(&parts.concat(), &UnicodeOnly) {
                let account = Account::new();
                let table = std::sync::Arc::new(table);
                let matching = pipewright::codec::csv::deals::Matching::propose(
                    &table,
                    "",
                    &account.workspace,
                );
                let outcome = account.preview(table.clone(), matching);
                let rows = outcome.counts.new + outcome.counts.in_error;
                proptest::prop_assert_eq!(rows, table.records(|_| false).count());
                let _ = errors_csv(&table, &outcome.errors);
            }
            Ok(())
        })
        .unwrap();
}

/// Texts as bytes.
trait IntoBytes: proptest::strategy::Strategy<Value = String> + Sized {
    fn prop_map_into_bytes(self) -> impl proptest::strategy::Strategy<Value = Vec<u8>> {
        self.prop_map(String::into_bytes)
    }
}

impl<S: proptest::strategy::Strategy<Value = String>> IntoBytes for S {}
