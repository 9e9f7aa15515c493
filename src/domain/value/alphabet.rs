//! The order of names as the account's region has it (§11.2).
//!
//! Browsers know the order of every language, and asking them takes too long
//! to sort tens of thousands of names by. So they are asked for the order of
//! the letters that occur, once: of every name a key is made of the places of
//! its letters, and keys are compared byte by byte.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};

use crate::domain::value::order::{Gather, sort_by};
use crate::domain::value::text::letters::upper;
use crate::domain::value::text::{fold, name_key};

/// How a language orders texts.
pub trait Collation {
    /// Which of two texts comes first: by their letters, and then, with `marks`,
    /// by the marks on them. Case makes no difference.
    fn compare(&self, a: &str, b: &str, marks: bool) -> Ordering;
}

/// What gives the order of the language that a tag names; an empty one names
/// the visitor's own.
pub type Collate = fn(&str) -> Box<dyn Collation>;

/// Pairs of letters that some language sorts as one letter, as Czech does ch.
/// The collation is asked which of them are.
const DIGRAPHS: &str = "aa cs ch cz dd dh dj dz dž ff gy gj ie lj ll ly ng nj ny ph rh rr sh sz th \
                        ty xh zh zs għ";

/// Letters that some languages sort as two, such as ä as ae.
const SPELLED: &[(char, &str)] = &[
    ('Ä', "ae"),
    ('Æ', "ae"),
    ('Ö', "oe"),
    ('Ü', "ue"),
    ('Þ', "th"),
    ('ß', "ss"),
    ('ä', "ae"),
    ('æ', "ae"),
    ('ö', "oe"),
    ('ü', "ue"),
    ('þ', "th"),
    ('Ĳ', "ij"),
    ('ĳ', "ij"),
    ('Œ', "oe"),
    ('œ', "oe"),
    ('ẞ', "ss"),
];

/// A letter that comes after those of every Latin alphabet.
const AFTER_ALL: char = 'ʒ';

/// The place of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    /// Among the letters, from 1; 0 where it does not count as one.
    letter: u32,
    /// The place of the second letter that it is spelled with; 0 for none.
    second: u32,
    /// Among those that differ by their marks alone.
    mark: u32,
}

/// The letters of an account's names in the order of its region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alphabet {
    /// Those of plain text, by code, since most are.
    plain: Vec<Place>,
    others: HashMap<char, Place>,
    digraphs: HashMap<(char, char), Place>,
}

impl Alphabet {
    /// The alphabet of these letters, and of those of plain text.
    pub fn new(letters: &BTreeSet<char>, collation: &dyn Collation) -> Self {
        let mut all: BTreeSet<char> = (' '..='~').gather();
        all.extend(letters);
        let singles = all.iter().map(char::to_string);
        let digraphs = DIGRAPHS
            .split_whitespace()
            .flat_map(spellings)
            .filter(|pair| pair.chars().all(|c| all.contains(&c)))
            .filter(|pair| is_one_letter(pair, collation));
        let texts: Vec<String> = singles.chain(digraphs).collect();
        let places = places(texts, collation);
        let place = |text: &str| places.get(text).copied();
        let spelled = |c: char| {
            let at = SPELLED.binary_search_by_key(&c, |(from, _)| *from).ok()?;
            let (_, as_two) = SPELLED.get(at)?;
            let is_so = collation.compare(&c.to_string(), as_two, false) == Ordering::Equal;
            let mut two = as_two.chars().filter(|_| is_so);
            Some(Place {
                letter: place(&two.next()?.to_string())?.letter,
                second: place(&two.next()?.to_string())?.letter,
                mark: 1,
            })
        };
        let mut alphabet = Self {
            plain: Vec::new(),
            others: HashMap::new(),
            digraphs: HashMap::new(),
        };
        alphabet.plain.resize(128, NOWHERE);
        for (text, place) in &places {
            let mut letters = text.chars();
            match (letters.next(), letters.next()) {
                (Some(first), Some(second)) => {
                    alphabet.digraphs.insert((first, second), *place);
                }
                (Some(only), None) => {
                    let place = spelled(only).unwrap_or(*place);
                    match alphabet.plain.get_mut(only as usize) {
                        Some(plain) => *plain = place,
                        None => drop(alphabet.others.insert(only, place)),
                    }
                }
                _ => {}
            }
        }
        alphabet
    }

