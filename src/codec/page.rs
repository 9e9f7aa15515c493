//! A shelf as text.
//!
//! The text of a page is a plain header `pw4:`, so that its version can be
//! told without unpacking, then its bytes, packed. Since version 3 these are
//! [`columns`]; before, and on small shelves, which are not packed, it is an
//! [`envelope`]: records as JSON with their revisions.
//!
//! | version | what it brought |
//! | --- | --- |
//! | 1 | pages of rows |
//! | 2 | marks of deleted records, and generations |
//! | 3 | pages of columns |
//! | 4 | next steps, and pages of noted entries |
//!
//! Every version is read: as the one after it, without what it did not have.

use std::borrow::Cow;

use serde::Deserialize;

use super::CodecError;
use super::columns;
use super::envelope;
use super::pack::{pack, unpack};
use super::shelf::Shelf;
use super::stored::{Marks, Page, Unread, VERSION, Written};

/// What the text of a packed page starts with, before its version and a colon.
const PACKED: &str = "pw";

#[derive(Deserialize)]
struct Head {
    version: u32,
}

/// The text of a shelf with these records and marks on it.
///
/// # Errors
/// None that the domain's types can cause.
pub fn encode<'a>(
    shelf: Shelf,
    records: impl IntoIterator<Item = Written<'a>>,
    marks: &Marks,
) -> Result<String, CodecError> {
    let records = &mut records.into_iter();
    if shelf.is_page() {
        let parts = columns::encode(shelf, records, marks)?;
        Ok(format!("{PACKED}{VERSION}:{}", pack(&parts)))
    } else {
        envelope::encode(VERSION, records, marks)
    }
}

/// The version of the format a shelf's text was written in; none where the
/// text does not say.
pub fn version(text: &str) -> Option<u32> {
    if let Some(packed) = text.strip_prefix(PACKED) {
        return packed.split_once(':')?.0.parse().ok();
    }
    serde_json::from_slice::<Head>(text.as_bytes())
        .ok()
        .map(|head| head.version)
}

/// What a shelf's text holds.
///
/// # Errors
/// [`CodecError::Newer`] for a newer version's text, which must be left as it is.
pub fn decode(shelf: Shelf, text: &str) -> Result<Page, CodecError> {
    let version = match version(text) {
        Some(version) if version > VERSION => return Err(CodecError::Newer { version }),
        Some(version @ 1..=VERSION) => version,
        _ => return Ok(all_unread(0, text, "it does not say its format")),
    };
    let page = read(shelf, text, version);
    Ok(page.map_or_else(
        |reason| all_unread(version, text, &reason),
        |page| Page { version, ..page },
    ))
}

fn read(shelf: Shelf, text: &str, version: u32) -> Result<Page, Cow<'static, str>> {
    let rows = |json: &str| envelope::decode(shelf, json).map_err(|error| error.to_string().into());
    let packed = text
        .strip_prefix(PACKED)
        .and_then(|rest| rest.split_once(':'));
    let Some((_, packed)) = packed else {
        return rows(text);
    };
    let bytes = unpack(packed)?;
    if version >= columns::FIRST {
        return columns::decode(shelf, version, &bytes).map_err(|damage| damage.0.into());
    }
    rows(std::str::from_utf8(&bytes).map_err(|_| "it is not text")?)
}

fn all_unread(version: u32, text: &str, reason: &str) -> Page {
    Page {
        version,
        unread: vec![Unread {
            text: text.to_owned(),
            reason: reason.to_owned(),
        }],
        ..Page::default()
    }
}
