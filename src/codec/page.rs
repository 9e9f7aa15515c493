//! A shelf as text: a versioned envelope of records with their revisions.
//!
//! The envelope is `{"version":2,"records":[{"revision":[…],"record":{…}},…]}`,
//! and where there are any, `"removed":[{"id":…,"revision":[…]},…]` (records
//! that were deleted, so that no other tab brings them back), `"pruned":…`
//! (up to when such marks were forgotten) and `"generation":…` (the account
//! was erased before). Version 1 had records alone. Small shelves are kept as it is; pages are packed behind a plain header
//! with the same version, so that it can be told without unpacking.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use super::CodecError;
use super::extra::Extra;
use super::pack::{pack, unpack};
use super::record::{from_json, to_json};
use super::revision::Revision;
use super::shelf::Shelf;
use crate::domain::workspace::{Key, Record};

/// The version of the format this program writes.
pub const VERSION: u32 = 2;
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

/// All that lies on a shelf.
#[derive(Debug, Default)]
pub struct Page {
    /// The records.
    pub records: Vec<Stored>,
    /// The records that were deleted, and when.
    pub removed: Vec<(Key, Revision)>,
    /// Marks of deleted records were forgotten up to this time (milliseconds
    /// since 1970): a record older than that which is not here was deleted.
    pub pruned: u64,
    /// The account's generation: another number after every erasing.
    pub generation: u64,
    /// What can't be read.
    pub unread: Vec<Unread>,
}

/// What is written of a shelf beside its records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// As in [`Page::removed`].
    pub removed: Vec<(Key, Revision)>,
    /// As in [`Page::pruned`].
    pub pruned: u64,
    /// As in [`Page::generation`].
    pub generation: u64,
}

#[derive(Deserialize)]
struct Head {
    version: u32,
}

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow)]
    records: Vec<&'a RawValue>,
    #[serde(default)]
    removed: Vec<Removed>,
    #[serde(default)]
    pruned: u64,
    #[serde(default)]
    generation: u64,
}

#[derive(Serialize, Deserialize)]
struct Removed {
    id: Id,
    revision: Revision,
}

/// An id of any kind: which one, the shelf says.
type Id = crate::domain::id::DealId;

#[derive(Deserialize)]
struct Item<'a> {
    #[serde(default)]
    revision: Revision,
    #[serde(borrow)]
    record: &'a RawValue,
}

/// The text of a shelf with these records and marks on it.
///
/// # Errors
/// None that the domain's types can cause.
pub fn encode<'a>(
    shelf: Shelf,
    records: impl IntoIterator<Item = (Revision, &'a Record, Option<&'a Extra>)>,
    marks: &Marks,
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
    json.push(b']');
    let removed = marks.removed.iter().filter_map(|(key, revision)| {
        let (id, revision) = (id_of(*key)?, *revision);
        Some(Removed { id, revision })
    });
    let removed: Vec<Removed> = removed.collect();
    if !removed.is_empty() {
        json.extend_from_slice(b",\"removed\":");
        serde_json::to_writer(&mut json, &removed).map_err(damaged)?;
    }
    for (name, number) in [("pruned", marks.pruned), ("generation", marks.generation)] {
        if number > 0 {
            json.extend_from_slice(format!(",\"{name}\":{number}").as_bytes());
        }
    }
    json.push(b'}');
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

/// What a shelf's text holds.
///
/// # Errors
/// [`CodecError::Newer`] for a newer version's text, which must be left as it is.
pub fn decode(shelf: Shelf, text: &str) -> Result<Page, CodecError> {
    match version(text) {
        Some(version) if version > VERSION => return Err(CodecError::Newer { version }),
        // Version 1 is version 2 without marks. What comes after it is
        // migrated here: text to text, one step each.
        Some(1..=VERSION) => {}
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
    let envelope = match serde_json::from_str::<Envelope>(json) {
        Ok(envelope) => envelope,
        Err(error) => return Ok(all_unread(text, &error.to_string())),
    };
    let removed = envelope.removed.iter();
    let mut page = Page {
        records: Vec::with_capacity(envelope.records.len()),
        removed: removed
            .filter_map(|mark| Some((key_on(shelf, mark.id)?, mark.revision)))
            .collect(),
        pruned: envelope.pruned,
        generation: envelope.generation,
        unread: Vec::new(),
    };
    for item in envelope.records {
        match decode_item(shelf, item) {
            Ok(stored) => page.records.push(stored),
            Err(error) => page.unread.push(Unread {
                text: item.get().to_owned(),
                reason: error.to_string(),
            }),
        }
    }
    Ok(page)
}

/// The id in the key of a record that can be deleted.
fn id_of(key: Key) -> Option<Id> {
    match key {
        Key::Process(id) => Some(Id::from(id.0)),
        Key::Customer(id) => Some(Id::from(id.0)),
        Key::Deal(id) => Some(id),
        Key::Settings | Key::Order | Key::List(_) | Key::Views | Key::Rules => None,
    }
}

/// The key of a record that was deleted from a shelf.
fn key_on(shelf: Shelf, id: Id) -> Option<Key> {
    match shelf {
        Shelf::Processes => Some(Key::Process(id.0.into())),
        Shelf::Customers(_) => Some(Key::Customer(id.0.into())),
        Shelf::Deals(_) => Some(Key::Deal(id)),
        Shelf::Settings | Shelf::Lists | Shelf::Views | Shelf::Rules | Shelf::Order => None,
    }
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

fn all_unread(text: &str, reason: &str) -> Page {
    Page {
        unread: vec![Unread {
            text: text.to_owned(),
            reason: reason.to_owned(),
        }],
        ..Page::default()
    }
}
