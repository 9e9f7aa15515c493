//! The browser's local storage as a [`KeyValue`] port.

use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Storage;

use super::dom::words;
use super::preferences;
use crate::store::port::{KeyValue, PortError, Room, in_use};

/// What all of our keys start with.
const OURS: &str = "pipewright/";
/// What the probe writes and takes out again, of any length.
pub const PROBE: &str = "pipewright/probe";

/// The local storage of this page's origin.
#[derive(Debug, Clone)]
pub struct LocalStorage(Storage);

impl LocalStorage {
    /// The storage, if this page may use it.
    ///
    /// A full storage passes: it can still be read, and what is refused later
    /// is told then.
    ///
    /// # Errors
    /// The browser denies it (private windows, blocked cookies, some `file:`
    /// pages), in one of the several ways in which browsers do.
    pub fn probe() -> Result<Self, PortError> {
        let storage = window().local_storage().map_err(|error| refused(&error))?;
        let port = Self(storage.ok_or(PortError::Denied)?);
        match port.set(PROBE, "1") {
            Ok(()) => port.remove(PROBE)?,
            Err(PortError::Full) => {}
            Err(error) => return Err(error),
        }
        Ok(port)
    }
}

impl LocalStorage {
    /// Everything of ours, as it is stored.
    ///
    /// # Errors
    /// The browser denies it.
    pub fn everything(&self) -> Result<Vec<(String, String)>, PortError> {
        let mut all = Vec::new();
        for key in self.keys(OURS)? {
            if let Some(text) = self.get(&key)? {
                all.push((key, text));
            }
        }
        Ok(all)
    }
}

/// More than any browser keeps.
const MOST: usize = 64 << 20;
/// How close the probe comes to a room that is not the usual one.
const STEP: usize = 16 << 10;

impl LocalStorage {
    /// The room that was measured for this browser, or the usual one.
    pub fn room() -> Room {
        known_room().unwrap_or(Room::USUAL)
    }

    /// Measures the room, unless it is known: by filling it for a moment. To
    /// be called while no other tab writes.
    ///
    /// # Errors
    /// The storage is denied.
    pub fn measure_room() -> Result<Room, PortError> {
        if let Some(room) = known_room() {
            return Ok(room);
        }
        let port = Self::probe()?;
        let free = port.free("x");
        // Three quarters as many characters that may take two bytes each.
        let counts_bytes = free > STEP && !port.free_up_to("\u{100}", free / 4 * 3);
        port.remove(PROBE)?;
        let unmeasured = Room {
            characters: 0,
            counts_bytes,
        };
        let used = in_use(&port, "", unmeasured)?;
        let room = Room {
            characters: used + free,
            counts_bytes,
        };
        // Measured again next time where there is no room to remember it.
        preferences::ROOM.set((room.characters, room.counts_bytes));
        Ok(room)
    }

    /// How many more characters fit.
    fn free(&self, filler: &str) -> usize {
        let used = in_use(self, "", Room::USUAL).unwrap_or_default();
        let usual = Room::USUAL.characters.saturating_sub(used);
        // Nearly always it is the usual room, to the character.
        if self.free_up_to(filler, usual) && !self.free_up_to(filler, usual + 1) {
            return usual;
        }
        let (mut fits, mut too_much) = (0, MOST);
        while too_much - fits > STEP {
            let middle = fits + (too_much - fits) / 2;
            if self.free_up_to(filler, middle) {
                fits = middle;
            } else {
                too_much = middle;
            }
        }
        fits
    }

    fn free_up_to(&self, filler: &str, characters: usize) -> bool {
        let text = filler.repeat(characters.saturating_sub(PROBE.len()));
        let fits = self.set(PROBE, &text).is_ok();
        fits && self.remove(PROBE).is_ok()
    }
}

fn known_room() -> Option<Room> {
    let (characters, counts_bytes) = preferences::ROOM.get()?;
    Some(Room {
        characters,
        counts_bytes,
    })
}

/// Asks the browser to keep this site's data even when the disk gets full;
/// whether it does. Some browsers ask the visitor.
pub async fn persist() -> bool {
    ask_storage("persist").await
}

/// Asks for it unless that was done before in this browser.
pub async fn persist_once() {
    let asked = preferences::PERSISTENCE_ASKED;
    // Where it can't be remembered, it would be asked at every start.
    if asked.get().is_none() && asked.set(true) {
        persist().await;
    }
}

/// Whether the browser keeps this site's data even when the disk gets full.
pub async fn is_persisted() -> bool {
    ask_storage("persisted").await
}

async fn ask_storage(what: &str) -> bool {
    let manager = Reflect::get(&window().navigator(), &"storage".into());
    let Ok(manager) = manager.and_then(JsCast::dyn_into::<Object>) else {
        return false;
    };
    let asked = Reflect::get(&manager, &what.into())
        .and_then(JsCast::dyn_into::<Function>)
        .and_then(|ask| ask.call0(&manager))
        .map(JsCast::unchecked_into::<Promise>);
    match asked {
        Ok(promise) => JsFuture::from(promise)
            .await
            .is_ok_and(|answer| answer.is_truthy()),
        Err(_) => false,
    }
}

impl KeyValue for LocalStorage {
    fn get(&self, key: &str) -> Result<Option<String>, PortError> {
        self.0.get_item(key).map_err(|error| refused(&error))
    }

    fn set(&self, key: &str, text: &str) -> Result<(), PortError> {
        self.0.set_item(key, text).map_err(|error| refused(&error))
    }

    fn remove(&self, key: &str) -> Result<(), PortError> {
        self.0.remove_item(key).map_err(|error| refused(&error))
    }

    fn keys(&self, prefix: &str) -> Result<Vec<String>, PortError> {
        let mut keys = Vec::new();
        for index in 0..self.0.length().map_err(|error| refused(&error))? {
            let key = self.0.key(index).map_err(|error| refused(&error))?;
            keys.extend(key.filter(|key| key.starts_with(prefix)));
        }
        Ok(keys)
    }
}

fn refused(error: &JsValue) -> PortError {
    let name = Reflect::get(error, &"name".into());
    let name = name.ok().and_then(|name| name.as_string());
    match name.as_deref() {
        Some("QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED") => PortError::Full,
        Some("SecurityError" | "NotAllowedError") => PortError::Denied,
        _ => PortError::Other(words(error)),
    }
}
