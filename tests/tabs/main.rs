//! Several tabs that keep one account: all come to show the same, and nothing
//! is lost but to a later edit of the same record.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod browser;
mod examples;
mod laws;
mod repairs;
mod storage;
#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "the tests of the domain use all of it")]
mod support;
mod undo;
