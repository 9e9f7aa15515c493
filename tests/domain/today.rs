//! "Today" (§6.2): what is due or overdue, one's own deals first.

use pipewright::domain::change::command::{Choice, Command, DealDraft, NextStepDraft};
use pipewright::domain::read::column::Column;
use pipewright::domain::read::columns::Sort;
use pipewright::domain::read::filter::{Filter, Tab};
use pipewright::domain::read::index::Index;
use pipewright::domain::record::list::ListKind;
use pipewright::domain::record::next_step::WhenDue;
use pipewright::domain::value::time::{Now, plus_days};
use pipewright::route::DealsView;
use proptest::prelude::*;

use crate::support::steps::step;
use crate::support::worlds::world;
use crate::support::{World, draft};

/// Deals with an owner and a step that is due so many days from today.
fn planned(deals: &[(&str, &str, i64)]) -> World {
    let mut world = World::new();
    let process = world.workspace.default_process();
    for (name, owner, days) in deals {
        let next_step = NextStepDraft {
            what: "Call".to_owned(),
            due: Some(plus_days(world.today(), *days)),
        };
        let owner = match *owner {
            "" => Choice::None,
            owner => Choice::New(owner.to_owned()),
        };
        world.add(DealDraft {
            owner,
            next_step: Some(next_step),
            ..draft(name, process)
        });
    }
    world
}

fn names(world: &World, index: &Index, now: Now) -> Vec<String> {
    let view = DealsView::today();
    let ids = index.listed(&world.workspace, &view.filter, view.tab, view.sort, now);
    let names = ids.iter().map(|id| world.deal(*id).name.to_string());
    names.collect()
}

#[test]
fn my_own_deals_come_first_and_then_what_is_due_longest() {
    let mut world = planned(&[
        ("Ben's of today", "Ben", 0),
        ("Ann's of today", "Ann", 0),
        ("nobody's of yesterday", "", -1),
        ("Ann's of last week", "Ann", -7),
        ("Ben's of last month", "Ben", -30),
        ("Ann's of tomorrow", "Ann", 1),
    ]);
    let mut index = Index::new(&world.workspace);
    let by_date = [
        "Ben's of last month",
        "Ann's of last week",
        "nobody's of yesterday",
        "Ben's of today",
        "Ann's of today",
    ];
    assert_eq!(names(&world, &index, world.here()), by_date);
    let mut be = |world: &mut World, me: Option<&str>| {
        let mut owners = world.workspace.list(ListKind::Owners).entries.iter();
        let me = me.and_then(|me| owners.find(|owner| owner.name.as_str() == me));
        let me = me.map(|owner| owner.id);
        let changes = world.run(Command::SetMe(me)).unwrap();
        index.follow(&world.workspace, &changes);
        names(world, &index, world.here())
    };
    assert_eq!(
        be(&mut world, Some("Ann")),
        [
            "Ann's of last week",
            "Ann's of today",
            "Ben's of last month",
            "nobody's of yesterday",
            "Ben's of today",
        ]
    );
    assert_eq!(be(&mut world, None), by_date);
}

#[test]
fn at_midnight_the_same_index_finds_what_is_due_then() {
    let world = planned(&[("today", "", 0), ("tomorrow", "", 1), ("later", "", 2)]);
    let index = Index::new(&world.workspace);
    let here = world.here();
    assert_eq!(names(&world, &index, here), ["today"]);
    // The same minute, where the visitor is: the date alone says that a day is over.
    let tomorrow = Now {
        today: plus_days(here.today, 1),
        ..here
    };
    assert_eq!(names(&world, &index, tomorrow), ["today", "tomorrow"]);
    assert_eq!(names(&world, &index, here), ["today"]);
}

#[test]
fn a_heading_leaves_the_order_of_mine_first() {
    let pressed = Sort::MINE.pressed(Column::NextStep);
    assert_eq!(pressed, Sort::first_by(Column::NextStep));
    assert_eq!(
        pressed.pressed(Column::NextStep).in_words(Tab::Open),
        "Sorted by Next step, descending"
    );
    assert_eq!(
        Sort::MINE.in_words(Tab::Open),
        "Sorted by Next step, mine first"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever the order, mine first is that order of mine, and then that of
    /// the others; where nobody said who they are, it is the order alone.
    #[test]
    fn mine_first_takes_nothing_else_out_of_its_order(
        mut world in world(),
        steps in prop::collection::vec(step(), 1..50),
        column in prop::sample::select(Column::ALL.to_vec()),
        descending in any::<bool>(),
    ) {
        for step in &steps {
            let command = step.command(&mut world);
            let _ = world.run(command);
        }
        let workspace = &world.workspace;
        let index = Index::new(workspace);
        let listed = |mine_first| {
            let sort = Sort { mine_first, ..Sort::by(column, descending) };
            index.listed(workspace, &Filter::default(), Tab::Open, sort, world.here())
        };
        let me = workspace.settings.me;
        let (mine, others): (Vec<_>, Vec<_>) = listed(false)
            .into_iter()
            .partition(|id| me.is_some() && world.deal(*id).owner == me);
        prop_assert_eq!(listed(true), [mine, others].concat());
    }
}

#[test]
fn what_is_closed_is_never_due() {
    let view = DealsView::today();
    assert_eq!(view.href(), "#/deals/open?next=overdue,today&sort=mine");
    let closed = DealsView {
        filter: Filter {
            next: WhenDue::Missing.into(),
            ..Filter::default()
        },
        ..view
    };
    assert!(closed.on_tab(Tab::Closed).filter.is_empty());
}
