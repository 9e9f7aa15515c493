//! Filters of any number of values (§6.2).

use std::collections::BTreeSet;

use pipewright::domain::change::command::Command;
use pipewright::domain::read::columns::Sort;
use pipewright::domain::read::filter::{
    AnyOf, ByRule, DateField, Filter, Kind, Pick, Tab, Wording, choices, conditions, in_words,
};
use pipewright::domain::record::deal::{Deal, Outcome};
use pipewright::domain::record::list::ListKind;
use pipewright::domain::record::next_step::WhenDue;
use pipewright::domain::record::workspace::Workspace;
use pipewright::domain::value::alphabet::Plain;
use pipewright::domain::value::bidi::isolated;
use pipewright::domain::value::id::{DealId, EntryId, ProcessId, RuleId, StageId};
use pipewright::domain::value::money::Money;
use pipewright::domain::value::time::{Date, days_between};
use pipewright::route::Route;
use proptest::prelude::*;

use crate::support::World;
use crate::support::desk::Desk;
use crate::support::plain::listed;
use crate::support::steps::{Step, step};
use crate::support::worlds::world;

fn found(world: &World, filter: &Filter, tab: Tab) -> BTreeSet<DealId> {
    let workspace = &world.workspace;
    let alphabet = workspace.alphabet(Plain::collate);
    let ids = listed(
        workspace,
        filter,
        tab,
        Sort::default(),
        world.here(),
        &alphabet,
    );
    ids.into_iter().collect()
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec(step(), 1..60)
}

/// The values that deals can have of a kind in this workspace, as addresses
/// write them, with one that none has.
fn values(workspace: &Workspace, kind: Kind) -> Vec<String> {
    let mut values: Vec<String> = match kind {
        Kind::Process => workspace
            .processes
            .keys()
            .map(ToString::to_string)
            .collect(),
        Kind::Stage => {
            let processes = workspace.processes.values();
            let stages = processes.flat_map(|process| &process.stages);
            stages.map(|stage| stage.id.to_string()).collect()
        }
        Kind::Status => Outcome::ALL.map(|it| it.slug().to_owned()).to_vec(),
        Kind::NextStep => WhenDue::ALL.map(|it| it.slug().to_owned()).to_vec(),
        _ => {
            let lists = kind.lists().iter();
            let entries = lists.flat_map(|list| &workspace.list(*list).entries);
            entries.map(|entry| entry.id.to_string()).collect()
        }
    };
    values.push("none".to_owned());
    values.push(EntryId(u64::MAX).to_string());
    values
}

/// The values of a deal in the words of an address.
fn values_of(world: &World, deal: &Deal, kind: Kind) -> Vec<String> {
    if kind != Kind::NextStep {
        let value = value_of(&world.workspace, deal, kind);
        return value.into_iter().collect();
    }
    let days = |due| days_between(world.today(), due);
    let all: &[&str] = match deal.next_step.as_ref().map(|step| step.due.map(days)) {
        _ if deal.closing.is_some() => &[],
        None => &["none"],
        Some(Some(..0)) => &["overdue"],
        Some(Some(0)) => &["today", "week"],
        Some(Some(1..=7)) => &["week"],
        Some(_) => &["later"],
    };
    all.iter().map(ToString::to_string).collect()
}

/// The value of a deal in the words of an address, as it was before a filter
/// took more than one: read from the records, not through any filter.
fn value_of(workspace: &Workspace, deal: &Deal, kind: Kind) -> Option<String> {
    let or_none = |id: Option<String>| Some(id.unwrap_or_else(|| "none".to_owned()));
    let entry = |id: Option<EntryId>| or_none(id.map(|id| id.to_string()));
    let customer = deal.customer.and_then(|id| workspace.customers.get(&id));
    let closing = deal.closing.as_ref();
    match kind {
        Kind::Process => Some(deal.process.to_string()),
        Kind::Stage => {
            let process = &workspace.processes[&deal.process];
            let stage = deal.current_stage(process).id();
            or_none(stage.map(|id| id.to_string()))
        }
        Kind::Status => closing.map(|closing| closing.outcome.slug().to_owned()),
        Kind::Owner => entry(deal.owner),
        Kind::Segment => entry(customer.and_then(|customer| customer.segment)),
        Kind::Category => entry(deal.category),
        Kind::Source => entry(deal.source),
        Kind::Reason => closing.and_then(|closing| entry(closing.reason)),
        Kind::NextStep => None,
    }
}

/// Whether the text names a value of the kind; what does not was no filter.
fn is_value(kind: Kind, text: &str) -> bool {
    match kind {
        Kind::Process => text.parse::<ProcessId>().is_ok(),
        Kind::Status => Outcome::ALL.iter().any(|it| it.slug() == text),
        Kind::NextStep => WhenDue::ALL.iter().any(|it| it.slug() == text),
        _ => text == "none" || text.parse::<EntryId>().is_ok(),
    }
}

