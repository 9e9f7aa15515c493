//! Statistics.

use super::deal::Deal;
use super::process::Process;
use super::time::Moment;

/// Whether nothing of an open deal was changed by a person for longer than
/// its stage's limit (SEMANTICS 6.5).
pub fn is_stale(deal: &Deal, process: &Process, now: Moment) -> bool {
    let stage = deal
        .current_stage(process)
        .id()
        .and_then(|id| process.stage(id));
    let limit = stage.and_then(|stage| stage.stale_after_days);
    deal.is_open()
        && limit.is_some_and(|days| now.minutes_since(deal.touched) > i64::from(days) * 24 * 60)
}
