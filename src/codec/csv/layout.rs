//! Finds out how a file is written, by the rows that each way of reading it gives.

use super::cells::Cells;
use super::dialect::{Delimiter, Dialect};
use super::export::is_export;
use super::known_names::is_known_name;
use super::raw_rows::RawRows;

/// What was found out about a file before it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// How it is written.
    pub dialect: Dialect,
    /// How many cells most rows have.
    pub width: usize,
    /// How many bytes come before the first row: a line `sep=;` that Excel heeds.
    pub skip: usize,
}

/// The delimiters that are looked for, the likelier first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How the standard writes a file.
const PLAIN: Dialect = Dialect {
    delimiter: Delimiter::of(b','),
    quote: b'"',
    escapes: false,
};

/// How much of a file is looked at to find its dialect, in bytes.
const SAMPLE: usize = 64 * 1024;

/// How well a dialect fits, and the number of cells that most rows have in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    score: usize,
    width: usize,
}

/// Finds the dialect of a text; the delimiter may be given.
pub fn layout(text: &str, given: Option<u8>) -> Layout {
    let first = text.lines().next().unwrap_or_default();
    let named = first
        .get(..4)
        .filter(|word| word.eq_ignore_ascii_case("sep="))
        .and_then(|_| first.get(4..))
        .map(|rest| rest.trim_matches('"').as_bytes());
    let (skip, named) = match named {
        Some([byte]) if DELIMITERS.contains(byte) => (first.len(), Some(*byte)),
        _ => (0, None),
    };
    let sample = sample(text.get(skip..).unwrap_or_default());
    // Our own export is written in one way, whatever its texts look like.
    if given.is_none_or(|given| given == PLAIN.delimiter.byte) && is_own(first) {
        return Layout {
            dialect: PLAIN,
            width: fit(sample, PLAIN).width,
            skip: 0,
        };
    }
    let delimiters = match given.or(named) {
        Some(byte) => vec![byte],
        None => DELIMITERS.to_vec(),
    };
    let (fit, dialect) = best(sample, &delimiters);
    // Texts have blanks too, so they part cells only where nothing else does.
    let is_asked = given.or(named).is_none() && fit.score < AGREED;
    let blanks = is_asked.then(|| by_blanks(sample)).flatten();
    let (fit, dialect) = blanks.unwrap_or((fit, dialect));
    Layout {
        dialect,
        width: fit.width,
        skip,
    }
}

/// The first lines of a text.
fn sample(text: &str) -> &str {
    if text.len() <= SAMPLE {
        return text;
    }
    let bytes = text.as_bytes().get(..SAMPLE).unwrap_or_default();
    let end = bytes
        .iter()
        .rposition(|byte| *byte == b'\n' || *byte == b'\r');
    text.get(..end.unwrap_or(SAMPLE)).unwrap_or(text)
}

fn best(sample: &str, delimiters: &[u8]) -> (Fit, Dialect) {
    let has_escapes = sample.contains("\\\"")
        || sample.contains("\\'")
        || delimiters
            .iter()
            .any(|byte| sample.contains(&format!("\\{}", char::from(*byte))));
    let has_single = sample.contains('\'');
    let mut best: Option<(Fit, Dialect)> = None;
    for delimiter in delimiters {
        for quote in [b'"', b'\''] {
            for escapes in [false, true] {
                let is_asked = (quote == b'"' || has_single) && (!escapes || has_escapes);
                let dialect = Dialect {
                    delimiter: Delimiter {
                        byte: *delimiter,
                        is_padded: is_padded(sample, *delimiter),
                    },
                    quote,
                    escapes,
                };
                if !is_asked {
                    continue;
                }
                let fit = fit(sample, dialect);
                if best.is_none_or(|(best, _)| fit > best) {
                    best = Some((fit, dialect));
                }
            }
        }
    }
    best.unwrap_or((Fit { score: 0, width: 1 }, PLAIN))
}

/// Whether a line is that of the columns of our own export.
fn is_own(line: &str) -> bool {
    let delimiter = PLAIN.delimiter.char();
    is_export(&line.split(delimiter).map(str::to_owned).collect::<Vec<_>>())
}

