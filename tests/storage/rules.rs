//! `check` finds every way in which records can fail to fit together.

use std::sync::Arc;

use pipewright::domain::record::check::check;
use pipewright::domain::record::customer::Customer;
use pipewright::domain::record::deal::{Closing, Deal, Outcome};
use pipewright::domain::record::list::ListKind;
use pipewright::domain::record::process::Process;
use pipewright::domain::record::progress::{Stay, Tick};
use pipewright::domain::record::workspace::{ProcessOrder, Workspace};
use pipewright::domain::value::id::{CustomerId, EntryId, ProcessId, StageId, SubStageId};
use pipewright::domain::value::time::Date;

use crate::sample::{Account, NOW, TODAY, name};

/// Asserts that a workspace in order no longer is after `change`, and why.
#[track_caller]
fn refused(say: &str, change: impl FnOnce(&mut Workspace)) {
    let mut workspace = Account::with_deals(20).workspace;
    assert_eq!(check(&workspace), Ok(()));
    change(&mut workspace);
    let message = check(&workspace).expect_err(say).to_string();
    assert!(message.contains(say), "{message}");
}

#[track_caller]
fn refused_deal(say: &str, change: impl FnOnce(&mut Deal)) {
    refused(say, |workspace| {
        change(Arc::make_mut(workspace.deals.values_mut().next().unwrap()))
    });
}

#[track_caller]
fn refused_order(say: &str, change: impl FnOnce(&mut ProcessOrder)) {
    refused(say, |workspace| change(Arc::make_mut(&mut workspace.order)));
}

#[test]
fn deals_refer_to_what_is_there() {
    refused_deal("a customer", |deal| deal.customer = Some(CustomerId(1)));
    refused_deal("a category", |deal| deal.category = Some(EntryId(1)));
    refused_deal("a category", |deal| deal.category = deal.owner);
    refused_deal("an owner", |deal| deal.owner = Some(EntryId(1)));
    refused_deal("a source", |deal| deal.source = deal.owner);
    refused_deal("a sales process", |deal| deal.process = ProcessId(1));
    refused_deal("a sales process", |deal| {
        deal.progress.insert(ProcessId(1), Default::default());
    });
    refused_deal("a reason", |deal| {
        let (outcome, comment) = (Outcome::Lost, String::new());
        deal.closing = Some(Closing {
            outcome,
            on: TODAY,
            reason: deal.owner,
            comment,
        });
    });
}

#[test]
fn progress_refers_to_stages_of_its_process() {
    fn progress(deal: &mut Deal) -> &mut pipewright::domain::record::progress::Progress {
        deal.progress.iter_mut().next().unwrap().1
    }
    refused_deal("a stage", |deal| progress(deal).position = Some(StageId(1)));
    refused_deal("a stage", |deal| {
        progress(deal).stays.push(Stay {
            stage: StageId(1),
            entered: NOW,
            left: None,
        });
    });
    refused_deal("a sub-stage", |deal| {
        progress(deal).ticks.insert(
            SubStageId(1),
            Tick {
                at: NOW,
                note: String::new(),
            },
        );
    });
    refused("note that is too long", |workspace| {
        let (_, sub) = workspace
            .setup
            .processes
            .values()
            .next()
            .unwrap()
            .sub_stages()
            .next()
            .unwrap();
        let tick = Tick {
            at: NOW,
            note: "x".repeat(1_001),
        };
        let deal = Arc::make_mut(workspace.deals.values_mut().next().unwrap());
        progress(deal).ticks.insert(sub.id, tick);
    });
}

#[test]
fn dates_and_texts_are_in_their_ranges() {
    refused_deal("was created", |deal| {
        deal.created = Date::constant(26, 1, 1)
    });
    refused_deal("expected to close", |deal| {
        deal.expected_close = Some(Date::constant(3000, 1, 1))
    });
    refused_deal("was closed", |deal| {
        let (outcome, comment) = (Outcome::Won, String::new());
        let on = Date::constant(1899, 12, 31);
        deal.closing = Some(Closing {
            outcome,
            on,
            reason: None,
            comment,
        });
    });
    refused_deal("The notes on a deal", |deal| {
        deal.notes = "é".repeat(10_001)
    });
}

#[test]
fn there_is_one_order_with_a_default_that_can_be_chosen() {
    refused_order("default process", |order| order.default = ProcessId(1));
    refused_order("exactly once", |order| order.order.push(order.default));
    refused_order("exactly once", |order| order.order.clear());
    refused("archived", |workspace| {
        Arc::make_mut(workspace.processes.values_mut().next().unwrap()).archived = true;
    });
}

#[test]
fn names_and_ids_stand_once() {
    fn first(workspace: &Workspace) -> Process {
        Process::clone(workspace.processes.values().next().unwrap())
    }
    fn add(workspace: &mut Workspace, process: Process) {
        Arc::make_mut(&mut workspace.order)
            .order
            .insert(0, process.id);
        workspace.processes.insert(process.id, Arc::new(process));
    }
    refused("already a sales process named “DEFAULT”", |workspace| {
        let stages = Vec::new();
        let process = Process {
            id: ProcessId(u64::MAX),
            name: name("DEFAULT"),
            stages,
            ..first(workspace)
        };
        add(workspace, process);
    });
    refused("the id of another", |workspace| {
        let process = Process {
            id: ProcessId(u64::MAX),
            name: name("Copy"),
            ..first(workspace)
        };
        add(workspace, process);
    });
    refused("already a customer", |workspace| {
        let same = workspace
            .customers
            .values()
            .last()
            .unwrap()
            .name
            .as_str()
            .to_uppercase();
        let last = workspace.customers.values().last().unwrap();
        let mut twin = Customer::clone(last);
        (twin.id, twin.name) = (CustomerId(u64::MAX), name(&same));
        workspace.customers.insert(twin.id, Arc::new(twin));
    });
    refused("under the id of another", |workspace| {
        let deal = workspace.deals.values().next().unwrap().clone();
        workspace
            .deals
            .insert(pipewright::domain::value::id::DealId(1), deal);
    });
    refused("Owners", |workspace| {
        workspace.lists.remove(&ListKind::Owners);
    });
    refused("“I am”", |workspace| {
        Arc::make_mut(&mut workspace.settings).me = Some(EntryId(1))
    });
}
