//! Web and mail addresses in what people write.
//!
//! A text is cut into pieces, and some of them are addresses. What an address
//! leads to begins with `http://`, `https://` or `mailto:` and nothing else,
//! so a text never brings the page to run anything.

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words.
    Text(&'a str),
    /// An address: as it was written, and what it leads to.
    Link(&'a str, String),
}

/// What ends an address: blanks, quotes, marks that no address has, and marks
/// of direction, which would show another address than the one it leads to.
fn ends(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(
            c,
            '<' | '>' | '"' | '`' | '|' | '\\' | '^' | '«' | '»' | '“' | '”' | '„' | '‹' | '›'
                | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}'
                | '\u{3000}'..='\u{303f}' | '！' | '（' | '）' | '，' | '：' | '；' | '？' | '［' | '］'
        )
}

/// Cuts a text into words and addresses; put together again, the pieces are
/// the text.
///
/// ```
/// use pipewright::domain::value::links::{Piece, pieces};
///
/// let found = pieces("See www.oak.example.");
/// let link = Piece::Link("www.oak.example", "https://www.oak.example".to_owned());
/// assert_eq!(found, [Piece::Text("See "), link, Piece::Text(".")]);
/// ```
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut all = Vec::new();
    let mut rest = text;
    while let Some((before, link, href, after)) = next(rest) {
        if !before.is_empty() {
            all.push(Piece::Text(before));
        }
        all.push(Piece::Link(link, href));
        rest = after;
    }
    if !rest.is_empty() {
        all.push(Piece::Text(rest));
    }
    all
}

/// What a telephone number leads to; none where the text is anything else, so
/// that no code or word that is typed there is dialled.
///
/// ```
/// use pipewright::domain::value::links::telephone;
///
/// assert_eq!(telephone("+48 (22) 555-01.00").as_deref(), Some("tel:+48225550100"));
/// assert_eq!(telephone("*#06#"), None);
/// ```
pub fn telephone(text: &str) -> Option<String> {
    let text = text.trim();
    let (plus, rest) = match text.strip_prefix('+') {
        Some(rest) => ("+", rest),
        None => ("", text),
    };
    let is_mark = |c: char| c.is_whitespace() || "()-./".contains(c);
    let digits: String = rest.chars().filter(|c| !is_mark(*c)).collect();
    let is_number = digits.len() > 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| format!("tel:{plus}{digits}"))
}

/// The first address: what stands before it, itself, where it leads to, and
/// what stands behind it.
fn next(text: &str) -> Option<(&str, &str, String, &str)> {
    let mut from = 0;
    for word in text.split_inclusive(ends) {
        let at = from;
        from += word.len();
        let word = word.trim_end_matches(ends);
        let Some((start, link, href)) = web(word).or_else(|| mail(word)) else {
            continue;
        };
        let (before, found) = text.split_at_checked(at + start)?;
        let after = found.get(link.len()..)?;
        return Some((before, link, href, after));
    }
    None
}

/// What a web address begins with, and what is put before one that lacks it.
const BEGINNINGS: [(&str, &str); 3] = [("https://", ""), ("http://", ""), ("www.", "https://")];

/// The web address in a word: where it starts, itself, where it leads to.
fn web(word: &str) -> Option<(usize, &str, String)> {
    let small = word.to_ascii_lowercase();
    let begins = |(beginning, scheme): (&'static str, &'static str)| {
        let start = small.find(beginning)?;
        Some((start, beginning, scheme))
    };
    let first = BEGINNINGS.into_iter().filter_map(begins);
    let (start, beginning, scheme) = first.min_by_key(|(start, ..)| *start)?;
    let (before, link) = word.split_at_checked(start)?;
    if before.ends_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let link = trimmed(link);
    let address = link.get(beginning.len()..)?;
    let host = if scheme.is_empty() { address } else { link };
    let host = host.split(['/', '?', '#']).next()?;
    if !is_host(host) {
        return None;
    }
    let beginning = if scheme.is_empty() {
        beginning.to_owned()
    } else {
        format!("{scheme}{beginning}")
    };
    Some((start, link, format!("{beginning}{address}")))
}

/// The mail address that a word is, without what stands around it.
fn mail(word: &str) -> Option<(usize, &str, String)> {
    let begins = |c: char| c.is_alphanumeric();
    let start = word.find(begins)?;
    let (_, link) = word.split_at_checked(start)?;
    let (start, link) = match link.get(..7) {
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => (start + 7, link.get(7..)?),
        _ => (start, link),
    };
    let link = trimmed(link);
    let (name, host) = link.split_once('@')?;
    let is_name = |c: char| c.is_alphanumeric() || "._%+-'".contains(c);
    let is_one = !name.is_empty() && name.chars().all(is_name);
    let is_elsewhere = is_host(host) && host.contains('.') && !host.contains(':');
    (is_one && is_elsewhere).then(|| {
        (
            start,
            link,
            format!("mailto:{}", name_in_address(name, host)),
        )
    })
}

/// A percent sign in a name would be read as the start of a code.
fn name_in_address(name: &str, host: &str) -> String {
    format!("{}@{host}", name.replace('%', "%25"))
}

/// Whether a text is the name of a host, perhaps with a port. One with a name
/// of a person before it (`bank.example@other.example`) is none: it leads to
/// where people don't expect.
fn is_host(host: &str) -> bool {
    let (name, port) = host.split_once(':').unwrap_or((host, ""));
    let is_part = |part: &str| {
        !part.is_empty()
            && !part.starts_with('-')
            && part
                .chars()
                .all(|c| c.is_alphanumeric() || c == '-' || is_mark(c))
    };
    name.split('.').all(is_part) && port.len() <= 5 && port.bytes().all(|b| b.is_ascii_digit())
}

