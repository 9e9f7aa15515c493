//! The guide to several processes: what a person has answered so far, right or
//! wrong, and what follows from it. It asks in the order in which one should
//! think: what decides, the processes for it, which for what, the result.

mod outcome;
mod proposals;
mod read;

use std::sync::Arc;

use litemap::LiteMap;

use crate::domain::change::set_up::Standing;
use crate::domain::record::list::ListKind;
use crate::domain::record::process::Process;
use crate::domain::record::workspace::{Setup, Workspace};
use crate::domain::start::templates::Template;
use crate::domain::value::error::DomainError;
use crate::domain::value::id::{EntryId, ProcessId};
use crate::domain::value::text::{Name, name_key};

pub use outcome::{Branch, Outcome, RuleInWords};
pub use read::{Place, Problems};

/// A step of the guide.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// By what one tells which process a deal needs.
    #[default]
    Decider,
    /// The processes.
    Processes,
    /// What leads to which of them.
    Leads,
    /// What comes of it.
    Outcome,
}

impl Step {
    /// Every step, in order.
    pub const ALL: [Self; 4] = [Self::Decider, Self::Processes, Self::Leads, Self::Outcome];

    /// Its name.
    pub fn title(self) -> &'static str {
        match self {
            Self::Decider => "What decides",
            Self::Processes => "Processes",
            Self::Leads => "Which for what",
            Self::Outcome => "Result",
        }
    }
}

/// What decides which process a deal needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decider {
    /// The customer's segment.
    Segment,
    /// The category.
    Category,
    /// The value.
    Value,
    /// The owner.
    Owner,
    /// How the deal began. Nothing on the form says so, and no rule can ask
    /// for it: whoever adds the deal chooses.
    Beginning,
}

impl Decider {
    /// Everything that can decide, in the order it is offered.
    pub const ALL: [Self; 5] = [
        Self::Segment,
        Self::Category,
        Self::Value,
        Self::Owner,
        Self::Beginning,
    ];

    /// Its name.
    pub fn title(self) -> &'static str {
        match self {
            Self::Segment => "The customer's segment",
            Self::Category => "The category",
            Self::Value => "The value",
            Self::Owner => "The owner",
            Self::Beginning => "How the deal began",
        }
    }

    /// When it is the right one.
    pub fn summary(self) -> &'static str {
        match self {
            Self::Segment => "Who buys makes the difference: other people to win, other questions.",
            Self::Category => "What is sold makes the difference: another product, another way.",
            Self::Value => "Large deals are worth steps that small ones can't bear.",
            Self::Owner => "Who sells makes the difference: teams with ways of their own.",
            Self::Beginning => {
                "You went to them, or they came to you. Whoever adds the deal chooses."
            }
        }
    }

    /// An example of it.
    pub fn example(self) -> &'static str {
        match self {
            Self::Segment => "Corporations: Key accounts. Shops: Default.",
            Self::Category => "Maintenance contracts: Renewal. Machines: Default.",
            Self::Value => "From 20,000: Key accounts. Below: Default.",
            Self::Owner => "Inside sales: Offer inquiry. Field sales: Active sales.",
            Self::Beginning => "A first call: Active sales. A request: Offer inquiry.",
        }
    }

    /// The list whose entries decide; none where there is none.
    pub fn list(self) -> Option<ListKind> {
        match self {
            Self::Segment => Some(ListKind::Segments),
            Self::Category => Some(ListKind::Categories),
            Self::Owner => Some(ListKind::Owners),
            Self::Value | Self::Beginning => None,
        }
    }
}

/// Where a process of the guide comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// It is there, and is used as it is.
    Existing(ProcessId),
    /// A copy of one that is there.
    CopyOf(ProcessId),
    /// A template.
    Template(Template),
    /// Nothing: it has no stages yet.
    Empty,
}

/// A process of the guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcessRow {
    /// Tells it from the others.
    pub row: u32,
    /// Its name, as it is typed.
    pub name: String,
    /// The name that its origin has given it.
    pub given: String,
    /// Where it comes from.
    pub origin: Origin,
}

/// An entry that a list is to get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    /// Tells it from the others.
    pub entry: u32,
    /// The list.
    pub list: ListKind,
    /// Its name.
    pub name: Name,
}

/// One of the cases that are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Case {
    /// An entry of the list.
    Entry(EntryId),
    /// One that the list is to get.
    New(u32),
    /// The values from one limit to the next, counted from 0.
    Band(usize),
}

/// What was answered so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Guide {
    /// What decides.
    pub decider: Option<Decider>,
    /// The processes.
    pub processes: Vec<ProcessRow>,
    /// Entries that lists are to get.
    pub entries: Vec<NewEntry>,
    /// The values from which the second and later bands go, as they are typed.
    pub limits: Vec<String>,
    /// What was chosen for a case: the row of a process, or no rule.
    pub leads: LiteMap<Case, Option<u32>>,
    /// The row of the process for everything else, where one was chosen.
    pub default: Option<u32>,
    /// What becomes of the rules that are there.
    pub standing: Standing,
    /// Whether the former default is archived, where that was chosen.
    pub archive: Option<bool>,
    /// The next number for a row or an entry.
    pub next: u32,
}

impl Guide {
    /// The row of that number.
    pub fn row(&self, row: u32) -> Option<&ProcessRow> {
        self.processes.iter().find(|process| process.row == row)
    }

    /// Another row at the end, without a name; its number.
    pub fn add_process(&mut self) -> u32 {
        let origin = Origin::Template(Template::ActiveSales);
        self.push(origin, String::new())
    }

