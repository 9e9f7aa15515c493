//! Turns the rows of a file into records, some rows at a time.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::super::Clock;
use super::super::drafts::{Customers, Lists, name_key};
use super::super::{Row, RowError, Table};
use super::columns::Target;
use super::matching::{ExistingPolicy, Matching};
use super::progress::{Links, Scratch, new_deal};
use super::row::{Facts, Reader, StageFact, external_id};
use super::values::{ProcessPlan, StageMeaning, free_name};
use super::words;
use crate::domain::customer::Customer;
use crate::domain::deal::{Deal, Outcome as Ending};
use crate::domain::error::DomainError;
use crate::domain::id::{IdSource, ProcessId, StageId};
use crate::domain::list::ListKind;
use crate::domain::money::{Chance, Money, Total};
use crate::domain::process::{Color, Process, Stage};
use crate::domain::text::{MAX_TITLE, Name};
use crate::domain::workspace::{ProcessOrder, Record, Workspace};

/// Builds the records of an import. The same builder makes the preview, so
/// that its figures are those of the import.
#[derive(Debug)]
pub struct Builder {
    table: Arc<Table>,
    matching: Matching,
    clock: Clock,
    ids: IdSource,
    reader: Reader,
    lists: Lists,
    customers: Customers,
    processes: Processes,
    scratch: Scratch,
    existing: HashMap<String, Arc<Deal>>,
    seen: HashSet<String>,
    next: usize,
    deals: Vec<Deal>,
    errors: Vec<RowError>,
    counts: Counts,
}

/// How far a builder has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Rows that are done.
    pub done: usize,
    /// All rows.
    pub rows: usize,
}

impl Step {
    /// Nothing is left to do.
    pub fn is_last(self) -> bool {
        self.done >= self.rows
    }
}

/// A number of deals and their value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many.
    pub deals: usize,
    /// The sum of the values that are known.
    pub value: Total,
}

/// The open deals of one stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageCount {
    /// The process.
    pub process: Name,
    /// The stage; none where it is not known.
    pub stage: Option<Name>,
    /// How many open deals, and their value.
    pub open: Tally,
}

/// What an import does, in figures. The statuses and stages are those of the
/// new and updated deals after it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Deals that are added.
    pub new: usize,
    /// Deals that are changed.
    pub updated: usize,
    /// Rows whose deal is there already and stays as it is.
    pub skipped: usize,
    /// Rows in error.
    pub in_error: usize,
    /// Customers that are added.
    pub new_customers: usize,
    /// Open deals.
    pub open: Tally,
    /// Won deals.
    pub won: Tally,
    /// Lost deals.
    pub lost: Tally,
    /// Outdated deals.
    pub outdated: Tally,
    /// The open deals by stage, in the order of processes and stages.
    pub stages: Vec<StageCount>,
    /// The names of the processes that are added.
    pub new_processes: Vec<Name>,
}

