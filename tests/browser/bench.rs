//! Measures the built release in headless Chromium: `cargo xtask bench`.
//!
//! Sizes of what a first visit loads, then times at several numbers of deals,
//! each the median of several tries, on a quiet machine if you can.

use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;
use std::{env, fs};

use browser_tests::{Page, Visit};
use serde_json::{Value, json};

const TRIES: usize = 5;

/// Watches the page from its first moment: when rows (or the empty page)
/// appear, and how many characters go into local storage.
const WATCH: &str = r"
    window.bench = { rows: null, written: 0 };
    const seen = () => {
        if (window.bench.rows === null && document.querySelector('.deal-table .row, .empty')) {
            window.bench.rows = performance.now();
        }
    };
    new MutationObserver(seen).observe(document, { childList: true, subtree: true });
    const set = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, text) {
        window.bench.written += key.length + text.length;
        return set.call(this, key, text);
    };
";

/// Opens a deal of the first process, which has sub-stages to tick.
const OPEN_DEFAULT: &str = r"
    const rows = [...document.querySelectorAll('.row')];
    const row = rows.find((row) => row.querySelector('.col-process')?.textContent === 'Default');
    row.querySelector('.deal-link').click();
";

/// Runs an act and gives the milliseconds until the frame after it was drawn.
const TIMED: &str = r"
    const act = new Function(arguments[0]);
    return new Promise((resolve) => requestAnimationFrame(() => {
        const start = performance.now();
        act();
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
    }));
";

fn main() -> ExitCode {
    let counts: Vec<usize> = env::args()
        .skip(1)
        .filter_map(|text| text.parse().ok())
        .collect();
    let counts = if counts.is_empty() {
        vec![0, 1_000, 8_800]
    } else {
        counts
    };
    match sizes().map_err(|error| error.to_string()) {
        Ok(table) => print!("{table}"),
        Err(error) => {
            eprintln!("bench: {error}");
            return ExitCode::FAILURE;
        }
    }
    println!(
        "\n| deals | first rows | search | sort | filter | open a deal | tick | characters a tick | import | storage |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for count in counts {
        Visit::default().run(|page| println!("{}", measured(page, count)));
    }
    ExitCode::SUCCESS
}

/// The bytes of a first visit, raw and as brotli sends them.
fn sizes() -> std::io::Result<String> {
    let mut table = String::from("| file | bytes | brotli |\n| --- | --- | --- |\n");
    let (mut all, mut all_packed) = (0, 0);
    let mut names: Vec<_> = fs::read_dir(xtask::dist_dir())?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.is_file())
        .collect();
    names.sort();
    for path in names {
        let (bytes, packed) = size(&path)?;
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let _ = writeln!(table, "| {name} | {bytes} | {packed} |");
        if name != "echarts.min.js" {
            all += bytes;
            all_packed += packed;
        }
    }
    let _ = writeln!(
        table,
        "| **all but ECharts** | **{all}** | **{all_packed}** |"
    );
    Ok(table)
}

fn size(path: &Path) -> std::io::Result<(usize, usize)> {
    let bytes = fs::read(path)?;
    let mut packed = Vec::new();
    let how = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 24,
        ..Default::default()
    };
    brotli::BrotliCompress(&mut bytes.as_slice(), &mut packed, &how)?;
    Ok((bytes.len(), packed.len()))
}

fn measured(page: &Page, count: usize) -> String {
    page.set_patience(Duration::from_secs(120));
    page.devtools(
        "Page.addScriptToEvaluateOnNewDocument",
        &json!({ "source": WATCH }),
    );
    page.goto("#/deals/open");
    page.expect_heading("Deals");
    let import = if count > 0 { import(page, count) } else { None };
    let mut first_rows = Vec::new();
    for _ in 0..TRIES {
        page.reload();
        page.wait_until("rows", || {
            number(page, "return window.bench.rows;").is_some()
        });
        first_rows.extend(number(page, "return window.bench.rows;"));
    }
    let shown =
        |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |ms| format!("{ms:.0} ms"));
    let storage = number(
        page,
        "return Object.entries(localStorage).reduce((sum, [k, v]) => sum + k.length + v.length, 0);",
    );
    let mut cells = vec![count.to_string(), shown(median(first_rows))];
    if count > 0 {
        let search = "const box = document.querySelector('input[type=search]'); box.value = box.value ? '' : 'plus'; box.dispatchEvent(new Event('input', { bubbles: true }));";
        cells.push(shown(timed(page, search)));
        cells.push(shown(timed(
            page,
            "document.querySelector('th.col-value .sort').click();",
        )));
        let filter = "const box = document.querySelector('select[aria-label=Owner]'); box.selectedIndex = box.selectedIndex ? 0 : 1; box.dispatchEvent(new Event('change', { bubbles: true }));";
        cells.push(shown(timed(page, filter)));
        let open = "if (location.hash.startsWith('#/deals/open')) document.querySelector('.deal-link').click(); else history.back();";
        page.goto("#/deals/open");
        page.expect_heading("Deals");
        cells.push(shown(timed(page, open)));
        let (tick, written) = ticked(page);
        cells.push(shown(tick));
        cells.push(written.map_or_else(|| "–".to_owned(), |count| format!("{count:.0}")));
    } else {
        cells.extend(std::iter::repeat_n("–".to_owned(), 6));
    }
    cells.push(shown(import));
    cells.push(storage.map_or_else(|| "–".to_owned(), |count| format!("{count:.0}")));
    format!("| {} |", cells.join(" | "))
}

