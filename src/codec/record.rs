//! One record as JSON: the domain's own fields, in its own words.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::shelf::Shelf;
use crate::domain::record::list::{List, ListKind};
use crate::domain::record::rule::Rule;
use crate::domain::record::workspace::{Record, SavedView};

/// A short list with its kind, which the list itself does not hold.
#[derive(Serialize, Deserialize)]
struct ListRecord<L> {
    kind: ListKind,
    entries: L,
}

/// The saved views: a record must be an object, so that fields can be added.
#[derive(Serialize, Deserialize)]
struct ViewsRecord<V> {
    views: V,
}

/// The rules, as an object for the same reason.
#[derive(Serialize, Deserialize)]
struct RulesRecord<R> {
    rules: R,
}

/// The record's JSON, an object; the same record always gives the same bytes.
///
/// # Errors
/// None that the domain's types can cause.
pub fn to_json(record: &Record) -> serde_json::Result<Vec<u8>> {
    match record {
        Record::Settings(settings) => serde_json::to_vec(settings),
        Record::Order(order) => serde_json::to_vec(order),
        Record::List(kind, list) => serde_json::to_vec(&ListRecord {
            kind: *kind,
            entries: list,
        }),
        Record::Views(views) => serde_json::to_vec(&ViewsRecord { views }),
        Record::Rules(rules) => serde_json::to_vec(&RulesRecord { rules }),
        Record::Process(process) => serde_json::to_vec(process),
        Record::Customer(customer) => serde_json::to_vec(customer),
        Record::Note(note) => serde_json::to_vec(note),
        Record::Deal(deal) => serde_json::to_vec(deal),
    }
}

/// The record in a JSON text that lies on `shelf`.
///
/// # Errors
/// The text is not JSON or not such a record.
pub fn from_json(shelf: Shelf, json: &str) -> serde_json::Result<Record> {
    // As bytes, like a backup, so that both are read by the same code.
    let json = json.as_bytes();
    Ok(match shelf {
        Shelf::Settings => Record::Settings(Arc::new(serde_json::from_slice(json)?)),
        Shelf::Order => Record::Order(Arc::new(serde_json::from_slice(json)?)),
        Shelf::Lists => {
            let list: ListRecord<List> = serde_json::from_slice(json)?;
            Record::List(list.kind, Arc::new(list.entries))
        }
        Shelf::Views => {
            let record: ViewsRecord<Vec<SavedView>> = serde_json::from_slice(json)?;
            Record::Views(Arc::new(record.views))
        }
        Shelf::Rules => {
            let record: RulesRecord<Vec<Rule>> = serde_json::from_slice(json)?;
            Record::Rules(Arc::new(record.rules))
        }
        Shelf::Processes => Record::Process(Arc::new(serde_json::from_slice(json)?)),
        Shelf::Customers(_) => Record::Customer(Arc::new(serde_json::from_slice(json)?)),
        Shelf::Notes(_) => Record::Note(Arc::new(serde_json::from_slice(json)?)),
        Shelf::Deals(_) => Record::Deal(Arc::new(serde_json::from_slice(json)?)),
    })
}
