//! What a manager asks first, each answer with where it comes from.

use super::compare::{By, Compared, comparison};
use super::sub_stages::{SubStageRow, SubStages, sub_stages};
use super::{Behind, Mean, Rate, Scope, Span, Step, Whose};
use crate::domain::read::brief::Brief;
use crate::domain::read::stats::{OpenTally, Outcomes, Tally};
use crate::domain::record::deal::{Deal, Outcome};
use crate::domain::record::process::Process;
use crate::domain::record::workspace::{Setup, Workspace};
use crate::domain::value::money::{Chance, div_half_away};
use crate::domain::value::time::{Date, Moment, days_between, plus_days};

/// What a manager asks first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// The open deals now.
    pub open: OpenTally,
    /// The last day of the month before.
    pub month_end: Date,
    /// The deals that were open then, with the values they have now and the
    /// chances they had.
    pub open_then: OpenTally,
    /// What was closed in the period.
    pub closed: Closed,
    /// What was closed in the period before it, and when that was; none where
    /// the period has none before it.
    pub closed_before: Option<(Span, Closed)>,
    /// The open deals whose expected close is past.
    pub overdue: OpenTally,
    /// The processes by their win rate in the period, the best and the worst;
    /// none where there are no two of ten decided deals each.
    pub best_and_worst: Option<(Compared, Compared)>,
    /// The sub-stage whose ticks go with winning most, and its process, of which
    /// only the deals closed in the period are counted here.
    pub telling: Option<(Whose, SubStages, SubStageRow)>,
}

/// What was closed in some days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Closed {
    /// How.
    pub outcomes: Outcomes,
    /// The days to close of the won deals.
    pub days_to_close: Mean,
}

impl Closed {
    /// Won of won and lost.
    pub fn win_rate(&self) -> Rate {
        let (won, lost) = (self.outcomes.won.count, self.outcomes.lost.count);
        Rate::new(won, won + lost)
    }

    fn add(&mut self, deal: &Brief, outcome: Outcome, on: Date) {
        self.outcomes.add(outcome, deal.value);
        if outcome == Outcome::Won {
            self.days_to_close
                .add(days_between(deal.created, on).max(0));
        }
    }
}

impl Overview {
    /// The won deals of the period.
    pub fn behind_won(scope: &Scope, days: Span) -> Behind {
        scope.closed(&[Outcome::Won], days)
    }

    /// The decided deals of the period.
    pub fn behind_decided(scope: &Scope, days: Span) -> Behind {
        scope.closed(&[Outcome::Won, Outcome::Lost], days)
    }

    /// The deals that were open at the end of the month before.
    pub fn behind_open_then(&self, scope: &Scope) -> Behind {
        let mut behind = scope.all();
        behind.filter.open_on = Some(self.month_end);
        behind
    }

    /// The open deals whose expected close is past.
    pub fn behind_overdue(scope: &Scope) -> Behind {
        scope.expected(Span::before(scope.now.today))
    }

    /// By how much more or less value is open than at the end of the month
    /// before, in tenths of a percent of what it was; none where that was none.
    pub fn growth(now: Tally, then: Tally) -> Option<i64> {
        let (now, then) = (now.value.minor(), then.value.minor());
        let change = div_half_away((now - then).checked_mul(1000)?, (then > 0).then_some(then)?);
        i64::try_from(change).ok()
    }
}

/// What a manager asks first of these deals.
pub fn overview(workspace: &Workspace, deals: &[&Brief], scope: &Scope) -> Overview {
    let today = scope.now.today;
    let month_end = plus_days(Step::Month.first_day(today), -1);
    let span_before = scope.period.days_before(today);
    let mut open = OpenTally::default();
    let mut open_then = OpenTally::default();
    let mut overdue = OpenTally::default();
    let mut closed = Closed::default();
    let mut before = Closed::default();
    for deal in deals {
        if deal.was_open_on(month_end) {
            open_then.add(deal.value, chance_at_end_of(month_end, workspace, deal));
        }
        let Some(ending) = deal.ending else {
            open.add(deal.value, deal.chance);
            if deal.expected_close.is_some_and(|close| close < today) {
                overdue.add(deal.value, deal.chance);
            }
            continue;
        };
        if scope.span.has(ending.on) {
            closed.add(deal, ending.outcome, ending.on);
        }
        if span_before.is_some_and(|span| span.has(ending.on)) {
            before.add(deal, ending.outcome, ending.on);
        }
    }
    // Whatever is left to be asked is about these.
    let is_closed_now = |deal: &&&Brief| deal.ending.is_some_and(|it| scope.span.has(it.on));
    let within: Vec<&Brief> = deals.iter().filter(is_closed_now).copied().collect();
    Overview {
        open,
        month_end,
        open_then,
        closed,
        closed_before: span_before.map(|span| (span, before)),
        overdue,
        best_and_worst: best_and_worst(workspace, &within, scope),
        telling: most_telling(sub_stages(workspace, &within, scope)),
    }
}

fn best_and_worst(setup: &Setup, deals: &[&Brief], scope: &Scope) -> Option<(Compared, Compared)> {
    let mut rows = comparison(setup, deals, scope, By::Process).rows;
    rows.retain(|row| !row.win_rate().is_of_few());
    let rate = |row: &&Compared| row.win_rate().permille();
    let best = rows.iter().rev().max_by_key(rate)?;
    let worst = rows.iter().rev().min_by_key(rate)?;
    (rate(&best) != rate(&worst)).then(|| (best.clone(), worst.clone()))
}

fn most_telling(all: Vec<SubStages>) -> Option<(Whose, SubStages, SubStageRow)> {
    let told = all.into_iter().filter_map(|stats| {
        let row = stats.most_telling()?.clone();
        Some((stats.whose.clone(), stats, row))
    });
    told.max_by_key(|(_, _, row)| row.difference())
}

/// The chance that a deal had at the end of a day, as far as that can be known:
/// by the ticks it has now that it had then, the stage it was in, and a typed
/// chance if it has one now.
fn chance_at_end_of(day: Date, workspace: &Workspace, brief: &Brief) -> Chance {
    let deal = workspace.deals.get(&brief.id);
    let process = workspace.processes.get(&brief.process);
    match (deal, process) {
        (Some(deal), Some(process)) => chance_then(deal, process, end_of(day)),
        _ => Chance::NONE,
    }
}

/// The moment at which a day ends, in UTC.
fn end_of(day: Date) -> Moment {
    Moment::noon_of(day).plus_minutes(12 * 60)
}

fn chance_then(deal: &Deal, process: &Process, then: Moment) -> Chance {
    let progress = deal.progress_in(process.id);
    if let Some(typed) = progress.chance {
        return typed;
    }
    let had = |id| progress.ticks.get(&id).is_some_and(|tick| tick.at <= then);
    let ticked = process.sub_stages().filter(|(_, sub)| had(sub.id));
    let ticked = ticked.map(|(_, sub)| u32::from(sub.weight)).sum();
    let by_weight = Chance::ratio(ticked, process.total_weight());
    let mut stays = progress.stays.iter().rev();
    let stay = stays.find(|stay| stay.entered <= then);
    let stage = stay.and_then(|stay| process.stage(stay.stage));
    let by_stage = stage.and_then(|stage| stage.chance).unwrap_or_default();
    by_weight.max(by_stage)
}
