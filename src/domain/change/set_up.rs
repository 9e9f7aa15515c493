//! Several processes with the rules that choose among them, set up as one
//! step: what the guide asks for.

use crate::domain::record::list::ListKind;
use crate::domain::record::process::Process;
use crate::domain::value::id::{EntryId, ProcessId};
use crate::domain::value::money::Money;

/// What is to be set up. It names what is there by id, so that what another
/// tab has made of it since is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetUp {
    /// Entries that the lists shall have.
    pub entries: Vec<(ListKind, String)>,
    /// The processes.
    pub processes: Vec<PlannedProcess>,
    /// The rules that are added, in order.
    pub rules: Vec<PlannedRule>,
    /// Where they stand among those that are there.
    pub standing: Standing,
    /// The default from now on.
    pub default: ProcessId,
    /// A process that is archived.
    pub archived: Option<ProcessId>,
    /// The default establishes the value early, where rules ask for it
    /// (§4.7).
    pub early_value: bool,
}

/// One of the processes to be set up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlannedProcess {
    /// One that is there.
    Existing {
        /// Which one.
        id: ProcessId,
        /// Its new name, where it shall have another.
        name: Option<String>,
    },
    /// A new one, with fresh ids.
    New(Process),
}

impl PlannedProcess {
    /// Its id.
    pub fn id(&self) -> ProcessId {
        match self {
            Self::Existing { id, .. } => *id,
            Self::New(process) => process.id,
        }
    }
}

/// A rule to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedRule {
    /// What it asks for.
    pub asks: Asks,
    /// The process it suggests.
    pub then: ProcessId,
}

/// The one condition of a planned rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asks {
    /// The deal has one of these entries of a list.
    AnyOf {
        /// The list.
        list: ListKind,
        /// Those that are there.
        there: Vec<EntryId>,
        /// The names of those that are new.
        new: Vec<String>,
    },
    /// The value lies between these.
    Value {
        /// The value is at least this.
        at_least: Option<Money>,
        /// The value is below this.
        below: Option<Money>,
    },
}

/// Where new rules stand among those that are there. The first one that fits
/// a deal counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Standing {
    /// After them.
    #[default]
    After,
    /// Before them.
    Before,
    /// In their place.
    Instead,
}

impl Standing {
    /// Every way, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::After, Self::Before, Self::Instead];
}

impl Asks {
    /// The values it asks for, in words: "from 20,000"; empty where it asks
    /// for none.
    pub fn span(&self, money: &dyn Fn(Money) -> String) -> String {
        let Self::Value { at_least, below } = self else {
            return String::new();
        };
        match (at_least, below) {
            (Some(least), Some(below)) => {
                format!("from {} to below {}", money(*least), money(*below))
            }
            (Some(least), None) => format!("from {}", money(*least)),
            (None, Some(below)) => format!("below {}", money(*below)),
            (None, None) => String::new(),
        }
    }
}