/// Marks of scripts that write vowels apart from their letters.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{dff}' | '\u{e31}'..='\u{e4e}')
}

/// Without the marks behind it that belong to the sentence, and brackets that
/// were opened before it.
fn trimmed(mut link: &str) -> &str {
    const PAIRS: [(char, char); 3] = [('(', ')'), ('[', ']'), ('{', '}')];
    while let Some(last) = link.chars().next_back() {
        let count = |mark: char| link.chars().filter(|c| *c == mark).count();
        let is_open = |(open, close): &(char, char)| *close == last && count(*open) < count(*close);
        let is_of_sentence = ".,;:!?'…’‘*_~".contains(last)
            || PAIRS.iter().any(is_open)
            || PAIRS.iter().any(|(open, _)| *open == last);
        if !is_of_sentence {
            break;
        }
        link = link.get(..link.len() - last.len_utf8()).unwrap_or_default();
    }
    link
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn links(text: &str) -> Vec<(String, String)> {
        let found = pieces(text).into_iter().filter_map(|piece| match piece {
            Piece::Link(text, href) => Some((text.to_owned(), href)),
            Piece::Text(_) => None,
        });
        found.collect()
    }

    #[track_caller]
    fn finds(text: &str, shown: &str, href: &str) {
        assert_eq!(links(text), [(shown.to_owned(), href.to_owned())], "{text}");
    }

    #[test]
    fn addresses_end_where_people_end_them() {
        for (text, link) in [
            ("https://oak.example", "https://oak.example"),
            ("See https://oak.example/a.", "https://oak.example/a"),
            ("(https://oak.example/a)", "https://oak.example/a"),
            (
                "https://oak.example/a_(b), then",
                "https://oak.example/a_(b)",
            ),
            (
                "[https://oak.example/?q=1&r=2#top]!",
                "https://oak.example/?q=1&r=2#top",
            ),
            ("\"https://oak.example/\"", "https://oak.example/"),
            ("«https://oak.example/»", "https://oak.example/"),
            ("<https://oak.example>", "https://oak.example"),
            ("https://oak.example:8080/a…", "https://oak.example:8080/a"),
            (
                "詳細は https://例え.example/頁。",
                "https://例え.example/頁",
            ),
            ("詳細はhttps://例え.example/頁、", "https://例え.example/頁"),
            (
                "https://müller.example/straße?",
                "https://müller.example/straße",
            ),
            ("http://localhost:8000/", "http://localhost:8000/"),
        ] {
            finds(text, link, link);
        }
        finds(
            "HTTPS://Oak.example",
            "HTTPS://Oak.example",
            "https://Oak.example",
        );
        finds(
            "at www.oak.example/a, b",
            "www.oak.example/a",
            "https://www.oak.example/a",
        );
    }

    #[test]
    fn mail_addresses_are_found() {
        for (text, link) in [
            ("ana@oak.example", "ana@oak.example"),
            ("Mail to <ana.b+c@oak.example>.", "ana.b+c@oak.example"),
            ("mailto:ana@oak.example", "ana@oak.example"),
            ("(jürgen@müller.example)", "jürgen@müller.example"),
        ] {
            finds(text, link, &format!("mailto:{link}"));
        }
        finds(
            "a%0d@oak.example",
            "a%0d@oak.example",
            "mailto:a%250d@oak.example",
        );
    }

    #[test]
    fn what_is_no_address_stays_text() {
        for text in [
            "javascript:alert(1)",
            "JavaScript://oak.example/%0aalert(1)",
            "data:text/html,<b>",
            "vbscript:x",
            "file:///etc",
            "https://",
            "https://.",
            "http:///x",
            "xhttps://oak.example",
            "www.",
            "https://bank.example@other.example/",
            "https://oak.example:port/",
            "@ana",
            "ana@",
            "ana@oak",
            "a@b@c.example",
            "3 @ 5.00",
            "<img src=x onerror=alert(1)>",
            "https://\u{202e}elpmaxe.kao",
        ] {
            assert_eq!(pieces(text), [Piece::Text(text)], "{text}");
        }
    }

    #[test]
    fn only_numbers_are_dialled() {
        for (text, href) in [
            ("0171 555 01 00", "tel:01715550100"),
            (" +1/555-0100 ", "tel:+15550100"),
            ("112", "tel:112"),
        ] {
            assert_eq!(telephone(text).as_deref(), Some(href), "{text}");
        }
        for text in [
            "",
            "+",
            "12",
            "*#06#",
            "5550100;ext=1",
            "555 0100 or 555 0101",
            "javascript:alert(1)",
            "1+1+1+1",
            "%2a%2306%23",
            "٥٥٥٠١٠٠",
        ] {
            assert_eq!(telephone(text), None, "{text}");
        }
    }

    #[test]
    fn marks_of_direction_are_no_part_of_an_address() {
        finds(
            "https://oak.example/\u{202e}gpj.exe",
            "https://oak.example/",
            "https://oak.example/",
        );
    }

    proptest! {
        #[test]
        fn pieces_are_the_text_and_lead_to_the_web_or_to_mail(
            text in "([a-z@:/. ()\\n\u{202e}あü]|https://|www\\.|mailto:|javascript:|data:){0,12}"
        ) {
            let mut whole = String::new();
            for piece in pieces(&text) {
                match piece {
                    Piece::Text(text) => whole.push_str(text),
                    Piece::Link(text, href) => {
                        let schemes = ["https://", "http://", "mailto:"];
                        prop_assert!(schemes.iter().any(|scheme| href.starts_with(scheme)));
                        prop_assert!(!href.chars().any(ends));
                        whole.push_str(text);
                    }
                }
            }
            prop_assert_eq!(whole, text);
        }
    }
}
