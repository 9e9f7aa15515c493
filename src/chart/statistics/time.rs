//! How long deals take (§7.4): in each stage, and until they are closed.

use super::{Drawing, Links, leading};
use crate::chart::figures::{Cell, Fact, Table};
use crate::chart::format::{Format, length, tenths_of_days};
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

/// The height the drawing of the stages reads best at, in CSS pixels.
pub fn time_height_px(stats: &Times) -> u32 {
    let rows = u32::try_from(stats.stages.len()).unwrap_or(u32::MAX);
    rows.saturating_mul(48).saturating_add(40)
}

/// The options of the drawing of the stages, as JSON.
pub fn time_options(_stats: &Times, _links: &Links<'_>, _drawing: &Drawing<'_>) -> String {
    String::new()
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
    120
}

/// The options of the drawing of the days to close, of all deals or those of a
/// process, as JSON.
pub fn close_options(
    _stats: &TimesToClose,
    _process: Option<ProcessId>,
    _links: &Links<'_>,
    _drawing: &Drawing<'_>,
) -> String {
    String::new()
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
            facts.push(Fact::new(&format!("{title}, average"), "–".to_owned()));
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
