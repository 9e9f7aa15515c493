//! Backups: written the same each time, read back whole, refused with reasons.

use pipewright::codec::backup::{BackupError, BackupSummary, MAX_BYTES, read, write};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::sample::{Account, fresh};

fn refusal(text: &str) -> String {
    match read(text.as_bytes()) {
        Err(error) => error.to_string(),
        Ok(_) => panic!("must be refused: {text}"),
    }
}

#[test]
fn a_backup_reads_back_and_is_the_same_but_for_its_date() {
    let account = Account::with_deals(100);
    let text = write(&account.workspace, "2026-11-07");
    let backup = read(text.as_bytes()).unwrap();
    assert_eq!(backup.workspace, account.workspace);
    assert_eq!(backup.exported, "2026-11-07");
    assert_eq!(write(&backup.workspace, "2026-11-07"), text);
    assert_eq!(
        write(&backup.workspace, "2027-01-01").replace("2027-01-01", "2026-11-07"),
        text
    );
    let summary = BackupSummary {
        deals: 100,
        customers: 5,
        processes: 1,
        notes: 0,
    };
    assert_eq!(BackupSummary::of(&backup.workspace), summary);
    let with_bom = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    assert_eq!(
        read(with_bom.as_bytes()).unwrap().workspace,
        account.workspace
    );
}

#[test]
fn what_is_no_backup_is_told_so() {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    for file in [
        &b"{}"[..],
        b"[]",
        b"hello",
        b"null",
        b"{\"format\":7}",
        b"\xff\xfe",
        png,
    ] {
        assert_eq!(read(file), Err(BackupError::NotABackup), "{file:?}");
    }
    for empty in [&b""[..], b" \r\n", "\u{feff}".as_bytes()] {
        assert_eq!(read(empty), Err(BackupError::Empty), "{empty:?}");
    }
    assert_eq!(
        read(&vec![b' '; MAX_BYTES + 1]),
        Err(BackupError::TooLarge { megabytes: 400 })
    );
    let deep = "[".repeat(100_000);
    assert_eq!(read(deep.as_bytes()), Err(BackupError::NotABackup));
}

#[test]
fn a_newer_version_is_named() {
    let text = write(&fresh(), "").replace("\"version\": 1", "\"version\": 7");
    assert_eq!(
        read(text.as_bytes()),
        Err(BackupError::Newer { version: 7 })
    );
    assert!(refusal(&text).contains("format 7"));
    let text = text.replace("\"version\": 7", "\"version\": 0");
    assert_eq!(read(text.as_bytes()), Err(BackupError::NoVersion));
}

#[test]
fn messages_say_what_and_where() {
    let account = Account::with_deals(30);
    let text = write(&account.workspace, "2026-11-07");
    let deal = account.workspace.deals.values().next().unwrap();
    let line = |id: &str| {
        1 + text
            .lines()
            .position(|l| l.contains(&format!("{{\"id\":\"{id}\"")))
            .unwrap()
    };
    let id = deal.id.to_string();

    let lost = text
        .lines()
        .filter(|l| !l.contains(&format!("{{\"id\":\"{}\"", deal.customer.unwrap())));
    let lost = lost
        .collect::<Vec<_>>()
        .join("\n")
        .replace("},\n],\n\"deals\"", "}\n],\n\"deals\"");
    let about = format!(
        "The deal “{}” refers to a customer that is not there",
        deal.name
    );
    let message = refusal(&lost);
    assert!(
        message.contains("refers to a customer that is not there"),
        "{message}"
    );
    assert!(message.contains("The deal “"), "{message} / {about}");

    let cut: String = text.chars().take(text.chars().count() - 50).collect();
    assert!(
        refusal(&cut).starts_with("This backup is damaged: line "),
        "{}",
        refusal(&cut)
    );

    let created = format!("\"created\":\"{}\"", deal.created);
    let at = text.find(&id).unwrap();
    let (head, tail) = text.split_at(at);
    let with = |new: &str| format!("{head}{}", tail.replacen(&created, new, 1));
    let message = refusal(&with("\"created\":\"2026-02-31\""));
    assert!(
        message.contains(&format!("line {}, column", line(&id))),
        "{message}"
    );
    let message = refusal(&with("\"madeup\":1"));
    assert!(message.contains("missing field `created`"), "{message}");
    let message = refusal(&with("\"created\":\"0026-02-21\""));
    assert!(
        message.contains(&format!("The deal “{}”", deal.name)),
        "{message}"
    );

    let deal_line = text.lines().nth(line(&id) - 1).unwrap();
    let message = refusal(&text.replace(deal_line, &format!("{deal_line}\n{deal_line}")));
    assert!(
        message.contains(&format!("two deals have the id {id}")),
        "{message}"
    );
}

