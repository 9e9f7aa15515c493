//! Waiting for something to come true: the one place that sleeps.

use std::fmt;
use std::thread;
use std::time::{Duration, Instant};

use crate::webdriver::Fault;

/// Time between two looks.
const INTERVAL: Duration = Duration::from_millis(40);

/// Why something has not come true yet.
#[derive(Debug)]
pub(crate) struct NotYet {
    text: String,
    is_final: bool,
}

impl NotYet {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            is_final: false,
        }
    }
}

impl From<Fault> for NotYet {
    fn from(fault: Fault) -> Self {
        Self {
            is_final: fault.is_final(),
            text: fault.to_string(),
        }
    }
}

impl fmt::Display for NotYet {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

/// Tries until it works, or until `patience` is at its end, and then tells
/// what the last try met.
pub(crate) fn until<T>(
    patience: Duration,
    mut attempt: impl FnMut() -> Result<T, NotYet>,
) -> Result<T, NotYet> {
    let deadline = Instant::now() + patience;
    loop {
        match attempt() {
            Ok(value) => return Ok(value),
            Err(reason) if reason.is_final || Instant::now() >= deadline => return Err(reason),
            Err(_) => thread::sleep(INTERVAL),
        }
    }
}

/// What came out of an attempt, or the end of the test.
#[track_caller]
pub(crate) fn demand<T>(outcome: Result<T, impl fmt::Display>, what: impl fmt::Display) -> T {
    // No closure here: the failure is to name the line of the test.
    match outcome {
        Ok(value) => value,
        Err(why) => fail(format_args!("{what}: {why}")),
    }
}

/// Ends the test: the harness's only panic.
#[track_caller]
pub(crate) fn fail(why: impl fmt::Display) -> ! {
    #[expect(clippy::panic, reason = "a test reports its failure by a panic")]
    {
        panic!("{why}")
    }
}
