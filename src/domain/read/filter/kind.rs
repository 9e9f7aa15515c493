//! The kinds of filters that take any number of values.

use super::Filter;
use super::values::Values;
use crate::domain::record::list::ListKind;
use crate::domain::record::terms;
use crate::domain::record::workspace::Setup;

/// What deals are filtered by, one value or several at a time (§6.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The present process.
    Process,
    /// The current stage.
    Stage,
    /// How it was closed.
    Status,
    /// The owner.
    Owner,
    /// The customer's segment.
    Segment,
    /// The category.
    Category,
    /// The source.
    Source,
    /// The closing reason.
    Reason,
    /// When the next step is due.
    NextStep,
}

impl Kind {
    /// Every kind, in the order of addresses and of what is said.
    pub const ALL: [Kind; 9] = [
        Self::Process,
        Self::Stage,
        Self::Status,
        Self::Owner,
        Self::Segment,
        Self::Category,
        Self::Source,
        Self::Reason,
        Self::NextStep,
    ];

    /// Its name.
    pub fn title(self) -> &'static str {
        match self {
            Self::Process => "Sales process",
            Self::Stage => "Stage",
            Self::Status => "Status",
            Self::Owner => "Owner",
            Self::Segment => "Segment",
            Self::Category => "Category",
            Self::Source => "Source",
            Self::Reason => "Reason",
            Self::NextStep => "Next step",
        }
    }

    /// Its word in addresses.
    pub fn term(self) -> &'static str {
        match self {
            Self::Process => terms::PROCESS,
            Self::Stage => terms::STAGE,
            Self::Status => terms::STATUS,
            Self::Owner => terms::OWNER,
            Self::Segment => terms::SEGMENT,
            Self::Category => terms::CATEGORY,
            Self::Source => terms::SOURCE,
            Self::Reason => terms::REASON,
            Self::NextStep => terms::NEXT,
        }
    }

    /// The kind of that word.
    pub fn of_term(term: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.term() == term)
    }

    /// What deals without a value of it are called, where there can be any.
    pub fn blank(self) -> Option<&'static str> {
        match self {
            Self::Process | Self::Status | Self::NextStep => None,
            Self::Stage => Some("Stage unknown"),
            Self::Owner => Some("No owner"),
            Self::Segment => Some("No segment"),
            Self::Category => Some("No category"),
            Self::Source => Some("No source"),
            Self::Reason => Some("No reason"),
        }
    }

    /// The lists that its values are entries of.
    pub fn lists(self) -> &'static [ListKind] {
        match self {
            Self::Process | Self::Stage | Self::Status | Self::NextStep => &[],
            Self::Owner => &[ListKind::Owners],
            Self::Segment => &[ListKind::Segments],
            Self::Category => &[ListKind::Categories],
            Self::Source => &[ListKind::Sources],
            Self::Reason => &[
                ListKind::ReasonsWon,
                ListKind::ReasonsLost,
                ListKind::ReasonsOutdated,
            ],
        }
    }
}

impl Filter {
    /// The values of a kind.
    pub fn values(&self, kind: Kind) -> &dyn Values {
        match kind {
            Kind::Process => &self.process,
            Kind::Stage => &self.stage,
            Kind::Status => &self.status,
            Kind::Owner => &self.owner,
            Kind::Segment => &self.segment,
            Kind::Category => &self.category,
            Kind::Source => &self.source,
            Kind::Reason => &self.reason,
            Kind::NextStep => &self.next,
        }
    }

    /// The values of a kind, to change them.
    pub fn values_mut(&mut self, kind: Kind) -> &mut dyn Values {
        match kind {
            Kind::Process => &mut self.process,
            Kind::Stage => &mut self.stage,
            Kind::Status => &mut self.status,
            Kind::Owner => &mut self.owner,
            Kind::Segment => &mut self.segment,
            Kind::Category => &mut self.category,
            Kind::Source => &mut self.source,
            Kind::Reason => &mut self.reason,
            Kind::NextStep => &mut self.next,
        }
    }

    /// Takes a value of a kind in or out, by the text that addresses have for
    /// it. With another choice of processes the stages of those that are not
    /// chosen go, since no deal could fit both.
    pub fn choose(&mut self, workspace: &Setup, kind: Kind, value: &str, on: bool) {
        self.values_mut(kind).put(value, on);
        if kind == Kind::Process && !self.process.is_empty() {
            let process = &self.process;
            self.stage.retain(|stage| match stage {
                super::Pick::Is(id) => {
                    let all = workspace.processes.values();
                    let mut chosen = all.filter(|it| process.has(&it.id));
                    chosen.any(|it| it.stage(*id).is_some())
                }
                super::Pick::Blank => true,
            });
        }
    }
}
