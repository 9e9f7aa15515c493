//! An account that has a public collection of naughty strings wherever there
//! is a text: as a backup, and as an export.

use std::collections::BTreeSet;

use pipewright::codec::backup;
use pipewright::codec::csv::export::deals_csv;
use pipewright::domain::record::workspace::Workspace;
use pipewright::domain::value::text::name_key;

use crate::naughty_account::account;
use crate::naughty_account::strings::{is_seen, names};
use crate::round_trip::all_plain;
use crate::support::Account;

fn restored() -> Workspace {
    let file = account::backup().to_string();
    backup::read(file.as_bytes()).unwrap().workspace
}

#[test]
fn the_names_are_different_for_the_program_too() {
    for most in [80, 200] {
        let names = names(most);
        let keys: BTreeSet<String> = names.iter().map(|name| name_key(name)).collect();
        assert_eq!(keys.len(), names.len());
    }
}

#[test]
fn a_backup_of_naughty_strings_reads_back_whole() {
    let workspace = restored();
    assert_eq!(workspace.customers.len(), names(200).len());
    let again = backup::write(&workspace, "");
    assert_eq!(backup::read(again.as_bytes()).unwrap().workspace, workspace);
}

#[test]
fn no_cell_of_its_export_is_a_formula() {
    let workspace = restored();
    let export = deals_csv(&workspace, workspace.deals.values().map(|deal| &**deal));
    let mut reader = csv::Reader::from_reader(export.trim_start_matches('\u{feff}').as_bytes());
    let mut cells = 0;
    for row in reader.records() {
        for cell in &row.unwrap() {
            cells += 1;
            // A spreadsheet passes over what is blank before a formula.
            let first = cell
                .chars()
                .find(|c| is_seen(&c.to_string()) || "\t\r\n".contains(*c));
            let is_formula = first.is_some_and(|c| "=+-@＝＋－＠\t\r\n".contains(c));
            assert!(!is_formula, "{cell:?}");
        }
    }
    assert!(cells > 5_000, "{cells}");
}

#[test]
fn an_export_of_naughty_strings_reads_back_without_loss() {
    let workspace = restored();
    let export = deals_csv(&workspace, workspace.deals.values().map(|deal| &**deal));
    let mut account = Account::new();
    let built = account.import(&export);
    assert_eq!(built.findings.errors, []);
    let (given, read) = (all_plain(&workspace), all_plain(&account.workspace));
    let lost: Vec<_> = given.iter().filter(|deal| !read.contains(deal)).collect();
    let foreign: Vec<_> = read.iter().filter(|deal| !given.contains(deal)).collect();
    assert!(
        lost.is_empty() && foreign.is_empty(),
        "{} {lost:#?} became {foreign:#?}",
        lost.len()
    );
    assert_eq!(given.len(), read.len());
}
