//! Bytes of a file to text: what encoding they are in, and whether they are
//! text at all.

use std::borrow::Cow;

use super::CsvError;

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

/// What Windows-1252 has at 0x80 to 0x9F, where it differs from Latin-1.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The text of a file: UTF-8, UTF-16 with its mark, or else Windows-1252,
/// which spreadsheets on Windows write.
///
/// # Errors
/// An empty file, or one of another kind (a picture, a workbook, JSON, ...).
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, CsvError> {
    if let Some((_, what)) = KINDS.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(CsvError::OtherKind { what });
    }
    let text = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest),
        [0xff, 0xfe, rest @ ..] => Cow::Owned(utf16(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => Cow::Owned(utf16(rest, u16::from_be_bytes)),
        _ => utf8(bytes),
    };
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
    Ok(text)
}

fn utf8(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(bytes.iter().map(|byte| windows_1252(*byte)).collect()),
    }
}

fn windows_1252(byte: u8) -> char {
    let special = byte
        .checked_sub(0x80)
        .and_then(|place| WINDOWS_1252.get(usize::from(place)));
    special.copied().unwrap_or(char::from(byte))
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair));
    char::decode_utf16(units)
        .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
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
            assert_eq!(decode(bytes).unwrap(), text);
        }
        assert_eq!(decode(b"caf\xe9;\x80 5;\x93x\x94").unwrap(), "café;€ 5;“x”");
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
            let message = decode(bytes).unwrap_err().to_string();
            assert!(message.contains(word), "{message}");
        }
        assert_eq!(decode(b""), Err(CsvError::Empty));
        assert_eq!(decode(b"\xef\xbb\xbf \r\n"), Err(CsvError::Empty));
        assert!(decode(b"[Name],Value\nx,1").is_ok());
    }
}
