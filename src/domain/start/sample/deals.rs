//! The lives of the sample's deals.

use std::collections::BTreeSet;

use super::tables::{self, KINDS, Kind};
use super::{Builder, Cast, DAYS, DEALS, working_day};
use crate::domain::change::command::{Choice, ClosingDraft, Command, DealDraft, NextStepDraft};
use crate::domain::record::deal::Outcome;
use crate::domain::record::list::ListKind;
use crate::domain::record::process::{Process, SubStage};
use crate::domain::record::workspace::Key;
use crate::domain::value::id::{DealId, SubStageId};
use crate::domain::value::money::{Chance, Money};
use crate::domain::value::order::sort_by;
use crate::domain::value::time::{Moment, plus_days};

/// What a deal of each kind may turn into: an inquiry into more than was asked
/// for, a lively customer into a key account.
const NEXT: [Option<usize>; 3] = [Some(2), Some(0), None];

/// When and how a deal begins, and how it ends. Days count back from today.
struct Plan {
    /// Which of [`KINDS`] it starts as.
    kind: usize,
    /// Which of them it goes on as.
    next: Option<usize>,
    first_day: i64,
    last_day: i64,
    outcome: Option<Outcome>,
}

/// A deal as it is being worked.
struct Work {
    id: DealId,
    draft: DealDraft,
    /// What it is worth, once that is found out.
    value: Option<Money>,
    ticked: Vec<SubStageId>,
}

