//! One row as facts: every cell read by what its column is taken for.

use super::super::drafts::Index;
use super::super::{Row, RowError, Table, amounts, dates};
use super::columns::{Target, text_of};
use super::matching::Matching;
use super::values::{StageMeaning, StatusMeaning};
use crate::domain::deal::Outcome;
use crate::domain::error::DomainError;
use crate::domain::money::{Chance, Currency, Money};
use crate::domain::text::{MAX_NOTES, MAX_TITLE, Name, clean, clean_lines, name_key};
use crate::domain::time::Date;

/// What a row says about a deal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    pub name: Option<Name>,
    pub customer: Option<Name>,
    pub segment: Option<Name>,
    pub category: Option<Name>,
    pub owner: Option<Name>,
    pub value: Option<Money>,
    /// The place of its process among the matching's.
    pub process: usize,
    /// The file names the process of this row.
    pub process_said: bool,
    pub stage: StageFact,
    /// How it ended; none when it is open.
    pub outcome: Option<Outcome>,
    /// Something in the row says whether it is open.
    pub status_said: bool,
    pub created: Option<Date>,
    pub expected_close: Option<Date>,
    /// The closing date of a closed deal.
    pub closed: Option<Date>,
    pub reason: Option<Name>,
    pub source: Option<Name>,
    pub notes: String,
    pub chance: Option<Chance>,
}

/// What a row says about the stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StageFact {
    /// The file has no stages.
    NoColumn,
    /// The row does not say, or says a status instead.
    Unknown,
    /// The place of its stage among its process's.
    At(usize),
}

/// Reads rows by a matching.
#[derive(Debug)]
pub struct Reader {
    today: Date,
    currency: Currency,
    processes: Index<usize>,
    stages: Vec<Index<usize>>,
    statuses: Index<usize>,
}

impl Reader {
    pub fn new(matching: &Matching, currency: Currency, today: Date) -> Self {
        let index = |key: fn(&str) -> String, sources: &mut dyn Iterator<Item = &str>| {
            let mut index = Index::new(key);
            sources
                .enumerate()
                .for_each(|(place, source)| index.insert(source, place));
            index
        };
        let processes = &matching.processes;
        Self {
            today,
            currency,
            processes: index(
                name_key,
                &mut processes.iter().map(|process| process.source.as_str()),
            ),
            stages: processes
                .iter()
                .map(|process| {
                    index(
                        name_key,
                        &mut process.stages.iter().map(|stage| stage.source.as_str()),
                    )
                })
                .collect(),
            statuses: index(
                name_key,
                &mut matching
                    .statuses
                    .iter()
                    .map(|status| status.source.as_str()),
            ),
        }
    }

    /// Reads a row; none when it is in error, which `errors` then tells.
    pub fn read(
        &mut self,
        table: &Table,
        matching: &Matching,
        row: Row<'_>,
        errors: &mut Vec<RowError>,
    ) -> Option<Facts> {
        let before = errors.len();
        if let Some((column, surplus)) = row.surplus() {
            let message = "the row has more cells than the header; a quote may be missing";
            errors.push(RowError::new(row, table.header(column), surplus, message));
        }
        let mut cells = Cells {
            table,
            matching,
            row,
            errors,
        };
        let (outcome, status_said) = self.status(&mut cells);
        let (process, stage) = self.place(&mut cells);
        let meaning = match stage {
            StageFact::At(place) => matching
                .processes
                .get(process)
                .and_then(|process| process.stages.get(place))
                .map(|stage| &stage.meaning),
            _ => None,
        };
        let (stage, outcome, status_said) = match meaning {
            Some(StageMeaning::Closed(by_stage)) => (
                StageFact::Unknown,
                if status_said {
                    outcome
                } else {
                    Some(*by_stage)
                },
                true,
            ),
            Some(StageMeaning::Open) => (StageFact::Unknown, outcome, true),
            _ => (stage, outcome, status_said),
        };
        let created = cells.date(Target::Created);
        let expected = cells.date(Target::ExpectedClose);
        let closed_on = cells.date(Target::Closed);
        let close_date = cells.date(Target::CloseDate);
        let facts = Facts {
            name: cells.name(Target::Name, |text| Name::title(text, "A name")),
            customer: cells.name(Target::Customer, |text| Name::title(text, "A name")),
            segment: cells.entry(Target::Segment),
            category: cells.entry(Target::Category),
            owner: cells.entry(Target::Owner),
            value: cells.parsed(Target::Value, |text| {
                amounts::parse(text, matching.amounts, self.currency)
            }),
            process,
            process_said: !cells.text(Target::Process).is_empty(),
            stage,
            outcome,
            status_said,
            created,
            expected_close: expected.or(close_date.filter(|_| outcome.is_none())),
            closed: closed_on.or(close_date).filter(|_| outcome.is_some()),
            reason: if outcome.is_some() {
                cells.entry(Target::Reason)
            } else {
                None
            },
            source: cells.entry(Target::Source),
            notes: cells
                .parsed(Target::Notes, |text| clean_lines(text, MAX_NOTES, "Notes"))
                .unwrap_or_default(),
            chance: cells.chance(),
        };
        if outcome.is_some() && facts.closed.is_some_and(|on| on > self.today) {
            let column = if closed_on.is_some() {
                Target::Closed
            } else {
                Target::CloseDate
            };
            cells.error(column, "the deal is closed, but this date is in the future");
        }
        if !status_said && closed_on.is_some() {
            let message =
                "there is a closing date, but nothing says whether the deal was won or lost";
            cells.error(Target::Closed, message);
        }
        (errors.len() == before).then_some(facts)
    }

