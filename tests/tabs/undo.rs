//! Undo while another tab works on the same: a step that would overwrite what
//! the other has done is refused, and the other steps remain (§9).

use std::collections::BTreeMap;

use pipewright::domain::change::command::{Command, Succession};
use pipewright::domain::change::reshape::ProcessMap;
use pipewright::domain::record::check::check;
use pipewright::domain::record::workspace::{Change, Changes, Key, Record, Workspace};
use pipewright::domain::value::error::DomainError;
use pipewright::domain::value::id::DealId;
use pipewright::store::undo::{Step, UndoStack};

use super::browser::Browser;
use super::support::desk::process;
use super::support::{World, draft, form_of};

/// Two tabs; the first one remembers its steps.
struct Pair {
    browser: Browser,
    steps: UndoStack,
}

fn records(workspace: &Workspace) -> BTreeMap<Key, Record> {
    let records = workspace.records();
    records.map(|record| (record.key(), record)).collect()
}

impl Pair {
    /// With a process `Sales: Find[a10,b20] Offer[c20]`, another one, and two
    /// deals, Chairs in Offer and Lamps.
    fn new() -> Self {
        let mut pair = Self {
            browser: Browser::new(2, true, false),
            steps: UndoStack::default(),
        };
        for line in ["Sales: Find[a10,b20] Offer[c20]", "Large: Plan[x10]"] {
            pair.first(|world| Command::SaveProcess(process(world, line)));
        }
        for name in ["Chairs", "Lamps"] {
            pair.first(|world| Command::AddDeal(draft(name, world.process("Sales").id)));
        }
        pair.first(|world| tick(world, "Chairs", "c"));
        pair.meet();
        pair.steps.clear();
        pair
    }

    fn workspace(&mut self) -> &Workspace {
        &self.browser.tab(0).world.workspace
    }

    /// A step of the first tab.
    fn first(&mut self, make: impl FnOnce(&mut World) -> Command) {
        let before = records(self.workspace());
        let mut name = "";
        assert!(self.browser.run(0, |world| {
            let command = make(world);
            name = command.name();
            command
        }));
        let after = records(self.workspace());
        let keys = before.keys().chain(after.keys());
        let mut changes: Vec<Change> = keys
            .filter(|key| before.get(key) != after.get(key))
            .map(|key| Change {
                key: *key,
                before: before.get(key).cloned(),
                after: after.get(key).cloned(),
            })
            .collect();
        changes.sort_by_key(|change| change.key);
        changes.dedup_by_key(|change| change.key);
        let changes = Changes(changes);
        self.steps.push(Step { name, changes });
        self.browser.now_ms += 10;
    }

    /// A step of the other tab, of which both have heard then.
    fn other(&mut self, make: impl FnOnce(&mut World) -> Command) {
        self.meet();
        assert!(self.browser.run(1, make));
        self.meet();
        self.steps.share();
    }

    fn meet(&mut self) {
        self.browser.now_ms += 10;
        self.browser.check();
    }

    fn undo(&mut self) -> Result<&'static str, DomainError> {
        let world = &mut self.browser.tab(0).world;
        let before = world.workspace.clone();
        let undone = self.steps.undo(&mut world.workspace).unwrap();
        assert_eq!(check(&world.workspace), Ok(()));
        if undone.is_err() {
            assert_eq!(world.workspace, before, "a refused step changes nothing");
        }
        undone.map(|step| step.name)
    }

    fn redo(&mut self) -> Result<&'static str, DomainError> {
        let world = &mut self.browser.tab(0).world;
        let redone = self.steps.redo(&mut world.workspace).unwrap();
        redone.map(|step| step.name)
    }
}

fn id_of(world: &World, deal: &str) -> DealId {
    world.deal_named(deal).id
}

fn tick(world: &World, deal: &str, sub: &str) -> Command {
    let deal = world.deal_named(deal);
    let process = &world.workspace.processes[&deal.process];
    let mut subs = process.sub_stages().map(|(_, sub)| sub);
    Command::Tick {
        deal: deal.id,
        sub_stage: subs.find(|known| known.name.as_str() == sub).unwrap().id,
        note: String::new(),
    }
}

fn rename(world: &World, deal: &str, to: &str) -> Command {
    let deal = world.deal_named(deal);
    let mut form = form_of(deal);
    form.name = to.to_owned();
    Command::EditDeal(deal.id, form)
}

/// Deletes the stage Offer; its deals go to Find.
fn delete_offer(world: &World) -> Command {
    let before = world.process("Sales");
    let mut process = before.clone();
    let offer = process.stages.pop().unwrap();
    let mut map = ProcessMap::default();
    map.stages.insert(offer.id, before.stages[0].id);
    Command::ReshapeProcess { process, map }
}

