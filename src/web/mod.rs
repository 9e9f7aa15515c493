//! The only room that touches JavaScript.

pub mod clock;
pub mod dom;
pub mod files;
pub mod intl;
pub mod router;
pub mod theme;
