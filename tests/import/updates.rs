//! Rows whose deal or customer is there already.

use pipewright::codec::csv::deals::ExistingPolicy;
use pipewright::domain::record::deal::{Outcome, What};
use pipewright::domain::value::time::Date;

use crate::support::Account;

const FIRST: &str =
    "id,name,customer,owner,stage,status,created,value\n1,Roof,Acme,,Contact,Open,2026-01-01,\n";
const SECOND: &str = "id,name,customer,owner,stage,status,created,value,closed,reason,process\n\
    1,New roof,Other,Ann,Offer,Open,2026-01-02,50,,,\n";

fn updated(second: &str, overwrite: bool) -> Account {
    let mut account = Account::new();
    account.import(FIRST);
    let (table, mut matching) = account.propose(second);
    matching.existing = ExistingPolicy::Update { overwrite };
    let outcome = account.import_by(table, matching);
    assert_eq!(outcome.findings.errors, []);
    assert_eq!((outcome.counts.new, outcome.counts.updated), (0, 1));
    account
}

#[test]
fn an_update_fills_what_is_missing() {
    let account = updated(SECOND, false);
    let roof = account.deal("Roof");
    assert_eq!(account.workspace.customer_name(roof.customer), "Acme");
    assert_eq!(account.workspace.customers.len(), 1);
    assert_eq!(roof.value.unwrap().minor(), 5000);
    assert!(roof.owner.is_some());
    assert_eq!(account.stage_of(roof), "Contact");
    assert_eq!(roof.created, Date::constant(2026, 1, 1));
}

#[test]
fn an_update_overwrites_only_where_told_to() {
    let account = updated(SECOND, true);
    let roof = account.deal("New roof");
    assert_eq!(account.workspace.customer_name(roof.customer), "Other");
    assert_eq!(account.stage_of(roof), "Offer");
    assert_eq!(roof.created, Date::constant(2026, 1, 2));
    assert!(matches!(roof.history.last().unwrap().what, What::Imported));
}

#[test]
fn an_update_closes_and_moves_to_another_process() {
    let second = SECOND.replace(
        "Offer,Open,2026-01-02,50,,,",
        "Legal,Lost,2026-01-02,50,2026-02-01,Price,Key accounts",
    );
    let account = updated(&second, true);
    let roof = account.deal("New roof");
    assert_eq!(
        (roof.outcome(), account.process_of(roof)),
        (Some(Outcome::Lost), "Key accounts")
    );
    assert_eq!(account.stage_of(roof), "Legal");
    assert_eq!(roof.progress.len(), 2);
    assert!(
        roof.progress
            .values()
            .flat_map(|progress| &progress.stays)
            .all(|stay| stay.left.is_some())
    );
}

#[test]
fn an_update_that_says_nothing_new_changes_nothing() {
    let mut account = Account::new();
    account.import(FIRST);
    let (table, mut matching) = account.propose(FIRST);
    matching.existing = ExistingPolicy::Update { overwrite: true };
    let outcome = account.import_by(table, matching);
    assert_eq!((outcome.counts.skipped, outcome.records.len()), (1, 0));
}

#[test]
fn customers_are_matched_without_regard_to_case_and_runs_of_spaces() {
    let mut account = Account::new();
    account.import("name,customer\nRoof,Acme Corp\nWall,ACME  corp\n");
    assert_eq!(account.workspace.customers.len(), 1);
    let file = "Company,Industry,E-mail\n acme   CORP,retail,a@b.c\n";
    let outcome = account.import_customers(file, false);
    assert_eq!((outcome.counts.new, outcome.counts.updated), (0, 1));
    account.import_customers(
        "Company,Industry,E-mail\nAcme Corp,medical,x@y.z\n,,\nNew,,\n",
        false,
    );
    let customer = |account: &Account| {
        account
            .workspace
            .customers
            .values()
            .next()
            .unwrap()
            .email
            .clone()
    };
    assert_eq!(customer(&account), "a@b.c");
    account.import_customers("Company,Industry,E-mail\nAcme Corp,,x@y.z\n", true);
    assert_eq!(customer(&account), "x@y.z");
    assert_eq!(account.workspace.customers.len(), 2);
    let outcome = account.import_customers("name,phone\n,123\n", false);
    assert_eq!(
        outcome.findings.errors[0].to_string(),
        "Line 2, name: “” – The name is missing."
    );
}

#[test]
fn undoing_an_import_leaves_nothing_of_it() {
    let mut account = Account::new();
    let before = account.workspace.clone();
    let (table, matching) = account.propose(FIRST);
    let outcome = account.preview(table, matching);
    let mut ids = pipewright::domain::value::id::IdSource::starting_at(1 << 40);
    let clock = crate::support::clock();
    let mut context = pipewright::domain::change::command::Context {
        now: clock.now,
        today: clock.today,
        ids: &mut ids,
    };
    let command = pipewright::domain::change::command::Command::Import(
        pipewright::domain::change::command::ImportKind::Deals,
        outcome.records,
    );
    let changes =
        pipewright::domain::change::apply::apply(&mut account.workspace, command, &mut context)
            .unwrap();
    assert_ne!(account.workspace, before);
    pipewright::domain::change::apply::install(&mut account.workspace, &changes.inverse()).unwrap();
    assert_eq!(account.workspace, before);
}

#[test]
fn a_chance_that_is_that_of_the_stage_takes_the_place_of_one_that_was_typed() {
    let mut account = Account::new();
    account
        .import("id,name,stage,probability\n1,Roof,Delta,50\n2,Wall,Delta,50\n7,Tower,Delta,70\n");
    let typed = |account: &Account| {
        let tower = account.deal("Tower");
        tower.progress[&tower.process].chance
    };
    assert_eq!(typed(&account).map(|chance| chance.permille()), Some(700));
    for (overwrite, left) in [(false, Some(700)), (true, None)] {
        let (table, mut matching) =
            account.propose("id,name,stage,probability\n7,Tower,Delta,50\n");
        matching.existing = ExistingPolicy::Update { overwrite };
        account.import_by(table, matching);
        assert_eq!(typed(&account).map(|chance| chance.permille()), left);
    }
}
