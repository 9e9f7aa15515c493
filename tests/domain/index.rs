//! The index against what lists and statistics say plainly.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::sync::Arc;

use pipewright::domain::change::apply::install;
use pipewright::domain::change::command::{
    Command, DealDraft, ImportKind, ListEdit, NextStepDraft,
};
use pipewright::domain::read::brief::Brief;
use pipewright::domain::read::column::Column;
use pipewright::domain::read::columns::Sort;
use pipewright::domain::read::customer_list::deals_by_customer;
use pipewright::domain::read::filter::{AnyOf, ByRule, DateField, Filter, Pick, Tab, Way};
use pipewright::domain::read::impact::impact;
use pipewright::domain::read::index::{Index, Neighbours};
use pipewright::domain::read::stats::{
    closed_by_process, deals_per_process, open_by_process, summary,
};
use pipewright::domain::read::suggestion::uses;
use pipewright::domain::record::deal::{Deal, Outcome};
use pipewright::domain::record::list::ListKind;
use pipewright::domain::record::next_step::WhenDue;
use pipewright::domain::record::note::Note;
use pipewright::domain::record::process::Process;
use pipewright::domain::record::workspace::{Change, Changes, Key, Record, Workspace};
use pipewright::domain::value::alphabet::{Collation, Plain};
use pipewright::domain::value::id::DealId;
use pipewright::domain::value::money::Money;
use pipewright::domain::value::time::{Now, plus_days};
use proptest::prelude::*;

use crate::support::plain::{all_briefs, board, briefs, is_stale, listed, needs_attention};
use crate::support::steps::{Step, step};
use crate::support::worlds::world;
use crate::support::{World, draft, name};

const TABS: [Tab; 3] = Tab::ALL;

fn steps() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec(step(), 1..50)
}

/// A way that some deals of the process have gone; seldom there is more than one
/// thing to it.
fn way(workspace: &Workspace, deal: &Deal, choose: &mut impl FnMut(usize) -> usize) -> Way {
    let process = &workspace.processes[&deal.process];
    let at = choose(7);
    let stage = process.stages.get(at % process.stages.len().max(1));
    let stage = stage.map(|stage| stage.id);
    let subs = process.sub_stages().count();
    let sub = process.sub_stages().nth(at % subs.max(1));
    let sub = sub.map(|(_, sub)| sub.id);
    let first = workspace.processes.keys().next().copied();
    Way {
        reached: stage.filter(|_| choose(12) == 0),
        furthest: (choose(12) == 0).then(|| stage.filter(|_| choose(2) == 0).into()),
        left: stage.filter(|_| choose(12) == 0),
        parked: first.filter(|_| choose(12) == 0),
        ticked: sub.filter(|_| choose(12) == 0),
        lacks: sub.filter(|_| choose(12) == 0),
    }
}

