//! The views: they read signals and send commands, and know no rules.

pub mod app;
mod broken;
mod chunks;
mod commands;
mod customers;
mod deal;
mod deals;
mod filtering;
mod frame;
mod import;
mod messages;
mod new_version;
mod not_found;
mod notices;
mod offers;
pub mod parts;
mod prelude;
mod sample;
mod settings;
mod shortcuts;
mod statistics;

pub use app::mount;
