//! Going through a list from deal to deal, changing them on the way.

use pipewright::domain::change::command::{ClosingDraft, Command};
use pipewright::domain::read::column::Column;
use pipewright::domain::read::columns::Sort;
use pipewright::domain::read::filter::{Filter, Tab};
use pipewright::domain::read::index::{Index, Neighbours};
use pipewright::domain::record::deal::Outcome;
use pipewright::domain::value::id::DealId;

use crate::support::{World, draft};

/// Deals a to e, the last changed first.
fn list() -> (World, Vec<DealId>) {
    let mut world = World::new();
    let process = world.workspace.default_process();
    let ids = ["e", "d", "c", "b", "a"].map(|name| {
        world.wait(60);
        world.add(draft(name, process))
    });
    (world, ids.into_iter().rev().collect())
}

fn around(world: &World, id: DealId) -> Option<Neighbours> {
    let index = Index::new(&world.workspace);
    let sort = Sort::by(Column::Touched, true);
    let (workspace, filter) = (&world.workspace, Filter::default());
    index.neighbours(workspace, &filter, Tab::Open, sort, world.here(), id)
}

/// The deals around one on the way, with what stood around it last.
fn on_the_way(world: &World, id: DealId, last: Neighbours) -> (Option<DealId>, Option<DealId>) {
    let now = around(world, id).unwrap();
    let has = |id| around(world, id).is_some_and(|around| around.place.is_some());
    let kept = now.kept(&last, has);
    (kept.before, kept.after)
}

fn win(world: &mut World, id: DealId) {
    let closing = ClosingDraft {
        outcome: Outcome::Won,
        on: world.today(),
        reason: None,
        comment: String::new(),
        ticks: Vec::new(),
    };
    let deals = [id].into();
    world.run(Command::Close { deals, closing }).unwrap();
}

/// A change of the deal, which puts it first in the list.
fn touch(world: &mut World, id: DealId) {
    world.wait(60);
    let process = world.workspace.processes[&world.deal(id).process].clone();
    let stage = process.stages[1].id;
    let deals = [id].into();
    world.run(Command::MoveToStage { deals, stage }).unwrap();
}

#[test]
fn a_deal_stands_between_its_neighbours() {
    let (world, ids) = list();
    let of_b = around(&world, ids[1]).unwrap();
    let wanted = Neighbours {
        place: Some(2),
        count: 5,
        before: Some(ids[0]),
        after: Some(ids[2]),
    };
    assert_eq!(of_b, wanted);
    assert_eq!(around(&world, ids[0]).unwrap().before, None);
    assert_eq!(around(&world, ids[4]).unwrap().after, None);
}

#[test]
fn a_deal_that_leaves_the_list_or_moves_in_it_keeps_its_neighbours() {
    let (mut world, ids) = list();
    let last = around(&world, ids[2]).unwrap();
    let wanted = (Some(ids[1]), Some(ids[3]));
    touch(&mut world, ids[2]);
    assert_eq!(around(&world, ids[2]).unwrap().place, Some(1));
    assert_eq!(on_the_way(&world, ids[2], last), wanted);
    win(&mut world, ids[2]);
    assert_eq!(around(&world, ids[2]).unwrap().place, None);
    assert_eq!(on_the_way(&world, ids[2], last), wanted);
    // Back to the list by the way it came.
    assert_eq!(around(&world, ids[3]).unwrap().before, Some(ids[1]));
}

#[test]
fn what_is_beyond_stands_for_a_neighbour_that_has_gone() {
    let (mut world, ids) = list();
    let last = around(&world, ids[2]).unwrap();
    win(&mut world, ids[3]);
    assert_eq!(
        on_the_way(&world, ids[2], last),
        (Some(ids[1]), Some(ids[4]))
    );
    world.run(Command::DeleteDeals([ids[1]].into())).unwrap();
    assert_eq!(
        on_the_way(&world, ids[2], last),
        (Some(ids[0]), Some(ids[4]))
    );
    // The end of the list stays its end.
    let last = around(&world, ids[4]).unwrap();
    touch(&mut world, ids[4]);
    assert_eq!(on_the_way(&world, ids[4], last).1, None);
}