#[test]
fn broken_rules_are_named() {
    let account = Account::with_deals(30);
    let text = write(&account.workspace, "2026-11-07");
    let value = text.find("\"value\":").unwrap();
    let negative = format!("{}\"value\":-{}", &text[..value], &text[value + 8..]);
    for (broken, say) in [
        (
            text.replace("\"weight\":10", "\"weight\":101"),
            "The weight of “Ask”",
        ),
        (text.replace("\"weight\":10", "\"weight\":1e99"), "line "),
        (
            text.replace("\"name\":\"Contact\"", "\"name\":\"offer\""),
            "a stage named “Offer”",
        ),
        (
            text.replace("\"name\":\"Grace Hopper\"", "\"name\":\"ADA lovelace\""),
            "an owner|named “ADA",
        ),
        (
            text.replace("\"currency\":\"EUR\"", "\"currency\":\"XXX\""),
            "XXX",
        ),
        (
            text.replace("\"archived\":false", "")
                .replace("\"color\":0", "\"archived\":true,\"color\":0"),
            "archived",
        ),
        (negative, "has a value outside"),
    ] {
        assert_ne!(broken, text);
        let message = refusal(&broken);
        assert!(
            say.split('|').any(|say| message.contains(say)),
            "{message}: {say}"
        );
    }
}

/// The texts that are no names.
const TEXTS: [&str; 11] = [
    "comment",
    "email",
    "external_id",
    "from",
    "hint",
    "locale",
    "note",
    "notes",
    "phone",
    "reason",
    "text",
];

/// Does something to every text of that key; how many there are.
fn each_text(value: &mut Value, key: &str, act: &impl Fn(&mut String)) -> usize {
    match value {
        Value::Array(all) => all.iter_mut().map(|one| each_text(one, key, act)).sum(),
        Value::Object(all) => all
            .iter_mut()
            // The reason of a closed deal is an entry of a list.
            .filter(|(name, _)| *name != "closing" || key == "comment")
            .map(|(name, one)| match one {
                Value::String(text) if name == key => {
                    act(text);
                    1
                }
                _ => each_text(one, key, act),
            })
            .sum(),
        _ => 0,
    }
}

#[test]
fn the_texts_of_a_backup_are_cleaned_as_typed_ones_are() {
    let text = include_str!("../golden/backup-of-store-v4.json");
    let mut backup: Value = serde_json::from_str(text).unwrap();
    let content = &mut backup["workspace"];
    let stage = &mut content["processes"][0]["stages"][0];
    stage["hint"] = json!("Who else decides?\nAnd when?");
    stage["sub_stages"][0]["hint"] = json!("Ask");
    content["customers"][0]["email"] = json!("ask@mill.example");
    content["customers"][0]["phone"] = json!("+48 12 345");
    content["deals"][0]["external_id"] = json!("A 100");
    let read_of = |backup: &Value| read(backup.to_string().as_bytes()).unwrap().workspace;
    let clean = read_of(&backup);
    for key in TEXTS {
        let mut dirty = backup.clone();
        let count = each_text(&mut dirty, key, &|text| {
            *text = format!("\u{1}{}\u{7f}\r\n \u{85}", text.replace('\n', "\r\n"));
        });
        assert!(count > 0, "no {key}");
        assert_eq!(read_of(&dirty), clean, "{key}");
    }
    let mut dirty = backup.clone();
    let content = &mut dirty["workspace"];
    content["customers"][0]["phone"] = json!("\t+48  12\n345 ");
    content["deals"][0]["external_id"] = json!("A \u{0} 100");
    content["deals"][1]["external_id"] = json!(" \u{0}");
    assert_eq!(read_of(&dirty), clean);
}

proptest! {
    #[test]
    fn mutated_backups_are_read_or_refused_but_never_panic(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0usize..40), 1..6),
    ) {
        let mut bytes = write(&Account::with_deals(3).workspace, "2026-11-07").into_bytes();
        for (at, byte, cut) in edits {
            let at = at.index(bytes.len());
            let to = (at + cut).min(bytes.len());
            bytes.splice(at..to, [byte]);
        }
        if let Ok(backup) = read(&bytes) {
            prop_assert_eq!(pipewright::domain::record::check::check(&backup.workspace), Ok(()));
        }
    }

    #[test]
    fn arbitrary_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(read(&bytes).is_err());
    }
}
