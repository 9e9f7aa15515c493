//! What the words of stage and status columns mean, as far as they are well
//! known.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::lexicon::{self, STAGES, STATUSES};
use super::super::names::{key, without_brackets};
use crate::domain::record::deal::Outcome;
use crate::domain::value::order::sort_by;
use crate::domain::value::text::fold;

/// What a word says about the status of a deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// It is open.
    Open,
    /// It is open, and nothing is done about it for now.
    OnHold,
    /// It ended so.
    Ended(Outcome),
    /// It ended, and the word does not say how.
    Closed,
}

/// The section of words that change nothing where they stand beside another.
const BESIDE: &str = "beside";

/// Every known phrase, in the form in which it is compared, with its section;
/// the first section where it stands in several.
static PHRASES: LazyLock<HashMap<String, &str>> = LazyLock::new(|| {
    let sections = [
        "won", "lost", "outdated", "on hold", "open", "closed", BESIDE,
    ];
    let mut phrases = HashMap::new();
    for section in sections {
        for key in lexicon::keys(STATUSES, section) {
            phrases.entry(key).or_insert(section);
        }
    }
    phrases
});

/// The most words that make a phrase.
const LONGEST: usize = 4;

/// What a status or the name of a stage says, whatever numbers, letters and
/// additions stand around it: "7 - Closed Won", "Lost - price". None for
/// names that say nothing about how a deal stands.
pub fn word(text: &str) -> Option<Word> {
    let bare = without_mark(&without_brackets(text).collect::<String>());
    let words = split_words(&bare);
    match meaning(&words) {
        Some(Word::Closed) | None => {}
        known => return known,
    }
    // What stands in brackets says it: "Closed (won)".
    match meaning(&split_words(&without_mark(text))) {
        Some(Word::Closed) | None => {}
        known => return known,
    }
    // An addition behind a dash, colon, slash or comma: "Lost - price".
    let parts = bare.split([':', ',', '/', '–', '—', ';']);
    let mut parts = parts.flat_map(|part| part.split(" - "));
    let head = split_words(parts.next()?);
    let won = Word::Ended(Outcome::Won);
    match meaning(&head) {
        Some(Word::Closed) | None => {}
        Some(ended @ Word::Ended(_)) => {
            // "Won/Lost" says that it ended, and not how.
            let ends = |word| matches!(word, Word::Ended(_)) && (word == won) != (ended == won);
            let mut others = parts.filter_map(|part| meaning(&split_words(part)));
            return Some(if others.any(ends) {
                Word::Closed
            } else {
                ended
            });
        }
        known => return known,
    }
    // "Closed Lost to Competition", "Lost due to price".
    let begin = |length: usize| words.get(..length).and_then(meaning);
    let is_closed = words
        .first()
        .is_some_and(|word| meaning(std::slice::from_ref(word)) == Some(Word::Closed));
    let because = [
        "to", "due", "because", "against", "przez", "wegen", "an", "pour", "por", "per", "door",
        "из",
    ];
    let goes_on = words
        .get(1)
        .is_some_and(|word| because.contains(&word.as_str()));
    match (begin(1), begin(2), begin(3)) {
        (_, Some(ended @ Word::Ended(_)), _) | (_, _, Some(ended @ Word::Ended(_)))
            if is_closed =>
        {
            Some(ended)
        }
        (Some(ended @ Word::Ended(Outcome::Lost)), ..) if goes_on => Some(ended),
        // "ClosedLostToCompetition" is one word less.
        (Some(ended @ Word::Ended(_)), ..)
            if words.first().is_some_and(|word| word.starts_with("closed")) =>
        {
            Some(ended)
        }
        _ => meaning(&words),
    }
}

/// What a row of words says, if every one of them is known.
fn meaning(words: &[String]) -> Option<Word> {
    let mut found: Option<Word> = None;
    let mut rest = words;
    while !rest.is_empty() {
        let (length, section) = (1..=LONGEST.min(rest.len())).rev().find_map(|length| {
            let joined = rest.get(..length)?.concat();
            Some((length, *PHRASES.get(&joined)?))
        })?;
        rest = rest.get(length..)?;
        let word = match section {
            "won" => Word::Ended(Outcome::Won),
            "lost" => Word::Ended(Outcome::Lost),
            "outdated" => Word::Ended(Outcome::Outdated),
            "on hold" => Word::OnHold,
            "open" => Word::Open,
            "closed" => Word::Closed,
            _ => continue,
        };
        found = match (found, word) {
            (None | Some(Word::Closed), word) => Some(word),
            (known, Word::Closed) => known,
            (Some(known), word) if known == word => Some(word),
            // Two words that don't go together, such as "Won or lost".
            _ => return None,
        };
    }
    found
}

fn split_words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
    let words = words.map(key).filter(|word| !word.is_empty());
    words
        .filter(|word| !word.bytes().all(|byte| byte.is_ascii_digit()))
        .collect()
}

