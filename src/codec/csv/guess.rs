//! Guesses the encoding of bytes that are not Unicode, by what the text looks
//! like in each encoding.
//!
//! Nearly any bytes can be read in nearly any encoding, but only one gives
//! words. So the lines with such bytes are decoded in each, and each character
//! beyond ASCII is worth the more, the better it fits a language that is
//! written in the encoding: its alphabet, how frequent its letters are, and
//! what stands beside them. The mean over all of them decides.

use super::languages::{LANGUAGES, Language, Script};
use super::{CodePage, Decoder};
use crate::domain::value::order::sort_by;

/// How many bytes are looked at.
const SAMPLE: usize = 8 * 1024;

/// What a letter is worth that belongs to the language.
const LETTER: f32 = 2.4;

/// The likeliest encoding of bytes that are not UTF-8 in which all of them are
/// valid.
pub fn code_page(bytes: &[u8], decoder: &dyn Decoder) -> Option<CodePage> {
    let sample = sample(bytes);
    let mut pages: Vec<(f32, CodePage)> = Vec::new();
    for page in CodePage::all() {
        let Some(text) = decoder.decode(&sample, page) else {
            continue;
        };
        let chars: Vec<char> = text.chars().collect();
        let scores = LANGUAGES
            .iter()
            .enumerate()
            .filter_map(|(place, language)| {
                let rank = language.pages.iter().position(|known| *known == page)?;
                // Of two that fit alike, the likelier counts.
                let handicap = (rank * 150 + place) as f32 / 1_000.0;
                Some(score(&chars, language) - handicap)
            });
        if let Some(best) = scores.max_by(f32::total_cmp) {
            pages.push((best, page));
        }
    }
    sort_by(&mut pages, &|(a, _), (b, _)| b.total_cmp(a));
    let mut valid = pages.into_iter().map(|(_, page)| page);
    valid.find(|page| decoder.decode(bytes, *page).is_some())
}

/// The lines that have bytes beyond ASCII.
fn sample(bytes: &[u8]) -> Vec<u8> {
    let mut sample = Vec::new();
    for line in bytes.split(|byte| *byte == b'\n' || *byte == b'\r') {
        if !line.is_ascii() {
            sample.extend_from_slice(line);
            sample.push(b'\n');
        }
        if sample.len() > SAMPLE {
            break;
        }
    }
    sample
}

/// What the characters beyond ASCII are worth in a language, at the mean.
fn score(chars: &[char], language: &Language) -> f32 {
    let letters: Vec<char> = language.letters.chars().collect();
    let (mut worth, mut count) = (0f32, 0u32);
    let (mut rare, mut ascii) = (0u32, 0u32);
    let mut before = None;
    for (place, c) in chars.iter().copied().enumerate() {
        let after = chars.get(place + 1).copied();
        if c.is_ascii() {
            ascii += u32::from(c.is_ascii_alphabetic());
            rare += u32::from(language.rare.contains(c.to_ascii_lowercase()));
        } else if let Some(one) =
            character(c, (before, after), near(chars, place), language, &letters)
        {
            worth += one;
            count += 1;
        }
        before = Some(c);
    }
    let foreign = rare as f32 / ascii.max(1) as f32;
    worth / count.max(1) as f32 - foreign * 5.0
}

/// The characters before and behind a place, blanks passed over.
fn near(chars: &[char], place: usize) -> (Option<char>, Option<char>) {
    let is_solid = |c: &&char| !matches!(**c, ' ' | '\u{a0}' | '\u{202f}');
    let before = chars.get(..place).unwrap_or_default();
    let after = chars.get(place + 1..).unwrap_or_default();
    (
        before.iter().rev().find(is_solid).copied(),
        after.iter().find(is_solid).copied(),
    )
}

