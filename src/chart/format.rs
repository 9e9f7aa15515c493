//! How a chart writes numbers.

use crate::domain::read::statistics::{Rate, Span, Step};
use crate::domain::read::stats::{Month, Outcomes, Tally};
use crate::domain::value::money::Total;
use crate::domain::value::time::{Date, plus_days};

/// How numbers are written in the account's locale and currency.
pub trait Format {
    /// A whole number.
    fn count(&self, count: usize) -> String;
    /// A number given in tenths, such as `51.8`.
    fn tenths(&self, tenths: i64) -> String;
    /// An amount of the account's currency.
    fn money(&self, amount: Total) -> String;
    /// An amount in few characters, such as `€1.2M`.
    fn short_money(&self, amount: Total) -> String;
    /// An amount for machines, exact: `1234.50`.
    fn plain_money(&self, amount: Total) -> String;
    /// A share, given in tenths of a percent.
    fn percent(&self, permille: u16) -> String;
    /// A calendar month, in short.
    fn month(&self, month: Month) -> String;
    /// A civil date.
    fn date(&self, date: Date) -> String;
}

/// `1 deal`, `12 deals`.
pub fn deals(count: usize, format: &(impl Format + ?Sized)) -> String {
    let noun = if count == 1 { "deal" } else { "deals" };
    format!("{} {noun}", format.count(count))
}

/// `1 day`, `12 days`.
pub fn days(days: i64, format: &(impl Format + ?Sized)) -> String {
    let noun = if days == 1 { "day" } else { "days" };
    format!(
        "{} {noun}",
        format.count(usize::try_from(days).unwrap_or(0))
    )
}

/// `51.8 days`, given in tenths.
pub(super) fn tenths_of_days(tenths: i64, format: &dyn Format) -> String {
    let noun = if tenths == 10 { "day" } else { "days" };
    format!("{} {noun}", format.tenths(tenths))
}

/// A length of time as one reads it: `12 min`, `5.5 hours`, `2.4 days`, `120
/// days`.
pub(super) fn length(minutes: i64, format: &dyn Format) -> String {
    const HOUR: i64 = 60;
    const DAY: i64 = 24 * HOUR;
    let tenths = |unit: i64| (minutes * 10 + unit / 2) / unit;
    let whole = |tenths: i64| match tenths {
        // Nobody asks for tenths of what is long.
        1000.. => (tenths + 5) / 10 * 10,
        _ => tenths,
    };
    match minutes {
        ..HOUR => format!("{} min", format.tenths(minutes.max(0) * 10)),
        HOUR..DAY => {
            let noun = if tenths(HOUR) == 10 { "hour" } else { "hours" };
            format!("{} {noun}", format.tenths(tenths(HOUR)))
        }
        _ => tenths_of_days(whole(tenths(DAY)), format),
    }
}

/// `+12.3 points`, given in tenths of a percentage point.
pub(super) fn points(tenths: i64, format: &dyn Format) -> String {
    let sign = match tenths {
        ..0 => "−",
        0 => "±",
        _ => "+",
    };
    format!("{sign}{}", format.tenths(tenths.saturating_abs()))
}

/// A share of deals; where those are so few that it says little, it says of
/// how many. None of nothing.
pub fn rate(rate: Rate, format: &dyn Format) -> Option<String> {
    Some(share(rate.permille()?, rate.whole, format))
}

/// Won of won and lost deals, said like any share of deals.
pub fn win_rate(outcomes: &Outcomes, format: &dyn Format) -> Option<String> {
    let whole = outcomes.decided().count;
    Some(share(outcomes.win_rate_by_count()?, whole, format))
}

/// The same by value, of the deals whose value is known.
pub fn win_rate_by_value(outcomes: &Outcomes, format: &dyn Format) -> Option<String> {
    let whole = outcomes.decided().known();
    Some(share(outcomes.win_rate_by_value()?, whole, format))
}

fn share(permille: u16, whole: usize, format: &dyn Format) -> String {
    let percent = format.percent(permille);
    match Rate::new(0, whole).is_of_few() {
        true => format!("{percent} of {}", deals(whole, format)),
        false => percent,
    }
}

/// The name of some days by what time is cut into: `Mar 2026`, `Q1 2026`,
/// `week of 2 Mar 2026`, `2 Mar 2026`; what stands for all before them, by what
/// comes after.
pub fn span(days: Span, step: Step, format: &dyn Format) -> String {
    let Some(first) = first_of(days, step) else {
        return match (days.from, days.to) {
            (_, Some(to)) => format!("Before {}", named(plus_days(to, 1), step, format)),
            (Some(from), None) => format!("From {}", named(from, step, format)),
            (None, None) => "All".to_owned(),
        };
    };
    named(first, step, format)
}

/// The same, and which days of it are meant where the period cuts it short.
pub fn exact_span(days: Span, step: Step, format: &dyn Format) -> String {
    let name = span(days, step, format);
    let (Some(first), Some(from), Some(to)) = (first_of(days, step), days.from, days.to) else {
        return name;
    };
    if from > first {
        format!("{name}, from {}", format.date(from))
    } else if to < step.last_day(first) {
        format!("{name}, to {}", format.date(to))
    } else {
        name
    }
}

/// The name of some days for machines: `2026-03`, `2026-Q1`, or the first day.
pub(super) fn plain_span(days: Span, step: Step) -> String {
    let Some(first) = first_of(days, step) else {
        let text = |day: Option<Date>| day.map_or("..".to_owned(), |day| day.to_string());
        return format!("{}/{}", text(days.from), text(days.to));
    };
    match step {
        Step::Day | Step::Week => first.to_string(),
        Step::Month => Month::of(first).to_string(),
        Step::Quarter => format!("{:04}-Q{}", first.year(), quarter(first)),
    }
}

/// The first day of the one step that the days lie in; none where they are
/// more than one.
fn first_of(days: Span, step: Step) -> Option<Date> {
    let (first, last) = (step.first_day(days.from?), step.first_day(days.to?));
    (first == last).then_some(first)
}

fn named(first: Date, step: Step, format: &dyn Format) -> String {
    match step {
        Step::Day => format.date(first),
        Step::Week => format!("week of {}", format.date(first)),
        Step::Month => format.month(Month::of(first)),
        Step::Quarter => format!("Q{} {}", quarter(first), first.year()),
    }
}

fn quarter(day: Date) -> i8 {
    (day.month() - 1) / 3 + 1
}

/// An amount as it is, where it is short enough to stand beside others, else
/// in few characters.
pub(super) fn brief_money(amount: Total, format: &(impl Format + ?Sized)) -> String {
    /// In characters; a longer one leaves no room for what stands beside it.
    const LONGEST: usize = 10;
    let exact = format.money(amount);
    match exact.chars().count() <= LONGEST {
        true => exact,
        false => format.short_money(amount),
    }
}

/// The sum of the known values; empty where none is known.
pub fn known_value(tally: Tally, format: &(impl Format + ?Sized)) -> String {
    if tally.has_value() {
        format.money(tally.value)
    } else {
        String::new()
    }
}
