//! Civil dates: the calendar is jiff's, what is read and written is our own.
//!
//! jiff reads every form that dates, times and their zones have, and its errors
//! tell what is wrong with each: much that the first load would bring along.
//! Here a date has one form, `2026-03-02`.

use std::fmt;
use std::str::FromStr;

use jiff::SignedDuration;
use jiff::civil;
pub use jiff::civil::Weekday;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A date of the calendar, from the year -9999 to 9999.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

/// What is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no date such as 2026-03-02")]
pub struct NoDate;

impl Date {
    /// The first date there is.
    pub const MIN: Self = Self(civil::Date::MIN);
    /// The last date there is.
    pub const MAX: Self = Self(civil::Date::MAX);

    /// The date of a year, a month and a day; none where the calendar has none.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        civil::Date::new(year, month, day).ok().map(Self)
    }

    /// A date that the program itself names.
    pub const fn constant(year: i16, month: i8, day: i8) -> Self {
        Self(civil::Date::constant(year, month, day))
    }

    /// Its year.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// Its month, from 1.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// Its day of the month, from 1.
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// Its day of the week.
    pub fn weekday(self) -> Weekday {
        self.0.weekday()
    }

    /// The last day of its month.
    pub fn last_of_month(self) -> Self {
        Self(self.0.last_of_month())
    }
}

/// Whole days from `earlier` to `later`; negative when `later` is before.
pub fn days_between(earlier: Date, later: Date) -> i64 {
    earlier.0.duration_until(later.0).as_hours() / 24
}

/// The date `days` after `date` (before it when negative), or the nearest one
/// that exists.
pub fn plus_days(date: Date, days: i64) -> Date {
    let nearest = if days < 0 { Date::MIN } else { Date::MAX };
    SignedDuration::try_from_hours(days.saturating_mul(24))
        .and_then(|duration| date.0.checked_add(duration).ok())
        .map_or(nearest, Date)
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = (self.year(), self.month(), self.day());
        let (sign, digits) = if year < 0 { ("-", 6) } else { ("", 4) };
        let year = year.unsigned_abs();
        write!(f, "{sign}{year:0digits$}-{month:02}-{day:02}")
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Date {
    type Err = NoDate;

    /// Reads what [`Display`](fmt::Display) writes.
    fn from_str(text: &str) -> Result<Self, NoDate> {
        let (before_christ, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let mut parts = rest.split('-');
        let mut part = |digits: usize| {
            let part = parts.next().filter(|part| part.len() == digits)?;
            let is_number = part.bytes().all(|byte| byte.is_ascii_digit());
            part.parse::<i16>().ok().filter(|_| is_number)
        };
        let mut read = || {
            let year = part(if before_christ { 6 } else { 4 })?;
            let month = i8::try_from(part(2)?).ok()?;
            let day = i8::try_from(part(2)?).ok()?;
            Self::new(if before_christ { -year } else { year }, month, day)
        };
        let date = read().ok_or(NoDate)?;
        if parts.next().is_some() {
            return Err(NoDate);
        }
        Ok(date)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl de::Visitor<'_> for Text {
            type Value = Date;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Date, E> {
                text.parse().map_err(E::custom)
            }
        }

        deserializer.deserialize_str(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Jiff's own writing of the same date.
    fn as_jiff_writes(date: Date) -> String {
        date.0.to_string()
    }

    #[test]
    fn days_count_across_a_leap_day() {
        let from = Date::constant(2024, 2, 28);
        assert_eq!(days_between(from, Date::constant(2024, 3, 1)), 2);
        assert_eq!(days_between(Date::constant(2024, 3, 1), from), -2);
        assert_eq!(plus_days(from, 2), Date::constant(2024, 3, 1));
        assert_eq!(plus_days(from, -28), Date::constant(2024, 1, 31));
        assert_eq!(plus_days(Date::MAX, 1), Date::MAX);
        assert_eq!(plus_days(from, i64::MIN), Date::MIN);
    }

    #[test]
    fn every_date_is_written_as_before_and_read_again() {
        let days = days_between(Date::MIN, Date::MAX);
        for day in (0..days).step_by(29).chain([days]) {
            let date = plus_days(Date::MIN, day);
            assert_eq!(date.to_string(), as_jiff_writes(date));
            assert_eq!(date.to_string().parse(), Ok(date));
            let json = serde_json::to_string(&date).unwrap();
            assert_eq!(json, format!("\"{date}\""));
            assert_eq!(serde_json::from_str::<Date>(&json).unwrap(), date);
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "2026",
            "2026-02-29",
            "2026-2-03",
            "26-02-03",
            "2026-13-01",
            "2026-00-10",
            "+002026-02-03",
            "-0001-02-03",
            "--00001-02-03",
            "2026-02-03-",
            "2026-02-03T10:00",
            " 2026-02-03",
            "2026-+2-03",
            "12026-02-03",
            "2026-02-\u{0661}3",
        ] {
            assert_eq!(text.parse::<Date>(), Err(NoDate), "{text}");
        }
    }
}
