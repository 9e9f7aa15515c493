//! What anyone may hand to the program, made up by a fuzzer, and what must
//! hold of it: files, addresses, and whatever lies in the storage.
//!
//! A target takes any bytes and panics where something is wrong that the
//! program promises: it never stops on a text from outside, what it reads it
//! can write and read again, and what it makes of a file fits together.
//! `cargo xtask fuzz` runs one, guided by what the bytes reach in the code;
//! `tests/seeds.rs` gives every kept seed to its target, and long texts.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a panic is how a target says that something is wrong"
)]

mod choices;
pub mod long;
mod sections;
mod targets;
mod world;

/// What takes any bytes, and panics where something is wrong.
pub type Target = fn(&[u8]);

/// Every target with its name, which is the folder of its seeds.
pub const TARGETS: [(&str, Target); 8] = [
    ("table", targets::csv::table),
    ("deals", targets::csv::deals),
    ("customers", targets::csv::customers),
    ("backup", targets::backup::backup),
    ("page", targets::stored::page),
    ("store", targets::stored::store),
    ("process", targets::process::process),
    ("route", targets::route::route),
];

/// The target of a name.
#[must_use]
pub fn target(name: &str) -> Option<Target> {
    let named = TARGETS.iter().find(|(known, _)| *known == name);
    named.map(|(_, target)| *target)
}
