//! How long something takes: until it is on screen, and of that in scripts.

use std::ops::{AddAssign, Sub};

use browser_tests::Page;
use serde_json::{Value, json};

/// How often each act is measured; the median counts.
pub const TRIES: usize = 5;

/// Runs an act in a task of its own and gives the milliseconds until the
/// frame after the first change of the page was drawn. The frame alone is 16
/// to 33 ms, whatever the act. Where nothing changes, there is no answer.
const TIMED: &str = r"
    const act = new Function(arguments[0]);
    return new Promise((resolve) => {
      setTimeout(() => resolve(null), 5000);
      requestAnimationFrame(() => setTimeout(() => {
        const seen = new MutationObserver(() => {
            seen.disconnect();
            requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - start)));
        });
        seen.observe(document, { attributes: true, characterData: true, childList: true, subtree: true });
        const start = performance.now();
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
    /// From the act to the second frame after it.
    pub frame: f64,
    /// In scripts, within that time: the app's and those of the charts.
    pub script: f64,
    /// In style and layout, within that time.
    pub layout: f64,
}

/// Where the browser's time went so far, in milliseconds.
#[derive(Clone, Copy, Default)]
struct Spent {
    script: f64,
    layout: f64,
}

impl Sub for Spent {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self {
            script: self.script - other.script,
            layout: self.layout - other.layout,
        }
    }
}

impl AddAssign for Spent {
    fn add_assign(&mut self, other: Self) {
        self.script += other.script;
        self.layout += other.layout;
    }
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
    let before = spent(page);
    let frame = page.evaluate(TIMED, &[json!(act)]).as_f64()?;
    let spent = spent(page) - before;
    Some(Took {
        frame,
        script: spent.script,
        layout: spent.layout,
    })
}

/// Lets everything that moves come to its end.
pub fn rest(page: &Page) {
    page.evaluate(REST, &[]);
}

fn spent(page: &Page) -> Spent {
    let mut spent = Spent::default();
    let metrics = page.devtools("Performance.getMetrics", &json!({}));
    let metrics = metrics.get("metrics").and_then(Value::as_array);
    for metric in metrics.into_iter().flatten() {
        let ms = metric
            .get("value")
            .and_then(Value::as_f64)
            .unwrap_or_default()
            * 1000.0;
        spent += match metric.get("name").and_then(Value::as_str) {
            Some("ScriptDuration") => Spent {
                script: ms,
                layout: 0.0,
            },
            Some("LayoutDuration" | "RecalcStyleDuration") => Spent {
                script: 0.0,
                layout: ms,
            },
            _ => Spent::default(),
        };
    }
    spent
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
        script: of(|took| took.script)?,
        layout: of(|took| took.layout)?,
    })
}
