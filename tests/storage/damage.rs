//! Stored data that is damaged, incomplete, or of another version.

use pipewright::codec::CodecError;
use pipewright::codec::extra::Extra;
use pipewright::codec::page::decode;
use pipewright::codec::shelf::{PAGE_RECORDS, Shelf, Space};
use pipewright::codec::stored::VERSION;
use pipewright::domain::change::command::Command;
use pipewright::domain::record::check::check;
use pipewright::domain::record::list::ListKind;
use pipewright::store::port::{KeyValue, Room, in_use};
use pipewright::store::saver::{Flush, LoadError, Saver, Status, Trouble};
use proptest::prelude::*;
use serde_json::json;

use crate::sample::{Account, NOW_MS, as_version_2, fresh, load, open_deal};

fn text(account: &Account, shelf: Shelf) -> String {
    account.port.get(&Space::Main.key(shelf)).unwrap().unwrap()
}

fn put(account: &Account, shelf: Shelf, text: &str) {
    account.port.set(&Space::Main.key(shelf), text).unwrap();
}

/// Puts a page back as version 2 wrote it, with its JSON changed.
fn edit(account: &Account, shelf: Shelf, change: impl FnOnce(String) -> String) {
    let old = as_version_2(shelf, &text(account, shelf), change);
    put(account, shelf, &old);
}

#[test]
fn a_record_that_cannot_be_read_is_set_aside_as_it_is_and_outlives_the_next_write() {
    let mut account = Account::with_deals(PAGE_RECORDS + 5);
    edit(&account, Shelf::Deals(0), |json| {
        json.replacen("\"created\":\"20", "\"created\":\"soon", 1)
    });
    let damaged = text(&account, Shelf::Deals(0));
    let (workspace, saver, report) = load(&account.port);
    assert_eq!(workspace.deals.len(), PAGE_RECORDS + 4);
    let [aside] = &report.set_aside[..] else {
        panic!("{report:?}")
    };
    assert_eq!(aside.key, "deals/0");
    assert!(
        aside.text.contains("soon") && aside.text.contains("\"history\""),
        "{}",
        aside.text
    );
    assert!(!aside.reason.is_empty());

    (account.workspace, account.saver) = (workspace, saver);
    let (at, deal) = open_deal(&account.workspace);
    assert!(account.toggle(at, 0));
    account.save();
    let kept = account.port.get("pipewright/main/aside/0/deals/0").unwrap();
    assert_eq!(kept, Some(damaged));
    let (stored, _, report) = load(&account.port);
    assert_eq!(stored, account.workspace);
    assert_eq!((report.set_aside.len(), report.set_aside_before), (0, 1));
    assert!(!stored.deals[&deal].progress.is_empty());
}

#[test]
fn a_page_that_cannot_be_kept_is_not_written_over() {
    let mut account = Account::with_deals(20);
    edit(&account, Shelf::Deals(0), |json| {
        json.replacen("\"created\":\"20", "\"created\":\"soon", 1)
    });
    (account.workspace, account.saver, _) = load(&account.port);
    account.saver.release();
    let before = account.port.snapshot();
    let (at, _) = open_deal(&account.workspace);
    assert!(account.toggle(at, 0));
    account.port.fail_write(Some(0));
    assert_eq!(
        account.saver.flush_all(&account.workspace, &account.port),
        Flush::Refused
    );
    assert_eq!(account.port.snapshot(), before);
}

#[test]
fn a_page_that_cannot_be_unpacked_stays_where_it_is() {
    let mut account = Account::with_deals(PAGE_RECORDS * 2);
    let stored = text(&account, Shelf::Deals(1));
    let half: String = stored.chars().take(stored.chars().count() / 2).collect();
    put(&account, Shelf::Deals(1), &half);
    let report;
    (account.workspace, account.saver, report) = load(&account.port);
    assert_eq!(account.workspace.deals.len(), PAGE_RECORDS);
    assert_eq!(report.set_aside[0].text, half);
    let records = crate::sample::imported(&account.workspace, PAGE_RECORDS * 3, 0);
    account.run(pipewright::domain::change::command::Command::Import(
        pipewright::domain::change::command::ImportKind::Deals,
        records,
    ));
    account.save();
    assert_eq!(text(&account, Shelf::Deals(1)), half);
    assert_eq!(load(&account.port).0, account.workspace);
}

