//! Words that stand for nothing: `-`, `N/A`, `TBD`, `null`.

use std::sync::LazyLock;

use super::lexicon::{self, STATUSES};
use crate::domain::text::fold;

/// The words, folded.
static WORDS: LazyLock<Vec<String>> =
    LazyLock::new(|| lexicon::phrases(STATUSES, "nothing").map(fold).collect());

/// More characters than any of the words has.
const LONGEST: usize = 32;

/// Whether a text stands for nothing; an empty one does.
///
/// ```
/// use pipewright::codec::csv::is_nothing;
/// assert!(is_nothing("N/A") && is_nothing(" – ") && is_nothing(""));
/// assert!(!is_nothing("Nadia"));
/// ```
pub fn is_nothing(text: &str) -> bool {
    let text = text.trim();
    // Nearly every text is told apart by its length or its first letter.
    if text.len() > LONGEST {
        return false;
    }
    let is_mark = |c: char| matches!(c, '-' | '–' | '—' | '.' | '?' | '…' | '_' | '/');
    if text.chars().all(is_mark) {
        return true;
    }
    let initial = text.chars().next().map(|c| c.to_ascii_lowercase());
    let may_be = |word: &&String| {
        word.len() >= text.len() / 2 && {
            let first = word.chars().next();
            first == initial || initial.is_some_and(|initial| !initial.is_ascii())
        }
    };
    let mut candidates = WORDS.iter().filter(may_be).peekable();
    if candidates.peek().is_none() {
        return false;
    }
    let folded = fold(text);
    candidates.any(|word| *word == folded)
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
