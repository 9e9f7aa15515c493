//! Deals: possible sales, each with its progress in every process it has been in.

use std::borrow::Cow;
use std::collections::BTreeSet;

use litemap::LiteMap;
use serde::{Deserialize, Serialize};

pub use crate::domain::record::event::{Event, Field, Outcome, What};
use crate::domain::record::list::ListKind;
use crate::domain::record::next_step::{NextDue, NextStep};
use crate::domain::record::process::Process;
use crate::domain::record::progress::{CurrentStage, Progress, TimeInStage};
use crate::domain::value::id::{CustomerId, DealId, EntryId, ProcessId, SubStageId};
use crate::domain::value::money::{Chance, Money, Total, WeightedTotal};
use crate::domain::value::rows::rows;
use crate::domain::value::text::Name;
use crate::domain::value::time::{Date, Moment, days_between};

/// A possible sale.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Deal {
    /// Its id.
    pub id: DealId,
    /// Its name.
    pub name: Name,
    /// With whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<CustomerId>,
    /// What is sold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<EntryId>,
    /// The salesperson.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<EntryId>,
    /// What it is worth; none means unknown, which is not 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Money>,
    /// When it is expected to close.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_close: Option<Date>,
    /// Where it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<EntryId>,
    /// Anything else; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub notes: String,
    /// Its id in the system it was imported from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// The date it was created.
    pub created: Date,
    /// When a person last changed it (imports and edits of a process do not count).
    pub touched: Moment,
    /// The process it runs through now.
    pub process: ProcessId,
    /// Its progress in each process it has been in.
    #[serde(
        default,
        skip_serializing_if = "LiteMap::is_empty",
        deserialize_with = "rows"
    )]
    pub progress: LiteMap<ProcessId, Progress>,
    /// How it ended; none while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closing: Option<Closing>,
    /// The processes whose suggestion was dismissed for it; some of them may
    /// have been deleted since.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub dismissed: BTreeSet<ProcessId>,
    /// Until when it does not count as stale, however long nothing changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snooze: Option<Snooze>,
    /// What is to be done next; only an open deal has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_step: Option<NextStep>,
    /// What happened to it, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<Event>,
}

/// How a deal ended.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Closing {
    /// Won, lost or outdated.
    pub outcome: Outcome,
    /// The date.
    pub on: Date,
    /// The reason, from the outcome's list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<EntryId>,
    /// A comment; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub comment: String,
}

/// A snooze: the deal does not count as stale until it is over.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Snooze {
    /// The date it is over.
    pub until: Date,
    /// Why; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

impl Snooze {
    /// Whether it is not over yet.
    pub fn holds(&self, now: Moment) -> bool {
        now < self.ends()
    }

    /// When it is over: as its date begins, in UTC.
    pub fn ends(&self) -> Moment {
        Moment::noon_of(self.until).plus_minutes(-12 * 60)
    }
}

impl Deal {
    /// How it ended; none while it is open.
    pub fn outcome(&self) -> Option<Outcome> {
        self.closing.as_ref().map(|closing| closing.outcome)
    }

    /// Whether it is open.
    pub fn is_open(&self) -> bool {
        self.closing.is_none()
    }

    /// When its next step is due.
    pub fn next_due(&self) -> NextDue {
        NextDue::of(self.next_step.as_ref())
    }

    /// The entry of a list that it names: of a list of reasons only where it
    /// was closed in that way, and none of the segments, which are customers'.
    pub fn entry(&self, kind: ListKind) -> Option<EntryId> {
        match kind {
            ListKind::Segments => None,
            ListKind::Categories => self.category,
            ListKind::Owners => self.owner,
            ListKind::Sources => self.source,
            ListKind::ReasonsWon | ListKind::ReasonsLost | ListKind::ReasonsOutdated => {
                let closing = self.closing.as_ref()?;
                closing.reason.filter(|_| closing.outcome.reasons() == kind)
            }
        }
    }

    /// Where it keeps that entry; none where it has no place for one.
    pub fn entry_mut(&mut self, kind: ListKind) -> Option<&mut Option<EntryId>> {
        match kind {
            ListKind::Segments => None,
            ListKind::Categories => Some(&mut self.category),
            ListKind::Owners => Some(&mut self.owner),
            ListKind::Sources => Some(&mut self.source),
            ListKind::ReasonsWon | ListKind::ReasonsLost | ListKind::ReasonsOutdated => {
                let closing = self.closing.as_mut()?;
                (closing.outcome.reasons() == kind).then_some(&mut closing.reason)
            }
        }
    }

    /// Its progress in a process; empty where it has never been.
    pub fn progress_in(&self, process: ProcessId) -> Cow<'_, Progress> {
        self.progress
            .get(&process)
            .map_or_else(|| Cow::Owned(Progress::default()), Cow::Borrowed)
    }

    /// Whether it had come to something in a process, and has gone on in
    /// another.
    pub fn is_parked_in(&self, process: ProcessId) -> bool {
        let progress = self.progress.get(&process);
        self.process != process && progress.is_some_and(|progress| !progress.is_empty())
    }

    /// Its current stage in `process`, which is its present process.
    pub fn current_stage(&self, process: &Process) -> CurrentStage {
        self.progress_in(process.id).current_stage(process)
    }

    /// Its chance, where `process` is its present process: 100 % when won,
    /// none when lost or outdated.
    pub fn chance(&self, process: &Process) -> Chance {
        match self.outcome() {
            None => self.progress_in(process.id).chance(process),
            Some(Outcome::Won) => Chance::CERTAIN,
            Some(Outcome::Lost | Outcome::Outdated) => Chance::NONE,
        }
    }

    /// How long it has been in its current stage (§3.6), where
    /// `process` is its present process. Of an open deal it goes on, of a
    /// closed one it stands still; none where its stays don't say so.
    pub fn time_in_stage(&self, process: &Process) -> Option<TimeInStage> {
        let progress = self.progress_in(process.id);
        let stage = progress.current_stage(process).id()?;
        let time = progress.time_in(stage)?;
        (time.since.is_some() == self.is_open()).then_some(time)
    }

    /// The days since it was created, or until it was closed.
    pub fn age_days(&self, today: Date) -> i64 {
        let until = self.closing.as_ref().map_or(today, |closing| closing.on);
        days_between(self.created, until)
    }

    /// The date shown as the close: the expected one while open, else the real one.
    pub fn shown_close(&self) -> Option<Date> {
        let closing = self.closing.as_ref();
        closing.map_or(self.expected_close, |closing| Some(closing.on))
    }

    /// Its value x chance, where `process` is its present process; unknown
    /// where the value is.
    pub fn weighted_value(&self, process: &Process) -> Option<Total> {
        let mut weighted = WeightedTotal::default();
        weighted.add(self.value?, self.chance(process));
        Some(weighted.rounded())
    }

    /// The note last kept for a sub-stage, proposed when it is ticked again.
    pub fn earlier_note(&self, id: SubStageId) -> Option<&str> {
        self.history
            .iter()
            .rev()
            .find_map(|event| match &event.what {
                What::Unticked {
                    sub_stage, note, ..
                }
                | What::Ticked {
                    sub_stage, note, ..
                } if *sub_stage == id && !note.is_empty() => Some(note.as_str()),
                _ => None,
            })
    }
}
