//! Long texts of shapes that tempt a reader to go over the same again and
//! again: quotes that end nowhere, brackets in brackets, one cell that is all
//! of the file. The tests see that every target takes them; how long it takes,
//! and how that grows with the text, is what `cargo xtask bench long` tells.

use std::ops::Range;

/// A long text.
pub struct Long {
    /// What it is made of.
    pub what: &'static str,
    /// The target that takes it.
    pub target: &'static str,
    /// The text.
    pub bytes: Vec<u8>,
}

/// The targets that read tables.
const OF_TABLES: [&str; 3] = ["table", "deals", "customers"];
/// How a page may be packed, and more forms than there are.
const FORMS: Range<u8> = 0..6;
/// The shelves of which a page may be, and more than there are.
const SHELVES: Range<u8> = 0..9;

/// Long texts of every kind, of about so many bytes each.
#[must_use]
pub fn texts(length: usize) -> Vec<Long> {
    let mut all = tables(length);
    all.extend(nested(length));
    all.extend(of_one_byte(length));
    all.extend(addresses(length));
    all
}

/// So much of what a function makes of 0, 1, 2 ...
fn long(length: usize, part: impl Fn(usize) -> String) -> String {
    let mut all = String::new();
    let mut parts = 0..;
    while all.len() < length
        && let Some(next) = parts.next()
    {
        all.push_str(&part(next));
    }
    all
}

fn tables(length: usize) -> Vec<Long> {
    let every = |text: &str| long(length, |_| text.to_owned());
    let header = "name,process,stage,status,owner,customer,value,created,chance\n";
    let row = |n: usize| format!("n{n},p{n},s{n},t{n},o{n},c{n},{n}.5 EUR,{n}.1.2026,{n}%\n");
    let columns: String = (0..1_000).map(|n| format!("column {n},")).collect();
    let different = format!("{header}{}", long(length, row));
    let sums = format!("{header}{}", every("Total,,,,,,7\nGroup\n"));
    let tables = [
        ("rows that have nothing in common", different),
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
        ("titles and sums", sums),
        ("blanks", every(" \n ")),
        ("headers", every(header)),
        (
            "letters that are in no code page",
            every("\u{1f6a4}\u{301},\u{5d0}\n"),
        ),
    ];
    let tables = tables.into_iter();
    let tables = tables.flat_map(|(what, table)| alike(what, &OF_TABLES, table.as_bytes()));
    tables.collect()
}

fn nested(length: usize) -> Vec<Long> {
    let mut all = Vec::new();
    for (what, text) in [("lists in lists", "["), ("objects in objects", "{\"a\":")] {
        let text = long(length, |_| text.to_owned());
        all.extend(alike(what, &["backup", "process"], text.as_bytes()));
        all.extend(pages(what, 0..1, text.as_bytes()));
    }
    all
}

fn of_one_byte(length: usize) -> Vec<Long> {
    let mut all = Vec::new();
    for (what, byte) in [("zeros", 0), ("ones", 1), ("the highest byte", 0xff)] {
        let bytes = vec![byte; length];
        all.extend(alike(what, &["store", "route"], &bytes));
        all.extend(pages(what, SHELVES, &bytes));
    }
    all
}

/// One text for several targets.
fn alike(what: &'static str, targets: &[&'static str], bytes: &[u8]) -> Vec<Long> {
    let texts = targets.iter().map(|target| Long {
        what,
        target,
        bytes: bytes.to_vec(),
    });
    texts.collect()
}

/// The pages of these shelves that have the text, in every form.
fn pages(what: &'static str, shelves: Range<u8>, text: &[u8]) -> Vec<Long> {
    let heads = shelves.flat_map(|shelf| FORMS.map(move |form| [shelf, form]));
    let texts = heads.map(|head| [&head, text].concat());
    let pages = texts.flat_map(|text| alike(what, &["page"], &text));
    pages.collect()
}

fn addresses(length: usize) -> [Long; 3] {
    let values = long(length, |n| format!("{n:013},"));
    let words = long(length, |n| format!("a{n}+"));
    let columns = long(length, |_| "value,".to_owned());
    [
        ("many values", format!("#/deals/open?owner={values}")),
        ("many words", format!("#/deals/open?q={words}")),
        ("many columns", format!("#/deals?columns={columns}")),
    ]
    .map(|(what, address)| Long {
        what,
        target: "route",
        bytes: address.into_bytes(),
    })
}
