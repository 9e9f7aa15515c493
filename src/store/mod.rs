//! The workspace of this tab: its reactive mirror, its steps, its way to the storage.

pub mod memory;
pub mod placement;
pub mod port;
pub mod rotation;
pub mod saver;
pub mod undo;

#[cfg(target_arch = "wasm32")]
mod journal;
#[cfg(target_arch = "wasm32")]
pub mod keeper;
#[cfg(target_arch = "wasm32")]
pub mod mirror;
#[cfg(target_arch = "wasm32")]
pub mod snapshots;
#[cfg(target_arch = "wasm32")]
pub mod start;
