//! Statistics as charts: options for ECharts, and the same figures as tables.
//!
//! Pure: text and colours come in ready ([`Format`], [`Palette`]), what goes
//! out is JSON. Names that people typed are data and never templates
//! ([`text`]), and nothing in the JSON is code, which the content security
//! policy would refuse.

mod closed;
mod figures;
mod open;
mod options;
pub mod text;

pub use closed::{CHART_MONTHS, closed_figures, closed_height_px, closed_options, closed_tables};
pub use figures::{Fact, Figures, Row, Table};
pub use open::{open_figures, open_height_px, open_options, open_tables, stage_key};

use crate::domain::read::stats::{Month, Tally};
use crate::domain::record::deal::Outcome;
use crate::domain::record::process::Color;
use crate::domain::value::money::Total;

/// How numbers are written in the account's locale and currency.
pub trait Format {
    /// A whole number.
    fn count(&self, count: usize) -> String;
    /// An amount of the account's currency.
    fn money(&self, amount: Total) -> String;
    /// An amount in few characters, such as `€1.2M`.
    fn short_money(&self, amount: Total) -> String;
    /// A share, given in tenths of a percent.
    fn percent(&self, permille: u16) -> String;
    /// A calendar month, in short.
    fn month(&self, month: Month) -> String;
}

/// What a chart is drawn with. Colours are what a canvas understands, so
/// nothing that refers to a custom property.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Palette {
    /// Names and figures.
    pub text: String,
    /// What matters less.
    pub muted: String,
    /// Grid lines and the tracks behind bars.
    pub line: String,
    /// What the chart stands on; the saved image has it too.
    pub surface: String,
    /// Won deals.
    pub won: String,
    /// Lost deals.
    pub lost: String,
    /// Outdated deals.
    pub outdated: String,
    /// The colours of processes, by [`Color`].
    pub processes: Vec<String>,
    /// The font family, as in CSS.
    pub font: String,
}

impl Palette {
    fn outcome(&self, outcome: Outcome) -> &str {
        match outcome {
            Outcome::Won => &self.won,
            Outcome::Lost => &self.lost,
            Outcome::Outdated => &self.outdated,
        }
    }

    fn process(&self, color: Color) -> &str {
        self.processes
            .get(usize::from(color.0))
            .map_or(&self.text, |color| color)
    }
}

/// `1 deal`, `12 deals`.
fn deals(count: usize, format: &impl Format) -> String {
    let noun = if count == 1 { "deal" } else { "deals" };
    format!("{} {noun}", format.count(count))
}

/// `1 day`, `12 days`.
fn days(days: i64, format: &impl Format) -> String {
    let noun = if days == 1 { "day" } else { "days" };
    format!(
        "{} {noun}",
        format.count(usize::try_from(days).unwrap_or(0))
    )
}

/// The sum of the known values; empty where none is known.
fn known_value(tally: Tally, format: &impl Format) -> String {
    if tally.has_value() {
        format.money(tally.value)
    } else {
        String::new()
    }
}
