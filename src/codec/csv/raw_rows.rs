//! Text to rows of cells, by a dialect that is known; sturdy against quotes
//! that are wrong. How a row is read in one way, [`one_way`](super::one_way)
//! knows.
//!
//! A row that is written rightly is read in one pass. Where its quotes are
//! wrong (one that is never closed, one in the middle of a cell, one before a
//! cell that has none behind it), the row is read in each way in which one
//! character would explain it, and the way counts that gives as many cells as
//! the table has columns. So a wrong quote costs its row at the most.

use memchr::memchr2;

use super::cells::{Cells, Mark, Span};
use super::dialect::Dialect;
use super::one_way::{FAR, Read, Reader, Way, behind_line_end};

/// How many quotes of one row are tried as the wrong one.
const MOST_SUSPECTS: usize = 24;

/// The rank of a way in which a row has as many cells as it should, and nothing
/// is wrong with its quotes.
const EXPLAINED: (bool, bool) = (true, true);

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
    reader: Reader<'a>,
    /// How many cells a row should have; 0 where that is not known.
    width: usize,
    at: usize,
    line: u32,
}

impl<'a> RawRows<'a> {
    /// The rows of a text from a byte on, which is in the line of that number.
    pub fn new(text: &'a str, dialect: Dialect, width: usize, at: usize, line: u32) -> Self {
        Self {
            reader: Reader::new(text, dialect),
            width,
            at,
            line,
        }
    }

    /// Reads the next row into the cells; rows without any text are passed
    /// over, and whether there were some is told.
    pub fn next(&mut self, out: &mut Cells) -> Option<(RawRow, bool)> {
        let mut after_gap = false;
        while self.at < self.bytes().len() {
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
            limit: self.bytes().len(),
            literal: None,
            double_closes: false,
        };
        let mut read = self.reader.read(self.at, plain, out);
        let mut trouble = None;
        if self.is_suspect(read) {
            let best = self.best_way(plain, read, out, mark);
            out.back_to(mark);
            read = self.reader.read(self.at, best, out);
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
        let suspects = self.suspects(read.end.min(self.at + FAR).max(one_line.limit));
        let literal = |way: Way| {
            let quotes = suspects.iter();
            quotes.map(move |quote| Way {
                literal: Some(*quote),
                ..way
            })
        };
        let plainly = [plain, one_line].into_iter();
        let literally = [one_line, plain].into_iter().flat_map(literal);
        let mut ways = plainly.chain(literally).flat_map(|way| {
            [false, true].map(|double_closes| Way {
                double_closes,
                ..way
            })
        });
        let (mut best, mut best_rank) = (plain, self.rank(read));
        // Nothing ranks above a way in which nothing is wrong, and to try all
        // the others too takes a hundred times as long.
        let is_explained = ways.any(|way| {
            out.back_to(mark);
            let rank = self.rank(self.reader.read(self.at, way, out));
            if rank > best_rank {
                (best, best_rank) = (way, rank);
            }
            best_rank == EXPLAINED
        });
        // A row that can't be explained must not take others with it.
        if !is_explained && best.limit == plain.limit {
            out.back_to(mark);
            let read = self.reader.read(self.at, best, out);
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
                    .is_some_and(|before| {
                        *before == self.reader.dialect.delimiter.byte || *before == b' '
                    })
        };
        let quotes = bytes.get(self.at..limit).unwrap_or_default();
        memchr::memchr_iter(self.reader.dialect.quote, quotes)
            .map(|place| self.at + place)
            .filter(is_first)
            .take(MOST_SUSPECTS)
            .collect()
    }

    fn bytes(&self) -> &'a [u8] {
        self.reader.text.as_bytes()
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
