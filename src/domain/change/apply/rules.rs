//! Commands on the rules, on what they suggest, and on snoozing.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Edit;
use crate::domain::change::command::Context;
use crate::domain::record::check::check_rules;
use crate::domain::record::deal::{Deal, Event, Snooze, What};
use crate::domain::record::list::ListKind;
use crate::domain::record::rule::Rule;
use crate::domain::record::workspace::Record;
use crate::domain::value::error::DomainError;
use crate::domain::value::field::FieldName;
use crate::domain::value::id::{DealId, EntryId, ProcessId};
use crate::domain::value::text::{MAX_NOTE, clean_lines};
use crate::domain::value::time::{Date, is_plausible};

impl Edit<'_> {
    pub(super) fn save_rules(&mut self, rules: Vec<Rule>) -> Result<(), DomainError> {
        check_rules(&rules, &self.workspace.lists, &self.workspace.processes)?;
        self.free_views_of_other_rules(&rules);
        self.put(Record::Rules(Arc::new(rules)));
        Ok(())
    }

    /// Rules that suggest a process which goes suggest the one its deals go to.
    pub(super) fn lead_rules(&mut self, from: ProcessId, into: ProcessId) {
        self.map_rules(|rule| {
            let then = if rule.then == from { into } else { rule.then };
            Some(Rule {
                then,
                ..rule.clone()
            })
        });
    }

    /// Rules that ask for an entry which goes ask for the one in its place.
    /// A rule with nothing in place of its only entry goes as well: without
    /// that condition it would fit other deals.
    pub(super) fn replace_in_rules(&mut self, kind: ListKind, id: EntryId, by: Option<EntryId>) {
        self.map_rules(|rule| {
            if !rule.names_entry(kind, id) {
                return Some(rule.clone());
            }
            let mut rule = rule.clone();
            let entries = rule.entries_mut(kind)?;
            entries.remove(&id);
            entries.extend(by);
            let is_empty = entries.is_empty();
            (!is_empty).then_some(rule)
        });
    }

    fn map_rules(&mut self, change: impl Fn(&Rule) -> Option<Rule>) {
        let rules: Vec<Rule> = self.workspace.rules.iter().filter_map(change).collect();
        if rules != *self.workspace.rules {
            self.free_views_of_other_rules(&rules);
            self.put(Record::Rules(Arc::new(rules)));
        }
    }

    /// Dismisses a suggestion. That is no change of the deal (§6.5), so
    /// a stale one stays stale.
    pub(super) fn dismiss(&mut self, id: DealId, process: ProcessId) -> Result<(), DomainError> {
        let mut deal = Deal::clone(&*self.deal(id)?);
        self.process(process)?;
        deal.dismissed.insert(process);
        self.put_deal(deal);
        Ok(())
    }

    /// Snoozes deals, or ends that. It is no change of them either.
    pub(super) fn snooze(
        &mut self,
        ids: &BTreeSet<DealId>,
        until: Option<Date>,
        reason: &str,
        context: &Context<'_>,
    ) -> Result<(), DomainError> {
        let reason = clean_lines(reason, MAX_NOTE, FieldName::Reason)?;
        if until.is_some_and(|date| !is_plausible(date)) {
            return Err(DomainError::Date {
                what: FieldName::Date,
            });
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
