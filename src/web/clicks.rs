//! Double clicks.
//!
//! Many people click twice where once would do. The second click is meant for
//! what was there at the first: where that has done its work, and another
//! screen or dialog has come under the pointer, the click would do what nobody
//! asked for, or the same again. So it does nothing then.

use std::cell::{Cell, RefCell};

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, MouseEvent};

use super::dom::{self, Listener};
use super::life::lasting;

thread_local! {
    static SCENE: Cell<u32> = const { Cell::new(0) };
    static LISTENER: RefCell<Option<Listener>> = const { RefCell::new(None) };
}

/// Another screen is shown, or a dialog has come or gone.
pub fn scene_changed() {
    SCENE.with(|scene| scene.set(scene.get().wrapping_add(1)));
}

/// What the first click of a row of them found.
struct First {
    button: Element,
    scene: u32,
}

/// Lets actions be done once by a double click, for as long as the page lives.
pub fn once() {
    let mut first = None;
    let clicks = lasting(move |event: Event| {
        let Some((count, button)) = clicked(&event) else {
            return;
        };
        if count < 2 {
            first = button.map(|button| First {
                button,
                scene: SCENE.get(),
            });
        } else if first.as_ref().is_some_and(is_done) || button.as_ref().is_some_and(sends) {
            event.prevent_default();
            event.stop_immediate_propagation();
        }
    });
    LISTENER.set(Some(dom::on_window_first("click", clicks)));
}

/// Which click in a row it is, and the button it is on.
fn clicked(event: &Event) -> Option<(i32, Option<Element>)> {
    let count = event.dyn_ref::<MouseEvent>()?.detail();
    let target = event.target()?.dyn_into::<Element>().ok()?;
    Some((count, target.closest("button").ok().flatten()))
}

/// Whether the first click has done its work: something else is there now.
fn is_done(first: &First) -> bool {
    first.scene != SCENE.get() || !first.button.is_connected()
}

/// Whether a button sends off a form, which is never meant twice.
fn sends(button: &Element) -> bool {
    button.get_attribute("type").as_deref() == Some("submit")
}
