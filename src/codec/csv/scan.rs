//! A look over the whole text before it is read: which delimiter it uses, and
//! whether every quote is closed. The `csv` crate reads anything without
//! complaint, and would put the rest of a file into one cell.

use super::CsvError;

/// The delimiters that are looked for, the likelier first.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// How much of a file is looked at to find its delimiter, in bytes.
const SAMPLE: usize = 64 * 1024;

/// Where the table begins and what parts its cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// The delimiter.
    pub delimiter: u8,
    /// How many bytes come before the table: a line `sep=;` that Excel heeds.
    pub skip: usize,
}

/// Finds the delimiter.
pub fn layout(text: &str) -> Layout {
    let first = text.lines().next().unwrap_or_default();
    if let Some([delimiter]) = first.strip_prefix("sep=").map(str::as_bytes)
        && DELIMITERS.contains(delimiter)
    {
        return Layout {
            delimiter: *delimiter,
            skip: first.len(),
        };
    }
    let sample = text.as_bytes().get(..SAMPLE).unwrap_or(text.as_bytes());
    let best = DELIMITERS
        .into_iter()
        .rev()
        .max_by_key(|delimiter| fit(sample, *delimiter));
    Layout {
        delimiter: best.unwrap_or(b','),
        skip: 0,
    }
}

/// How well a delimiter fits: the share of rows that have as many cells as the
/// header (in permille), then the number of columns. A header of one cell
/// speaks for no delimiter.
fn fit(sample: &[u8], delimiter: u8) -> (usize, usize) {
    let mut counts = Vec::new();
    let _open_at_the_end_of_the_sample = scan(sample, delimiter, |cells| counts.push(cells));
    // The last row may be cut off by the sample's end.
    if counts.len() > 2 {
        counts.pop();
    }
    let Some((header, rows)) = counts.split_first().filter(|(header, _)| **header > 1) else {
        return (0, 0);
    };
    let fitting = rows.iter().filter(|cells| *cells == header).count();
    ((fitting * 1000 + 1) / rows.len().max(1), *header)
}

/// Checks that every quoted cell is closed.
///
/// # Errors
/// [`CsvError::UnclosedQuote`] with the line where the cell opens. A cell over
/// several lines that is followed by more text is taken for unclosed as well:
/// its end is the beginning of another quoted cell.
pub fn check_quotes(text: &str, delimiter: u8) -> Result<(), CsvError> {
    scan(text.as_bytes(), delimiter, |_| {}).map_err(|line| CsvError::UnclosedQuote { line })
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Start,
    Plain,
    Quoted,
    AfterQuote,
}

/// Walks over the records, tells the number of cells of each that is not
/// empty; fails with the line of a quote that is not closed.
fn scan(bytes: &[u8], delimiter: u8, mut record: impl FnMut(usize)) -> Result<(), u32> {
    let mut state = State::Start;
    let (mut line, mut opened) = (1u32, 1u32);
    let (mut cells, mut blank, mut previous) = (1usize, true, 0u8);
    for byte in bytes.iter().copied() {
        let line_end = byte == b'\n' || byte == b'\r';
        state = match (state, byte) {
            (State::Start, b'"') => {
                opened = line;
                blank = false;
                State::Quoted
            }
            (State::Quoted, b'"') => State::AfterQuote,
            (State::AfterQuote, b'"') | (State::Quoted, _) => State::Quoted,
            (_, byte) if byte == delimiter => {
                cells += 1;
                blank = false;
                State::Start
            }
            _ if line_end => {
                if !blank {
                    record(cells);
                }
                (cells, blank) = (1, true);
                State::Start
            }
            (State::AfterQuote, _) if line > opened => return Err(opened),
            _ => {
                blank = false;
                State::Plain
            }
        };
        if line_end && !(byte == b'\n' && previous == b'\r') {
            line = line.saturating_add(1);
        }
        previous = byte;
    }
    if state == State::Quoted {
        return Err(opened);
    }
    if !blank {
        record(cells);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_the_one_the_rows_agree_on() {
        for (text, delimiter) in [
            ("a,b\n1,2\n", b','),
            ("a;b\n1,5;2\n", b';'),
            ("a\tb\n1,5;\t2\n", b'\t'),
            ("Name;Notes, long;X\nq;w, e;r\nq;w;r\n", b';'),
            ("name\nx;y\n", b','),
            ("\"a;b\",c\n1,2\n", b','),
            ("sep=;\na,b,c;d\n1,2;3\n", b';'),
            ("name,value\n", b','),
            ("name;value\n", b';'),
        ] {
            assert_eq!(layout(text).delimiter, delimiter, "{text:?}");
        }
    }

    #[test]
    fn an_unclosed_quote_is_found_where_it_opens() {
        for (text, line) in [
            ("a,b\n\"x,y\n", 2),
            ("a,b\r\n1,2\r\n\"x\r\ny,\"\"z\r\n", 3),
            ("a,b\n1,\"two\n3,4\n5,\"six\"\n", 2),
        ] {
            assert_eq!(
                check_quotes(text, b','),
                Err(CsvError::UnclosedQuote { line }),
                "{text:?}"
            );
        }
        for text in [
            "a,b\n\"x\ny\",\"z\"\"\"\n",
            "5\" pipe,b\n",
            "\"Foo\" Bar,1\n",
            "\"\"",
            "",
        ] {
            assert_eq!(check_quotes(text, b','), Ok(()), "{text:?}");
        }
    }
}
