//! When two names are the same (§11.1): everywhere by the same rule.

use std::sync::Arc;

use pipewright::domain::change::command::{Choice, Command, CustomerDraft, DealDraft, ListEdit};
use pipewright::domain::mend::reconcile::LooseRecords;
use pipewright::domain::record::check::check;
use pipewright::domain::record::list::ListKind;
use pipewright::domain::record::process::Process;
use pipewright::domain::record::workspace::{Record, Workspace};
use pipewright::domain::start::templates::new_workspace;
use pipewright::domain::value::id::IdSource;
use pipewright::domain::value::text::Name;

use crate::support::desk::{Desk, process};
use crate::support::{World, draft, form_of, name};

/// Names that a lax comparison takes for one, and that are two.
const APART: [(&str, &str); 4] = [
    ("Müller", "Muller"),
    ("バス", "パス"),
    ("Łoś", "Los"),
    ("Straße", "Strasse"),
];

/// Ways to write a name.
const SAME: [(&str, &str); 3] = [
    ("Café Noir", "  CAFE\u{301}\u{a0} noir "),
    ("Ångström", "A\u{30a}NGSTRO\u{308}M"),
    ("ΟΔΟΣ", "οδος"),
];

fn refusal(world: &mut World, command: Command) -> String {
    world.run(command).unwrap_err().to_string()
}

fn repaired(workspace: &Workspace) -> Workspace {
    let parts = LooseRecords::from(workspace.records().collect::<Vec<Record>>());
    let (mended, repairs) = parts.repair(|| new_workspace(&mut IdSource::starting_at(1)));
    assert!(repairs.removed.is_empty(), "{:?}", repairs.removed);
    check(&mended).unwrap();
    mended
}

#[test]
fn an_edit_leaves_alone_what_only_looks_alike() {
    for (one, other) in APART {
        let mut world = World::new();
        let process = world.workspace.default_process();
        for text in [one, other] {
            let named = || Choice::New(text.to_owned());
            let customer = || Choice::New(text.to_owned());
            let deal = world.add(DealDraft {
                owner: named(),
                category: named(),
                source: named(),
                customer: customer(),
                ..draft(text, process)
            });
            // As a form has it: everything by its name.
            let mut form = form_of(world.deal(deal));
            (form.owner, form.category) = (named(), named());
            (form.source, form.customer) = (named(), customer());
            form.notes = "called".to_owned();
            let before = world.deal(deal).clone();
            world.run(Command::EditDeal(deal, form)).unwrap();
            let after = world.deal(deal);
            let ids = |deal: &pipewright::domain::record::deal::Deal| {
                (deal.owner, deal.category, deal.source, deal.customer)
            };
            assert_eq!(ids(after), ids(&before), "{text}");
        }
        for kind in [ListKind::Owners, ListKind::Categories, ListKind::Sources] {
            let entries = &world.workspace.list(kind).entries;
            let named = |text| entries.iter().filter(|e| e.name.as_str() == text).count();
            assert_eq!((named(one), named(other)), (1, 1), "{kind:?}");
        }
        assert_eq!(world.workspace.customers.len(), 2);
    }
}

#[test]
fn however_it_is_written_a_name_is_the_same() {
    for (one, other) in SAME {
        let mut world = World::new();
        let process = world.workspace.default_process();
        let entries = |world: &World| world.workspace.list(ListKind::Owners).entries.len();
        for text in [one, other] {
            let named = || Choice::New(text.to_owned());
            let customer = || Choice::New(text.to_owned());
            world.add(DealDraft {
                owner: named(),
                customer: customer(),
                ..draft(text, process)
            });
        }
        let count = entries(&World::new());
        assert_eq!(
            (entries(&world), world.workspace.customers.len()),
            (count + 1, 1)
        );
        let customer = CustomerDraft {
            name: other.to_owned(),
            ..CustomerDraft::default()
        };
        let taken = [
            Command::EditList(ListKind::Owners, ListEdit::Add(other.to_owned())),
            Command::AddCustomer(customer),
        ];
        for command in taken {
            let refused = refusal(&mut world, command);
            assert!(refused.starts_with("There is already"), "{refused}");
        }
    }
}

