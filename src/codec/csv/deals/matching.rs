//! What each column and value of a file of deals is taken for.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::amounts::AmountForm;
use super::super::dates::DateForm;
use super::super::header::Columns;
use super::super::profile::{self, Looks, Profile};
use super::super::table::{Row, Table};
use super::super::taken::TakenIn;
use super::columns::Target;
use super::currencies::Currencies;
use super::values::{ProcessMatch, ProcessPlan, StatusMatch, StatusMeaning};
use crate::domain::record::workspace::Workspace;

mod proposing;

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
    /// What is in each column.
    profiles: Arc<[Profile]>,
    /// The file is this program's own export.
    own_export: bool,
    taken_in: TakenIn,
    /// How the columns of dates are read.
    pub dates: BTreeMap<Target, DateForm>,
    /// How the values are read.
    pub amounts: AmountForm,
    /// The currencies of the values.
    pub money: Currencies,
    /// The chances are written as 0 to 1 instead of percent.
    pub chances_are_fractions: bool,
    /// The values of the status column.
    pub statuses: Vec<StatusMatch>,
    /// The status of a deal for which the file has a reason for losing and nothing
    /// else that says how it stands.
    pub by_lost_reason: StatusMeaning,
    /// The status of a deal for which the file has a closing date and nothing
    /// else that says how it stands.
    pub by_closing_date: StatusMeaning,
    /// The values of the process column and of the stage column in each.
    pub processes: Vec<ProcessMatch>,
    /// What happens to rows whose external id is there already.
    pub existing: ExistingPolicy,
    /// Rows with a cell that can't be read are left out.
    pub leave_out_unread: bool,
}

impl Matching {
    /// The first source column of a target.
    pub fn column(&self, target: Target) -> Option<usize> {
        self.columns.get(target)
    }

    /// The target of a source column.
    pub fn target_of(&self, column: usize) -> Option<Target> {
        self.columns.target_of(column)
    }

    /// Whether the file is this program's own export.
    pub(super) fn is_own_export(&self) -> bool {
        self.own_export
    }

    /// The rows that are imported, in the order of the file.
    pub fn rows<'a>(&self, table: &'a Table) -> impl Iterator<Item = Row<'a>> + use<'a, '_> {
        self.taken_in.rows(table)
    }

    /// Whether a row is imported.
    pub fn takes(&self, row: Row<'_>) -> bool {
        self.taken_in.takes(row)
    }

    /// How many rows are on hold by their status, and come in as open.
    pub fn on_hold(&self) -> usize {
        let held = self.statuses.iter().filter(|status| status.is_on_hold());
        let open = held.filter(|status| status.meaning == StatusMeaning::Open);
        open.map(|status| status.rows).sum()
    }

    /// Columns with texts that are taken for nothing, though they look like
    /// money, dates, persons or companies.
    pub fn unused(&self, table: &Table) -> Vec<(usize, Looks)> {
        if self.own_export {
            return Vec::new();
        }
        profile::unused(table, &self.profiles, |column| {
            self.target_of(column).is_none()
        })
    }

    /// Sends the rows of a process elsewhere, and proposes its stages anew.
    pub fn set_plan(&mut self, process: usize, plan: ProcessPlan, workspace: &Workspace) {
        if let Some(process) = self.processes.get_mut(process) {
            process.set_plan(plan, workspace);
        }
    }
}
