//! What happens when the program breaks: nothing is written any more, and the
//! page says so by plain script, because no code of the app can be trusted.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// Of `boot.js`: shows the panel with the ways out.
    #[wasm_bindgen(js_name = pipewrightPanic)]
    fn show_panic_panel(message: &str);
}

/// Sets the panic hook.
pub fn prepare() {
    std::panic::set_hook(Box::new(|info| {
        crate::store::keeper::lock();
        console_error_panic_hook::hook(info);
        show_panic_panel(&info.to_string());
    }));
}
