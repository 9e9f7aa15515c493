//! How far the deals of a process come (§7.3): a bar per stage as long as the
//! deals that came to it, and between two how many of them went on.

use super::{Drawing, Links, count_and_value, leading, without_value};
use crate::chart::figures::{Cell, Fact, Table};
use crate::chart::format::{Format, rate};
use crate::domain::read::statistics::funnel::Funnel;
use crate::domain::read::statistics::{Behind, Rate};
use crate::domain::read::stats::Tally;

/// How the figures are counted.
pub const FUNNEL_RULE: &[&str] = &[
    "Deals created in the period whose present process it is, open and closed. A deal counts in every stage up to the furthest it has come to; a won one in all.",
    "The conversion of a stage is the share of the deals that came to it which came to the next one; of the last stage, which were won.",
    "Deals of which it is not known how far they came, and deals that had come to something here and went on in another process, are in no stage.",
];

/// The height the drawing reads best at, in CSS pixels.
pub fn funnel_height_px(stats: &Funnel) -> u32 {
    let rows = u32::try_from(stats.steps.len()).unwrap_or(u32::MAX);
    rows.saturating_mul(36).saturating_add(80)
}

/// The options of the drawing, as JSON.
pub fn funnel_options(_stats: &Funnel, _links: &Links<'_>, _drawing: &Drawing<'_>) -> String {
    String::new()
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
