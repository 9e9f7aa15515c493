//! The board of the process with the most open deals.

use browser_tests::Page;

use crate::timing::{Took, in_turns, number, repeated, rest};
use crate::{Line, heap, start};

/// Shows the board of the process with the most open deals.
const FULLEST: &str = r"
    const box = document.querySelector('.board-process');
    const count = () => [...document.querySelectorAll('.board-count')]
        .reduce((sum, it) => sum + Number(it.textContent.replace(/\D/g, '')), 0);
    const soon = () => new Promise((done) => setTimeout(done, 200));
    return (async () => {
        let best = [-1, 0];
        const show = async (at) => {
            box.selectedIndex = at;
            box.dispatchEvent(new Event('change', { bubbles: true }));
            await soon();
        };
        for (let at = 0; at < (box?.length ?? 0); at++) {
            await show(at);
            if (count() > best[0]) best = [count(), at];
        }
        if (box) await show(best[1]);
        return count();
    })();
";
const TO_TABLE: &str = r"
    [...document.querySelectorAll('.segment')].find((it) => it.textContent === 'Table').click();
";
const TO_BOARD: &str = r"
    [...document.querySelectorAll('.segment')].find((it) => it.textContent === 'Board').click();
";
/// Ticks a sub-stage on a card, whose list is open.
const TICK: &str = "document.querySelector('.floating input').click();";
const OPEN_SUB_STAGES: &str =
    "document.querySelector('.board-card .card-button:not([hidden])').click();";

/// Scrolls an element by so much each frame, forth and back; the longest time
/// that a frame was at work, in milliseconds, with its style, layout and paint.
const SCROLLED: &str = r"
    const element = [...document.querySelectorAll(arguments[0])]
        .reduce((a, b) => (a.scrollHeight >= b.scrollHeight ? a : b));
    const side = arguments[1], step = arguments[2];
    return new Promise((resolve) => {
        let frames = 0, longest = 0;
        const frame = () => {
            const start = performance.now();
            element[side] += frames < 60 ? step : -step;
            scheduler.postTask(() => {
                if (frames > 3) longest = Math.max(longest, performance.now() - start);
                if (++frames < 120) requestAnimationFrame(frame);
                else resolve(longest);
            }, { priority: 'user-blocking' });
        };
        requestAnimationFrame(frame);
    });
";

/// Measures the board.
pub fn lines(page: &Page) -> Vec<Line> {
    let mut lines = Vec::new();
    page.goto("#/deals/open?layout=board");
    page.expect_heading("Deals");
    rest(page);
    let deals = page.evaluate(FULLEST, &[]).as_f64();
    lines.push(Line::number("board: its open deals", deals));
    let (cards, whole) = start(page);
    lines.push(Line::number("board: start to its heads", cards));
    lines.push(Line::number("board: start to everything", whole));
    let mut add = |what, took: Option<Took>| lines.push(Line::took(what, took));
    let [_, from_table] = in_turns(page, [TO_TABLE, TO_BOARD]);
    add("board: from the table", from_table);
    page.evaluate(OPEN_SUB_STAGES, &[]);
    rest(page);
    add("board: tick on a card", repeated(page, TICK));
    page.evaluate(OPEN_SUB_STAGES, &[]);
    rest(page);
    for (what, selector, side, step) in [
        (
            "board: longest frame while a column is scrolled",
            ".board-body",
            "scrollTop",
            60,
        ),
        (
            "board: longest frame while it is scrolled sideways",
            ".board-track",
            "scrollLeft",
            20,
        ),
    ] {
        let longest = page.evaluate(SCROLLED, &[selector.into(), side.into(), step.into()]);
        lines.push(Line::number(what, longest.as_f64()));
    }
    let elements = "return document.querySelectorAll('*').length;";
    lines.push(Line::number("board: elements", number(page, elements)));
    let heap = heap(page).map(|bytes| bytes / 1024.0);
    lines.push(Line::number("board: heap of the page, KiB", heap));
    lines
}
