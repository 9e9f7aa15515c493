//! The targets, by what they read.

pub mod backup;
pub mod csv;
pub mod process;
pub mod route;
pub mod stored;
