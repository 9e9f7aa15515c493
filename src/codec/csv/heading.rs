//! Where the names of the columns stand.

use super::escape::unescape;
use super::reading::HeaderChoice;
use super::records::{Cells, Span};
use crate::domain::text::clean;

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

/// Finds the header among the first rows.
pub fn find(cells: &Cells, rows: &[Span], _gaps: &[u32], _choice: Option<HeaderChoice>) -> Heading {
    let names = rows.first().map_or(Vec::new(), |span| {
        (span.first..span.first + span.cells)
            .map(|place| clean(unescape(cells.get(place as usize))))
            .collect()
    });
    Heading {
        line: rows.first().map(|span| span.line),
        names,
        first_row: 1,
    }
}
