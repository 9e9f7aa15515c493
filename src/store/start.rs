//! The start: finds the storage, reads it, and makes the store.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;

use super::keeper::{Keeper, SaveStatus, stored_first_screen};
use super::mirror::Store;
use super::port::KeyValue;
use super::saver::{Report, Saver, erase_space};
use crate::codec::shelf::Space;
use crate::domain::change::apply::apply;
use crate::domain::change::command::{Command, Context, ImportKind};
use crate::domain::read::glance::Glance;
use crate::domain::record::workspace::{Changes, Workspace};
use crate::domain::start::sample::sample;
use crate::domain::start::templates::new_workspace;
use crate::domain::value::id::IdSource;
use crate::route::Route;
use crate::web::clock;
use crate::web::dom;
use crate::web::life::lasting;
use crate::web::random::random_u64;
use crate::web::router;
use crate::web::storage::LocalStorage;

/// Where the ids of a new account start: in every tab the same, so that two
/// that start on an empty storage begin with one account and not with two.
const FIRST_ID: u64 = 0x7069_7065_0000_0000;
/// Where those of the demo's sample start, for the same reason.
const FIRST_SAMPLE_ID: u64 = 0x7069_7066_0000_0000;

/// The space this tab works on.
pub fn space() -> Space {
    Space::from_query(&router::query())
}

/// If nothing has asked for the rest of the account after this time, it is
/// read even though the page was not drawn: it may be in the background.
const LATEST: Duration = Duration::from_millis(200);

/// Reads what is stored, or starts anew where nothing is or can be. Where the
/// address asks for the first screen and it is stored, that is all that is
/// read at first.
pub fn start() -> Store {
    let ids = IdSource::starting_at(random_u64());
    let tab = tab_number();
    let keeper = Keeper::waiting();
    if let Some(glance) = stored_glance() {
        let store = Store::at_a_glance(glance, ids, keeper);
        let owner = Owner::current().unwrap_or_default();
        soon(move || {
            owner.with(|| {
                let workspace = read(keeper, tab);
                store.start_over(workspace);
                follow(store, tab);
            });
        });
        return store;
    }
    let workspace = read(keeper, tab);
    let store = match wants_sample(&workspace) {
        // It is on its way with the sample, which is no part of the first load.
        true => Store::in_part(workspace, ids, keeper),
        false => Store::new(workspace, ids, keeper),
    };
    follow(store, tab);
    store
}

/// The first screen, where the address asks for it and it is stored.
fn stored_glance() -> Option<Glance> {
    if !matches!(router::here(), Route::Deals(view) if view.is_plain()) {
        return None;
    }
    let port = LocalStorage::probe().ok()?;
    stored_first_screen(space(), &port)
}

/// Runs `act` once the page was drawn; or earlier, where a person does
/// something to it: before any other listener hears of that.
fn soon(act: impl FnOnce() + 'static) {
    let act = Rc::new(Cell::new(Some(act)));
    let listeners = StoredValue::new_local(Vec::new());
    let run = move || {
        if let Some(act) = act.take() {
            act();
            // A listener that is running can't go.
            set_timeout(move || listeners.dispose(), Duration::ZERO);
        }
    };
    for kind in [
        "pointerdown",
        "keydown",
        "click",
        "input",
        "hashchange",
        "popstate",
    ] {
        let run = run.clone();
        let listener = dom::on_window_first(kind, lasting(move |_| run()));
        listeners.update_value(|listeners| listeners.push(listener));
    }
    let drawn = run.clone();
    dom::after_frame(lasting(move |()| drawn()));
    set_timeout(run, LATEST);
}

