//! What an account starts with: templates and sample data.

pub mod sample;
pub mod templates;
