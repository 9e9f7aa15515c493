//! Any interleaving of edits, writes, late news, and tabs that come and go.

use pipewright::store::undo::UndoStack;
use proptest::prelude::*;

use super::browser::Browser;
use super::support::steps::{Step, step};

#[derive(Debug, Clone)]
enum Event {
    Edit(usize, Step),
    Undo(usize),
    Redo(usize),
    Slice(usize),
    Flush(usize),
    Carry(usize),
    Deliver(usize),
    Hear(usize),
    Wait(i64),
    Open,
    OpenLate(usize),
    Close(usize),
    Vanish(usize),
    Trim(usize),
    Erase(usize),
    Arrive(usize),
    Commit,
    Kill,
}

fn event() -> impl Strategy<Value = Event> {
    use Event::*;
    let tab = 0usize..4;
    prop_oneof![
        24 => (tab.clone(), step()).prop_map(|(tab, step)| Edit(tab, step)),
        4 => tab.clone().prop_map(Undo),
        2 => tab.clone().prop_map(Redo),
        6 => tab.clone().prop_map(Slice),
        8 => tab.clone().prop_map(Flush),
        8 => tab.clone().prop_map(Carry),
        8 => tab.clone().prop_map(Deliver),
        4 => tab.clone().prop_map(Hear),
        4 => (0i64..5_000).prop_map(Wait),
        1 => Just(Open),
        1 => (0usize..8).prop_map(OpenLate),
        1 => tab.clone().prop_map(Close),
        1 => tab.clone().prop_map(Vanish),
        1 => tab.clone().prop_map(Trim),
        1 => tab.clone().prop_map(Erase),
        8 => tab.prop_map(Arrive),
        2 => Just(Commit),
        1 => Just(Kill),
    ]
}

fn play(tabs: usize, with_locks: bool, with_journal: bool, events: Vec<Event>) {
    let mut browser = Browser::new(tabs, with_locks, with_journal);
    go_on(&mut browser, with_journal, events);
}

fn go_on(browser: &mut Browser, with_journal: bool, events: Vec<Event>) {
    for event in events {
        match event {
            Event::Edit(tab, step) => {
                let tab = browser.at(tab);
                browser.run(tab, |world| step.command(world));
            }
            Event::Undo(tab) => browser.step(browser.at(tab), UndoStack::undo),
            Event::Redo(tab) => browser.step(browser.at(tab), UndoStack::redo),
            Event::Slice(tab) => browser.flush(browser.at(tab), false),
            Event::Flush(tab) => browser.flush(browser.at(tab), true),
            Event::Carry(tab) => drop(browser.carry(browser.at(tab))),
            Event::Deliver(tab) => drop(browser.deliver(browser.at(tab))),
            Event::Hear(tab) => {
                let tab = browser.at(tab);
                while browser.deliver(tab) {}
            }
            Event::Wait(ms) => browser.now_ms += ms,
            Event::Open if browser.tabs.len() < 4 => browser.open(),
            Event::OpenLate(at) if browser.tabs.len() < 4 => browser.open_late(at),
            Event::Close(tab) if browser.tabs.len() > 1 => browser.close(browser.at(tab)),
            Event::Vanish(tab) if with_journal && browser.tabs.len() > 1 => {
                browser.vanish(browser.at(tab));
            }
            Event::Trim(tab) if with_journal => browser.trim(browser.at(tab)),
            Event::Erase(tab) => browser.erase(browser.at(tab)),
            Event::Arrive(tab) => browser.arrive(browser.at(tab)),
            Event::Commit => browser.commit(),
            Event::Kill if with_journal => browser.kill(),
            Event::Open | Event::OpenLate(_) | Event::Kill => {}
            Event::Close(_) | Event::Vanish(_) | Event::Trim(_) => {}
        }
        browser.note_saved();
    }
    browser.check();
}

proptest! {
    #[test]
    fn with_locks_nothing_is_lost_whoever_closes(
        tabs in 2usize..=4,
        events in prop::collection::vec(event(), 1..60),
    ) {
        play(tabs, true, false, events);
    }

    #[test]
    fn without_locks_all_converge_and_what_a_living_tab_knows_is_kept(
        tabs in 2usize..=4,
        events in prop::collection::vec(event(), 1..60),
    ) {
        play(tabs, false, false, events);
    }

    #[test]
    fn with_a_journal_what_was_called_saved_outlives_a_kill(
        tabs in 2usize..=4,
        with_locks in any::<bool>(),
        events in prop::collection::vec(event(), 1..60),
    ) {
        play(tabs, with_locks, true, events);
    }

    #[test]
    fn a_tab_that_does_not_see_everything_at_first_costs_nothing(
        with_locks in any::<bool>(),
        before in prop::collection::vec(step(), 20..60),
        late in 0usize..8,
        events in prop::collection::vec(event(), 1..20),
    ) {
        let mut browser = Browser::new(1, with_locks, false);
        for step in before {
            browser.run(0, |world| step.command(world));
        }
        browser.check();
        browser.open_late(late);
        go_on(&mut browser, false, events);
    }
}
