//! Pages of columns: whatever commands have made comes back as it was, and
//! whatever befalls the text is noticed.

use std::collections::BTreeMap;
use std::path::Path;

use pipewright::codec::extra::Extra;
use pipewright::codec::pack::{pack, unpack};
use pipewright::codec::page::{decode, encode};
use pipewright::codec::revision::Revision;
use pipewright::codec::shelf::Shelf;
use pipewright::codec::stored::{Marks, Page, Stored};
use pipewright::domain::record::workspace::{Key, Record, Workspace};
use pipewright::domain::value::id::{CustomerId, DealId, NoteId};
use pipewright::store::port::{Room, in_use, units};
use proptest::prelude::*;
use serde_json::json;

use crate::support::{steps, worlds};
use crate::worked;

/// The most characters of a store of 50,000 worked deals, keys and all:
/// WebKit's 5,242,880 bytes, of which a tenth stays free.
const MOST_FOR_50_000: usize = 4_718_592;
/// The most characters that an edit writes.
const MOST_FOR_AN_EDIT: usize = 20_000;

fn record_of(stored: &Stored) -> (Key, &Stored) {
    (stored.record.key(), stored)
}

/// Writes a page, and reads it again.
fn there_and_back(shelf: Shelf, records: &[Stored], marks: &Marks) -> (String, Page) {
    let items = records.iter();
    let items = items.map(|stored| (stored.revision, &stored.record, stored.extra.as_ref()));
    let text = encode(shelf, items, marks).unwrap();
    let page = decode(shelf, &text).unwrap();
    (text, page)
}

fn check(shelf: Shelf, records: &[Stored], marks: &Marks) -> String {
    let (text, page) = there_and_back(shelf, records, marks);
    assert_eq!(page.unread, vec![]);
    let by_key = |records: &[Stored]| -> BTreeMap<Key, Stored> {
        let pairs = records.iter().map(record_of);
        pairs.map(|(key, stored)| (key, stored.clone())).collect()
    };
    assert_eq!(by_key(&page.records), by_key(records));
    assert_eq!(page.records.len(), records.len());
    let mut removed = marks.removed.clone();
    removed.sort_unstable();
    assert_eq!(
        (page.removed, page.pruned, page.generation),
        (removed, marks.pruned, marks.generation)
    );
    text
}

fn revision() -> impl Strategy<Value = Revision> {
    let millis = prop_oneof![
        Just(0u64),
        1_772_000_000_000u64..1_800_000_000_000,
        any::<u64>()
    ];
    let counter = prop_oneof![4 => Just(0u32), 1 => 0u32..4, 1 => any::<u32>()];
    (millis, counter, prop_oneof![Just(7u32), any::<u32>()]).prop_map(Revision::from)
}

/// Revisions as they come about: many the same, many near the change of their deal.
fn revisions_of(records: Vec<Record>, drawn: &[(u8, Revision)]) -> Vec<Stored> {
    let mut before = Revision::default();
    let stored = records.into_iter().zip(drawn.iter().cycle());
    let stored = stored.map(|(record, (kind, drawn))| {
        let touched = match &record {
            Record::Deal(deal) => u64::try_from(deal.touched.0).unwrap_or(0),
            Record::Note(note) => u64::try_from(note.at.0).unwrap_or(0),
            _ => 29_000_000,
        };
        let revision = match kind % 4 {
            0 => *drawn,
            1 => before,
            _ => Revision {
                millis: touched * 60_000 + u64::from(*kind) * 499,
                counter: 0,
                tab: 7,
            },
        };
        before = revision;
        let extra = match kind {
            250.. => Some(Extra::Object(vec![(
                "mood".to_owned(),
                Extra::Field(json!({"sky": [1, null, "blue \u{1f6a4}"]}).to_string()),
            )])),
            _ => None,
        };
        Stored {
            revision,
            record,
            extra,
        }
    });
    stored.collect()
}

fn pages_of(workspace: &Workspace) -> [(Shelf, Vec<Record>); 3] {
    let deals = workspace.deals.values().cloned().map(Record::Deal);
    let customers = workspace.customers.values().cloned().map(Record::Customer);
    let notes = workspace.notes.values().cloned().map(Record::Note);
    [
        (Shelf::Notes(1), notes.collect()),
        (Shelf::Deals(3), deals.collect()),
        (Shelf::Customers(0), customers.collect()),
    ]
}

