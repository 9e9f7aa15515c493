//! Drawings of bars that lie below each other, a row each, with the name at
//! the left and the figure at the right.

use serde_json::{Value, json};

use super::{Drawing, hits_of};
use crate::chart::options::{ChartPart, finish, lying, scale_to};
use crate::chart::text::literal;

/// One row.
#[derive(Default)]
pub struct Row {
    /// What stands at its left.
    pub name: String,
    /// That matters less than the names of other rows.
    pub muted: bool,
    /// What stands at its right.
    pub end: String,
    /// The list behind it.
    pub key: Option<String>,
    /// What pointing at it tells.
    pub tooltip: Vec<String>,
}

/// The bars of one kind, one per row.
pub struct Bars {
    /// Tells the kinds apart.
    pub id: &'static str,
    /// What it is called, where a legend says so.
    pub name: &'static str,
    /// Its colour.
    pub color: String,
    /// How much it covers of what lies under it.
    pub opacity: f64,
    /// In pixels.
    pub thickness_px: u32,
    /// One per row.
    pub bars: Vec<Bar>,
}

/// A bar.
#[derive(Default, Clone)]
pub struct Bar {
    /// How long; none where there is no bar.
    pub length: Option<f64>,
    /// What stands beyond its end.
    pub label: String,
    /// Its colour, where it has one of its own.
    pub color: Option<String>,
}

/// What is the same for all rows.
pub struct Rows {
    /// The rows, from top to bottom.
    pub rows: Vec<Row>,
    /// The bars; earlier ones lie over later ones.
    pub bars: Vec<Bars>,
    /// What the whole width stands for.
    pub most: f64,
    /// The same where it is narrow, and what stands beyond the ends of bars
    /// takes more of it.
    pub most_narrow: f64,
    /// So many rows belong together.
    pub group: usize,
    /// What stands above.
    pub head: Head,
}