#[test]
fn a_newer_version_is_refused_on_load_and_stops_a_tab_that_meets_it() {
    let mut account = Account::with_deals(3);
    let version = VERSION + 1;
    let newer = CodecError::Newer { version };
    let (at, _) = open_deal(&account.workspace);
    for (shelf, text) in [
        (Shelf::Deals(0), format!("pw{version}:?")),
        (
            Shelf::Settings,
            format!("{{\"version\":{version},\"what\":{{}}}}"),
        ),
    ] {
        put(&account, shelf, &text);
        let refused = Saver::load(&account.port, Space::Main, 1, fresh).map(|_| ());
        let refused = refused.unwrap_err();
        assert!(refused.to_string().contains("newer version"), "{refused}");
        assert_eq!(refused, LoadError::Codec(newer.clone()));
    }
    let before = account.port.snapshot();
    assert!(account.toggle(at, 0));
    assert_eq!(
        account.saver.flush_all(&account.workspace, &account.port),
        Flush::Refused
    );
    assert_eq!(
        account.saver.status(),
        Status::NotSaved(Trouble::Codec(newer))
    );
    // Not even what the newer version has not touched.
    let customers = account.customer_id(0).into_iter().collect();
    account.run(pipewright::domain::change::command::Command::DeleteCustomers(customers));

    account.saver.flush_all(&account.workspace, &account.port);
    assert_eq!(account.port.snapshot(), before);
}

#[test]
fn unknown_fields_survive_an_edit_of_their_record() {
    let mut account = Account::with_deals(5);
    let (at, _) = open_deal(&account.workspace);
    edit(&account, Shelf::Deals(0), |json| {
        json.replace("\"created\":", "\"mood\":{\"sky\":\"blue\"},\"created\":")
    });
    let stored = text(&account, Shelf::Processes);
    put(
        &account,
        Shelf::Processes,
        &stored.replace("\"sub_stages\":", "\"icon\":7,\"sub_stages\":"),
    );
    (account.workspace, account.saver, _) = load(&account.port);
    assert!(account.toggle(at, 0));
    let mut process = (*account.workspace.processes[&account.process_id(0)]).clone();
    process.stages.reverse();
    process.stages.pop();
    let was_used = !account.try_run(pipewright::domain::change::command::Command::SaveProcess(
        process.clone(),
    ));
    if was_used {
        process.name = crate::sample::name("Renamed");
        process.stages = account.workspace.processes[&process.id]
            .stages
            .iter()
            .rev()
            .cloned()
            .collect();
        account.run(pipewright::domain::change::command::Command::SaveProcess(
            process,
        ));
    }
    account.save();
    let page = text(&account, Shelf::Deals(0));
    assert!(page.starts_with("pw4:"));
    let page = decode(Shelf::Deals(0), &page).unwrap();
    let moods = page.records.iter().filter(|stored| {
        let Some(Extra::Object(fields)) = &stored.extra else {
            return false;
        };
        *fields
            == [(
                "mood".to_owned(),
                Extra::Field(json!({"sky": "blue"}).to_string()),
            )]
    });
    assert_eq!(moods.count(), 5);
    let stages = account.workspace.processes[&account.process_id(0)]
        .stages
        .len();
    assert_eq!(
        text(&account, Shelf::Processes)
            .matches("\"icon\":7")
            .count(),
        stages
    );
    assert_eq!(load(&account.port).0, account.workspace);
}

#[test]
fn lost_shelves_leave_a_workspace_that_fits_together() {
    let whole = Account::with_deals(PAGE_RECORDS * 2);
    for lost in [
        "settings",
        "lists",
        "views",
        "processes",
        "order",
        "customers/0",
        "deals/1",
    ] {
        let mut account = Account::with_deals(PAGE_RECORDS * 2);
        account
            .port
            .remove(&format!("pipewright/main/{lost}"))
            .unwrap();
        let report;
        (account.workspace, account.saver, report) = load(&account.port);
        assert_eq!(check(&account.workspace), Ok(()), "without {lost}");
        assert_eq!(
            account.port.snapshot().len(),
            whole.port.snapshot().len() - 1
        );
        let is_told = !report.notes.is_empty() || !report.set_aside.is_empty();
        let is_missed = account.saver.lost().count() > 0;
        assert!(is_told || is_missed, "without {lost}: {report:?}");
        if lost != "deals/1" {
            assert_eq!(
                account.workspace.deals.len(),
                PAGE_RECORDS * 2,
                "without {lost}"
            );
        }
        let (at, _) = open_deal(&account.workspace);
        assert!(account.toggle(at, 0), "without {lost}");
        account.save();
        let (stored, _, report) = load(&account.port);
        assert_eq!(stored, account.workspace, "without {lost}");
        assert_eq!(report.notes, Vec::<String>::new(), "without {lost}");
    }
}

