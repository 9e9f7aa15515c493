//! The tests in a browser, by theme.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

mod crash;
mod harness;
mod import;
mod shell;
mod tabs;
