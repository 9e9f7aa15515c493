//! What lies in the storage.

use pipewright::codec::glance::{self, Made};
use pipewright::codec::pack::pack;
use pipewright::codec::page::{decode, encode};
use pipewright::codec::shelf::{Shelf, Space};
use pipewright::codec::stored::{Marks, Page, Stored, VERSION};
use pipewright::domain::change::apply::install;
use pipewright::domain::read::columns::Sort;
use pipewright::domain::read::filter::{Filter, Tab};
use pipewright::domain::read::index::Index;
use pipewright::domain::record::check::check;
use pipewright::domain::record::workspace::{Change, Changes, Workspace};
use pipewright::domain::value::time::plus_days;
use pipewright::store::memory::Memory;
use pipewright::store::port::KeyValue;
use pipewright::store::saver::{Flush, LoadError, Saver};

use crate::choices::Choices;
use crate::world::{TODAY, draw_open, look_at, new_account, now};

/// Where what is to be read lies.
const SHELVES: [Shelf; 9] = [
    Shelf::Deals(0),
    Shelf::Customers(0),
    Shelf::Notes(0),
    Shelf::Settings,
    Shelf::Lists,
    Shelf::Views,
    Shelf::Processes,
    Shelf::Order,
    Shelf::Rules,
];

/// The text of bytes under a checksum, or of text as it is: no chance damages
/// what is under a checksum, and no fuzzer would find the checksum.
fn text_of(form: usize, bytes: &[u8]) -> String {
    match form {
        0 => String::from_utf8_lossy(bytes).into_owned(),
        1 => format!("{}{TODAY}:{}", glance::FORMAT, pack(&[bytes])),
        form => format!("pw{}:{}", 4 - (form - 2) % 4, pack(&[bytes])),
    }
}

/// The first byte says on which shelf, the second in which form. A page is
/// read or refused, and what was read can be written, and is read as the same.
pub fn page(bytes: &[u8]) {
    let mut choices = Choices::of(bytes);
    let Some(shelf) = SHELVES.get(choices.number(SHELVES.len())).copied() else {
        return;
    };
    let form = choices.number(6);
    let text = text_of(form, choices.rest());
    if form == 1 {
        return first_screen(&text);
    }
    let Ok(page) = decode(shelf, &text) else {
        return;
    };
    let (mut again, marks) = rewritten(shelf, &page);
    // They are written in the order of their ids, and what is there twice in
    // any: one that has a field that nobody knows is a row beside the columns.
    let mut records = page.records;
    for records in [&mut records, &mut again.records] {
        records.sort_by_cached_key(|stored| (stored.record.key(), format!("{stored:?}")));
    }
    assert_eq!(again.records, records);
    assert_eq!(again.unread, []);
    assert_eq!(again.version, VERSION);
    again.removed.sort_unstable();
    let now = Marks {
        removed: again.removed,
        pruned: again.pruned,
        generation: again.generation,
    };
    assert_eq!(now, marks);
}

/// What was read, written and read again, and the marks that were written.
fn rewritten(shelf: Shelf, page: &Page) -> (Page, Marks) {
    let mut removed = page.removed.clone();
    removed.sort_unstable();
    let marks = Marks {
        removed,
        pruned: page.pruned,
        generation: page.generation,
    };
    let items = page.records.iter();
    let items = items.map(
        |Stored {
             revision,
             record,
             extra,
         }| (*revision, record, extra.as_ref()),
    );
    let text = encode(shelf, items, &marks).unwrap();
    (decode(shelf, &text).unwrap(), marks)
}

/// A first screen is read and shown, or there is none.
fn first_screen(text: &str) {
    let Some(made) = glance::made(text) else {
        return;
    };
    let on = TODAY;
    let today = Made { on, ..made };
    glance::read(
        text,
        Made {
            on: plus_days(TODAY, 1),
            ..made
        },
    );
    let Some(read) = glance::read(text, today) else {
        return;
    };
    let again = glance::write(read.clone(), today).unwrap();
    assert_eq!(glance::read(&again, today).as_ref(), Some(&read));
    let (index, account) = (Index::of_glance(&read), &read.workspace);
    let all = Filter::default();
    for tab in [Tab::Open, Tab::Closed] {
        index.listed(account, &all, tab, Sort::default(), now());
        index.summary(account, &all, tab, now());
    }
    let open = index.open_by_process(account, &all, now());
    open.iter().for_each(draw_open);
    for process in account.processes.keys() {
        index.board(account, &all, *process, Sort::default(), now());
    }
}

/// What parts the entries of a storage, and a key from its text.
const END: u8 = 0xff;

/// Keys and texts of a storage, each with its end; where one begins with a
/// byte that is in no text, it says how the rest is packed. Behind a key
/// without a name come the entries of the journal.
///
/// Whatever lies there, the start gives an account that fits together, keeps
/// what it can't use, and stores it.
pub fn store(bytes: &[u8]) {
    let port = Memory::new();
    let mut journal = Vec::new();
    let mut parts = bytes.split(|byte| *byte == END);
    let mut is_journal = false;
    while let (Some(key), Some(text)) = (parts.next(), parts.next()) {
        is_journal |= key.is_empty();
        let key = format!("{}{}", Space::Main.prefix(), String::from_utf8_lossy(key));
        let text = match text.split_first() {
            Some((form @ 0xf8..=0xfe, rest)) => text_of(usize::from(form - 0xf8), rest),
            _ => text_of(0, text),
        };
        match is_journal {
            true => journal.push((key, text)),
            false => port.set(&key, &text).unwrap(),
        }
    }
    let stored = port.snapshot();
    let loaded = Saver::load(&port, Space::Main, 9, new_account);
    assert_eq!(port.snapshot(), stored, "a load writes");
    let (mut account, mut saver, report) = match loaded {
        Ok(loaded) => loaded,
        Err(LoadError::Codec(_)) => return,
        Err(error) => panic!("{error}"),
    };
    assert_eq!(check(&account), Ok(()));
    for (key, text) in &journal {
        saver.replay(key, text, &account, 1_900_000_000_000);
        show_news(&mut account, &mut saver);
    }
    for (key, text) in &journal {
        saver.receive(key, Some(text), &account, 1_900_000_000_001);
        show_news(&mut account, &mut saver);
    }
    look_at(&account);

    saver.release();
    saver.note(&touched(&account), 1_900_000_000_002);
    if saver.flush_all(&account, &port) != Flush::Done {
        return;
    }
    show_news(&mut account, &mut saver);
    let now = port.snapshot();
    // What the journal has may make whole what was set aside.
    for aside in report.set_aside.iter().filter(|_| journal.is_empty()) {
        let key = format!("{}{}", Space::Main.prefix(), aside.key);
        let Some(text) = stored.get(&key) else {
            continue;
        };
        assert!(now.values().any(|kept| kept == text), "{key} is gone");
    }
    let (again, ..) = Saver::load(&port, Space::Main, 9, new_account).unwrap();
    assert_eq!(again, account);
}

fn show_news(account: &mut Workspace, saver: &mut Saver) {
    let news = saver.take_in(account);
    install(account, &news).unwrap();
    assert_eq!(check(account), Ok(()));
}

/// All records, as if each had been changed.
fn touched(account: &Workspace) -> Changes {
    let change = |record: pipewright::domain::record::workspace::Record| Change {
        key: record.key(),
        before: None,
        after: Some(record),
    };
    Changes(account.records().map(change).collect())
}
