//! Small files of one trap each, by the proposals alone. They lie beside the
//! checkout; where they are missing, these tests have nothing to say.

use pipewright::codec::csv::amounts::Decimal;
use pipewright::codec::csv::deals::{Built, StatusMeaning};
use pipewright::codec::csv::{Aside, CodePage, Reading, Table};
use pipewright::domain::record::deal::Outcome;
use pipewright::domain::record::progress::CurrentStage;
use serde_json::Value;

use crate::field::{field_file, known};
use crate::support::{Account, LibraryDecoder, TODAY};

/// A small file of one trap, imported by the proposals alone.
fn small(name: &str) -> Option<(Account, Built)> {
    let file = field_file(&format!("small/{name}.csv"))?;
    let mut account = Account::new();
    let outcome = account.import_bytes(&file);
    Some((account, outcome))
}

/// A column of the deals of a small file, in the order of the file.
fn column(name: &str, field: &str) -> Option<Vec<(String, Value)>> {
    let (account, _) = small(name)?;
    let mut deals: Vec<_> = account.workspace.deals.values().collect();
    deals.sort_by_key(|deal| deal.id);
    let values = deals
        .into_iter()
        .map(|deal| (deal.name.to_string(), known(&account, deal)[field].clone()));
    Some(values.collect())
}

#[track_caller]
fn check_column(name: &str, field: &str, want: &[(&str, Value)]) {
    let Some(found) = column(name, field) else {
        return;
    };
    let found: Vec<_> = found
        .iter()
        .map(|(deal, value)| (deal.as_str(), value.clone()))
        .collect();
    assert_eq!(found, want, "{name}: {field}");
}

/// The rows that are proposed to be left out: their lines and why.
fn asides(name: &str) -> Option<Vec<(u32, Aside)>> {
    let file = field_file(&format!("small/{name}.csv"))?;
    let (table, _) = Account::new().propose_bytes(&file);
    Some(
        table
            .asides()
            .map(|(row, aside)| (row.line(), aside))
            .collect(),
    )
}

/// The texts of the cells that can't be read.
fn unread(outcome: &Built) -> Vec<&str> {
    let cells = outcome.findings.unread.iter();
    cells.map(|cell| &*cell.value).collect()
}

/// The words that were taken for an empty cell.
fn empty_words(outcome: &Built) -> Vec<&str> {
    let words = outcome.findings.empty_words.keys();
    words.map(String::as_str).collect()
}

#[test]
fn m01_a_row_of_sums_is_left_out_and_can_be_taken_in() {
    let (Some(left), Some(file)) = (asides("m01-total"), field_file("small/m01-total.csv")) else {
        return;
    };
    assert_eq!(left, [(4, Aside::Sum)]);
    check_column(
        "m01-total",
        "value",
        &[("Alpha", 10_000.into()), ("Beta", 20_000.into())],
    );
    let mut account = Account::new();
    let (table, mut matching) = account.propose_bytes(&file);
    matching.take_in(2, true, &table, &account.workspace);
    account.import_by(table, matching);
    assert_eq!(account.deal("Total").value.unwrap().minor(), 30_000);
}

#[test]
fn m02_footers_are_no_deals() {
    let Some(left) = asides("m02-footer") else {
        return;
    };
    assert_eq!(left, [(3, Aside::Footer), (4, Aside::Footer)]);
    check_column("m02-footer", "owner", &[("Alpha", "Ann".into())]);
}

#[test]
fn m03_windows_1250_is_noticed_and_can_be_changed() {
    let Some(file) = field_file("small/m03-cp1250.csv") else {
        return;
    };
    let (table, _) = Account::new().propose_bytes(&file);
    assert_eq!(table.code_page(), CodePage::Windows1250);
    assert!(
        table.sample().unwrap().text.contains("źródło")
            || table.sample().unwrap().text.contains("Źródło")
    );
    for (field, want) in [
        ("customer", Value::from("Młyn")),
        ("value", 123_456.into()),
        ("process", "Oferty".into()),
        ("source", "Targi".into()),
        ("stage", "Kontakt".into()),
    ] {
        check_column("m03-cp1250", field, &[("Łożyska", want)]);
    }
    let western = Reading {
        code_page: Some(CodePage::Windows1252),
        ..Reading::default()
    };
    let table = Table::read_as(&file, &LibraryDecoder, &western).unwrap();
    assert!(table.row(0).unwrap().cell(0).starts_with("£o"));
}

