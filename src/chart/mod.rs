//! Statistics as charts: options for ECharts, and the same figures as tables.
//!
//! Pure: text and colours come in ready ([`Format`], [`Palette`]), what goes
//! out is JSON. Names that people typed are data and never templates
//! ([`text`]), and nothing in the JSON is code, which the content security
//! policy would refuse.

mod closed;
mod figures;
mod format;
mod open;
mod options;
mod palette;
pub mod picture;
pub mod statistics;
pub mod text;

pub use closed::{
    CHART_MONTHS, CLOSED_RULE, closed_facts, closed_height_px, closed_options, closed_tables,
};
pub use figures::{Cell, Fact, FigureRow, Table, tables_csv};
pub use format::{Format, deals, exact_span, rate, span, win_rate, win_rate_by_value};
pub use open::{
    OPEN_RULE, WITHOUT_STEP, open_facts, open_height_px, open_options, open_tables, stage_key,
};
pub use palette::Palette;
