//! Deleting what deals use, in one safe step: stages, sub-stages, processes,
//! entries of lists (§2.6).

use std::sync::Arc;

use super::Edit;
use crate::domain::change::affected;
use crate::domain::change::command::{Context, Succession};
use crate::domain::change::reshape::{Carried, ProcessMap, carried, merged};
use crate::domain::record::customer::Customer;
use crate::domain::record::deal::{Deal, Event, Field, What};
use crate::domain::record::list::ListKind;
use crate::domain::record::process::Process;
use crate::domain::record::progress::Progress;
use crate::domain::record::workspace::Record;
use crate::domain::value::error::DomainError;
use crate::domain::value::id::{EntryId, ProcessId};

impl Edit<'_> {
    /// Saves a process that lacks stages or sub-stages it had, and brings the
    /// deals to where the map says.
    pub(super) fn reshape_process(
        &mut self,
        process: Process,
        map: &ProcessMap,
        context: &Context<'_>,
    ) -> Result<(), DomainError> {
        let before = self.process(process.id)?;
        map.check(&process)?;
        for deal in self.deals_using(process.id) {
            let Some(progress) = deal.progress.get(&process.id) else {
                continue;
            };
            let moved = carried(progress, &before, &process, map)?;
            if moved.progress == *progress {
                continue;
            }
            let mut deal = Deal::clone(&deal);
            let mut events = moved.events;
            if deal.process == process.id && deal.is_open() {
                let stood = progress.current_stage(&before);
                let stands = moved.progress.current_stage(&process);
                let is_gone = stood.id().is_some_and(|id| process.stage(id).is_none());
                let to = stands.id().and_then(|id| process.stage(id));
                events.extend(to.filter(|_| is_gone).map(|stage| What::Moved {
                    to: stage.name.clone(),
                }));
            }
            deal.progress.insert(process.id, moved.progress);
            tell(&mut deal, events, context);
            self.put_deal(deal);
        }
        self.lead_views_of_stages(map);
        self.save_process(process, context)
    }

    /// Brings the deals of a process into another one and deletes it.
    pub(super) fn succeed(
        &mut self,
        succession: &Succession,
        context: &Context<'_>,
    ) -> Result<(), DomainError> {
        let Succession { from, into, map } = succession;
        let (before, after) = (self.process(*from)?, self.process(*into)?);
        if from == into {
            return Err(DomainError::Nothing);
        }
        if self.workspace.default_process() == *from {
            return Err(DomainError::IsDefault {
                name: before.name.clone(),
            });
        }
        if after.archived {
            return Err(DomainError::Archived {
                name: after.name.clone(),
            });
        }
        map.check(&after)?;
        for deal in self.deals_using(*from) {
            let deal = succeeded(Deal::clone(&deal), &before, &after, map, context)?;
            self.put_deal(deal);
        }
        self.lead_rules(*from, *into);
        self.lead_views(succession);
        self.delete_process(*from)
    }

    /// Deletes an entry of a list and puts another, or none, in its place.
    pub(super) fn replace_entry(
        &mut self,
        kind: ListKind,
        id: EntryId,
        by: Option<EntryId>,
        context: &Context<'_>,
    ) -> Result<(), DomainError> {
        let list = self.workspace.list(kind);
        let missing = || DomainError::Missing {
            what: kind.singular(),
        };
        let from = list.get(id).ok_or_else(missing)?.name.to_string();
        if by == Some(id) {
            return Err(DomainError::Nothing);
        }
        let to = match by {
            Some(by) => list.get(by).ok_or_else(missing)?.name.to_string(),
            None if kind.is_mandatory()
                && list.entries.len() > 1
                && !affected::of_entry(self.workspace, kind, id).is_empty() =>
            {
                return Err(DomainError::ReasonMissing);
            }
            None => String::new(),
        };
        self.replace_in_customers(kind, id, by);
        self.replace_in_rules(kind, id, by);
        self.lead_views_of_entry(kind, id, by);
        let deals: Vec<Arc<Deal>> = self.workspace.deals.values().cloned().collect();
        for deal in deals {
            if let Some(mut deal) = replaced(&deal, kind, id, by) {
                let field = match kind {
                    ListKind::Categories => Some(Field::Category),
                    ListKind::Owners => Some(Field::Owner),
                    ListKind::Sources => Some(Field::Source),
                    _ => None,
                };
                let (from, to) = (from.clone(), to.clone());
                let event = field.map(|field| What::Edited { field, from, to });
                tell(&mut deal, event, context);
                self.put_deal(deal);
            }
        }
        if self.workspace.settings.me == Some(id) {
            self.set_me(by)?;
        }
        self.delete_entry(kind, id)
    }

    fn replace_in_customers(&mut self, kind: ListKind, id: EntryId, by: Option<EntryId>) {
        if kind != ListKind::Segments {
            return;
        }
        let customers = self.workspace.customers.values();
        let theirs: Vec<Arc<Customer>> = customers
            .filter(|customer| customer.segment == Some(id))
            .cloned()
            .collect();
        for customer in theirs {
            let segment = by;
            self.put(Record::Customer(Arc::new(Customer {
                segment,
                ..Customer::clone(&customer)
            })));
        }
    }

    /// The deals that use a process, now or parked.
    fn deals_using(&self, id: ProcessId) -> Vec<Arc<Deal>> {
        let deals = self.workspace.deals.values();
        deals
            .filter(|deal| deal.process == id || deal.progress.contains_key(&id))
            .cloned()
            .collect()
    }
}

