//! A page of deals, customers or noted entries as columns, since version 3: all names, then
//! all values, then all dates, each kind of number in bytes that are alike,
//! which deflate packs far better than one record after the other, and which
//! are read without a parser.
//!
//! The bytes are the lengths of all columns, then the columns. What columns
//! can't tell, a record with fields that this version does not know, lies
//! among them as a row of JSON, as in version 2.
//!
//! | module | what it knows |
//! | --- | --- |
//! | `bytes` | numbers and texts as bytes |
//! | `words` | texts that people write, as words |
//! | `tables` | ids that stand many times |
//! | `times`, `amounts`, `revisions` | each kind of number |
//! | `places`, `codes` | what is stored as a small number |
//! | `shapes` | what happened, without what differs |
//! | `steps` | next steps |
//! | `deals`, `deals_out`, `deals_in` | which columns there are, and how they are written and read |
//! | `customers`, `notes` | the same of customers, and of noted entries |
//!
//! A new field of a deal, a new kind of event or a new outcome is a new version:
//! it gets its place in `places` or `shapes`, and [`decode`] a branch of its own
//! for the pages of the version before.
//!
//! Reading is total: whatever the bytes, it gives records or says why not.

mod amounts;
mod bytes;
mod codes;
mod customers;
mod deals;
mod deals_in;
mod deals_out;
mod notes;
mod places;
mod revisions;
mod shapes;
mod steps;
mod tables;
mod times;
mod words;

use bytes::{Damage, In, Out, TextsIn, TextsOut, columns};
use codes::Kind;
use places::Placed;

use super::CodecError;
use super::envelope::{self, id_of};
use super::revision::Revision;
use super::shelf::Shelf;
use super::stored::{Marks, Page, Stored, VERSION, Written};
use crate::domain::record::customer::Customer;
use crate::domain::record::deal::{Deal, Field, Outcome};
use crate::domain::record::note::Note;
use crate::domain::record::workspace::{Key, Record};
use crate::domain::value::money::Money;
use crate::domain::value::order::{sort, sort_by};

columns! {
    CommonOut, CommonIn:
    /// Up to when marks were forgotten, the generation, and the ids of marks.
    head,
    /// Records that columns can't tell, as JSON.
    row_lengths,
    row_text,
}

/// The columns before which other bytes begin: they are packed apart.
const BREAKS: [&str; 19] = [
    "name_lengths",
    "source",
    "stay_entered",
    "event_days",
    "event_hours",
    "event_minutes",
    "created",
    "value_bytes",
    "shape_text",
    "name_text",
    "tick_text",
    "next_step",
    "step_codes",
    "step_low",
    "deal_high",
    "word_lengths",
    "word_codes",
    "word_low",
    "word_high",
];

/// The first version that keeps pages as columns.
pub const FIRST: u32 = 3;

/// A part must have as many bytes to be worth codes of its own.
const LEAST: usize = 512;

/// The bytes of a page, in parts that are unlike each other.
///
/// # Errors
/// None that the domain's types can cause.
pub fn encode<'a>(
    shelf: Shelf,
    records: &mut dyn Iterator<Item = Written<'a>>,
    marks: &Marks,
) -> Result<Vec<Vec<u8>>, CodecError> {
    let mut common = CommonOut::default();
    let mut rows = TextsOut::default();
    let mut deals: Vec<(Revision, &Deal)> = Vec::new();
    let mut customers: Vec<(Revision, &Customer)> = Vec::new();
    let mut notes: Vec<(Revision, &Note)> = Vec::new();
    for (revision, record, extra) in records {
        match (shelf, record) {
            _ if extra.is_some() => rows.push(&envelope::record_json(revision, record, extra)?),
            (Shelf::Deals(_), Record::Deal(deal)) if is_in_range(deal) => {
                deals.push((revision, deal));
            }
            (Shelf::Customers(_), Record::Customer(customer)) => {
                customers.push((revision, customer));
            }
            (Shelf::Notes(_), Record::Note(note)) => notes.push((revision, note)),
            _ => rows.push(&envelope::record_json(revision, record, extra)?),
        }
    }
    sort_by(&mut deals, &|(_, a), (_, b)| a.id.cmp(&b.id));
    sort_by(&mut customers, &|(_, a), (_, b)| a.id.cmp(&b.id));
    sort_by(&mut notes, &|(_, a), (_, b)| a.id.cmp(&b.id));
    (common.row_lengths, common.row_text) = (rows.lengths, rows.text);
    let removed = marks.removed.iter();
    let removed = removed.filter_map(|(key, revision)| Some((id_of(*key)?.0, *revision)));
    let mut removed: Vec<(u64, Revision)> = removed.collect();
    sort(&mut removed);
    let head = &mut common.head;
    head.number(marks.pruned);
    head.number(marks.generation);
    head.small(removed.len());
    let mut before = 0;
    for (id, _) in &removed {
        head.number(id - before);
        before = *id;
    }
    let removed: Vec<Revision> = removed.iter().map(|(_, revision)| *revision).collect();
    let mut columns = common.parts();
    match shelf {
        Shelf::Customers(_) => columns.extend(customers::write(&customers, &removed).parts()),
        Shelf::Notes(_) => columns.extend(notes::write(&notes, &removed).parts()),
        _ => {
            let (deals, steps) = deals_out::write(&deals, &removed);
            columns.extend(deals.parts());
            columns.extend(steps.parts());
        }
    }
    let mut lengths = Out::default();
    for (_, column) in &columns {
        lengths.number(column.len() as u64);
    }
    let mut first = Out::default();
    first.number(lengths.0.len() as u64);
    first.0.append(&mut lengths.0);
    let mut parts = vec![first.0];
    for (name, column) in columns {
        match parts.last_mut() {
            Some(last) if last.len() < LEAST || !BREAKS.contains(&name) => last.extend(column),
            _ => parts.push(column),
        }
    }
    Ok(parts)
}

