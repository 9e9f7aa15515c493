//! Addresses are a law: any text is parsed, and what is written reads back.
#![allow(clippy::unwrap_used)]

use pipewright::domain::read::filter::{ByRule, Column, DateField, Filter, Pick, Sort, Tab};
use pipewright::domain::record::deal::Outcome;
use pipewright::domain::value::id::{CustomerId, DealId, EntryId, ProcessId, RuleId, StageId};
use pipewright::domain::value::money::Money;
use pipewright::domain::value::time::Date;
use pipewright::route::{DealsView, Route, SettingsPage};
use proptest::option::of;
use proptest::prelude::*;

fn pick<Id: From<u64> + std::fmt::Debug + Clone + 'static>()
-> impl Strategy<Value = Option<Pick<Id>>> {
    of(prop_oneof![Just(None), any::<u64>().prop_map(Some)])
        .prop_map(|pick| pick.map(|id| id.map_or(Pick::Blank, |id| Pick::Is(Id::from(id)))))
}

fn date() -> impl Strategy<Value = Date> {
    (1900i16..2999, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| Date::constant(y, m, d))
}

fn money() -> impl Strategy<Value = Money> {
    (0i64..1_000_000_000_000).prop_map(|minor| Money::from_minor(minor).unwrap())
}

fn filter() -> impl Strategy<Value = Filter> {
    let grounds = (
        of(any::<u64>().prop_map(ProcessId)),
        pick::<StageId>(),
        of(prop::sample::select(Outcome::ALL.to_vec())),
        (
            pick::<EntryId>(),
            pick::<EntryId>(),
            pick::<EntryId>(),
            pick::<EntryId>(),
            pick::<EntryId>(),
        ),
        of(any::<u64>().prop_map(CustomerId)),
        of(
            (any::<u64>(), any::<bool>()).prop_map(|(id, elsewhere)| ByRule {
                rule: RuleId(id),
                elsewhere,
            }),
        ),
    );
    let ranges = (
        of(money()),
        of(money()),
        of(date()),
        of(date()),
        any::<bool>(),
        any::<bool>(),
        ".{0,40}",
    );
    (grounds, ranges).prop_map(
        |((process, stage, status, entries, customer, rule), ranges)| {
            let (owner, segment, category, source, reason) = entries;
            let (value_min, value_max, from, to, created, stale, search) = ranges;
            let date_field = if created {
                DateField::Created
            } else {
                DateField::Close
            };
            Filter {
                process,
                stage,
                status,
                owner,
                segment,
                category,
                source,
                reason,
                customer,
                rule,
                value_min,
                value_max,
                from,
                to,
                date_field,
                stale,
                search,
            }
        },
    )
}

fn route() -> impl Strategy<Value = Route> {
    let sort = (prop::sample::select(Column::ALL.to_vec()), any::<bool>())
        .prop_map(|(column, descending)| Sort { column, descending });
    let deals = (any::<bool>(), filter(), sort).prop_map(|(open, filter, sort)| {
        Route::Deals(DealsView {
            tab: if open { Tab::Open } else { Tab::Closed },
            filter,
            sort,
        })
    });
    prop_oneof![
        deals,
        of(any::<u64>().prop_map(CustomerId)).prop_map(Route::NewDeal),
        any::<u64>().prop_map(|id| Route::Deal(DealId(id))),
        any::<u64>().prop_map(|id| Route::EditDeal(DealId(id))),
        ".{0,40}".prop_map(Route::Customers),
        Just(Route::NewCustomer),
        any::<u64>().prop_map(|id| Route::Customer(CustomerId(id))),
        any::<u64>().prop_map(|id| Route::EditCustomer(CustomerId(id))),
        prop::sample::select(SettingsPage::ALL.to_vec()).prop_map(Route::Settings),
        Just(Route::NewProcess),
        Just(Route::Rules),
        any::<u64>().prop_map(|id| Route::EditProcess(ProcessId(id))),
        Just(Route::NotFound),
    ]
}

proptest! {
    #[test]
    fn what_is_written_reads_back(route in route()) {
        prop_assert_eq!(Route::parse(&route.href()), route);
    }

    #[test]
    fn any_text_is_parsed(text in "\\PC*") {
        let route = Route::parse(&text);
        prop_assert_eq!(Route::parse(&route.href()), route);
    }
}

#[test]
fn the_plain_addresses_lead_where_they_say() {
    let open = Route::Deals(DealsView::default());
    for address in [
        "",
        "#",
        "#/",
        "#/deals",
        "#/deals/open",
        "/deals/open",
        "#/deals/open?unknown=1&stage=x",
    ] {
        assert_eq!(Route::parse(address), open, "{address}");
    }
    for address in [
        "#/nowhere",
        "#/deals/1/2/3",
        "#/settings/none",
        "#/deals/not-an-id",
        "#/customers/zz",
    ] {
        assert_eq!(Route::parse(address), Route::NotFound, "{address}");
    }
}
