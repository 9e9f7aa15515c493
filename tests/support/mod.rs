//! What the tests of the domain share: a world in which commands run, a desk
//! for short scripts, and strategies for arbitrary worlds and commands.

pub mod desk;
pub mod edits;
pub mod plain;
pub mod steps;
pub mod worlds;

use pipewright::domain::change::apply::apply;
use pipewright::domain::change::command::{
    Choice, Command, Context, DealDraft, ListEdit, NextStepDraft,
};
use pipewright::domain::record::deal::Deal;
use pipewright::domain::record::list::ListKind;
use pipewright::domain::record::process::Process;
use pipewright::domain::record::workspace::{Changes, Workspace};
use pipewright::domain::start::templates::new_workspace;
use pipewright::domain::value::error::DomainError;
use pipewright::domain::value::field::FieldName;
use pipewright::domain::value::id::{DealId, EntryId, IdSource, ProcessId};
use pipewright::domain::value::text::Name;
use pipewright::domain::value::time::{Date, Moment, Now, plus_days};

/// A workspace with a clock and ids of its own.
#[derive(Clone)]
pub struct World {
    pub workspace: Workspace,
    pub now: Moment,
    ids: IdSource,
}

impl std::fmt::Debug for World {
    /// Short, since a failed law prints the world it began with.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for process in self.workspace.processes_in_order() {
            write!(f, "{}:", process.name)?;
            for stage in &process.stages {
                write!(
                    f,
                    " {}{:?}[",
                    stage.name,
                    stage.chance.map(|chance| chance.permille())
                )?;
                for sub in &stage.sub_stages {
                    write!(f, "{}{}, ", sub.weight, if sub.required { "!" } else { "" })?;
                }
                write!(f, "]")?;
            }
            writeln!(f)?;
        }
        write!(f, "{} deals", self.workspace.deals.len())
    }
}

impl World {
    /// A new account, on a Monday at noon.
    pub fn new() -> Self {
        let mut ids = IdSource::starting_at(1);
        let workspace = new_workspace(&mut ids);
        Self {
            workspace,
            now: Moment::noon_of(Date::constant(2026, 3, 2)),
            ids,
        }
    }

    /// A world over a workspace, with ids that start somewhere.
    #[allow(dead_code, reason = "the tests of several tabs use it")]
    pub fn over(workspace: Workspace, now: Moment, first_id: u64) -> Self {
        let ids = IdSource::starting_at(first_id);
        Self {
            workspace,
            now,
            ids,
        }
    }

    pub fn today(&self) -> Date {
        plus_days(Date::constant(1970, 1, 1), self.now.0.div_euclid(24 * 60))
    }

    /// The moment and its date.
    pub fn here(&self) -> Now {
        Now {
            moment: self.now,
            today: self.today(),
        }
    }

    pub fn wait(&mut self, minutes: i64) {
        self.now = self.now.plus_minutes(minutes);
    }

    pub fn run(&mut self, command: Command) -> Result<Changes, DomainError> {
        let today = self.today();
        let mut context = Context {
            now: self.now,
            today,
            ids: &mut self.ids,
        };
        apply(&mut self.workspace, command, &mut context)
    }

    /// What is asked of the workspace with the time and fresh ids.
    #[allow(dead_code, reason = "not every suite asks")]
    pub fn ask<T>(&mut self, question: impl FnOnce(&Workspace, &mut Context<'_>) -> T) -> T {
        let today = self.today();
        let mut context = Context {
            now: self.now,
            today,
            ids: &mut self.ids,
        };
        question(&self.workspace, &mut context)
    }

    pub fn fresh<Id: From<u64>>(&mut self) -> Id {
        self.ids.fresh()
    }

    /// The process of that name.
    pub fn process(&self, name: &str) -> &Process {
        let mut all = self.workspace.processes.values();
        all.find(|process| process.name.as_str() == name)
            .unwrap_or_else(|| panic!("no {name}"))
    }

    pub fn deal(&self, id: DealId) -> &Deal {
        &self.workspace.deals[&id]
    }

    /// The deal named so.
    pub fn deal_named(&self, name: &str) -> &Deal {
        let mut all = self.workspace.deals.values();
        all.find(|deal| deal.name.as_str() == name)
            .unwrap_or_else(|| panic!("no {name}"))
    }

    /// Adds a deal and returns its id.
    pub fn add(&mut self, draft: DealDraft) -> DealId {
        let before: Vec<DealId> = self.workspace.deals.keys().copied().collect();
        self.run(Command::AddDeal(draft)).unwrap();
        *self
            .workspace
            .deals
            .keys()
            .find(|id| !before.contains(id))
            .unwrap()
    }

    /// Adds an entry to a list and returns its id.
    pub fn entry(&mut self, kind: ListKind, name: &str) -> EntryId {
        self.run(Command::EditList(kind, ListEdit::Add(name.to_owned())))
            .unwrap();
        self.workspace.list(kind).find(name).unwrap().id
    }
}

/// A deal form with nothing but a name and a process.
pub fn draft(name: &str, process: ProcessId) -> DealDraft {
    DealDraft {
        name: name.to_owned(),
        customer: Choice::None,
        segment: Choice::None,
        category: Choice::None,
        owner: Choice::None,
        value: None,
        expected_close: None,
        source: Choice::None,
        process,
        notes: String::new(),
        next_step: None,
        carry_over: false,
        dismissed: Default::default(),
    }
}

/// A deal form as it opens for a deal.
pub fn form_of(deal: &Deal) -> DealDraft {
    DealDraft {
        name: deal.name.to_string(),
        customer: deal.customer.into(),
        segment: Choice::None,
        category: deal.category.into(),
        owner: deal.owner.into(),
        value: deal.value,
        expected_close: deal.expected_close,
        source: deal.source.into(),
        process: deal.process,
        notes: deal.notes.clone(),
        next_step: deal.next_step.as_ref().map(|step| NextStepDraft {
            what: step.what.to_string(),
            due: step.due,
        }),
        carry_over: false,
        dismissed: Default::default(),
    }
}

pub fn name(text: &str) -> Name {
    Name::new(text, FieldName::AnyName).unwrap()
}
