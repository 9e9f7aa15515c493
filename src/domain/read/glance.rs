//! What the first screen shows, small enough to be there before everything
//! else is read: the newest open deals, and the figures over all of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::domain::read::filter::{Filter, Sort, Tab};
use crate::domain::read::index::Index;
use crate::domain::read::stats::{OpenStats, Summary};
use crate::domain::record::customer::Customer;
use crate::domain::record::deal::Deal;
use crate::domain::record::workspace::Workspace;
use crate::domain::value::id::DealId;
use crate::domain::value::time::{Date, Moment};

/// How many deals are in it: more than the rows of a tall window.
pub const ROWS: usize = 64;
/// With fewer deals than this, everything is read as quickly as this would be.
pub const WORTHWHILE: usize = 1_000;

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

impl Glance {
    /// The first screen of this workspace; none where it is not worthwhile, or
    /// no deal is open.
    pub fn of(index: &Index, workspace: &Workspace, now: Moment, today: Date) -> Option<Self> {
        let (all, tab) = (Filter::default(), Tab::Open);
        if workspace.deals.len() < WORTHWHILE {
            return None;
        }
        let ids = index.listed(workspace, &all, tab, Sort::default(), now);
        let deals: BTreeMap<DealId, Arc<Deal>> = ids
            .iter()
            .take(ROWS)
            .filter_map(|id| Some((*id, Arc::new(in_a_row(workspace.deals.get(id)?)))))
            .collect();
        if deals.is_empty() {
            return None;
        }
        let customers = deals.values().filter_map(|deal| deal.customer);
        let customers = customers
            .filter_map(|id| Some((id, Arc::new(by_name(workspace.customers.get(&id)?)))))
            .collect();
        Some(Self {
            workspace: Workspace {
                settings: workspace.settings.clone(),
                order: workspace.order.clone(),
                lists: workspace.lists.clone(),
                views: workspace.views.clone(),
                rules: workspace.rules.clone(),
                processes: workspace.processes.clone(),
                customers,
                deals,
            },
            figures: Figures {
                open: index.count(Tab::Open),
                closed: index.count(Tab::Closed),
                summary: index.summary(workspace, &all, tab, now),
                by_process: index.open_by_process(workspace, &all, now, today),
            },
        })
    }
}

impl Figures {
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
        let others = (0..missing as u64).map(|at| DealId(u64::MAX - at));
        first.into_iter().chain(others).collect()
    }
}

/// What a row of a list shows of a customer.
fn by_name(customer: &Customer) -> Customer {
    Customer {
        email: String::new(),
        phone: String::new(),
        notes: String::new(),
        ..customer.clone()
    }
}

/// What a row of a list shows of a deal.
fn in_a_row(deal: &Deal) -> Deal {
    let mut deal = Deal {
        history: Vec::new(),
        notes: String::new(),
        external_id: None,
        ..deal.clone()
    };
    for (_, progress) in &mut deal.progress {
        for (_, tick) in &mut progress.ticks {
            tick.note = String::new();
        }
    }
    deal
}
