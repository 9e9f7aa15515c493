//! The figures of the page Statistics against the lists behind them (§7).

use std::collections::BTreeMap;

use pipewright::domain::read::filter::{Filter, Pick};
use pipewright::domain::read::index::Index;
use pipewright::domain::read::statistics::compare::{By, Compared, Comparison, Measure, Ranking};
use pipewright::domain::read::statistics::course::Courses;
use pipewright::domain::read::statistics::forecast::Forecast;
use pipewright::domain::read::statistics::overview::Overview;
use pipewright::domain::read::statistics::time::TimesToClose;
use pipewright::domain::read::statistics::{Behind, Mean, Period, Rate, Scope, Span, Spread, Step};
use pipewright::domain::read::stats::{OpenTally, Tally};
use pipewright::domain::record::deal::{Deal, Outcome};
use pipewright::domain::record::list::ListKind;
use pipewright::domain::record::workspace::Workspace;
use pipewright::domain::value::money::{Chance, Money, Total};
use pipewright::domain::value::time::{Date, plus_days};
use proptest::prelude::*;

use crate::support::plain::fits;
use crate::support::steps::{Step as Deed, step};
use crate::support::worlds::world;
use crate::support::{World, draft};

/// A world in which something was done, with what is asked of it.
struct Asked {
    world: World,
    scope: Scope,
}

impl Asked {
    fn new(mut world: World, deeds: &[Deed], period: Period, process: u8, owner: u8) -> Self {
        for deed in deeds {
            let command = deed.command(&mut world);
            let _ = world.run(command);
        }
        let mut filter = Filter::default();
        let processes: Vec<_> = world.workspace.processes.keys().copied().collect();
        if let Some(id) = processes.get(usize::from(process)) {
            filter.process = (*id).into();
        }
        let owners = &world.workspace.list(ListKind::Owners);
        if let Some(entry) = owners.entries.get(usize::from(owner)) {
            filter.owner = Pick::Is(entry.id).into();
        }
        let scope = Scope::new(&filter, period, world.here());
        Self { world, scope }
    }

    fn index(&self) -> Index {
        Index::new(&self.world.workspace)
    }

    fn workspace(&self) -> &Workspace {
        &self.world.workspace
    }

    /// The deals behind a figure, by looking at every one.
    fn behind(&self, behind: &Behind) -> Vec<&Deal> {
        let Behind { tab, filter } = behind;
        let deals = self.workspace().deals.values().map(AsRef::as_ref);
        deals
            .filter(|deal| fits(self.workspace(), deal, filter, *tab, self.world.here()))
            .collect()
    }

    /// Number and value are those of the list.
    #[track_caller]
    fn check(&self, tally: Tally, behind: &Behind) {
        let mut wanted = Tally::default();
        for deal in self.behind(behind) {
            wanted.add(deal.value);
        }
        assert_eq!(tally, wanted, "{behind:?}");
    }

    #[track_caller]
    fn check_count(&self, count: usize, behind: &Behind) {
        assert_eq!(count, self.behind(behind).len(), "{behind:?}");
    }

    #[track_caller]
    fn check_open(&self, tally: OpenTally, behind: &Behind) {
        let mut wanted = OpenTally::default();
        for deal in self.behind(behind) {
            let process = &self.workspace().processes[&deal.process];
            wanted.add(deal.value, deal.chance(process));
        }
        assert_eq!(tally, wanted, "{behind:?}");
    }
}

fn period() -> impl Strategy<Value = Period> {
    let day = (0i64..900).prop_map(|days| plus_days(Date::constant(2025, 1, 1), days));
    let span = (prop::option::of(day.clone()), prop::option::of(day));
    prop_oneof![
        prop::sample::select(Period::NAMED.to_vec()),
        span.prop_map(|(from, to)| Period::Between(Span { from, to })),
    ]
}

