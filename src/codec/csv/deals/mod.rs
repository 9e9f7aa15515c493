//! Deals from a file.

mod builder;
mod columns;
mod matching;
mod progress;
mod row;
mod values;
mod words;

pub use builder::{Builder, Counts, Outcome, StageCount, Step, Tally};
pub use columns::Target;
pub use matching::{ExistingPolicy, Matching};
pub use values::{ProcessMatch, ProcessPlan, StageMatch, StageMeaning, StatusMatch, StatusMeaning};
