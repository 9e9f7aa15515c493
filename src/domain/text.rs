//! Names and search text.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::error::DomainError;

/// The longest name of a process, stage, sub-stage or list entry, in characters.
pub const MAX_NAME: usize = 80;
/// The longest name of a deal or customer, in characters.
pub const MAX_TITLE: usize = 200;
/// The longest notes, in characters.
pub const MAX_NOTES: usize = 10_000;
/// The longest note of a tick and comment of a closing, in characters.
pub const MAX_NOTE: usize = 1_000;

/// A name: trimmed, never empty, without control characters, shared when copied.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Name(std::sync::Arc<str>);

impl Name {
    /// A name of 1 to 80 characters.
    ///
    /// # Errors
    /// An empty or too long text; `what` names the field in the message.
    pub fn new(text: &str, what: &'static str) -> Result<Self, DomainError> {
        Self::up_to(text, MAX_NAME, what)
    }

    /// A name of 1 to 200 characters, for deals and customers.
    ///
    /// # Errors
    /// An empty or too long text; `what` names the field in the message.
    pub fn title(text: &str, what: &'static str) -> Result<Self, DomainError> {
        Self::up_to(text, MAX_TITLE, what)
    }

    /// A name made from any text: cut to `most` characters, `otherwise` when
    /// nothing is left.
    pub fn clamped(text: &str, most: usize, otherwise: &str) -> Self {
        let clean = clean(text);
        let cut: String = clean.chars().take(most).collect();
        let kept = cut.trim();
        Self((if kept.is_empty() { otherwise } else { kept }).into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn up_to(text: &str, most: usize, what: &'static str) -> Result<Self, DomainError> {
        let clean = clean(text);
        if clean.is_empty() {
            Err(DomainError::Empty { what })
        } else if clean.chars().count() > most {
            Err(DomainError::TooLong { what, most })
        } else {
            Ok(Self(clean.into()))
        }
    }
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Name> for String {
    fn from(name: Name) -> String {
        name.0.as_ref().to_owned()
    }
}

impl TryFrom<String> for Name {
    type Error = DomainError;
    fn try_from(text: String) -> Result<Self, DomainError> {
        Self::try_from(text.as_str())
    }
}

impl TryFrom<&str> for Name {
    type Error = DomainError;
    fn try_from(text: &str) -> Result<Self, DomainError> {
        // Nearly every text that is read again was a name before.
        if is_plain(text) {
            Ok(Self(text.into()))
        } else {
            Self::title(text, "A name")
        }
    }
}

/// Whether a text is plain letters with nothing to clean, and short.
fn is_plain(text: &str) -> bool {
    let mut before = b' ';
    let is_plain = text.len() <= MAX_TITLE
        && text.bytes().all(|byte| {
            let is_double = byte == b' ' && before == b' ';
            before = byte;
            (b' '..0x7f).contains(&byte) && !is_double
        });
    is_plain && before != b' '
}

/// One line of text: control characters become spaces, runs of white space
/// one space, the ends trimmed.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|w| !w.is_empty())
    {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Text of several lines: line ends made equal, other control characters left
/// out, the end trimmed.
///
/// # Errors
/// More than `most` characters; `what` names the field in the message.
pub fn clean_lines(text: &str, most: usize, what: &'static str) -> Result<String, DomainError> {
    let unix = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = unix
        .chars()
        .filter(|c| *c == '\n' || *c == '\t' || !c.is_control())
        .collect();
    let trimmed = kept.trim_end();
    if trimmed.chars().count() > most {
        return Err(DomainError::TooLong { what, most });
    }
    Ok(trimmed.to_owned())
}

/// The text as it is compared and searched: without regard to case and
/// diacritics.
///
/// ```
/// assert_eq!(pipewright::domain::text::fold("  Łódź CAFÉ "), "łodz cafe");
/// ```
pub fn fold(text: &str) -> String {
    let trimmed = text.trim();
    if trimmed.is_ascii() {
        return trimmed.to_ascii_lowercase();
    }
    trimmed
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The key by which customers and list entries of files are matched: without
/// regard to case and spaces.
pub fn match_key(text: &str) -> String {
    if text.is_ascii() {
        let kept = text
            .bytes()
            .filter(|byte| !char::from(*byte).is_whitespace());
        return kept
            .map(|byte| char::from(byte.to_ascii_lowercase()))
            .collect();
    }
    key_of(text).collect()
}

/// Whether the [`match_key`] of the text is `key`, found out without making
/// it: most of thousands of names differ in the first letters.
pub fn has_key(text: &str, key: &str) -> bool {
    key_of(text).eq(key.chars())
}

fn key_of(text: &str) -> impl Iterator<Item = char> {
    let kept = text.chars().filter(|c| !c.is_whitespace());
    kept.flat_map(char::to_lowercase)
}

/// A count with its noun: `1 deal`, `3 deals`, `8,800 deals`.
pub fn counted(count: usize, what: &str) -> String {
    let digits = count.to_string();
    let mut number = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            number.push(',');
        }
        number.push(digit);
    }
    let ending = if count == 1 { "" } else { "s" };
    format!("{number} {what}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_trimmed_and_bounded_by_characters() {
        assert_eq!(
            Name::new("  Offer \t inquiry ", "Name").unwrap().as_str(),
            "Offer inquiry"
        );
        assert!(Name::new(&"é".repeat(80), "Name").is_ok());
        assert!(Name::new(&"é".repeat(81), "Name").is_err());
        assert!(Name::new(" \n ", "Name").is_err());
    }

    #[test]
    fn a_name_that_is_read_again_is_cleaned_like_any_text() {
        let long = "x".repeat(MAX_TITLE);
        for text in [
            "a", "a b", " a", "a ", "a  b", "", " ", "\u{7f}", "a\tb", "é  é", "é", &long,
        ] {
            let want = Name::title(text, "A name");
            assert_eq!(Name::try_from(text), want, "{text:?}");
            assert_eq!(Name::try_from(text.to_owned()), want, "{text:?}");
        }
        assert!(Name::try_from(long + "x").is_err());
    }

    #[test]
    fn folding_ignores_case_and_diacritics() {
        assert_eq!(fold("Ångström"), fold("angstrom"));
        assert_eq!(fold("ÉCOLE"), "ecole");
        assert_eq!(fold("日本"), "日本");
    }

    #[test]
    fn keys_to_match_by_have_no_case_and_no_spaces() {
        assert_eq!(match_key(" Acme \t Inc. "), "acmeinc.");
        assert_eq!(match_key(" Śnieżka\u{a0}SA "), "śnieżkasa");
        for text in [" Acme \t Inc. ", " Śnieżka\u{a0}SA ", "İI", ""] {
            assert!(has_key(text, &match_key(text)), "{text:?}");
            assert!(!has_key(text, "acme"), "{text:?}");
        }
    }

    #[test]
    fn counts_are_grouped_and_agree_with_their_noun() {
        let words = [0, 1, 999, 8_800, 1_234_567].map(|count| counted(count, "deal"));
        let want = [
            "0 deals",
            "1 deal",
            "999 deals",
            "8,800 deals",
            "1,234,567 deals",
        ];
        assert_eq!(words, want);
    }

    #[test]
    fn lines_survive_cleaning() {
        assert_eq!(
            clean_lines("a\r\nb\u{0}c\n\n", 10, "Notes").unwrap(),
            "a\nbc"
        );
    }
}