    /// The status by its own column: the outcome, and whether it is said.
    fn status(&mut self, cells: &mut Cells<'_>) -> (Option<Outcome>, bool) {
        let text = cells.text(Target::Status);
        if text.is_empty() {
            return (None, false);
        }
        let status = self
            .statuses
            .find(text)
            .and_then(|place| cells.matching.statuses.get(place));
        match status.map(|status| status.meaning) {
            Some(StatusMeaning::Open) => (None, true),
            Some(StatusMeaning::Closed(outcome)) => (Some(outcome), true),
            Some(StatusMeaning::Unknown) | None => {
                cells.error(
                    Target::Status,
                    "it is not known whether this status is open, won, lost or outdated",
                );
                (None, true)
            }
        }
    }

    /// The places of the process and the stage in the matching.
    fn place(&mut self, cells: &mut Cells<'_>) -> (usize, StageFact) {
        const TOO_MANY: &str = "there are too many different values; this may be the wrong column";
        let source = cells.text(Target::Process);
        let Some(process) = self.processes.find(source) else {
            let message = Name::new(source, "A name")
                .map_or_else(|error| error.to_string(), |_| TOO_MANY.to_owned());
            cells.error(Target::Process, &message);
            return (0, StageFact::Unknown);
        };
        let text = cells.text(Target::Stage);
        if cells.matching.column(Target::Stage).is_none() {
            return (process, StageFact::NoColumn);
        }
        if text.is_empty() {
            return (process, StageFact::Unknown);
        }
        let place = self
            .stages
            .get_mut(process)
            .and_then(|stages| stages.find(text));
        match place {
            Some(place) => (process, StageFact::At(place)),
            None => {
                let message = Name::new(text, "A name")
                    .map_or_else(|error| error.to_string(), |_| TOO_MANY.to_owned());
                cells.error(Target::Stage, &message);
                (process, StageFact::Unknown)
            }
        }
    }
}

/// The cells of one row, by target.
struct Cells<'a> {
    table: &'a Table,
    matching: &'a Matching,
    row: Row<'a>,
    errors: &'a mut Vec<RowError>,
}

impl<'a> Cells<'a> {
    fn text(&self, target: Target) -> &'a str {
        text_of(&self.matching.columns, self.row, target)
    }

    fn error(&mut self, target: Target, message: &str) {
        let column = self
            .matching
            .column(target)
            .map_or_else(String::new, |column| self.table.header(column));
        let error = RowError::new(self.row, column, self.text(target), message);
        self.errors.push(error);
    }

    /// The cell read by `parse`; none where it is empty or in error.
    fn parsed<T, E: ToString>(
        &mut self,
        target: Target,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        let text = self.text(target);
        if text.trim().is_empty() {
            return None;
        }
        parse(text)
            .map_err(|error| self.error(target, &error.to_string()))
            .ok()
    }

    fn name(
        &mut self,
        target: Target,
        parse: impl FnOnce(&str) -> Result<Name, DomainError>,
    ) -> Option<Name> {
        // A cell of control characters only is as good as an empty one.
        self.parsed(target, |text| match parse(text) {
            Err(DomainError::Empty { .. }) => Ok(None),
            other => other.map(Some),
        })
        .flatten()
    }

    fn entry(&mut self, target: Target) -> Option<Name> {
        self.name(target, |text| Name::new(text, "A name"))
    }

    fn date(&mut self, target: Target) -> Option<Date> {
        let order = self.matching.dates.get(&target)?.order;
        self.parsed(target, |text| {
            dates::parse(text, order)
                .ok_or_else(|| format!("there is no such date ({})", order.title()))
        })
    }

    fn chance(&mut self) -> Option<Chance> {
        let fractions = self.matching.chances_are_fractions;
        self.parsed(Target::Chance, |text| {
            let chance = if fractions {
                fraction(text)
            } else {
                Chance::parse_percent(text)
            };
            chance.ok_or("a chance is 0 to 100 percent, with one decimal at most")
        })
    }
}

/// A chance written as 0 to 1, cut to tenths of a percent.
pub fn fraction(text: &str) -> Option<Chance> {
    let cut: String = text.replace(',', ".").chars().take("0.000".len()).collect();
    let permille = Money::parse_plain(&cut, 3)?.minor();
    u16::try_from(permille).ok().and_then(Chance::from_permille)
}

/// The external id of a row, one line.
pub fn external_id(matching: &Matching, row: Row<'_>) -> Option<String> {
    let text = clean(text_of(&matching.columns, row, Target::ExternalId));
    (!text.is_empty()).then(|| text.chars().take(MAX_TITLE).collect())
}
