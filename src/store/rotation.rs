//! Which snapshots are kept: many of the last days, few of the time before.

use crate::domain::value::order::sort_by;

/// Another snapshot is due after this time, where something was changed.
pub const EVERY_MS: i64 = 6 * 60 * 60 * 1_000;
/// So many of the latest are always kept ...
const LATEST: usize = 3;
/// ... and the last one of so many days before.
const DAYS: usize = 7;

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// Which of the snapshots taken at these times (milliseconds since 1970) are
/// to go: those that are not among the latest, and not the last one of a day,
/// where the last few days that have any count.
///
/// ```
/// use pipewright::store::rotation::outdated;
/// let hour = 60 * 60 * 1_000;
/// assert!(outdated(&[hour, 7 * hour, 13 * hour]).is_empty());
/// assert_eq!(outdated(&[hour, 2 * hour, 3 * hour, 4 * hour]), [hour]);
/// ```
pub fn outdated(times: &[i64]) -> Vec<i64> {
    let mut latest_first = times.to_vec();
    sort_by(&mut latest_first, &|one, other| other.cmp(one));
    let mut days: Vec<i64> = Vec::new();
    let mut gone = Vec::new();
    for (place, time) in latest_first.into_iter().enumerate() {
        let day = time.div_euclid(DAY_MS);
        let is_last_of_day = !days.contains(&day);
        if is_last_of_day {
            days.push(day);
        }
        let is_kept = place < LATEST || (is_last_of_day && days.len() <= DAYS);
        if !is_kept {
            gone.push(time);
        }
    }
    gone
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_month_of_every_six_hours_leaves_a_week() {
        let mut kept: Vec<i64> = Vec::new();
        for number in 0..120 {
            kept.push(number * EVERY_MS + 1);
            let gone = outdated(&kept);
            kept.retain(|time| !gone.contains(time));
        }
        let days: Vec<i64> = kept.iter().map(|time| time / DAY_MS).collect();
        assert_eq!(days, [23, 24, 25, 26, 27, 28, 29, 29, 29]);
    }

    proptest! {
        #[test]
        fn the_latest_stay_and_there_are_never_many(times in prop::collection::vec(0i64..40 * DAY_MS, 0..60)) {
            let gone = outdated(&times);
            let kept: Vec<i64> = times.iter().filter(|time| !gone.contains(time)).copied().collect();
            prop_assert_eq!(kept.iter().max(), times.iter().max());
            let mut distinct = kept.clone();
            distinct.sort_unstable();
            distinct.dedup();
            prop_assert!(distinct.len() <= LATEST + DAYS);
        }
    }
}
