//! A hundred thousand damaged stores: whatever befell some keys, what lies
//! under the others is there, and what can't be read is kept as it is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use pipewright::codec::CodecError;
use pipewright::codec::pack::{pack, unpack};
use pipewright::codec::page::{decode, encode, version};
use pipewright::codec::revision::Revision;
use pipewright::codec::shelf::{PageCount, Shelf, Space, generation_text};
use pipewright::codec::stored::Marks;
use pipewright::domain::record::check::check;
use pipewright::domain::record::workspace::{Key, Record, Workspace};
use pipewright::domain::value::id::DealId;
use pipewright::store::memory::Memory;
use pipewright::store::port::{KeyValue, PortError};
use pipewright::store::saver::{Flush, LoadError, Saver};

use crate::sample::{Dice, as_version_2};
use crate::worked::{deals_csv, fresh, talked};

/// Damaged stores, all tests of this file together.
const STORES: usize = 100_000;
/// The tests, which run at the same time.
const PARTS: usize = 4;
const DEALS: usize = 10;
const DEALS_A_PAGE: usize = 4;
const CUSTOMERS_A_PAGE: usize = 6;
const NOTES_A_PAGE: usize = 3;
const ASIDE: &str = "pipewright/main/aside/0/deals/9";

type Texts = BTreeMap<String, String>;

/// The generation of the account, which was erased once.
const GENERATION: u64 = 1_790_000_000_000;

/// A small account on several pages, one of them as version 2 wrote it, with
/// marks of deleted deals and something that was set aside before.
struct Whole {
    workspace: Workspace,
    texts: Texts,
    page_of: BTreeMap<Key, String>,
}

static WHOLE: LazyLock<Whole> = LazyLock::new(|| {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/make_deals_csv.py");
    let account = talked(&deals_csv(&script, DEALS).unwrap()).unwrap();
    let workspace = account.workspace.clone();
    let mut texts = account.dump();
    texts.retain(|key, _| !Space::Main.shelf(key).is_some_and(Shelf::is_page));
    for (key, text) in &mut texts {
        let Some(shelf) = Space::Main.shelf(key) else {
            continue;
        };
        let page = decode(shelf, text).unwrap();
        let records = page.records.iter();
        let items = records.map(|stored| (stored.revision, &stored.record, None));
        *text = encode(shelf, items, &marks(0)).unwrap();
    }
    texts.insert(Space::Main.generation_key(), generation_text(GENERATION));
    texts.insert(ASIDE.to_owned(), "set aside before".to_owned());
    let mut page_of = BTreeMap::new();
    let mut put = |shelf: Shelf, records: &[Record], is_old: bool| {
        let millis = 1_800_000_000_000;
        let revision = |count: usize| Revision::from((millis + count as u64, 0, 7));
        let items = records.iter().enumerate();
        let items = items.map(|(count, record)| (revision(count), record, None));
        let mut text = encode(shelf, items, &marks(millis)).unwrap();
        if is_old {
            text = as_version_2(shelf, &text, |json| {
                let open = json.strip_suffix('}').unwrap();
                format!("{open},\"generation\":{GENERATION}}}")
            });
        }
        let key = Space::Main.key(shelf);
        for record in records {
            page_of.insert(record.key(), key.clone());
        }
        texts.insert(key, text);
    };
    let deals = workspace.deals.values().cloned().map(Record::Deal);
    let deals: Vec<Record> = deals.collect();
    for (page, records) in (0..).zip(deals.chunks(DEALS_A_PAGE)) {
        put(Shelf::Deals(page), records, page == 1);
    }
    let customers = workspace.customers.values().cloned().map(Record::Customer);
    let customers: Vec<Record> = customers.collect();
    for (page, records) in (0..).zip(customers.chunks(CUSTOMERS_A_PAGE)) {
        put(Shelf::Customers(page), records, false);
    }
    let notes = workspace.notes.values().cloned().map(Record::Note);
    let notes: Vec<Record> = notes.collect();
    assert!(!notes.is_empty());
    for (page, records) in (0..).zip(notes.chunks(NOTES_A_PAGE)) {
        put(Shelf::Notes(page), records, false);
    }
    let count = PageCount {
        customers: customers.chunks(CUSTOMERS_A_PAGE).len() as u32,
        deals: deals.chunks(DEALS_A_PAGE).len() as u32,
        notes: notes.chunks(NOTES_A_PAGE).len() as u32,
    };
    texts.insert(Space::Main.pages_key(), count.to_string());
    Whole {
        workspace,
        texts,
        page_of,
    }
});

