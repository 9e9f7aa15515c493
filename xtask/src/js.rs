//! Minified JavaScript as tokens: enough to tell its parts from one another.

use std::collections::HashMap;
use std::ops::Range;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A name or a key word.
    Word,
    /// A text, a number or a pattern.
    Value,
    /// Anything else, one character each.
    Mark,
}

#[derive(Debug, Clone, Copy)]
struct Token<'a> {
    kind: Kind,
    text: &'a str,
    at: usize,
}

/// A script as its tokens.
pub struct Code<'a> {
    script: &'a str,
    tokens: Vec<Token<'a>>,
    /// Where the bracket closes that opens at a place.
    closing: HashMap<usize, usize>,
}

/// Places of tokens.
pub type Part = Range<usize>;

impl<'a> Code<'a> {
    /// The tokens of a script; none where it is not of the kind that is
    /// understood here.
    pub fn read(script: &'a str) -> Option<Self> {
        let mut code = Self {
            script,
            tokens: Vec::new(),
            closing: HashMap::new(),
        };
        let mut open = Vec::new();
        // A slash behind `if (…)` begins a pattern, behind `(…)` it divides.
        let mut is_behind_condition = false;
        let mut at = 0;
        while let Some(first) = script.get(at..)?.chars().next() {
            let rest = script.get(at..)?;
            let last = code.tokens.last().copied();
            if first.is_whitespace() {
                at += first.len_utf8();
                continue;
            }
            if rest.starts_with("/*") {
                at += rest.find("*/")? + 2;
                continue;
            }
            let length = match first {
                '"' | '\'' => end_of_text(rest, first)?,
                '/' if begins_pattern(last, is_behind_condition) => end_of_pattern(rest)?,
                '0'..='9' => length_of(rest, |c| c.is_alphanumeric() || c == '.'),
                _ if is_of_word(first) => length_of(rest, is_of_word),
                _ if first.is_ascii() && first != '`' => 1,
                _ => return None,
            };
            let kind = match first {
                _ if is_of_word(first) && !first.is_ascii_digit() => Kind::Word,
                _ if length > 1 || first.is_ascii_digit() => Kind::Value,
                _ => Kind::Mark,
            };
            let place = code.tokens.len();
            match first {
                '(' | '[' | '{' if kind == Kind::Mark => {
                    let is_condition = last
                        .is_some_and(|last| matches!(last.text, "if" | "while" | "for" | "with"));
                    open.push((place, is_condition));
                }
                ')' | ']' | '}' if kind == Kind::Mark => {
                    let (begin, is_condition) = open.pop()?;
                    code.closing.insert(begin, place);
                    is_behind_condition = is_condition;
                }
                _ => {}
            }
            let text = rest.get(..length)?;
            code.tokens.push(Token { kind, text, at });
            at += length;
        }
        open.is_empty().then_some(code)
    }

    /// The script without the spaces that it can do without. One that leaves it
    /// to the ends of lines where its statements end must not be given.
    pub fn close_up(&self) -> String {
        let mut all = String::new();
        for token in &self.tokens {
            let needs_space = match (all.chars().next_back(), token.text.chars().next()) {
                (Some(last), Some(next)) => {
                    is_of_word(last) && is_of_word(next)
                        || last == next && matches!(next, '+' | '-' | '/') && self.is_apart(token)
                }
                _ => false,
            };
            if needs_space {
                all.push(' ');
            }
            all.push_str(token.text);
        }
        all
    }

    /// Whether something stands between a token and the one before it.
    fn is_apart(&self, token: &Token<'_>) -> bool {
        let before = self.script.get(..token.at).unwrap_or_default();
        before.ends_with(char::is_whitespace)
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// A token; empty beyond the last.
    pub fn token(&self, place: usize) -> &'a str {
        self.tokens.get(place).map_or("", |token| token.text)
    }

    /// Where the bracket closes that opens at a place.
    pub fn closing(&self, place: usize) -> Option<usize> {
        self.closing.get(&place).copied()
    }

