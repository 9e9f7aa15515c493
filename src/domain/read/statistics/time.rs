//! How long deals take (§7.4).

use super::{Behind, Mean, Places, Scope, Spread, Whose, processes};
use crate::domain::read::brief::Brief;
use crate::domain::read::filter::Way;
use crate::domain::record::deal::Outcome;
use crate::domain::record::process::Process;
use crate::domain::record::workspace::Workspace;
use crate::domain::value::id::{ProcessId, StageId};
use crate::domain::value::text::Name;
use crate::domain::value::time::{Moment, days_between};

/// How long the deals of one process take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Times {
    /// The process.
    pub whose: Whose,
    /// A row per stage in its order, of the deals created in the period.
    pub stages: Vec<StageTimes>,
    /// How long the deals took that were closed in the period.
    pub close: TimesToClose,
}

/// The time that deals spend in a stage, in minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageTimes {
    /// The stage.
    pub stage: StageId,
    /// Its name.
    pub name: Name,
    /// Of the deals that have left it.
    pub left: Spread,
    /// The open deals that are in it now.
    pub present_count: usize,
    /// The time of those of them of which it is known.
    pub present: Spread,
}

/// The days from the creation of deals to their closing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TimesToClose {
    /// Of the won deals.
    pub won: DaysToClose,
    /// Of the lost deals.
    pub lost: DaysToClose,
}

/// Their mean and their spread.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DaysToClose {
    /// The mean.
    pub mean: Mean,
    /// Median and 90th percentile, in days.
    pub spread: Spread,
}

impl TimesToClose {
    /// The deals that were closed so in the period, of a process or of all.
    pub fn behind(scope: &Scope, outcome: Outcome, process: Option<ProcessId>) -> Behind {
        let closed = scope.closed(&[outcome], scope.span);
        match process {
            Some(process) => closed.of(process),
            None => closed,
        }
    }

    /// Those of an outcome; none of outdated deals, which were never decided.
    pub fn of(&self, outcome: Outcome) -> Option<DaysToClose> {
        match outcome {
            Outcome::Won => Some(self.won),
            Outcome::Lost => Some(self.lost),
            Outcome::Outdated => None,
        }
    }
}

impl Times {
    /// The deals that have left a stage.
    pub fn behind_left(&self, scope: &Scope, stage: StageId) -> Behind {
        let way = Way {
            left: Some(stage),
            ..Way::default()
        };
        let created = scope.created(scope.span).of(self.whose.process);
        created.that_went(way)
    }

    /// The open deals that are in a stage now.
    pub fn behind_present(&self, scope: &Scope, stage: StageId) -> Behind {
        let created = scope.created(scope.span).of(self.whose.process);
        created.in_stage(stage)
    }
}

/// The times of all deals together, and of each process that has any.
pub fn times(workspace: &Workspace, deals: &[&Brief], scope: &Scope) -> (TimesToClose, Vec<Times>) {
    let mut all = Closings::default();
    let processes = processes(workspace, &scope.filter);
    let places = Places::of(&processes);
    let mut counters: Vec<Counter<'_>> = processes.into_iter().map(Counter::new).collect();
    for brief in deals {
        let Some(counter) = places.get(brief.process, &mut counters) else {
            continue;
        };
        if let Some((outcome, days)) = closed_within(brief, scope) {
            all.add(outcome, days);
            counter.closings.add(outcome, days);
        }
        if scope.span.has(brief.created) {
            counter.add(workspace, brief, scope.now.moment);
        }
    }
    let each = counters.into_iter().filter_map(Counter::finish).collect();
    (all.finish(), each)
}

/// How a deal was closed in the period, and how long it took.
fn closed_within(deal: &Brief, scope: &Scope) -> Option<(Outcome, i64)> {
    let ending = deal.ending?;
    let days = days_between(deal.created, ending.on).max(0);
    let is_within = scope.span.has(ending.on);
    is_within.then_some((ending.outcome, days))
}

#[derive(Default)]
struct Closings {
    won: Vec<i64>,
    lost: Vec<i64>,
}

impl Closings {
    fn add(&mut self, outcome: Outcome, days: i64) {
        match outcome {
            Outcome::Won => self.won.push(days),
            Outcome::Lost => self.lost.push(days),
            Outcome::Outdated => {}
        }
    }

    fn finish(mut self) -> TimesToClose {
        let of = |days: &mut Vec<i64>| {
            let mut mean = Mean::default();
            days.iter().for_each(|days| mean.add(*days));
            let spread = Spread::of(days);
            DaysToClose { mean, spread }
        };
        TimesToClose {
            won: of(&mut self.won),
            lost: of(&mut self.lost),
        }
    }
}

struct Counter<'a> {
    process: &'a Process,
    any: bool,
    stages: Vec<StageCounter>,
    closings: Closings,
}

/// The minutes of the deals that left a stage, and of those in it.
#[derive(Default, Clone)]
struct StageCounter {
    left: Vec<i64>,
    present: Vec<i64>,
    present_count: usize,
}

impl<'a> Counter<'a> {
    fn new(process: &'a Process) -> Self {
        Self {
            process,
            any: false,
            stages: vec![StageCounter::default(); process.stages.len()],
            closings: Closings::default(),
        }
    }

    fn add(&mut self, workspace: &Workspace, brief: &Brief, now: Moment) {
        self.any = true;
        let here = brief.place.filter(|_| brief.is_open());
        if let Some(stage) = here.and_then(|place| self.stages.get_mut(place)) {
            stage.present_count += 1;
            if let Some(time) = brief.in_stage {
                stage.present.push(time.minutes_at(now).max(0));
            }
        }
        let Some(deal) = workspace.deals.get(&brief.id) else {
            return;
        };
        let progress = deal.progress_in(brief.process);
        if progress.stays.is_empty() {
            return;
        }
        for (stage, counter) in self.process.stages.iter().zip(&mut self.stages) {
            let time = progress.time_in(stage.id);
            if let Some(time) = time.filter(|time| time.since.is_none()) {
                counter.left.push(time.minutes);
            }
        }
    }

    fn finish(self) -> Option<Times> {
        let stages = self.process.stages.iter().zip(self.stages);
        let stages = stages.map(|(stage, mut counter)| StageTimes {
            stage: stage.id,
            name: stage.name.clone(),
            left: Spread::of(&mut counter.left),
            present_count: counter.present_count,
            present: Spread::of(&mut counter.present),
        });
        let stages = stages.collect();
        let close = self.closings.finish();
        let any = self.any || close.won.mean.count + close.lost.mean.count > 0;
        any.then(|| Times {
            whose: Whose::of(self.process),
            stages,
            close,
        })
    }
}
