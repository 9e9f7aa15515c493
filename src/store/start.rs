//! The start: finds the storage, reads it, and makes the store.

use super::keeper::Keeper;
use super::mirror::Store;
use super::port::KeyValue;
use super::saver::{Report, Saver};
use crate::codec::shelf::Space;
use crate::domain::apply::apply;
use crate::domain::command::{Command, Context, ImportKind};
use crate::domain::id::IdSource;
use crate::domain::sample::sample;
use crate::domain::templates::new_workspace;
use crate::domain::workspace::{Changes, Workspace};
use crate::web::clock;
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
    if router::is_demo() {
        Space::Demo
    } else {
        Space::Main
    }
}

/// Reads what is stored, or starts anew where nothing is or can be.
pub fn start() -> Store {
    let ids = IdSource::starting_at(random_u64());
    let tab = tab_number();
    let (mut workspace, keeper) = match LocalStorage::probe() {
        Err(denied) => (new_account(), Keeper::in_memory(denied.to_string())),
        Ok(port) => match load(&port, tab) {
            Ok((workspace, saver, report)) => {
                (workspace, Keeper::new(saver, Box::new(port), report.notes))
            }
            Err(error) => (new_account(), Keeper::in_memory(error)),
        },
    };
    let sample = fill_demo(&mut workspace);
    let store = Store::new(workspace, ids, keeper);
    keeper.note(store, &sample);
    keeper.follow_page(store);
    keeper.follow_tabs(store);
    keeper.open_journal(store, tab);
    store
}

/// Erases everything of this account, for good, and starts anew.
///
/// # Errors
/// The storage refuses, in words.
pub fn erase(store: Store) -> Result<(), String> {
    let mut fresh = new_account();
    store.keeper.erase(|saver, port| {
        let (workspace, saver, _) = reload(saver, port)?;
        fresh = workspace;
        Ok(saver)
    })?;
    let sample = fill_demo(&mut fresh);
    store.start_over(fresh);
    store.keeper.note(store, &sample);
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

/// Puts the sample into a demo that is still empty. It is what the demo
/// starts with, so there is no step to undo.
fn fill_demo(workspace: &mut Workspace) -> Changes {
    if space() != Space::Demo || !workspace.is_unused() {
        return Changes::default();
    }
    let mut context = Context {
        now: clock::now(),
        today: clock::today(),
        ids: &mut IdSource::starting_at(FIRST_SAMPLE_ID),
    };
    let records = sample(workspace, &mut context);
    let filled = Command::Import(ImportKind::Sample, records);
    // Refused, the demo is an empty account, which works as well.
    apply(workspace, filled, &mut context).unwrap_or_default()
}

fn load(port: &dyn KeyValue, tab: u32) -> Result<(Workspace, Saver, Report), String> {
    Saver::load(port, space(), tab, new_account).map_err(|error| error.to_string())
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
