//! Edits of processes that very many deals use (§2.6 and §2.7): the
//! counts that are shown beforehand, and what becomes of every deal.

use std::collections::{BTreeMap, BTreeSet};

use litemap::LiteMap;
use pipewright::domain::change::affected::leaving;
use pipewright::domain::change::command::{Command, Succession};
use pipewright::domain::change::reshape::ProcessMap;
use pipewright::domain::read::impact::impact;
use pipewright::domain::record::check::check;
use pipewright::domain::record::deal::{Deal, Outcome};
use pipewright::domain::record::process::Process;
use pipewright::domain::record::progress::Tick;
use pipewright::domain::record::workspace::Workspace;
use pipewright::domain::value::id::{DealId, ProcessId, SubStageId};
use pipewright::domain::value::money::{Chance, Money};
use pipewright::store::undo::{Step, UndoStack};

use crate::support::desk::Desk;
use crate::support::edits::proposed;
use crate::support::plain::all_briefs;
use crate::support::{World, draft, name};

const LINE: &str = "Plain: Find[a10,b30] Offer[c20,d20] Sign[e20!]\nOther: Find[x10] Late[y90]";

/// Deals in the first process, worth 1,000 each and one cent more than the
/// one before; every one ticks what its number says.
fn many(count: usize, ticks: impl Fn(usize) -> &'static str) -> (Desk, Vec<DealId>) {
    let mut desk = Desk::after(LINE, "");
    let process = desk.process().id;
    for number in 0..count {
        let mut form = draft(&format!("Deal {number:04}"), process);
        form.value = Money::from_minor(100_000 + i64::try_from(number).unwrap());
        desk.world.run(Command::AddDeal(form)).unwrap();
    }
    let blank = desk.id;
    desk.world
        .run(Command::DeleteDeals([blank].into()))
        .unwrap();
    let ids: Vec<DealId> = desk.world.workspace.deals.keys().copied().collect();
    let process = desk.world.process("Plain").clone();
    desk.world.wait(60);
    for (number, deal) in ids.iter().copied().enumerate() {
        for letter in ticks(number).chars() {
            let sub_stage = sub(&process, &letter.to_string());
            let note = format!("{letter} of {number}");
            let tick = Command::Tick {
                deal,
                sub_stage,
                note,
            };
            desk.world.run(tick).unwrap();
        }
    }
    desk.world.wait(60);
    (desk, ids)
}

fn sub(process: &Process, letter: &str) -> SubStageId {
    let mut subs = process.sub_stages().map(|(_, sub)| sub);
    subs.find(|sub| sub.name.as_str() == letter).unwrap().id
}

fn stage_of(workspace: &Workspace, deal: &Deal) -> String {
    let process = &workspace.processes[&deal.process];
    let stage = deal.current_stage(process).id();
    let stage = stage.and_then(|id| process.stage(id));
    stage
        .map(|stage| stage.name.to_string())
        .unwrap_or_default()
}

fn by_stage(workspace: &Workspace) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for deal in workspace.deals.values() {
        *counts.entry(stage_of(workspace, deal)).or_default() += 1;
    }
    counts
}

fn worth(workspace: &Workspace) -> (usize, i64) {
    let values = workspace.deals.values().filter_map(|deal| deal.value);
    (workspace.deals.len(), values.map(Money::minor).sum())
}

type Ticks = BTreeMap<(DealId, ProcessId), LiteMap<SubStageId, Tick>>;

fn ticks(workspace: &Workspace) -> Ticks {
    let deals = workspace.deals.values();
    let all = deals.flat_map(|deal| deal.progress.iter().map(move |p| (deal.id, p)));
    all.map(|(deal, (process, progress))| ((deal, *process), progress.ticks.clone()))
        .collect()
}

/// Does it, takes it back, and sees that nothing is left of it.
fn with_undo(world: &mut World, command: Command, look: impl FnOnce(&World)) {
    let before = world.workspace.clone();
    let name = command.name();
    let changes = world.run(command).unwrap();
    assert_eq!(check(&world.workspace), Ok(()));
    assert_eq!(worth(&world.workspace), worth(&before));
    look(world);
    let mut stack = UndoStack::default();
    stack.push(Step { name, changes });
    stack.undo(&mut world.workspace).unwrap().unwrap();
    assert!(world.workspace == before, "undo restores all");
    stack.redo(&mut world.workspace).unwrap().unwrap();
}

