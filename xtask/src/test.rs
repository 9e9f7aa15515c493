//! Everything a change must pass.

use std::process::Command;
use std::time::Instant;

use crate::browsers::{Browser, VARIABLE};
use crate::process::{cargo, run};
use crate::{Result, axe, dist, say, tools, weight};

/// Browsers that run at the same time: each is several processes.
const BROWSERS_AT_ONCE: &str = "--test-threads=2";

/// What is run in the other browsers too when everything is tested: what
/// browsers do differently, which is storage, tabs, files and history, and the
/// main journeys. A name ends with :: where it is a theme.
const IN_ALL_BROWSERS: &[&str] = &[
    "storage::",
    "saving::",
    "durability::",
    "tabs::",
    "import::",
    "exports::",
    "leaving::",
    "going::",
    "shell::",
    "crash::",
];

/// What to test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Formatting, lints and the tests that need no browser.
    pub native: bool,
    /// The tests in a browser.
    pub browser: bool,
    /// The whole suite in this browser; if there is none, in Chromium, and a
    /// part of it in the others.
    pub in_browser: Option<Browser>,
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
    let main = options.in_browser.unwrap_or_default();
    main.ensure()?;
    axe::ensure()?;
    if options.build {
        dist::build()?;
        weight::check()?;
    }
    let filters: Vec<&str> = options.filters.iter().map(String::as_str).collect();
    suite(main, &filters)?;
    if options.in_browser.is_some() || !filters.is_empty() {
        return Ok(());
    }
    for other in Browser::ALL.into_iter().filter(|other| *other != main) {
        match other.ensure() {
            Ok(_) => suite(other, IN_ALL_BROWSERS)?,
            Err(error) => say(format_args!("NOT tested in {other}: {error}")),
        }
    }
    Ok(())
}

/// The tests whose name contains a filter, or all.
fn suite(browser: Browser, filters: &[&str]) -> Result<()> {
    let arguments = [
        "test",
        "--quiet",
        "--package",
        "browser-tests",
        "--lib",
        "--test",
        "suite",
        "--",
        BROWSERS_AT_ONCE,
    ];
    step_with(
        cargo().env(VARIABLE, browser.to_string()),
        &format!("tests in {browser}"),
        &[&arguments, filters],
    )
}

fn step(what: &str, arguments: &[&[&str]]) -> Result<()> {
    step_with(&mut cargo(), what, arguments)
}

fn step_with(cargo: &mut Command, what: &str, arguments: &[&[&str]]) -> Result<()> {
    say(what);
    run(
        // A failed test names its line; the frames above it are noise.
        cargo.env("RUST_BACKTRACE", "0").args(arguments.concat()),
        &format!("the step \"{what}\""),
        "install rustup from https://rustup.rs",
    )
}
