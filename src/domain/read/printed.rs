//! Which deals of a list come on paper (§14).

use crate::domain::value::id::DealId;

/// More deals than this are no list that is read on paper.
pub const MOST: usize = 2_000;

/// What of a list is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Printed<'a> {
    /// The deals, in the order of the list.
    pub deals: &'a [DealId],
    /// How many deals the list has.
    pub of: usize,
}

impl<'a> Printed<'a> {
    /// What is printed of these deals.
    pub fn of(deals: &'a [DealId]) -> Self {
        Self {
            deals: deals.get(..MOST).unwrap_or(deals),
            of: deals.len(),
        }
    }

    /// Whether the list has deals that are not printed.
    pub fn is_cut(&self) -> bool {
        self.deals.len() < self.of
    }
}
