//! Commands on the progress of a deal.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Edit;
use crate::domain::change::command::Context;
use crate::domain::record::deal::{Deal, Event, What};
use crate::domain::record::process::Process;
use crate::domain::record::progress::{CurrentStage, Tick};
use crate::domain::value::error::DomainError;
use crate::domain::value::field::FieldName;
use crate::domain::value::id::{DealId, StageId, SubStageId};
use crate::domain::value::money::Chance;
use crate::domain::value::text::{MAX_NOTE, Name, clean_lines};

impl Edit<'_> {
    pub(super) fn tick(
        &mut self,
        id: DealId,
        sub_stage: SubStageId,
        note: &str,
        context: &Context<'_>,
    ) -> Result<(), DomainError> {
        let (mut deal, process) = self.open_deal(id)?;
        tick(&mut deal, &process, sub_stage, note, context)?;
        self.put_touched(deal, context);
        Ok(())
    }

    pub(super) fn untick(
        &mut self,
        id: DealId,
        sub_stage: SubStageId,
        context: &Context<'_>,
    ) -> Result<(), DomainError> {
        let (mut deal, process) = self.open_deal(id)?;
        if process.sub_stage(sub_stage).is_none() {
            return Err(DomainError::Missing { what: "sub-stage" });
        }
        untick(&mut deal, &process, &[sub_stage], context);
        self.put_touched(deal, context);
        Ok(())
    }

    pub(super) fn move_to_stage(
        &mut self,
        ids: &BTreeSet<DealId>,
        stage: StageId,
        context: &Context<'_>,
    ) -> Result<(), DomainError> {
        for id in ids {
            let (mut deal, process) = self.open_deal(*id)?;
            let Some(place) = process.position(stage) else {
                return Err(self.foreign_stage(&deal, stage));
            };
            if move_to(&mut deal, &process, place, context) {
                self.put_touched(deal, context);
            }
        }
        Ok(())
    }

    /// Why a deal can't be moved to a stage that its process does not have.
    fn foreign_stage(&self, deal: &Deal, stage: StageId) -> DomainError {
        let mut processes = self.workspace.processes.values();
        if processes.any(|process| process.position(stage).is_some()) {
            let name = deal.name.clone();
            return DomainError::OtherProcess { name };
        }
        DomainError::Missing { what: "stage" }
    }

    pub(super) fn set_chance(
        &mut self,
        id: DealId,
        chance: Option<Chance>,
        context: &Context<'_>,
    ) -> Result<(), DomainError> {
        let (mut deal, process) = self.open_deal(id)?;
        let progress = deal.progress.entry(process.id).or_default();
        if progress.chance == chance {
            return Ok(());
        }
        progress.chance = chance;
        deal.history.push(Event {
            at: context.now,
            what: What::ChanceSet { chance },
        });
        self.put_touched(deal, context);
        Ok(())
    }

    pub(super) fn open_deal(&self, id: DealId) -> Result<(Deal, Arc<Process>), DomainError> {
        let deal = self.deal(id)?;
        if !deal.is_open() {
            return Err(DomainError::Closed {
                name: deal.name.clone(),
            });
        }
        let process = self.process(deal.process)?;
        Ok((Deal::clone(&deal), process))
    }

    pub(super) fn put_touched(&mut self, deal: Deal, context: &Context<'_>) {
        self.put_deal(Deal {
            touched: context.now,
            ..deal
        });
    }
}

fn stage_name(process: &Process, stage: CurrentStage) -> Option<Name> {
    stage
        .id()
        .and_then(|id| process.stage(id))
        .map(|stage| stage.name.clone())
}

/// Ticks a sub-stage of an open deal.
pub(super) fn tick(
    deal: &mut Deal,
    process: &Process,
    sub_stage: SubStageId,
    note: &str,
    context: &Context<'_>,
) -> Result<(), DomainError> {
    let (_, sub) = process
        .sub_stage(sub_stage)
        .ok_or(DomainError::Missing { what: "sub-stage" })?;
    let note = clean_lines(note, MAX_NOTE, FieldName::Note)?;
    if sub.note_required && note.trim().is_empty() {
        return Err(DomainError::NoteRequired {
            name: sub.name.clone(),
        });
    }
    let at = context.now;
    let progress = deal.progress.entry(process.id).or_default();
    let before = progress.current_stage(process);
    match progress.ticks.get_mut(&sub_stage) {
        // Ticking again what is ticked keeps the date and may change the note.
        Some(tick) if tick.note == note => return Ok(()),
        Some(tick) => tick.note.clone_from(&note),
        None => {
            progress.ticks.insert(
                sub_stage,
                Tick {
                    at,
                    note: note.clone(),
                },
            );
        }
    }
    progress.stage_unknown = false;
    progress.settle(process, at);
    let now = progress.current_stage(process);
    let stage = (now != before).then(|| stage_name(process, now)).flatten();
    let what = What::Ticked {
        sub_stage,
        name: sub.name.clone(),
        note,
        stage,
    };
    deal.history.push(Event { at, what });
    Ok(())
}

/// Moves an open deal to the stage at a place of its process: the sub-stages of
/// the stages after it are unticked. Returns whether anything is different.
fn move_to(deal: &mut Deal, process: &Process, place: usize, context: &Context<'_>) -> bool {
    let mut stages = process.stages.iter().skip(place);
    let Some(target) = stages.next() else {
        return false;
    };
    if deal.current_stage(process) == CurrentStage::At(target.id) {
        return false;
    }
    let later: Vec<_> = stages
        .flat_map(|stage| &stage.sub_stages)
        .map(|sub| sub.id)
        .collect();
    let at = context.now;
    let progress = deal.progress.entry(process.id).or_default();
    progress.position = Some(target.id);
    progress.stage_unknown = false;
    untick(deal, process, &later, context);
    deal.history.push(Event {
        at,
        what: What::Moved {
            to: target.name.clone(),
        },
    });
    true
}

fn untick(deal: &mut Deal, process: &Process, sub_stages: &[SubStageId], context: &Context<'_>) {
    let at = context.now;
    let Some(progress) = deal.progress.get_mut(&process.id) else {
        return;
    };
    for id in sub_stages {
        let before = progress.current_stage(process);
        let (Some(tick), Some((_, sub))) = (progress.ticks.remove(id), process.sub_stage(*id))
        else {
            continue;
        };
        let now = progress.current_stage(process);
        let stage = (now != before).then(|| stage_name(process, now)).flatten();
        let what = What::Unticked {
            sub_stage: *id,
            name: sub.name.clone(),
            note: tick.note,
            stage,
        };
        deal.history.push(Event { at, what });
    }
    progress.settle(process, at);
}
