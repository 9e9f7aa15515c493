//! Measures the built release in headless Chromium: `cargo xtask bench`.
//!
//! Sizes of what a first visit loads, then times at several numbers of deals,
//! each the median of several tries, on a quiet machine if you can. A row per
//! thing that is measured, a column per number of deals.
//!
//! `cargo xtask bench kills 100` kills the browser a hundred times, a moment
//! after it said Saved, and counts what was lost.
//!
//! `cargo xtask bench fit` fills the storage of every browser with worked deals.

mod acts;
mod board;
mod demo;
mod fit;
mod kills;
mod sizes;
mod statistics;
mod team;
mod timing;
#[path = "../../support/worked.rs"]
#[allow(dead_code, reason = "the tests of the storage use all of it")]
mod worked;

use std::env;
use std::process::ExitCode;
use std::time::Duration;

use browser_tests::{Page, Visit};
use serde_json::json;

use timing::{TRIES, Took, median, number};

/// Watches the page from its first moment: when rows (or the empty page)
/// appear, when no more is to come, how many characters go into local storage, the program's memory.
const WATCH: &str = r"
    window.bench = { rows: null, whole: null, written: 0, memory: null };
    const seen = () => {
        if (!document.querySelector('.deal-table .row, .board-card, .empty')) return;
        window.bench.rows ??= performance.now();
        if (!document.querySelector('[aria-busy=true]')) {
            window.bench.whole ??= performance.now();
        }
    };
    new MutationObserver(seen)
        .observe(document, { childList: true, subtree: true, attributeFilter: ['aria-busy'] });
    addEventListener('TrunkApplicationStarted', (event) => {
        window.bench.memory = event.detail.wasm.memory;
    });
    const set = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, text) {
        window.bench.written += key.length + text.length;
        return set.call(this, key, text);
    };
";

/// One line of the result: what was measured, and what came out, in words.
struct Line {
    what: &'static str,
    found: String,
}

impl Line {
    fn took(what: &'static str, took: Option<Took>) -> Self {
        let found = took.map_or_else(
            || "–".to_owned(),
            |took| match took.work {
                Some(work) => format!("{:.0} ({work:.0})", took.frame),
                None => format!("{:.0}", took.frame),
            },
        );
        Self { what, found }
    }

    fn number(what: &'static str, number: Option<f64>) -> Self {
        let found = number.map_or_else(|| "–".to_owned(), |number| format!("{number:.0}"));
        Self { what, found }
    }
}

fn main() -> ExitCode {
    match env::args().nth(1).as_deref() {
        Some("kills") => {
            let times = env::args().nth(2).and_then(|text| text.parse().ok());
            kills::report(times.unwrap_or(100));
            return ExitCode::SUCCESS;
        }
        Some("fit") => {
            return match fit::report() {
                Ok(()) => ExitCode::SUCCESS,
                Err(error) => {
                    eprintln!("bench: {error}");
                    ExitCode::FAILURE
                }
            };
        }
        _ => {}
    }
    let counts: Vec<usize> = env::args()
        .skip(1)
        .filter_map(|text| text.parse().ok())
        .collect();
    let counts = if counts.is_empty() {
        vec![0, 1_000, 10_000, 50_000]
    } else {
        counts
    };
    match sizes::sizes() {
        Ok(table) => print!("{table}"),
        Err(error) => {
            eprintln!("bench: {error}");
            return ExitCode::FAILURE;
        }
    }
    let mut columns: Vec<Vec<Line>> = Vec::new();
    for count in &counts {
        eprintln!("bench: {count} deals");
        Visit::default().run(|page| columns.push(measured(page, *count)));
    }
    print_table(&counts, &columns);
    ExitCode::SUCCESS
}

fn print_table(counts: &[usize], columns: &[Vec<Line>]) {
    println!("\nTimes in milliseconds: until the frame that shows it was made (of that at work)\n");
    let heads: Vec<String> = counts
        .iter()
        .map(|count| format!("{count} deals"))
        .collect();
    println!("| | {} |", heads.join(" | "));
    println!("| --- |{}", " --- |".repeat(counts.len()));
    let longest = columns.iter().max_by_key(|lines| lines.len());
    for line in longest.into_iter().flatten() {
        let found = |lines: &Vec<Line>| {
            let same = lines.iter().find(|other| other.what == line.what);
            same.map_or_else(|| "–".to_owned(), |same| same.found.clone())
        };
        let cells: Vec<String> = columns.iter().map(found).collect();
        println!("| {} | {} |", line.what, cells.join(" | "));
    }
}

fn measured(page: &Page, count: usize) -> Vec<Line> {
    page.set_patience(Duration::from_secs(120));
    page.devtools("Performance.enable", &json!({}));
    page.devtools(
        "Page.addScriptToEvaluateOnNewDocument",
        &json!({ "source": WATCH }),
    );
    page.goto("#/deals/open");
    page.expect_heading("Deals");
    let mut lines = Vec::new();
    if count > 0 {
        lines.push(Line::number("import", team::import(page, count)));
        // What follows is measured with deals that were worked for months.
        team::put_worked(page, count);
    }
    let (rows, whole) = start(page);
    lines.push(Line::number("start to first rows", rows));
    lines.push(Line::number("start to everything", whole));
    if count > 0 {
        page.goto("#/deals/closed");
        page.expect_heading("Deals");
        let (rows, _) = start(page);
        lines.push(Line::number("start at the closed deals", rows));
        lines.extend(acts::lines(page));
        lines.extend(board::lines(page));
        lines.extend(statistics::lines(page));
    }
    lines.extend(memory(page));
    if count > 0 {
        // Last, for the way back keeps the deals as they were.
        lines.extend(acts::bulk_lines(page));
    }
    if count == 0 {
        lines.extend(demo::lines());
    }
    lines
}

/// Milliseconds until the first rows or cards were there, and until everything
/// was.
fn start(page: &Page) -> (Option<f64>, Option<f64>) {
    let (mut rows, mut whole) = (Vec::new(), Vec::new());
    for _ in 0..TRIES {
        page.reload();
        page.wait_until("everything", || {
            number(page, "return window.bench.whole;").is_some()
        });
        rows.extend(number(page, "return window.bench.rows;"));
        whole.extend(number(page, "return window.bench.whole;"));
    }
    (median(rows), median(whole))
}

/// What the page's heap holds, in bytes, without what is garbage.
fn heap(page: &Page) -> Option<f64> {
    page.devtools("HeapProfiler.collectGarbage", &json!({}));
    number(page, "return performance.memory?.usedJSHeapSize;")
}

fn memory(page: &Page) -> [Line; 3] {
    let kilobytes = |script: &str| number(page, script).map(|bytes| bytes / 1024.0);
    [
        Line::number(
            "characters in storage",
            number(
                page,
                "return Object.entries(localStorage).reduce((sum, [k, v]) => sum + k.length + v.length, 0);",
            ),
        ),
        Line::number(
            "memory of the program, KiB",
            kilobytes("return window.bench.memory?.buffer.byteLength;"),
        ),
        Line::number(
            "heap of the page, KiB",
            heap(page).map(|bytes| bytes / 1024.0),
        ),
    ]
}
