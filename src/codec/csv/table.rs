//! A file as a header and rows of cells.

use super::asides::{self, Aside};
use super::cells::{Cells, Span};
use super::dialect::{self, Delimiter};
use super::escape::unescape;
use super::heading::{self, Heading};
use super::reading::{Reading, SkippedLine, Trouble, TroubleKind};
use super::records::{QuoteTrouble, Records};
use super::{CodePage, CsvError, Decoder, MAX_COLUMNS, check_size, decode};
use crate::domain::value::text::clean;

mod finish;

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
    /// Reads a file of cells by what it proposes itself: its encoding, what
    /// parts and quotes its cells, where its header is, which rows are no
    /// records. Rows without any text are left out.
    ///
    /// # Errors
    /// The file is too large, empty, of another kind, or without rows.
    ///
    /// ```
    /// use pipewright::codec::csv::{Table, UnicodeOnly};
    /// let table = Table::read(b"Name;Value\r\nRoof;1,5\r\n", &UnicodeOnly).unwrap();
    /// assert_eq!(table.headers(), ["Name", "Value"]);
    /// assert_eq!(table.rows().next().unwrap().cell(1), "1,5");
    /// ```
    pub fn read(bytes: &[u8], decoder: &dyn Decoder) -> Result<Self, CsvError> {
        Self::read_as(bytes, decoder, &Reading::default())
    }

    /// Reads a file of cells by what the user chose, and for the rest by what
    /// it proposes itself.
    ///
    /// # Errors
    /// As [`read`](Self::read), or the file is not in the chosen encoding.
    pub fn read_as(
        bytes: &[u8],
        decoder: &dyn Decoder,
        reading: &Reading,
    ) -> Result<Self, CsvError> {
        check_size(bytes.len() as u64)?;
        let whole = decode::decode(bytes, decoder, reading.code_page)?;
        let given = reading.delimiter.and_then(|char| u8::try_from(char).ok());
        let layout = dialect::layout(&whole.text, given);
        let mut cells = Cells::with_room_for(&whole.text);
        let mut records = Records::new(&whole.text, layout.dialect, layout.width, layout.skip, 1);
        let (mut rows, mut gaps, mut troubles) = (Vec::new(), Vec::new(), Vec::new());
        while let Some((record, after_gap)) = records.next(&mut cells) {
            if after_gap && !rows.is_empty() {
                gaps.push(rows.len() as u32);
            }
            if let Some(trouble) = record.trouble {
                troubles.push(Trouble {
                    line: record.span.line,
                    kind: match trouble {
                        QuoteTrouble::Mended => TroubleKind::Quote,
                        QuoteTrouble::Broken => TroubleKind::BrokenQuote,
                    },
                });
            }
            rows.push(record.span);
        }
        if rows.is_empty() {
            return Err(CsvError::Empty);
        }
        let heading = heading::find(
            heading::Rows {
                cells: &cells,
                spans: &rows,
                gaps: &gaps,
                width: layout.width,
            },
            reading.header,
        );
        let Heading {
            line,
            names,
            first_row,
        } = heading;
        if names.len() > MAX_COLUMNS {
            return Err(CsvError::TooManyColumns {
                columns: names.len(),
            });
        }
        let skipped = finish::skipped(&cells, &rows, line, first_row);
        let rows = rows.split_off(first_row);
        if rows.is_empty() {
            return Err(CsvError::NoRows { columns: names });
        }
        let mut table = Self {
            code_page: whole.page,
            delimiter: layout.dialect.delimiter,
            sample: decode::sample(&whole.text),
            header_line: line,
            headers: names,
            cells,
            rows,
            asides: Vec::new(),
            skipped,
            troubles,
        };
        let gaps = gaps
            .into_iter()
            .filter_map(|gap| gap.checked_sub(first_row as u32))
            .collect();
        table.drop_empty_columns();
        table.asides = asides::find(&table, gaps);
        table.set_broken_aside();
        table.tell_uneven_rows();
        Ok(table)
    }

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::csv::UnicodeOnly;

    fn lines(text: &str) -> Vec<(u32, String)> {
        let table = Table::read(text.as_bytes(), &UnicodeOnly).unwrap();
        table
            .rows()
            .map(|row| (row.line(), row.cell(0).to_owned()))
            .collect()
    }

    #[test]
    fn rows_know_their_lines_whatever_ends_them() {
        for end in ["\n", "\r\n", "\r"] {
            let text = [
                "name,notes",
                "a,1",
                "",
                "\"b\",\"two",
                "lines\"",
                ",,",
                "c,3",
            ]
            .join(end);
            let want = [(2, "a"), (4, "b"), (7, "c")].map(|(line, name)| (line, name.to_owned()));
            assert_eq!(lines(&text), want, "{end:?}");
        }
        assert_eq!(lines("sep=;\r\nname;x\r\na;1\r\n"), [(3, "a".to_owned())]);
    }

    #[test]
    fn rows_may_be_short_or_long() {
        let table = Table::read(b"a,b\n1\n1,2,,\n1,2,,4\n", &UnicodeOnly).unwrap();
        let rows: Vec<_> = table
            .rows()
            .map(|row| (row.cell(1), row.surplus()))
            .collect();
        assert_eq!(rows, [("", None), ("2", None), ("2", Some((3, "4")))]);
        assert_eq!(table.header(1), "b");
        assert_eq!(table.header(2), "column 3");
    }

    #[test]
    fn examples_are_different_and_not_empty() {
        let table = Table::read(b"a,b\n1,\n1,x\n2,x\n3,x\n", &UnicodeOnly).unwrap();
        assert_eq!(table.examples(0, 2), ["1", "2"]);
        assert_eq!(table.examples(1, 2), ["x"]);
    }

    #[test]
    fn a_header_alone_and_a_huge_header_are_refused() {
        let columns = vec!["a".to_owned(), "b".to_owned()];
        assert_eq!(
            Table::read(b"a,b\n,\n", &UnicodeOnly),
            Err(CsvError::NoRows { columns })
        );
        let wide = "a,".repeat(MAX_COLUMNS);
        assert_eq!(
            Table::read(wide.as_bytes(), &UnicodeOnly),
            Err(CsvError::TooManyColumns {
                columns: MAX_COLUMNS + 1
            })
        );
        assert!(check_size(super::super::MAX_BYTES + 1).is_err());
    }
}
