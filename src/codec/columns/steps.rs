//! Next steps, since version 4: that of a deal is nearly always the one that
//! its history has set last, and what is done or dropped is, too.

use super::bytes::{Damage, In, columns};
use super::shapes::Told;
use super::times::{date_of, day_at, day_of};
use super::words::{self, WordsIn};
use crate::domain::record::deal::{Deal, Event, What};
use crate::domain::record::next_step::NextStep;
use crate::domain::value::text::Name;
use crate::domain::value::time::{Date, Moment};

columns! {
    StepsOut, StepsIn:
    /// The next step: see [`next_step`].
    next_step,
    /// When next steps are due, in days after the event or the creation.
    step_due,
    /// What is to be done: see [`super::words`].
    step_counts,
    step_lengths,
    step_codes,
    step_low,
    step_high,
}

/// The next step of a deal, since version 4.
mod next_step {
    /// There is none.
    pub const NONE: u8 = 0;
    /// As the last event that set it says.
    pub const LAST_EVENT: u8 = 1;
    /// Told; it has no date.
    pub const UNDATED: u8 = 2;
    /// Told with its date.
    pub const DATED: u8 = 3;
}

/// The next step that was set last before each event.
pub fn last_steps(history: &[Event]) -> Vec<Option<&NextStep>> {
    let mut last = None;
    let before = history.iter().map(|event| {
        let before = last;
        if let What::NextStepSet { step } = &event.what {
            last = Some(step);
        }
        before
    });
    before.collect()
}

/// Next steps that are being written.
#[derive(Debug, Default)]
pub struct StepsWriter {
    columns: StepsOut,
    whats: Vec<Name>,
}

impl StepsWriter {
    /// That of an event, where it is not the one that was set last.
    pub fn event(&mut self, at: Moment, step: &NextStep, last: Option<&NextStep>) {
        if last != Some(step) {
            self.tell(step, day_at(at));
        }
    }

    /// That of a deal.
    pub fn deal(&mut self, deal: &Deal, created: i64) {
        let mut events = deal.history.iter().rev();
        let last = events.find_map(|event| match &event.what {
            What::NextStepSet { step } => Some(step),
            _ => None,
        });
        let codes = &mut self.columns.next_step;
        match &deal.next_step {
            None => codes.byte(next_step::NONE),
            step if step.as_ref() == last => codes.byte(next_step::LAST_EVENT),
            Some(step) => {
                codes.byte(match step.due {
                    None => next_step::UNDATED,
                    Some(_) => next_step::DATED,
                });
                self.tell(step, created);
            }
        }
    }

    fn tell(&mut self, step: &NextStep, base: i64) {
        let days = |due: Date| day_of(due).wrapping_sub(base);
        if let Some(due) = step.due {
            self.columns.step_due.signed(days(due));
        }
        self.whats.push(step.what.clone());
    }

    /// All of them.
    pub fn finish(self) -> StepsOut {
        let words = words::write(self.whats.iter().map(Name::as_str));
        StepsOut {
            step_counts: words.counts,
            step_lengths: words.lengths,
            step_codes: words.codes,
            step_low: words.low,
            step_high: words.high,
            ..self.columns
        }
    }
}

/// Next steps that are being read; none before version 4.
pub struct StepsReader<'a>(Option<Steps<'a>>);

struct Steps<'a> {
    codes: In<'a>,
    due: In<'a>,
    what: WordsIn<'a>,
}

impl<'a> StepsReader<'a> {
    /// Those of a page.
    pub fn new(columns: Option<StepsIn<'a>>) -> Result<Self, Damage> {
        columns.map(Steps::new).transpose().map(Self)
    }

    /// That of a deal; `last` is the one that its history has set last.
    pub fn deal(&mut self, day: i64, last: Option<NextStep>) -> Result<Option<NextStep>, Damage> {
        let Some(steps) = &mut self.0 else {
            return Ok(None);
        };
        match steps.codes.byte()? {
            next_step::NONE => Ok(None),
            next_step::LAST_EVENT => last.map(Some).ok_or(Damage::OUTSIDE),
            next_step::UNDATED => steps.told(day, false).map(Some),
            next_step::DATED => steps.told(day, true).map(Some),
            _ => Err(Damage::OUTSIDE),
        }
    }

    /// That of an event at that moment.
    pub fn event(
        &mut self,
        at: Moment,
        told: Told,
        last: Option<&NextStep>,
    ) -> Result<NextStep, Damage> {
        match (told, &mut self.0) {
            (Told::Last, _) => last.cloned().ok_or(Damage::OUTSIDE),
            (_, Some(steps)) => steps.told(day_at(at), told == Told::Dated),
            (_, None) => Err(Damage::OUTSIDE),
        }
    }

    /// Everything was read.
    pub fn is_done(&self) -> bool {
        self.0.as_ref().is_none_or(|steps| {
            steps.codes.0.is_empty() && steps.due.0.is_empty() && steps.what.is_done()
        })
    }
}

impl<'a> Steps<'a> {
    fn new(columns: StepsIn<'a>) -> Result<Self, Damage> {
        Ok(Self {
            codes: columns.next_step,
            due: columns.step_due,
            what: WordsIn::new([
                columns.step_counts,
                columns.step_codes,
                columns.step_lengths,
                columns.step_low,
                columns.step_high,
            ])?,
        })
    }

    /// A next step that is told in full, due in days after `base`.
    fn told(&mut self, base: i64, is_dated: bool) -> Result<NextStep, Damage> {
        let due = match is_dated {
            true => Some(date_of(base.wrapping_add(self.due.signed()?))?),
            false => None,
        };
        let what = Name::try_from(self.what.text()?.as_str()).map_err(|_| Damage::NAME)?;
        Ok(NextStep { what, due })
    }
}
