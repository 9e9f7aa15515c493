//! What statistics look at, and which list shows the deals behind a figure.

use super::period::{Period, Span};
use crate::domain::read::filter::{AnyOf, DateField, Filter, Kind, Pick, Tab, Way};
use crate::domain::record::deal::Outcome;
use crate::domain::value::id::{ProcessId, StageId};
use crate::domain::value::time::Now;

/// What statistics look at: all deals that a filter lets through, and a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// What is filtered by, of what deals of any status have.
    pub filter: Filter,
    /// The period.
    pub period: Period,
    /// Its days.
    pub span: Span,
    /// When it is looked at.
    pub now: Now,
}

/// The list that shows exactly the deals behind a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    /// The tab.
    pub tab: Tab,
    /// What it is filtered by.
    pub filter: Filter,
}

impl Filter {
    /// What of it is asked of deals of any status: statistics have a period of
    /// their own, and count open and closed deals apart.
    #[must_use]
    pub fn of_any_status(&self) -> Self {
        Self {
            stage: AnyOf::default(),
            status: AnyOf::default(),
            reason: AnyOf::default(),
            next: AnyOf::default(),
            rule: None,
            from: None,
            to: None,
            date_field: DateField::default(),
            undated: false,
            open_on: None,
            way: Way::default(),
            stale: false,
            ..self.clone()
        }
    }
}

impl Scope {
    /// What a filter lets through, in a period.
    pub fn new(filter: &Filter, period: Period, now: Now) -> Self {
        Self {
            filter: filter.of_any_status(),
            period,
            span: period.days(now.today),
            now,
        }
    }

    fn behind(&self, tab: Tab) -> Behind {
        Behind {
            tab,
            filter: self.filter.clone(),
        }
    }

    /// The open deals.
    pub fn open(&self) -> Behind {
        self.behind(Tab::Open)
    }

    /// The deals that were closed so in these days.
    pub fn closed(&self, outcomes: &[Outcome], days: Span) -> Behind {
        let mut behind = self.behind(Tab::Closed).dated(DateField::Close, days);
        behind.filter.status = outcomes.iter().copied().collect();
        behind
    }

    /// The deals that were created in these days, whatever became of them.
    pub fn created(&self, days: Span) -> Behind {
        self.behind(Tab::All).dated(DateField::Created, days)
    }

    /// The open deals that are expected to close in these days.
    pub fn expected(&self, days: Span) -> Behind {
        self.behind(Tab::Open).dated(DateField::Close, days)
    }

    /// The deals, whatever became of them.
    pub fn all(&self) -> Behind {
        self.behind(Tab::All)
    }
}

impl Behind {
    /// Those of a process.
    #[must_use]
    pub fn of(mut self, process: ProcessId) -> Self {
        self.filter.process = process.into();
        self
    }

    /// Those of any process that the processes' filter may have left out.
    #[must_use]
    pub fn of_any_process(mut self) -> Self {
        self.filter.process = AnyOf::default();
        self
    }

    /// Those with that value of a kind, as addresses write it.
    #[must_use]
    pub fn with(mut self, kind: Kind, value: &str) -> Self {
        let values = self.filter.values_mut(kind);
        values.clear();
        values.put(value, true);
        self
    }

    /// Those with that date in these days.
    #[must_use]
    pub fn dated(mut self, field: DateField, days: Span) -> Self {
        // Over all times there is no range that could be about a date.
        self.filter.date_field = match days == Span::default() {
            true => DateField::default(),
            false => field,
        };
        self.filter.from = days.from;
        self.filter.to = days.to;
        self
    }

    /// Those of them that were closed so.
    #[must_use]
    pub fn closed_as(mut self, outcome: Outcome) -> Self {
        self.tab = Tab::Closed;
        self.filter.status = outcome.into();
        self
    }

    /// Those of them that are open, in that stage.
    #[must_use]
    pub fn in_stage(mut self, stage: StageId) -> Self {
        self.tab = Tab::Open;
        self.filter.stage = Pick::Is(stage).into();
        self
    }

    /// Those that have gone that way.
    #[must_use]
    pub fn that_went(mut self, way: Way) -> Self {
        self.filter.way = way;
        self
    }
}
