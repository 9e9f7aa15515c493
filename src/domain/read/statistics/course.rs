//! What happened in the course of time (§7.7).

use super::{Behind, Places, Scope, Span, Step, Whose, processes};
use crate::domain::read::brief::Brief;
use crate::domain::read::stats::Tally;
use crate::domain::record::deal::{Deal, Outcome, What};
use crate::domain::record::workspace::Workspace;
use crate::domain::value::id::ProcessId;
use crate::domain::value::time::{Date, Moment};

/// How many rows there are at most; what lies before them is one row more.
pub const MOST: usize = 400;

/// What happened to all deals, and to those of each process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Courses {
    /// The days that all rows are of, the earliest first.
    pub days: Vec<Span>,
    /// That of all deals, a row for each of the days.
    pub all: Vec<CourseRow>,
    /// That of the deals of each process.
    pub each: Vec<(Whose, Vec<CourseRow>)>,
    /// The open deals created in the period that a file did not say the date
    /// of creation of: they count from the day on which they were imported.
    pub imported: usize,
}

/// What happened in some days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CourseRow {
    /// The deals created in them.
    pub created: Tally,
    /// The deals won in them.
    pub won: Tally,
    /// The deals lost in them.
    pub lost: Tally,
    /// The deals that were open at their end, with the values they have now.
    pub open: Tally,
}

impl Courses {
    /// The deals created in these days, of a process or of all.
    pub fn behind_created(scope: &Scope, days: Span, process: Option<ProcessId>) -> Behind {
        of_process(scope.created(days), process)
    }

    /// The deals that were closed so in these days.
    pub fn behind_closed(
        scope: &Scope,
        days: Span,
        outcome: Outcome,
        process: Option<ProcessId>,
    ) -> Behind {
        of_process(scope.closed(&[outcome], days), process)
    }

    /// The deals that were open at the end of these days.
    pub fn behind_open(scope: &Scope, days: Span, process: Option<ProcessId>) -> Behind {
        let mut behind = of_process(scope.all(), process);
        behind.filter.open_on = days.to;
        behind
    }
}

fn of_process(behind: Behind, process: Option<ProcessId>) -> Behind {
    match process {
        Some(process) => behind.of(process),
        None => behind,
    }
}

/// What happened to these deals in the period, in such steps.
pub fn courses(workspace: &Workspace, deals: &[&Brief], scope: &Scope, step: Step) -> Courses {
    let days = days_of(deals, scope, step);
    let processes = processes(workspace, &scope.filter);
    let places = Places::of(&processes);
    let mut each: Vec<Counter> = processes.iter().map(|_| Counter::new(days.len())).collect();
    let mut all = Counter::new(days.len());
    let mut imported = 0;
    for brief in deals {
        let Some(own) = places.get(brief.process, &mut each) else {
            continue;
        };
        own.any = true;
        own.add(brief, &days, scope.span);
        all.add(brief, &days, scope.span);
        // A closed one has a date in any case, and need not be looked up.
        let is_asked = brief.is_open() && scope.span.has(brief.created);
        let open = Some(brief.id).filter(|_| is_asked);
        let deal = open.and_then(|id| workspace.deals.get(&id));
        imported += usize::from(deal.is_some_and(|deal| is_undated_import(deal)));
    }
    let each = processes.into_iter().zip(each);
    Courses {
        all: all.finish(),
        each: each
            .filter(|(_, counter)| counter.any)
            .map(|(process, counter)| (Whose::of(process), counter.finish()))
            .collect(),
        days,
        imported,
    }
}

/// The days of the rows: of the period, as far as anything happened in it, and
/// up to today.
fn days_of(deals: &[&Brief], scope: &Scope, step: Step) -> Vec<Span> {
    let happened = |deal: &&Brief| {
        let closed = deal.ending.map(|ending| ending.on);
        [Some(deal.created), closed].into_iter().flatten()
    };
    let happened = deals.iter().flat_map(happened);
    let within = happened.filter(|day| scope.span.has(*day));
    let (mut first, mut last) = (None::<Date>, None::<Date>);
    for day in within {
        first = Some(first.map_or(day, |first| first.min(day)));
        last = last.max(Some(day));
    }
    let today = Some(scope.now.today);
    let from = scope.span.from.or(first).or(today);
    let last = last.max(today.filter(|today| scope.span.has(*today)));
    let to = last.or(scope.span.to).or(today);
    let (Some(from), Some(to)) = (from, to) else {
        return Vec::new();
    };
    let spans = step.cut(from, to, MOST).into_iter();
    spans.map(|days| days.and(scope.span)).collect()
}

/// Whether the deal was imported, and counts from that day: its file did not
/// say when it was created.
fn is_undated_import(deal: &Deal) -> bool {
    /// The day of a moment is another in other time zones.
    const HOURS: i64 = 26;
    deal.history.first().is_some_and(|first| {
        let apart = first.at.minutes_since(Moment::noon_of(deal.created));
        first.what == What::Imported && apart.abs() <= HOURS * 60
    })
}

struct Counter {
    any: bool,
    rows: Vec<CourseRow>,
    /// The deals that opened by the end of the days, each in the first of them.
    opened: Vec<Tally>,
    /// Those of them that were closed by then.
    closed: Vec<Tally>,
}

impl Counter {
    fn new(count: usize) -> Self {
        Self {
            any: false,
            rows: vec![CourseRow::default(); count],
            opened: vec![Tally::default(); count],
            closed: vec![Tally::default(); count],
        }
    }

    fn add(&mut self, deal: &Brief, days: &[Span], span: Span) {
        let at = |day: Date| days.partition_point(|days| days.to.is_some_and(|to| to < day));
        let created = at(deal.created);
        if span.has(deal.created)
            && let Some(row) = self.rows.get_mut(created)
        {
            row.created.add(deal.value);
        }
        let closed = deal.ending.map(|ending| (ending, at(ending.on)));
        if let Some((ending, place)) = closed
            && span.has(ending.on)
            && let Some(row) = self.rows.get_mut(place)
        {
            match ending.outcome {
                Outcome::Won => row.won.add(deal.value),
                Outcome::Lost => row.lost.add(deal.value),
                Outcome::Outdated => {}
            }
        }
        // One that was closed on the day it was created was never open at the
        // end of a day.
        if deal.ending.is_some_and(|ending| ending.on <= deal.created) {
            return;
        }
        if let Some(opened) = self.opened.get_mut(created) {
            opened.add(deal.value);
        }
        if let Some(closed) = closed.and_then(|(_, place)| self.closed.get_mut(place)) {
            closed.add(deal.value);
        }
    }

    fn finish(mut self) -> Vec<CourseRow> {
        let mut open = Tally::default();
        let turns = self.opened.iter().zip(&self.closed);
        for (row, (opened, closed)) in self.rows.iter_mut().zip(turns) {
            open.add_tally(*opened);
            open = open.without(*closed);
            row.open = open;
        }
        self.rows
    }
}
