//! A file as a header and rows of cells.

use super::escape::unescape;
use super::{CsvError, MAX_COLUMNS, check_size, decode, scan};
use crate::domain::text::clean;

/// A file of cells: a header row and the rows below it, each with the number
/// of its line in the file. All cells share one string, so that a file of
/// 50,000 rows takes little more room than its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    headers: Vec<String>,
    delimiter: char,
    text: String,
    /// The end of each cell in `text`; a cell begins where the one before ends.
    ends: Vec<u32>,
    rows: Vec<Span>,
}

/// Where a row stands in a table's cells, and in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    first: u32,
    cells: u32,
    line: u32,
}

/// One row below the header.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    table: &'a Table,
    index: usize,
    span: Span,
}

impl Table {
    /// Reads a CSV file: comma, semicolon or tab, found from the file itself;
    /// UTF-8, UTF-16 or Windows-1252; quoted cells; any line ends. Rows
    /// without any text are left out.
    ///
    /// # Errors
    /// The file is too large, empty, of another kind, without rows, or a quote
    /// is not closed.
    ///
    /// ```
    /// use pipewright::codec::csv::Table;
    /// let table = Table::read(b"Name;Value\r\nRoof;1,5\r\n").unwrap();
    /// assert_eq!(table.headers(), ["Name", "Value"]);
    /// assert_eq!(table.rows().next().unwrap().cell(1), "1,5");
    /// ```
    pub fn read(bytes: &[u8]) -> Result<Self, CsvError> {
        check_size(bytes.len() as u64)?;
        let whole = decode::decode(bytes)?;
        let layout = scan::layout(&whole);
        let text = whole.get(layout.skip..).unwrap_or_default();
        scan::check_quotes(text, layout.delimiter)?;

        let mut reader = ::csv::ReaderBuilder::new()
            .delimiter(layout.delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut lines = Lines::new(text.as_bytes());
        let mut record = ::csv::StringRecord::new();
        let mut next = |record: &mut ::csv::StringRecord| {
            while reader.read_record(record).unwrap_or(false) {
                let start = record.position().map_or(0, ::csv::Position::byte);
                let line = lines.of_record_at(start);
                if record.iter().any(|cell| !cell.trim().is_empty()) {
                    return Some(line);
                }
            }
            None
        };

        next(&mut record).ok_or(CsvError::Empty)?;
        if record.len() > MAX_COLUMNS {
            return Err(CsvError::TooManyColumns {
                columns: record.len(),
            });
        }
        let mut table = Self {
            headers: record.iter().map(|cell| clean(unescape(cell))).collect(),
            delimiter: char::from(layout.delimiter),
            text: String::with_capacity(text.len()),
            ends: Vec::new(),
            rows: Vec::new(),
        };
        while let Some(line) = next(&mut record) {
            table.push(&record, line);
        }
        if table.rows.is_empty() {
            Err(CsvError::NoRows)
        } else {
            Ok(table)
        }
    }

    /// The names of the columns, one line each; some may be empty.
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

    /// What parts the cells in the file: comma, semicolon or tab.
    pub fn delimiter(&self) -> char {
        self.delimiter
    }

    /// How many rows there are below the header.
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

    /// All rows.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().enumerate().map(|(index, span)| Row {
            table: self,
            index,
            span: *span,
        })
    }

    /// A few different texts of a column, from its first rows.
    pub fn examples(&self, column: usize, most: usize) -> Vec<String> {
        const ROWS: usize = 200;
        let mut found: Vec<String> = Vec::new();
        for row in self.rows().take(ROWS) {
            let text = clean(unescape(row.cell(column)));
            if found.len() < most && !text.is_empty() && !found.contains(&text) {
                found.push(text);
            }
        }
        found
    }

    fn push(&mut self, record: &::csv::StringRecord, line: u32) {
        let first = self.ends.len() as u32;
        for cell in record {
            self.text.push_str(cell);
            self.ends.push(self.text.len() as u32);
        }
        self.rows.push(Span {
            first,
            cells: record.len() as u32,
            line,
        });
    }

    fn at(&self, place: usize) -> &str {
        let begin = place
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
            .map_or(0, |end| *end);
        let end = self.ends.get(place).map_or(begin, |end| *end);
        self.text
            .get(begin as usize..end as usize)
            .unwrap_or_default()
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

    /// The text of a column as it is in the file; empty where the row ends
    /// before it.
    pub fn cell(self, column: usize) -> &'a str {
        if column >= self.span.cells as usize {
            return "";
        }
        self.table.at(self.span.first as usize + column)
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

/// Counts lines of the file up to the records, in one pass.
struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u32,
}

impl<'a> Lines<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            at: 0,
            line: 1,
        }
    }

    /// The line of the record that is read from `start` on; line ends that
    /// stand before its text belong to the record before it.
    fn of_record_at(&mut self, start: u64) -> u32 {
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        while let Some(byte) = self.bytes.get(self.at) {
            let line_end = *byte == b'\n' || *byte == b'\r';
            if self.at >= start && !line_end {
                break;
            }
            let second_half = *byte == b'\n'
                && self.at.checked_sub(1).and_then(|at| self.bytes.get(at)) == Some(&b'\r');
            if line_end && !second_half {
                self.line = self.line.saturating_add(1);
            }
            self.at += 1;
        }
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(u32, String)> {
        let table = Table::read(text.as_bytes()).unwrap();
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
        let table = Table::read(b"a,b\n1\n1,2,,\n1,2,,4\n").unwrap();
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
        let table = Table::read(b"a,b\n1,\n1,x\n2,x\n3,x\n").unwrap();
        assert_eq!(table.examples(0, 2), ["1", "2"]);
        assert_eq!(table.examples(1, 2), ["x"]);
    }

    #[test]
    fn a_header_alone_and_a_huge_header_are_refused() {
        assert_eq!(Table::read(b"a,b\n,\n"), Err(CsvError::NoRows));
        let wide = "a,".repeat(MAX_COLUMNS);
        assert_eq!(
            Table::read(wide.as_bytes()),
            Err(CsvError::TooManyColumns {
                columns: MAX_COLUMNS + 1
            })
        );
        assert!(check_size(super::super::MAX_BYTES + 1).is_err());
    }
}