/// What stands above the rows.
#[derive(Clone, Copy)]
pub enum Head {
    /// Nothing.
    Empty,
    /// The names of the bars, and what the figures at the right are.
    Legend(&'static str),
    /// What is drawn.
    Title(&'static str),
}

/// The height of a legend, in pixels.
pub const LEGEND_PX: u32 = 28;

/// The height of so many rows of so many pixels.
pub fn height_px(rows: usize, row_px: u32, has_head: bool) -> u32 {
    let rows = u32::try_from(rows).unwrap_or(u32::MAX).max(1);
    let head = if has_head { LEGEND_PX } else { 0 };
    rows.saturating_mul(row_px).saturating_add(head)
}

/// The options of the drawing, as JSON.
pub fn options(drawn: Rows, drawing: &Drawing<'_>) -> String {
    let palette = drawing.palette;
    let Rows {
        rows,
        bars,
        most,
        most_narrow,
        group,
        head,
    } = drawn;
    let names = rows.iter().map(|row| row.name.clone()).collect();
    let ends = rows.iter().map(|row| row.end.clone()).collect();
    let shades: Value = rows
        .iter()
        .map(|row| {
            let color = if row.muted {
                &palette.muted
            } else {
                &palette.text
            };
            json!({ "value": row.name, "textStyle": { "color": color } })
        })
        .collect();
    let legend: Vec<&str> = bars.iter().map(|bars| bars.name).collect();
    let has_legend = matches!(head, Head::Legend(_));
    let top = match head {
        Head::Empty => 0,
        Head::Legend(_) | Head::Title(_) => LEGEND_PX,
    };
    // Those drawn last lie on top.
    let count = bars.len();
    let placed = bars.iter().enumerate();
    let mut series: Vec<Value> = placed
        .map(|(place, bars)| series(bars, 1 + count - place, drawing))
        .collect();
    let parts: Vec<ChartPart> = rows
        .into_iter()
        .map(|row| ChartPart {
            key: row.key.unwrap_or_default(),
            tooltip: literal(&row.tooltip.join("\n")),
        })
        .collect();
    series.push(hits_of("parts", (1, 1), parts, drawing));
    let scale = scale_to(most);
    let chart = lying((palette, drawing.reduced_motion), top, scale, (names, ends));
    // Lines between groups, of an axis of their own: one whose names are all
    // shown would draw another before the last row.
    let lines = json!({
        "type": "category", "show": group > 1, "inverse": true, "data": shades,
        "axisLine": { "show": false }, "axisTick": { "show": false },
        "axisLabel": { "show": false, "interval": group.saturating_sub(1) },
        "splitLine": {
            "show": true, "interval": group.saturating_sub(1),
            "lineStyle": { "color": palette.line, "width": 1 },
        },
    });
    let of_width = |name_px: u32, most: f64| {
        json!({
            "yAxis": [{ "axisLabel": { "width": name_px } }, {}, {}],
            "xAxis": [{ "max": if most > 0.0 { most } else { 1.0 } }, {}],
        })
    };
    let extra = json!({
        "legend": legend_of(&legend, has_legend, drawing),
        "title": titles(head, drawing),
        "yAxis": [
            { "data": shades, "axisLabel": { "width": 220, "overflow": "truncate" } },
            {},
            lines,
        ],
        "series": series,
        "media": [
            { "query": { "maxWidth": 520 }, "option": of_width(112, most_narrow) },
            { "option": of_width(220, most) },
        ],
    });
    finish(&chart, palette, extra)
}

fn series(bars: &Bars, level: usize, drawing: &Drawing<'_>) -> Value {
    let palette = drawing.palette;
    let data: Value = bars
        .bars
        .iter()
        .map(|bar| {
            let mut data = json!({
                "value": bar.length,
                "label": { "show": !bar.label.is_empty(), "formatter": literal(&bar.label) },
            });
            if let (Some(color), Some(data)) = (&bar.color, data.as_object_mut()) {
                data.insert("itemStyle".to_owned(), json!({ "color": color }));
            }
            data
        })
        .collect();
    json!({
        "type": "bar",
        "id": bars.id,
        "name": bars.name,
        "xAxisIndex": 0,
        "yAxisIndex": 0,
        "z": level,
        "silent": true,
        "barWidth": bars.thickness_px,
        "barGap": "-100%",
        "itemStyle": { "color": bars.color, "opacity": bars.opacity, "borderRadius": 3 },
        "label": {
            "position": "right",
            "distance": 6,
            "color": palette.muted,
            "fontSize": 12,
            "fontFamily": palette.font,
        },
        "emphasis": { "disabled": true },
        "data": data,
    })
}

fn titles(head: Head, drawing: &Drawing<'_>) -> Value {
    let palette = drawing.palette;
    let style = |weight: u32, color: &str| {
        json!({
            "fontSize": 12, "fontWeight": weight, "color": color, "fontFamily": palette.font,
            "lineHeight": 16,
        })
    };
    let (left, right) = match head {
        Head::Empty => ("", ""),
        Head::Legend(right) => ("", right),
        Head::Title(left) => (left, ""),
    };
    json!([
        { "text": left, "left": 0, "top": 4, "padding": 0, "textStyle": style(600, &palette.text) },
        { "text": right, "right": 0, "top": 4, "padding": 0, "textStyle": style(400, &palette.muted) },
    ])
}

/// A legend that only tells: what it names can't be taken out of a drawing
/// whose figures count everything.
pub fn legend_of(names: &[&str], is_shown: bool, drawing: &Drawing<'_>) -> Value {
    let palette = drawing.palette;
    let data: Value = names
        .iter()
        .map(|name| json!({ "name": name, "icon": "roundRect" }))
        .collect();
    json!({
        "show": is_shown,
        "selectedMode": false,
        "top": 5,
        "left": 0,
        "padding": 0,
        "itemWidth": 10,
        "itemHeight": 10,
        "itemGap": 16,
        "textStyle": { "color": palette.muted, "fontSize": 12, "fontFamily": palette.font },
        "data": data,
    })
}
