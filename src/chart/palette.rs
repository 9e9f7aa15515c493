//! What a chart is drawn with.

use crate::domain::record::deal::Outcome;
use crate::domain::record::process::Color;

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
    /// What is of no process.
    pub accent: String,
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
    /// The colour of deals that ended so.
    pub fn outcome(&self, outcome: Outcome) -> &str {
        match outcome {
            Outcome::Won => &self.won,
            Outcome::Lost => &self.lost,
            Outcome::Outdated => &self.outdated,
        }
    }

    /// The colour of a process.
    pub fn process(&self, color: Color) -> &str {
        self.processes
            .get(usize::from(color.0))
            .map_or(&self.text, |color| color)
    }
}
