//! Shares, means and the like, none of which divides by zero.

use crate::domain::value::money::{div_half_away, permille_of};

/// From so many deals on a share says something.
const FEW: usize = 10;

/// A share of deals.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rate {
    /// How many of them.
    pub part: usize,
    /// Of how many.
    pub whole: usize,
}

impl Rate {
    /// So many of so many.
    pub fn new(part: usize, whole: usize) -> Self {
        Self { part, whole }
    }

    /// In tenths of a percent; none of nothing.
    pub fn permille(self) -> Option<u16> {
        permille_of(self.part as i128, self.whole as i128)
    }

    /// It is of so few deals (less than ten) that it says little.
    pub fn is_of_few(self) -> bool {
        self.whole < FEW
    }
}

/// The mean of whole days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Mean {
    /// All of them together.
    pub days: i128,
    /// Of how many deals.
    pub count: usize,
}

impl Mean {
    /// Takes one more in.
    pub fn add(&mut self, days: i64) {
        self.days += i128::from(days);
        self.count += 1;
    }

    /// Takes others in.
    pub fn add_mean(&mut self, other: Mean) {
        self.days += other.days;
        self.count += other.count;
    }

    /// In tenths of a day, half away from zero; none of nothing.
    pub fn tenths(self) -> Option<i64> {
        let count = i128::try_from(self.count).ok().filter(|count| *count > 0)?;
        i64::try_from(div_half_away(self.days.saturating_mul(10), count)).ok()
    }
}

/// How numbers are spread: their median and their 90th percentile, by the
/// nearest rank (the smallest number that at least that share of all does not
/// exceed).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Spread {
    /// How many there are.
    pub count: usize,
    /// The median; none of nothing.
    pub median: Option<i64>,
    /// What nine of ten don't exceed; none of nothing.
    pub ninetieth: Option<i64>,
}

impl Spread {
    /// The spread of these numbers, whose order is lost by it.
    pub fn of(numbers: &mut [i64]) -> Self {
        Self {
            count: numbers.len(),
            median: nearest_rank(numbers, 50),
            ninetieth: nearest_rank(numbers, 90),
        }
    }
}

fn nearest_rank(numbers: &mut [i64], percent: usize) -> Option<i64> {
    let place = (numbers.len() * percent).div_ceil(100).checked_sub(1)?;
    (place < numbers.len()).then(|| *numbers.select_nth_unstable(place).1)
}
