//! What happened in the course of time (§7.7).

use serde_json::{Value, json};

use super::{Drawing, Links, count_and_value, count_length, hits_of, leading, value_lines};
use crate::chart::figures::{Cell, Fact, Table};
use crate::chart::format::{Format, deals, exact_span, plain_span, span};
use crate::chart::options::{ChartPart, canvas, finish};
use crate::chart::text::literal;
use crate::domain::read::statistics::course::{CourseRow, Courses};
use crate::domain::read::statistics::{Behind, Span, Step, Whose};
use crate::domain::read::stats::Tally;
use crate::domain::record::deal::Outcome;
use crate::domain::value::id::ProcessId;

/// How the figures are counted.
pub const COURSE_RULE: &[&str] = &[
    "Deals created, won and lost stand in the days on which that happened, as far as those are in the period.",
    "Open at the end are the deals created by then and not closed by then, with the values they have now.",
    "A deal whose file did not say when it was created counts from the day of its import.",
    "Won and lost deals are drawn by one scale, created and open ones each by its own. The drawing shows the last 92 rows (the last 14 where it is narrow), the figures show all.",
];

/// The course of all deals, or of those of one process.
#[derive(Clone, Copy)]
pub struct Course<'a> {
    /// All of them.
    pub courses: &'a Courses,
    /// The process; none where it is of all deals.
    pub whose: Option<&'a Whose>,
    /// What time is cut into.
    pub step: Step,
}

impl<'a> Course<'a> {
    fn rows(&self) -> &'a [CourseRow] {
        let each = &self.courses.each;
        match self.whose {
            None => &self.courses.all,
            Some(whose) => each
                .iter()
                .find(|(of, _)| of.process == whose.process)
                .map_or(&[], |(_, rows)| rows),
        }
    }

    fn process(&self) -> Option<ProcessId> {
        self.whose.map(|whose| whose.process)
    }
}

/// How many steps, the last ones, are drawn at most.
pub const DRAWN: usize = 92;
/// How many of them where there is little room.
const DRAWN_NARROW: usize = 14;
/// The height of one of the drawings that stand below each other, its title
/// and its labels with it, in pixels.
const BLOCK_PX: usize = 92;
/// What of that is above the columns.
const HEAD_PX: usize = 36;
/// The height of the names of the days.
const NAMES_PX: usize = 36;

/// The height the drawing reads best at, in CSS pixels.
pub fn course_height_px() -> u32 {
    u32::try_from(4 * BLOCK_PX + NAMES_PX).unwrap_or(u32::MAX)
}

/// One of the drawings that stand below each other.
struct Block<'a> {
    id: &'static str,
    title: &'static str,
    color: &'a str,
    is_line: bool,
    /// A tally and the list behind it for each of the days.
    tallies: Vec<(Tally, Behind)>,
    /// What its whole height stands for.
    most: usize,
}

