//! Arbitrary commands. A step is a few numbers and a text; what
//! they ask for is worked out against the world in which the step is taken,
//! so that most commands make sense, some do not, and failures shrink well.

use std::collections::BTreeSet;
use std::sync::Arc;

use pipewright::domain::change::command::{
    Choice, ClosingDraft, Command, CustomerDraft, DealDraft, ImportKind, ListEdit, NextStepDraft,
};
use pipewright::domain::record::deal::{Deal, Outcome};
use pipewright::domain::record::list::ListKind;
use pipewright::domain::record::process::Process;
use pipewright::domain::record::rule::Rule;
use pipewright::domain::record::workspace::{Record, Settings, Workspace};
use pipewright::domain::value::id::{
    CustomerId, DealId, EntryId, ProcessId, RuleId, StageId, SubStageId,
};
use pipewright::domain::value::money::{Chance, Money};
use pipewright::domain::value::text::{MAX_NAME, Name};
use pipewright::domain::value::time::{Date, plus_days};
use proptest::prelude::*;

use super::World;
use super::edits;
use super::worlds::{Shape, process, text};

/// Something that a person asks for, once it meets a world.
#[derive(Debug, Clone)]
pub struct Step {
    kind: usize,
    pub(super) a: u8,
    pub(super) b: u8,
    pub(super) c: u8,
    pub(super) text: String,
    minutes: i64,
}

type Make = fn(&Step, &mut World) -> Command;

/// How often each kind of command is asked for, and how it is made.
const KINDS: [(u32, Make); 43] = [
    (8, |step, world| Command::AddDeal(step.draft(world))),
    (6, |step, world| {
        Command::EditDeal(step.deal(world), step.draft(world))
    }),
    (1, |step, world| Command::DuplicateDeal(step.deal(world))),
    (1, |step, world| {
        Command::DeleteDeals(step.deals(world).into_iter().collect())
    }),
    (20, |step, world| {
        let (deal, sub_stage) = step.deal_and_sub(world);
        Command::Tick {
            deal,
            sub_stage,
            note: step.text.clone(),
        }
    }),
    (8, |step, world| {
        let (deal, sub_stage) = step.deal_and_sub(world);
        Command::Untick { deal, sub_stage }
    }),
    (6, |step, world| {
        let deal = step.deal(world);
        let process = world.workspace.deals.get(&deal).map(|deal| deal.process);
        let stages = process.map(|id| world.workspace.processes[&id].stages.clone());
        let stages = stages.unwrap_or_default().into_iter().map(|stage| stage.id);
        Command::MoveToStage {
            deals: step.deals(world).into_iter().collect(),
            stage: one(stages, step.b),
        }
    }),
    (3, |step, world| {
        let chance = Chance::from_permille(u16::from(step.b) * 5);
        Command::SetChance {
            deal: step.deal(world),
            chance,
        }
    }),
    (10, |step, world| {
        let deals = step.deals(world).into_iter().collect();
        Command::ChangeProcess {
            deals,
            process: step.process(world),
        }
    }),
    (6, |step, world| {
        let deals = step.deals(world).into_iter().collect();
        Command::Close {
            deals,
            closing: step.closing(world),
        }
    }),
    (4, |step, world| {
        Command::Reopen(step.deals(world).into_iter().collect())
    }),
    (2, |step, world| Command::DismissSuggestion {
        deal: step.deal(world),
        process: step.process(world),
    }),
    (3, |step, world| Command::Snooze {
        deals: step.deals(world).into_iter().collect(),
        until: step.maybe(plus_days(world.today(), i64::from(step.b) - 40)),
        reason: step.text.clone(),
    }),
    (5, |step, world| Command::SetNextStep {
        deals: step.deals(world).into_iter().collect(),
        step: step.maybe(step.next_step(world)),
    }),
    (3, |step, world| {
        Command::DoNextStep(step.deals(world).into_iter().collect())
    }),
    (6, |step, world| Command::AddNote {
        deal: step.deal(world),
        text: step.noted(),
    }),
    (3, |step, world| Command::EditNote {
        note: one(world.workspace.notes.keys(), step.a),
        text: step.noted(),
    }),
    (2, |step, world| {
        Command::DeleteNote(one(world.workspace.notes.keys(), step.a))
    }),
    (4, |step, world| Command::SaveRules(step.rules(world))),
    (2, |step, world| Command::AddCustomer(step.customer(world))),
    (2, |step, world| {
        let id = one(world.workspace.customers.keys().copied(), step.a);
        Command::EditCustomer(id, step.customer(world))
    }),
    (1, |step, world| {
        let id = one(world.workspace.customers.keys().copied(), step.a);
        Command::DeleteCustomers([id].into())
    }),
    (6, |step, world| {
        Command::SaveProcess(step.edited_process(world))
    }),
    (4, edits::reshape),
    (2, |step, world| {
        Command::MergeProcesses(edits::succession(step, world))
    }),
    (2, |step, world| {
        Command::ReplaceProcess(edits::succession(step, world))
    }),
    (2, edits::set_up),
    (4, edits::replace_entry),
    (4, edits::bulk),
    (1, |step, world| {
        Command::DuplicateProcess(step.process(world))
    }),
    (2, |step, world| Command::MakeDefault(step.process(world))),
    (3, |step, world| {
        Command::Archive(step.process(world), step.b.is_multiple_of(3))
    }),
    (2, |step, world| Command::DeleteProcess(step.process(world))),
    (2, |step, world| {
        Command::MoveProcess(step.process(world), step.b.into())
    }),
    (3, |step, _| {
        Command::EditList(step.list(), ListEdit::Add(step.text.clone()))
    }),
    (4, |step, world| {
        let (kind, text) = (step.list(), step.text.clone());
        let id = step.entry(world, kind, step.b);
        let change = match step.c % 3 {
            0 => ListEdit::Rename(id, text),
            1 => ListEdit::Delete(id),
            _ => ListEdit::Move(id, step.a.into()),
        };
        Command::EditList(kind, change)
    }),
    (1, |step, _| {
        let codes = ["EUR", "USD", "JPY", "KWD", "XXX", ""];
        Command::SetCurrency(codes[usize::from(step.a) % codes.len()].to_owned())
    }),
    (1, |step, _| Command::SetLocale(step.text.clone())),
    (1, |step, world| {
        Command::SetMe(step.maybe(step.entry(world, ListKind::Owners, step.b)))
    }),
    (2, |step, world| Command::SaveView {
        name: step.text.clone(),
        address: step.address(world),
    }),
    (1, |step, world| {
        Command::DeleteView(one(world.workspace.views.iter().map(|v| v.id), step.a))
    }),
    (2, |step, world| {
        Command::Import(ImportKind::Deals, step.import(world))
    }),
    (1, |step, world| {
        Command::Restore(Box::new(step.backup(world)))
    }),
];

