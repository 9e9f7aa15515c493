//! The progress of a deal against a model of §3 and §4.2 that is
//! written without looking at how the domain does it.

use std::collections::BTreeMap;

use pipewright::domain::change::command::Command;
use pipewright::domain::record::deal::Outcome;
use pipewright::domain::record::process::Process;
use pipewright::domain::value::id::{DealId, ProcessId};
use pipewright::domain::value::money::Chance;
use pipewright::domain::value::time::Moment;
use proptest::prelude::*;

use crate::support::desk::Desk;
use crate::support::worlds::{Shape, process, stages};
use crate::support::{World, draft};

/// What a person does on a deal. Numbers choose among what there is.
#[derive(Debug, Clone)]
enum Act {
    Tick(usize),
    Untick(usize),
    Move(usize),
    Chance(Option<u16>),
    Switch(usize),
    Lose,
    Reopen,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        8 => (0usize..20).prop_map(Act::Tick),
        5 => (0usize..20).prop_map(Act::Untick),
        4 => (0usize..5).prop_map(Act::Move),
        2 => prop::option::of(0u16..=1000).prop_map(Act::Chance),
        4 => (0usize..4).prop_map(Act::Switch),
        1 => Just(Act::Lose),
        2 => Just(Act::Reopen),
    ]
}

/// What a deal has in one process, by places of stages and sub-stages.
#[derive(Debug, Clone, Default, PartialEq)]
struct Sheet {
    /// (stage, sub-stage) to when, and the note.
    ticks: BTreeMap<(usize, usize), (Moment, String)>,
    position: Option<usize>,
    typed: Option<u16>,
    /// Minutes by stage.
    minutes: BTreeMap<usize, i64>,
    furthest: Option<usize>,
}

impl Sheet {
    fn stage(&self, shape: &Shape) -> Option<usize> {
        let by_tick = self.ticks.keys().map(|(stage, _)| *stage).max();
        (!shape.is_empty()).then(|| by_tick.max(self.position).unwrap_or(0))
    }

    /// In tenths of a percent, half rounded up.
    fn chance(&self, shape: &Shape) -> u16 {
        let all: u32 = shape
            .iter()
            .flat_map(|(_, subs)| subs)
            .map(|(w, _)| u32::from(*w))
            .sum();
        let weight = |(stage, sub): &(usize, usize)| u32::from(shape[*stage].1[*sub].0);
        let ticked: u32 = self.ticks.keys().map(weight).sum();
        let share = if all == 0 {
            0
        } else {
            (ticked * 2000 + all) / (all * 2)
        };
        let least = self
            .stage(shape)
            .and_then(|stage| shape[stage].0)
            .unwrap_or(0);
        self.typed.unwrap_or((share as u16).max(least))
    }
}

struct Model {
    world: World,
    id: DealId,
    /// In the order of their making: processes, their shapes, their sheets.
    processes: Vec<Process>,
    shapes: Vec<Shape>,
    sheets: Vec<Sheet>,
    present: usize,
    is_open: bool,
}

impl Model {
    fn new(shapes: Vec<Shape>) -> Self {
        let mut world = World::new();
        let make = |(at, shape)| process(&mut world, &format!("Process {at}"), shape);
        let processes: Vec<Process> = shapes.iter().enumerate().map(make).collect();
        for process in &processes {
            world.run(Command::SaveProcess(process.clone())).unwrap();
        }
        let id = world.add(draft("Deal", processes[0].id));
        let sheets = vec![Sheet::default(); shapes.len()];
        let mut model = Self {
            world,
            id,
            processes,
            shapes,
            sheets,
            present: 0,
            is_open: true,
        };
        model.arrive();
        model
    }

    fn wait(&mut self, minutes: i64) {
        self.world.wait(minutes);
        let (sheet, shape) = (&mut self.sheets[self.present], &self.shapes[self.present]);
        if let Some(stage) = sheet.stage(shape).filter(|_| self.is_open) {
            *sheet.minutes.entry(stage).or_default() += minutes;
        }
    }

