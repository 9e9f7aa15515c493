//! Closed deals of one process by month: a column per month of won, lost and
//! outdated deals on top of each other.

use charming::component::{Grid, Legend};
use charming::element::{
    AxisLabel, BoundaryGap, Emphasis, Icon, ItemStyle, LineStyle, SplitLine, TextStyle,
};
use charming::series::Bar;
use serde_json::json;

use super::figures::{Cell, Fact, Table};
use super::format::{Format, brief_money, days, known_value, win_rate, win_rate_by_value};
use super::options::{
    ChartPart, canvas, finish, hidden_scale, hit_areas, hit_data, label, names_axis, ticks, whole,
};
use super::palette::Palette;
use super::text::{literal, width_px};
use crate::domain::read::stats::{ClosedPart, ClosedStats, MonthRow, Outcomes, Tally};
use crate::domain::record::deal::Outcome;

/// How many months, the last ones, the chart shows; the figures have them all.
pub const CHART_MONTHS: usize = 36;

/// The height the chart reads best at, in CSS pixels.
pub fn closed_height_px() -> u32 {
    140
}

/// The options of the chart, as JSON. A click on a month reports its key, where
/// the deals can be picked `by_month`.
pub fn closed_options(
    stats: &ClosedStats,
    by_month: bool,
    palette: &Palette,
    format: &impl Format,
    reduced_motion: bool,
) -> String {
    let hidden = stats.months.len().saturating_sub(CHART_MONTHS);
    let months = stats.months.get(hidden..).unwrap_or_default();
    let most = months
        .iter()
        .map(|row| row.outcomes.all().count)
        .max()
        .unwrap_or(0);
    let lines = ticks(most);
    let top = lines.last().copied().unwrap_or(1);
    let parts: Vec<ChartPart> = months
        .iter()
        .map(|row| ChartPart {
            key: month_key(row, by_month).unwrap_or_default(),
            tooltip: tooltip(row, format),
        })
        .collect();
    let shown: Vec<Outcome> = Outcome::ALL
        .into_iter()
        .filter(|outcome| stats.total.of(*outcome).count > 0)
        .collect();
    let names: Vec<String> = months.iter().map(|row| format.month(row.month)).collect();
    // Labels of a scale would be written in ECharts' own way; an axis of names
    // that spans the same height shows them in the account's.
    let scale_names = lines.iter().map(|line| format.count(*line)).collect();
    let scale = names_axis(scale_names)
        .boundary_gap(BoundaryGap::CategoryAxis(false))
        .position("left")
        .axis_label(label(&palette.muted).interval(0))
        .split_line(
            SplitLine::new()
                .show(true)
                .line_style(LineStyle::new().color(palette.line.as_str()).width(1)),
        );
    let mut chart = canvas(palette, reduced_motion)
        .legend(legend(&shown, palette))
        .grid(
            Grid::new()
                .left(0)
                .right(room_after(&names))
                .top(28)
                .bottom(0)
                .contain_label(true),
        )
        .x_axis(names_axis(names.clone()).axis_label(label(&palette.muted)))
        .x_axis(names_axis(names).axis_label(AxisLabel::new().show(false)))
        .y_axis(hidden_scale(top))
        .y_axis(hidden_scale(1))
        .y_axis(scale);
    // All three always: ECharts joins new options with those before, and keeps
    // what they do not name.
    for outcome in Outcome::ALL {
        chart = chart.series(columns(outcome, months, palette));
    }
    chart = chart.series(hit_areas(palette, &parts));
    let mut series = vec![json!({ "barMaxWidth": 28, "silent": true }); Outcome::ALL.len()];
    series.push(json!({ "data": hit_data(parts) }));
    finish(
        &chart,
        palette,
        json!({ "xAxis": [{ "axisLabel": { "hideOverlap": true } }], "series": series }),
    )
}

/// The room after the last month, in pixels. Names stand in the middle of
/// their columns and reach beyond narrow ones, and what reaches beyond the
/// drawing is cut.
fn room_after(names: &[String]) -> i64 {
    // The least width of a drawing, without the scale.
    const DRAWING_PX: i64 = 240;
    let last_px = names.last().map_or(0, |name| width_px(name));
    let column_px = DRAWING_PX / whole(names.len().max(1));
    ((last_px - column_px) / 2 + 1).max(8)
}

/// What picking a month picks, where that can be.
fn month_key(row: &MonthRow, by_month: bool) -> Option<String> {
    by_month.then(|| ClosedPart::Month(row.month).key())
}

/// What picking so many deals picks: nothing where there is none.
fn key_of(count: usize, part: ClosedPart) -> Option<String> {
    (count > 0).then(|| part.key())
}

/// How the figures are counted.
pub const CLOSED_RULE: &[&str] = &[
    "Closed deals stand in the month of their closing date. The drawing shows the last 36 months, the figures show all.",
    "Value adds up the known values. A deal without one is counted, and adds nothing.",
    "The win rate is won ÷ (won + lost), by the number of deals and by their value; outdated deals are left out.",
    "The time to win runs from a deal’s creation to its closing date, of won deals: the average, and the median, which half of them don’t exceed.",
    "A lost deal’s furthest stage is the latest, in the process’s present order, in which it has stayed.",
];