fn asked() -> impl Strategy<Value = Asked> {
    let deeds = prop::collection::vec(step(), 1..90);
    (world(), deeds, period(), 0u8..8, 0u8..6).prop_map(|(world, deeds, period, process, owner)| {
        Asked::new(world, &deeds, period, process, owner)
    })
}

impl std::fmt::Debug for Asked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} in {:?}", self.scope, self.world)
    }
}

proptest! {
    #[test]
    fn each_step_of_a_funnel_is_its_list(asked in asked()) {
        let scope = &asked.scope;
        for funnel in asked.index().funnels(asked.workspace(), scope) {
            asked.check(funnel.all, &funnel.behind_all(scope));
            asked.check(funnel.won, &funnel.behind_won(scope));
            asked.check(funnel.unknown, &funnel.behind_unknown(scope));
            asked.check(funnel.parked, &funnel.behind_parked(scope));
            let mut before = funnel.all.count - funnel.unknown.count;
            for (at, step) in funnel.steps.iter().enumerate() {
                asked.check(step.reached, &funnel.behind_step(scope, step.stage));
                prop_assert!(step.reached.count <= before);
                before = step.reached.count;
                let next = funnel.steps.get(at + 1);
                let next = next.map_or(funnel.won.count, |next| next.reached.count);
                prop_assert_eq!((step.conversion.part, step.conversion.whole), (next, before));
            }
            // Whose way is known is at least in the first stage.
            if let Some(first) = funnel.steps.first() {
                prop_assert_eq!(first.reached.count + funnel.unknown.count, funnel.all.count);
            }
        }
    }

    #[test]
    fn the_deals_of_each_time_are_its_list(asked in asked()) {
        let scope = &asked.scope;
        let (all, each) = asked.index().times(asked.workspace(), scope);
        let mut won = 0;
        for times in &each {
            for stage in &times.stages {
                asked.check_count(stage.left.count, &times.behind_left(scope, stage.stage));
                asked.check_count(stage.present_count, &times.behind_present(scope, stage.stage));
                prop_assert!(stage.left.median <= stage.left.ninetieth);
                prop_assert_eq!(stage.left.median.is_some(), stage.left.count > 0);
            }
            won += times.close.won.mean.count;
            let behind = scope.closed(&[Outcome::Lost], scope.span).of(times.whose.process);
            asked.check_count(times.close.lost.mean.count, &behind);
            let of = |outcome| TimesToClose::behind(scope, outcome, Some(times.whose.process));
            asked.check_count(times.close.lost.mean.count, &of(Outcome::Lost));
            asked.check_count(times.close.won.mean.count, &of(Outcome::Won));
        }
        let of_all = TimesToClose::behind(scope, Outcome::Lost, None);
        asked.check_count(all.lost.mean.count, &of_all);
        prop_assert_eq!(won, all.won.mean.count);
        asked.check_count(won, &scope.closed(&[Outcome::Won], scope.span));
    }

    #[test]
    fn the_deals_of_each_sub_stage_are_its_list(asked in asked()) {
        let scope = &asked.scope;
        for stats in asked.index().sub_stages(asked.workspace(), scope) {
            asked.check_count(stats.won, &stats.behind_closed(scope, Outcome::Won));
            asked.check_count(stats.lost, &stats.behind_closed(scope, Outcome::Lost));
            asked.check_count(stats.won + stats.lost, &stats.behind_decided(scope));
            asked.check_count(stats.open, &stats.behind_open(scope));
            for row in &stats.rows {
                let ticked = |outcome| stats.behind_ticked(scope, outcome, row.sub_stage);
                asked.check_count(row.won.part, &ticked(Outcome::Won));
                asked.check_count(row.lost.part, &ticked(Outcome::Lost));
                asked.check(row.lacking, &stats.behind_lacking(scope, row.sub_stage));
            }
        }
    }

    #[test]
    fn the_rows_of_the_forecast_are_their_lists_and_add_up(asked in asked()) {
        let scope = &asked.scope;
        let forecast = asked.index().forecast(asked.workspace(), scope);
        let dated = [&forecast.overdue, &forecast.later].into_iter().chain(&forecast.months);
        let mut sum = OpenTally::default();
        for row in dated {
            asked.check_open(row.all, &Forecast::behind_expected(scope, row.days, None));
            for (whose, tally) in forecast.processes.iter().zip(&row.by_process) {
                let of = Some(whose.process);
                asked.check_open(*tally, &Forecast::behind_expected(scope, row.days, of));
            }
            sum.add_tally(row.all);
        }
        asked.check_open(forecast.undated.all, &Forecast::behind_undated(scope, None));
        sum.add_tally(forecast.undated.all);
        prop_assert_eq!(sum, forecast.all.all);
        asked.check_open(sum, &Forecast::behind_all(scope, None));
        let mut won = Tally::default();
        for row in &forecast.won {
            asked.check(row.all, &Forecast::behind_won(scope, row.days, None));
            let mut parts = Tally::default();
            row.by_process.iter().for_each(|part| parts.add_tally(*part));
            prop_assert_eq!(parts, row.all);
            won.add_tally(row.all);
        }
        asked.check(won, &scope.closed(&[Outcome::Won], scope.span));
    }

    #[test]
    fn the_rows_of_the_course_are_their_lists_and_add_up(
        asked in asked(), step in prop::sample::select(Step::ALL.to_vec()),
    ) {
        let scope = &asked.scope;
        let courses = asked.index().courses(asked.workspace(), scope, step);
        let mut sums = BTreeMap::new();
        let each = courses.each.iter().map(|(whose, rows)| (Some(whose.process), rows));
        for (of, rows) in each.chain([(None, &courses.all)]) {
            prop_assert_eq!(rows.len(), courses.days.len());
            for (days, row) in courses.days.iter().zip(rows) {
                asked.check(row.created, &Courses::behind_created(scope, *days, of));
                let closed = |outcome| Courses::behind_closed(scope, *days, outcome, of);
                asked.check(row.won, &closed(Outcome::Won));
                asked.check(row.lost, &closed(Outcome::Lost));
                asked.check(row.open, &Courses::behind_open(scope, *days, of));
                let sum: &mut [usize; 2] = sums.entry(of).or_default();
                sum[0] += row.created.count;
                sum[1] += row.won.count;
            }
        }
        for (of, [created, won]) in sums {
            asked.check_count(created, &Courses::behind_created(scope, scope.span, of));
            asked.check_count(won, &Courses::behind_closed(scope, scope.span, Outcome::Won, of));
        }
    }

    #[test]
    fn the_rows_of_a_comparison_are_their_lists_and_add_up(
        asked in asked(), by in prop::sample::select(By::ALL.to_vec()),
        measure in prop::sample::select(Measure::ALL.to_vec()), descending in any::<bool>(),
    ) {
        let scope = &asked.scope;
        let mut comparison = asked.index().comparison(asked.workspace(), scope, by);
        comparison.sort(Ranking { measure, descending }, &|a, b| a.cmp(b));
        let mut open = OpenTally::default();
        let mut won = Tally::default();
        for row in &comparison.rows {
            asked.check_open(row.open, &row.behind_open(by, scope));
            asked.check(row.closed.won, &row.behind_closed(by, scope, &[Outcome::Won]));
            asked.check(row.closed.lost, &row.behind_closed(by, scope, &[Outcome::Lost]));
            open.add_tally(row.open);
            won.add_tally(row.closed.won);
        }
        let all = &comparison.all;
        prop_assert_eq!((open, won), (all.open, all.closed.won));
        asked.check_open(open, &all.behind_open(by, scope));
    }

    #[test]
    fn the_figures_of_the_overview_are_their_lists(asked in asked()) {
        let scope = &asked.scope;
        let overview = asked.index().overview(asked.workspace(), scope);
        asked.check_open(overview.open, &scope.open());
        asked.check(overview.open_then.all, &overview.behind_open_then(scope));
        asked.check_open(overview.overdue, &Overview::behind_overdue(scope));
        asked.check(overview.closed.outcomes.won, &Overview::behind_won(scope, scope.span));
        let decided = Overview::behind_decided(scope, scope.span);
        asked.check_count(overview.closed.win_rate().whole, &decided);
        if let Some((days, before)) = overview.closed_before {
            asked.check(before.outcomes.won, &Overview::behind_won(scope, days));
            let Span { from: Some(from), to: Some(to) } = days else { panic!("{days:?}") };
            prop_assert!(from <= to || matches!(scope.period, Period::Between(_)));
            prop_assert_eq!(Some(plus_days(to, 1)), scope.span.from);
        }
        prop_assert!(overview.closed_before.is_none() || scope.period != Period::All);
    }

    #[test]
    fn the_days_of_a_course_follow_each_other_without_gaps(
        from in 0i64..4000, length in 0i64..4000, most in 1usize..60,
        step in prop::sample::select(Step::ALL.to_vec()),
    ) {
        let from = plus_days(Date::constant(2019, 12, 28), from);
        let to = plus_days(from, length);
        let spans = step.cut(from, to, most);
        prop_assert!(spans.len() <= most + 1);
        prop_assert!(spans[0].has(from) && spans[spans.len() - 1].has(to));
        for pair in spans.windows(2) {
            prop_assert_eq!(pair[0].to.map(|to| plus_days(to, 1)), pair[1].from);
        }
        let count = usize::try_from(step.count(from, to)).unwrap();
        prop_assert_eq!(spans.len(), count.min(most + 1));
        let ahead: Vec<Span> = step.ahead(from, to, most).collect();
        prop_assert_eq!(ahead.len(), count.min(most));
        prop_assert!(ahead[0].has(from));
    }

    #[test]
    fn a_period_reads_back_from_its_text(period in period()) {
        prop_assert_eq!(Period::parse(&period.text()), Some(period));
    }
}

