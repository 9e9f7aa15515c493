//! Changes of many deals at once (§6.4), and what they will do.

use std::collections::BTreeSet;

use crate::domain::record::workspace::Workspace;
use crate::domain::value::id::{DealId, EntryId, ProcessId};
use crate::domain::value::text::Name;
use crate::domain::value::time::Date;

/// One field of many deals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BulkChange {
    /// The owner; none clears it.
    Owner(Option<EntryId>),
    /// The category; none clears it.
    Category(Option<EntryId>),
    /// The expected close; none clears it.
    ExpectedClose(Option<Date>),
}

/// Those of the deals that have a next step.
pub fn with_next_step(workspace: &Workspace, deals: &BTreeSet<DealId>) -> BTreeSet<DealId> {
    let deals = deals.iter().filter_map(|id| workspace.deals.get(id));
    let with = deals.filter(|deal| deal.next_step.is_some());
    with.map(|deal| deal.id).collect()
}

/// What moving deals to another process would do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Switch {
    /// Deals that run through it already.
    pub already: usize,
    /// Deals that start empty there.
    pub empty: usize,
    /// Deals that find the progress they once had there.
    pub resumed: usize,
}

/// Counts how the deals would begin in a process.
pub fn switch(workspace: &Workspace, deals: &BTreeSet<DealId>, process: ProcessId) -> Switch {
    let mut switch = Switch::default();
    for deal in deals.iter().filter_map(|id| workspace.deals.get(id)) {
        *if deal.process == process {
            &mut switch.already
        } else if deal.progress.contains_key(&process) {
            &mut switch.resumed
        } else {
            &mut switch.empty
        } += 1;
    }
    switch
}

/// A deal that can't be won yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocked {
    /// The deal.
    pub id: DealId,
    /// Its name.
    pub name: Name,
    /// The required sub-stages that are not ticked.
    pub missing: Vec<Name>,
}

/// The deals that can't be won yet, with what is missing.
pub fn blocked(workspace: &Workspace, deals: &BTreeSet<DealId>) -> Vec<Blocked> {
    let deals = deals.iter().filter_map(|id| workspace.deals.get(id));
    deals
        .filter_map(|deal| {
            let process = workspace.processes.get(&deal.process)?;
            let missing: Vec<Name> = deal
                .progress_in(process.id)
                .missing_required(process)
                .map(|sub| sub.name.clone())
                .collect();
            (!missing.is_empty()).then(|| Blocked {
                id: deal.id,
                name: deal.name.clone(),
                missing,
            })
        })
        .collect()
}
