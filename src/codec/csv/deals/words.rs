//! What the words of stage and status columns mean, as far as they are well
//! known.

use super::super::header::key;
use crate::domain::deal::Outcome;

/// What a status says: `Some(None)` is open.
pub fn status(text: &str) -> Option<Option<Outcome>> {
    const OPEN: [&str; 12] = [
        "open",
        "opened",
        "new",
        "active",
        "inprogress",
        "ongoing",
        "pending",
        "working",
        "onhold",
        "reopened",
        "otwarta",
        "wtoku",
    ];
    if OPEN.contains(&key(text).as_str()) {
        Some(None)
    } else {
        closed(text).map(Some)
    }
}

/// The outcome that a status or the name of a stage stands for.
pub fn closed(text: &str) -> Option<Outcome> {
    const WON: [&str; 12] = [
        "won",
        "win",
        "wonclosed",
        "dealwon",
        "orderwon",
        "sold",
        "successful",
        "wygrana",
        "wygrany",
        "wygrane",
        "gewonnen",
        "gagne",
    ];
    const LOST: [&str; 12] = [
        "lost",
        "loss",
        "lostclosed",
        "deallost",
        "orderlost",
        "unsuccessful",
        "rejected",
        "przegrana",
        "przegrany",
        "przegrane",
        "verloren",
        "perdu",
    ];
    const OUTDATED: [&str; 15] = [
        "outdated",
        "abandoned",
        "cancelled",
        "canceled",
        "expired",
        "dead",
        "deleted",
        "disqualified",
        "dropped",
        "withdrawn",
        "obsolete",
        "closedoutdated",
        "closedabandoned",
        "closedcancelled",
        "nieaktualna",
    ];
    let key = key(text);
    let is = |words: &[&str]| words.contains(&key.as_str());
    // "Closed Lost to Competition" is lost too.
    if is(&WON) || key.starts_with("closedwon") || key == "closewon" {
        Some(Outcome::Won)
    } else if is(&LOST) || key.starts_with("closedlost") || key == "closelost" {
        Some(Outcome::Lost)
    } else {
        is(&OUTDATED).then_some(Outcome::Outdated)
    }
}

/// Words in the names of stages, in the order in which a sale usually goes
/// through them. Those in one line stand for the same step; of the words that
/// a name holds, the longest decides: a "Qualified lead" is qualified.
const STEPS: &[&[&str]] = &[
    &["suspect", "incoming", "inquiry", "enquiry"],
    &["lead", "new"],
    &["prospect"],
    &["collect", "research", "map"],
    &[
        "contact",
        "connect",
        "approach",
        "engag",
        "appointment",
        "first call",
    ],
    &["discover", "meeting", "meet decision maker"],
    &["qualif"],
    &["need", "analysis", "require"],
    &[
        "workshop",
        "demo",
        "presentation",
        "trial",
        "pilot",
        "evaluation",
    ],
    &["value proposition", "solution"],
    &["decision maker"],
    &["perception"],
    &[
        "proposal",
        "proposition",
        "offer",
        "quote",
        "quotation",
        "estimate",
    ],
    &["negotiat", "review"],
    &["legal", "procurement"],
    &["verbal", "commit", "approv"],
    &["contract", "sign", "order"],
];

/// The place of a stage in a usual sale, from 0; none for names that are not
/// known.
pub fn rank(name: &str) -> Option<usize> {
    let name = name.to_lowercase();
    let begins_a_word = |word: &str| {
        let mut places = name.match_indices(word);
        places.any(|(at, _)| {
            !name
                .get(..at)
                .is_some_and(|before| before.ends_with(char::is_alphanumeric))
        })
    };
    let words = STEPS
        .iter()
        .enumerate()
        .flat_map(|(rank, words)| words.iter().map(move |word| (rank, *word)));
    words
        .filter(|(_, word)| begins_a_word(word))
        .max_by_key(|(_, word)| word.len())
        .map(|(rank, _)| rank)
}

/// The number that a name begins with, such as 2 of "02 - Contact".
pub fn leading_number(name: &str) -> Option<u32> {
    let digits: String = name
        .trim_start()
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    digits.parse().ok()
}

/// The order of new stages: by the numbers their names begin with where all
/// have one; else the well-known ones first, by [`rank`], the others after
/// them as they stand.
pub fn order_stages<T>(stages: &mut [T], name: impl Fn(&T) -> &str) {
    if stages
        .iter()
        .all(|stage| leading_number(name(stage)).is_some())
    {
        stages.sort_by_key(|stage| leading_number(name(stage)));
    } else {
        stages.sort_by_key(|stage| rank(name(stage)).unwrap_or(usize::MAX));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_known_by_their_words() {
        for (text, want) in [
            ("Won", Some(Some(Outcome::Won))),
            ("Closed Won", Some(Some(Outcome::Won))),
            ("closed-won", Some(Some(Outcome::Won))),
            ("CLOSED/LOST", Some(Some(Outcome::Lost))),
            ("Closed-Lost to Competition", Some(Some(Outcome::Lost))),
            ("Abandoned", Some(Some(Outcome::Outdated))),
            ("In progress", Some(None)),
            ("Foo", None),
            ("Wonder", None),
        ] {
            assert_eq!(status(text), want, "{text}");
        }
        assert_eq!(closed("Open"), None);
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
            &["Lead", "Qualified", "Offer", "Zzz", "Aaa"],
            &["1. Offer", "2. Contact", "10. Foo"],
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
