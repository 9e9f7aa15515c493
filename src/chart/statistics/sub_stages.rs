//! Which pieces of work go with winning (§7.5).

use super::{Drawing, Links, leading, without_value};
use crate::chart::figures::{Cell, Fact, Table};
use crate::chart::format::{Format, points};
use crate::domain::read::statistics::sub_stages::{SubStageRow, SubStages};
use crate::domain::record::deal::Outcome;

/// How the figures are counted.
pub const SUB_STAGES_RULE: &[&str] = &[
    "The share of the deals won, and of those lost, in the period in which each sub-stage was ticked when they were closed; outdated deals are left out.",
    "The difference is the share of the won deals less that of the lost ones, in percentage points. That a tick goes with winning does not say that it is the cause.",
    "A share of fewer than 10 deals says little, and says of how many it is.",
    "A required sub-stage is lacking in the open deals in which it is not ticked now.",
];

/// The height the drawing reads best at, in CSS pixels.
pub fn sub_stages_height_px(stats: &SubStages) -> u32 {
    let rows = u32::try_from(stats.rows.len()).unwrap_or(u32::MAX);
    rows.saturating_mul(36).saturating_add(40)
}

/// The options of the drawing, as JSON.
pub fn sub_stages_options(
    _stats: &SubStages,
    _links: &Links<'_>,
    _drawing: &Drawing<'_>,
) -> String {
    String::new()
}

/// The few figures that say most.
pub fn sub_stages_facts(stats: &SubStages, links: &Links<'_>, format: &dyn Format) -> Vec<Fact> {
    let mut facts = Vec::new();
    for (outcome, count) in [(Outcome::Won, stats.won), (Outcome::Lost, stats.lost)] {
        let key = links.to(count, stats.behind_closed(links.scope, outcome));
        facts.push(leading(outcome.title(), format.count(count), key));
    }
    let key = links.to(stats.open, stats.behind_open(links.scope));
    facts.push(leading("Open", format.count(stats.open), key));
    if let Some(row) = stats.most_telling()
        && let Some(difference) = row.difference()
    {
        let points = points(i64::from(difference), format);
        let value = format!("{}, {points} points", row.name);
        facts.push(Fact::new("Tells most", value));
    }
    let lacking = required(stats).map(|row| row.lacking.unknown_value);
    facts.extend(without_value(lacking.max().unwrap_or(0), format));
    facts
}

/// All figures: how often each was ticked, and in how many open deals the
/// required ones are lacking.
pub fn sub_stages_tables(stats: &SubStages, links: &Links<'_>, format: &dyn Format) -> Vec<Table> {
    let columns = [
        "Sub-stage",
        "Stage",
        "Won with it",
        "Of the won",
        "Lost with it",
        "Of the lost",
        "Difference in points",
    ];
    let mut ticked = Table::new("Ticked in won and in lost deals", &columns);
    for row in &stats.rows {
        let key = |outcome, count| {
            let behind = stats.behind_ticked(links.scope, outcome, row.sub_stage);
            links.to(count, behind)
        };
        let won = key(Outcome::Won, row.won.part);
        let lost = key(Outcome::Lost, row.lost.part);
        let both = links.to(
            row.difference().map_or(0, |_| 1),
            stats.behind_decided(links.scope),
        );
        ticked.push(vec![
            Cell::name(row.name.as_str()),
            Cell::name(row.stage.as_str()),
            Cell::count(row.won.part, format).picking(won.clone()),
            Cell::rate(row.won, format).picking(won),
            Cell::count(row.lost.part, format).picking(lost.clone()),
            Cell::rate(row.lost, format).picking(lost),
            Cell::points(row.difference(), format).picking(both),
        ]);
    }
    let columns = ["Sub-stage", "Stage", "Open deals without it", "Their value"];
    let mut lacking = Table::new("Required sub-stages that open deals lack", &columns);
    for row in required(stats) {
        let behind = stats.behind_lacking(links.scope, row.sub_stage);
        let key = links.to(row.lacking.count, behind);
        lacking.push(vec![
            Cell::name(row.name.as_str()),
            Cell::name(row.stage.as_str()),
            Cell::count(row.lacking.count, format).picking(key.clone()),
            Cell::value(row.lacking, format).picking(key),
        ]);
    }
    let mut tables = vec![ticked];
    if !lacking.rows.is_empty() {
        tables.push(lacking);
    }
    tables
}

fn required(stats: &SubStages) -> impl Iterator<Item = &SubStageRow> {
    stats.rows.iter().filter(|row| row.required)
}
