//! How long something takes: until it is on screen, and of that at work.

use browser_tests::Page;
use serde_json::{Value, json};

/// How often each act is measured; the median counts.
pub const TRIES: usize = 5;

/// Runs an act in a task of its own, right after a frame, and gives the
/// milliseconds until the browser has made the frame that shows it, and how
/// long its main thread was at work within them. (Messages that the page sends
/// itself without end come late while there is work.) The frame alone is up to
/// 17 ms, whatever the act. Where nothing changes, there is no answer.
const TIMED: &str = r"
    const act = new Function(arguments[0]);
    return new Promise((resolve) => {
      setTimeout(() => resolve(null), 5000);
      requestAnimationFrame(() => setTimeout(() => {
        const { port1, port2 } = new MessageChannel();
        let work = 0, before = performance.now(), is_drawn = false;
        const start = before;
        port1.onmessage = () => {
            const now = performance.now();
            if (now - before > 0.3) work += now - before;
            before = now;
            if (is_drawn) resolve([now - start, work]);
            else port2.postMessage(null);
        };
        port2.postMessage(null);
        const seen = new MutationObserver(() => {
            seen.disconnect();
            requestAnimationFrame(() => is_drawn = true);
        });
        seen.observe(document, { attributes: true, characterData: true, childList: true, subtree: true });
        try { act(); } catch { resolve(null); }
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
    /// Of that, at work: in scripts, style, layout and paint.
    pub work: f64,
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
        work: part(1)?,
    })
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
    let of = |part: fn(&Took) -> f64| median(all.iter().map(part).collect());
    Some(Took {
        frame: of(|took| took.frame)?,
        work: of(|took| took.work)?,
    })
}
