//! Picking a part of the closed deals of a process lists just those (§7.9).

use std::collections::BTreeSet;

use crate::charts::{Plain, palette};
use crate::section_figures::sample_world;
use crate::support::{TODAY, closed, deal, process, workspace};
use pipewright::chart::{closed_facts, closed_options, closed_tables};
use pipewright::domain::read::filter::{DateField, Filter, Tab};
use pipewright::domain::read::index::Index;
use pipewright::domain::read::stats::{ClosedPart, ClosedStats};
use pipewright::domain::record::deal::Outcome;
use pipewright::domain::record::workspace::Workspace;
use pipewright::domain::value::time::{Date, Moment, Now};

/// Picks a part by its key, and holds the list to the number of the figure.
fn expect_listed(
    (workspace, now): (&Workspace, Now),
    filter: &Filter,
    stats: &ClosedStats,
    (part, count): (ClosedPart, usize),
) {
    let index = Index::new(workspace);
    let part = ClosedPart::of_key(&part.key()).unwrap();
    let mut picked = filter.clone();
    part.pick(stats.process, &mut picked);
    let listed = index.listed_count(workspace, &picked, Tab::Closed, now);
    assert_eq!(listed, count, "{} {part:?} of {filter:?}", stats.name);
    part.pick(stats.process, &mut picked);
    assert!(picked.is_empty() || !filter.is_empty(), "{part:?} is off");
}

/// The months of a process, each with how many deals.
fn months(stats: &ClosedStats) -> Vec<(ClosedPart, usize)> {
    let rows = stats.months.iter();
    rows.map(|row| (ClosedPart::Month(row.month), row.outcomes.all().count))
        .collect()
}

fn closed_between(field: DateField, from: Date, to: Date) -> Filter {
    Filter {
        from: Some(from),
        to: Some(to),
        date_field: field,
        ..Filter::default()
    }
}

#[test]
fn a_month_is_picked_as_far_as_the_dates_that_are_on_let_it_through() {
    let (workspace, now) = sample_world();
    let index = Index::new(&workspace);
    let all = index.closed_by_process(&workspace, &Filter::default(), now);
    let days = all.iter().flat_map(|stats| &stats.months);
    let latest = days.map(|row| row.month).max().unwrap().days().unwrap().0;
    let from = Date::constant(latest.year() - 1, latest.month(), 10);
    let to = Date::constant(latest.year(), latest.month(), 20);
    let cut = closed_between(DateField::Close, from, to);
    for filter in [Filter::default(), cut] {
        for stats in index.closed_by_process(&workspace, &filter, now) {
            for row in months(&stats) {
                expect_listed((&workspace, now), &filter, &stats, row);
            }
        }
    }
}

#[test]
fn among_deals_created_in_a_range_no_month_of_closing_can_be_picked() {
    let deals = vec![closed(deal(1, 1, None), Outcome::Won, TODAY, None)];
    let workspace = workspace(vec![process(1, "Default", &["A"])], deals);
    let now = Now {
        moment: Moment::noon_of(TODAY),
        today: TODAY,
    };
    let created = closed_between(DateField::Created, Date::constant(2024, 1, 1), TODAY);
    assert!(!ClosedPart::can_be_month_of(&created));
    let stats = &Index::new(&workspace).closed_by_process(&workspace, &created, now)[0];
    let mut filter = created.clone();
    months(stats)[0].0.pick(stats.process, &mut filter);
    assert_eq!(filter, created);
    let names = closed_tables(stats, false, &Plain)[0].rows.clone();
    assert!(names.iter().all(|row| row.cells[0].key.is_none()));
    let drawn = |by_month| closed_options(stats, by_month, &palette(), &Plain, true);
    assert!(drawn(true).contains("\"id\":\"2024-06\""));
    assert!(!drawn(false).contains("\"id\":\"2024-06\""));
}

/// What can be picked of a process but months, each with how many deals.
fn other_parts(stats: &ClosedStats) -> Vec<(ClosedPart, usize)> {
    let outcomes = Outcome::ALL.into_iter();
    let outcomes = outcomes.map(|it| (ClosedPart::Outcome(it), stats.total.of(it).count));
    let stages = stats.lost_by_furthest.iter();
    let stages = stages.map(|row| (ClosedPart::Furthest(row.stage.into()), row.tally.count));
    let reasons = stats.reasons.iter().map(|row| {
        let part = ClosedPart::Reason(row.outcome, row.reason.into());
        (part, row.count)
    });
    let all = outcomes.chain(stages).chain(reasons);
    all.filter(|(_, count)| *count > 0).collect()
}

#[test]
fn each_figure_of_closed_deals_picks_just_those_it_counts() {
    let (workspace, now) = sample_world();
    let index = Index::new(&workspace);
    let narrow = Filter {
        status: [Outcome::Lost, Outcome::Outdated].into_iter().collect(),
        ..Filter::default()
    };
    for filter in [Filter::default(), narrow] {
        for stats in index.closed_by_process(&workspace, &filter, now) {
            let parts = other_parts(&stats);
            for row in &parts {
                expect_listed((&workspace, now), &filter, &stats, *row);
            }
            let facts = closed_facts(&stats, &Plain).into_iter();
            let facts = facts.filter_map(|fact| fact.key);
            let tables = closed_tables(&stats, false, &Plain).into_iter();
            let rows = tables.flat_map(|table| table.rows);
            let cells = rows.filter_map(|row| row.cells[0].key.clone());
            let offered: BTreeSet<String> = facts.chain(cells).collect();
            let wanted = parts.iter().map(|(part, _)| part.key()).collect();
            assert_eq!(offered, wanted, "{}", stats.name);
        }
    }
}
