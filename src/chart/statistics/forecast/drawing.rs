//! The forecast drawn: what was won and what is expected as columns along the
//! months, and beside them what stands in no month.

use serde_json::{Value, json};

use super::layout::{AHEAD, BACK, Layout, NAME_PX, Width};
use super::{List, later};
use crate::chart::format::{deals, span};
use crate::chart::options::{ChartPart, canvas, finish};
use crate::chart::statistics::rows::legend_of;
use crate::chart::statistics::{Drawing, Links, count_length, hits_of, length_of, value_lines};
use crate::chart::text::{literal, wrapped};
use crate::domain::read::statistics::Step;
use crate::domain::read::statistics::forecast::{Expected, Forecast, WonMonth};
use crate::domain::read::stats::{OpenTally, Tally};
use crate::domain::value::id::ProcessId;

/// How much the part that is not weighted covers of what lies under it.
const PALE: f64 = 0.35;

/// A column: what it stands for, of each process and of all, and the list
/// behind it.
struct Column {
    name: String,
    /// What is certain of it, or weighted by its chance, and all of it.
    parts: Vec<(f64, f64)>,
    all: (f64, f64),
    label: String,
    tooltip: Vec<String>,
    count: usize,
    list: List,
    counts: Vec<usize>,
}

/// The options of the drawing, as JSON.
pub fn forecast_options(stats: &Forecast, links: &Links<'_>, drawing: &Drawing<'_>) -> String {
    let making = Making {
        stats,
        links,
        drawing,
        by_value: has_value(stats),
    };
    making.options()
}

/// Whether any value is known; without any, deals are counted.
fn has_value(stats: &Forecast) -> bool {
    stats.all.all.all.has_value() || stats.won.iter().any(|row| row.all.has_value())
}

struct Making<'a> {
    stats: &'a Forecast,
    links: &'a Links<'a>,
    drawing: &'a Drawing<'a>,
    by_value: bool,
}

