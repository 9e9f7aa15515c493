//! What an account starts with: templates, the guide to several processes,
//! and sample data.

pub mod guide;
pub mod sample;
pub mod templates;