/// One step after some time, which is often short.
pub fn step() -> impl Strategy<Value = Step> {
    let kinds: Vec<usize> = KINDS
        .iter()
        .enumerate()
        .flat_map(|(at, (often, _))| vec![at; *often as usize])
        .collect();
    let minutes = prop_oneof![Just(0i64), 1i64..20, 20i64..100_000];
    (
        prop::sample::select(kinds),
        any::<(u8, u8, u8)>(),
        text(),
        minutes,
    )
        .prop_map(|(kind, (a, b, c), text, minutes)| Step {
            kind,
            a,
            b,
            c,
            text,
            minutes,
        })
}

/// One of the items; one that is not there for high numbers, or where there is none.
pub(super) fn one<T: From<u64>>(items: impl Iterator<Item = T>, at: u8) -> T {
    let mut items: Vec<T> = items.collect();
    if at >= 250 || items.is_empty() {
        return T::from(u64::MAX);
    }
    let place = usize::from(at) % items.len();
    items.swap_remove(place)
}

impl Step {
    /// Lets its time pass and takes its wish to the world.
    pub fn command(&self, world: &mut World) -> Command {
        world.wait(self.minutes);
        KINDS[self.kind].1(self, world)
    }

    pub(super) fn maybe<T>(&self, item: T) -> Option<T> {
        (!self.c.is_multiple_of(4)).then_some(item)
    }

    fn deal(&self, world: &World) -> DealId {
        one(world.workspace.deals.keys().copied(), self.a)
    }

    pub(super) fn deals(&self, world: &World) -> Vec<DealId> {
        let first = self.deal(world);
        let more = self
            .c
            .is_multiple_of(5)
            .then(|| one(world.workspace.deals.keys().copied(), self.b));
        [first].into_iter().chain(more).collect()
    }

    pub(super) fn process(&self, world: &World) -> ProcessId {
        one(world.workspace.processes.keys().copied(), self.b)
    }

    pub(super) fn list(&self) -> ListKind {
        ListKind::ALL[usize::from(self.a) % ListKind::ALL.len()]
    }

    pub(super) fn entry(&self, world: &World, kind: ListKind, at: u8) -> EntryId {
        one(
            world
                .workspace
                .list(kind)
                .entries
                .iter()
                .map(|entry| entry.id),
            at,
        )
    }