#[test]
fn periods_are_calendar_months_quarters_and_years_or_the_twelve_months_up_to_today() {
    let today = Date::constant(2024, 5, 31);
    let days = |period: Period| {
        let Span { from, to } = period.days(today);
        let before = period.days_before(today);
        let text = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let before = before.map(|it| format!("{}..{}", text(it.from), text(it.to)));
        (
            format!("{}..{}", text(from), text(to)),
            before.unwrap_or_default(),
        )
    };
    let cases = [
        (
            Period::ThisMonth,
            "2024-05-01..2024-05-31",
            "2024-04-01..2024-04-30",
        ),
        (
            Period::ThisQuarter,
            "2024-04-01..2024-06-30",
            "2024-01-01..2024-03-31",
        ),
        (
            Period::ThisYear,
            "2024-01-01..2024-12-31",
            "2023-01-01..2023-12-31",
        ),
        (
            Period::Last12Months,
            "2023-06-01..2024-05-31",
            "2022-06-01..2023-05-31",
        ),
        (Period::All, "..", ""),
    ];
    for (period, wanted, before) in cases {
        assert_eq!(
            days(period),
            (wanted.to_owned(), before.to_owned()),
            "{period:?}"
        );
    }
    let leap = Date::constant(2024, 2, 29);
    assert_eq!(
        Period::Last12Months.days(leap),
        Span::new(Date::constant(2023, 3, 1), leap)
    );
    assert_eq!(Period::parse("2024-02-30.."), None);
    assert_eq!(Period::parse("forever"), None);
}

