//! What can't be right is named by line and column, and left out.

use pipewright::codec::csv::{CsvError, MAX_BYTES, Table, UnicodeOnly, check_size, errors_csv};

use crate::support::Account;

/// The findings in a file of deals: of rows that are left out, and of cells.
fn found(file: &str) -> (Vec<String>, Vec<String>) {
    let mut account = Account::new();
    let outcome = account.import(file);
    assert_eq!(outcome.counts.new, account.workspace.deals.len());
    let [errors, unread] = [&outcome.findings.errors, &outcome.findings.unread]
        .map(|found| found.iter().map(ToString::to_string).collect());
    (errors, unread)
}

/// A row that can't be imported is named.
#[track_caller]
fn check(file: &str, want: &[&str]) {
    assert_eq!(found(file).0, want, "{file}");
}

/// A cell that can't be read is named, and costs no more than itself.
#[track_caller]
fn check_cells(file: &str, want: &[&str]) {
    let (errors, unread) = found(file);
    assert_eq!(unread, want, "{file}");
    assert_eq!(errors, [""; 0], "{file}");
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
fn a_cell_that_can_not_be_read_costs_the_cell_and_is_named() {
    check_cells(
        "name,created\nRoof,31.02.2016\nWall,28.02.2016\n",
        &["Line 2, created: “31.02.2016” – there is no such date (day, month, year)."],
    );
    check_cells(
        "Deal Name,Amount\nRoof,-5\nWall,1e99\nDoor,lots\nStep,5.0012\n",
        &[
            "Line 2, Amount: “-5” – a value can't be negative.",
            "Line 3, Amount: “1e99” – this is no amount.",
            "Line 4, Amount: “lots” – this is no amount.",
        ],
    );
    check_cells(
        "name,chance\nRoof,120\nWall,12.5\n",
        &["Line 2, chance: “120” – a chance is 0 to 100 percent."],
    );
    let long = "x".repeat(201);
    let (errors, unread) = found(&format!("name,stage,owner\nRoof,{long},\nWall,,{long}\n"));
    assert_eq!((errors.len(), unread.len()), (0, 2));
}

#[test]
fn rows_with_a_cell_that_can_not_be_read_can_be_left_out() {
    let mut account = Account::new();
    let (table, mut matching) = account.propose("name,value,notes\nRoof,lots,x\nWall,5,y\n");
    matching.leave_out_unread = true;
    let outcome = account.import_by(table, matching);
    assert_eq!((outcome.counts.new, outcome.counts.in_error), (1, 1));
    assert_eq!(outcome.findings.unread, []);
    assert_eq!(outcome.findings.errors[0].line, 2);
}

#[test]
fn words_for_nothing_are_empty_and_counted() {
    let mut account = Account::new();
    let outcome = account.import("name,customer,value,created\nRoof,N/A,TBD,-\nWall,N/A,- €,\n");
    let words: Vec<_> = outcome.findings.empty_words.iter().collect();
    let want = [("-", 1), ("- €", 1), ("N/A", 2), ("TBD", 1)];
    assert!(
        words
            .iter()
            .map(|(word, count)| (word.as_str(), **count))
            .eq(want)
    );
    assert_eq!(outcome.findings.unread, []);
    assert!(account.workspace.customers.is_empty());
}

#[test]
fn a_row_with_more_cells_than_columns_is_named_and_left_out() {
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
    check(
        "name,is_closed\nRoof,yes\nWall,no\n",
        &[
            "Line 2, is_closed: “yes” – the deal is closed, but nothing says whether it was won or lost.",
        ],
    );
}

#[test]
fn a_closing_date_ahead_becomes_the_last_change_or_today_and_is_told() {
    let mut account = Account::new();
    let outcome = account.import(
        "name,status,closed,modified on\nRoof,Won,2030-01-01,2026-10-05\n\
         Wall,Won,2030-01-01,2031-01-01\nDoor,Won,2020-01-01,\n",
    );
    let on = |name| account.deal(name).closing.as_ref().unwrap().on.to_string();
    assert_eq!(
        ["Roof", "Wall", "Door"].map(on),
        ["2026-10-05", "2026-11-23", "2020-01-01"]
    );
    let ahead = outcome.findings.ahead;
    assert_eq!(ahead.count, 2);
    assert_eq!(
        ahead.first.unwrap().to_string(),
        "Line 2, closed: “2030-01-01” – the deal is closed, but this date is in the future; \
         the deal's last change stands instead."
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
    let (errors, _) = found(&format!("name,process\n{long},\nfine,{long}\ngood,\n"));
    let columns: Vec<_> = errors
        .iter()
        .map(|error| error.split(':').next().unwrap())
        .collect();
    assert_eq!(columns, ["Line 2, name", "Line 3, process"]);
}

#[test]
fn a_file_of_errors_alone_leaves_nothing_behind() {
    let mut account = Account::new();
    let outcome = account.import("name,stage,owner,status\nRoof,Demo,Ann,Maybe\n");
    assert_eq!((outcome.counts.in_error, outcome.records), (1, Vec::new()));
}

#[test]
fn rows_in_error_can_be_taken_away_mended_and_imported() {
    let mut account = Account::new();
    let file = "name;value;created;notes\nRoof;-5;2016-02-30;=1+1\nWall;6;2016-02-01;\n";
    let (table, mut matching) = account.propose(file);
    matching.leave_out_unread = true;
    let outcome = account.import_by(table.clone(), matching);
    assert_eq!((outcome.counts.new, outcome.counts.in_error), (1, 1));
    let rest = errors_csv(&table, &outcome.findings.errors);
    assert_eq!(rest.lines().count(), 2);
    assert!(rest.contains(
        "created: there is no such date (year, month, day); value: a value can't be negative"
    ));
    assert!(rest.contains("'=1+1"));

    let mended = rest.replace("'-5", "5").replace("2016-02-30", "2016-02-29");
    assert_eq!(account.import(&mended).findings.errors, []);
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
                let _ = errors_csv(&table, &outcome.findings.errors);
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