/// A filter by what the deals of a workspace are like; `choices` choose.
fn filter(workspace: &Workspace, choices: &[u8], search: &str) -> Filter {
    let mut choices = choices.iter().map(|choice| usize::from(*choice));
    let mut choose = |kinds: usize| choices.next().unwrap_or_default() % kinds;
    let at = choose(workspace.deals.len().max(1));
    let Some(deal) = workspace.deals.values().nth(at) else {
        return Filter::default();
    };
    let brief = Brief::of(workspace, deal);
    /// The value of the deal, none at all, both or anything.
    fn pick<Id: Ord>(choice: usize, id: Option<Id>) -> AnyOf<Pick<Id>> {
        let own = Pick::from(id);
        match choice {
            0 => own.into(),
            1 => Pick::Blank.into(),
            2 => [Pick::Blank, own].into_iter().collect(),
            _ => AnyOf::default(),
        }
    }
    let reason = brief.ending.and_then(|ending| ending.reason);
    let first = workspace.processes.keys().next().copied();
    let processes = match choose(6) {
        0 => deal.process.into(),
        1 => first.into_iter().chain([deal.process]).collect(),
        _ => AnyOf::default(),
    };
    let statuses = match choose(12) {
        0 => Outcome::Won.into(),
        1 => [Outcome::Lost, Outcome::Outdated].into_iter().collect(),
        _ => AnyOf::default(),
    };
    Filter {
        process: processes,
        stage: pick(choose(8), brief.stage.id()),
        status: statuses,
        owner: pick(choose(9), deal.owner),
        segment: pick(choose(9), workspace.segment_of(deal)),
        category: pick(choose(9), deal.category),
        source: pick(choose(9), deal.source),
        reason: pick(choose(9), reason),
        next: match choose(6) {
            0 => WhenDue::ALL[choose(5)].into(),
            1 => [WhenDue::Overdue, WhenDue::Today].into_iter().collect(),
            _ => AnyOf::default(),
        },
        customer: deal.customer.filter(|_| choose(9) == 0),
        rule: workspace
            .rules
            .first()
            .filter(|_| choose(5) == 0)
            .map(|rule| ByRule {
                rule: rule.id,
                elsewhere: choose(2) == 0,
            }),
        value_min: deal.value.filter(|_| choose(6) == 0),
        value_max: deal.value.filter(|_| choose(6) == 0),
        from: Some(deal.created).filter(|_| choose(6) == 0),
        to: brief.shown_close().filter(|_| choose(6) == 0),
        date_field: if choose(2) == 0 {
            DateField::Close
        } else {
            DateField::Created
        },
        undated: choose(9) == 0,
        open_on: Some(deal.created).filter(|_| choose(9) == 0),
        way: way(workspace, deal, &mut choose),
        stale: choose(6) == 0,
        search: search.to_owned(),
    }
}

/// From Z to A, where a language is chosen.
struct Backwards;

impl Collation for Backwards {
    fn compare(&self, a: &str, b: &str, marks: bool) -> Ordering {
        Plain.compare(b, a, marks)
    }
}

fn collate(locale: &str) -> Box<dyn Collation> {
    if locale.is_empty() {
        Plain::collate(locale)
    } else {
        Box::new(Backwards)
    }
}

/// Everything that the index answers, for a filter, must be what is said plainly.
fn compare(index: &Index, world: &World, filter: &Filter) {
    let workspace = &world.workspace;
    let now = world.here();
    let alphabet = workspace.alphabet(collate);
    compare_boards(index, world, filter);
    for tab in TABS {
        let there = |column: &Column| column.heading(tab).is_some();
        for column in Column::ALL.into_iter().filter(there) {
            for (descending, mine_first) in [(false, false), (true, false), (false, true)] {
                let sort = Sort {
                    column,
                    descending,
                    mine_first,
                };
                let plain = listed(workspace, filter, tab, sort, now, &alphabet);
                let found = index.listed(workspace, filter, tab, sort, now);
                assert_eq!(found, plain, "{tab:?} {sort:?} {filter:?}");
                let around = |id| index.neighbours(workspace, filter, tab, sort, now, id);
                for id in workspace.deals.keys() {
                    stands_in(&plain, *id, around(*id).unwrap());
                }
            }
        }
        // An order holds while nothing but the time changes.
        let later = Now {
            moment: now.moment.plus_minutes(40 * 24 * 60),
            today: plus_days(now.today, 40),
        };
        for column in [Column::Age, Column::InStage].into_iter().filter(there) {
            let sort = Sort::first_by(column);
            let plain = listed(workspace, filter, tab, sort, later, &alphabet);
            let found = index.listed(workspace, filter, tab, sort, later);
            assert_eq!(found, plain, "{tab:?} {sort:?} {filter:?} later");
        }
        let in_tab = |deal: &&Deal| tab == Tab::All || deal.is_open() == (tab == Tab::Open);
        let all = workspace.deals.values().map(AsRef::as_ref).filter(in_tab);
        assert_eq!(index.total(tab), summary(briefs(workspace, all)));
        let ids = listed(workspace, filter, tab, Sort::default(), now, &alphabet);
        let every = workspace.deals.keys().copied();
        let every: BTreeSet<DealId> = every.chain([DealId(u64::MAX)]).collect();
        let among = index.among(workspace, &every, (filter, tab), now);
        assert_eq!(among, ids.iter().copied().collect());
        let some = ids.iter().copied().take(2).collect();
        assert_eq!(index.among(workspace, &some, (filter, tab), now), some);
        let fitting = ids.iter().map(|id| workspace.deals[id].as_ref());
        let fitting = briefs(workspace, fitting);
        assert_eq!(
            index.summary(workspace, filter, tab, now),
            summary(&fitting)
        );
        match tab {
            Tab::Open => assert_eq!(
                index.open_by_process(workspace, filter, now),
                open_by_process(workspace, &fitting, now.moment, now.today)
            ),
            Tab::Closed => assert_eq!(
                index.closed_by_process(workspace, filter, now),
                closed_by_process(workspace, &fitting)
            ),
            Tab::All => assert_eq!(
                index.listed_count(workspace, filter, tab, now),
                fitting.len()
            ),
        }
    }
}

