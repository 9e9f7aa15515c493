//! What a browser runs, as the build hands it on.

use std::collections::BTreeMap;

/// The name of the chunk that the program starts with.
pub const MAIN: &str = "pipewright";

/// What a browser runs.
pub struct Program {
    /// The script that starts it, without the table of its files.
    pub script: String,
    /// The wasm of each chunk by its name; [`MAIN`] is the first to be run.
    pub chunks: BTreeMap<String, Vec<u8>>,
    /// The names of those that the sample data needs.
    pub sample: Vec<String>,
}
