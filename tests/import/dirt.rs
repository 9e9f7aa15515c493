//! What files of people hold beyond the tidy ones, each once found to be
//! misread.

use pipewright::domain::record::deal::Outcome as Ending;

use crate::support::{Account, TODAY};

/// The values of a file's deals, in cents, in the order of the file.
fn values(file: &[u8]) -> Vec<Option<i64>> {
    let mut account = Account::new();
    account.import_bytes(file);
    let mut deals: Vec<_> = account.workspace.deals.values().collect();
    deals.sort_by_key(|deal| deal.id);
    deals
        .into_iter()
        .map(|deal| deal.value.map(|value| value.minor()))
        .collect()
}

#[test]
fn a_euro_sign_alone_beside_a_number_tells_the_encoding() {
    for file in [
        &b"Name;Stage;Amount\nRoof;Lead;1200 \x80\nWall;Offer;500 \x80\n"[..],
        b"Name;Stage;Amount\nRoof;Lead;\x80 1.200,00\nWall;Offer;500,00 \x80\n",
        b"Name;Stage;Amount (\x80)\nRoof;Lead;1200\nWall;Offer;500\n",
        b"Name;Stage;Amount\nRoof;Lead;1\xa0200,00\xa0\x80\nWall;Offer;500,00 \x80\n",
    ] {
        assert_eq!(
            values(file),
            [Some(120_000), Some(50_000)],
            "{}",
            file.escape_ascii()
        );
    }
    // Kč and zł say that it is Windows-1250, which has them.
    let korun = b"Name;Stage;Amount\nRoof;Lead;1200 K\xe8\nWall;Offer;500 K\xe8\n";
    let (table, _) = Account::new().propose_bytes(korun);
    assert_eq!(table.row(0).unwrap().cell(2), "1200 Kč");
}

#[test]
fn a_currency_that_is_not_known_is_not_the_accounts() {
    for file in [
        "Name,Stage,Amount,Currency\nRoof,Lead,100,RUB\nWall,Lead,100,EUR\n",
        "Name,Stage,Amount,Currency\nRoof,Lead,100,US Dollar\nWall,Lead,100,Euro\n",
        "Name,Stage,Amount,Currency\nRoof,Lead,100,Galleons\nWall,Lead,100,EUR\n",
    ] {
        assert_eq!(values(file.as_bytes()), [None, Some(10_000)], "{file}");
    }
}

#[test]
fn codes_for_names_are_no_sums() {
    for file in [
        "Name,Amount\nA-101,500\nA-103,500\nA-102,500\nA-104,500\n",
        "Deal,Amount,Probability\nK00,1200,50\nK01,1200,50\nK02,1200,50\nK03,1200,50\n",
        "Name,Stage,Amount\nRoof,Lead,1\nWall,Lead,2\nDoor,Lead\nTotal,Lead,3\n",
        "Name,Amount,Close date\nRoof,1,2026-12-01\nWall,2,2026-12-02\nGate,3,2026-12-02\nTotal,6,2026-12-03\n",
    ] {
        assert_eq!(values(file.as_bytes()).len(), 4, "{file}");
    }
    for file in [
        "Region,Name,Stage,Amount\nN,Roof,Lead,100\nN,Wall,Lead,200\nSubtotal North,,,300\n",
        "Name,Stage,Amount\nRoof,Lead,100\nWall,Lead,200\nTotal deals: 2,,300\n",
    ] {
        assert_eq!(
            values(file.as_bytes()),
            [Some(10_000), Some(20_000)],
            "{file}"
        );
    }
}

#[test]
fn a_quote_that_never_closes_takes_no_other_row_with_it() {
    let file = "Name,Stage,Amount\nRoof,Lead,5\n\"Wall, big,Offer,6\nDoor,Lead,7\n\"He said \"\"hi\"\"\",Lead,8\n";
    let mut account = Account::new();
    account.import(file);
    for (name, cents) in [("Roof", 500), ("Door", 700), ("He said \"hi\"", 800)] {
        assert_eq!(account.deal(name).value.unwrap().minor(), cents, "{name}");
    }
}

#[test]
fn a_word_for_nothing_is_no_id_and_no_customer() {
    let mut account = Account::new();
    let outcome = account.import("id,name,stage\nN/A,Roof,Lead\nN/A,Wall,Lead\n7,Door,Lead\n");
    assert_eq!((outcome.counts.new, outcome.findings.errors.len()), (3, 0));
    let outcome = account.import_customers("name,phone\n-,123\nAcme,\n", false);
    assert_eq!((outcome.counts.new, outcome.counts.in_error), (1, 1));
}

#[test]
fn an_expected_close_ahead_is_no_closing_date() {
    let mut account = Account::new();
    let outcome =
        account.import("name,status,created,expected close\nRoof,Won,2024-01-05,2030-01-01\n");
    assert_eq!(account.deal("Roof").closing.as_ref().unwrap().on, TODAY);
    assert_eq!(outcome.findings.ahead.count, 1);
}

#[test]
fn exports_that_join_records_are_known_in_any_language() {
    let mut account = Account::new();
    account.import(
        "Negocio - Título,Negocio - Valor,Negocio - Etapa,Negocio - Estado\nRoof,100,Propuesta,Ganado\n",
    );
    let roof = account.deal("Roof");
    assert_eq!(
        (roof.outcome(), roof.value.unwrap().minor()),
        (Some(Ending::Won), 10_000)
    );
}

#[test]
fn flags_of_winning_and_losing_are_asked() {
    let mut account = Account::new();
    account.import(
        "Deal Name,Deal Stage,Is Closed Won,Is closed lost\nRoof,Contract,true,false\nWall,No-go,false,true\nDoor,Lead,false,false\n",
    );
    let outcome = |name: &str| account.deal(name).outcome();
    assert_eq!(
        ["Roof", "Wall", "Door"].map(outcome),
        [Some(Ending::Won), Some(Ending::Lost), None]
    );
}

#[test]
fn a_forecast_is_no_status() {
    let mut account = Account::new();
    let outcome = account.import(
        "Opportunity Name,Stage,Forecast Category,Amount\nRoof,Proposal,Pipeline,1\nWall,Closed Won,Closed,1\n",
    );
    assert_eq!((outcome.counts.new, outcome.findings.errors.len()), (2, 0));
}
