//! Deals from a file.

mod builder;
mod cells;
mod columns;
mod currencies;
mod glimpse;
mod matching;
mod outcome;
mod processes;
mod progress;
mod proposals;
mod row;
mod values;
mod verdict;
pub(in crate::codec::csv) mod words;

pub use builder::Builder;
pub use columns::Target;
pub use currencies::{Currencies, ForeignCurrency};
pub use glimpse::Glimpse;
pub use matching::{ExistingPolicy, Matching};
pub use outcome::{Counts, Outcome, StageCount, Step, Tally};
pub use values::{ProcessMatch, ProcessPlan, StageMatch, StageMeaning, StatusMatch, StatusMeaning};
