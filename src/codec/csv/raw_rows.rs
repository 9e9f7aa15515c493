//! Text to rows of cells, by a dialect that is known; sturdy against quotes
//! that are wrong.
//!
//! A row that is written rightly is read in one pass. Where its quotes are
//! wrong (one that is never closed, one in the middle of a cell, one before a
//! cell that has none behind it), the row is read in each way in which one
//! character would explain it, and the way counts that gives as many cells as
//! the table has columns. So a wrong quote costs its row at the most.

use memchr::{memchr, memchr2, memchr3, memrchr};

use super::cells::{Cells, Mark, Span};
use super::dialect::Dialect;

/// How far a quoted cell is followed after a quote in its middle, in bytes;
/// it bounds the work on a file in which every quote is wrong.
const FAR: usize = 4_096;

/// How many quotes of one row are tried as the wrong one.
const MOST_SUSPECTS: usize = 24;

/// What was wrong with the quotes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuoteTrouble {
    /// A quote stands in the middle of a quoted cell, or alone at the
    /// beginning of one; read as a character like others, the row has as many
    /// cells as the table.
    Mended,
    /// The row has another number of cells, however it is read.
    Broken,
}

/// A row that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RawRow {
    /// Where it stands.
    pub span: Span,
    /// What was wrong with it.
    pub trouble: Option<QuoteTrouble>,
    /// It has cells in quotes, and nothing is wrong with them.
    pub is_quoted: bool,
}

/// Reads the rows of a text, one after the other.
#[derive(Debug)]
pub struct RawRows<'a> {
    text: &'a str,
    dialect: Dialect,
    /// How many cells a row should have; 0 where that is not known.
    width: usize,
    at: usize,
    line: u32,
    last_quote: usize,
}

/// One way to read a row.
#[derive(Debug, Clone, Copy)]
struct Way {
    /// Where the text ends that may be read: behind the row's first line, or
    /// at the end of the file.
    limit: usize,
    /// The quote that is a character like others although a cell begins with it.
    literal: Option<usize>,
    /// Two quotes at the end of a cell are a character and the end, rather
    /// than a character inside of it.
    double_closes: bool,
}

/// What came of a way.
#[derive(Debug, Clone, Copy)]
struct Read {
    end: usize,
    cells: usize,
    is_quoted: bool,
    /// A quote stands where none should, or is not closed.
    is_odd: bool,
}

impl<'a> RawRows<'a> {
    /// The rows of a text from a byte on, which is in the line of that number.
    pub fn new(text: &'a str, dialect: Dialect, width: usize, at: usize, line: u32) -> Self {
        Self {
            text,
            dialect,
            width,
            at,
            line,
            last_quote: memrchr(dialect.quote, text.as_bytes()).unwrap_or(0),
        }
    }

    /// Reads the next row into the cells; rows without any text are passed
    /// over, and whether there were some is told.
    pub fn next(&mut self, out: &mut Cells) -> Option<(RawRow, bool)> {
        let mut after_gap = false;
        while self.at < self.text.len() {
            let mark = out.mark();
            let record = self.record(out);
            if !out.is_blank_from(mark.ends) {
                return Some((record, after_gap));
            }
            out.back_to(mark);
            after_gap = true;
        }
        None
    }

    fn record(&mut self, out: &mut Cells) -> RawRow {
        let mark = out.mark();
        let plain = Way {
            limit: self.text.len(),
            literal: None,
            double_closes: false,
        };
        let mut read = self.read(plain, out);
        let mut trouble = None;
        if self.is_suspect(read) {
            let best = self.best_way(plain, read, out, mark);
            out.back_to(mark);
            read = self.read(best, out);
            let is_changed = best.literal.is_some()
                || best.double_closes
                || best.limit != plain.limit
                || read.is_odd;
            if is_changed {
                trouble = Some(if self.width == 0 || read.cells == self.width {
                    QuoteTrouble::Mended
                } else {
                    QuoteTrouble::Broken
                });
            }
        }
        let line = self.line;
        let passed = self.bytes().get(self.at..read.end).unwrap_or_default();
        self.line = line.saturating_add(line_ends(passed, self.bytes().get(read.end)));
        self.at = read.end;
        RawRow {
            span: Span {
                first: mark.ends as u32,
                cells: read.cells as u32,
                line,
            },
            trouble,
            is_quoted: read.is_quoted && trouble.is_none(),
        }
    }

