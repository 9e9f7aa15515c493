//! Open deals, per process.

use std::borrow::Borrow;
use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{OpenTally, Tally, mean_days};
use crate::domain::read::brief::Brief;
use crate::domain::record::process::{Color, Process};
use crate::domain::record::progress::CurrentStage;
use crate::domain::record::workspace::Workspace;
use crate::domain::value::id::ProcessId;
use crate::domain::value::text::Name;
use crate::domain::value::time::{Date, Moment, days_between};

/// The open deals of one process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenStats {
    /// The process.
    pub process: ProcessId,
    /// Its name.
    pub name: Name,
    /// The colour it is drawn in.
    pub color: Color,
    /// A row per stage in the process's order, with or without deals, and one
    /// more where there are deals in none of them.
    pub rows: Vec<StageRow>,
    /// All rows together.
    pub total: OpenTally,
    /// Days since the deals were created, on average.
    pub average_age_days: Option<i64>,
    /// How many deals need attention.
    pub attention: usize,
    /// Those without a next step.
    pub without_step: Tally,
}

/// The open deals in one stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageRow {
    /// Which stage, if any.
    pub stage: CurrentStage,
    /// Its name; for deals in no stage, words that say so.
    pub name: Name,
    /// Its deals.
    pub tally: OpenTally,
}

/// The open ones of these deals, per process in the user's order. A process
/// without any is left out, an archived one is not.
pub fn open_by_process(
    workspace: &Workspace,
    deals: impl IntoIterator<Item: Borrow<Brief>>,
    now: Moment,
    today: Date,
) -> Vec<OpenStats> {
    let mut counters: Vec<Counter<'_>> = workspace
        .processes_in_order()
        .map(|process| Counter::new(process))
        .collect();
    let places: HashMap<ProcessId, usize> = counters
        .iter()
        .enumerate()
        .map(|(place, counter)| (counter.stages.process.id, place))
        .collect();
    for deal in deals {
        let deal = deal.borrow();
        let place = places.get(&deal.process).filter(|_| deal.is_open());
        if let Some(counter) = place.and_then(|place| counters.get_mut(*place)) {
            counter.add(deal, now, today);
        }
    }
    counters.into_iter().filter_map(Counter::finish).collect()
}

struct Counter<'a> {
    stages: ByStage<'a>,
    age_days: i128,
    attention: usize,
    without_step: Tally,
}

impl<'a> Counter<'a> {
    fn new(process: &'a Process) -> Self {
        Self {
            stages: ByStage::new(process),
            age_days: 0,
            attention: 0,
            without_step: Tally::default(),
        }
    }

    fn add(&mut self, deal: &Brief, now: Moment, today: Date) {
        self.stages.add(deal);
        self.age_days += i128::from(days_between(deal.created, today).max(0));
        self.attention += usize::from(deal.needs_attention(now, today));
        if deal.lacks_next_step() {
            self.without_step.add(deal.value);
        }
    }

    fn finish(self) -> Option<OpenStats> {
        let process = self.stages.process;
        let rows = self.stages.rows();
        let mut total = OpenTally::default();
        for row in &rows {
            total.add_tally(row.tally);
        }
        (total.all.count > 0).then(|| OpenStats {
            process: process.id,
            name: process.name.clone(),
            color: process.color,
            rows,
            total,
            average_age_days: mean_days(self.age_days, total.all.count),
            attention: self.attention,
            without_step: self.without_step,
        })
    }
}

/// The open deals of one process, added up by stage: for its chart and for its
/// board.
pub struct ByStage<'a> {
    process: &'a Process,
    stages: Vec<OpenTally>,
    nowhere: OpenTally,
}

impl<'a> ByStage<'a> {
    /// No deals yet.
    pub fn new(process: &'a Process) -> Self {
        Self {
            process,
            stages: vec![OpenTally::default(); process.stages.len()],
            nowhere: OpenTally::default(),
        }
    }

    /// Counts one more open deal of the process; the place of its row.
    pub fn add(&mut self, deal: &Brief) -> usize {
        let nowhere = self.stages.len();
        let place = deal.place.filter(|place| *place < nowhere);
        let tally = place
            .and_then(|place| self.stages.get_mut(place))
            .unwrap_or(&mut self.nowhere);
        tally.add(deal.value, deal.chance);
        place.unwrap_or(nowhere)
    }

    /// A row per stage in the process's order, and one more where there are
    /// deals in none of them.
    pub fn rows(self) -> Vec<StageRow> {
        let stages = self.process.stages.iter().zip(self.stages);
        let mut rows: Vec<StageRow> = stages
            .map(|(stage, tally)| StageRow {
                stage: CurrentStage::At(stage.id),
                name: stage.name.clone(),
                tally,
            })
            .collect();
        if self.nowhere.all.count > 0 {
            let stage = if rows.is_empty() {
                CurrentStage::Nowhere
            } else {
                CurrentStage::Unknown
            };
            rows.push(StageRow {
                stage,
                name: no_stage_name(self.process),
                tally: self.nowhere,
            });
        }
        rows
    }
}

/// What the row of the deals in no stage is called.
pub(super) fn no_stage_name(process: &Process) -> Name {
    let words = if process.stages.is_empty() {
        "No stages"
    } else {
        "Stage unknown"
    };
    Name::clamped(words, words.len(), words)
}
