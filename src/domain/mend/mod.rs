//! What mends records that do not fit together.

pub mod merge;
pub mod reconcile;
