//! What an import has to say of a file: rows that are left out, cells that
//! can't be read, and values that were not taken as they are written.

use std::collections::BTreeMap;

use super::escape::{escape, unescape, write_row};
use super::table::{Row, Table};

/// Something wrong with one cell of a row.
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
    pub(super) fn new(row: Row<'_>, column: String, value: &str, message: impl ToString) -> Self {
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

/// What happened again and again: how often, and where the first time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Repeated {
    /// How often.
    pub count: usize,
    /// The first one.
    pub first: Option<RowError>,
}

impl Repeated {
    fn add(&mut self, found: RowError) {
        self.count += 1;
        self.first.get_or_insert(found);
    }
}

/// What an import has to say of the rows of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    /// What is wrong with the rows that are left out, in the order of the file.
    pub errors: Vec<RowError>,
    /// Cells that can't be read: the deal comes in, the field stays empty.
    pub unread: Vec<RowError>,
    /// Words that were taken for an empty cell, as they stand in the file, with
    /// the number of cells.
    pub empty_words: BTreeMap<String, usize>,
    /// Values with more decimals than the currency has.
    pub rounded: Repeated,
    /// Closing dates in the future.
    pub ahead: Repeated,
    /// Next steps that are longer than one may be.
    pub cut: Repeated,
    /// Closed deals for which the file has a next step, which only open ones have.
    pub steps_of_closed: usize,
    /// Values in another currency for which there is no rate.
    pub without_rate: usize,
    /// Statuses without a meaning, each with the number of rows in which nothing
    /// else says whether the deal is open, won or lost.
    pub unknown_statuses: BTreeMap<String, usize>,
    /// Rows in which only a reason for losing says that the deal is closed.
    pub by_lost_reason: usize,
    /// Rows in which only a closing date says that the deal is closed.
    pub by_closing_date: usize,
}

/// How much was said of the rows before one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    errors: usize,
    unread: usize,
}

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowEnd {
    /// It is left out.
    InError,
    /// It comes in with a cell that can't be read.
    WithUnread,
    /// It comes in as it is.
    Whole,
}

impl Findings {
    /// What is said so far.
    pub(super) fn mark(&self) -> Mark {
        Mark {
            errors: self.errors.len(),
            unread: self.unread.len(),
        }
    }

    /// Whether something is wrong with the row that began at a mark.
    pub(super) fn has_error(&self, since: Mark) -> bool {
        self.errors.len() > since.errors
    }

    /// Makes errors of the cells that can't be read since a mark, so that their
    /// row is left out.
    pub(super) fn refuse_unread(&mut self, since: Mark) {
        let refused = self.unread.split_off(since.unread.min(self.unread.len()));
        self.errors.extend(refused);
    }

    /// Ends the row that began at a mark: of one that is left out its other
    /// cells are no news.
    pub(super) fn end_row(&mut self, since: Mark) -> RowEnd {
        if self.has_error(since) {
            self.unread.truncate(since.unread);
            RowEnd::InError
        } else if self.unread.len() > since.unread {
            RowEnd::WithUnread
        } else {
            RowEnd::Whole
        }
    }

    /// Texts beyond the header's last column are an error of the row.
    pub(super) fn refuse_surplus(&mut self, table: &Table, row: Row<'_>) {
        if let Some((column, surplus)) = row.surplus() {
            let message = "the row has more cells than the header; a quote may be missing";
            let error = RowError::new(row, table.header(column), surplus, message);
            self.errors.push(error);
        }
    }

    /// Notes a text that stands for nothing, unless there is no text at all.
    pub(super) fn empty(&mut self, text: &str) {
        if !text.is_empty() {
            match self.empty_words.get_mut(text) {
                Some(count) => *count += 1,
                None => {
                    self.empty_words.insert(text.to_owned(), 1);
                }
            }
        }
    }

    pub(super) fn rounded(&mut self, found: RowError) {
        self.rounded.add(found);
    }

    pub(super) fn cut(&mut self, found: RowError) {
        self.cut.add(found);
    }

    pub(super) fn ahead(&mut self, found: RowError) {
        self.ahead.add(found);
    }
}

/// Rows with something wrong as a CSV file that can be mended and imported
/// again: the columns of the table and a last one, `error`, that says what is
/// wrong. The errors of a row stand together.
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
