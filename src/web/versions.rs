//! New versions of the app, as `public/versions.js` hears of them from the
//! service worker.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Event;

use super::dom::{self, Listener, on_window};
use super::life::Act;

#[wasm_bindgen]
extern "C" {
    /// Of `versions.js`: lets the version that waits take over, in all tabs,
    /// and loads this page again.
    #[wasm_bindgen(js_name = pipewrightTakeNewVersion, catch)]
    fn take_new_version() -> Result<(), JsValue>;

    /// Of `versions.js`: asks the server for a new version.
    #[wasm_bindgen(js_name = pipewrightLookForVersion, catch)]
    fn look_for_version() -> Result<(), JsValue>;
}

/// Loads the page again, in the version that waits, if one does.
pub fn reload() {
    // It comes some seconds after the start, and not to every page.
    if take_new_version().is_err() {
        dom::reload();
    }
}

/// Asks for a new version, which [`on_ready`] tells. A page that has just been
/// loaded need not: the browser does it then.
pub fn look() {
    let _ = look_for_version();
}

/// Runs `act` when a new version is there, complete, and waits.
pub fn on_ready(act: Act<Event>) -> Listener {
    on_window("pipewright-version-ready", act)
}

/// Runs `act` when a new version has taken over, whichever tab asked for it:
/// this page is of the one before.
pub fn on_taken_over(act: Act<Event>) -> Listener {
    on_window("pipewright-version-taken-over", act)
}
