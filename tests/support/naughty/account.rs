//! An account with naughty strings wherever there is a text, as a backup.

use serde_json::{Map, Value, json};

use super::strings::{is_seen, names, strings};

/// What ids begin with, so that those of two kinds never meet.
#[derive(Clone, Copy)]
enum Kind {
    Process = 1,
    Stage,
    SubStage,
    Customer,
    Deal,
    Note,
    View,
    Rule,
    Entry,
}

/// The address of a deal.
pub fn deal_route(at: usize) -> String {
    format!("#/deals/{}", id(Kind::Deal, at))
}

/// The address of a customer.
pub fn customer_route(at: usize) -> String {
    format!("#/customers/{}", id(Kind::Customer, at))
}

/// The address at which the first process is edited.
pub fn process_route() -> String {
    format!("#/settings/deals/processes/{}", id(Kind::Process, 0))
}

/// The texts that were noted on a deal.
pub fn noted(backup: &Value, deal: usize) -> Vec<&str> {
    let notes = backup["workspace"]["notes"].as_array().unwrap().iter();
    let own = notes.filter(|note| note["deal"] == id(Kind::Deal, deal).as_str());
    own.map(|note| note["text"].as_str().unwrap()).collect()
}

/// Thirteen digits are an id.
fn id(kind: Kind, at: usize) -> String {
    format!("{}{at:012}", kind as u8)
}

/// The lists, each with ids of its own.
const LISTS: [&str; 7] = [
    "segments",
    "categories",
    "owners",
    "sources",
    "reasons_won",
    "reasons_lost",
    "reasons_outdated",
];

/// Of all short names each list has a share, which is long enough.
fn entry(list: usize, at: usize) -> String {
    id(Kind::Entry, list * 10_000 + at)
}

/// How many entries a list has.
fn entries(short: &[String]) -> usize {
    short.len() / LISTS.len()
}

/// So many stages has each process, and so many sub-stages a stage.
const STAGES: usize = 20;
const SUB_STAGES: usize = 3;
const PROCESSES: usize = 3;

/// Half a minute past the start of 2026, as moments are counted.
const THEN: usize = 29_453_760;

/// The backup.
pub fn backup() -> Value {
    let (short, titles, texts) = (names(80), names(200), strings());
    let seen: Vec<&String> = texts.iter().filter(|text| is_seen(text)).collect();
    let lists = LISTS.iter().enumerate().map(|(list, name)| {
        let own = short.chunks(entries(&short)).nth(list).unwrap();
        let own = own.iter().enumerate();
        let own = own.map(|(at, name)| json!({ "id": entry(list, at), "name": name }));
        ((*name).to_owned(), own.collect())
    });
    let lists: Map<String, Value> = lists.collect();
    let customers = titles.iter().enumerate().map(|(at, name)| {
        let text = &texts[at % texts.len()];
        json!({
            "id": id(Kind::Customer, at), "name": name, "segment": entry(0, at % entries(&short)),
            "email": cut(text, 200), "phone": cut(text, 200), "notes": text,
        })
    });
    let deals = texts.iter().enumerate();
    let deals = deals.map(|(at, text)| deal(at, text, &short, &titles, &seen));
    let notes = seen.iter().enumerate().map(|(at, text)| {
        json!({ "id": id(Kind::Note, at), "deal": id(Kind::Deal, at % 60), "at": THEN + at, "text": text })
    });
    let views = short.iter().take(60).enumerate().map(|(at, name)| {
        json!({ "id": id(Kind::View, at), "name": name, "address": cut(&texts[texts.len() - 1 - at], 80) })
    });
    let rules = (0..12).map(|at| {
        json!({ "id": id(Kind::Rule, at), "segments": [entry(0, at)], "categories": [entry(1, at + 9)],
            "owners": [entry(2, at + 20)], "then": id(Kind::Process, at % PROCESSES) })
    });
    let order: Vec<String> = (0..PROCESSES).map(|at| id(Kind::Process, at)).collect();
    json!({
        "format": "pipewright-backup", "version": 1, "exported": "<script>alert(1)</script>",
        "workspace": {
            "settings": { "currency": "EUR", "locale": "\"><script>alert(1)</script>", "me": entry(2, 0) },
            "order": { "default": order[0], "order": order },
            "lists": lists,
            "views": views.collect::<Vec<_>>(),
            "rules": rules.collect::<Vec<_>>(),
            "processes": (0..PROCESSES).map(|at| process(at, &short, &seen)).collect::<Vec<_>>(),
            "customers": customers.collect::<Vec<_>>(),
            "deals": deals.collect::<Vec<_>>(),
            "notes": notes.collect::<Vec<_>>(),
        },
    })
}