impl Builder<'_> {
    /// All deals, oldest first.
    pub(super) fn deals(&mut self, cast: &Cast) {
        let mut plans: Vec<Plan> = (0..DEALS).map(|_| self.plan()).collect();
        sort_by(&mut plans, &|a, b| b.first_day.cmp(&a.first_day));
        for plan in &plans {
            if self.live(cast, plan).is_none() {
                self.refused += 1;
            }
        }
    }

    fn plan(&mut self) -> Plan {
        let mut roll = self.random.below(100);
        let hit = KINDS.iter().position(|kind| {
            roll -= kind.share;
            roll < 0
        });
        let kind = hit.unwrap_or_default();
        let next = NEXT
            .get(kind)
            .copied()
            .flatten()
            .filter(|_| self.random.percent(11));
        let Some(Kind { days, ends, .. }) = KINDS.get(next.unwrap_or(kind)) else {
            return Plan {
                kind,
                next: None,
                first_day: 2,
                last_day: 2,
                outcome: None,
            };
        };
        if self.random.percent(47) {
            let least = if next.is_some() { 45 } else { 3 };
            let first_day = least + self.random.low(days.1);
            let quiet = if self.random.percent(20) { 40 } else { 6 };
            let last_day = 2 + self.random.low(quiet.min(first_day - 2));
            return Plan {
                kind,
                next,
                first_day,
                last_day,
                outcome: None,
            };
        }
        let length = self.random.between(days.0, days.1);
        let last_day = self.random.between(2, DAYS - 1 - length);
        let roll = self.random.below(100);
        let outcome = if roll < ends.0 {
            Outcome::Won
        } else if roll < ends.0 + ends.1 {
            Outcome::Lost
        } else {
            Outcome::Outdated
        };
        Plan {
            kind,
            next,
            first_day: last_day + length,
            last_day,
            outcome: Some(outcome),
        }
    }

    fn live(&mut self, cast: &Cast, plan: &Plan) -> Option<()> {
        let process = cast.processes.get(plan.kind)?;
        let mut work = self.add(cast, plan, process)?;
        let reach = self.reach(plan);
        let Some(next) = plan.next.and_then(|next| cast.processes.get(next)) else {
            self.walk(&mut work, process, reach, (plan.first_day, plan.last_day));
            self.finish(&mut work, plan, process);
            return Some(());
        };
        let middle = (plan.first_day + plan.last_day) / 2;
        let before = self.random.between(25, 70);
        self.walk(&mut work, process, before, (plan.first_day, middle));
        self.change_process(&mut work, next, middle);
        self.walk(&mut work, next, reach, (middle, plan.last_day));
        if plan.outcome.is_none() && self.random.percent(20) {
            self.change_process(&mut work, process, plan.last_day);
            self.finish(&mut work, plan, process);
        } else {
            self.finish(&mut work, plan, next);
        }
        Some(())
    }

    /// How much of the way the deal goes, in percent. Lost ones end early.
    fn reach(&mut self, plan: &Plan) -> i64 {
        match plan.outcome {
            Some(Outcome::Won) => 100,
            Some(Outcome::Lost) => 8 + self.random.low(88),
            Some(Outcome::Outdated) => self.random.low(70),
            None => self.random.between(8, 50 + plan.first_day.min(40)),
        }
    }

    fn add(&mut self, cast: &Cast, plan: &Plan, process: &Process) -> Option<Work> {
        self.clock = Moment::default();
        let begin = KINDS.get(plan.kind)?;
        let end = KINDS.get(plan.next.unwrap_or(plan.kind))?;
        let random = &mut self.random;
        let (category, things) = *random.pick(tables::OFFERS.get(begin.offers.clone())?)?;
        let name = format!(
            "{}, {}",
            random.pick(things)?,
            random.pick(&tables::PLACES)?
        );
        let value = end.values.0 + random.low(end.values.1 - end.values.0);
        let value = value / end.step * end.step;
        let decimals = u32::from(self.workspace.currency().decimals);
        let value = Money::from_minor(value.checked_mul(10i64.checked_pow(decimals)?)?);
        let known = random.percent(75);
        let expected = match plan.outcome {
            Some(_) => -plan.last_day + random.between(-8, 20),
            None if plan.first_day > 30 && random.percent(12) => -random.between(2, 25),
            None => random.between(4, 20 + end.days.1 * 2 / 3),
        };
        let draft = DealDraft {
            name,
            customer: random
                .pick(cast.customers.get(end.customers.clone())?)
                .copied()
                .into(),
            segment: Choice::None,
            category: self
                .workspace
                .list(ListKind::Categories)
                .find(category)
                .map(|entry| entry.id)
                .into(),
            owner: random.pick(&cast.owners).copied().into(),
            value: value.filter(|_| known),
            expected_close: Some(working_day(plus_days(self.today, expected))),
            source: random.pick(&cast.sources).copied().into(),
            process: process.id,
            notes: random.text(35, &tables::DEAL_NOTES),
            next_step: None,
            carry_over: false,
            dismissed: BTreeSet::new(),
        };
        let made = self.run(plan.first_day, Command::AddDeal(draft.clone()));
        let id = made.keys().find_map(|key| match key {
            Key::Deal(id) => Some(id),
            _ => None,
        })?;
        self.talk_first(id, plan.first_day);
        Some(Work {
            id,
            draft,
            value,
            ticked: Vec::new(),
        })
    }

    /// Ticks about the first `reach` percent of a process between two days,
    /// here and there one left out or before its turn.
    fn walk(&mut self, work: &mut Work, process: &Process, reach: i64, days: (i64, i64)) {
        let subs: Vec<_> = process.sub_stages().map(|(_, sub)| sub).collect();
        let count = (subs.len() * reach.unsigned_abs() as usize).div_ceil(100);
        let keep = |sub: &&SubStage| sub.required || !self.random.percent(9);
        let mut subs: Vec<_> = subs.into_iter().take(count).filter(keep).collect();
        for at in 1..subs.len() {
            if self.random.percent(12) {
                subs.swap(at - 1, at);
            }
        }
        let steps = subs.len() as i64 + 1;
        for (step, sub) in subs.into_iter().enumerate() {
            let day = days.0 - (days.0 - days.1) * (step as i64 + 1) / steps;
            let likely = if sub.note_required { 100 } else { 18 };
            let note = self.random.text(likely, &tables::TICK_NOTES);
            self.run(
                day,
                Command::Tick {
                    deal: work.id,
                    sub_stage: sub.id,
                    note,
                },
            );
            work.ticked.push(sub.id);
            if sub.establishes_value && work.draft.value.is_none() {
                work.draft.value = work.value;
                self.edit(work, day);
            }
            self.talk_on(work.id, day);
        }
    }

    /// Saves the draft; the next step stays as it is.
    fn edit(&mut self, work: &mut Work, day: i64) {
        let present = self.workspace.deals.get(&work.id);
        let step = present.and_then(|deal| deal.next_step.as_ref());
        work.draft.next_step = step.map(|step| NextStepDraft {
            what: step.what.to_string(),
            due: step.due,
        });
        self.run(day, Command::EditDeal(work.id, work.draft.clone()));
    }

    fn change_process(&mut self, work: &mut Work, to: &Process, day: i64) {
        work.draft.process = to.id;
        let command = Command::ChangeProcess {
            deals: BTreeSet::from([work.id]),
            process: to.id,
        };
        self.run(day, command);
    }

    fn finish(&mut self, work: &mut Work, plan: &Plan, process: &Process) {
        if let Some(outcome) = plan.outcome {
            return self.close(work, outcome, plan.last_day);
        }
        self.rest(work, plan, process);
        self.talk_of_today(work.id, plan.last_day);
    }

    /// What is particular about a deal that stays open.
    fn rest(&mut self, work: &mut Work, plan: &Plan, process: &Process) {
        let deal = work.id;
        match self.random.below(100) {
            0..8 => {
                let chance = Chance::from_permille(50 * self.random.between(2, 17) as u16);
                self.run(plan.last_day, Command::SetChance { deal, chance });
            }
            8..16 => {
                let stage = self.workspace.deals.get(&deal);
                let stage = stage.and_then(|deal| deal.current_stage(process).id());
                let place = stage
                    .and_then(|stage| process.position(stage))
                    .unwrap_or_default();
                if let Some(stage) = process.stages.get(place + 1) {
                    self.run(
                        plan.last_day,
                        Command::MoveToStage {
                            deals: [deal].into(),
                            stage: stage.id,
                        },
                    );
                }
            }
            16..22 => {
                if let Some(sub_stage) = work
                    .ticked
                    .last()
                    .copied()
                    .filter(|id| process.sub_stage(*id).is_some())
                {
                    self.run(plan.last_day, Command::Untick { deal, sub_stage });
                }
            }
            22..26 => {
                self.close(work, Outcome::Lost, plan.last_day);
                self.run(plan.last_day, Command::Reopen(BTreeSet::from([deal])));
            }
            26..40 => {
                let expected = work.draft.expected_close;
                work.draft.expected_close = expected.map(|date| plus_days(date, 14));
                self.edit(work, plan.last_day);
            }
            _ => {}
        }
    }

    fn close(&mut self, work: &Work, outcome: Outcome, day: i64) {
        self.do_step(work.id);
        let reasons = self.ids_of(outcome.reasons());
        let has_reason = outcome != Outcome::Won || self.random.percent(70);
        let reason = self.random.pick(&reasons).filter(|_| has_reason).copied();
        let notes = tables::CLOSING_NOTES
            .get(outcome as usize)
            .copied()
            .unwrap_or_default();
        let closing = ClosingDraft {
            outcome,
            on: working_day(plus_days(self.today, -day)),
            reason,
            comment: self.random.text(35, notes),
            ticks: Vec::new(),
        };
        self.run(
            day,
            Command::Close {
                deals: BTreeSet::from([work.id]),
                closing,
            },
        );
    }
}
