//! New versions of the app, as `public/versions.js` hears of them from the
//! service worker.

use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Event;

use super::dom::{Listener, on_window};
use super::life::Act;

#[wasm_bindgen]
extern "C" {
    /// Of `versions.js`: lets the version that waits take over, in all tabs.
    /// The page is then to be loaded again, which [`on_taken_over`] tells.
    #[wasm_bindgen(js_name = pipewrightTakeNewVersion)]
    pub fn take_new_version();
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
