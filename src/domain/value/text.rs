//! Names: what they are, and when two are the same (§11.1).

pub mod letters;
mod search;
mod visible;

pub use super::name::Name;
use letters::{composed, push_lower};
pub use search::fold;
pub use visible::is_seen;
use visible::is_visible;

use crate::domain::value::error::DomainError;
use crate::domain::value::field::FieldName;

/// The longest name of a process, stage, sub-stage or list entry, in characters.
pub const MAX_NAME: usize = 80;
/// The longest name of a deal or customer, in characters.
pub const MAX_TITLE: usize = 200;
/// The longest notes, in characters.
pub const MAX_NOTES: usize = 10_000;
/// The longest note of a tick and comment of a closing, in characters.
pub const MAX_NOTE: usize = 1_000;
/// The longest noted entry, in characters.
pub const MAX_NOTED: usize = 5_000;

impl Name {
    /// A name of 1 to 80 characters.
    ///
    /// # Errors
    /// An empty or too long text; `what` is the field that it tells.
    pub fn new(text: &str, what: FieldName) -> Result<Self, DomainError> {
        Self::up_to(text, MAX_NAME, what)
    }

    /// A name of 1 to 200 characters, for deals and customers.
    ///
    /// # Errors
    /// An empty or too long text; `what` is the field that it tells.
    pub fn title(text: &str, what: FieldName) -> Result<Self, DomainError> {
        Self::up_to(text, MAX_TITLE, what)
    }

    /// A name made from any text: cut to `most` characters, `otherwise` when
    /// nothing is left.
    pub fn clamped(text: &str, most: usize, otherwise: &str) -> Self {
        let clean = clean(text);
        let cut: String = clean.chars().take(most).collect();
        let kept = cut.trim();
        Self((if is_visible(kept) { kept } else { otherwise }).into())
    }

    /// What it is compared by: its [`name_key`].
    pub fn key(&self) -> String {
        lower(&self.0)
    }

    /// Whether its key is this one. The key itself is not made for that: of
    /// thousands of names most differ in the first letters.
    pub fn has_key(&self, key: &str) -> bool {
        let plain = self.0.bytes().take_while(u8::is_ascii).count();
        if plain == self.0.len() {
            return self.0.eq_ignore_ascii_case(key);
        }
        // The last of the plain letters may be composed with what follows it.
        let start = ..plain.saturating_sub(1);
        let is_alike = match (self.0.get(start), key.get(start)) {
            (Some(start), Some(wanted)) => start.eq_ignore_ascii_case(wanted),
            _ => false,
        };
        is_alike && self.key() == key
    }

    fn up_to(text: &str, most: usize, what: FieldName) -> Result<Self, DomainError> {
        let clean = clean(text);
        if !is_visible(&clean) {
            Err(DomainError::Empty { what })
        } else if clean.chars().count() > most {
            Err(DomainError::TooLong { what, most })
        } else {
            Ok(Self(clean.into()))
        }
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
        // Nearly every text that comes here was written by a name, so there is
        // nothing to clean.
        if is_plain(text) {
            Ok(Self(text.into()))
        } else {
            // Earlier versions took names of invisible characters. They are
            // refused where they are typed; but a stored record that has one
            // must not be lost for it.
            match Self::title(text, FieldName::AnyName) {
                Err(DomainError::Empty { .. }) if !clean(text).is_empty() => {
                    Ok(Self("Unnamed".into()))
                }
                read => read,
            }
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
/// one space, the ends trimmed; letters and their marks composed.
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
    composed(out)
}

/// What names are compared by: two texts name the same thing when their keys
/// are equal. Case, runs of spaces, and how letters are composed of marks make
/// no difference; the marks themselves do.
///
/// ```
/// # use pipewright::domain::value::text::name_key;
/// assert_eq!(name_key(" Cafe\u{301}  NOIR "), name_key("café noir"));
/// assert_ne!(name_key("Müller"), name_key("Muller"));
/// ```
pub fn name_key(text: &str) -> String {
    lower(&clean(text))
}

/// A clean text in lower case. The lower case of İ is an i and a dot, which
/// are composed again.
fn lower(clean: &str) -> String {
    let mut lower = String::with_capacity(clean.len());
    for letter in clean.chars() {
        push_lower(letter, &mut lower);
    }
    composed(lower)
}

/// Text of several lines: line ends made equal, other control characters left
/// out, the end trimmed.
pub fn tidy(text: &str) -> String {
    let unix = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut kept: String = unix
        .chars()
        .filter(|c| *c == '\n' || *c == '\t' || !c.is_control())
        .collect();
    kept.truncate(kept.trim_end().len());
    kept
}

/// The same of a text that was typed.
///
/// # Errors
/// More than `most` characters; `what` is the field that it tells.
pub fn clean_lines(text: &str, most: usize, what: FieldName) -> Result<String, DomainError> {
    let tidy = tidy(text);
    if tidy.chars().count() > most {
        return Err(DomainError::TooLong { what, most });
    }
    Ok(tidy)
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
            Name::new("  Offer \t inquiry ", FieldName::AnyName)
                .unwrap()
                .as_str(),
            "Offer inquiry"
        );
        assert!(Name::new(&"é".repeat(80), FieldName::AnyName).is_ok());
        assert!(Name::new(&"é".repeat(81), FieldName::AnyName).is_err());
        assert!(Name::new(" \n ", FieldName::AnyName).is_err());
    }

