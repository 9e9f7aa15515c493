//! What becomes of a deal's progress when stages and sub-stages go, or a
//! whole process does (§2.6): nothing is lost in silence.

use std::collections::BTreeMap;

use litemap::LiteMap;

use crate::domain::record::deal::What;
use crate::domain::record::process::{Process, Stage, SubStage};
use crate::domain::record::progress::{Progress, Stay, Tick};
use crate::domain::value::error::DomainError;
use crate::domain::value::id::{StageId, SubStageId};
use crate::domain::value::order::{Gather, sort_by};

/// Which stages and sub-stages take over from those that go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProcessMap {
    /// Which stage takes the deals of a stage that goes.
    pub stages: BTreeMap<StageId, StageId>,
    /// Which sub-stage takes the ticks of one that goes; those of one that
    /// is not named here are set aside in the history.
    pub sub_stages: BTreeMap<SubStageId, SubStageId>,
}

impl ProcessMap {
    /// What is proposed where stages and sub-stages go: those of the same name.
    pub fn proposed(before: &Process, after: &Process) -> Self {
        let stages = proposed_stages(before, after);
        let sub_stages = proposed_sub_stages(before, after, &stages);
        Self { stages, sub_stages }
    }

    /// Refuses targets that are not in `after`.
    pub(super) fn check(&self, after: &Process) -> Result<(), DomainError> {
        if !self.stages.values().all(|id| after.stage(*id).is_some()) {
            return Err(DomainError::Missing { what: "stage" });
        }
        let mut targets = self.sub_stages.values();
        if !targets.all(|id| after.sub_stage(*id).is_some()) {
            return Err(DomainError::Missing { what: "sub-stage" });
        }
        Ok(())
    }
}

/// Stages of the same name.
pub fn proposed_stages(before: &Process, after: &Process) -> BTreeMap<StageId, StageId> {
    let gone = before.stages.iter().filter(|s| after.stage(s.id).is_none());
    gone.filter_map(|stage| {
        let key = stage.name.key();
        let mut targets = after.stages.iter();
        let target = targets.find(|target| target.name.has_key(&key))?;
        Some((stage.id, target.id))
    })
    .gather()
}

/// Sub-stages of the same name in the stage that takes over, or else of a
/// name that is unique in both processes.
pub fn proposed_sub_stages(
    before: &Process,
    after: &Process,
    stages: &BTreeMap<StageId, StageId>,
) -> BTreeMap<SubStageId, SubStageId> {
    let all_named = |process: &Process, key: &str| -> Vec<SubStageId> {
        let named = process
            .sub_stages()
            .filter(|(_, sub)| sub.name.has_key(key));
        named.map(|(_, sub)| sub.id).collect()
    };
    let in_stage = |stage: &Stage, key: &str| {
        let id = stages.get(&stage.id).copied().unwrap_or(stage.id);
        let mut subs = after.stage(id)?.sub_stages.iter();
        subs.find(|sub| sub.name.has_key(key)).map(|sub| sub.id)
    };
    let gone = before
        .sub_stages()
        .filter(|(_, sub)| after.sub_stage(sub.id).is_none());
    gone.filter_map(|(stage, sub)| {
        let key = sub.name.key();
        let unique = || match all_named(after, &key).as_slice() {
            [only] if all_named(before, &key).len() == 1 => Some(*only),
            _ => None,
        };
        Some((sub.id, in_stage(stage, &key).or_else(unique)?))
    })
    .gather()
}

/// A progress that was carried over, and what is to be added to the history.
#[derive(Debug, Default)]
pub struct Carried {
    /// The progress in the process as it is then.
    pub progress: Progress,
    /// What has become of ticks that no sub-stage took over.
    pub events: Vec<What>,
}

