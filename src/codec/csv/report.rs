//! Rows that can't be imported: what is wrong and where.

use super::Table;
use super::escape::{escape, unescape, write_row};

/// Something wrong with one cell of a row; the row is left out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Line {line}, {column}: “{value}” – {message}.")]
pub struct RowError {
    /// The place of the row in the table, from 0.
    pub row: usize,
    /// The line of the file, from 1.
    pub line: u32,
    /// The name of the column.
    pub column: String,
    /// The text of the cell, cut where it is long.
    pub value: String,
    /// What is wrong, without a full stop.
    pub message: String,
}

/// The most characters of a cell that an error repeats.
const MOST: usize = 80;

impl RowError {
    pub(super) fn new(
        row: super::Row<'_>,
        column: String,
        value: &str,
        message: impl ToString,
    ) -> Self {
        let mut shown: String = value.chars().take(MOST).collect();
        if shown.len() < value.len() {
            shown.push('…');
        }
        let message = message.to_string().trim_end_matches('.').to_owned();
        Self {
            row: row.index(),
            line: row.line(),
            column,
            value: shown,
            message,
        }
    }
}

/// The rows in error as a CSV file that can be mended and imported again:
/// the columns of the table and a last one, `error`, that says what is wrong.
pub fn errors_csv(table: &Table, errors: &[RowError]) -> String {
    let mut out = String::from('\u{feff}');
    let headers = table
        .headers()
        .iter()
        .map(|header| escape(header).into_owned());
    write_row(&mut out, headers.chain(["error".to_owned()]));
    let mut errors = errors.iter().peekable();
    while let Some(error) = errors.next() {
        let mut message = format!("{}: {}", error.column, error.message);
        while let Some(more) = errors.next_if(|next| next.row == error.row) {
            message.push_str(&format!("; {}: {}", more.column, more.message));
        }
        let Some(row) = table.row(error.row) else {
            continue;
        };
        let cells = (0..table.headers().len())
            .map(|column| escape(unescape(row.cell(column))).into_owned());
        write_row(&mut out, cells.chain([escape(&message).into_owned()]));
    }
    out
}
