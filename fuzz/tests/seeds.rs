//! Every kept seed passes its target, and nothing of a hundred kilobytes keeps
//! anyone waiting.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use fuzz::{TARGETS, target};

/// No input may take longer, even where the machine is busy.
const MOST: Duration = Duration::from_secs(10);
/// What a long input has, in bytes.
const LONG: usize = 100_000;
/// The targets that read tables.
const OF_TABLES: [&str; 3] = ["table", "deals", "customers"];

fn seeds_of(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("seeds")
        .join(target);
    let files = fs::read_dir(&folder)
        .unwrap()
        .map(|file| file.unwrap().path());
    let mut seeds: Vec<_> = files
        .map(|file| (file.display().to_string(), fs::read(&file).unwrap()))
        .collect();
    seeds.sort();
    seeds
}

#[track_caller]
fn pass(name: &str, what: &str, bytes: &[u8]) {
    // The last line of a failed test says what it was.
    println!("{name}: {what}");
    let start = Instant::now();
    target(name).unwrap()(bytes);
    assert!(start.elapsed() < MOST, "{what} takes {:?}", start.elapsed());
}

#[test]
fn every_target_passes_all_its_seeds() {
    for (name, _) in TARGETS {
        let seeds = seeds_of(name);
        assert!(!seeds.is_empty(), "{name} has no seeds");
        for (file, bytes) in seeds {
            pass(name, &file, &bytes);
        }
    }
}

#[test]
fn the_seeds_are_those_of_targets() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name();
        assert!(target(name.to_str().unwrap()).is_some(), "{name:?}");
    }
}

/// So much of what a function makes of 0, 1, 2 ...
fn long(part: impl Fn(usize) -> String) -> String {
    let mut all = String::new();
    let mut parts = 0..;
    while all.len() < LONG {
        all.push_str(&part(parts.next().unwrap()));
    }
    all
}

#[test]
fn long_tables_are_read_in_seconds() {
    let every = |text: &str| long(|_| text.to_owned());
    let header = "name,process,stage,status,owner,customer,value,created,chance\n";
    let row = |n: usize| format!("n{n},p{n},s{n},t{n},o{n},c{n},{n}.5 EUR,{n}.1.2026,{n}%\n");
    let columns: String = (0..1_000).map(|n| format!("column {n},")).collect();
    for (what, table) in [
        (
            "rows that have nothing in common",
            format!("{header}{}", long(row)),
        ),
        ("many columns", format!("{columns}\n{}", every("1,"))),
        (
            "many columns in every row",
            every(&format!("{}\n", "x,".repeat(900))),
        ),
        ("quotes", every("\"")),
        ("quotes that end nowhere", every("a,\"b\n")),
        ("quotes in the middle of cells", every("\"a\"b,c\n")),
        ("delimiters", every(",;\t|")),
        ("one cell", every("x")),
        ("empty lines", every("\n")),
        ("one column", every("x\n")),
        (
            "titles and sums",
            format!("{header}{}", every("Total,,,,,,7\nGroup\n")),
        ),
        ("blanks", every(" \n ")),
        ("headers", every(header)),
        (
            "letters that are in no code page",
            every("\u{1f6a4}\u{301},\u{5d0}\n"),
        ),
    ] {
        for target in OF_TABLES {
            pass(target, what, table.as_bytes());
        }
    }
}

#[test]
fn long_texts_of_other_kinds_are_read_in_seconds() {
    let deep = long(|_| "[".to_owned());
    let object = long(|_| "{\"a\":".to_owned());
    let page = |form: u8, text: &str| [&[0, form], text.as_bytes()].concat();
    for text in [&deep, &object] {
        pass("backup", "nested", text.as_bytes());
        pass("process", "nested", text.as_bytes());
        for form in 0..6 {
            pass("page", "nested", &page(form, text));
        }
    }
    for zeros in [vec![0; LONG], vec![1; LONG], vec![0xff; LONG]] {
        for shelf in 0..9 {
            for form in 0..6 {
                pass(
                    "page",
                    "one byte",
                    &[&[shelf, form], zeros.as_slice()].concat(),
                );
            }
        }
        pass("store", "one byte", &zeros);
        pass("route", "one byte", &zeros);
    }
    let values = long(|n| format!("{n:013},"));
    pass(
        "route",
        "many values",
        format!("#/deals/open?owner={values}").as_bytes(),
    );
    pass(
        "route",
        "many words",
        format!("#/deals/open?q={}", long(|n| format!("a{n}+"))).as_bytes(),
    );
    pass(
        "route",
        "many columns",
        format!("#/deals?columns={}", long(|_| "value,".into())).as_bytes(),
    );
}
