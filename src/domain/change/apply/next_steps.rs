//! Commands on the next step of deals (§13.1).

use std::collections::BTreeSet;

use super::Edit;
use crate::domain::change::command::{Context, NextStepDraft};
use crate::domain::record::deal::{Deal, Event, What};
use crate::domain::record::next_step::NextStep;
use crate::domain::value::error::DomainError;
use crate::domain::value::field::FieldName;
use crate::domain::value::id::DealId;
use crate::domain::value::text::Name;
use crate::domain::value::time::is_plausible;

impl Edit<'_> {
    pub(super) fn set_next_step(
        &mut self,
        ids: &BTreeSet<DealId>,
        step: Option<NextStepDraft>,
        context: &Context<'_>,
    ) -> Result<(), DomainError> {
        let step = step.map(next_step).transpose()?;
        for id in ids {
            let (mut deal, _) = self.open_deal(*id)?;
            if put_next_step(&mut deal, step.clone(), context) {
                self.put_touched(deal, context);
            }
        }
        Ok(())
    }

    pub(super) fn do_next_step(
        &mut self,
        ids: &BTreeSet<DealId>,
        context: &Context<'_>,
    ) -> Result<(), DomainError> {
        for id in ids {
            let (mut deal, _) = self.open_deal(*id)?;
            let step = deal.next_step.take();
            let step = step.ok_or(DomainError::Missing { what: "next step" })?;
            deal.history.push(Event {
                at: context.now,
                what: What::NextStepDone { step },
            });
            self.put_touched(deal, context);
        }
        Ok(())
    }
}

/// The next step that was typed.
pub(super) fn next_step(draft: NextStepDraft) -> Result<NextStep, DomainError> {
    if draft.due.is_some_and(|due| !is_plausible(due)) {
        return Err(DomainError::Date {
            what: FieldName::NextStepDue,
        });
    }
    Ok(NextStep {
        what: Name::title(&draft.what, FieldName::NextStep)?,
        due: draft.due,
    })
}

/// Sets, changes or drops the next step of a deal and tells the history;
/// returns whether anything is different.
pub(super) fn put_next_step(
    deal: &mut Deal,
    step: Option<NextStep>,
    context: &Context<'_>,
) -> bool {
    if deal.next_step == step {
        return false;
    }
    let before = std::mem::replace(&mut deal.next_step, step.clone());
    let what = step.map(|step| What::NextStepSet { step });
    let what = what.or_else(|| before.map(|step| What::NextStepDropped { step }));
    deal.history.extend(what.map(|what| Event {
        at: context.now,
        what,
    }));
    true
}
