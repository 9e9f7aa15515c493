//! Customers from a file.

use std::sync::Arc;

use super::drafts::{Customers, Lists};
use super::escape::unescape;
use super::lexicon::{self, CUSTOMER_COLUMNS};
use super::profile::{self, Looks, Profile};
use super::report::{Findings, RowEnd, RowError};
use super::taken::TakenIn;
use super::{Columns, Row, Table, is_nothing};
use crate::domain::record::customer::Customer;
use crate::domain::record::list::ListKind;
use crate::domain::record::workspace::{Record, Workspace};
use crate::domain::value::error::DomainError;
use crate::domain::value::field::FieldName;
use crate::domain::value::id::IdSource;
use crate::domain::value::text::{MAX_NOTES, MAX_TITLE, Name, clean, clean_lines};

pub use super::deals::Step;

/// What a column of a file of customers may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// The name.
    Name,
    /// The segment.
    Segment,
    /// The e-mail address.
    Email,
    /// The telephone number.
    Phone,
    /// The notes.
    Notes,
}

impl Target {
    /// Every target, as the matching shows them.
    pub const ALL: [Target; 5] = [
        Self::Name,
        Self::Segment,
        Self::Email,
        Self::Phone,
        Self::Notes,
    ];

    /// Its name for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::Segment => "Segment",
            Self::Email => "E-mail",
            Self::Phone => "Phone",
            Self::Notes => "Notes",
        }
    }

    /// Where its names stand among the names of columns.
    fn section(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Segment => "segment",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Notes => "notes",
        }
    }

    /// Whether a column with such texts may hold it.
    fn accepts(self, profile: &Profile) -> bool {
        match self {
            Self::Name => !profile.is_ids(),
            Self::Segment => !profile.is_ids() && !profile.is_yes_or_no(),
            Self::Email | Self::Phone | Self::Notes => true,
        }
    }
}

/// What each column of a file of customers is taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matching {
    columns: Columns<Target>,
    /// What is in each column.
    profiles: Arc<[Profile]>,
    taken_in: TakenIn,
    /// Rows with a cell that can't be read are left out.
    pub leave_out_unread: bool,
    /// What a customer has is replaced where the file says something else;
    /// otherwise only what is missing is filled.
    pub overwrite: bool,
}

impl Matching {
    /// Proposes a column for each target by its name; the first column that
    /// may be the customer's name is it where none is called so.
    pub fn propose(table: &Table) -> Self {
        let names = |target: Target| (target, lexicon::keys(CUSTOMER_COLUMNS, target.section()));
        let profiles = Profile::of_all(table);
        let mut columns =
            Columns::propose(table, &profiles, &Target::ALL.map(names), Target::accepts);
        let may_be_name = |(column, profile): &(usize, &Profile)| {
            let is_text = profile.filled == 0 || profile.amounts < profile.distinct;
            Target::Name.accepts(profile) && is_text && columns.target_of(*column).is_none()
        };
        if !columns.has(Target::Name)
            && let Some((column, _)) = profiles.iter().enumerate().find(may_be_name)
        {
            columns.set(Target::Name, Some(column));
        }
        Self {
            columns,
            profiles: profiles.into(),
            taken_in: TakenIn::default(),
            leave_out_unread: false,
            overwrite: false,
        }
    }

    /// Columns with texts that are taken for nothing, though they look like
    /// names of persons or companies.
    pub fn unused(&self, table: &Table) -> Vec<(usize, Looks)> {
        let is_free = |column| self.target_of(column).is_none();
        let unused = profile::unused(table, &self.profiles, is_free);
        let is_name =
            |(_, looks): &(usize, Looks)| matches!(looks, Looks::Persons | Looks::Companies);
        unused.into_iter().filter(is_name).collect()
    }

    /// Whether a row is imported.
    pub fn takes(&self, row: Row<'_>) -> bool {
        self.taken_in.takes(row)
    }

    /// Takes in a row that is proposed to be left out, or leaves it out again.
    pub fn take_in(&mut self, row: usize, taken: bool) {
        self.taken_in.set(row, taken);
    }

    /// The target of a source column.
    pub fn target_of(&self, column: usize) -> Option<Target> {
        self.columns.target_of(column)
    }

    /// The source column of a target.
    pub fn column(&self, target: Target) -> Option<usize> {
        self.columns.get(target)
    }

    /// Gives a column to a target, which loses the one it has, or to none.
    pub fn set_target(&mut self, column: usize, target: Option<Target>) {
        match target {
            Some(target) => self.columns.set(target, Some(column)),
            None => self.columns.remove(column),
        }
    }
}

/// What an import of customers does, in figures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Customers that are added.
    pub new: usize,
    /// Rows that change a customer who is there.
    pub updated: usize,
    /// Rows that say nothing new.
    pub skipped: usize,
    /// Rows in error.
    pub in_error: usize,
    /// Rows that come in with a cell that can't be read.
    pub with_unread: usize,
}

/// The end of a builder's work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Built {
    /// What to give to `Command::Import`.
    pub records: Vec<Record>,
    /// What it does, in figures.
    pub counts: Counts,
    /// What there is to say of the rows.
    pub findings: Findings,
}

