//! What changes the records: commands, and what they do.

pub mod affected;
pub mod apply;
pub mod bulk;
pub mod command;
pub mod draft;
pub mod early_value;
pub mod report;
pub mod reshape;
pub mod set_up;
pub mod switch;
