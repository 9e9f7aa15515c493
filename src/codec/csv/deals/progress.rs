//! What a row makes of a deal: a new one, or changes of one that is there.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use litemap::LiteMap;

use super::super::Clock;
use super::row::Facts;
use crate::domain::change::apply::apply;
use crate::domain::change::command::{Command, Context};
use crate::domain::record::deal::{Closing, Deal, Event, What};
use crate::domain::record::note::Notes;
use crate::domain::record::process::Process;
use crate::domain::record::progress::Progress;
use crate::domain::record::workspace::{Key, Record, Setup, Workspace};
use crate::domain::value::error::DomainError;
use crate::domain::value::id::{CustomerId, DealId, EntryId, IdSource, StageId};
use crate::domain::value::text::Name;
use crate::domain::value::time::{Date, Moment};

/// The records that a row refers to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Links {
    pub customer: Option<CustomerId>,
    pub category: Option<EntryId>,
    pub owner: Option<EntryId>,
    pub source: Option<EntryId>,
    pub reason: Option<EntryId>,
    pub stage: Option<StageId>,
}

/// The closing date of a closed deal: the file's; else the expected close, if
/// that is past; else the last change, the date of creation, or today.
fn closing_date(facts: &Facts, clock: Clock) -> Date {
    let candidates = [
        facts.closed,
        facts.expected_close,
        facts.changed,
        facts.created,
    ];
    let past = candidates
        .into_iter()
        .flatten()
        .find(|date| *date <= clock.today);
    past.unwrap_or(clock.today)
}

fn closing(facts: &Facts, links: Links, clock: Clock) -> Option<Closing> {
    let on = closing_date(facts, clock);
    let reason = links.reason;
    facts.outcome.map(|outcome| Closing {
        outcome,
        on,
        reason,
        comment: String::new(),
    })
}

/// A new deal. Its date of creation is the file's, else today, or the closing
/// date of a deal that is closed; where the file does not say when a person
/// last changed it, that is the date of creation too.
pub fn new_deal(
    facts: Facts,
    name: Name,
    links: Links,
    external_id: Option<String>,
    process: &Process,
    clock: Clock,
    ids: &mut IdSource,
) -> Deal {
    let closing = closing(&facts, links, clock);
    let closed = closing.as_ref().map(|closing| closing.on);
    let created = facts.created.or(closed).unwrap_or(clock.today);
    let entered = clock.noon_of(created);
    let mut progress = Progress {
        position: links.stage,
        chance: facts.chance,
        stage_unknown: links.stage.is_none(),
        ..Progress::default()
    };
    progress.settle(process, entered);
    if let Some(closed) = closed {
        progress.stop(clock.noon_of(closed).max(entered));
    }
    Deal {
        id: ids.fresh(),
        name,
        customer: links.customer,
        category: links.category,
        owner: links.owner,
        value: facts.value,
        expected_close: facts.expected_close,
        source: links.source,
        notes: facts.notes,
        external_id,
        created,
        touched: facts
            .changed
            .map_or(entered, |on| clock.noon_of(on).max(entered)),
        process: process.id,
        progress: LiteMap::from_iter([(process.id, progress)]),
        closing,
        dismissed: BTreeSet::new(),
        snooze: None,
        next_step: facts.next_step,
        history: vec![Event {
            at: clock.now,
            what: What::Imported,
        }],
    }
}

/// A workspace of one deal, in which an update goes through the same commands
/// as a person's change.
#[derive(Debug)]
pub struct Scratch {
    workspace: Workspace,
    clock: Clock,
}

impl Scratch {
    /// Holds nothing but the account's settings and order.
    pub fn new(workspace: &Workspace, clock: Clock) -> Self {
        let workspace = Workspace {
            setup: Setup {
                settings: workspace.settings.clone(),
                order: workspace.order.clone(),
                lists: BTreeMap::new(),
                views: Arc::default(),
                rules: Arc::default(),
                processes: workspace.processes.clone(),
                customers: BTreeMap::new(),
            },
            deals: BTreeMap::new(),
            notes: Notes::default(),
        };
        Self { workspace, clock }
    }

    /// Brings a process up to date.
    pub fn put_process(&mut self, process: &Process) {
        let record = Record::Process(Arc::new(process.clone()));
        self.workspace.set(record.key(), Some(record));
    }

