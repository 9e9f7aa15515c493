//! Which open deals need a look (§6.5 and §7.1).

use crate::domain::record::deal::{Deal, Snooze};
use crate::domain::record::process::Process;
use crate::domain::record::progress::CurrentStage;
use crate::domain::value::time::Moment;

/// Nothing of an open deal was changed by a person for longer than the limit
/// of its current stage, and it is not snoozed. `process` is its present process.
pub fn is_stale(deal: &Deal, process: &Process, now: Moment) -> bool {
    stale_from(deal, process, deal.current_stage(process)).is_some_and(|from| now >= from)
}

/// The first moment at which an open deal is stale, if nothing happens before:
/// past the limit of its current stage, and past its snooze.
pub fn stale_from(deal: &Deal, process: &Process, stage: CurrentStage) -> Option<Moment> {
    let limit = process.stage(stage.id()?)?.stale_after_days;
    let limit = limit.filter(|_| deal.is_open())?;
    let over = deal.touched.plus_minutes(i64::from(limit) * 24 * 60 + 1);
    let awake = deal.snooze.as_ref().map(Snooze::ends);
    Some(awake.map_or(over, |awake| over.max(awake)))
}
