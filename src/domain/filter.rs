//! Which deals a list shows, and in what order (SEMANTICS 6.2, 6.4).

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

use super::deal::{Deal, Outcome};
use super::id::{CustomerId, DealId, EntryId, ProcessId, RuleId, StageId};
use super::list::ListKind;
use super::money::Money;
use super::progress::CurrentStage;
use super::rule::{Facts, Rules};
use super::stats::is_stale;
use super::text::fold;
use super::time::{Date, Moment};
use super::workspace::Workspace;

/// The two tabs of the Deals page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Tab {
    /// Open deals.
    #[default]
    Open,
    /// Won, lost and outdated deals.
    Closed,
}

/// One value of a list, or that there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pick<Id> {
    /// This one.
    Is(Id),
    /// None at all.
    Blank,
}

impl<Id: PartialEq> Pick<Id> {
    fn fits(&self, id: Option<Id>) -> bool {
        match self {
            Self::Is(wanted) => id.as_ref() == Some(wanted),
            Self::Blank => id.is_none(),
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

/// The deals that a rule is the first to fit (SEMANTICS 4.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ByRule {
    /// The rule.
    pub rule: RuleId,
    /// Only those in another process than it suggests.
    pub elsewhere: bool,
}

/// The filters; all that are set must fit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// The present process.
    pub process: Option<ProcessId>,
    /// The current stage; blank means unknown, or a process without stages.
    pub stage: Option<Pick<StageId>>,
    /// How it was closed (closed deals only).
    pub status: Option<Outcome>,
    /// The owner.
    pub owner: Option<Pick<EntryId>>,
    /// The customer's segment.
    pub segment: Option<Pick<EntryId>>,
    /// The category.
    pub category: Option<Pick<EntryId>>,
    /// The source.
    pub source: Option<Pick<EntryId>>,
    /// The closing reason (closed deals only).
    pub reason: Option<Pick<EntryId>>,
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
    /// Only stale deals.
    pub stale: bool,
    /// Text to find in name, customer and notes.
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

/// What one pass over many deals needs to know beside each deal.
pub struct Matcher<'a> {
    workspace: &'a Workspace,
    filter: &'a Filter,
    tab: Tab,
    now: Moment,
    words: Vec<String>,
    customers: HashMap<CustomerId, String>,
    rules: Option<Rules<'a>>,
}

impl<'a> Matcher<'a> {
    /// Prepares a pass over deals of one tab.
    pub fn new(workspace: &'a Workspace, filter: &'a Filter, tab: Tab, now: Moment) -> Self {
        let words: Vec<String> = fold(&filter.search)
            .split_whitespace()
            .map(str::to_owned)
            .collect();
        let customers = if words.is_empty() {
            HashMap::new()
        } else {
            let folded = |customer: &Arc<super::customer::Customer>| {
                (customer.id, fold(customer.name.as_str()))
            };
            workspace.customers.values().map(folded).collect()
        };
        Self {
            workspace,
            filter,
            tab,
            now,
            words,
            customers,
            rules: filter.rule.map(|_| Rules::new(workspace, &workspace.rules)),
        }
    }

    /// Whether the deal belongs to the tab, whatever the filters.
    pub fn in_tab(&self, deal: &Deal) -> bool {
        deal.is_open() == (self.tab == Tab::Open)
    }

    /// Whether the deal belongs to the tab and fits all filters.
    pub fn fits(&self, deal: &Deal) -> bool {
        let filter = self.filter;
        self.in_tab(deal)
            && filter.process.is_none_or(|id| deal.process == id)
            && filter
                .status
                .is_none_or(|outcome| deal.outcome() == Some(outcome))
            && filter.owner.is_none_or(|pick| pick.fits(deal.owner))
            && filter.category.is_none_or(|pick| pick.fits(deal.category))
            && filter.source.is_none_or(|pick| pick.fits(deal.source))
            && filter.customer.is_none_or(|id| deal.customer == Some(id))
            && filter
                .segment
                .is_none_or(|pick| pick.fits(self.workspace.segment_of(deal)))
            && filter.reason.is_none_or(|pick| {
                deal.closing
                    .as_ref()
                    .is_some_and(|closing| pick.fits(closing.reason))
            })
            && filter
                .value_min
                .is_none_or(|least| deal.value.is_some_and(|v| v >= least))
            && filter
                .value_max
                .is_none_or(|most| deal.value.is_some_and(|v| v <= most))
            && self.fits_rule(deal)
            && self.fits_dates(deal)
            && self.fits_stage(deal)
            && self.fits_search(deal)
    }

