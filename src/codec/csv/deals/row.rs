//! One row as facts: every cell read by what its column is taken for.

use super::super::amounts::{AmountError, Amounts, currency_of};
use super::super::drafts::ByName;
use super::super::report::Findings;
use super::super::{Row, Table, is_nothing};
use super::cells::{Dates, RowCells};
use super::columns::{Target, text_of};
use super::currencies::signs_in_row;
use super::matching::Matching;
use super::values::{StageMeaning, StatusMeaning};
use super::verdict::{Ground, Verdict, judge};
use crate::domain::record::deal::Outcome;
use crate::domain::record::next_step::NextStep;
use crate::domain::value::field::FieldName;
use crate::domain::value::money::{Chance, Currency, Money};
use crate::domain::value::text::{MAX_NOTES, MAX_TITLE, Name, clean, clean_lines, name_key};
use crate::domain::value::time::Date;

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
    /// The place of its stage among its process's.
    pub stage: Option<usize>,
    /// How it ended; none when it is open.
    pub outcome: Option<Outcome>,
    /// Something in the row says whether it is open.
    pub status_said: bool,
    pub created: Option<Date>,
    pub expected_close: Option<Date>,
    /// The closing date of a closed deal.
    pub closed: Option<Date>,
    /// The last change in the program it comes from.
    pub changed: Option<Date>,
    pub reason: Option<Name>,
    pub source: Option<Name>,
    pub notes: String,
    pub chance: Option<Chance>,
    /// The file has a chance for it, which is that of its stage.
    pub chance_is_implied: bool,
    pub next_step: Option<NextStep>,
}

/// Reads rows by a matching.
#[derive(Debug)]
pub struct FactsReader {
    today: Date,
    currency: Currency,
    processes: ByName<usize>,
    stages: Vec<ByName<usize>>,
    statuses: ByName<usize>,
    amounts: Amounts,
}

/// Where a row stands.
#[derive(Debug, Clone, Copy)]
struct Place {
    process: usize,
    stage: Option<usize>,
}

impl FactsReader {
    /// A reader of values in this currency.
    pub fn new(matching: &Matching, currency: Currency, today: Date) -> Self {
        let index = |key: fn(&str) -> String, sources: &mut dyn Iterator<Item = &str>| {
            let mut index = ByName::new(key);
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
            amounts: Amounts::default(),
        }
    }

    /// Reads a row; none when it is in error. What is wrong with it or with a
    /// cell of it is added to the findings.
    pub fn read(
        &mut self,
        table: &Table,
        matching: &Matching,
        row: Row<'_>,
        findings: &mut Findings,
    ) -> Option<Facts> {
        let mark = findings.mark();
        findings.refuse_surplus(table, row);
        let cells = RowCells {
            table,
            matching,
            row,
        };
        let place = self.place(&cells, findings);
        let verdict = self.verdict(&cells, place);
        note_verdict(&cells, verdict, findings);
        let outcome = verdict.outcome();
        let dates = Dates::read(&cells, outcome, self.today, findings);
        let facts = Facts {
            name: cells.title(Target::Name, findings),
            customer: cells.link(Target::Customer, findings, |text| {
                Name::title(text, FieldName::AnyName)
            }),
            segment: cells.entry(Target::Segment, findings),
            category: cells.entry(Target::Category, findings),
            owner: cells.entry(Target::Owner, findings),
            value: self.value(&cells, findings),
            process: place.process,
            process_said: !cells.text(Target::Process).is_empty(),
            stage: place
                .stage
                .filter(|at| is_stage(matching, place.process, *at)),
            outcome,
            status_said: verdict.ground != Ground::Nothing,
            created: dates.created,
            expected_close: dates.expected,
            closed: dates.closed,
            changed: dates.changed,
            reason: match outcome {
                Some(Outcome::Lost) => cells
                    .entry(Target::LostReason, findings)
                    .or_else(|| cells.entry(Target::Reason, findings)),
                Some(_) => cells.entry(Target::Reason, findings),
                None => None,
            },
            source: cells.entry(Target::Source, findings),
            notes: cells
                .parsed(Target::Notes, findings, |text| {
                    clean_lines(text, MAX_NOTES, FieldName::NotesOfFile)
                })
                .unwrap_or_default(),
            next_step: cells.next_step(outcome, findings),
            chance_is_implied: false,
            // In the files of other programs a closed deal has 0 or 100.
            chance: if outcome.is_none() || matching.is_own_export() {
                cells.chance(findings)
            } else {
                None
            },
        };
        if matching.leave_out_unread {
            findings.refuse_unread(mark);
        }
        (!findings.has_error(mark)).then_some(facts)
    }

    /// How the deal of a row stands, and the chance that the file has for it.
    pub(super) fn glance(
        &mut self,
        table: &Table,
        matching: &Matching,
        row: Row<'_>,
    ) -> (usize, Option<usize>, Verdict, Option<Chance>) {
        let cells = RowCells {
            table,
            matching,
            row,
        };
        let ignored = &mut Findings::default();
        let place = self.place(&cells, ignored);
        let verdict = self.verdict(&cells, place);
        (place.process, place.stage, verdict, cells.chance(ignored))
    }

