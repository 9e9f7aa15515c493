//! Civil dates and moments. Both come in from outside: the domain has no clock.

use serde::{Deserialize, Serialize};

pub use super::date::{Date, days_between, plus_days};

/// A moment in UTC, in whole minutes since 1970-01-01T00:00Z.
///
/// A minute is fine enough for every rule of the domain (the shortest, the
/// slip of a stay, is ten minutes), and lets histories be stored small.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Moment(pub i64);

impl Moment {
    /// The moment `minutes` later.
    pub fn plus_minutes(self, minutes: i64) -> Self {
        Self(self.0.saturating_add(minutes))
    }

    /// Whole minutes from `earlier` to this moment; negative when it is later.
    pub fn minutes_since(self, earlier: Moment) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// Noon UTC of a civil date: on the same date in nearly every time zone.
    pub fn noon_of(date: Date) -> Self {
        Self(days_between(Date::constant(1970, 1, 1), date) * 24 * 60 + 12 * 60)
    }
}

/// A moment of looking, and the date it has where the visitor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// The moment.
    pub moment: Moment,
    /// The civil date.
    pub today: Date,
}

/// The dates a person may enter: years 1900 to 2999.
pub fn is_plausible(date: Date) -> bool {
    (1900..3000).contains(&date.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noon_is_twelve_hours_into_the_day() {
        assert_eq!(Moment::noon_of(Date::constant(1970, 1, 2)), Moment(36 * 60));
    }
}
