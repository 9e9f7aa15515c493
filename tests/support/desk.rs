//! One deal in short scripts: processes are written `Sales: Find[a10,b30!]
//! Offer@50[c60*]`, steps `tick a; wait 20; move Offer`, and what comes of
//! them `Offer 60% a`.

use std::collections::BTreeSet;

use pipewright::domain::change::command::{ClosingDraft, Command};
use pipewright::domain::record::deal::{Deal, Outcome};
use pipewright::domain::record::process::{Color, Process, Stage, SubStage};
use pipewright::domain::record::progress::Progress;
use pipewright::domain::value::error::DomainError;
use pipewright::domain::value::id::{DealId, StageId, SubStageId};
use pipewright::domain::value::money::Chance;

use super::{World, draft, name};

/// A deal on a desk, in the first of the processes.
pub struct Desk {
    pub world: World,
    pub id: DealId,
}

/// Runs `steps` and compares the state they lead to.
#[track_caller]
pub fn check(processes: &str, steps: &str, state: &str) {
    assert_eq!(
        Desk::after(processes, steps).state(),
        state,
        "{processes} / {steps}"
    );
}

/// Runs `steps`, the last of which must be refused with these words.
#[track_caller]
pub fn check_refused(processes: &str, steps: &str, message: &str) {
    let (before, last) = steps.rsplit_once(';').unwrap_or(("", steps));
    let mut desk = Desk::after(processes, before);
    let workspace = desk.world.workspace.clone();
    let error = desk
        .step(last.trim())
        .expect_err("this step must be refused");
    assert_eq!(error.to_string(), message, "{processes} / {steps}");
    assert_eq!(desk.world.workspace, workspace, "{processes} / {steps}");
}

impl Desk {
    /// A deal in the first of the processes (a line each), after the steps.
    #[track_caller]
    pub fn after(processes: &str, steps: &str) -> Self {
        let mut world = World::new();
        for (at, line) in processes.lines().enumerate() {
            let mut process = process(&mut world, line);
            if at == 0 {
                process.id = world.workspace.default_process();
            }
            world.run(Command::SaveProcess(process)).unwrap();
        }
        let id = world.add(draft("Deal", world.workspace.default_process()));
        let mut desk = Self { world, id };
        desk.play(steps);
        desk
    }

    #[track_caller]
    pub fn play(&mut self, steps: &str) {
        for step in steps
            .split(';')
            .map(str::trim)
            .filter(|step| !step.is_empty())
        {
            if let Err(error) = self.step(step) {
                panic!("{step}: {error}");
            }
        }
    }

    /// One step: `tick x`, `tick x = note`, `untick x`, `move Stage`,
    /// `chance 12.5`, `chance -`, `to Process`, `wait minutes`, `won`, `lost`,
    /// `outdated`, `reopen`.
    pub fn step(&mut self, step: &str) -> Result<(), DomainError> {
        let (verb, rest) = step.split_once(' ').unwrap_or((step, ""));
        let deal = self.id;
        let deals = BTreeSet::from([deal]);
        let command = match verb {
            "wait" => {
                self.world.wait(rest.parse().unwrap());
                return Ok(());
            }
            "tick" => {
                let (sub, note) = rest.split_once(" = ").unwrap_or((rest, ""));
                Command::Tick {
                    deal,
                    sub_stage: self.sub(sub),
                    note: note.to_owned(),
                }
            }
            "untick" => Command::Untick {
                deal,
                sub_stage: self.sub(rest),
            },
            "move" => Command::MoveToStage {
                deals,
                stage: self.stage(rest),
            },
            "chance" => Command::SetChance {
                deal,
                chance: Chance::parse_percent(rest),
            },
            "to" => Command::ChangeProcess {
                deals,
                process: self.world.process(rest).id,
            },
            "reopen" => Command::Reopen(deals),
            _ => {
                let outcome = Outcome::ALL
                    .into_iter()
                    .find(|outcome| outcome.slug() == verb);
                let outcome = outcome.unwrap_or_else(|| panic!("unknown step: {step}"));
                Command::Close {
                    deals,
                    closing: self.closing(outcome),
                }
            }
        };
        self.world.run(command).map(drop)
    }

