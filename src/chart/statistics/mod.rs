//! The figures of the page Statistics (§7.3 to §7.8): what is drawn of each
//! section, its table, the few figures that say most, and how it is counted.
//!
//! Whatever stands for deals has the address of the list that shows exactly
//! those as its key.

pub mod compare;
pub mod course;
pub mod forecast;
pub mod funnel;
mod rows;
pub mod sub_stages;
pub mod time;

use serde_json::Value;

use super::figures::Fact;
use super::format::{Format, brief_money, deals};
use super::options::{ChartPart, hit_areas, hit_data};
use super::palette::Palette;
use crate::domain::read::statistics::{Behind, Scope};
use crate::domain::read::stats::Tally;

/// What figures are drawn with.
#[derive(Clone, Copy)]
pub struct Drawing<'a> {
    /// The colours.
    pub palette: &'a Palette,
    /// How numbers are written.
    pub format: &'a dyn Format,
    /// The person asked for less motion.
    pub reduced_motion: bool,
}

/// The way from a figure to the deals behind it.
#[derive(Clone, Copy)]
pub struct Links<'a> {
    /// What the figures are of.
    pub scope: &'a Scope,
    /// The address of a list; it begins with `#/`.
    pub link: &'a dyn Fn(Behind) -> String,
}

impl Links<'_> {
    /// The address of the list behind so many deals; none where there are none.
    fn to(&self, count: usize, behind: Behind) -> Option<String> {
        (count > 0).then(|| (self.link)(behind))
    }
}

/// A fact that leads to its deals, if there are any.
fn leading(label: &str, value: String, key: Option<String>) -> Fact {
    Fact {
        key,
        ..Fact::new(label, value)
    }
}

/// Clear bars over the whole width of each part, on an x axis and a y axis of
/// their places: what is picked, however small the part itself is.
fn hits_of(
    id: &str,
    (x_axis, y_axis): (usize, usize),
    parts: Vec<ChartPart>,
    drawing: &Drawing<'_>,
) -> Value {
    let mut hits = serde_json::to_value(hit_areas(drawing.palette, &parts)).unwrap_or_default();
    if let Some(hits) = hits.as_object_mut() {
        hits.insert("id".to_owned(), id.into());
        hits.insert("xAxisIndex".to_owned(), x_axis.into());
        hits.insert("yAxisIndex".to_owned(), y_axis.into());
        hits.insert("data".to_owned(), hit_data(parts));
    }
    hits
}

/// A count or an amount as a length to draw; what is not exact there is exact
/// in the text beside it.
fn length_of(number: i128) -> f64 {
    number as f64
}

/// A count as a length to draw.
fn count_length(count: usize) -> f64 {
    count as f64
}

/// `12 · €1,500`, or the number alone where no value is known.
fn count_and_value(tally: Tally, format: &dyn Format) -> String {
    let count = format.count(tally.count);
    match tally.has_value() {
        true => format!("{count} · {}", brief_money(tally.value, format)),
        false => count,
    }
}

/// What pointing at deals tells of their value.
fn value_lines(tally: Tally, format: &dyn Format) -> Vec<String> {
    let known = || format!("Value {}", format.money(tally.value));
    let unknown = || format!("Value unknown: {}", deals(tally.unknown_value, format));
    let known = tally.has_value().then(known);
    let unknown = (tally.unknown_value > 0).then(unknown);
    known.into_iter().chain(unknown).collect()
}

/// How many deals the amounts are without.
fn without_value(unknown: usize, format: &dyn Format) -> Option<Fact> {
    let text = || format!("{} without a value", deals(unknown, format));
    (unknown > 0).then(|| Fact::new("Not in the amounts", text()))
}