/// Whether nearly every delimiter is followed by a blank. Where only those in
/// quoted texts are not, it still is.
fn is_padded(sample: &str, delimiter: u8) -> bool {
    let bytes = sample.as_bytes();
    let (mut padded, mut bare) = (0usize, 0usize);
    for place in memchr::memchr_iter(delimiter, bytes) {
        match bytes.get(place + 1) {
            Some(b' ') => padded += 1,
            // An empty cell says nothing.
            None | Some(b'\n' | b'\r') => {}
            Some(byte) if *byte == delimiter => {}
            Some(_) => bare += 1,
        }
    }
    let first = sample.lines().find(|line| !line.trim().is_empty());
    let is_padded_first = first.is_some_and(|line| {
        let bytes = line.trim_end().as_bytes();
        let mut places = memchr::memchr_iter(delimiter, bytes).peekable();
        places.peek().is_some()
            && places.all(|place| matches!(bytes.get(place + 1), None | Some(b' ')))
    });
    delimiter != b'\t' && is_padded_first && padded > bare * 8
}

/// A table whose cells are parted by blanks, where nothing else parts them:
/// all rows agree and its columns have known names, since texts have blanks too.
fn by_blanks(sample: &str) -> Option<(Fit, Dialect)> {
    let dialect = Dialect {
        delimiter: Delimiter::of(b' '),
        quote: b'"',
        escapes: false,
    };
    let fit = fit(sample, dialect);
    let is_sure = fit.width > 1 && fit.score >= AGREED + KNOWN_NAMES;
    is_sure.then_some((fit, dialect))
}

/// What a dialect scores in which all rows have as many cells.
const AGREED: usize = 1_000;

/// What known names of columns in one of the first rows add to a score.
const KNOWN_NAMES: usize = 400;

/// How well a dialect fits: most rows have the same number of cells, cells
/// are in quotes of this kind, and the columns have known names. The score of
/// a dialect in which no row is parted is 0.
fn fit(sample: &str, dialect: Dialect) -> Fit {
    const HEAD: usize = 20;
    let mut cells = Cells::default();
    let mut records = RawRows::new(sample, dialect, 0, 0, 1);
    let mut counts: Vec<usize> = Vec::new();
    let (mut quoted, mut odd, mut strange, mut named) = (0usize, 0usize, 0usize, false);
    while let Some((record, _)) = records.next(&mut cells) {
        quoted += usize::from(record.is_quoted);
        odd += usize::from(record.trouble.is_some());
        let count = cells.len();
        if counts.len() < HEAD && !named && count > 1 {
            let names = (0..count).filter(|place| is_known_name(cells.get(*place)));
            named = names.take(2).count() == 2;
        }
        let holds_others = |place: usize| {
            let others =
                |byte: u8| byte != dialect.delimiter.byte && [b';', b'\t', b'|'].contains(&byte);
            cells.get(place).bytes().any(others)
        };
        strange += usize::from(!record.is_quoted && (0..count).any(holds_others));
        counts.push(count);
        cells.truncate(0);
    }
    let rows = counts.len().max(1);
    let width = most_frequent(&counts);
    if width < 2 {
        return Fit { score: 0, width: 1 };
    }
    let whole = counts.iter().filter(|count| **count == width).count();
    // Rows that end early are written by hand, and fit better than not at all.
    let short = counts
        .iter()
        .filter(|count| (2..width).contains(*count))
        .count();
    let agreeing = (whole * AGREED + short * AGREED / 2) / rows;
    let per_row = |count: usize| count * 1_000 / rows;
    let score =
        agreeing + width.min(8) * 10 + per_row(quoted) / 10 + if named { KNOWN_NAMES } else { 0 };
    Fit {
        score: score.saturating_sub(per_row(strange) / 8 + per_row(odd) / 4),
        width,
    }
}

/// The number that stands most often, of rows that are parted at all; the
/// greater where two stand as often.
fn most_frequent(counts: &[usize]) -> usize {
    let mut sorted: Vec<usize> = counts.iter().copied().filter(|count| *count > 1).collect();
    sorted.sort_unstable();
    sorted
        .chunk_by(|a, b| a == b)
        .max_by_key(|run| run.len())
        .and_then(|run| run.first())
        .map_or(1, |count| *count)
}
