//! The rules: processes, deals, progress, commands, filters, statistics.
//!
//! Nothing here knows a browser, a clock or chance: time and ids come in with
//! a [`Context`](change::command::Context). [`change::apply::apply`] is the one
//! door by which data changes.
//!
//! The rooms lie on one another in this order, and each file takes only from
//! its own room and those before it.

pub mod value;

pub mod record;

pub mod change;

pub mod read;

pub mod mend;

pub mod start;
