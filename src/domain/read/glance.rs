//! What the first screen shows, small enough to be there before everything
//! else is read: the newest open deals, and the figures over all of them.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::domain::read::board::{BoardColumn, board};
use crate::domain::read::stats::{OpenStats, StageRow, Summary};
use crate::domain::record::process::Process;
use crate::domain::record::workspace::Workspace;
use crate::domain::value::id::DealId;

/// How many deals are in it: more than the rows of a tall window.
pub const ROWS: usize = 64;
/// With fewer deals than this, everything is read as quickly as this would be.
pub const WORTHWHILE: usize = 1_000;

/// More deals than an account has room for.
const MOST: usize = 1_000_000;

/// The first screen of an account, at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glance {
    /// The account with the deals of the first rows and their customers alone.
    /// The deals lack what no list shows: their history and notes.
    pub workspace: Workspace,
    /// The figures of the whole account.
    pub figures: Figures,
}

/// What an account's list of open deals says of all of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// The number of open deals.
    pub open: usize,
    /// The number of closed deals.
    pub closed: usize,
    /// What the open deals add up to.
    pub summary: Summary,
    /// The same, per process.
    pub by_process: Vec<OpenStats>,
}

impl Figures {
    /// Whether an account can have so many deals: a list is as long as they say.
    pub fn are_believable(&self) -> bool {
        let rows = self.by_process.iter().flat_map(|stats| &stats.rows);
        let in_stages = rows.fold(0usize, |sum, row| sum.saturating_add(row.tally.all.count));
        self.open.saturating_add(self.closed) <= MOST && in_stages <= MOST
    }

    /// Leaves out the figures that are different on another day.
    pub fn forget_ages(&mut self) {
        for stats in &mut self.by_process {
            stats.average_age_days = None;
            stats.attention = 0;
        }
    }

    /// The ids of the first rows; for the other rows ids that no deal has, so
    /// that the list has its full length.
    pub(super) fn listed(&self, first: Vec<DealId>) -> Vec<DealId> {
        let missing = self.open.saturating_sub(first.len());
        first.into_iter().chain(of_no_deal(missing)).collect()
    }

    /// The columns of the board of a process: their heads are those of the
    /// whole account, their cards are still to come.
    pub(super) fn board(&self, process: &Process) -> Vec<BoardColumn> {
        let mut columns = board(process, []);
        let stats = self.by_process.iter().find(|it| it.process == process.id);
        if let Some(stats) = stats {
            columns = stats.rows.iter().map(to_come).collect();
        }
        columns
    }
}

/// Ids that no deal has.
fn of_no_deal(count: usize) -> impl Iterator<Item = DealId> {
    (0..count as u64).map(|at| DealId(u64::MAX - at))
}

/// A column whose deals are not there yet.
fn to_come(head: &StageRow) -> BoardColumn {
    BoardColumn {
        head: head.clone(),
        deals: Arc::new(of_no_deal(head.tally.all.count).collect()),
    }
}
