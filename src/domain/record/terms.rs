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
/// The customer.
pub const CUSTOMER: &str = "customer";
/// The rule.
pub const RULE: &str = "rule";
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