#[test]
fn processes_and_their_parts_go_by_the_same_rule() {
    for (one, other) in APART {
        let mut world = World::new();
        let line = format!("{one}: {one}[a10] {other}[a20]");
        let first = process(&mut world, &line);
        world.run(Command::SaveProcess(first)).unwrap();
        let second = process(&mut world, &format!("{other}: S[a10]"));
        world.run(Command::SaveProcess(second)).unwrap();
    }
    for (one, other) in SAME {
        let mut world = World::new();
        let mut first = process(&mut world, "P: S[a10] T[b10]");
        first.name = name(one);
        world.run(Command::SaveProcess(first.clone())).unwrap();
        let mut second = process(&mut world, "Q: S[a10] T[b10]");
        let mut doubled = second.clone();
        second.name = name(other);
        (doubled.stages[0].name, doubled.stages[1].name) = (name(one), name(other));
        for refused in [second, doubled] {
            let refused = refusal(&mut world, Command::SaveProcess(refused));
            assert!(refused.starts_with("There is already"), "{refused}");
        }
    }
}

#[test]
fn ticks_come_along_to_what_has_the_same_name() {
    let processes = "P: Müller[a10] Muller[a20]\nQ: Muller[a10] MÜLLER[a20]";
    let mut desk = Desk::after(processes, "");
    let a = desk.process().stages[0].sub_stages[0].id;
    let tick = Command::Tick {
        deal: desk.id,
        sub_stage: a,
        note: String::new(),
    };
    desk.world.run(tick).unwrap();
    let mut form = form_of(desk.deal());
    form.process = desk.world.process("Q").id;
    form.carry_over = true;
    desk.world.run(Command::EditDeal(desk.id, form)).unwrap();
    let ticked = desk.process().stages[1].sub_stages[0].id;
    assert!(desk.progress().ticks.contains_key(&ticked));
}

/// An account of an earlier version, that told names apart by other rules.
fn with_owners(names: &[&str]) -> Workspace {
    let mut world = World::new();
    let list = Arc::make_mut(world.workspace.lists.get_mut(&ListKind::Owners).unwrap());
    list.entries.clear();
    let mut ids = IdSource::starting_at(1 << 30);
    for name in names {
        list.entries.push(pipewright::domain::record::list::Entry {
            id: ids.fresh(),
            name: Name::try_from(*name).unwrap(),
        });
    }
    world.workspace
}

#[test]
fn what_was_two_names_once_stays_two() {
    let old = with_owners(&["ΟΔΟΣ", "οδος", "Müller", "Muller", "\u{200b}", "\u{2060}"]);
    let mended = repaired(&old);
    let entries = &mended.list(ListKind::Owners).entries;
    let names: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
    let want = ["ΟΔΟΣ", "οδος 2", "Müller", "Muller", "Unnamed", "Unnamed 2"];
    assert_eq!(names, want);
    let ids = |workspace: &Workspace| -> Vec<_> {
        let entries = workspace.list(ListKind::Owners).entries.iter();
        entries.map(|entry| entry.id).collect()
    };
    assert_eq!(ids(&mended), ids(&old), "deals keep their owners");
}

#[test]
fn a_process_whose_stages_have_become_equal_is_not_lost() {
    let mut world = World::new();
    let id = world.workspace.default_process();
    let process = world.workspace.processes.get_mut(&id).unwrap();
    let process: &mut Process = Arc::make_mut(process);
    (process.stages[0].name, process.stages[1].name) = (name("ΟΔΟΣ"), name("οδος"));
    let subs = &mut process.stages[0].sub_stages;
    (subs[0].name, subs[1].name) = (name("Σ"), name("ς"));
    assert!(check(&world.workspace).is_err());
    let mended = repaired(&world.workspace);
    let stages = &mended.processes[&id].stages;
    assert_eq!(stages[1].name.as_str(), "οδος 2");
    assert_eq!(stages[0].sub_stages[1].name.as_str(), "ς 2");
}
