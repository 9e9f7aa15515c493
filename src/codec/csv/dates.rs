//! Dates of a file: the order of day, month and year, from the whole column.

use crate::domain::time::{Date, is_plausible};

/// In which order a column writes its dates. A year of four digits in front
/// and a month's name are understood in every order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateOrder {
    /// 2016-10-20.
    YearFirst,
    /// 20.10.2016 or 20-10-16.
    DayFirst,
    /// 10/20/2016.
    MonthFirst,
}

impl DateOrder {
    /// Every order, as a choice is offered.
    pub const ALL: [DateOrder; 3] = [Self::YearFirst, Self::DayFirst, Self::MonthFirst];

    /// Its name for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::YearFirst => "year, month, day",
            Self::DayFirst => "day, month, year",
            Self::MonthFirst => "month, day, year",
        }
    }
}

/// How a column of dates is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateForm {
    /// The order.
    pub order: DateOrder,
    /// The column alone proves the order; if not, it was taken from another
    /// column of the file or from what is usual for its separator.
    pub proven: bool,
}

/// The order in which most texts of a column are dates. Where day and month
/// could be exchanged in all of them, a slash speaks for the month first, and
/// a dot or a hyphen for the day; a dot proves it, as no one writes the month
/// first with dots.
pub fn detect<'a>(texts: impl Iterator<Item = &'a str>) -> DateForm {
    let (mut day, mut month, mut year) = (0usize, 0usize, 0usize);
    let (mut slashes, mut dots, mut open, mut plain) = (0usize, 0usize, 0usize, 0usize);
    for text in texts {
        let Some(parts) = split(text) else { continue };
        if parts.speaks_for_itself() {
            plain += 1;
            continue;
        }
        open += 1;
        day += usize::from(parts.date(DateOrder::DayFirst).is_some());
        month += usize::from(parts.date(DateOrder::MonthFirst).is_some());
        year += usize::from(parts.date(DateOrder::YearFirst).is_some());
        slashes += usize::from(text.contains('/'));
        dots += usize::from(text.contains('.'));
    }
    if open == 0 {
        return DateForm {
            order: DateOrder::YearFirst,
            proven: plain > 0,
        };
    }
    let usual = if slashes * 2 > open {
        DateOrder::MonthFirst
    } else {
        DateOrder::DayFirst
    };
    let (order, proven) = match day.cmp(&month) {
        _ if year > day.max(month) => (DateOrder::YearFirst, true),
        std::cmp::Ordering::Greater => (DateOrder::DayFirst, true),
        std::cmp::Ordering::Less => (DateOrder::MonthFirst, true),
        std::cmp::Ordering::Equal => (usual, dots * 2 > open),
    };
    DateForm { order, proven }
}

/// Reads a date of the years 1900 to 2999; a time of day after it is passed
/// over. Years of two digits are 1970 to 2069.
///
/// ```
/// use pipewright::codec::csv::dates::{DateOrder, parse};
/// let date = parse("2016-10-20T08:30:00Z", DateOrder::DayFirst);
/// assert_eq!(date, parse("20/10/16", DateOrder::DayFirst));
/// assert_eq!(date, parse("Oct 20, 2016", DateOrder::YearFirst));
/// assert_eq!(parse("31.02.2016", DateOrder::DayFirst), None);
/// ```
pub fn parse(text: &str, order: DateOrder) -> Option<Date> {
    split(text)?.date(order)
}

#[derive(Clone, Copy)]
enum Part<'a> {
    Digits(&'a str),
    Month(i8),
}

/// The three parts of a date as they are written.
struct Parts<'a>([Part<'a>; 3]);

impl Parts<'_> {
    fn speaks_for_itself(&self) -> bool {
        match self.0 {
            [Part::Digits(first), Part::Digits(_), Part::Digits(_)] => first.len() == 4,
            _ => true,
        }
    }

    fn date(&self, order: DateOrder) -> Option<Date> {
        use Part::{Digits, Month};
        let (year, month, day) = match self.0 {
            [Digits(first), Month(month), Digits(last)] if first.len() == 4 => (first, month, last),
            [Digits(first), Month(month), Digits(last)] => (last, month, first),
            [Month(month), Digits(day), Digits(year)] => (year, month, day),
            [Digits(a), Digits(b), Digits(c)] => {
                let (year, month, day) = match order {
                    _ if a.len() == 4 => (a, b, c),
                    DateOrder::YearFirst => (a, b, c),
                    DateOrder::DayFirst => (c, b, a),
                    DateOrder::MonthFirst => (c, a, b),
                };
                (year, small(month)?, day)
            }
            _ => return None,
        };
        let number: i16 = year.parse().ok()?;
        let year = match year.len() {
            4 => number,
            2 if number < 70 => 2000 + number,
            2 => 1900 + number,
            _ => return None,
        };
        Date::new(year, month, small(day)?)
            .ok()
            .filter(|date| is_plausible(*date))
    }
}