    /// Whether it has the place of every letter of a name.
    pub fn knows(&self, name: &str) -> bool {
        name.is_ascii() || name.chars().all(|c| self.place(c).is_some())
    }

    fn place(&self, c: char) -> Option<Place> {
        match self.plain.get(c as usize) {
            Some(place) => Some(*place).filter(|place| *place != NOWHERE),
            None => self.others.get(&c).copied(),
        }
    }

    /// What a name is sorted by: its letters, and then their marks. A letter
    /// that is not known comes last.
    pub fn key(&self, name: &str) -> Box<str> {
        let mut key = String::with_capacity(name.len());
        let mut marks = String::new();
        let mut letters = name.chars().peekable();
        let mut count = 0;
        while let Some(c) = letters.next() {
            let pair = (!self.digraphs.is_empty())
                .then(|| {
                    letters
                        .peek()
                        .and_then(|next| self.digraphs.get(&(c, *next)))
                })
                .flatten();
            if pair.is_some() {
                letters.next();
            }
            let Some(place) = pair.copied().or_else(|| self.place(c)) else {
                key.extend([char::MAX, c]);
                count += 1;
                continue;
            };
            for letter in [place.letter, place.second] {
                if letter != 0 {
                    key.push(digit(letter));
                }
            }
            if place.mark != 0 {
                // Letters without a mark are noted only before one with a mark.
                marks.extend(std::iter::repeat_n('\u{1}', count));
                marks.push(digit(place.mark + 1));
                count = 0;
            } else {
                count += 1;
            }
        }
        if !marks.is_empty() {
            key.push('\0');
            key.push_str(&marks);
        }
        key.into_boxed_str()
    }
}

/// The place of a code that is no letter of any name.
const NOWHERE: Place = Place {
    letter: 0,
    second: 0,
    mark: u32::MAX,
};

/// A number as a character, so that lesser ones have lesser bytes.
fn digit(number: u32) -> char {
    // There are no characters from D800 to DFFF.
    let code = if number < 0xD800 {
        number
    } else {
        number + 0x800
    };
    char::from_u32(code).unwrap_or(char::MAX)
}

/// A digraph in small letters, as a name begins, and in capitals.
fn spellings(pair: &str) -> [String; 3] {
    let capitals: String = pair.chars().map(upper).collect();
    let title = capitals.chars().take(1).chain(pair.chars().skip(1));
    [pair.to_owned(), title.collect(), capitals]
}

/// Whether the language sorts a pair as one letter: it then comes after
/// everything else that begins with the pair's first letter.
fn is_one_letter(pair: &str, collation: &dyn Collation) -> bool {
    let after: String = pair.chars().take(1).chain([AFTER_ALL]).collect();
    collation.compare(pair, &after, false) == Ordering::Greater
}

/// The place of each text among all of them.
fn places(mut texts: Vec<String>, collation: &dyn Collation) -> HashMap<String, Place> {
    sort_by(&mut texts, &|a, b| {
        collation.compare(a, b, true).then_with(|| a.cmp(b))
    });
    let mut places = HashMap::with_capacity(texts.len());
    let mut place = Place {
        letter: 0,
        second: 0,
        mark: 0,
    };
    // A text that is equal to the empty one is no letter, but a mark alone.
    let mut before = String::new();
    for text in texts {
        if collation.compare(&before, &text, false) != Ordering::Equal {
            place.letter += 1;
            place.mark = 0;
        } else if collation.compare(&before, &text, true) != Ordering::Equal {
            place.mark += 1;
        }
        places.insert(text.clone(), place);
        before = text;
    }
    places
}

/// An order for no language in particular: letters by their codes, each beside
/// those that differ from it by a mark alone.
pub struct Plain;

impl Plain {
    /// [`Plain`] for every language.
    pub fn collate(_: &str) -> Box<dyn Collation> {
        Box::new(Self)
    }
}