/// What a progress in `before` becomes in `after`. The deal stays in its stage,
/// or goes to the one that takes over, even where the tick that had brought it
/// there is lost.
///
/// # Errors
/// A stage that goes is used and no stage takes over.
pub fn carried(
    progress: &Progress,
    before: &Process,
    after: &Process,
    map: &ProcessMap,
) -> Result<Carried, DomainError> {
    let stage_of = |id: StageId| -> Result<StageId, DomainError> {
        if after.stage(id).is_some() {
            return Ok(id);
        }
        let target = map.stages.get(&id).copied();
        target.ok_or_else(|| match before.stage(id) {
            Some(stage) => DomainError::NoSuccessor {
                name: stage.name.clone(),
            },
            None => DomainError::Missing { what: "stage" },
        })
    };
    let stood = progress.current_stage(before).id();
    let mut is_moved = stood.is_some_and(|id| after.stage(id).is_none());
    let mut events = Vec::new();
    let mut ticks = LiteMap::new();
    for (id, tick) in &progress.ticks {
        if after.sub_stage(*id).is_some() {
            add_tick(&mut ticks, *id, tick.clone(), after, &mut events);
            continue;
        }
        is_moved = true;
        match map.sub_stages.get(id) {
            Some(target) => add_tick(&mut ticks, *target, tick.clone(), after, &mut events),
            None => events.extend(before.sub_stage(*id).map(|(_, sub)| set_aside(sub, tick))),
        }
    }
    let stays = progress.stays.iter().map(|stay| {
        let stage = stage_of(stay.stage)?;
        Ok(Stay { stage, ..*stay })
    });
    let mut moved = Progress {
        ticks,
        position: progress.position.map(stage_of).transpose()?,
        stays: joined(stays.collect::<Result<_, DomainError>>()?),
        chance: progress.chance,
        stage_unknown: progress.stage_unknown,
    };
    let target = stood.and_then(|id| stage_of(id).ok());
    if let Some(target) = target.filter(|_| is_moved) {
        let place = |id: Option<StageId>| id.and_then(|id| after.position(id));
        if place(moved.current_stage(after).id()) < place(Some(target)) {
            moved.position = Some(target);
        }
    }
    moved.stage_unknown &= moved.ticks.is_empty() && moved.position.is_none();
    Ok(Carried {
        progress: moved,
        events,
    })
}

/// One progress in `process` out of two: the earliest tick of each sub-stage;
/// position and typed chance of the first, or else of the second.
pub(super) fn merged(first: Carried, second: Carried, process: &Process) -> Carried {
    let mut events = first.events;
    events.extend(second.events);
    let (first, second) = (first.progress, second.progress);
    let mut ticks = first.ticks;
    for (id, tick) in second.ticks {
        add_tick(&mut ticks, id, tick, process, &mut events);
    }
    let position = first.position.or(second.position);
    let mut stays = first.stays;
    stays.extend(second.stays);
    sort_by(&mut stays, &|a, b| a.entered.cmp(&b.entered));
    let progress = Progress {
        stage_unknown: first.stage_unknown && ticks.is_empty() && position.is_none(),
        ticks,
        position,
        stays: joined(stays),
        chance: first.chance.or(second.chance),
    };
    Carried { progress, events }
}

/// Adds a tick. Of two the earlier one stands; no note is lost.
fn add_tick(
    ticks: &mut LiteMap<SubStageId, Tick>,
    id: SubStageId,
    tick: Tick,
    process: &Process,
    events: &mut Vec<What>,
) {
    let Some(present) = ticks.remove(&id) else {
        ticks.insert(id, tick);
        return;
    };
    let (mut kept, other) = if tick.at < present.at {
        (tick, present)
    } else {
        (present, tick)
    };
    if kept.note.is_empty() {
        kept.note = other.note;
    } else if !other.note.is_empty() && other.note != kept.note {
        let sub = process.sub_stage(id);
        events.extend(sub.map(|(_, sub)| set_aside(sub, &other)));
    }
    ticks.insert(id, kept);
}

fn set_aside(sub: &SubStage, tick: &Tick) -> What {
    What::TickSetAside {
        sub_stage: sub.id,
        name: sub.name.clone(),
        note: tick.note.clone(),
        ticked: tick.at,
    }
}

/// Stays in order of time, without overlaps, one where two of the same stage meet.
fn joined(stays: Vec<Stay>) -> Vec<Stay> {
    let mut joined: Vec<Stay> = Vec::with_capacity(stays.len());
    for stay in stays {
        if let Some(last) = joined.last_mut() {
            let left = last
                .left
                .map_or(stay.entered, |left| left.min(stay.entered));
            if last.stage == stay.stage && left == stay.entered {
                last.left = stay.left;
                continue;
            }
            last.left = Some(left);
        }
        joined.push(stay);
    }
    joined
}
