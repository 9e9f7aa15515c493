//! Words that stand for nothing: `-`, `N/A`, `TBD`, `null`.

use std::sync::LazyLock;

use super::lexicon::{self, STATUSES};
use crate::domain::value::text::fold;

/// The words, folded.
static WORDS: LazyLock<Vec<String>> =
    LazyLock::new(|| lexicon::phrases(STATUSES, "nothing").map(fold).collect());

/// Which ASCII characters begin a word of a length in bytes, a bit for each.
static BEGINNINGS: LazyLock<[u128; LONGEST + 1]> = LazyLock::new(|| {
    let mut beginnings = [0; LONGEST + 1];
    for word in WORDS.iter() {
        if let (Some(first), Some(letters)) = (word.bytes().next(), beginnings.get_mut(word.len()))
        {
            *letters |= 1 << (first & 0x7f);
        }
    }
    beginnings
});

/// No word is longer, in bytes.
const LONGEST: usize = 24;

/// Whether a text stands for nothing; an empty one does.
///
/// ```
/// use pipewright::codec::csv::is_nothing;
/// assert!(is_nothing("N/A") && is_nothing(" – ") && is_nothing(""));
/// assert!(!is_nothing("Nadia"));
/// ```
pub fn is_nothing(text: &str) -> bool {
    let text = text.trim();
    let Some(first) = text.chars().next() else {
        return true;
    };
    // A file has millions of cells, and nearly each is told apart by its
    // length and its first letter.
    if text.len() > LONGEST {
        return false;
    }
    let is_mark = |c: char| matches!(c, '-' | '–' | '—' | '.' | '?' | '…' | '_' | '/');
    if is_mark(first) && text.chars().all(is_mark) {
        return true;
    }
    let may_be = if text.is_ascii() {
        let letters = BEGINNINGS.get(text.len()).copied().unwrap_or_default();
        letters & (1 << u32::from(first.to_ascii_lowercase())) != 0
    } else {
        let mut lower = first.to_lowercase();
        let lower = lower.next().unwrap_or(first);
        WORDS.iter().any(|word| word.starts_with(lower))
    };
    may_be && {
        let folded = fold(text);
        WORDS.contains(&folded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_nothing_are_known_and_names_are_not_among_them() {
        for text in [
            "",
            " ",
            "-",
            "--",
            "—",
            "N/A",
            "n/a",
            "NULL",
            "tbd",
            "(blank)",
            "#N/A",
            "brak",
            "?",
            "нет данных",
            "Není",
            "-None-",
        ] {
            assert!(is_nothing(text), "{text:?}");
        }
        for text in ["Nadia", "0", "no", "T", "N", "-5", "a.", "Null & Co"] {
            assert!(!is_nothing(text), "{text:?}");
        }
    }
}