/// The text behind a number or a single letter that only gives its place.
fn without_mark(text: &str) -> String {
    let text = text.trim();
    match leading_mark(text) {
        Some((_, rest)) if !rest.is_empty() => rest.to_owned(),
        _ => text.to_owned(),
    }
}

/// What a status says: `Some(None)` is open; none for a word that is not known
/// or says no more than that it is closed.
pub fn status(text: &str) -> Option<Option<Outcome>> {
    match word(text)? {
        Word::Open | Word::OnHold => Some(None),
        Word::Ended(outcome) => Some(Some(outcome)),
        Word::Closed => None,
    }
}

/// Whether a text is the word for "open" itself. "New" or "Active" in a column
/// of stages are stages.
pub fn is_open_itself(text: &str) -> bool {
    static OPEN: LazyLock<Vec<String>> = LazyLock::new(|| {
        let words = [
            "open", "otwarta", "otwarte", "offen", "ouvert", "ouverte", "abierto",
        ];
        let more = [
            "abierta",
            "aberto",
            "aberta",
            "aperto",
            "aperta",
            "открыта",
            "otevřeno",
        ];
        words.into_iter().chain(more).map(key).collect()
    });
    OPEN.contains(&key(text))
}

/// A yes or no.
pub fn yes_or_no(text: &str) -> Option<bool> {
    static WORDS: LazyLock<[Vec<String>; 2]> =
        LazyLock::new(|| ["yes", "no"].map(|section| lexicon::keys(STATUSES, section)));
    // Most texts are longer than any of the words.
    if text.is_empty() || text.len() > 24 {
        return None;
    }
    let (text, [yes, no]) = (key(text), &*WORDS);
    match () {
        () if yes.contains(&text) => Some(true),
        () if no.contains(&text) => Some(false),
        () => None,
    }
}

/// The words in the names of stages, folded, with the place of their step.
static STEPS: LazyLock<Vec<(usize, String)>> = LazyLock::new(|| {
    let mut step = 0;
    let mut words = Vec::new();
    for line in lexicon::lines(STAGES, "steps") {
        if line == "|" {
            step += 1;
        } else {
            words.extend(line.split(',').map(|word| (step, fold(word))));
        }
    }
    words
});

/// The place of a stage in a usual sale, from 0; none for names that are not
/// known.
pub fn rank(name: &str) -> Option<usize> {
    let name = fold(name);
    let begins_a_word = |word: &str| {
        let mut places = name.match_indices(word);
        places.any(|(at, _)| {
            !name
                .get(..at)
                .is_some_and(|before| before.ends_with(char::is_alphanumeric))
        })
    };
    STEPS
        .iter()
        .filter(|(_, word)| begins_a_word(word))
        .max_by_key(|(_, word)| word.len())
        .map(|(rank, _)| *rank)
}

/// The number or the single letter that a name begins with, such as 2 of
/// "02 - Contact" and of "B. Contact", and what follows it.
pub fn leading_mark(name: &str) -> Option<(u32, &str)> {
    let name = name.trim_start();
    let digits = name
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(name.len());
    let (mark, rest) = if digits > 0 {
        let (digits, rest) = name.split_at_checked(digits)?;
        (digits.parse().ok()?, rest)
    } else {
        let mut letters = name.chars();
        let letter = letters.next().filter(char::is_ascii_alphabetic)?;
        let rest = letters.as_str();
        // "A deal" begins with a word, "A. Deal" with a mark.
        rest.trim_start()
            .starts_with(['.', ')', ':', '-', '–'])
            .then_some((
                u32::from(letter.to_ascii_lowercase()) - u32::from('a') + 1,
                rest,
            ))?
    };
    Some((
        mark,
        rest.trim_start_matches([' ', '.', ')', ':', '-', '–', '_']),
    ))
}

