//! What a load had to repair, because something was not there for a moment: it
//! is shown mended and stored as it is, until a person changes it.

use pipewright::codec::shelf::Space;
use pipewright::domain::change::apply::install;
use pipewright::domain::change::command::{Command, ListEdit};
use pipewright::domain::record::deal::Deal;
use pipewright::domain::record::list::ListKind;
use pipewright::domain::record::workspace::{Key, Workspace};
use pipewright::domain::value::id::DealId;
use pipewright::domain::value::time::Moment;
use pipewright::store::memory::Memory;
use pipewright::store::port::KeyValue;
use pipewright::store::saver::{Received, Saver};

use super::browser::{Browser, fresh};
use super::support::desk::process;
use super::support::{World, draft, form_of};

const PROCESSES: &str = "pipewright/main/processes";
const LISTS: &str = "pipewright/main/lists";

/// A tab with a process `Sales: Find[a10,b20] Offer[c20]`, which is the
/// default one, another process, and two deals in Sales, of which Chairs has
/// ticks with notes in both; and Stools in the process of a new account.
fn worked() -> Browser {
    let mut browser = Browser::new(1, true, false);
    for line in ["Sales: Find[a10,b20] Offer[c20]", "Large: Plan[x10]"] {
        assert!(browser.run(0, |world| Command::SaveProcess(process(world, line))));
    }
    for name in ["Chairs", "Lamps"] {
        assert!(browser.run(0, |world| {
            Command::AddDeal(draft(name, world.process("Sales").id))
        }));
    }
    assert!(browser.run(0, |world| {
        Command::AddDeal(draft("Stools", world.workspace.default_process()))
    }));
    assert!(browser.run(0, |world| tick(world, "a")));
    assert!(browser.run(0, |world| {
        let process = world.process("Large").id;
        let deals = [world.deal_named("Chairs").id].into();
        Command::ChangeProcess { deals, process }
    }));
    assert!(browser.run(0, |world| tick(world, "x")));
    assert!(browser.run(0, |world| Command::MakeDefault(world.process("Sales").id)));
    browser.check();
    browser
}

fn tick(world: &World, sub: &str) -> Command {
    let deal = world.deal_named("Chairs");
    let process = &world.workspace.processes[&deal.process];
    let mut subs = process.sub_stages().map(|(_, sub)| sub);
    Command::Tick {
        deal: deal.id,
        sub_stage: subs.find(|known| known.name.as_str() == sub).unwrap().id,
        note: format!("the note of {sub}"),
    }
}

fn rename(world: &World, deal: &str, to: &str) -> Command {
    let deal = world.deal_named(deal);
    let mut form = form_of(deal);
    form.name = to.to_owned();
    Command::EditDeal(deal.id, form)
}

fn ticks(deal: &Deal) -> usize {
    let progress = deal.progress.values();
    progress.map(|progress| progress.ticks.len()).sum()
}

/// Opens a tab while what is stored under the key is not to be seen; its text,
/// and the tab. Nobody hears of it.
fn open_without(browser: &mut Browser, key: &str) -> (String, usize) {
    let port = browser.tab(0).port.clone();
    let text = port.get(key).unwrap().unwrap();
    port.remove(key).unwrap();
    browser.forget_news();
    browser.open();
    let tab = *browser.tabs.keys().last().unwrap();
    (text, tab)
}

/// Lets it be seen again, and the tab hear of it.
fn back(browser: &mut Browser, key: &str, text: &str) {
    browser.tab(0).port.set(key, text).unwrap();
}

fn chairs(browser: &mut Browser) -> DealId {
    browser.tab(0).world.deal_named("Chairs").id
}

#[test]
fn what_a_deal_lacked_at_the_start_is_there_again_when_it_comes() {
    let mut browser = worked();
    let whole = browser.tab(0).world.workspace.clone();
    let chairs = chairs(&mut browser);
    let (text, late) = open_without(&mut browser, PROCESSES);
    let shown = browser.tab(late).world.deal(chairs).clone();
    assert_eq!((ticks(&shown), ticks(&whole.deals[&chairs])), (0, 2));
    back(&mut browser, PROCESSES, &text);
    while browser.deliver(late) {}
    assert_eq!(browser.tab(late).world.workspace, whole);
    assert_eq!(
        browser.tab(late).saver.unread_count(),
        0,
        "nothing is to be told"
    );
    browser.check();
    assert_eq!(browser.tab(0).world.workspace, whole);
}

#[test]
fn what_only_the_journal_has_makes_the_deals_whole_again() {
    let mut browser = worked();
    let whole = browser.tab(0).world.workspace.clone();
    let stored = browser.tab(0).port.clone();
    let port = Memory::new();
    for key in stored.keys("").unwrap() {
        if key != PROCESSES {
            port.set(&key, &stored.get(&key).unwrap().unwrap()).unwrap();
        }
    }
    let (mut workspace, mut saver, _) = Saver::load(&port, Space::Main, 9, fresh).unwrap();
    assert_ne!(workspace, whole);
    let text = stored.get(PROCESSES).unwrap().unwrap();
    let replayed = saver.replay(PROCESSES, &text, &workspace, browser.now_ms);
    assert_eq!(replayed, Received::Merged);
    let changes = saver.take_in(&workspace);
    install(&mut workspace, &changes).unwrap();
    assert_eq!(workspace, whole);
    saver.flush_all(&workspace, &port);
    let again: Workspace = Saver::load(&port, Space::Main, 10, fresh).unwrap().0;
    assert_eq!(again, whole);
}

