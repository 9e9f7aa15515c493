//! Which open deals need a look (SEMANTICS 6.5 and 7.1).

use crate::domain::deal::Deal;
use crate::domain::process::Process;
use crate::domain::progress::CurrentStage;
use crate::domain::time::{Date, Moment};

/// Nothing of an open deal was changed by a person for longer than the limit
/// of its current stage, and it is not snoozed. `process` is its present process.
pub fn is_stale(deal: &Deal, process: &Process, now: Moment) -> bool {
    deal.is_open() && stale_at(deal, process, deal.current_stage(process), now)
}

/// An open deal that is stale, or whose expected close is past.
pub fn needs_attention(deal: &Deal, process: &Process, now: Moment, today: Date) -> bool {
    deal.is_open() && attention_at(deal, process, deal.current_stage(process), now, today)
}

/// [`needs_attention`] of an open deal whose current stage is known already.
pub(super) fn attention_at(
    deal: &Deal,
    process: &Process,
    stage: CurrentStage,
    now: Moment,
    today: Date,
) -> bool {
    deal.expected_close.is_some_and(|close| close < today) || stale_at(deal, process, stage, now)
}

fn stale_at(deal: &Deal, process: &Process, stage: CurrentStage, now: Moment) -> bool {
    if deal.is_snoozed(now) {
        return false;
    }
    let limit = stage
        .id()
        .and_then(|id| process.stage(id)?.stale_after_days);
    limit.is_some_and(|days| now.minutes_since(deal.touched) > i64::from(days) * 24 * 60)
}
