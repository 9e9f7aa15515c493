//! What two tabs can't both have, one by one.

use pipewright::codec::stored::VERSION;
use pipewright::domain::change::command::{Command, CustomerDraft, ListEdit};
use pipewright::domain::record::deal::What;
use pipewright::domain::record::list::ListKind;
use pipewright::domain::record::workspace::Key;
use pipewright::store::port::KeyValue;
use pipewright::store::saver::{MARKS_KEPT_MS, Received, Status};

use super::browser::Browser;
use super::support::desk::process;
use super::support::{World, draft, form_of};

/// Two tabs with a process `Sales: Find[a10] Offer[b20]` beside the default
/// one, and a deal in it.
fn two_tabs() -> Browser {
    let mut browser = Browser::new(2, true, false);
    browser.run(0, |world| {
        Command::SaveProcess(process(world, "Sales: Find[a10] Offer[b20]"))
    });
    browser.run(0, |world| {
        let sales = world.process("Sales").id;
        Command::AddDeal(draft("Deal", sales))
    });
    browser.check();
    browser
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
    let mut browser = Browser::new(2, true, false);
    assert!(browser.run(0, |world| Command::AddDeal(draft(
        "One",
        world.workspace.default_process()
    ))));
    assert!(browser.run(1, |world| Command::AddDeal(draft(
        "Two",
        world.workspace.default_process()
    ))));
    browser.check();
    let workspace = &browser.tab(0).world.workspace;
    assert_eq!((workspace.processes.len(), workspace.deals.len()), (1, 2));
}

#[test]
fn what_the_journal_alone_has_of_a_tab_comes_to_those_that_live_on() {
    let mut browser = Browser::new(2, true, true);
    assert!(browser.run(0, |_| customer("Last words")));
    browser.vanish(0);
    browser.trim(1);
    assert_eq!(browser.tab(1).world.workspace.customers.len(), 1);
    browser.calm();
    browser.trim(1);
    browser.check();
    let is_customer = |key: &Key| matches!(key, Key::Customer(_));
    assert_eq!(
        browser
            .stored()
            .keys()
            .filter(|key| is_customer(key))
            .count(),
        1
    );
}