/// Each open deal that fits is in one column of the board of its process, and
/// the heads say what a table of that stage would.
fn compare_boards(index: &Index, world: &World, filter: &Filter) {
    let (workspace, now) = (&world.workspace, world.here());
    let alphabet = workspace.alphabet(collate);
    let by = [Column::NextStep, Column::Value, Column::Name];
    for sort in by.map(Sort::first_by).into_iter().chain([Sort::MINE]) {
        let listed = listed(workspace, filter, Tab::Open, sort, now, &alphabet);
        let mut on_boards = Vec::new();
        for process in workspace.processes.values() {
            let found = index.board(workspace, filter, process.id, sort, now);
            let found: Vec<_> = found
                .into_iter()
                .map(|column| {
                    let head = column.head;
                    (head.stage.id(), head.tally, column.deals.to_vec())
                })
                .collect();
            assert_eq!(found, board(workspace, &listed, process), "{sort:?}");
            on_boards.extend(found.into_iter().flat_map(|(.., ids)| ids));
        }
        let mut listed = listed;
        listed.sort();
        on_boards.sort();
        assert_eq!(on_boards, listed);
        let count = index.listed_count(workspace, filter, Tab::Open, now);
        assert_eq!(count, listed.len());
    }
}

/// The deal stands in the list as it is said; one that the list does not have
/// stands between two that follow each other.
fn stands_in(list: &[DealId], id: DealId, around: Neighbours) {
    let at = |id: Option<DealId>| list.iter().position(|other| Some(*other) == id);
    let (own, before, after) = (at(Some(id)), at(around.before), at(around.after));
    assert_eq!(around.count, list.len());
    assert_eq!(around.place, own.map(|at| at + 1));
    // The places from 1 on, with those of nothing at either end.
    let before = before.map_or(0, |at| at + 1);
    let after = after.map_or(list.len() + 1, |at| at + 1);
    assert_eq!(after - before, if own.is_some() { 2 } else { 1 });
    assert!(own.is_none_or(|at| at == before));
}

/// What the index answers without a filter.
fn compare_all(index: &Index, world: &World) {
    let workspace = &world.workspace;
    let deals = || workspace.deals.values().map(AsRef::as_ref);
    let mut kept: Vec<Brief> = index.briefs().copied().collect();
    kept.sort_by_key(|brief| brief.id);
    let plain = all_briefs(workspace);
    assert_eq!(kept, plain);
    let open = deals().filter(|deal| deal.is_open()).count();
    assert_eq!(index.count(Tab::Open), open);
    assert_eq!(index.count(Tab::Closed), workspace.deals.len() - open);
    assert_eq!(index.deals_by_customer(), deals_by_customer(&plain));
    let today = world.today();
    assert_eq!(
        index.deals_per_process(workspace, today),
        deals_per_process(workspace, &plain, today)
    );
    assert_eq!(
        index.rule_uses(workspace, &workspace.rules),
        uses(workspace, &workspace.rules, &plain)
    );
    for (id, process) in &workspace.processes {
        assert_eq!(index.is_used(*id), deals().any(|deal| deal.process == *id));
        let mut turned = Process::clone(process);
        turned.stages.reverse();
        let said = impact(workspace, &turned, &plain);
        assert_eq!(index.impact(workspace, &turned), said);
    }
}

