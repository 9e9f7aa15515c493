//! The list of customers: what it counts, finds and sorts.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::support::{TODAY, briefs, closed, deal, name, process, workspace};
use pipewright::domain::read::customer_list::{
    CustomerBook, CustomerColumn, CustomerRow, CustomerSort, deals_by_customer,
};
use pipewright::domain::read::stats::summary;
use pipewright::domain::record::customer::Customer;
use pipewright::domain::record::deal::{Deal, Outcome};
use pipewright::domain::record::list::{Entry, List, ListKind};
use pipewright::domain::record::workspace::Workspace;
use pipewright::domain::value::alphabet::Plain;
use pipewright::domain::value::id::{CustomerId, EntryId};
use pipewright::domain::value::text::fold;
use proptest::prelude::*;

fn customer(id: u64, title: &str, segment: Option<u64>) -> Customer {
    Customer {
        id: CustomerId(id),
        name: name(title),
        segment: segment.map(EntryId),
        email: String::new(),
        phone: String::new(),
        notes: String::new(),
    }
}

fn with_customers(mut workspace: Workspace, customers: Vec<Customer>) -> Workspace {
    let segments = [(1, "Retail"), (2, "Énergie")];
    let entries = segments.map(|(id, title)| Entry {
        id: EntryId(id),
        name: name(title),
    });
    let entries = entries.to_vec();
    workspace
        .lists
        .insert(ListKind::Segments, Arc::new(List { entries }));
    workspace.customers = customers.into_iter().map(|c| (c.id, Arc::new(c))).collect();
    workspace
}

fn of(mut deal: Deal, customer: u64) -> Deal {
    deal.customer = Some(CustomerId(customer));
    deal
}

fn example() -> Workspace {
    let deals = vec![
        of(deal(1, 1, Some(500)), 1),
        of(deal(2, 1, None), 1),
        of(closed(deal(3, 1, Some(900)), Outcome::Won, TODAY, None), 2),
        of(closed(deal(4, 1, Some(70)), Outcome::Lost, TODAY, None), 2),
        deal(5, 1, Some(10_000)),
    ];
    let mut beta = customer(2, "beta", Some(2));
    beta.email = "Ola@Beta.example".to_owned();
    with_customers(
        workspace(vec![process(1, "Default", &["Contact"])], deals),
        vec![
            customer(1, "Alfa", Some(1)),
            beta,
            customer(3, "Gamma Łódź", None),
        ],
    )
}

fn names(workspace: &Workspace, search: &str, sort: CustomerSort) -> Vec<String> {
    let deals = deals_by_customer(briefs(workspace));
    let rows = CustomerBook::new(workspace, &deals, &workspace.alphabet(Plain::collate))
        .listed(search, sort);
    rows.into_iter().map(|row| row.name.to_string()).collect()
}

#[test]
fn each_customer_has_the_sums_of_its_own_deals() {
    let workspace = example();
    let sums = deals_by_customer(briefs(&workspace));
    let alfa = sums[&CustomerId(1)];
    assert_eq!((alfa.open.count, alfa.open.value.minor()), (2, 500));
    assert_eq!(alfa.open.unknown_value, 1);
    let beta = sums[&CustomerId(2)];
    assert_eq!((beta.won.value.minor(), beta.gone.value.minor()), (900, 70));
    assert_eq!(
        (beta.open.count, beta.won.count, beta.gone.count),
        (0, 1, 1)
    );
    assert!(!sums.contains_key(&CustomerId(3)));
}

#[test]
fn every_word_must_be_found_without_regard_to_case_and_diacritics() {
    let workspace = example();
    let sort = CustomerSort::default();
    for (search, found) in [
        ("", &["Alfa", "beta", "Gamma Łódź"][..]),
        ("  ALF ", &["Alfa"]),
        ("łodz gam", &["Gamma Łódź"]),
        ("energie", &["beta"]),
        ("ola@beta", &["beta"]),
        ("alfa energie", &[]),
    ] {
        assert_eq!(names(&workspace, search, sort), found, "{search:?}");
    }
}

#[test]
fn customers_without_segment_come_last_in_both_directions() {
    let workspace = example();
    let up = CustomerSort::first_by(CustomerColumn::Segment);
    let down = up.pressed(CustomerColumn::Segment);
    assert_eq!(names(&workspace, "", up), ["beta", "Alfa", "Gamma Łódź"]);
    assert_eq!(names(&workspace, "", down), ["Alfa", "beta", "Gamma Łódź"]);
}