/// One of the values of each kind, or none asked of it; `choices` choose.
fn chosen(workspace: &Workspace, choices: &[u8]) -> Vec<(Kind, String)> {
    let choices = Kind::ALL.into_iter().zip(choices.chunks(2));
    let chosen = choices.filter_map(|(kind, choice)| {
        let values = values(workspace, kind);
        let is_asked = choice[0] < 80;
        is_asked.then(|| (kind, values[usize::from(choice[1]) % values.len()].clone()))
    });
    chosen.collect()
}

proptest! {
    #[test]
    fn an_old_address_gives_the_same_deals_as_before(
        mut world in world(), steps in steps(),
        choices in prop::collection::vec(any::<u8>(), 18),
    ) {
        for step in &steps {
            let command = step.command(&mut world);
            let _ = world.run(command);
        }
        let workspace = &world.workspace;
        let chosen = chosen(workspace, &choices);
        let query: Vec<String> = chosen
            .iter()
            .map(|(kind, value)| format!("{}={value}", kind.term()))
            .collect();
        for (tab, word) in [(Tab::Open, "open"), (Tab::Closed, "closed")] {
            let address = format!("#/deals/{word}?{}", query.join("&"));
            let Route::Deals(view) = Route::parse(&address) else {
                panic!("{address}")
            };
            let fits = |deal: &&Deal| {
                deal.closing.is_none() == (tab == Tab::Open)
                    && chosen.iter().all(|(kind, value)| {
                        !is_value(*kind, value)
                            || values_of(&world, deal, *kind).contains(value)
                    })
            };
            let deals = workspace.deals.values().map(AsRef::as_ref);
            let wanted: BTreeSet<DealId> = deals.filter(fits).map(|deal| deal.id).collect();
            prop_assert_eq!(found(&world, &view.filter, tab), wanted, "{}", address);
        }
    }

    #[test]
    fn of_a_kind_any_value_fits_and_all_kinds_must(
        mut world in world(), steps in steps(),
        first in prop::collection::vec(any::<u8>(), 18),
        second in prop::collection::vec(any::<u8>(), 18),
    ) {
        for step in &steps {
            let command = step.command(&mut world);
            let _ = world.run(command);
        }
        let workspace = &world.workspace;
        let mut filter = Filter::default();
        for choices in [&first, &second] {
            for (kind, value) in chosen(workspace, choices) {
                filter.values_mut(kind).put(&value, true);
            }
        }
        for tab in [Tab::Open, Tab::Closed] {
            let mut wanted = found(&world, &Filter::default(), tab);
            for kind in Kind::ALL {
                let texts = filter.values(kind).texts();
                let with = |text: &String| {
                    let mut one = Filter::default();
                    one.values_mut(kind).put(text, true);
                    found(&world, &one, tab)
                };
                let any: BTreeSet<DealId> = texts.iter().flat_map(with).collect();
                if !texts.is_empty() {
                    wanted.retain(|id| any.contains(id));
                }
            }
            prop_assert_eq!(found(&world, &filter, tab), wanted);
        }
    }

    #[test]
    fn a_filter_in_words_can_be_taken_off_word_by_word(
        mut world in world(), steps in steps(),
        choices in prop::collection::vec(any::<u8>(), 18),
        ranges in any::<[bool; 6]>(),
    ) {
        for step in &steps {
            let command = step.command(&mut world);
            let _ = world.run(command);
        }
        let workspace = &world.workspace;
        let mut filter = Filter {
            rule: ranges[0].then_some(ByRule { rule: RuleId(3), elsewhere: false }),
            value_min: Money::from_minor(5).filter(|_| ranges[1]),
            value_max: Money::from_minor(500).filter(|_| ranges[2]),
            from: ranges[3].then_some(Date::constant(2026, 1, 1)),
            to: ranges[4].then_some(Date::constant(2026, 2, 1)),
            stale: ranges[5],
            customer: workspace.customers.keys().next().copied(),
            search: "kept".to_owned(),
            ..Filter::default()
        };
        for (kind, value) in chosen(workspace, &choices) {
            filter.values_mut(kind).put(&value, true);
        }
        while let Some(first) = conditions(workspace, &filter, Tab::Open, &Bare).first() {
            let before = conditions(workspace, &filter, Tab::Open, &Bare);
            let after = conditions(workspace, &first.without, Tab::Open, &Bare);
            let said = |all: &[_]| -> Vec<(&str, String)> {
                let all: &[pipewright::domain::read::filter::Condition] = all;
                all.iter().map(|it| (it.name, it.value.clone())).collect()
            };
            prop_assert_eq!(said(&after), said(&before[1..]));
            filter = first.without.clone();
        }
        prop_assert_eq!(filter, Filter { search: "kept".to_owned(), ..Filter::default() });
    }
}