    fn choice(&self, world: &World, kind: ListKind) -> Choice<EntryId> {
        match self.c % 3 {
            0 => Choice::None,
            1 => Choice::New(self.text.chars().take(MAX_NAME).collect()),
            _ if world.workspace.list(kind).entries.is_empty() => Choice::None,
            _ => Choice::Existing(self.entry(world, kind, self.b)),
        }
    }

    fn draft(&self, world: &World) -> DealDraft {
        let customers = world.workspace.customers.keys().copied();
        DealDraft {
            name: self.text.clone(),
            customer: match self.b % 3 {
                0 => Choice::None,
                1 => Choice::New(self.text.clone()),
                _ if world.workspace.customers.is_empty() => Choice::None,
                _ => Choice::Existing(one(customers, self.c)),
            },
            segment: self.choice(world, ListKind::Segments),
            category: self.choice(world, ListKind::Categories),
            owner: self.choice(world, ListKind::Owners),
            value: self.maybe(self.value()),
            expected_close: match self.a % 16 {
                0 => Some(Date::constant(3000, 1, 1)),
                1..8 => Some(plus_days(world.today(), i64::from(self.b) - 100)),
                _ => None,
            },
            source: self.choice(world, ListKind::Sources),
            process: self.process(world),
            notes: self.text.repeat(2),
            next_step: self
                .maybe(self.next_step(world))
                .filter(|_| self.b.is_multiple_of(2)),
            carry_over: self.c.is_multiple_of(2),
            dismissed: self.maybe(self.process(world)).into_iter().collect(),
        }
    }

    fn next_step(&self, world: &World) -> NextStepDraft {
        NextStepDraft {
            what: self.text.clone(),
            due: match self.b % 8 {
                0 => Some(Date::constant(3000, 1, 1)),
                1..6 => Some(plus_days(world.today(), i64::from(self.a) - 100)),
                _ => None,
            },
        }
    }

