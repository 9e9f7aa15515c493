//! Which way a deal has gone (§3.6, §7.3 to §7.5): what the statistics count,
//! so that the deals behind each figure can be listed.

use super::Pick;
use crate::domain::read::brief::Brief;
use crate::domain::record::deal::Outcome;
use crate::domain::record::process::Process;
use crate::domain::record::workspace::Workspace;
use crate::domain::value::id::{ProcessId, StageId, SubStageId};

/// What is asked of the way a deal has gone; of the stages and sub-stages of
/// its present process alone, for those of others it does not fit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Way {
    /// It has come as far as this stage. A won deal has come all the way.
    pub reached: Option<StageId>,
    /// It is not won, and this is how far it has come; blank where that is not
    /// known.
    pub furthest: Option<Pick<StageId>>,
    /// It has been in this stage and is not there any more.
    pub left: Option<StageId>,
    /// It has gone on in another process than this, where it had come to
    /// something.
    pub parked: Option<ProcessId>,
    /// This sub-stage is ticked.
    pub ticked: Option<SubStageId>,
    /// This sub-stage is not ticked.
    pub lacks: Option<SubStageId>,
}

impl Way {
    /// Whether the deal has gone this way.
    pub fn fits(&self, workspace: &Workspace, brief: &Brief) -> bool {
        if *self == Self::default() {
            return true;
        }
        let Some(process) = workspace.processes.get(&brief.process) else {
            return false;
        };
        let reached = |stage| {
            let place = process.position(stage);
            place.is_some_and(|place| brief.has_reached(place))
        };
        let furthest = |pick| is_furthest(process, brief, pick);
        self.reached.is_none_or(reached)
            && self.furthest.is_none_or(furthest)
            && self.fits_progress(workspace, process, brief)
    }

    /// The rest is not in the brief, and is looked up where it is asked for.
    fn fits_progress(&self, workspace: &Workspace, process: &Process, brief: &Brief) -> bool {
        let Self {
            left,
            parked,
            ticked,
            lacks,
            ..
        } = *self;
        if (left, parked, ticked, lacks) == (None, None, None, None) {
            return true;
        }
        let Some(deal) = workspace.deals.get(&brief.id) else {
            return false;
        };
        let progress = deal.progress_in(process.id);
        let is_own = |id| process.sub_stage(id).is_some();
        left.is_none_or(|stage| process.stage(stage).is_some() && progress.has_left(stage))
            && parked.is_none_or(|process| deal.is_parked_in(process))
            && ticked.is_none_or(|id| is_own(id) && progress.ticks.contains_key(&id))
            && lacks.is_none_or(|id| is_own(id) && !progress.ticks.contains_key(&id))
    }
}

fn is_furthest(process: &Process, brief: &Brief, pick: Pick<StageId>) -> bool {
    let place = match pick {
        Pick::Is(stage) => match process.position(stage) {
            Some(place) => Some(place),
            None => return false,
        },
        Pick::Blank => None,
    };
    brief.outcome() != Some(Outcome::Won) && brief.furthest == place
}
