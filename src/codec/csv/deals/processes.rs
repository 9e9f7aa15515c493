//! The processes that an import makes or adds stages to.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::built::{DealSum, StageCount};
use super::matching::Matching;
use super::row::Facts;
use super::values::{ProcessPlan, StageMeaning, free_name};
use super::words;
use crate::domain::record::process::{Color, Process, Stage};
use crate::domain::record::workspace::{ProcessOrder, Record, Workspace};
use crate::domain::value::id::{IdSource, ProcessId, StageId};
use crate::domain::value::money::Chance;
use crate::domain::value::order::Gather;
use crate::domain::value::text::{Name, name_key};

/// The processes that an import makes or adds stages to.
#[derive(Debug)]
pub struct Processes {
    drafts: BTreeMap<ProcessId, Draft>,
    /// For each process of the matching: its process, and the stage that each
    /// of its values stands for.
    places: Vec<(ProcessId, Vec<Option<StageId>>)>,
    order: Arc<ProcessOrder>,
    /// The new ones, as they were made.
    new: Vec<ProcessId>,
}

#[derive(Debug)]
struct Draft {
    process: Process,
    /// It differs from what the workspace has, or is new.
    changed: bool,
    /// A deal goes into it. Only then it is imported.
    used: bool,
}

impl Processes {
    pub fn new(matching: &Matching, workspace: &Workspace, ids: &mut IdSource) -> Self {
        let known = workspace.processes.values().map(|process| {
            (
                process.id,
                Draft {
                    process: Process::clone(process),
                    changed: false,
                    used: false,
                },
            )
        });
        let mut this = Self {
            drafts: known.gather(),
            places: Vec::new(),
            order: workspace.order.clone(),
            new: Vec::new(),
        };
        for matched in &matching.processes {
            let id = match &matched.plan {
                ProcessPlan::Existing(id) if this.drafts.contains_key(id) => *id,
                // The process has been deleted since.
                ProcessPlan::Existing(_) => workspace.default_process(),
                ProcessPlan::New { name } => this.new_process(name, workspace, ids),
            };
            let Some(draft) = this.drafts.get_mut(&id) else {
                continue;
            };
            let is_new = this.new.contains(&id);
            let stages = matched.stages.iter().map(|stage| match &stage.meaning {
                StageMeaning::Existing(stage) => {
                    Some(*stage).filter(|stage| draft.process.stage(*stage).is_some())
                }
                StageMeaning::New { name, chance } => {
                    let (stage, added) = add_stage(&mut draft.process, is_new, name, *chance, ids);
                    draft.changed |= added;
                    Some(stage)
                }
                StageMeaning::Open | StageMeaning::Closed(_) | StageMeaning::Unknown => None,
            });
            let stages = stages.collect();
            this.places.push((id, stages));
        }
        this
    }

    /// The process of that name among the new ones, or one more.
    fn new_process(&mut self, name: &Name, workspace: &Workspace, ids: &mut IdSource) -> ProcessId {
        let key = name_key(name.as_str());
        let same = |id: &&ProcessId| {
            self.get(**id)
                .is_some_and(|process| name_key(process.name.as_str()) == key)
        };
        if let Some(id) = self.new.iter().find(same) {
            return *id;
        }
        let id = ids.fresh();
        let taken = |key: &str| {
            self.drafts
                .values()
                .any(|draft| name_key(draft.process.name.as_str()) == key)
        };
        let color = (workspace.processes.len() + self.new.len()) % usize::from(Color::COUNT);
        let process = Process {
            id,
            name: free_name(name, taken),
            color: Color(u8::try_from(color).unwrap_or_default()),
            archived: false,
            stages: Vec::new(),
        };
        self.drafts.insert(
            id,
            Draft {
                process,
                changed: true,
                used: false,
            },
        );
        self.new.push(id);
        id
    }

    /// Those that are not as they are in the workspace.
    pub fn changed(&self) -> impl Iterator<Item = &Process> {
        self.drafts
            .values()
            .filter(|draft| draft.changed)
            .map(|draft| &draft.process)
    }

    pub fn get(&self, id: ProcessId) -> Option<&Process> {
        self.drafts.get(&id).map(|draft| &draft.process)
    }

    pub fn used(&mut self, id: ProcessId) -> Option<&Process> {
        let draft = self.drafts.get_mut(&id)?;
        draft.used = true;
        Some(&draft.process)
    }

    /// The process and stage of a row.
    pub fn place(&self, facts: &Facts) -> Option<(ProcessId, Option<StageId>)> {
        let (process, stages) = self.places.get(facts.process)?;
        let stage = facts
            .stage
            .and_then(|place| stages.get(place).copied().flatten());
        Some((*process, stage))
    }

    /// Every process that is there or used, in the user's order, the new ones last.
    fn in_order(&self) -> impl Iterator<Item = &Draft> {
        self.order
            .order
            .iter()
            .chain(&self.new)
            .filter_map(|id| self.drafts.get(id))
    }

    pub fn stage_counts(
        &self,
        open: &BTreeMap<(ProcessId, Option<StageId>), DealSum>,
    ) -> Vec<StageCount> {
        let mut counts = Vec::new();
        for Draft { process, .. } in self.in_order() {
            let stages = process
                .stages
                .iter()
                .map(|stage| Some((stage.id, &stage.name)));
            for stage in stages.chain([None]) {
                let found = open.get(&(process.id, stage.map(|(id, _)| id)));
                counts.extend(found.map(|tally| StageCount {
                    process: process.name.clone(),
                    stage: stage.map(|(_, name)| name.clone()),
                    open: *tally,
                }));
            }
        }
        counts
    }

    /// Adds the used processes that are new or changed, and their order; tells
    /// the names of the new ones.
    pub fn into_records(self, records: &mut Vec<Record>) -> Vec<Name> {
        let new: Vec<ProcessId> = self
            .new
            .iter()
            .copied()
            .filter(|id| self.drafts.get(id).is_some_and(|draft| draft.used))
            .collect();
        let names = new
            .iter()
            .filter_map(|id| self.get(*id))
            .map(|process| process.name.clone())
            .collect();
        if !new.is_empty() {
            let mut order = ProcessOrder::clone(&self.order);
            order.order.extend(new);
            records.push(Record::Order(Arc::new(order)));
        }
        let changed = self
            .drafts
            .into_values()
            .filter(|draft| draft.changed && draft.used);
        records.extend(changed.map(|draft| Record::Process(Arc::new(draft.process))));
        names
    }
}

/// The stage of that name, added where it is not there: at the end of a new
/// process, whose stages come in the matching's order; in one that is there,
/// before the first stage that usually comes later in a sale.
fn add_stage(
    process: &mut Process,
    is_new: bool,
    name: &Name,
    chance: Option<Chance>,
    ids: &mut IdSource,
) -> (StageId, bool) {
    let key = name_key(name.as_str());
    if let Some(stage) = process
        .stages
        .iter()
        .find(|stage| name_key(stage.name.as_str()) == key)
    {
        return (stage.id, false);
    }
    let id = ids.fresh();
    let stage = Stage {
        id,
        name: name.clone(),
        hint: String::new(),
        chance,
        stale_after_days: None,
        sub_stages: Vec::new(),
    };
    let rank = words::rank(name.as_str()).filter(|_| !is_new);
    let later = rank.and_then(|rank| {
        process
            .stages
            .iter()
            .position(|stage| words::rank(stage.name.as_str()) > Some(rank))
    });
    process
        .stages
        .insert(later.unwrap_or(process.stages.len()), stage);
    (id, true)
}
