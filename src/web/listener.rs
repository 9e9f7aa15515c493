//! Listeners that end with what owns them.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{AddEventListenerOptions, Element, Event, EventTarget};

use super::life::Act;

/// A listener that is taken off when dropped.
pub struct Listener {
    target: EventTarget,
    kind: &'static str,
    capture: bool,
    closure: Closure<dyn FnMut(Event)>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        let callback = self.closure.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback_and_bool(
            self.kind,
            callback,
            self.capture,
        );
    }
}

fn listen(
    target: EventTarget,
    kind: &'static str,
    (capture, passive): (bool, bool),
    act: Act<Event>,
) -> Listener {
    let closure = Closure::<dyn FnMut(Event)>::wrap(act.into_fn());
    let options = AddEventListenerOptions::new();
    options.set_capture(capture);
    options.set_passive(passive);
    let _ = target.add_event_listener_with_callback_and_add_event_listener_options(
        kind,
        closure.as_ref().unchecked_ref(),
        &options,
    );
    Listener {
        target,
        kind,
        capture,
        closure,
    }
}

/// Listens on the window.
pub fn on_window(kind: &'static str, act: Act<Event>) -> Listener {
    listen(window().into(), kind, (false, true), act)
}

/// Listens on the document.
pub fn on_document(kind: &'static str, act: Act<Event>) -> Listener {
    listen(document().into(), kind, (false, true), act)
}

/// Listens on the window before anything else, and may prevent the default.
pub fn on_window_first(kind: &'static str, act: Act<Event>) -> Listener {
    listen(window().into(), kind, (true, false), act)
}

/// Listens on the window after everything else, and may prevent the default.
pub fn on_window_last(kind: &'static str, act: Act<Event>) -> Listener {
    listen(window().into(), kind, (false, false), act)
}

/// Listens on an element, and may prevent the default.
pub fn on_element(element: &Element, kind: &'static str, act: Act<Event>) -> Listener {
    listen(element.clone().into(), kind, (false, false), act)
}

/// Listens on what an event is about, and may prevent the default.
pub fn on_target_of(event: &Event, kind: &'static str, act: Act<Event>) -> Option<Listener> {
    Some(listen(event.target()?, kind, (false, false), act))
}
