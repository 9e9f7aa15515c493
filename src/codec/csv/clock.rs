//! When an import happens.

use crate::domain::value::time::{Date, Moment};

/// When the import happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// The moment.
    pub now: Moment,
    /// The civil date where the person is.
    pub today: Date,
}

impl Clock {
    /// Noon of a date, but no later than now.
    pub(super) fn noon_of(self, date: Date) -> Moment {
        Moment::noon_of(date).min(self.now)
    }
}
