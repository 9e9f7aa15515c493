//! Files in and out.

use js_sys::{Array, Uint8Array};
use leptos::prelude::{document, event_target};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, Event, File, HtmlAnchorElement, HtmlInputElement, Url};

/// A file could not be read or written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// It is larger than anything this page can take.
    #[error("“{name}” is too large: {size_mb} MB. At most {most_mb} MB can be read.")]
    TooLarge {
        /// The file's name.
        name: String,
        /// Its size in megabytes.
        size_mb: u64,
        /// The limit in megabytes.
        most_mb: u64,
    },
    /// The browser refused.
    #[error("“{name}” could not be read: {reason}.")]
    Unreadable {
        /// The file's name.
        name: String,
        /// What the browser said.
        reason: String,
    },
}

/// A file the visitor picked.
#[derive(Clone)]
pub struct PickedFile(File);

impl PickedFile {
    /// The file picked in the field the event came from; the field is emptied,
    /// so that the same file can be picked again.
    pub fn from_event(event: &Event) -> Option<Self> {
        let input: HtmlInputElement = event_target(event);
        let file = input.files().and_then(|files| files.get(0));
        input.set_value("");
        file.map(Self)
    }

    /// The name.
    pub fn name(&self) -> String {
        self.0.name()
    }

    /// The contents.
    ///
    /// # Errors
    /// More than `most_mb` megabytes (nothing is read then), or the browser refuses.
    pub async fn bytes(&self, most_mb: u64) -> Result<Vec<u8>, FileError> {
        let size_mb = (self.0.size() / 1e6) as u64;
        if size_mb > most_mb {
            return Err(FileError::TooLarge {
                name: self.name(),
                size_mb,
                most_mb,
            });
        }
        let buffer = JsFuture::from(self.0.array_buffer())
            .await
            .map_err(|error| FileError::Unreadable {
                name: self.name(),
                reason: super::dom::words(&error),
            })?;
        Ok(Uint8Array::new(&buffer).to_vec())
    }
}

/// Opens the browser's dialog for the file field of that id.
pub fn open_picker(id: &str) {
    if let Some(input) = super::dom::by_id(id) {
        input.click();
    }
}

/// Gives the visitor a text as a file.
///
/// # Errors
/// What the browser said.
pub fn download(name: &str, kind: &str, text: &str) -> Result<(), FileError> {
    offer(name, kind, text).map_err(|error| FileError::Unreadable {
        name: name.to_owned(),
        reason: super::dom::words(&error),
    })
}

fn offer(name: &str, kind: &str, text: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = Array::of1(&JsValue::from_str(text));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The browser needs the address until it has begun to save.
    leptos::prelude::set_timeout(
        move || {
            let _ = Url::revoke_object_url(&address);
        },
        std::time::Duration::from_secs(60),
    );
    Ok(())
}
