//! Bytes to domain and back: the pages of the storage, backups, CSV files.
//!
//! What is stored where: every record lies on a [`shelf::Shelf`], which is
//! one key of the storage; [`page`] turns a shelf into text, [`load`] puts
//! the texts of all shelves together into a workspace, and `domain::mend::reconcile`
//! makes one that fits together from what could be read.

pub mod backup;
mod columns;
pub mod csv;
mod envelope;
pub mod extra;
pub mod glance;
pub mod load;
pub mod pack;
pub mod page;
pub mod process_file;
pub mod record;
pub mod revision;
pub mod shelf;
pub mod stored;

/// Why a stored text can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodecError {
    /// A newer version of the program wrote it.
    #[error(
        "A newer version of Pipewright wrote this data (format {version}). Reload the page to get it."
    )]
    Newer {
        /// The version of the format.
        version: u32,
    },
    /// It is not what was written.
    #[error("The stored data is damaged: {0}.")]
    Damaged(String),
}