#[test]
fn a_pressed_heading_sorts_numbers_from_the_greatest_and_turns_when_pressed_again() {
    let start = CustomerSort::default();
    let value = start.pressed(CustomerColumn::WonValue);
    assert!(value.descending);
    assert_eq!(names(&example(), "", value), ["beta", "Alfa", "Gamma Łódź"]);
    assert!(!value.pressed(CustomerColumn::WonValue).descending);
    assert!(start.pressed(CustomerColumn::Name).descending);
}

/// Deals of a few customers, of none, or of one that is not there.
fn some_deals() -> impl Strategy<Value = Vec<Deal>> {
    let one = (
        proptest::option::of(1..5u64),
        proptest::option::of(0..1_000_000i64),
        0..4u8,
    );
    proptest::collection::vec(one, 0..40).prop_map(|all| {
        let made = all
            .into_iter()
            .enumerate()
            .map(|(at, (whose, value, how))| {
                let mut made = deal(at as u64 + 1, 1, value);
                made.customer = whose.map(CustomerId);
                match how {
                    0 => closed(made, Outcome::Won, TODAY, None),
                    1 => closed(made, Outcome::Lost, TODAY, None),
                    2 => closed(made, Outcome::Outdated, TODAY, None),
                    _ => made,
                }
            });
        made.collect()
    })
}

proptest! {
    #[test]
    fn the_sums_of_all_customers_are_the_summary_of_their_deals(deals in some_deals()) {
        let workspace = workspace(vec![process(1, "Default", &["Contact"])], deals);
        let sums = deals_by_customer(briefs(&workspace));
        let whole = summary(briefs(&workspace).filter(|deal| deal.customer.is_some()));
        let count: usize = sums.values().map(|sum| sum.open.count + sum.won.count + sum.gone.count).sum();
        let open: i128 = sums.values().map(|sum| sum.open.value.minor()).sum();
        let won: i128 = sums.values().map(|sum| sum.won.value.minor()).sum();
        prop_assert_eq!(count, whole.open.all.count + whole.closed.all().count);
        prop_assert_eq!(open, whole.open.all.value.minor());
        prop_assert_eq!(won, whole.closed.won.value.minor());
    }

    #[test]
    fn any_order_lists_every_customer_once(deals in some_deals(), column in 0..5usize, descending: bool) {
        let customers = (1..5).map(|id| customer(id, &format!("Customer {}", id % 2), (id < 3).then_some(id)));
        let workspace = with_customers(
            workspace(vec![process(1, "Default", &["Contact"])], deals),
            customers.collect(),
        );
        let sort = CustomerSort { column: CustomerColumn::ALL[column], descending };
        let rows = CustomerBook::new(&workspace, &deals_by_customer(briefs(&workspace)), &workspace.alphabet(Plain::collate)).listed("", sort);
        let ids: BTreeSet<_> = rows.iter().map(|row| row.id).collect();
        prop_assert_eq!((rows.len(), ids.len()), (4, 4));
        let is_in_order = |a: &CustomerRow, b: &CustomerRow| {
            let order = match sort.column {
                CustomerColumn::Name => a.name.cmp(&b.name),
                CustomerColumn::Segment => match (&a.segment, &b.segment) {
                    (Some(a), Some(b)) => fold(a.as_str()).cmp(&fold(b.as_str())),
                    (None, None) => Ordering::Equal,
                    // None comes last, whichever way.
                    (a, _) => return a.is_some(),
                },
                CustomerColumn::OpenDeals => a.deals.open.count.cmp(&b.deals.open.count),
                CustomerColumn::OpenValue => a.deals.open.value.minor().cmp(&b.deals.open.value.minor()),
                CustomerColumn::WonValue => a.deals.won.value.minor().cmp(&b.deals.won.value.minor()),
            };
            let order = if descending { order.reverse() } else { order };
            order.then_with(|| (&a.name, a.id).cmp(&(&b.name, b.id))).is_lt()
        };
        for pair in rows.windows(2) {
            prop_assert!(is_in_order(&pair[0], &pair[1]), "{:?}", pair);
        }
    }
}