/// A new account with deals that are expected to close so many days from today.
fn expecting(days: &[i64]) -> World {
    let mut world = World::new();
    for days in days {
        let mut draft = draft("Deal", world.workspace.default_process());
        draft.expected_close = Some(plus_days(world.today(), *days));
        world.add(draft);
    }
    world
}

#[test]
fn what_is_expected_today_is_not_past_due_and_the_far_future_stands_together() {
    // Today is the 2nd of March 2026.
    let world = expecting(&[-1, 0, 29, 30, 900, 2_000]);
    let scope = Scope::new(&Filter::default(), Period::default(), world.here());
    let index = Index::new(&world.workspace);
    let forecast = index.forecast(&world.workspace, &scope);
    assert_eq!(forecast.overdue.all.all.count, 1);
    let counts = forecast.months.iter().map(|month| month.all.all.count);
    let counts: Vec<usize> = counts.take(3).collect();
    assert_eq!(counts, [2, 1, 0]);
    assert_eq!(forecast.months.len(), 24);
    assert_eq!(forecast.later.all.all.count, 2);
    assert_eq!(forecast.all.all.all.count, 6);
}

#[test]
fn medians_and_percentiles_are_of_the_nearest_rank() {
    let spread = |numbers: &[i64]| {
        let Spread {
            median, ninetieth, ..
        } = Spread::of(&mut numbers.to_vec());
        (median, ninetieth)
    };
    assert_eq!(spread(&[]), (None, None));
    assert_eq!(spread(&[7]), (Some(7), Some(7)));
    assert_eq!(spread(&[40, 1, 3, 2]), (Some(2), Some(40)));
    let hundred: Vec<i64> = (1..=100).rev().collect();
    assert_eq!(spread(&hundred), (Some(50), Some(90)));
}

