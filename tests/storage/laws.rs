//! Whatever is done, and whenever the storage fails: what is called saved is
//! what a load brings back.

use std::collections::BTreeSet;

use pipewright::domain::change::command::{
    Choice, Command, CustomerDraft, DealDraft, ImportKind, ListEdit,
};
use pipewright::domain::record::check::check;
use pipewright::domain::record::list::ListKind;
use pipewright::domain::record::workspace::{Key, Record, Workspace};
use pipewright::store::saver::{Flush, Status};
use proptest::prelude::*;

use crate::sample::{Account, NOW_MS, imported, load, process};

#[derive(Debug, Clone)]
enum Step {
    AddDeal(u8),
    Tick(usize, usize),
    Delete(usize, usize),
    AddCustomer(u8),
    DeleteCustomer(usize),
    AddProcess(u8),
    MoveToProcess(usize, usize),
    AddOwner(u8),
    SaveView(u8),
    Import(usize),
    Undo,
    Redo,
    Slice,
    Flush,
    FailWrite(usize),
    Quota(usize),
    NoQuota,
    Reload,
}

fn step() -> impl Strategy<Value = Step> {
    use Step::*;
    prop_oneof![
        4 => any::<u8>().prop_map(AddDeal),
        6 => (any::<usize>(), 0usize..8).prop_map(|(deal, sub)| Tick(deal, sub)),
        2 => (any::<usize>(), 1usize..70).prop_map(|(from, count)| Delete(from, count)),
        2 => any::<u8>().prop_map(AddCustomer),
        1 => any::<usize>().prop_map(DeleteCustomer),
        1 => any::<u8>().prop_map(AddProcess),
        2 => (any::<usize>(), any::<usize>()).prop_map(|(deal, to)| MoveToProcess(deal, to)),
        1 => any::<u8>().prop_map(AddOwner),
        1 => any::<u8>().prop_map(SaveView),
        1 => (1usize..150).prop_map(Import),
        3 => Just(Undo),
        2 => Just(Redo),
        3 => Just(Slice),
        3 => Just(Flush),
        3 => (0usize..4).prop_map(FailWrite),
        1 => (0usize..3_000).prop_map(Quota),
        1 => Just(NoQuota),
        1 => Just(Reload),
    ]
}

fn take(account: &mut Account, step: Step) {
    match step {
        Step::AddDeal(number) => {
            let process = account.process_id(number.into());
            account.try_run(Command::AddDeal(DealDraft {
                name: format!("Deal {number}"),
                customer: Choice::New(format!("Customer {}", number % 7)),
                segment: Choice::None,
                category: Choice::New(format!("Category {}", number % 3)),
                owner: Choice::None,
                value: None,
                expected_close: None,
                source: Choice::None,
                process,
                notes: "łódź 🚤".repeat(number.into()),
                next_step: None,
                carry_over: false,
                dismissed: Default::default(),
            }));
        }
        Step::Tick(deal, sub) => {
            account.toggle(deal, sub);
        }
        Step::Delete(from, count) => {
            let all = account.workspace.deals.keys();
            let skipped = from % account.workspace.deals.len().max(1);
            let some = all.skip(skipped).take(count).copied().collect();
            account.try_run(Command::DeleteDeals(some));
        }
        Step::AddCustomer(number) => {
            let name = format!("Customer {number}");
            account.try_run(Command::AddCustomer(CustomerDraft {
                name,
                ..Default::default()
            }));
        }
        Step::DeleteCustomer(at) => {
            if let Some(id) = account.customer_id(at) {
                account.try_run(Command::DeleteCustomers(BTreeSet::from([id])));
            }
        }
        Step::AddProcess(number) => {
            let new = process(&format!("Process {number}"), &mut account.ids);
            account.try_run(Command::SaveProcess(new));
        }
        Step::MoveToProcess(deal, to) => {
            if let Some(deal) = account.deal(deal) {
                let (deals, process) = (BTreeSet::from([deal.id]), account.process_id(to));
                account.try_run(Command::ChangeProcess { deals, process });
            }
        }
        Step::AddOwner(number) => {
            let add = ListEdit::Add(format!("Owner {number}"));
            account.try_run(Command::EditList(ListKind::Owners, add));
        }
        Step::SaveView(number) => {
            let (name, address) = (format!("View {}", number % 5), format!("#/deals/{number}"));
            account.try_run(Command::SaveView { name, address });
        }
        Step::Import(count) => {
            let records = imported(&account.workspace, count, count / 10);
            account.try_run(Command::Import(ImportKind::Deals, records));
        }
        // Nobody else changes anything here, so every step fits.
        Step::Undo => assert!(account.undo()),
        Step::Redo => assert!(account.redo()),
        Step::Slice => {
            account.flush(|| false);
        }
        Step::Flush => {
            account.flush(|| true);
        }
        Step::FailWrite(after) => account.port.fail_write(Some(after)),
        Step::Quota(characters) => account.port.set_quota(Some(characters)),
        Step::NoQuota => account.port.set_quota(None),
        Step::Reload => {
            let (workspace, saver, _) = load(&account.port);
            account.workspace = workspace;
            account.saver = saver;
            account.undo.clear();
        }
    }
}

/// The records that differ, as they are in the one and in the other.
fn difference(one: &Workspace, other: &Workspace) -> Vec<(Option<Record>, Option<Record>)> {
    let keys: BTreeSet<Key> = one
        .records()
        .chain(other.records())
        .map(|record| record.key())
        .collect();
    let pairs = keys.into_iter().map(|key| (one.get(key), other.get(key)));
    pairs.filter(|(one, other)| one != other).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn saved_means_that_a_load_brings_it_back(steps in prop::collection::vec(step(), 1..60)) {
        let mut account = Account::new();
        // A tab that ends in the middle of a flush leaves half of it behind,
        // which is repaired, and told, until the next change.
        let mut is_torn = false;
        for step in steps {
            is_torn |= matches!(step, Step::Reload) && account.saver.status() != Status::Saved;
            let told = format!("{step:?}");
            take(&mut account, step);
            prop_assert_eq!(check(&account.workspace), Ok(()), "after {}", told);
            let (stored, _, report) = load(&account.port);
            prop_assert_eq!(check(&stored), Ok(()), "after {}", told);
            if account.saver.status() == Status::Saved && !report.is_new {
                prop_assert_eq!(difference(&stored, &account.workspace), vec![], "after {}", told);
                prop_assert!(is_torn || report.set_aside.is_empty(), "{:?}", report.set_aside);
            }
        }
        account.port.set_quota(None);
        account.port.fail_write(None);
        account.saver.retry(NOW_MS);
        let flush = account.flush(|| true);
        prop_assert_eq!(flush, Flush::Done);
        let (stored, _, report) = load(&account.port);
        prop_assert!(is_torn || report.notes.is_empty(), "{:?}", report.notes);
        if !report.is_new {
            prop_assert_eq!(difference(&stored, &account.workspace), vec![]);
        }
    }
}
