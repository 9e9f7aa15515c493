//! Deals from a file.

mod builder;
mod columns;
mod glimpse;
mod matching;
mod outcome;
mod processes;
mod progress;
mod row;
mod values;
mod words;

pub use builder::Builder;
pub use columns::Target;
pub(super) use columns::is_known_name;
pub use glimpse::Glimpse;
pub use matching::{ExistingPolicy, Matching};
pub use outcome::{Counts, Outcome, StageCount, Step, Tally};
pub use values::{ProcessMatch, ProcessPlan, StageMatch, StageMeaning, StatusMatch, StatusMeaning};
