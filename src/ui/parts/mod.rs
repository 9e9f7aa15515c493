//! Parts that several screens share.

pub mod chart;
