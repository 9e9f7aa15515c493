//! What each column and value of a file of deals is taken for.

use std::collections::BTreeMap;

use super::super::dates::{self, DateForm};
use super::super::{Columns, Table, amounts};
use super::columns::{self, Target, text_of};
use super::row::fraction;
use super::values::{self, ProcessMatch, ProcessPlan, StatusMatch, StatusMeaning};
use super::words;
use crate::codec::csv::amounts::AmountForm;
use crate::codec::csv::header::key;
use crate::domain::workspace::Workspace;

/// What happens to rows whose external id a deal has already.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ExistingPolicy {
    /// They are left out.
    #[default]
    Skip,
    /// They fill what the deal lacks.
    Update {
        /// They also replace what the deal has, where they say something else.
        overwrite: bool,
    },
}

/// What each column and value of a file is taken for: proposed from the file
/// and the workspace, and changed by the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matching {
    pub(super) columns: Columns<Target>,
    file_name: String,
    /// How the columns of dates are read.
    pub dates: BTreeMap<Target, DateForm>,
    /// How the values are read.
    pub amounts: AmountForm,
    /// The chances are written as 0 to 1 instead of percent.
    pub chances_are_fractions: bool,
    /// The values of the status column.
    pub statuses: Vec<StatusMatch>,
    /// The values of the process column and of the stage column in each.
    pub processes: Vec<ProcessMatch>,
    /// What happens to rows whose external id is there already.
    pub existing: ExistingPolicy,
}

impl Matching {
    /// Proposes what every column and value stands for; `file_name` names a
    /// new process where the file does not.
    pub fn propose(table: &Table, file_name: &str, workspace: &Workspace) -> Self {
        let mut matching = Self {
            columns: columns::propose(table),
            file_name: file_name.to_owned(),
            dates: BTreeMap::new(),
            amounts: AmountForm::Point,
            chances_are_fractions: false,
            statuses: Vec::new(),
            processes: Vec::new(),
            existing: ExistingPolicy::Skip,
        };
        matching.tell_stage_from_status(table);
        matching.read_forms(table, workspace);
        matching.read_values(table, workspace);
        matching
    }

    /// The source column of a target.
    pub fn column(&self, target: Target) -> Option<usize> {
        self.columns.get(target)
    }

    /// The target of a source column.
    pub fn target_of(&self, column: usize) -> Option<Target> {
        self.columns.target_of(column)
    }

    /// Gives a target another source column, or none, and proposes anew what
    /// hangs on it.
    pub fn set_column(
        &mut self,
        target: Target,
        column: Option<usize>,
        table: &Table,
        workspace: &Workspace,
    ) {
        let before = column.and_then(|column| self.columns.target_of(column));
        let forms = self.clone();
        self.columns.set(target, column);
        self.read_forms(table, workspace);
        self.keep_forms_of(&forms);
        let has_values =
            |target| matches!(target, Target::Process | Target::Stage | Target::Status);
        if has_values(target) || before.is_some_and(has_values) {
            self.read_values(table, workspace);
        }
    }

    /// Sends the rows of a process elsewhere, and proposes its stages anew.
    pub fn set_plan(&mut self, process: usize, plan: ProcessPlan, workspace: &Workspace) {
        if let Some(process) = self.processes.get_mut(process) {
            process.set_plan(plan, workspace);
        }
    }

    /// A file with one of the two columns may call it by the other's name.
    fn tell_stage_from_status(&mut self, table: &Table) {
        let all_statuses = |target: Target, is_status: fn(&str) -> bool| {
            let mut texts = table
                .records(|_| false)
                .map(|row| text_of(&self.columns, row, target));
            texts.all(|text| text.is_empty() || is_status(text))
        };
        match (
            self.columns.get(Target::Stage),
            self.columns.get(Target::Status),
        ) {
            (None, Some(column))
                if !all_statuses(Target::Status, |text| words::status(text).is_some()) =>
            {
                self.columns.set(Target::Stage, Some(column));
            }
            (Some(column), None)
                if all_statuses(Target::Stage, |text| {
                    key(text) == "open" || words::closed(text).is_some()
                }) =>
            {
                self.columns.set(Target::Status, Some(column));
            }
            _ => {}
        }
    }

    fn read_forms(&mut self, table: &Table, workspace: &Workspace) {
        let texts = |target| table.records(|_| false).map(move |row| (row, target));
        let columns = &self.columns;
        let of = |target| texts(target).map(|(row, target)| text_of(columns, row, target));
        self.dates = Target::DATES
            .into_iter()
            .filter(|target| columns.has(*target))
            .map(|target| (target, dates::detect(of(target))))
            .collect();
        // A column that proves no order follows one that does, if it can be read so.
        let proven = self.dates.values().find(|form| form.proven).copied();
        for (target, form) in &mut self.dates {
            if let Some(proven) = proven.filter(|_| !form.proven)
                && of(*target).any(|text| dates::parse(text, proven.order).is_some())
            {
                form.order = proven.order;
            }
        }
        self.amounts = amounts::detect(of(Target::Value), workspace.currency());
        self.chances_are_fractions = columns.get(Target::Chance).is_some_and(|column| {
            key(&table.header(column)) != "chance"
                && of(Target::Chance).all(|text| text.is_empty() || fraction(text).is_some())
        });
    }

    /// Columns that are taken for the same as before are read as before.
    fn keep_forms_of(&mut self, before: &Self) {
        let same = |target| self.columns.get(target) == before.columns.get(target);
        for (target, form) in &mut self.dates {
            if let Some(old) = before.dates.get(target).filter(|_| same(*target)) {
                *form = *old;
            }
        }
        if same(Target::Value) {
            self.amounts = before.amounts;
        }
        if same(Target::Chance) {
            self.chances_are_fractions = before.chances_are_fractions;
        }
    }

    fn read_values(&mut self, table: &Table, workspace: &Workspace) {
        self.statuses = if self.columns.has(Target::Status) {
            values::statuses(table, &self.columns)
        } else {
            Vec::new()
        };
        self.processes = values::processes(table, &self.columns, &self.file_name, workspace);
    }

    /// The statuses that no one has given a meaning; their rows are in error.
    pub fn unknown_statuses(&self) -> impl Iterator<Item = &StatusMatch> {
        self.statuses
            .iter()
            .filter(|status| status.meaning == StatusMeaning::Unknown)
    }
}
