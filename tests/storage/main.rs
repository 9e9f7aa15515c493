//! How data is kept: whatever the storage does, nothing is lost in silence.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod backup;
mod damage;
mod faults;
mod golden;
mod laws;
mod rules;
mod sample;