/// What is written beside the records: on pages the mark of a deleted deal,
/// and that older ones were forgotten.
fn marks(millis: u64) -> Marks {
    let deleted = (Key::Deal(DealId(3)), Revision::from((millis, 0, 7)));
    Marks {
        removed: (millis > 0).then_some(deleted).into_iter().collect(),
        pruned: millis / 2,
        generation: GENERATION,
    }
}

/// A storage that is not to be written.
struct ReadOnly<'a>(&'a Texts);

impl KeyValue for ReadOnly<'_> {
    fn get(&self, key: &str) -> Result<Option<String>, PortError> {
        Ok(self.0.get(key).cloned())
    }

    fn set(&self, key: &str, _: &str) -> Result<(), PortError> {
        panic!("a load writes {key}")
    }

    fn remove(&self, key: &str) -> Result<(), PortError> {
        panic!("a load removes {key}")
    }

    fn keys(&self, prefix: &str) -> Result<Vec<String>, PortError> {
        let keys = self.0.keys().filter(|key| key.starts_with(prefix));
        Ok(keys.cloned().collect())
    }
}

/// What was done to a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Damage {
    /// Its text was changed by chance.
    Blind,
    /// The bytes under its checksum were changed: no chance does that.
    Sly,
}

fn damage(text: &str, dice: &mut Dice) -> (Option<String>, Damage) {
    let kind = dice.roll(12);
    if kind == 0 {
        return (None, Damage::Blind);
    }
    if kind == 1
        && let Some(packed) = text.strip_prefix("pw4:")
    {
        let mut bytes = unpack(packed).unwrap();
        for _ in 0..=dice.roll(3) {
            let at = dice.roll(bytes.len());
            bytes[at] = dice.roll(256) as u8;
        }
        return (Some(format!("pw4:{}", pack(&[bytes]))), Damage::Sly);
    }
    let mut characters: Vec<char> = text.chars().collect();
    let at = dice.roll(characters.len());
    match kind {
        2 | 3 => characters.truncate(at),
        4 => drop(
            characters.drain(
                at..(at + 1 + dice.roll(40))
                    .min(text.len())
                    .min(characters.len()),
            ),
        ),
        5 => characters.insert(at, char::from(dice.roll(256) as u8)),
        6 => {
            let other = dice.roll(characters.len());
            characters.swap(at, other);
        }
        7 => characters[at] = char::from_u32(0x100 + dice.roll(0xd000) as u32).unwrap(),
        _ => {
            for _ in 0..=dice.roll(8) {
                let at = dice.roll(characters.len());
                characters[at] = char::from(dice.roll(256) as u8);
            }
        }
    }
    (Some(characters.into_iter().collect()), Damage::Blind)
}

