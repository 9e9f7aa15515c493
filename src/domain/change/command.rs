//! Everything a person can ask for that changes data.

use std::collections::BTreeSet;

use crate::domain::change::bulk::BulkChange;
use crate::domain::change::reshape::ProcessMap;
use crate::domain::change::set_up::SetUp;
use crate::domain::record::deal::Outcome;
use crate::domain::record::list::ListKind;
use crate::domain::record::process::Process;
use crate::domain::record::rule::Rule;
use crate::domain::record::workspace::{Record, Workspace};
use crate::domain::value::id::{
    CustomerId, DealId, EntryId, IdSource, NoteId, ProcessId, StageId, SubStageId, ViewId,
};
use crate::domain::value::money::{Chance, Money};
use crate::domain::value::time::{Date, Moment};

/// What the outside lends to one command: the time and new ids.
#[derive(Debug)]
pub struct Context<'a> {
    /// The moment.
    pub now: Moment,
    /// The civil date where the person is.
    pub today: Date,
    /// Where new ids come from.
    pub ids: &'a mut IdSource,
}

/// An existing thing, a new one by name, or none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Choice<Id> {
    /// None.
    #[default]
    None,
    /// One that exists.
    Existing(Id),
    /// A new one of this name; where one of that name exists already, that one.
    New(String),
}

impl<Id> From<Option<Id>> for Choice<Id> {
    fn from(id: Option<Id>) -> Self {
        id.map_or(Self::None, Self::Existing)
    }
}

/// What a deal form holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DealDraft {
    /// The name.
    pub name: String,
    /// The customer.
    pub customer: Choice<CustomerId>,
    /// The segment of a new customer; of no effect otherwise.
    pub segment: Choice<EntryId>,
    /// The category.
    pub category: Choice<EntryId>,
    /// The owner.
    pub owner: Choice<EntryId>,
    /// The value.
    pub value: Option<Money>,
    /// The expected close.
    pub expected_close: Option<Date>,
    /// The source.
    pub source: Choice<EntryId>,
    /// The process.
    pub process: ProcessId,
    /// The notes.
    pub notes: String,
    /// The next step; none drops the one that is there.
    pub next_step: Option<NextStepDraft>,
    /// Where it changes the process: ticks of the same sub-stages come along.
    pub carry_over: bool,
    /// Processes whose suggestion was dismissed on the form.
    pub dismissed: BTreeSet<ProcessId>,
}

/// What is typed as the next step of a deal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextStepDraft {
    /// What is to be done.
    pub what: String,
    /// By when.
    pub due: Option<Date>,
}

/// What a customer form holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CustomerDraft {
    /// The name.
    pub name: String,
    /// The segment.
    pub segment: Choice<EntryId>,
    /// The e-mail address.
    pub email: String,
    /// The telephone number.
    pub phone: String,
    /// The notes.
    pub notes: String,
}

/// How deals are closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosingDraft {
    /// Won, lost or outdated.
    pub outcome: Outcome,
    /// The date, not in the future.
    pub on: Date,
    /// The reason; must be given for lost and outdated unless the list is empty.
    pub reason: Option<EntryId>,
    /// The comment.
    pub comment: String,
    /// Sub-stages to tick first, with their notes.
    pub ticks: Vec<(SubStageId, String)>,
}

/// A change of one of the short lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListEdit {
    /// Adds an entry at the end.
    Add(String),
    /// Renames an entry.
    Rename(EntryId, String),
    /// Deletes an entry that nothing uses.
    Delete(EntryId),
    /// Deletes an entry and puts another, or none, in its place.
    Replace(EntryId, Option<EntryId>),
    /// Moves an entry to a place, counted from 0.
    Move(EntryId, usize),
}

/// A process that goes, and the one that takes its deals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Succession {
    /// The process that goes.
    pub from: ProcessId,
    /// The process that takes its deals.
    pub into: ProcessId,
    /// Which stage and sub-stage takes over from which.
    pub map: ProcessMap,
}

/// Where imported records come from; names the step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportKind {
    /// A file of deals.
    Deals,
    /// A file of customers.
    Customers,
    /// The sample data.
    Sample,
}

