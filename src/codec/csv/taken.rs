//! Which rows of a table are imported.

use std::collections::BTreeSet;

use super::{Row, Table};
use crate::domain::value::order::Gather;

/// The rows that a person took in although they are proposed to be left out,
/// by their place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TakenIn(BTreeSet<usize>);

impl TakenIn {
    /// All rows of a table.
    pub(super) fn all(table: &Table) -> Self {
        Self((0..table.len()).gather())
    }

    /// Whether a row is imported.
    pub fn takes(&self, row: Row<'_>) -> bool {
        row.aside().is_none() || self.0.contains(&row.index())
    }

    /// The rows that are imported, in the order of the file.
    pub fn rows<'a>(&self, table: &'a Table) -> impl Iterator<Item = Row<'a>> + use<'a, '_> {
        table.records(|row| self.0.contains(&row))
    }

    /// Takes a row in, or leaves it out again; tells whether that is news.
    pub fn set(&mut self, row: usize, taken: bool) -> bool {
        if taken {
            self.0.insert(row)
        } else {
            self.0.remove(&row)
        }
    }
}
