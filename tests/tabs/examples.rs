//! What two tabs can't both have, one by one.

use pipewright::codec::stored::VERSION;
use pipewright::domain::change::command::{Command, CustomerDraft, ListEdit};
use pipewright::domain::record::deal::What;
use pipewright::domain::record::list::ListKind;
use pipewright::store::port::KeyValue;
use pipewright::store::saver::{MARKS_KEPT_MS, Received, Status};

use super::sea::Sea;
use super::support::desk::process;
use super::support::{World, draft, form_of};

/// Two tabs with a process `Sales: Find[a10] Offer[b20]` beside the default
/// one, and a deal in it.
fn two_tabs() -> Sea {
    let mut sea = Sea::new(2, true, false);
    sea.run(0, |world| {
        Command::SaveProcess(process(world, "Sales: Find[a10] Offer[b20]"))
    });
    sea.run(0, |world| {
        let sales = world.process("Sales").id;
        Command::AddDeal(draft("Deal", sales))
    });
    sea.check();
    sea
}

fn customer(name: &str) -> Command {
    Command::AddCustomer(CustomerDraft {
        name: name.to_owned(),
        ..CustomerDraft::default()
    })
}

fn rename(world: &World, to: &str) -> Command {
    let deal = world.workspace.deals.values().next().unwrap();
    let mut form = form_of(deal);
    form.name = to.to_owned();
    Command::EditDeal(deal.id, form)
}

#[test]
fn two_tabs_on_an_empty_storage_begin_with_one_account() {
    let mut sea = Sea::new(2, true, false);
    assert!(sea.run(0, |world| Command::AddDeal(draft(
        "One",
        world.workspace.default_process()
    ))));
    assert!(sea.run(1, |world| Command::AddDeal(draft(
        "Two",
        world.workspace.default_process()
    ))));
    sea.check();
    let workspace = &sea.tab(0).world.workspace;
    assert_eq!((workspace.processes.len(), workspace.deals.len()), (1, 2));
}

