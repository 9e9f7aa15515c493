//! Text as it is searched: lax, so that everyone finds what they can type.

use std::cell::RefCell;

use super::letters::{Answers, decomposed, is_mark, push, push_lower};

/// Letters that no decomposition takes apart, with what people type who don't
/// have them on their keyboard.
const LETTERS: &[(char, &str)] = &[
    ('ß', "ss"),
    ('æ', "ae"),
    ('ð', "d"),
    ('ø', "o"),
    ('þ', "th"),
    ('đ', "d"),
    ('ħ', "h"),
    ('ı', "i"),
    ('ĳ', "ij"),
    ('ĸ', "k"),
    ('ŀ', "l"),
    ('ł', "l"),
    ('ŉ', "n"),
    ('ŋ', "n"),
    ('œ', "oe"),
    ('ŧ', "t"),
    ('ſ', "s"),
    ('ƀ', "b"),
    ('ƒ', "f"),
    ('ƙ', "k"),
    ('ƶ', "z"),
    ('ǆ', "dz"),
    ('ǉ', "lj"),
    ('ǌ', "nj"),
    ('ǝ', "e"),
    ('ǥ', "g"),
    ('ǳ', "dz"),
    ('ɓ', "b"),
    ('ɔ', "o"),
    ('ɖ', "d"),
    ('ɗ', "d"),
    ('ə', "e"),
    ('ɛ', "e"),
    ('ɨ', "i"),
];

/// The text as it is searched: in lower case, without marks, and with letters
/// like ł and ß replaced by those that people type for them.
///
/// ```
/// # use pipewright::domain::value::text::fold;
/// assert_eq!(fold("  Łódź CAFÉ "), "lodz cafe");
/// assert_eq!(fold("Straße"), "strasse");
/// ```
pub fn fold(text: &str) -> String {
    let trimmed = text.trim();
    if trimmed.is_ascii() {
        return trimmed.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(trimmed.len());
    // Marks go, so it does not matter in which order they would stand, and
    // each letter is folded by itself.
    for letter in trimmed.chars() {
        push(letter, &mut folded, &FOLDED, fold_letter);
    }
    // A blank beside a mark stands at an end once that is gone.
    match folded.trim() {
        whole if whole.len() == folded.len() => folded,
        trimmed => trimmed.to_owned(),
    }
}

thread_local! {
    static FOLDED: Answers = RefCell::default();
}

fn fold_letter(letter: char) -> String {
    let mut lower = String::new();
    for part in decomposed(letter).chars().filter(|part| !is_mark(*part)) {
        push_lower(part, &mut lower);
    }
    let mut folded = String::new();
    for letter in lower.chars() {
        let plain = LETTERS.binary_search_by_key(&letter, |(from, _)| *from);
        match plain.ok().and_then(|at| LETTERS.get(at)) {
            Some((_, plain)) => folded.push_str(plain),
            // The lower case of İ is an i and a combining dot.
            None if is_mark(letter) => {}
            None => folded.push(letter),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_ignores_case_marks_and_what_sets_letters_apart() {
        for (text, typed) in [
            ("Ångström", "angstrom"),
            ("ÉCOLE", "ecole"),
            ("日本", "日本"),
            ("Łódź", "lodz"),
            ("Große Straße, STRAẞE", "grosse strasse, strasse"),
            ("ışık IŞIK İstanbul", "isik isik istanbul"),
            ("Ærø Đorđe Œuvre Ħaż", "aero dorde oeuvre haz"),
            ("Þingvellir Ðanmörk", "thingvellir danmork"),
            ("ΟΔΟΣ οδος οδός", "οδοσ οδοσ οδοσ"),
            ("パス バス", "ハス ハス"),
        ] {
            assert_eq!(fold(text), typed, "{text}");
            assert_eq!(fold(&fold(text)), fold(text), "{text}");
        }
    }

    #[test]
    fn a_blank_beside_a_mark_is_no_part_of_what_is_searched() {
        assert_eq!(fold("a\u{2000}\u{897}"), "a");
        assert_eq!(fold("\u{301} a"), "a");
    }

    proptest::proptest! {
        #[test]
        fn a_letter_at_a_time_is_the_whole_text(text in "(\\PC|[a-zÀ-ɏḀ-ỿ가-힣\u{300}-\u{345}]){0,12}") {
            use unicode_normalization::UnicodeNormalization;
            let bare: String = text.trim().nfd().filter(|c| !is_mark(*c)).collect();
            proptest::prop_assert_eq!(fold(&text), fold(&bare));
            proptest::prop_assert!(!fold(&text).contains(is_mark));
        }
    }

    #[test]
    fn the_letters_are_in_order() {
        assert!(LETTERS.is_sorted_by(|a, b| a.0 < b.0));
    }
}
