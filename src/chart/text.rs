//! Names on a canvas, shown as they were typed.

use crate::domain::value::text::letters::is_mark;

/// How many characters of a name stand in one line of a tooltip.
const LINE: usize = 44;

/// The text as ECharts shows it letter by letter. Its templates (`{b}`) and
/// its rich text (`{style|text}`) begin with a brace right before a word; an
/// invisible word joiner after each brace keeps any name from being either.
///
/// ```
/// assert_eq!(pipewright::chart::text::literal("{b}"), "{\u{2060}b}");
/// ```
pub fn literal(text: &str) -> String {
    text.replace('{', "{\u{2060}")
}

/// About how wide a text is in the size of labels, 12 pixels.
pub fn width_px(text: &str) -> i64 {
    // Letters of Chinese, Japanese and Korean are as wide as high.
    let width = |letter: char| if letter < '\u{2e80}' { 7 } else { 12 };
    text.chars().map(width).sum()
}

/// The text in lines of at most 44 characters, broken at spaces where there
/// are any: a tooltip drawn on a canvas does not wrap by itself.
pub fn wrapped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut used = 0;
    for word in text.split_inclusive(' ') {
        let length = word.trim_end().chars().count();
        if used > 0 && used + length > LINE {
            trim_end(&mut out);
            out.push('\n');
            used = 0;
        }
        for letter in word.chars() {
            if used >= LINE && letter != ' ' && !belongs_to_previous(letter, &out) {
                out.push('\n');
                used = 0;
            }
            out.push(letter);
            used += 1;
        }
    }
    out
}

fn trim_end(text: &mut String) {
    text.truncate(text.trim_end_matches(' ').len());
}

/// A mark, a joiner or what a joiner joins: one sign with what stands before it.
fn belongs_to_previous(letter: char, before: &str) -> bool {
    const JOINER: char = '\u{200d}';
    letter == JOINER
        || before.ends_with(JOINER)
        || matches!(letter, '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}')
        || is_mark(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_left_a_template_or_rich_text() {
        for name in ["{b}", "{c|x}", "{a0}{{b}}", "x} {c|y"] {
            let shown = literal(name);
            assert_eq!(shown.replace('\u{2060}', ""), name);
            assert!(!shown.contains("{b") && !shown.contains("{c") && !shown.contains("{a"));
        }
        assert_eq!(literal("<img src=x>"), "<img src=x>");
    }

    #[test]
    fn long_names_wrap_without_loss() {
        let name = "a name of many words that goes on and on until it has eighty characters in it";
        let lines = wrapped(name);
        assert!(lines.lines().count() > 1 && lines.lines().all(|line| line.chars().count() <= 44));
        assert_eq!(lines.replace('\n', " "), name);
        let word = "x".repeat(80);
        assert_eq!(wrapped(&word).replace('\n', ""), word);
        assert!(wrapped(&word).lines().all(|line| line.len() <= 44));
    }

    #[test]
    fn an_emoji_of_several_characters_stays_whole() {
        let family = "👩\u{200d}👩\u{200d}👧";
        let name = format!("{}{family}{family}", "x".repeat(43));
        assert!(
            wrapped(&name).lines().any(|line| line.ends_with(family)),
            "{:?}",
            wrapped(&name)
        );
        assert_eq!(wrapped(&name).matches(family).count(), 2);
    }
}
