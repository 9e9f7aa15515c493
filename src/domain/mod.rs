//! The rules: processes, deals, progress, commands, filters, statistics.
//!
//! Nothing here knows a browser, a clock or chance: time and ids come in with
//! a [`command::Context`]. [`apply::apply`] is the one door by which data changes.

pub mod affected;
pub mod alphabet;
pub mod apply;
pub mod bidi;
pub mod brief;
pub mod bulk;
pub mod check;
pub mod command;
pub mod customer;
pub mod customer_list;
pub mod deal;
pub mod draft;
pub mod early_value;
pub mod error;
pub mod filter;
pub mod glance;
pub mod id;
pub mod impact;
pub mod index;
pub mod list;
pub mod merge;
pub mod money;
pub mod process;
pub mod progress;
pub mod reconcile;
pub mod report;
pub mod reshape;
pub mod rule;
pub mod sample;
pub mod stats;
pub mod switch;
pub mod templates;
pub mod terms;
pub mod text;
pub mod time;
pub mod typed;
pub mod workspace;
