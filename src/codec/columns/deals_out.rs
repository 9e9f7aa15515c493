//! Writing a page of deals.

use std::collections::HashMap;

use super::bytes::{TextsOut, zigzag};
use super::deals::{DealsOut, closing, entered, left, progress, snooze, touched};
use super::places::Placed;
use super::shapes::{self, Key, leads};
use super::steps::{StepsOut, StepsWriter, last_steps};
use super::tables::IdsOut;
use super::times::{day_at, day_of, noon, put};
use super::{amounts, revisions};
use crate::codec::revision::Revision;
use crate::domain::record::deal::{Deal, Event, What};
use crate::domain::record::progress::{Progress, Tick};
use crate::domain::value::id::{ProcessId, StageId, SubStageId};
use crate::domain::value::order::sort;
use crate::domain::value::time::Moment;

/// What the whole page knows.
struct Page {
    customers: IdsOut,
    entries: IdsOut,
    processes: IdsOut,
    stages: IdsOut,
    columns: DealsOut,
    names: TextsOut,
    ticks: TextsOut,
    notes: TextsOut,
    edits: TextsOut,
    others: TextsOut,
    externals: TextsOut,
    steps: StepsWriter,
    /// The stage to which each shape has led the last time.
    led_to: Vec<Option<StageId>>,
    /// The first event of the deal before.
    first: Moment,
    id: u64,
}

/// The columns of these deals, which must be sorted by their ids; `extra`
/// are more revisions to be told at the end.
pub fn write(deals: &[(Revision, &Deal)], extra: &[Revision]) -> (DealsOut, StepsOut) {
    let keys: Vec<Vec<Key<'_>>> = deals.iter().map(|(_, deal)| keys(deal)).collect();
    let mut table: Vec<Key<'_>> = keys.iter().flatten().copied().collect();
    sort(&mut table);
    table.dedup();
    let places: HashMap<Key<'_>, usize> = table
        .iter()
        .enumerate()
        .map(|(at, key)| (*key, at))
        .collect();
    let mut page = Page::new(deals, &table);
    for ((_, deal), keys) in deals.iter().zip(&keys) {
        let shapes = keys
            .iter()
            .map(|key| places.get(key).copied().unwrap_or_default());
        page.deal(deal, &shapes.collect::<Vec<_>>(), keys);
    }
    let told = deals
        .iter()
        .map(|(revision, deal)| (*revision, Some(deal.touched)));
    let told: Vec<_> = told
        .chain(extra.iter().map(|revision| (*revision, None)))
        .collect();
    let columns = &mut page.columns;
    revisions::write(
        &told,
        &mut revisions::Columns {
            table: &mut columns.revisions,
            which: &mut columns.revision_which,
            counters: &mut columns.revision_counters,
            tabs: &mut columns.revision_tabs,
            high: &mut columns.revision_high,
            low: &mut columns.revision_low,
        },
    );
    page.finish()
}

/// The shapes of a deal's events. Each tick is told by one of them, if any is it.
fn keys(deal: &Deal) -> Vec<Key<'_>> {
    let mut told: Vec<(ProcessId, SubStageId)> = Vec::new();
    let steps = last_steps(&deal.history);
    let mut keys: Vec<Key<'_>> = deal
        .history
        .iter()
        .zip(steps)
        .rev()
        .map(|(event, step)| {
            let ticks = tick_of(deal, event).filter(|tick| !told.contains(tick));
            told.extend(ticks);
            shapes::key(&event.what, ticks.map(|(process, _)| process), step)
        })
        .collect();
    keys.reverse();
    keys
}

/// The tick that an event tells.
fn tick_of(deal: &Deal, event: &Event) -> Option<(ProcessId, SubStageId)> {
    let What::Ticked {
        sub_stage, note, ..
    } = &event.what
    else {
        return None;
    };
    let is_it = |progress: &Progress| {
        let tick = progress.ticks.get(sub_stage);
        tick.is_some_and(|tick| tick.at == event.at && tick.note == *note)
    };
    let mut progresses = deal.progress.iter();
    let (process, _) = progresses.find(|(_, progress)| is_it(progress))?;
    Some((*process, *sub_stage))
}