/// The few figures that say most.
pub fn closed_facts(stats: &ClosedStats, format: &impl Format) -> Vec<Fact> {
    let total = stats.total;
    let mut facts: Vec<Fact> = Outcome::ALL
        .into_iter()
        .map(|outcome| {
            let tally = total.of(outcome);
            let count = format.count(tally.count);
            let text = match tally.has_value() {
                true => format!("{count} · {}", brief_money(tally.value, format)),
                false => count,
            };
            Fact {
                key: key_of(tally.count, ClosedPart::Outcome(outcome)),
                ..Fact::new(outcome.title(), text)
            }
        })
        .collect();
    if let Some(rate) = win_rate(&total, format) {
        facts.push(Fact::new("Win rate", rate));
    }
    if let Some(rate) = win_rate_by_value(&total, format) {
        facts.push(Fact::new("By value", rate));
    }
    if let Some(average) = stats.average_days_to_win {
        facts.push(Fact::new("Time to win", days(average, format)));
    }
    if let Some(median) = stats.median_days_to_win {
        facts.push(Fact::new("Median", days(median, format)));
    }
    facts
}

/// All figures of a process's closed deals, which can be picked `by_month` or
/// not.
pub fn closed_tables(stats: &ClosedStats, by_month: bool, format: &impl Format) -> Vec<Table> {
    let mut tables = vec![months_table(stats, by_month, format)];
    tables.extend(days_table(stats, format));
    if stats.total.lost.count > 0 {
        tables.push(furthest_table(stats, format));
    }
    tables.push(reasons_table(stats, format));
    tables
}

fn legend(shown: &[Outcome], palette: &Palette) -> Legend {
    Legend::new()
        .top(0)
        .left(0)
        .item_width(10)
        .item_height(10)
        .text_style(TextStyle::new().color(palette.muted.as_str()).font_size(12))
        .inactive_color(palette.line.as_str())
        .data(
            shown
                .iter()
                .map(|outcome| charming::component::LegendItem {
                    name: outcome.title().to_owned(),
                    icon: Some(Icon::RoundRect),
                })
                .collect::<Vec<_>>(),
        )
}

fn columns(outcome: Outcome, months: &[MonthRow], palette: &Palette) -> Bar {
    let counts = months.iter().map(|row| row.outcomes.of(outcome).count);
    Bar::new()
        .id(outcome.slug())
        .name(outcome.title())
        .stack("closed")
        .bar_width("62%")
        .item_style(
            ItemStyle::new()
                .color(palette.outcome(outcome))
                .border_radius(1),
        )
        .emphasis(Emphasis::new().disabled(true))
        // A column of no height would still be drawn as a line.
        .data(
            counts
                .map(|count| (count > 0).then(|| whole(count)))
                .collect::<Vec<Option<i64>>>(),
        )
}

fn tooltip(row: &MonthRow, format: &impl Format) -> String {
    let mut lines = vec![format.month(row.month)];
    for outcome in Outcome::ALL {
        let tally = row.outcomes.of(outcome);
        if tally.count > 0 {
            lines.push(format!(
                "{}: {}",
                outcome.title(),
                count_and_value(tally, format)
            ));
        }
    }
    if lines.len() == 1 {
        lines.push("No deals closed".to_owned());
    }
    literal(&lines.join("\n"))
}

fn count_and_value(tally: Tally, format: &impl Format) -> String {
    let count = format.count(tally.count);
    match known_value(tally, format) {
        value if value.is_empty() => count,
        value => format!("{count} · {value}"),
    }
}

fn months_table(stats: &ClosedStats, by_month: bool, format: &impl Format) -> Table {
    let mut table = Table::new(
        "Deals by month",
        &[
            "Month",
            "Won",
            "Value won",
            "Lost",
            "Value lost",
            "Outdated",
            "Value outdated",
        ],
    );
    let cells = |name: Cell, outcomes: &Outcomes| {
        let mut cells = vec![name];
        for outcome in Outcome::ALL {
            let tally = outcomes.of(outcome);
            cells.push(Cell::count(tally.count, format));
            cells.push(Cell::value(tally, format));
        }
        cells
    };
    for row in &stats.months {
        let name = Cell::number(format.month(row.month), row.month.to_string());
        let name = name.picking(month_key(row, by_month));
        table.push(cells(name, &row.outcomes));
    }
    table.push_total(cells(Cell::name("Total"), &stats.total));
    table
}

fn days_table(stats: &ClosedStats, format: &impl Format) -> Option<Table> {
    let both = [stats.average_days_to_win?, stats.median_days_to_win?];
    let days = |days: i64| Cell::count(usize::try_from(days).unwrap_or(0), format);
    let columns = ["Deals", "Closed", "Average", "Median"];
    let mut table = Table::new("Days from creation to closing", &columns);
    let won = stats.total.won.count;
    let key = key_of(won, ClosedPart::Outcome(Outcome::Won));
    let name = Cell::name(Outcome::Won.title()).picking(key);
    let mut cells = vec![name, Cell::count(won, format)];
    cells.extend(both.map(days));
    table.push(cells);
    Some(table)
}

fn furthest_table(stats: &ClosedStats, format: &impl Format) -> Table {
    let mut table = Table::new(
        "Lost deals by the furthest stage they reached",
        &["Stage", "Deals", "Value"],
    );
    for row in &stats.lost_by_furthest {
        let part = ClosedPart::Furthest(row.stage.into());
        table.push(vec![
            Cell::name(row.name.as_str()).picking(key_of(row.tally.count, part)),
            Cell::count(row.tally.count, format),
            Cell::value(row.tally, format),
        ]);
    }
    table
}

fn reasons_table(stats: &ClosedStats, format: &impl Format) -> Table {
    let mut table = Table::new("Reasons", &["Reason", "Status", "Deals"]);
    for row in &stats.reasons {
        let name = if row.name.is_empty() {
            "No reason given"
        } else {
            &row.name
        };
        let part = ClosedPart::Reason(row.outcome, row.reason.into());
        table.push(vec![
            Cell::name(name).picking(key_of(row.count, part)),
            Cell::name(row.outcome.title()),
            Cell::count(row.count, format),
        ]);
    }
    table
}
