//! The entries of the browser's history, each with a mark of ours.

use leptos::prelude::{GetValue, SetValue, StoredValue, WithValue, window};
use wasm_bindgen::JsValue;

use crate::route::Route;

/// What an entry of the browser's history carries.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Mark {
    /// Its place in the history.
    pub place: i32,
    /// What the entry before it showed, as far as it is of this app.
    pub before: Option<Route>,
}

impl Mark {
    /// The mark of the shown entry, if it has one.
    pub fn here() -> Option<Self> {
        let text = window().history().ok()?.state().ok()?.as_string()?;
        let (place, before) = text.split_once(' ').unwrap_or((&text, ""));
        Some(Self {
            place: place.parse().ok()?,
            before: (!before.is_empty()).then(|| Route::parse(before)),
        })
    }

    /// The mark of an entry that follows this one, which shows `route`.
    pub fn next(&self, route: Route) -> Self {
        Self {
            place: self.place + 1,
            before: Some(route),
        }
    }

    fn state(&self) -> JsValue {
        let before = self.before.as_ref().map(Route::href).unwrap_or_default();
        JsValue::from_str(&format!("{} {before}", self.place))
    }
}

/// How often addresses are written. WebKit refuses more than a hundred in ten
/// seconds, of old in thirty, Chromium two hundred in ten, and a key that is
/// held down in the search makes thirty a second.
#[derive(Debug, Default)]
pub(super) struct Pace {
    /// How many were written of late; it falls by [`Self::PER_SECOND`].
    written: f64,
    at_ms: f64,
}

impl Pace {
    /// So many at once ...
    const MOST: f64 = 30.0;
    /// ... and so many more in every second.
    const PER_SECOND: f64 = 2.0;

    /// Whether one more may be written now.
    pub fn allows(&self, now_ms: f64) -> bool {
        self.left_of(now_ms) < Self::MOST
    }

    /// Takes note of one that is written now.
    pub fn note(&mut self, now_ms: f64) {
        self.written = self.left_of(now_ms) + 1.0;
        self.at_ms = now_ms;
    }

    fn left_of(&self, now_ms: f64) -> f64 {
        let fallen = (now_ms - self.at_ms).max(0.0) / 1_000.0 * Self::PER_SECOND;
        (self.written - fallen).max(0.0)
    }
}

/// Makes a new entry; whether the browser has made it.
pub(super) fn push(href: &str, mark: &Mark) -> bool {
    let pushed = window()
        .history()
        .and_then(|history| history.push_state_with_url(&mark.state(), "", Some(href)));
    pushed.is_ok()
}

/// Gives the shown entry another address and mark; whether the browser has
/// taken them.
pub(super) fn replace(href: &str, mark: &Mark) -> bool {
    let href = (!href.is_empty()).then_some(href);
    let replaced = window()
        .history()
        .and_then(|history| history.replace_state_with_url(&mark.state(), "", href));
    replaced.is_ok()
}

/// Goes some entries back or forth; the address follows later.
pub(super) fn step(steps: i32) {
    if let Ok(history) = window().history() {
        let _ = history.go_with_delta(steps);
    }
}

/// Whether the browser itself scrolls to where an entry was left. It can't
/// where the screen is made when the entry is there already.
pub(super) fn scroll_by_itself(on: bool) {
    if let Ok(history) = window().history() {
        let how = if on { "auto" } else { "manual" };
        let _ = js_sys::Reflect::set(&history, &"scrollRestoration".into(), &how.into());
    }
}

/// A step back that the browser has still to make, and where to go then.
#[derive(Clone, Copy)]
pub(super) struct Stepping {
    next: StoredValue<Option<Option<Route>>>,
    /// Tells one step from those before.
    step: StoredValue<u32>,
}

impl Default for Stepping {
    fn default() -> Self {
        Self {
            next: StoredValue::new(None),
            step: StoredValue::new(0),
        }
    }
}

impl Stepping {
    /// A step begins: its number.
    pub fn begin(self) -> u32 {
        let step = self.step.get_value().wrapping_add(1);
        self.step.set_value(step);
        self.next.set_value(Some(None));
        step
    }

    /// Whether the last step that has begun is the one of this number.
    pub fn is(self, step: u32) -> bool {
        self.step.get_value() == step
    }

    /// Where a step is under way, goes to `route` after it; whether it is.
    pub fn is_followed_by(self, route: &Route) -> bool {
        let is_under_way = self.next.with_value(Option::is_some);
        if is_under_way {
            self.next.set_value(Some(Some(route.clone())));
        }
        is_under_way
    }

    /// The step was made: where to go now, if anywhere.
    pub fn end(self) -> Option<Route> {
        let next = self.next.get_value();
        self.next.set_value(None);
        next.flatten()
    }
}
