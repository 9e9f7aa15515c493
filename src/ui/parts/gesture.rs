//! Something is taken by a pointer, carried, and let go: by a mouse as soon as
//! it moves, by a finger or a pen after a short press, so that they can scroll.

use std::time::Duration;

use leptos::ev;

use crate::ui::prelude::*;
use crate::web::dom::{self, Listener};
use crate::web::keyboard;
use crate::web::pointer::{self, Area, Point, Pointer};

/// A finger that rests this long takes what is under it.
const PRESS: Duration = Duration::from_millis(300);
/// What goes farther than this before it has taken anything: a mouse drags, a
/// finger scrolls.
const SLIP_PX: f64 = 6.0;

/// When what is pressed is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Take {
    /// At once: it is a handle, and good for nothing else.
    AtOnce,
    /// When it is plain that neither a click nor scrolling is meant.
    Felt,
}

/// What is done with what is carried.
#[derive(Clone, Copy)]
pub struct Acts {
    /// It is taken.
    pub take: Callback<()>,
    /// Once per frame: this is where the pointer is.
    pub follow: Callback<Point>,
    /// It is let go there; or it goes back, where there is no place.
    pub end: Callback<Option<Point>>,
}

/// A pointer that is down.
#[derive(Clone, Copy)]
struct Held {
    pointer: Pointer,
    /// Tells it from the presses before.
    press: u32,
    from: Point,
    at: Point,
    is_taken: bool,
}

/// What a part of the page has that can be carried.
#[derive(Clone, Copy)]
pub struct Gesture {
    acts: Acts,
    held: StoredValue<Option<Held>>,
    presses: StoredValue<u32>,
    /// The click that the browser makes of the end of a drag is none.
    is_spent: StoredValue<bool>,
    /// The part of the page that has the pointer while it carries, and is
    /// there for as long as that may last.
    area: StoredValue<Option<Area>, LocalStorage>,
    listeners: StoredValue<Vec<Listener>, LocalStorage>,
    life: Life,
}

impl Gesture {
    /// A gesture of the view that is being made.
    pub fn new(acts: Acts) -> Self {
        let gesture = Self {
            acts,
            held: StoredValue::new(None),
            presses: StoredValue::new(0),
            is_spent: StoredValue::new(false),
            area: StoredValue::new_local(None),
            listeners: StoredValue::new_local(Vec::new()),
            life: Life::here(),
        };
        on_cleanup(move || {
            gesture.listeners.dispose();
            gesture.area.dispose();
        });
        gesture
    }

    /// The part of the page that what is carried stays in, whatever becomes of
    /// the element that was pressed: while it carries, a finger scrolls nothing
    /// there. Browsers want to know before the finger is down who may forbid it.
    pub fn within(self, area: &dom::Element) {
        let still = self.life.alive(move |event| self.keep_still(&event));
        self.area.set_value(Some(Area::new(area.clone(), still)));
    }

    /// Whether something is carried now.
    pub fn carries(self) -> bool {
        self.held
            .with_value(|held| held.is_some_and(|held| held.is_taken))
    }

    /// A pointer is down on something; whether it may come to be carried.
    pub fn press(self, event: &ev::PointerEvent, take: Take) -> bool {
        let is_busy = self.held.with_value(Option::is_some);
        let Some(pointer) = Pointer::pressed(event).filter(|_| !is_busy) else {
            return false;
        };
        let press = self.presses.get_value().wrapping_add(1);
        let at = pointer::point(event).unwrap_or_default();
        self.presses.set_value(press);
        self.is_spent.set_value(false);
        self.held.set_value(Some(Held {
            pointer,
            press,
            from: at,
            at,
            is_taken: false,
        }));
        self.listen(event);
        match take {
            Take::AtOnce => self.take(press),
            Take::Felt if pointer.is_mouse => {}
            Take::Felt => dom::after(PRESS, self.life.alive(move |()| self.take(press))),
        }
        true
    }

    /// Puts back what is carried, if anything is.
    pub fn give_up(self) {
        self.end(None);
    }

