//! Which process the board shows, and what stands on its cards (§12).

use std::sync::Arc;

use pipewright::domain::change::command::Command;
use pipewright::domain::read::board::{initials, is_filtered_by_process, process_of};
use pipewright::domain::read::columns::Layout;
use pipewright::domain::read::filter::{AnyOf, Filter, Pick};
use pipewright::domain::read::glance::Glance;
use pipewright::domain::read::index::Index;
use pipewright::domain::record::process::Process;
use pipewright::domain::start::templates::Template;
use pipewright::domain::value::id::{IdSource, ProcessId};

use crate::support::{World, draft};

/// A world of three processes, in the order in which they are listed.
fn three() -> (World, Vec<Arc<Process>>) {
    let mut world = World::new();
    let mut ids = IdSource::starting_at(1_000_000);
    for template in [Template::KeyAccounts, Template::Renewal] {
        let process = template.process(&mut ids);
        world.run(Command::SaveProcess(process)).unwrap();
    }
    let processes = world.workspace.processes_in_order().cloned().collect();
    (world, processes)
}

#[test]
fn the_filtered_process_is_shown_else_the_last_one_else_the_default() {
    let (world, processes) = three();
    let ids: Vec<ProcessId> = processes.iter().map(|process| process.id).collect();
    let [default, key, renewal] = ids[..] else {
        panic!("{ids:?}")
    };
    let gone = ProcessId(u64::MAX);
    for (filtered, last, shown) in [
        (vec![], None, default),
        (vec![], Some(renewal), renewal),
        (vec![], Some(gone), default),
        (vec![key], None, key),
        (vec![key], Some(renewal), key),
        // Of several the last one looked at, else the first in their order.
        (vec![renewal, key], Some(renewal), renewal),
        (vec![renewal, key], Some(default), key),
        (vec![renewal, key], None, key),
        // What names nothing that is there, filters by no process of the board.
        (vec![gone], Some(key), key),
        (vec![gone], None, default),
        (vec![gone, renewal], Some(key), renewal),
    ] {
        let filter = Filter {
            process: filtered.iter().copied().collect(),
            ..Filter::default()
        };
        let found = process_of(&world.workspace, &filter, last);
        assert_eq!(found, shown, "{filtered:?} {last:?}");
        let is_filtered = filtered.iter().any(|id| *id != gone);
        assert_eq!(
            is_filtered_by_process(&world.workspace, &filter),
            is_filtered
        );
    }
}

#[test]
fn a_stage_that_is_filtered_by_leads_to_its_process() {
    let (world, processes) = three();
    let (default, key) = (&processes[0], &processes[1]);
    let filter = Filter {
        stage: AnyOf::from(Pick::Is(key.stages[1].id)),
        ..Filter::default()
    };
    assert_eq!(process_of(&world.workspace, &filter, None), key.id);
    assert_eq!(
        process_of(&world.workspace, &filter, Some(default.id)),
        key.id
    );
    // Deals whose stage is unknown may be in any process.
    let filter = Filter {
        stage: AnyOf::from(Pick::Blank),
        ..Filter::default()
    };
    assert_eq!(process_of(&world.workspace, &filter, Some(key.id)), key.id);
    assert!(!is_filtered_by_process(&world.workspace, &filter));
}

#[test]
fn a_first_screen_says_the_same_of_each_column_before_its_cards_are_there() {
    let (mut world, processes) = three();
    for number in 0..1_200 {
        let process = &processes[number % 2];
        let id = world.add(draft(&format!("Deal {number}"), process.id));
        if number % 3 == 0 {
            let stage = process.stages[number % process.stages.len()].id;
            let deals = [id].into_iter().collect();
            world.run(Command::MoveToStage { deals, stage }).unwrap();
        }
    }
    let (workspace, now) = (&world.workspace, world.here());
    let index = Index::new(workspace);
    let glance: Glance = index.glance(workspace, now).unwrap();
    let first = Index::of_glance(&glance);
    let sort = Layout::Board.usual_sort();
    for process in &processes {
        let filter = Filter::default();
        let whole = index.board(workspace, &filter, process.id, sort, now);
        let early = first.board(&glance.workspace, &filter, process.id, sort, now);
        assert_eq!(early.len(), whole.len());
        for (early, whole) in early.iter().zip(&whole) {
            assert_eq!(early.head, whole.head);
            assert_eq!(early.deals.len(), whole.deals.len());
            let mut deals = early.deals.iter();
            assert!(!deals.any(|id| workspace.deals.contains_key(id)));
        }
    }
}

#[test]
fn a_name_is_short_in_its_first_and_last_letter() {
    for (name, short) in [
        ("Ada King", "AK"),
        ("ada maria king", "AK"),
        ("Ada", "A"),
        ("  (Zoë)  ", "Z"),
        ("ßeta", "SS"),
        ("王 小明", "王小"),
        ("- -", ""),
        ("", ""),
    ] {
        assert_eq!(initials(name), short, "{name}");
    }
}
