//! Saved views follow when what they name is replaced, merged or deleted.

use std::collections::{BTreeMap, BTreeSet};

use pipewright::domain::change::apply::install;
use pipewright::domain::change::command::{Choice, Command, CustomerDraft, ListEdit, Succession};
use pipewright::domain::change::reshape::ProcessMap;
use pipewright::domain::read::filter::{AnyOf, ByRule, Filter, Kind, Pick};
use pipewright::domain::record::list::ListKind;
use pipewright::domain::record::process::Process;
use pipewright::domain::record::rule::Rule;
use pipewright::domain::record::workspace::Workspace;
use pipewright::domain::value::id::{EntryId, RuleId, ViewId};
use pipewright::route::{DealsView, Route};
use proptest::prelude::*;

use crate::support::desk::Desk;
use crate::support::edits::proposed;
use crate::support::form_of;
use crate::support::steps::step;
use crate::support::worlds::world;

const TWO: &str = "Plain: Find[a10,b10] Offer[c80] Sign[d5]\nLarge: Find[a20] Plan[x20]";

/// A desk with one saved view.
fn desk_with(filter: impl FnOnce(&mut Desk) -> Filter) -> Desk {
    let mut desk = Desk::after(TWO, "tick c");
    let filter = filter(&mut desk);
    ask_for(&mut desk, filter);
    desk
}

/// What the saved view filters by, but for the text it searches.
fn filter(desk: &Desk) -> Filter {
    let Route::Deals(view) = Route::parse(&desk.world.workspace.views[0].address) else {
        panic!("the view has lost its page")
    };
    assert_eq!(view.filter.search, "blue & green");
    Filter {
        search: String::new(),
        ..view.filter
    }
}

/// Saves the view anew, with another filter.
fn ask_for(desk: &mut Desk, filter: Filter) {
    let view = DealsView {
        filter: Filter {
            search: "blue & green".to_owned(),
            ..filter
        },
        ..DealsView::default()
    };
    let (name, address) = ("Mine".to_owned(), view.href());
    desk.world.run(Command::SaveView { name, address }).unwrap();
}

/// Does it; the view asks for this then, and for the same as before once it
/// is taken back.
#[track_caller]
fn check_leads(desk: &mut Desk, command: Command, wanted: &Filter) {
    let before = desk.world.workspace.clone();
    let changes = desk.world.run(command).unwrap();
    assert_eq!(filter(desk), *wanted);
    install(&mut desk.world.workspace, &changes.inverse()).unwrap();
    assert_eq!(desk.world.workspace, before);
}

#[test]
fn a_view_of_a_process_and_stage_shows_what_takes_over() {
    let mut desk = desk_with(|desk| Filter {
        process: desk.process().id.into(),
        stage: Pick::Is(desk.stage("Offer")).into(),
        ..Filter::default()
    });
    let large = desk.world.process("Large").clone();
    desk.world.run(Command::MakeDefault(large.id)).unwrap();
    let plain = desk.process().clone();
    let plan = large.stages[1].id;
    let mut map = proposed(&plain, &large);
    map.stages.insert(plain.stages[1].id, plan);
    let succession = Succession {
        from: plain.id,
        into: large.id,
        map: map.clone(),
    };
    let there = Filter {
        process: large.id.into(),
        stage: Pick::Is(plan).into(),
        ..Filter::default()
    };
    check_leads(
        &mut desk,
        Command::MergeProcesses(succession.clone()),
        &there,
    );
    check_leads(&mut desk, Command::ReplaceProcess(succession), &there);

    let mut process = plain.clone();
    process.stages.remove(1);
    let to_sign = ProcessMap {
        stages: [(plain.stages[1].id, plain.stages[2].id)].into(),
        ..ProcessMap::default()
    };
    let map = to_sign;
    let here = Filter {
        process: plain.id.into(),
        stage: Pick::Is(plain.stages[2].id).into(),
        ..Filter::default()
    };
    check_leads(&mut desk, Command::ReshapeProcess { process, map }, &here);
}

#[test]
fn a_view_of_what_nobody_uses_loses_only_that_filter() {
    let mut desk = desk_with(|desk| Filter {
        process: desk.process().id.into(),
        stage: Pick::Is(desk.stage("Sign")).into(),
        ..Filter::default()
    });
    let plain = desk.process().clone();
    let mut process: Process = plain.clone();
    process.stages.pop();
    let left = Filter {
        process: plain.id.into(),
        ..Filter::default()
    };
    check_leads(&mut desk, Command::SaveProcess(process), &left);
    let id = desk.id;
    desk.world.run(Command::DeleteDeals([id].into())).unwrap();
    let large = desk.world.process("Large").id;
    desk.world.run(Command::MakeDefault(large)).unwrap();
    check_leads(
        &mut desk,
        Command::DeleteProcess(plain.id),
        &Filter::default(),
    );
}