fn ticked(page: &Page) -> (Option<f64>, Option<f64>) {
    page.goto("#/deals/open");
    page.expect_heading("Deals");
    page.evaluate(OPEN_DEFAULT, &[]);
    page.wait_until("a checkbox", || {
        page.evaluate("return !!document.querySelector('.sub-stage input');", &[])
            == Value::Bool(true)
    });
    if page.evaluate("return !document.querySelector('.sub-stage input');", &[])
        == Value::Bool(true)
    {
        return (None, None);
    }
    page.evaluate("window.bench.written = 0;", &[]);
    let once = timed_once(page, "document.querySelector('.sub-stage input').click();");
    page.wait_until("saved", || {
        number(page, "return window.bench.written;").is_some_and(|n| n > 0.0)
    });
    let written = number(page, "return window.bench.written;");
    let tick = timed(page, "document.querySelector('.sub-stage input').click();");
    (tick.or(once), written)
}

fn import(page: &Page, count: usize) -> Option<f64> {
    let folder = tempfile::tempdir().ok()?;
    let path = folder.path().join("deals.csv");
    fs::write(&path, deals_csv(count)).ok()?;
    page.choose_file("File of deals (CSV)", &path);
    let name = browser_tests::containing("Import ");
    let button = page
        .by_role("dialog", "Import deals")
        .by_role("button", name);
    button.expect_enabled(true);
    let start = number(page, "return performance.now();")?;
    button.click();
    page.wait_until("the import", || {
        page.evaluate("return !document.querySelector('dialog[open]');", &[]) == Value::Bool(true)
    });
    let end = number(page, "return performance.now();")?;
    page.expect_text("Saved");
    page.settle();
    Some(end - start)
}

/// Deals as a team would have them, the same for the same number. Two of five
/// are open, in three processes.
fn deals_csv(count: usize) -> String {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut draw = move |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or(0) % below
    };
    let processes: [(&str, &[&str]); 3] = [
        (
            "Default",
            &["Collect information", "Contact", "Identify needs", "Offer"],
        ),
        (
            "Offer inquiry",
            &["Inquiry received", "Offer", "Negotiation"],
        ),
        (
            "Key accounts",
            &["Map", "Meet", "Workshop", "Proposal", "Legal"],
        ),
    ];
    let mut csv = String::from(
        "name,customer,segment,category,owner,value,process,stage,status,created,expected_close,closed,reason\n",
    );
    for number in 1..=count {
        let customer = draw(300);
        let (process, stages) = processes.get(draw(3)).copied().unwrap_or_default();
        let stage = stages
            .get(draw(stages.len().max(1)))
            .copied()
            .unwrap_or_default();
        let created = (2024 + draw(2), 1 + draw(12), 1 + draw(28));
        let day = |(year, month, day): (usize, usize, usize)| format!("{year}-{month:02}-{day:02}");
        let close = day((created.0, 12, 28));
        let status = ["Open", "Open", "Won", "Lost", "Won"]
            .get(draw(5))
            .copied()
            .unwrap_or("Open");
        let closed = if status == "Open" { "" } else { close.as_str() };
        let reason = if status == "Lost" { "Price" } else { "" };
        let _ = writeln!(
            csv,
            "Plus plan {number} for site {customer},Company {customer} Ltd,Segment {},Product {},Seller {},{}.{:02},{process},{stage},{status},{},{close},{closed},{reason}",
            customer % 9,
            draw(7),
            draw(30),
            50 + draw(40_000),
            draw(100),
            day(created),
        );
    }
    csv
}

fn timed(page: &Page, act: &str) -> Option<f64> {
    // An even number of times, so that what is toggled ends as it began.
    median((0..=TRIES).filter_map(|_| timed_once(page, act)).collect())
}

fn timed_once(page: &Page, act: &str) -> Option<f64> {
    page.evaluate(TIMED, &[json!(act)]).as_f64()
}

fn number(page: &Page, script: &str) -> Option<f64> {
    page.evaluate(script, &[]).as_f64()
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}