#[test]
fn a_stage_with_500_deals_is_deleted_into_another() {
    // 500 in Offer, 200 in Find, 100 in Sign, all but Find having ticked c.
    let (mut desk, ids) = many(800, |number| match number {
        0..500 => "ac",
        500..700 => "a",
        _ => "ce",
    });
    let other = desk.world.process("Other").id;
    let parked: BTreeSet<DealId> = ids[..50].iter().copied().collect();
    desk.id = ids[50];
    let lost: BTreeSet<DealId> = ids[50..150].iter().copied().collect();
    let closing = desk.closing(Outcome::Lost);
    for command in [
        Command::ChangeProcess {
            deals: parked.clone(),
            process: other,
        },
        Command::Close {
            deals: lost.clone(),
            closing,
        },
    ] {
        desk.world.run(command).unwrap();
    }

    let before = desk.world.process("Plain").clone();
    let mut process = before.clone();
    let offer = process.stages.remove(1);
    let going = leaving(&desk.world.workspace, &before, &process);
    let [part] = going.stages.as_slice() else {
        panic!("{going:?}")
    };
    // The deals in Sign went there through Offer within a moment: a slip.
    let counts = (
        part.affected.open,
        part.affected.closed,
        part.affected.parked,
    );
    assert_eq!((counts, part.standing), ((350, 100, 50), 500));
    let value: i64 = (0..500).map(|number| 100_000 + number).sum();
    assert_eq!(part.affected.value.minor(), i128::from(value));
    let ticked: Vec<_> = going
        .sub_stages
        .iter()
        .map(|sub| sub.affected.deals())
        .collect();
    assert_eq!(ticked, [600]);

    let mut map = proposed(&before, &process);
    assert_eq!(map, ProcessMap::default());
    let refused = Command::ReshapeProcess {
        process: process.clone(),
        map: map.clone(),
    };
    let error = desk.world.run(refused).unwrap_err().to_string();
    assert_eq!(error, "Choose where the deals of “Offer” go.");
    map.stages.insert(offer.id, before.stages[2].id);
    map.sub_stages.insert(sub(&before, "c"), sub(&before, "b"));
    let command = Command::ReshapeProcess { process, map };
    let ticks_before = ticks(&desk.world.workspace);
    with_undo(&mut desk.world, command, |world| {
        let counts = by_stage(&world.workspace);
        // The parked ones stand in the other process's first stage.
        let wanted = [("Find", 250), ("Sign", 550)];
        assert_eq!(counts, wanted.map(|(s, n)| (s.to_owned(), n)).into());
        for (key, before_ticks) in ticks_before {
            let now = &world.deal(key.0).progress[&key.1].ticks;
            let moved = before_ticks.into_iter().map(|(id, tick)| {
                let id = if id == sub(&before, "c") {
                    sub(&before, "b")
                } else {
                    id
                };
                (id, tick)
            });
            assert_eq!(*now, moved.collect());
        }
    });
    let again = Command::ChangeProcess {
        deals: parked.clone(),
        process: before.id,
    };
    desk.world.run(again).unwrap();
    let workspace = &desk.world.workspace;
    let stands = |id: &DealId| stage_of(workspace, &workspace.deals[id]);
    assert!(parked.iter().all(|id| stands(id) == "Sign"));
}

#[test]
fn a_process_of_2_000_deals_is_renamed_reordered_and_reweighed() {
    let all = ["", "a", "ab", "c", "bd", "abcde", "e", "ad"];
    let (mut desk, _) = many(2000, |number| all[number % all.len()]);
    let before = desk.world.process("Plain").clone();
    let mut process = before.clone();
    process.name = name("Plainer");
    process.stages.swap(0, 1);
    process.stages[0].name = name("Quote");
    process.stages[1].sub_stages.reverse();
    process.stages[1].sub_stages[0].name = name("bee");
    process.stages[2].sub_stages[0].weight = 70;

    // What each set of ticks weighs: of 100 before, of 150 after, when e has 70.
    let weights = [("a", 10), ("b", 30), ("c", 20), ("d", 20)];
    let weighs = |set: &str, e: u32, whole: u32| {
        let known = weights.iter().filter(|(letter, _)| set.contains(letter));
        let sum: u32 = known.map(|(_, weight)| weight).sum();
        let sum = sum + if set.contains('e') { e } else { 0 };
        u16::try_from((sum * 2000 + whole) / (whole * 2)).unwrap()
    };
    let quarter = 2000 / all.len();
    let moved_chance = all
        .iter()
        .filter(|set| weighs(set, 20, 100) != weighs(set, 70, 150));
    // Offer is called Quote and comes first: deals without a tick stand there
    // now, and those that ticked in Find are further.
    let stage_before = |set: &str| match set {
        _ if set.contains('e') => "Sign",
        _ if set.contains(['c', 'd']) => "Offer",
        _ => "Find",
    };
    let stage_after = |set: &str| match set {
        _ if set.contains('e') => "Sign",
        _ if set.contains(['a', 'b']) => "Find",
        _ => "Quote",
    };
    let renamed = |stage: &'static str| if stage == "Offer" { "Quote" } else { stage };
    let moved = all
        .iter()
        .filter(|set| renamed(stage_before(set)) != stage_after(set));
    let said = impact(
        &desk.world.workspace,
        &process,
        all_briefs(&desk.world.workspace),
    );
    assert_eq!(said.open_deals, 2000);
    assert_eq!(said.chance_changes, quarter * moved_chance.count());
    assert_eq!(said.stage_changes, quarter * moved.count());
    assert!(said.leaving.is_empty());

    let ticks_before = ticks(&desk.world.workspace);
    with_undo(&mut desk.world, Command::SaveProcess(process), |world| {
        assert!(ticks(&world.workspace) == ticks_before, "the ticks stand");
        let process = world.process("Plainer");
        for (number, deal) in world.workspace.deals.values().enumerate() {
            let set = all[number % all.len()];
            let chance = Chance::from_permille(weighs(set, 70, 150)).unwrap();
            assert_eq!(deal.chance(process), chance, "{set}");
            assert_eq!(stage_of(&world.workspace, deal), stage_after(set), "{set}");
        }
    });
}

