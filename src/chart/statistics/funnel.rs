//! How far the deals of a process come (§7.3): a bar per stage as long as the
//! deals that came to it, and between two how many of them went on.

use super::rows::{Bar, Bars, Head, Row, Rows, height_px, options};
use super::{Drawing, Links, count_and_value, count_length, leading, value_lines, without_value};
use crate::chart::figures::{Cell, Fact, NOTHING, Table};
use crate::chart::format::{Format, deals, rate};
use crate::chart::text::wrapped;
use crate::domain::read::statistics::funnel::Funnel;
use crate::domain::read::statistics::{Behind, Rate};
use crate::domain::read::stats::Tally;

/// How the figures are counted.
pub const FUNNEL_RULE: &[&str] = &[
    "Deals created in the period whose present process it is, open and closed. A deal counts in every stage up to the furthest it has come to; a won one in all.",
    "The conversion of a stage is the share of the deals that came to it which came to the next one; of the last stage, which were won.",
    "Deals of which it is not known how far they came, and deals that had come to something here and went on in another process, are in no stage.",
];

/// Of a row, in pixels: of a stage, and of what stands between two.
const ROW_PX: u32 = 18;
/// The thickness of a bar, in pixels.
const BAR_PX: u32 = 18;

/// The height the drawing reads best at, in CSS pixels.
pub fn funnel_height_px(stats: &Funnel) -> u32 {
    let beside = beside(stats).filter(|(_, tally)| tally.count > 0).count();
    height_px(2 * stats.steps.len() + 1 + 2 * beside, ROW_PX, false)
}

/// The deals that are in no stage.
fn beside(stats: &Funnel) -> impl Iterator<Item = (&'static str, Tally)> {
    [
        ("Stage unknown", stats.unknown),
        ("Went elsewhere", stats.parked),
    ]
    .into_iter()
}

/// The options of the drawing, as JSON.
pub fn funnel_options(stats: &Funnel, links: &Links<'_>, drawing: &Drawing<'_>) -> String {
    let (scope, format, palette) = (links.scope, drawing.format, drawing.palette);
    let mut rows = Vec::new();
    let mut bars = Vec::new();
    let mut row = |name: &str, tally: Tally, color: &str, behind: Behind| {
        rows.push(Row {
            name: name.to_owned(),
            end: count_and_value(tally, format),
            key: links.to(tally.count, behind),
            tooltip: tooltip(name, tally, stats, format),
            ..Row::default()
        });
        bars.push(Bar {
            length: (tally.count > 0).then(|| count_length(tally.count)),
            label: String::new(),
            color: Some(color.to_owned()),
        });
    };
    let color = palette.process(stats.whose.color);
    let mut between = Vec::new();
    for step in &stats.steps {
        let behind = stats.behind_step(scope, step.stage);
        row(step.name.as_str(), step.reached, color, behind);
        between.push(went_on(step.conversion, format));
    }
    row("Won", stats.won, &palette.won, stats.behind_won(scope));
    let unknown = (stats.unknown, stats.behind_unknown(scope));
    let parked = (stats.parked, stats.behind_parked(scope));
    for ((name, _), (tally, behind)) in beside(stats).zip([unknown, parked]) {
        if tally.count > 0 {
            row(name, tally, &palette.outdated, behind);
        }
    }
    // A row between two: of a stage, how many went on, and else nothing.
    let mut all = Vec::new();
    let mut all_bars = Vec::new();
    let mut between = between.into_iter();
    let last_stage = stats.steps.len();
    for (at, (row, bar)) in rows.into_iter().zip(bars).enumerate() {
        if at > last_stage {
            all.push(Row::default());
            all_bars.push(Bar::default());
        }
        all.push(row);
        all_bars.push(bar);
        if at < last_stage {
            all.push(Row::default());
            all_bars.push(Bar {
                length: Some(0.0),
                label: between.next().unwrap_or_default(),
                color: None,
            });
        }
    }
    let most = stats.all.count.max(stats.parked.count);
    let bars = Bars {
        id: "deals",
        name: "Deals",
        color: color.to_owned(),
        opacity: 1.0,
        thickness_px: BAR_PX,
        bars: all_bars,
    };
    let rows = Rows {
        rows: all,
        bars: vec![bars],
        most: count_length(most),
        most_narrow: count_length(most),
        group: 1,
        head: Head::Empty,
    };
    options(rows, drawing)
}

