//! Cells that a spreadsheet does not take for formulas, and cells as text.

use std::borrow::Cow;

use crate::domain::value::text::is_seen;

/// What a spreadsheet takes for the beginning of a formula: also in the wide
/// form that East Asian keyboards type.
const DANGEROUS: [char; 11] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n'];

/// What is blank in front of a formula is passed over, as spreadsheets do.
fn looks_like_formula(text: &str) -> bool {
    let first = text
        .chars()
        .find(|c| DANGEROUS.contains(c) || (*c != '\'' && is_seen(*c)));
    first.is_some_and(|c| DANGEROUS.contains(&c))
}

/// Puts an apostrophe before text that a spreadsheet would run as a formula,
/// and before text that begins like the result, so that [`unescape`] gives
/// back every text as it was.
pub fn escape(text: &str) -> Cow<'_, str> {
    if looks_like_formula(text) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Takes away the apostrophe that [`escape`] puts.
pub fn unescape(text: &str) -> &str {
    text.strip_prefix('\'')
        .filter(|_| looks_like_formula(text))
        .unwrap_or(text)
}

/// Adds a cell, quoted where it must be for a reader with any delimiter.
pub fn write_cell(out: &mut String, text: &str) {
    let ends_blank = text.starts_with(' ') || text.ends_with(' ');
    if ends_blank || text.contains(['"', ',', ';', '\t', '\n', '\r']) {
        out.push('"');
        out.push_str(&text.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(text);
    }
}

/// Adds a row and its line end (RFC 4180: CR LF).
pub fn write_row<T: AsRef<str>>(out: &mut String, cells: impl IntoIterator<Item = T>) {
    for (place, cell) in cells.into_iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        write_cell(out, cell.as_ref());
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_disarmed() {
        for (text, safe) in [
            ("=1+1", "'=1+1"),
            ("-5", "'-5"),
            ("@x", "'@x"),
            ("\tx", "'\tx"),
            ("'=1", "''=1"),
            (" =1+1", "' =1+1"),
            ("\u{feff}\u{a0}=1+1", "'\u{feff}\u{a0}=1+1"),
            ("\u{202e}@x", "'\u{202e}@x"),
            ("＝1+1", "'＝1+1"),
            (" a=1", " a=1"),
            ("'s", "'s"),
            ("a=1", "a=1"),
            ("", ""),
        ] {
            assert_eq!(escape(text), safe);
            assert_eq!(unescape(safe), text);
        }
    }

    proptest::proptest! {
        #[test]
        fn escaping_loses_nothing(text in "['=+@a\t ＝\u{feff}-]{0,5}") {
            let safe = escape(&text).into_owned();
            proptest::prop_assert_eq!(unescape(&safe), text);
            proptest::prop_assert!(!safe.starts_with(DANGEROUS));
        }
    }
}