    fn listen(self, event: &ev::PointerEvent) {
        let life = self.life;
        let put_back = move || life.alive(move |_| self.end(None));
        let mut listeners = vec![
            dom::on_window("pointermove", life.alive(move |event| self.moved(&event))),
            dom::on_window("pointerup", life.alive(move |event| self.lifted(&event))),
            dom::on_window_first("pointerdown", life.alive(move |event| self.another(&event))),
            dom::on_window("pointercancel", life.alive(move |event| self.lost(&event))),
            dom::on_window(
                "lostpointercapture",
                life.alive(move |event| self.let_go(&event)),
            ),
            dom::on_window("blur", put_back()),
            dom::on_window_first("keydown", life.alive(move |event| self.key(&event))),
            dom::on_window_first("click", life.alive(move |event| self.click(&event))),
            // The browser's own business with what is pressed: links and
            // pictures that are dragged, text that is selected, a menu.
            dom::on_window_first("dragstart", life.alive(move |event| self.forbid(&event))),
            dom::on_window_first("selectstart", life.alive(move |event| self.forbid(&event))),
            dom::on_window_first("contextmenu", life.alive(move |event| self.forbid(&event))),
        ];
        // What is touched hears of the finger to its end, even when it has
        // been taken out of the page.
        let still = life.alive(move |event| self.keep_still(&event));
        listeners.extend(dom::on_target_of(event, "touchmove", still));
        self.listeners.set_value(listeners);
    }

    fn take(self, press: u32) {
        let is_this = |held: &Held| held.press == press && !held.is_taken;
        let taken = self.held.try_update_value(|held| {
            let held = held.as_mut().filter(|held| is_this(held))?;
            held.is_taken = true;
            Some(held.pointer)
        });
        let Some(pointer) = taken.flatten() else {
            return;
        };
        self.area.with_value(|area| {
            if let Some(area) = area {
                area.capture(pointer);
            }
        });
        self.acts.take.run(());
        self.follow(press);
    }

    fn follow(self, press: u32) {
        let held = self.held.get_value();
        let Some(held) = held.filter(|held| held.is_taken && held.press == press) else {
            return;
        };
        self.acts.follow.run(held.at);
        dom::at_next_frame(self.life.alive(move |()| self.follow(press)));
    }

    /// What is held, if the event is of its pointer.
    fn held_by(self, event: &ev::Event) -> Option<Held> {
        let held = self.held.get_value()?;
        held.pointer.is_of(event).then_some(held)
    }

    fn moved(self, event: &ev::Event) {
        let Some((held, at)) = self.held_by(event).zip(pointer::point(event)) else {
            return;
        };
        self.held.set_value(Some(Held { at, ..held }));
        let has_slipped = at.distance_px(held.from) > SLIP_PX;
        match () {
            () if held.is_taken || !has_slipped => {}
            () if held.pointer.is_mouse => self.take(held.press),
            () => self.end(None),
        }
    }

    fn lifted(self, event: &ev::Event) {
        if let Some(held) = self.held_by(event) {
            let at = pointer::point(event).unwrap_or(held.at);
            self.end(Some(at));
        }
    }

    /// Another finger is down: two fingers mean something else.
    fn another(self, event: &ev::Event) {
        self.is_spent.set_value(false);
        if self.held.with_value(Option::is_some) && self.held_by(event).is_none() {
            self.end(None);
        }
    }

    fn lost(self, event: &ev::Event) {
        if self.held_by(event).is_some() {
            self.end(None);
        }
    }

    /// The area has lost the pointer; what was pressed gives it to the area.
    fn let_go(self, event: &ev::Event) {
        let is_area = self
            .area
            .with_value(|area| area.as_ref().is_some_and(|area| area.is_target_of(event)));
        if is_area && self.carries() {
            self.lost(event);
        }
    }

    fn key(self, event: &ev::Event) {
        if self.carries() && keyboard::key(event) == "Escape" {
            event.prevent_default();
            event.stop_propagation();
            self.end(None);
        }
    }

    fn click(self, event: &ev::Event) {
        if self.is_spent.get_value() && pointer::is_by_pointer(event) {
            self.is_spent.set_value(false);
            event.prevent_default();
            event.stop_immediate_propagation();
        }
    }

    fn forbid(self, event: &ev::Event) {
        let held = self.held.get_value();
        let is_menu = event.type_() == "contextmenu";
        // A mouse has a button for its menu.
        if held.is_some_and(|held| !(is_menu && held.pointer.is_mouse)) {
            event.prevent_default();
        }
    }

    fn keep_still(self, event: &ev::Event) {
        if self.carries() && event.cancelable() {
            event.prevent_default();
        }
    }

    fn end(self, at: Option<Point>) {
        let Some(held) = self.held.get_value() else {
            return;
        };
        self.held.set_value(None);
        self.is_spent.set_value(held.is_taken);
        // Not at once: one of them is running, and a click is to come.
        let stop = move |()| {
            if self.presses.get_value() == held.press {
                self.listeners.set_value(Vec::new());
            }
        };
        dom::after_frame(self.life.alive(stop));
        if held.is_taken {
            self.area.with_value(|area| {
                if let Some(area) = area {
                    area.release(held.pointer);
                }
            });
            self.acts.end.run(at);
        }
    }
}
