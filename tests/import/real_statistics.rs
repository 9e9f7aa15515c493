//! The page Statistics on the practice data set, against what its file says by
//! itself. Where the file is missing, these tests have nothing to say.

use std::collections::BTreeMap;

use pipewright::domain::read::filter::Filter;
use pipewright::domain::read::index::Index;
use pipewright::domain::read::statistics::compare::By;
use pipewright::domain::read::statistics::{Period, Scope, Span, Step};
use pipewright::domain::record::deal::Outcome;
use pipewright::domain::value::time::{Date, days_between};

use crate::support::{Account, TODAY, clock, practice_file as file};

/// A row of the file.
struct Row<'a> {
    product: &'a str,
    stage: &'a str,
    engaged: Option<Date>,
    closed: Option<Date>,
}

fn rows(text: &str) -> Vec<Row<'_>> {
    let rows = text.lines().skip(1).filter(|line| !line.is_empty());
    rows.map(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        Row {
            product: cells[2],
            stage: cells[4],
            engaged: cells[5].parse().ok(),
            closed: cells[6].parse().ok(),
        }
    })
    .collect()
}

/// The account after the import, its index, and all of it in one period.
struct Sold {
    text: String,
    account: Account,
    index: Index,
    scope: Scope,
}

fn sold(period: Period) -> Option<Sold> {
    let text = file("sales_pipeline.csv")?;
    let mut account = Account::new();
    account.import(&text);
    let now = pipewright::domain::value::time::Now {
        moment: clock().now,
        today: TODAY,
    };
    Some(Sold {
        index: Index::new(&account.workspace),
        scope: Scope::new(&Filter::default(), period, now),
        text,
        account,
    })
}

#[test]
fn won_and_lost_deals_are_those_of_the_file_overall_and_per_product() {
    let Some(sold) = sold(Period::All) else {
        return;
    };
    let mut wanted: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for row in rows(&sold.text) {
        let [won, lost] = wanted.entry(row.product).or_default();
        *won += usize::from(row.stage == "Won");
        *lost += usize::from(row.stage == "Lost");
    }
    let workspace = &sold.account.workspace;
    let comparison = sold.index.comparison(workspace, &sold.scope, By::Category);
    let found = comparison.rows.iter().map(|row| {
        let closed = row.closed;
        (row.name.as_str(), [closed.won.count, closed.lost.count])
    });
    assert_eq!(found.collect::<BTreeMap<_, _>>(), wanted);
    assert_eq!(wanted["GTX Basic"], [915, 521]);
    assert_eq!(wanted["MG Special"], [793, 430]);
    let rate = comparison.all.win_rate();
    assert_eq!((rate.part, rate.whole), (4238, 6711));
    let rate = sold
        .index
        .overview(workspace, &sold.scope)
        .closed
        .win_rate();
    assert_eq!((rate.part, rate.whole), (4238, 6711));
}

#[test]
fn the_days_to_close_are_those_of_the_file() {
    let Some(sold) = sold(Period::All) else {
        return;
    };
    let (all, _) = sold.index.times(&sold.account.workspace, &sold.scope);
    for (outcome, stage, average, median) in [
        (Outcome::Won, "Won", 518, 57),
        (Outcome::Lost, "Lost", 415, 14),
    ] {
        let rows = rows(&sold.text);
        let closed = rows.iter().filter(|row| row.stage == stage);
        let mut days: Vec<i64> = closed
            .map(|row| days_between(row.engaged.unwrap(), row.closed.unwrap()))
            .collect();
        days.sort_unstable();
        let tenths = 10.0 * days.iter().sum::<i64>() as f64 / days.len() as f64;
        assert_eq!(tenths.round() as i64, average);
        let rank = |percent: usize| days[(days.len() * percent).div_ceil(100) - 1];
        assert_eq!(rank(50), median);
        let found = all.of(outcome).unwrap();
        assert_eq!(found.mean.tenths(), Some(average));
        assert_eq!(found.spread.count, days.len());
        assert_eq!(found.spread.median, Some(median));
        assert_eq!(found.spread.ninetieth, Some(rank(90)));
    }
}

#[test]
fn the_deals_that_were_open_at_the_end_of_a_quarter_are_those_of_the_file() {
    let days = Span::new(Date::constant(2017, 1, 1), Date::constant(2017, 12, 31));
    let Some(sold) = sold(Period::Between(days)) else {
        return;
    };
    let workspace = &sold.account.workspace;
    let courses = sold.index.courses(workspace, &sold.scope, Step::Quarter);
    let ends: Vec<Date> = courses.days.iter().filter_map(|days| days.to).collect();
    let open = |end: &Date| {
        let rows = rows(&sold.text);
        let was_open = rows.iter().filter(|row| {
            row.engaged.is_some_and(|day| day <= *end) && row.closed.is_none_or(|day| day > *end)
        });
        was_open.count()
    };
    let wanted: Vec<usize> = ends.iter().map(open).collect();
    assert_eq!(wanted, [1_330, 1_686, 2_409, 1_589]);
    let found: Vec<usize> = courses.all.iter().map(|row| row.open.count).collect();
    assert_eq!(found, wanted);
    // The others have no date at all: they count from the import, and are
    // named where that is.
    assert_eq!(courses.imported, 0);
    let all = Scope::new(&Filter::default(), Period::All, sold.scope.now);
    let courses = sold.index.courses(workspace, &all, Step::Quarter);
    assert_eq!(courses.imported, 500);
    let months = sold.index.courses(workspace, &sold.scope, Step::Month);
    let sums = |of: fn(&pipewright::domain::read::statistics::course::CourseRow) -> usize| {
        months.all.iter().map(of).sum::<usize>()
    };
    assert_eq!(sums(|row| row.won.count), 4238);
    assert_eq!(sums(|row| row.lost.count), 2473);
}
