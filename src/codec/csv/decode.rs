//! Bytes of a file to text: what encoding they are in, and whether they are
//! text at all.

use std::borrow::Cow;

use super::reading::SkippedLine;
use super::{CodePage, CsvError, Decoder, guess};

/// How files of other kinds begin.
const KINDS: &[(&[u8], &str)] = &[
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture or a recording"),
    (b"BM\x00", "a picture"),
    (b"PK\x03\x04", "an Excel workbook or a ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "a compressed archive"),
];

/// A file as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// The encoding it was in.
    pub page: CodePage,
}

/// The text of a file, in the encoding that is chosen or else found: by its
/// mark, or because it is valid UTF-8, or by what the text looks like.
///
/// # Errors
/// An empty file, one of another kind (a picture, a workbook, JSON, ...), or
/// one that is not valid in the chosen encoding.
pub fn decode<'a>(
    bytes: &'a [u8],
    decoder: &dyn Decoder,
    chosen: Option<CodePage>,
) -> Result<Decoded<'a>, CsvError> {
    if let Some((_, what)) = KINDS.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(CsvError::OtherKind { what });
    }
    let decoded = match chosen {
        Some(page) => decode_as(bytes, decoder, page).ok_or(CsvError::NotIn { page })?,
        None => propose(bytes, decoder).ok_or(CsvError::UnknownEncoding)?,
    };
    let text = &decoded.text;
    if text.contains('\0') {
        return Err(CsvError::OtherKind {
            what: "a binary file",
        });
    }
    let start = text.trim_start();
    if start.is_empty() {
        return Err(CsvError::Empty);
    }
    if is_json(start) {
        return Err(CsvError::OtherKind {
            what: "a JSON file",
        });
    }
    let first: String = start.chars().take(9).flat_map(char::to_lowercase).collect();
    if first.starts_with("<!doctype") || first.starts_with("<html") || first.starts_with("<?xml") {
        return Err(CsvError::OtherKind {
            what: "a web page or an XML file",
        });
    }
    Ok(decoded)
}

/// The encoding of a byte order mark, and what follows it.
fn marked(bytes: &[u8]) -> Option<(CodePage, &[u8])> {
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => Some((CodePage::Utf8, rest)),
        [0xff, 0xfe, rest @ ..] => Some((CodePage::Utf16Le, rest)),
        [0xfe, 0xff, rest @ ..] => Some((CodePage::Utf16Be, rest)),
        _ => None,
    }
}

fn decode_as<'a>(bytes: &'a [u8], decoder: &dyn Decoder, page: CodePage) -> Option<Decoded<'a>> {
    let rest = match marked(bytes) {
        Some((marked, rest)) if marked == page => rest,
        _ => bytes,
    };
    let text = match page {
        CodePage::Utf8 => Cow::Borrowed(std::str::from_utf8(rest).ok()?),
        CodePage::Utf16Le => Cow::Owned(utf16(rest, u16::from_le_bytes)),
        CodePage::Utf16Be => Cow::Owned(utf16(rest, u16::from_be_bytes)),
        page => Cow::Owned(decoder.decode(rest, page)?),
    };
    Some(Decoded { text, page })
}

fn propose<'a>(bytes: &'a [u8], decoder: &dyn Decoder) -> Option<Decoded<'a>> {
    if let Some((page, _)) = marked(bytes) {
        return decode_as(bytes, decoder, page).or_else(|| by_looks(bytes, decoder));
    }
    if let Some(page) = unmarked_utf16(bytes) {
        return decode_as(bytes, decoder, page);
    }
    decode_as(bytes, decoder, CodePage::Utf8).or_else(|| by_looks(bytes, decoder))
}

fn by_looks<'a>(bytes: &'a [u8], decoder: &dyn Decoder) -> Option<Decoded<'a>> {
    let page = guess::code_page(bytes, decoder)?;
    decode_as(bytes, decoder, page)
}

/// UTF-16 without its mark: in a table nearly every character of the first
/// lines is ASCII, so every second byte is zero.
fn unmarked_utf16(bytes: &[u8]) -> Option<CodePage> {
    const LOOKED_AT: usize = 512;
    let pairs = bytes.get(..LOOKED_AT).unwrap_or(bytes).as_chunks::<2>().0;
    let zeros = |place: usize| {
        let is_zero = |pair: &&[u8; 2]| pair.get(place) == Some(&0);
        pairs.iter().filter(is_zero).count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    if odd * 2 > pairs.len() && even == 0 {
        Some(CodePage::Utf16Le)
    } else if even * 2 > pairs.len() && odd == 0 {
        Some(CodePage::Utf16Be)
    } else {
        None
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair));
    char::decode_utf16(units)
        .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

/// The first line that has letters beyond ASCII, cut where it is long.
pub fn sample(text: &str) -> Option<SkippedLine> {
    const MOST: usize = 200;
    let place = text.bytes().position(|byte| !byte.is_ascii())?;
    let before = text.get(..place)?;
    let begin = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let line = before.lines().count().max(1) as u32 + u32::from(before.ends_with('\n'));
    let whole = text.get(begin..)?.lines().next()?;
    Some(SkippedLine {
        line,
        text: whole.chars().take(MOST).collect(),
    })
}

/// A header row may begin with a bracket; only JSON goes on like this.
fn is_json(start: &str) -> bool {
    let mut marks = start.chars().filter(|c| !c.is_whitespace());
    matches!(
        (marks.next(), marks.next()),
        (Some('{'), Some('"' | '}')) | (Some('['), Some('"' | '{' | '[' | ']' | '0'..='9'))
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::csv::UnicodeOnly;

    fn text_of(bytes: &[u8]) -> Result<String, CsvError> {
        decode(bytes, &UnicodeOnly, None).map(|decoded| decoded.text.into_owned())
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let text = "name;note\nŁódź ☃;“ok”\n";
        let utf16le: Vec<u8> = std::iter::once(0xfeff)
            .chain(text.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        let utf16be: Vec<u8> = std::iter::once(0xfeff)
            .chain(text.encode_utf16())
            .flat_map(u16::to_be_bytes)
            .collect();
        for bytes in [
            text.as_bytes(),
            format!("\u{feff}{text}").as_bytes(),
            &utf16le,
            &utf16be,
        ] {
            assert_eq!(text_of(bytes).unwrap(), text);
        }
        // Without the mark too.
        assert_eq!(text_of(utf16le.get(2..).unwrap()).unwrap(), text);
        assert_eq!(text_of(utf16be.get(2..).unwrap()).unwrap(), text);
    }

    #[test]
    fn other_kinds_are_named() {
        for (bytes, word) in [
            (&b"\x89PNG\r\n\x1a\n\0\0"[..], "picture"),
            (b"\xff\xd8\xff\xe0", "picture"),
            (b"PK\x03\x04...", "Excel"),
            (b"name\0value", "binary"),
            (b" {\"a\": 1}", "JSON"),
            (b"[\n {\"a\": 1}]", "JSON"),
            (b"<!DOCTYPE html>", "web page"),
        ] {
            let message = text_of(bytes).unwrap_err().to_string();
            assert!(message.contains(word), "{message}");
        }
        assert_eq!(text_of(b""), Err(CsvError::Empty));
        assert_eq!(text_of(b"\xef\xbb\xbf \r\n"), Err(CsvError::Empty));
        assert!(text_of(b"[Name],Value\nx,1").is_ok());
    }
}