/// Everything a person can ask for that changes data.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Adds a deal.
    AddDeal(DealDraft),
    /// Changes a deal; changes its process where the draft names another.
    EditDeal(DealId, DealDraft),
    /// Adds a deal like another, without its progress.
    DuplicateDeal(DealId),
    /// Deletes deals.
    DeleteDeals(BTreeSet<DealId>),
    /// Ticks a sub-stage of the present process.
    Tick {
        /// The deal.
        deal: DealId,
        /// The sub-stage.
        sub_stage: SubStageId,
        /// What to note; may be empty unless the sub-stage asks for a note.
        note: String,
    },
    /// Unticks a sub-stage of the present process.
    Untick {
        /// The deal.
        deal: DealId,
        /// The sub-stage.
        sub_stage: SubStageId,
    },
    /// Moves deals to a stage of the present process of each (§3.5).
    MoveToStage {
        /// The deals.
        deals: BTreeSet<DealId>,
        /// The stage.
        stage: StageId,
    },
    /// Types a chance, or clears it.
    SetChance {
        /// The deal.
        deal: DealId,
        /// The chance; none clears it.
        chance: Option<Chance>,
    },
    /// Lets deals go on in another process.
    ChangeProcess {
        /// The deals.
        deals: BTreeSet<DealId>,
        /// The process.
        process: ProcessId,
    },
    /// Changes one field of many deals.
    BulkEdit {
        /// The deals.
        deals: BTreeSet<DealId>,
        /// The field and what it becomes.
        change: BulkChange,
    },
    /// Dismisses the suggestion of a process for a deal.
    DismissSuggestion {
        /// The deal.
        deal: DealId,
        /// The process.
        process: ProcessId,
    },
    /// Snoozes deals: they do not count as stale before that date (§6.5).
    Snooze {
        /// The deals.
        deals: BTreeSet<DealId>,
        /// Until when; none ends the snooze.
        until: Option<Date>,
        /// Why; may be empty.
        reason: String,
    },
    /// Sets or changes the next step of open deals, or drops it (§13.1).
    SetNextStep {
        /// The deals.
        deals: BTreeSet<DealId>,
        /// What is to be done; none drops what was.
        step: Option<NextStepDraft>,
    },
    /// Takes the next step of deals away because it is done.
    DoNextStep(BTreeSet<DealId>),
    /// Notes something on a deal (§13.2).
    AddNote {
        /// The deal.
        deal: DealId,
        /// What to note.
        text: String,
    },
    /// Changes what was noted; the moment stays.
    EditNote {
        /// The noted entry.
        note: NoteId,
        /// What it says from now on.
        text: String,
    },
    /// Deletes a noted entry.
    DeleteNote(NoteId),
    /// Replaces the rules that suggest a process.
    SaveRules(Vec<Rule>),
    /// Closes deals.
    Close {
        /// The deals.
        deals: BTreeSet<DealId>,
        /// How.
        closing: ClosingDraft,
    },
    /// Reopens deals.
    Reopen(BTreeSet<DealId>),
    /// Adds a customer.
    AddCustomer(CustomerDraft),
    /// Changes a customer.
    EditCustomer(CustomerId, CustomerDraft),
    /// Deletes customers; their deals stay, without a customer.
    DeleteCustomers(BTreeSet<CustomerId>),
    /// Adds a process or replaces the one of that id, as the configurator's
    /// draft says. New stages and sub-stages bring fresh ids.
    SaveProcess(Process),
    /// Replaces a process by one that lacks stages or sub-stages which deals
    /// use, and brings the deals to where the map says.
    ReshapeProcess {
        /// The process as it shall be.
        process: Process,
        /// Where what goes leads to.
        map: ProcessMap,
    },
    /// Merges a process into another: the earliest tick of a sub-stage stands.
    MergeProcesses(Succession),
    /// Deletes a process that deals use, by merging it into another.
    ReplaceProcess(Succession),
    /// Adds a copy of a process, with ids of its own.
    DuplicateProcess(ProcessId),
    /// Makes a process the default.
    MakeDefault(ProcessId),
    /// Archives a process, or takes it back from there.
    Archive(ProcessId, bool),
    /// Deletes a process that no deal and no rule uses.
    DeleteProcess(ProcessId),
    /// Moves a process to a place in the list, counted from 0.
    MoveProcess(ProcessId, usize),
    /// Sets up several processes and the rules that choose among them.
    SetUpProcesses(SetUp),
    /// Changes one of the short lists.
    EditList(ListKind, ListEdit),
    /// Changes the currency.
    SetCurrency(String),
    /// Changes the language and region; empty means the browser's.
    SetLocale(String),
    /// Changes who the user is.
    SetMe(Option<EntryId>),
    /// Saves a view; one of that name is replaced.
    SaveView {
        /// Its name.
        name: String,
        /// Its address.
        address: String,
    },
    /// Deletes a saved view.
    DeleteView(ViewId),
    /// Adds and replaces records that were read from a file.
    Import(ImportKind, Vec<Record>),
    /// Replaces everything by a backup.
    Restore(Box<Workspace>),
}

