//! What is expected to come in, beside what came in (§7.6).

mod drawing;
mod layout;

pub use drawing::forecast_options;
pub use layout::forecast_height_px;

use super::{Links, count_and_value, leading, without_value};
use crate::chart::figures::{Cell, Fact, Table};
use crate::chart::format::{Format, brief_money, exact_span, plain_span, span};
use crate::domain::read::statistics::forecast::{Expected, Forecast, WonMonth};
use crate::domain::read::statistics::{Behind, Scope, Span, Step};
use crate::domain::read::stats::{OpenTally, Tally};
use crate::domain::value::id::ProcessId;

/// How the figures are counted.
pub const FORECAST_RULE: &[&str] = &[
    "Open deals stand in the month in which they are expected to close, whatever the period is; those from before today are past due.",
    "Weighted value is value × chance, added up exactly and rounded once, at the end.",
    "Won deals of the period stand in the month of their closing date.",
    "Value adds up the known values. A deal without one is counted, and adds nothing.",
    "The drawing shows the last 12 months and the next 12, fewer where it is narrow. Above each column stand its value and, of open deals, the weighted value, which is the part in full colour. The figures show all.",
];

/// The few figures that say most.
pub fn forecast_facts(stats: &Forecast, links: &Links<'_>, format: &dyn Format) -> Vec<Fact> {
    let scope = links.scope;
    let open = stats.all.all;
    let mut facts = vec![leading(
        "Open",
        count_and_value(open.all, format),
        links.to(open.all.count, Forecast::behind_all(scope, None)),
    )];
    if open.all.has_value() {
        let weighted = brief_money(open.weighted.rounded(), format);
        facts.push(Fact::new("Weighted", weighted));
    }
    let mut apart = |label: &str, tally: OpenTally, behind: Behind| {
        if tally.all.count > 0 {
            let key = links.to(tally.all.count, behind);
            facts.push(leading(label, count_and_value(tally.all, format), key));
        }
    };
    let expected = |row: &Expected| Forecast::behind_expected(scope, row.days, None);
    apart("Past due", stats.overdue.all, expected(&stats.overdue));
    apart(
        &later(stats, format),
        stats.later.all,
        expected(&stats.later),
    );
    let undated = Forecast::behind_undated(scope, None);
    apart("Without a date", stats.undated.all, undated);
    let mut won = Tally::default();
    stats.won.iter().for_each(|row| won.add_tally(row.all));
    let behind = Forecast::behind_won(scope, scope.span, None);
    facts.push(leading(
        "Won in the period",
        count_and_value(won, format),
        links.to(won.count, behind),
    ));
    facts.extend(without_value(
        open.all.unknown_value + won.unknown_value,
        format,
    ));
    facts
}

/// All figures: what is expected and what was won by month, and where there
/// are several processes, both by process.
pub fn forecast_tables(stats: &Forecast, links: &Links<'_>, format: &dyn Format) -> Vec<Table> {
    let mut tables = vec![expected_table(stats, links, format)];
    let several = stats.processes.len() > 1;
    if several {
        tables.push(expected_by_process(stats, links, format, false));
        tables.push(expected_by_process(stats, links, format, true));
    }
    if !stats.won.is_empty() {
        tables.push(won_table(stats, links, format));
        if several {
            tables.push(won_by_process(stats, links, format));
        }
    }
    tables
}

/// What the deals that are expected after all months of their own are called.
fn later(stats: &Forecast, format: &dyn Format) -> String {
    let from = Span {
        from: stats.later.days.from,
        to: stats.later.days.from,
    };
    format!("From {} on", span(from, Step::Month, format))
}

/// What stands for deals of the forecast.
#[derive(Clone, Copy)]
enum List {
    /// Won in these days.
    Won(Span),
    /// Expected to close in these days.
    Expected(Span),
    /// Without an expected close.
    Undated,
    /// All open ones.
    All,
}

impl List {
    /// The list of those of a process, or of all.
    fn behind(self, scope: &Scope, of: Option<ProcessId>) -> Behind {
        match self {
            Self::Won(days) => Forecast::behind_won(scope, days, of),
            Self::Expected(days) => Forecast::behind_expected(scope, days, of),
            Self::Undated => Forecast::behind_undated(scope, of),
            Self::All => Forecast::behind_all(scope, of),
        }
    }
}

