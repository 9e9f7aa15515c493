//! Commands on sales processes.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Edit;
use crate::domain::change::command::Context;
use crate::domain::record::deal::Deal;
use crate::domain::record::process::Process;
use crate::domain::record::workspace::{Key, ProcessOrder, Record, Workspace};
use crate::domain::value::error::DomainError;
use crate::domain::value::field::FieldName;
use crate::domain::value::id::{ProcessId, StageId, SubStageId};
use crate::domain::value::order::Gather;
use crate::domain::value::text::{MAX_NAME, Name, counted};

impl Edit<'_> {
    pub(super) fn save_process(
        &mut self,
        process: Process,
        context: &Context<'_>,
    ) -> Result<(), DomainError> {
        process.check()?;
        Name::new(process.name.as_str(), FieldName::ProcessName)?;
        self.name_is_free(&process)?;
        self.ids_are_its_own(&process)?;
        let before = self.workspace.processes.get(&process.id).cloned();
        if before.as_deref() == Some(&process) {
            return Ok(());
        }
        if process.archived && self.workspace.default_process() == process.id {
            return Err(DomainError::IsDefault { name: process.name });
        }
        if let Some(before) = &before {
            nothing_used_is_gone(self.workspace, before, &process)?;
            self.free_views_of_process(before, Some(&process));
        } else {
            self.change_order(|order| order.order.push(process.id));
        }
        let process = Arc::new(process);
        self.put(Record::Process(process.clone()));
        self.settle_deals_in(&process, context);
        Ok(())
    }

    pub(super) fn duplicate_process(
        &mut self,
        id: ProcessId,
        context: &mut Context<'_>,
    ) -> Result<(), DomainError> {
        let original = self.process(id)?;
        let mut copy = copy_of(&original, context);
        copy.name = self.free_copy_name(&original.name);
        copy.archived = false;
        self.save_process(copy, context)
    }

    pub(super) fn make_default(&mut self, id: ProcessId) -> Result<(), DomainError> {
        let process = self.process(id)?;
        if process.archived {
            return Err(DomainError::Archived {
                name: process.name.clone(),
            });
        }
        self.change_order(|order| order.default = id);
        Ok(())
    }

    pub(super) fn archive(&mut self, id: ProcessId, archived: bool) -> Result<(), DomainError> {
        let process = self.process(id)?;
        if archived && self.workspace.default_process() == id {
            return Err(DomainError::IsDefault {
                name: process.name.clone(),
            });
        }
        self.put(Record::Process(Arc::new(Process {
            archived,
            ..Process::clone(&process)
        })));
        Ok(())
    }

    pub(super) fn delete_process(&mut self, id: ProcessId) -> Result<(), DomainError> {
        let process = self.process(id)?;
        nothing_needs(self.workspace, &process)?;
        self.free_views_of_process(&process, None);
        self.change_order(|order| order.order.retain(|other| *other != id));
        self.set(Key::Process(id), None);
        Ok(())
    }

    pub(super) fn move_process(&mut self, id: ProcessId, place: usize) -> Result<(), DomainError> {
        self.process(id)?;
        self.change_order(|order| {
            order.order.retain(|other| *other != id);
            order.order.insert(place.min(order.order.len()), id);
        });
        Ok(())
    }

    fn change_order(&mut self, change: impl FnOnce(&mut ProcessOrder)) {
        let mut order = ProcessOrder::clone(&self.workspace.order);
        change(&mut order);
        self.put(Record::Order(Arc::new(order)));
    }

    fn name_is_free(&self, process: &Process) -> Result<(), DomainError> {
        let key = process.name.key();
        let mut others = self
            .workspace
            .processes
            .values()
            .filter(|other| other.id != process.id);
        if others.any(|other| other.name.has_key(&key)) {
            let name = process.name.clone();
            return Err(DomainError::NameTaken {
                what: "sales process",
                name,
            });
        }
        Ok(())
    }

    /// No stage or sub-stage stands twice, in it or in another process.
    fn ids_are_its_own(&self, process: &Process) -> Result<(), DomainError> {
        let mut stages = BTreeSet::new();
        let mut sub_stages = BTreeSet::new();
        for other in self
            .workspace
            .processes
            .values()
            .filter(|other| other.id != process.id)
        {
            stages.extend(other.stages.iter().map(|stage| stage.id));
            sub_stages.extend(other.sub_stages().map(|(_, sub)| sub.id));
        }
        let stages_fresh = process.stages.iter().all(|stage| stages.insert(stage.id));
        if stages_fresh
            && process
                .sub_stages()
                .all(|(_, sub)| sub_stages.insert(sub.id))
        {
            return Ok(());
        }
        Err(DomainError::NameTaken {
            what: "stage with the same id",
            name: process.name.clone(),
        })
    }

    /// An edit of a process may put deals into another stage: their stays follow.
    pub(super) fn settle_deals_in(&mut self, process: &Process, context: &Context<'_>) {
        let deals: Vec<Arc<Deal>> = self
            .workspace
            .deals
            .values()
            .filter(|deal| deal.process == process.id && deal.is_open())
            .cloned()
            .collect();
        for deal in deals {
            let mut progress = deal.progress_in(process.id).into_owned();
            progress.settle(process, context.now);
            if deal.progress.get(&process.id) != Some(&progress) {
                let mut deal = Deal::clone(&deal);
                deal.progress.insert(process.id, progress);
                self.put_deal(deal);
            }
        }
    }

    fn free_copy_name(&self, name: &Name) -> Name {
        let taken: BTreeSet<String> = self
            .workspace
            .processes
            .values()
            .map(|p| p.name.key())
            .gather();
        let base: String = name.as_str().chars().take(MAX_NAME - 12).collect();
        let mut copy = Name::clamped(&format!("{} (copy)", base.trim()), MAX_NAME, "Copy");
        let mut number = 2;
        while taken.contains(&copy.key()) {
            copy = Name::clamped(
                &format!("{} (copy {number})", base.trim()),
                MAX_NAME,
                "Copy",
            );
            number += 1;
        }
        copy
    }
}

