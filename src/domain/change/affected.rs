//! How many deals hang on something that is to be deleted, and what they are
//! worth (§2.6): said before anything is done.

use crate::domain::record::deal::Deal;
use crate::domain::record::list::ListKind;
use crate::domain::record::process::Process;
use crate::domain::record::workspace::Workspace;
use crate::domain::value::id::{EntryId, ProcessId, StageId, SubStageId};
use crate::domain::value::money::Total;
use crate::domain::value::text::Name;

/// The deals that something concerns.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Affected {
    /// Open ones that run through it.
    pub open: usize,
    /// Closed ones.
    pub closed: usize,
    /// Those that run through another process and have it parked.
    pub parked: usize,
    /// What they are worth together, as far as it is known.
    pub value: Total,
}

impl Affected {
    fn add(&mut self, deal: &Deal, is_present: bool) {
        *match (is_present, deal.is_open()) {
            (false, _) => &mut self.parked,
            (true, true) => &mut self.open,
            (true, false) => &mut self.closed,
        } += 1;
        if let Some(value) = deal.value {
            self.value.add(value);
        }
    }

    /// How many there are.
    pub fn deals(self) -> usize {
        self.open + self.closed + self.parked
    }
}

/// A stage or sub-stage that goes while deals use it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeavingPart<Id> {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: Name,
    /// The stage of a sub-stage; a stage names itself.
    pub stage: StageId,
    /// The deals that use it: those that have been in the stage, or ticked the
    /// sub-stage.
    pub affected: Affected,
    /// How many of them stand in the stage; 0 for a sub-stage.
    pub standing: usize,
}

/// What goes of a process while deals use it, in the process's order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Leaving {
    /// The stages: each needs one that takes over.
    pub stages: Vec<LeavingPart<StageId>>,
    /// The sub-stages that are ticked somewhere.
    pub sub_stages: Vec<LeavingPart<SubStageId>>,
    /// All deals concerned, each once.
    pub all: Affected,
}

impl Leaving {
    /// Nothing goes that a deal uses.
    pub fn is_empty(&self) -> bool {
        self.stages.is_empty() && self.sub_stages.is_empty()
    }
}

/// The deals that use a process, now or parked.
pub fn of_process(workspace: &Workspace, id: ProcessId) -> Affected {
    let mut affected = Affected::default();
    for deal in workspace.deals.values() {
        if deal.process == id || deal.progress.contains_key(&id) {
            affected.add(deal, deal.process == id);
        }
    }
    affected
}

/// What of `before` is not in `after` and used by deals. `after` is the same
/// process after an edit, or another one that takes its place.
pub fn leaving(workspace: &Workspace, before: &Process, after: &Process) -> Leaving {
    let stages = before.stages.iter();
    let part = |id, name: &Name| LeavingPart {
        id,
        name: name.clone(),
        stage: id,
        affected: Affected::default(),
        standing: 0,
    };
    let mut stages: Vec<_> = stages
        .filter(|stage| after.stage(stage.id).is_none())
        .map(|stage| part(stage.id, &stage.name))
        .collect();
    let mut subs: Vec<_> = before
        .sub_stages()
        .filter(|(_, sub)| after.sub_stage(sub.id).is_none())
        .map(|(stage, sub)| LeavingPart {
            id: sub.id,
            name: sub.name.clone(),
            stage: stage.id,
            affected: Affected::default(),
            standing: 0,
        })
        .collect();
    let mut all = Affected::default();
    if stages.is_empty() && subs.is_empty() {
        return Leaving::default();
    }
    for deal in workspace.deals.values() {
        let Some(progress) = deal.progress.get(&before.id) else {
            continue;
        };
        let is_present = deal.process == before.id;
        let stands = progress.current_stage(before).id();
        let mut is_used = false;
        for part in &mut stages {
            if progress.uses_stage(part.id) {
                part.affected.add(deal, is_present);
                part.standing += usize::from(stands == Some(part.id));
                is_used = true;
            }
        }
        for part in &mut subs {
            if progress.ticks.contains_key(&part.id) {
                part.affected.add(deal, is_present);
                is_used = true;
            }
        }
        if is_used {
            all.add(deal, is_present);
        }
    }
    stages.retain(|part| part.affected.deals() > 0);
    subs.retain(|part| part.affected.deals() > 0);
    Leaving {
        stages,
        sub_stages: subs,
        all,
    }
}

/// The customers, deals and rules that use an entry of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EntryUse {
    /// The customers of a segment.
    pub customers: usize,
    /// The deals; for a segment those of its customers.
    pub deals: Affected,
    /// The rules: without the entry they would fit other deals.
    pub rules: usize,
}

impl EntryUse {
    /// Nothing uses it.
    pub fn is_empty(self) -> bool {
        self.customers == 0 && self.deals.deals() == 0 && self.rules == 0
    }
}

/// What uses an entry of a list.
pub fn of_entry(workspace: &Workspace, kind: ListKind, id: EntryId) -> EntryUse {
    let rules = workspace.rules.iter();
    let rules = rules.filter(|rule| rule.names_entry(kind, id)).count();
    let id = Some(id);
    let uses = |deal: &Deal| match kind {
        ListKind::Segments => workspace.segment_of(deal) == id,
        _ => deal.entry(kind) == id,
    };
    let mut used = EntryUse {
        rules,
        ..EntryUse::default()
    };
    for deal in workspace.deals.values().filter(|deal| uses(deal)) {
        used.deals.add(deal, true);
    }
    if kind == ListKind::Segments {
        let customers = workspace.customers.values();
        used.customers = customers.filter(|c| c.segment == id).count();
    }
    used
}
