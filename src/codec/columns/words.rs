//! Texts that people write, as words: each word that stands twice on a page is
//! told once and then named by its place, mostly in one byte, and the spaces
//! between words are not told at all. That packs to less than the letters do,
//! and is read by copying.
//!
//! Words and what stands between them are told apart by ASCII alone, so that
//! no version of Unicode ever makes another text of what is stored.

use std::collections::HashMap;

use super::bytes::{Damage, In, Out};
use crate::domain::value::order::{sort, sort_by};

/// Words with a code of one byte; codes from here on have two.
const SHORT: usize = 224;
/// The code of a word that is told where it stands.
const ONCE: u8 = u8::MAX;
/// Words with a code at all.
const MOST: usize = SHORT + (ONCE as usize - SHORT) * 256;
/// The most that is read from a page, in bytes: damage must not fill the memory.
const MOST_READ: usize = 64 << 20;

/// The columns of some texts.
#[derive(Debug, Default)]
pub struct WordsOut {
    /// How many words each text has.
    pub counts: Out,
    /// The codes of all words.
    pub codes: Out,
    /// The lengths of words, in units of UTF-16: first of those that have a
    /// code, after how many they are, then of those that stand once.
    pub lengths: Out,
    /// The words themselves: see [`halves`].
    pub low: Out,
    pub high: Out,
}

fn is_of_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || !character.is_ascii()
}

fn is_word(token: &str) -> bool {
    token.starts_with(is_of_word)
}

/// The words of a text and what stands between them, but for single spaces
/// between two words.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_first = is_of_word(first);
        let end = rest.find(|c| is_of_word(c) != is_first);
        let (token, more) = rest
            .split_at_checked(end.unwrap_or(rest.len()))
            .unwrap_or((rest, ""));
        let is_between = !tokens.is_empty() && !more.is_empty();
        if token != " " || !is_between {
            tokens.push(token);
        }
        rest = more;
    }
    tokens
}

/// The columns of these texts.
pub fn write<'a>(texts: impl IntoIterator<Item = &'a str>) -> WordsOut {
    let texts: Vec<Vec<&str>> = texts.into_iter().map(tokens).collect();
    let mut often: HashMap<&str, usize> = HashMap::new();
    for token in texts.iter().flatten() {
        *often.entry(token).or_default() += 1;
    }
    let mut known: Vec<(usize, &str)> = often
        .into_iter()
        .filter(|(_, count)| *count > 1)
        .map(|(token, count)| (count, token))
        .collect();
    sort_by(&mut known, &|one, other| {
        other.0.cmp(&one.0).then(one.1.cmp(other.1))
    });
    known.truncate(MOST);
    let mut known: Vec<&str> = known.into_iter().map(|(_, token)| token).collect();
    let end = SHORT.min(known.len());
    let (short, long) = known.split_at_mut(end);
    // Neighbours in the alphabet begin alike.
    sort(short);
    sort(long);
    let places: HashMap<&str, usize> = known.iter().enumerate().map(|(at, t)| (*t, at)).collect();
    let mut out = WordsOut::default();
    let mut units: Vec<u16> = Vec::new();
    let mut tell = |token: &str, lengths: &mut Out| {
        let start = units.len();
        units.extend(token.encode_utf16());
        lengths.small(units.len() - start);
    };
    out.lengths.small(known.len());
    known.iter().for_each(|token| tell(token, &mut out.lengths));
    for text in &texts {
        out.counts.small(text.len());
        for token in text {
            match places.get(token) {
                None => {
                    out.codes.byte(ONCE);
                    tell(token, &mut out.lengths);
                }
                Some(place) if *place < SHORT => out.codes.byte(*place as u8),
                Some(place) => {
                    let more = place - SHORT;
                    out.codes.byte((SHORT + more / 256) as u8);
                    out.codes.byte((more % 256) as u8);
                }
            }
        }
    }
    (out.low, out.high) = halves(&units);
    out
}

/// The lower and the upper halves of units of UTF-16, each in a column of its
/// own: what no packing can shorten, such as rare characters of Chinese, takes
/// two bytes a character so, where UTF-8 has three. There are no upper halves
/// where all of them are 0.
fn halves(units: &[u16]) -> (Out, Out) {
    let halves = units.iter().map(|unit| unit.to_be_bytes());
    let (high, low): (Vec<u8>, Vec<u8>) = halves.map(|[high, low]| (high, low)).unzip();
    let is_latin = high.iter().all(|half| *half == 0);
    (Out(low), Out(if is_latin { Vec::new() } else { high }))
}

