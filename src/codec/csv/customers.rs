//! Customers from a file.

use std::sync::Arc;

use super::drafts::{Customers, Lists};
use super::escape::unescape;
use super::{Columns, Row, RowError, Table};
use crate::domain::customer::Customer;
use crate::domain::error::DomainError;
use crate::domain::id::IdSource;
use crate::domain::list::ListKind;
use crate::domain::text::{MAX_NOTES, MAX_TITLE, Name, clean, clean_lines};
use crate::domain::workspace::{Record, Workspace};

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

    fn names(self) -> &'static str {
        match self {
            Self::Name => {
                "name customer customername account accountname company companyname \
                 organization organisation organizationname client clientname \
                 displayname fullname klient firma nazwa nazwafirmy contactname person \
                 contact"
            }
            Self::Segment => {
                "segment customersegment sector industry accounttype customertype \
                 category type label branza"
            }
            Self::Email => "email emailaddress mail emailwork primaryemail adresemail",
            Self::Phone => "phone phonenumber telephone tel phonework mobile mobilephone telefon",
            Self::Notes => "notes note description comments comment about opis notatki",
        }
    }
}

/// Whether a column of that [`key`](super::header::key) is known to hold
/// something of a customer.
pub(super) fn is_known_name(key: &str) -> bool {
    Target::ALL.into_iter().any(|target| {
        let mut names = target.names().split(' ').filter(|name| !name.is_empty());
        names.any(|name| name == key)
    })
}

/// What each column of a file of customers is taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matching {
    columns: Columns<Target>,
    /// What a customer has is replaced where the file says something else;
    /// otherwise only what is missing is filled.
    pub overwrite: bool,
}

impl Matching {
    /// Proposes a column for each target by its name; the first column is the
    /// customer's name where none is called so.
    pub fn propose(table: &Table) -> Self {
        let targets = Target::ALL
            .into_iter()
            .map(|target| (target, target.names()));
        let mut columns = Columns::propose(table, targets, |_, _| true);
        if !columns.has(Target::Name) && columns.target_of(0).is_none() {
            columns.set(Target::Name, Some(0));
        }
        Self {
            columns,
            overwrite: false,
        }
    }

    /// The source column of a target.
    pub fn column(&self, target: Target) -> Option<usize> {
        self.columns.get(target)
    }

    /// Gives a target another source column, or none.
    pub fn set_column(&mut self, target: Target, column: Option<usize>) {
        self.columns.set(target, column);
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
    errors: Vec<RowError>,
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
            errors: Vec::new(),
        }
    }

    /// Reads up to `rows` more rows.
    pub fn step(&mut self, rows: usize) -> Step {
        let table = self.table.clone();
        let end = self.next.saturating_add(rows).min(table.len());
        let rows = (self.next..end).filter_map(|index| table.row(index));
        for row in rows.filter(|row| row.aside().is_none()) {
            let before = self.errors.len();
            self.row(&table, row);
            self.counts.in_error += usize::from(self.errors.len() > before);
        }
        self.next = end;
        Step {
            done: end,
            rows: table.len(),
        }
    }

    /// Reads all rows that are left, and ends.
    pub fn finish(mut self) -> Outcome {
        self.step(usize::MAX);
        let mut records: Vec<Record> = self.lists.into_records().collect();
        records.extend(self.customers.into_records());
        Outcome {
            records,
            counts: self.counts,
            errors: self.errors,
        }
    }

    fn row(&mut self, table: &Table, row: Row<'_>) {
        let before = self.errors.len();
        if let Some((column, surplus)) = row.surplus() {
            let message = "the row has more cells than the header; a quote may be missing";
            let column = table.header(column);
            self.errors
                .push(RowError::new(row, column, surplus, message));
        }
        let name = self.cell(table, row, Target::Name, |text| {
            Name::title(text, "The name")
        });
        let segment = self.optional(table, row, Target::Segment, |text| {
            Name::new(text, "A name")
        });
        let email = self
            .optional(table, row, Target::Email, contact)
            .unwrap_or_default();
        let phone = self
            .optional(table, row, Target::Phone, contact)
            .unwrap_or_default();
        let lines = |text: &str| clean_lines(text, MAX_NOTES, "Notes");
        let notes = self
            .optional(table, row, Target::Notes, lines)
            .unwrap_or_default();
        let Some(name) = name.filter(|_| self.errors.len() == before) else {
            return;
        };

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

    fn optional<T>(
        &mut self,
        table: &Table,
        row: Row<'_>,
        target: Target,
        parse: impl FnOnce(&str) -> Result<T, DomainError>,
    ) -> Option<T> {
        let column = self.matching.columns.get(target)?;
        if unescape(row.cell(column)).trim().is_empty() {
            return None;
        }
        self.cell(table, row, target, parse)
    }

    fn cell<T>(
        &mut self,
        table: &Table,
        row: Row<'_>,
        target: Target,
        parse: impl FnOnce(&str) -> Result<T, DomainError>,
    ) -> Option<T> {
        let column = self.matching.columns.get(target);
        let text = column.map_or("", |column| unescape(row.cell(column)));
        parse(text)
            .map_err(|error| {
                let name =
                    column.map_or_else(|| target.title().to_owned(), |column| table.header(column));
                self.errors.push(RowError::new(row, name, text, error));
            })
            .ok()
    }
}

fn contact(text: &str) -> Result<String, DomainError> {
    let text = clean(text);
    if text.chars().count() > MAX_TITLE {
        return Err(DomainError::TooLong {
            what: "The text",
            most: MAX_TITLE,
        });
    }
    Ok(text)
}
