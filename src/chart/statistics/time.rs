//! How long deals take (§7.4): in each stage, and until they are closed.

use super::rows::{Bar, Bars, Head, Row, Rows, height_px, options};
use super::{Drawing, Links, leading, length_of};
use crate::chart::figures::{Cell, Fact, NOTHING, Table};
use crate::chart::format::{Format, deals, length, tenths_of_days};
use crate::chart::text::wrapped;
use crate::domain::read::statistics::Spread;
use crate::domain::read::statistics::time::{DaysToClose, Times, TimesToClose};
use crate::domain::record::deal::Outcome;
use crate::domain::value::id::ProcessId;
use crate::domain::value::money::{div_half_away, plain_decimal};

/// How the figures are counted.
pub const TIME_RULE: &[&str] = &[
    "The time in a stage is all the time a deal has spent there, of deals created in the period: of those that have left the stage, and of the open ones that are in it now.",
    "Half of the deals take no longer than the median, nine of ten no longer than the 90th percentile (nearest rank).",
    "Days to close run from a deal’s creation to its closing date, of deals closed in the period; outdated deals are left out.",
];

/// Of a row, in pixels.
const ROW_PX: u32 = 19;
/// The thickness of a bar, in pixels.
const BAR_PX: u32 = 12;
/// A space as wide as a digit.
const FILLER: &str = "\u{2007}";
/// How much the 90th percentile covers of what lies under it.
const PALE: f64 = 0.35;

/// The height the drawing of the stages reads best at, in CSS pixels.
pub fn time_height_px(stats: &Times) -> u32 {
    height_px(3 * stats.stages.len(), ROW_PX, true)
}

/// The options of the drawing of the stages, as JSON.
pub fn time_options(stats: &Times, links: &Links<'_>, drawing: &Drawing<'_>) -> String {
    let (scope, format, palette) = (links.scope, drawing.format, drawing.palette);
    let mut times = Lengths::default();
    for stage in &stats.stages {
        let name = stage.name.as_str();
        times.head(name);
        let left = links.to(stage.left.count, stats.behind_left(scope, stage.stage));
        let here = stats.behind_present(scope, stage.stage);
        let here = links.to(stage.present_count, here);
        let color = palette.process(stats.whose.color);
        for (what, count, spread, color, key) in [
            ("Left it", stage.left.count, stage.left, color, left),
            (
                "In it now",
                stage.present_count,
                stage.present,
                &palette.outdated,
                here,
            ),
        ] {
            let text = |minutes: Option<i64>| {
                minutes.map_or_else(|| NOTHING.to_owned(), |minutes| length(minutes, format))
            };
            let (median, ninetieth) = (text(spread.median), text(spread.ninetieth));
            let row = Row {
                name: format!("{what}: {}", format.count(count)),
                muted: true,
                end: both(&median, &ninetieth),
                key,
                tooltip: vec![
                    wrapped(name),
                    format!("{what}: {}", deals(count, format)),
                    format!("Median {median}"),
                    format!("90th percentile {ninetieth}"),
                ],
            };
            times.push(row, spread, color);
        }
    }
    times.options(3, palette.process(stats.whose.color), drawing)
}

/// What stands beside a row: the median, and the 90th percentile where it is
/// another text. What they are in is said once.
fn both(median: &str, ninetieth: &str) -> String {
    let (number, unit) = median.rsplit_once(' ').unwrap_or((median, ""));
    match ninetieth.rsplit_once(' ') {
        _ if median == ninetieth => median.to_owned(),
        Some((_, other)) if other == unit => format!("{number} · {ninetieth}"),
        _ => format!("{median} · {ninetieth}"),
    }
}

/// Rows of medians that lie over the 90th percentiles.
#[derive(Default)]
struct Lengths {
    rows: Vec<Row>,
    medians: Vec<Bar>,
    ninetieths: Vec<Bar>,
    most: i64,
}

impl Lengths {
    /// A name for the rows that follow.
    fn head(&mut self, name: &str) {
        self.rows.push(Row {
            name: name.to_owned(),
            ..Row::default()
        });
        self.medians.push(Bar::default());
        self.ninetieths.push(Bar::default());
    }

    fn push(&mut self, row: Row, spread: Spread, color: &str) {
        let bar = |length: Option<i64>| Bar {
            length: length.map(|length| length_of(i128::from(length))),
            label: String::new(),
            color: Some(color.to_owned()),
        };
        self.rows.push(row);
        self.medians.push(bar(spread.median));
        self.ninetieths.push(bar(spread.ninetieth));
        self.most = self.most.max(spread.ninetieth.unwrap_or_default());
    }

    fn options(mut self, group: usize, color: &str, drawing: &Drawing<'_>) -> String {
        // Of many rows ECharts measures but every third: those of the names,
        // so they take as much room as the figures.
        let widest = self.rows.iter().map(|row| row.end.chars().count()).max();
        for row in self.rows.iter_mut().filter(|row| row.end.is_empty()) {
            row.end = FILLER.repeat(widest.unwrap_or_default());
        }
        let bars = |id, name, opacity, bars| Bars {
            id,
            name,
            color: color.to_owned(),
            opacity,
            thickness_px: BAR_PX,
            bars,
        };
        let head = match self.rows.is_empty() {
            true => Head::Title("The process has no stages"),
            false => Head::Legend(""),
        };
        let rows = Rows {
            rows: self.rows,
            bars: vec![
                bars("median", "Median", 1.0, self.medians),
                bars("ninetieth", "90th percentile", PALE, self.ninetieths),
            ],
            most: length_of(i128::from(self.most)),
            most_narrow: length_of(i128::from(self.most)),
            group,
            head,
        };
        options(rows, drawing)
    }
}