#[test]
fn an_edit_elsewhere_does_not_make_a_repair_an_edit() {
    let mut browser = worked();
    let chairs = chairs(&mut browser);
    let lamps = browser.tab(0).world.deal_named("Lamps").clone();
    let whole = browser.tab(0).world.deal(chairs).clone();
    let (_, late) = open_without(&mut browser, PROCESSES);
    let revision = browser.tab(late).saver.revision(Key::Deal(chairs));
    assert!(browser.run(late, |world| rename(world, "Stools", "Ten stools")));
    browser.flush(late, true);
    let saver = &browser.tab(late).saver;
    assert_eq!(saver.revision(Key::Deal(chairs)), revision);
    // The other tab has the process, and writes it again.
    browser.check();
    for tab in [0, late] {
        let world = &browser.tab(tab).world;
        assert_eq!(*world.deal(chairs), whole, "in tab {tab}");
        assert_eq!(*world.deal_named("Lamps"), lamps, "in tab {tab}");
        world.deal_named("Ten stools");
    }
}

#[test]
fn a_person_s_edit_of_what_was_repaired_stands_and_what_it_was_is_kept() {
    let mut browser = worked();
    let chairs = chairs(&mut browser);
    let (text, late) = open_without(&mut browser, PROCESSES);
    assert!(browser.run(late, |world| rename(world, "Chairs", "Ten chairs")));
    let edited = browser.tab(late).world.deal(chairs).clone();
    let page = browser
        .tab(late)
        .port
        .get("pipewright/main/deals/0")
        .unwrap();
    browser.flush(late, true);
    back(&mut browser, PROCESSES, &text);
    browser.check();
    for tab in [0, late] {
        let deal = browser.tab(tab).world.deal(chairs);
        assert_eq!(*deal, edited, "in tab {tab}");
        assert_eq!(ticks(deal), 0);
    }
    let port = &browser.tab(late).port;
    let aside = port.get("pipewright/main/aside/0/deals/0").unwrap();
    assert_eq!(aside, page, "with the ticks that the edit has cost");
}

#[test]
fn a_stand_in_for_an_owner_whose_list_is_late_does_not_beat_the_list() {
    let mut browser = worked();
    let old = browser.tab(0).port.get(LISTS).unwrap().unwrap();
    assert!(browser.run(0, |_| {
        Command::EditList(ListKind::Owners, ListEdit::Add("Ada".to_owned()))
    }));
    let owner = browser.tab(0).world.workspace.list(ListKind::Owners);
    let owner = owner.entries.last().unwrap().id;
    assert!(browser.run(0, |world| {
        let lamps = world.deal_named("Lamps");
        let mut form = form_of(lamps);
        form.owner = Some(owner).into();
        Command::EditDeal(lamps.id, form)
    }));
    browser.flush(0, true);
    browser.forget_news();
    let lists = browser.tab(0).port.get(LISTS).unwrap().unwrap();
    back(&mut browser, LISTS, &old);
    browser.forget_news();
    browser.open();
    let late = *browser.tabs.keys().last().unwrap();
    let name = |browser: &mut Browser| {
        let workspace = &browser.tab(late).world.workspace;
        let name = workspace.entry_name(ListKind::Owners, Some(owner));
        name.to_owned()
    };
    assert_eq!(name(&mut browser), "Recovered owner");
    let lost = browser.tab(late).saver.unread_count();
    assert_eq!(lost, 0, "the list is not without anything");
    assert!(browser.run(late, |world| rename(world, "Chairs", "Ten chairs")));
    browser.flush(late, true);
    back(&mut browser, LISTS, &lists);
    browser.check();
    assert_eq!(name(&mut browser), "Ada");
}

#[test]
fn what_stays_repaired_is_told_until_a_person_settles_for_it() {
    let mut browser = worked();
    let chairs = chairs(&mut browser);
    let stored = browser.tab(0).port.clone();
    let port = Memory::new();
    for key in stored.keys("").unwrap() {
        if key != PROCESSES {
            port.set(&key, &stored.get(&key).unwrap().unwrap()).unwrap();
        }
    }
    let load = |number| Saver::load(&port, Space::Main, number, fresh).unwrap();
    let (workspace, mut saver, report) = load(9);
    assert_eq!((saver.unread_count(), report.set_aside.len()), (1, 2));
    let mut world = World::over(workspace, Moment(browser.now_ms / 60_000), 7 << 50);
    let lamps = rename(&world, "Lamps", "Ten lamps");
    let changes = world.run(lamps).unwrap();
    saver.note(&changes, browser.now_ms);
    saver.flush_all(&world.workspace, &port);
    // The page was copied before the edit wrote over what Lamps was.
    assert_eq!(saver.unread_count(), 2);
    let (workspace, mut saver, report) = load(10);
    assert_eq!(workspace, world.workspace);
    assert_eq!((saver.unread_count(), report.set_aside.len()), (2, 1));
    assert_eq!(saver.unread(&port).unwrap().len(), 2);
    saver.discard_unread(&port, browser.now_ms).unwrap();
    saver.flush_all(&workspace, &port);
    assert_eq!(saver.unread_count(), 0);
    let (again, saver, report) = load(11);
    assert_eq!(again, workspace);
    assert_eq!(ticks(&again.deals[&chairs]), 0);
    assert_eq!((saver.unread_count(), report.set_aside.len()), (0, 0));
}
