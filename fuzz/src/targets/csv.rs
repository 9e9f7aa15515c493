//! CSV files.

use std::fmt::Debug;
use std::sync::Arc;

use pipewright::codec::csv::amounts::AmountForm;
use pipewright::codec::csv::dates::DateOrder;
use pipewright::codec::csv::deals::{
    Builder, ExistingPolicy, Matching, ProcessPlan, StatusMeaning, Target,
};
use pipewright::codec::csv::export::deals_csv;
use pipewright::codec::csv::{CodePage, HeaderChoice, Reading, Table, customers, errors_csv};
use pipewright::domain::change::command::{Command, ImportKind};
use pipewright::domain::record::deal::{Deal, Outcome};
use pipewright::domain::record::workspace::{Record, Workspace};

use crate::choices::Choices;
use crate::world::{LibraryDecoder, clock, ids, look_at, new_account, run, sample_account};

/// A file is refused, or is a table whose every cell can be asked for.
pub fn table(bytes: &[u8]) {
    let (file, mut choices) = Choices::behind(bytes);
    let pages: Vec<CodePage> = CodePage::all().collect();
    let reading = Reading {
        code_page: choices.maybe(&pages),
        delimiter: choices.maybe(&[',', ';', '\t', '|', ' ']),
        header: match choices.number(4) {
            0 => None,
            1 => Some(HeaderChoice::None),
            _ => Some(HeaderChoice::Line(choices.number(256) as u32)),
        },
    };
    let Ok(table) = Table::read_as(file, &LibraryDecoder, &reading) else {
        return;
    };
    assert!(!table.is_empty());
    let mut line = 0;
    for row in table.rows() {
        assert!(row.line() > line, "line {} after {line}", row.line());
        line = row.line();
        assert_eq!(row.cells().count(), row.len());
        assert_eq!(row.cell(row.len()), "");
        row.surplus();
    }
    let asides = table.asides().count();
    assert_eq!(table.records(|_| false).count() + asides, table.len());
    assert_eq!(table.records(|_| true).count(), table.len());
    for column in 0..table.headers().len() {
        assert!(table.examples(column, 3).len() <= 3);
    }
    for trouble in table.troubles() {
        assert!(!trouble.to_string().is_empty());
    }
    // Who chooses what was proposed gets what was shown.
    let chosen = Reading {
        code_page: Some(table.code_page()),
        ..reading
    };
    assert_eq!(Table::read_as(file, &LibraryDecoder, &chosen), Ok(table));
}

/// A file of deals comes into an account, whatever is chosen about it: the
/// preview is what the import does, the figures are those of the records, and
/// what came in goes out by an export and comes in again.
pub fn deals(bytes: &[u8]) {
    let (file, mut choices) = Choices::behind(bytes);
    let Ok(table) = Table::read(file, &LibraryDecoder) else {
        return;
    };
    let table = Arc::new(table);
    let mut account = match choices.number(2) {
        0 => new_account(),
        _ => sample_account().clone(),
    };
    let mut matching = Matching::propose(&table, "sales_pipeline.csv", &account);
    matching.unused(&table);
    while choices.has_more() {
        choose(&mut choices, &mut matching, &table, &account);
    }
    let taken = matching.rows(&table).count();
    let built = in_any_steps(
        || Builder::new(table.clone(), matching.clone(), &account, clock(), ids()),
        |builder| builder.step(3).is_last(),
        Builder::finish,
    );
    let counts = &built.counts;
    let told = counts.new + counts.updated + counts.skipped + counts.in_error;
    assert_eq!(told, taken);
    let outcomes = [counts.open, counts.won, counts.lost, counts.outdated];
    let deals = built
        .records
        .iter()
        .filter(|record| matches!(record, Record::Deal(_)))
        .count();
    assert_eq!(outcomes.iter().map(|sum| sum.deals).sum::<usize>(), deals);
    assert_eq!(counts.new + counts.updated, deals);
    for errors in [&built.findings.errors, &built.findings.unread] {
        assert!(errors.iter().all(|error| !error.to_string().is_empty()));
        errors_csv(&table, errors);
    }
    let before = account.deals.len();
    run(
        &mut account,
        Command::Import(ImportKind::Deals, built.records.clone()),
    )
    .unwrap();
    assert_eq!(account.deals.len(), before + counts.new);
    look_at(&account);
    comes_back(&account);
}

/// What comes of a file at once, which is what comes of it in small steps: the
/// preview is what the import does. A step says whether it was the last.
fn in_any_steps<B, T: PartialEq + Debug>(
    builder: impl Fn() -> B,
    step: impl Fn(&mut B) -> bool,
    finish: impl Fn(B) -> T,
) -> T {
    let built = finish(builder());
    let mut slow = builder();
    while !step(&mut slow) {}
    assert_eq!(
        finish(slow),
        built,
        "the preview is not what the import does"
    );
    built
}