/// Whether a deal's amount is one that a person can enter; another is damage,
/// and kept as it is.
fn is_in_range(deal: &Deal) -> bool {
    let value = deal.value.map_or(0, Money::minor);
    Money::from_minor(value).is_some()
}

/// What the bytes of a page hold that were written in a version of the format.
///
/// # Errors
/// They are not what [`encode`] has made, in that version.
pub fn decode(shelf: Shelf, version: u32, bytes: &[u8]) -> Result<Page, Damage> {
    match version {
        3 => read(shelf, bytes, false),
        4 => read(shelf, bytes, true),
        _ => Err(Damage("no columns were written in that version")),
    }
}

// Who can read version 4 knows these, and would take another for damage.
const _: () = assert!(
    VERSION > 4 || (Kind::COUNT == 15 && Field::COUNT == 8 && Outcome::COUNT == 3),
    "a new kind of event, field or outcome needs a new version of the format"
);

/// `has_steps` says whether there are columns of next steps, which came with
/// version 4, as did pages of noted entries.
fn read(shelf: Shelf, bytes: &[u8], has_steps: bool) -> Result<Page, Damage> {
    match shelf {
        Shelf::Deals(_) => {
            let (mut page, ids, mut reader) = open(shelf, bytes, |lengths, all| {
                let columns = deals::DealsIn::split(lengths, all)?;
                let steps = has_steps.then(|| steps::StepsIn::split(lengths, all));
                deals_in::DealsReader::new(columns, steps.transpose()?)
            })?;
            page.records.reserve(reader.count);
            for _ in 0..reader.count {
                let (revision, deal) = reader.deal()?;
                page.records.push(stored(revision, Record::Deal(deal)));
            }
            for id in ids {
                let revision = reader.extra()?;
                page.removed.push((Key::Deal(id.into()), revision));
            }
            reader.is_done().then_some(page).ok_or(Damage::LONG)
        }
        Shelf::Notes(_) if has_steps => {
            let (mut page, ids, columns) = open(shelf, bytes, notes::NotesIn::split)?;
            let (notes, revisions) = notes::read(columns, ids.len())?;
            let records = notes.into_iter();
            page.records
                .extend(records.map(|(revision, note)| stored(revision, Record::Note(note))));
            let keys = ids.into_iter().map(|id| Key::Note(id.into()));
            page.removed = keys.zip(revisions).collect();
            Ok(page)
        }
        Shelf::Customers(_) => {
            let (mut page, ids, columns) = open(shelf, bytes, customers::CustomersIn::split)?;
            let (customers, revisions) = customers::read(columns, ids.len())?;
            let records = customers.into_iter();
            page.records.extend(
                records.map(|(revision, customer)| stored(revision, Record::Customer(customer))),
            );
            let keys = ids.into_iter().map(|id| Key::Customer(id.into()));
            page.removed = keys.zip(revisions).collect();
            Ok(page)
        }
        _ => Err(Damage("columns do not belong here")),
    }
}

/// Reads what pages of all kinds have in common, and splits the rest: the
/// page so far, and the ids of its marks.
fn open<'a, T>(
    shelf: Shelf,
    bytes: &'a [u8],
    split: impl FnOnce(&mut In<'a>, &mut In<'a>) -> Result<T, Damage>,
) -> Result<(Page, Vec<u64>, T), Damage> {
    let mut all = In(bytes);
    let count = usize::try_from(all.number()?).unwrap_or(usize::MAX);
    let mut lengths = In(all.take(count)?);
    let mut common = CommonIn::split(&mut lengths, &mut all)?;
    let rest = split(&mut lengths, &mut all)?;
    if !lengths.0.is_empty() || !all.0.is_empty() {
        return Err(Damage::LONG);
    }
    let mut page = Page {
        pruned: common.head.number()?,
        generation: common.head.number()?,
        ..Page::default()
    };
    let count = common.head.small()?;
    let mut ids = Vec::with_capacity(common.head.room_for(count));
    let mut id = 0u64;
    for _ in 0..count {
        id = id.wrapping_add(common.head.number()?);
        ids.push(id);
    }
    let mut rows = TextsIn::new(common.row_lengths, common.row_text)?;
    while !rows.is_done() {
        envelope::read(shelf, rows.text()?, &mut page);
    }
    Ok((page, ids, rest))
}

fn stored(revision: Revision, record: Record) -> Stored {
    Stored {
        revision,
        record,
        extra: None,
    }
}