    /// The deal after the row: what it lacks is filled, and with `overwrite`
    /// what differs is replaced, its process, stage and status included. An
    /// import is no change by a person, so the date of that stays.
    ///
    /// # Errors
    /// The change of the process or the stage is refused.
    pub fn update(
        &mut self,
        before: &Deal,
        facts: Facts,
        links: Links,
        process: &Process,
        overwrite: bool,
        ids: &mut IdSource,
    ) -> Result<Deal, DomainError> {
        let clock = self.clock;
        let mut deal = before.clone();
        let closing = closing(&facts, links, clock);
        fill(&mut deal.customer, links.customer, overwrite);
        fill(&mut deal.category, links.category, overwrite);
        fill(&mut deal.owner, links.owner, overwrite);
        fill(&mut deal.source, links.source, overwrite);
        fill(&mut deal.value, facts.value, overwrite);
        fill(&mut deal.expected_close, facts.expected_close, overwrite);
        if !facts.notes.is_empty() && (overwrite || deal.notes.is_empty()) {
            deal.notes = facts.notes;
        }
        if overwrite {
            deal.name = facts.name.unwrap_or(deal.name);
            deal.created = facts.created.unwrap_or(deal.created);
            if facts.status_said && closing.is_none() && !deal.is_open() {
                deal = self.run(deal, |id| Command::Reopen([id].into()), ids)?;
            }
            if facts.process_said && deal.process != process.id && deal.is_open() {
                let to = process.id;
                let command = |id| Command::ChangeProcess {
                    deals: [id].into(),
                    process: to,
                };
                deal = self.run(deal, command, ids)?;
            }
            if let Some(stage) = links.stage
                && deal.is_open()
                && deal.process == process.id
            {
                let command = |id| Command::MoveToStage {
                    deals: [id].into(),
                    stage,
                };
                deal = self.run(deal, command, ids)?;
            }
        }
        if deal.process == process.id {
            let progress = deal.progress.entry(process.id).or_default();
            if overwrite && facts.chance_is_implied {
                // The file is right: the stage's chance, and not the one typed.
                progress.chance = None;
            }
            fill(&mut progress.chance, facts.chance, overwrite);
        }
        match (&mut deal.closing, closing) {
            (None, Some(closing)) if overwrite => {
                let progress = deal.progress.entry(deal.process).or_default();
                progress.stop(clock.noon_of(closing.on).max(last_entry(progress)));
                deal.closing = Some(closing);
            }
            (Some(present), Some(closing)) if overwrite => {
                let reason = closing.reason.or(present
                    .reason
                    .filter(|_| present.outcome == closing.outcome));
                let on = facts.closed.unwrap_or(present.on);
                *present = Closing {
                    outcome: closing.outcome,
                    on,
                    reason,
                    comment: std::mem::take(&mut present.comment),
                };
            }
            (Some(present), Some(closing)) if present.outcome == closing.outcome => {
                fill(&mut present.reason, closing.reason, false);
            }
            _ => {}
        }
        if deal.is_open() {
            fill(&mut deal.next_step, facts.next_step, overwrite);
        } else if let Some(step) = deal.next_step.take() {
            deal.history.push(Event {
                at: clock.now,
                what: What::NextStepDropped { step },
            });
        }
        deal.touched = before.touched;
        if deal != *before {
            deal.history.push(Event {
                at: clock.now,
                what: What::Imported,
            });
        }
        Ok(deal)
    }

    fn run(
        &mut self,
        deal: Deal,
        command: impl FnOnce(DealId) -> Command,
        ids: &mut IdSource,
    ) -> Result<Deal, DomainError> {
        let clock = self.clock;
        let (id, key) = (deal.id, Key::Deal(deal.id));
        self.workspace
            .set(key, Some(Record::Deal(Arc::new(deal.clone()))));
        let mut context = Context {
            now: clock.now,
            today: clock.today,
            ids,
        };
        let done = apply(&mut self.workspace, command(id), &mut context);
        let after = self.workspace.deals.get(&id).map(|deal| Deal::clone(deal));
        self.workspace.set(key, None);
        done.map(|_| after.unwrap_or(deal))
    }
}

fn fill<T>(slot: &mut Option<T>, new: Option<T>, overwrite: bool) {
    if new.is_some() && (overwrite || slot.is_none()) {
        *slot = new;
    }
}

fn last_entry(progress: &Progress) -> Moment {
    progress
        .stays
        .last()
        .map_or(Moment::default(), |stay| stay.entered)
}
