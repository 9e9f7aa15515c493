//! A file as a header and rows of cells.

use super::cells::{Cells, Span};
use super::code_page::CodePage;
use super::dialect::Delimiter;
use super::escape::unescape;
use super::reading::{Aside, SkippedLine, Trouble};
use crate::domain::value::text::clean;

mod finish;
mod read;

/// A file of cells: a header row and the rows below it, each with the number
/// of its line in the file. All cells share one string, so that a file of
/// 50,000 rows takes little more room than its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    code_page: CodePage,
    delimiter: Delimiter,
    sample: Option<SkippedLine>,
    header_line: Option<u32>,
    headers: Vec<String>,
    cells: Cells,
    rows: Vec<Span>,
    /// The rows that are no records, by their places in order.
    asides: Vec<(u32, Aside)>,
    skipped: Vec<SkippedLine>,
    troubles: Vec<Trouble>,
}

/// One row below the header.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    table: &'a Table,
    index: usize,
    span: Span,
}

impl Table {
    /// The encoding it was read in.
    pub fn code_page(&self) -> CodePage {
        self.code_page
    }

    /// The first line of the file that has letters beyond ASCII, which shows
    /// whether the encoding is the right one.
    pub fn sample(&self) -> Option<&SkippedLine> {
        self.sample.as_ref()
    }

    /// What parts the cells in the file.
    pub fn delimiter(&self) -> Delimiter {
        self.delimiter
    }

    /// The line of the file in which the names of the columns stand, from 1;
    /// none where there are no names.
    pub fn header_line(&self) -> Option<u32> {
        self.header_line
    }

    /// The names of the columns, one line each; some may be empty, and all are
    /// where there is no header.
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// The name of a column for people: its header, or its number.
    pub fn header(&self, column: usize) -> String {
        match self.headers.get(column) {
            Some(header) if !header.is_empty() => header.clone(),
            _ => format!("column {}", column + 1),
        }
    }

    /// The lines above the table that are not part of it.
    pub fn skipped(&self) -> &[SkippedLine] {
        &self.skipped
    }

    /// The rows that were not written as they should be, in the order of the file.
    pub fn troubles(&self) -> &[Trouble] {
        &self.troubles
    }

    /// How many rows there are below the header, those that are no records
    /// included.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// There are no rows; never so for a table that was read.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// A row, from 0.
    pub fn row(&self, index: usize) -> Option<Row<'_>> {
        self.rows.get(index).map(|span| Row {
            table: self,
            index,
            span: *span,
        })
    }

    /// All rows below the header, those that are no records included.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().enumerate().map(|(index, span)| Row {
            table: self,
            index,
            span: *span,
        })
    }

    /// The rows that are proposed to be left out.
    pub fn asides(&self) -> impl Iterator<Item = (Row<'_>, Aside)> {
        self.asides
            .iter()
            .filter_map(|(index, aside)| Some((self.row(*index as usize)?, *aside)))
    }

    /// The rows that are records: those that are not proposed to be left out,
    /// and those that the user takes in.
    pub fn records(&self, is_taken: impl Fn(usize) -> bool) -> impl Iterator<Item = Row<'_>> {
        let mut asides = self.asides.iter().peekable();
        self.rows().filter(move |row| {
            let is_aside = asides
                .next_if(|(aside, _)| *aside as usize == row.index)
                .is_some();
            !is_aside || is_taken(row.index)
        })
    }

    /// A few different texts of a column, from its first records.
    pub fn examples(&self, column: usize, most: usize) -> Vec<String> {
        const ROWS: usize = 200;
        let mut found: Vec<String> = Vec::new();
        for row in self.records(|_| false).take(ROWS) {
            let text = clean(unescape(row.cell(column)));
            if found.len() < most && !text.is_empty() && !found.contains(&text) {
                found.push(text);
            }
        }
        found
    }
}

impl<'a> Row<'a> {
    /// Its place among the rows, from 0.
    pub fn index(self) -> usize {
        self.index
    }

    /// The line of the file it begins in, from 1.
    pub fn line(self) -> u32 {
        self.span.line
    }

    /// How many cells it has.
    pub fn len(self) -> usize {
        self.span.cells as usize
    }

    /// It has no cells; never so for a row that was read.
    pub fn is_empty(self) -> bool {
        self.span.cells == 0
    }

    /// Why it is proposed to be left out, if it is.
    pub fn aside(self) -> Option<Aside> {
        let asides = &self.table.asides;
        let place = asides
            .binary_search_by_key(&(self.index as u32), |(index, _)| *index)
            .ok()?;
        asides.get(place).map(|(_, aside)| *aside)
    }

    /// The text of a column as it is in the file; empty where the row ends
    /// before it.
    pub fn cell(self, column: usize) -> &'a str {
        if column >= self.span.cells as usize {
            return "";
        }
        self.table.cells.get(self.span.first as usize + column)
    }

    /// All cells, those beyond the header included.
    pub fn cells(self) -> impl Iterator<Item = &'a str> {
        (0..self.span.cells as usize).map(move |column| self.cell(column))
    }

    /// The first text that stands beyond the header's last column, and its column.
    pub fn surplus(self) -> Option<(usize, &'a str)> {
        let mut beyond = self.cells().enumerate().skip(self.table.headers.len());
        beyond.find(|(_, cell)| !cell.trim().is_empty())
    }
}
