//! The page Statistics, each section of it over all deals.

use browser_tests::Page;
use serde_json::json;

use crate::Line;
use crate::timing::{TRIES, Took, in_turns, median, repeated, rest};

const SECTIONS: [(&str, &str, &str); 7] = [
    ("Overview", "statistics: overview", ""),
    (
        "Forecast",
        "statistics: forecast",
        "statistics: forecast, drawn",
    ),
    ("Funnel", "statistics: funnel", "statistics: funnel, drawn"),
    ("Time", "statistics: time", "statistics: time, drawn"),
    (
        "Sub-stages",
        "statistics: sub-stages",
        "statistics: sub-stages, drawn",
    ),
    ("Course", "statistics: course", "statistics: course, drawn"),
    (
        "Compare",
        "statistics: compare",
        "statistics: compare, drawn",
    ),
];

const OPEN_OWNERS: &str = "[...document.querySelectorAll('.filters button')].find((e) => e.ariaLabel?.startsWith('Owner')).click();";
const CHOOSE_OWNER: &str =
    "document.querySelector('[role=group][aria-label=\"Owner\"] input[type=checkbox]').click();";

/// Goes to a section; the milliseconds until the drawings in view are there.
const DRAWN: &str = r"
    const link = [...document.querySelectorAll('.statistics-sections a')]
        .find((it) => it.textContent.trim() === arguments[0]);
    const is_seen = (it) => it.getBoundingClientRect().top < innerHeight;
    return new Promise((resolve) => {
        const start = performance.now();
        link.click();
        const look = () => {
            const boxes = [...document.querySelectorAll('.figure-box')].filter(is_seen);
            const is_waiting = boxes.some((it) => it.matches('.figure-waiting'));
            if (boxes.length === 0 || is_waiting) requestAnimationFrame(look);
            // What is ready is drawn after the next frame.
            else requestAnimationFrame(() => requestAnimationFrame(() =>
                scheduler.postTask(() => resolve(performance.now() - start))));
        };
        requestAnimationFrame(look);
    });
";

fn to(section: &str) -> String {
    format!(
        "[...document.querySelectorAll('.statistics-sections a')].find((e) => e.textContent.trim() === '{section}').click();"
    )
}

/// Measures the page.
pub fn lines(page: &Page) -> Vec<Line> {
    let mut lines = Vec::new();
    page.goto("#/statistics/compare?by=owner");
    page.expect_heading("Statistics");
    rest(page);
    let other = to("Compare");
    for (section, what, drawn) in SECTIONS {
        let (there, back) = match section {
            "Compare" => (to(section), to("Overview")),
            _ => (to(section), other.clone()),
        };
        if section == "Compare" {
            page.evaluate(&back, &[]);
            rest(page);
        }
        let [took, _] = in_turns(page, [&there, &back]);
        lines.push(Line::took(what, took));
        if drawn.is_empty() {
            continue;
        }
        let mut all = Vec::new();
        for _ in 0..TRIES {
            rest(page);
            all.extend(page.evaluate(DRAWN, &[json!(section)]).as_f64());
            page.evaluate(&back, &[]);
        }
        lines.push(Line::number(drawn, median(all)));
    }
    let mut filtered = |section: &str, what: &'static str| {
        page.goto(&format!("#/statistics/{section}"));
        page.expect_heading("Statistics");
        page.evaluate(OPEN_OWNERS, &[]);
        rest(page);
        let took: Option<Took> = repeated(page, CHOOSE_OWNER);
        lines.push(Line::took(what, took));
        page.evaluate(OPEN_OWNERS, &[]);
        rest(page);
    };
    filtered("time", "statistics: time, filter by owner");
    filtered("course", "statistics: course, filter by owner");
    lines
}
