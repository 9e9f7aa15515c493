//! What comes in from another tab, and what an undo brings back, is looked at
//! in parts: with the same outcome as looking at everything.

use std::collections::{BTreeMap, BTreeSet};

use pipewright::domain::change::apply::install;
use pipewright::domain::mend::reconcile::{Mended, Stored, reconcile, reconcile_all};
use pipewright::domain::record::check::{Lost, News, check, fits_with};
use pipewright::domain::record::workspace::{Change, Changes, Key, Workspace};
use pipewright::domain::start::templates::new_workspace;
use pipewright::domain::value::id::IdSource;
use proptest::prelude::*;

use crate::support::World;
use crate::support::steps::{Step, step};
use crate::support::worlds::world;

fn steps(most: usize) -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec(step(), 0..most)
}

fn play(world: &mut World, steps: &[Step]) {
    for step in steps {
        let command = step.command(world);
        // One that is refused changes nothing.
        drop(world.run(command));
    }
}

/// What makes one workspace the other.
fn difference(one: &Workspace, other: &Workspace) -> News {
    let keys: BTreeSet<Key> = one.keys().chain(other.keys()).collect();
    let keys = keys.into_iter().map(|key| (key, other.get(key)));
    keys.filter(|(key, record)| one.get(*key) != *record)
        .collect()
}

fn some(news: News, which: &[bool]) -> News {
    let kept = which.iter().cycle();
    let news = news.into_iter().zip(kept);
    news.filter_map(|(news, is_kept)| is_kept.then_some(news))
        .collect()
}

fn with(workspace: &Workspace, news: &News) -> Workspace {
    let mut with = workspace.clone();
    let changes = news.iter().map(|(key, after)| Change {
        key: *key,
        before: workspace.get(*key),
        after: after.clone(),
    });
    install(&mut with, &Changes(changes.collect())).unwrap();
    with
}

/// Two tabs that went on from one account, and what they began with.
fn fork(mut world: World, before: &[Step], one: &[Step], other: &[Step]) -> [World; 3] {
    play(&mut world, before);
    let mut first = world.clone();
    let mut second = World::over(world.workspace.clone(), world.now, 1 << 40);
    play(&mut first, one);
    play(&mut second, other);
    [world, first, second]
}

fn fresh() -> Workspace {
    new_workspace(&mut IdSource::starting_at(1))
}

proptest! {
    #[test]
    fn news_fit_where_all_fits(
        world in world(), before in steps(30), one in steps(20), other in steps(20),
        which in prop::collection::vec(any::<bool>(), 1..12),
    ) {
        let [base, first, second] = fork(world, &before, &one, &other);
        let shown = &first.workspace;
        // Of another tab, and of an undo.
        for from in [&second.workspace, &base.workspace] {
            let news = some(difference(shown, from), &which);
            prop_assert_eq!(fits_with(shown, &news, &Lost::default()), check(&with(shown, &news)).is_ok());
        }
    }

    #[test]
    fn news_are_taken_in_by_themselves_as_with_everything(
        world in world(), before in steps(30), one in steps(20), other in steps(30),
        sizes in prop::collection::vec(1usize..6, 1..12), own in steps(12),
    ) {
        let [base, mut first, second] = fork(world, &before, &one, &other);
        let mut deleted: BTreeSet<Key> = base.workspace.keys().collect();
        deleted.retain(|key| first.workspace.get(*key).is_none());
        let mut news: Vec<_> = difference(&first.workspace, &second.workspace).into_iter().collect();
        let (mut stored, mut own) = (Stored::new(), own.iter());
        for size in sizes.iter().cycle() {
            // Some come from the end, so that deals come before what they name.
            let at = if size % 2 == 0 { news.len().saturating_sub(*size) } else { 0 };
            let to = (at + size).min(news.len());
            let some: BTreeMap<_, _> = news.drain(at..to).collect();
            if some.is_empty() {
                break;
            }
            let keys: BTreeSet<Key> = some.keys().copied().collect();
            for (key, record) in &some {
                match record {
                    Some(_) => drop(deleted.remove(key)),
                    None => drop(deleted.insert(*key)),
                }
            }
            stored.extend(some);
            let mut all = stored.clone();
            let shown = &first.workspace;
            let expected = reconcile_all(shown, &mut all, deleted.clone(), fresh);
            let changes = reconcile(shown, &mut stored, &keys, deleted.clone(), fresh);
            prop_assert_eq!(&changes, &expected);
            prop_assert_eq!(&stored, &all);
            install(&mut first.workspace, &changes).unwrap();
            prop_assert_eq!(check(&first.workspace), Ok(()));

            // Then somebody does something here.
            let Some(command) = own.next().map(|step| step.command(&mut first)) else {
                continue;
            };
            let Ok(changes) = first.run(command) else { continue };
            let mended = Mended::new(stored.keys());
            for change in &changes.0 {
                stored.remove(&change.key);
                match change.after {
                    Some(_) => drop(deleted.remove(&change.key)),
                    None => drop(deleted.insert(change.key)),
                }
            }
            let mut all = stored.clone();
            let expected = reconcile_all(&first.workspace, &mut all, deleted.clone(), fresh);
            if !changes.0.iter().any(|change| mended.heeds(change)) {
                prop_assert_eq!(&expected, &Changes::default(), "{:?} for {:?}", changes, stored);
                prop_assert_eq!(&stored, &all);
            }
            stored = all;
            install(&mut first.workspace, &expected).unwrap();
        }
    }
}
