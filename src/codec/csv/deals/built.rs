//! What an import of deals does, in records and figures.

use super::super::report::Findings;
use crate::domain::record::workspace::Record;
use crate::domain::value::money::{Currency, Money, Total};
use crate::domain::value::text::Name;

/// How far a builder has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Rows that are done.
    pub done: usize,
    /// All rows.
    pub rows: usize,
}

impl Step {
    /// Nothing is left to do.
    pub fn is_last(self) -> bool {
        self.done >= self.rows
    }
}

/// A number of deals and their value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DealSum {
    /// How many.
    pub deals: usize,
    /// The sum of the values that are known.
    pub value: Total,
}

/// The open deals of one stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageCount {
    /// The process.
    pub process: Name,
    /// The stage; none where it is not known.
    pub stage: Option<Name>,
    /// How many open deals, and their value.
    pub open: DealSum,
}

/// What an import does, in figures. The statuses and stages are those of the
/// new and updated deals after it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Deals that are added.
    pub new: usize,
    /// Deals that are changed.
    pub updated: usize,
    /// Rows whose deal is there already and stays as it is.
    pub skipped: usize,
    /// Rows in error.
    pub in_error: usize,
    /// Rows that come in with a cell that can't be read.
    pub with_unread: usize,
    /// Customers that are added.
    pub new_customers: usize,
    /// Open deals.
    pub open: DealSum,
    /// Won deals.
    pub won: DealSum,
    /// Lost deals.
    pub lost: DealSum,
    /// Outdated deals.
    pub outdated: DealSum,
    /// The open deals by stage, in the order of processes and stages.
    pub stages: Vec<StageCount>,
    /// The names of the processes that are added.
    pub new_processes: Vec<Name>,
}

/// The end of a builder's work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Built {
    /// What to give to `Command::Import`.
    pub records: Vec<Record>,
    /// What it does, in figures.
    pub counts: Counts,
    /// What there is to say of the rows.
    pub findings: Findings,
    /// The currency of the account after the import.
    pub currency: Currency,
}

impl DealSum {
    pub(super) fn add(&mut self, value: Option<Money>) {
        self.deals += 1;
        value.into_iter().for_each(|value| self.value.add(value));
    }
}