fn brief_is_the_deal(world: &World, deal: &Deal) {
    let workspace = &world.workspace;
    let brief = Brief::of(workspace, deal);
    let process = &workspace.processes[&deal.process];
    let (now, today) = (world.now, world.today());
    assert_eq!(brief.is_stale(now), is_stale(deal, process, now));
    assert_eq!(
        brief.needs_attention(now, today),
        needs_attention(deal, process, now, today)
    );
    assert_eq!(brief.chance, deal.chance(process));
    assert_eq!(brief.stage, deal.current_stage(process));
    assert_eq!(brief.segment, workspace.segment_of(deal));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_index_follows_any_commands_and_their_undoing(
        mut world in world(),
        steps in steps(),
        choices in prop::collection::vec(any::<u8>(), 26),
        search in "[a-c]{0,2}( [a-c])?",
    ) {
        let mut index = Index::new(&world.workspace).collated(collate);
        let mut done: Vec<Changes> = Vec::new();
        // The orders are there from the start, so that every change is followed.
        compare(&index, &world, &Filter::default());
        for step in &steps {
            let command = step.command(&mut world);
            if let Ok(changes) = world.run(command) {
                index.follow(&world.workspace, &changes);
                done.push(changes);
            }
            let filter = filter(&world.workspace, &choices, &search);
            compare(&index, &world, &filter);
        }
        compare(&index, &world, &Filter::default());
        compare_all(&index, &world);
        for deal in world.workspace.deals.values() {
            brief_is_the_deal(&world, deal);
        }
        for changes in done.iter().rev() {
            let inverse = changes.inverse();
            prop_assert_eq!(install(&mut world.workspace, &inverse), Ok(()));
            index.follow(&world.workspace, &inverse);
            compare(&index, &world, &filter(&world.workspace, &choices, &search));
        }
        compare(&index, &world, &Filter::default());
        compare_all(&index, &world);
    }

    #[test]
    fn a_search_finds_the_same_letter_by_letter(
        mut world in world(),
        steps in steps(),
        typed in prop::collection::vec("[a-cA-Cé ]{0,5}", 1..8),
    ) {
        for step in &steps {
            let command = step.command(&mut world);
            let _ = world.run(command);
        }
        let index = Index::new(&world.workspace).collated(collate);
        for text in typed {
            for end in text.char_indices().map(|(at, c)| at + c.len_utf8()) {
                let search = text[..end].to_owned();
                compare(&index, &world, &Filter { search, ..Filter::default() });
            }
        }
    }
}

#[test]
fn the_order_follows_the_language_and_letters_that_come_anew() {
    let mut world = World::new();
    let process = world.workspace.default_process();
    for title in ["b", "a", "c"] {
        world.add(draft(title, process));
    }
    let mut index = Index::new(&world.workspace).collated(collate);
    compare(&index, &world, &Filter::default());
    let by_name = |index: &Index, world: &World| -> Vec<String> {
        let sort = Sort::by(Column::Name, false);
        let (workspace, now) = (&world.workspace, world.here());
        let ids = index.listed(workspace, &Filter::default(), Tab::Open, sort, now);
        let names = ids.iter().map(|id| world.deal(*id).name.to_string());
        names.collect()
    };
    let owner = Command::EditList(ListKind::Owners, ListEdit::Add("Ł".to_owned()));
    for (command, order) in [
        (
            Command::AddDeal(draft("ä", process)),
            ["a", "ä", "b", "c"].as_slice(),
        ),
        (owner, &["a", "ä", "b", "c"]),
        (Command::SetLocale("xx".to_owned()), &["c", "b", "ä", "a"]),
        (
            Command::AddDeal(draft("ж", process)),
            &["ж", "c", "b", "ä", "a"],
        ),
        (
            Command::SetLocale(String::new()),
            &["a", "ä", "b", "c", "ж"],
        ),
    ] {
        let changes = world.run(command).unwrap();
        index.follow(&world.workspace, &changes);
        assert_eq!(by_name(&index, &world), order);
        compare(&index, &world, &Filter::default());
    }
}

#[test]
fn the_widest_values_are_the_greatest_with_decimals_and_without() {
    let mut world = World::new();
    let process = world.workspace.default_process();
    let widest = |world: &World| Index::new(&world.workspace).widest_values(100);
    assert_eq!(widest(&world), [None, None]);
    for minor in [100_000, 12_345, 99_999, 5_000] {
        world.add(DealDraft {
            value: Money::from_minor(minor),
            ..draft("Deal", process)
        });
    }
    world.add(draft("Unknown", process));
    assert_eq!(
        widest(&world),
        [Money::from_minor(100_000), Money::from_minor(99_999)]
    );
}

