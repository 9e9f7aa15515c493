//! The address bar: the part after the `#` is the route.

use std::cell::RefCell;

use leptos::prelude::*;

use super::dom::{Listener, on_window};
use crate::route::Route;

/// The route that is shown, and the ways to change it.
#[derive(Clone, Copy)]
pub struct Router {
    current: RwSignal<Route>,
    /// Where a person wants to go while a form with changes asks them to stay.
    pending: RwSignal<Option<Route>>,
    guarded: RwSignal<bool>,
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
        };
        let moved = on_window("hashchange", move |_| router.arrived(here()));
        let leaving = super::dom::on_window_first("beforeunload", move |event| {
            if router.guarded.get_untracked() {
                event.prevent_default();
            }
        });
        LISTENERS.with_borrow_mut(|kept| kept.extend([moved, leaving]));
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
    pub fn go(self, route: &Route) {
        set_hash(&route.href());
    }

    /// Goes to a route without a new step of the browser's history.
    pub fn replace(self, route: Route) {
        replace_hash(&route.href());
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
        self.pending.get()
    }

    /// Answers the question of the guard.
    pub fn answer(self, leave: bool) {
        let wanted = self.pending.get_untracked();
        self.pending.set(None);
        if let Some(route) = wanted.filter(|_| leave) {
            self.guarded.set(false);
            self.go(&route);
        }
    }

    fn arrived(self, route: Route) {
        if route == self.current.get_untracked() {
            return;
        }
        if self.guarded.get_untracked() {
            replace_hash(&self.current.get_untracked().href());
            self.pending.set(Some(route));
        } else {
            self.current.set(route);
        }
    }
}

fn here() -> Route {
    Route::parse(&window().location().hash().unwrap_or_default())
}

fn set_hash(href: &str) {
    let _ = window().location().set_hash(href);
}

fn replace_hash(href: &str) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(href));
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
