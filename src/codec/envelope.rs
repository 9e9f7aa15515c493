//! A shelf as an envelope of records, each JSON with its revision: small
//! shelves, and pages before version 3.
//!
//! The envelope is `{"version":3,"records":[{"revision":[…],"record":{…}},…]}`,
//! and where there are any, `"removed":[{"id":…,"revision":[…]},…]` (records
//! that were deleted, so that no other tab brings them back), `"pruned":…`
//! (up to when such marks were forgotten) and `"generation":…` (the account
//! was erased before). Version 1 had records alone.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use super::CodecError;
use super::extra::Extra;
use super::record::{from_json, to_json};
use super::revision::Revision;
use super::shelf::Shelf;
use super::stored::{Marks, Page, Stored, Unread, Written};
use crate::domain::record::workspace::{Key, Record};

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
type Id = crate::domain::value::id::DealId;

#[derive(Deserialize)]
struct RecordText<'a> {
    #[serde(default)]
    revision: Revision,
    #[serde(borrow)]
    record: &'a RawValue,
}

/// The envelope of these records and marks.
///
/// # Errors
/// None that the domain's types can cause.
pub fn encode<'a>(
    version: u32,
    records: &mut dyn Iterator<Item = Written<'a>>,
    marks: &Marks,
) -> Result<String, CodecError> {
    let mut json = format!("{{\"version\":{version},\"records\":[");
    for (count, (revision, record, extra)) in records.enumerate() {
        if count > 0 {
            json.push(',');
        }
        json.push_str(&record_json(revision, record, extra)?);
    }
    json.push(']');
    let removed = marks.removed.iter().filter_map(|(key, revision)| {
        let (id, revision) = (id_of(*key)?, *revision);
        Some(Removed { id, revision })
    });
    let removed: Vec<Removed> = removed.collect();
    if !removed.is_empty() {
        json.push_str(",\"removed\":");
        json.push_str(&serde_json::to_string(&removed).map_err(damaged)?);
    }
    for (name, number) in [("pruned", marks.pruned), ("generation", marks.generation)] {
        if number > 0 {
            json.push_str(&format!(",\"{name}\":{number}"));
        }
    }
    json.push('}');
    Ok(json)
}

/// One record of an envelope.
///
/// # Errors
/// None that the domain's types can cause.
pub fn record_json(
    revision: Revision,
    record: &Record,
    extra: Option<&Extra>,
) -> Result<String, CodecError> {
    let mut json = b"{\"revision\":".to_vec();
    serde_json::to_writer(&mut json, &revision).map_err(damaged)?;
    json.extend_from_slice(b",\"record\":");
    let known = to_json(record).map_err(damaged)?;
    match extra {
        None => json.extend_from_slice(&known),
        Some(extra) => {
            let known: Value = serde_json::from_slice(&known).map_err(damaged)?;
            extra.write(&known, &mut json).map_err(damaged)?;
        }
    }
    json.push(b'}');
    String::from_utf8(json).map_err(|error| CodecError::Damaged(error.to_string()))
}

fn damaged(error: serde_json::Error) -> CodecError {
    CodecError::Damaged(error.to_string())
}

/// What an envelope holds.
///
/// # Errors
/// It is none.
pub fn decode(shelf: Shelf, json: &str) -> serde_json::Result<Page> {
    let envelope: Envelope<'_> = serde_json::from_slice(json.as_bytes())?;
    let removed = envelope.removed.iter();
    let mut page = Page {
        records: Vec::with_capacity(envelope.records.len()),
        removed: removed
            .filter_map(|mark| Some((key_on(shelf, mark.id)?, mark.revision)))
            .collect(),
        pruned: envelope.pruned,
        generation: envelope.generation,
        ..Page::default()
    };
    for item in envelope.records {
        read(shelf, item.get(), &mut page);
    }
    Ok(page)
}

/// Adds one record of an envelope to a page, or what can't be read of it.
pub fn read(shelf: Shelf, item: &str, page: &mut Page) {
    match read_record(shelf, item) {
        Ok(stored) => page.records.push(stored),
        Err(error) => page.unread.push(Unread {
            text: item.to_owned(),
            reason: error.to_string(),
        }),
    }
}

/// The id in the key of a record that can be deleted.
pub fn id_of(key: Key) -> Option<Id> {
    match key {
        Key::Process(id) => Some(Id::from(id.0)),
        Key::Customer(id) => Some(Id::from(id.0)),
        Key::Note(id) => Some(Id::from(id.0)),
        Key::Deal(id) => Some(id),
        Key::Settings | Key::Order | Key::List(_) | Key::Views | Key::Rules => None,
    }
}

/// The key of a record that was deleted from a shelf.
fn key_on(shelf: Shelf, id: Id) -> Option<Key> {
    match shelf {
        Shelf::Processes => Some(Key::Process(id.0.into())),
        Shelf::Customers(_) => Some(Key::Customer(id.0.into())),
        Shelf::Notes(_) => Some(Key::Note(id.0.into())),
        Shelf::Deals(_) => Some(Key::Deal(id)),
        Shelf::Settings | Shelf::Lists | Shelf::Views | Shelf::Rules | Shelf::Order => None,
    }
}

fn read_record(shelf: Shelf, item: &str) -> serde_json::Result<Stored> {
    let item: RecordText<'_> = serde_json::from_slice(item.as_bytes())?;
    let json = item.record.get();
    let record = from_json(shelf, json)?;
    let again = to_json(&record)?;
    // Nearly always the bytes are the same, and nothing was unknown.
    let extra = if again == json.as_bytes() {
        None
    } else {
        Extra::beyond(json, &serde_json::from_slice(&again)?)
    };
    Ok(Stored {
        revision: item.revision,
        record,
        extra,
    })
}