    /// Quotes that are wrong, or a cell over several lines in a row that has
    /// not as many cells as the others: its end may be another cell's
    /// beginning.
    fn is_suspect(&self, read: Read) -> bool {
        let runs_on = || {
            let passed = self.bytes().get(self.at..read.end).unwrap_or_default();
            line_ends(passed, self.bytes().get(read.end)) > 1
        };
        read.is_odd || (read.is_quoted && self.width > 0 && read.cells != self.width && runs_on())
    }

    /// The way that explains the row: the number of cells is right, then the
    /// quotes are, then it is the simplest.
    fn best_way(&self, plain: Way, read: Read, out: &mut Cells, mark: Mark) -> Way {
        let bytes = self.bytes();
        let rest = bytes.get(self.at..).unwrap_or_default();
        let one_line = Way {
            limit: memchr2(b'\n', b'\r', rest).map_or(bytes.len(), |end| self.at + end),
            ..plain
        };
        let mut best = plain;
        let mut best_rank = self.rank(read);
        let mut consider = |way: Way| {
            out.back_to(mark);
            let rank = self.rank(self.read(way, out));
            if rank > best_rank {
                (best, best_rank) = (way, rank);
            }
        };
        for way in [plain, one_line] {
            for double_closes in [false, true] {
                consider(Way {
                    double_closes,
                    ..way
                });
            }
        }
        let suspects = self.suspects(read.end.min(self.at + FAR).max(one_line.limit));
        for way in [one_line, plain] {
            for quote in &suspects {
                for double_closes in [false, true] {
                    consider(Way {
                        literal: Some(*quote),
                        double_closes,
                        ..way
                    });
                }
            }
        }
        // A row that can't be explained must not take others with it.
        if best_rank < (true, true) && best.limit == plain.limit {
            out.back_to(mark);
            let read = self.read(best, out);
            if read.is_odd && read.end > behind_line_end(bytes, one_line.limit) {
                best = one_line;
            }
        }
        best
    }

    fn rank(&self, read: Read) -> (bool, bool) {
        (self.width == 0 || read.cells == self.width, !read.is_odd)
    }

    /// The quotes at the beginning of cells, up to a place.
    fn suspects(&self, limit: usize) -> Vec<usize> {
        let bytes = self.bytes();
        let is_first = |place: &usize| {
            *place == self.at
                || place
                    .checked_sub(1)
                    .and_then(|before| bytes.get(before))
                    .is_some_and(|before| *before == self.dialect.delimiter.byte || *before == b' ')
        };
        let quotes = bytes.get(self.at..limit).unwrap_or_default();
        memchr::memchr_iter(self.dialect.quote, quotes)
            .map(|place| self.at + place)
            .filter(is_first)
            .take(MOST_SUSPECTS)
            .collect()
    }

    fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    /// Reads one row in one way.
    fn read(&self, way: Way, out: &mut Cells) -> Read {
        let Dialect {
            delimiter,
            quote,
            escapes,
        } = self.dialect;
        let bytes = self.bytes().get(..way.limit).unwrap_or(self.bytes());
        let mut read = Read {
            end: self.at,
            cells: 0,
            is_quoted: false,
            is_odd: false,
        };
        let mut at = self.at;
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
                    read.is_odd |= is_lost && way.limit == self.text.len();
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
                    read.end = behind_line_end(self.bytes(), end);
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
            } else if next == Some(&quote) {
                let end = self.end_of_quoted(bytes, place + 2);
                out.push(self.slice(from, place + 1));
                if let Some(end) = end.filter(|_| way.double_closes) {
                    return Some((end, odd.is_some()));
                }
                from = place + 2;
                at = from;
            } else if let Some(end) = self.end_of_quoted(bytes, place + 1) {
                out.push(self.slice(from, place));
                return Some((end, odd.is_some()));
            } else {
                odd = odd.or(Some(place));
                at = place + 1;
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
fn behind_line_end(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at..) {
        Some([b'\r', b'\n', ..]) => at + 2,
        Some([_, ..]) => at + 1,
        _ => bytes.len(),
    }
}

/// How many lines end in a text; CR LF is one end.
fn line_ends(bytes: &[u8], next: Option<&u8>) -> u32 {
    let mut count = memchr::memchr_iter(b'\n', bytes).count();
    for place in memchr::memchr_iter(b'\r', bytes) {
        let follows = bytes.get(place + 1).or(next);
        count += usize::from(follows != Some(&b'\n'));
    }
    count as u32
}
