//! The words by which addresses name what deals are filtered by. Saved views
//! hold such addresses, and follow when what they name is replaced.

use crate::domain::record::list::ListKind;

/// The process.
pub const PROCESS: &str = "process";
/// The stage.
pub const STAGE: &str = "stage";
/// How it was closed.
pub const STATUS: &str = "status";
/// The owner.
pub const OWNER: &str = "owner";
/// The customer's segment.
pub const SEGMENT: &str = "segment";
/// The category.
pub const CATEGORY: &str = "category";
/// The source.
pub const SOURCE: &str = "source";
/// The closing reason.
pub const REASON: &str = "reason";
/// When the next step is due.
pub const NEXT: &str = "next";
/// A stage that it has reached.
pub const REACHED: &str = "reached";
/// The furthest stage that it has reached without being won.
pub const FURTHEST: &str = "furthest";
/// A stage that it has left.
pub const LEFT: &str = "left";
/// A process that it has left for another.
pub const PARKED: &str = "parked";
/// A sub-stage that is ticked.
pub const TICKED: &str = "ticked";
/// A sub-stage that is not ticked.
pub const LACKS: &str = "lacks";
/// The customer.
pub const CUSTOMER: &str = "customer";
/// The rule.
pub const RULE: &str = "rule";
/// The terms that name a stage.
pub const OF_STAGES: [&str; 4] = [STAGE, REACHED, FURTHEST, LEFT];
/// The terms that name a process.
pub const OF_PROCESSES: [&str; 2] = [PROCESS, PARKED];
/// The terms that name a sub-stage.
pub const OF_SUB_STAGES: [&str; 2] = [TICKED, LACKS];
/// What stands in the place of an id where the field is empty.
pub const BLANK: &str = "none";
/// What follows the id of a rule where only the deals in other processes count.
pub const ELSEWHERE: &str = "-elsewhere";

/// What stands between two values of one kind.
pub const AND: &str = ",";

/// A query as the serializer has written it, with commas as commas: they
/// need no escaping behind a `#`, and an address stays short and legible.
pub fn legible(query: &str) -> String {
    query.replace("%2C", ",")
}

/// The term of a list.
pub fn of_list(kind: ListKind) -> &'static str {
    match kind {
        ListKind::Segments => SEGMENT,
        ListKind::Categories => CATEGORY,
        ListKind::Owners => OWNER,
        ListKind::Sources => SOURCE,
        ListKind::ReasonsWon | ListKind::ReasonsLost | ListKind::ReasonsOutdated => REASON,
    }
}
