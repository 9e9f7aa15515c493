//! The address bar: the part after the `#` is the route.
//!
//! Every entry of the browser's history carries its place in it, and what it
//! came after (`history`). So where a form with changes asks to stay, the
//! browser is brought back to the form's own entry, and no entry is
//! overwritten or doubled; and a form that is done with goes back to where it
//! was opened instead of leaving an entry that leads into it.

use std::cell::RefCell;
use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::clock;
use super::dom::{self, Listener, on_window, on_window_first, on_window_last};
use super::focus::scroll_back;
use super::history::{self, Mark, Pace, Stepping};
use super::life::lasting;
use super::memory::Memory;
use crate::route::Route;

/// How long a step in the browser's history may take.
const LONGEST_STEP: Duration = Duration::from_secs(1);

/// How soon an address is written that there were too many before.
const ADDRESS_LATER: Duration = Duration::from_millis(500);

/// The route that is shown, and the ways to change it.
#[derive(Clone, Copy)]
pub struct Router {
    current: RwSignal<Route>,
    /// Where a person wants to go while a form with changes asks them to stay.
    pending: RwSignal<Option<Wanted>>,
    guarded: RwSignal<bool>,
    /// The shown entry of the browser's history.
    mark: RwSignal<Mark>,
    /// What was left in entries, for the way back.
    memory: Memory,
    /// What is open over the screen, the topmost last.
    covers: StoredValue<Vec<Cover>>,
    /// A step back is under way, and where to go when it is made.
    stepping: Stepping,
    /// Of what the address bar is given.
    pace: StoredValue<Pace>,
    /// The address bar has still to be given the shown route.
    is_behind: StoredValue<bool>,
}

/// A step in the browser's history that waits for an answer.
#[derive(Clone, PartialEq)]
struct Wanted {
    route: Route,
    /// How far from the shown entry it is.
    steps: i32,
}

