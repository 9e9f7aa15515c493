//! When a next step is due, in the words that people use (§13.1).

use crate::domain::value::text::counted;
use crate::domain::value::time::{Date, days_between};

/// A due date in words: those of today and tomorrow, by how many days it is
/// overdue, and else the date, as `written` writes it.
///
/// ```
/// use pipewright::domain::read::due::due_words;
/// use pipewright::domain::value::time::Date;
///
/// let words = |day| due_words(Date::constant(2026, 3, day), Date::constant(2026, 3, 18), &|date| date.to_string());
/// assert_eq!(words(15), "overdue by 3 days");
/// assert_eq!(words(18), "today");
/// ```
pub fn due_words(due: Date, today: Date, written: &dyn Fn(Date) -> String) -> String {
    match days_between(today, due) {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        days if days < 0 => {
            let days = usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX);
            format!("overdue by {}", counted(days, "day"))
        }
        _ => written(due),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::value::time::plus_days;

    #[test]
    fn near_days_have_words_and_others_their_date() {
        let today = Date::constant(2026, 2, 28);
        let words = |days| due_words(plus_days(today, days), today, &|date| format!("on {date}"));
        let all = [-40, -1, 0, 1, 2, 400].map(words);
        assert_eq!(
            all,
            [
                "overdue by 40 days",
                "overdue by 1 day",
                "today",
                "tomorrow",
                "on 2026-03-02",
                "on 2027-04-04",
            ]
        );
    }
}
