//! Processes, owners and the like side by side (§7.8).

use super::{Drawing, Links, without_value};
use crate::chart::figures::{Cell, Fact, Table};
use crate::chart::format::Format;
use crate::domain::read::statistics::compare::{By, Compared, Comparison, Measure};
use crate::domain::record::deal::Outcome;
use crate::domain::value::money::Total;

/// How the figures are counted.
pub const COMPARE_RULE: &[&str] = &[
    "Open deals are those of now; won and lost ones those closed in the period.",
    "The win rate is won ÷ (won + lost); one of fewer than 10 deals says of how many it is.",
    "The average won value is that of the won deals whose value is known; the days to close run from creation to closing, of won deals.",
    "Velocity is open deals × average won value × win rate ÷ average days to close: the value that a day brings.",
];

/// The height the drawing reads best at, in CSS pixels.
pub fn compare_height_px(stats: &Comparison) -> u32 {
    let rows = u32::try_from(stats.rows.len()).unwrap_or(u32::MAX);
    rows.saturating_mul(26).max(52)
}

/// The options of the drawing of a measure, as JSON.
pub fn compare_options(
    _stats: &Comparison,
    _measure: Measure,
    _links: &Links<'_>,
    _drawing: &Drawing<'_>,
) -> String {
    String::new()
}

/// The few figures that say most.
pub fn compare_facts(stats: &Comparison, links: &Links<'_>, format: &dyn Format) -> Vec<Fact> {
    let mut facts = Vec::new();
    for measure in [
        Measure::Open,
        Measure::Value,
        Measure::Won,
        Measure::WinRate,
    ] {
        let cell = cell(&stats.all, stats.by, measure, links, format);
        facts.push(Fact {
            label: measure.title().to_owned(),
            value: cell.text,
            key: cell.key,
        });
    }
    let unknown = stats.all.open.all.unknown_value + stats.all.closed.won.unknown_value;
    facts.extend(without_value(unknown, format));
    facts
}

/// All figures: a row of every measure each, in the order they are given in.
pub fn compare_tables(stats: &Comparison, links: &Links<'_>, format: &dyn Format) -> Vec<Table> {
    let by = stats.by;
    let title = |measure: Measure| match measure {
        Measure::Name => by.kind().title(),
        _ => measure.title(),
    };
    let mut table = Table::new("Side by side", &Measure::ALL.map(title));
    let cells = |row: &Compared| -> Vec<Cell> {
        let cell = |measure| cell(row, by, measure, links, format);
        Measure::ALL.into_iter().map(cell).collect()
    };
    for row in &stats.rows {
        table.push(cells(row));
    }
    let mut all = cells(&stats.all);
    if let Some(name) = all.first_mut() {
        name.text = "All".to_owned();
    }
    table.push_total(all);
    vec![table]
}

/// What is said of one by a measure, and the list behind it.
fn cell(row: &Compared, by: By, measure: Measure, links: &Links<'_>, format: &dyn Format) -> Cell {
    let amount = |amount: Option<Total>| {
        amount.map_or_else(Cell::nothing, |amount| Cell::amount(amount, format))
    };
    let closed = row.closed;
    let cell = match measure {
        Measure::Name => Cell::name(&row.name),
        Measure::Open => Cell::count(row.open.all.count, format),
        Measure::Value => Cell::value(row.open.all, format),
        Measure::Weighted => Cell::weighted(row.open, format),
        Measure::Won => Cell::count(closed.won.count, format),
        Measure::WonValue => Cell::value(closed.won, format),
        Measure::Lost => Cell::count(closed.lost.count, format),
        Measure::WinRate => Cell::rate(row.win_rate(), format),
        Measure::AverageWon => amount(row.average_won()),
        Measure::DaysToClose => Cell::mean_days(row.days_to_close, format),
        Measure::Velocity => amount(row.velocity()),
    };
    cell.picking(key(row, by, measure, links))
}

/// The list behind a figure.
fn key(row: &Compared, by: By, measure: Measure, links: &Links<'_>) -> Option<String> {
    const DECIDED: [Outcome; 2] = [Outcome::Won, Outcome::Lost];
    let closed = |count: usize, outcomes: &[Outcome]| {
        let behind = row.behind_closed(by, links.scope, outcomes);
        links.to(count, behind)
    };
    let (won, lost) = (row.closed.won.count, row.closed.lost.count);
    match measure {
        Measure::Name => None,
        Measure::Open | Measure::Value | Measure::Weighted => {
            links.to(row.open.all.count, row.behind_open(by, links.scope))
        }
        Measure::Won | Measure::WonValue | Measure::AverageWon | Measure::DaysToClose => {
            closed(won, &[Outcome::Won])
        }
        Measure::Lost => closed(lost, &[Outcome::Lost]),
        Measure::WinRate => closed(won + lost, &DECIDED),
        // It is made of open and of won deals.
        Measure::Velocity => None,
    }
}
