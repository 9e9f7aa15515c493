//! How many deals fit into the local storage of each browser, by storing them.

use std::collections::BTreeMap;
use std::time::Duration;

use browser_tests::{Browser, Page, Visit};
use serde_json::json;

use crate::team::{put, to_plain_page, worked_account};
use crate::worked::{Failure, Worked};

/// The deals that must fit with room to spare.
const WANTED: usize = 50_000;

/// How many characters can still be stored, by storing them: of the kind that
/// pages of deals are made of.
const ROOM: &str = r"
    const key = 'filler';
    let fits = 0;
    for (let step = 1 << 23; step >= 1; step >>= 1) {
        try {
            localStorage.setItem(key, '\u00e9'.repeat(fits + step));
            fits += step;
        } catch (error) {
            if (error.name !== 'QuotaExceededError') throw error;
        }
    }
    localStorage.removeItem(key);
    return fits + (fits ? key.length : 0);
";

/// What one browser has room for.
struct Found {
    browser: String,
    /// Of an empty storage, in characters.
    room: usize,
    /// Beside the wanted number of deals.
    left: usize,
    /// In thousands of deals.
    most: usize,
}

/// Accounts as they are stored, by thousands of deals: the browsers try much
/// the same numbers.
#[derive(Default)]
struct Dumps(BTreeMap<usize, BTreeMap<String, String>>);

impl Dumps {
    fn of(&mut self, thousands: usize) -> Result<&BTreeMap<String, String>, Failure> {
        if let std::collections::btree_map::Entry::Vacant(place) = self.0.entry(thousands) {
            eprintln!("bench: working {thousands},000 deals");
            place.insert(worked_account(thousands * 1_000)?.dump());
        }
        self.0.get(&thousands).ok_or_else(|| "it is gone".into())
    }
}

/// Prints what each browser of this machine has room for.
///
/// # Errors
/// The deals can't be made.
pub fn report() -> Result<(), Failure> {
    let account = worked_account(WANTED)?;
    let mut dumps = Dumps::default();
    let mut all = Vec::new();
    for browser in Browser::ALL {
        if let Err(error) = browser.find() {
            eprintln!("bench: without {browser}: {error}");
            continue;
        }
        let mut found = Err(Failure::from("the visit came to nothing"));
        Visit::default()
            .browser(browser)
            .run(|page| found = measured(page, &account, &mut dumps));
        all.push(found?);
    }
    println!(
        "| | room, in characters | left beside {WANTED} worked deals | worked deals at most |"
    );
    println!("| --- | --- | --- | --- |");
    for found in all {
        let Found {
            browser,
            room,
            left,
            most,
        } = found;
        let percent = left * 100 / room.max(1);
        println!("| {browser} | {room} | {left} ({percent} %) | {most},000 |");
    }
    Ok(())
}

fn measured(page: &Page, account: &Worked, dumps: &mut Dumps) -> Result<Found, Failure> {
    page.set_patience(Duration::from_secs(120));
    to_plain_page(page);
    let room = room(page)?;
    if !put(page, &account.dump()) {
        return Err(format!("{WANTED} deals do not fit into {}", page.browser()).into());
    }
    let open = account.workspace.deals.values();
    let open = open.filter(|deal| deal.closing.is_none()).count();
    expect_shown(page, "open", open);
    expect_shown(page, "closed", account.workspace.deals.len() - open);
    page.expect_text("Saved");
    to_plain_page(page);
    let left = self::room(page)?;
    let guess = room * (WANTED / 1_000) / (room - left).max(1);
    Ok(Found {
        browser: page.browser(),
        room,
        left,
        most: most(page, guess, dumps)?,
    })
}

/// The list of open or closed deals has so many rows, and its head.
fn expect_shown(page: &Page, which: &str, count: usize) {
    page.goto(&format!("#/deals/{which}"));
    page.expect_heading("Deals");
    let rows = json!((count + 1).to_string());
    page.wait_until(&format!("{count} {which} deals are shown"), || {
        let script =
            "return document.querySelector('table[aria-rowcount]')?.getAttribute('aria-rowcount');";
        page.evaluate(script, &[]) == rows
    });
}

fn room(page: &Page) -> Result<usize, Failure> {
    Ok(serde_json::from_value(page.evaluate(ROOM, &[]))?)
}

/// The greatest number of thousands of deals that can be stored, looked for
/// from `guess` on.
fn most(page: &Page, guess: usize, dumps: &mut Dumps) -> Result<usize, Failure> {
    let mut most = guess;
    while !put(page, dumps.of(most)?) {
        most -= 1;
    }
    while put(page, dumps.of(most + 1)?) {
        most += 1;
    }
    Ok(most)
}
