//! Whether there is anything to see in a text.

use super::letters::is_among;

/// Characters that can't be seen: those that only format a text or are ignored
/// where it is shown (Unicode's Cf and default ignorable code points), and
/// letters that are blank. As ranges, each with its first and last, in order.
const UNSEEN: &[(char, char)] = &[
    ('\u{ad}', '\u{ad}'),
    ('\u{34f}', '\u{34f}'),
    ('\u{600}', '\u{605}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{6dd}', '\u{6dd}'),
    ('\u{70f}', '\u{70f}'),
    ('\u{115f}', '\u{1160}'),
    ('\u{17b4}', '\u{17b5}'),
    ('\u{180b}', '\u{180f}'),
    ('\u{200b}', '\u{200f}'),
    ('\u{202a}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    // Braille without a dot.
    ('\u{2800}', '\u{2800}'),
    // The fillers of Hangul.
    ('\u{3164}', '\u{3164}'),
    ('\u{fe00}', '\u{fe0f}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{ffa0}', '\u{ffa0}'),
    ('\u{fff0}', '\u{fffb}'),
    ('\u{1bca0}', '\u{1bca3}'),
    ('\u{1d159}', '\u{1d159}'),
    ('\u{1d173}', '\u{1d17a}'),
    ('\u{e0000}', '\u{e0fff}'),
];

/// Whether anything of the text can be seen.
pub fn is_visible(text: &str) -> bool {
    text.chars().any(is_seen)
}

/// Whether a character takes any ink.
pub fn is_seen(c: char) -> bool {
    !c.is_whitespace() && !c.is_control() && !is_among(UNSEEN, c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_no_ink_is_not_seen() {
        for unseen in [
            "",
            " ",
            "\u{200b}",
            "\u{feff}",
            "\u{2060}",
            "\u{ad}",
            "\u{3164}",
            "\u{2800}",
            "\u{115f}",
            "\u{ffa0}",
            "\u{200d}\u{200e} \u{a0}",
            "\u{3000}",
            "\u{e0020}",
        ] {
            assert!(!is_visible(unseen), "{unseen:?}");
        }
        for seen in [
            "a",
            ".",
            "\u{200b}a",
            "日",
            "☎\u{fe0f}",
            "ㅎ",
            "\u{2801}",
            "👩\u{200d}💻",
        ] {
            assert!(is_visible(seen), "{seen:?}");
        }
    }

    #[test]
    fn the_ranges_are_in_order() {
        assert!(UNSEEN.iter().all(|(first, last)| first <= last));
        assert!(UNSEEN.is_sorted_by(|a, b| a.1 < b.0));
    }
}