    fn verdict(&mut self, cells: &RowCells<'_>, place: Place) -> Verdict {
        let stage = place
            .stage
            .and_then(|stage| meaning(cells.matching, place.process, stage));
        let text = cells.text(Target::Status);
        let status = if text.is_empty() {
            None
        } else {
            let known = self.statuses.find(text);
            let known = known.and_then(|place| cells.matching.statuses.get(place));
            Some(known.map_or(StatusMeaning::Unknown, |status| status.meaning))
        };
        judge(cells, stage, status, self.today)
    }

    /// The places of the process and the stage in the matching.
    fn place(&mut self, cells: &RowCells<'_>, findings: &mut Findings) -> Place {
        const TOO_MANY: &str = "there are too many different values; this may be the wrong column";
        let why = |text: &str| {
            Name::new(text, FieldName::AnyName)
                .map_or_else(|error| error.to_string(), |_| TOO_MANY.to_owned())
        };
        let source = cells.text(Target::Process);
        let Some(process) = self.processes.find(source) else {
            findings
                .errors
                .push(cells.error(Target::Process, &why(source)));
            return Place {
                process: 0,
                stage: None,
            };
        };
        let text = cells.text(Target::Stage);
        if text.is_empty() {
            return Place {
                process,
                stage: None,
            };
        }
        let stages = self.stages.get_mut(process);
        let stage = stages.and_then(|stages| stages.find(text));
        if stage.is_none() {
            findings.unread.push(cells.error(Target::Stage, &why(text)));
        }
        Place { process, stage }
    }

    /// The value in the account's currency. One in another currency is
    /// reckoned by its rate; without one it is not known.
    fn value(&mut self, cells: &RowCells<'_>, findings: &mut Findings) -> Option<Money> {
        let text = cells.text(Target::Value);
        if text.is_empty() || self.amounts.is_nothing(text) {
            findings.empty(cells.raw(Target::Value));
            return None;
        }
        let matching = cells.matching;
        let read = self.amounts.read(text, matching.amounts);
        let read = read.and_then(|written| {
            let code = signs_in_row(written.signs, cells.text(Target::Currency));
            let code = code.or(matching.money.unsigned);
            let code = code.map(|signs| currency_of(signs, self.currency.code));
            let rate = match code {
                Some(code) if code != self.currency.code => matching.money.rate(code),
                _ => return written.number.to_money(self.currency.decimals).map(Some),
            };
            let Some(rate) = rate else { return Ok(None) };
            let reckoned = written.number.times(rate).ok_or(AmountError::TooLarge)?;
            // A product has more decimals than an amount: rounding it needs no
            // mention.
            let (money, _) = reckoned.to_money(self.currency.decimals)?;
            Ok(Some((money, false)))
        });
        match read {
            Ok(Some((money, rounded))) => {
                if rounded {
                    let places = self.currency.decimals;
                    let message = format!("rounded to {places} decimals");
                    findings.rounded(cells.error(Target::Value, &message));
                }
                Some(money)
            }
            Ok(None) => {
                findings.without_rate += 1;
                None
            }
            Err(error) => {
                let error = cells.error(Target::Value, &error.to_string());
                findings.unread.push(error);
                None
            }
        }
    }
}

fn meaning(matching: &Matching, process: usize, stage: usize) -> Option<&StageMeaning> {
    let stages = &matching.processes.get(process)?.stages;
    stages.get(stage).map(|stage| &stage.meaning)
}

fn is_stage(matching: &Matching, process: usize, stage: usize) -> bool {
    matches!(
        meaning(matching, process, stage),
        Some(StageMeaning::Existing(_) | StageMeaning::New { .. })
    )
}

/// Notes what the verdict is based on, where a person should know it.
fn note_verdict(cells: &RowCells<'_>, verdict: Verdict, findings: &mut Findings) {
    let unknown = verdict.meaning == StatusMeaning::Unknown;
    let target = match verdict.ground {
        Ground::LostReason => {
            findings.by_lost_reason += 1;
            Target::LostReason
        }
        Ground::ClosingDate => {
            findings.by_closing_date += 1;
            Target::Closed
        }
        Ground::Stage => Target::Stage,
        Ground::Flags => Target::IsClosed,
        Ground::Status => {
            let status = cells.text(Target::Status);
            if unknown {
                *findings
                    .unknown_statuses
                    .entry(status.to_owned())
                    .or_default() += 1;
            }
            Target::Status
        }
        Ground::Date | Ground::Nothing => return,
    };
    if unknown {
        let message = match verdict.ground {
            Ground::Status => "it is not known whether this status is open, won, lost or outdated",
            Ground::ClosingDate => {
                "there is a closing date, but nothing says whether the deal was won or lost"
            }
            _ => "the deal is closed, but nothing says whether it was won or lost",
        };
        findings.errors.push(cells.error(target, message));
    }
}

/// The external id of a row, one line.
pub fn external_id(matching: &Matching, row: Row<'_>) -> Option<String> {
    let text = clean(text_of(&matching.columns, row, Target::ExternalId));
    let is_none = text.is_empty() || !matching.is_own_export() && is_nothing(&text);
    (!is_none).then(|| text.chars().take(MAX_TITLE).collect())
}
