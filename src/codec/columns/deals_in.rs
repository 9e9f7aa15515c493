//! Reading a page of deals.

use std::collections::BTreeSet;
use std::sync::Arc;

use litemap::LiteMap;

use super::amounts::{self, chance};
use super::bytes::{Damage, TextsIn, unzigzag};
use super::deals::{DealsIn, Last, closing, entered, left, progress, snooze, touched};
use super::places::Placed;
use super::revisions;
use super::shapes::{self, Shape};
use super::steps::{StepsIn, StepsReader};
use super::tables::IdsIn;
use super::times::{Plus, date_of, day_at, get, noon};
use crate::codec::revision::Revision;
use crate::domain::record::deal::{Closing, Deal, Event, Outcome, Snooze, What};
use crate::domain::record::progress::{Progress, Stay, Tick};
use crate::domain::value::id::{DealId, ProcessId, StageId, SubStageId};
use crate::domain::value::text::Name;
use crate::domain::value::time::Moment;

/// A deal and its revision.
pub type ReadDeal = (Revision, Arc<Deal>);

/// The page, while its deals are read one after the other.
pub struct DealsReader<'a> {
    columns: DealsIn<'a>,
    customers: IdsIn,
    entries: IdsIn,
    processes: IdsIn,
    stages: IdsIn,
    shapes: Vec<Shape>,
    names: TextsIn<'a>,
    ticks: TextsIn<'a>,
    notes: TextsIn<'a>,
    edits: TextsIn<'a>,
    others: TextsIn<'a>,
    externals: TextsIn<'a>,
    steps: StepsReader<'a>,
    revisions: revisions::RevisionsReader<'a>,
    /// How many deals there are.
    pub count: usize,
    led_to: Vec<Option<StageId>>,
    first: Moment,
    id: u64,
    /// Of the deal that is being read: the leading events, and the ticks that
    /// events tell.
    leading: Vec<(Moment, usize)>,
    told: Vec<(ProcessId, SubStageId, Tick)>,
}

impl<'a> DealsReader<'a> {
    /// Reads the tables of a page.
    pub fn new(mut columns: DealsIn<'a>, steps: Option<StepsIn<'a>>) -> Result<Self, Damage> {
        let tables = &mut columns.tables;
        let count = tables.small()?;
        let mut ids = || IdsIn::read(tables);
        let (customers, entries) = (ids()?, ids()?);
        let (processes, stages, subs) = (ids()?, ids()?, ids()?);
        let mut shape_names = TextsIn::new(columns.shape_lengths, columns.shape_text)?;
        let shapes = shapes::read(&mut columns.shapes, &mut shape_names, &subs, &processes)?;
        Ok(Self {
            customers,
            entries,
            processes,
            stages,
            names: TextsIn::new(columns.name_lengths, columns.name_text)?,
            ticks: TextsIn::new(columns.tick_lengths, columns.tick_text)?,
            notes: TextsIn::new(columns.notes_lengths, columns.notes_text)?,
            edits: TextsIn::new(columns.edit_lengths, columns.edit_text)?,
            others: TextsIn::new(columns.other_lengths, columns.other_text)?,
            externals: TextsIn::new(columns.external_lengths, columns.external_text)?,
            steps: StepsReader::new(steps)?,
            revisions: revisions::RevisionsReader::new(revisions::Columns {
                table: columns.revisions,
                which: columns.revision_which,
                counters: columns.revision_counters,
                tabs: columns.revision_tabs,
                high: columns.revision_high,
                low: columns.revision_low,
            })?,
            count: columns.ids.room_for(count),
            led_to: vec![None; shapes.len()],
            shapes,
            columns,
            first: Moment::default(),
            id: 0,
            leading: Vec::new(),
            told: Vec::new(),
        })
        .and_then(|reader| match reader.count == count {
            true => Ok(reader),
            false => Err(Damage::SHORT),
        })
    }

    /// The next of the revisions that belong to no deal.
    pub fn extra(&mut self) -> Result<Revision, Damage> {
        self.revisions.next(None)
    }

