//! The time where the visitor is.

use crate::domain::value::time::{Date, Moment, Now};

/// Milliseconds since 1970, UTC.
pub fn now_ms() -> f64 {
    js_sys::Date::now()
}

/// The moment.
pub fn now() -> Moment {
    Moment((now_ms() / 60_000.0).floor() as i64)
}

/// The civil date where the visitor is.
pub fn today() -> Date {
    civil(&js_sys::Date::new_0())
}

/// The moment, with its date where the visitor is.
pub fn here() -> Now {
    Now {
        moment: now(),
        today: today(),
    }
}

/// The civil date of a moment where the visitor is.
pub fn date_of(moment: Moment) -> Date {
    let millis = moment.0 as f64 * 60_000.0;
    civil(&js_sys::Date::new(&millis.into()))
}

fn civil(date: &js_sys::Date) -> Date {
    let year = i16::try_from(date.get_full_year()).unwrap_or(1970);
    let month = i8::try_from(date.get_month() + 1).unwrap_or(1);
    let day = i8::try_from(date.get_date()).unwrap_or(1);
    Date::new(year, month, day).unwrap_or_default()
}
