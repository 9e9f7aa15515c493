//! Between bytes and the domain: no browser, no rules.

pub mod csv;
