//! The first screen as text, as it is kept beside the account.
//!
//! All of it is stored elsewhere too, so a text that can't be read is no loss:
//! it is treated as if there were none, and so is one of before everything was
//! erased: a tab that had not heard of that may store it afterwards. Read on
//! another day, it is without the figures that depend on the day.

use serde::{Deserialize, Serialize};

use super::columns;
use super::pack::{pack, unpack};
use super::page;
use super::revision::Revision;
use super::shelf::{Shelf, Space};
use super::stored::{Marks, Page, VERSION};
use crate::domain::mend::reconcile::LooseRecords;
use crate::domain::read::glance::{Figures, Glance};
use crate::domain::record::workspace::{Record, Workspace};
use crate::domain::start::templates::new_workspace;
use crate::domain::value::id::IdSource;
use crate::domain::value::time::Date;

/// What the text starts with: another version of the program may mean another
/// thing by it.
pub const FORMAT: &str = "glance5:";

/// When a first screen was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// In this generation of the account.
    pub generation: u64,
    /// On this date.
    pub on: Date,
}

/// What is on small shelves, with the figures: a line of JSON. Behind it are
/// the columns of the customers, and then of the deals.
#[derive(Serialize, Deserialize)]
struct Kept {
    figures: Figures,
    small: Vec<String>,
    /// How many bytes the customers take.
    customers: usize,
}

/// The small shelves, in the order of their texts.
const SMALL: [Shelf; 6] = [
    Shelf::Settings,
    Shelf::Order,
    Shelf::Lists,
    Shelf::Views,
    Shelf::Rules,
    Shelf::Processes,
];
const CUSTOMERS: Shelf = Shelf::Customers(0);
const DEALS: Shelf = Shelf::Deals(0);

/// The key it is kept under.
pub fn key(space: Space) -> String {
    format!("{}glance", space.prefix())
}

/// The text of a first screen.
pub fn write(glance: Glance, made: Made) -> Option<String> {
    let records: Vec<Record> = glance.workspace.records().collect();
    let lying_on = |shelf: Shelf| {
        let records = records.iter().filter(move |record| match record {
            Record::Customer(_) => shelf == CUSTOMERS,
            Record::Deal(_) => shelf == DEALS,
            record => Shelf::fixed(record.key()) == Some(shelf),
        });
        records.map(|record| (Revision::default(), record, None))
    };
    let marks = Marks::default();
    let small = SMALL.map(|shelf| page::encode(shelf, lying_on(shelf), &marks));
    let customers = columns::encode(CUSTOMERS, &mut lying_on(CUSTOMERS), &marks).ok()?;
    let deals = columns::encode(DEALS, &mut lying_on(DEALS), &marks).ok()?;
    let kept = Kept {
        figures: glance.figures,
        small: small.into_iter().collect::<Result<_, _>>().ok()?,
        customers: customers.iter().map(Vec::len).sum(),
    };
    let mut line = serde_json::to_vec(&kept).ok()?;
    line.push(b'\n');
    let parts: Vec<Vec<u8>> = [line].into_iter().chain(customers).chain(deals).collect();
    let Made { generation, on } = made;
    Some(format!("{FORMAT}{generation}:{on}:{}", pack(&parts)))
}

/// When a text was made; none where it says nothing of it.
pub fn made(text: &str) -> Option<Made> {
    parts(text).map(|(made, _)| made)
}

/// The first screen of a text as it is `now`; none where it can't be read, or
/// is of another generation.
pub fn read(text: &str, now: Made) -> Option<Glance> {
    let (made, packed) = parts(text).filter(|(made, _)| made.generation == now.generation)?;
    let bytes = unpack(packed).ok()?;
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let (line, pages) = bytes.split_at_checked(end)?;
    let kept: Kept = serde_json::from_slice(line).ok()?;
    if !kept.figures.are_believable() {
        return None;
    }
    let (customers, deals) = pages.get(1..)?.split_at_checked(kept.customers)?;
    let mut records = Vec::new();
    for (shelf, text) in SMALL.into_iter().zip(&kept.small) {
        take(page::decode(shelf, text).ok()?, &mut records)?;
    }
    for (shelf, bytes) in [(CUSTOMERS, customers), (DEALS, deals)] {
        take(columns::decode(shelf, VERSION, bytes).ok()?, &mut records)?;
    }
    let mut glance = Glance {
        workspace: whole(records)?,
        figures: kept.figures,
    };
    if made.on != now.on {
        glance.figures.forget_ages();
    }
    Some(glance)
}

/// Takes what lies on a shelf, where all of it could be read.
fn take(page: Page, records: &mut Vec<Record>) -> Option<()> {
    records.extend(page.records.into_iter().map(|stored| stored.record));
    page.unread.is_empty().then_some(())
}

/// The account of these records, where there is nothing to mend.
fn whole(records: Vec<Record>) -> Option<Workspace> {
    // Where anything of an account is missing, there is something to mend.
    let fresh = || new_workspace(&mut IdSource::starting_at(0));
    let (workspace, repairs) = LooseRecords::from(records).repair(fresh);
    repairs.is_empty().then_some(workspace)
}

/// When a text was made, and the rest of it.
fn parts(text: &str) -> Option<(Made, &str)> {
    let (generation, rest) = text.strip_prefix(FORMAT)?.split_once(':')?;
    let (on, packed) = rest.split_once(':')?;
    let generation = generation.parse().ok()?;
    let on = on.parse().ok()?;
    Some((Made { generation, on }, packed))
}
