//! The browser is asked what Unicode knows of letters: it answers what the
//! native tests are made with.

use std::collections::{BTreeMap, BTreeSet};

use browser_tests::visit;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The letters that are anything but themselves, as the browser has them:
/// composed, decomposed, in lower and in upper case, and whether it is a mark.
/// And the ranges of numbers that are no letters to it.
const ASK: &str = r"
    const letters = [], unknown = [];
    for (let code = 0x80; code < 0x110000; code += 1) {
      const letter = String.fromCodePoint(code);
      if (/[\p{Cn}\p{Cs}]/u.test(letter)) {
        const last = unknown.at(-1);
        if (last?.[1] === code - 1) last[1] = code; else unknown.push([code, code]);
        continue;
      }
      const about = [letter.normalize('NFC'), letter.normalize('NFD'), letter.toLowerCase(), letter.toUpperCase()];
      const isMark = /\p{M}/u.test(letter);
      if (isMark || about.some((one) => one !== letter)) letters.push([code, ...about, isMark]);
    }
    return [letters, unknown];";

type About = [String; 5];

fn known(letter: char) -> About {
    [
        letter.nfc().collect(),
        letter.nfd().collect(),
        letter.to_lowercase().collect(),
        letter.to_uppercase().collect(),
        is_combining_mark(letter).to_string(),
    ]
}

#[test]
fn the_browser_knows_letters_as_the_tests_do() {
    visit(|page| {
        let answer = page.evaluate(ASK, &[]);
        let rows = |at: usize| answer[at].as_array().unwrap().iter();
        let code = |value: &Value| u32::try_from(value.as_u64().unwrap()).unwrap();
        let unknown: Vec<(u32, u32)> = rows(1)
            .map(|range| (code(&range[0]), code(&range[1])))
            .collect();
        let is_unknown = |letter: char| {
            let code = letter as u32;
            let before = unknown.partition_point(|(first, _)| *first <= code);
            before > 0 && code <= unknown[before - 1].1
        };
        let told: BTreeMap<u32, About> = rows(0)
            .map(|row| {
                let text = |at: usize| match &row[at] {
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                (code(&row[0]), [1, 2, 3, 4, 5].map(text))
            })
            .collect();
        assert!(told.len() > 10_000, "{} letters", told.len());
        let mut half_known = BTreeSet::new();
        let letters = ('\u{80}'..=char::MAX).filter(|letter| !is_unknown(*letter));
        for letter in letters {
            let itself = || {
                let text = letter.to_string();
                [
                    text.clone(),
                    text.clone(),
                    text.clone(),
                    text,
                    "false".to_owned(),
                ]
            };
            let about = told.get(&(letter as u32)).cloned().unwrap_or_else(itself);
            for (told_of_it, known) in about.iter().zip(known(letter)) {
                // The letter may have got a capital later than the browser was made.
                let is_newer = known.chars().any(is_unknown);
                if *told_of_it == known || is_newer {
                    continue;
                }
                half_known.insert(letter);
            }
        }
        // WebKit's patterns know a later Unicode than its texts, in which these
        // are letters with neither case nor parts yet.
        let is_webkit = page.browser().starts_with("WebKit");
        let is_plain = |letter: &char| {
            let about = told.get(&(*letter as u32));
            about.is_none_or(|[texts @ .., _]| texts.iter().all(|text| *text == letter.to_string()))
        };
        let is_excused = is_webkit && half_known.len() < 200 && half_known.iter().all(is_plain);
        assert!(half_known.is_empty() || is_excused, "{half_known:?}");
    });
}
