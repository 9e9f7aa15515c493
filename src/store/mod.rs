//! The data while the app runs, and how it gets to the storage and back.

pub mod memory;
pub mod placement;
pub mod port;
pub mod saver;