/// The few figures that say most of a process.
pub fn time_facts(stats: &Times, links: &Links<'_>, format: &dyn Format) -> Vec<Fact> {
    close_facts(&stats.close, Some(stats.whose.process), links, format)
}

/// All figures of a process.
pub fn time_tables(stats: &Times, links: &Links<'_>, format: &dyn Format) -> Vec<Table> {
    let columns = [
        "Stage",
        "Left it",
        "Median",
        "90th percentile",
        "In it now",
        "Median now",
        "90th percentile now",
    ];
    let mut table = Table::new("Time in each stage", &columns);
    let time = |minutes: Option<i64>| {
        minutes.map_or_else(Cell::nothing, |minutes| {
            Cell::number(length(minutes, format), plain_days(minutes))
        })
    };
    for row in &stats.stages {
        let left = stats.behind_left(links.scope, row.stage);
        let left = links.to(row.left.count, left);
        let present = stats.behind_present(links.scope, row.stage);
        let present = links.to(row.present_count, present);
        table.push(vec![
            Cell::name(row.name.as_str()),
            Cell::count(row.left.count, format).picking(left.clone()),
            time(row.left.median).picking(left.clone()),
            time(row.left.ninetieth).picking(left),
            Cell::count(row.present_count, format).picking(present.clone()),
            time(row.present.median).picking(present.clone()),
            time(row.present.ninetieth).picking(present),
        ]);
    }
    let mut tables = close_tables(&stats.close, Some(stats.whose.process), links, format);
    tables.insert(0, table);
    tables
}

/// The height the drawing of the days to close reads best at, in CSS pixels.
pub fn close_height_px() -> u32 {
    height_px(2, 2 * ROW_PX, true)
}

/// The options of the drawing of the days to close, of all deals or those of a
/// process, as JSON.
pub fn close_options(
    stats: &TimesToClose,
    process: Option<ProcessId>,
    links: &Links<'_>,
    drawing: &Drawing<'_>,
) -> String {
    let (format, palette) = (drawing.format, drawing.palette);
    let mut times = Lengths::default();
    for (outcome, closed) in decided(stats) {
        let behind = TimesToClose::behind(links.scope, outcome, process);
        let count = closed.mean.count;
        let text = |days: Option<i64>| {
            days.map_or_else(
                || NOTHING.to_owned(),
                |days| tenths_of_days(days * 10, format),
            )
        };
        let (median, ninetieth) = (text(closed.spread.median), text(closed.spread.ninetieth));
        let row = Row {
            name: format!("{}: {}", outcome.title(), format.count(count)),
            end: both(&median, &ninetieth),
            key: links.to(count, behind),
            tooltip: vec![
                format!("{}: {}", outcome.title(), deals(count, format)),
                format!("Median {median}"),
                format!("90th percentile {ninetieth}"),
            ],
            ..Row::default()
        };
        times.push(row, closed.spread, palette.outcome(outcome));
    }
    times.options(1, &palette.muted, drawing)
}

/// The few figures that say most of the days to close.
pub fn close_facts(
    stats: &TimesToClose,
    process: Option<ProcessId>,
    links: &Links<'_>,
    format: &dyn Format,
) -> Vec<Fact> {
    let mut facts = Vec::new();
    for (outcome, times) in decided(stats) {
        let title = outcome.title();
        let Some(tenths) = times.mean.tenths() else {
            facts.push(Fact::new(&format!("{title}, average"), NOTHING.to_owned()));
            continue;
        };
        let behind = TimesToClose::behind(links.scope, outcome, process);
        let key = links.to(times.mean.count, behind);
        let mean = tenths_of_days(tenths, format);
        facts.push(leading(&format!("{title}, average"), mean, key));
        if let Some(median) = times.spread.median {
            let median = tenths_of_days(median * 10, format);
            facts.push(Fact::new(&format!("{title}, median"), median));
        }
    }
    facts
}

/// All figures of the days to close.
pub fn close_tables(
    stats: &TimesToClose,
    process: Option<ProcessId>,
    links: &Links<'_>,
    format: &dyn Format,
) -> Vec<Table> {
    let columns = ["Deals", "Closed", "Average", "Median", "90th percentile"];
    let mut table = Table::new("Days from creation to closing", &columns);
    for (outcome, times) in decided(stats) {
        let behind = TimesToClose::behind(links.scope, outcome, process);
        let key = links.to(times.mean.count, behind);
        let days = |days: Option<i64>| {
            days.map_or_else(Cell::nothing, |days| {
                Cell::number(format.tenths(days.saturating_mul(10)), days.to_string())
            })
        };
        table.push(vec![
            Cell::name(outcome.title()),
            Cell::count(times.mean.count, format).picking(key.clone()),
            Cell::mean_days(times.mean, format).picking(key.clone()),
            days(times.spread.median).picking(key.clone()),
            days(times.spread.ninetieth).picking(key),
        ]);
    }
    vec![table]
}

/// Won and lost deals.
fn decided(stats: &TimesToClose) -> impl Iterator<Item = (Outcome, DaysToClose)> {
    let of = |outcome| Some((outcome, stats.of(outcome)?));
    Outcome::ALL.into_iter().filter_map(of)
}

/// Minutes as days with three decimals, for machines.
fn plain_days(minutes: i64) -> String {
    const DAY: i128 = 24 * 60;
    plain_decimal(div_half_away(i128::from(minutes) * 1000, DAY), 3)
}