/// Words that are read one after the other.
#[derive(Debug)]
struct Told<'a> {
    lengths: In<'a>,
    low: In<'a>,
    /// None where all are 0.
    high: Option<In<'a>>,
}

impl Told<'_> {
    fn next(&mut self) -> Result<String, Damage> {
        let length = self.lengths.small()?;
        let low = self.low.take(length)?;
        let Some(high) = &mut self.high else {
            return Ok(low.iter().map(|byte| char::from(*byte)).collect());
        };
        let pairs = high.take(length)?.iter().zip(low);
        let units = pairs.map(|(high, low)| u16::from_be_bytes([*high, *low]));
        let text = char::decode_utf16(units).collect::<Result<String, _>>();
        text.map_err(|_| Damage("it is not text"))
    }
}

/// Texts that are being read.
#[derive(Debug)]
pub struct WordsIn<'a> {
    counts: In<'a>,
    codes: In<'a>,
    told: Told<'a>,
    known: Vec<String>,
    read: usize,
}

impl<'a> WordsIn<'a> {
    /// Texts from their columns, in the order of [`WordsOut`].
    pub fn new([counts, codes, lengths, low, high]: [In<'a>; 5]) -> Result<Self, Damage> {
        let high = (!high.0.is_empty()).then_some(high);
        let mut told = Told { lengths, low, high };
        let count = told.lengths.small()?;
        let mut known = Vec::with_capacity(told.lengths.room_for(count));
        for _ in 0..count {
            known.push(told.next()?);
        }
        Ok(Self {
            counts,
            codes,
            told,
            known,
            read: 0,
        })
    }

    /// The next text.
    pub fn text(&mut self) -> Result<String, Damage> {
        let mut text = String::new();
        let mut was_word = false;
        for _ in 0..self.counts.small()? {
            let once;
            let token = match self.codes.byte()? {
                ONCE => {
                    once = self.told.next()?;
                    &once
                }
                code if usize::from(code) < SHORT => self.known(usize::from(code))?,
                code => {
                    let low = usize::from(self.codes.byte()?);
                    self.known(SHORT + (usize::from(code) - SHORT) * 256 + low)?
                }
            };
            let is_word = is_word(token);
            if was_word && is_word {
                text.push(' ');
            }
            was_word = is_word;
            text.push_str(token);
            if self.read + text.len() > MOST_READ {
                return Err(Damage("it is too long"));
            }
        }
        self.read += text.len();
        Ok(text)
    }

    fn known(&self, place: usize) -> Result<&String, Damage> {
        self.known.get(place).ok_or(Damage::OUTSIDE)
    }

    /// Everything was read.
    pub fn is_done(&self) -> bool {
        let told = &self.told;
        let columns = [self.counts, self.codes, told.lengths, told.low];
        columns.iter().all(|column| column.0.is_empty())
            && told.high.is_none_or(|high| high.0.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn back(texts: &[String]) -> Vec<String> {
        let out = write(texts.iter().map(String::as_str));
        let columns = [&out.counts, &out.codes, &out.lengths, &out.low, &out.high];
        let mut words = WordsIn::new(columns.map(|column| In(&column.0))).unwrap();
        let texts = texts.iter().map(|_| words.text().unwrap()).collect();
        assert!(words.is_done());
        texts
    }

    proptest! {
        #[test]
        fn every_text_comes_back(texts in prop::collection::vec("[ab .\n]{0,12}|\\PC{0,20}", 0..9)) {
            prop_assert_eq!(back(&texts), texts);
        }
    }

    #[test]
    fn many_words_come_back() {
        let words = (0..9_000).map(|word| format!("w{word:x}"));
        let text = words.collect::<Vec<String>>().join(" ");
        let texts = [text.clone(), text];
        assert_eq!(back(&texts), texts);
    }

    #[test]
    fn no_damage_fills_the_memory() {
        let long = "x".repeat(1 << 20);
        let out = write([long.as_str(), long.as_str()]);
        let (mut counts, mut codes) = (Out::default(), Out::default());
        counts.small(100_000);
        codes.0.resize(100_000, 0);
        let columns = [&counts, &codes, &out.lengths, &out.low, &out.high];
        let mut words = WordsIn::new(columns.map(|column| In(&column.0))).unwrap();
        assert!(words.text().is_err());
    }
}