    fn fits_rule(&self, deal: &Deal) -> bool {
        let (Some(wanted), Some(rules)) = (self.filter.rule, &self.rules) else {
            return true;
        };
        rules
            .first(&Facts::of(self.workspace, deal))
            .is_some_and(|(_, rule)| {
                rule.id == wanted.rule && (!wanted.elsewhere || rule.then != deal.process)
            })
    }

    fn fits_dates(&self, deal: &Deal) -> bool {
        let filter = self.filter;
        if filter.from.is_none() && filter.to.is_none() {
            return true;
        }
        let date = match filter.date_field {
            DateField::Close => shown_close(deal),
            DateField::Created => Some(deal.created),
        };
        date.is_some_and(|date| {
            filter.from.is_none_or(|from| date >= from) && filter.to.is_none_or(|to| date <= to)
        })
    }

    fn fits_stage(&self, deal: &Deal) -> bool {
        if self.filter.stage.is_none() && !self.filter.stale {
            return true;
        }
        let Some(process) = self.workspace.processes.get(&deal.process) else {
            return false;
        };
        let stage = deal.current_stage(process).id();
        self.filter.stage.is_none_or(|pick| pick.fits(stage))
            && (!self.filter.stale || is_stale(deal, process, self.now))
    }

    fn fits_search(&self, deal: &Deal) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let name = fold(deal.name.as_str());
        let customer = deal.customer.and_then(|id| self.customers.get(&id));
        let mut notes = None;
        self.words.iter().all(|word| {
            name.contains(word.as_str())
                || customer.is_some_and(|customer| customer.contains(word.as_str()))
                || (!deal.notes.is_empty()
                    && notes
                        .get_or_insert_with(|| fold(&deal.notes))
                        .contains(word.as_str()))
        })
    }
}

/// The date shown as the close: the expected one while open, else the real one.
pub fn shown_close(deal: &Deal) -> Option<Date> {
    deal.closing
        .as_ref()
        .map_or(deal.expected_close, |closing| Some(closing.on))
}

/// A column of the deal table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// The name.
    Name,
    /// The customer's name.
    Customer,
    /// The process, in the user's order.
    Process,
    /// The current stage, in the order of the process.
    Stage,
    /// How it was closed.
    Status,
    /// The value; unknown ones come last.
    Value,
    /// The chance.
    Chance,
    /// The owner's name.
    Owner,
    /// The category's name.
    Category,
    /// The expected close or closing date; unknown ones come last.
    Close,
    /// The date of creation.
    Created,
    /// When a person last changed it.
    Touched,
}

impl Column {
    /// Every column.
    pub const ALL: [Column; 12] = [
        Self::Name,
        Self::Customer,
        Self::Process,
        Self::Stage,
        Self::Status,
        Self::Value,
        Self::Chance,
        Self::Owner,
        Self::Category,
        Self::Close,
        Self::Created,
        Self::Touched,
    ];

    /// Its name in addresses.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Customer => "customer",
            Self::Process => "process",
            Self::Stage => "stage",
            Self::Status => "status",
            Self::Value => "value",
            Self::Chance => "chance",
            Self::Owner => "owner",
            Self::Category => "category",
            Self::Close => "close",
            Self::Created => "created",
            Self::Touched => "touched",
        }
    }
}

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sort {
    /// By which column.
    pub column: Column,
    /// The greatest first.
    pub descending: bool,
}

impl Default for Sort {
    /// The newest first.
    fn default() -> Self {
        Self {
            column: Column::Created,
            descending: true,
        }
    }
}

/// What a deal is sorted by. Unknown values come last in either direction.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum SortKey {
    Text(Arc<str>),
    Number(i64),
    Place(usize, usize),
    Unknown,
}

