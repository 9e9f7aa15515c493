//! A public collection of naughty strings, and an account that has them
//! wherever there is a text.

pub mod account;
pub mod strings;
