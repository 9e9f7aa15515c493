//! Turns the rows of a file into records, some rows at a time.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::super::drafts::{Customers, Lists};
use super::super::report::{Findings, RowEnd, RowError};
use super::super::{Clock, Row, Table};
use super::built::{Built, Counts, DealSum, Step};
use super::columns::Target;
use super::matching::{ExistingPolicy, Matching};
use super::processes::Processes;
use super::progress::{Links, Scratch, new_deal};
use super::row::{Facts, FactsReader, external_id};
use crate::domain::record::customer::Customer;
use crate::domain::record::deal::{Deal, Outcome};
use crate::domain::record::list::ListKind;
use crate::domain::record::workspace::{Record, Settings, Workspace};
use crate::domain::value::error::DomainError;
use crate::domain::value::id::{IdSource, ProcessId, StageId};
use crate::domain::value::money::Currency;
use crate::domain::value::text::{MAX_TITLE, Name};

/// Builds the records of an import. The same builder makes the preview, so
/// that its figures are those of the import.
#[derive(Debug)]
pub struct Builder {
    table: Arc<Table>,
    matching: Matching,
    clock: Clock,
    ids: IdSource,
    reader: FactsReader,
    lists: Lists,
    customers: Customers,
    processes: Processes,
    scratch: Scratch,
    existing: HashMap<String, Arc<Deal>>,
    seen: HashSet<String>,
    next: usize,
    deals: Vec<Deal>,
    findings: Findings,
    /// The account takes the file's currency.
    settings: Option<Settings>,
    currency: Currency,
    counts: Counts,
}

impl Builder {
    /// A builder at the first row. `ids` must not give ids that the workspace
    /// has.
    pub fn new(
        table: Arc<Table>,
        matching: Matching,
        workspace: &Workspace,
        clock: Clock,
        mut ids: IdSource,
    ) -> Self {
        let with_id = |deal: &Arc<Deal>| Some((deal.external_id.clone()?, deal.clone()));
        let processes = Processes::new(&matching, workspace, &mut ids);
        let mut scratch = Scratch::new(workspace, clock);
        processes
            .changed()
            .for_each(|process| scratch.put_process(process));
        let currency = matching.money.account(workspace);
        let settings = (currency != workspace.currency()).then(|| Settings {
            currency: currency.code.to_owned(),
            ..Settings::clone(&workspace.settings)
        });
        Self {
            reader: FactsReader::new(&matching, currency, clock.today),
            lists: Lists::new(workspace),
            customers: Customers::new(workspace),
            existing: workspace.deals.values().filter_map(with_id).collect(),
            seen: HashSet::new(),
            next: 0,
            deals: Vec::new(),
            findings: Findings::default(),
            settings,
            currency,
            counts: Counts::default(),
            table,
            matching,
            clock,
            ids,
            processes,
            scratch,
        }
    }

    /// Reads up to `rows` more rows.
    pub fn step(&mut self, rows: usize) -> Step {
        let table = self.table.clone();
        let end = self.next.saturating_add(rows).min(table.len());
        while self.next < end {
            let mark = self.findings.mark();
            if let Some(row) = table.row(self.next).filter(|row| self.matching.takes(*row)) {
                self.row(&table, row);
            }
            match self.findings.end_row(mark) {
                RowEnd::InError => self.counts.in_error += 1,
                RowEnd::WithUnread => self.counts.with_unread += 1,
                RowEnd::Whole => {}
            }
            self.next += 1;
        }
        Step {
            done: self.next,
            rows: table.len(),
        }
    }

    /// Reads all rows that are left, and ends.
    pub fn finish(mut self) -> Built {
        self.step(usize::MAX);
        let mut counts = self.counts;
        let mut by_stage: BTreeMap<(ProcessId, Option<StageId>), DealSum> = BTreeMap::new();
        for deal in &self.deals {
            let tally = match deal.outcome() {
                None => &mut counts.open,
                Some(Outcome::Won) => &mut counts.won,
                Some(Outcome::Lost) => &mut counts.lost,
                Some(Outcome::Outdated) => &mut counts.outdated,
            };
            tally.add(deal.value);
            if let Some(process) = self.processes.get(deal.process).filter(|_| deal.is_open()) {
                let stage = deal.current_stage(process).id();
                by_stage
                    .entry((process.id, stage))
                    .or_default()
                    .add(deal.value);
            }
        }
        counts.stages = self.processes.stage_counts(&by_stage);
        counts.new_customers = self.customers.added();
        let has_deals = !self.deals.is_empty();
        let settings = self.settings.filter(|_| has_deals).map(Arc::new);
        let mut records: Vec<Record> = settings.map(Record::Settings).into_iter().collect();
        records.extend(self.lists.into_records());
        counts.new_processes = self.processes.into_records(&mut records);
        records.extend(self.customers.into_records());
        records.extend(
            self.deals
                .into_iter()
                .map(|deal| Record::Deal(Arc::new(deal))),
        );
        Built {
            records,
            counts,
            findings: self.findings,
            currency: self.currency,
        }
    }

