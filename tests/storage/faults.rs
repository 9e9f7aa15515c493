//! A storage that is full, denied, or fails once in a while.

use std::collections::BTreeSet;

use pipewright::codec::shelf::{PAGE_RECORDS, Space};
use pipewright::domain::change::command::{Command, CustomerDraft};
use pipewright::store::memory::Memory;
use pipewright::store::port::{KeyValue, PortError, Room, in_use};
use pipewright::store::saver::{
    DEBOUNCE_MS, Flush, LoadError, MAX_DELAY_MS, Saver, Status, Trouble,
};

use crate::sample::{Account, NOW_MS, fresh, load, open_deal};

fn add_customer(name: &str) -> Command {
    Command::AddCustomer(CustomerDraft {
        name: name.to_owned(),
        ..CustomerDraft::default()
    })
}

#[test]
fn a_new_account_writes_nothing_before_its_first_change_and_then_all() {
    let mut account = Account::new();
    assert_eq!(account.saver.status(), Status::Saved);
    assert_eq!(account.saver.due(NOW_MS), None);
    account.save();
    assert_eq!(account.port.writes(), 0);
    account.run(add_customer("Babbage & Co"));
    assert_eq!(account.saver.status(), Status::Saving);
    account.save();
    let keys: Vec<String> = account.port.snapshot().into_keys().collect();
    let names = [
        "customers/0",
        "lists",
        "order",
        "pages",
        "processes",
        "rules",
        "settings",
        "views",
    ];
    assert_eq!(keys, names.map(|name| format!("pipewright/main/{name}")));
    let (workspace, _, report) = load(&account.port);
    assert_eq!(workspace, account.workspace);
    assert!(!report.is_new && report.set_aside.is_empty() && report.notes.is_empty());
}

#[test]
fn a_denied_storage_loads_nothing_and_is_not_written() {
    let account = Account::with_deals(3);
    let before = account.port.snapshot();
    account.port.set_denied(true);
    let denied = Saver::load(&account.port, Space::Main, 1, fresh).map(|_| ());
    assert_eq!(denied, Err(LoadError::Port(PortError::Denied)));
    assert_eq!(account.port.snapshot(), before);
}

#[test]
fn a_refused_write_is_told_keeps_the_old_and_is_tried_again_with_the_next_change() {
    let mut account = Account::with_deals(PAGE_RECORDS * 3);
    let before = account.port.snapshot();
    let (at, _) = open_deal(&account.workspace);
    account.port.fail_write(Some(0));
    assert!(account.toggle(at, 0));
    assert_eq!(
        account.saver.flush_all(&account.workspace, &account.port),
        Flush::Refused
    );
    let Status::NotSaved(trouble) = account.saver.status() else {
        panic!("must be told")
    };
    assert!(trouble.to_string().contains("injected fault"), "{trouble}");
    assert_eq!(account.port.snapshot(), before);
    assert_eq!(
        account.saver.due(NOW_MS),
        None,
        "not tried again and again by itself"
    );

    assert!(account.toggle(at, 1));
    assert!(account.saver.due(NOW_MS).is_some());
    account.save();
    assert_eq!(account.saver.status(), Status::Saved);
    assert_eq!(load(&account.port).0, account.workspace);
}

#[test]
fn a_refused_write_is_tried_again_on_request() {
    let mut account = Account::new();
    account.run(add_customer("Babbage & Co"));
    account.port.fail_write(Some(2));
    assert_eq!(
        account.saver.flush_all(&account.workspace, &account.port),
        Flush::Refused
    );
    account.saver.retry(NOW_MS + 5_000);
    assert_eq!(account.saver.due(NOW_MS + 5_000), Some(DEBOUNCE_MS));
    account.save();
    assert_eq!(load(&account.port).0, account.workspace);
}

#[test]
fn a_full_storage_says_so_and_making_room_helps() {
    let mut account = Account::with_deals(PAGE_RECORDS * 4);
    let used = in_use(&account.port, Space::Main.prefix(), Room::USUAL).unwrap();
    account.port.set_quota(Some(used + 20));
    for number in 0..20 {
        account.run(add_customer(&format!(
            "Customer {} of many",
            number * 7_919
        )));
    }
    account.saver.flush_all(&account.workspace, &account.port);
    let full = Status::NotSaved(Trouble::Port(PortError::Full));
    assert_eq!(account.saver.status(), full);
    let deals: BTreeSet<_> = account
        .workspace
        .deals
        .keys()
        .take(PAGE_RECORDS)
        .copied()
        .collect();
    account.run(Command::DeleteDeals(deals));
    assert_eq!(
        account.saver.flush_all(&account.workspace, &account.port),
        Flush::Done
    );
    assert_eq!(account.saver.status(), Status::Saved);
    assert_eq!(load(&account.port).0, account.workspace);
}

