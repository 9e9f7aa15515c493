//! How data is kept: whatever the storage does, nothing is lost in silence.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod backup;
mod columns;
mod damage;
mod faults;
mod fuzz;
mod glance;
mod golden;
mod laws;
mod lost;
mod mended;
mod noted;
mod rules;
mod sample;
#[allow(dead_code, reason = "not every test needs all of it")]
#[path = "../support/mod.rs"]
mod support;
#[allow(dead_code, reason = "the measurements need more of it")]
#[path = "../support/worked.rs"]
mod worked;