/// Damages some keys of the whole store, and loads it.
fn one(dice: &mut Dice, is_thorough: bool) {
    let whole = &*WHOLE;
    let mut texts = whole.texts.clone();
    let keys: Vec<&String> = whole.texts.keys().collect();
    let mut done: BTreeMap<&str, Damage> = BTreeMap::new();
    for _ in 0..=dice.roll(3) {
        let key = keys[dice.roll(keys.len())].as_str();
        let (text, kind) = damage(&whole.texts[key], dice);
        match text {
            Some(text) => drop(texts.insert(key.to_owned(), text)),
            None => drop(texts.remove(key)),
        }
        done.insert(key, kind);
    }
    let loaded = Saver::load(&ReadOnly(&texts), Space::Main, 9, fresh);
    let (workspace, saver, report) = match loaded {
        Ok(loaded) => loaded,
        Err(LoadError::Codec(CodecError::Newer { version: newer })) => {
            // A digit of a version was hit: that is refused, and untouched.
            let mut hit = done.keys().filter_map(|key| texts.get(*key));
            assert!(hit.any(|text| version(text) == Some(newer)));
            return;
        }
        Err(error) => panic!("{error} after {done:?}"),
    };
    assert_eq!(check(&workspace), Ok(()), "after {done:?}");
    // What deals lean on: where that is damaged, they are mended.
    let leans = ["processes", "lists", "order", "settings"];
    let is_exact = leans
        .iter()
        .all(|name| !done.contains_key(format!("pipewright/main/{name}").as_str()));
    let is_sly = done.values().any(|kind| *kind == Damage::Sly);
    for (key, page) in &whole.page_of {
        let was = whole.workspace.get(*key);
        let is = workspace.get(*key);
        if let Some(Record::Note(note)) = &was
            && !workspace.deals.contains_key(&note.deal)
        {
            assert!(is.is_none(), "a note without its deal after {done:?}");
            continue;
        }
        match done.get(page.as_str()) {
            None if is_exact && !is_sly => assert_eq!(is, was, "after {done:?}"),
            None => assert!(is.is_some(), "{key:?} is lost after {done:?}"),
            // Rows of JSON have no checksum.
            Some(Damage::Blind) if is_exact && !is_sly && whole.texts[page].starts_with("pw4") => {
                let is_stand_in = matches!(key, Key::Customer(_));
                assert!(is.is_none() || is == was || is_stand_in, "after {done:?}");
            }
            Some(_) => {}
        }
    }
    let aside: BTreeSet<&str> = report
        .set_aside
        .iter()
        .map(|aside| aside.key.as_str())
        .collect();
    let lost: BTreeSet<Shelf> = saver.lost().collect();
    for (key, kind) in &done {
        let shelf = key.strip_prefix("pipewright/main/").unwrap();
        let Some(text) = texts.get(*key) else {
            let is_page = whole.page_of.values().any(|page| page == key);
            let is_missed = Space::Main.shelf(key).is_some_and(|s| lost.contains(&s));
            let is_counted = !done.contains_key("pipewright/main/pages");
            assert!(is_missed || !is_page || !is_counted, "{key} is not missed");
            continue;
        };
        let is_lost = *kind == Damage::Blind
            && is_exact
            && whole.page_of.iter().any(|(record, page)| {
                page == key && matches!(record, Key::Deal(_)) && workspace.get(*record).is_none()
            });
        assert!(
            !is_lost || aside.contains(shelf),
            "{shelf} is not told after {done:?}"
        );
        if is_lost && text.starts_with("pw4:") {
            let told = report.set_aside.iter().find(|aside| aside.key == shelf);
            assert_eq!(told.unwrap().text, *text);
        }
    }
    if is_thorough {
        outlives_a_write(texts, workspace, saver, &aside);
    }
}

/// What could not be read is kept as it is when its shelf is written over.
fn outlives_a_write(texts: Texts, workspace: Workspace, mut saver: Saver, aside: &BTreeSet<&str>) {
    let port = Memory::new();
    for (key, text) in &texts {
        port.set(key, text).unwrap();
    }
    let records = workspace
        .records()
        .map(|record| pipewright::domain::record::workspace::Change {
            key: record.key(),
            before: None,
            after: Some(record),
        });
    let all = pipewright::domain::record::workspace::Changes(records.collect());
    saver.release();
    saver.note(&all, 1_900_000_000_000);
    assert_eq!(saver.flush_all(&workspace, &port), Flush::Done);
    let now = port.snapshot();
    for shelf in aside {
        let text = &texts[&format!("pipewright/main/{shelf}")];
        let is_kept = now.values().any(|kept| kept == text);
        assert!(is_kept, "the text of {shelf} is gone");
    }
    let (again, _, report) = Saver::load(&port, Space::Main, 9, fresh).unwrap();
    assert_eq!(again, workspace);
    let kept = report.set_aside_before + report.set_aside.len();
    let was = texts.keys().filter(|key| key.contains("/aside/")).count();
    assert!(kept >= aside.len() + was, "{kept} texts are kept");
}

fn part(number: u64) {
    let mut dice = Dice(0x5eed + number);
    for count in 0..STORES / PARTS {
        one(&mut dice, count % 32 == 0);
    }
}

#[test]
fn damaged_stores_give_what_is_whole_1() {
    part(1);
}

#[test]
fn damaged_stores_give_what_is_whole_2() {
    part(2);
}

#[test]
fn damaged_stores_give_what_is_whole_3() {
    part(3);
}

#[test]
fn damaged_stores_give_what_is_whole_4() {
    part(4);
}
