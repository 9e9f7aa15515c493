//! The columns of the list (§6.4): what they show, how they sort,
//! how they are chosen.

use pipewright::domain::change::command::{Command, DealDraft, NextStepDraft};
use pipewright::domain::read::column::{Column, Content, InView};
use pipewright::domain::read::columns::{Columns, Sort};
use pipewright::domain::read::filter::{Filter, Tab};
use pipewright::domain::read::index::Index;
use pipewright::domain::value::id::DealId;
use pipewright::domain::value::money::{Chance, Money};
use proptest::prelude::*;

use crate::support::desk::Desk;
use crate::support::steps::step;
use crate::support::worlds::world;
use crate::support::{World, draft};

const TABS: [Tab; 2] = [Tab::Open, Tab::Closed];

fn seen(world: &World, id: DealId) -> InView<'_> {
    let (workspace, deal) = (&world.workspace, world.deal(id));
    InView::of(workspace, deal, world.now, world.today()).unwrap()
}

fn shown(world: &World, id: DealId, column: Column) -> Content<'_> {
    (column.about().shows)(&seen(world, id))
}

fn listed(world: &World, tab: Tab, sort: Sort) -> Vec<DealId> {
    let index = Index::new(&world.workspace);
    index.listed(
        &world.workspace,
        &Filter::default(),
        tab,
        sort,
        world.here(),
    )
}

fn columns(tab: Tab) -> impl Strategy<Value = Columns> {
    let all = Just(Column::ALL.to_vec()).prop_shuffle();
    (all, 0..Column::ALL.len())
        .prop_map(move |(all, count)| Columns::of(tab, all.into_iter().take(count)))
}

proptest! {
    #[test]
    fn a_row_has_the_cells_of_both_tabs_each_in_its_order(
        open in columns(Tab::Open),
        closed in columns(Tab::Closed),
    ) {
        let cells = open.and_of_closed(&closed);
        for (tab, columns) in [(Tab::Open, &open), (Tab::Closed, &closed)] {
            let of_tab = cells.iter().filter(|(_, only)| only.is_none_or(|only| only == tab));
            let of_tab: Vec<Column> = of_tab.map(|(column, _)| *column).collect();
            prop_assert_eq!(of_tab, columns.iter().collect::<Vec<_>>());
        }
        prop_assert_eq!(cells[0], (Column::Name, None));
    }

    #[test]
    fn what_is_named_by_a_text_is_named_by_it_again(open in columns(Tab::Open)) {
        prop_assert_eq!(Columns::parse(Tab::Open, &open.text()), open);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// What a person sees as not known is last, in either direction.
    #[test]
    fn where_nothing_is_shown_the_deal_comes_last(
        mut world in world(),
        steps in prop::collection::vec(step(), 1..50),
    ) {
        for step in &steps {
            let command = step.command(&mut world);
            let _ = world.run(command);
        }
        for tab in TABS {
            // A stage that is not known is said in words.
            let columns = Column::ALL.into_iter().filter(|column| *column != Column::Stage);
            for column in columns.filter(|column| column.heading(tab).is_some()) {
                for descending in [false, true] {
                    let ids = listed(&world, tab, Sort::by(column, descending));
                    let is_known = |id: &DealId| shown(&world, *id, column) != Content::Nothing;
                    let mut rest = ids.iter().skip_while(|id| is_known(id));
                    prop_assert!(!rest.any(is_known), "{column:?}");
                }
            }
        }
    }
}

#[test]
fn days_in_stage_stand_still_while_the_process_is_parked_or_the_deal_closed() {
    let mut desk = Desk::after("Sales: Find[a10] Offer[b90]\nOther: Meet[c10]", "");
    for (steps, days) in [
        ("wait 4320", 3),
        ("to Other", 0),
        ("wait 7200", 5),
        ("to Sales", 3),
        ("wait 1440", 4),
        ("tick b; wait 2880", 2),
        ("lost; wait 14400", 2),
        ("reopen; wait 1440", 3),
    ] {
        desk.play(steps);
        let shown = shown(&desk.world, desk.id, Column::InStage);
        assert_eq!(shown, Content::Days(days), "{steps}");
    }
}

#[test]
fn the_age_of_a_deal_ends_with_its_closing() {
    let mut desk = Desk::after("Sales: Find[a10]", "wait 4320");
    let age = |desk: &Desk| format!("{:?}", shown(&desk.world, desk.id, Column::Age));
    assert_eq!(age(&desk), "Days(3)");
    desk.play("lost; wait 14400");
    assert_eq!(age(&desk), "Days(3)");
    desk.play("reopen");
    assert_eq!(age(&desk), "Days(13)");
}

#[test]
fn weighted_values_sort_by_what_they_are_and_not_by_what_is_left_of_them() {
    let mut world = World::new();
    let process = world.workspace.default_process();
    let mut add = |chance: u16| {
        let id = world.add(DealDraft {
            value: Money::from_minor(1),
            ..draft("Deal", process)
        });
        let chance = Chance::from_permille(chance);
        world.run(Command::SetChance { deal: id, chance }).unwrap();
        id
    };
    let (greater, less) = (add(700), add(600));
    let of = |id| shown(&world, id, Column::Weighted);
    assert_eq!(
        (of(greater), of(less)),
        (Content::Money(1), Content::Money(1))
    );
    let mut sort = Sort::first_by(Column::Weighted);
    assert_eq!(listed(&world, Tab::Open, sort), [greater, less]);
    sort = sort.pressed(Column::Weighted);
    assert_eq!(listed(&world, Tab::Open, sort), [less, greater]);
}

#[test]
fn a_heading_sorts_numbers_and_dates_from_the_greatest_names_from_the_first() {
    let sort = Sort::default().pressed(Column::Owner);
    assert_eq!((sort.column, sort.descending), (Column::Owner, false));
    assert!(sort.pressed(Column::Owner).descending);
    for column in [Column::Value, Column::Close, Column::Age, Column::Touched] {
        assert!(sort.pressed(column).descending, "{column:?}");
    }
}

#[test]
fn next_steps_sort_by_their_dates_then_without_one_then_by_value() {
    let mut world = World::new();
    let process = world.workspace.default_process();
    let mut add = |name: &str, due: Option<&str>, value: Option<i64>| {
        let next_step = due.map(|due| NextStepDraft {
            what: "Call".to_owned(),
            due: due.parse().ok(),
        });
        world.add(DealDraft {
            next_step,
            value: value.and_then(Money::from_minor),
            ..draft(name, process)
        });
    };
    for (name, due, value) in [
        ("none", None, None),
        ("none, worth much", None, Some(900)),
        ("undated", Some(""), Some(5)),
        ("undated, worth more", Some(""), Some(6)),
        ("late, worth unknown", Some("2027-01-02"), None),
        ("late, worth little", Some("2027-01-02"), Some(1)),
        ("late, worth much", Some("2027-01-02"), Some(800)),
        ("early", Some("2020-02-29"), Some(1)),
    ] {
        add(name, due, value);
    }
    let mut expected = vec![
        "early",
        "late, worth much",
        "late, worth little",
        "late, worth unknown",
        "undated, worth more",
        "undated",
        "none, worth much",
        "none",
    ];
    let mut sort = Sort::first_by(Column::NextStep);
    let names = |sort| {
        let ids = listed(&world, Tab::Open, sort).into_iter();
        ids.map(|id| world.deal(id).name.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(sort), expected);
    // Turned, what has none stays last.
    sort = sort.pressed(Column::NextStep);
    expected[..6].reverse();
    expected[6..].reverse();
    assert_eq!(names(sort), expected);
}
