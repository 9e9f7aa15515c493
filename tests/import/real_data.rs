//! The practice data set, by the proposals alone. Its files lie beside the
//! checkout; where they are missing, these tests have nothing to say.

use std::collections::BTreeMap;

use pipewright::codec::csv::deals::DealSum;
use pipewright::codec::csv::export::deals_csv;
use pipewright::domain::record::deal::{Deal, Outcome};
use pipewright::domain::record::list::ListKind;
use pipewright::domain::value::money::Chance;
use pipewright::domain::value::time::Date;

use crate::support::{Account, TODAY, practice_file as file};

/// Number and value of the deals by status and stage.
fn totals(account: &Account) -> BTreeMap<String, DealSum> {
    let mut totals: BTreeMap<String, DealSum> = BTreeMap::new();
    for deal in account.workspace.deals.values() {
        let status = deal.outcome().map_or("Open", Outcome::title);
        let key = format!(
            "{}/{status}/{}",
            account.process_of(deal),
            account.stage_of(deal)
        );
        let tally = totals.entry(key).or_default();
        tally.deals += 1;
        deal.value
            .into_iter()
            .for_each(|value| tally.value.add(value));
    }
    totals
}

fn imported() -> Option<Account> {
    let mut account = Account::new();
    let outcome = account.import(&file("sales_pipeline.csv")?);
    assert_eq!(outcome.findings.errors, []);
    assert_eq!((outcome.counts.new, outcome.counts.skipped), (8800, 0));
    assert_eq!(outcome.counts.open.deals, 2089);
    assert_eq!(outcome.counts.lost.deals, 2473);
    assert_eq!(outcome.counts.won.deals, 4238);
    assert_eq!(outcome.counts.won.value.minor(), 1_000_553_400);
    assert_eq!(outcome.counts.new_customers, 85);
    let stages: Vec<_> = outcome
        .counts
        .stages
        .iter()
        .map(|count| {
            (
                count.process.as_str(),
                count.stage.as_ref().unwrap().as_str(),
                count.open.deals,
            )
        })
        .collect();
    let process = "Sales pipeline";
    assert_eq!(
        stages,
        [(process, "Prospecting", 500), (process, "Engaging", 1589)]
    );
    Some(account)
}

#[test]
fn the_pipeline_then_the_accounts_come_in_rightly() {
    let Some(mut account) = imported() else {
        return;
    };
    assert_eq!(account.workspace.deals.len(), 8800);
    assert_eq!(account.workspace.processes.len(), 2);
    assert_eq!(
        account.stages("Sales pipeline"),
        ["Prospecting", "Engaging"]
    );
    assert_eq!(account.entries(ListKind::Owners).len(), 30);
    assert_eq!(account.entries(ListKind::Categories).len(), 7);
    let without_customer = |deal: &&std::sync::Arc<Deal>| deal.customer.is_none();
    assert_eq!(
        account
            .workspace
            .deals
            .values()
            .filter(without_customer)
            .count(),
        1425
    );

    let outcome = account.import_customers(&file("accounts.csv").unwrap(), false);
    assert_eq!(outcome.findings.errors, []);
    assert_eq!((outcome.counts.new, outcome.counts.updated), (0, 85));
    assert_eq!(account.workspace.customers.len(), 85);
    assert!(
        account
            .workspace
            .customers
            .values()
            .all(|customer| customer.segment.is_some())
    );
    assert_eq!(account.entries(ListKind::Segments).len(), 10);

    let by_id = |id: &str| {
        account
            .workspace
            .deals
            .values()
            .find(|deal| deal.external_id.as_deref() == Some(id))
            .unwrap()
    };
    let won = by_id("1C1I7A6R");
    assert_eq!(won.name.as_str(), "Cancity – GTX Plus Basic");
    assert_eq!(account.workspace.customer_name(won.customer), "Cancity");
    assert_eq!(won.value.unwrap().minor(), 105_400);
    assert_eq!(won.created, Date::constant(2016, 10, 20));
    let closing = won.closing.as_ref().unwrap();
    assert_eq!(
        (closing.outcome, closing.on),
        (Outcome::Won, Date::constant(2017, 3, 1))
    );
    assert_eq!(won.expected_close, None);
    let process = &account.workspace.processes[&won.process];
    assert_eq!(won.chance(process), Chance::CERTAIN);

    let mut open = account
        .workspace
        .deals
        .values()
        .filter(|deal| deal.is_open());
    let engaging = open
        .clone()
        .find(|deal| account.stage_of(deal) == "Engaging")
        .unwrap();
    assert_eq!(engaging.value, None);
    assert_eq!(engaging.chance(process).permille(), 670);
    let prospecting = open
        .find(|deal| account.stage_of(deal) == "Prospecting")
        .unwrap();
    assert_eq!(prospecting.created, TODAY);
}

#[test]
fn what_was_exported_gives_the_same_totals_in_an_empty_account() {
    let Some(mut account) = imported() else {
        return;
    };
    account.import_customers(&file("accounts.csv").unwrap(), false);
    let export = deals_csv(
        &account.workspace,
        account.workspace.deals.values().map(|deal| &**deal),
    );
    let mut second = Account::new();
    let outcome = second.import(&export);
    assert_eq!(outcome.findings.errors, []);
    assert_eq!(totals(&second), totals(&account));
    assert_eq!(second.entries(ListKind::Segments).len(), 10);
}

#[test]
fn importing_again_adds_nothing() {
    let Some(mut account) = imported() else {
        return;
    };
    let outcome = account.import(&file("sales_pipeline.csv").unwrap());
    assert_eq!((outcome.counts.new, outcome.counts.skipped), (0, 8800));
    assert_eq!(outcome.records, []);
}

#[test]
fn other_spellings_of_the_dates_are_the_same_dates() {
    let Some(text) = file("sales_pipeline.csv") else {
        return;
    };
    let days = |text: &str| {
        let mut account = Account::new();
        assert_eq!(account.import(text).findings.errors, []);
        let of = |deal: &std::sync::Arc<Deal>| {
            (
                deal.external_id.clone(),
                (
                    deal.created,
                    deal.closing.as_ref().map(|closing| closing.on),
                ),
            )
        };
        account
            .workspace
            .deals
            .values()
            .map(of)
            .collect::<BTreeMap<_, _>>()
    };
    let respelt = |spell: fn(&str, &str, &str) -> String| {
        let lines = text.lines().map(|line| {
            let cells = line.split(',').map(|cell| {
                let parts: Vec<_> = cell.split('-').collect();
                match parts[..] {
                    [year, month, day] if year.len() == 4 => spell(year, month, day),
                    _ => cell.to_owned(),
                }
            });
            cells.collect::<Vec<_>>().join(",")
        });
        lines.collect::<Vec<_>>().join("\r\n")
    };
    let want = days(&text);
    for spell in [
        (|y, m, d| format!("{d}-{m}-{y}")) as fn(&str, &str, &str) -> String,
        |y, m, d| format!("{m}/{d}/{y}"),
        |y, m, d| format!("{d}-{m}-{}", &y[2..]),
        |y, m, d| format!("{d}.{m}.{y}"),
        |y, m, d| format!("{y}/{m}/{d} 00:00"),
    ] {
        assert!(
            days(&respelt(spell)) == want,
            "{}",
            spell("2016", "10", "20")
        );
    }
}