#[test]
fn a_view_of_an_entry_shows_the_one_in_its_place() {
    type Field = fn(&mut Filter) -> &mut AnyOf<Pick<EntryId>>;
    let kinds: [(ListKind, Field); 4] = [
        (ListKind::Owners, |filter| &mut filter.owner),
        (ListKind::Categories, |filter| &mut filter.category),
        (ListKind::Sources, |filter| &mut filter.source),
        (ListKind::Segments, |filter| &mut filter.segment),
    ];
    for (kind, field) in kinds {
        let asks = |picks: &[Pick<EntryId>]| {
            let mut filter = Filter::default();
            *field(&mut filter) = picks.iter().copied().collect();
            filter
        };
        let mut desk = desk_with(|desk| {
            let ann = desk.world.entry(kind, "Ann");
            asks(&[Pick::Is(ann)])
        });
        let ann = desk.world.workspace.list(kind).find("Ann").unwrap().id;
        let bob = desk.world.entry(kind, "Bob");
        let cem = desk.world.entry(kind, "Cem");
        let edit = |edit| Command::EditList(kind, edit);
        let to_bob = || edit(ListEdit::Replace(ann, Some(bob)));
        let to_none = || edit(ListEdit::Replace(ann, None));
        let delete = || edit(ListEdit::Delete(ann));
        let rename = || edit(ListEdit::Rename(ann, "Anna".to_owned()));
        let [a, b, c] = [ann, bob, cem].map(Pick::Is);
        check_leads(&mut desk, to_bob(), &asks(&[b]));
        check_leads(&mut desk, to_none(), &asks(&[Pick::Blank]));
        check_leads(&mut desk, delete(), &asks(&[]));
        check_leads(&mut desk, rename(), &asks(&[a]));

        // With others beside it, only its own place is taken.
        ask_for(&mut desk, asks(&[a, b, c, Pick::Blank]));
        check_leads(&mut desk, to_bob(), &asks(&[b, c, Pick::Blank]));
        check_leads(&mut desk, to_none(), &asks(&[b, c, Pick::Blank]));
        check_leads(&mut desk, delete(), &asks(&[b, c, Pick::Blank]));
        check_leads(&mut desk, rename(), &asks(&[a, b, c, Pick::Blank]));
        ask_for(&mut desk, asks(&[a, c]));
        check_leads(&mut desk, to_bob(), &asks(&[b, c]));
        check_leads(&mut desk, to_none(), &asks(&[c, Pick::Blank]));
    }
}

#[test]
fn a_view_of_several_processes_and_stages_keeps_the_others() {
    let mut desk = desk_with(|desk| Filter {
        process: desk.process().id.into(),
        ..Filter::default()
    });
    let (plain, large) = (desk.process().clone(), desk.world.process("Large").clone());
    desk.world.run(Command::MakeDefault(large.id)).unwrap();
    let [sign, plan] = [plain.stages[2].id, large.stages[1].id];
    ask_for(
        &mut desk,
        Filter {
            process: [plain.id, large.id].into_iter().collect(),
            stage: [Pick::Is(sign), Pick::Is(plan), Pick::Blank]
                .into_iter()
                .collect(),
            ..Filter::default()
        },
    );
    let mut map = proposed(&plain, &large);
    map.stages
        .extend(plain.stages.iter().map(|stage| (stage.id, plan)));
    let succession = Succession {
        from: plain.id,
        into: large.id,
        map,
    };
    let there = Filter {
        process: large.id.into(),
        stage: [Pick::Is(plan), Pick::Blank].into_iter().collect(),
        ..Filter::default()
    };
    check_leads(&mut desk, Command::MergeProcesses(succession), &there);
    let mut process = plain.clone();
    process.stages.pop();
    let without_sign = Filter {
        process: [plain.id, large.id].into_iter().collect(),
        ..there.clone()
    };
    check_leads(&mut desk, Command::SaveProcess(process), &without_sign);
    let id = desk.id;
    desk.world.run(Command::DeleteDeals([id].into())).unwrap();
    check_leads(&mut desk, Command::DeleteProcess(plain.id), &there);
}