#[test]
fn a_deleted_stage_stays_deleted_where_the_other_tab_works_on_its_deals() {
    let mut pair = Pair::new();
    pair.first(|world| rename(world, "Lamps", "Ten lamps"));
    pair.first(|world| delete_offer(world));
    pair.other(|world| tick(world, "Chairs", "b"));
    assert_eq!(pair.undo(), Err(DomainError::Stale));
    let world = &pair.browser.tab(0).world;
    assert_eq!(world.process("Sales").stages.len(), 1);
    let chairs = world.deal_named("Chairs");
    assert_eq!(chairs.progress[&chairs.process].ticks.len(), 1);
    // The step before it remains, and says so.
    let next = pair
        .steps
        .undo_that_goes(&pair.browser.tab(0).world.workspace);
    assert_eq!(next, Some("Edit deal"));
    assert_eq!(pair.undo(), Ok("Edit deal"));
    let world = &pair.browser.tab(0).world;
    world.deal_named("Lamps");
    assert_eq!(pair.steps.next_undo(), None);
}

#[test]
fn a_deleted_stage_comes_back_where_the_other_tab_worked_on_something_else() {
    let mut pair = Pair::new();
    pair.first(|world| delete_offer(world));
    pair.other(|world| rename(world, "Lamps", "Ten lamps"));
    assert_eq!(pair.undo(), Ok("Save process"));
    let world = &pair.browser.tab(0).world;
    assert_eq!(world.process("Sales").stages.len(), 2);
    let chairs = world.deal_named("Chairs");
    let offer = world.process("Sales").stages[1].id;
    let stage = chairs.current_stage(world.process("Sales")).id();
    assert_eq!(stage, Some(offer));
    world.deal_named("Ten lamps");
}

#[test]
fn a_process_that_the_other_tab_has_put_deals_into_is_not_taken_back() {
    let mut pair = Pair::new();
    pair.first(|world| Command::SaveProcess(process(world, "Renewal: Ask[a1]")));
    pair.other(|world| Command::AddDeal(draft("Desks", world.process("Renewal").id)));
    assert_eq!(pair.undo(), Err(DomainError::Stale));
    pair.browser.tab(0).world.process("Renewal");
}

#[test]
fn a_merge_is_not_taken_back_over_a_deal_that_the_other_tab_works_on() {
    let mut pair = Pair::new();
    pair.first(|world| {
        let (before, after) = (world.process("Sales"), world.process("Large"));
        let mut map = ProcessMap::default();
        for stage in &before.stages {
            map.stages.insert(stage.id, after.stages[0].id);
        }
        let (from, into) = (before.id, after.id);
        Command::MergeProcesses(Succession { from, into, map })
    });
    pair.other(|world| tick(world, "Lamps", "x"));
    assert_eq!(pair.undo(), Err(DomainError::Stale));
    let world = &pair.browser.tab(0).world;
    assert_eq!(
        world.deal_named("Chairs").process,
        world.process("Large").id
    );
}

#[test]
fn an_edit_of_a_process_is_not_taken_back_over_a_later_one() {
    let mut pair = Pair::new();
    pair.first(|world| delete_offer(world));
    pair.other(|world| {
        let mut sales = world.process("Sales").clone();
        sales.stages[0].sub_stages[0].weight = 99;
        Command::SaveProcess(sales)
    });
    assert_eq!(pair.undo(), Err(DomainError::Stale));
    let world = &pair.browser.tab(0).world;
    assert_eq!(world.process("Sales").stages[0].sub_stages[0].weight, 99);
}

#[test]
fn a_bulk_step_is_refused_whole_and_redo_never_overwrites() {
    let mut pair = Pair::new();
    pair.first(|world| Command::ChangeProcess {
        deals: [id_of(world, "Chairs"), id_of(world, "Lamps")].into(),
        process: world.process("Large").id,
    });
    assert_eq!(pair.undo(), Ok("Change sales process"));
    // What is undone here must reach the other tab before it works on.
    let mut again = Pair::new();
    again.first(|world| Command::ChangeProcess {
        deals: [id_of(world, "Chairs"), id_of(world, "Lamps")].into(),
        process: world.process("Large").id,
    });
    again.other(|world| rename(world, "Lamps", "Ten lamps"));
    assert_eq!(again.undo(), Err(DomainError::Stale));
    let world = &again.browser.tab(0).world;
    assert_eq!(
        world.deal_named("Chairs").process,
        world.process("Large").id
    );

    let changed = pair.browser.tab(0);
    let lamps = rename(&changed.world, "Lamps", "Ten lamps");
    changed.world.run(lamps).unwrap();
    assert_eq!(pair.redo(), Err(DomainError::Stale));
    let world = &pair.browser.tab(0).world;
    assert_eq!(
        world.deal_named("Ten lamps").process,
        world.process("Sales").id
    );
    assert_eq!(pair.steps.next_redo(), None);
}
