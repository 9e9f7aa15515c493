//! The figures of the page Statistics (§7.3 to §7.8): what is drawn of each
//! section, its table, the few figures that say most, and how it is counted.
//!
//! Whatever stands for deals has the address of the list that shows exactly
//! those as its key.

pub mod compare;
pub mod course;
pub mod forecast;
pub mod funnel;
pub mod sub_stages;
pub mod time;

use super::figures::Fact;
use super::format::{Format, brief_money, deals};
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

/// `12 · €1,500`, or the number alone where no value is known.
fn count_and_value(tally: Tally, format: &dyn Format) -> String {
    let count = format.count(tally.count);
    match tally.has_value() {
        true => format!("{count} · {}", brief_money(tally.value, format)),
        false => count,
    }
}

/// How many deals the amounts are without.
fn without_value(unknown: usize, format: &dyn Format) -> Option<Fact> {
    let text = || format!("{} without a value", deals(unknown, format));
    (unknown > 0).then(|| Fact::new("Not in the amounts", text()))
}