/// One choice about a file of deals.
fn choose(choices: &mut Choices<'_>, matching: &mut Matching, table: &Table, account: &Workspace) {
    let outcomes = Outcome::ALL.map(StatusMeaning::Closed);
    let meanings = [
        outcomes.as_slice(),
        &[StatusMeaning::Open, StatusMeaning::Unknown],
    ]
    .concat();
    match choices.number(10) {
        0 => {
            let column = choices.number(table.headers().len());
            let target = choices.maybe(&Target::ALL);
            matching.set_target(column, target, table, account);
        }
        1 => {
            let row = choices.number(table.len());
            matching.take_in(row, choices.number(2) == 0, table, account);
        }
        2 => {
            let processes: Vec<_> = account.processes.keys().copied().collect();
            let at = choices.number(matching.processes.len());
            if let Some(id) = choices.maybe(&processes) {
                matching.set_plan(at, ProcessPlan::Existing(id), account);
            }
        }
        3 => {
            let at = choices.number(matching.dates.len());
            let order = choices.maybe(&DateOrder::ALL);
            if let (Some(form), Some(order)) = (matching.dates.values_mut().nth(at), order) {
                form.order = order;
            }
        }
        4 => {
            if let Some(form) = choices.maybe(&AmountForm::ALL) {
                matching.amounts = form;
            }
        }
        5 => {
            matching.existing = match choices.number(3) {
                0 => ExistingPolicy::Skip,
                more => ExistingPolicy::Update {
                    overwrite: more == 1,
                },
            };
        }
        6 => matching.leave_out_unread = !matching.leave_out_unread,
        7 => {
            let at = choices.number(matching.statuses.len());
            let meaning = choices.maybe(&meanings);
            if let (Some(status), Some(meaning)) = (matching.statuses.get_mut(at), meaning) {
                status.meaning = meaning;
            }
        }
        8 => matching.by_lost_reason = choices.maybe(&meanings).unwrap_or(StatusMeaning::Unknown),
        _ => matching.by_closing_date = choices.maybe(&meanings).unwrap_or(StatusMeaning::Unknown),
    }
}

/// An export of the account gives the same deals to an empty one.
fn comes_back(account: &Workspace) {
    if account.deals.is_empty() {
        return;
    }
    let export = deals_csv(account, account.deals.values().map(|deal| &**deal));
    let table = Arc::new(Table::read(export.as_bytes(), &LibraryDecoder).unwrap());
    let mut other = new_account();
    run(
        &mut other,
        Command::SetCurrency(account.settings.currency.clone()),
    )
    .unwrap();
    let matching = Matching::propose(&table, "deals.csv", &other);
    let built = Builder::new(table, matching, &other, clock(), ids()).finish();
    assert_eq!(built.findings.errors, [], "{export}");
    run(
        &mut other,
        Command::Import(ImportKind::Deals, built.records),
    )
    .unwrap();
    let plain = |account: &Workspace| {
        let mut all: Vec<_> = account
            .deals
            .values()
            .map(|deal| plain(account, deal))
            .collect();
        all.sort();
        all
    };
    assert_eq!(plain(&other), plain(account), "{export}");
}

/// What an export has of a deal, without what has names alone.
fn plain(account: &Workspace, deal: &Deal) -> Vec<String> {
    let process = account.processes.get(&deal.process);
    let stage = process.and_then(|process| process.stage(deal.current_stage(process).id()?));
    vec![
        deal.name.to_string(),
        account.customer_name(deal.customer).to_owned(),
        format!("{:?}", deal.value),
        process
            .map(|process| process.name.to_string())
            .unwrap_or_default(),
        stage
            .map(|stage| stage.name.to_string())
            .unwrap_or_default(),
        format!("{:?} {:?}", deal.created, deal.expected_close),
        format!(
            "{:?}",
            deal.closing
                .as_ref()
                .map(|closing| (closing.outcome, closing.on))
        ),
        deal.notes.clone(),
        format!("{:?}", deal.external_id),
        format!("{:?}", deal.next_step),
    ]
}

/// The same of a file of customers.
pub fn customers(bytes: &[u8]) {
    let (file, mut choices) = Choices::behind(bytes);
    let Ok(table) = Table::read(file, &LibraryDecoder) else {
        return;
    };
    let table = Arc::new(table);
    let mut account = match choices.number(2) {
        0 => new_account(),
        _ => sample_account().clone(),
    };
    let mut matching = customers::Matching::propose(&table);
    matching.unused(&table);
    while choices.has_more() {
        match choices.number(4) {
            0 => {
                let column = choices.number(table.headers().len());
                matching.set_target(column, choices.maybe(&customers::Target::ALL));
            }
            1 => matching.take_in(choices.number(table.len()), choices.number(2) == 0),
            2 => matching.overwrite = !matching.overwrite,
            _ => matching.leave_out_unread = !matching.leave_out_unread,
        }
    }
    let taken = table.rows().filter(|row| matching.takes(*row)).count();
    let built = in_any_steps(
        || customers::Builder::new(table.clone(), matching.clone(), &account, ids()),
        |builder| builder.step(3).is_last(),
        customers::Builder::finish,
    );
    let counts = built.counts;
    let told = counts.new + counts.updated + counts.skipped + counts.in_error;
    assert_eq!(told, taken);
    errors_csv(&table, &built.findings.errors);
    let before = account.customers.len();
    run(
        &mut account,
        Command::Import(ImportKind::Customers, built.records),
    )
    .unwrap();
    assert_eq!(account.customers.len(), before + counts.new);
}
