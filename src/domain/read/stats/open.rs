//! Open deals, per process.

use std::borrow::Borrow;
use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{OpenTally, mean_days};
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
        .map(|(place, counter)| (counter.process.id, place))
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
    process: &'a Process,
    stages: Vec<OpenTally>,
    nowhere: OpenTally,
    age_days: i128,
    attention: usize,
}

impl<'a> Counter<'a> {
    fn new(process: &'a Process) -> Self {
        let stages = vec![OpenTally::default(); process.stages.len()];
        Self {
            process,
            stages,
            nowhere: OpenTally::default(),
            age_days: 0,
            attention: 0,
        }
    }

    fn add(&mut self, deal: &Brief, now: Moment, today: Date) {
        let tally = deal
            .place
            .and_then(|place| self.stages.get_mut(place))
            .unwrap_or(&mut self.nowhere);
        tally.add(deal.value, deal.chance);
        self.age_days += i128::from(days_between(deal.created, today).max(0));
        self.attention += usize::from(deal.needs_attention(now, today));
    }

    fn finish(self) -> Option<OpenStats> {
        let Self {
            process,
            stages,
            nowhere,
            age_days,
            attention,
        } = self;
        let mut rows: Vec<StageRow> = process
            .stages
            .iter()
            .zip(stages)
            .map(|(stage, tally)| StageRow {
                stage: CurrentStage::At(stage.id),
                name: stage.name.clone(),
                tally,
            })
            .collect();
        if nowhere.all.count > 0 {
            let stage = if rows.is_empty() {
                CurrentStage::Nowhere
            } else {
                CurrentStage::Unknown
            };
            rows.push(StageRow {
                stage,
                name: no_stage_name(process),
                tally: nowhere,
            });
        }
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
            average_age_days: mean_days(age_days, total.all.count),
            attention,
        })
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
