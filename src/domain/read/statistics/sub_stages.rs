//! Which pieces of work go with winning (§7.5).

use super::{Behind, Places, Rate, Scope, Whose, processes};
use crate::domain::read::brief::Brief;
use crate::domain::read::filter::Way;
use crate::domain::read::stats::Tally;
use crate::domain::record::deal::{Deal, Outcome};
use crate::domain::record::process::{Process, SubStage};
use crate::domain::record::workspace::Workspace;
use crate::domain::value::id::SubStageId;
use crate::domain::value::text::Name;

/// The sub-stages of one process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubStages {
    /// The process.
    pub whose: Whose,
    /// The deals won in the period.
    pub won: usize,
    /// The deals lost in the period.
    pub lost: usize,
    /// Its open deals.
    pub open: usize,
    /// The open deals without a value that lack a required sub-stage.
    pub lacking_unvalued: usize,
    /// A row per sub-stage in its order.
    pub rows: Vec<SubStageRow>,
}

/// One sub-stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubStageRow {
    /// Which.
    pub sub_stage: SubStageId,
    /// Its name.
    pub name: Name,
    /// The name of its stage.
    pub stage: Name,
    /// A deal can't be won without it.
    pub required: bool,
    /// In how many of the won deals it was ticked.
    pub won: Rate,
    /// In how many of the lost deals it was ticked.
    pub lost: Rate,
    /// The open deals in which it is not ticked.
    pub lacking: Tally,
}

impl SubStageRow {
    /// How much more often it was ticked in won deals than in lost ones, in
    /// tenths of a percent; none where either are missing.
    pub fn difference(&self) -> Option<i32> {
        let (won, lost) = (self.won.permille()?, self.lost.permille()?);
        Some(i32::from(won) - i32::from(lost))
    }

    /// The difference is of so few deals that it says little.
    pub fn is_of_few(&self) -> bool {
        self.won.is_of_few() || self.lost.is_of_few()
    }
}

impl SubStages {
    /// The deals that were closed so in the period and in which it was ticked.
    pub fn behind_ticked(&self, scope: &Scope, outcome: Outcome, id: SubStageId) -> Behind {
        let way = Way {
            ticked: Some(id),
            ..Way::default()
        };
        self.behind_closed(scope, outcome).that_went(way)
    }

    /// The deals that were closed so in the period.
    pub fn behind_closed(&self, scope: &Scope, outcome: Outcome) -> Behind {
        scope.closed(&[outcome], scope.span).of(self.whose.process)
    }

    /// The deals that were won or lost in the period.
    pub fn behind_decided(&self, scope: &Scope) -> Behind {
        let decided = [Outcome::Won, Outcome::Lost];
        scope.closed(&decided, scope.span).of(self.whose.process)
    }

    /// The open deals.
    pub fn behind_open(&self, scope: &Scope) -> Behind {
        scope.open().of(self.whose.process)
    }

    /// The open deals in which it is not ticked.
    pub fn behind_lacking(&self, scope: &Scope, id: SubStageId) -> Behind {
        let way = Way {
            lacks: Some(id),
            ..Way::default()
        };
        scope.open().of(self.whose.process).that_went(way)
    }

    /// The sub-stage whose ticks go with winning most, of those that are told
    /// by ten won and ten lost deals at least.
    pub fn most_telling(&self) -> Option<&SubStageRow> {
        let told = self.rows.iter().filter(|row| !row.is_of_few());
        let told = told.filter(|row| row.difference().is_some_and(|points| points > 0));
        // Of equal ones the first.
        told.rev().max_by_key(|row| row.difference())
    }
}

/// The sub-stages of each process that has open deals, or won or lost ones of
/// the period.
pub fn sub_stages(workspace: &Workspace, deals: &[&Brief], scope: &Scope) -> Vec<SubStages> {
    let processes = processes(workspace, &scope.filter);
    let places = Places::of(&processes);
    let mut counters: Vec<Counter<'_>> = processes.into_iter().map(Counter::new).collect();
    for brief in deals {
        let Some(counter) = places.get(brief.process, &mut counters) else {
            continue;
        };
        let counted = match brief.ending {
            None => Counted::Open,
            Some(ending) if !scope.span.has(ending.on) => continue,
            Some(ending) => match ending.outcome {
                Outcome::Won => Counted::Won,
                Outcome::Lost => Counted::Lost,
                Outcome::Outdated => continue,
            },
        };
        if let Some(deal) = workspace.deals.get(&brief.id) {
            counter.add(deal, counted);
        }
    }
    counters.into_iter().filter_map(Counter::finish).collect()
}

#[derive(Clone, Copy)]
enum Counted {
    Open,
    Won,
    Lost,
}

struct Counter<'a> {
    process: &'a Process,
    won: usize,
    lost: usize,
    open: usize,
    lacking_unvalued: usize,
    /// Per sub-stage: ticked in won and in lost deals, and not in open ones.
    rows: Vec<(&'a SubStage, &'a Name, usize, usize, Tally)>,
}

impl<'a> Counter<'a> {
    fn new(process: &'a Process) -> Self {
        let rows = process.sub_stages();
        let rows = rows.map(|(stage, sub)| (sub, &stage.name, 0, 0, Tally::default()));
        Self {
            process,
            won: 0,
            lost: 0,
            open: 0,
            lacking_unvalued: 0,
            rows: rows.collect(),
        }
    }

    fn add(&mut self, deal: &Deal, counted: Counted) {
        match counted {
            Counted::Open => self.open += 1,
            Counted::Won => self.won += 1,
            Counted::Lost => self.lost += 1,
        }
        let progress = deal.progress_in(self.process.id);
        let mut lacks_required = false;
        for (sub, _, won, lost, lacking) in &mut self.rows {
            match (progress.ticks.contains_key(&sub.id), counted) {
                (true, Counted::Won) => *won += 1,
                (true, Counted::Lost) => *lost += 1,
                (false, Counted::Open) => {
                    lacking.add(deal.value);
                    lacks_required |= sub.required;
                }
                _ => {}
            }
        }
        self.lacking_unvalued += usize::from(lacks_required && deal.value.is_none());
    }

    fn finish(self) -> Option<SubStages> {
        let Self {
            process,
            won,
            lost,
            open,
            lacking_unvalued,
            rows,
        } = self;
        let row =
            |(sub, stage, in_won, in_lost, lacking): (&SubStage, &Name, usize, usize, Tally)| {
                SubStageRow {
                    sub_stage: sub.id,
                    name: sub.name.clone(),
                    stage: stage.clone(),
                    required: sub.required,
                    won: Rate::new(in_won, won),
                    lost: Rate::new(in_lost, lost),
                    lacking,
                }
            };
        (won + lost + open > 0).then(|| SubStages {
            whose: Whose::of(process),
            won,
            lost,
            open,
            lacking_unvalued,
            rows: rows.into_iter().map(row).collect(),
        })
    }
}