    /// Whether everything was read, as it must be in the end.
    pub fn is_done(&self) -> bool {
        let columns = &self.columns;
        let numbers = [
            columns.ids,
            columns.created,
            columns.event_shapes,
            columns.event_days,
            columns.event_minutes,
            columns.stay_left,
            columns.other,
            columns.value_bytes,
        ];
        let texts = [
            &self.names,
            &self.ticks,
            &self.notes,
            &self.edits,
            &self.others,
            &self.externals,
        ];
        self.steps.is_done()
            && numbers.iter().all(|column| column.0.is_empty())
            && texts.iter().all(|texts| texts.is_done())
    }

    /// The next deal.
    pub fn deal(&mut self) -> Result<ReadDeal, Damage> {
        let (history, last) = self.history()?;
        let columns = &mut self.columns;
        self.id = self.id.wrapping_add(columns.ids.number()?);
        let name = Name::try_from(self.names.text()?).map_err(|_| Damage::NAME)?;
        let process = self.processes.id(columns.process.small()?)?;
        let day = day_at(self.first).wrapping_add(columns.created.signed()?);
        let created = date_of(day)?;
        let expected_close = match columns.expected.number()? {
            0 => None,
            more => Some(date_of(day.wrapping_add(unzigzag(more - 1)))?),
        };
        let value = amounts::get(&mut columns.value_sizes, &mut columns.value_bytes)?;
        let touched = match columns.touched.byte()? {
            touched::LAST_EVENT => history.last().ok_or(Damage::OUTSIDE)?.at,
            touched::CREATED => noon(day),
            touched::TOLD => noon(day).plus(columns.other.signed()?),
            _ => return Err(Damage::OUTSIDE),
        };
        let mut dismissed = BTreeSet::new();
        for _ in 0..columns.dismissed.small()? {
            dismissed.insert(self.processes.id(columns.dismissed.small()?)?);
        }
        let customer = self.customers.maybe(columns.customer.small()?)?;
        let category = self.entries.maybe(columns.category.small()?)?;
        let owner = self.entries.maybe(columns.owner.small()?)?;
        let source = self.entries.maybe(columns.source.small()?)?;
        let closing = self.closing(day, last.closed)?;
        let snooze = self.snooze(day, last.snoozed)?;
        let next_step = self.steps.deal(day, last.step)?;
        let progress = self.progresses(process, day, closing.as_ref())?;
        let deal = Deal {
            id: DealId(self.id),
            name,
            customer,
            category,
            owner,
            value,
            expected_close,
            source,
            notes: self.notes.text()?.to_owned(),
            external_id: self.externals.maybe()?.map(str::to_owned),
            created,
            touched,
            process,
            progress,
            closing,
            dismissed,
            snooze,
            next_step,
            history,
        };
        Ok((self.revisions.next(Some(touched))?, Arc::new(deal)))
    }

    fn history(&mut self) -> Result<(Vec<Event>, Last), Damage> {
        let columns = &mut self.columns;
        let count = columns.events.small()?;
        let mut history = Vec::with_capacity(columns.event_shapes.room_for(count));
        let mut last = Last::default();
        self.leading.clear();
        self.told.clear();
        let mut at = self.first;
        for number in 0..count {
            let columns = &mut self.columns;
            at = get(
                at,
                &mut columns.event_days,
                &mut columns.event_hours,
                &mut columns.event_minutes,
            )?;
            if number == 0 {
                self.first = at;
            }
            let what = self.what(at, &mut last)?;
            history.push(Event { at, what });
        }
        Ok((history, last))
    }

