//! Which deals a list shows, and in what order (§6.2, §6.4).

mod kind;
mod matcher;
mod values;
mod way;
mod words;

pub use kind::Kind;
pub use matcher::{Matcher, Search};
pub use values::{AnyOf, Pick, Values, Written};
pub use way::Way;
pub use words::{Choice, Condition, Wording, choices, conditions, in_words, name_of};

use crate::domain::record::deal::Outcome;
use crate::domain::record::next_step::WhenDue;
use crate::domain::value::id::{CustomerId, EntryId, ProcessId, RuleId, StageId};
use crate::domain::value::money::Money;
use crate::domain::value::time::Date;

/// The tabs of the Deals page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Tab {
    /// Open deals.
    #[default]
    Open,
    /// Won, lost and outdated deals.
    Closed,
    /// All deals, open and closed.
    All,
}

impl Tab {
    /// Every tab, in the order they are shown.
    pub const ALL: [Tab; 3] = [Self::Open, Self::Closed, Self::All];

    /// What its deals are called.
    pub fn title(self) -> &'static str {
        match self {
            Self::Open => "Open deals",
            Self::Closed => "Closed deals",
            Self::All => "All deals",
        }
    }

    /// Whether a deal that is open, or is not, stands on it.
    pub fn has(self, is_open: bool) -> bool {
        match self {
            Self::Open => is_open,
            Self::Closed => !is_open,
            Self::All => true,
        }
    }
}

/// The date that the date range is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum DateField {
    /// The expected close of open deals, the closing date of closed ones.
    #[default]
    Close,
    /// The date of creation.
    Created,
}

/// The deals that a rule is the first to fit (§4.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ByRule {
    /// The rule.
    pub rule: RuleId,
    /// Only those in another process than it suggests.
    pub elsewhere: bool,
}

/// The filters. Of one kind any value fits, and all kinds that are set must.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// The present processes.
    pub process: AnyOf<ProcessId>,
    /// The current stage; blank means unknown, or a process without stages.
    pub stage: AnyOf<Pick<StageId>>,
    /// How it was closed (closed deals only).
    pub status: AnyOf<Outcome>,
    /// The owner.
    pub owner: AnyOf<Pick<EntryId>>,
    /// The customer's segment.
    pub segment: AnyOf<Pick<EntryId>>,
    /// The category.
    pub category: AnyOf<Pick<EntryId>>,
    /// The source.
    pub source: AnyOf<Pick<EntryId>>,
    /// The closing reason (closed deals only).
    pub reason: AnyOf<Pick<EntryId>>,
    /// When the next step is due (open deals only).
    pub next: AnyOf<WhenDue>,
    /// The customer.
    pub customer: Option<CustomerId>,
    /// The rule that is the first to fit.
    pub rule: Option<ByRule>,
    /// The least value; deals of unknown value do not fit.
    pub value_min: Option<Money>,
    /// The greatest value; deals of unknown value do not fit.
    pub value_max: Option<Money>,
    /// The first date.
    pub from: Option<Date>,
    /// The last date.
    pub to: Option<Date>,
    /// The date that the range is about.
    pub date_field: DateField,
    /// Only those without an expected close (open deals only).
    pub undated: bool,
    /// Only those that were open at the end of that day.
    pub open_on: Option<Date>,
    /// Which way they have gone.
    pub way: Way,
    /// Only stale deals.
    pub stale: bool,
    /// Text to find in name, customer, notes, next step and noted entries.
    pub search: String,
}

impl Filter {
    /// Whether nothing is filtered.
    pub fn is_empty(&self) -> bool {
        *self
            == Self {
                date_field: self.date_field,
                ..Self::default()
            }
    }
}
