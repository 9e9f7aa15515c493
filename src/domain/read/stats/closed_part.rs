//! Parts of the closed deals of a process, and the filter by just those (§7.9).

use super::Month;
use crate::domain::read::filter::{AnyOf, DateField, Filter, Pick, Written};
use crate::domain::record::deal::Outcome;
use crate::domain::value::id::{EntryId, ProcessId, StageId};

/// A part of the closed deals of a process that figures count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClosedPart {
    /// Those closed in that month.
    Month(Month),
    /// Those closed so.
    Outcome(Outcome),
    /// The lost ones that came so far; blank where that is not known.
    Furthest(Pick<StageId>),
    /// Those closed so for that reason; blank where none was given.
    Reason(Outcome, Pick<EntryId>),
}

impl ClosedPart {
    /// What it is known by.
    pub fn key(self) -> String {
        match self {
            Self::Month(month) => month.to_string(),
            Self::Outcome(outcome) => outcome.text(),
            Self::Furthest(stage) => format!("furthest={}", stage.text()),
            Self::Reason(outcome, reason) => format!("{}={}", outcome.text(), reason.text()),
        }
    }

    /// The part of that key, if any.
    pub fn of_key(key: &str) -> Option<Self> {
        let (name, value) = key.split_once('=').unwrap_or((key, ""));
        match (Outcome::of_text(name), value) {
            (Some(outcome), "") => Some(Self::Outcome(outcome)),
            (Some(outcome), reason) => {
                Pick::of_text(reason).map(|reason| Self::Reason(outcome, reason))
            }
            (None, "") => key.parse().ok().map(Self::Month),
            (None, stage) => Pick::of_text(stage).map(Self::Furthest),
        }
    }

    /// Whether a month can be picked among what the filter lets through. It
    /// has one range of dates, and could not say both when deals were created
    /// and when they were closed.
    pub fn can_be_month_of(filter: &Filter) -> bool {
        filter.date_field == DateField::Close || (filter.from, filter.to) == (None, None)
    }

    /// Narrows the filter, by which the process was counted, to just this part;
    /// picked again, it takes off what it asks for.
    pub fn pick(self, process: ProcessId, filter: &mut Filter) {
        if matches!(self, Self::Month(_)) && !Self::can_be_month_of(filter) {
            return;
        }
        let mut picked = Filter {
            process: process.into(),
            ..filter.clone()
        };
        self.ask(&mut picked);
        if picked == *filter {
            self.take_off(&mut picked);
        }
        *filter = picked;
    }

    fn ask(self, filter: &mut Filter) {
        match self {
            Self::Month(month) => {
                if let Some((first, last)) = month.days() {
                    filter.from = filter.from.max(Some(first));
                    filter.to = Some(filter.to.map_or(last, |to| to.min(last)));
                    filter.date_field = DateField::Close;
                }
            }
            Self::Outcome(outcome) => filter.status = outcome.into(),
            Self::Furthest(stage) => {
                filter.status = Outcome::Lost.into();
                filter.way.furthest = Some(stage);
            }
            Self::Reason(outcome, reason) => {
                filter.status = outcome.into();
                filter.reason = reason.into();
            }
        }
    }

    fn take_off(self, filter: &mut Filter) {
        filter.process = AnyOf::default();
        match self {
            Self::Month(_) => (filter.from, filter.to) = (None, None),
            Self::Outcome(_) => filter.status = AnyOf::default(),
            Self::Furthest(_) => {
                filter.status = AnyOf::default();
                filter.way.furthest = None;
            }
            Self::Reason(..) => {
                filter.status = AnyOf::default();
                filter.reason = AnyOf::default();
            }
        }
    }
}
