//! Texts that run from right to left, among others.

/// Opens a run whose direction is that of its first letter.
const OPEN: char = '\u{2068}';
/// Closes the run.
const CLOSE: char = '\u{2069}';

/// A text that keeps to itself when it is joined with others: without the
/// marks around it, Arabic figures on both sides of a dot change places.
///
/// ```
/// use pipewright::domain::value::bidi::isolated;
///
/// assert_eq!(isolated("12 €".to_owned()), "12 €");
/// assert_eq!(isolated("١٢".to_owned()), "\u{2068}١٢\u{2069}");
/// ```
pub fn isolated(text: String) -> String {
    if text.chars().any(turns) {
        format!("{OPEN}{text}{CLOSE}")
    } else {
        text
    }
}

/// Whether a character can change the order of what stands around it: the
/// letters and digits of scripts from right to left, and marks of direction.
fn turns(c: char) -> bool {
    matches!(
        c,
        '\u{590}'..='\u{8FF}'
            | '\u{200E}'..='\u{200F}'
            | '\u{FB1D}'..='\u{FDFF}'
            | '\u{FE70}'..='\u{FEFC}'
            | '\u{10800}'..='\u{10FFF}'
            | '\u{1E800}'..='\u{1EFFF}'
    )
}