    /// The script from the beginning of a token to the beginning of another.
    pub fn text(&self, part: &Part) -> &'a str {
        let at = |place: usize| {
            let token = self.tokens.get(place);
            token.map_or(self.script.len(), |token| token.at)
        };
        self.script
            .get(at(part.start)..at(part.end))
            .unwrap_or_default()
            .trim_end()
    }

    /// The script before a token.
    pub fn before(&self, place: usize) -> &'a str {
        let token = self.tokens.get(place);
        let end = token.map_or(self.script.len(), |token| token.at);
        self.script.get(..end).unwrap_or_default()
    }

    /// Whether these tokens stand at a place.
    pub fn stands(&self, place: usize, tokens: &[&str]) -> bool {
        let mut wanted = tokens.iter().zip(place..);
        wanted.all(|(wanted, place)| self.token(place) == *wanted)
    }

    /// The place of the first of these marks from a place on that is in no
    /// bracket which opens behind it, or the end.
    pub fn find(&self, marks: &[&str], from: usize, end: usize) -> usize {
        let mut place = from;
        while place < end && !marks.contains(&self.token(place)) {
            place = self.closing(place).unwrap_or(place) + 1;
        }
        place.min(end)
    }

    /// The parts of a list, which commas part.
    pub fn list(&self, part: &Part) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut start = part.start;
        while start < part.end {
            let end = self.find(&[","], start, part.end);
            parts.push(start..end);
            start = end + 1;
        }
        parts
    }

    /// The names that a part takes from what is around it, and some that it
    /// has of its own; never those of members.
    pub fn names(&self, part: &Part) -> impl Iterator<Item = &'a str> {
        part.clone().filter_map(|place| {
            let token = self.tokens.get(place)?;
            let before = place.checked_sub(1).map_or("", |before| self.token(before));
            let is_key = matches!(before, "{" | ",") && self.token(place + 1) == ":";
            (token.kind == Kind::Word && before != "." && !is_key).then_some(token.text)
        })
    }
}

fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '$')
}

fn length_of(text: &str, is_part: impl Fn(char) -> bool) -> usize {
    text.find(|letter| !is_part(letter)).unwrap_or(text.len())
}

fn end_of_text(text: &str, quote: char) -> Option<usize> {
    let mut letters = text.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => drop(letters.next()),
            _ if letter == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

fn end_of_pattern(text: &str) -> Option<usize> {
    let mut letters = text.char_indices().skip(1);
    let mut is_in_class = false;
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => drop(letters.next()),
            '[' => is_in_class = true,
            ']' => is_in_class = false,
            '/' if !is_in_class => {
                return Some(at + 1 + length_of(text.get(at + 1..)?, is_of_word));
            }
            _ => {}
        }
    }
    None
}

/// Whether a slash behind this token begins a pattern, rather than to divide.
/// Nobody divides what ends with a brace.
fn begins_pattern(last: Option<Token<'_>>, is_behind_condition: bool) -> bool {
    let Some(last) = last else {
        return true;
    };
    match last.kind {
        Kind::Value => false,
        Kind::Word => matches!(
            last.text,
            "return"
                | "typeof"
                | "case"
                | "in"
                | "of"
                | "delete"
                | "void"
                | "throw"
                | "else"
                | "do"
        ),
        Kind::Mark => match last.text {
            ")" => is_behind_condition,
            "]" => false,
            _ => true,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(script: &str) -> Vec<&str> {
        let code = Code::read(script).unwrap();
        code.tokens.iter().map(|token| token.text).collect()
    }

    #[test]
    fn a_slash_divides_or_begins_a_pattern() {
        assert_eq!(read("a/b/c"), ["a", "/", "b", "/", "c"]);
        assert_eq!(read("(a)/b"), ["(", "a", ")", "/", "b"]);
        assert_eq!(read("if(a)/[/]\"/g.test(b)")[4], "/[/]\"/g");
        assert_eq!(read("a=/\\//"), ["a", "=", "/\\//"]);
        assert_eq!(read("{}/}/.x")[2], "/}/");
    }

    #[test]
    fn only_spaces_that_change_nothing_go() {
        for (script, closed_up) in [
            ("var a = 1 ; return \"a  b\" ;", "var a=1;return\"a  b\";"),
            ("a + +b - -1; c++ + d", "a+ +b- -1;c++ +d"),
            ("a / /b c/.d; x in y", "a/ /b c/.d;x in y"),
            ("typeof a === 'b' && ! c", "typeof a==='b'&&!c"),
        ] {
            assert_eq!(Code::read(script).unwrap().close_up(), closed_up);
        }
    }

    #[test]
    fn texts_and_comments_hold_nothing() {
        assert_eq!(
            read("a/* ( */=\"}\\\"\"+'['"),
            ["a", "=", "\"}\\\"\"", "+", "'['"]
        );
        for broken in ["(", "]", "\"a", "`a`", "/* a"] {
            assert!(Code::read(broken).is_none(), "{broken}");
        }
    }

    #[test]
    fn names_are_told_from_members_and_keys() {
        let code = Code::read("a.b({c:d,e:f})?g:h").unwrap();
        let names: Vec<_> = code.names(&(0..code.len())).collect();
        assert_eq!(names, ["a", "d", "f", "g", "h"]);
    }
}
