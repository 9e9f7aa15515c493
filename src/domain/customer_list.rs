//! Which customers the list shows, in what order, and what they add up to.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::customer::Customer;
use super::deal::Outcome;
use super::id::CustomerId;
use super::list::ListKind;
use super::stats::Tally;
use super::text::{Name, fold};
use super::workspace::Workspace;

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

impl CustomerDeals {
    /// The number of deals, open and closed.
    pub fn count(&self) -> usize {
        self.open.count + self.won.count + self.gone.count
    }
}

/// What the deals of each customer add up to, in one pass over all deals. A
/// customer without deals is not in it.
pub fn deals_by_customer(workspace: &Workspace) -> HashMap<CustomerId, CustomerDeals> {
    let mut sums: HashMap<CustomerId, CustomerDeals> = HashMap::new();
    for deal in workspace.deals.values() {
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

/// The customers whose name, segment, contact details or notes hold every word
/// of `search`, in order; equal ones are ordered by name, then by id.
pub fn listed_customers(
    workspace: &Workspace,
    deals: &HashMap<CustomerId, CustomerDeals>,
    search: &str,
    sort: CustomerSort,
) -> Vec<CustomerRow> {
    let folded = fold(search);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let segments = workspace.list(ListKind::Segments);
    let segments: HashMap<_, _> = segments.entries.iter().map(|e| (e.id, &e.name)).collect();
    let mut rows: Vec<(String, CustomerRow)> = workspace
        .customers
        .values()
        .filter_map(|customer| {
            let segment = customer.segment.and_then(|id| segments.get(&id).copied());
            fits(customer, segment, &words).then(|| {
                let row = CustomerRow {
                    id: customer.id,
                    name: customer.name.clone(),
                    segment: segment.cloned(),
                    deals: deals.get(&customer.id).copied().unwrap_or_default(),
                };
                (fold(customer.name.as_str()), row)
            })
        })
        .collect();
    rows.sort_by(|(a_name, a), (b_name, b)| {
        let names = || a_name.cmp(b_name);
        let order = match sort.column {
            CustomerColumn::Name => turned(names(), sort),
            CustomerColumn::Segment => by_segment(a, b, sort),
            CustomerColumn::OpenDeals => turned(a.deals.open.count.cmp(&b.deals.open.count), sort),
            CustomerColumn::OpenValue => turned(a.deals.open.value.cmp(&b.deals.open.value), sort),
            CustomerColumn::WonValue => turned(a.deals.won.value.cmp(&b.deals.won.value), sort),
        };
        order.then_with(names).then_with(|| a.id.cmp(&b.id))
    });
    rows.into_iter().map(|(_, row)| row).collect()
}

fn fits(customer: &Customer, segment: Option<&Name>, words: &[&str]) -> bool {
    if words.is_empty() {
        return true;
    }
    let text = [
        customer.name.as_str(),
        segment.map_or("", Name::as_str),
        &customer.email,
        &customer.phone,
        &customer.notes,
    ];
    let text = fold(&text.join("\n"));
    words.iter().all(|word| text.contains(word))
}

fn turned(order: Ordering, sort: CustomerSort) -> Ordering {
    if sort.descending {
        order.reverse()
    } else {
        order
    }
}

fn by_segment(a: &CustomerRow, b: &CustomerRow, sort: CustomerSort) -> Ordering {
    match (&a.segment, &b.segment) {
        (Some(a), Some(b)) => turned(fold(a.as_str()).cmp(&fold(b.as_str())), sort),
        // None comes last in either direction.
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}
