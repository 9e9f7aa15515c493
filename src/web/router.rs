//! The address bar: the part after the `#` is the route.
//!
//! Every entry of the browser's history carries its place in it. So where a
//! form with changes asks to stay, the browser is brought back to the form's
//! own entry, and no entry is overwritten or doubled.

use std::cell::RefCell;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::dom::{Listener, on_window, on_window_first, on_window_last};
use super::life::lasting;
use crate::route::Route;

/// The route that is shown, and the ways to change it.
#[derive(Clone, Copy)]
pub struct Router {
    current: RwSignal<Route>,
    /// Where a person wants to go while a form with changes asks them to stay.
    pending: RwSignal<Option<Wanted>>,
    guarded: RwSignal<bool>,
    /// The place of the shown entry in the browser's history.
    place: StoredValue<i32>,
}

/// A step in the browser's history that waits for an answer.
#[derive(Clone, PartialEq)]
struct Wanted {
    route: Route,
    /// How far from the shown entry it is.
    steps: i32,
}

thread_local! {
    static LISTENERS: RefCell<Vec<Listener>> = const { RefCell::new(Vec::new()) };
}

impl Router {
    /// Starts to follow the address bar, for as long as the page lives.
    pub fn start() -> Self {
        let router = Self {
            current: RwSignal::new(here()),
            pending: RwSignal::new(None),
            guarded: RwSignal::new(false),
            place: StoredValue::new(place_here().unwrap_or_default()),
        };
        router.mark();
        let clicked = on_window_last(
            "click",
            lasting(move |event| {
                if let Some(route) = followed(&event) {
                    event.prevent_default();
                    router.go(&route);
                }
            }),
        );
        let moved = on_window("hashchange", lasting(move |_| router.arrived(here())));
        // A link to where one is already takes the mark away.
        let stayed = on_window(
            "popstate",
            lasting(move |_| {
                if place_here().is_none() && here() == router.current.get_untracked() {
                    router.mark();
                }
            }),
        );
        let leaving = on_window_first(
            "beforeunload",
            lasting(move |event: web_sys::Event| {
                if router.guarded.get_untracked() {
                    event.prevent_default();
                }
            }),
        );
        LISTENERS.with_borrow_mut(|kept| kept.extend([clicked, moved, stayed, leaving]));
        router
    }

    /// The route that is shown.
    pub fn route(self) -> Route {
        self.current.get()
    }

    /// The route that is shown, without following it.
    pub fn route_now(self) -> Route {
        self.current.get_untracked()
    }

    /// Goes to a route, as a new step of the browser's history.
    ///
    /// It is shown at once, without the way round by the browser's events.
    pub fn go(self, route: &Route) {
        if self.current.get_untracked() == *route {
            return;
        }
        if self.guarded.get_untracked() {
            let route = route.clone();
            self.pending.set(Some(Wanted { route, steps: 0 }));
            return;
        }
        let place = self.place.get_value() + 1;
        self.place.set_value(place);
        push_hash(&route.href(), place);
        self.current.set(route.clone());
    }

    /// Goes to a route without a new step of the browser's history.
    pub fn replace(self, route: Route) {
        replace_hash(&route.href(), self.place.get_value());
        if self.current.get_untracked() != route {
            self.current.set(route);
        }
    }

    /// Asks before the screen is left, or no longer does.
    pub fn guard(self, on: bool) {
        if self.guarded.get_untracked() != on {
            self.guarded.set(on);
        }
    }

    /// Where the person wants to go while the guard is on.
    pub fn pending(self) -> Option<Route> {
        self.pending.get().map(|wanted| wanted.route)
    }

    /// Answers the question of the guard.
    pub fn answer(self, leave: bool) {
        let wanted = self.pending.get_untracked();
        self.pending.set(None);
        if let Some(wanted) = wanted.filter(|_| leave) {
            self.guarded.set(false);
            if wanted.steps == 0 {
                self.go(&wanted.route);
            } else {
                step_in_history(wanted.steps);
            }
        }
    }

    fn arrived(self, route: Route) {
        // An entry without a mark is new: it follows the one that was shown.
        let shown = self.place.get_value();
        let place = place_here().unwrap_or(shown + 1);
        let is_elsewhere = route != self.current.get_untracked();
        if is_elsewhere && self.guarded.get_untracked() {
            let steps = place - shown;
            if steps == 0 {
                replace_hash(&self.current.get_untracked().href(), place);
            } else {
                replace_hash(&route.href(), place);
                step_in_history(-steps);
            }
            self.pending.set(Some(Wanted { route, steps }));
            return;
        }
        self.place.set_value(place);
        self.mark();
        if is_elsewhere {
            self.current.set(route);
        }
    }

    /// Writes the place of the shown entry into it.
    fn mark(self) {
        let hash = window().location().hash().unwrap_or_default();
        replace_hash(&hash, self.place.get_value());
    }
}

/// The route in the address bar.
pub fn here() -> Route {
    Route::parse(&window().location().hash().unwrap_or_default())
}

/// The route of a link of ours that a click follows in this tab.
fn followed(event: &web_sys::Event) -> Option<Route> {
    let click = event.dyn_ref::<web_sys::MouseEvent>()?;
    let is_plain = click.button() == 0
        && !(click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key());
    if !is_plain || event.default_prevented() {
        return None;
    }
    let clicked = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let link = clicked.closest("a[href^='#/']").ok()??;
    let is_of_this_tab = !link.has_attribute("target") && !link.has_attribute("download");
    is_of_this_tab
        .then(|| link.get_attribute("href"))
        .flatten()
        .map(|href| Route::parse(&href))
}

/// Makes a new entry in the browser's history, with its place in there.
fn push_hash(href: &str, place: i32) {
    if let Ok(history) = window().history() {
        let _ = history.push_state_with_url(&place.into(), "", Some(href));
    }
}

/// Gives the shown entry another address, and its place in the history.
fn replace_hash(href: &str, place: i32) {
    let href = (!href.is_empty()).then_some(href);
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&place.into(), "", href);
    }
}

/// The place in the browser's history that the shown entry carries.
fn place_here() -> Option<i32> {
    let state = window().history().ok()?.state().ok()?;
    #[expect(clippy::cast_possible_truncation, reason = "written as an i32")]
    state.as_f64().map(|place| place as i32)
}

/// Goes some entries back or forth; the address follows later.
fn step_in_history(steps: i32) {
    if let Ok(history) = window().history() {
        let _ = history.go_with_delta(steps);
    }
}

/// The address of the demo, from anywhere in the app.
pub fn demo_address() -> &'static str {
    "?demo"
}

/// The address of the visitor's own data, from anywhere in the app.
pub fn own_address() -> String {
    window().location().pathname().unwrap_or_default()
}

/// Whether the address asks for the demo's workspace.
pub fn is_demo() -> bool {
    let search = window().location().search().unwrap_or_default();
    search
        .trim_start_matches('?')
        .split('&')
        .any(|part| part == "demo" || part.starts_with("demo="))
}