/// The options of the drawing, as JSON.
pub fn course_options(course: Course<'_>, links: &Links<'_>, drawing: &Drawing<'_>) -> String {
    let (format, palette) = (drawing.format, drawing.palette);
    let all = course.courses.days.iter().zip(course.rows());
    let hidden = course.courses.days.len().saturating_sub(DRAWN);
    let shown: Vec<(Span, CourseRow)> = all.skip(hidden).map(|(days, row)| (*days, *row)).collect();
    let names: Vec<String> = shown
        .iter()
        .map(|(days, _)| span(*days, course.step, format))
        .collect();
    let blocks = blocks(course, &shown, links, drawing);
    let count = shown.len();
    let grids: Vec<Value> = (0..blocks.len())
        .map(|at| {
            json!({
                "left": 18, "right": 18, "top": at * BLOCK_PX + HEAD_PX,
                "height": BLOCK_PX - HEAD_PX,
            })
        })
        .collect();
    let last = blocks.len().saturating_sub(1);
    let title = |(at, block): (usize, &Block<'_>)| {
        let style = json!({
            "fontSize": 12, "fontWeight": 600, "color": palette.text, "fontFamily": palette.font,
        });
        json!({
            "text": block.title, "left": 0, "top": at * BLOCK_PX + 6, "padding": 0,
            "textStyle": style,
        })
    };
    let titles: Vec<Value> = blocks.iter().enumerate().map(title).collect();
    let x_axis = |at: usize| {
        // Names of two words take two lines, so that more of them fit.
        let names: Vec<String> = names
            .iter()
            .map(|name| name.replacen(' ', "\n", 1))
            .collect();
        json!({
            "type": "category", "gridIndex": at, "data": names,
            "axisTick": { "show": false }, "splitLine": { "show": false },
            "axisLine": { "show": true, "lineStyle": { "color": palette.line } },
            "axisLabel": {
                "show": at == last, "color": palette.muted, "fontSize": 11, "hideOverlap": true,
                "align": "center",
            },
        })
    };
    let scale = |at: usize, most: f64| {
        json!({
            "type": "value", "gridIndex": at, "show": false, "min": 0, "max": most.max(1.0),
            "axisLabel": { "show": false },
        })
    };
    // What is picked has axes of its own: bars of one axis make room for each
    // other.
    let bare = |at: usize| {
        json!({
            "type": "category", "gridIndex": at, "show": false, "data": names,
            "axisLabel": { "show": false },
        })
    };
    let grids_of = 0..blocks.len();
    let mut x_axes: Vec<Value> = grids_of.clone().map(x_axis).collect();
    x_axes.extend(grids_of.map(bare));
    let mut y_axes: Vec<Value> = blocks
        .iter()
        .enumerate()
        .map(|(at, block)| scale(at, count_length(block.most)))
        .collect();
    y_axes.extend((0..blocks.len()).map(|at| scale(at, 1.0)));
    let mut series: Vec<Value> = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        series.push(drawn_block(at, block, drawing));
    }
    for (at, block) in blocks.iter().enumerate() {
        let parts = block.tallies.iter().zip(&names);
        let parts = parts.map(|((tally, behind), name)| {
            let mut lines = vec![
                name.clone(),
                format!("{}: {}", block.title, deals(tally.count, format)),
            ];
            lines.extend(value_lines(*tally, format));
            ChartPart {
                key: links.to(tally.count, behind.clone()).unwrap_or_default(),
                tooltip: literal(&lines.join("\n")),
            }
        });
        series.push(hits_of(
            &format!("{}-parts", block.id),
            (blocks.len() + at, blocks.len() + at),
            parts.collect(),
            drawing,
        ));
    }
    // Where there is little room, the last ones have it.
    let from = |first: usize| {
        vec![json!({ "min": first, "max": count.saturating_sub(1) }); 2 * blocks.len()]
    };
    let extra = json!({
        "title": titles,
        "grid": grids,
        "xAxis": x_axes,
        "yAxis": y_axes,
        "series": series,
        "media": [
            { "query": { "maxWidth": 560 }, "option": { "xAxis": from(count.saturating_sub(DRAWN_NARROW)) } },
            { "option": { "xAxis": from(0) } },
        ],
    });
    finish(&canvas(palette, drawing.reduced_motion), palette, extra)
}

fn blocks<'a>(
    course: Course<'_>,
    shown: &[(Span, CourseRow)],
    links: &Links<'_>,
    drawing: &Drawing<'a>,
) -> Vec<Block<'a>> {
    let (scope, process, palette) = (links.scope, course.process(), drawing.palette);
    let own = course.whose.map(|whose| palette.process(whose.color));
    let own = own.unwrap_or(palette.accent.as_str());
    let closed = |days, outcome| Courses::behind_closed(scope, days, outcome, process);
    let each = |of: &dyn Fn(Span, &CourseRow) -> (Tally, Behind)| -> Vec<(Tally, Behind)> {
        shown.iter().map(|(days, row)| of(*days, row)).collect()
    };
    let created = each(&|days, row| (row.created, Courses::behind_created(scope, days, process)));
    let won = each(&|days, row| (row.won, closed(days, Outcome::Won)));
    let lost = each(&|days, row| (row.lost, closed(days, Outcome::Lost)));
    let open = each(&|days, row| (row.open, Courses::behind_open(scope, days, process)));
    let most = |tallies: &[(Tally, Behind)]| {
        let counts = tallies.iter().map(|(tally, _)| tally.count);
        counts.max().unwrap_or_default()
    };
    // Won and lost deals are compared, so they have one scale.
    let most_closed = most(&won).max(most(&lost));
    let block = |id, title, color, is_line, most, tallies| Block {
        id,
        title,
        color,
        is_line,
        tallies,
        most,
    };
    vec![
        block("created", "Created", own, false, most(&created), created),
        block("won", "Won", palette.won.as_str(), false, most_closed, won),
        block(
            "lost",
            "Lost",
            palette.lost.as_str(),
            false,
            most_closed,
            lost,
        ),
        block("open", "Open at the end", own, true, most(&open), open),
    ]
}

