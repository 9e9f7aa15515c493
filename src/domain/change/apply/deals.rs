//! Commands on deals: their fields, and which process they run through.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use litemap::LiteMap;

use super::Edit;
use super::next_steps::{next_step, put_next_step};
use crate::domain::change::bulk::BulkChange;
use crate::domain::change::command::{Choice, Context, DealDraft};
use crate::domain::change::switch::carried;
use crate::domain::record::deal::{Deal, Event, Field, What};
use crate::domain::record::list::ListKind;
use crate::domain::record::process::Process;
use crate::domain::record::workspace::Workspace;
use crate::domain::value::error::DomainError;
use crate::domain::value::field::FieldName;
use crate::domain::value::id::{CustomerId, DealId, EntryId, ProcessId};
use crate::domain::value::text::{MAX_NOTES, Name, clean_lines};
use crate::domain::value::time::{Date, is_plausible};

impl Edit<'_> {
    pub(super) fn add_deal(
        &mut self,
        draft: DealDraft,
        context: &mut Context<'_>,
    ) -> Result<(), DomainError> {
        let process = self.choosable(draft.process, None)?;
        let blank = Deal {
            id: context.ids.fresh(),
            name: Name::title(&draft.name, FieldName::Name)?,
            customer: None,
            category: None,
            owner: None,
            value: None,
            expected_close: None,
            source: None,
            notes: String::new(),
            external_id: None,
            created: context.today,
            touched: context.now,
            process: draft.process,
            progress: LiteMap::new(),
            closing: None,
            dismissed: BTreeSet::new(),
            snooze: None,
            next_step: None,
            history: vec![Event {
                at: context.now,
                what: What::Created,
            }],
        };
        let mut deal = self.filled(blank, draft, context)?;
        enter(&mut deal, &process, context);
        self.put_deal(deal);
        Ok(())
    }

    pub(super) fn edit_deal(
        &mut self,
        id: DealId,
        draft: DealDraft,
        context: &mut Context<'_>,
    ) -> Result<(), DomainError> {
        let before = self.deal(id)?;
        let (target, carry_over) = (draft.process, draft.carry_over);
        let mut deal = self.filled(Deal::clone(&before), draft, context)?;
        let edits = edits(&before, &deal, self.workspace);
        let events = edits.into_iter().map(|what| Event {
            at: context.now,
            what,
        });
        deal.history.extend(events);
        if target != before.process {
            self.go_on_in(&mut deal, target, context)?;
            if carry_over {
                let (from, to) = (self.process(before.process)?, self.process(target)?);
                carry_ticks(&mut deal, &from, &to, context);
            }
        }
        if deal != *before {
            // To dismiss a suggestion is no change (§6.5).
            let dismissed = before.dismissed.clone();
            let others = Deal {
                dismissed,
                ..deal.clone()
            };
            if others != *before {
                deal.touched = context.now;
            }
            self.put_deal(deal);
        }
        Ok(())
    }

    pub(super) fn duplicate_deal(
        &mut self,
        id: DealId,
        context: &mut Context<'_>,
    ) -> Result<(), DomainError> {
        let original = self.deal(id)?;
        let process = if self.process(original.process)?.archived {
            self.workspace.default_process()
        } else {
            original.process
        };
        let name = Name::clamped(
            &format!("{} (copy)", original.name),
            crate::domain::value::text::MAX_TITLE,
            "Copy",
        );
        let mut copy = Deal {
            id: context.ids.fresh(),
            name,
            external_id: None,
            created: context.today,
            touched: context.now,
            process,
            progress: LiteMap::new(),
            closing: None,
            dismissed: BTreeSet::new(),
            snooze: None,
            next_step: None,
            history: vec![Event {
                at: context.now,
                what: What::Created,
            }],
            ..Deal::clone(&original)
        };
        enter(&mut copy, &*self.process(process)?, context);
        self.put_deal(copy);
        Ok(())
    }

    pub(super) fn delete_deals(&mut self, ids: &BTreeSet<DealId>) -> Result<(), DomainError> {
        for id in ids {
            self.deal(*id)?;
            self.set(crate::domain::record::workspace::Key::Deal(*id), None);
            self.delete_notes_of(*id);
        }
        Ok(())
    }

    pub(super) fn change_process(
        &mut self,
        ids: &BTreeSet<DealId>,
        target: ProcessId,
        context: &mut Context<'_>,
    ) -> Result<(), DomainError> {
        for id in ids {
            let before = self.deal(*id)?;
            if before.process != target {
                let mut deal = Deal::clone(&before);
                self.go_on_in(&mut deal, target, context)?;
                deal.touched = context.now;
                self.put_deal(deal);
            }
        }
        Ok(())
    }

    pub(super) fn bulk_edit(
        &mut self,
        ids: &BTreeSet<DealId>,
        change: BulkChange,
        context: &mut Context<'_>,
    ) -> Result<(), DomainError> {
        let entry = match change {
            BulkChange::Owner(id) => Some((ListKind::Owners, id)),
            BulkChange::Category(id) => Some((ListKind::Categories, id)),
            BulkChange::ExpectedClose(date) => {
                expected(date)?;
                None
            }
        };
        if let Some((kind, id)) = entry {
            self.chosen_entry(kind, id.into(), context)?;
        }
        for id in ids {
            let before = self.deal(*id)?;
            let as_before = || Deal::clone(&before);
            let (mut deal, field) = match change {
                BulkChange::Owner(owner) if owner != before.owner => (
                    Deal {
                        owner,
                        ..as_before()
                    },
                    Field::Owner,
                ),
                BulkChange::Category(category) if category != before.category => (
                    Deal {
                        category,
                        ..as_before()
                    },
                    Field::Category,
                ),
                BulkChange::ExpectedClose(expected_close)
                    if expected_close != before.expected_close =>
                {
                    (
                        Deal {
                            expected_close,
                            ..as_before()
                        },
                        Field::ExpectedClose,
                    )
                }
                _ => continue,
            };
            let edited = edited(field, &before, &deal, self.workspace);
            deal.history.extend(edited.map(|what| Event {
                at: context.now,
                what,
            }));
            deal.touched = context.now;
            self.put_deal(deal);
        }
        Ok(())
    }

    /// The process, if a deal whose present one is `present` may choose it.
    fn choosable(
        &self,
        id: ProcessId,
        present: Option<ProcessId>,
    ) -> Result<Arc<Process>, DomainError> {
        let process = self.process(id)?;
        if process.archived && Some(id) != present {
            return Err(DomainError::Archived {
                name: process.name.clone(),
            });
        }
        Ok(process)
    }

    /// Parks the progress in the present process and takes up that in the
    /// target: empty the first time, else as it was left (§4.2).
    fn go_on_in(
        &self,
        deal: &mut Deal,
        target: ProcessId,
        context: &Context<'_>,
    ) -> Result<(), DomainError> {
        let to = self.choosable(target, Some(deal.process))?;
        if !deal.is_open() {
            return Err(DomainError::Closed {
                name: deal.name.clone(),
            });
        }
        let from = self.process(deal.process)?;
        if let Some(progress) = deal.progress.get_mut(&from.id) {
            progress.park(context.now);
            if progress.is_empty() {
                deal.progress.remove(&from.id);
            }
        }
        deal.process = target;
        enter(deal, &to, context);
        deal.history.push(Event {
            at: context.now,
            what: What::ProcessChanged {
                from: from.name.clone(),
                to: to.name.clone(),
            },
        });
        Ok(())
    }

    fn filled(
        &mut self,
        deal: Deal,
        draft: DealDraft,
        context: &mut Context<'_>,
    ) -> Result<Deal, DomainError> {
        expected(draft.expected_close)?;
        let step = draft.next_step.map(next_step).transpose()?;
        if step.is_some() && !deal.is_open() {
            return Err(DomainError::Closed { name: deal.name });
        }
        let mut filled = Deal {
            name: Name::title(&draft.name, FieldName::Name)?,
            customer: self.chosen_customer(draft.customer, draft.segment, context)?,
            category: self.chosen_entry(ListKind::Categories, draft.category, context)?,
            owner: self.chosen_entry(ListKind::Owners, draft.owner, context)?,
            value: draft.value,
            expected_close: draft.expected_close,
            source: self.chosen_entry(ListKind::Sources, draft.source, context)?,
            notes: clean_lines(&draft.notes, MAX_NOTES, FieldName::Notes)?,
            dismissed: deal.dismissed.union(&draft.dismissed).copied().collect(),
            ..deal
        };
        put_next_step(&mut filled, step, context);
        Ok(filled)
    }

    fn chosen_customer(
        &mut self,
        choice: Choice<CustomerId>,
        segment: Choice<EntryId>,
        context: &mut Context<'_>,
    ) -> Result<Option<CustomerId>, DomainError> {
        match choice {
            Choice::None => Ok(None),
            Choice::Existing(id) => self.customer(id).map(|customer| Some(customer.id)),
            Choice::New(name) => self.customer_named(&name, segment, context).map(Some),
        }
    }
}

