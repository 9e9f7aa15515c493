//! The entries of the browser's history, each with a mark of ours.

use leptos::prelude::window;
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

/// Makes a new entry.
pub(super) fn push(href: &str, mark: &Mark) {
    if let Ok(history) = window().history() {
        let _ = history.push_state_with_url(&mark.state(), "", Some(href));
    }
}

/// Gives the shown entry another address and mark.
pub(super) fn replace(href: &str, mark: &Mark) {
    let href = (!href.is_empty()).then_some(href);
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&mark.state(), "", href);
    }
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
