//! Where the focus goes when a screen, a dialog or a part of one comes or goes.
//!
//! What is to have the focus is often there only frames later, and frames can
//! be long in coming. Until then something else may be wished for, or a person
//! may have gone on: so whoever wishes for the focus looks again before it is
//! moved.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::{document, window};
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, WheelEvent};

use super::dom::{by_id, dialog_is_open, in_frame, is_typing, scroll_to_top, scrolled_px};
use super::keyboard;
use super::life::lasting;
use super::listener::{Listener, on_window};
use super::pointer::bring_near;

/// Moves the focus to the first element that fits the selector.
pub fn focus(selector: &str) {
    if let Some(element) = found(selector) {
        let _ = element.focus();
    }
}

/// The first element that fits the selector.
fn found(selector: &str) -> Option<HtmlElement> {
    let found = document().query_selector(selector).ok().flatten();
    found.and_then(|element| element.dyn_into().ok())
}

/// Moves the focus to the first element that fits the selector, if what had it
/// is gone by the next frame.
pub fn catch_focus(selector: &'static str) {
    in_frame(move || {
        if no_focus() {
            focus(selector);
        }
    });
}

/// The same where the page is to stay as it is scrolled.
pub fn catch_focus_in_place(selector: &'static str) {
    in_frame(move || {
        if no_focus() {
            focus_in_place(found(selector));
        }
    });
}

/// Moves the focus to the element of that id as soon as what has just been
/// changed is shown: before the next key, where that can be; unless someone
/// types elsewhere by then, for frames can be long in coming.
pub fn focus_soon(id: String) {
    focus_soon_where(move || by_id(&id));
}

/// The same for what is found then.
pub(super) fn focus_soon_where(find: impl Fn() -> Option<HtmlElement> + 'static) {
    let wish = FocusWish::new();
    // What has been changed is carried out before this task.
    spawn_local(async move { focus_within_frames(wish, Box::new(find), 4) });
}

thread_local! {
    /// How often something has wished for the focus.
    static FOCUS_WISHES: Cell<u32> = const { Cell::new(0) };
    /// How often something has opened that has the focus while it is open.
    static OPENINGS: Cell<u32> = const { Cell::new(0) };
}

/// Something is to have the focus when it is there, which takes frames. Until
/// then something else may wish for it, or a person may move it.
struct FocusWish {
    number: u32,
    /// What opens later is given way to.
    openings: Option<u32>,
    before: Option<Element>,
}

impl FocusWish {
    fn new() -> Self {
        FOCUS_WISHES.set(FOCUS_WISHES.get().wrapping_add(1));
        Self {
            openings: None,
            ..Self::least()
        }
    }

    /// One that gives way to all others, those that are there already among them.
    fn least() -> Self {
        Self {
            number: FOCUS_WISHES.get(),
            openings: Some(OPENINGS.get()),
            before: document().active_element(),
        }
    }

    /// Whether it is the last one, and nobody types elsewhere by now.
    fn stands(&self) -> bool {
        self.is_last() && (!is_typing() || self.is_where_it_was())
    }

    /// Whether it is the last one, and the focus was not moved meanwhile.
    fn is_untouched(&self) -> bool {
        self.is_last() && (no_focus() || self.is_where_it_was())
    }

    fn is_last(&self) -> bool {
        let is_covered = self.openings.is_some_and(|count| count != OPENINGS.get());
        FOCUS_WISHES.get() == self.number && !is_covered
    }

    fn is_where_it_was(&self) -> bool {
        document().active_element() == self.before
    }
}

/// What is about to be shown can't take the focus yet: a later frame can.
fn focus_within_frames(wish: FocusWish, find: Box<dyn Fn() -> Option<HtmlElement>>, frames: u8) {
    if !wish.stands() {
        return;
    }
    let element = find();
    if let Some(element) = &element {
        let _ = element.focus();
    }
    let has_focus = element
        .is_some_and(|element| document().active_element().as_ref() == Some(element.as_ref()));
    if !has_focus && frames > 0 {
        in_frame(move || focus_within_frames(wish, find, frames - 1));
    }
}

/// Moves the focus to the text field of that id and selects what is in it,
/// once the next frame is there.
pub fn select_soon(id: String) {
    let wish = FocusWish::new();
    in_frame(move || {
        let field = by_id(&id).and_then(|e| e.dyn_into::<HtmlInputElement>().ok());
        if let Some(field) = field.filter(|_| wish.stands()) {
            let _ = field.focus();
            field.select();
        }
    });
}

/// Moves the focus to the first element that fits the selector, with the next
/// frame.
pub fn focus_next(selector: &str) {
    let (wish, selector) = (FocusWish::new(), selector.to_owned());
    in_frame(move || {
        if wish.stands() {
            focus(&selector);
        }
    });
}

/// A new screen begins at its top and, with the next frame, at what fits the
/// selector, unless something in it, or a person, has taken the focus by then.
pub fn arrive_at(selector: &'static str) {
    let wish = FocusWish::least();
    // The screen is there before this task, and a person has not scrolled yet;
    // by the next frame one may have. In a low window it may begin below.
    spawn_local(async move {
        scroll_to_top();
        if let Some(element) = found(selector) {
            bring_near(&element);
        }
    });
    in_frame(move || {
        if wish.is_untouched() && !is_typing() {
            focus_in_place(found(selector));
        }
    });
}