/// Something that is open over the screen: Back is for it.
#[derive(Clone, Copy)]
struct Cover {
    id: u32,
    /// Asked to close; whether it does.
    close: Callback<(), bool>,
    /// Whether something would be lost with it.
    is_changed: RwSignal<bool>,
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
            mark: RwSignal::new(Mark::here().unwrap_or_default()),
            memory: Memory::new(),
            covers: StoredValue::new(Vec::new()),
            stepping: Stepping::default(),
            pace: StoredValue::new(Pace::default()),
            is_behind: StoredValue::new(false),
        };
        router.write_mark();
        history::scroll_by_itself(false);
        let clicked = lasting(move |event| {
            if let Some((route, way)) = followed(&event) {
                event.prevent_default();
                match way {
                    Way::On => router.go(&route),
                    Way::Up => router.up(&route),
                    Way::Beside => router.beside(route),
                }
            }
        });
        // A link to where one is already takes the mark away.
        let stayed = lasting(move |_| {
            if Mark::here().is_none() && here() == router.current.get_untracked() {
                router.write_mark();
            }
        });
        let leaving = lasting(move |event| {
            if router.would_lose() {
                dom::ask_before_leaving(&event);
            }
        });
        // A page that is loaded again is the browser's to bring back.
        let shown = lasting(move |_| history::scroll_by_itself(false));
        let left = lasting(move |_| {
            router.catch_up();
            history::scroll_by_itself(true);
        });
        let listeners = [
            on_window_last("click", clicked),
            on_window("hashchange", lasting(move |_| router.arrived(here()))),
            on_window("popstate", stayed),
            on_window_first("beforeunload", leaving),
            on_window("pagehide", left),
            on_window("pageshow", shown),
        ];
        LISTENERS.with_borrow_mut(|kept| kept.extend(listeners));
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

    /// What was left in the entry that is shown, for the way back to it.
    pub fn memory(self) -> Memory {
        self.memory
    }

    /// Goes to a route, as a new step of the browser's history.
    ///
    /// It is shown at once, without the way round by the browser's events.
    pub fn go(self, route: &Route) {
        let shown = self.current.get_untracked();
        if shown == *route {
            return;
        }
        if self.guarded.get_untracked() {
            let route = route.clone();
            self.pending.set(Some(Wanted { route, steps: 0 }));
            return;
        }
        if self.stepping.is_followed_by(route) {
            return;
        }
        let mark = self.mark.with_untracked(|mark| mark.next(shown));
        self.memory.leave(mark.place - 1);
        self.memory.forget_from(mark.place);
        self.catch_up();
        let is_made = history::push(&route.href(), &mark);
        if is_made {
            self.mark.set(mark);
        }
        self.current.set(route.clone());
        if !is_made {
            // It takes the place of the entry that is shown.
            self.write_later();
        }
    }

    /// Goes to a route without a new step of the browser's history.
    pub fn replace(self, route: Route) {
        let shown = self.current.get_untracked();
        if !shown.is_same_screen(&route) {
            self.memory.turn_over();
        }
        if shown != route {
            self.current.set(route);
        }
        let now_ms = clock::now_ms();
        if self.pace.with_value(|pace| pace.allows(now_ms)) {
            self.write_address();
        } else {
            self.write_later();
        }
    }

    /// Lets the shown entry have the address of the shown route.
    fn write_address(self) {
        let place = self.mark.with_untracked(|mark| mark.place);
        if Mark::here().is_some_and(|here| here.place != place) {
            // The browser is on its way from another entry, or to it.
            self.write_later();
            return;
        }
        let href = self.current.get_untracked().href();
        self.is_behind.set_value(false);
        self.pace.update_value(|pace| pace.note(clock::now_ms()));
        let is_written = self
            .mark
            .with_untracked(|mark| history::replace(&href, mark));
        if !is_written {
            self.write_later();
        }
    }

    fn write_later(self) {
        if !self.is_behind.get_value() {
            self.is_behind.set_value(true);
            dom::after(ADDRESS_LATER, lasting(move |()| self.catch_up()));
        }
    }

    /// Writes an address that is behind.
    fn catch_up(self) {
        if self.is_behind.get_value() {
            self.is_behind.set_value(false);
            self.write_address();
        }
    }

    /// Leaves a form that is done with for another screen: back to it, where
    /// it was left for the form, and else in the place of the form. No way
    /// back leads into the form.
    pub fn leave(self, to: Route) {
        self.guard(false);
        match self.before().filter(|before| before.is_same_screen(&to)) {
            Some(before) => self.step_back(before),
            None => self.replace(to),
        }
    }

    /// Gives a form up: back to where it was opened, or to another screen
    /// where that is not known.
    pub fn give_up(self, otherwise: Route) {
        self.leave(self.before().unwrap_or(otherwise));
    }

    /// Goes to the screen above: as it was left, where one came from there.
    fn up(self, to: &Route) {
        let before = self.before().filter(|before| before.is_same_screen(to));
        match before.filter(|_| !self.guarded.get_untracked()) {
            Some(before) => self.step_back(before),
            None => self.go(to),
        }
    }

    /// Goes to what is beside the shown screen, in its place: the way back is
    /// the same from there.
    pub fn beside(self, to: Route) {
        if self.guarded.get_untracked() {
            self.go(&to);
        } else {
            self.replace(to);
        }
    }

    /// The route that the shown one came after, as far as it is of this app;
    /// follows it.
    pub fn came_from(self) -> Option<Route> {
        self.mark.with(|mark| mark.before.clone())
    }

    fn before(self) -> Option<Route> {
        self.mark.with_untracked(|mark| mark.before.clone())
    }

    /// Goes back by one step, to what is known to be there: it is shown at once.
    fn step_back(self, route: Route) {
        let from = self.current.get_untracked();
        let place = self.mark.with_untracked(|mark| mark.place);
        self.catch_up();
        self.memory.leave(place);
        self.mark.set(Mark {
            place: place - 1,
            before: None,
        });
        let step = self.stepping.begin();
        self.bring_back(place - 1, &from, &route);
        self.current.set(route);
        history::step(-1);
        // A browser that makes no step is not waited for.
        let waited = move |()| {
            if self.stepping.is(step) {
                self.stepped();
            }
        };
        dom::after(LONGEST_STEP, lasting(waited));
    }

    /// The step back was made: what was wanted meanwhile follows.
    fn stepped(self) {
        if let Some(next) = self.stepping.end() {
            self.go(&next);
        }
    }

    /// Asks before the screen is left, or no longer does.
    pub fn guard(self, on: bool) {
        if self.guarded.get_untracked() != on {
            self.guarded.set(on);
        }
    }

    /// Whether nothing is typed or open here that would be lost by leaving.
    pub fn is_at_rest(self) -> bool {
        !self.guarded.get_untracked() && self.covers.with_value(Vec::is_empty)
    }

    /// Whether something that is typed or chosen would be lost with the page.
    fn would_lose(self) -> bool {
        let is_changed = |cover: &Cover| cover.is_changed.try_get_untracked() == Some(true);
        self.guarded.get_untracked()
            || self
                .covers
                .with_value(|covers| covers.iter().any(is_changed))
    }

    /// While the caller lives, something is open over the screen: Back asks it
    /// to close, and does not leave the screen. What can't be closed without
    /// losing something says so, and the page is not closed without a question.
    pub fn cover(self, close: Callback<(), bool>, is_changed: RwSignal<bool>) {
        let id = self
            .covers
            .with_value(|covers| covers.last().map_or(0, |last| last.id + 1));
        let cover = Cover {
            id,
            close,
            is_changed,
        };
        self.covers.update_value(|covers| covers.push(cover));
        on_cleanup(move || {
            self.covers
                .try_update_value(|covers| covers.retain(|cover| cover.id != id));
        });
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
                history::step(wanted.steps);
            }
        }
    }

    fn arrived(self, route: Route) {
        // An entry without a mark is new: it follows the one that was shown.
        let (from, shown) = (self.current.get_untracked(), self.mark.get_untracked());
        let here = Mark::here();
        let is_new = here.is_none();
        let mark = here.unwrap_or_else(|| shown.next(from.clone()));
        if is_new {
            // What was at its place before is gone, whether one may stay or not.
            self.memory.forget_from(mark.place);
        }
        let steps = mark.place - shown.place;
        if steps == 0 && !is_new && self.is_behind.get_value() {
            // It is the shown entry, and only its address is old.
            self.catch_up();
            self.stepped();
            return;
        }
        let is_elsewhere = route != from;
        if is_elsewhere && !self.is_free_for(steps) {
            self.stay(&route, &mark, steps);
            return;
        }
        if is_elsewhere && self.guarded.get_untracked() {
            self.stay(&route, &mark, steps);
            self.pending.set(Some(Wanted { route, steps }));
            return;
        }
        let place = mark.place;
        // What is behind is of an entry that was left.
        self.is_behind.set_value(false);
        self.mark.set(mark);
        self.write_mark();
        if is_elsewhere {
            self.memory.leave(shown.place);
            self.bring_back(place, &from, &route);
            self.current.set(route);
        }
        self.stepped();
    }

    /// Whether nothing that is open over the screen keeps a person there: Back
    /// is for what is open, and any way is for what would be lost.
    fn is_free_for(self, steps: i32) -> bool {
        let cover = self.covers.with_value(|covers| covers.last().copied());
        cover.is_none_or(|cover| cover.close.run(()) && steps >= 0)
    }

    /// Brings the browser back to the entry that is shown.
    fn stay(self, route: &Route, mark: &Mark, steps: i32) {
        if steps == 0 {
            history::replace(&self.current.get_untracked().href(), mark);
        } else {
            history::replace(&route.href(), mark);
            history::step(-steps);
        }
    }

    /// Brings an entry back as it was left, if that is known, with the focus
    /// on the link to where one has been.
    fn bring_back(self, place: i32, from: &Route, to: &Route) {
        let Some(top_px) = self.memory.enter(place) else {
            return;
        };
        let link = (!from.is_same_screen(to)).then(|| from.href());
        let to = to.clone();
        let is_there = move || self.current.get_untracked() == to;
        scroll_back(top_px, link, is_there);
    }

    /// Writes the mark of the shown entry into it.
    fn write_mark(self) {
        let hash = window().location().hash().unwrap_or_default();
        self.mark
            .with_untracked(|mark| history::replace(&hash, mark));
    }
}