/// The rows of expected deals, the sum of all last.
fn rows<'a>(stats: &'a Forecast, format: &dyn Format) -> Vec<(Cell, &'a Expected, List)> {
    let dated = |name: Cell, row: &'a Expected| (name, row, List::Expected(row.days));
    let mut rows = vec![dated(Cell::name("Past due"), &stats.overdue)];
    for row in &stats.months {
        let name = exact_span(row.days, Step::Month, format);
        let plain = plain_span(row.days, Step::Month);
        rows.push(dated(Cell::number(name, plain), row));
    }
    if stats.later.all.all.count > 0 {
        let name = later(stats, format);
        rows.push(dated(Cell::name(&name), &stats.later));
    }
    rows.push((Cell::name("Without a date"), &stats.undated, List::Undated));
    rows.push((Cell::name("Total"), &stats.all, List::All));
    rows
}

fn expected_table(stats: &Forecast, links: &Links<'_>, format: &dyn Format) -> Table {
    let columns = ["Expected to close", "Deals", "Value", "Weighted value"];
    let mut table = Table::new("Open deals by expected closing month", &columns);
    let rows = rows(stats, format);
    let last = rows.len() - 1;
    for (at, (name, row, list)) in rows.into_iter().enumerate() {
        let tally = row.all;
        let key = links.to(tally.all.count, list.behind(links.scope, None));
        let cells = vec![
            name,
            Cell::count(tally.all.count, format).picking(key.clone()),
            Cell::value(tally.all, format).picking(key.clone()),
            Cell::weighted(tally, format).picking(key),
        ];
        table.put(cells, at == last);
    }
    table
}

fn expected_by_process(
    stats: &Forecast,
    links: &Links<'_>,
    format: &dyn Format,
    weighted: bool,
) -> Table {
    let mut columns = vec!["Expected to close"];
    columns.extend(stats.processes.iter().map(|whose| whose.name.as_str()));
    let title = match weighted {
        true => "Weighted value by sales process",
        false => "Expected value by sales process",
    };
    let mut table = Table::new(title, &columns);
    let rows = rows(stats, format);
    let last = rows.len() - 1;
    for (at, (name, row, list)) in rows.into_iter().enumerate() {
        let mut cells = vec![name];
        for (whose, tally) in stats.processes.iter().zip(&row.by_process) {
            let key = links.to(
                tally.all.count,
                list.behind(links.scope, Some(whose.process)),
            );
            let cell = match weighted {
                true => Cell::weighted(*tally, format),
                false => Cell::value(tally.all, format),
            };
            cells.push(cell.picking(key));
        }
        table.put(cells, at == last);
    }
    table
}

fn won_name(row: &WonMonth, format: &dyn Format) -> Cell {
    let name = exact_span(row.days, Step::Month, format);
    Cell::number(name, plain_span(row.days, Step::Month))
}

fn won_table(stats: &Forecast, links: &Links<'_>, format: &dyn Format) -> Table {
    let columns = ["Closed", "Deals", "Value"];
    let mut table = Table::new("Won deals by closing month", &columns);
    let mut sum = Tally::default();
    let cells = |name: Cell, tally: Tally, days: Span| {
        let key = links.to(tally.count, Forecast::behind_won(links.scope, days, None));
        vec![
            name,
            Cell::count(tally.count, format).picking(key.clone()),
            Cell::value(tally, format).picking(key),
        ]
    };
    for row in &stats.won {
        sum.add_tally(row.all);
        table.push(cells(won_name(row, format), row.all, row.days));
    }
    table.push_total(cells(Cell::name("Total"), sum, links.scope.span));
    table
}

fn won_by_process(stats: &Forecast, links: &Links<'_>, format: &dyn Format) -> Table {
    let mut columns = vec!["Closed"];
    columns.extend(stats.processes.iter().map(|whose| whose.name.as_str()));
    let mut table = Table::new("Won value by sales process", &columns);
    let cells = |name: Cell, tallies: &[Tally], days: Span| {
        let mut cells = vec![name];
        for (whose, tally) in stats.processes.iter().zip(tallies) {
            let behind = Forecast::behind_won(links.scope, days, Some(whose.process));
            let key = links.to(tally.count, behind);
            cells.push(Cell::value(*tally, format).picking(key));
        }
        cells
    };
    let mut sums = vec![Tally::default(); stats.processes.len()];
    for row in &stats.won {
        let parts = sums.iter_mut().zip(&row.by_process);
        parts.for_each(|(sum, part)| sum.add_tally(*part));
        table.push(cells(won_name(row, format), &row.by_process, row.days));
    }
    table.push_total(cells(Cell::name("Total"), &sums, links.scope.span));
    table
}