fn small(digits: &str) -> Option<i8> {
    if digits.len() <= 2 {
        digits.parse().ok()
    } else {
        None
    }
}

/// Parts a text at hyphens, slashes, dots, commas and spaces.
fn split(text: &str) -> Option<Parts<'_>> {
    let (first, rest) = part(text.trim())?;
    let (second, rest) = part(separated(rest)?)?;
    let (third, rest) = part(separated(rest)?)?;
    let rest = rest.trim_start_matches(['.', ',', ' ', 'T']);
    let is_time = rest.contains(':') && rest.starts_with(|c: char| c.is_ascii_digit());
    (rest.is_empty() || is_time).then_some(Parts([first, second, third]))
}

/// What follows one separator, which may have spaces around it.
fn separated(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(' ');
    let rest = rest
        .strip_prefix(['-', '/', '.', ','])
        .or((rest.len() < text.len()).then_some(rest))?;
    Some(rest.trim_start_matches(' '))
}

fn part(text: &str) -> Option<(Part<'_>, &str)> {
    let digits = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let letters = text
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(text.len());
    if digits > 0 {
        text.split_at_checked(digits)
            .map(|(part, rest)| (Part::Digits(part), rest))
    } else {
        let (name, rest) = text.split_at_checked(letters)?;
        Some((Part::Month(month(name)?), rest))
    }
}

/// The number of a month by its English name or the name's beginning.
fn month(name: &str) -> Option<i8> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let name = name.to_ascii_lowercase();
    let place = NAMES
        .iter()
        .position(|month| name.len() >= 3 && month.starts_with(&name))?;
    i8::try_from(place + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_date_in_many_forms() {
        use DateOrder::{DayFirst, MonthFirst, YearFirst};
        for (text, order) in [
            ("2016-10-20", DayFirst),
            ("2016/10/20 08:15", MonthFirst),
            (" 2016.10.20. ", YearFirst),
            ("20-10-2016", DayFirst),
            ("20. 10. 2016", DayFirst),
            ("20-10-16", DayFirst),
            ("10/20/2016", MonthFirst),
            ("10/20/16 8:00 AM", MonthFirst),
            ("16-10-20", YearFirst),
            ("20-Oct-2016", YearFirst),
            ("20 October 2016", MonthFirst),
            ("Oct 20, 2016", DayFirst),
            ("2016-10-20T08:00:00.000Z", DayFirst),
            ("20.10.2016, 08:00", DayFirst),
        ] {
            assert_eq!(
                parse(text, order),
                Some(Date::constant(2016, 10, 20)),
                "{text}"
            );
        }
        for text in [
            "",
            "31.02.2016",
            "2016",
            "20-10",
            "1-2-3-4",
            "20-10-216",
            "soon",
            "99/99/2016",
            "2016-10-20x",
            "1815-06-18",
            "true",
        ] {
            assert_eq!(parse(text, DayFirst), None, "{text}");
        }
    }

    #[test]
    fn the_order_comes_from_the_whole_column() {
        use DateOrder::{DayFirst, MonthFirst, YearFirst};
        for (column, order, proven) in [
            (&["03-04-2016", "20-10-2016"][..], DayFirst, true),
            (&["03/04/2016", "10/20/2016", ""], MonthFirst, true),
            (&["03.04.16", "20.10.16"], DayFirst, true),
            (&["20-10-16", "01-03-17", "31-12-17"], DayFirst, true),
            (&["99-10-31", "98-11-30"], YearFirst, true),
            (&["2016-03-04"], YearFirst, true),
            (&["03-04-2016"], DayFirst, false),
            (&["03/04/2016"], MonthFirst, false),
            (&["31.02.2016", "03.04.2016"], DayFirst, true),
            (&["", "n/a"], YearFirst, false),
        ] {
            assert_eq!(
                detect(column.iter().copied()),
                DateForm { order, proven },
                "{column:?}"
            );
        }
    }
}
