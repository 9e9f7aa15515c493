//! Rules that suggest a process (§4.5 to §4.7). They never force one.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::domain::record::list::ListKind;
use crate::domain::value::error::DomainError;
use crate::domain::value::id::{EntryId, ProcessId, RuleId};
use crate::domain::value::money::Money;

/// A rule: where all of its conditions hold, it suggests a process.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rule {
    /// Its id.
    pub id: RuleId,
    /// The customer's segment is one of these; empty is no condition.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub segments: BTreeSet<EntryId>,
    /// The category is one of these; empty is no condition.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub categories: BTreeSet<EntryId>,
    /// The owner is one of these; empty is no condition.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub owners: BTreeSet<EntryId>,
    /// The value is known and at least this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value_at_least: Option<Money>,
    /// The value is known and below this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value_below: Option<Money>,
    /// The process it suggests.
    pub then: ProcessId,
}

/// The lists that rules ask for, in the order they are shown.
pub const RULE_LISTS: [ListKind; 3] = [ListKind::Segments, ListKind::Categories, ListKind::Owners];

/// What rules look at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Facts {
    /// The customer's segment.
    pub segment: Option<EntryId>,
    /// The category.
    pub category: Option<EntryId>,
    /// The owner.
    pub owner: Option<EntryId>,
    /// The value; none means unknown, which fits no condition on the value.
    pub value: Option<Money>,
}

impl Facts {
    /// The entry of a list that rules ask for.
    pub fn entry(&self, kind: ListKind) -> Option<EntryId> {
        match kind {
            ListKind::Segments => self.segment,
            ListKind::Categories => self.category,
            ListKind::Owners => self.owner,
            _ => None,
        }
    }
}

impl Rule {
    /// The entries of a list that it asks for; empty is no condition.
    pub fn entries(&self, kind: ListKind) -> &BTreeSet<EntryId> {
        static NONE: BTreeSet<EntryId> = BTreeSet::new();
        match kind {
            ListKind::Segments => &self.segments,
            ListKind::Categories => &self.categories,
            ListKind::Owners => &self.owners,
            _ => &NONE,
        }
    }

    /// The same to be changed; none for a list that no rule asks for.
    pub fn entries_mut(&mut self, kind: ListKind) -> Option<&mut BTreeSet<EntryId>> {
        match kind {
            ListKind::Segments => Some(&mut self.segments),
            ListKind::Categories => Some(&mut self.categories),
            ListKind::Owners => Some(&mut self.owners),
            _ => None,
        }
    }

    /// Whether it asks for that entry of that list, among others.
    pub fn names_entry(&self, kind: ListKind, id: EntryId) -> bool {
        self.entries(kind).contains(&id)
    }

    /// Whether it has a condition on the value.
    pub fn asks_for_a_value(&self) -> bool {
        self.value_at_least.is_some() || self.value_below.is_some()
    }

    /// Whether it has no condition at all.
    pub fn is_blank(&self) -> bool {
        !self.asks_for_a_value() && RULE_LISTS.iter().all(|kind| self.entries(*kind).is_empty())
    }

    /// Whether no value can fit it.
    pub fn is_impossible(&self) -> bool {
        let least = self.value_at_least.map_or(0, Money::minor);
        self.value_below.is_some_and(|below| below.minor() <= least)
    }

    /// Whether all of its conditions hold.
    pub fn fits(&self, facts: &Facts) -> bool {
        RULE_LISTS.iter().all(|kind| {
            let wanted = self.entries(*kind);
            wanted.is_empty() || facts.entry(*kind).is_some_and(|id| wanted.contains(&id))
        }) && self
            .value_at_least
            .is_none_or(|least| facts.value.is_some_and(|value| value >= least))
            && self
                .value_below
                .is_none_or(|below| facts.value.is_some_and(|value| value < below))
    }
}

/// Checks what rules must be by themselves.
///
/// # Errors
/// A rule without a condition, or one that no value can fit.
pub fn check_conditions(rules: &[Rule]) -> Result<(), DomainError> {
    for (at, rule) in rules.iter().enumerate() {
        let number = at + 1;
        if rule.is_blank() {
            return Err(DomainError::RuleWithoutCondition { number });
        }
        if rule.is_impossible() {
            return Err(DomainError::RuleRange { number });
        }
    }
    Ok(())
}