/// The deal with its progress in `before` carried over to `after`, and joined
/// with what it has there.
fn succeeded(
    mut deal: Deal,
    before: &Process,
    after: &Process,
    map: &ProcessMap,
    context: &Context<'_>,
) -> Result<Deal, DomainError> {
    let was_present = deal.process == before.id;
    let brought = match deal.progress.remove(&before.id) {
        Some(progress) => Some(carried(&progress, before, after, map)?),
        None => None,
    };
    let there = deal.progress.remove(&after.id).map(|progress| Carried {
        progress,
        events: Vec::new(),
    });
    let one = match (brought, there) {
        (Some(brought), Some(there)) => {
            // What was used last says where the deal stands.
            let is_later = last_entered(&there.progress) > last_entered(&brought.progress);
            let there_first = deal.process == after.id || (!was_present && is_later);
            let (first, second) = if there_first {
                (there, brought)
            } else {
                (brought, there)
            };
            Some(merged(first, second, after))
        }
        (one, other) => one.or(other),
    };
    let Carried {
        progress,
        mut events,
    } = one.unwrap_or_default();
    if !progress.is_empty() {
        deal.progress.insert(after.id, progress);
    }
    if was_present {
        deal.process = after.id;
        events.push(What::ProcessChanged {
            from: before.name.clone(),
            to: after.name.clone(),
        });
    }
    if deal.process == after.id && deal.is_open() {
        let progress = deal.progress.entry(after.id).or_default();
        progress.settle(after, context.now);
    }
    tell(&mut deal, events, context);
    Ok(deal)
}

fn last_entered(progress: &Progress) -> Option<crate::domain::value::time::Moment> {
    progress.stays.last().map(|stay| stay.entered)
}

/// The deal with another entry in the place of the one that goes; none where
/// it does not use it.
fn replaced(deal: &Deal, kind: ListKind, id: EntryId, by: Option<EntryId>) -> Option<Deal> {
    // Of all deals few use it: a copy is made of these alone.
    if deal.entry(kind) != Some(id) {
        return None;
    }
    let mut new = deal.clone();
    *new.entry_mut(kind)? = by;
    Some(new)
}

fn tell(deal: &mut Deal, events: impl IntoIterator<Item = What>, context: &Context<'_>) {
    let at = context.now;
    let events = events.into_iter().map(|what| Event { at, what });
    deal.history.extend(events);
}