/// How many of the deals went on to what stands below.
fn went_on(conversion: Rate, format: &dyn Format) -> String {
    let share = rate(conversion, format);
    share.map_or_else(|| NOTHING.to_owned(), |share| format!("↓ {share}"))
}

fn tooltip(name: &str, tally: Tally, stats: &Funnel, format: &dyn Format) -> Vec<String> {
    let mut lines = vec![wrapped(name), deals(tally.count, format)];
    if let Some(share) = Rate::new(tally.count, stats.all.count).permille() {
        lines.push(format!("{} of those created", format.percent(share)));
    }
    lines.extend(value_lines(tally, format));
    lines
}

/// Won of all that were created in the period.
fn won_share(stats: &Funnel) -> Rate {
    Rate::new(stats.won.count, stats.all.count)
}

/// The few figures that say most.
pub fn funnel_facts(stats: &Funnel, links: &Links<'_>, format: &dyn Format) -> Vec<Fact> {
    let scope = links.scope;
    let mut facts = Vec::new();
    let mut fact = |label: &str, tally: Tally, behind: Behind| {
        let key = links.to(tally.count, behind);
        facts.push(leading(label, count_and_value(tally, format), key));
    };
    fact("Created", stats.all, stats.behind_all(scope));
    fact("Won", stats.won, stats.behind_won(scope));
    if stats.unknown.count > 0 {
        fact("Stage unknown", stats.unknown, stats.behind_unknown(scope));
    }
    if stats.parked.count > 0 {
        let behind = stats.behind_parked(scope);
        fact("Went on in another process", stats.parked, behind);
    }
    if let Some(share) = rate(won_share(stats), format) {
        facts.push(Fact::new("Won of created", share));
    }
    let unknown = stats.all.unknown_value + stats.parked.unknown_value;
    facts.extend(without_value(unknown, format));
    facts
}

/// All figures.
pub fn funnel_tables(stats: &Funnel, links: &Links<'_>, format: &dyn Format) -> Vec<Table> {
    let scope = links.scope;
    let columns = ["Stage", "Deals", "Value", "Of all", "Went on"];
    let mut table = Table::new("Deals by the stages they came to", &columns);
    let cells = |name: &str, tally: Tally, behind: Behind, conversion: Option<Rate>| {
        let key = links.to(tally.count, behind);
        let of_all = Rate::new(tally.count, stats.all.count);
        let went_on = conversion.map_or_else(Cell::nothing, |it| Cell::rate(it, format));
        vec![
            Cell::name(name),
            Cell::count(tally.count, format).picking(key.clone()),
            Cell::value(tally, format).picking(key.clone()),
            Cell::rate(of_all, format).picking(key.clone()),
            went_on.picking(key),
        ]
    };
    for step in &stats.steps {
        let behind = stats.behind_step(scope, step.stage);
        let conversion = Some(step.conversion);
        table.push(cells(step.name.as_str(), step.reached, behind, conversion));
    }
    table.push(cells("Won", stats.won, stats.behind_won(scope), None));
    let behind = stats.behind_unknown(scope);
    table.push(cells("Stage unknown", stats.unknown, behind, None));
    table.push_total(cells("All", stats.all, stats.behind_all(scope), None));
    let key = links.to(stats.parked.count, stats.behind_parked(scope));
    let mut beside = Table::new("Beside them", &["Deals that", "Deals", "Value"]);
    beside.push(vec![
        Cell::name("Went on in another process"),
        Cell::count(stats.parked.count, format).picking(key.clone()),
        Cell::value(stats.parked, format).picking(key),
    ]);
    vec![table, beside]
}
