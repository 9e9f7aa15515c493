//! What is read from the records: lists, figures, suggestions.

pub mod board;
pub mod brief;
pub mod column;
pub mod columns;
pub mod customer_list;
pub mod due;
pub mod filter;
pub mod glance;
pub mod history;
pub mod impact;
pub mod index;
pub mod printed;
pub mod statistics;
pub mod stats;
pub mod suggestion;
