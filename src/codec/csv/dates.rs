//! Dates of a file: the order of day, month and year, from the whole column.

use std::sync::LazyLock;

use super::lexicon::{self, DATES};
use crate::domain::value::order::sort_by;
use crate::domain::value::text::fold;
use crate::domain::value::time::{Date, is_plausible, plus_days};

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
        let Some(parts) = split(text) else {
            plain += usize::from(number(text.trim()).is_some());
            continue;
        };
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

/// Reads a date of the years 1900 to 2999. A day of the week before it and a
/// time of day after it are passed over; years of two digits are 1970 to 2069;
/// a bare number is a spreadsheet's count of days or `20161020`.
///
/// ```
/// use pipewright::codec::csv::dates::{DateOrder, parse};
/// let date = parse("2016-10-20T08:30:00Z", DateOrder::DayFirst);
/// assert_eq!(date, parse("20/10/16", DateOrder::DayFirst));
/// assert_eq!(date, parse("Thursday, Oct 20, 2016", DateOrder::YearFirst));
/// assert_eq!(date, parse("20 października 2016 r.", DateOrder::YearFirst));
/// assert_eq!(parse("31.02.2016", DateOrder::DayFirst), None);
/// ```
pub fn parse(text: &str, order: DateOrder) -> Option<Date> {
    match split(text) {
        Some(parts) => parts.date(order),
        None => number(text.trim()),
    }
}

/// Whether a text is plainly a date, and no bare number.
pub fn is_plain_date(text: &str) -> bool {
    split(text).is_some_and(|parts| {
        let orders = DateOrder::ALL.into_iter();
        orders
            .filter_map(|order| parts.date(order))
            .next()
            .is_some()
    })
}

/// A date that is written as one number: `20161020`, or the days since the
/// end of 1899 that spreadsheets count (with a fraction for the time of day).
fn number(text: &str) -> Option<Date> {
    // 20261201T100000Z.
    let text = match text.split_once('T') {
        Some((date, time)) if date.len() == 8 && time.starts_with(|c: char| c.is_ascii_digit()) => {
            date
        }
        _ => text,
    };
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let count: i64 = whole.parse().ok()?;
    let date = match whole.len() {
        // 1954 to 2119.
        5 if (20_000..80_200).contains(&count) => plus_days(Date::constant(1899, 12, 30), count),
        8 if fraction.is_empty() => {
            let part = |by: i64, of: i64| i8::try_from(count / by % of).ok();
            let year = i16::try_from(count / 10_000).ok()?;
            Date::new(year, part(100, 100)?, part(1, 100)?)?
        }
        _ => return None,
    };
    is_plausible(date).then_some(date)
}

#[derive(Clone, Copy)]
enum DatePart<'a> {
    Digits(&'a str),
    Month(i8),
}

/// The three parts of a date as they are written.
struct DateParts<'a>([DatePart<'a>; 3]);

impl DateParts<'_> {
    fn speaks_for_itself(&self) -> bool {
        match self.0 {
            [
                DatePart::Digits(first),
                DatePart::Digits(_),
                DatePart::Digits(_),
            ] => first.len() == 4,
            _ => true,
        }
    }

    fn date(&self, order: DateOrder) -> Option<Date> {
        use DatePart::{Digits, Month};
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
        Date::new(year, month, small(day)?).filter(|date| is_plausible(*date))
    }
}

fn small(digits: &str) -> Option<i8> {
    if digits.len() <= 2 {
        digits.parse().ok()
    } else {
        None
    }
}

/// DateParts a text at hyphens, slashes, dots, commas, spaces and the small words
/// between.
fn split(text: &str) -> Option<DateParts<'_>> {
    let text = text.trim();
    // A day of the week may be written like a month (mar. 3 mars 2026), so it
    // is passed over only where a month follows or the parts are digits.
    let after_day = beside(text, true).filter(|rest| rest.len() < text.len());
    let whole = after_day.and_then(three).or_else(|| three(text))?;
    Some(whole)
}

fn three(text: &str) -> Option<DateParts<'_>> {
    let (first, rest) = part(text)?;
    let (second, rest) = part(separated(rest)?)?;
    let (third, rest) = part(separated(rest)?)?;
    let rest = rest.trim_start_matches(['.', ',', ' ', 'T', '日']);
    let rest = beside(rest, false).unwrap_or(rest);
    (rest.is_empty() || is_time(rest)).then_some(DateParts([first, second, third]))
}

/// 08:30, 10h30, 3pm, with whatever follows.
fn is_time(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let after = text.get(digits..).unwrap_or_default().trim_start();
    let marks = [":", "h", "am", "pm", "AM", "PM"];
    (1..=2).contains(&digits) && marks.iter().any(|mark| after.starts_with(mark))
}

