//! What a saver says of itself.

use crate::codec::CodecError;
use crate::codec::load::SetAside;
use crate::store::port::PortError;

/// Why the data could not be loaded. Nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// The storage can't be read.
    #[error(transparent)]
    Port(#[from] PortError),
    /// What is stored can't be used.
    #[error(transparent)]
    Codec(#[from] CodecError),
}

/// Why changes are not saved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// The storage refuses.
    #[error(transparent)]
    Port(#[from] PortError),
    /// What is stored there, or should be, can't be worked with.
    #[error(transparent)]
    Codec(#[from] CodecError),
    /// Another tab has erased everything: what this one holds counts no more.
    #[error("Everything was erased in another tab.")]
    Erased,
    /// Saving was stopped for good, until the page is loaded again.
    #[error("Saving has stopped. Reload the page.")]
    Locked,
}

/// Whether everything is in the storage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// It is.
    Saved,
    /// It soon will be.
    Saving,
    /// It is not, for this reason.
    NotSaved(Trouble),
}

/// How far a flush has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flush {
    /// Everything is written.
    Done,
    /// There is more to write: go on soon.
    More,
    /// The journal must have the rest first.
    Waiting,
    /// Everything was tried, and some of it was refused; [`Saver::status`] says why.
    Refused,
    /// Another tab has erased everything: load again.
    Erased,
}

/// What a load has found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Nothing was stored: this is a new account.
    pub is_new: bool,
    /// The oldest version of the format that was met, where it is older than
    /// the one that is written: see [`crate::codec::load::Loaded::migrated_from`].
    pub migrated_from: Option<u32>,
    /// What could not be used, as it was stored.
    pub set_aside: Vec<SetAside>,
    /// How many shelves earlier loads have set aside.
    pub set_aside_before: usize,
    /// What was repaired, for people.
    pub notes: Vec<String>,
}
