//! The page Statistics (§7): what a sales manager asks of all deals.
//!
//! Each section is one function over the deals that the filters let through,
//! as the index keeps them, and goes over them once. Whatever it counts can be
//! listed: [`Scope`] says which tab and filter show exactly the deals behind a
//! figure, and laws in `tests/figures` hold the two to each other.

pub mod compare;
pub mod course;
pub mod forecast;
pub mod funnel;
pub mod overview;
pub mod period;
mod scope;
mod spread;
pub mod sub_stages;
pub mod time;

pub use period::{Period, Span, Step};
pub use scope::{Behind, Scope};
pub use spread::{Mean, Rate, Spread};

use std::collections::HashMap;

use crate::domain::read::filter::Filter;
use crate::domain::record::process::{Color, Process};
use crate::domain::record::workspace::Setup;
use crate::domain::value::id::ProcessId;
use crate::domain::value::text::Name;

/// A section of the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Section {
    /// What is asked first.
    #[default]
    Overview,
    /// What is expected to come in.
    Forecast,
    /// How far deals come.
    Funnel,
    /// How long deals take.
    Time,
    /// Which work wins deals.
    SubStages,
    /// What happened in the course of time.
    Course,
    /// Processes, owners and the like side by side.
    Compare,
}

impl Section {
    /// Every section, in the order of the navigation.
    pub const ALL: [Section; 7] = [
        Self::Overview,
        Self::Forecast,
        Self::Funnel,
        Self::Time,
        Self::SubStages,
        Self::Course,
        Self::Compare,
    ];

    /// Its name.
    pub fn title(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Forecast => "Forecast",
            Self::Funnel => "Funnel",
            Self::Time => "Time",
            Self::SubStages => "Sub-stages",
            Self::Course => "Course",
            Self::Compare => "Compare",
        }
    }

    /// Its name in addresses.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Overview => "overview",
            Self::Forecast => "forecast",
            Self::Funnel => "funnel",
            Self::Time => "time",
            Self::SubStages => "sub-stages",
            Self::Course => "course",
            Self::Compare => "compare",
        }
    }

    /// Which dates of deals the period counts here, in words.
    pub fn counts(self) -> &'static str {
        match self {
            Self::Overview => "The period counts closing dates.",
            Self::Forecast => {
                "The period counts the closing dates of won deals; open deals are counted whatever it is."
            }
            Self::Funnel => "The period counts the dates on which deals were created.",
            Self::Time => {
                "The period counts the dates on which deals were created, and for the days to close their closing dates."
            }
            Self::SubStages => {
                "The period counts the closing dates of won and lost deals; open deals are counted whatever it is."
            }
            Self::Course => {
                "The period counts the dates on which deals were created, and on which they were closed."
            }
            Self::Compare => {
                "The period counts the closing dates of closed deals; open deals are counted whatever it is."
            }
        }
    }
}

/// The process that figures are of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whose {
    /// The process.
    pub process: ProcessId,
    /// Its name.
    pub name: Name,
    /// The colour it is drawn in.
    pub color: Color,
}

impl Whose {
    fn of(process: &Process) -> Self {
        Self {
            process: process.id,
            name: process.name.clone(),
            color: process.color,
        }
    }
}

/// Where the counter of each process stands.
struct Places(HashMap<ProcessId, usize>);

impl Places {
    fn of(processes: &[&Process]) -> Self {
        let places = processes.iter().enumerate();
        Self(places.map(|(place, process)| (process.id, place)).collect())
    }

    /// The place of a process.
    fn place(&self, process: ProcessId) -> Option<usize> {
        self.0.get(&process).copied()
    }

    /// The counter of a process.
    fn get<'a, T>(&self, process: ProcessId, counters: &'a mut [T]) -> Option<&'a mut T> {
        counters.get_mut(self.place(process)?)
    }
}

/// The processes that a filter lets through, in the user's order.
fn processes<'a>(setup: &'a Setup, filter: &Filter) -> Vec<&'a Process> {
    let all = setup.processes_in_order().map(AsRef::as_ref);
    all.filter(|process: &&Process| filter.process.fits(Some(process.id)))
        .collect()
}
