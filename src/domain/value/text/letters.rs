//! What Unicode knows of letters: how they are composed of marks, and their
//! case.
//!
//! Every browser has these tables, so the program brings none along for one:
//! [`ask`] says at the start who is asked instead. Most texts need no answer,
//! and of a letter that is not plain the answer is kept.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::OnceLock;
use std::thread::LocalKey;

/// Who knows the letters.
pub trait Unicode: Sync {
    /// The text with letters and their marks composed (NFC).
    fn composed(&self, text: &str) -> String;
    /// The letter and its marks, each for itself (NFD).
    fn decomposed(&self, letter: char) -> String;
    /// Whether it is a mark on the letter before it.
    fn is_mark(&self, letter: char) -> bool;
    /// The letter in lower case, whatever stands around it.
    fn lower(&self, letter: char) -> String;
    /// The letter in upper case.
    fn upper(&self, letter: char) -> String;
}

static ASKED: OnceLock<&'static dyn Unicode> = OnceLock::new();

/// Has this one asked from now on, where the program has no tables itself.
pub fn ask(unicode: &'static dyn Unicode) {
    // Who is asked first is asked always, so that answers agree.
    let _ = ASKED.set(unicode);
}

fn unicode() -> &'static dyn Unicode {
    ASKED.get().copied().unwrap_or(&Own)
}

/// What the program knows itself: everything, but in a browser.
struct Own;

#[cfg(not(target_arch = "wasm32"))]
impl Unicode for Own {
    fn composed(&self, text: &str) -> String {
        unicode_normalization::UnicodeNormalization::nfc(text).collect()
    }

    fn decomposed(&self, letter: char) -> String {
        let mut parts = String::new();
        unicode_normalization::char::decompose_canonical(letter, |part| parts.push(part));
        parts
    }

    fn is_mark(&self, letter: char) -> bool {
        unicode_normalization::char::is_combining_mark(letter)
    }

    fn lower(&self, letter: char) -> String {
        letter.to_lowercase().collect()
    }

    fn upper(&self, letter: char) -> String {
        letter.to_uppercase().collect()
    }
}

#[cfg(target_arch = "wasm32")]
impl Unicode for Own {
    fn composed(&self, text: &str) -> String {
        text.to_owned()
    }

    fn decomposed(&self, letter: char) -> String {
        letter.to_string()
    }

    fn is_mark(&self, _: char) -> bool {
        false
    }

    fn lower(&self, letter: char) -> String {
        letter.to_ascii_lowercase().to_string()
    }

    fn upper(&self, letter: char) -> String {
        letter.to_ascii_uppercase().to_string()
    }
}

/// Letters that are as composed as can be, whatever stands beside them, of the
/// scripts that most names are written in: of a text of these nobody is asked.
/// As ranges, each with its first and last, in order.
const COMPOSED: &[(char, char)] = &[
    ('\0', '\u{2ff}'),
    // Greek and Cyrillic.
    ('\u{388}', '\u{482}'),
    ('\u{48a}', '\u{52f}'),
    // Hebrew and Arabic, without their points.
    ('\u{5d0}', '\u{5ea}'),
    ('\u{620}', '\u{64a}'),
    ('\u{671}', '\u{6d3}'),
    // Devanagari and Thai, as far as marks keep their places.
    ('\u{904}', '\u{939}'),
    ('\u{e01}', '\u{e37}'),
    // Vietnamese, and what is printed between words.
    ('\u{1e00}', '\u{1eff}'),
    ('\u{2010}', '\u{205e}'),
    ('\u{20a0}', '\u{20bf}'),
    // Japanese, Chinese and Korean.
    ('\u{3041}', '\u{3096}'),
    ('\u{309d}', '\u{30ff}'),
    ('\u{4e00}', '\u{9fff}'),
    ('\u{ac00}', '\u{d7a3}'),
];

/// Whether a character is in one of these ranges.
pub(super) fn is_among(ranges: &[(char, char)], c: char) -> bool {
    let before = ranges.partition_point(|(first, _)| *first <= c);
    let range = before.checked_sub(1).and_then(|at| ranges.get(at));
    range.is_some_and(|(_, last)| c <= *last)
}

/// The text with letters and their marks composed.
pub fn composed(text: String) -> String {
    if text.chars().all(|letter| is_among(COMPOSED, letter)) {
        text
    } else {
        unicode().composed(&text)
    }
}

/// The letter and its marks, each for itself.
pub fn decomposed(letter: char) -> String {
    unicode().decomposed(letter)
}

/// Whether it is a mark on the letter before it.
pub fn is_mark(letter: char) -> bool {
    // There is none before these.
    letter >= '\u{300}' && unicode().is_mark(letter)
}

/// The letter in upper case.
pub fn upper(letter: char) -> String {
    if letter.is_ascii() {
        letter.to_ascii_uppercase().to_string()
    } else {
        unicode().upper(letter)
    }
}

/// What was answered of each letter.
pub(super) type Answers = RefCell<HashMap<char, Box<str>>>;

thread_local! {
    static LOWER: Answers = RefCell::default();
}

/// Adds a letter in lower case, whatever stands around it: the two forms of
/// small sigma count as one letter.
pub fn push_lower(letter: char, to: &mut String) {
    push(letter, to, &LOWER, |letter| {
        unicode().lower(letter).replace('ς', "σ")
    });
}

/// Adds what is answered of a letter; a plain one is its lower case.
pub(super) fn push(
    letter: char,
    to: &mut String,
    answers: &'static LocalKey<Answers>,
    answer: fn(char) -> String,
) {
    if letter.is_ascii() {
        to.push(letter.to_ascii_lowercase());
        return;
    }
    answers.with_borrow_mut(|known| {
        let known = known.entry(letter);
        to.push_str(known.or_insert_with(|| answer(letter).into()));
    });
}

#[cfg(test)]
mod tests {
    use unicode_normalization::char::canonical_combining_class;
    use unicode_normalization::{IsNormalized, is_nfc_quick};

    use super::*;

    #[test]
    fn what_nobody_is_asked_of_is_composed() {
        assert!(COMPOSED.is_sorted_by(|a, b| a.1 < b.0));
        for letter in COMPOSED.iter().flat_map(|(first, last)| *first..=*last) {
            let code = letter as u32;
            let is_composed = is_nfc_quick([letter].into_iter()) == IsNormalized::Yes;
            assert!(is_composed, "{code:x}");
            assert_eq!(canonical_combining_class(letter), 0, "{code:x}");
        }
        assert!(!('\0'..'\u{300}').any(|letter| Own.is_mark(letter)));
    }

    #[test]
    fn letters_are_answered_the_same_each_time() {
        let twice = |letter: char| {
            let mut lower = String::new();
            push_lower(letter, &mut lower);
            push_lower(letter, &mut lower);
            lower
        };
        assert_eq!(twice('A'), "aa");
        assert_eq!(twice('Ł'), "łł");
        assert_eq!(twice('ς'), "σσ");
        assert_eq!(twice('İ'), "i\u{307}i\u{307}");
        assert_eq!(upper('ß'), "SS");
        assert_eq!(composed("e\u{301}".to_owned()), "é");
    }
}
