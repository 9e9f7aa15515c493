//! Which pieces of work go with winning (§7.5).

use super::rows::{Bar, Bars, Head, Row, Rows, height_px, options};
use super::{Drawing, Links, leading, without_value};
use crate::chart::figures::{Cell, Fact, NOTHING, Table};
use crate::chart::format::{Format, points, rate};
use crate::chart::text::wrapped;
use crate::domain::read::statistics::sub_stages::{SubStageRow, SubStages};
use crate::domain::record::deal::Outcome;
use crate::domain::value::order::sort_by;

/// How the figures are counted.
pub const SUB_STAGES_RULE: &[&str] = &[
    "The share of the deals won, and of those lost, in the period in which each sub-stage was ticked when they were closed; outdated deals are left out.",
    "The difference is the share of the won deals less that of the lost ones, in percentage points. That a tick goes with winning does not say that it is the cause.",
    "A share of fewer than 10 deals says little, and says of how many it is.",
    "A required sub-stage is lacking in the open deals in which it is not ticked now.",
    "The drawing shows the 40 sub-stages that differ most, the figures show all.",
];

/// How many sub-stages the drawing shows at most: those that differ most.
const MOST: usize = 40;
/// Of a row, in pixels.
const ROW_PX: u32 = 19;
/// The thickness of a bar, in pixels.
const BAR_PX: u32 = 13;

/// The height the drawing reads best at, in CSS pixels.
pub fn sub_stages_height_px(stats: &SubStages) -> u32 {
    height_px(2 * drawn(stats).len(), ROW_PX, true)
}

/// The sub-stages that are drawn, in their order.
fn drawn(stats: &SubStages) -> Vec<&SubStageRow> {
    let mut rows: Vec<(usize, &SubStageRow)> = stats.rows.iter().enumerate().collect();
    if rows.len() > MOST {
        let apart = |row: &SubStageRow| row.difference().map(i32::unsigned_abs);
        sort_by(&mut rows, &|a, b| apart(b.1).cmp(&apart(a.1)));
        rows.truncate(MOST);
        sort_by(&mut rows, &|a, b| a.0.cmp(&b.0));
    }
    rows.into_iter().map(|(_, row)| row).collect()
}

/// The options of the drawing, as JSON.
pub fn sub_stages_options(stats: &SubStages, links: &Links<'_>, drawing: &Drawing<'_>) -> String {
    let (scope, format, palette) = (links.scope, drawing.format, drawing.palette);
    let mut rows = Vec::new();
    let mut won = Vec::new();
    let mut lost = Vec::new();
    for row in drawn(stats) {
        let difference = row
            .difference()
            .map_or_else(|| NOTHING.to_owned(), |it| points(i64::from(it), format));
        let name = row.name.as_str();
        let required = if row.required { " (required)" } else { "" };
        for (outcome, share) in [(Outcome::Won, row.won), (Outcome::Lost, row.lost)] {
            let is_first = outcome == Outcome::Won;
            let of = outcome.title().to_lowercase();
            let text = rate(share, format);
            let text = text.unwrap_or_else(|| NOTHING.to_owned());
            let (own, other) = if is_first {
                (&mut won, &mut lost)
            } else {
                (&mut lost, &mut won)
            };
            own.push(Bar {
                length: Some(f64::from(share.permille().unwrap_or_default())),
                label: text.clone(),
                color: None,
            });
            other.push(Bar::default());
            let behind = stats.behind_ticked(scope, outcome, row.sub_stage);
            rows.push(Row {
                name: if is_first {
                    name.to_owned()
                } else {
                    row.stage.to_string()
                },
                muted: !is_first,
                end: if is_first {
                    difference.clone()
                } else {
                    String::new()
                },
                key: links.to(share.part, behind),
                tooltip: vec![
                    wrapped(&format!("{name}{required}")),
                    format!("Ticked in {} of the {of} deals", format.count(share.part)),
                    format!("{}: {text}", outcome.title()),
                    format!("Difference {difference} points"),
                ],
            });
        }
    }
    let bars = |outcome: Outcome, id, bars| Bars {
        id,
        name: outcome.title(),
        color: palette.outcome(outcome).to_owned(),
        opacity: 1.0,
        thickness_px: BAR_PX,
        bars,
    };
    let head = match rows.is_empty() {
        true => Head::Title("The process has no sub-stages"),
        false => Head::Legend("Difference in points"),
    };
    let rows = Rows {
        rows,
        bars: vec![
            bars(Outcome::Won, "won", won),
            bars(Outcome::Lost, "lost", lost),
        ],
        most: FULL,
        most_narrow: FULL_NARROW,
        group: 2,
        head,
    };
    options(rows, drawing)
}

/// The whole width: all deals, and room for what stands beyond the end.
const FULL: f64 = 1120.0;
/// The same where it is narrow.
const FULL_NARROW: f64 = 1650.0;

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
    facts.extend(without_value(stats.lacking_unvalued, format));
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