    /// What happened at that moment.
    fn what(&mut self, at: Moment, last: &mut Last) -> Result<What, Damage> {
        let columns = &mut self.columns;
        let place = columns.event_shapes.small()?;
        let shape = self.shapes.get(place).ok_or(Damage::OUTSIDE)?;
        if shape.leads() {
            self.leading.push((at, place));
        }
        let other = &mut columns.other;
        Ok(match shape {
            Shape::Created => What::Created,
            Shape::Imported => What::Imported,
            Shape::Ticked {
                sub_stage,
                name,
                stage,
                ticks,
            } => {
                let note = self.ticks.text()?;
                if let Some(process) = ticks {
                    let note = note.to_owned();
                    self.told.push((*process, *sub_stage, Tick { at, note }));
                }
                What::Ticked {
                    sub_stage: *sub_stage,
                    name: name.clone(),
                    note: note.to_owned(),
                    stage: stage.clone(),
                }
            }
            Shape::Unticked {
                sub_stage,
                name,
                stage,
            } => What::Unticked {
                sub_stage: *sub_stage,
                name: name.clone(),
                note: self.ticks.text()?.to_owned(),
                stage: stage.clone(),
            },
            Shape::TickSetAside { sub_stage, name } => What::TickSetAside {
                sub_stage: *sub_stage,
                name: name.clone(),
                note: self.ticks.text()?.to_owned(),
                ticked: Moment(at.0.wrapping_sub(other.signed()?)),
            },
            Shape::Moved(to) => What::Moved { to: to.clone() },
            Shape::ProcessChanged(from, to) => What::ProcessChanged {
                from: from.clone(),
                to: to.clone(),
            },
            Shape::Snoozed => {
                let until = date_of(day_at(at).wrapping_add(other.signed()?))?;
                let reason = self.others.text()?.to_owned();
                last.snoozed = Some(Snooze {
                    until,
                    reason: reason.clone(),
                });
                What::Snoozed {
                    until: Some(until),
                    reason,
                }
            }
            Shape::Woken => {
                last.snoozed = None;
                What::Snoozed {
                    until: None,
                    reason: self.others.text()?.to_owned(),
                }
            }
            Shape::ChanceSet => What::ChanceSet {
                chance: match other.number()? {
                    0 => None,
                    more => Some(chance(more - 1)?),
                },
            },
            Shape::Edited(field) => What::Edited {
                field: *field,
                from: self.edits.text()?.to_owned(),
                to: self.edits.text()?.to_owned(),
            },
            Shape::Closed(outcome, reason) => {
                let on = date_of(day_at(at).wrapping_add(columns.closed_on.signed()?))?;
                let comment = self.others.text()?.to_owned();
                last.closed = Some(Closing {
                    outcome: *outcome,
                    on,
                    reason: None,
                    comment: comment.clone(),
                });
                What::Closed {
                    outcome: *outcome,
                    on,
                    reason: reason.clone(),
                    comment,
                }
            }
            Shape::Reopened(outcome) => What::Reopened { outcome: *outcome },
            Shape::NextStepSet(told) => {
                let step = self.steps.event(at, *told, last.step.as_ref())?;
                last.step = Some(step.clone());
                What::NextStepSet { step }
            }
            Shape::NextStepDone(told) => What::NextStepDone {
                step: self.steps.event(at, *told, last.step.as_ref())?,
            },
            Shape::NextStepDropped(told) => What::NextStepDropped {
                step: self.steps.event(at, *told, last.step.as_ref())?,
            },
        })
    }

    fn closing(&mut self, day: i64, last: Option<Closing>) -> Result<Option<Closing>, Damage> {
        let columns = &mut self.columns;
        let code = columns.closing.byte()?;
        if code == closing::NONE {
            return Ok(None);
        }
        let reason = self.entries.maybe(columns.reason.small()?)?;
        let told = match code {
            closing::LAST_EVENT => last.ok_or(Damage::OUTSIDE)?,
            told => Closing {
                outcome: Outcome::at(told.wrapping_sub(closing::TOLD))?,
                on: date_of(day.wrapping_add(columns.other.signed()?))?,
                reason: None,
                comment: self.others.text()?.to_owned(),
            },
        };
        Ok(Some(Closing { reason, ..told }))
    }

    fn snooze(&mut self, day: i64, last: Option<Snooze>) -> Result<Option<Snooze>, Damage> {
        let columns = &mut self.columns;
        match columns.snooze.byte()? {
            snooze::NONE => Ok(None),
            snooze::LAST_EVENT => last.map(Some).ok_or(Damage::OUTSIDE),
            snooze::TOLD => Ok(Some(Snooze {
                until: date_of(day.wrapping_add(columns.other.signed()?))?,
                reason: self.others.text()?.to_owned(),
            })),
            _ => Err(Damage::OUTSIDE),
        }
    }