impl Making<'_> {
    fn options(&self) -> String {
        let (stats, palette) = (self.stats, self.drawing.palette);
        let hidden = stats.won.len().saturating_sub(BACK);
        let past = stats.won.iter().skip(hidden).map(|row| {
            let name = span(row.days, Step::Month, self.drawing.format);
            self.won(name, row)
        });
        let mut months: Vec<Column> = past.collect();
        let won_count = months.len();
        let ahead = stats.months.iter().take(AHEAD).map(|row| {
            let name = span(row.days, Step::Month, self.drawing.format);
            self.dated(name, row)
        });
        months.extend(ahead);
        let apart = self.apart();
        let both = months.iter().chain(&apart);
        let most = both.map(|column| column.all.1).fold(0.0, f64::max);
        let mut series = Vec::new();
        for (grid, columns) in [(0, &months), (1, &apart)] {
            series.extend(self.stacks(grid, columns));
            series.push(self.totals(grid, columns));
            let parts = columns.iter().map(|column| ChartPart {
                key: self.to(column.count, column.list, None),
                tooltip: literal(&column.tooltip.join("\n")),
            });
            let id = if grid == 0 {
                "months-parts"
            } else {
                "apart-parts"
            };
            series.push(hits_of(
                id,
                (2 + grid, 2 + grid),
                parts.collect(),
                self.drawing,
            ));
        }
        let names = |columns: &[Column]| -> Vec<String> {
            columns.iter().map(|column| column.name.clone()).collect()
        };
        let axis = |grid: usize, names: Vec<String>| {
            json!({
                "type": "category", "gridIndex": grid, "data": names,
                "axisTick": { "show": false }, "splitLine": { "show": false },
                "axisLine": { "show": true, "lineStyle": { "color": palette.line } },
                "axisLabel": {
                    "color": palette.muted, "fontSize": 11, "interval": 0, "hideOverlap": true,
                },
            })
        };
        let bare = |grid: usize, names: Vec<String>| {
            json!({
                "type": "category", "gridIndex": grid, "show": false, "data": names,
                "axisLabel": { "show": false },
            })
        };
        let scale = |grid: usize, most: f64| {
            json!({
                "type": "value", "gridIndex": grid, "show": false, "min": 0,
                "max": if most > 0.0 { most } else { 1.0 }, "axisLabel": { "show": false },
            })
        };
        let names_of_all: Vec<&str> = stats
            .processes
            .iter()
            .map(|whose| whose.name.as_str())
            .collect();
        let mut legend = legend_of(&names_of_all, names_of_all.len() > 1, self.drawing);
        if let Some(style) = legend.get_mut("textStyle").and_then(Value::as_object_mut) {
            style.insert("width".to_owned(), NAME_PX.into());
            style.insert("overflow".to_owned(), "truncate".into());
        }
        let layout = Layout {
            stats,
            won: won_count,
            ahead: months.len() - won_count,
            apart: apart.len(),
            palette,
        };
        let wide = layout.of(Width::Wide);
        let extra = json!({
            "legend": legend,
            "title": wide.get("title"),
            "grid": wide.get("grid"),
            "xAxis": [
                axis(0, names(&months)), axis(1, names(&apart)),
                bare(0, names(&months)), bare(1, names(&apart)),
            ],
            "yAxis": [scale(0, most), scale(1, most), scale(0, 1.0), scale(1, 1.0)],
            "series": series,
            "media": layout.media(),
        });
        finish(
            &canvas(palette, self.drawing.reduced_motion),
            palette,
            extra,
        )
    }

    /// What stands in no month of its own, as far as there is any.
    fn apart(&self) -> Vec<Column> {
        let (stats, format) = (self.stats, self.drawing.format);
        let mut columns = vec![self.dated("Past due".to_owned(), &stats.overdue)];
        let mut beyond = stats.later.clone();
        for row in stats.months.iter().skip(AHEAD) {
            beyond.all.add_tally(row.all);
            let parts = beyond.by_process.iter_mut().zip(&row.by_process);
            parts.for_each(|(sum, part)| sum.add_tally(*part));
        }
        let first = stats.months.get(AHEAD);
        let name = match first {
            Some(first) => {
                beyond.days.from = first.days.from;
                format!("From {}", span(first.days, Step::Month, format))
            }
            None => later(stats, format),
        };
        let days = beyond.days;
        columns.push(self.expected(name, &beyond, List::Expected(days)));
        columns.push(self.expected("No date".to_owned(), &stats.undated, List::Undated));
        columns.retain(|column| column.count > 0);
        columns
    }

    fn dated(&self, name: String, row: &Expected) -> Column {
        self.expected(name, row, List::Expected(row.days))
    }

    fn expected(&self, name: String, row: &Expected, list: List) -> Column {
        let format = self.drawing.format;
        let all = row.all;
        let mut tooltip = vec![name.clone(), deals(all.all.count, format)];
        tooltip.extend(value_lines(all.all, format));
        if all.all.has_value() {
            let weighted = format.money(all.weighted.rounded());
            tooltip.push(format!("Weighted {weighted}"));
        }
        let weighted = || literal(&format.short_money(all.weighted.rounded()));
        let weighted = all.all.has_value().then(weighted);
        Column {
            name: two_lines(&name),
            parts: row
                .by_process
                .iter()
                .map(|own| self.lengths(*own))
                .collect(),
            all: self.lengths(all),
            label: self.label(all.all, weighted),
            tooltip,
            count: all.all.count,
            counts: row.by_process.iter().map(|own| own.all.count).collect(),
            list,
        }
    }

    fn won(&self, name: String, row: &WonMonth) -> Column {
        let format = self.drawing.format;
        let length = |tally: Tally| {
            let length = match self.by_value {
                true => length_of(tally.value.minor()),
                false => count_length(tally.count),
            };
            (length, length)
        };
        let (by_process, all) = (&row.by_process, row.all);
        let mut tooltip = vec![name.clone(), format!("Won: {}", deals(all.count, format))];
        tooltip.extend(value_lines(all, format));
        Column {
            name: two_lines(&name),
            parts: by_process.iter().map(|own| length(*own)).collect(),
            all: length(all),
            label: self.label(all, None),
            tooltip,
            count: all.count,
            counts: by_process.iter().map(|own| own.count).collect(),
            list: List::Won(row.days),
        }
    }

    /// How long the certain, or weighted, part of it is, and all of it.
    fn lengths(&self, tally: OpenTally) -> (f64, f64) {
        match self.by_value {
            true => (
                length_of(tally.weighted.rounded().minor()),
                length_of(tally.all.value.minor()),
            ),
            false => {
                let count = count_length(tally.all.count);
                (count, count)
            }
        }
    }

    /// What is written above a column: its value, below that what is weighted
    /// of it; of deals whose values are unknown, how many they are.
    fn label(&self, all: Tally, weighted: Option<String>) -> String {
        let format = self.drawing.format;
        if all.count == 0 {
            return String::new();
        }
        let value = match self.by_value && all.has_value() {
            true => format.short_money(all.value),
            false => deals(all.count, format),
        };
        let value = literal(&value);
        match weighted {
            Some(weighted) => format!("{{all|{value}}}\n{{weighted|{weighted}}}"),
            None => format!("{{all|{value}}}"),
        }
    }

    /// The list behind so many deals.
    fn to(&self, count: usize, list: List, of: Option<ProcessId>) -> String {
        let behind = list.behind(self.links.scope, of);
        self.links.to(count, behind).unwrap_or_default()
    }

    /// The columns of all processes on top of each other: first what is certain
    /// or weighted, then the rest, pale.
    fn stacks(&self, grid: usize, columns: &[Column]) -> Vec<Value> {
        let mut series = Vec::new();
        for is_rest in [false, true] {
            for (place, whose) in self.stats.processes.iter().enumerate() {
                let part = |column: &Column| -> Value {
                    let (solid, all) = column.parts.get(place).copied().unwrap_or_default();
                    let length = if is_rest { all - solid } else { solid };
                    let count = column.counts.get(place).copied().unwrap_or_default();
                    let key = self.to(count, column.list, Some(whose.process));
                    let name = wrapped(whose.name.as_str());
                    let of = deals(count, self.drawing.format);
                    let tooltip = format!("{}\n{name}: {of}", column.tooltip.join("\n"));
                    match length > 0.0 {
                        true => json!({
                            "value": length, "id": key, "tooltip": { "formatter": literal(&tooltip) },
                        }),
                        false => Value::Null,
                    }
                };
                let kind = if is_rest { "rest" } else { "solid" };
                let data: Value = columns.iter().map(part).collect();
                series.push(json!({
                    "type": "bar",
                    "id": format!("{kind}-{grid}-{}", whose.process),
                    "name": whose.name.as_str(),
                    "stack": format!("stack-{grid}"),
                    "xAxisIndex": grid,
                    "yAxisIndex": grid,
                    "barWidth": "64%",
                    "barMaxWidth": 56,
                    "z": 3,
                    "itemStyle": {
                        "color": self.drawing.palette.process(whose.color),
                        "opacity": if is_rest { PALE } else { 1.0 },
                        "borderColor": self.drawing.palette.surface,
                        "borderWidth": 0.5,
                    },
                    "emphasis": { "disabled": true },
                    "data": data,
                }));
            }
        }
        series
    }

    /// What is written above the columns.
    fn totals(&self, grid: usize, columns: &[Column]) -> Value {
        let palette = self.drawing.palette;
        let data: Value = columns
            .iter()
            .map(|column| json!({ "value": 0, "label": { "formatter": column.label } }))
            .collect();
        json!({
            "type": "bar",
            "id": format!("totals-{grid}"),
            "stack": format!("stack-{grid}"),
            "xAxisIndex": grid,
            "yAxisIndex": grid,
            "silent": true,
            "z": 4,
            "itemStyle": { "color": "transparent" },
            "label": {
                "show": true, "position": "top", "distance": 4, "fontSize": 11,
                "fontFamily": palette.font, "color": palette.text,
                "rich": {
                    "all": { "fontSize": 11, "fontWeight": 600, "color": palette.text, "lineHeight": 14, "align": "center" },
                    "weighted": { "fontSize": 11, "color": palette.muted, "lineHeight": 14, "align": "center" },
                },
            },
            "labelLayout": { "hideOverlap": true },
            "emphasis": { "disabled": true },
            "data": data,
        })
    }
}

/// A name of two words in two lines, so that it fits below a column.
fn two_lines(name: &str) -> String {
    name.replacen(' ', "\n", 1)
}