#[test]
fn processes_of_the_same_stage_names_merge_without_a_question() {
    let (mut desk, ids) = many(300, |number| if number % 2 == 0 { "ac" } else { "b" });
    let plain = desk.world.process("Plain").clone();
    desk.world.run(Command::DuplicateProcess(plain.id)).unwrap();
    let twin = desk.world.process("Plain (copy)").clone();
    // A third runs through the copy: some ticked the same there, later.
    let there: BTreeSet<DealId> = ids[..100].iter().copied().collect();
    let switch = Command::ChangeProcess {
        deals: there.clone(),
        process: twin.id,
    };
    desk.world.run(switch).unwrap();
    desk.world.wait(30);
    for deal in there.iter().copied() {
        for letter in ["a", "d"] {
            let (sub_stage, note) = (sub(&twin, letter), String::new());
            let tick = Command::Tick {
                deal,
                sub_stage,
                note,
            };
            desk.world.run(tick).unwrap();
        }
    }
    desk.world.wait(30);
    let going = leaving(&desk.world.workspace, &twin, &plain);
    assert_eq!(going.all.open, 100);
    let map = proposed(&twin, &plain);
    assert_eq!((map.stages.len(), map.sub_stages.len()), (3, 5));
    let (from, into) = (twin.id, plain.id);
    let before = desk.world.workspace.clone();
    let command = Command::MergeProcesses(Succession { from, into, map });
    with_undo(&mut desk.world, command, |world| {
        assert!(!world.workspace.processes.contains_key(&from));
        for (number, id) in ids.iter().enumerate() {
            let deal = world.deal(*id);
            let letters: String = deal.progress[&into]
                .ticks
                .keys()
                .map(|tick| plain.sub_stage(*tick).unwrap().1.name.as_str())
                .collect();
            let (own, both) = if number % 2 == 0 {
                ("ac", "acd")
            } else {
                ("b", "abd")
            };
            assert_eq!(letters, if number < 100 { both } else { own });
            assert_eq!(deal.process, into);
            // The earliest tick stands, its note with it.
            let earlier = &before.deals[id].progress[&into].ticks;
            for (id, tick) in earlier {
                assert_eq!(deal.progress[&into].ticks[id], *tick);
            }
        }
    });
}

#[test]
fn what_becomes_required_later_must_be_done_before_winning() {
    let (mut desk, ids) = many(40, |_| "abe");
    let mut process = desk.world.process("Plain").clone();
    process.stages[1].sub_stages[0].required = true;
    let said = impact(
        &desk.world.workspace,
        &process,
        all_briefs(&desk.world.workspace),
    );
    assert_eq!(
        (said.open_deals, said.chance_changes, said.stage_changes),
        (40, 0, 0)
    );
    with_undo(&mut desk.world, Command::SaveProcess(process), |_| {});
    desk.id = ids[7];
    let mut closing = desk.closing(Outcome::Won);
    let deals = BTreeSet::from([ids[7]]);
    let win = |closing| Command::Close {
        deals: deals.clone(),
        closing,
    };
    let error = desk
        .world
        .run(win(closing.clone()))
        .unwrap_err()
        .to_string();
    let words = "Before “Deal 0007” can be won, these must be done: “c”.";
    assert_eq!(error, words);
    closing.ticks = vec![(desk.sub("c"), String::new())];
    with_undo(&mut desk.world, win(closing), |world| {
        let deal = world.deal(ids[7]);
        assert_eq!(deal.outcome(), Some(Outcome::Won));
        assert_eq!(
            world
                .workspace
                .deals
                .values()
                .filter(|d| d.is_open())
                .count(),
            39
        );
    });
}

#[test]
fn a_typed_chance_stands_over_ticks_until_it_is_cleared() {
    let mut desk = Desk::after(LINE, "chance 75");
    for (steps, state) in [
        ("", "Find 75%"),
        ("tick c", "Offer 75% c"),
        ("tick a", "Offer 75% a c"),
        ("chance -", "Offer 30% a c"),
        ("tick b", "Offer 60% a b c"),
    ] {
        desk.play(steps);
        assert_eq!(desk.state(), state);
    }
}
