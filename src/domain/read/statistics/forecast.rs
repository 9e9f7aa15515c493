//! What is expected to come in (§7.6).

use super::{Behind, Places, Scope, Span, Step, Whose, processes};
use crate::domain::read::brief::Brief;
use crate::domain::read::stats::{OpenTally, Tally};
use crate::domain::record::deal::Outcome;
use crate::domain::record::workspace::Setup;
use crate::domain::value::id::ProcessId;
use crate::domain::value::time::{Date, plus_days};

/// How many months ahead have a row of their own; what is expected later has
/// one together.
const AHEAD: usize = 24;
/// How many months back have a row of their own.
const BACK: usize = 36;

/// What is expected of the open deals, and what was won before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forecast {
    /// The processes that any of it is of.
    pub processes: Vec<Whose>,
    /// The won deals of the period by closing month, the earliest first.
    pub won: Vec<WonMonth>,
    /// The open deals whose expected close is past.
    pub overdue: Expected,
    /// By expected closing month, from today on.
    pub months: Vec<Expected>,
    /// Those that are expected after those months.
    pub later: Expected,
    /// Those without an expected close.
    pub undated: Expected,
    /// All open deals.
    pub all: Expected,
}

/// The open deals that are expected to close in some days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// The days.
    pub days: Span,
    /// Per process, as [`Forecast::processes`] has them.
    pub by_process: Vec<OpenTally>,
    /// All together.
    pub all: OpenTally,
}

/// The deals that were won in a month, or in the time before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WonMonth {
    /// The days, within the period.
    pub days: Span,
    /// Per process, as [`Forecast::processes`] has them.
    pub by_process: Vec<Tally>,
    /// All together.
    pub all: Tally,
}

impl Forecast {
    /// The deals that are expected in these days, of a process or of all.
    pub fn behind_expected(scope: &Scope, days: Span, process: Option<ProcessId>) -> Behind {
        of_process(scope.expected(days), process)
    }

    /// The deals without an expected close.
    pub fn behind_undated(scope: &Scope, process: Option<ProcessId>) -> Behind {
        let mut behind = of_process(scope.open(), process);
        behind.filter.undated = true;
        behind
    }

    /// All open deals.
    pub fn behind_all(scope: &Scope, process: Option<ProcessId>) -> Behind {
        of_process(scope.open(), process)
    }

    /// The deals that were won in these days.
    pub fn behind_won(scope: &Scope, days: Span, process: Option<ProcessId>) -> Behind {
        of_process(scope.closed(&[Outcome::Won], days), process)
    }
}

fn of_process(behind: Behind, process: Option<ProcessId>) -> Behind {
    match process {
        Some(process) => behind.of(process),
        None => behind,
    }
}

/// The forecast of these deals.
pub fn forecast(setup: &Setup, deals: &[&Brief], scope: &Scope) -> Forecast {
    let processes = processes(setup, &scope.filter);
    let places = Places::of(&processes);
    let whose: Vec<Whose> = processes.iter().map(|process| Whose::of(process)).collect();
    let count = whose.len();
    let mut sums = Sums::new(deals, scope, count);
    for deal in deals {
        if let Some(place) = places.place(deal.process) {
            sums.add(deal, place, scope);
        }
    }
    sums.finish(whose)
}

/// The rows while they are filled.
struct Sums {
    won: Vec<WonMonth>,
    overdue: Expected,
    months: Vec<Expected>,
    later: Expected,
    undated: Expected,
    all: Expected,
}