#[test]
fn different_deals_of_one_page_are_both_kept_and_of_one_deal_the_later() {
    let mut browser = two_tabs();
    assert!(browser.run(0, |world| rename(world, "Earlier")));
    browser.now_ms += 10;
    assert!(browser.run(1, |world| rename(world, "Later")));
    for (tab, name) in [(0, "Mine"), (1, "Yours")] {
        browser.run(tab, |world| {
            Command::AddDeal(draft(name, world.process("Sales").id))
        });
    }
    browser.check();
    let deals = browser.tab(0).world.workspace.deals.values();
    let mut names: Vec<&str> = deals.map(|deal| deal.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Later", "Mine", "Yours"]);
}

#[test]
fn what_two_tabs_note_on_one_deal_is_both_kept() {
    let mut browser = two_tabs();
    let add = |world: &World, text: &str| Command::AddNote {
        deal: world.deal_named("Deal").id,
        text: text.to_owned(),
    };
    assert!(browser.run(0, |world| add(world, "They called")));
    assert!(browser.run(1, |world| add(world, "They wrote")));
    browser.check();
    let workspace = &browser.tab(0).world.workspace;
    let mut texts: Vec<&str> = workspace
        .notes
        .values()
        .map(|note| note.text.as_str())
        .collect();
    texts.sort_unstable();
    assert_eq!(texts, ["They called", "They wrote"]);
    // One deletes the deal while the other notes something on it: that is kept,
    // and shown again should the deal come back.
    let deals = [browser.tab(0).world.deal_named("Deal").id].into();
    assert!(browser.run(1, |world| add(world, "They wrote again")));
    assert!(browser.run(0, |_| Command::DeleteDeals(deals)));
    browser.check();
    assert!(browser.tab(1).world.workspace.notes.is_empty());
}

#[test]
fn of_equal_names_one_gets_a_number() {
    let mut browser = two_tabs();
    browser.run(0, |_| customer("Babbage & Co"));
    browser.run(1, |_| customer("babbage & co"));
    for tab in [0, 1] {
        browser.run(tab, |world| {
            Command::SaveProcess(process(world, "Renewal: Ask[a1]"))
        });
    }
    browser.check();
    let workspace = &browser.tab(0).world.workspace;
    let customers = workspace.customers.values();
    let customers: Vec<&str> = customers.map(|customer| customer.name.as_str()).collect();
    assert_eq!(customers, ["Babbage & Co", "babbage & co 2"]);
    let processes = workspace.processes_in_order();
    let processes: Vec<&str> = processes.map(|process| process.name.as_str()).collect();
    assert_eq!(processes.len(), 4, "{processes:?}");
    assert!(processes.contains(&"Renewal") && processes.contains(&"Renewal 2"));
    // Renamed by a person, it is as they say, for good.
    let id = *workspace.customers.keys().last().unwrap();
    browser.run(1, |_| {
        let name = "Lovelace".to_owned();
        Command::EditCustomer(
            id,
            CustomerDraft {
                name,
                ..CustomerDraft::default()
            },
        )
    });
    browser.check();
}

#[test]
fn what_is_mended_for_the_sake_of_others_is_as_it_was_when_they_change() {
    let mut browser = two_tabs();
    browser.run(0, |_| customer("Acme"));
    browser.run(1, |_| customer("acme"));
    browser.check();
    let first = *browser
        .tab(0)
        .world
        .workspace
        .customers
        .keys()
        .next()
        .unwrap();
    browser.run(0, |_| {
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
    browser.check();
    let customers = browser.tab(0).world.workspace.customers.values();
    let customers: Vec<&str> = customers.map(|customer| customer.name.as_str()).collect();
    assert_eq!(customers, ["Ajax", "acme"]);
}

#[test]
fn a_deal_of_a_process_deleted_elsewhere_goes_on_in_the_default_one() {
    let mut browser = two_tabs();
    let deal = *browser.tab(0).world.workspace.deals.keys().next().unwrap();
    let default = browser.tab(0).world.workspace.default_process();
    let sales = browser.tab(0).world.process("Sales").id;
    // One tab takes the deal out and the process away, the other works on.
    assert!(browser.run(1, |world| {
        let (_, sub) = world.process("Sales").sub_stages().next().unwrap();
        let (sub_stage, note) = (sub.id, "by telephone".to_owned());
        Command::Tick {
            deal,
            sub_stage,
            note,
        }
    }));
    assert!(browser.run(0, |_| Command::DeleteDeals([deal].into())));
    assert!(browser.run(0, |_| Command::DeleteProcess(sales)));
    browser.now_ms += 10;
    assert!(browser.run(1, |world| rename(world, "Still here")));
    browser.check();
    let met = &browser.tab(0).world.workspace.deals[&deal];
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
    let mut browser = two_tabs();
    let deal = *browser.tab(0).world.workspace.deals.keys().next().unwrap();
    assert!(browser.run(0, |world| {
        let mut sales = world.process("Sales").clone();
        sales.stages[1].sub_stages.clear();
        Command::SaveProcess(sales)
    }));
    assert!(browser.run(1, |world| {
        let (_, sub) = world.process("Sales").sub_stages().nth(1).unwrap();
        let (sub_stage, note) = (sub.id, "sent".to_owned());
        Command::Tick {
            deal,
            sub_stage,
            note,
        }
    }));
    browser.check();
    let met = browser.tab(1).world.deal(deal);
    assert!(met.progress[&met.process].ticks.is_empty());
    let last = &met.history.last().unwrap().what;
    assert!(
        matches!(last, What::Unticked { note, .. } if note == "sent"),
        "{last:?}"
    );
}

#[test]
fn a_customer_and_an_entry_deleted_elsewhere() {
    let mut browser = two_tabs();
    browser.run(0, |_| customer("Babbage & Co"));
    browser.run(0, |_| {
        Command::EditList(ListKind::Owners, ListEdit::Add("Ada".to_owned()))
    });
    browser.check();
    let workspace = &browser.tab(0).world.workspace;
    let customer = *workspace.customers.keys().next().unwrap();
    let owner = workspace.list(ListKind::Owners).entries.last().unwrap().id;
    assert!(browser.run(0, |_| Command::DeleteCustomers([customer].into())));
    assert!(browser.run(0, |_| Command::EditList(
        ListKind::Owners,
        ListEdit::Delete(owner)
    )));
    assert!(browser.run(1, |world| {
        let deal = world.workspace.deals.values().next().unwrap();
        let mut form = form_of(deal);
        form.customer = Some(customer).into();
        form.owner = Some(owner).into();
        Command::EditDeal(deal.id, form)
    }));
    browser.check();
    let workspace = &browser.tab(0).world.workspace;
    let deal = workspace.deals.values().next().unwrap();
    assert_eq!(deal.customer, None);
    assert_eq!(
        workspace.entry_name(ListKind::Owners, deal.owner),
        "Recovered owner"
    );
    // It is there as long as a deal has it.
    assert!(browser.run(0, |world| {
        let deal = world.workspace.deals.values().next().unwrap();
        let mut form = form_of(deal);
        form.owner = None.into();
        Command::EditDeal(deal.id, form)
    }));
    browser.check();
    let owners = browser.tab(0).world.workspace.list(ListKind::Owners);
    assert!(owners.find("Recovered owner").is_none());
}

#[test]
fn what_was_erased_does_not_come_back_from_another_tab() {
    for with_locks in [true, false] {
        let mut browser = Browser::new(2, with_locks, false);
        for tab in [0, 1] {
            browser.run(tab, |_| customer("Old"));
        }
        browser.check();
        browser.run(1, |_| customer("Not written yet"));
        browser.erase(0);
        browser.run(0, |_| customer("New"));
        browser.check();
        let customers = browser.tab(1).world.workspace.customers.values();
        let names: Vec<&str> = customers.map(|customer| customer.name.as_str()).collect();
        assert_eq!(names, ["New"], "with locks: {with_locks}");
    }
}

/// Two tabs erase, the second without having heard of the first: what the
/// first has made since is erased by it, although its own writes still lie over
/// the news of that in its copy of the storage.
#[test]
fn of_two_erasings_that_had_not_heard_of_each_other_the_later_one_counts() {
    let mut browser = Browser::new(2, false, false);
    browser.erase(1);
    browser.now_ms += 60_000;
    browser.erase(0);
    assert!(browser.run(0, |_| customer("After both")));
    browser.now_ms += 60_000;
    assert!(browser.run(1, |_| customer("Between them")));
    browser.check();
    for tab in [0, 1] {
        let customers = browser.tab(tab).world.workspace.customers.values();
        let names: Vec<&str> = customers.map(|customer| customer.name.as_str()).collect();
        assert_eq!(names, ["After both"], "tab {tab}");
        assert_eq!(browser.tab(tab).saver.unread_count(), 0, "tab {tab}");
    }
}

#[test]
fn a_tab_that_slept_for_longer_than_marks_are_kept_brings_nothing_back() {
    let mut browser = two_tabs();
    let asleep = 1;
    let deal = *browser.tab(0).world.workspace.deals.keys().next().unwrap();
    browser.now_ms += 1_000;
    assert!(browser.run(0, |_| Command::DeleteDeals([deal].into())));
    browser.flush(0, true);
    browser.now_ms += MARKS_KEPT_MS as i64 + 60_000;
    browser.run(0, |world| {
        Command::AddDeal(draft("New", world.process("Sales").id))
    });
    browser.flush(0, true);
    assert!(
        !browser
            .stored()
            .contains_key(&pipewright::domain::record::workspace::Key::Deal(deal))
    );
    // It missed the news, and has an edit of its own to write on that page.
    browser.run(asleep, |world| {
        Command::AddDeal(draft("Awake", world.process("Sales").id))
    });
    browser
        .made
        .retain(|(_, key), _| *key != pipewright::domain::record::workspace::Key::Deal(deal));
    browser.flush(asleep, true);
    let deals = browser.tab(asleep).world.workspace.deals.values();
    let mut names: Vec<&str> = deals.map(|deal| deal.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Awake", "New"]);
    browser.check();
}

#[test]
fn a_newer_format_written_by_another_tab_stops_this_one() {
    let mut browser = two_tabs();
    browser.run(1, |world| rename(world, "Not saved"));
    let now_ms = browser.now_ms;
    let tab = browser.tab(1);
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
    let mut browser = two_tabs();
    let tab = browser.tab(0);
    let key = "pipewright/main/deals/0";
    tab.port.remove(key).unwrap();
    while browser.deliver(1) {}
    browser.check();
    assert!(browser.tab(0).port.get(key).unwrap().is_some());
    assert_eq!(browser.tab(0).world.workspace.deals.len(), 1);
}

#[test]
fn a_generation_that_a_late_erasing_has_written_over_is_put_back() {
    let mut browser = Browser::new(3, false, false);
    // Two tabs erase at the same moment, a third one later, and the writes of
    // the latest reach the browser before those of the others.
    browser.erase(2);
    browser.erase(1);
    browser.carry(1);
    browser.now_ms += 60_000;
    browser.erase(0);
    browser.close(0);
    browser.close(2);
    browser.run(1, |_| customer("Made before it heard"));
    browser.check();
    assert!(browser.tab(1).world.workspace.customers.is_empty());
}