proptest! {
    #[test]
    fn every_open_deal_is_due_in_one_way_and_what_is_due_today_within_the_week(
        mut world in world(), steps in steps(), days in 0i64..12,
    ) {
        for step in &steps {
            let command = step.command(&mut world);
            let _ = world.run(command);
        }
        // The same deals, looked at some days later.
        world.wait(days * 24 * 60);
        let of = |when: WhenDue, tab| {
            found(&world, &Filter { next: when.into(), ..Filter::default() }, tab)
        };
        let apart = [WhenDue::Overdue, WhenDue::Week, WhenDue::Later, WhenDue::Missing];
        let each: Vec<DealId> = apart.into_iter().flat_map(|when| of(when, Tab::Open)).collect();
        let all = found(&world, &Filter::default(), Tab::Open);
        prop_assert_eq!(each.len(), all.len(), "none is due in two ways");
        prop_assert_eq!(each.into_iter().collect::<BTreeSet<_>>(), all);
        prop_assert!(of(WhenDue::Today, Tab::Open).is_subset(&of(WhenDue::Week, Tab::Open)));
        for when in WhenDue::ALL {
            prop_assert!(of(when, Tab::Closed).is_empty(), "what is closed has no next step");
        }
    }
}

/// Amounts and dates as they are.
struct Bare;

impl Wording for Bare {
    fn amount(&self, amount: Money) -> String {
        format!("${}", amount.minor() / 100)
    }

    fn date(&self, date: Date) -> String {
        date.to_string()
    }
}

const TWO: &str = "Plain: Find[a10] Offer[b80]\nLarge: Find[c20] Plan[d20]";

#[test]
fn a_filter_is_said_by_kinds_with_the_names_of_its_values() {
    let mut desk = Desk::after(TWO, "");
    let (ann, ben) = (
        desk.world.entry(ListKind::Owners, "Ann"),
        desk.world.entry(ListKind::Owners, "Ben"),
    );
    let lost = desk.world.entry(ListKind::ReasonsLost, "Too dear");
    let money = |minor| Money::from_minor(minor);
    let filter = Filter {
        process: desk.world.process("Large").id.into(),
        stage: [Pick::Is(StageId(u64::MAX)), Pick::Blank]
            .into_iter()
            .collect(),
        status: [Outcome::Lost, Outcome::Won].into_iter().collect(),
        owner: [Pick::Blank, Pick::Is(ben), Pick::Is(ann)]
            .into_iter()
            .collect(),
        reason: Pick::Is(lost).into(),
        rule: Some(ByRule {
            rule: RuleId(1),
            elsewhere: true,
        }),
        value_min: money(50_000),
        to: Some(Date::constant(2026, 5, 1)),
        search: " blue ".to_owned(),
        ..Filter::default()
    };
    let words = |filter: &Filter, tab| in_words(&desk.world.workspace, filter, tab, &Bare);
    assert_eq!(
        words(&filter, Tab::Closed),
        "Sales process: Large · Stage: no longer there, Stage unknown · Status: Won, Lost · \
         Owner: Ann, Ben, No owner · Reason: Too dear · Rule: no longer there · \
         Value: at least $500 · Closing date: until 2026-05-01 · Search: blue"
    );
    let ranges = Filter {
        value_min: money(100),
        value_max: money(200),
        from: Some(Date::constant(2026, 1, 1)),
        to: Some(Date::constant(2026, 1, 1)),
        stale: true,
        ..Filter::default()
    };
    assert_eq!(
        words(&ranges, Tab::Open),
        "Value: $1 to $2 · Expected close: 2026-01-01 · Stale: yes"
    );
    // Of two stages of one name each says whose it is.
    let [find, plan] = [0, 1].map(|at| desk.world.process("Large").stages[at].id);
    let stages = Filter {
        stage: [Pick::Is(find), Pick::Is(plan)].into_iter().collect(),
        ..Filter::default()
    };
    assert_eq!(words(&stages, Tab::Open), "Stage: Find (Large), Plan");
    let created = Filter {
        from: Some(Date::constant(2026, 1, 1)),
        value_max: money(200),
        date_field: DateField::Created,
        ..Filter::default()
    };
    assert_eq!(
        words(&created, Tab::Closed),
        "Value: at most $2 · Created: from 2026-01-01"
    );
    assert_eq!(words(&Filter::default(), Tab::Open), "");
    // A name from right to left leaves its neighbours where they are.
    let named = Filter {
        search: "שלום".to_owned(),
        ..Filter::default()
    };
    let line = words(&named, Tab::Open);
    assert_eq!(line, format!("Search: {}", isolated("שלום".to_owned())));
    assert_ne!(line, "Search: שלום");
}