/// Brings the page back to where it was scrolled, as soon as it is tall
/// enough, and the focus to the link of that address in it, or to the heading;
/// as long as the screen `is_there`. Nothing is scrolled to for the focus, and
/// nothing once a person scrolls.
pub(super) fn scroll_back(
    top_px: f64,
    link: Option<String>,
    is_there: impl Fn() -> bool + 'static,
) {
    fn look(
        wish: FocusWish,
        top_px: f64,
        link: Option<String>,
        is_there: impl Fn() -> bool + 'static,
        hand: Option<Hand>,
        frame: u32,
    ) {
        in_frame(move || {
            if !is_there() {
                return;
            }
            let is_scrolled = hand.as_ref().is_some_and(Hand::scrolls);
            if !is_scrolled {
                window().scroll_to_with_x_and_y(0.0, top_px);
            }
            let hand = hand.unwrap_or_else(Hand::awaited);
            // The first frames measure the rows, and make those in view.
            let is_last = frame >= 20;
            let is_back = frame >= 4 && (is_scrolled || (scrolled_px() - top_px).abs() < 1.0);
            let found = link.as_deref().and_then(link_to);
            if (is_back && (found.is_some() || link.is_none())) || is_last {
                if link.is_some() && wish.is_untouched() && !dialog_is_open() {
                    let heading = || by_id("heading");
                    focus_in_place(found.or_else(heading));
                }
            } else {
                look(wish, top_px, link, is_there, Some(hand), frame + 1);
            }
        });
    }
    look(FocusWish::new(), top_px, link, is_there, None, 0);
}

/// Hears, for as long as it lives, whether a person scrolls the page.
struct Hand {
    scrolls: Rc<Cell<bool>>,
    _listeners: [Listener; 4],
}

impl Hand {
    fn awaited() -> Self {
        let scrolls = Rc::new(Cell::new(false));
        let listeners = ["wheel", "touchmove", "pointerdown", "keydown"].map(|kind| {
            let scrolls = Rc::clone(&scrolls);
            let heard = move |event| scrolls.set(scrolls.get() || may_scroll(&event));
            on_window(kind, lasting(heard))
        });
        Self {
            scrolls,
            _listeners: listeners,
        }
    }

    fn scrolls(&self) -> bool {
        self.scrolls.get()
    }
}

/// Whether an event of a hand scrolls the page up or down, as far as it tells.
fn may_scroll(event: &Event) -> bool {
    if let Some(wheel) = event.dyn_ref::<WheelEvent>() {
        // Sideways it is what is left of the gesture that went back.
        return wheel.delta_y().abs() > wheel.delta_x().abs();
    }
    let keys = [
        "ArrowUp",
        "ArrowDown",
        "PageUp",
        "PageDown",
        "Home",
        "End",
        " ",
    ];
    event.type_() != "keydown" || keys.contains(&keyboard::key(event).as_str())
}

fn link_to(address: &str) -> Option<HtmlElement> {
    let links = document().query_selector_all("main a[href]").ok()?;
    let links = (0..links.length()).filter_map(|at| links.get(at)?.dyn_into::<HtmlElement>().ok());
    let mut of_it = links.filter(|link| link.get_attribute("href").as_deref() == Some(address));
    of_it.find(|link| link.offset_parent().is_some())
}

fn focus_in_place(element: Option<HtmlElement>) {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    if let Some(element) = element {
        let _ = element.focus_with_options(&options);
    }
}

/// Whether nothing in the page has the focus.
fn no_focus() -> bool {
    document()
        .active_element()
        .is_none_or(|element| element.tag_name() == "BODY")
}

/// Moves the focus to what fits the selector as soon as it is there, if that
/// is within a second or two.
pub fn focus_when_there(selector: &'static str) {
    fn look(wish: FocusWish, selector: &'static str, frames: u32) {
        in_frame(move || {
            let is_there = matches!(document().query_selector(selector), Ok(Some(_)));
            if !wish.stands() {
                // Something else has the focus for a good reason.
            } else if is_there {
                focus(selector);
            } else if frames > 0 {
                look(wish, selector, frames - 1);
            }
        });
    }
    look(FocusWish::new(), selector, 100);
}

/// The element that had the focus, to give it back.
pub struct FocusMemory(send_wrapper::SendWrapper<Option<HtmlElement>>);

impl FocusMemory {
    /// Remembers the element that has the focus now, for what opens and takes it.
    pub fn now() -> Self {
        OPENINGS.set(OPENINGS.get().wrapping_add(1));
        let element = document()
            .active_element()
            .and_then(|e| e.dyn_into::<HtmlElement>().ok());
        Self(send_wrapper::SendWrapper::new(element))
    }

    /// Gives the focus back with the next frame, when what took it is gone,
    /// unless something else has it by then. Where the element is gone too, the
    /// focus goes to the heading, so that it is not lost.
    pub fn restore_soon(self) {
        let wish = FocusWish::least();
        in_frame(move || {
            if !wish.is_last() {
                return;
            }
            if let Some(element) = self.0.as_ref().filter(|_| no_focus()) {
                let _ = element.focus();
            }
            if no_focus() {
                focus("#heading");
            }
        });
    }
}