fn expected(date: Option<Date>) -> Result<(), DomainError> {
    match date {
        Some(date) if !is_plausible(date) => Err(DomainError::Date {
            what: FieldName::ExpectedClose,
        }),
        _ => Ok(()),
    }
}

/// Starts or goes on in `process`, which is the deal's present one.
fn enter(deal: &mut Deal, process: &Process, context: &Context<'_>) {
    let progress = deal.progress.entry(process.id).or_default();
    progress.settle(process, context.now);
}

/// Ticks in `to`, the deal's present process, what is ticked in `from` and is
/// the same there (§4.3). Dates and notes come along.
fn carry_ticks(deal: &mut Deal, from: &Process, to: &Process, context: &Context<'_>) {
    let carried = carried(deal, from, to);
    let source = deal.progress_in(from.id).into_owned();
    let progress = deal.progress.entry(to.id).or_default();
    for (of, sub) in carried {
        let Some(tick) = source.ticks.get(&of) else {
            continue;
        };
        progress.ticks.insert(sub.id, tick.clone());
        progress.stage_unknown = false;
        deal.history.push(Event {
            at: context.now,
            what: What::Ticked {
                sub_stage: sub.id,
                name: sub.name.clone(),
                note: tick.note.clone(),
                stage: None,
            },
        });
    }
    progress.settle(to, context.now);
}

