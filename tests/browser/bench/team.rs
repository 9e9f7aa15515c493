//! A team's deals, as a file and brought into the app.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use browser_tests::Page;
use serde_json::json;

use crate::timing::number;
use crate::worked;

const PUT: &str = r"
    localStorage.clear();
    try {
        for (const [key, text] of Object.entries(arguments[0])) localStorage.setItem(key, text);
    } catch (error) {
        if (error.name === 'QuotaExceededError') return false;
        throw error;
    }
    return new Promise((resolve, reject) => {
        const gone = indexedDB.deleteDatabase('pipewright');
        gone.onsuccess = () => resolve(true);
        gone.onerror = gone.onblocked = () => reject(new Error('the journal is still there'));
    });
";

/// Imports that many deals as a person does; the milliseconds from the press
/// of the button to the end.
pub fn import(page: &Page, count: usize) -> Option<f64> {
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
        page.evaluate("return !document.querySelector('dialog[open]');", &[]) == true
    });
    let end = number(page, "return performance.now();")?;
    page.expect_text("Saved");
    page.settle();
    Some(end - start)
}

/// Puts that many worked deals into the storage, in place of all that is there,
/// and loads the list of open deals.
pub fn put_worked(page: &Page, count: usize) {
    match worked_account(count) {
        Ok(account) => {
            to_plain_page(page);
            if !put(page, &account.dump()) {
                eprintln!("bench: {count} worked deals do not fit");
            }
        }
        Err(error) => eprintln!("bench: the deals are not worked: {error}"),
    }
    page.goto("#/deals/open");
    page.expect_heading("Deals");
    page.settle();
}

/// The account of a team with that many worked deals.
///
/// # Errors
/// The practice data's generator is not beside the checkout.
pub fn worked_account(count: usize) -> Result<worked::Worked, worked::Failure> {
    let script = xtask::root().join("../shared/data/make_deals_csv.py");
    worked::worked(&worked::deals_csv(&script, count)?)
}

/// Goes to a file of the same origin, at which no app runs.
pub fn to_plain_page(page: &Page) {
    page.allow_console_error("/favicon.ico");
    page.goto("licences/NOTICE.txt");
}

/// Puts this into the storage, in place of all that is there, while no app
/// runs; whether all of it fits.
pub fn put(page: &Page, dump: &BTreeMap<String, String>) -> bool {
    page.evaluate(PUT, &[json!(dump)]) == true
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
