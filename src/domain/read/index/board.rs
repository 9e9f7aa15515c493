//! The board of a process, out of the index.

use super::Index;
use crate::domain::read::board::{BoardColumn, board};
use crate::domain::read::columns::Sort;
use crate::domain::read::filter::{Filter, Tab};
use crate::domain::record::workspace::Workspace;
use crate::domain::value::id::ProcessId;
use crate::domain::value::time::Now;

impl Index {
    /// The columns of the board of a process: its open deals that fit, in
    /// order. One walk over the order, as for a list.
    pub fn board(
        &self,
        workspace: &Workspace,
        filter: &Filter,
        process: ProcessId,
        sort: Sort,
        now: Now,
    ) -> Vec<BoardColumn> {
        let Some(process) = workspace.processes.get(&process) else {
            return Vec::new();
        };
        if let Some(figures) = &self.glance {
            return figures.board(process);
        }
        let found = self.found(workspace, filter, Tab::Open, now);
        let order = self.order(workspace, sort.column);
        let fitting = self
            .walk(workspace, &order, sort)
            .filter(|slot| found.has(*slot))
            .filter_map(|slot| self.slots.get(slot))
            .map(|indexed| &indexed.brief)
            .filter(|deal| deal.process == process.id);
        board(process, fitting)
    }

    /// How many deals fit.
    pub fn listed_count(
        &self,
        workspace: &Workspace,
        filter: &Filter,
        tab: Tab,
        now: Now,
    ) -> usize {
        match &self.glance {
            Some(_) => self.count(tab),
            None => self.found(workspace, filter, tab, now).count(),
        }
    }
}