/// Notes come and go by themselves where another tab wrote them: their deal is
/// in no change.
#[test]
fn what_is_noted_is_found_whichever_way_it_comes() {
    let mut world = World::new();
    let process = world.workspace.default_process();
    let [tower, roof] = ["Tower", "Roof"].map(|name| world.add(draft(name, process)));
    let mut index = Index::new(&world.workspace).collated(collate);
    let check = |index: &Index, world: &World, typed: &str, wanted: &[DealId]| {
        let search = typed.to_owned();
        let filter = Filter {
            search,
            ..Filter::default()
        };
        compare(index, world, &filter);
        let sort = Sort::by(Column::Created, false);
        let found = index.listed(&world.workspace, &filter, Tab::Open, sort, world.here());
        assert_eq!(found, wanted, "{typed}");
    };
    check(&index, &world, "cafe", &[]);
    let text = "Met Zoë\nin the Café".to_owned();
    let added = world.run(Command::AddNote { deal: roof, text }).unwrap();
    index.follow(&world.workspace, &added);
    check(&index, &world, "cafe zoe", &[roof]);
    // No word goes over the end of a text.
    check(&index, &world, "zoein", &[]);
    let note = world.workspace.notes.of(roof).next().unwrap().clone();
    let alone = |before: Option<&Arc<Note>>, after: Option<Note>| {
        let after = after.map(|note| Record::Note(Arc::new(note)));
        let before = before.cloned().map(Record::Note);
        Changes(vec![Change {
            key: Key::Note(note.id),
            before,
            after,
        }])
    };
    let mut follow = |world: &mut World, changes: &Changes| {
        install(&mut world.workspace, changes).unwrap();
        index.follow(&world.workspace, changes);
        index.listed(
            &world.workspace,
            &Filter {
                search: "garden".to_owned(),
                ..Filter::default()
            },
            Tab::Open,
            Sort::default(),
            world.here(),
        )
    };
    let edited = Note {
        text: "Met in the garden".to_owned(),
        ..Note::clone(&note)
    };
    let changes = alone(Some(&note), Some(edited.clone()));
    assert_eq!(follow(&mut world, &changes), [roof]);
    let moved = Note {
        deal: tower,
        ..edited.clone()
    };
    let changes = alone(Some(&Arc::new(edited)), Some(moved.clone()));
    assert_eq!(follow(&mut world, &changes), [tower]);
    let changes = alone(Some(&Arc::new(moved)), None);
    assert_eq!(follow(&mut world, &changes), []);
    check(&index, &world, "garden", &[]);
    let step = NextStepDraft {
        what: "Ask Björn".to_owned(),
        due: None,
    };
    let deals = [tower].into();
    let changes = world
        .run(Command::SetNextStep {
            deals,
            step: Some(step),
        })
        .unwrap();
    index.follow(&world.workspace, &changes);
    check(&index, &world, "bjorn", &[tower]);
}

#[test]
fn many_deals_at_once_are_followed_too() {
    let mut world = World::new();
    let process = world.workspace.default_process();
    let first = world.add(draft("Deal", process));
    let mut records = Vec::new();
    for number in 0..300 {
        let mut deal = world.deal(first).clone();
        deal.id = world.fresh();
        deal.name = name(&format!("Deal with a long name {}", number % 97));
        deal.value = Money::from_minor(number % 13);
        records.push(Record::Deal(Arc::new(deal)));
    }
    let mut index = Index::new(&world.workspace).collated(collate);
    compare(&index, &world, &Filter::default());
    let changes = world
        .run(Command::Import(ImportKind::Deals, records))
        .unwrap();
    index.follow(&world.workspace, &changes);
    compare(&index, &world, &Filter::default());
    compare_all(&index, &world);
    let deals = world.workspace.deals.keys().copied().take(250).collect();
    let changes = world.run(Command::DeleteDeals(deals)).unwrap();
    index.follow(&world.workspace, &changes);
    compare(&index, &world, &Filter::default());
    compare_all(&index, &world);
}