    /// Takes a row out, with what leads to it.
    pub fn remove_process(&mut self, row: u32) {
        self.processes.retain(|process| process.row != row);
        self.leads.retain(|_, to| *to != Some(row));
        self.default = self.default.filter(|default| *default != row);
    }

    /// Lets a row start from something else. Its name follows, unless it was typed.
    pub fn start_from(&mut self, workspace: &Setup, row: u32, origin: Origin) {
        let name = self.name_of(workspace, origin, row);
        let Some(process) = self.processes.iter_mut().find(|p| p.row == row) else {
            return;
        };
        process.origin = origin;
        if process.name.trim().is_empty() || process.name == process.given {
            process.name.clone_from(&name);
        }
        process.given = name;
    }

    /// Adds an entry to the list that decides.
    ///
    /// # Errors
    /// An empty or long name, or one that an entry has.
    pub fn add_entry(&mut self, workspace: &Setup, name: &str) -> Result<u32, DomainError> {
        let list = self.list().ok_or(DomainError::Nothing)?;
        let name = Name::new(name, list.field())?;
        let key = name.key();
        let is_new = |entry: &NewEntry| entry.list == list && entry.name.has_key(&key);
        if workspace.list(list).find(name.as_str()).is_some() || self.entries.iter().any(is_new) {
            let what = list.singular();
            return Err(DomainError::NameTaken { what, name });
        }
        let entry = self.number();
        self.entries.push(NewEntry { entry, list, name });
        Ok(entry)
    }

    /// Takes a new entry out again.
    pub fn remove_entry(&mut self, entry: u32) {
        self.entries.retain(|new| new.entry != entry);
        self.leads.remove(&Case::New(entry));
    }

    /// The list that decides; none where there is none.
    pub fn list(&self) -> Option<ListKind> {
        self.decider.and_then(Decider::list)
    }

    /// The new entries of the list that decides.
    pub fn new_entries(&self) -> impl Iterator<Item = &NewEntry> {
        let list = self.list();
        self.entries
            .iter()
            .filter(move |new| Some(new.list) == list)
    }

    /// The cases that are told apart, in the order they are shown.
    pub fn cases(&self, workspace: &Setup) -> Vec<Case> {
        match self.decider {
            Some(Decider::Value) => (0..self.processes.len()).map(Case::Band).collect(),
            _ => {
                let list = self.list().map(|list| workspace.list(list).entries.iter());
                let entries = list.into_iter().flatten();
                let entries = entries.map(|entry| Case::Entry(entry.id));
                let new = self.new_entries().map(|new| Case::New(new.entry));
                entries.chain(new).collect()
            }
        }
    }

    /// The name of an entry; empty where it is none.
    pub fn entry_name<'a>(&'a self, workspace: &'a Setup, case: Case) -> &'a str {
        match case {
            Case::Entry(id) => self
                .list()
                .map_or("", |list| workspace.entry_name(list, Some(id))),
            Case::New(entry) => {
                let mut new = self.entries.iter();
                new.find(|new| new.entry == entry)
                    .map_or("", |new| new.name.as_str())
            }
            Case::Band(_) => "",
        }
    }

    /// The row of the process that a case leads to: as it was chosen, else the
    /// process that bears the entry's name, or in a row of values the one of
    /// the same place; none where no rule is made.
    pub fn lead(&self, workspace: &Setup, case: Case) -> Option<u32> {
        if let Some(chosen) = self.leads.get(&case) {
            return chosen.filter(|row| self.row(*row).is_some());
        }
        match case {
            Case::Band(place) => self.processes.get(place).map(|process| process.row),
            Case::Entry(_) | Case::New(_) => {
                let key = name_key(self.entry_name(workspace, case));
                let mut rows = self.processes.iter();
                rows.find(|process| name_key(&process.name) == key)
                    .map(|process| process.row)
            }
        }
    }

    /// The row of the process for everything else, which is the default: as
    /// it was chosen, else the present default, else the first.
    pub fn default_row(&self, workspace: &Setup) -> Option<u32> {
        let present = Origin::Existing(workspace.default_process());
        let chosen = self.default.filter(|row| self.row(*row).is_some());
        let of_present = || self.processes.iter().find(|p| p.origin == present);
        chosen.or_else(|| Some(of_present().or(self.processes.first())?.row))
    }

    /// The default until now, where it has no part in this and no deal uses
    /// it: it would stand beside the others for nothing.
    pub fn left_over<'a>(&self, workspace: &'a Workspace) -> Option<&'a Arc<Process>> {
        let id = workspace.default_process();
        let takes_part = |process: &ProcessRow| process.origin == Origin::Existing(id);
        let suggested = workspace.rules.iter().any(|rule| rule.then == id);
        let is_kept = self.processes.iter().any(takes_part)
            || (suggested && self.standing != Standing::Instead)
            || workspace
                .deals
                .values()
                .any(|deal| deal.process == id || deal.progress.contains_key(&id));
        workspace.processes.get(&id).filter(|_| !is_kept)
    }

    /// Whether what is left over is archived, which it is unless refused.
    pub fn archives(&self) -> bool {
        self.archive.unwrap_or(true)
    }

    fn push(&mut self, origin: Origin, name: String) -> u32 {
        let row = self.number();
        self.processes.push(ProcessRow {
            row,
            given: name.clone(),
            name,
            origin,
        });
        row
    }

    fn number(&mut self) -> u32 {
        let number = self.next;
        self.next += 1;
        number
    }
}
