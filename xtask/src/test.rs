//! Everything a change must pass.

use std::time::Instant;

use crate::process::{cargo, run};
use crate::{Result, browsers, dist, say, tools};

/// Browsers that run at the same time: each is several processes.
const BROWSERS_AT_ONCE: &str = "--test-threads=2";

/// What to test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Formatting, lints and the tests that need no browser.
    pub native: bool,
    /// The tests in a browser.
    pub browser: bool,
    /// Whether to build the release before the tests in a browser.
    pub build: bool,
    /// Only the browser tests whose name contains one of these, if there are any.
    pub filters: Vec<String>,
}

/// Runs the tests.
///
/// # Errors
/// When a tool is missing or anything fails.
pub fn test(options: &Options) -> Result<()> {
    let start = Instant::now();
    if options.native {
        native()?;
    }
    if options.browser {
        browser(options)?;
    }
    let seconds = start.elapsed().as_secs();
    say(format_args!(
        "all is well after {} min {} s",
        seconds / 60,
        seconds % 60
    ));
    Ok(())
}

fn native() -> Result<()> {
    tools::ensure_components()?;
    tools::ensure_target()?;
    let warnings = ["--", "--deny", "warnings"];
    step("formatting", &[&["fmt", "--all", "--check"]])?;
    step(
        "native tests",
        &[&[
            "test",
            "--quiet",
            "--workspace",
            "--exclude",
            "browser-tests",
        ]],
    )?;
    step(
        "lints, native",
        &[
            &["clippy", "--quiet", "--workspace", "--all-targets"],
            &warnings,
        ],
    )?;
    step(
        "lints, wasm",
        &[
            &[
                "clippy",
                "--quiet",
                "--lib",
                "--bins",
                "--target",
                "wasm32-unknown-unknown",
            ],
            &warnings,
        ],
    )
}

fn browser(options: &Options) -> Result<()> {
    browsers::ensure_chromium()?;
    browsers::ensure_axe()?;
    if options.build {
        dist::build()?;
    }
    let filters: Vec<&str> = options.filters.iter().map(String::as_str).collect();
    step(
        "tests in Chromium",
        &[
            &[
                "test",
                "--quiet",
                "--package",
                "browser-tests",
                "--lib",
                "--test",
                "suite",
                "--",
                BROWSERS_AT_ONCE,
            ],
            &filters,
        ],
    )
}

fn step(what: &str, arguments: &[&[&str]]) -> Result<()> {
    say(what);
    run(
        // A failed test names its line; the frames above it are noise.
        cargo().env("RUST_BACKTRACE", "0").args(arguments.concat()),
        &format!("the step \"{what}\""),
        "install rustup from https://rustup.rs",
    )
}
