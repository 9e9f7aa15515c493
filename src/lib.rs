//! Pipewright: a sales pipeline in the browser.

#[cfg(target_arch = "wasm32")]
mod ui;

#[cfg(target_arch = "wasm32")]
pub use ui::mount;
