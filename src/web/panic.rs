//! What happens when the program breaks: nothing is written any more, and the
//! page says so by plain script, because no code of the app can be trusted.

//!
//! A panic takes the steps of undo with it. So what they are is kept in the
//! session, by name, to be told after the page was loaded again.

use leptos::prelude::{document, window};
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Storage;

/// The key under which `boot.js` leaves its mark when it shows the panel.
const BROKEN: &str = "pipewright/broken";
/// The key of what could be undone.
const UNDOABLE: &str = "pipewright/undoable";

#[wasm_bindgen]
extern "C" {
    /// Of `boot.js`: shows the panel with the ways out.
    #[wasm_bindgen(js_name = pipewrightPanic)]
    fn show_panic_panel(message: &str);
}

/// Sets the panic hook.
pub fn prepare() {
    std::panic::set_hook(Box::new(|info| {
        // First of all: what tells of it may fail as well.
        crate::store::keeper::lock();
        console_error_panic_hook::hook(info);
        show_panic_panel(&info.to_string());
    }));
}

/// Stops the program for good, and says why.
pub fn give_up(why: &str) {
    crate::store::keeper::lock();
    show_panic_panel(why);
}

/// Marks the page, at once, while something was changed in it that is not
/// saved: the panel says so.
pub fn mark_unsaved(is_unsaved: bool) {
    if let Some(root) = document().document_element() {
        // Where it can't be marked it can't be told, and nothing else hangs on it.
        let _ = root.toggle_attribute_with_force("data-unsaved", is_unsaved);
    }
}

/// Keeps in words what could be undone now, for the case that this page breaks.
pub fn keep_trace(undoable: &str) {
    if let Some(session) = session() {
        // Where it can't be kept it can't be told, and nothing else hangs on it.
        let _ = session.set_item(UNDOABLE, undoable);
    }
}

/// What could be undone when this page broke, if that is why it was loaded
/// again; it is told once.
pub fn take_trace() -> Option<String> {
    let session = session()?;
    session.get_item(BROKEN).ok()??;
    let _ = session.remove_item(BROKEN);
    Some(
        session
            .get_item(UNDOABLE)
            .ok()
            .flatten()
            .unwrap_or_default(),
    )
}

fn session() -> Option<Storage> {
    window().session_storage().ok().flatten()
}