impl Page {
    fn new(deals: &[(Revision, &Deal)], table: &[Key<'_>]) -> Self {
        let all = || deals.iter().map(|(_, deal)| *deal);
        let progresses = || all().flat_map(|deal| &deal.progress);
        let entries = all().flat_map(|deal| {
            let reason = deal.closing.as_ref().and_then(|closing| closing.reason);
            [deal.category, deal.owner, deal.source, reason]
        });
        let processes = all().flat_map(|deal| {
            let been = deal.progress.keys().chain(&deal.dismissed);
            been.copied().chain([deal.process])
        });
        let stages = progresses().flat_map(|(_, progress)| {
            let stays = progress.stays.iter().map(|stay| stay.stage);
            stays.chain(progress.position)
        });
        let named = table.iter().filter_map(Key::sub_stage);
        let customers = IdsOut::new(all().filter_map(|deal| deal.customer).map(|id| id.0));
        let entries = IdsOut::new(entries.flatten().map(|id| id.0));
        let processes = IdsOut::new(processes.map(|id| id.0));
        let stages = IdsOut::new(stages.map(|id| id.0));
        let subs = IdsOut::new(named.map(|id| id.0));
        let mut columns = DealsOut::default();
        columns.tables.small(deals.len());
        for ids in [&customers, &entries, &processes, &stages, &subs] {
            ids.write(&mut columns.tables);
        }
        let mut names = TextsOut::default();
        shapes::write(table, &subs, &processes, &mut columns.shapes, &mut names);
        columns.shape_lengths = names.lengths;
        columns.shape_text = names.text;
        Self {
            customers,
            entries,
            processes,
            stages,
            columns,
            names: TextsOut::default(),
            ticks: TextsOut::default(),
            notes: TextsOut::default(),
            edits: TextsOut::default(),
            others: TextsOut::default(),
            externals: TextsOut::default(),
            steps: StepsWriter::default(),
            led_to: vec![None; table.len()],
            first: Moment::default(),
            id: 0,
        }
    }

    fn finish(self) -> (DealsOut, StepsOut) {
        let mut columns = self.columns;
        (columns.name_lengths, columns.name_text) = (self.names.lengths, self.names.text);
        (columns.tick_lengths, columns.tick_text) = (self.ticks.lengths, self.ticks.text);
        (columns.notes_lengths, columns.notes_text) = (self.notes.lengths, self.notes.text);
        (columns.edit_lengths, columns.edit_text) = (self.edits.lengths, self.edits.text);
        (columns.other_lengths, columns.other_text) = (self.others.lengths, self.others.text);
        columns.external_lengths = self.externals.lengths;
        columns.external_text = self.externals.text;
        (columns, self.steps.finish())
    }

    fn deal(&mut self, deal: &Deal, shapes: &[usize], keys: &[Key<'_>]) {
        self.history(deal, shapes);
        self.names.push(deal.name.as_str());
        self.notes.push(&deal.notes);
        self.externals.push_maybe(deal.external_id.as_deref());
        let columns = &mut self.columns;
        columns.ids.number(deal.id.0.wrapping_sub(self.id));
        self.id = deal.id.0;
        columns
            .customer
            .small(self.customers.maybe(deal.customer.map(|id| id.0)));
        columns
            .category
            .small(self.entries.maybe(deal.category.map(|id| id.0)));
        columns
            .owner
            .small(self.entries.maybe(deal.owner.map(|id| id.0)));
        columns
            .source
            .small(self.entries.maybe(deal.source.map(|id| id.0)));
        columns.process.small(self.processes.place(deal.process.0));
        let created = day_of(deal.created);
        columns.created.signed(created - day_at(self.first));
        match deal.expected_close {
            None => columns.expected.number(0),
            Some(date) => columns.expected.number(1 + zigzag(day_of(date) - created)),
        }
        amounts::put(
            deal.value,
            &mut columns.value_sizes,
            &mut columns.value_bytes,
        );
        if deal
            .history
            .last()
            .is_some_and(|event| event.at == deal.touched)
        {
            columns.touched.byte(touched::LAST_EVENT);
        } else if deal.touched == noon(created) {
            columns.touched.byte(touched::CREATED);
        } else {
            columns.touched.byte(touched::TOLD);
            columns
                .other
                .signed(deal.touched.0.wrapping_sub(noon(created).0));
        }
        columns.dismissed.small(deal.dismissed.len());
        for process in &deal.dismissed {
            columns.dismissed.small(self.processes.place(process.0));
        }
        self.closing(deal, created);
        self.snooze(deal, created);
        self.steps.deal(deal, created);
        self.columns.progresses.small(deal.progress.len());
        for (process, progress) in &deal.progress {
            let place = match *process == deal.process {
                true => 0,
                false => 1 + self.processes.place(process.0),
            };
            self.columns.progress_process.small(place);
            self.progress(deal, *process, progress, keys, shapes);
        }
    }

    fn history(&mut self, deal: &Deal, shapes: &[usize]) {
        let columns = &mut self.columns;
        columns.events.small(deal.history.len());
        let mut before = self.first;
        let steps = last_steps(&deal.history);
        let events = deal.history.iter().zip(shapes).zip(steps);
        for (count, ((event, shape), last_step)) in events.enumerate() {
            columns.event_shapes.small(*shape);
            put(
                event.at,
                before,
                &mut columns.event_days,
                &mut columns.event_hours,
                &mut columns.event_minutes,
            );
            before = event.at;
            if count == 0 {
                self.first = before;
            }
            match &event.what {
                What::Ticked { note, .. } | What::Unticked { note, .. } => self.ticks.push(note),
                What::TickSetAside { note, ticked, .. } => {
                    self.ticks.push(note);
                    columns.other.signed(event.at.0.wrapping_sub(ticked.0));
                }
                What::Snoozed { until, reason } => {
                    if let Some(until) = until {
                        columns
                            .other
                            .signed(day_of(*until).wrapping_sub(day_at(event.at)));
                    }
                    self.others.push(reason);
                }
                What::ChanceSet { chance } => {
                    let permille = chance.map_or(0, |chance| u64::from(chance.permille()) + 1);
                    columns.other.number(permille);
                }
                What::Edited { from, to, .. } => {
                    self.edits.push(from);
                    self.edits.push(to);
                }
                What::Closed { on, comment, .. } => {
                    columns
                        .closed_on
                        .signed(day_of(*on).wrapping_sub(day_at(event.at)));
                    self.others.push(comment);
                }
                What::Created
                | What::Imported
                | What::Moved { .. }
                | What::ProcessChanged { .. }
                | What::Reopened { .. } => {}
                What::NextStepSet { step }
                | What::NextStepDone { step }
                | What::NextStepDropped { step } => self.steps.event(event.at, step, last_step),
            }
        }
    }

    fn closing(&mut self, deal: &Deal, created: i64) {
        let columns = &mut self.columns;
        let Some(ended) = &deal.closing else {
            columns.closing.byte(closing::NONE);
            return;
        };
        let mut events = deal.history.iter().rev();
        let last = events.find_map(|event| match &event.what {
            What::Closed {
                outcome,
                on,
                comment,
                ..
            } => Some((*outcome, *on, comment)),
            _ => None,
        });
        columns
            .reason
            .small(self.entries.maybe(ended.reason.map(|id| id.0)));
        if last == Some((ended.outcome, ended.on, &ended.comment)) {
            columns.closing.byte(closing::LAST_EVENT);
        } else {
            columns.closing.byte(closing::TOLD + ended.outcome.place());
            columns.other.signed(day_of(ended.on) - created);
            self.others.push(&ended.comment);
        }
    }

    fn snooze(&mut self, deal: &Deal, created: i64) {
        let columns = &mut self.columns;
        let Some(rest) = &deal.snooze else {
            columns.snooze.byte(snooze::NONE);
            return;
        };
        let mut events = deal.history.iter().rev();
        let last = events.find_map(|event| match &event.what {
            What::Snoozed { until, reason } => Some((*until, reason)),
            _ => None,
        });
        if last == Some((Some(rest.until), &rest.reason)) {
            columns.snooze.byte(snooze::LAST_EVENT);
        } else {
            columns.snooze.byte(snooze::TOLD);
            columns.other.signed(day_of(rest.until) - created);
            self.others.push(&rest.reason);
        }
    }

    fn progress(
        &mut self,
        deal: &Deal,
        process: ProcessId,
        made: &Progress,
        keys: &[Key<'_>],
        shapes: &[usize],
    ) {
        let is_told = |sub: &SubStageId| keys.iter().any(|key| key.is_tick_of(process, *sub));
        let loose = || made.ticks.iter().filter(|(sub, _)| !is_told(sub));
        let loose: Vec<(&SubStageId, &Tick)> = loose().collect();
        let part = |is_there: bool, part: u8| if is_there { part } else { 0 };
        let columns = &mut self.columns;
        columns.progress_parts.byte(
            part(made.stage_unknown, progress::STAGE_UNKNOWN)
                | part(made.position.is_some(), progress::POSITION)
                | part(made.chance.is_some(), progress::CHANCE)
                | part(!loose.is_empty(), progress::LOOSE_TICKS),
        );
        if let Some(position) = made.position {
            columns.position.small(self.stages.place(position.0));
        }
        if let Some(chance) = made.chance {
            columns.other.number(chance.permille().into());
        }
        let noon = noon(day_of(deal.created));
        if !loose.is_empty() {
            columns.other.number(loose.len() as u64);
            for (sub_stage, tick) in loose {
                columns.other.number(sub_stage.0);
                columns.other.signed(tick.at.0.wrapping_sub(noon.0));
                self.others.push(&tick.note);
            }
        }
        self.stays(deal, made, shapes);
    }

    fn stays(&mut self, deal: &Deal, made: &Progress, shapes: &[usize]) {
        let leading = || {
            let events = deal.history.iter().zip(shapes);
            events
                .filter(|(event, _)| leads(&event.what))
                .map(|(event, shape)| (event.at, *shape))
        };
        let columns = &mut self.columns;
        let created = day_of(deal.created);
        let closed = deal
            .closing
            .as_ref()
            .map(|closing| noon(day_of(closing.on)));
        columns.stays.small(made.stays.len());
        // The event that was last named: its place among the leading ones, and its shape.
        let (mut at, mut by) = (0, None);
        let find = |at: usize, when: Moment| {
            let mut ahead = leading().enumerate().skip(at);
            ahead.find_map(|(place, (moment, shape))| (moment == when).then_some((place, shape)))
        };
        let mut end = None;
        for stay in &made.stays {
            let mut before = None;
            if end == Some(stay.entered) {
                columns.stay_entered.small(entered::AT_ONCE);
            } else if stay.entered == noon(created) {
                columns.stay_entered.small(entered::CREATED);
                before = made.position;
                by = None;
            } else if let Some((place, shape)) = find(at, stay.entered) {
                columns.stay_entered.small(entered::EVENT + place - at);
                (at, by) = (place, Some(shape));
            } else {
                columns.stay_entered.small(entered::TOLD);
                columns
                    .other
                    .signed(stay.entered.0.wrapping_sub(noon(created).0));
                by = None;
            }
            let mut slot = by.and_then(|shape| self.led_to.get_mut(shape));
            let before = before.or_else(|| slot.as_ref().and_then(|stage| **stage));
            if before == Some(stay.stage) {
                columns.stay_stages.small(0);
            } else {
                columns
                    .stay_stages
                    .small(1 + self.stages.place(stay.stage.0));
            }
            if let Some(slot) = &mut slot {
                **slot = Some(stay.stage);
            }
            end = stay.left;
            let Some(until) = stay.left else {
                columns.stay_left.small(left::NONE);
                continue;
            };
            let days = until.0.wrapping_sub(noon(created).0);
            if let Some((place, shape)) = find(at, until) {
                columns.stay_left.small(left::EVENT + place - at);
                (at, by) = (place, Some(shape));
                continue;
            }
            by = None;
            if closed == Some(until) {
                columns.stay_left.small(left::CLOSED);
            } else if days % (24 * 60) == 0 {
                columns.stay_left.small(left::NOON);
                columns.other.signed(days / (24 * 60));
            } else {
                columns.stay_left.small(left::TOLD);
                columns.other.signed(days);
            }
        }
    }
}