#[test]
fn m04_a_column_without_a_number_is_no_value() {
    for (field, want) in [
        ("customer", Value::from("A Ltd")),
        ("status", "Won".into()),
        ("value", 10_000.into()),
    ] {
        check_column("m04-revenue", field, &[("Alpha", want)]);
    }
}

#[test]
fn m05_a_stage_that_says_open_beats_a_column_that_is_called_closed() {
    check_column(
        "m05-date-closed",
        "status",
        &[("Alpha", "Open".into()), ("Beta", "Won".into())],
    );
    check_column(
        "m05-date-closed",
        "expected_close",
        &[("Alpha", "2027-01-15".into()), ("Beta", "".into())],
    );
}

#[test]
fn m06_closed_alone_decides_nothing() {
    check_column(
        "m06-status-closed",
        "status",
        &[("Alpha", "Won".into()), ("Beta", "Open".into())],
    );
    let Some((_, outcome)) = small("m06-status-closed") else {
        return;
    };
    assert!(outcome.findings.unknown_statuses.is_empty());
}

#[test]
fn m07_won_and_lost_have_a_time_each() {
    check_column(
        "m07-won-lost-time",
        "closed",
        &[
            ("Alpha", "2026-05-08".into()),
            ("Beta", "2026-06-01".into()),
        ],
    );
    check_column(
        "m07-won-lost-time",
        "status",
        &[("Alpha", "Lost".into()), ("Beta", "Won".into())],
    );
}

#[test]
fn m08_no_deal_was_lost_in_the_future() {
    check_column(
        "m08-future-lost",
        "status",
        &[("Alpha", "Lost".into()), ("Beta", "Open".into())],
    );
    check_column(
        "m08-future-lost",
        "closed",
        &[("Alpha", TODAY.to_string().into()), ("Beta", "".into())],
    );
    let Some((_, outcome)) = small("m08-future-lost") else {
        return;
    };
    assert_eq!(outcome.findings.ahead.count, 1);
}

#[test]
fn m09_a_column_of_ids_is_no_name() {
    for (field, want) in [
        ("customer", "A Ltd"),
        ("expected_close", "2026-12-28"),
        ("status", "Open"),
    ] {
        check_column("m09-guid", field, &[("Alpha", want.into())]);
    }
}

#[test]
fn m10_what_is_too_fine_is_rounded_and_said_once() {
    let want = [783_226_552, 10_000, 10_000];
    let want: Vec<_> = ["Alpha", "Beta", "Gamma"]
        .into_iter()
        .zip(want.map(Value::from))
        .collect();
    check_column("m10-too-fine", "value", &want);
    let Some((_, outcome)) = small("m10-too-fine") else {
        return;
    };
    assert_eq!(outcome.findings.rounded.count, 2);
}

#[test]
fn m11_chances_have_one_decimal_and_words_are_none() {
    let want = [
        ("Alpha", "42.3"),
        ("Beta", ""),
        ("Gamma", "50"),
        ("Delta", "100"),
    ];
    check_column(
        "m11-chance",
        "chance",
        &want.map(|(deal, chance)| (deal, chance.into())),
    );
}

#[test]
fn m12_amounts_come_in_many_forms() {
    let Some(file) = field_file("small/m12-amounts.csv") else {
        return;
    };
    let mut account = Account::new();
    let (table, mut matching) = account.propose_bytes(&file);
    let codes: Vec<_> = matching
        .money
        .foreign()
        .map(|foreign| foreign.code)
        .collect();
    assert_eq!(codes, ["USD", "SEK", "ZAR", "CAD", "GBP"]);
    for code in codes {
        matching.money.set_rate(code, Decimal::rate("1"));
    }
    let outcome = account.import_by(table, matching);
    let value = |name: &str| account.deal(name).value.map(|value| value.minor());
    assert_eq!(["a", "b"].map(value), [Some(1_200_000); 2]);
    assert_eq!(["c", "d", "e", "l", "m"].map(value), [None; 5]);
    assert_eq!(["f", "g", "h", "i", "j"].map(value), [Some(123_450); 5]);
    assert_eq!(value("k"), Some(50_000));
    assert_eq!(account.workspace.deals.len(), 13);
    assert_eq!(unread(&outcome), ["1000-2000"]);
    assert_eq!(
        empty_words(&outcome),
        ["-", "N/A", "NULL", "na", "null", "tbd"]
    );
}