/// Builds the records of an import of customers, which are matched by name
/// without regard to case and spaces.
#[derive(Debug)]
pub struct Builder {
    table: Arc<Table>,
    matching: Matching,
    ids: IdSource,
    lists: Lists,
    customers: Customers,
    next: usize,
    counts: Counts,
    findings: Findings,
}

impl Builder {
    /// A builder at the first row. `ids` must not give ids that the workspace
    /// has.
    pub fn new(
        table: Arc<Table>,
        matching: Matching,
        workspace: &Workspace,
        ids: IdSource,
    ) -> Self {
        Self {
            table,
            matching,
            ids,
            lists: Lists::new(workspace),
            customers: Customers::new(workspace),
            next: 0,
            counts: Counts::default(),
            findings: Findings::default(),
        }
    }

    /// Reads up to `rows` more rows.
    pub fn step(&mut self, rows: usize) -> Step {
        let table = self.table.clone();
        let end = self.next.saturating_add(rows).min(table.len());
        let rows = (self.next..end).filter_map(|index| table.row(index));
        for row in rows {
            if !self.matching.takes(row) {
                continue;
            }
            let mark = self.findings.mark();
            self.row(&table, row);
            match self.findings.end_row(mark) {
                RowEnd::InError => self.counts.in_error += 1,
                RowEnd::WithUnread => self.counts.with_unread += 1,
                RowEnd::Whole => {}
            }
        }
        self.next = end;
        Step {
            done: end,
            rows: table.len(),
        }
    }

    /// Reads all rows that are left, and ends.
    pub fn finish(mut self) -> Built {
        self.step(usize::MAX);
        let mut records: Vec<Record> = self.lists.into_records().collect();
        records.extend(self.customers.into_records());
        Built {
            records,
            counts: self.counts,
            findings: self.findings,
        }
    }

    fn row(&mut self, table: &Table, row: Row<'_>) {
        let mark = self.findings.mark();
        self.findings.refuse_surplus(table, row);
        let segment = self.optional(table, row, Target::Segment, |text| {
            Name::new(text, FieldName::AnyName)
        });
        let email = self.optional(table, row, Target::Email, contact);
        let phone = self.optional(table, row, Target::Phone, contact);
        let lines = |text: &str| clean_lines(text, MAX_NOTES, FieldName::NotesOfFile);
        let notes = self.optional(table, row, Target::Notes, lines);
        if self.matching.leave_out_unread {
            self.findings.refuse_unread(mark);
        }
        // A customer is its name: without one there is none.
        let name = self.text(row, Target::Name);
        let name = if is_nothing(name) { "" } else { name };
        let name = Name::title(name, FieldName::Name).map_err(|error| {
            let error = self.error(table, row, Target::Name, &error);
            self.findings.errors.push(error);
        });
        let Some(name) = name.ok().filter(|_| !self.findings.has_error(mark)) else {
            return;
        };
        let [email, phone, notes] = [email, phone, notes].map(Option::unwrap_or_default);

        let is_new = self.customers.find(&name).is_none();
        let id = self.customers.find_or_add(&name, &mut self.ids);
        let Some(known) = self.customers.get(id).cloned() else {
            return;
        };
        let overwrite = self.matching.overwrite;
        let segment = segment
            .filter(|_| overwrite || known.segment.is_none())
            .and_then(|segment| {
                self.lists
                    .entry(ListKind::Segments, &segment, &mut self.ids)
            });
        let text = |old: String, new: String| {
            if !new.is_empty() && (overwrite || old.is_empty()) {
                new
            } else {
                old
            }
        };
        let changed = self.customers.put(Customer {
            segment: segment.or(known.segment),
            email: text(known.email, email),
            phone: text(known.phone, phone),
            notes: text(known.notes, notes),
            id,
            name: known.name,
        });
        let count = match (is_new, changed) {
            (true, _) => &mut self.counts.new,
            (false, true) => &mut self.counts.updated,
            (false, false) => &mut self.counts.skipped,
        };
        *count += 1;
    }

    fn text<'a>(&self, row: Row<'a>, target: Target) -> &'a str {
        let column = self.matching.columns.get(target);
        column.map_or("", |column| unescape(row.cell(column)))
    }

    fn error(&self, table: &Table, row: Row<'_>, target: Target, error: &DomainError) -> RowError {
        let column = self.matching.columns.get(target);
        let name = column.map_or_else(|| target.title().to_owned(), |column| table.header(column));
        RowError::new(row, name, self.text(row, target), error)
    }

    /// The cell read by `parse`; none where it is empty or can't be read.
    fn optional<T>(
        &mut self,
        table: &Table,
        row: Row<'_>,
        target: Target,
        parse: impl FnOnce(&str) -> Result<T, DomainError>,
    ) -> Option<T> {
        let text = self.text(row, target);
        if text.trim().is_empty() {
            return None;
        }
        if target != Target::Notes && is_nothing(text) {
            self.findings.empty(text);
            return None;
        }
        parse(text)
            .map_err(|error| {
                let error = self.error(table, row, target, &error);
                self.findings.unread.push(error);
            })
            .ok()
    }
}

fn contact(text: &str) -> Result<String, DomainError> {
    let text = clean(text);
    if text.chars().count() > MAX_TITLE {
        return Err(DomainError::TooLong {
            what: FieldName::Text,
            most: MAX_TITLE,
        });
    }
    Ok(text)
}
