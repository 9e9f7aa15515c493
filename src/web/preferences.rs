//! What this browser remembers of how a person likes to work. It is no data:
//! it belongs to no account, is in no backup, and may be lost.
//!
//! So it goes through gloo-storage and not through the port of the data, whose
//! refusals the saver must hear of. A storage that is denied or full costs
//! nothing but the memory: what is asked for is then unknown, and what is to be
//! remembered is forgotten.

use std::collections::BTreeSet;
use std::marker::PhantomData;

use gloo_storage::{LocalStorage, Storage};
use leptos::prelude::window;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::domain::read::filter::Tab;
use crate::domain::value::id::{ProcessId, StageId};

/// The chosen theme, by its slug; `boot.js` reads it before the first paint.
pub const THEME: Preference<String> = Preference::new("pipewright/preferences/theme");
/// Whether the charts of the Deals page are folded.
pub const CHARTS_FOLDED: Preference<bool> = Preference::new("pipewright/preferences/charts-folded");
/// The same beside the board, whose heads say much of what the charts do.
pub const CHARTS_FOLDED_ON_BOARD: Preference<bool> =
    Preference::new("pipewright/preferences/charts-folded-on-board");
/// The process whose board was looked at last.
pub const BOARD_PROCESS: Preference<ProcessId> =
    Preference::new("pipewright/preferences/board-process");
/// The columns of boards that are folded, by their stages; none is that of the
/// deals whose stage is unknown.
pub const FOLDED_STAGES: Preference<BTreeSet<Option<StageId>>> =
    Preference::new("pipewright/preferences/folded-stages");
/// The room that was measured: characters, and whether it counts bytes.
pub const ROOM: Preference<(usize, bool)> = Preference::new("pipewright/preferences/room");
/// The browser was asked to keep the data.
pub const PERSISTENCE_ASKED: Preference<bool> =
    Preference::new("pipewright/preferences/persistence-asked");

/// The columns that a tab's table was last seen with, as the address says them.
pub const fn columns(tab: Tab) -> Preference<String> {
    Preference::new(match tab {
        Tab::Open => "pipewright/preferences/columns-open",
        Tab::Closed => "pipewright/preferences/columns-closed",
        Tab::All => "pipewright/preferences/columns-all",
    })
}

/// One thing that this browser remembers.
pub struct Preference<T> {
    key: &'static str,
    of: PhantomData<T>,
}

impl<T: Serialize + DeserializeOwned> Preference<T> {
    const fn new(key: &'static str) -> Self {
        Self {
            key,
            of: PhantomData,
        }
    }

    /// What is remembered; none where it is nothing, can't be read, or the
    /// storage is denied.
    pub fn get(&self) -> Option<T> {
        LocalStorage::get(is_allowed().then_some(self.key)?).ok()
    }

    /// Remembers it; whether it could be.
    pub fn set(&self, value: T) -> bool {
        is_allowed() && LocalStorage::set(self.key, value).is_ok()
    }

    /// Forgets it.
    pub fn forget(&self) {
        if is_allowed() {
            LocalStorage::delete(self.key);
        }
    }
}

/// Whether the storage can be used at all: gloo-storage throws where it can't.
fn is_allowed() -> bool {
    let storage = window().local_storage().ok().flatten();
    storage.is_some_and(|storage| storage.get_item("").is_ok())
}

/// Moves what earlier versions have remembered under other keys, as plain text.
pub fn take_over() {
    if !is_allowed() {
        return;
    }
    let take = |key: &str| {
        let text = LocalStorage::raw().get_item(key).ok().flatten();
        text.inspect(|_| LocalStorage::delete(key))
    };
    if let Some(theme) = take("pipewright/theme") {
        THEME.set(theme);
    }
    if take("pipewright/persistence-asked").is_some() {
        PERSISTENCE_ASKED.set(true);
    }
    // The room is measured again.
    take("pipewright/room");
}
