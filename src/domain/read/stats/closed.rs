//! Closed deals, per process.

use std::borrow::Borrow;
use std::collections::{BTreeMap, HashMap};

use super::open::no_stage_name;
use super::{Outcomes, Tally, mean_days};
use crate::domain::read::brief::{Brief, Ending};
use crate::domain::read::statistics::Spread;
use crate::domain::record::deal::Outcome;
use crate::domain::record::process::{Color, Process};
use crate::domain::record::workspace::Workspace;
use crate::domain::value::date::NoDate;
use crate::domain::value::id::{EntryId, ProcessId, StageId};
use crate::domain::value::order::sort_by;
use crate::domain::value::text::Name;
use crate::domain::value::time::{Date, days_between};

/// The closed deals of one process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedStats {
    /// The process.
    pub process: ProcessId,
    /// Its name.
    pub name: Name,
    /// The colour it is drawn in.
    pub color: Color,
    /// All its closed deals.
    pub total: Outcomes,
    /// Days from the creation of the won deals to their closing, on average.
    pub average_days_to_win: Option<i64>,
    /// Their median, by nearest rank.
    pub median_days_to_win: Option<i64>,
    /// A row per month from the first closing to the last, without gaps.
    pub months: Vec<MonthRow>,
    /// The lost deals by the furthest stage they reached: a row per stage in
    /// the process's order, and one more where it is not known.
    pub lost_by_furthest: Vec<FurthestRow>,
    /// Why they ended, per outcome, the most frequent reason first.
    pub reasons: Vec<ReasonRow>,
}

/// A calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// The year.
    pub year: i16,
    /// 1 to 12.
    pub month: i8,
}

impl Month {
    /// The month a date lies in.
    pub fn of(date: Date) -> Self {
        Self {
            year: date.year(),
            month: date.month(),
        }
    }

    /// The one after it.
    pub fn next(self) -> Self {
        if self.month < 12 {
            Self {
                month: self.month + 1,
                ..self
            }
        } else {
            Self {
                year: self.year.saturating_add(1),
                month: 1,
            }
        }
    }
}

impl Month {
    /// Its first and last day; none outside the years of the calendar.
    pub fn days(self) -> Option<(Date, Date)> {
        let first = Date::new(self.year, self.month, 1)?;
        Some((first, first.last_of_month()))
    }
}

impl std::str::FromStr for Month {
    type Err = NoDate;

    /// Reads what [`Display`](std::fmt::Display) writes, such as `2026-03`.
    fn from_str(text: &str) -> Result<Self, NoDate> {
        let first: Date = format!("{text}-01").parse()?;
        Ok(Self::of(first))
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// The deals closed in one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthRow {
    /// The month.
    pub month: Month,
    /// Its deals.
    pub outcomes: Outcomes,
}

/// The lost deals that came as far as one stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FurthestRow {
    /// The stage; none where it is not known.
    pub stage: Option<StageId>,
    /// Its name; where it is not known, words that say so.
    pub name: Name,
    /// Its deals.
    pub tally: Tally,
}

/// The deals closed for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReasonRow {
    /// How they ended.
    pub outcome: Outcome,
    /// The reason; none where none was given.
    pub reason: Option<EntryId>,
    /// Its name, empty where none was given.
    pub name: String,
    /// How many deals.
    pub count: usize,
}

/// The closed ones of these deals, per process in the user's order. A process
/// without any is left out, an archived one is not.
pub fn closed_by_process(
    workspace: &Workspace,
    deals: impl IntoIterator<Item: Borrow<Brief>>,
) -> Vec<ClosedStats> {
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
        let Some(ending) = &deal.ending else {
            continue;
        };
        let place = places.get(&deal.process);
        if let Some(counter) = place.and_then(|place| counters.get_mut(*place)) {
            counter.add(deal, ending);
        }
    }
    counters
        .into_iter()
        .filter_map(|counter| counter.finish(workspace))
        .collect()
}

struct Counter<'a> {
    process: &'a Process,
    months: BTreeMap<Month, Outcomes>,
    days_to_win: Vec<i64>,
    furthest: Vec<Tally>,
    furthest_unknown: Tally,
    reasons: BTreeMap<(Outcome, Option<EntryId>), usize>,
}

impl<'a> Counter<'a> {
    fn new(process: &'a Process) -> Self {
        Self {
            process,
            months: BTreeMap::new(),
            days_to_win: Vec::new(),
            furthest: vec![Tally::default(); process.stages.len()],
            furthest_unknown: Tally::default(),
            reasons: BTreeMap::new(),
        }
    }

    fn add(&mut self, deal: &Brief, closing: &Ending) {
        let month = self.months.entry(Month::of(closing.on)).or_default();
        month.add(closing.outcome, deal.value);
        *self
            .reasons
            .entry((closing.outcome, closing.reason))
            .or_default() += 1;
        match closing.outcome {
            Outcome::Won => {
                self.days_to_win
                    .push(days_between(deal.created, closing.on).max(0));
            }
            Outcome::Lost => {
                deal.furthest
                    .and_then(|place| self.furthest.get_mut(place))
                    .unwrap_or(&mut self.furthest_unknown)
                    .add(deal.value);
            }
            Outcome::Outdated => {}
        }
    }

    fn finish(mut self, workspace: &Workspace) -> Option<ClosedStats> {
        let mut total = Outcomes::default();
        for outcomes in self.months.values() {
            total.add_outcomes(*outcomes);
        }
        let days: i128 = self.days_to_win.iter().copied().map(i128::from).sum();
        (total.all().count > 0).then(|| ClosedStats {
            process: self.process.id,
            name: self.process.name.clone(),
            color: self.process.color,
            total,
            average_days_to_win: mean_days(days, total.won.count),
            median_days_to_win: Spread::of(&mut self.days_to_win).median,
            lost_by_furthest: furthest_rows(self.process, self.furthest, self.furthest_unknown),
            months: without_gaps(&self.months),
            reasons: reason_rows(workspace, self.reasons),
        })
    }
}

fn without_gaps(months: &BTreeMap<Month, Outcomes>) -> Vec<MonthRow> {
    let (Some((first, _)), Some((last, _))) = (months.first_key_value(), months.last_key_value())
    else {
        return Vec::new();
    };
    std::iter::successors(Some(*first), |month| {
        Some(month.next()).filter(|next| next <= last)
    })
    .map(|month| MonthRow {
        month,
        outcomes: months.get(&month).copied().unwrap_or_default(),
    })
    .collect()
}

fn furthest_rows(process: &Process, stages: Vec<Tally>, unknown: Tally) -> Vec<FurthestRow> {
    let known = process
        .stages
        .iter()
        .zip(stages)
        .map(|(stage, tally)| FurthestRow {
            stage: Some(stage.id),
            name: stage.name.clone(),
            tally,
        });
    let unknown = (unknown.count > 0).then(|| FurthestRow {
        stage: None,
        name: no_stage_name(process),
        tally: unknown,
    });
    known.chain(unknown).collect()
}

fn reason_rows(
    workspace: &Workspace,
    counts: BTreeMap<(Outcome, Option<EntryId>), usize>,
) -> Vec<ReasonRow> {
    let mut rows: Vec<ReasonRow> = counts
        .into_iter()
        .map(|((outcome, reason), count)| ReasonRow {
            outcome,
            reason,
            name: workspace.entry_name(outcome.reasons(), reason).to_owned(),
            count,
        })
        .collect();
    sort_by(&mut rows, &|a, b| {
        (a.outcome, b.count, &a.name).cmp(&(b.outcome, a.count, &b.name))
    });
    rows
}