    /// Now and then so long that it fills a page, whatever packs it.
    fn noted(&self) -> String {
        if !self.c.is_multiple_of(6) {
            return self.text.clone();
        }
        let mut seed = u32::from(self.a) << 8 | u32::from(self.b);
        let one = |_| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from_u32(0x4e00 + (seed >> 8) % 0x5200).unwrap()
        };
        (0..4_000).map(one).collect()
    }

    /// That of a view of what is there, or any text.
    fn address(&self, world: &World) -> String {
        if self.a < 64 {
            return self.text.clone();
        }
        let stages = world.workspace.processes.get(&self.process(world));
        let stages = stages.into_iter().flat_map(|process| &process.stages);
        let stages: Vec<StageId> = stages.map(|stage| stage.id).collect();
        let kind = [ListKind::Owners, ListKind::Segments][usize::from(self.a % 2)];
        let list = ["owner", "segment"][usize::from(self.a % 2)];
        let entry = |place: u8| self.entry(world, kind, place);
        let customers = world.workspace.customers.keys().copied();
        let rules = world.workspace.rules.iter().map(|rule| rule.id);
        let several = |values: Vec<String>| {
            // Older ones have one value of a kind.
            let count = if self.b.is_multiple_of(3) {
                1
            } else {
                values.len()
            };
            values[..count.min(values.len())].join(",")
        };
        let mut processes = vec![self.process(world)];
        processes.extend(world.workspace.processes.keys().copied().take(2));
        format!(
            "#/deals/open?process={}&stage={}&{list}={}&customer={}&rule={}",
            several(processes.iter().map(ToString::to_string).collect()),
            several(
                [one(stages.iter().copied(), self.c)]
                    .iter()
                    .chain(&stages)
                    .map(ToString::to_string)
                    .collect()
            ),
            several(vec![
                entry(self.c).to_string(),
                "none".to_owned(),
                entry(self.b).to_string()
            ]),
            one::<CustomerId>(customers, self.c),
            one::<RuleId>(rules, self.c),
        )
    }

    /// Often small, sometimes as large as can be.
    fn value(&self) -> Money {
        let minor = if self.b > 240 {
            100_000_000_000_000
        } else {
            i64::from(self.b) * 12_345
        };
        Money::from_minor(minor).unwrap()
    }

    /// A deal and a sub-stage, mostly of its present process.
    fn deal_and_sub(&self, world: &World) -> (DealId, SubStageId) {
        let id = self.deal(world);
        let deal = world.workspace.deals.get(&id);
        let process = match deal {
            Some(deal) if self.c < 250 => deal.process,
            _ => self.process(world),
        };
        let process = world.workspace.processes.get(&process);
        let subs = process.into_iter().flat_map(|process| process.sub_stages());
        (id, one(subs.map(|(_, sub)| sub.id), self.b))
    }

    fn closing(&self, world: &World) -> ClosingDraft {
        let outcome = Outcome::ALL[usize::from(self.b) % 3];
        let process = world
            .workspace
            .deals
            .get(&self.deal(world))
            .map(|deal| deal.process);
        let process = process.and_then(|id| world.workspace.processes.get(&id));
        let subs = process
            .into_iter()
            .flat_map(|p| p.sub_stages())
            .map(|(_, sub)| sub);
        let required = subs.filter(|sub| sub.required && self.c.is_multiple_of(2));
        ClosingDraft {
            outcome,
            on: plus_days(
                world.today(),
                if self.c > 250 { 1 } else { -i64::from(self.c) },
            ),
            reason: self.maybe(self.entry(world, outcome.reasons(), self.b)),
            comment: self.text.clone(),
            ticks: required.map(|sub| (sub.id, self.text.clone())).collect(),
        }
    }

    fn customer(&self, world: &World) -> CustomerDraft {
        CustomerDraft {
            name: self.text.clone(),
            segment: self.choice(world, ListKind::Segments),
            email: self.text.clone(),
            phone: String::new(),
            notes: self.text.clone(),
        }
    }

    /// A process as a configurator might save it, or should not.
    pub(super) fn edited_process(&self, world: &mut World) -> Process {
        let shape: Shape = vec![
            (None, vec![(self.b % 101, self.c % 8)]),
            (Some(500), vec![(7, 0)]),
        ];
        let mut new = process(world, "New", &shape);
        new.name = Name::clamped(&self.text, MAX_NAME, "New");
        let Some(old) = world.workspace.processes.get(&self.process(world)).cloned() else {
            return new;
        };
        let mut edited = Process::clone(&old);
        let place = usize::from(self.c) % edited.stages.len().max(1);
        let added = new.stages.remove(0);
        match (self.a % 10, edited.stages.get_mut(place)) {
            (0, _) => edited.name = new.name,
            (1, _) => edited.stages.reverse(),
            (2, Some(_)) => drop(edited.stages.remove(place)),
            (3, Some(stage)) => stage
                .sub_stages
                .iter_mut()
                .for_each(|sub| sub.weight = self.c),
            (4, Some(stage)) => stage.sub_stages.clear(),
            (5, Some(stage)) => stage.name = new.name,
            (6, Some(stage)) => stage.sub_stages.extend(added.sub_stages),
            (7, _) => edited.stages.insert(place.min(edited.stages.len()), added),
            (8, _) => edited.archived = !edited.archived,
            _ => {
                new.stages.push(added);
                new.stages
                    .extend(old.stages.first().filter(|_| self.c > 128).cloned());
                return new;
            }
        }
        edited
    }

    /// Rules as the page might save them, or should not.
    fn rules(&self, world: &mut World) -> Vec<Rule> {
        let mut rules = Vec::clone(&world.workspace.rules);
        rules.truncate(usize::from(self.a % 4));
        let entries = |kind| {
            let id = self.entry(world, kind, self.c);
            let known = world.workspace.list(kind).get(id).is_some();
            (known || self.b > 220).then_some(id).into_iter().collect()
        };
        let rule = Rule {
            id: RuleId(0),
            segments: entries(ListKind::Segments),
            categories: BTreeSet::new(),
            owners: entries(ListKind::Owners),
            value_at_least: self.maybe(self.value()),
            value_below: (self.a > 128).then(|| Money::from_minor(2_000_000).unwrap()),
            then: self.process(world),
        };
        let id = world.fresh();
        rules.push(Rule { id, ..rule });
        rules
    }

    /// Records of a file, some of which fit nowhere.
    fn import(&self, world: &mut World) -> Vec<Record> {
        let template = world.workspace.deals.get(&self.deal(world)).cloned();
        let Some(template) = template else {
            let settings = Settings {
                currency: "XXX".into(),
                locale: String::new(),
                me: None,
            };
            return vec![Record::Settings(Arc::new(settings))];
        };
        let mut deal = Deal::clone(&template);
        deal.id = world.fresh();
        match self.b % 5 {
            0 => deal.process = ProcessId(u64::MAX),
            1 => deal.customer = Some(one(std::iter::empty(), 0)),
            2 => return vec![Record::Process(Arc::new(self.edited_process(world)))],
            _ => {}
        }
        vec![Record::Deal(Arc::new(deal))]
    }

    fn backup(&self, world: &World) -> Workspace {
        let mut backup = world.workspace.clone();
        match self.b % 4 {
            0 => backup.processes.clear(),
            1 => backup.customers.clear(),
            2 => backup.deals.clear(),
            _ => backup = World::new().workspace,
        }
        backup
    }
}