/// The names that can be chosen, each after what it belongs to.
fn offered(desk: &Desk, filter: &Filter, kind: Kind) -> Vec<String> {
    let workspace = &desk.world.workspace;
    let is_used = |id| workspace.deals.values().any(|deal| deal.process == id);
    let all = choices(workspace, filter, kind, &is_used).into_iter();
    all.map(|choice| match choice.group {
        Some(group) => format!("{group}: {}", choice.name),
        None => choice.name,
    })
    .collect()
}

#[test]
fn what_can_be_chosen_follows_the_chosen_processes() {
    let mut desk = Desk::after(TWO, "");
    let large = desk.world.process("Large").clone();
    let all = Filter::default();
    assert_eq!(offered(&desk, &all, Kind::Process), ["Plain", "Large"]);
    assert_eq!(
        offered(&desk, &all, Kind::Stage),
        [
            "Plain: Find",
            "Plain: Offer",
            "Large: Find",
            "Large: Plan",
            "Stage unknown"
        ]
    );
    let of_large = Filter {
        process: large.id.into(),
        ..Filter::default()
    };
    assert_eq!(
        offered(&desk, &of_large, Kind::Stage),
        ["Find", "Plan", "Stage unknown"]
    );
    // A stage that is asked for stands there, wherever it belongs.
    let both = Filter {
        stage: Pick::Is(desk.stage("Offer")).into(),
        ..of_large.clone()
    };
    assert_eq!(
        offered(&desk, &both, Kind::Stage),
        ["Find", "Plan", "Stage unknown", "Offer"]
    );
    // An archived process is there while deals are in it, or it is asked for.
    let archive = Command::Archive(large.id, true);
    desk.world.run(archive).unwrap();
    assert_eq!(offered(&desk, &all, Kind::Process), ["Plain"]);
    assert_eq!(offered(&desk, &of_large, Kind::Process), ["Plain", "Large"]);
    let id = desk.id;
    let (deals, process) = ([id].into(), large.id);
    desk.world.run(Command::Archive(large.id, false)).unwrap();
    desk.world
        .run(Command::ChangeProcess { deals, process })
        .unwrap();
    desk.world.run(Command::Archive(large.id, true)).unwrap();
    assert_eq!(offered(&desk, &all, Kind::Process), ["Plain", "Large"]);
}

#[test]
fn the_entries_of_a_list_can_be_chosen_and_none_and_those_that_are_gone() {
    let mut desk = Desk::after(TWO, "");
    desk.world.entry(ListKind::Owners, "Ben");
    desk.world.entry(ListKind::Owners, "Ann");
    let filter = Filter {
        owner: Pick::Is(EntryId(u64::MAX)).into(),
        ..Filter::default()
    };
    assert_eq!(
        offered(&desk, &filter, Kind::Owner),
        ["Ben", "Ann", "No owner", "no longer there"]
    );
    assert_eq!(
        offered(&desk, &filter, Kind::Status),
        ["Won", "Lost", "Outdated"]
    );
}

#[test]
fn choosing_a_process_leaves_no_stage_that_no_deal_of_it_can_have() {
    let desk = Desk::after(TWO, "");
    let workspace = &desk.world.workspace;
    let (plain, large) = (desk.process(), desk.world.process("Large"));
    let [offer, plan] = [plain.stages[1].id, large.stages[1].id].map(Pick::Is);
    let mut filter = Filter {
        stage: [offer, plan, Pick::Blank].into_iter().collect(),
        ..Filter::default()
    };
    let choose = |filter: &mut Filter, id: ProcessId, on| {
        filter.choose(workspace, Kind::Process, &id.to_string(), on);
    };
    let mut both = filter.clone();
    choose(&mut both, large.id, true);
    assert_eq!(both.stage, [plan, Pick::Blank].into_iter().collect());
    choose(&mut filter, plain.id, true);
    assert_eq!(filter.stage, [offer, Pick::Blank].into_iter().collect());
    choose(&mut filter, large.id, true);
    choose(&mut filter, plain.id, false);
    assert_eq!(filter.stage, Pick::Blank.into());
    // Without a process, stages of all can be chosen.
    choose(&mut filter, large.id, false);
    filter.choose(workspace, Kind::Stage, &offer_text(offer), true);
    assert_eq!(filter.process, AnyOf::default());
    assert_eq!(filter.stage, [offer, Pick::Blank].into_iter().collect());
}

fn offer_text(stage: Pick<StageId>) -> String {
    match stage {
        Pick::Is(id) => id.to_string(),
        Pick::Blank => panic!("there is a stage"),
    }
}
