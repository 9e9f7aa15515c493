//! Accessibility checks by axe-core, where xtask could fetch it.

use std::fmt;
use std::fs;

use serde_json::{Value, json};

use crate::page::Page;
use crate::wait::{demand, fail};

const RUN: &str = "const done = arguments[arguments.length - 1];
axe.run(document, { resultTypes: ['violations'] }).then(
  (result) => done({ violations: result.violations }),
  (error) => done({ error: String(error) }),
);";

/// Whether no colour is on its way to another. A change of the system's theme
/// begins with the next frame; a page in the background has none.
const IS_STILL: &str = "const done = arguments[arguments.length - 1];
const look = () => done(document.getAnimations().every((one) =>
  one.playState !== 'running' || one.effect.getComputedTiming().iterations === Infinity));
requestAnimationFrame(() => requestAnimationFrame(look));
setTimeout(look, 5000);";

/// A rule that the page breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The rule's name, such as "color-contrast".
    pub rule: String,
    /// What it asks for.
    pub help: String,
    /// The elements that break it, as HTML with axe's summary.
    pub elements: Vec<String>,
}

impl fmt::Display for Violation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.rule, self.help)?;
        self.elements
            .iter()
            .take(5)
            .try_for_each(|element| write!(formatter, "\n    {element}"))
    }
}

impl Page {
    /// The rules that the page breaks; none where axe-core could not be
    /// fetched, which `cargo xtask test` says.
    #[track_caller]
    #[must_use]
    pub fn axe(&self) -> Vec<Violation> {
        let Some(path) = xtask::axe::source() else {
            return Vec::new();
        };
        if self.evaluate("return typeof axe === 'undefined';", &[]) == json!(true) {
            let source = demand(fs::read_to_string(&path), path.display());
            // The driver runs it past the security policy of the page, and
            // its own `this` and `module` would keep axe out of the window.
            self.evaluate(
                &format!("(function () {{ {source}\n }}).call(window);"),
                &[],
            );
        }
        // Colours that are on their way to others are no colours of the page.
        self.wait_until("no transition is under way", || {
            let still =
                self.ask_driver("run a script", |client| client.execute_async(IS_STILL, &[]));
            still == json!(true)
        });
        let result = self.ask_driver("run axe-core", |client| client.execute_async(RUN, &[]));
        if let Some(error) = result.get("error") {
            fail(format_args!("axe-core failed: {error}"));
        }
        list(&result, "violations").iter().map(violation).collect()
    }

    /// The page breaks no rule of axe-core.
    #[track_caller]
    pub fn expect_accessible(&self) {
        let violations = self.axe();
        if !violations.is_empty() {
            let lines: Vec<String> = violations.iter().map(Violation::to_string).collect();
            fail(format_args!(
                "axe-core finds on {}:\n  {}",
                self.url(),
                lines.join("\n  ")
            ));
        }
    }
}

fn violation(value: &Value) -> Violation {
    let elements = list(value, "nodes")
        .iter()
        .map(|node| {
            format!(
                "{} ({})",
                text(node, "html"),
                text(node, "failureSummary").replace('\n', " ")
            )
        })
        .collect();
    Violation {
        rule: text(value, "id"),
        help: text(value, "help"),
        elements,
    }
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value
        .get(key)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

fn text(value: &Value, key: &str) -> String {
    value
        .get(key)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}