    /// Closing today, for the first reason of the list.
    pub fn closing(&self, outcome: Outcome) -> ClosingDraft {
        ClosingDraft {
            outcome,
            on: self.world.today(),
            reason: self
                .world
                .workspace
                .list(outcome.reasons())
                .entries
                .first()
                .map(|e| e.id),
            comment: String::new(),
            ticks: Vec::new(),
        }
    }

    pub fn deal(&self) -> &Deal {
        self.world.deal(self.id)
    }

    /// The present process.
    pub fn process(&self) -> &Process {
        &self.world.workspace.processes[&self.deal().process]
    }

    /// The progress in the present process.
    pub fn progress(&self) -> Progress {
        self.deal().progress_in(self.deal().process).into_owned()
    }

    pub fn sub(&self, sub: &str) -> SubStageId {
        let mut all = self.process().sub_stages();
        all.find(|(_, s)| s.name.as_str() == sub)
            .unwrap_or_else(|| panic!("no {sub}"))
            .1
            .id
    }

    pub fn stage(&self, stage: &str) -> StageId {
        let mut all = self.process().stages.iter();
        all.find(|s| s.name.as_str() == stage)
            .unwrap_or_else(|| panic!("no {stage}"))
            .id
    }

    /// Status (unless open), stage, chance and ticks, such as `won Offer 100% a c`.
    pub fn state(&self) -> String {
        let (deal, process) = (self.deal(), self.process());
        let status = deal.outcome().map(|outcome| outcome.slug().to_owned());
        let stage = deal.current_stage(process);
        let stage = stage
            .id()
            .map_or_else(|| format!("{stage:?}"), |id| stage_name(process, id));
        let chance = format!("{}%", deal.chance(process).to_plain());
        let progress = self.progress();
        let ticked = process.sub_stages().map(|(_, sub)| sub);
        let ticked = ticked.filter(|sub| progress.ticks.contains_key(&sub.id));
        let ticked = ticked.map(|sub| sub.name.to_string());
        let words = status.into_iter().chain([stage, chance]).chain(ticked);
        words.collect::<Vec<_>>().join(" ")
    }

    /// Minutes per stage of the present process, such as `Find 30, Offer 20`.
    pub fn times(&self) -> String {
        let (progress, process) = (self.progress(), self.process());
        let stages = process.stages.iter().map(|stage| {
            format!(
                "{} {}",
                stage.name,
                progress.minutes_in(stage.id, self.world.now)
            )
        });
        stages.collect::<Vec<_>>().join(", ")
    }

    /// The furthest stage reached in the present process.
    pub fn furthest(&self) -> String {
        let process = self.process();
        let stage = self.progress().furthest_stage(process);
        stage.map_or_else(|| "none".to_owned(), |id| stage_name(process, id))
    }
}

fn stage_name(process: &Process, id: StageId) -> String {
    process.stage(id).unwrap().name.to_string()
}

/// Reads `Sales: Find[a10,b30!] Offer@50[c60*]`: stages with their chance on
/// reaching it, sub-stages with their weight, `!` for required to win, `*` for
/// note required, `$` for establishes the value.
pub fn process(world: &mut World, line: &str) -> Process {
    let (title, stages) = line.trim().split_once(':').unwrap();
    let stages = stages.split_whitespace().map(|text| {
        let (head, subs) = text.split_once('[').unwrap_or((text, ""));
        let (title, chance) = head.split_once('@').unwrap_or((head, ""));
        let subs = subs
            .trim_end_matches(']')
            .split(',')
            .filter(|sub| !sub.is_empty());
        Stage {
            id: world.fresh(),
            name: name(title),
            hint: String::new(),
            chance: Chance::parse_percent(chance),
            stale_after_days: None,
            sub_stages: subs.map(|text| sub_stage(world, text)).collect(),
        }
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

fn sub_stage(world: &mut World, text: &str) -> SubStage {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    SubStage {
        id: world.fresh(),
        name: name(
            &text
                .chars()
                .filter(|c| c.is_alphabetic())
                .collect::<String>(),
        ),
        hint: String::new(),
        weight: digits.parse().unwrap(),
        required: text.contains('!'),
        note_required: text.contains('*'),
        establishes_value: text.contains('$'),
    }
}
