//! The browser's local storage as a [`KeyValue`] port.

use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomException, Storage};

use crate::store::port::{KeyValue, PortError};

/// What the probe writes and takes out again.
const PROBE: &str = "pipewright/probe";

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
    let Some(exception) = error.dyn_ref::<DomException>() else {
        let message = error
            .dyn_ref::<js_sys::Error>()
            .map(|error| String::from(error.message()));
        return PortError::Other(message.unwrap_or_else(|| "it gave no reason".to_owned()));
    };
    match exception.name().as_str() {
        "QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED" => PortError::Full,
        "SecurityError" | "NotAllowedError" => PortError::Denied,
        _ => PortError::Other(exception.message()),
    }
}