impl Command {
    /// The name of the step, for Undo and Redo.
    pub fn name(&self) -> &'static str {
        match self {
            Self::AddDeal(_) => "Add deal",
            Self::EditDeal(..) => "Edit deal",
            Self::DuplicateDeal(_) => "Duplicate deal",
            Self::DeleteDeals(deals) if deals.len() > 1 => "Delete deals",
            Self::DeleteDeals(_) => "Delete deal",
            Self::Tick { .. } => "Tick sub-stage",
            Self::Untick { .. } => "Untick sub-stage",
            Self::MoveToStage { .. } => "Move to stage",
            Self::SetChance {
                chance: Some(_), ..
            } => "Set chance",
            Self::SetChance { chance: None, .. } => "Clear chance",
            Self::ChangeProcess { .. } => "Change sales process",
            Self::BulkEdit { change, .. } => match change {
                BulkChange::Owner(_) => "Change owner",
                BulkChange::Category(_) => "Change category",
                BulkChange::ExpectedClose(_) => "Change expected close",
            },
            Self::DismissSuggestion { .. } => "Dismiss suggestion",
            Self::Snooze { until: Some(_), .. } => "Snooze",
            Self::Snooze { until: None, .. } => "End snooze",
            Self::SetNextStep { step: Some(_), .. } => "Set next step",
            Self::SetNextStep { step: None, .. } => "Drop next step",
            Self::DoNextStep(_) => "Do next step",
            Self::AddNote { .. } => "Add note",
            Self::EditNote { .. } => "Edit note",
            Self::DeleteNote(_) => "Delete note",
            Self::SaveRules(_) => "Save rules",
            Self::Close { closing, .. } => match closing.outcome {
                Outcome::Won => "Mark as won",
                Outcome::Lost => "Mark as lost",
                Outcome::Outdated => "Mark as outdated",
            },
            Self::Reopen(_) => "Reopen",
            Self::AddCustomer(_) => "Add customer",
            Self::EditCustomer(..) => "Edit customer",
            Self::DeleteCustomers(customers) if customers.len() > 1 => "Delete customers",
            Self::DeleteCustomers(_) => "Delete customer",
            Self::SaveProcess(_) | Self::ReshapeProcess { .. } => "Save process",
            Self::MergeProcesses(_) => "Merge processes",
            Self::DuplicateProcess(_) => "Duplicate process",
            Self::MakeDefault(_) => "Make default",
            Self::Archive(_, true) => "Archive process",
            Self::Archive(_, false) => "Unarchive process",
            Self::DeleteProcess(_) | Self::ReplaceProcess(_) => "Delete process",
            Self::MoveProcess(..) => "Move process",
            Self::SetUpProcesses(plan) => match plan.processes.len() {
                2 => "Set up 2 processes",
                3 => "Set up 3 processes",
                4 => "Set up 4 processes",
                5 => "Set up 5 processes",
                _ => "Set up processes",
            },
            Self::EditList(_, ListEdit::Add(_)) => "Add entry",
            Self::EditList(_, ListEdit::Rename(..)) => "Rename entry",
            Self::EditList(_, ListEdit::Delete(_) | ListEdit::Replace(..)) => "Delete entry",
            Self::EditList(_, ListEdit::Move(..)) => "Move entry",
            Self::SetCurrency(_) => "Change currency",
            Self::SetLocale(_) => "Change language and region",
            Self::SetMe(_) => "Change who I am",
            Self::SaveView { .. } => "Save view",
            Self::DeleteView(_) => "Delete view",
            Self::Import(ImportKind::Deals, _) => "Import deals",
            Self::Import(ImportKind::Customers, _) => "Import customers",
            Self::Import(ImportKind::Sample, _) => "Load sample data",
            Self::Restore(_) => "Restore backup",
        }
    }
}
