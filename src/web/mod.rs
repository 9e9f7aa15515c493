//! The only room that touches JavaScript.

pub mod echarts;
pub mod observe;
pub mod palette;
