//! What stands in for something lost, while a person works on: it is there as
//! long as anything names it, and comes back with what names it.

use std::collections::BTreeSet;

use pipewright::codec::shelf::{Shelf, Space};
use pipewright::domain::change::bulk::BulkChange;
use pipewright::domain::change::command::{Choice, Command, DealDraft, ImportKind, ListEdit};
use pipewright::domain::record::check::check;
use pipewright::domain::record::list::ListKind;
use pipewright::domain::record::workspace::Key;
use pipewright::domain::value::id::{DealId, EntryId};
use pipewright::store::port::KeyValue;
use pipewright::store::saver::{Received, Status};

use crate::sample::{Account, NOW_MS, imported, load};

/// An account in which Desks is of the category Office and of the owner Ada,
/// of which the storage has lost both; Chairs has neither. The deal, and the
/// text of the lists that was lost.
fn torn() -> (Account, DealId, String) {
    let mut account = Account::new();
    add(&mut account, "Chairs", Choice::None, Choice::None);
    account.save();
    let lists = Space::Main.key(Shelf::Lists);
    let old = account.port.get(&lists).unwrap().unwrap();
    let named = |name: &str| Choice::New(name.to_owned());
    let desks = add(&mut account, "Desks", named("Office"), named("Ada"));
    account.save();
    let lost = account.port.get(&lists).unwrap().unwrap();
    account.port.set(&lists, &old).unwrap();
    (account.workspace, account.saver, _) = load(&account.port);
    account.undo.clear();
    assert_eq!(names(&account, desks), RECOVERED);
    (account, desks, lost)
}

const RECOVERED: [&str; 2] = ["Recovered category", "Recovered owner"];

fn add(
    account: &mut Account,
    name: &str,
    category: Choice<EntryId>,
    owner: Choice<EntryId>,
) -> DealId {
    let process = account.workspace.default_process();
    account.run(Command::AddDeal(DealDraft {
        name: name.to_owned(),
        customer: Choice::None,
        segment: Choice::None,
        category,
        owner,
        value: None,
        expected_close: None,
        source: Choice::None,
        process,
        notes: String::new(),
        next_step: None,
        carry_over: false,
        dismissed: BTreeSet::new(),
    }));
    let mut deals = account.workspace.deals.values();
    deals.find(|deal| deal.name.as_str() == name).unwrap().id
}

/// What the category and the owner of a deal are called.
fn names(account: &Account, deal: DealId) -> [&str; 2] {
    let deal = &account.workspace.deals[&deal];
    [ListKind::Categories, ListKind::Owners]
        .map(|kind| account.workspace.entry_name(kind, deal.entry(kind)))
}

/// How many of the two stand in a list.
fn standing_in(account: &Account) -> usize {
    let lists = [ListKind::Categories, ListKind::Owners].into_iter();
    let entries = lists.flat_map(|kind| &account.workspace.list(kind).entries);
    let names = entries.filter(|entry| RECOVERED.contains(&entry.name.as_str()));
    names.count()
}

/// Saves, and sees that a load shows the same.
#[track_caller]
fn shown_is_stored(account: &mut Account) {
    assert_eq!(check(&account.workspace), Ok(()));
    account.save();
    assert_eq!(account.saver.status(), Status::Saved);
    assert_eq!(check(&account.workspace), Ok(()));
    assert_eq!(load(&account.port).0, account.workspace);
}

fn delete(deals: impl IntoIterator<Item = DealId>) -> Command {
    Command::DeleteDeals(deals.into_iter().collect())
}

#[test]
fn a_deleted_deal_comes_back_with_the_category_and_the_owner_that_stood_in() {
    for is_shared in [false, true] {
        let (mut account, desks, _) = torn();
        let before = account.workspace.clone();
        if is_shared {
            // Another tab has done something else, so what a step refers to is
            // looked for.
            account.undo.share();
        }
        account.run(delete([desks]));
        shown_is_stored(&mut account);
        assert_eq!(standing_in(&account), 0, "nothing names them");
        let without = account.workspace.clone();
        for _ in 0..2 {
            assert!(account.undo(), "the deal comes back");
            assert_eq!(account.workspace, before);
            shown_is_stored(&mut account);
            assert!(account.redo());
            assert_eq!(account.workspace, without);
            shown_is_stored(&mut account);
        }
    }
}

#[test]
fn many_deals_get_the_owner_back_that_stood_in() {
    let (mut account, desks, _) = torn();
    let before = account.workspace.clone();
    let deals: BTreeSet<DealId> = account.workspace.deals.keys().copied().collect();
    assert_eq!(deals.len(), 2);
    let ada = account.workspace.list(ListKind::Owners).entries[0].id;
    for change in [BulkChange::Owner(Some(ada)), BulkChange::Category(None)] {
        account.run(Command::BulkEdit {
            deals: deals.clone(),
            change,
        });
        shown_is_stored(&mut account);
    }
    assert_eq!((names(&account, desks)[0], standing_in(&account)), ("", 0));
    // Steps between, and a list that has changed meanwhile.
    let add = ListEdit::Add("Hedy Lamarr".to_owned());
    account.run(Command::EditList(ListKind::Owners, add));
    let records = imported(&account.workspace, 20, 2);
    account.run(Command::Import(ImportKind::Deals, records));
    shown_is_stored(&mut account);
    for _ in 0..4 {
        assert!(account.undo());
        shown_is_stored(&mut account);
    }
    assert_eq!(account.workspace, before);
    assert_eq!(names(&account, desks), RECOVERED);
    for _ in 0..4 {
        assert!(account.redo());
        shown_is_stored(&mut account);
    }
    assert_eq!(standing_in(&account), 0);
}

#[test]
fn what_stood_in_is_what_it_was_when_that_comes_after_an_undo() {
    let (mut account, desks, lost) = torn();
    let revision = |account: &Account| {
        let lists = [ListKind::Categories, ListKind::Owners];
        lists.map(|kind| account.saver.revision(Key::List(kind)))
    };
    let before = revision(&account);
    account.run(delete([desks]));
    account.save();
    assert!(account.undo());
    account.save();
    assert_eq!(revision(&account), before, "nobody has edited the lists");
    // Another tab had them on their way.
    let lists = Space::Main.key(Shelf::Lists);
    account.port.set(&lists, &lost).unwrap();
    let received = account
        .saver
        .receive(&lists, Some(&lost), &account.workspace, NOW_MS);
    assert_eq!(received, Received::Merged);
    shown_is_stored(&mut account);
    assert_eq!(names(&account, desks), ["Office", "Ada"]);
}
