//! Where a deal stands in a list, and what stands around it.

use super::Index;
use crate::domain::read::columns::Sort;
use crate::domain::read::filter::{Filter, Tab};
use crate::domain::record::workspace::Workspace;
use crate::domain::value::id::DealId;
use crate::domain::value::time::Now;

/// Where a deal stands in a list, and what stands around it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// Its place, from 1; none where the list does not have it.
    pub place: Option<usize>,
    /// How many deals the list has.
    pub count: usize,
    /// The deal before it.
    pub before: Option<DealId>,
    /// The deal after it.
    pub after: Option<DealId>,
}

impl Neighbours {
    /// For who goes through a list and changes a deal on the way: around it
    /// stands what stood there `last`, wherever in the list, or out of it, the
    /// change has put it. What is not in the list any more, as `has` says, gives
    /// way to what stands there now.
    #[must_use]
    pub fn kept(self, last: &Self, has: impl Fn(DealId) -> bool) -> Self {
        let side = |last: Option<DealId>, now| if has(last?) { last } else { now };
        Self {
            before: side(last.before, self.before),
            after: side(last.after, self.after),
            ..self
        }
    }
}

impl Index {
    /// What stands around a deal in a list; a deal that the list does not have
    /// is looked for where its order would put it. One walk over the order.
    pub fn neighbours(
        &self,
        workspace: &Workspace,
        filter: &Filter,
        tab: Tab,
        sort: Sort,
        now: Now,
        id: DealId,
    ) -> Option<Neighbours> {
        let own = self.slots.slot_of(id)?;
        let found = self.found(workspace, filter, tab, now);
        let order = self.order(workspace, sort.column);
        let mut slots = self.walk(workspace, &order, sort);
        let before = slots
            .by_ref()
            .take_while(|slot| *slot != own)
            .filter(|slot| found.has(*slot))
            .fold((0, None), |(passed, _), slot| (passed + 1, Some(slot)));
        let after = slots.find(|slot| found.has(*slot));
        let id_of = |slot: Option<usize>| Some(self.slots.get(slot?)?.brief.id);
        Some(Neighbours {
            place: found.has(own).then_some(before.0 + 1),
            count: found.count(),
            before: id_of(before.1),
            after: id_of(after),
        })
    }
    /// Whether a list has a deal.
    pub fn has(
        &self,
        workspace: &Workspace,
        filter: &Filter,
        tab: Tab,
        now: Now,
        id: DealId,
    ) -> bool {
        let slot = self.slots.slot_of(id);
        slot.is_some_and(|slot| self.found(workspace, filter, tab, now).has(slot))
    }
}