#[test]
fn a_view_of_a_customer_or_a_rule_that_goes_loses_that_filter() {
    let mut desk = desk_with(|desk| {
        let draft = CustomerDraft {
            name: "Acme".to_owned(),
            ..CustomerDraft::default()
        };
        desk.world.run(Command::AddCustomer(draft)).unwrap();
        let customer = *desk.world.workspace.customers.keys().next().unwrap();
        let mut form = form_of(desk.deal());
        form.customer = Choice::Existing(customer);
        desk.world.run(Command::EditDeal(desk.id, form)).unwrap();
        let ann = desk.world.entry(ListKind::Owners, "Ann");
        let rule = Rule {
            id: RuleId(7),
            segments: BTreeSet::new(),
            categories: BTreeSet::new(),
            owners: [ann].into(),
            value_at_least: None,
            value_below: None,
            then: desk.world.process("Large").id,
        };
        desk.world.run(Command::SaveRules(vec![rule])).unwrap();
        Filter {
            customer: Some(customer),
            rule: Some(ByRule {
                rule: RuleId(7),
                elsewhere: true,
            }),
            ..Filter::default()
        }
    });
    let all = filter(&desk);
    let customer = all.customer.unwrap();
    let without_rule = Filter {
        rule: None,
        ..all.clone()
    };
    let ann = desk.world.workspace.list(ListKind::Owners).find("Ann");
    let replace = ListEdit::Replace(ann.unwrap().id, None);
    let replace = Command::EditList(ListKind::Owners, replace);
    check_leads(&mut desk, replace, &without_rule);
    check_leads(&mut desk, Command::SaveRules(Vec::new()), &without_rule);
    let without_customer = Filter {
        customer: None,
        ..all
    };
    let delete = Command::DeleteCustomers([customer].into());
    check_leads(&mut desk, delete, &without_customer);
}

#[test]
fn an_address_that_names_nothing_of_it_is_left_as_it_was_written() {
    let mut desk = Desk::after(TWO, "");
    let address = "#/deals/open?q=%20a%20b&unheard=of&stage".to_owned();
    let name = "Odd".to_owned();
    desk.world
        .run(Command::SaveView {
            name,
            address: address.clone(),
        })
        .unwrap();
    let ann = desk.world.entry(ListKind::Owners, "Ann");
    let large = desk.world.process("Large").id;
    for command in [
        Command::EditList(ListKind::Owners, ListEdit::Replace(ann, None)),
        Command::DeleteProcess(large),
        Command::SaveRules(Vec::new()),
    ] {
        desk.world.run(command).unwrap();
    }
    assert_eq!(desk.world.workspace.views[0].address, address);
}

/// What a view names, as its kind and its text, with whether it is there.
fn named(workspace: &Workspace, filter: &Filter) -> BTreeMap<(&'static str, String), bool> {
    let mut named = BTreeMap::new();
    for kind in Kind::ALL {
        for value in filter.values(kind).texts() {
            let is_there = match kind {
                Kind::Process => {
                    let id = value.parse().unwrap();
                    workspace.processes.contains_key(&id)
                }
                _ if value == "none" => true,
                Kind::Stage => {
                    let id = value.parse().unwrap();
                    let mut all = workspace.processes.values();
                    all.any(|process| process.stage(id).is_some())
                }
                Kind::Status => true,
                _ => {
                    let id = value.parse().unwrap();
                    let mut lists = kind.lists().iter();
                    lists.any(|list| workspace.list(*list).get(id).is_some())
                }
            };
            named.insert((kind.term(), value), is_there);
        }
    }
    if let Some(id) = filter.customer {
        let is_there = workspace.customers.contains_key(&id);
        named.insert(("customer", id.to_string()), is_there);
    }
    if let Some(by) = filter.rule {
        let is_there = workspace.rules.iter().any(|rule| rule.id == by.rule);
        named.insert(("rule", by.rule.to_string()), is_there);
    }
    named
}

/// The filter of each view that has one.
fn filters(workspace: &Workspace) -> BTreeMap<ViewId, Filter> {
    let views = workspace.views.iter();
    let of_view = views.filter_map(|view| match Route::parse(&view.address) {
        Route::Deals(deals) => Some((view.id, deals.filter)),
        _ => None,
    });
    of_view.collect()
}

/// How many things the views name that are not there.
fn dangling(workspace: &Workspace) -> usize {
    let filters = filters(workspace);
    let missing = filters.values().map(|filter| {
        let named = named(workspace, filter);
        named.values().filter(|is_there| !**is_there).count()
    });
    missing.sum()
}

proptest! {
    #[test]
    fn no_command_leaves_a_view_naming_what_it_took_away_or_takes_more_from_it(
        mut world in world(),
        steps in prop::collection::vec(step(), 1..60),
    ) {
        for step in &steps {
            let command = step.command(&mut world);
            let before = world.workspace.clone();
            // These bring views of their own.
            let brings = matches!(command, Command::SaveView { .. } | Command::Restore(_) | Command::Import(..));
            if world.run(command.clone()).is_err() || brings {
                continue;
            }
            let after = &world.workspace;
            prop_assert!(dangling(after) <= dangling(&before), "{:?}", command);
            let now = filters(after);
            for (id, filter) in filters(&before) {
                let Some(now) = now.get(&id) else {
                    continue;
                };
                let kept = named(after, now);
                // What is still there is still asked for.
                for (value, is_there) in named(after, &filter) {
                    prop_assert!(!is_there || kept.contains_key(&value), "{:?} {:?}", value, command);
                }
            }
        }
    }
}
