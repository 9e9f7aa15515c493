//! Open deals of one process by stage: a bar per stage, as long as it has
//! deals, with count and value at its end. Counts and not values, because
//! values may be unknown and one big deal would hide all others.

use charming::element::{BackgroundStyle, ItemStyle};
use charming::series::Bar;
use serde_json::json;

use super::figures::{Cell, Fact, Table};
use super::format::{Format, brief_money, days, deals};
use super::options::{ChartPart, finish, hidden_scale, hit_areas, hit_data, lying, whole};
use super::palette::Palette;
use super::text::{literal, wrapped};
use crate::domain::read::stats::{OpenStats, OpenTally, StageRow};
use crate::domain::record::progress::CurrentStage;
use crate::domain::record::terms::BLANK;

/// Of a row, in pixels, where there are few of them.
const ROW_PX: u32 = 26;
/// Of a row, in pixels, where there are many: as low as its names can be read.
const LOW_ROW_PX: u32 = 19;
/// The height that few rows fill, and many rows stay within if they can.
const USUAL_PX: u32 = 120;

/// What a click on a stage reports, and the address says: its id, or `none`
/// for deals in no (known) stage.
pub fn stage_key(stage: CurrentStage) -> String {
    stage
        .id()
        .map_or_else(|| BLANK.to_owned(), |id| id.to_string())
}

/// What picking the deals without a next step reports.
pub const WITHOUT_STEP: &str = "without-step";

/// The height the chart reads best at, in CSS pixels.
pub fn open_height_px(stats: &OpenStats) -> u32 {
    let rows = u32::try_from(stats.rows.len()).unwrap_or(u32::MAX).max(1);
    let row_px = (USUAL_PX / rows).clamp(LOW_ROW_PX, ROW_PX);
    rows.saturating_mul(row_px).max(USUAL_PX)
}

/// The options of the chart, as JSON.
pub fn open_options(
    stats: &OpenStats,
    palette: &Palette,
    format: &impl Format,
    reduced_motion: bool,
) -> String {
    let rows = &stats.rows;
    let most = rows
        .iter()
        .map(|row| row.tally.all.count)
        .max()
        .unwrap_or(0);
    let names = rows
        .iter()
        .map(|row| row.name.as_str().to_owned())
        .collect();
    let ends = rows.iter().map(|row| end_label(row, format)).collect();
    let parts: Vec<ChartPart> = rows
        .iter()
        .map(|row| ChartPart {
            key: stage_key(row.stage),
            tooltip: tooltip(row, format),
        })
        .collect();
    let bars = Bar::new()
        .id("deals")
        .bar_width("60%")
        .show_background(true)
        .background_style(
            BackgroundStyle::new()
                .color(palette.line.as_str())
                .opacity(0.35)
                .border_radius(3),
        )
        .item_style(
            ItemStyle::new()
                .color(palette.process(stats.color))
                .border_radius(3),
        )
        .data(
            rows.iter()
                .map(|row| whole(row.tally.all.count))
                .collect::<Vec<i64>>(),
        );
    let scale = hidden_scale(most);
    let chart = lying((palette, reduced_motion), 0, scale, (names, ends))
        .series(bars)
        .series(hit_areas(palette, &parts));
    let extra = json!({
        "yAxis": [{ "axisLabel": { "width": 190, "overflow": "truncate" } }],
        "series": [{ "barMaxWidth": 22, "silent": true }, { "data": hit_data(parts) }],
        "media": [
            { "query": { "maxWidth": 480 }, "option": { "yAxis": [{ "axisLabel": { "width": 112 } }, {}] } },
            { "option": { "yAxis": [{ "axisLabel": { "width": 190 } }, {}] } },
        ],
    });
    finish(&chart, palette, extra)
}

/// How the figures are counted.
pub const OPEN_RULE: &[&str] = &[
    "Open deals are counted in the stage they are in now; an imported deal whose stage is not known, as “Stage unknown”.",
    "Value adds up the known values. A deal without one is counted, and adds nothing.",
    "Weighted value is value × chance, added up exactly and rounded once, at the end.",
    "The average age runs from the creation of each deal to today.",
    "Attention counts the deals that are stale, whose expected close is past, or whose next step is overdue.",
    "No step counts the deals for which no next step is set.",
];

/// The few figures that say most.
pub fn open_facts(stats: &OpenStats, format: &impl Format) -> Vec<Fact> {
    let all = stats.total.all;
    let mut facts = vec![Fact::new("Deals", format.count(all.count))];
    if all.has_value() {
        let label = match all.unknown_value {
            0 => "Value".to_owned(),
            unknown => format!("Value, {} unknown", format.count(unknown)),
        };
        let weighted = stats.total.weighted.rounded();
        facts.push(Fact::new(&label, brief_money(all.value, format)));
        facts.push(Fact::new("Weighted", brief_money(weighted, format)));
    }
    if let Some(age) = stats.average_age_days {
        facts.push(Fact::new("Avg. age", days(age, format)));
    }
    if stats.attention > 0 {
        facts.push(Fact::new("Attention", format.count(stats.attention)));
    }
    let without_step = stats.without_step.count;
    if without_step > 0 {
        let fact = Fact::new("No step", format.count(without_step));
        facts.push(fact.picking(WITHOUT_STEP));
    }
    facts
}

/// All figures of a process's open deals.
pub fn open_tables(stats: &OpenStats, format: &impl Format) -> Vec<Table> {
    let mut table = Table::new(
        "Deals by stage",
        &["Stage", "Deals", "Value", "Weighted value"],
    );
    for row in &stats.rows {
        let name = Cell::name(row.name.as_str()).picking(Some(stage_key(row.stage)));
        table.push(cells_of(name, row.tally, format));
    }
    table.push_total(cells_of(Cell::name("Total"), stats.total, format));
    let mut tables = vec![table];
    if stats.without_step.count > 0 {
        let mut table = Table::new("Next steps", &["Next step", "Deals", "Value"]);
        let tally = stats.without_step;
        table.push(vec![
            Cell::name("None").picking(Some(WITHOUT_STEP.to_owned())),
            Cell::count(tally.count, format),
            Cell::value(tally, format),
        ]);
        tables.push(table);
    }
    tables
}

fn cells_of(name: Cell, tally: OpenTally, format: &impl Format) -> Vec<Cell> {
    vec![
        name,
        Cell::count(tally.all.count, format),
        Cell::value(tally.all, format),
        Cell::weighted(tally, format),
    ]
}

fn end_label(row: &StageRow, format: &impl Format) -> String {
    let all = row.tally.all;
    let count = format.count(all.count);
    if !all.has_value() {
        return count;
    }
    format!("{count} · {}", brief_money(all.value, format))
}

fn tooltip(row: &StageRow, format: &impl Format) -> String {
    let all = row.tally.all;
    let mut lines = vec![wrapped(row.name.as_str()), deals(all.count, format)];
    if all.has_value() {
        lines.push(format!("Value {}", format.money(all.value)));
        lines.push(format!(
            "Weighted {}",
            format.money(row.tally.weighted.rounded())
        ));
    }
    if all.unknown_value > 0 {
        lines.push(format!(
            "Value unknown: {}",
            deals(all.unknown_value, format)
        ));
    }
    literal(&lines.join("\n"))
}
