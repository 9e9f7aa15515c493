//! Deals from a file.

mod builder;
mod built;
mod cells;
mod columns;
mod currencies;
mod glimpse;
mod matching;
mod processes;
mod progress;
mod proposals;
mod row;
mod values;
mod verdict;
pub(in crate::codec::csv) mod words;

pub use builder::Builder;
pub use built::{Built, Counts, DealSum, StageCount, Step};
pub use columns::Target;
pub use currencies::{Currencies, ForeignCurrency};
pub use glimpse::Glimpse;
pub use matching::{ExistingPolicy, Matching};
pub use values::{ProcessMatch, ProcessPlan, StageMatch, StageMeaning, StatusMatch, StatusMeaning};