fn marks(shelf: Shelf) -> impl Strategy<Value = Marks> {
    let key = move |id: u64| match shelf {
        Shelf::Deals(_) => Key::Deal(DealId(id)),
        Shelf::Notes(_) => Key::Note(NoteId(id)),
        _ => Key::Customer(CustomerId(id)),
    };
    let removed = prop::collection::btree_map(any::<u64>(), revision(), 0..4);
    let numbers = prop_oneof![Just(0u64), any::<u64>()];
    (removed, numbers.clone(), numbers).prop_map(move |(removed, pruned, generation)| Marks {
        removed: removed.into_iter().map(|(id, at)| (key(id), at)).collect(),
        pruned,
        generation,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn whatever_commands_have_made_comes_back(
        world in worlds::world(),
        steps in prop::collection::vec(steps::step(), 1..80),
        drawn in prop::collection::vec((any::<u8>(), revision()), 1..9),
        marks in [
            marks(Shelf::Notes(1)).boxed(),
            marks(Shelf::Deals(3)).boxed(),
            marks(Shelf::Customers(0)).boxed(),
        ],
    ) {
        let mut world = world;
        for step in steps {
            let command = step.command(&mut world);
            let _ = world.run(command);
        }
        for ((shelf, records), marks) in pages_of(&world.workspace).into_iter().zip(marks) {
            check(shelf, &revisions_of(records, &drawn), &marks);
        }
    }

    /// Not the text is damaged, which the checksum tells, but what is in it.
    #[test]
    fn any_bytes_are_read_or_refused(
        world in worlds::world(),
        steps in prop::collection::vec(steps::step(), 1..40),
        drawn in prop::collection::vec((any::<u8>(), revision()), 1..4),
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0usize..3), 1..4),
        bytes in any::<Vec<u8>>(),
    ) {
        let mut world = world;
        for step in steps {
            let command = step.command(&mut world);
            let _ = world.run(command);
        }
        for (shelf, records) in pages_of(&world.workspace) {
            let text = check(shelf, &revisions_of(records, &drawn), &Marks::default());
            let whole = unpack(text.strip_prefix("pw4:").unwrap()).unwrap();
            for (at, byte, cut) in &edits {
                let mut damaged = whole.clone();
                let at = at.index(damaged.len());
                damaged.splice(at..(at + cut).min(whole.len()), [*byte]);
                let _ = decode(shelf, &format!("pw4:{}", pack(&[damaged]))).unwrap();
            }
            let _ = decode(shelf, &format!("pw4:{}", pack(&[&bytes]))).unwrap();
        }
    }
}

#[test]
fn an_empty_page_and_one_of_marks_alone_come_back() {
    for shelf in [Shelf::Deals(0), Shelf::Customers(0), Shelf::Notes(0)] {
        check(shelf, &[], &Marks::default());
    }
}

#[test]
fn worked_deals_take_little_room() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/make_deals_csv.py");
    let deals = 2_000;
    let file = worked::deals_csv(&script, deals).unwrap();
    let account = worked::worked(&file).unwrap();
    let ticks = account.ticks as f64 / deals as f64;
    assert!((4.9..5.6).contains(&ticks), "{ticks} ticks a deal");
    let history = account
        .workspace
        .deals
        .values()
        .map(|deal| deal.history.len());
    assert!(history.max().unwrap() > 8);
    let characters = in_use(&account.port, "", Room::USUAL).unwrap();
    let room = MOST_FOR_50_000 / 50_000 * deals;
    assert!(characters < room, "{characters} of {room} characters");
    let largest = account
        .dump()
        .values()
        .map(|text| units(text))
        .max()
        .unwrap();
    assert!(largest < MOST_FOR_AN_EDIT, "{largest} characters in a page");
}

/// Half of the deals have or had a next step, a third have two noted entries of
/// 120 characters. All 50,000 are made, as more notes fill their pages better.
#[test]
fn worked_deals_with_next_steps_and_noted_entries_leave_a_tenth_of_the_room() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/make_deals_csv.py");
    let deals = 50_000;
    let file = worked::deals_csv(&script, deals).unwrap();
    let account = worked::talked(&file).unwrap();
    let with_step = account.next_steps as f64 / deals as f64;
    assert!((0.49..0.51).contains(&with_step), "{with_step} with a step");
    let notes = account.workspace.notes.len() as f64 / deals as f64;
    assert!((0.65..0.68).contains(&notes), "{notes} notes a deal");
    let characters = in_use(&account.port, "", Room::USUAL).unwrap();
    assert!(characters <= MOST_FOR_50_000, "{characters} characters");
    let dump = account.dump();
    let longest = |kind: &str| {
        let pages = dump.iter().filter(|(key, _)| key.contains(kind));
        pages.map(|(_, text)| units(text)).max().unwrap()
    };
    let edit = longest("/deals/") + longest("/notes/");
    assert!(edit < MOST_FOR_AN_EDIT, "{edit} characters for an edit");
}
