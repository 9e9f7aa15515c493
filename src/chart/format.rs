//! How a chart writes numbers.

use crate::domain::read::stats::{Month, Tally};
use crate::domain::value::money::Total;

/// How numbers are written in the account's locale and currency.
pub trait Format {
    /// A whole number.
    fn count(&self, count: usize) -> String;
    /// An amount of the account's currency.
    fn money(&self, amount: Total) -> String;
    /// An amount in few characters, such as `€1.2M`.
    fn short_money(&self, amount: Total) -> String;
    /// A share, given in tenths of a percent.
    fn percent(&self, permille: u16) -> String;
    /// A calendar month, in short.
    fn month(&self, month: Month) -> String;
}

/// `1 deal`, `12 deals`.
pub fn deals(count: usize, format: &impl Format) -> String {
    let noun = if count == 1 { "deal" } else { "deals" };
    format!("{} {noun}", format.count(count))
}

/// `1 day`, `12 days`.
pub fn days(days: i64, format: &impl Format) -> String {
    let noun = if days == 1 { "day" } else { "days" };
    format!(
        "{} {noun}",
        format.count(usize::try_from(days).unwrap_or(0))
    )
}

/// An amount as it is, where it is short enough to stand beside others, else
/// in few characters.
pub(super) fn brief_money(amount: Total, format: &impl Format) -> String {
    /// In characters; a longer one leaves no room for what stands beside it.
    const LONGEST: usize = 10;
    let exact = format.money(amount);
    match exact.chars().count() <= LONGEST {
        true => exact,
        false => format.short_money(amount),
    }
}

/// The sum of the known values; empty where none is known.
pub fn known_value(tally: Tally, format: &impl Format) -> String {
    if tally.has_value() {
        format.money(tally.value)
    } else {
        String::new()
    }
}