/// The ids of the fitting deals, in order. Equal ones are ordered by id, so
/// that the order is always the same.
pub fn listed(
    workspace: &Workspace,
    filter: &Filter,
    tab: Tab,
    sort: Sort,
    now: Moment,
) -> Vec<DealId> {
    let matcher = Matcher::new(workspace, filter, tab, now);
    let fitting = workspace.deals.values().filter(|deal| matcher.fits(deal));
    let keys = Keys::new(workspace, sort.column);
    let mut rows: Vec<(SortKey, DealId)> = fitting.map(|deal| (keys.of(deal), deal.id)).collect();
    rows.sort_by(|(a, a_id), (b, b_id)| {
        let known = |key: &SortKey| *key == SortKey::Unknown;
        let order = match (known(a), known(b)) {
            (false, false) if sort.descending => b.cmp(a),
            _ => a.cmp(b),
        };
        order.then_with(|| {
            if sort.descending {
                b_id.cmp(a_id)
            } else {
                a_id.cmp(b_id)
            }
        })
    });
    rows.into_iter().map(|(_, id)| id).collect()
}

/// Sort keys that many deals share, made once.
struct Keys<'a> {
    workspace: &'a Workspace,
    column: Column,
    places: HashMap<ProcessId, usize>,
    entries: HashMap<EntryId, Arc<str>>,
    customers: HashMap<CustomerId, Arc<str>>,
}

impl<'a> Keys<'a> {
    fn new(workspace: &'a Workspace, column: Column) -> Self {
        let order = workspace.order.order.iter().enumerate();
        let places = order.map(|(place, id)| (*id, place)).collect();
        let kind = match column {
            Column::Owner => Some(ListKind::Owners),
            Column::Category => Some(ListKind::Categories),
            _ => None,
        };
        let entries = kind.map_or_else(HashMap::new, |kind| {
            let entries = workspace.list(kind).entries.iter();
            entries
                .map(|entry| (entry.id, folded(entry.name.as_str())))
                .collect()
        });
        let customers = if column == Column::Customer {
            let customers = workspace.customers.values();
            customers
                .map(|customer| (customer.id, folded(customer.name.as_str())))
                .collect()
        } else {
            HashMap::new()
        };
        Self {
            workspace,
            column,
            places,
            entries,
            customers,
        }
    }

    fn of(&self, deal: &Deal) -> SortKey {
        let process = || self.workspace.processes.get(&deal.process);
        let place = self
            .places
            .get(&deal.process)
            .copied()
            .unwrap_or(usize::MAX);
        let date = |date: Date| {
            SortKey::Number(super::time::days_between(Date::constant(1970, 1, 1), date))
        };
        let text = |text: Option<&Arc<str>>| {
            text.map_or(SortKey::Unknown, |text| SortKey::Text(text.clone()))
        };
        match self.column {
            Column::Name => SortKey::Text(folded(deal.name.as_str())),
            Column::Customer => text(deal.customer.and_then(|id| self.customers.get(&id))),
            Column::Owner => text(deal.owner.and_then(|id| self.entries.get(&id))),
            Column::Category => text(deal.category.and_then(|id| self.entries.get(&id))),
            Column::Process => SortKey::Place(place, 0),
            Column::Stage => process().map_or(SortKey::Unknown, |process| {
                match deal.current_stage(process) {
                    CurrentStage::At(id) => {
                        SortKey::Place(place, process.position(id).unwrap_or(usize::MAX))
                    }
                    CurrentStage::Unknown | CurrentStage::Nowhere => SortKey::Unknown,
                }
            }),
            Column::Status => deal
                .outcome()
                .map_or(SortKey::Unknown, |o| SortKey::Number(o as i64)),
            Column::Value => deal
                .value
                .map_or(SortKey::Unknown, |value| SortKey::Number(value.minor())),
            Column::Chance => process().map_or(SortKey::Unknown, |process| {
                SortKey::Number(i64::from(deal.chance(process).permille()))
            }),
            Column::Close => shown_close(deal).map_or(SortKey::Unknown, date),
            Column::Created => date(deal.created),
            Column::Touched => SortKey::Number(deal.touched.0),
        }
    }
}

fn folded(text: &str) -> Arc<str> {
    fold(text).into()
}

/// Compares two names as lists show them: without regard to case and diacritics.
pub fn by_name(a: &str, b: &str) -> Ordering {
    fold(a).cmp(&fold(b)).then_with(|| a.cmp(b))
}
