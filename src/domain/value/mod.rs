//! The words and values that everything is made of: ids, texts, amounts, dates.

pub mod alphabet;
pub mod bidi;
pub mod date;
pub mod error;
pub mod field;
pub mod id;
pub mod links;
pub mod money;
pub mod name;
pub mod order;
pub mod rows;
pub mod text;
pub mod time;
pub mod typed;
