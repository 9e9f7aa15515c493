//! What is found out about a table when all its rows are read.

use super::{Row, Table};
use crate::codec::csv::cells::{Cells, Span};
use crate::codec::csv::reading::{Aside, SkippedLine, Trouble, TroubleKind};
use crate::domain::value::order::sort_by;

impl Table {
    /// Sets the rows aside whose cells can't be told apart.
    pub(super) fn set_broken_aside(&mut self) {
        let is_broken = |trouble: &&Trouble| trouble.kind == TroubleKind::BrokenQuote;
        let lines = self.troubles.iter().filter(is_broken);
        let broken: Vec<(u32, Aside)> = lines
            .filter_map(|trouble| {
                let index = self
                    .rows
                    .binary_search_by_key(&trouble.line, |row| row.line);
                let row = self.row(index.ok()?)?;
                let is_news = row.aside().is_none();
                is_news.then_some((row.index() as u32, Aside::Broken))
            })
            .collect();
        if !broken.is_empty() {
            self.asides.extend(broken);
            self.asides.sort_unstable_by_key(|(index, _)| *index);
        }
    }

    /// Adds the records with too few cells, unless that is how the file is
    /// written, and those with texts beyond the last column.
    pub(super) fn tell_uneven_rows(&mut self) {
        let width = self.headers.len();
        let is_short = |row: &Row<'_>| row.len() < width;
        let short = self.records(|_| false).filter(is_short).count();
        let are_told = short * 5 < self.rows.len() || short == 1;
        let uneven = self.records(|_| false).filter_map(|row| {
            let (cells, columns) = (row.len() as u32, width as u32);
            let kind = if row.surplus().is_some() {
                TroubleKind::TooMany { cells, columns }
            } else if is_short(&row) && are_told {
                TroubleKind::TooFew { cells, columns }
            } else {
                return None;
            };
            let line = row.line();
            Some(Trouble { line, kind })
        });
        let uneven: Vec<Trouble> = uneven.collect();
        if !uneven.is_empty() {
            self.troubles.extend(uneven);
            sort_by(&mut self.troubles, &|a, b| a.line.cmp(&b.line));
        }
    }

    /// Takes away the last columns that have neither a name nor a text: a
    /// spreadsheet writes them for cells that were filled once.
    pub(super) fn drop_empty_columns(&mut self) {
        let is_empty = |column: usize| self.rows().all(|row| row.cell(column).trim().is_empty());
        let named = self.headers.iter().rposition(|name| !name.is_empty());
        let least = named.map_or(0, |last| last + 1);
        let width = (least..self.headers.len())
            .rev()
            .find(|column| !is_empty(*column))
            .map_or(least, |last| last + 1);
        self.headers.truncate(width);
    }
}

/// The rows above the header, which is in a line.
pub(super) fn skipped(
    cells: &Cells,
    rows: &[Span],
    line: Option<u32>,
    first_row: usize,
) -> Vec<SkippedLine> {
    rows.iter()
        .take(first_row)
        .filter(|span| line.is_none_or(|line| span.line < line))
        .map(|span| {
            let texts = (span.first..span.first + span.cells)
                .map(|place| cells.get(place as usize).trim())
                .filter(|text| !text.is_empty());
            SkippedLine {
                line: span.line,
                text: texts.collect::<Vec<_>>().join(" · "),
            }
        })
        .collect()
}
