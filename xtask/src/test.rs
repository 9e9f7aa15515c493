//! Everything a change must pass.

use std::panic::resume_unwind;
use std::process::Command;
use std::thread;
use std::time::Instant;

use crate::browsers::{Browser, VARIABLE};
use crate::process::{cargo, output_of, run, run_then_tell};
use crate::{Result, axe, dist, root, say, tools, weight};

/// Browsers that run at the same time: each is several processes.
fn at_once(browser: Browser) -> &'static str {
    match browser {
        // Without windows it leaves time for another one.
        Browser::Chromium => "--test-threads=3",
        Browser::Firefox | Browser::WebKit => "--test-threads=2",
    }
}

/// What is run in the other browsers whenever everything is tested: what
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
    "loading::",
    "offline::",
    "versions::",
];

/// The browser in which one in so many of all the other tests is run as well;
/// which it is changes with the commit, so all are run there over some of them.
const SHARED_IN: Browser = Browser::Firefox;
const SHARES: usize = 12;

/// What to test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Formatting, lints and the tests that need no browser.
    pub native: bool,
    /// The tests in a browser.
    pub browser: bool,
    /// The whole suite in this browser; if there is none, in Chromium, and a
    /// part of it in the others, which is not the same for every commit.
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
        // Not beside each other: rustup does one thing at a time.
        tools::ensure_components()?;
        tools::ensure_target()?;
    }
    match (options.native, options.browser && options.build) {
        // The end of the build is one long task for one core.
        (true, true) => thread::scope(|scope| {
            let build = scope.spawn(release);
            native()?;
            build.join().unwrap_or_else(|panic| resume_unwind(panic))
        })?,
        (true, false) => native()?,
        (false, true) => release()?,
        (false, false) => {}
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

/// Builds the release; it must not have grown.
fn release() -> Result<()> {
    dist::build()?;
    weight::check()
}

fn native() -> Result<()> {
    let warnings = ["--", "--deny", "warnings"];
    step("formatting", &[&["fmt", "--all", "--check"]])?;
    // Compiled like the command that runs this, so that little is left to do.
    let as_it_runs = ["test", "--quiet", "--profile=dev", "--package=xtask"];
    step("tests of the commands", &[&as_it_runs])?;
    step(
        "native tests",
        &[
            &["test", "--quiet", "--workspace"],
            &["--exclude=browser-tests", "--exclude=xtask"],
        ],
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
    let filters: Vec<&str> = options.filters.iter().map(String::as_str).collect();
    suite(main, &filters)?;
    if options.in_browser.is_some() || !filters.is_empty() {
        return Ok(());
    }
    let mut parts = Vec::new();
    for other in Browser::ALL.into_iter().filter(|other| *other != main) {
        match other.ensure() {
            Ok(_) => parts.push((other, part(other))),
            Err(error) => say(format_args!("NOT tested in {other}: {error}")),
        }
    }
    // Beside each other, for one alone waits as often as it works.
    thread::scope(|scope| {
        let run = |(browser, part): (Browser, Vec<String>)| {
            scope.spawn(move || {
                let filters: Vec<&str> = part.iter().map(String::as_str).collect();
                finish_beside(&mut suite_in(browser, &filters), &in_browser(browser))
            })
        };
        let running: Vec<_> = parts.into_iter().map(run).collect();
        let ended = running.into_iter();
        let ended = ended.map(|part| part.join().unwrap_or_else(|panic| resume_unwind(panic)));
        // Each comes to its end, whatever becomes of the others.
        ended.collect::<Vec<_>>().into_iter().collect()
    })
}

/// What is run in a browser beside the first.
fn part(browser: Browser) -> Vec<String> {
    let always = IN_ALL_BROWSERS.iter().map(|part| (*part).to_owned());
    if browser != SHARED_IN {
        say(format_args!("in {browser}: {}", IN_ALL_BROWSERS.join(", ")));
        return always.collect();
    }
    let list = output_of(cargo().args(SUITE).args(["--list", "--format", "terse"]));
    let names: Vec<String> = list.as_deref().map_or_else(Vec::new, names_in);
    let share = share_of(&commit());
    say(format_args!(
        "in {browser}: {} and share {} of {SHARES} of all others",
        IN_ALL_BROWSERS.join(", "),
        share + 1
    ));
    let others = others(&names, share).into_iter().map(str::to_owned);
    always.chain(others).collect()
}

/// The tests in a list of them.
fn names_in(list: &str) -> Vec<String> {
    let names = list.lines().filter_map(|line| line.strip_suffix(": test"));
    names.map(str::to_owned).collect()
}

/// The tests of a share, of those that are not run in any case.
fn others(names: &[String], share: usize) -> Vec<&str> {
    let is_other = |name: &&str| !IN_ALL_BROWSERS.iter().any(|part| name.contains(part));
    let others = names.iter().map(String::as_str).filter(is_other);
    others.skip(share).step_by(SHARES).collect()
}

/// Which share is a commit's.
fn share_of(commit: &str) -> usize {
    let number = commit
        .get(..8)
        .map(|start| usize::from_str_radix(start, 16));
    number.and_then(std::result::Result::ok).unwrap_or_default() % SHARES
}

/// The commit that is tested; nothing outside of a checkout.
fn commit() -> String {
    let mut git = Command::new("git");
    let head = git.current_dir(root()).args(["rev-parse", "HEAD"]);
    output_of(head).unwrap_or_default()
}

/// Runs the suite; what comes after it is for the suite itself.
const SUITE: [&str; 8] = [
    "test",
    "--quiet",
    "--package",
    "browser-tests",
    "--lib",
    "--test",
    "suite",
    "--",
];

/// The tests whose name contains a filter, or all.
fn suite(browser: Browser, filters: &[&str]) -> Result<()> {
    let what = in_browser(browser);
    say(&what);
    finish(&mut suite_in(browser, filters), &what)
}

fn in_browser(browser: Browser) -> String {
    format!("tests in {browser}")
}

fn suite_in(browser: Browser, filters: &[&str]) -> Command {
    let mut command = cargo();
    command
        .env(VARIABLE, browser.to_string())
        .args(SUITE)
        .arg(at_once(browser))
        .args(filters);
    command
}

fn step(what: &str, arguments: &[&[&str]]) -> Result<()> {
    say(what);
    finish(cargo().args(arguments.concat()), what)
}

fn finish(command: &mut Command, what: &str) -> Result<()> {
    run(short(command), &named(what), RUSTUP)
}

/// A step that others run beside: what it says comes at its end.
fn finish_beside(command: &mut Command, what: &str) -> Result<()> {
    run_then_tell(short(command), &named(what), RUSTUP)
}

const RUSTUP: &str = "install rustup from https://rustup.rs";

fn named(what: &str) -> String {
    format!("the step \"{what}\"")
}

/// A failed test names its line; the frames above it are noise.
fn short(command: &mut Command) -> &mut Command {
    command.env("RUST_BACKTRACE", "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_test_is_in_one_share_or_run_always() {
        let list = "tabs::one: test\nboard::one: test\n\n".to_owned();
        let list = (0..30).fold(list, |list, at| format!("{list}filters::{at}: test\n"));
        let names = names_in(&list);
        assert_eq!(names.len(), 32);
        let mut run: Vec<&str> = (0..SHARES).flat_map(|at| others(&names, at)).collect();
        run.sort_unstable();
        run.dedup();
        assert_eq!(run.len(), 31);
        assert!(!run.contains(&"tabs::one"));
        let longest = (0..SHARES).map(|at| others(&names, at).len()).max();
        assert_eq!(longest, Some(31_usize.div_ceil(SHARES)));
    }

    #[test]
    fn the_share_is_by_the_commit() {
        assert_eq!(share_of("0895bc601a061c6e7d13089580a24498f3e1860a\n"), 0);
        assert_eq!(share_of("140d4ec70000000000000000000000000000dead\n"), 7);
        assert_eq!(share_of(""), 0, "no checkout");
    }
}