#[test]
fn m13_a_day_is_read_however_it_is_named() {
    let none = ["b", "g", "h", "k", "m", "o"];
    let days = "abcdefghijklmno".split("").filter(|name| !name.is_empty());
    let want: Vec<_> = days
        .map(|name| {
            (
                name,
                Value::from(if none.contains(&name) {
                    ""
                } else {
                    "2026-12-28"
                }),
            )
        })
        .collect();
    check_column("m13-dates", "expected_close", &want);
    let Some((_, outcome)) = small("m13-dates") else {
        return;
    };
    assert_eq!(
        unread(&outcome),
        ["asap", "Q4 2026", "12/2026", "0000-00-00"]
    );
    assert_eq!(empty_words(&outcome), ["-", "TBD"]);
}

#[test]
fn m14_words_for_won_and_lost_are_known_with_what_stands_around_them() {
    let Some((account, outcome)) = small("m14-stages") else {
        return;
    };
    let all = |wanted: Option<Outcome>| {
        let deals = account.workspace.deals.values();
        let names = deals
            .filter(|deal| deal.outcome() == wanted)
            .map(|deal| deal.name.to_string());
        let mut names: Vec<_> = names.collect();
        names.sort();
        names.concat()
    };
    assert_eq!(all(Some(Outcome::Won)), "abcgilnop");
    assert_eq!(all(Some(Outcome::Lost)), "defhjmq");
    assert_eq!(all(None), "r");
    assert_eq!(account.stage_of(account.deal("r")), "Proposal");
    // "Closed" alone asks, and waits for the answer.
    assert_eq!(outcome.findings.errors.len(), 1);
    assert_eq!(outcome.findings.errors[0].value, "Closed");
}

#[test]
fn m15_currencies_are_not_added_up() {
    let Some(file) = field_file("small/m15-currency.csv") else {
        return;
    };
    let mut account = Account::new();
    let (table, matching) = account.propose_bytes(&file);
    let foreign: Vec<_> = matching
        .money
        .foreign()
        .map(|it| (it.code, it.rows))
        .collect();
    assert_eq!(foreign, [("USD", 1), ("PLN", 1)]);
    let outcome = account.import_by(table, matching);
    assert_eq!(outcome.counts.open.value.minor(), 50_000);
    assert_eq!(outcome.findings.without_rate, 2);
}

#[test]
fn m16_customer_owner_stage_and_value_are_found() {
    for (field, want) in [
        ("customer", Value::from("A Ltd")),
        ("owner", "Ann".into()),
        ("stage", "Qualify".into()),
        ("value", 10_000.into()),
    ] {
        check_column("m16-assigned", field, &[("Alpha", want)]);
    }
}

#[test]
fn m17_a_currency_may_stand_in_the_name_of_the_column() {
    check_column("m17-amount-usd", "value", &[("Alpha", 10_000.into())]);
    check_column("m17-amount-usd", "stage", &[("Alpha", "NEW".into())]);
}

#[test]
fn m18_letters_in_front_give_the_order_of_stages() {
    let Some((account, _)) = small("m18-letters") else {
        return;
    };
    let process = account.process_of(account.deal("a")).to_owned();
    assert_eq!(
        account.stages(&process),
        [
            "A. Lead",
            "B. Qualified",
            "C. Demo",
            "D. Feasibility",
            "E. Proposal"
        ]
    );
}

#[test]
fn m19_without_a_stage_the_stage_is_unknown() {
    let Some((account, _)) = small("m19-nostage") else {
        return;
    };
    let deal = account.deal("Alpha");
    let process = &account.workspace.processes[&deal.process];
    assert_eq!(deal.current_stage(process), CurrentStage::Unknown);
    assert_eq!(deal.value.unwrap().minor(), 10_000);
}

