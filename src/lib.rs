//! Pipewright: a sales pipeline in the browser, for people who sell in more
//! than one way. ARCHITECTURE.md is the map.

pub mod chart;
pub mod codec;
pub mod domain;
pub mod route;
pub mod store;

#[cfg(target_arch = "wasm32")]
mod ui;
#[cfg(target_arch = "wasm32")]
mod web;

#[cfg(target_arch = "wasm32")]
pub use ui::mount;
