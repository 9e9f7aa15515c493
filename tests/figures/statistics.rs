//! What summaries and charts count (§6 to §8).

use std::sync::Arc;

use crate::support::{
    TODAY, at_stage, briefs, closed, deal, process, with_lost_reasons, workspace,
};
use pipewright::domain::read::brief::Brief;
use pipewright::domain::read::stats::{
    Month, OpenTally, Outcomes, ProcessUse, Summary, Tally, better_default, closed_by_process,
    deals_per_process, is_stale, open_by_process, summary,
};
use pipewright::domain::record::deal::{Deal, Outcome};
use pipewright::domain::record::next_step::NextStep;
use pipewright::domain::record::progress::{CurrentStage, Stay};
use pipewright::domain::record::workspace::Workspace;
use pipewright::domain::value::field::FieldName;
use pipewright::domain::value::id::StageId;
use pipewright::domain::value::text::Name;
use pipewright::domain::value::time::{Date, Moment, plus_days};
use proptest::prelude::*;

fn now() -> Moment {
    Moment::noon_of(TODAY)
}

#[test]
fn open_deals_count_in_their_current_stage_in_the_order_of_the_process() {
    let mut unknown = deal(5, 1, Some(700));
    unknown
        .progress
        .entry(unknown.process)
        .or_default()
        .stage_unknown = true;
    let workspace = workspace(
        vec![
            process(1, "Default", &["Contact", "Offer"]),
            process(2, "Empty", &[]),
        ],
        vec![
            deal(1, 1, Some(1_000)),
            deal(2, 1, None),
            at_stage(deal(3, 1, Some(333)), 101, Some(500)),
            at_stage(deal(4, 1, Some(333)), 101, Some(500)),
            unknown,
            deal(6, 2, Some(50)),
        ],
    );
    let stats = open_by_process(&workspace, briefs(&workspace), now(), TODAY);
    let rows: Vec<_> = stats
        .iter()
        .flat_map(|stats| &stats.rows)
        .map(|row| {
            (
                row.name.as_str(),
                row.stage,
                row.tally.all.count,
                row.tally.all.value.minor(),
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            ("Contact", CurrentStage::At(StageId(100)), 2, 1_000),
            ("Offer", CurrentStage::At(StageId(101)), 2, 666),
            ("Stage unknown", CurrentStage::Unknown, 1, 700),
            ("No stages", CurrentStage::Nowhere, 1, 50),
        ]
    );
    let total = stats[0].total;
    // Twice 166.5, rounded once.
    assert_eq!(
        (total.all.unknown_value, total.weighted.rounded().minor()),
        (1, 333)
    );
    assert_eq!(stats[0].average_age_days, Some(14));
}

#[test]
fn processes_come_in_the_users_order_and_only_with_deals() {
    let mut archived = process(3, "Old", &["A"]);
    archived.archived = true;
    let workspace = workspace(
        vec![
            archived,
            process(1, "Default", &["A"]),
            process(2, "Unused", &["A"]),
        ],
        vec![
            deal(1, 1, None),
            deal(2, 3, None),
            closed(deal(3, 2, None), Outcome::Won, TODAY, None),
        ],
    );
    let open = open_by_process(&workspace, briefs(&workspace), now(), TODAY);
    let names: Vec<_> = open.iter().map(|stats| stats.name.as_str()).collect();
    assert_eq!(names, ["Old", "Default"]);
    let closed = closed_by_process(&workspace, briefs(&workspace));
    let names: Vec<_> = closed.iter().map(|stats| stats.name.as_str()).collect();
    assert_eq!(names, ["Unused"]);
}

#[test]
fn a_deal_is_stale_after_longer_than_its_stages_limit() {
    let process = process(1, "Default", &["Contact"]);
    let deal = deal(1, 1, None);
    let limit = deal.touched.plus_minutes(30 * 24 * 60);
    assert!(!is_stale(&deal, &process, limit));
    assert!(is_stale(&deal, &process, limit.plus_minutes(1)));
    let closed = closed(deal, Outcome::Lost, TODAY, None);
    assert!(!is_stale(&closed, &process, limit.plus_minutes(1)));
    let workspace = workspace(vec![process], vec![closed]);
    let mut deals = briefs(&workspace);
    assert!(deals.all(|deal| !deal.needs_attention(limit.plus_minutes(1), TODAY)));
}

#[test]
fn stale_deals_and_those_past_their_expected_close_need_attention_once() {
    let mut late = deal(1, 1, None);
    late.expected_close = Some(plus_days(TODAY, -1));
    let mut due = deal(2, 1, None);
    due.expected_close = Some(TODAY);
    let mut both = deal(3, 1, None);
    both.expected_close = Some(plus_days(TODAY, -9));
    both.touched = Moment::noon_of(plus_days(TODAY, -40));
    let workspace = workspace(
        vec![process(1, "Default", &["Contact"])],
        vec![late, due, both],
    );
    let stats = open_by_process(&workspace, briefs(&workspace), now(), TODAY);
    assert_eq!(stats[0].attention, 2);
}

#[test]
fn what_has_no_next_step_is_counted_and_an_overdue_one_needs_attention() {
    let with = |id, value, due: Option<i64>| {
        let mut deal = deal(id, 1, value);
        let what = Name::new("Call", FieldName::AnyName).unwrap();
        let due = due.map(|days| plus_days(TODAY, days));
        deal.next_step = Some(NextStep { what, due });
        deal
    };
    let workspace = workspace(
        vec![
            process(1, "Default", &["Contact"]),
            process(2, "Other", &["Talk"]),
        ],
        vec![
            deal(1, 1, Some(500)),
            deal(2, 1, None),
            deal(3, 2, Some(70)),
            with(4, Some(9), Some(-1)),
            with(5, Some(9), Some(0)),
            with(6, None, None),
            closed(deal(7, 1, Some(1000)), Outcome::Won, TODAY, None),
        ],
    );
    let stats = open_by_process(&workspace, briefs(&workspace), now(), TODAY);
    let told: Vec<_> = stats
        .iter()
        .map(|of| {
            (
                of.without_step.count,
                of.without_step.value.minor(),
                of.attention,
            )
        })
        .collect();
    assert_eq!(told, [(2, 500, 1), (1, 70, 0)]);
    let mut all = Tally::default();
    stats.iter().for_each(|of| all.add_tally(of.without_step));
    assert_eq!(summary(briefs(&workspace)).without_step, all);
    assert_eq!(all.unknown_value, 1);
}

#[test]
fn closed_deals_count_by_outcome_month_stage_and_reason() {
    let day = Date::constant;
    let mut reached = closed(
        deal(3, 1, Some(300)),
        Outcome::Lost,
        day(2024, 9, 1),
        Some(8),
    );
    let stay = Stay {
        stage: StageId(101),
        entered: now(),
        left: Some(now()),
    };
    reached.progress.entry(reached.process).or_default().stays = vec![stay];
    let workspace = with_lost_reasons(
        workspace(
            vec![process(1, "Default", &["Contact", "Offer"])],
            vec![
                closed(deal(1, 1, Some(100)), Outcome::Won, day(2024, 6, 11), None),
                closed(deal(2, 1, Some(500)), Outcome::Won, day(2024, 6, 22), None),
                reached,
                closed(deal(4, 1, None), Outcome::Lost, day(2024, 9, 30), Some(8)),
                closed(deal(5, 1, None), Outcome::Lost, day(2024, 9, 30), Some(7)),
                closed(
                    deal(6, 1, Some(9)),
                    Outcome::Outdated,
                    day(2024, 6, 30),
                    None,
                ),
                deal(7, 1, Some(1_000_000)),
            ],
        ),
        &[(7, "Price"), (8, "Timing")],
    );
    let stats = &closed_by_process(&workspace, briefs(&workspace))[0];
    assert_eq!(
        (stats.total.won.count, stats.total.won.value.minor()),
        (2, 600)
    );
    assert_eq!(stats.total.win_rate_by_count(), Some(400));
    assert_eq!(stats.total.win_rate_by_value(), Some(667));
    assert_eq!(
        stats.average_days_to_win,
        Some(16),
        "10 and 21 days: 15.5, half away from zero"
    );
    assert_eq!(stats.median_days_to_win, Some(10), "by nearest rank");
    let months: Vec<_> = stats
        .months
        .iter()
        .map(|row| {
            (
                row.month.to_string(),
                Outcome::ALL.map(|o| row.outcomes.of(o).count),
            )
        })
        .collect();
    let month = |text: &str, counts| (text.to_owned(), counts);
    assert_eq!(
        months,
        [
            month("2024-06", [2, 0, 1]),
            month("2024-07", [0, 0, 0]),
            month("2024-08", [0, 0, 0]),
            month("2024-09", [0, 3, 0]),
        ]
    );
    let furthest: Vec<_> = stats
        .lost_by_furthest
        .iter()
        .map(|row| (row.name.as_str(), row.tally.count))
        .collect();
    assert_eq!(
        furthest,
        [("Contact", 0), ("Offer", 1), ("Stage unknown", 2)]
    );
    let reasons: Vec<_> = stats
        .reasons
        .iter()
        .map(|row| (row.outcome, row.name.as_str(), row.count))
        .collect();
    assert_eq!(
        reasons,
        [
            (Outcome::Won, "", 2),
            (Outcome::Lost, "Timing", 2),
            (Outcome::Lost, "Price", 1),
            (Outcome::Outdated, "", 1),
        ]
    );
}

#[test]
fn nothing_won_or_lost_has_no_win_rate() {
    let mut outcomes = Outcomes::default();
    assert_eq!(outcomes.win_rate_by_count(), None);
    outcomes.add(Outcome::Lost, None);
    assert_eq!(outcomes.win_rate_by_count(), Some(0));
    assert_eq!(outcomes.win_rate_by_value(), None);
}

fn any_deal() -> impl Strategy<Value = Deal> {
    let closing = prop::option::of((0..3usize, 0..900i64));
    let place = prop::option::of((0..4u64, prop::option::of(0..=1000u16)));
    let value = prop::option::of(0..=1_000_000_000_000_000i64);
    (0..4u64, value, place, any::<bool>(), closing).prop_map(
        |(process, value, place, unknown, closing)| {
            let mut deal = deal(0, process, value);
            deal.progress.entry(deal.process).or_default().stage_unknown = unknown;
            if let Some((stage, chance)) = place {
                deal = at_stage(deal, process * 100 + stage, chance);
            }
            match closing {
                Some((outcome, days)) => {
                    closed(deal, Outcome::ALL[outcome], plus_days(TODAY, -days), None)
                }
                None => deal,
            }
        },
    )
}

fn any_workspace() -> impl Strategy<Value = Workspace> {
    prop::collection::vec(any_deal(), 0..60).prop_map(|mut deals| {
        for (id, deal) in deals.iter_mut().enumerate() {
            deal.id = pipewright::domain::value::id::DealId(id as u64);
        }
        let processes = vec![
            process(2, "C", &["A", "B", "C", "D"]),
            process(0, "A", &[]),
            process(3, "D", &["A", "B"]),
            process(1, "B", &["A"]),
        ];
        workspace(processes, deals)
    })
}

proptest! {
    #[test]
    fn the_summary_equals_the_sums_over_processes_stages_and_months(workspace in any_workspace()) {
        let mut by_process = Summary::default();
        let mut by_stage = OpenTally::default();
        for stats in open_by_process(&workspace, briefs(&workspace), now(), TODAY) {
            by_process.open.add_tally(stats.total);
            by_process.without_step.add_tally(stats.without_step);
            stats.rows.iter().for_each(|row| by_stage.add_tally(row.tally));
        }
        let mut by_month = Outcomes::default();
        let mut lost = Tally::default();
        let mut reasons = 0;
        for stats in closed_by_process(&workspace, briefs(&workspace)) {
            by_process.closed.add_outcomes(stats.total);
            stats.months.iter().for_each(|row| by_month.add_outcomes(row.outcomes));
            stats.lost_by_furthest.iter().for_each(|row| lost.add_tally(row.tally));
            reasons += stats.reasons.iter().map(|row| row.count).sum::<usize>();
        }
        let summary = summary(briefs(&workspace));
        prop_assert_eq!(summary, by_process);
        prop_assert_eq!(summary.open, by_stage);
        prop_assert_eq!(summary.closed, by_month);
        prop_assert_eq!(summary.closed.lost, lost);
        prop_assert_eq!(summary.closed.all().count, reasons);
        // And counted in the plainest way.
        let plain: i128 = briefs(&workspace).filter_map(|deal| deal.value).map(|v| i128::from(v.minor())).sum();
        let value = summary.open.all.value.minor() + summary.closed.all().value.minor();
        prop_assert_eq!(plain, value);
        prop_assert_eq!(workspace.deals.len(), summary.open.all.count + summary.closed.all().count);
    }

    #[test]
    fn months_follow_each_other_without_gap(workspace in any_workspace()) {
        for stats in closed_by_process(&workspace, briefs(&workspace)) {
            let months: Vec<Month> = stats.months.iter().map(|row| row.month).collect();
            prop_assert!(months.windows(2).all(|pair| pair[0].next() == pair[1]));
            prop_assert!(stats.months.first().unwrap().outcomes.all().count > 0);
            prop_assert!(stats.months.last().unwrap().outcomes.all().count > 0);
        }
    }

    #[test]
    fn the_order_of_the_deals_does_not_matter(workspace in any_workspace()) {
        let mut turned: Vec<Brief> = briefs(&workspace).collect();
        turned.reverse();
        prop_assert_eq!(
            open_by_process(&workspace, briefs(&workspace), now(), TODAY),
            open_by_process(&workspace, turned.iter().copied(), now(), TODAY)
        );
        prop_assert_eq!(
            closed_by_process(&workspace, briefs(&workspace)),
            closed_by_process(&workspace, turned)
        );
    }
}

#[test]
fn a_process_with_more_new_deals_than_the_default_is_proposed_in_its_place() {
    let on = |mut deal: Deal, days_ago: i64| {
        deal.created = plus_days(TODAY, -days_ago);
        deal
    };
    let mut workspace = workspace(
        vec![
            process(1, "Default", &["Contact"]),
            process(2, "Key accounts", &["Contact"]),
        ],
        vec![
            on(deal(1, 1, None), 0),
            on(deal(2, 1, None), 90),
            on(deal(3, 2, None), 89),
            on(closed(deal(4, 2, None), Outcome::Lost, TODAY, None), 10),
        ],
    );
    let uses = deals_per_process(&workspace, briefs(&workspace), TODAY);
    let of = |id: u64| uses[&id.into()];
    assert_eq!(of(1), ProcessUse { open: 2, new: 1 });
    assert_eq!(of(2), ProcessUse { open: 1, new: 2 });
    assert_eq!(better_default(&workspace, &uses), Some(2.into()));
    // Equal numbers are no reason to change, and archived processes can't be the default.
    workspace.deals.remove(&3.into());
    let uses = deals_per_process(&workspace, briefs(&workspace), TODAY);
    assert_eq!(better_default(&workspace, &uses), None);
    let uses = [(2.into(), ProcessUse { open: 5, new: 5 })].into();
    let mut archived = process(2, "Key accounts", &[]);
    archived.archived = true;
    workspace.processes.insert(2.into(), Arc::new(archived));
    assert_eq!(better_default(&workspace, &uses), None);
}
