//! The progress of a deal in one process (§3).

use litemap::LiteMap;
use serde::{Deserialize, Serialize};

use crate::domain::record::process::{Process, SubStage};
use crate::domain::value::id::{StageId, SubStageId};
use crate::domain::value::money::Chance;
use crate::domain::value::rows::rows;
use crate::domain::value::time::Moment;

/// A stay shorter than this was a slip and leaves no trace.
pub const SLIP_MINUTES: i64 = 10;

/// How far a deal has come in one process.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Progress {
    /// The ticked sub-stages.
    #[serde(
        default,
        skip_serializing_if = "LiteMap::is_empty",
        deserialize_with = "rows"
    )]
    pub ticks: LiteMap<SubStageId, Tick>,
    /// The stage a person moved the deal to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<StageId>,
    /// Where it has been, oldest first; only the last one may be unfinished.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stays: Vec<Stay>,
    /// The chance a person typed, which stands instead of the computed one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chance: Option<Chance>,
    /// An import did not say the stage, and no one has ticked or moved since.
    #[serde(default, skip_serializing_if = "is_false")]
    pub stage_unknown: bool,
}

/// A sub-stage that was ticked.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Tick {
    /// When.
    pub at: Moment,
    /// What was noted; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// A time a deal spent in a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stay {
    /// The stage.
    pub stage: StageId,
    /// When the deal entered it.
    pub entered: Moment,
    /// When it left; none while it is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<Moment>,
}

/// How long a deal has been in a stage: so many minutes before the present
/// stay, and since then, where it is there now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeInStage {
    /// The minutes of the stays that are over.
    pub minutes: i64,
    /// When the present stay began; none while the time stands still.
    pub since: Option<Moment>,
}

impl TimeInStage {
    /// The minutes up to a moment; less than none where it is before the stay.
    pub fn minutes_at(self, now: Moment) -> i64 {
        let present = self.since.map_or(0, |since| now.minutes_since(since));
        self.minutes.saturating_add(present)
    }
}

/// Where a deal stands in a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CurrentStage {
    /// In this stage.
    At(StageId),
    /// An import did not say.
    Unknown,
    /// The process has no stages.
    Nowhere,
}

impl CurrentStage {
    /// The stage, where there is one.
    pub fn id(self) -> Option<StageId> {
        match self {
            Self::At(id) => Some(id),
            Self::Unknown | Self::Nowhere => None,
        }
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for a reference"
)]
fn is_false(flag: &bool) -> bool {
    !*flag
}

impl Progress {
    /// The current stage (§3.3): the later of the furthest stage that
    /// holds a tick and the explicit position, else the first.
    pub fn current_stage(&self, process: &Process) -> CurrentStage {
        let furthest = process.stages.iter().rev().find(|stage| {
            self.position == Some(stage.id)
                || stage
                    .sub_stages
                    .iter()
                    .any(|sub| self.ticks.contains_key(&sub.id))
        });
        match (furthest, process.stages.first()) {
            (Some(stage), _) => CurrentStage::At(stage.id),
            (None, Some(_)) if self.stage_unknown => CurrentStage::Unknown,
            (None, Some(first)) => CurrentStage::At(first.id),
            (None, None) => CurrentStage::Nowhere,
        }
    }

    /// The chance of an open deal (§3.4).
    pub fn chance(&self, process: &Process) -> Chance {
        self.chance.unwrap_or_else(|| self.computed_chance(process))
    }

    /// The chance without the one a person typed: the greater of the ticked
    /// weights' share and the current stage's chance on reaching it.
    pub fn computed_chance(&self, process: &Process) -> Chance {
        let ticked = process
            .sub_stages()
            .filter(|(_, sub)| self.ticks.contains_key(&sub.id))
            .map(|(_, sub)| u32::from(sub.weight))
            .sum();
        let by_weight = Chance::ratio(ticked, process.total_weight());
        let by_stage = self
            .current_stage(process)
            .id()
            .and_then(|id| process.stage(id))
            .and_then(|stage| stage.chance)
            .unwrap_or_default();
        by_weight.max(by_stage)
    }

