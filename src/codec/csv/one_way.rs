//! Reading one row of a text in one way, such as one in which a certain quote
//! is a character like others.

use std::cell::Cell;

use memchr::{memchr, memchr2, memchr3, memrchr};

use super::cells::Cells;
use super::dialect::Dialect;

/// How far a quoted cell is followed after a quote in its middle, in bytes;
/// it bounds the work on a file in which every quote is wrong.
pub(super) const FAR: usize = 4_096;

/// One way to read a row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Way {
    /// Where the text ends that may be read: behind the row's first line, or
    /// at the end of the file.
    pub(super) limit: usize,
    /// The quote that is a character like others although a cell begins with it.
    pub(super) literal: Option<usize>,
    /// Two quotes at the end of a cell are a character and the end, rather
    /// than a character inside of it.
    pub(super) double_closes: bool,
}

/// What came of a way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Read {
    pub(super) end: usize,
    pub(super) cells: usize,
    pub(super) is_quoted: bool,
    /// A quote stands where none should, or is not closed.
    pub(super) is_odd: bool,
}

/// Reads rows of a text.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) dialect: Dialect,
    last_quote: usize,
    /// From where to where no quote ends a cell, whichever cell it is in: where
    /// every quote is wrong, each row would look at the same ones again.
    barren: Cell<(usize, usize)>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, dialect: Dialect) -> Self {
        Self {
            text,
            dialect,
            last_quote: memrchr(dialect.quote, text.as_bytes()).unwrap_or(0),
            barren: Cell::default(),
        }
    }

    /// Reads the row that begins at a place.
    pub(super) fn read(&self, at: usize, way: Way, out: &mut Cells) -> Read {
        let Dialect {
            delimiter,
            quote,
            escapes,
        } = self.dialect;
        let all = self.text.as_bytes();
        let bytes = all.get(..way.limit).unwrap_or(all);
        let mut read = Read {
            end: at,
            cells: 0,
            is_quoted: false,
            is_odd: false,
        };
        let mut at = at;
        loop {
            let begin = if delimiter.is_padded || delimiter.byte == b' ' {
                skip_blanks(bytes, at)
            } else {
                at
            };
            let quoted = (bytes.get(begin) == Some(&quote) && way.literal != Some(begin))
                .then(|| self.quoted(bytes, begin + 1, way, out))
                .flatten();
            let end = match quoted {
                Some((end, is_odd)) => {
                    read.is_quoted = true;
                    read.is_odd |= is_odd;
                    end
                }
                None => {
                    // A quote that nothing closes is a character like others.
                    let is_lost = bytes.get(begin) == Some(&quote) && way.literal != Some(begin);
                    read.is_odd |= is_lost && way.limit == all.len();
                    self.plain(bytes, begin, escapes, out)
                }
            };
            out.end_cell();
            read.cells += 1;
            match bytes.get(end) {
                Some(byte) if *byte == delimiter.byte => {
                    at = end + 1;
                }
                _ => {
                    read.end = behind_line_end(all, end);
                    return read;
                }
            }
        }
    }

    /// A cell without quotes around it; its end.
    fn plain(&self, bytes: &[u8], begin: usize, escapes: bool, out: &mut Cells) -> usize {
        let delimiter = self.dialect.delimiter;
        let mark = out.mark();
        let mut at = begin;
        let end = loop {
            let rest = bytes.get(at..).unwrap_or_default();
            let end =
                memchr3(delimiter.byte, b'\n', b'\r', rest).map_or(bytes.len(), |end| at + end);
            let is_escaped = escapes
                && end > at
                && bytes.get(end) == Some(&delimiter.byte)
                && bytes.get(end - 1) == Some(&b'\\');
            if !is_escaped {
                out.push(self.slice(at, end));
                break end;
            }
            out.push(self.slice(at, end - 1));
            out.push(self.slice(end, end + 1));
            at = end + 1;
        };
        if delimiter.is_padded {
            out.trim_blanks(mark);
        }
        end
    }

    /// A cell in quotes, from behind the first: its end, and whether a quote
    /// in it is odd. None where it has no end, or none that is near.
    fn quoted(
        &self,
        bytes: &[u8],
        begin: usize,
        way: Way,
        out: &mut Cells,
    ) -> Option<(usize, bool)> {
        let quote = self.dialect.quote;
        let mark = out.mark();
        let (mut at, mut from, mut odd) = (begin, begin, None);
        let mut is_doubled = false;
        loop {
            let is_lost = at > self.last_quote || odd.is_some_and(|odd| at > odd + FAR);
            let rest = bytes.get(at..).filter(|_| !is_lost);
            let found = rest.and_then(|rest| {
                if self.dialect.escapes {
                    memchr2(quote, b'\\', rest)
                } else {
                    memchr(quote, rest)
                }
            });
            let Some(place) = found.map(|found| at + found) else {
                out.back_to(mark);
                return None;
            };
            let next = bytes.get(place + 1);
            if bytes.get(place) == Some(&b'\\') {
                let is_escape = next.is_some_and(|next| [quote, b'\\'].contains(next));
                if is_escape {
                    out.push(self.slice(from, place));
                    from = place + 1;
                }
                at = place + 1 + usize::from(is_escape);
                is_doubled |= is_escape;
            } else if next == Some(&quote) {
                let end = self.end_of_quoted(bytes, place + 2);
                out.push(self.slice(from, place + 1));
                if let Some(end) = end.filter(|_| way.double_closes) {
                    return Some((end, odd.is_some()));
                }
                from = place + 2;
                at = from;
                is_doubled = true;
            } else if let Some(end) = self.end_of_quoted(bytes, place + 1) {
                out.push(self.slice(from, place));
                return Some((end, odd.is_some()));
            } else {
                // It ends nothing, and what is known to end nothing either is
                // passed over.
                let first = *odd.get_or_insert(place);
                let (start, end) = self.barren.get();
                at = place + 1;
                if (start..end).contains(&place) {
                    at = end;
                } else if !is_doubled {
                    let is_next = (start..=end).contains(&first);
                    self.barren.set((if is_next { start } else { first }, at));
                }
            }
        }
    }

    /// The end of a cell whose closing quote stands before a place: only
    /// blanks may follow up to the next delimiter or the line's end.
    fn end_of_quoted(&self, bytes: &[u8], place: usize) -> Option<usize> {
        let delimiter = self.dialect.delimiter.byte;
        let end = if delimiter == b' ' {
            place
        } else {
            skip_blanks(bytes, place)
        };
        match bytes.get(end) {
            None | Some(b'\n' | b'\r') => Some(end),
            Some(byte) => (*byte == delimiter).then_some(end),
        }
    }

    fn slice(&self, begin: usize, end: usize) -> &'a str {
        self.text.get(begin..end).unwrap_or_default()
    }
}

fn skip_blanks(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|byte| **byte == b' ').count()
}

/// The place behind the line end at a place.
pub(super) fn behind_line_end(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at..) {
        Some([b'\r', b'\n', ..]) => at + 2,
        Some([_, ..]) => at + 1,
        _ => bytes.len(),
    }
}
