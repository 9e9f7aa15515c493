//! Dates and moments as small numbers.

use super::bytes::{Damage, In, Out, unzigzag, zigzag};
use crate::domain::value::time::{Date, Moment, days_between};

/// Minutes in a day, and in an hour.
const DAY: i64 = 24 * 60;
const HOUR: i64 = 60;

/// Days since 1970-01-01.
pub fn day_of(date: Date) -> i64 {
    days_between(Date::constant(1970, 1, 1), date)
}

/// The date so many days after 1970-01-01.
///
/// Howard Hinnant's way: years begin in March, so that leap days come last.
pub fn date_of(day: i64) -> Result<Date, Damage> {
    const NONE: Damage = Damage("a date is outside the calendar");
    if !(-5_000_000..=5_000_000).contains(&day) {
        return Err(NONE);
    }
    let day = day + 719_468;
    let era = day.div_euclid(146_097);
    let of_era = day.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let of_month = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let narrow = |number: i64| i8::try_from(number).map_err(|_| NONE);
    let year = i16::try_from(year).map_err(|_| NONE)?;
    Date::new(year, narrow(month)?, narrow(of_month)?).ok_or(NONE)
}

/// Noon of a day.
pub fn noon(day: i64) -> Moment {
    Moment(day.wrapping_mul(DAY).wrapping_add(DAY / 2))
}

/// The day of a moment.
pub fn day_at(at: Moment) -> i64 {
    at.0.div_euclid(DAY)
}

/// Writes a moment by how many days it is after `base`, then its time of day,
/// which has little to do with the one before.
pub fn put(at: Moment, base: Moment, days: &mut Out, hours: &mut Out, minutes: &mut Out) {
    if at == base {
        days.number(0);
        return;
    }
    days.number(zigzag(day_at(at).wrapping_sub(day_at(base))).wrapping_add(1));
    let of_day = at.0.rem_euclid(DAY);
    hours.byte((of_day / HOUR) as u8);
    minutes.byte((of_day % HOUR) as u8);
}

/// Reads what [`put`] has written.
pub fn get(
    base: Moment,
    days: &mut In<'_>,
    hours: &mut In<'_>,
    minutes: &mut In<'_>,
) -> Result<Moment, Damage> {
    let days = match days.number()? {
        0 => return Ok(base),
        more => unzigzag(more.wrapping_sub(1)),
    };
    let of_day = i64::from(hours.byte()?) * HOUR + i64::from(minutes.byte()?);
    let day = day_at(base).wrapping_add(days);
    Ok(Moment(day.wrapping_mul(DAY).wrapping_add(of_day)))
}

/// A moment some minutes later, whatever they are.
pub trait Plus {
    /// So many minutes later.
    fn plus(self, minutes: i64) -> Self;
}

impl Plus for Moment {
    fn plus(self, minutes: i64) -> Self {
        Self(self.0.wrapping_add(minutes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_date_comes_back_from_its_day() {
        for day in (day_of(Date::MIN)..=day_of(Date::MAX)).step_by(13) {
            let date = date_of(day).unwrap();
            assert_eq!(day_of(date), day);
        }
        for date in [Date::MIN, Date::MAX, Date::constant(2000, 2, 29)] {
            assert_eq!(date_of(day_of(date)), Ok(date));
        }
        assert!(date_of(day_of(Date::MAX) + 1).is_err());
        assert!(date_of(day_of(Date::MIN) - 1).is_err());
        assert!(date_of(i64::MIN).is_err());
    }

    proptest! {
        #[test]
        fn every_moment_comes_back(at in any::<i64>(), base in any::<i64>()) {
            let (mut days, mut hours, mut minutes) = <(Out, Out, Out)>::default();
            put(Moment(at), Moment(base), &mut days, &mut hours, &mut minutes);
            let back = get(
                Moment(base),
                &mut In(&days.0),
                &mut In(&hours.0),
                &mut In(&minutes.0),
            );
            prop_assert_eq!(back, Ok(Moment(at)));
        }
    }
}
