//! Pipewright: a sales pipeline in the browser, for people who sell in more
//! than one way. ARCHITECTURE.md is the map. docs/semantics.md tells the rules,
//! and comments cite it: `§3.4` is its section 3.4.

pub mod chart;
pub mod codec;
pub mod domain;
pub mod keys;
pub mod route;
pub mod store;

#[cfg(target_arch = "wasm32")]
mod ui;
#[cfg(target_arch = "wasm32")]
mod web;

#[cfg(target_arch = "wasm32")]
pub use ui::mount;

/// Smaller in what is loaded than the one Rust brings along for browsers, and
/// quicker with the many small pieces that deals are made of.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
