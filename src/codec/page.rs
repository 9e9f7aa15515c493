//! A shelf as text: a versioned envelope of records with their revisions.
//!
//! The envelope is `{"version":1,"records":[{"revision":[…],"record":{…}},…]}`.
//! Small shelves are kept as it is; pages are packed behind a plain header
//! with the same version, so that it can be told without unpacking.

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::CodecError;
use super::extra::Extra;
use super::pack::{pack, unpack};
use super::record::{from_json, to_json};
use super::revision::Revision;
use super::shelf::Shelf;
use crate::domain::workspace::Record;

/// The version of the format this program writes.
pub const VERSION: u32 = 1;
/// What the text of a packed page starts with, before its version and a colon.
const PACKED: &str = "pw";

/// A record as it lies on a shelf.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    /// When it was last changed.
    pub revision: Revision,
    /// The record.
    pub record: Record,
    /// The fields this version does not know.
    pub extra: Option<Extra>,
}

/// A part of a shelf that can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The text as it is stored.
    pub text: String,
    /// Why.
    pub reason: String,
}

#[derive(Deserialize)]
struct Head {
    version: u32,
}

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow)]
    records: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Item<'a> {
    #[serde(default)]
    revision: Revision,
    #[serde(borrow)]
    record: &'a RawValue,
}

/// The text of a shelf with these records on it.
///
/// # Errors
/// None that the domain's types can cause.
pub fn encode<'a>(
    shelf: Shelf,
    records: impl IntoIterator<Item = (Revision, &'a Record, Option<&'a Extra>)>,
) -> Result<String, CodecError> {
    let damaged = |error: serde_json::Error| CodecError::Damaged(error.to_string());
    let mut json = format!("{{\"version\":{VERSION},\"records\":[").into_bytes();
    for (count, (revision, record, extra)) in records.into_iter().enumerate() {
        if count > 0 {
            json.push(b',');
        }
        json.extend_from_slice(b"{\"revision\":");
        serde_json::to_writer(&mut json, &revision).map_err(damaged)?;
        json.extend_from_slice(b",\"record\":");
        let known = to_json(record).map_err(damaged)?;
        match extra {
            None => json.extend_from_slice(&known),
            Some(extra) => {
                let mut value: Value = serde_json::from_slice(&known).map_err(damaged)?;
                extra.restore(&mut value);
                serde_json::to_writer(&mut json, &value).map_err(damaged)?;
            }
        }
        json.push(b'}');
    }
    json.extend_from_slice(b"]}");
    if shelf.is_page() {
        Ok(format!("{PACKED}{VERSION}:{}", pack(&json)))
    } else {
        String::from_utf8(json).map_err(|error| CodecError::Damaged(error.to_string()))
    }
}

/// The version of the format a shelf's text was written in; none where the
/// text does not say.
pub fn version(text: &str) -> Option<u32> {
    if let Some(packed) = text.strip_prefix(PACKED) {
        return packed.split_once(':')?.0.parse().ok();
    }
    serde_json::from_str::<Head>(text)
        .ok()
        .map(|head| head.version)
}

/// The records of a shelf's text, and what of it can't be read.
///
/// # Errors
/// [`CodecError::Newer`] for a newer version's text, which must be left as it is.
pub fn decode(shelf: Shelf, text: &str) -> Result<(Vec<Stored>, Vec<Unread>), CodecError> {
    match version(text) {
        Some(version) if version > VERSION => return Err(CodecError::Newer { version }),
        // Migrations from older versions go here: text to text, one step each.
        Some(VERSION) => {}
        _ => return Ok(all_unread(text, "it does not say its format")),
    }
    let unpacked;
    let json = match text
        .strip_prefix(PACKED)
        .and_then(|rest| rest.split_once(':'))
    {
        None => text,
        Some((_, packed)) => match unpack(packed) {
            Ok(json) => {
                unpacked = json;
                unpacked.as_str()
            }
            Err(reason) => return Ok(all_unread(text, &reason)),
        },
    };
    let items = match serde_json::from_str::<Envelope>(json) {
        Ok(envelope) => envelope.records,
        Err(error) => return Ok(all_unread(text, &error.to_string())),
    };
    let (mut read, mut unread) = (Vec::with_capacity(items.len()), Vec::new());
    for item in items {
        match decode_item(shelf, item) {
            Ok(stored) => read.push(stored),
            Err(error) => {
                unread.push(Unread {
                    text: item.get().to_owned(),
                    reason: error.to_string(),
                });
            }
        }
    }
    Ok((read, unread))
}

fn decode_item(shelf: Shelf, item: &RawValue) -> serde_json::Result<Stored> {
    let item: Item = serde_json::from_str(item.get())?;
    let json = item.record.get();
    let record = from_json(shelf, json)?;
    let again = to_json(&record)?;
    // Nearly always the bytes are the same, and nothing was unknown.
    let extra = if again == json.as_bytes() {
        None
    } else {
        Extra::beyond(
            &serde_json::from_str(json)?,
            &serde_json::from_slice(&again)?,
        )
    };
    Ok(Stored {
        revision: item.revision,
        record,
        extra,
    })
}

fn all_unread(text: &str, reason: &str) -> (Vec<Stored>, Vec<Unread>) {
    (
        Vec::new(),
        vec![Unread {
            text: text.to_owned(),
            reason: reason.to_owned(),
        }],
    )
}
