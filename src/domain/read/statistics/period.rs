//! Periods of time, and what they are cut into.

use crate::domain::read::stats::Month;
use crate::domain::value::time::{Date, days_between, plus_days};

/// The days from a first to a last one; without one of them, all before or
/// after.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Span {
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
}

impl Span {
    /// From one day to another.
    pub fn new(from: Date, to: Date) -> Self {
        Self {
            from: Some(from),
            to: Some(to),
        }
    }

    /// All days before that one.
    pub fn before(day: Date) -> Self {
        Self {
            from: None,
            to: Some(plus_days(day, -1)),
        }
    }

    /// Whether the day lies in it.
    pub fn has(self, day: Date) -> bool {
        self.from.is_none_or(|from| day >= from) && self.to.is_none_or(|to| day <= to)
    }

    /// Whether it ends before it begins.
    pub fn is_backwards(self) -> bool {
        matches!((self.from, self.to), (Some(from), Some(to)) if from > to)
    }

    /// The days that lie in both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let later = |a: Option<Date>, b: Option<Date>| a.max(b);
        let earlier = |a: Option<Date>, b: Option<Date>| match (a, b) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        Self {
            from: later(self.from, other.from),
            to: earlier(self.to, other.to),
        }
    }
}

/// The time that statistics look at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Period {
    /// The twelve months that end today.
    #[default]
    Last12Months,
    /// The calendar month.
    ThisMonth,
    /// The calendar quarter.
    ThisQuarter,
    /// The calendar year.
    ThisYear,
    /// All of it.
    All,
    /// From a day to a day, either of which may be left open.
    Between(Span),
}

/// What stands between the two days of a period in an address.
const TO: &str = "..";

impl Period {
    /// Those that have a name.
    pub const NAMED: [Period; 5] = [
        Self::ThisMonth,
        Self::ThisQuarter,
        Self::ThisYear,
        Self::Last12Months,
        Self::All,
    ];

    /// Its name.
    pub fn title(self) -> &'static str {
        match self {
            Self::ThisMonth => "This month",
            Self::ThisQuarter => "This quarter",
            Self::ThisYear => "This year",
            Self::Last12Months => "Last 12 months",
            Self::All => "All",
            Self::Between(_) => "From – to",
        }
    }

    /// Its text in addresses.
    pub fn text(self) -> String {
        let named = match self {
            Self::ThisMonth => "month",
            Self::ThisQuarter => "quarter",
            Self::ThisYear => "year",
            Self::Last12Months => "12-months",
            Self::All => "all",
            Self::Between(Span { from, to }) => {
                let text = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
                return format!("{}{TO}{}", text(from), text(to));
            }
        };
        named.to_owned()
    }

    /// What has that text; none where it is none.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(named) = Self::NAMED.into_iter().find(|named| named.text() == text) {
            return Some(named);
        }
        let (from, to) = text.split_once(TO)?;
        let day = |text: &str| match text {
            "" => Some(None),
            text => text.parse().ok().map(Some),
        };
        Some(Self::Between(Span {
            from: day(from)?,
            to: day(to)?,
        }))
    }

    /// Its days.
    pub fn days(self, today: Date) -> Span {
        let whole = |step: Step| {
            let first = step.first_day(today);
            Span::new(first, step.last_day(first))
        };
        match self {
            Self::ThisMonth => whole(Step::Month),
            Self::ThisQuarter => whole(Step::Quarter),
            Self::ThisYear => {
                Span::new(year_day(today.year(), 1, 1), year_day(today.year(), 12, 31))
            }
            Self::Last12Months => Span::new(plus_days(a_year_before(today), 1), today),
            Self::All => Span::default(),
            Self::Between(span) => span,
        }
    }

    /// The days of the period before it, which is as long; none where it has
    /// no beginning or no end.
    pub fn days_before(self, today: Date) -> Option<Span> {
        let Span {
            from: Some(from),
            to: Some(to),
        } = self.days(today)
        else {
            return None;
        };
        if self.days(today).is_backwards() {
            return None;
        }
        let last = plus_days(from, -1);
        let first = match self {
            Self::ThisMonth => Step::Month.first_day(last),
            Self::ThisQuarter => Step::Quarter.first_day(last),
            Self::ThisYear => year_day(last.year(), 1, 1),
            Self::Last12Months => plus_days(a_year_before(last), 1),
            Self::All | Self::Between(_) => plus_days(last, -days_between(from, to)),
        };
        Some(Span::new(first, last))
    }
}

