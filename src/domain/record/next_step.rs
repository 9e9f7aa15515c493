//! The next step of an open deal: what a person means to do about it (§13.1).

use serde::{Deserialize, Serialize};

use crate::domain::record::terms;
use crate::domain::value::text::Name;
use crate::domain::value::time::{Date, days_between};

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

/// When a next step is due as people ask for it. A step of today is one within
/// 7 days as well; the others have none in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WhenDue {
    /// The date is past.
    Overdue,
    /// Today.
    Today,
    /// Today or on one of the 7 days after.
    Week,
    /// After that, or on no date.
    Later,
    /// There is no next step.
    Missing,
}

impl WhenDue {
    /// All of them, in the order in which they are offered.
    pub const ALL: [WhenDue; 5] = [
        Self::Overdue,
        Self::Today,
        Self::Week,
        Self::Later,
        Self::Missing,
    ];

    /// Whether it says that of a next step, on that day.
    pub fn fits(self, due: NextDue, today: Date) -> bool {
        let in_days = match due {
            NextDue::On(date) => days_between(today, date),
            NextDue::Undated => return self == Self::Later,
            NextDue::Missing => return self == Self::Missing,
        };
        match self {
            Self::Overdue => in_days < 0,
            Self::Today => in_days == 0,
            Self::Week => (0..=7).contains(&in_days),
            Self::Later => in_days > 7,
            Self::Missing => false,
        }
    }

    /// What it is called.
    pub fn title(self) -> &'static str {
        match self {
            Self::Overdue => "Overdue",
            Self::Today => "Today",
            Self::Week => "Within 7 days",
            Self::Later => "Later",
            Self::Missing => "None",
        }
    }

    /// Its word in addresses.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Today => "today",
            Self::Week => "week",
            Self::Later => "later",
            Self::Missing => terms::BLANK,
        }
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
