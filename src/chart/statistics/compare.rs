//! Processes, owners and the like side by side (§7.8).

use super::rows::{Bar, Bars, Head, Row, Rows, height_px, options};
use super::{Drawing, Links, length_of, without_value};
use crate::chart::figures::{Cell, Fact, Table};
use crate::chart::format::Format;
use crate::chart::text::wrapped;
use crate::domain::read::statistics::compare::{By, Compared, Comparison, Measure};
use crate::domain::record::deal::Outcome;
use crate::domain::value::money::Total;

/// How the figures are counted.
pub const COMPARE_RULE: &[&str] = &[
    "Open deals are those of now; won and lost ones those closed in the period.",
    "The win rate is won ÷ (won + lost); one of fewer than 10 deals says of how many it is.",
    "The average won value is that of the won deals whose value is known; the days to close run from creation to closing, of won deals.",
    "Velocity is open deals × average won value × win rate ÷ average days to close: the value that a day brings.",
    "The drawing shows the first 40 by the measure they are sorted by, the figures show all.",
];

/// How many rows the drawing shows at most.
const MOST: usize = 40;
/// Of a row, in pixels.
const ROW_PX: u32 = 26;
/// The thickness of a bar, in pixels.
const BAR_PX: u32 = 16;

/// The height the drawing reads best at, in CSS pixels.
pub fn compare_height_px(stats: &Comparison) -> u32 {
    height_px(stats.rows.len().min(MOST), ROW_PX, true)
}

/// The options of the drawing of a measure, as JSON; names alone are not drawn,
/// and the default stands for them.
pub fn compare_options(
    stats: &Comparison,
    measure: Measure,
    links: &Links<'_>,
    drawing: &Drawing<'_>,
) -> String {
    let (format, palette) = (drawing.format, drawing.palette);
    let measure = match measure {
        Measure::Name => Measure::default(),
        measure => measure,
    };
    let mut most = 0.0_f64;
    let mut bars = Vec::new();
    let mut rows = Vec::new();
    for row in stats.rows.iter().take(MOST) {
        let number = row.number(measure).map(length_of);
        most = most.max(number.unwrap_or_default());
        let cell = cell(row, stats.by, measure, links, format);
        bars.push(Bar {
            length: number.filter(|number| *number > 0.0),
            label: String::new(),
            color: row.color.map(|color| palette.process(color).to_owned()),
        });
        rows.push(Row {
            name: row.name.clone(),
            end: cell.text.clone(),
            // What stands for several lists leads to the open deals.
            key: cell
                .key
                .or_else(|| links.to(row.open.all.count, row.behind_open(stats.by, links.scope))),
            tooltip: vec![
                wrapped(&row.name),
                format!("{}: {}", measure.title(), cell.text),
            ],
            ..Row::default()
        });
    }
    let bars = Bars {
        id: "measure",
        name: measure.title(),
        color: palette.accent.clone(),
        opacity: 1.0,
        thickness_px: BAR_PX,
        bars,
    };
    let rows = Rows {
        rows,
        bars: vec![bars],
        most,
        most_narrow: most,
        group: 1,
        head: Head::Title(measure.title()),
    };
    options(rows, drawing)
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