/// The order of new stages: by the numbers or letters their names begin with
/// where all have one; else the well-known ones first, by [`rank`], the others
/// after them as they stand.
pub fn order_stages<T>(stages: &mut [T], name: impl Fn(&T) -> &str) {
    let mark = |stage: &T| leading_mark(name(stage)).map(|(mark, _)| mark);
    if stages.iter().all(|stage| mark(stage).is_some()) {
        sort_by(stages, &|a, b| mark(a).cmp(&mark(b)));
    } else {
        let rank = |stage: &T| rank(name(stage)).unwrap_or(usize::MAX);
        sort_by(stages, &|a, b| rank(a).cmp(&rank(b)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_known_by_their_words_and_what_stands_around_them() {
        use Outcome::{Lost, Outdated, Won};
        for (text, want) in [
            ("Won", Some(Word::Ended(Won))),
            ("Closed Won", Some(Word::Ended(Won))),
            ("closed-won", Some(Word::Ended(Won))),
            ("closedwon", Some(Word::Ended(Won))),
            ("7 - Closed Won", Some(Word::Ended(Won))),
            ("Won - signed", Some(Word::Ended(Won))),
            ("Won (100%)", Some(Word::Ended(Won))),
            ("Closed (Won)", Some(Word::Ended(Won))),
            ("Sales Accepted Lead", Some(Word::Open)),
            ("Sales accepted opportunity", Some(Word::Open)),
            ("Accepted", Some(Word::Ended(Won))),
            ("Closed Won/Lost", Some(Word::Closed)),
            ("Gewonnen / Verloren", Some(Word::Closed)),
            ("Lost/Won", Some(Word::Closed)),
            ("Lost - cancelled", Some(Word::Ended(Lost))),
            ("Abgeschlossen (gewonnen)", Some(Word::Ended(Won))),
            ("Cierre ganado", Some(Word::Ended(Won))),
            ("Výhra", Some(Word::Ended(Won))),
            ("Angenommen", Some(Word::Ended(Won))),
            ("Сделка успешна", Some(Word::Ended(Won))),
            ("Lost to Acme", Some(Word::Ended(Lost))),
            ("Lost due to price", Some(Word::Ended(Lost))),
            (
                "Cerrado perdido ante la competencia",
                Some(Word::Ended(Lost)),
            ),
            ("Porażka", Some(Word::Ended(Lost))),
            ("Closed Won (Sales Pipeline)", Some(Word::Ended(Won))),
            ("Ganha", Some(Word::Ended(Won))),
            ("Cerrado ganado", Some(Word::Ended(Won))),
            ("Gewonnen", Some(Word::Ended(Won))),
            ("Wygrana", Some(Word::Ended(Won))),
            ("Успешно реализовано", Some(Word::Ended(Won))),
            ("CLOSED/LOST", Some(Word::Ended(Lost))),
            ("Closed-Lost to Competition", Some(Word::Ended(Lost))),
            ("Lost - price", Some(Word::Ended(Lost))),
            ("Closed - Lost", Some(Word::Ended(Lost))),
            ("Lost and Closed", Some(Word::Ended(Lost))),
            ("Deal Lost", Some(Word::Ended(Lost))),
            ("L. Project Lost", Some(Word::Ended(Lost))),
            ("Not interested", Some(Word::Ended(Lost))),
            ("Perdida", Some(Word::Ended(Lost))),
            ("Przegrana", Some(Word::Ended(Lost))),
            ("Abandoned", Some(Word::Ended(Outdated))),
            ("Anulowana", Some(Word::Ended(Outdated))),
            ("In progress", Some(Word::Open)),
            ("active", Some(Word::Open)),
            ("Suspended", Some(Word::OnHold)),
            ("Stalled", Some(Word::OnHold)),
            ("Closed", Some(Word::Closed)),
            ("3. Zamknięta", Some(Word::Closed)),
            ("Foo", None),
            ("Wonder", None),
            ("Won or lost", None),
            ("Lost contact", None),
            ("Win plan", None),
            ("Proposal", None),
            ("Order signed", None),
            ("", None),
            ("100", None),
            ("Deal", None),
        ] {
            assert_eq!(word(text), want, "{text}");
        }
        assert_eq!(status("Closed"), None);
        assert!(is_open_itself("OPEN") && !is_open_itself("New"));
    }

    #[test]
    fn yes_and_no_are_known_in_many_languages() {
        for (text, want) in [
            ("TRUE", Some(true)),
            ("1", Some(true)),
            ("Tak", Some(true)),
            ("нет", Some(false)),
            ("0", Some(false)),
            ("2", None),
            ("", None),
        ] {
            assert_eq!(yes_or_no(text), want, "{text}");
        }
    }

    #[test]
    fn well_known_stages_stand_in_the_order_of_a_sale() {
        for want in [
            &["Prospecting", "Engaging"][..],
            &["Qualification", "Proposal", "Negotiation/Review"],
            &[
                "Appointment Scheduled",
                "Qualified To Buy",
                "Presentation Scheduled",
                "Decision Maker Bought-In",
                "Contract Sent",
            ],
            &[
                "Collect information",
                "Contact",
                "Identify needs",
                "Offer",
                "Negotiation",
            ],
            &["Inquiry received", "Offer", "Negotiation"],
            &[
                "Map the organisation",
                "Meet decision makers",
                "Workshop",
                "Proposal",
                "Legal",
                "Board approval",
            ],
            &["Kontakt", "Identyfikacja potrzeb", "Oferta", "Negocjacje"],
            &["Lead", "Qualified", "Offer", "Zzz", "Aaa"],
            &["1. Offer", "2. Contact", "10. Foo"],
            &[
                "A. Lead",
                "B. Qualified",
                "C. Demo",
                "D. Feasibility",
                "E. Proposal",
            ],
            &[
                "Prospecting",
                "Qualification",
                "Needs Analysis",
                "Value Proposition",
                "Id. Decision Makers",
                "Proposal/Price Quote",
            ],
        ] {
            let mut stages = want.to_vec();
            stages.reverse();
            if want.contains(&"Zzz") {
                stages.swap(0, 1);
            }
            order_stages(&mut stages, |name| name);
            assert_eq!(stages, want);
        }
    }
}