#[test]
fn m20_a_header_that_comes_again_is_no_deal() {
    let Some((account, _)) = small("m20-header-again") else {
        return;
    };
    assert_eq!(
        asides("m20-header-again").unwrap(),
        [(3, Aside::HeaderAgain)]
    );
    check_column(
        "m20-header-again",
        "status",
        &[("Alpha", "Open".into()), ("Beta", "Won".into())],
    );
    let processes = account.workspace.processes.values();
    let mut stages = processes.flat_map(|process| &process.stages);
    assert!(stages.all(|stage| stage.name.as_str() != "Stage"));
}

#[test]
fn m21_the_type_of_a_status_says_how_it_stands() {
    let want = [("Alpha", "Open"), ("Beta", "Won"), ("Gamma", "Lost")];
    check_column(
        "m21-status-type",
        "status",
        &want.map(|(deal, status)| (deal, status.into())),
    );
    check_column(
        "m21-status-type",
        "closed",
        &[
            ("Alpha", "".into()),
            ("Beta", "2026-09-01".into()),
            ("Gamma", "2026-09-02".into()),
        ],
    );
}

#[test]
fn m22_yes_and_no_say_how_it_stands() {
    let want = [("Alpha", "Won"), ("Beta", "Lost"), ("Gamma", "Open")];
    check_column(
        "m22-iswon",
        "status",
        &want.map(|(deal, status)| (deal, status.into())),
    );
}

#[test]
fn m23_what_is_on_hold_is_open_and_closed_alone_asks() {
    let want = [("a", "Open"), ("b", "Open"), ("c", "Lost"), ("d", "Open")];
    check_column(
        "m23-status-words",
        "status",
        &want.map(|(deal, status)| (deal, status.into())),
    );
    let Some(file) = field_file("small/m23-status-words.csv") else {
        return;
    };
    let mut account = Account::new();
    let (table, matching) = account.propose_bytes(&file);
    let held: Vec<_> = matching
        .statuses
        .iter()
        .filter(|status| status.is_on_hold())
        .map(|status| status.source.as_str())
        .collect();
    assert_eq!(held, ["Suspended", "Stalled"]);
    let outcome = account.import_by(table, matching);
    let unknown: Vec<_> = outcome.findings.unknown_statuses.into_iter().collect();
    assert_eq!(unknown, [("Closed".to_owned(), 1)]);
}

#[test]
fn m24_a_reason_for_losing_proposes_lost_and_asks() {
    check_column(
        "m24-lost-reason-open",
        "status",
        &[("Alpha", "Lost".into())],
    );
    check_column(
        "m24-lost-reason-open",
        "closed",
        &[("Alpha", "2026-08-08".into())],
    );
    check_column(
        "m24-lost-reason-open",
        "reason",
        &[("Alpha", "Too expensive".into())],
    );
    let Some(file) = field_file("small/m24-lost-reason-open.csv") else {
        return;
    };
    let mut account = Account::new();
    let (table, mut matching) = account.propose_bytes(&file);
    matching.by_lost_reason = StatusMeaning::Open;
    let outcome = account.import_by(table, matching);
    assert_eq!(outcome.findings.by_lost_reason, 1);
    assert!(account.deal("Alpha").is_open());
}

#[test]
fn m25_without_a_header_columns_are_known_by_what_is_in_them() {
    let Some(file) = field_file("small/m25-headerless.csv") else {
        return;
    };
    let (table, _) = Account::new().propose_bytes(&file);
    assert_eq!(table.header_line(), None);
    for (field, want) in [
        ("external_id", [Value::from("100"), "104".into()]),
        ("value", [17_950_000.into(), 42_000.into()]),
        ("status", ["Lost".into(), "Won".into()]),
        ("closed", ["2015-08-14".into(), "2015-08-14".into()]),
    ] {
        let [alpha, beta] = want;
        check_column("m25-headerless", field, &[("Alpha", alpha), ("Beta", beta)]);
    }
}
