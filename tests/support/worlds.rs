//! Arbitrary worlds, processes and texts.

use pipewright::domain::change::command::Command;
use pipewright::domain::record::list::ListKind;
use pipewright::domain::record::process::{Color, Process, Stage, SubStage};
use pipewright::domain::start::templates::Template;
use pipewright::domain::value::money::Chance;
use proptest::prelude::*;

use super::{World, name};

/// A world with the default process, up to three more, and a few entries.
pub fn world() -> impl Strategy<Value = World> {
    let templates = prop::sample::subsequence(Template::ALL.to_vec(), 0..=2);
    (prop::collection::vec(stages(), 0..=2), templates).prop_map(|(others, templates)| {
        let mut world = World::new();
        for (at, shape) in others.into_iter().enumerate() {
            let process = process(&mut world, &format!("Process {at}"), &shape);
            world.run(Command::SaveProcess(process)).unwrap();
        }
        for template in templates {
            let process = template.process(&mut world.ids);
            world.run(Command::SaveProcess(process)).unwrap();
        }
        world.entry(ListKind::Owners, "a");
        world.entry(ListKind::Segments, "b");
        world
    })
}

/// The shape of a process: per stage its chance and its sub-stages' weights and marks.
pub type Shape = Vec<(Option<u16>, Vec<(u8, u8)>)>;

pub fn stages() -> impl Strategy<Value = Shape> {
    let sub_stages = prop::collection::vec((0u8..=100, 0u8..8), 0..4);
    prop::collection::vec((prop::option::weighted(0.3, 0u16..=1000), sub_stages), 0..5)
}

pub fn process(world: &mut World, title: &str, shape: &Shape) -> Process {
    let stages = shape.iter().enumerate().map(|(at, (chance, subs))| Stage {
        id: world.fresh(),
        name: name(&format!("Stage {at}")),
        hint: String::new(),
        chance: chance.and_then(Chance::from_permille),
        stale_after_days: None,
        sub_stages: subs
            .iter()
            .enumerate()
            .map(|(at, (weight, marks))| SubStage {
                id: world.fresh(),
                name: name(&format!("Sub-stage {at}")),
                hint: String::new(),
                weight: *weight,
                required: *marks == 1,
                note_required: *marks == 2,
                establishes_value: *marks == 3,
            })
            .collect(),
    });
    let stages = stages.collect();
    Process {
        id: world.fresh(),
        name: name(title),
        color: Color(0),
        archived: false,
        stages,
    }
}

/// Texts that people type, and some that nobody should have.
pub fn text() -> impl Strategy<Value = String> {
    let odd = [
        "",
        " \t ",
        "<img src=x onerror=alert(1)>",
        "שלום",
        "👩‍👩‍👧 Deal",
        "a\u{0}b",
        "Straße",
    ];
    prop_oneof![
        6 => "[a-cA-C]{1,2}",
        2 => "\\PC{0,12}",
        2 => prop::sample::select(odd.to_vec()).prop_map(str::to_owned),
        1 => (79usize..90).prop_map(|length| "é".repeat(length)),
        1 => (1000usize..1002).prop_map(|length| "n".repeat(length)),
    ]
}
