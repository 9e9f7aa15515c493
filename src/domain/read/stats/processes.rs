//! How much each process is used (§2.2 and §2.4).

use std::borrow::Borrow;
use std::collections::BTreeMap;

use crate::domain::read::brief::Brief;
use crate::domain::record::workspace::{Setup, Workspace};
use crate::domain::value::id::ProcessId;
use crate::domain::value::order::Gather;
use crate::domain::value::time::{Date, days_between};

/// How many days back deals count as new.
const NEW_DAYS: i64 = 90;

/// How much one process is used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ProcessUse {
    /// Open deals that run through it.
    pub open: usize,
    /// Deals that run or ran through it last and were created in the last 90 days.
    pub new: usize,
}

/// How much these deals use each process; one without deals is there as well.
pub fn deals_per_process(
    workspace: &Workspace,
    deals: impl IntoIterator<Item: Borrow<Brief>>,
    today: Date,
) -> BTreeMap<ProcessId, ProcessUse> {
    let none = workspace
        .processes
        .keys()
        .map(|id| (*id, ProcessUse::default()));
    let mut uses: BTreeMap<ProcessId, ProcessUse> = none.gather();
    for deal in deals {
        let deal = deal.borrow();
        if let Some(used) = uses.get_mut(&deal.process) {
            used.open += usize::from(deal.is_open());
            let age = days_between(deal.created, today);
            used.new += usize::from((0..NEW_DAYS).contains(&age));
        }
    }
    uses
}

/// The process that got most new deals, where they are more than the
/// default's; an archived one can't be the default.
pub fn better_default(
    workspace: &Setup,
    uses: &BTreeMap<ProcessId, ProcessUse>,
) -> Option<ProcessId> {
    let new = |id: ProcessId| uses.get(&id).map_or(0, |used| used.new);
    let mut best = workspace.default_process();
    for process in workspace.processes_in_order() {
        if !process.archived && new(process.id) > new(best) {
            best = process.id;
        }
    }
    (best != workspace.default_process()).then_some(best)
}