    fn row(&mut self, table: &Table, row: Row<'_>) {
        let id = external_id(&self.matching, row);
        if id.as_ref().is_some_and(|id| self.seen.contains(id)) {
            self.id_error(row, "this id stands in an earlier row already");
            return;
        }
        let existing = id.as_ref().and_then(|id| self.existing.get(id)).cloned();
        if existing.is_some() && self.matching.existing == ExistingPolicy::Skip {
            self.counts.skipped += 1;
            self.seen.extend(id);
            return;
        }
        let read = self
            .reader
            .read(table, &self.matching, row, &mut self.findings);
        let Some(mut facts) = read else { return };
        self.drop_implied_chance(&mut facts);
        match (existing, self.matching.existing) {
            (Some(deal), ExistingPolicy::Update { overwrite }) => {
                match self.update(&deal, facts, overwrite) {
                    Ok(true) => self.counts.updated += 1,
                    Ok(false) => self.counts.skipped += 1,
                    Err(refusal) => {
                        self.id_error(row, &refusal.to_string());
                        return;
                    }
                }
            }
            _ => {
                self.add(facts, id.clone(), row.line());
                self.counts.new += 1;
            }
        }
        self.seen.extend(id);
    }

    /// Drops a chance that the deal has by its stage anyway, so that it does not
    /// count as typed. This program's own export has typed chances only.
    fn drop_implied_chance(&self, facts: &mut Facts) {
        let place = self.processes.place(facts);
        let stage = place.and_then(|(process, stage)| self.processes.get(process)?.stage(stage?));
        let implied = stage.and_then(|stage| stage.chance);
        if facts.chance == implied && !self.matching.is_own_export() {
            facts.chance_is_implied = facts.chance.take().is_some();
        }
    }

    fn id_error(&mut self, row: Row<'_>, message: &str) {
        let column = self.matching.column(Target::ExternalId);
        let name = column.map_or_else(String::new, |column| self.table.header(column));
        let id = external_id(&self.matching, row).unwrap_or_default();
        let error = RowError::new(row, name, &id, message);
        self.findings.errors.push(error);
    }

    fn add(&mut self, facts: Facts, external_id: Option<String>, line: u32) {
        let Some((process, stage)) = self.processes.place(&facts) else {
            return;
        };
        let links = self.links(&facts, stage, |_| true);
        let name = facts.name.clone().unwrap_or_else(|| {
            let parts = [&facts.customer, &facts.category]
                .map(|link| link.as_ref().map_or("", Name::as_str));
            let joined = match parts {
                ["", one] | [one, ""] => one.to_owned(),
                [customer, category] => format!("{customer} – {category}"),
            };
            let number = external_id.clone().unwrap_or_else(|| line.to_string());
            Name::clamped(&joined, MAX_TITLE, &format!("Deal {number}"))
        });
        let Some(process) = self.processes.used(process) else {
            return;
        };
        let deal = new_deal(
            facts,
            name,
            links,
            external_id,
            process,
            self.clock,
            &mut self.ids,
        );
        self.deals.push(deal);
    }

    /// Whether the row changed the deal.
    fn update(
        &mut self,
        before: &Deal,
        facts: Facts,
        overwrite: bool,
    ) -> Result<bool, DomainError> {
        let Some((id, stage)) = self.processes.place(&facts) else {
            return Ok(false);
        };
        let reason = before.closing.as_ref().and_then(|closing| closing.reason);
        // No entry and no customer is made that the deal would not take over.
        let wanted = |link: Link| {
            overwrite
                || match link {
                    Link::Customer => before.customer.is_none(),
                    Link::Category => before.category.is_none(),
                    Link::Owner => before.owner.is_none(),
                    Link::Source => before.source.is_none(),
                    Link::Reason => {
                        reason.is_none()
                            && before.outcome().is_some()
                            && before.outcome() == facts.outcome
                    }
                }
        };
        let links = self.links(&facts, stage, wanted);
        let Some(process) = self.processes.get(id) else {
            return Ok(false);
        };
        let after = self
            .scratch
            .update(before, facts, links, process, overwrite, &mut self.ids)?;
        if after == *before {
            return Ok(false);
        }
        self.processes.used(after.process);
        self.deals.push(after);
        Ok(true)
    }

    /// Finds or makes what the row names.
    fn links(
        &mut self,
        facts: &Facts,
        stage: Option<StageId>,
        wanted: impl Fn(Link) -> bool,
    ) -> Links {
        let Self {
            lists,
            ids,
            customers,
            ..
        } = self;
        let mut entry = |link, kind, name: &Option<Name>| {
            name.as_ref()
                .filter(|_| wanted(link))
                .and_then(|name| lists.entry(kind, name, ids))
        };
        let category = entry(Link::Category, ListKind::Categories, &facts.category);
        let owner = entry(Link::Owner, ListKind::Owners, &facts.owner);
        let source = entry(Link::Source, ListKind::Sources, &facts.source);
        let reason = facts
            .outcome
            .and_then(|outcome| entry(Link::Reason, outcome.reasons(), &facts.reason));
        let customer = facts.customer.as_ref().filter(|_| wanted(Link::Customer));
        let customer = customer.map(|name| customers.find_or_add(name, ids));
        if let (Some(segment), Some(known)) =
            (&facts.segment, customer.and_then(|id| customers.get(id)))
            && known.segment.is_none()
        {
            let segment = lists.entry(ListKind::Segments, segment, ids);
            customers.put(Customer {
                segment,
                ..known.clone()
            });
        }
        Links {
            customer,
            category,
            owner,
            source,
            reason,
            stage,
        }
    }
}

/// A link of a deal that refers to another record.
#[derive(Clone, Copy)]
enum Link {
    Customer,
    Category,
    Owner,
    Source,
    Reason,
}