/// The route in the address bar.
pub fn here() -> Route {
    Route::parse(&window().location().hash().unwrap_or_default())
}

/// Where a link leads to, seen from the shown screen.
enum Way {
    /// To another screen.
    On,
    /// To the one above.
    Up,
    /// To one beside it, in the same list.
    Beside,
}

/// The route of a link of ours that a click follows in this tab, and the way
/// to it.
fn followed(event: &web_sys::Event) -> Option<(Route, Way)> {
    let click = event.dyn_ref::<web_sys::MouseEvent>()?;
    let is_plain = click.button() == 0
        && !(click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key());
    if !is_plain || event.default_prevented() {
        return None;
    }
    let clicked = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let link = clicked.closest("a[href^='#/']").ok()??;
    let is_of_this_tab = !link.has_attribute("target") && !link.has_attribute("download");
    let href = link.get_attribute("href").filter(|_| is_of_this_tab)?;
    let way = if link.has_attribute("data-back") {
        Way::Up
    } else if link.has_attribute("data-beside") {
        Way::Beside
    } else {
        Way::On
    };
    Some((Route::parse(&href), way))
}

/// The address of the demo, from anywhere in the app.
pub fn demo_address() -> &'static str {
    "?demo"
}

/// Whether the page is a file that was opened from a disk.
pub fn is_from_disk() -> bool {
    window().location().protocol().is_ok_and(|it| it == "file:")
}

/// The address of the visitor's own data, from anywhere in the app.
pub fn own_address() -> String {
    window().location().pathname().unwrap_or_default()
}

/// The query of the page's address, which stands before the `#`: `?demo`.
pub fn query() -> String {
    window().location().search().unwrap_or_default()
}
