//! The only room that touches JavaScript.

pub mod clicks;
pub mod clock;
pub mod controls;
pub mod database;
pub mod decoder;
pub mod dom;
pub mod echarts;
pub mod files;
pub mod foreign;
mod history;
pub mod intl;
pub mod keyboard;
pub mod life;
mod listener;
pub mod memory;
pub mod observe;
pub mod palette;
pub mod panic;
pub mod pointer;
pub mod preferences;
pub mod print;
pub mod random;
pub mod router;
pub mod scroll;
pub mod storage;
pub mod tabs;
pub mod theme;