#[test]
fn a_rate_of_less_than_ten_is_of_few_and_one_of_nothing_is_none() {
    assert_eq!(Rate::new(0, 0).permille(), None);
    assert_eq!(Rate::new(2, 3).permille(), Some(667));
    assert!(Rate::new(9, 9).is_of_few() && !Rate::new(0, 10).is_of_few());
    assert_eq!(Mean::default().tenths(), None);
    assert_eq!(
        Mean {
            days: 155,
            count: 3
        }
        .tenths(),
        Some(517)
    );
}

#[test]
fn velocity_is_open_deals_by_average_value_by_win_rate_by_days() {
    let mut row = Compared::default();
    (0..20).for_each(|_| row.open.add(None, Chance::NONE));
    assert_eq!(row.velocity(), None);
    let value = Money::from_minor(50_000);
    for _ in 0..12 {
        row.closed.add(Outcome::Won, value);
        row.days_to_close.add(30);
    }
    (0..8).for_each(|_| row.closed.add(Outcome::Lost, None));
    assert_eq!(row.average_won().map(Total::minor), Some(50_000));
    assert_eq!(row.velocity().map(Total::minor), Some(20_000));
    // Won on the day they were created: no days to divide by.
    row.days_to_close.days = 0;
    assert_eq!(row.velocity(), None);
}

#[test]
fn rows_are_sorted_by_the_measure_and_those_without_it_come_last() {
    let row = |name: &str, won: usize, lost: usize| {
        let mut row = Compared {
            name: name.to_owned(),
            ..Compared::default()
        };
        (0..won).for_each(|_| row.closed.add(Outcome::Won, None));
        (0..lost).for_each(|_| row.closed.add(Outcome::Lost, None));
        row
    };
    let rows = vec![
        row("c", 1, 1),
        row("a", 0, 0),
        row("b", 3, 1),
        row("d", 1, 1),
    ];
    let mut comparison = Comparison {
        by: By::Owner,
        rows,
        all: Compared::default(),
    };
    let mut sorted = |measure, descending| {
        comparison.sort(
            Ranking {
                measure,
                descending,
            },
            &|a, b| a.cmp(b),
        );
        let names = comparison.rows.iter().map(|row| row.name.as_str());
        names.collect::<String>()
    };
    assert_eq!(sorted(Measure::WinRate, true), "bcda");
    assert_eq!(sorted(Measure::WinRate, false), "cdba");
    assert_eq!(sorted(Measure::Name, true), "dcba");
    assert_eq!(sorted(Measure::Velocity, true), "abcd");
}
