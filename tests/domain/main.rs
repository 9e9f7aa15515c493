//! The rules of the domain, seen from outside: laws that hold for any
//! commands, and examples that read like docs/semantics.md.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod board;
mod choosing;
mod closing;
mod columns;
mod edits;
mod filters;
mod guide;
mod hour;
mod index;
mod laws;
mod merge;
mod model;
mod named;
mod names;
mod news;
mod next_steps;
mod notes;
mod printed;
mod processes;
mod progress;
mod records;
mod rules;
mod scale;
mod snooze;
mod statistics;
#[path = "../support/mod.rs"]
mod support;
mod today;
mod views;
mod walk;
