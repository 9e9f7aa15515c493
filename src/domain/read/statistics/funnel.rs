//! How far the deals of each process come (§7.3).

use super::{Behind, Places, Rate, Scope, Whose, processes};
use crate::domain::read::brief::Brief;
use crate::domain::read::filter::{Pick, Way};
use crate::domain::read::stats::Tally;
use crate::domain::record::deal::Outcome;
use crate::domain::record::process::Process;
use crate::domain::record::workspace::Workspace;
use crate::domain::value::id::StageId;
use crate::domain::value::text::Name;

/// How far the deals of one process come that were created in the period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Funnel {
    /// The process.
    pub whose: Whose,
    /// All of them whose present process it is.
    pub all: Tally,
    /// A step per stage in its order.
    pub steps: Vec<FunnelStep>,
    /// The won ones, which have come all the way.
    pub won: Tally,
    /// Those of which it is not known how far they came; they are in no step.
    pub unknown: Tally,
    /// Those that had come to something here and went on in another process;
    /// they are in no step either.
    pub parked: Tally,
}

/// The deals that came as far as a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunnelStep {
    /// The stage.
    pub stage: StageId,
    /// Its name.
    pub name: Name,
    /// The deals.
    pub reached: Tally,
    /// How many of them came to the next one; of the last, were won.
    pub conversion: Rate,
}

impl Funnel {
    /// The deals that came as far as a stage.
    pub fn behind_step(&self, scope: &Scope, stage: StageId) -> Behind {
        self.behind_way(scope, |way| way.reached = Some(stage))
    }

    /// The won deals.
    pub fn behind_won(&self, scope: &Scope) -> Behind {
        let created = scope.created(scope.span).of(self.whose.process);
        created.closed_as(Outcome::Won)
    }

    /// The deals of which it is not known how far they came.
    pub fn behind_unknown(&self, scope: &Scope) -> Behind {
        self.behind_way(scope, |way| way.furthest = Some(Pick::Blank))
    }

    /// All of them.
    pub fn behind_all(&self, scope: &Scope) -> Behind {
        self.behind_way(scope, |_| ())
    }

    /// The deals that went on in another process.
    pub fn behind_parked(&self, scope: &Scope) -> Behind {
        let way = Way {
            parked: Some(self.whose.process),
            ..Way::default()
        };
        let created = scope.created(scope.span).of_any_process();
        created.that_went(way)
    }

    fn behind_way(&self, scope: &Scope, set: impl FnOnce(&mut Way)) -> Behind {
        let mut way = Way::default();
        set(&mut way);
        let created = scope.created(scope.span).of(self.whose.process);
        created.that_went(way)
    }
}

/// The funnel of each process that any of these deals is or was in. The deals
/// are those that the filter lets through whatever it says of processes, since
/// a deal that went on is in another one.
pub fn funnels(workspace: &Workspace, deals: &[&Brief], scope: &Scope) -> Vec<Funnel> {
    let processes = processes(workspace, &scope.filter);
    let places = Places::of(&processes);
    let mut counters: Vec<Counter<'_>> = processes.into_iter().map(Counter::new).collect();
    for brief in deals {
        if !scope.span.has(brief.created) {
            continue;
        }
        if let Some(counter) = places.get(brief.process, &mut counters) {
            counter.add(brief);
        }
        if !brief.was_elsewhere {
            continue;
        }
        let Some(deal) = workspace.deals.get(&brief.id) else {
            continue;
        };
        for id in deal.progress.keys().filter(|id| deal.is_parked_in(**id)) {
            if let Some(counter) = places.get(*id, &mut counters) {
                counter.parked.add(brief.value);
            }
        }
    }
    counters.into_iter().filter_map(Counter::finish).collect()
}

struct Counter<'a> {
    process: &'a Process,
    all: Tally,
    /// The deals that are not won, by how far they came.
    furthest: Vec<Tally>,
    won: Tally,
    unknown: Tally,
    parked: Tally,
}

impl<'a> Counter<'a> {
    fn new(process: &'a Process) -> Self {
        Self {
            process,
            all: Tally::default(),
            furthest: vec![Tally::default(); process.stages.len()],
            won: Tally::default(),
            unknown: Tally::default(),
            parked: Tally::default(),
        }
    }

    fn add(&mut self, deal: &Brief) {
        self.all.add(deal.value);
        let furthest = deal.furthest;
        let tally = match deal.outcome() {
            Some(Outcome::Won) => &mut self.won,
            _ => furthest
                .and_then(|place| self.furthest.get_mut(place))
                .unwrap_or(&mut self.unknown),
        };
        tally.add(deal.value);
    }

    fn finish(self) -> Option<Funnel> {
        // Who came as far as a stage came through all before it.
        let mut reached = self.won;
        let mut next = self.won.count;
        let last_first = self.process.stages.iter().zip(&self.furthest).rev();
        let mut steps: Vec<FunnelStep> = last_first
            .map(|(stage, ended_here)| {
                reached.add_tally(*ended_here);
                let conversion = Rate::new(next, reached.count);
                next = reached.count;
                FunnelStep {
                    stage: stage.id,
                    name: stage.name.clone(),
                    reached,
                    conversion,
                }
            })
            .collect();
        steps.reverse();
        (self.all.count + self.parked.count > 0).then(|| Funnel {
            whose: Whose::of(self.process),
            all: self.all,
            steps,
            won: self.won,
            unknown: self.unknown,
            parked: self.parked,
        })
    }
}
