//! An hour of mixed work, taken back step by step (§9).

use std::collections::HashSet;
use std::mem::discriminant;

use pipewright::codec::backup;
use pipewright::domain::change::command::{Command, Context, ImportKind};
use pipewright::domain::record::workspace::Workspace;
use pipewright::domain::start::sample::sample;
use pipewright::domain::value::id::IdSource;
use pipewright::store::undo::{Step as Done, UndoStack};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::support::World;
use crate::support::steps::step;

const STEPS: usize = 100;
/// Every kind of command there is.
const KINDS: usize = 41;
/// The step that restores a backup.
const RESTORED: usize = 80;
/// How many wishes are heard before one like an earlier one is granted.
const PATIENCE: usize = 1_000;

/// An account that has been worked in for more than a year.
fn account_in_use() -> World {
    let mut world = World::new();
    let mut ids = IdSource::starting_at(1 << 20);
    let mut context = Context {
        now: world.now,
        today: world.today(),
        ids: &mut ids,
    };
    let records = sample(&world.workspace, &mut context);
    let load = Command::Import(ImportKind::Sample, records);
    world.run(load).unwrap();
    world
}

fn backup_of(workspace: &Workspace) -> String {
    backup::write(workspace, "2026-03-02")
}

/// Takes a hundred steps within an hour, every kind of command among them;
/// what there was before each step and after the last.
fn work_for_an_hour(world: &mut World, stack: &mut UndoStack, seed: &[u8; 32]) -> Vec<Workspace> {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, seed);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let start = world.now;
    let mut kinds = HashSet::new();
    let mut states = vec![world.workspace.clone()];
    let mut patience = 0;
    while states.len() <= STEPS {
        let taken = states.len() - 1;
        let wish = step().new_tree(&mut runner).unwrap().current();
        let command = wish.command(world);
        world.now = start.plus_minutes((taken * 60 / STEPS) as i64);
        // Something new where it can be had soon, and a restore, which leaves
        // little, late.
        let kind = discriminant(&command);
        let is_restore = matches!(command, Command::Restore(_));
        let is_known = kinds.contains(&kind) && patience < PATIENCE;
        patience += 1;
        if is_restore != (taken == RESTORED) || is_known {
            continue;
        }
        let name = command.name();
        match world.run(command) {
            Ok(changes) if !changes.is_empty() => stack.push(Done { name, changes }),
            _ => continue,
        }
        kinds.insert(kind);
        states.push(world.workspace.clone());
        patience = 0;
    }
    assert_eq!((kinds.len(), states.len()), (KINDS, STEPS + 1));
    states
}

#[test]
fn a_hundred_steps_of_an_hour_are_taken_back_to_the_same_backup_and_done_again() {
    for seed in [
        b"Monday, an hour of mixed work 01",
        b"Friday, an hour of mixed work 02",
    ] {
        let mut world = account_in_use();
        let mut stack = UndoStack::default();
        let states = work_for_an_hour(&mut world, &mut stack, seed);
        let [before, after] = [&states[0], &states[STEPS]].map(backup_of);
        assert_ne!(before, after);
        for state in states.iter().rev().skip(1) {
            let name = stack.next_undo().unwrap();
            // Time goes on: taking back leaves no trace of its own.
            world.wait(3);
            stack.undo(&mut world.workspace).unwrap().unwrap();
            assert!(world.workspace == *state, "undo of {name}");
        }
        assert!(stack.undo(&mut world.workspace).is_none());
        assert!(backup_of(&world.workspace) == before, "the very same file");
        for state in states.iter().skip(1) {
            let name = stack.next_redo().unwrap();
            world.wait(3);
            stack.redo(&mut world.workspace).unwrap().unwrap();
            assert!(world.workspace == *state, "redo of {name}");
        }
        assert!(stack.redo(&mut world.workspace).is_none());
        assert!(backup_of(&world.workspace) == after, "the very same file");
    }
}