#[test]
fn different_deals_of_one_page_are_both_kept_and_of_one_deal_the_later() {
    let mut sea = two_tabs();
    assert!(sea.run(0, |world| rename(world, "Earlier")));
    sea.now_ms += 10;
    assert!(sea.run(1, |world| rename(world, "Later")));
    for (tab, name) in [(0, "Mine"), (1, "Yours")] {
        sea.run(tab, |world| {
            Command::AddDeal(draft(name, world.process("Sales").id))
        });
    }
    sea.check();
    let deals = sea.tab(0).world.workspace.deals.values();
    let mut names: Vec<&str> = deals.map(|deal| deal.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Later", "Mine", "Yours"]);
}

#[test]
fn of_equal_names_one_gets_a_number() {
    let mut sea = two_tabs();
    sea.run(0, |_| customer("Babbage & Co"));
    sea.run(1, |_| customer("babbage & co"));
    for tab in [0, 1] {
        sea.run(tab, |world| {
            Command::SaveProcess(process(world, "Renewal: Ask[a1]"))
        });
    }
    sea.check();
    let workspace = &sea.tab(0).world.workspace;
    let customers = workspace.customers.values();
    let customers: Vec<&str> = customers.map(|customer| customer.name.as_str()).collect();
    assert_eq!(customers, ["Babbage & Co", "babbage & co 2"]);
    let processes = workspace.processes_in_order();
    let processes: Vec<&str> = processes.map(|process| process.name.as_str()).collect();
    assert_eq!(processes.len(), 4, "{processes:?}");
    assert!(processes.contains(&"Renewal") && processes.contains(&"Renewal 2"));
    // Renamed by a person, it is as they say, for good.
    let id = *workspace.customers.keys().last().unwrap();
    sea.run(1, |_| {
        let name = "Lovelace".to_owned();
        Command::EditCustomer(
            id,
            CustomerDraft {
                name,
                ..CustomerDraft::default()
            },
        )
    });
    sea.check();
}

#[test]
fn what_is_mended_for_the_sake_of_others_is_as_it_was_when_they_change() {
    let mut sea = two_tabs();
    sea.run(0, |_| customer("Acme"));
    sea.run(1, |_| customer("acme"));
    sea.check();
    let first = *sea.tab(0).world.workspace.customers.keys().next().unwrap();
    sea.run(0, |_| {
        let name = "Ajax".to_owned();
        let (segment, email, phone, notes) = Default::default();
        Command::EditCustomer(
            first,
            CustomerDraft {
                name,
                segment,
                email,
                phone,
                notes,
            },
        )
    });
    sea.check();
    let customers = sea.tab(0).world.workspace.customers.values();
    let customers: Vec<&str> = customers.map(|customer| customer.name.as_str()).collect();
    assert_eq!(customers, ["Ajax", "acme"]);
}

#[test]
fn a_deal_of_a_process_deleted_elsewhere_goes_on_in_the_default_one() {
    let mut sea = two_tabs();
    let deal = *sea.tab(0).world.workspace.deals.keys().next().unwrap();
    let default = sea.tab(0).world.workspace.default_process();
    let sales = sea.tab(0).world.process("Sales").id;
    // One tab takes the deal out and the process away, the other works on.
    assert!(sea.run(1, |world| {
        let (_, sub) = world.process("Sales").sub_stages().next().unwrap();
        let (sub_stage, note) = (sub.id, "by telephone".to_owned());
        Command::Tick {
            deal,
            sub_stage,
            note,
        }
    }));
    assert!(sea.run(0, |_| Command::DeleteDeals([deal].into())));
    assert!(sea.run(0, |_| Command::DeleteProcess(sales)));
    sea.now_ms += 10;
    assert!(sea.run(1, |world| rename(world, "Still here")));
    sea.check();
    let met = &sea.tab(0).world.workspace.deals[&deal];
    assert_eq!(met.process, default);
    assert!(!met.progress.contains_key(&sales));
    let is_set_aside = |what: &What| match what {
        What::Unticked { name, note, .. } => name.as_str() == "a" && note == "by telephone",
        _ => false,
    };
    assert!(met.history.iter().any(|event| is_set_aside(&event.what)));
}

#[test]
fn a_tick_of_a_deleted_sub_stage_is_set_aside_in_the_history() {
    let mut sea = two_tabs();
    let deal = *sea.tab(0).world.workspace.deals.keys().next().unwrap();
    assert!(sea.run(0, |world| {
        let mut sales = world.process("Sales").clone();
        sales.stages[1].sub_stages.clear();
        Command::SaveProcess(sales)
    }));
    assert!(sea.run(1, |world| {
        let (_, sub) = world.process("Sales").sub_stages().nth(1).unwrap();
        let (sub_stage, note) = (sub.id, "sent".to_owned());
        Command::Tick {
            deal,
            sub_stage,
            note,
        }
    }));
    sea.check();
    let met = sea.tab(1).world.deal(deal);
    assert!(met.progress[&met.process].ticks.is_empty());
    let last = &met.history.last().unwrap().what;
    assert!(
        matches!(last, What::Unticked { note, .. } if note == "sent"),
        "{last:?}"
    );
}

#[test]
fn a_customer_and_an_entry_deleted_elsewhere() {
    let mut sea = two_tabs();
    sea.run(0, |_| customer("Babbage & Co"));
    sea.run(0, |_| {
        Command::EditList(ListKind::Owners, ListEdit::Add("Ada".to_owned()))
    });
    sea.check();
    let workspace = &sea.tab(0).world.workspace;
    let customer = *workspace.customers.keys().next().unwrap();
    let owner = workspace.list(ListKind::Owners).entries.last().unwrap().id;
    assert!(sea.run(0, |_| Command::DeleteCustomers([customer].into())));
    assert!(sea.run(0, |_| Command::EditList(
        ListKind::Owners,
        ListEdit::Delete(owner)
    )));
    assert!(sea.run(1, |world| {
        let deal = world.workspace.deals.values().next().unwrap();
        let mut form = form_of(deal);
        form.customer = Some(customer).into();
        form.owner = Some(owner).into();
        Command::EditDeal(deal.id, form)
    }));
    sea.check();
    let workspace = &sea.tab(0).world.workspace;
    let deal = workspace.deals.values().next().unwrap();
    assert_eq!(deal.customer, None);
    assert_eq!(
        workspace.entry_name(ListKind::Owners, deal.owner),
        "Recovered owner"
    );
    // It is there as long as a deal has it.
    assert!(sea.run(0, |world| {
        let deal = world.workspace.deals.values().next().unwrap();
        let mut form = form_of(deal);
        form.owner = None.into();
        Command::EditDeal(deal.id, form)
    }));
    sea.check();
    let owners = sea.tab(0).world.workspace.list(ListKind::Owners);
    assert!(owners.find("Recovered owner").is_none());
}

#[test]
fn what_was_erased_does_not_come_back_from_another_tab() {
    for with_locks in [true, false] {
        let mut sea = Sea::new(2, with_locks, false);
        for tab in [0, 1] {
            sea.run(tab, |_| customer("Old"));
        }
        sea.check();
        sea.run(1, |_| customer("Not written yet"));
        sea.erase(0);
        sea.run(0, |_| customer("New"));
        sea.check();
        let customers = sea.tab(1).world.workspace.customers.values();
        let names: Vec<&str> = customers.map(|customer| customer.name.as_str()).collect();
        assert_eq!(names, ["New"], "with locks: {with_locks}");
    }
}

#[test]
fn a_tab_that_slept_for_longer_than_marks_are_kept_brings_nothing_back() {
    let mut sea = two_tabs();
    let asleep = 1;
    let deal = *sea.tab(0).world.workspace.deals.keys().next().unwrap();
    sea.now_ms += 1_000;
    assert!(sea.run(0, |_| Command::DeleteDeals([deal].into())));
    sea.flush(0, true);
    sea.now_ms += MARKS_KEPT_MS as i64 + 60_000;
    sea.run(0, |world| {
        Command::AddDeal(draft("New", world.process("Sales").id))
    });
    sea.flush(0, true);
    assert!(
        !sea.stored()
            .contains_key(&pipewright::domain::record::workspace::Key::Deal(deal))
    );
    // It missed the news, and has an edit of its own to write on that page.
    sea.run(asleep, |world| {
        Command::AddDeal(draft("Awake", world.process("Sales").id))
    });
    sea.made
        .retain(|(_, key), _| *key != pipewright::domain::record::workspace::Key::Deal(deal));
    sea.flush(asleep, true);
    let deals = sea.tab(asleep).world.workspace.deals.values();
    let mut names: Vec<&str> = deals.map(|deal| deal.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Awake", "New"]);
    sea.check();
}

#[test]
fn a_newer_format_written_by_another_tab_stops_this_one() {
    let mut sea = two_tabs();
    sea.run(1, |world| rename(world, "Not saved"));
    let now_ms = sea.now_ms;
    let tab = sea.tab(1);
    let newer = format!("pw{}:?", VERSION + 1);
    tab.port.set("pipewright/main/deals/0", &newer).unwrap();
    let (world, saver) = (&tab.world, &mut tab.saver);
    let received = saver.receive(
        "pipewright/main/deals/0",
        Some(&newer),
        &world.workspace,
        now_ms,
    );
    assert_eq!(received, Received::Merged);
    let Status::NotSaved(trouble) = saver.status() else {
        panic!("must be told")
    };
    assert!(trouble.to_string().contains("Reload"), "{trouble}");
    saver.flush_all(&world.workspace, &tab.port);
    assert_eq!(tab.port.get("pipewright/main/deals/0"), Ok(Some(newer)));
}

#[test]
fn a_page_that_was_lost_while_a_tab_lives_is_written_again() {
    let mut sea = two_tabs();
    let tab = sea.tab(0);
    let key = "pipewright/main/deals/0";
    tab.port.remove(key).unwrap();
    while sea.deliver(1) {}
    sea.check();
    assert!(sea.tab(0).port.get(key).unwrap().is_some());
    assert_eq!(sea.tab(0).world.workspace.deals.len(), 1);
}

#[test]
fn a_generation_that_a_late_erasing_has_written_over_is_put_back() {
    let mut sea = Sea::new(3, false, false);
    // Two tabs erase at the same moment, a third one later, and the writes of
    // the latest reach the browser before those of the others.
    sea.erase(2);
    sea.erase(1);
    sea.carry(1);
    sea.now_ms += 60_000;
    sea.erase(0);
    sea.close(0);
    sea.close(2);
    sea.run(1, |_| customer("Made before it heard"));
    sea.check();
    assert!(sea.tab(1).world.workspace.customers.is_empty());
}
