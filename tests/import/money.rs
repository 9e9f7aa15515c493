//! One currency per account: values in another are never added up as they are.

use pipewright::codec::csv::amounts::Decimal;
use pipewright::codec::csv::deals::Matching;
use pipewright::domain::value::money::Money;

use crate::support::Account;

/// The currencies that are not the account's, each with its number of rows.
fn foreign(matching: &Matching) -> Vec<(&'static str, usize)> {
    let foreign = matching.money.foreign();
    foreign
        .map(|foreign| (foreign.code, foreign.rows))
        .collect()
}

fn minor(account: &Account, name: &str) -> Option<i64> {
    account.deal(name).value.map(Money::minor)
}

const MIXED: &str = "Deal;Value\nAlpha;$1,000.00\nBeta;€500.00\nGamma;PLN 2,000.00\nDelta;7\n";

#[test]
fn other_currencies_are_counted_and_unknown_without_a_rate() {
    let mut account = Account::new();
    assert_eq!(account.workspace.currency().code, "EUR");
    let (table, matching) = account.propose(MIXED);
    assert_eq!(foreign(&matching), [("USD", 1), ("PLN", 1)]);
    assert_eq!(matching.money.proposed, None);
    let outcome = account.import_by(table, matching);
    assert_eq!(outcome.findings.without_rate, 2);
    assert_eq!(outcome.findings.unread, []);
    let values = ["Alpha", "Beta", "Gamma", "Delta"].map(|name| minor(&account, name));
    assert_eq!(values, [None, Some(50_000), None, Some(700)]);
}

#[test]
fn a_rate_makes_them_the_accounts() {
    let mut account = Account::new();
    let (table, mut matching) = account.propose(MIXED);
    matching.money.set_rate("USD", Decimal::rate("0.92"));
    matching.money.set_rate("PLN", Decimal::rate("0,2345"));
    let outcome = account.import_by(table, matching);
    assert_eq!(outcome.findings.without_rate, 0);
    assert_eq!(minor(&account, "Alpha"), Some(92_000));
    assert_eq!(minor(&account, "Gamma"), Some(46_900));
}

#[test]
fn an_account_without_values_takes_the_one_currency_of_a_file() {
    for file in [
        "name,value\nRoof,\"USD 1,000.00\"\nWall,$5\n",
        "name,amount_usd\nRoof,1000\nWall,5\n",
        "name,Amount (USD)\nRoof,1000\nWall,5\n",
        "name,amount,currency\nRoof,1000,USD\nWall,5,usd\n",
    ] {
        let mut account = Account::new();
        let (table, matching) = account.propose(file);
        assert_eq!(matching.money.proposed, Some("USD"), "{file}");
        assert_eq!(foreign(&matching), [], "{file}");
        account.import_by(table, matching);
        assert_eq!(account.workspace.currency().code, "USD", "{file}");
        assert_eq!(minor(&account, "Roof"), Some(100_000), "{file}");
    }
}

#[test]
fn an_account_with_values_keeps_its_currency() {
    let mut account = Account::new();
    account.import("name,value\nDoor,€7\n");
    let (table, matching) = account.propose("name,value\nRoof,$1000\n");
    assert_eq!(foreign(&matching), [("USD", 1)]);
    account.import_by(table, matching);
    assert_eq!(account.workspace.currency().code, "EUR");
    assert_eq!(minor(&account, "Roof"), None);
}

#[test]
fn taking_the_files_currency_can_be_declined() {
    let mut account = Account::new();
    let (table, mut matching) = account.propose("name,value\nRoof,$1000\n");
    matching.money.adopts = false;
    assert_eq!(foreign(&matching), [("USD", 1)]);
    account.import_by(table, matching);
    assert_eq!(account.workspace.currency().code, "EUR");
    assert_eq!(minor(&account, "Roof"), None);
}

#[test]
fn a_sign_that_many_share_is_the_accounts_where_it_can_be() {
    let mut account = Account::new();
    account.set_currency("CAD");
    let (_, matching) = account.propose("name,value\nRoof,$1000\nWall,US$5\n");
    assert_eq!(foreign(&matching), [("USD", 1)]);
}

#[test]
fn values_that_are_too_fine_are_rounded_and_that_is_said_once() {
    let mut account = Account::new();
    let outcome = account.import("name,value\nRoof,99.999\nWall,0.005\nDoor,1.50\n");
    let values = ["Roof", "Wall", "Door"].map(|name| minor(&account, name));
    assert_eq!(values, [Some(10_000), Some(1), Some(150)]);
    assert_eq!(outcome.findings.rounded.count, 2);
    assert_eq!(outcome.findings.rounded.first.unwrap().line, 2);
}