/// A copy with ids of its own, for "start as a copy" and Duplicate.
pub fn copy_of(process: &Process, context: &mut Context<'_>) -> Process {
    let mut copy = process.clone();
    copy.id = context.ids.fresh();
    for stage in &mut copy.stages {
        stage.id = context.ids.fresh();
        for sub in &mut stage.sub_stages {
            sub.id = context.ids.fresh();
        }
    }
    copy
}

/// Refuses to delete a process that is the default, that deals use, or that
/// a rule suggests.
///
/// # Errors
/// Why it can't be deleted.
pub fn nothing_needs(workspace: &Workspace, process: &Process) -> Result<(), DomainError> {
    let id = process.id;
    let name = process.name.clone();
    if workspace.default_process() == id {
        return Err(DomainError::IsDefault { name });
    }
    let using = |deal: &&Arc<Deal>| deal.process == id || deal.progress.contains_key(&id);
    let used = workspace.deals.values().filter(using).count();
    if used > 0 {
        return Err(DomainError::InUse {
            name,
            deals: counted(used, "deal"),
        });
    }
    let rules = workspace.rules.iter().filter(|rule| rule.then == id);
    match rules.count() {
        0 => Ok(()),
        used => Err(DomainError::InUse {
            name,
            deals: counted(used, "rule"),
        }),
    }
}

/// Refuses an edit that takes away a stage or sub-stage which a deal uses,
/// now or parked.
///
/// # Errors
/// The first such stage or sub-stage.
pub fn nothing_used_is_gone(
    workspace: &Workspace,
    before: &Process,
    after: &Process,
) -> Result<(), DomainError> {
    let gone_stages: Vec<(StageId, &Name)> = before
        .stages
        .iter()
        .filter(|stage| after.stage(stage.id).is_none())
        .map(|stage| (stage.id, &stage.name))
        .collect();
    let gone_subs: Vec<(SubStageId, &Name)> = before
        .sub_stages()
        .filter(|(_, sub)| after.sub_stage(sub.id).is_none())
        .map(|(_, sub)| (sub.id, &sub.name))
        .collect();
    if gone_stages.is_empty() && gone_subs.is_empty() {
        return Ok(());
    }
    let progresses = || {
        workspace
            .deals
            .values()
            .filter_map(|deal| deal.progress.get(&before.id))
    };
    let refuse = |name: &Name, used: usize| {
        Err(DomainError::InUse {
            name: name.clone(),
            deals: counted(used, "deal"),
        })
    };
    for (id, name) in gone_stages {
        let used = progresses()
            .filter(|progress| progress.uses_stage(id))
            .count();
        if used > 0 {
            return refuse(name, used);
        }
    }
    for (id, name) in gone_subs {
        let used = progresses()
            .filter(|progress| progress.ticks.contains_key(&id))
            .count();
        if used > 0 {
            return refuse(name, used);
        }
    }
    Ok(())
}
