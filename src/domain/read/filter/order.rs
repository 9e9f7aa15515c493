//! The columns of a list, and its order.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Filter, Matcher, Search, Tab, shown_close};
use crate::domain::read::brief::Brief;
use crate::domain::record::deal::Deal;
use crate::domain::record::list::ListKind;
use crate::domain::record::progress::CurrentStage;
use crate::domain::record::workspace::Workspace;
use crate::domain::value::alphabet::Alphabet;
use crate::domain::value::id::{CustomerId, DealId, EntryId, ProcessId};
use crate::domain::value::text::{Name, fold};
use crate::domain::value::time::{Date, Moment, days_between};

/// A column of the deal table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
///
/// This is what a list is, said plainly; the app asks the
/// [`Index`](crate::domain::read::index::Index), which gives the same sooner.
pub fn listed(
    workspace: &Workspace,
    filter: &Filter,
    tab: Tab,
    sort: Sort,
    now: Moment,
    alphabet: &Alphabet,
) -> Vec<DealId> {
    let matcher = Matcher::new(workspace, filter, tab, now);
    let search = Search::new(&filter.search);
    let found = |deal: &Deal| {
        let customer = workspace.customer_name(deal.customer);
        search.finds([
            &fold(deal.name.as_str()),
            &fold(customer),
            &fold(&deal.notes),
        ])
    };
    let fitting = workspace.deals.values().filter(|deal| {
        matcher.fits(&Brief::of(workspace, deal)) && (search.is_empty() || found(deal))
    });
    let keys = Keys::new(workspace, sort.column, alphabet);
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
    alphabet: &'a Alphabet,
    column: Column,
    places: HashMap<ProcessId, usize>,
    entries: HashMap<EntryId, Arc<str>>,
    customers: HashMap<CustomerId, Arc<str>>,
}

impl<'a> Keys<'a> {
    fn new(workspace: &'a Workspace, column: Column, alphabet: &'a Alphabet) -> Self {
        let key = |name: &Name| Arc::<str>::from(alphabet.key(name.as_str()));
        let order = workspace.order.order.iter().enumerate();
        let places = order.map(|(place, id)| (*id, place)).collect();
        let kind = match column {
            Column::Owner => Some(ListKind::Owners),
            Column::Category => Some(ListKind::Categories),
            _ => None,
        };
        let entries = kind.map_or_else(HashMap::new, |kind| {
            let entries = workspace.list(kind).entries.iter();
            entries.map(|entry| (entry.id, key(&entry.name))).collect()
        });
        let customers = if column == Column::Customer {
            let customers = workspace.customers.values();
            customers
                .map(|customer| (customer.id, key(&customer.name)))
                .collect()
        } else {
            HashMap::new()
        };
        Self {
            workspace,
            alphabet,
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
        let date = |date: Date| SortKey::Number(days_between(Date::constant(1970, 1, 1), date));
        let text = |text: Option<&Arc<str>>| {
            text.map_or(SortKey::Unknown, |text| SortKey::Text(text.clone()))
        };
        match self.column {
            Column::Name => SortKey::Text(self.alphabet.key(deal.name.as_str()).into()),
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
