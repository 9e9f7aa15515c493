//! The cells of one row, each read as what its column is taken for.

use super::super::chances::{fraction, percent};
use super::super::dates::{self, DateOrder};
use super::super::report::{Findings, RowError};
use super::super::{Row, Table, is_nothing};
use super::columns::{Target, text_of};
use super::matching::Matching;
use crate::domain::record::deal::Outcome;
use crate::domain::record::next_step::NextStep;
use crate::domain::value::error::DomainError;
use crate::domain::value::field::FieldName;
use crate::domain::value::money::Chance;
use crate::domain::value::text::{MAX_TITLE, Name, clean};
use crate::domain::value::time::Date;

/// The dates of a row.
pub(super) struct Dates {
    pub created: Option<Date>,
    pub expected: Option<Date>,
    pub closed: Option<Date>,
    pub changed: Option<Date>,
}

impl Dates {
    pub fn read(
        cells: &RowCells<'_>,
        outcome: Option<Outcome>,
        today: Date,
        findings: &mut Findings,
    ) -> Self {
        let created = cells.date(Target::Created, findings);
        let expected = cells.date(Target::ExpectedClose, findings);
        let closed = cells.date(Target::Closed, findings);
        let either = cells.date(Target::CloseDate, findings);
        let won = cells.date(Target::WonOn, findings);
        let lost = cells.date(Target::LostOn, findings);
        let changed = cells.date(Target::Changed, findings);
        let Some(outcome) = outcome else {
            return Self {
                created,
                // While the deal is open, a closing date can only be expected.
                expected: expected.or(either).or(closed),
                closed: None,
                changed,
            };
        };
        let own = match outcome {
            Outcome::Won => (Target::WonOn, won),
            Outcome::Lost | Outcome::Outdated => (Target::LostOn, lost),
        };
        // Without a closing date, the expected close is the best guess.
        let candidates = [
            own,
            (Target::Closed, closed),
            (Target::CloseDate, either),
            (Target::ExpectedClose, expected),
        ];
        let found = candidates.into_iter().find(|(_, date)| date.is_some());
        let closed = found.and_then(|(target, date)| {
            if date.is_some_and(|on| on > today) {
                let instead = changed.filter(|on| *on <= today);
                let (on, what) = match instead {
                    Some(on) => (on, "the deal's last change"),
                    None => (today, "today"),
                };
                let message = format!(
                    "the deal is closed, but this date is in the future; {what} stands instead"
                );
                findings.ahead(cells.error(target, &message));
                Some(on)
            } else {
                date
            }
        });
        Self {
            created,
            expected,
            closed,
            changed,
        }
    }
}

/// What is to be done where a file has a date alone.
const UNNAMED_STEP: &str = "Next step";

/// The cells of one row, by target.
pub(super) struct RowCells<'a> {
    pub table: &'a Table,
    pub matching: &'a Matching,
    pub row: Row<'a>,
}

impl<'a> RowCells<'a> {
    /// The order of a target's dates.
    pub fn order(&self, target: Target) -> Option<DateOrder> {
        self.matching.dates.get(&target).map(|form| form.order)
    }

    /// The text of a target as it is in the file.
    pub fn raw(&self, target: Target) -> &'a str {
        text_of(&self.matching.columns, self.row, target)
    }

    /// The text of a target; empty where it stands for nothing.
    pub fn text(&self, target: Target) -> &'a str {
        let text = self.raw(target);
        let may_be_a_word = matches!(target, Target::Name | Target::Notes);
        if may_be_a_word || self.matching.is_own_export() || !is_nothing(text) {
            text
        } else {
            ""
        }
    }

    pub fn error(&self, target: Target, message: &str) -> RowError {
        let columns = self.matching.columns.all(target).iter();
        let mut filled = columns.filter(|column| !self.row.cell(**column).trim().is_empty());
        let column = filled.next().copied().or(self.matching.column(target));
        let name = column.map_or_else(String::new, |column| self.table.header(column));
        RowError::new(self.row, name, self.raw(target), message)
    }

    /// The cell read by `parse`; none where it is empty or can't be read.
    pub fn parsed<T, E: ToString>(
        &self,
        target: Target,
        findings: &mut Findings,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        let text = self.text(target);
        if text.trim().is_empty() {
            findings.empty(self.raw(target));
            return None;
        }
        parse(text)
            .map_err(|error| {
                let error = self.error(target, &error.to_string());
                findings.unread.push(error);
            })
            .ok()
    }

    /// The deal's name. One that is too long is an error of the row: nothing
    /// else tells which deal it is.
    pub fn title(&self, target: Target, findings: &mut Findings) -> Option<Name> {
        let mark = findings.mark();
        let name = self.link(target, findings, |text| {
            Name::title(text, FieldName::AnyName)
        });
        findings.refuse_unread(mark);
        name
    }

    pub fn link(
        &self,
        target: Target,
        findings: &mut Findings,
        parse: impl FnOnce(&str) -> Result<Name, DomainError>,
    ) -> Option<Name> {
        // A cell of invisible characters only is as good as an empty one.
        let name = self.parsed(target, findings, |text| match parse(text) {
            Err(DomainError::Empty { .. }) => Ok(None),
            other => other.map(Some),
        });
        name.flatten()
    }

    pub fn entry(&self, target: Target, findings: &mut Findings) -> Option<Name> {
        self.link(target, findings, |text| Name::new(text, FieldName::AnyName))
    }

    pub fn date(&self, target: Target, findings: &mut Findings) -> Option<Date> {
        let order = self.order(target)?;
        self.parsed(target, findings, |text| {
            dates::parse(text, order)
                .ok_or_else(|| format!("there is no such date ({})", order.title()))
        })
    }

    /// What is to be done next about an open deal. A date without words is of
    /// something to do as well.
    pub fn next_step(&self, outcome: Option<Outcome>, findings: &mut Findings) -> Option<NextStep> {
        let targets = [Target::NextStep, Target::NextStepDue];
        if outcome.is_some() {
            let is_said = targets.iter().any(|target| !self.text(*target).is_empty());
            findings.steps_of_closed += usize::from(is_said);
            return None;
        }
        let what = self.link(Target::NextStep, findings, |text| {
            match Name::title(text, FieldName::NextStep) {
                Err(DomainError::TooLong { .. }) => {
                    Ok(Name::clamped(text, MAX_TITLE, UNNAMED_STEP))
                }
                read => read,
            }
        });
        if clean(self.text(Target::NextStep)).chars().count() > MAX_TITLE {
            let message = format!("cut to {MAX_TITLE} characters");
            findings.cut(self.error(Target::NextStep, &message));
        }
        let due = self.date(Target::NextStepDue, findings);
        let unnamed = || due.map(|_| Name::clamped(UNNAMED_STEP, MAX_TITLE, UNNAMED_STEP));
        what.or_else(unnamed).map(|what| NextStep { what, due })
    }

    pub fn chance(&self, findings: &mut Findings) -> Option<Chance> {
        let fractions = self.matching.chances_are_fractions;
        self.parsed(Target::Chance, findings, |text| {
            let chance = if fractions && !text.contains('%') {
                fraction(text)
            } else {
                percent(text)
            };
            chance.ok_or("a chance is 0 to 100 percent")
        })
    }
}
