//! The words by which addresses name what deals are filtered by. Saved views
//! hold such addresses, and follow when what they name is replaced.

use crate::domain::record::list::ListKind;

/// The process.
pub const PROCESS: &str = "process";
/// The stage.
pub const STAGE: &str = "stage";
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
/// The customer.
pub const CUSTOMER: &str = "customer";
/// The rule.
pub const RULE: &str = "rule";
/// What stands in the place of an id where the field is empty.
pub const BLANK: &str = "none";
/// What follows the id of a rule where only the deals in other processes count.
pub const ELSEWHERE: &str = "-elsewhere";

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
