//! The records: what an account is made of, and what must hold among them.

pub mod check;
pub mod customer;
pub mod deal;
pub mod event;
pub mod list;
pub mod next_step;
pub mod note;
pub mod process;
pub mod progress;
pub mod rule;
pub mod terms;
pub mod workspace;