/// The columns, or the line, of a block, each with its number.
fn drawn_block(at: usize, block: &Block<'_>, drawing: &Drawing<'_>) -> Value {
    let (format, palette) = (drawing.format, drawing.palette);
    let data: Value = block
        .tallies
        .iter()
        .map(|(tally, _)| {
            // A column of no height would still be drawn as a line.
            let is_drawn = block.is_line || tally.count > 0;
            json!({
                "value": is_drawn.then_some(tally.count),
                "label": { "formatter": literal(&format.count(tally.count)) },
            })
        })
        .collect();
    let mut series = json!({
        "id": block.id,
        "name": block.title,
        "xAxisIndex": at,
        "yAxisIndex": at,
        "silent": true,
        "itemStyle": { "color": block.color, "borderRadius": [2, 2, 0, 0] },
        "label": {
            "show": true, "position": "top", "distance": 3, "color": palette.text, "fontSize": 11,
            "fontFamily": palette.font,
        },
        "labelLayout": { "hideOverlap": true },
        "emphasis": { "disabled": true },
        "data": data,
    });
    let kind = match block.is_line {
        true => json!({
            "type": "line", "symbol": "circle", "symbolSize": 5,
            "lineStyle": { "color": block.color, "width": 2 },
            "areaStyle": { "color": block.color, "opacity": 0.12 },
        }),
        false => json!({ "type": "bar", "barWidth": "64%", "barMaxWidth": 44 }),
    };
    if let (Some(series), Value::Object(kind)) = (series.as_object_mut(), kind) {
        series.extend(kind);
    }
    series
}

/// The few figures that say most.
pub fn course_facts(course: Course<'_>, links: &Links<'_>, format: &dyn Format) -> Vec<Fact> {
    let (scope, process) = (links.scope, course.process());
    let mut facts = Vec::new();
    let mut fact = |label: &str, tally: Tally, behind: Behind| {
        let key = links.to(tally.count, behind);
        facts.push(leading(label, count_and_value(tally, format), key));
    };
    let total = total(course.rows());
    let closed = |outcome| Courses::behind_closed(scope, scope.span, outcome, process);
    let created = Courses::behind_created(scope, scope.span, process);
    fact("Created", total.created, created);
    fact("Won", total.won, closed(Outcome::Won));
    fact("Lost", total.lost, closed(Outcome::Lost));
    if let Some(days) = course.courses.days.last() {
        let behind = Courses::behind_open(scope, *days, process);
        fact("Open at the end", total.open, behind);
    }
    let imported = course.courses.imported;
    if imported > 0 && process.is_none() {
        let value = format!("{} without a date of creation", deals(imported, format));
        facts.push(Fact::new("Counted from their import", value));
    }
    let unknown = [
        ("created", total.created),
        ("won", total.won),
        ("lost", total.lost),
        ("open", total.open),
    ];
    let unknown = unknown
        .into_iter()
        .filter(|(_, tally)| tally.unknown_value > 0);
    let unknown =
        unknown.map(|(what, tally)| format!("{} {what}", format.count(tally.unknown_value)));
    let unknown: Vec<String> = unknown.collect();
    if !unknown.is_empty() {
        let text = format!("{} without a value", unknown.join(", "));
        facts.push(Fact::new("Not in the amounts", text));
    }
    let rows = course.rows().len();
    if rows > DRAWN {
        let text = format!("the last {} of {}", format.count(DRAWN), format.count(rows));
        facts.push(Fact::new("Drawn", text));
    }
    facts
}

/// All figures.
pub fn course_tables(course: Course<'_>, links: &Links<'_>, format: &dyn Format) -> Vec<Table> {
    let columns = [
        course.step.title(),
        "Created",
        "Value created",
        "Won",
        "Value won",
        "Lost",
        "Value lost",
        "Open at the end",
        "Value open",
    ];
    let mut table = Table::new("What happened when", &columns);
    let (scope, process) = (links.scope, course.process());
    let cells = |name: Cell, row: &CourseRow, days: Span, end: Span| {
        let closed = |outcome| Courses::behind_closed(scope, days, outcome, process);
        let mut cells = vec![name];
        for (tally, behind) in [
            (row.created, Courses::behind_created(scope, days, process)),
            (row.won, closed(Outcome::Won)),
            (row.lost, closed(Outcome::Lost)),
            (row.open, Courses::behind_open(scope, end, process)),
        ] {
            let key = links.to(tally.count, behind);
            cells.push(Cell::count(tally.count, format).picking(key.clone()));
            cells.push(Cell::value(tally, format).picking(key));
        }
        cells
    };
    let rows = course.rows();
    for (days, row) in course.courses.days.iter().zip(rows) {
        let name = exact_span(*days, course.step, format);
        let name = Cell::number(name, plain_span(*days, course.step));
        table.push(cells(name, row, *days, *days));
    }
    if let Some(end) = course.courses.days.last() {
        table.push_total(cells(Cell::name("Total"), &total(rows), scope.span, *end));
    }
    vec![table]
}

/// What happened in all of the time, and what was open at its end.
fn total(rows: &[CourseRow]) -> CourseRow {
    let mut total = CourseRow::default();
    for row in rows {
        total.created.add_tally(row.created);
        total.won.add_tally(row.won);
        total.lost.add_tally(row.lost);
        total.open = row.open;
    }
    total
}