#[test]
fn deals_of_lost_customers_and_owners_still_belong_together() {
    let account = Account::with_deals(PAGE_RECORDS * 2);
    account.port.remove("pipewright/main/customers/0").unwrap();
    let lists = text(&account, Shelf::Lists);
    let owners = &account.workspace.lists[&ListKind::Owners];
    let stored = serde_json::to_string(owners).unwrap();
    assert!(lists.contains(&stored));
    put(&account, Shelf::Lists, &lists.replace(&stored, "[]"));
    let (workspace, _, report) = load(&account.port);
    assert_eq!(
        workspace.list(ListKind::Owners).entries.len(),
        owners.entries.len()
    );
    assert!(
        report
            .notes
            .iter()
            .any(|note| note.contains("Recovered owner")),
        "{report:?}"
    );
    for (id, deal) in &account.workspace.deals {
        assert_eq!(workspace.deals[id].customer, deal.customer);
        assert_eq!(workspace.deals[id].owner, deal.owner);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_damage_to_any_shelf_is_survived(
        at in any::<prop::sample::Index>(),
        cut in any::<prop::sample::Index>(),
        with in prop_oneof![Just(String::new()), ".{0,8}", Just("null".to_owned()), Just("[]".to_owned())],
    ) {
        let account = Account::with_deals(PAGE_RECORDS);
        let keys: Vec<String> = account.port.snapshot().into_keys().collect();
        let key = &keys[at.index(keys.len())];
        let mut characters: Vec<char> = account.port.get(key).unwrap().unwrap().chars().collect();
        let cut = cut.index(characters.len());
        let to = (cut + with.chars().count().max(1)).min(characters.len());
        characters.splice(cut..to, with.chars());
        let damaged: String = characters.into_iter().collect();
        account.port.set(key, &damaged).unwrap();
        match Saver::load(&account.port, Space::Main, 1, fresh) {
            Err(error) => {
                let is_newer = matches!(error, LoadError::Codec(CodecError::Newer { .. }));
                prop_assert!(is_newer, "{}", error);
            }
            Ok((workspace, mut saver, report)) => {
                prop_assert_eq!(check(&workspace), Ok(()));
                let (stored, _, _) = load(&account.port);
                prop_assert_eq!(&stored, &workspace, "repairs are the same each time");
                if workspace != account.workspace {
                    let is_text = report.set_aside.is_empty() && report.notes.is_empty();
                    // A changed letter of a name is a name.
                    prop_assert!(!is_text || !key.contains("/deals/"));
                }
                saver.flush_all(&workspace, &account.port);
                prop_assert_eq!(account.port.get(key).unwrap(), Some(damaged));
            }
        }
    }
}

#[test]
fn what_could_not_be_read_is_kept_until_the_user_throws_it_away() {
    let mut account = Account::with_deals(100);
    let garbage = "pw2:garbage";
    account
        .port
        .set("pipewright/main/deals/0", garbage)
        .unwrap();
    account.port.set("pipewright/main/views", "}{").unwrap();
    let (workspace, saver, _) = load(&account.port);
    (account.workspace, account.saver) = (workspace, saver);
    assert_eq!(account.saver.unread_count(), 2);
    let unread = |account: &Account| account.saver.unread(&account.port).unwrap();
    let texts = |account: &Account| -> Vec<String> {
        unread(account).into_iter().map(|part| part.text).collect()
    };
    assert_eq!(texts(&account), ["}{", garbage]);
    // Work goes on, and both are still there.
    account.run(Command::SaveView {
        name: "Mine".to_owned(),
        address: "#/deals/open".to_owned(),
    });
    account.toggle(0, 0);
    account.save();
    let (_, again, _) = load(&account.port);
    account.saver = again;
    assert_eq!(account.saver.unread_count(), 2);
    let mut kept = texts(&account);
    kept.sort_unstable();
    assert_eq!(kept, [garbage, "}{"]);

    let Account { saver, port, .. } = &mut account;
    saver.discard_unread(port, NOW_MS).unwrap();
    account.save();
    assert_eq!(account.saver.unread_count(), 0);
    let (stored, saver, report) = load(&account.port);
    assert_eq!(stored, account.workspace);
    assert_eq!((saver.unread_count(), report.set_aside.len()), (0, 0));
    assert_eq!(
        saver.characters(),
        in_use(&account.port, Space::Main.prefix(), Room::USUAL).unwrap()
    );
}