    #[test]
    fn a_name_that_is_read_again_is_cleaned_like_any_text() {
        let long = "x".repeat(MAX_TITLE);
        for text in [
            "a", "a b", " a", "a ", "a  b", "", " ", "\u{7f}", "a\tb", "é  é", "é", "e\u{301}",
            &long,
        ] {
            let want = Name::title(text, FieldName::AnyName);
            assert_eq!(Name::try_from(text), want, "{text:?}");
            assert_eq!(Name::try_from(text.to_owned()), want, "{text:?}");
        }
        assert!(Name::try_from(long + "x").is_err());
    }

    #[test]
    fn names_are_the_same_without_regard_to_case_spaces_and_composition() {
        for (a, b) in [
            ("Café Noir", " CAFE\u{301} \u{a0} noir "),
            ("Śnieżka SA", "śnieżka\tsa"),
            ("ΟΔΟΣ", "οδος"),
            ("İstanbul", "i\u{307}stanbul"),
            ("STRAẞE", "straße"),
            ("Å", "\u{212b}"),
        ] {
            let name = Name::new(a, FieldName::AnyName).unwrap();
            assert_eq!(name_key(a), name_key(b), "{a} {b}");
            assert_eq!(name.key(), name_key(b), "{a} {b}");
            assert!(name.has_key(&name_key(b)), "{a} {b}");
        }
    }

    #[test]
    fn marks_and_the_place_of_spaces_distinguish_names() {
        for (a, b) in [
            ("Müller", "Muller"),
            ("バス", "パス"),
            ("Acme Inc", "AcmeInc"),
            ("Łoś", "Los"),
            ("Straße", "Strasse"),
            ("Işık", "Isik"),
            ("a", "ab"),
        ] {
            let name = Name::new(a, FieldName::AnyName).unwrap();
            assert_ne!(name_key(a), name_key(b), "{a} {b}");
            assert!(!name.has_key(&name_key(b)), "{a} {b}");
            assert!(
                !Name::new(b, FieldName::AnyName)
                    .unwrap()
                    .has_key(&name_key(a)),
                "{a}"
            );
        }
    }

    #[test]
    fn a_name_with_nothing_to_see_is_refused_and_still_read_again() {
        let missing = Err(DomainError::Empty {
            what: FieldName::AnyName,
        });
        assert_eq!(Name::new("\u{200b}", FieldName::AnyName), missing);
        assert_eq!(Name::title(" \u{3164}\u{ad} ", FieldName::AnyName), missing);
        assert_eq!(Name::clamped("\u{feff}", 5, "Stage").as_str(), "Stage");
        assert_eq!(Name::try_from("\u{200b}").unwrap().as_str(), "Unnamed");
        assert!(Name::try_from(" ").is_err());
    }

    #[test]
    fn names_are_composed() {
        assert_eq!(
            Name::title("Cafe\u{301}", FieldName::AnyName)
                .unwrap()
                .as_str(),
            "Caf\u{e9}"
        );
        // The composed form is what is counted.
        assert!(Name::new(&"e\u{301}".repeat(80), FieldName::AnyName).is_ok());
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
            clean_lines("a\r\nb\u{0}c\n\n", 10, FieldName::NotesOfFile).unwrap(),
            "a\nbc"
        );
    }
}