/// What follows one separator, which may have spaces and small words around it.
fn separated(text: &str) -> Option<&str> {
    // 20th, 1º.
    let bare = beside(text, false)
        .unwrap_or(text)
        .trim_start_matches(['º', '°', 'ª']);
    let rest = bare.trim_start_matches(' ');
    let rest = rest
        .strip_prefix(['-', '/', '.', ',', '年', '月'])
        .or((rest.len() < text.len()).then_some(rest))?;
    let rest = rest.trim_start_matches(' ');
    Some(beside(rest, false).unwrap_or(rest))
}

/// What follows words that may stand beside a date; none where the first word
/// is another. A word that may be a month is one, unless it is the first of
/// a whole date (`leads`): mar. 3 mars 2026.
fn beside(text: &str, leads: bool) -> Option<&str> {
    let mut rest = text;
    loop {
        let letters = rest
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(rest.len());
        let (word, after) = rest.split_at_checked(letters)?;
        if word.is_empty() {
            return Some(rest);
        }
        let word = fold(word);
        let is_known = |known: &str| {
            // The names of days are written whole or by their beginning.
            word == known || known.chars().count() == 3 && word.starts_with(known)
        };
        if month(&word).is_some() && (!leads || rest.len() < text.len()) {
            return Some(rest);
        }
        if !BESIDE.iter().any(|known| is_known(known)) {
            return None;
        }
        rest = after.trim_start_matches(['.', ',', ' ', '-']);
    }
}

fn part(text: &str) -> Option<(DatePart<'_>, &str)> {
    let digits = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    if digits > 0 {
        let (part, rest) = text.split_at_checked(digits)?;
        return Some((DatePart::Digits(part), rest));
    }
    let letters = text
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(text.len());
    let (name, rest) = text.split_at_checked(letters)?;
    Some((DatePart::Month(month(&fold(name))?), rest))
}

/// The beginnings of the names of months, folded, with the month's number; the
/// longest first.
static MONTHS: LazyLock<Vec<(String, i8)>> = LazyLock::new(|| {
    let mut stems = Vec::new();
    let mut number = 1;
    for line in lexicon::lines(DATES, "months") {
        if line == "|" {
            number += 1;
        } else {
            stems.extend(line.split(',').map(|stem| (fold(stem), number)));
        }
    }
    sort_by(&mut stems, &|(a, _), (b, _)| b.len().cmp(&a.len()));
    stems
});

/// What may stand beside a date, folded.
static BESIDE: LazyLock<Vec<String>> =
    LazyLock::new(|| lexicon::phrases(DATES, "beside").map(fold).collect());

/// The number of a month by its folded name, whole or short.
fn month(name: &str) -> Option<i8> {
    let fits = |(stem, _): &&(String, i8)| name.starts_with(stem.as_str());
    MONTHS.iter().find(fits).map(|(_, number)| *number)
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
            ("20 paź 2016", YearFirst),
            ("20 października 2016 r.", YearFirst),
            ("czwartek, 20 października 2016", YearFirst),
            ("20.10.2016 r.", DayFirst),
            ("20. Okt. 2016", YearFirst),
            ("Thursday, October 20, 2016", YearFirst),
            ("Oct 20, 2016 at 3:15 PM", YearFirst),
            ("20th of October 2016", YearFirst),
            ("jeu. 20 octobre 2016", YearFirst),
            ("20 de octubre de 2016", YearFirst),
            ("20 de out. de 2016", YearFirst),
            ("20 ottobre 2016", YearFirst),
            ("20 okt 2016", YearFirst),
            ("20 октября 2016 г.", YearFirst),
            ("20. října 2016", YearFirst),
            ("2016年10月20", YearFirst),
            ("czw. 20 paź 2016", YearFirst),
            ("pt. 20 paź 2016", YearFirst),
            ("giovedì 20 ottobre 2016", YearFirst),
            ("Donnerstag, 20. Oktober 2016", YearFirst),
            ("Do, 20. Okt 2016", YearFirst),
            ("quinta-feira, 20 de outubro de 2016", YearFirst),
            ("чт 20 окт 2016", YearFirst),
            ("čt 20. října 2016", YearFirst),
            ("2016年10月20日", YearFirst),
            ("20/10/2016 à 10h30", DayFirst),
            ("20 Oct 2016 3pm", YearFirst),
            ("20161020T100000Z", DayFirst),
            ("20161020", DayFirst),
            ("42663", DayFirst),
            ("42663.5", MonthFirst),
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
            "asap",
            "TBD",
            "-",
            "0000-00-00",
            "Q4 2026",
            "12/2026",
            "20261340",
            "100",
            "99999",
        ] {
            assert_eq!(parse(text, DayFirst), None, "{text}");
        }
    }

    #[test]
    fn a_month_that_is_written_like_a_day_is_a_month_behind_it() {
        for text in [
            "5 marzo 2026",
            "Donnerstag, 5. März 2026",
            "jeu. 5 mars 2026",
            "5 mars 2026",
        ] {
            let date = parse(text, DateOrder::YearFirst);
            assert_eq!(date, Some(Date::constant(2026, 3, 5)), "{text}");
        }
        assert_eq!(
            parse("1er mars 2026", DateOrder::DayFirst),
            Some(Date::constant(2026, 3, 1))
        );
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
