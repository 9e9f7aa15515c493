//! The next step of an open deal: what a person means to do about it (§13.1).

use serde::{Deserialize, Serialize};

use crate::domain::value::text::Name;
use crate::domain::value::time::Date;

/// What is to be done next about a deal.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NextStep {
    /// What; 1 to 200 characters.
    pub what: Name,
    /// By when; none where no date is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
}

/// When the next step of a deal is due, in the order in which people look at
/// them: by date, then those without one, then deals that have none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NextDue {
    /// On that date.
    On(Date),
    /// There is a next step without a date.
    Undated,
    /// There is no next step.
    Missing,
}

impl NextDue {
    /// Of a next step, or of none.
    pub fn of(step: Option<&NextStep>) -> Self {
        match step {
            None => Self::Missing,
            Some(step) => step.due.map_or(Self::Undated, Self::On),
        }
    }

    /// Whether it is overdue: from the day after the due date on.
    pub fn is_overdue(self, today: Date) -> bool {
        matches!(self, Self::On(due) if due < today)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_overdue_on_the_day_after() {
        let due = Date::constant(2026, 3, 31);
        assert!(!NextDue::On(due).is_overdue(due));
        assert!(NextDue::On(due).is_overdue(Date::constant(2026, 4, 1)));
        assert!(!NextDue::Undated.is_overdue(due));
        assert!(!NextDue::Missing.is_overdue(due));
    }
}
