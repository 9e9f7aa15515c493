//! What comes in by CSV is what the file says, and what goes out comes back.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "import/dirt.rs"]
mod dirt;
#[path = "import/encodings.rs"]
mod encodings;
#[path = "import/errors.rs"]
mod errors;
#[path = "import/field.rs"]
mod field;
#[path = "import/forms.rs"]
mod forms;
#[path = "import/money.rs"]
mod money;
#[path = "import/naughty.rs"]
mod naughty;
#[allow(dead_code, reason = "not every test needs all of it")]
#[path = "support/naughty/mod.rs"]
mod naughty_account;
#[path = "import/next_steps.rs"]
mod next_steps;
#[allow(dead_code, reason = "the tests of the domain use more of it")]
#[path = "support/plain.rs"]
mod plain;
#[path = "import/reading.rs"]
mod reading;
#[path = "import/real_data.rs"]
mod real_data;
#[path = "import/real_statistics.rs"]
mod real_statistics;
#[path = "import/round_trip.rs"]
mod round_trip;
#[path = "import/rules.rs"]
mod rules;
#[path = "import/support.rs"]
mod support;
#[path = "import/traps.rs"]
mod traps;
#[path = "import/updates.rs"]
mod updates;