/// Reads everything, and lets the keeper begin with it.
fn read(keeper: Keeper, tab: u32) -> Workspace {
    let port = LocalStorage::probe();
    let port = port.map_err(|denied| SaveStatus::InMemory(denied.to_string()));
    let loaded = port.and_then(|port| {
        let loaded = Saver::load(&port, space(), tab, new_account);
        loaded
            .map(|loaded| (port, loaded))
            .map_err(|error| SaveStatus::Untouched(error.to_string()))
    });
    match loaded {
        Ok((port, (workspace, saver, report))) => {
            keeper.begin(saver, Box::new(port), report.notes);
            workspace
        }
        Err(status) => {
            keeper.begin_in_memory(status);
            new_account()
        }
    }
}

/// Follows everything that the storage depends on.
fn follow(store: Store, tab: u32) {
    let keeper = store.keeper;
    keeper.follow_page(store);
    keeper.follow_tabs(store);
    keeper.follow_time(store);
    keeper.open_journal(store, tab);
}

/// Erases everything of this account, for good, and starts anew.
///
/// # Errors
/// The storage refuses, in words.
pub fn erase(store: Store) -> Result<(), String> {
    if store.keeper.is_in_memory() {
        return erase_untouched();
    }
    let mut fresh = new_account();
    store.keeper.erase(|saver, port| {
        let (workspace, saver, _) = reload(saver, port)?;
        fresh = workspace;
        Ok(saver)
    })?;
    store.start_over(fresh);
    fill_demo(store);
    Ok(())
}

/// Erases what could not be opened, and starts the page anew, once what asked
/// for it is closed.
fn erase_untouched() -> Result<(), String> {
    let erased = LocalStorage::probe().and_then(|port| {
        let generation = u64::try_from(clock::now_ms() as i64).unwrap_or(0);
        erase_space(&port, space(), generation)
    });
    erased.map_err(|error| error.to_string())?;
    dom::after(Duration::ZERO, lasting(|()| dom::reload()));
    Ok(())
}

/// Another tab has erased everything: this one starts over with what is there.
pub fn erased_elsewhere(store: Store) {
    let mut workspace = new_account();
    let notice = "Everything was erased in another tab of this browser.".to_owned();
    let started = store.keeper.start_over(
        |saver, port| {
            let (loaded, saver, _) = reload(saver, port)?;
            workspace = loaded;
            Ok(saver)
        },
        notice,
    );
    // Where it can't be read, the keeper is stopped, and says why.
    if started.is_ok() {
        store.start_over(workspace);
    }
}

/// A new account, the same in every tab.
pub(super) fn new_account() -> Workspace {
    new_workspace(&mut IdSource::starting_at(FIRST_ID))
}

/// Whether this is the demo, and it is still empty.
fn wants_sample(workspace: &Workspace) -> bool {
    space() == Space::Demo && workspace.is_unused()
}

/// Whether the demo waits for its sample.
pub fn is_demo_waiting(store: Store) -> bool {
    untrack(|| store.is_busy()).is_some() && store.peek(wants_sample)
}

/// Puts the sample into a demo that is still empty. It is what the demo
/// starts with, so there is no step to undo.
pub fn fill_demo(store: Store) {
    let mut workspace = store.peek(Workspace::clone);
    let mut changes = Changes::default();
    if wants_sample(&workspace) {
        let mut context = Context {
            now: clock::now(),
            today: clock::today(),
            ids: &mut IdSource::starting_at(FIRST_SAMPLE_ID),
        };
        let records = sample(&workspace, &mut context);
        let filled = Command::Import(ImportKind::Sample, records);
        // If it is refused, the demo is an empty account, which works as well.
        changes = apply(&mut workspace, filled, &mut context).unwrap_or_default();
        store.start_over(workspace);
    }
    store.complete();
    store.keeper.note(store, &changes);
}

fn reload(saver: &Saver, port: &dyn KeyValue) -> Result<(Workspace, Saver, Report), String> {
    saver
        .reload(port, tab_number())
        .map_err(|error| error.to_string())
}

/// A number that no other tab has.
fn tab_number() -> u32 {
    (random_u64() >> 32) as u32
}
