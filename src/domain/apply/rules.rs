//! Commands on the rules, on what they suggest, and on snoozing.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Edit;
use crate::domain::check::check_rules;
use crate::domain::command::Context;
use crate::domain::deal::{Deal, Event, Snooze, What};
use crate::domain::error::DomainError;
use crate::domain::id::{DealId, ProcessId};
use crate::domain::rule::Rule;
use crate::domain::text::{MAX_NOTE, clean_lines};
use crate::domain::time::{Date, is_plausible};
use crate::domain::workspace::Record;

impl Edit<'_> {
    pub(super) fn save_rules(&mut self, rules: Vec<Rule>) -> Result<(), DomainError> {
        check_rules(&rules, &self.workspace.lists, &self.workspace.processes)?;
        self.put(Record::Rules(Arc::new(rules)));
        Ok(())
    }

    /// No change of the deal itself: it stays as stale as it is.
    pub(super) fn dismiss(&mut self, id: DealId, process: ProcessId) -> Result<(), DomainError> {
        let mut deal = Deal::clone(&*self.deal(id)?);
        self.process(process)?;
        deal.dismissed.insert(process);
        self.put_deal(deal);
        Ok(())
    }

    /// No change of the deal itself either (SEMANTICS 6.5).
    pub(super) fn snooze(
        &mut self,
        ids: &BTreeSet<DealId>,
        until: Option<Date>,
        reason: &str,
        context: &Context<'_>,
    ) -> Result<(), DomainError> {
        let reason = clean_lines(reason, MAX_NOTE, "The reason")?;
        if until.is_some_and(|date| !is_plausible(date)) {
            return Err(DomainError::Date { what: "The date" });
        }
        if until.is_some_and(|date| date <= context.today) {
            return Err(DomainError::NotLater);
        }
        let snooze = until.map(|until| Snooze { until, reason });
        for id in ids {
            let mut deal = Deal::clone(&*self.deal(*id)?);
            if !deal.is_open() {
                return Err(DomainError::Closed { name: deal.name });
            }
            if deal.snooze == snooze {
                continue;
            }
            deal.snooze.clone_from(&snooze);
            let reason = snooze.as_ref().map(|snooze| snooze.reason.clone());
            deal.history.push(Event {
                at: context.now,
                what: What::Snoozed {
                    until,
                    reason: reason.unwrap_or_default(),
                },
            });
            self.put_deal(deal);
        }
        Ok(())
    }
}
