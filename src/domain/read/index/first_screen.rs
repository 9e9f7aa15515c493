//! The first screen of an account, taken from its index.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Index;
use crate::domain::read::columns::Sort;
use crate::domain::read::filter::{Filter, Tab};
use crate::domain::read::glance::{Figures, Glance, ROWS, WORTHWHILE};
use crate::domain::record::customer::Customer;
use crate::domain::record::deal::Deal;
use crate::domain::record::note::Notes;
use crate::domain::record::workspace::{Setup, Workspace};
use crate::domain::value::id::DealId;
use crate::domain::value::order::Gather;
use crate::domain::value::time::Now;

impl Index {
    /// The first screen of this workspace; none where it is not worthwhile, or
    /// no deal is open.
    pub fn glance(&self, workspace: &Workspace, now: Now) -> Option<Glance> {
        let (all, tab) = (Filter::default(), Tab::Open);
        if workspace.deals.len() < WORTHWHILE {
            return None;
        }
        let ids = self.listed(workspace, &all, tab, Sort::default(), now);
        let deals: BTreeMap<DealId, Arc<Deal>> = ids
            .iter()
            .take(ROWS)
            .filter_map(|id| Some((*id, Arc::new(in_a_row(workspace.deals.get(id)?)))))
            .gather();
        if deals.is_empty() {
            return None;
        }
        let customers = deals.values().filter_map(|deal| deal.customer);
        let customers = customers
            .filter_map(|id| Some((id, Arc::new(by_name(workspace.customers.get(&id)?)))))
            .gather();
        Some(Glance {
            workspace: Workspace {
                setup: Setup {
                    settings: workspace.settings.clone(),
                    order: workspace.order.clone(),
                    lists: workspace.lists.clone(),
                    views: workspace.views.clone(),
                    rules: workspace.rules.clone(),
                    processes: workspace.processes.clone(),
                    customers,
                },
                deals,
                notes: Notes::default(),
            },
            figures: Figures {
                open: self.count(Tab::Open),
                closed: self.count(Tab::Closed),
                summary: self.summary(workspace, &all, tab, now),
                by_process: self.open_by_process(workspace, &all, now),
            },
        })
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
