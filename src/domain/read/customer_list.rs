//! Which customers the list shows, in what order, and what they add up to.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::collections::HashMap;

use crate::domain::read::brief::Brief;
use crate::domain::read::filter::Search;
use crate::domain::read::stats::Tally;
use crate::domain::record::customer::Customer;
use crate::domain::record::deal::Outcome;
use crate::domain::record::list::ListKind;
use crate::domain::record::workspace::Setup;
use crate::domain::value::alphabet::Alphabet;
use crate::domain::value::id::CustomerId;
use crate::domain::value::order::sort_by;
use crate::domain::value::text::{Name, fold};

/// What the deals of one customer add up to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CustomerDeals {
    /// The open deals.
    pub open: Tally,
    /// The won deals.
    pub won: Tally,
    /// The lost and outdated deals.
    pub gone: Tally,
}

/// What these deals add up to for each customer. A customer without any is not
/// in it.
pub fn deals_by_customer(
    deals: impl IntoIterator<Item: Borrow<Brief>>,
) -> HashMap<CustomerId, CustomerDeals> {
    let mut sums: HashMap<CustomerId, CustomerDeals> = HashMap::new();
    for deal in deals {
        let deal = deal.borrow();
        let Some(customer) = deal.customer else {
            continue;
        };
        let sum = sums.entry(customer).or_default();
        let tally = match deal.outcome() {
            None => &mut sum.open,
            Some(Outcome::Won) => &mut sum.won,
            Some(Outcome::Lost | Outcome::Outdated) => &mut sum.gone,
        };
        tally.add(deal.value);
    }
    sums
}

/// A column of the table of customers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CustomerColumn {
    /// The name.
    Name,
    /// The segment's name; none comes last.
    Segment,
    /// How many open deals there are.
    OpenDeals,
    /// What they are worth.
    OpenValue,
    /// What the won deals were worth.
    WonValue,
}

impl CustomerColumn {
    /// Every column, in the order of the table.
    pub const ALL: [CustomerColumn; 5] = [
        Self::Name,
        Self::Segment,
        Self::OpenDeals,
        Self::OpenValue,
        Self::WonValue,
    ];

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Name => "Customer",
            Self::Segment => "Segment",
            Self::OpenDeals => "Open deals",
            Self::OpenValue => "Open value",
            Self::WonValue => "Won value",
        }
    }

    /// It holds numbers, whose greatest ones are looked for first.
    pub fn is_number(self) -> bool {
        matches!(self, Self::OpenDeals | Self::OpenValue | Self::WonValue)
    }
}

/// The order of the customers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CustomerSort {
    /// By which column.
    pub column: CustomerColumn,
    /// The greatest first.
    pub descending: bool,
}

impl Default for CustomerSort {
    /// From A to Z.
    fn default() -> Self {
        Self::first_by(CustomerColumn::Name)
    }
}

impl CustomerSort {
    /// The order a column is first sorted by: names from A to Z, numbers from
    /// the greatest.
    pub fn first_by(column: CustomerColumn) -> Self {
        Self {
            column,
            descending: column.is_number(),
        }
    }

    /// The order after the heading of `column` was pressed.
    pub fn pressed(self, column: CustomerColumn) -> Self {
        if self.column == column {
            Self {
                column,
                descending: !self.descending,
            }
        } else {
            Self::first_by(column)
        }
    }
}

/// One row of the table of customers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerRow {
    /// Who.
    pub id: CustomerId,
    /// The name.
    pub name: Name,
    /// The segment's name, if there is one.
    pub segment: Option<Name>,
    /// What the deals add up to.
    pub deals: CustomerDeals,
}

/// The names of all customers, as they are offered: from A to Z.
pub fn customer_names(workspace: &Setup, alphabet: &Alphabet) -> Vec<String> {
    let customers = workspace.customers.values();
    let mut names: Vec<String> = customers.map(|c| c.name.to_string()).collect();
    names.sort_by_cached_key(|name| (alphabet.key(name), name.clone()));
    names
}

/// All customers, ready to be searched and sorted at each key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerBook {
    /// By name, equal ones by id.
    pages: Vec<CustomerPage>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct CustomerPage {
    row: CustomerRow,
    /// What the name is sorted by.
    name: Box<str>,
    /// What the name of the segment is sorted by.
    segment: Option<Box<str>>,
    /// All that is searched, folded; the name is in it too.
    text: String,
}

impl CustomerBook {
    /// The customers of a workspace, and what their deals add up to.
    pub fn new(
        workspace: &Setup,
        deals: &HashMap<CustomerId, CustomerDeals>,
        alphabet: &Alphabet,
    ) -> Self {
        let segments = workspace.list(ListKind::Segments);
        let segments: HashMap<_, _> = segments.entries.iter().map(|e| (e.id, &e.name)).collect();
        let page = |customer: &Customer| {
            let segment = customer.segment.and_then(|id| segments.get(&id).copied());
            let parts = [
                customer.name.as_str(),
                segment.map_or("", Name::as_str),
                &customer.email,
                &customer.phone,
                &customer.notes,
            ];
            CustomerPage {
                row: CustomerRow {
                    id: customer.id,
                    name: customer.name.clone(),
                    segment: segment.cloned(),
                    deals: deals.get(&customer.id).copied().unwrap_or_default(),
                },
                name: alphabet.key(customer.name.as_str()),
                segment: segment.map(|name| alphabet.key(name.as_str())),
                text: fold(&parts.join("\n")),
            }
        };
        let customers = workspace.customers.values();
        let mut pages: Vec<CustomerPage> = customers.map(|customer| page(customer)).collect();
        sort_by(&mut pages, &|a, b| {
            (&a.name, a.row.id).cmp(&(&b.name, b.row.id))
        });
        Self { pages }
    }

    /// The customers whose name, segment, contact details or notes hold every
    /// word of `search`, in order; equal ones are ordered by name, then by id.
    pub fn listed(&self, search: &str, sort: CustomerSort) -> Vec<CustomerRow> {
        let search = Search::new(search);
        let pages = self.pages.iter();
        let mut found: Vec<&CustomerPage> =
            pages.filter(|page| search.finds([&page.text])).collect();
        // They come by name; a stable sort keeps that among equals.
        sort_by(&mut found, &|a, b| match sort.column {
            CustomerColumn::Name => turned(a.name.cmp(&b.name), sort),
            CustomerColumn::Segment => by_segment(a, b, sort),
            CustomerColumn::OpenDeals => by_number(a, b, sort, |deals| deals.open.count as i128),
            CustomerColumn::OpenValue => by_number(a, b, sort, |deals| deals.open.value.minor()),
            CustomerColumn::WonValue => by_number(a, b, sort, |deals| deals.won.value.minor()),
        });
        found.into_iter().map(|page| page.row.clone()).collect()
    }
}

fn by_number(
    a: &CustomerPage,
    b: &CustomerPage,
    sort: CustomerSort,
    number: fn(&CustomerDeals) -> i128,
) -> Ordering {
    turned(number(&a.row.deals).cmp(&number(&b.row.deals)), sort)
}

fn turned(order: Ordering, sort: CustomerSort) -> Ordering {
    if sort.descending {
        order.reverse()
    } else {
        order
    }
}

fn by_segment(a: &CustomerPage, b: &CustomerPage, sort: CustomerSort) -> Ordering {
    match (&a.segment, &b.segment) {
        (Some(a), Some(b)) => turned(a.cmp(b), sort),
        // None comes last in either direction.
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}