    fn progresses(
        &mut self,
        present: ProcessId,
        day: i64,
        closing: Option<&Closing>,
    ) -> Result<LiteMap<ProcessId, Progress>, Damage> {
        let columns = &mut self.columns;
        let count = columns.progresses.small()?;
        let closed = closing.map(|closing| noon(super::times::day_of(closing.on)));
        let mut all = LiteMap::with_capacity(columns.progress_process.room_for(count));
        for _ in 0..count {
            let process = match self.columns.progress_process.small()? {
                0 => present,
                more => self.processes.id(more - 1)?,
            };
            let progress = self.progress(process, day, closed)?;
            if all.insert(process, progress).is_some() {
                return Err(Damage::OUTSIDE);
            }
        }
        Ok(all)
    }

    fn progress(
        &mut self,
        process: ProcessId,
        day: i64,
        closed: Option<Moment>,
    ) -> Result<Progress, Damage> {
        let columns = &mut self.columns;
        let parts = columns.progress_parts.byte()?;
        let has = |part: u8| parts & part != 0;
        let position = match has(progress::POSITION) {
            true => Some(self.stages.id(columns.position.small()?)?),
            false => None,
        };
        let chance = match has(progress::CHANCE) {
            true => Some(chance(columns.other.number()?)?),
            false => None,
        };
        let mut ticks = LiteMap::with_capacity(self.told.len());
        let told = self.told.extract_if(.., |(of, ..)| *of == process);
        // Of two ticks of one sub-stage the later one counts.
        for (_, sub_stage, tick) in told {
            ticks.insert(sub_stage, tick);
        }
        if has(progress::LOOSE_TICKS) {
            for _ in 0..columns.other.number()? {
                let sub_stage = SubStageId(columns.other.number()?);
                let at = noon(day).plus(columns.other.signed()?);
                let note = self.others.text()?.to_owned();
                ticks.insert(sub_stage, Tick { at, note });
            }
        }
        Ok(Progress {
            ticks,
            position,
            stays: self.stays(position, day, closed)?,
            chance,
            stage_unknown: has(progress::STAGE_UNKNOWN),
        })
    }

    fn stays(
        &mut self,
        position: Option<StageId>,
        day: i64,
        closed: Option<Moment>,
    ) -> Result<Vec<Stay>, Damage> {
        let columns = &mut self.columns;
        let count = columns.stays.small()?;
        let mut stays = Vec::with_capacity(columns.stay_stages.room_for(count));
        let created = noon(day);
        let leading = &self.leading;
        let mut named = 0;
        let mut event = |ahead: usize| -> Result<(Moment, usize), Damage> {
            named = ahead.checked_add(named).ok_or(Damage::OUTSIDE)?;
            leading.get(named).copied().ok_or(Damage::OUTSIDE)
        };
        let (mut by, mut end) = (None, None);
        for _ in 0..count {
            let mut before = None;
            let entered = match columns.stay_entered.small()? {
                entered::AT_ONCE => end.ok_or(Damage::OUTSIDE)?,
                entered::CREATED => {
                    (before, by) = (position, None);
                    created
                }
                entered::TOLD => {
                    by = None;
                    created.plus(columns.other.signed()?)
                }
                ahead => {
                    let (at, shape) = event(ahead - entered::EVENT)?;
                    by = Some(shape);
                    at
                }
            };
            let mut slot = by.and_then(|shape| self.led_to.get_mut(shape));
            let before = before.or_else(|| slot.as_ref().and_then(|stage| **stage));
            let stage = match columns.stay_stages.small()? {
                0 => before.ok_or(Damage::OUTSIDE)?,
                more => self.stages.id(more - 1)?,
            };
            if let Some(slot) = &mut slot {
                **slot = Some(stage);
            }
            let code = columns.stay_left.small()?;
            if code >= left::EVENT {
                let (at, shape) = event(code - left::EVENT)?;
                (end, by) = (Some(at), Some(shape));
            } else {
                by = match code {
                    left::NONE => by,
                    _ => None,
                };
                end = match code {
                    left::NONE => None,
                    left::TOLD => Some(created.plus(columns.other.signed()?)),
                    left::NOON => {
                        let days = columns.other.signed()?;
                        Some(created.plus(days.wrapping_mul(24 * 60)))
                    }
                    _ => Some(closed.ok_or(Damage::OUTSIDE)?),
                };
            }
            stays.push(Stay {
                stage,
                entered,
                left: end,
            });
        }
        Ok(stays)
    }
}
