//! Commands that close deals and open them again.

use std::collections::BTreeSet;

use super::Edit;
use super::next_steps::put_next_step;
use super::progress::tick;
use crate::domain::change::command::{ClosingDraft, Context};
use crate::domain::record::deal::{Closing, Deal, Event, Outcome, What};
use crate::domain::record::process::Process;
use crate::domain::record::progress::Progress;
use crate::domain::value::error::DomainError;
use crate::domain::value::field::FieldName;
use crate::domain::value::id::DealId;
use crate::domain::value::text::{MAX_NOTE, Name, clean_lines};
use crate::domain::value::time::is_plausible;

impl Edit<'_> {
    pub(super) fn close(
        &mut self,
        ids: &BTreeSet<DealId>,
        closing: &ClosingDraft,
        context: &Context<'_>,
    ) -> Result<(), DomainError> {
        if !is_plausible(closing.on) {
            return Err(DomainError::Date {
                what: FieldName::Date,
            });
        }
        if closing.on > context.today {
            return Err(DomainError::FutureDate);
        }
        let reasons = self.workspace.list(closing.outcome.reasons());
        let reason = match closing.reason {
            Some(id) => {
                let entry = reasons
                    .get(id)
                    .ok_or(DomainError::Missing { what: "reason" })?;
                entry.name.to_string()
            }
            None if self.workspace.needs_reason(closing.outcome) => {
                return Err(DomainError::ReasonMissing);
            }
            None => String::new(),
        };
        let comment = clean_lines(&closing.comment, MAX_NOTE, FieldName::Comment)?;
        for id in ids {
            let (mut deal, process) = self.open_deal(*id)?;
            for (sub_stage, note) in &closing.ticks {
                if process.sub_stage(*sub_stage).is_some() {
                    tick(&mut deal, &process, *sub_stage, note, context)?;
                }
            }
            let progress = deal.progress.entry(process.id).or_default();
            if closing.outcome == Outcome::Won {
                all_required_done(&deal.name, progress, &process)?;
            }
            progress.stop(context.now);
            deal.snooze = None;
            put_next_step(&mut deal, None, context);
            let (outcome, on) = (closing.outcome, closing.on);
            deal.closing = Some(Closing {
                outcome,
                on,
                reason: closing.reason,
                comment: comment.clone(),
            });
            let what = What::Closed {
                outcome,
                on,
                reason: reason.clone(),
                comment: comment.clone(),
            };
            deal.history.push(Event {
                at: context.now,
                what,
            });
            self.put_touched(deal, context);
        }
        Ok(())
    }

    pub(super) fn reopen(
        &mut self,
        ids: &BTreeSet<DealId>,
        context: &Context<'_>,
    ) -> Result<(), DomainError> {
        for id in ids {
            let mut deal = Deal::clone(&*self.deal(*id)?);
            let process = self.process(deal.process)?;
            let Some(closing) = deal.closing.take() else {
                return Err(DomainError::Open { name: deal.name });
            };
            deal.progress
                .entry(process.id)
                .or_default()
                .settle(&process, context.now);
            let what = What::Reopened {
                outcome: closing.outcome,
            };
            deal.history.push(Event {
                at: context.now,
                what,
            });
            self.put_touched(deal, context);
        }
        Ok(())
    }
}

fn all_required_done(
    deal: &Name,
    progress: &Progress,
    process: &Process,
) -> Result<(), DomainError> {
    let missing: Vec<_> = progress
        .missing_required(process)
        .map(|sub| format!("“{}”", sub.name))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(DomainError::RequiredMissing {
        deal: deal.clone(),
        missing: missing.join(", "),
    })
}
