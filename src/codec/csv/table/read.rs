//! Bytes to a table.

use super::{Table, finish};
use crate::codec::csv::cells::Cells;
use crate::codec::csv::code_page::Decoder;
use crate::codec::csv::heading::{self, Heading};
use crate::codec::csv::raw_rows::{QuoteTrouble, RawRows};
use crate::codec::csv::reading::{Reading, Trouble, TroubleKind};
use crate::codec::csv::{CsvError, MAX_COLUMNS, asides, check_size, decode, layout};

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
        let layout = layout::layout(&whole.text, given);
        let mut cells = Cells::with_room_for(&whole.text);
        let mut records = RawRows::new(&whole.text, layout.dialect, layout.width, layout.skip, 1);
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
        assert!(check_size(crate::codec::csv::MAX_BYTES + 1).is_err());
    }
}