    /// Notes where the deal is now.
    fn arrive(&mut self) {
        let (sheet, shape) = (&mut self.sheets[self.present], &self.shapes[self.present]);
        if self.is_open {
            sheet.furthest = sheet.furthest.max(sheet.stage(shape));
        }
    }

    fn sub(&self, number: usize) -> Option<(usize, usize)> {
        let shape = self.shapes[self.present].iter().enumerate();
        let all: Vec<_> = shape
            .flat_map(|(stage, (_, subs))| (0..subs.len()).map(move |sub| (stage, sub)))
            .collect();
        all.get(number % all.len().max(1)).copied()
    }

    /// Does the same in the world and in the model.
    fn act(&mut self, act: &Act, note: &str) {
        let deal = self.id;
        let process = &self.processes[self.present];
        let command = match act {
            Act::Tick(number) | Act::Untick(number) => {
                let Some((stage, sub)) = self.sub(*number) else {
                    return;
                };
                let sub_stage = process.stages[stage].sub_stages[sub].id;
                match act {
                    Act::Tick(_) => Command::Tick {
                        deal,
                        sub_stage,
                        note: note.to_owned(),
                    },
                    _ => Command::Untick { deal, sub_stage },
                }
            }
            Act::Move(place) => {
                let Some(stage) = process.stages.get(*place) else {
                    return;
                };
                Command::MoveToStage {
                    deals: [deal].into(),
                    stage: stage.id,
                }
            }
            Act::Chance(chance) => Command::SetChance {
                deal,
                chance: chance.and_then(Chance::from_permille),
            },
            Act::Switch(to) => {
                let process = self.processes[to % self.processes.len()].id;
                Command::ChangeProcess {
                    deals: [deal].into(),
                    process,
                }
            }
            Act::Lose => {
                let desk = Desk {
                    world: self.world.clone(),
                    id: self.id,
                };
                Command::Close {
                    deals: [deal].into(),
                    closing: desk.closing(Outcome::Lost),
                }
            }
            Act::Reopen => Command::Reopen([deal].into()),
        };
        let result = self.world.run(command);
        let is_nothing =
            matches!(act, Act::Switch(to) if to % self.processes.len() == self.present);
        let is_allowed = self.is_open != matches!(act, Act::Reopen) || is_nothing;
        assert_eq!(result.is_ok(), is_allowed, "{act:?}: {result:?}");
        if is_allowed {
            self.follow(act, note);
            self.arrive();
        }
    }

    fn follow(&mut self, act: &Act, note: &str) {
        let now = self.world.now;
        let sub = match act {
            Act::Tick(number) | Act::Untick(number) => self.sub(*number),
            _ => None,
        };
        let (sheet, shape) = (&mut self.sheets[self.present], &self.shapes[self.present]);
        match act {
            Act::Tick(_) => {
                let tick = sheet
                    .ticks
                    .entry(sub.unwrap())
                    .or_insert((now, String::new()));
                note.clone_into(&mut tick.1);
            }
            Act::Untick(_) => drop(sheet.ticks.remove(&sub.unwrap())),
            Act::Move(to) if sheet.stage(shape) != Some(*to) => {
                sheet.position = Some(*to);
                sheet.ticks.retain(|(stage, _), _| stage <= to);
            }
            Act::Move(_) => {}
            Act::Chance(chance) => sheet.typed = *chance,
            Act::Switch(to) => self.present = to % self.processes.len(),
            Act::Lose => self.is_open = false,
            Act::Reopen => self.is_open = true,
        }
    }

    /// Everything the deal shows, against the model.
    fn compare(&self) {
        let deal = self.world.deal(self.id);
        let (present, shape) = (&self.processes[self.present], &self.shapes[self.present]);
        assert_eq!(deal.process, present.id);
        let stage = deal
            .current_stage(present)
            .id()
            .and_then(|id| present.position(id));
        assert_eq!(stage, self.sheets[self.present].stage(shape));
        let chance = if self.is_open {
            self.sheets[self.present].chance(shape)
        } else {
            0
        };
        assert_eq!(deal.chance(present).permille(), chance);
        for (process, sheet) in self.processes.iter().zip(&self.sheets) {
            assert_eq!(self.read(process.id), self.plain(process, sheet));
        }
    }

