//! What the deals add up to (§6.1, §7.1, §7.2 and §8).
//!
//! Summaries, charts and lists show what these functions return and nothing
//! else, so that they can't disagree. They take any deals in brief, as the
//! index keeps them, all or those that a filter lets through, and go over them
//! once.
//!
//! Amounts are whole minor units, weighted sums are exact until
//! [`WeightedTotal::rounded`], rates are in tenths of a percent.

mod attention;
mod closed;
mod closed_part;
mod open;
mod processes;

pub use attention::{is_stale, stale_from};
pub use closed::{ClosedStats, FurthestRow, Month, MonthRow, ReasonRow, closed_by_process};
pub use closed_part::ClosedPart;
pub use open::{ByStage, OpenStats, StageRow, open_by_process};
pub use processes::{ProcessUse, better_default, deals_per_process};

use std::borrow::Borrow;

use serde::{Deserialize, Serialize};

use crate::domain::read::brief::Brief;
use crate::domain::record::deal::Outcome;
use crate::domain::value::money::{Chance, Money, Total, WeightedTotal, permille_of};

/// How many deals there are, and what they are worth.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// The deals.
    pub count: usize,
    /// The sum of the known values.
    pub value: Total,
    /// How many of the deals have no known value.
    pub unknown_value: usize,
}

impl Tally {
    /// Counts one more deal.
    pub fn add(&mut self, value: Option<Money>) {
        self.count += 1;
        match value {
            Some(value) => self.value.add(value),
            None => self.unknown_value += 1,
        }
    }

    /// Adds another tally.
    pub fn add_tally(&mut self, other: Tally) {
        self.count += other.count;
        self.value.add_total(other.value);
        self.unknown_value += other.unknown_value;
    }

    /// This tally without a part of it.
    #[must_use]
    pub fn without(self, part: Tally) -> Self {
        Self {
            count: self.count.saturating_sub(part.count),
            value: self.value.without(part.value),
            unknown_value: self.unknown_value.saturating_sub(part.unknown_value),
        }
    }

    /// There are deals, and nothing is known of what any of them is worth.
    pub fn is_unknown(&self) -> bool {
        self.count > 0 && !self.has_value()
    }

    /// At least one deal has a known value, so that the sum says something.
    pub fn has_value(&self) -> bool {
        self.known() > 0
    }

    /// How many of the deals have a known value.
    pub fn known(&self) -> usize {
        self.count.saturating_sub(self.unknown_value)
    }
}

/// A tally of open deals, with the sum of value x chance.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenTally {
    /// Number and value.
    pub all: Tally,
    /// The weighted value, exact until it is rounded.
    pub weighted: WeightedTotal,
}

impl OpenTally {
    /// Counts one more deal.
    pub fn add(&mut self, value: Option<Money>, chance: Chance) {
        self.all.add(value);
        if let Some(value) = value {
            self.weighted.add(value, chance);
        }
    }

    /// Adds another tally.
    pub fn add_tally(&mut self, other: OpenTally) {
        self.all.add_tally(other.all);
        self.weighted.add_total(other.weighted);
    }
}

/// A tally per way a deal can end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcomes {
    /// Won deals.
    pub won: Tally,
    /// Lost deals.
    pub lost: Tally,
    /// Outdated deals.
    pub outdated: Tally,
}

impl Outcomes {
    /// The tally of one outcome.
    pub fn of(&self, outcome: Outcome) -> Tally {
        match outcome {
            Outcome::Won => self.won,
            Outcome::Lost => self.lost,
            Outcome::Outdated => self.outdated,
        }
    }

    /// Counts one more deal.
    pub fn add(&mut self, outcome: Outcome, value: Option<Money>) {
        match outcome {
            Outcome::Won => self.won.add(value),
            Outcome::Lost => self.lost.add(value),
            Outcome::Outdated => self.outdated.add(value),
        }
    }

    /// Adds other tallies.
    pub fn add_outcomes(&mut self, other: Outcomes) {
        self.won.add_tally(other.won);
        self.lost.add_tally(other.lost);
        self.outdated.add_tally(other.outdated);
    }

    /// All closed deals together.
    pub fn all(&self) -> Tally {
        let mut all = self.won;
        all.add_tally(self.lost);
        all.add_tally(self.outdated);
        all
    }

    /// The won and the lost ones together.
    pub fn decided(&self) -> Tally {
        let mut decided = self.won;
        decided.add_tally(self.lost);
        decided
    }

    /// Won of won and lost deals, in tenths of a percent; none where there is
    /// neither.
    pub fn win_rate_by_count(&self) -> Option<u16> {
        permille_of(self.won.count as i128, self.decided().count as i128)
    }

    /// The same by value; none where neither has any.
    pub fn win_rate_by_value(&self) -> Option<u16> {
        permille_of(self.won.value.minor(), self.decided().value.minor())
    }
}

/// All deals together, whatever their process.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The open ones.
    pub open: OpenTally,
    /// Those of the open ones that have no next step.
    pub without_step: Tally,
    /// The closed ones.
    pub closed: Outcomes,
}

/// Adds up these deals, whatever their process.
pub fn summary(deals: impl IntoIterator<Item: Borrow<Brief>>) -> Summary {
    let mut sum = Summary::default();
    for deal in deals {
        let deal = deal.borrow();
        match deal.outcome() {
            Some(outcome) => sum.closed.add(outcome, deal.value),
            None => sum.open.add(deal.value, deal.chance),
        }
        if deal.lacks_next_step() {
            sum.without_step.add(deal.value);
        }
    }
    sum
}

/// The mean of whole days, half away from zero; none of nothing.
fn mean_days(sum: i128, count: usize) -> Option<i64> {
    let count = i128::try_from(count).ok().filter(|count| *count > 0)?;
    i64::try_from(crate::domain::value::money::div_half_away(sum, count)).ok()
}