impl Collation for Plain {
    fn compare(&self, a: &str, b: &str, marks: bool) -> Ordering {
        // Blanks count, where folding trims them.
        let bare = |text: &str| {
            if text == " " {
                text.to_owned()
            } else {
                fold(text)
            }
        };
        let order = bare(a).cmp(&bare(b));
        if marks {
            order.then_with(|| name_key(a).cmp(&name_key(b)))
        } else {
            order
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An order by a line: letters after one another, `=` between those that
    /// differ by their marks alone. Case makes no difference.
    struct Line(Vec<Vec<String>>);

    impl Line {
        fn new(line: &str) -> Self {
            let letters = line.split_whitespace();
            let letters = letters.map(|same| same.split('=').map(str::to_owned).collect());
            Self(letters.collect())
        }

        /// The places of the letters of a text, digraphs first, and of its marks.
        fn places(&self, text: &str) -> (Vec<usize>, Vec<usize>) {
            let text: Vec<char> = text.to_lowercase().chars().collect();
            let (mut letters, mut marks) = (Vec::new(), Vec::new());
            let mut rest = text.as_slice();
            while !rest.is_empty() {
                let find = |count: usize| {
                    let start: String = rest.get(..count)?.iter().collect();
                    let all = self.0.iter().enumerate();
                    all.filter_map(|(at, same)| {
                        Some((at, same.iter().position(|other| *other == start)?, count))
                    })
                    .next()
                };
                let (letter, mark, count) =
                    find(2)
                        .or_else(|| find(1))
                        .unwrap_or((1_000 + rest[0] as usize, 0, 1));
                letters.push(letter);
                marks.push(mark);
                rest = &rest[count..];
            }
            (letters, marks)
        }
    }

    impl Collation for Line {
        fn compare(&self, a: &str, b: &str, marks: bool) -> Ordering {
            let (a, b) = (self.places(a), self.places(b));
            let order = a.0.cmp(&b.0);
            if marks {
                order.then_with(|| a.1.cmp(&b.1))
            } else {
                order
            }
        }
    }

    #[track_caller]
    fn check(collation: &dyn Collation, sorted: &[&str]) {
        let letters = sorted.iter().flat_map(|name| name.chars()).collect();
        let alphabet = Alphabet::new(&letters, collation);
        let mut names = sorted.to_vec();
        names.reverse();
        names.sort_by_key(|name| alphabet.key(name));
        assert_eq!(names, sorted);
    }

    const LATIN: &str = "a b c d e f g h i j k l m n o p q r s t u v w x y z ʒ";

    #[test]
    fn letters_have_the_place_that_the_region_gives_them() {
        let polish = LATIN.replace("l ", "l ł ").replace("z ", "z ź ż ");
        check(&Line::new(&polish), &["Lubo", "Łoś", "Mak", "zzz", "Żak"]);
        let swedish = format!("{LATIN} å ä ö");
        check(&Line::new(&swedish), &["Ask", "Zorn", "Åsa", "Ärla"]);
        let german = LATIN.replace("a ", "a=ä ");
        check(
            &Line::new(&german),
            &["Abel", "Apfel", "Äpfel", "Äpfelchen", "apfelmus", "Arm"],
        );
    }

    #[test]
    fn two_letters_may_be_one() {
        let czech = LATIN.replace("h ", "h ch ");
        check(
            &Line::new(&czech),
            &["cena", "czz", "duha", "hzz", "Chata", "chyba", "ihned"],
        );
        // Where they are two, they are.
        check(&Line::new(LATIN), &["cena", "Chata", "cizi", "duha"]);
        let danish = LATIN.replace("ʒ", "ʒ å=aa");
        check(&Line::new(&danish), &["Abel", "Zorn", "Aagaard", "Aalborg"]);
    }

    #[test]
    fn a_letter_may_be_spelled_with_two() {
        check(
            &Plain,
            &[
                "Strasbourg",
                "strasse 1",
                "Straße 1",
                "strasse 2",
                "straten",
            ],
        );
        check(&Plain, &["Adam", "Aeon", "Æon", "Aeons", "Afra"]);
    }

    #[test]
    fn shorter_names_come_first_and_case_makes_no_difference() {
        check(&Plain, &["", "a", "a b", "ab", "AB c", "Ábc", "b"]);
        let alphabet = Alphabet::new(&BTreeSet::new(), &Plain);
        assert_eq!(alphabet.key("ACME inc"), alphabet.key("acme INC"));
        assert!(
            alphabet.key("zz") < alphabet.key("日本"),
            "unknown ones last"
        );
        assert!(!alphabet.knows("日本") && alphabet.knows("zz"));
    }

    #[test]
    fn the_spelled_letters_are_in_order() {
        assert!(SPELLED.is_sorted_by(|a, b| a.0 < b.0));
    }
}
