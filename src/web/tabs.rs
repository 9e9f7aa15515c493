//! The other tabs of this browser: what they write, and taking turns with them.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, StorageEvent};

use super::dom::{self, Listener, on_document, on_window};
use super::life::{Act, lasting};

/// Runs `act` with what another tab has written under which key, or with none
/// where it has taken out all of them.
///
/// The text comes from the event: what is stored by now may be this tab's own.
pub fn on_foreign_write(mut act: Act<Option<(String, Option<String>)>>) -> Listener {
    let heard = move |event: Event| {
        if let Some(event) = event.dyn_ref::<StorageEvent>() {
            act.run(event.key().map(|key| (key, event.new_value())));
        }
    };
    on_window("storage", lasting(heard))
}

/// Runs `act` whenever the page goes on after the browser had put it to sleep:
/// kept it for the way back, or frozen it in the background.
pub fn on_wake(act: Act) -> (Listener, Listener) {
    let act = Rc::new(RefCell::new(act));
    let again = act.clone();
    let shown = move |event: Event| {
        // A page that is loaded is shown too.
        let is_back = Reflect::get(&event, &"persisted".into());
        if is_back.is_ok_and(|is_back| is_back.is_truthy()) {
            again.borrow_mut().run(());
        }
    };
    (
        on_window("pageshow", lasting(shown)),
        on_document("resume", lasting(move |_| act.borrow_mut().run(()))),
    )
}

/// How long a turn is waited for. What is done alone takes milliseconds, so a
/// page that has its turn for longer is asleep: Firefox gives one to a page that
/// it keeps for the way back, and all others would wait for ever.
const LONGEST_TURN: Duration = Duration::from_secs(3);

/// Runs `act` while no other tab runs what it was given under that name, soon;
/// at once where the browser has no such locks.
pub fn alone(name: &str, act: Act) {
    let act = Rc::new(RefCell::new(Some(act)));
    take_turn(name, false, act.clone());
    let name = name.to_owned();
    let awake = move |()| {
        if act.borrow().is_some() {
            take_turn(&name, true, act.clone());
        }
    };
    dom::after(LONGEST_TURN, lasting(awake));
}

/// Asks for the turn, or takes it from whoever has it, and runs `act` in it if
/// nothing else has by then.
fn take_turn(name: &str, steal: bool, act: Rc<RefCell<Option<Act>>>) {
    // The lock is given back when the function returns.
    let waiting = act.clone();
    let has_begun = Rc::new(Cell::new(false));
    let begins = has_begun.clone();
    let in_turn = Closure::once_into_js(move || {
        begins.set(true);
        run_once(&waiting);
    });
    let options = Object::new();
    let _ = Reflect::set(&options, &"steal".into(), &steal.into());
    let asked = locks().and_then(|(locks, request)| {
        let asked = request.call3(&locks, &JsValue::from_str(name), &options, &in_turn);
        asked.map(JsCast::unchecked_into::<Promise>).ok()
    });
    let Some(promise) = asked else {
        run_once(&act);
        return;
    };
    // A turn that is taken away, or that the page's end puts an end to, is no
    // failure. Where the browser gives none, it is as if it had no locks. What
    // has cut the work short in its turn is not kept quiet.
    let failed = Closure::once_into_js(move |why: JsValue| {
        let name = Reflect::get(&why, &"name".into());
        if name.ok().and_then(|name| name.as_string()).as_deref() == Some("AbortError") {
            return;
        }
        if has_begun.get() {
            wasm_bindgen::throw_val(why);
        }
        run_once(&act);
    });
    let _ = Reflect::get(&promise, &"catch".into())
        .and_then(JsCast::dyn_into::<Function>)
        .and_then(|catch| catch.call1(&promise, &failed));
}

fn run_once(act: &RefCell<Option<Act>>) {
    let act = act.borrow_mut().take();
    if let Some(mut act) = act {
        act.run(());
    }
}

/// Whether [`alone`] can keep its word in this browser.
pub fn can_be_alone() -> bool {
    locks().is_some()
}

/// The browser's Web Locks and their `request`; none outside secure contexts.
fn locks() -> Option<(JsValue, Function)> {
    let locks = Reflect::get(&window().navigator(), &"locks".into()).ok()?;
    if !locks.is_object() {
        return None;
    }
    let request = Reflect::get(&locks, &"request".into()).ok()?;
    Some((locks, request.dyn_into().ok()?))
}