/// What one character is worth; none where it says nothing. `near` are the
/// neighbours behind blanks.
fn character(
    c: char,
    (before, after): (Option<char>, Option<char>),
    near: (Option<char>, Option<char>),
    language: &Language,
    letters: &[char],
) -> Option<f32> {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let is_ascii_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    match c {
        // Controls, private characters and what is not valid.
        '\u{80}'..='\u{9f}' | '\u{e000}'..='\u{f8ff}' | '\u{fffd}' => return Some(-6.0),
        // The sign of a currency beside a number, or in a bracket by itself.
        '€' | '£' | '¥' if is_digit(near.0) || is_digit(near.1) => return Some(LETTER),
        '€' | '£' | '¥' if near.0 == Some('(') && near.1 == Some(')') => return Some(LETTER),
        // zł and Kč beside a number are a word for the language.
        'ł' if before == Some('z') && !is_letter(after) => return Some(LETTER * 2.0),
        'č' if before == Some('K') && !is_letter(after) => return Some(LETTER * 2.0),
        '€' | '£' | '¥' | '₽' | '₺' | '₩' | '№' | '\u{a0}' => return None,
        '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '‚' | '–' | '—' | '…' => {
            return Some(mark(c, before, after));
        }
        '\u{2010}'..='\u{2022}' | '°' | '§' | '®' | '™' | '·' => return None,
        '²' | '³' if before == Some('m') => return None,
        'º' | 'ª' if is_digit(before) => return None,
        '\u{3000}'..='\u{303f}' | '\u{ff01}'..='\u{ff5e}' => {
            let is_wide = !matches!(language.script, Script::Latin | Script::Alphabet);
            return Some(if is_wide { 1.0 } else { -3.0 });
        }
        _ => {}
    }
    let lower = if c == 'İ' { 'ı' } else { lower(c) };
    let place = letters.iter().position(|letter| *letter == lower);
    let is_mark = matches!(c, '\u{300}'..='\u{36f}');
    if !c.is_alphabetic() && place.is_none() && !is_mark {
        // A sign inside of a word is a letter in another encoding.
        let is_inside = is_letter(before) || is_letter(after);
        return Some(if is_inside { -2.0 } else { -0.8 });
    }
    let rises = c.is_uppercase() && before.is_some_and(char::is_lowercase);
    let odd = if rises { 1.5 } else { 0.0 };
    let worth = match language.script {
        Script::Latin => {
            if is_digit(before) || is_digit(after) {
                -2.0
            } else if place.is_some() {
                LETTER
            } else {
                -2.0
            }
        }
        Script::Alphabet => {
            let third = letters.len().div_ceil(3).max(1);
            let worth = match place.map(|place| place / third) {
                Some(0) => 3.0,
                Some(1) => 2.0,
                Some(_) => 0.8,
                None => -2.0,
            };
            let is_alone = !is_letter(before) && !is_letter(after);
            let beside_a_number = is_digit(near.0) || is_digit(near.1) || near.0 == Some('(');
            if is_ascii_letter(before) || is_ascii_letter(after) {
                worth - 4.0
            } else if is_digit(before) || is_digit(after) {
                worth - 3.0
            } else if is_alone && beside_a_number {
                // A sign in another encoding: 1200 А.
                worth - 4.0
            } else {
                worth
            }
        }
        Script::Chinese | Script::Japanese | Script::Korean => {
            wide(c, place.is_some(), language.script)
                - if is_ascii_letter(before) && is_ascii_letter(after) {
                    3.0
                } else if is_ascii_letter(before) || is_ascii_letter(after) {
                    1.0
                } else {
                    0.0
                }
        }
    };
    Some(worth - odd)
}

/// What a quote or a dash is worth: it stands before a word, behind one, or
/// by itself, each where it belongs.
fn mark(c: char, before: Option<char>, after: Option<char>) -> f32 {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let is_right = match c {
        '„' | '«' | '‚' | '‘' => is_word(after) && !is_word(before),
        // Some languages close with the one that others open with.
        '“' | '”' => is_word(after) != is_word(before),
        '–' | '—' => is_word(before) == is_word(after),
        _ => is_word(before) || !is_word(after),
    };
    if is_right { LETTER } else { -2.0 }
}

/// What a character of eastern Asia is worth.
fn wide(c: char, is_frequent: bool, script: Script) -> f32 {
    let is_han = matches!(c, '\u{4e00}'..='\u{9fff}');
    let is_kana = matches!(c, '\u{3041}'..='\u{30ff}');
    let is_half_kana = matches!(c, '\u{ff61}'..='\u{ff9f}');
    let is_hangul = matches!(c, '\u{ac00}'..='\u{d7a3}');
    match script {
        _ if is_frequent => 3.0,
        Script::Japanese if is_kana => 2.6,
        Script::Japanese if is_half_kana => 0.3,
        Script::Japanese | Script::Chinese if is_han => 0.5,
        Script::Korean if is_hangul => 1.4,
        _ => -1.5,
    }
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}