/// The end of a builder's work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// What to give to `Command::Import`.
    pub records: Vec<Record>,
    /// What it does, in figures.
    pub counts: Counts,
    /// What is wrong with the rows that are left out, in the order of the file.
    pub errors: Vec<RowError>,
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
            .drafts
            .values()
            .for_each(|draft| scratch.put_process(&draft.process));
        Self {
            reader: Reader::new(&matching, workspace.currency(), clock.today),
            lists: Lists::new(workspace),
            customers: Customers::new(workspace),
            existing: workspace.deals.values().filter_map(with_id).collect(),
            seen: HashSet::new(),
            next: 0,
            deals: Vec::new(),
            errors: Vec::new(),
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
            let before = self.errors.len();
            self.row(&table);
            self.counts.in_error += usize::from(self.errors.len() > before);
            self.next += 1;
        }
        Step {
            done: self.next,
            rows: table.len(),
        }
    }

    /// Reads all rows that are left, and ends.
    pub fn finish(mut self) -> Outcome {
        self.step(usize::MAX);
        let mut counts = self.counts;
        let mut by_stage: BTreeMap<(ProcessId, Option<StageId>), Tally> = BTreeMap::new();
        for deal in &self.deals {
            let tally = match deal.outcome() {
                None => &mut counts.open,
                Some(Ending::Won) => &mut counts.won,
                Some(Ending::Lost) => &mut counts.lost,
                Some(Ending::Outdated) => &mut counts.outdated,
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
        let mut records: Vec<Record> = self.lists.into_records().collect();
        counts.new_processes = self.processes.into_records(&mut records);
        records.extend(self.customers.into_records());
        records.extend(
            self.deals
                .into_iter()
                .map(|deal| Record::Deal(Arc::new(deal))),
        );
        Outcome {
            records,
            counts,
            errors: self.errors,
        }
    }

    fn row(&mut self, table: &Table) {
        let Some(row) = table.row(self.next) else {
            return;
        };
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
            .read(table, &self.matching, row, &mut self.errors);
        let Some(facts) = read else { return };
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

    fn id_error(&mut self, row: Row<'_>, message: &str) {
        let column = self.matching.column(Target::ExternalId);
        let name = column.map_or_else(String::new, |column| self.table.header(column));
        let id = external_id(&self.matching, row).unwrap_or_default();
        self.errors.push(RowError::new(row, name, &id, message));
    }

    fn add(&mut self, facts: Facts, external_id: Option<String>, line: u32) {
        let Some((process, stage)) = self.processes.place(&facts) else {
            return;
        };
        let links = self.links(&facts, stage, |_| true);
        let name = facts.name.clone().unwrap_or_else(|| {
            let parts = [&facts.customer, &facts.category]
                .map(|part| part.as_ref().map_or("", Name::as_str));
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
        // Nothing is made that the deal would not take.
        let wanted = |part: Part| {
            overwrite
                || match part {
                    Part::Customer => before.customer.is_none(),
                    Part::Category => before.category.is_none(),
                    Part::Owner => before.owner.is_none(),
                    Part::Source => before.source.is_none(),
                    Part::Reason => {
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
        wanted: impl Fn(Part) -> bool,
    ) -> Links {
        let Self {
            lists,
            ids,
            customers,
            ..
        } = self;
        let mut entry = |part, kind, name: &Option<Name>| {
            name.as_ref()
                .filter(|_| wanted(part))
                .and_then(|name| lists.entry(kind, name, ids))
        };
        let category = entry(Part::Category, ListKind::Categories, &facts.category);
        let owner = entry(Part::Owner, ListKind::Owners, &facts.owner);
        let source = entry(Part::Source, ListKind::Sources, &facts.source);
        let reason = facts
            .outcome
            .and_then(|outcome| entry(Part::Reason, outcome.reasons(), &facts.reason));
        let customer = facts.customer.as_ref().filter(|_| wanted(Part::Customer));
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

/// A part of a deal that refers to another record.
#[derive(Clone, Copy)]
enum Part {
    Customer,
    Category,
    Owner,
    Source,
    Reason,
}

impl Tally {
    fn add(&mut self, value: Option<Money>) {
        self.deals += 1;
        value.into_iter().for_each(|value| self.value.add(value));
    }
}

/// The processes that an import makes or adds stages to.
#[derive(Debug)]
struct Processes {
    drafts: BTreeMap<ProcessId, Draft>,
    /// For each process of the matching: its process, and the stage that each
    /// of its values stands for.
    places: Vec<(ProcessId, Vec<Option<StageId>>)>,
    order: Arc<ProcessOrder>,
    /// The new ones, as they were made.
    new: Vec<ProcessId>,
}

#[derive(Debug)]
struct Draft {
    process: Process,
    /// It is not as it is in the workspace.
    changed: bool,
    /// A deal goes into it; else it is not imported.
    used: bool,
}

impl Processes {
    fn new(matching: &Matching, workspace: &Workspace, ids: &mut IdSource) -> Self {
        let known = workspace.processes.values().map(|process| {
            (
                process.id,
                Draft {
                    process: Process::clone(process),
                    changed: false,
                    used: false,
                },
            )
        });
        let mut this = Self {
            drafts: known.collect(),
            places: Vec::new(),
            order: workspace.order.clone(),
            new: Vec::new(),
        };
        for matched in &matching.processes {
            let id = match &matched.plan {
                ProcessPlan::Existing(id) if this.drafts.contains_key(id) => *id,
                // The process has been deleted since.
                ProcessPlan::Existing(_) => workspace.default_process(),
                ProcessPlan::New { name } => this.new_process(name, workspace, ids),
            };
            let Some(draft) = this.drafts.get_mut(&id) else {
                continue;
            };
            let is_new = this.new.contains(&id);
            let stages = matched.stages.iter().map(|stage| match &stage.meaning {
                StageMeaning::Existing(stage) => {
                    Some(*stage).filter(|stage| draft.process.stage(*stage).is_some())
                }
                StageMeaning::New { name, chance } => {
                    let (stage, added) = add_stage(&mut draft.process, is_new, name, *chance, ids);
                    draft.changed |= added;
                    Some(stage)
                }
                StageMeaning::Open | StageMeaning::Closed(_) => None,
            });
            let stages = stages.collect();
            this.places.push((id, stages));
        }
        this
    }

    /// The process of that name among the new ones, or one more.
    fn new_process(&mut self, name: &Name, workspace: &Workspace, ids: &mut IdSource) -> ProcessId {
        let key = name_key(name.as_str());
        let same = |id: &&ProcessId| {
            self.get(**id)
                .is_some_and(|process| name_key(process.name.as_str()) == key)
        };
        if let Some(id) = self.new.iter().find(same) {
            return *id;
        }
        let id = ids.fresh();
        let taken = |key: &str| {
            self.drafts
                .values()
                .any(|draft| name_key(draft.process.name.as_str()) == key)
        };
        let color = (workspace.processes.len() + self.new.len()) % usize::from(Color::COUNT);
        let process = Process {
            id,
            name: free_name(name, taken),
            color: Color(u8::try_from(color).unwrap_or_default()),
            archived: false,
            stages: Vec::new(),
        };
        self.drafts.insert(
            id,
            Draft {
                process,
                changed: true,
                used: false,
            },
        );
        self.new.push(id);
        id
    }

    fn get(&self, id: ProcessId) -> Option<&Process> {
        self.drafts.get(&id).map(|draft| &draft.process)
    }

    fn used(&mut self, id: ProcessId) -> Option<&Process> {
        let draft = self.drafts.get_mut(&id)?;
        draft.used = true;
        Some(&draft.process)
    }

    /// The process and stage of a row.
    fn place(&self, facts: &Facts) -> Option<(ProcessId, Option<StageId>)> {
        let (process, stages) = self.places.get(facts.process)?;
        let stage = match facts.stage {
            StageFact::At(place) => stages.get(place).copied().flatten(),
            StageFact::NoColumn | StageFact::Unknown => None,
        };
        Some((*process, stage))
    }

    /// Every process that is there or used, in the user's order, the new ones last.
    fn in_order(&self) -> impl Iterator<Item = &Draft> {
        self.order
            .order
            .iter()
            .chain(&self.new)
            .filter_map(|id| self.drafts.get(id))
    }

    fn stage_counts(
        &self,
        open: &BTreeMap<(ProcessId, Option<StageId>), Tally>,
    ) -> Vec<StageCount> {
        let mut counts = Vec::new();
        for Draft { process, .. } in self.in_order() {
            let stages = process
                .stages
                .iter()
                .map(|stage| Some((stage.id, &stage.name)));
            for stage in stages.chain([None]) {
                let found = open.get(&(process.id, stage.map(|(id, _)| id)));
                counts.extend(found.map(|tally| StageCount {
                    process: process.name.clone(),
                    stage: stage.map(|(_, name)| name.clone()),
                    open: *tally,
                }));
            }
        }
        counts
    }

    /// Adds the used processes that are new or changed, and their order; tells
    /// the names of the new ones.
    fn into_records(self, records: &mut Vec<Record>) -> Vec<Name> {
        let new: Vec<ProcessId> = self
            .new
            .iter()
            .copied()
            .filter(|id| self.drafts.get(id).is_some_and(|draft| draft.used))
            .collect();
        let names = new
            .iter()
            .filter_map(|id| self.get(*id))
            .map(|process| process.name.clone())
            .collect();
        if !new.is_empty() {
            let mut order = ProcessOrder::clone(&self.order);
            order.order.extend(new);
            records.push(Record::Order(Arc::new(order)));
        }
        let changed = self
            .drafts
            .into_values()
            .filter(|draft| draft.changed && draft.used);
        records.extend(changed.map(|draft| Record::Process(Arc::new(draft.process))));
        names
    }
}

/// The stage of that name, added where it is not there: at the end of a new
/// process, whose stages come in the matching's order; in one that is there,
/// before the first stage that usually comes later in a sale.
fn add_stage(
    process: &mut Process,
    is_new: bool,
    name: &Name,
    chance: Option<Chance>,
    ids: &mut IdSource,
) -> (StageId, bool) {
    let key = name_key(name.as_str());
    if let Some(stage) = process
        .stages
        .iter()
        .find(|stage| name_key(stage.name.as_str()) == key)
    {
        return (stage.id, false);
    }
    let id = ids.fresh();
    let stage = Stage {
        id,
        name: name.clone(),
        hint: String::new(),
        chance,
        stale_after_days: None,
        sub_stages: Vec::new(),
    };
    let rank = words::rank(name.as_str()).filter(|_| !is_new);
    let later = rank.and_then(|rank| {
        process
            .stages
            .iter()
            .position(|stage| words::rank(stage.name.as_str()) > Some(rank))
    });
    process
        .stages
        .insert(later.unwrap_or(process.stages.len()), stage);
    (id, true)
}