#[test]
fn one_refused_shelf_does_not_keep_the_others_from_being_written() {
    let mut account = Account::with_deals(PAGE_RECORDS * 2);
    let (at, deal) = open_deal(&account.workspace);
    account.run(add_customer("Babbage & Co"));
    assert!(account.toggle(at, 0));
    account.port.fail_write(Some(0));
    assert_eq!(
        account.saver.flush_all(&account.workspace, &account.port),
        Flush::Refused
    );
    let stored = load(&account.port).0;
    assert_eq!(stored.deals[&deal], account.workspace.deals[&deal]);
    assert_ne!(stored.customers, account.workspace.customers);
}

#[test]
fn saving_waits_for_a_pause_but_not_for_long() {
    let mut account = Account::new();
    account.run(add_customer("A"));
    assert_eq!(account.saver.due(NOW_MS), Some(DEBOUNCE_MS));
    assert_eq!(account.saver.due(NOW_MS + 70), Some(DEBOUNCE_MS - 70));
    assert_eq!(account.saver.due(NOW_MS + 5_000), Some(0));
    assert_eq!(
        account.saver.due(NOW_MS - 5_000),
        Some(0),
        "a clock set back"
    );
    for step in 1..=10 {
        account.saver.retry(NOW_MS + step * 90);
        let due = account.saver.due(NOW_MS + step * 90).unwrap();
        assert!(
            step * 90 + due <= MAX_DELAY_MS.max(step * 90),
            "step {step}: {due}"
        );
    }
}

#[test]
fn a_long_flush_goes_in_slices() {
    let mut account = Account::new();
    let records = crate::sample::imported(&account.workspace, PAGE_RECORDS * 5, 10);
    account.run(Command::Import(
        pipewright::domain::change::command::ImportKind::Deals,
        records,
    ));
    let mut slices = 0;
    while account
        .saver
        .flush_some(&account.workspace, &account.port, || false)
        == Flush::More
    {
        slices += 1;
        assert_eq!(account.port.writes(), slices);
        assert_eq!(account.saver.status(), Status::Saving);
        assert_eq!(account.saver.due(NOW_MS + MAX_DELAY_MS), Some(0));
    }
    assert_eq!(slices, 11, "twelve shelves, one each time");
    assert_eq!(account.port.writes(), 13, "and how many pages there are");
    assert_eq!(account.saver.status(), Status::Saved);
    assert_eq!(load(&account.port).0, account.workspace);
}

#[test]
fn a_locked_saver_writes_nothing_any_more() {
    let mut account = Account::with_deals(3);
    let before = account.port.snapshot();
    account.run(add_customer("After the panic"));
    account.saver.lock();
    assert_eq!(
        account.saver.flush_all(&account.workspace, &account.port),
        Flush::Refused
    );
    assert_eq!(account.saver.status(), Status::NotSaved(Trouble::Locked));
    account.run(add_customer("And another"));
    account.saver.flush_all(&account.workspace, &account.port);
    assert_eq!(account.saver.due(NOW_MS), None);
    assert_eq!(account.port.snapshot(), before);
}

#[test]
fn erasing_takes_this_space_and_nothing_else() {
    let mut account = Account::with_deals(PAGE_RECORDS * 2);
    for key in ["theme", "pipewright/demo/settings", "pipewright/mainframe"] {
        account.port.set(key, "kept").unwrap();
    }
    account.saver.erase(&account.port, NOW_MS).unwrap();
    let left: Vec<String> = account.port.snapshot().into_keys().collect();
    assert_eq!(
        left,
        [
            "pipewright/demo/settings",
            "pipewright/main/generation",
            "pipewright/mainframe",
            "theme"
        ]
    );
    assert_eq!(
        account.saver.flush_all(&account.workspace, &account.port),
        Flush::Done
    );
    assert!(load(&account.port).2.is_new);
}

#[test]
fn emptied_pages_shrink_and_foreign_keys_stay() {
    let mut account = Account::with_deals(PAGE_RECORDS * 2);
    account
        .port
        .set("pipewright/main/of-a-later-version", "kept")
        .unwrap();
    let deals = account.workspace.deals.keys().copied().collect();
    account.run(Command::DeleteDeals(deals));
    account.save();
    let keys: Vec<String> = account.port.keys("").unwrap();
    // What is left are the marks of the deleted deals.
    for key in keys.iter().filter(|key| key.contains("/deals/")) {
        assert!(account.port.get(key).unwrap().unwrap().len() < 500, "{key}");
    }
    assert!(
        keys.iter()
            .any(|key| key == "pipewright/main/of-a-later-version")
    );
    account.undo();
    account.save();
    assert_eq!(load(&account.port).0, account.workspace);
}

#[test]
fn the_demo_is_a_space_of_its_own() {
    let account = Account::with_deals(3);
    let (demo, _, report) = Saver::load(&account.port, Space::Demo, 1, fresh).unwrap();
    assert!(report.is_new && demo.deals.is_empty());
    let nothing = Memory::new();
    assert!(load(&nothing).2.is_new);
}
