//! Where the names of the columns stand.

use std::collections::HashSet;

use super::cells::{Cells, Span};
use super::escape::unescape;
use super::kinds::is_value;
use super::known_names::is_known_name;
use super::reading::HeaderChoice;
use crate::domain::value::text::{clean, fold};

/// How many rows are looked at for the header.
const HEAD: usize = 20;

/// How many rows below a header are compared with it.
const BODY: usize = 50;

/// What was found out about the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The line it begins in; none where there is none.
    pub line: Option<u32>,
    /// The names of the columns, all empty where there is no header.
    pub names: Vec<String>,
    /// The first row below it, among all rows of the file.
    pub first_row: usize,
}

/// All rows of a file, the header not yet told from them.
#[derive(Debug, Clone, Copy)]
pub struct Rows<'a> {
    /// Their cells.
    pub cells: &'a Cells,
    /// Where each stands.
    pub spans: &'a [Span],
    /// The rows that have an empty one before them, in order.
    pub gaps: &'a [u32],
    /// How many cells most rows have.
    pub width: usize,
}

impl<'a> Rows<'a> {
    fn cells_of(self, row: usize) -> impl DoubleEndedIterator<Item = &'a str> + Clone {
        let span = self.spans.get(row).map_or(0..0, |span| {
            span.first as usize..(span.first + span.cells) as usize
        });
        span.map(move |place| self.cells.get(place).trim())
    }

    fn texts_of(self, row: usize) -> impl Iterator<Item = &'a str> + Clone {
        self.cells_of(row).filter(|text| !text.is_empty())
    }

    fn cell(self, row: usize, column: usize) -> &'a str {
        let span = self.spans.get(row);
        let span = span.filter(|span| column < span.cells as usize);
        span.map_or("", |span| {
            self.cells.get(span.first as usize + column).trim()
        })
    }

    fn is_after_gap(self, row: usize) -> bool {
        self.gaps.binary_search(&(row as u32)).is_ok()
    }
}

/// Finds the header among the first rows.
pub fn find(rows: Rows<'_>, choice: Option<HeaderChoice>) -> Heading {
    let start = below_titles(rows);
    let place = match choice {
        Some(HeaderChoice::None) => None,
        Some(HeaderChoice::Line(line)) => {
            let at_or_above = rows.spans.iter().rposition(|span| span.line <= line);
            Some(at_or_above.unwrap_or(0))
        }
        None => named(rows).or_else(|| looks_like_header(rows, start).then_some(start)),
    };
    let Some(place) = place else {
        let body = rows.spans.get(start..).unwrap_or_default();
        let widest = body.iter().map(|span| span.cells as usize).max();
        return Heading {
            line: None,
            names: vec![String::new(); widest.unwrap_or(0)],
            first_row: start,
        };
    };
    let mut names: Vec<String> = rows
        .cells_of(place)
        .map(|text| clean(unescape(text)))
        .collect();
    let top = join_groups(rows, place, &mut names);
    Heading {
        line: rows.spans.get(top).map(|span| span.line),
        names,
        first_row: place + 1,
    }
}

/// The first row with names that columns are known to have: at least two, and
/// no cell that is a number or a date, unless most are names all the same
/// (a column may be called 2026). Groups of columns have such names too; the
/// row below them has more.
fn named(rows: Rows<'_>) -> Option<usize> {
    let known = |row: usize| {
        let texts = rows.texts_of(row);
        let known = texts.clone().filter(|text| is_known_name(text)).count();
        let values = texts.clone().filter(|text| is_value(text)).count();
        let needed = if rows.width < 2 { 1 } else { 2 };
        let is_header =
            known >= needed && known > values && (values == 0 || known * 2 >= texts.count());
        is_header.then_some(known)
    };
    let first = (0..rows.spans.len().min(HEAD)).find(|row| known(*row).is_some())?;
    let below = first + 1;
    let is_group = !rows.is_after_gap(below)
        && known(below) > known(first)
        && rows.texts_of(below).count() > rows.texts_of(first).count();
    Some(if is_group { below } else { first })
}

/// The first row that is no title: one with texts in several cells, where the
/// table has some.
fn below_titles(rows: Rows<'_>) -> usize {
    if rows.width < 3 {
        return 0;
    }
    let is_title = |row: &usize| {
        let texts = rows.texts_of(*row).count();
        texts == 1 || (texts * 2 < rows.width && rows.is_after_gap(row + 1))
    };
    let head = rows.spans.len().min(HEAD);
    (0..head).find(|row| !is_title(row)).unwrap_or(0)
}

/// Whether a row without known names is a header: its cells are of another
/// kind than those below them. Texts above texts are taken for names.
fn looks_like_header(rows: Rows<'_>, row: usize) -> bool {
    let mut score = 0i32;
    let below = row + 1..rows.spans.len().min(row + 1 + BODY);
    for (column, text) in rows.cells_of(row).enumerate() {
        if text.is_empty() {
            continue;
        }
        let cells = || {
            let cells = below.clone().map(|row| rows.cell(row, column));
            cells.filter(|cell| !cell.is_empty())
        };
        let values = cells().filter(|cell| is_value(cell)).count();
        let is_column_of_values = values * 2 > cells().count();
        score += match (is_value(text), is_column_of_values) {
            _ if is_known_name(text) => 2,
            (false, true) => 2,
            (true, true) => -2,
            (true, false) => -1,
            // A text that also stands below is a value of the column, no name.
            (false, false) if cells().any(|cell| cell == text) => -1,
            (false, false) => 0,
        };
    }
    score >= 0
}

/// Joins the names with those in the rows above them where only that tells
/// columns apart ("Deal" and "Customer" above "Name" and "Name"); gives the
/// first row of the header.
fn join_groups(rows: Rows<'_>, place: usize, names: &mut Vec<String>) -> usize {
    const MOST: usize = 2;
    let mut top = place;
    for _ in 0..MOST {
        let Some(above) = top.checked_sub(1).filter(|_| !rows.is_after_gap(top)) else {
            break;
        };
        let count = rows.texts_of(above).count();
        let is_group = count > 1
            && !rows
                .texts_of(above)
                .any(|text| is_value(text) || text.contains(':'));
        if !is_group || are_distinct(names) {
            break;
        }
        let mut group = String::new();
        let mut joined = names.clone();
        for (column, name) in joined.iter_mut().enumerate() {
            let text = clean(unescape(rows.cell(above, column)));
            if !text.is_empty() {
                group = text;
            }
            if name.is_empty() {
                name.clone_from(&group);
            } else if !group.is_empty() && fold(&group) != fold(name) {
                *name = format!("{group} / {name}");
            }
        }
        if !are_distinct(&joined) && joined == *names {
            break;
        }
        *names = joined;
        top = above;
    }
    top
}

fn are_distinct(names: &[String]) -> bool {
    let mut seen = HashSet::new();
    names
        .iter()
        .filter(|name| !name.is_empty())
        .all(|name| seen.insert(fold(name)))
}