/// Names and hints that no other process has.
fn process(at: usize, short: &[String], seen: &[&String]) -> Value {
    let stages = (0..STAGES).map(|stage| {
        let stage = at * STAGES + stage;
        let subs = (0..SUB_STAGES).map(|sub| {
            let sub = stage * SUB_STAGES + sub;
            json!({ "id": id(Kind::SubStage, sub), "name": short[sub % short.len()], "weight": 1,
                "hint": cut(seen[(sub + 7) % seen.len()], 500) })
        });
        json!({ "id": id(Kind::Stage, stage), "name": short[stage % short.len()],
            "hint": cut(seen[(stage + 3) % seen.len()], 500), "stale_after_days": 1,
            "sub_stages": subs.collect::<Vec<_>>() })
    });
    json!({ "id": id(Kind::Process, at), "name": short[short.len() - 1 - at], "color": at,
        "stages": stages.collect::<Vec<_>>() })
}

fn deal(at: usize, text: &str, short: &[String], titles: &[String], seen: &[&String]) -> Value {
    let process = at % PROCESSES;
    let stage = process * STAGES + at % STAGES;
    let sub = stage * SUB_STAGES;
    let of_list = |list| entry(list, at % entries(short));
    let (name, other) = (&short[at % short.len()], &short[(at + 5) % short.len()]);
    let step = json!({ "what": cut(seen[at % seen.len()].trim(), 200), "due": "2026-03-04" });
    let events = [
        json!({ "what": "created" }),
        json!({ "what": "ticked", "sub_stage": id(Kind::SubStage, sub), "name": name, "note": cut(text, 900), "stage": other }),
        json!({ "what": "moved", "to": name }),
        json!({ "what": "process_changed", "from": name, "to": other }),
        json!({ "what": "next_step_done", "step": step }),
        json!({ "what": "snoozed", "until": "2026-12-31", "reason": cut(text, 500) }),
        json!({ "what": "edited", "field": "name", "from": text, "to": name }),
        json!({ "what": "edited", "field": "notes", "from": text, "to": text }),
        json!({ "what": "closed", "outcome": "lost", "on": "2026-02-01", "reason": name, "comment": cut(text, 900) }),
        json!({ "what": "reopened", "outcome": "lost" }),
    ];
    let history = events.into_iter().enumerate().map(|(minute, mut event)| {
        event["at"] = json!(THEN + minute);
        event
    });
    let mut deal = json!({
        "id": id(Kind::Deal, at), "name": titles[at % titles.len()],
        "customer": id(Kind::Customer, at % titles.len()),
        "category": of_list(1), "owner": of_list(2), "source": of_list(3),
        "value": 100 * at, "expected_close": "2026-12-24", "notes": text,
        "external_id": cut(seen[at % seen.len()], 200).trim(),
        "created": "2026-01-01", "touched": THEN + 20, "process": id(Kind::Process, process),
        "progress": { id(Kind::Process, process): {
            "ticks": { id(Kind::SubStage, sub): { "at": THEN, "note": cut(text, 900) } },
        } },
        "history": history.collect::<Vec<_>>(),
    });
    if at.is_multiple_of(3) {
        let (list, outcome) = [(4, "won"), (5, "lost"), (6, "outdated")][at / 3 % 3];
        deal["closing"] = json!({ "outcome": outcome, "on": "2026-02-02", "reason": of_list(list), "comment": cut(text, 900) });
    } else {
        deal["next_step"] = step;
    }
    if at >= seen.len() {
        // No two deals are the same one of another program.
        deal["external_id"] = Value::Null;
    }
    if at % 5 == 1 {
        deal["snooze"] = json!({ "until": "2027-01-01", "reason": cut(text, 200) });
    }
    deal
}

fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}
