//! How long something takes: until it is on screen, and of that at work.

use browser_tests::Page;
use serde_json::{Value, json};

/// How often each act is measured; the median counts.
pub const TRIES: usize = 5;

/// Runs an act in a task of its own, right after a frame, and gives the
/// milliseconds until the browser has made the frame that shows it; and of
/// these what it was at work: in the scripts that the act runs, and in the
/// frame, with its style, layout and paint. The first alone is up to 17 ms,
/// whatever the act. Where nothing changes, there is no answer; where the
/// change comes in a later task than the act, the work is not known.
const TIMED: &str = r"
    const act = new Function(arguments[0]);
    // Before whatever else waits, as the drawing of charts does.
    const after_this = (then) => scheduler.postTask(then, { priority: 'user-blocking' });
    return new Promise((resolve) => {
      setTimeout(() => resolve(null), 5000);
      requestAnimationFrame(() => setTimeout(() => {
        let frame = 0, is_seen = false, is_over = false, scripts = null;
        const frames = () => {
            frame = performance.now();
            if (!is_over) requestAnimationFrame(frames);
        };
        requestAnimationFrame(frames);
        const seen = new MutationObserver(() => {
            seen.disconnect();
            is_seen = true;
            requestAnimationFrame(() => {
                is_over = true;
                after_this(() => {
                    const now = performance.now();
                    resolve([now - start, scripts === null ? null : scripts + now - frame]);
                });
            });
        });
        seen.observe(document, { attributes: true, characterData: true, childList: true, subtree: true });
        const start = performance.now();
        try { act(); } catch { resolve(null); }
        after_this(() => { if (is_seen) scripts = performance.now() - start; });
      }));
    });
";

/// Longer than any transition and the drawing of the charts. (A blinking
/// cursor keeps a page from settling.)
const REST: &str = "return new Promise((resolve) => setTimeout(resolve, 450));";

/// What one act took, in milliseconds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Took {
    /// From the act until the frame that shows it was made.
    pub frame: f64,
    /// Of that, at work, where it is known: in scripts, style, layout and paint.
    pub work: Option<f64>,
}

/// Measures several acts that take turns (there and back), each the median of
/// its tries.
pub fn in_turns<const N: usize>(page: &Page, acts: [&str; N]) -> [Option<Took>; N] {
    let mut all: [Vec<Took>; N] = std::array::from_fn(|_| Vec::new());
    for _ in 0..TRIES {
        for (act, all) in acts.iter().zip(&mut all) {
            all.extend(once(page, act));
        }
    }
    all.map(|all| median_of(&all))
}

/// Measures one act; done twice, it is undone.
pub fn repeated(page: &Page, act: &str) -> Option<Took> {
    let all: Vec<Took> = (0..=TRIES).filter_map(|_| once(page, act)).collect();
    median_of(&all)
}

/// Measures one act, once.
pub fn once(page: &Page, act: &str) -> Option<Took> {
    rest(page);
    let took = page.evaluate(TIMED, &[json!(act)]);
    let part = |at: usize| took.get(at).and_then(Value::as_f64);
    Some(Took {
        frame: part(0)?,
        work: part(1),
    })
}

/// Runs an act, and from the frame that shows it until all is saved asks for
/// one task after the other: the longest wait for one, in milliseconds, is the
/// longest that the page was at work in one go.
const SAVED: &str = r"
    const act = new Function(arguments[0]);
    return new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        let last, longest = 0, is_over = false;
        port1.onmessage = () => {
            const now = performance.now();
            longest = Math.max(longest, now - last);
            last = now;
            if (is_over) resolve(longest);
            else port2.postMessage(null);
        };
        const look = () => {
            is_over = !!document.querySelector('.save-saved');
            if (!is_over) setTimeout(look, 5);
        };
        act();
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => {
            last = performance.now();
            port2.postMessage(null);
            look();
        })));
    });
";

/// The longest task, in milliseconds, while what an act has changed is saved.
pub fn longest_of_save(page: &Page, act: &str) -> Option<f64> {
    rest(page);
    page.evaluate(SAVED, &[json!(act)]).as_f64()
}

/// Lets everything that moves come to its end.
pub fn rest(page: &Page) {
    page.evaluate(REST, &[]);
}

/// The number that a script returns.
pub fn number(page: &Page, script: &str) -> Option<f64> {
    page.evaluate(script, &[]).as_f64()
}

/// The middle one.
pub fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

/// The median of each part.
pub fn median_of(all: &[Took]) -> Option<Took> {
    Some(Took {
        frame: median(all.iter().map(|took| took.frame).collect())?,
        work: median(all.iter().filter_map(|took| took.work).collect()),
    })
}