    /// How many of the process's sub-stages are ticked, and how many it has.
    pub fn ticked(&self, process: &Process) -> (usize, usize) {
        let ticked = process
            .sub_stages()
            .filter(|(_, sub)| self.ticks.contains_key(&sub.id))
            .count();
        (ticked, process.sub_stages().count())
    }

    /// The required sub-stages that are not ticked, in order.
    pub fn missing_required<'a>(
        &'a self,
        process: &'a Process,
    ) -> impl Iterator<Item = &'a SubStage> {
        let subs = process.sub_stages().map(|(_, sub)| sub);
        subs.filter(|sub| sub.required && !self.ticks.contains_key(&sub.id))
    }

    /// The latest stage, in the process's present order, among the stays.
    pub fn furthest_stage(&self, process: &Process) -> Option<StageId> {
        process
            .stages
            .iter()
            .rev()
            .map(|stage| stage.id)
            .find(|id| self.stays.iter().any(|stay| stay.stage == *id))
    }

    /// Minutes spent in a stage up to `now`.
    pub fn minutes_in(&self, stage: StageId, now: Moment) -> i64 {
        self.stays
            .iter()
            .filter(|stay| stay.stage == stage)
            .map(|stay| stay.left.unwrap_or(now).minutes_since(stay.entered).max(0))
            .sum()
    }

    /// The time spent in a stage; none where it has never been there.
    pub fn time_in(&self, stage: StageId) -> Option<TimeInStage> {
        let stays = || self.stays.iter().filter(|stay| stay.stage == stage);
        let last = stays().next_back()?;
        let over = stays().filter_map(|stay| Some(stay.left?.minutes_since(stay.entered).max(0)));
        Some(TimeInStage {
            minutes: over.sum(),
            since: last.left.is_none().then_some(last.entered),
        })
    }

    /// Whether it has been in a stage, and is not there any more.
    pub fn has_left(&self, stage: StageId) -> bool {
        self.time_in(stage).is_some_and(|time| time.since.is_none())
    }

    /// Whether nothing was ever done in it.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether its position or one of its stays names the stage.
    pub fn uses_stage(&self, stage: StageId) -> bool {
        self.position == Some(stage) || self.stays.iter().any(|stay| stay.stage == stage)
    }

    /// Makes the last stay one in the current stage: where that has changed,
    /// the stay before ends at `now` and a new one begins.
    pub fn settle(&mut self, process: &Process, now: Moment) {
        self.stay_at(self.current_stage(process).id(), now, true);
    }

    /// Ends the present stay because the deal goes on in another process.
    pub fn park(&mut self, now: Moment) {
        self.stay_at(None, now, true);
    }

    /// Ends the present stay because the deal was closed. Even a short one
    /// stays, since it says where the deal ended.
    pub fn stop(&mut self, now: Moment) {
        self.stay_at(None, now, false);
    }

    fn stay_at(&mut self, target: Option<StageId>, now: Moment, drop_slips: bool) {
        while let Some(last) = self.stays.last_mut().filter(|stay| stay.left.is_none()) {
            if Some(last.stage) == target {
                return;
            }
            if !drop_slips || now.minutes_since(last.entered) >= SLIP_MINUTES {
                last.left = Some(now);
                break;
            }
            // A slip is forgotten, and the stay before it goes on.
            let entered = last.entered;
            self.stays.pop();
            if let Some(before) = self
                .stays
                .last_mut()
                .filter(|stay| stay.left == Some(entered))
            {
                before.left = None;
            }
        }
        let Some(stage) = target else { return };
        match self.stays.last_mut() {
            Some(last) if last.stage == stage && last.left == Some(now) => last.left = None,
            _ => self.stays.push(Stay {
                stage,
                entered: now,
                left: None,
            }),
        }
    }
}