impl Sums {
    fn new(deals: &[&Brief], scope: &Scope, count: usize) -> Self {
        let today = scope.now.today;
        let expected = |days: Span| Expected {
            days,
            by_process: vec![OpenTally::default(); count],
            all: OpenTally::default(),
        };
        let open = deals.iter().filter(|deal| deal.is_open());
        let last = open.filter_map(|deal| deal.expected_close).max();
        let last = last.map_or(today, |last| last.max(today));
        let mut months: Vec<Expected> = Step::Month
            .ahead(today, last, AHEAD)
            .map(expected)
            .collect();
        if let Some(first) = months.first_mut() {
            // What was expected before today is past due.
            first.days.from = Some(today);
        }
        let after = months.last().and_then(|month| month.days.to);
        let later = Span {
            from: after.map(|day| plus_days(day, 1)),
            to: None,
        };
        Self {
            won: won_months(deals, scope, count),
            overdue: expected(Span::before(today)),
            months,
            later: expected(later),
            undated: expected(Span::default()),
            all: expected(Span::default()),
        }
    }

    fn add(&mut self, deal: &Brief, place: usize, scope: &Scope) {
        if let Some(ending) = deal.ending {
            if ending.outcome == Outcome::Won && scope.span.has(ending.on) {
                let row = self.won.iter_mut().rev();
                let row = row.into_iter().find(|row| row.days.has(ending.on));
                if let Some(row) = row {
                    row.all.add(deal.value);
                    if let Some(own) = row.by_process.get_mut(place) {
                        own.add(deal.value);
                    }
                }
            }
            return;
        }
        let today = scope.now.today;
        let row = match deal.expected_close {
            None => &mut self.undated,
            Some(day) if day < today => &mut self.overdue,
            Some(day) => {
                let at = usize::try_from(Step::Month.count(today, day) - 1);
                at.ok()
                    .and_then(|at| self.months.get_mut(at))
                    .unwrap_or(&mut self.later)
            }
        };
        for row in [row, &mut self.all] {
            row.all.add(deal.value, deal.chance);
            if let Some(own) = row.by_process.get_mut(place) {
                own.add(deal.value, deal.chance);
            }
        }
    }

    /// Without the processes that nothing is of.
    fn finish(self, whose: Vec<Whose>) -> Forecast {
        let is_used = |place: usize| {
            let open = self.all.by_process.get(place);
            let won = |row: &WonMonth| row.by_process.get(place).is_some_and(|won| won.count > 0);
            open.is_some_and(|open| open.all.count > 0) || self.won.iter().any(won)
        };
        let used: Vec<bool> = (0..whose.len()).map(is_used).collect();
        let expected = |row: Expected| Expected {
            by_process: only(row.by_process, &used),
            ..row
        };
        let won = |row: WonMonth| WonMonth {
            by_process: only(row.by_process, &used),
            ..row
        };
        Forecast {
            processes: only(whose, &used),
            won: self.won.into_iter().map(won).collect(),
            overdue: expected(self.overdue),
            months: self.months.into_iter().map(expected).collect(),
            later: expected(self.later),
            undated: expected(self.undated),
            all: expected(self.all),
        }
    }
}

fn only<T>(all: Vec<T>, used: &[bool]) -> Vec<T> {
    let all = all.into_iter().zip(used);
    all.filter_map(|(one, is_used)| is_used.then_some(one))
        .collect()
}

/// A row per month in which deals were won in the period, without gaps; what
/// lies further back than the rows go is in the first.
fn won_months(deals: &[&Brief], scope: &Scope, count: usize) -> Vec<WonMonth> {
    let endings = deals.iter().filter_map(|deal| deal.ending);
    let won = endings.filter(|it| it.outcome == Outcome::Won && scope.span.has(it.on));
    let days = won.map(|ending| ending.on);
    let (first, last) = days.fold((None, None), |(first, last), day: Date| {
        let first = first.map_or(day, |first: Date| first.min(day));
        (Some(first), last.max(Some(day)))
    });
    let (Some(first), Some(last)) = (first, last) else {
        return Vec::new();
    };
    let spans = Step::Month.cut(first, last, BACK);
    spans
        .into_iter()
        .map(|days| WonMonth {
            days: days.and(scope.span),
            by_process: vec![Tally::default(); count],
            all: Tally::default(),
        })
        .collect()
}
