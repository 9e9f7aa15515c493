//! What can be wrong with how a file arrives: networks and hosts do it, and
//! the browser tests ask for it.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The first half comes, and then nothing, until the trouble is over.
    Stalls,
    /// The connection ends after the first half.
    IsCut,
    /// The file is said to be something else: a media type.
    IsCalled(&'static str),
    /// A page of as many bytes comes in its place, as from a network that wants
    /// its visitors to sign in.
    IsPage,
}

/// The troubles of a server, by the ends of the names of files.
#[derive(Clone, Debug, Default)]
pub struct Troubles(Arc<Mutex<Vec<(String, Trouble)>>>);

impl Troubles {
    /// From now on, this is wrong with the files whose names end so.
    pub fn add(&self, ending: &str, trouble: Trouble) {
        self.with(|all| all.push((ending.to_owned(), trouble)));
    }

    /// All is well again; what has stalled goes on.
    pub fn end(&self) {
        self.with(Vec::clear);
    }

    /// What is wrong with a file.
    pub(crate) fn of(&self, file: &Path) -> Option<Trouble> {
        let name = file.to_string_lossy();
        self.with(|all| {
            let mut all = all.iter();
            all.find(|(ending, _)| name.ends_with(ending))
                .map(|(_, trouble)| *trouble)
        })
    }

    fn with<T>(&self, act: impl FnOnce(&mut Vec<(String, Trouble)>) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