/// The fields in the order the history names them.
const FIELDS: [Field; 8] = [
    Field::Name,
    Field::Customer,
    Field::Category,
    Field::Owner,
    Field::Value,
    Field::ExpectedClose,
    Field::Source,
    Field::Notes,
];

/// One event per field that differs.
fn edits(before: &Deal, after: &Deal, workspace: &Workspace) -> Vec<What> {
    let edited = |field| edited(field, before, after, workspace);
    FIELDS.into_iter().filter_map(edited).collect()
}

/// What the history says of a field that differs, with both texts as people
/// read them; those of the notes are not kept.
fn edited(field: Field, before: &Deal, after: &Deal, workspace: &Workspace) -> Option<What> {
    let [from, to] = [before, after].map(|deal| text(field, deal, workspace));
    let kept = |text: Cow<'_, str>| match field {
        Field::Notes => String::new(),
        _ => text.into_owned(),
    };
    (from != to).then(|| What::Edited {
        field,
        from: kept(from),
        to: kept(to),
    })
}

/// What stands in a field, as people read it.
fn text<'a>(field: Field, deal: &'a Deal, workspace: &'a Workspace) -> Cow<'a, str> {
    let entry = |kind, id| Cow::Borrowed(workspace.entry_name(kind, id));
    match field {
        Field::Name => deal.name.as_str().into(),
        Field::Customer => workspace.customer_name(deal.customer).into(),
        Field::Category => entry(ListKind::Categories, deal.category),
        Field::Owner => entry(ListKind::Owners, deal.owner),
        Field::Value => {
            let decimals = workspace.currency().decimals;
            let value = deal.value.map(|value| value.to_plain(decimals));
            value.unwrap_or_default().into()
        }
        Field::ExpectedClose => {
            let date = deal.expected_close.map(|date| date.to_string());
            date.unwrap_or_default().into()
        }
        Field::Source => entry(ListKind::Sources, deal.source),
        Field::Notes => deal.notes.as_str().into(),
    }
}