/// A day of a year, or the nearest one there is.
fn year_day(year: i16, month: i8, day: i8) -> Date {
    let nearest = if month > 6 { Date::MAX } else { Date::MIN };
    Date::new(year, month, day).unwrap_or(nearest)
}

/// The same day a year before; the 28th where that year has no 29th of February.
fn a_year_before(day: Date) -> Date {
    let year = day.year().saturating_sub(1);
    let same = Date::new(year, day.month(), day.day());
    same.or_else(|| Date::new(year, 2, 28)).unwrap_or(Date::MIN)
}

/// What a course of time is cut into.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Step {
    /// Days.
    Day,
    /// Weeks, from Monday.
    Week,
    /// Calendar months.
    #[default]
    Month,
    /// Calendar quarters.
    Quarter,
}

impl Step {
    /// All of them, the shortest first.
    pub const ALL: [Step; 4] = [Self::Day, Self::Week, Self::Month, Self::Quarter];

    /// Its name.
    pub fn title(self) -> &'static str {
        match self {
            Self::Day => "Day",
            Self::Week => "Week",
            Self::Month => "Month",
            Self::Quarter => "Quarter",
        }
    }

    /// Its name in addresses.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
        }
    }

    /// The first day of the one that a day lies in.
    pub fn first_day(self, day: Date) -> Date {
        match self {
            Self::Day => day,
            Self::Week => plus_days(day, -i64::from(day.weekday().to_monday_zero_offset())),
            Self::Month => year_day(day.year(), day.month(), 1),
            Self::Quarter => year_day(day.year(), (day.month() - 1) / 3 * 3 + 1, 1),
        }
    }

    /// The last day of the one that begins with that day.
    pub fn last_day(self, first: Date) -> Date {
        match self {
            Self::Day => first,
            Self::Week => plus_days(first, 6),
            Self::Month => first.last_of_month(),
            Self::Quarter => {
                let last = Month::of(first).next().next();
                last.days().map_or(Date::MAX, |(_, last)| last)
            }
        }
    }

    /// The days from one to another in steps, the earliest first: at most so
    /// many, and where there are more, those before them as one.
    pub fn cut(self, from: Date, to: Date, most: usize) -> Vec<Span> {
        let before = |first: &Date| Some(self.first_day(plus_days(*first, -1)));
        let firsts = std::iter::successors(Some(self.first_day(to)), before);
        let firsts = firsts.take(most);
        let begin = self.first_day(from);
        let mut spans: Vec<Span> = firsts
            .take_while(|first| *first >= begin)
            .map(|first| Span::new(first, self.last_day(first)))
            .collect();
        let earliest = spans.last().and_then(|span| span.from);
        if let Some(earliest) = earliest.filter(|earliest| *earliest > begin) {
            spans.push(Span::before(earliest));
        }
        spans.reverse();
        spans
    }

    /// The same from the first one on, without what comes after.
    pub fn ahead(self, from: Date, to: Date, most: usize) -> impl Iterator<Item = Span> {
        let after = move |first: &Date| Some(plus_days(self.last_day(*first), 1));
        let firsts = std::iter::successors(Some(self.first_day(from)), after);
        let firsts = firsts.take(most).take_while(move |first| *first <= to);
        firsts.map(move |first| Span::new(first, self.last_day(first)))
    }

    /// How many of them there are from one day to another, the two they lie in
    /// counted.
    pub fn count(self, from: Date, to: Date) -> i64 {
        let months = |day: Date| i64::from(day.year()) * 12 + i64::from(day.month()) - 1;
        let places = |of: &dyn Fn(Date) -> i64| of(to) - of(from) + 1;
        match self {
            Self::Day => days_between(from, to) + 1,
            Self::Week => days_between(self.first_day(from), self.first_day(to)) / 7 + 1,
            Self::Month => places(&months),
            Self::Quarter => places(&|day| months(day).div_euclid(3)),
        }
    }
}