    /// A sheet in the domain's words: ticks, position, typed chance.
    fn plain(&self, process: &Process, sheet: &Sheet) -> Told {
        let ticks = sheet.ticks.iter().map(|((stage, sub), (at, note))| {
            (
                process.stages[*stage].sub_stages[*sub].id.0,
                (*at, note.clone()),
            )
        });
        (
            ticks.collect(),
            sheet.position.map(|at| process.stages[at].id.0),
            sheet.typed,
        )
    }

    fn read(&self, process: ProcessId) -> Told {
        let progress = self.world.deal(self.id).progress_in(process).into_owned();
        let ticks = progress
            .ticks
            .into_iter()
            .map(|(id, tick)| (id.0, (tick.at, tick.note)));
        let position = progress.position.map(|id| id.0);
        (
            ticks.collect(),
            position,
            progress.chance.map(Chance::permille),
        )
    }

    /// Time per stage and the furthest one, where no stay was a slip.
    fn compare_times(&self) {
        for (process, sheet) in self.processes.iter().zip(&self.sheets) {
            let progress = self
                .world
                .deal(self.id)
                .progress_in(process.id)
                .into_owned();
            for (place, stage) in process.stages.iter().enumerate() {
                let expected = sheet.minutes.get(&place).copied().unwrap_or(0);
                assert_eq!(
                    progress.minutes_in(stage.id, self.world.now),
                    expected,
                    "{place}"
                );
            }
            let furthest = progress
                .furthest_stage(process)
                .and_then(|id| process.position(id));
            assert_eq!(furthest, sheet.furthest);
        }
    }
}

type Told = (BTreeMap<u64, (Moment, String)>, Option<u64>, Option<u16>);

fn shapes() -> impl Strategy<Value = Vec<Shape>> {
    prop::collection::vec(stages(), 1..5)
}

proptest! {
    #[test]
    fn progress_is_as_the_rules_say_in_any_order_and_any_process(
        shapes in shapes(),
        acts in prop::collection::vec((act(), 0i64..200), 0..60),
    ) {
        let mut model = Model::new(shapes);
        model.compare();
        for (number, (act, minutes)) in acts.iter().enumerate() {
            model.wait(*minutes);
            model.act(act, &format!("note {number}"));
            model.compare();
        }
    }

    #[test]
    fn time_in_stages_adds_up_and_stands_still_while_parked_or_closed(
        shapes in shapes(),
        acts in prop::collection::vec((act(), 10i64..5_000), 0..60),
    ) {
        let mut model = Model::new(shapes);
        for (act, minutes) in &acts {
            model.wait(*minutes);
            model.compare_times();
            model.act(act, "done");
        }
        model.wait(10);
        model.compare_times();
    }

    #[test]
    fn a_slip_leaves_no_trace_in_the_stays(
        shape in stages().prop_filter("needs stages", |shape| shape.len() > 1),
        from in any::<prop::sample::Index>(),
        further in any::<prop::sample::Index>(),
        minutes in 0i64..10,
    ) {
        let count = shape.len();
        let mut model = Model::new(vec![shape]);
        model.wait(10);
        model.act(&Act::Move(from.index(count)), "");
        model.wait(10);
        let before = model.world.deal(model.id).progress_in(model.processes[0].id).stays.clone();
        let stage = model.sheets[0].stage(&model.shapes[0]).unwrap();
        // To any other stage, and back.
        model.act(&Act::Move((stage + 1 + further.index(count - 1)) % count), "");
        let slipped = model.world.deal(model.id).progress_in(model.processes[0].id).stays.clone();
        prop_assert_ne!(&before, &slipped);
        model.wait(minutes);
        model.act(&Act::Move(stage), "");
        let after = model.world.deal(model.id).progress_in(model.processes[0].id).stays.clone();
        prop_assert_eq!(before, after);
    }
}
