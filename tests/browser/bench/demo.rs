//! A first visit, by someone who follows a link to the demo: with an empty
//! cache, in a fresh browser.

use std::time::Duration;

use browser_tests::Visit;
use serde_json::json;

use crate::timing::{TRIES, median, number};
use crate::{Line, WATCH};

/// Until something is painted, and until the rows of the sample data are there.
pub fn lines() -> [Line; 2] {
    const PAINT: &str =
        "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime;";
    let (mut paints, mut rows) = (Vec::new(), Vec::new());
    for _ in 0..TRIES {
        Visit::default().run(|page| {
            page.set_patience(Duration::from_secs(60));
            page.devtools(
                "Page.addScriptToEvaluateOnNewDocument",
                &json!({ "source": WATCH }),
            );
            page.goto("?demo#/deals/open");
            page.wait_until("everything", || {
                number(page, "return window.bench.whole;").is_some()
            });
            page.expect_present("table", "Open deals");
            paints.extend(number(page, PAINT));
            rows.extend(number(page, "return window.bench.rows;"));
        });
    }
    [
        Line::number(
            "first visit of the demo, until it is painted",
            median(paints),
        ),
        Line::number("first visit of the demo, until its rows", median(rows)),
    ]
}
