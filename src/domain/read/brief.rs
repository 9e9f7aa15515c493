//! What lists and statistics look at of a deal, worked out once.

use crate::domain::read::stats::stale_from;
use crate::domain::record::customer::Customer;
use crate::domain::record::deal::{Deal, Outcome};
use crate::domain::record::next_step::NextDue;
use crate::domain::record::process::Process;
use crate::domain::record::progress::{CurrentStage, TimeInStage};
use crate::domain::record::rule::Facts;
use crate::domain::record::workspace::Workspace;
use crate::domain::value::id::{CustomerId, DealId, EntryId, ProcessId, StageId};
use crate::domain::value::money::{Chance, Money};
use crate::domain::value::time::{Date, Moment};

/// A deal in brief: what is filtered, sorted and counted by. Nothing in it
/// depends on the time of day, so it holds until a record changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Brief {
    /// Which deal.
    pub id: DealId,
    /// Its present process.
    pub process: ProcessId,
    /// Its customer.
    pub customer: Option<CustomerId>,
    /// The customer's segment.
    pub segment: Option<EntryId>,
    /// Its category.
    pub category: Option<EntryId>,
    /// Its owner.
    pub owner: Option<EntryId>,
    /// Its source.
    pub source: Option<EntryId>,
    /// Its value.
    pub value: Option<Money>,
    /// The current stage.
    pub stage: CurrentStage,
    /// The place of the current stage in its process, from 0.
    pub place: Option<usize>,
    /// How long it has been in the current stage.
    pub in_stage: Option<TimeInStage>,
    /// The place of the furthest stage it has been in.
    pub furthest: Option<usize>,
    /// Whether it has progress in another process than its present one, too.
    pub was_elsewhere: bool,
    /// Its chance.
    pub chance: Chance,
    /// The date it was created.
    pub created: Date,
    /// When it is expected to close.
    pub expected_close: Option<Date>,
    /// When its next step is due.
    pub next_due: NextDue,
    /// When a person last changed it.
    pub touched: Moment,
    /// How it ended; none while it is open.
    pub ending: Option<Ending>,
    /// From when on it is stale, if nothing happens.
    pub stale_from: Option<Moment>,
}

/// How a deal ended, in brief.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ending {
    /// Won, lost or outdated.
    pub outcome: Outcome,
    /// The date.
    pub on: Date,
    /// The reason.
    pub reason: Option<EntryId>,
}

impl Brief {
    /// A deal of that workspace in brief.
    pub fn of(workspace: &Workspace, deal: &Deal) -> Self {
        let process = workspace.processes.get(&deal.process).map(AsRef::as_ref);
        let customer = deal.customer.and_then(|id| workspace.customers.get(&id));
        Self::with(deal, process, customer.map(AsRef::as_ref))
    }

    fn with(deal: &Deal, process: Option<&Process>, customer: Option<&Customer>) -> Self {
        let stage = process.map_or(CurrentStage::Nowhere, |process| deal.current_stage(process));
        let place = |id: StageId| process.and_then(|process| process.position(id));
        let furthest = || {
            let process = process?;
            deal.progress_in(process.id).furthest_stage(process)
        };
        let ending = deal.closing.as_ref().map(|closing| Ending {
            outcome: closing.outcome,
            on: closing.on,
            reason: closing.reason,
        });
        Self {
            id: deal.id,
            process: deal.process,
            customer: deal.customer,
            segment: customer.and_then(|customer| customer.segment),
            category: deal.category,
            owner: deal.owner,
            source: deal.source,
            value: deal.value,
            stage,
            place: stage.id().and_then(place),
            in_stage: process.and_then(|process| deal.time_in_stage(process)),
            furthest: furthest().and_then(place),
            was_elsewhere: deal.progress.keys().any(|id| *id != deal.process),
            chance: process.map_or(Chance::NONE, |process| deal.chance(process)),
            created: deal.created,
            expected_close: deal.expected_close,
            next_due: deal.next_due(),
            touched: deal.touched,
            ending,
            stale_from: process.and_then(|process| stale_from(deal, process, stage)),
        }
    }

    /// How it ended; none while it is open.
    pub fn outcome(&self) -> Option<Outcome> {
        self.ending.map(|ending| ending.outcome)
    }

    /// Whether it is open.
    pub fn is_open(&self) -> bool {
        self.ending.is_none()
    }

    /// Whether it has come as far as the stage at that place of its process. A
    /// won deal has come all the way.
    pub fn has_reached(&self, place: usize) -> bool {
        let is_won = self.outcome() == Some(Outcome::Won);
        is_won || self.furthest.is_some_and(|furthest| furthest >= place)
    }

    /// Whether it was open at the end of that day: created by then, and not
    /// closed by then.
    pub fn was_open_on(&self, date: Date) -> bool {
        self.created <= date && self.ending.is_none_or(|ending| ending.on > date)
    }

    /// Whether it is stale at that moment.
    pub fn is_stale(&self, now: Moment) -> bool {
        self.stale_from.is_some_and(|from| now >= from)
    }

    /// Whether it is stale, or its expected close is past, or its next step
    /// overdue.
    pub fn needs_attention(&self, now: Moment, today: Date) -> bool {
        self.is_open()
            && (self.expected_close.is_some_and(|close| close < today)
                || self.next_due.is_overdue(today)
                || self.is_stale(now))
    }

    /// Whether it is open and nobody has said what is to be done next.
    pub fn lacks_next_step(&self) -> bool {
        self.is_open() && self.next_due == NextDue::Missing
    }

    /// The date shown as the close: the expected one while open, else the real one.
    pub fn shown_close(&self) -> Option<Date> {
        self.ending
            .map_or(self.expected_close, |ending| Some(ending.on))
    }

    /// What rules look at.
    pub fn facts(&self) -> Facts {
        Facts {
            segment: self.segment,
            category: self.category,
            owner: self.owner,
            value: self.value,
        }
    }
}
