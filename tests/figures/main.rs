//! What people read off: sums, charts, tables of figures.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod charts;
mod closed_parts;
mod customers;
mod palette;
mod section_figures;
mod statistics;
mod support;
