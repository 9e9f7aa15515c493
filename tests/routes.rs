//! Addresses are a law: any text is parsed, and what is written reads back.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;

use pipewright::domain::read::column::Column;
use pipewright::domain::read::columns::{Columns, Layout, Sort};
use pipewright::domain::read::filter::{AnyOf, ByRule, DateField, Filter, Pick, Tab, Way};
use pipewright::domain::read::statistics::compare::{By, Measure, Ranking};
use pipewright::domain::read::statistics::{Period, Section, Span, Step};
use pipewright::domain::record::deal::Outcome;
use pipewright::domain::record::next_step::WhenDue;
use pipewright::domain::value::id::{
    CustomerId, DealId, EntryId, ProcessId, RuleId, StageId, SubStageId,
};
use pipewright::domain::value::money::Money;
use pipewright::domain::value::time::Date;
use pipewright::route::{DealsView, Route, SettingsPage, StatisticsView};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;

fn any_of<Id: Ord + From<u64> + std::fmt::Debug + Clone + 'static>()
-> impl Strategy<Value = AnyOf<Pick<Id>>> {
    let value = of(any::<u64>()).prop_map(|id| Pick::from(id.map(Id::from)));
    vec(value, 0..4).prop_map(|values| values.into_iter().collect())
}

fn date() -> impl Strategy<Value = Date> {
    (1900i16..2999, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| Date::constant(y, m, d))
}

fn money() -> impl Strategy<Value = Money> {
    (0i64..1_000_000_000_000).prop_map(|minor| Money::from_minor(minor).unwrap())
}

fn way() -> impl Strategy<Value = Way> {
    let stage = || of(any::<u64>().prop_map(StageId));
    let sub_stage = || of(any::<u64>().prop_map(SubStageId));
    let furthest = of(stage().prop_map(Pick::from));
    let parked = of(any::<u64>().prop_map(ProcessId));
    let parts = (stage(), furthest, stage(), parked, sub_stage(), sub_stage());
    parts.prop_map(|(reached, furthest, left, parked, ticked, lacks)| Way {
        reached,
        furthest,
        left,
        parked,
        ticked,
        lacks,
    })
}

fn filter() -> impl Strategy<Value = Filter> {
    let grounds = (
        vec(any::<u64>().prop_map(ProcessId), 0..3),
        any_of::<StageId>(),
        prop::sample::subsequence(Outcome::ALL.to_vec(), 0..=3),
        (
            any_of::<EntryId>(),
            any_of::<EntryId>(),
            any_of::<EntryId>(),
            any_of::<EntryId>(),
            any_of::<EntryId>(),
            prop::sample::subsequence(WhenDue::ALL.to_vec(), 0..=5),
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
        (any::<bool>(), of(date()), way()),
    );
    (grounds, ranges).prop_map(
        |((process, stage, status, entries, customer, rule), ranges)| {
            let (owner, segment, category, source, reason, next) = entries;
            let (value_min, value_max, from, to, created, stale, search, more) = ranges;
            let (undated, open_on, way) = more;
            let date_field = if created {
                DateField::Created
            } else {
                DateField::Close
            };
            Filter {
                process: process.into_iter().collect(),
                stage,
                status: status.into_iter().collect(),
                owner,
                segment,
                category,
                source,
                reason,
                next: next.into_iter().collect(),
                customer,
                rule,
                value_min,
                value_max,
                from,
                to,
                date_field,
                undated,
                open_on,
                way,
                stale,
                search,
            }
        },
    )
}

fn statistics() -> impl Strategy<Value = Route> {
    let period = prop_oneof![
        prop::sample::select(Period::NAMED.to_vec()),
        (of(date()), of(date())).prop_map(|(from, to)| Period::Between(Span { from, to })),
    ];
    let ranking = prop::sample::select(Measure::ALL.to_vec());
    let ranking = (ranking, any::<bool>()).prop_map(|(measure, descending)| Ranking {
        measure,
        descending,
    });
    let parts = (
        prop::sample::select(Section::ALL.to_vec()),
        filter(),
        period,
        prop::sample::select(Step::ALL.to_vec()),
        prop::sample::select(By::ALL.to_vec()),
        ranking,
    );
    parts.prop_map(|(section, filter, period, step, by, ranking)| {
        Route::Statistics(StatisticsView {
            section,
            filter: filter.of_any_status(),
            period,
            step,
            by,
            ranking,
        })
    })
}

fn route() -> impl Strategy<Value = Route> {
    let column = prop::sample::select(Column::ALL.to_vec());
    let sort = (column, any::<[bool; 2]>()).prop_map(|(column, [descending, mine_first])| Sort {
        column,
        descending,
        mine_first,
    });
    let columns = of(Just(Column::ALL.to_vec()).prop_shuffle());
    let chosen = (columns, 0..=Column::ALL.len());
    let layouts = [
        (Tab::Open, Layout::Table),
        (Tab::Open, Layout::Board),
        (Tab::Closed, Layout::Table),
        (Tab::All, Layout::Table),
    ];
    let tab = prop::sample::select(layouts.to_vec());
    let deals = (tab, filter(), sort, chosen).prop_map(|((tab, layout), filter, sort, chosen)| {
        let (columns, count) = chosen;
        Route::Deals(DealsView {
            tab,
            layout,
            filter,
            sort,
            columns: columns.map(|all| Columns::of(tab, all.into_iter().take(count))),
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
        statistics(),
        prop::sample::select(SettingsPage::ALL.to_vec()).prop_map(Route::Settings),
        Just(Route::NewProcess),
        Just(Route::Rules),
        Just(Route::Guide),
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

    #[test]
    fn any_columns_are_parsed(text in "[a-z_,%2C&=]{0,9}((name|owner|reason|value|age),?){0,5}.{0,9}") {
        let address = format!("#/deals/open?columns={text}&q=found");
        let route = Route::parse(&address);
        let Route::Deals(view) = &route else { panic!("{route:?}") };
        let columns: Vec<Column> = view.columns.iter().flat_map(Columns::iter).collect();
        prop_assert!(columns.is_empty() || columns[0] == Column::Name);
        prop_assert_eq!(Route::parse(&route.href()), route);
    }
}

#[test]
fn columns_stand_in_the_address_in_their_order() {
    for (address, shown) in [
        ("open?columns=name,owner,value", Some("name,owner,value")),
        // As other programs write a comma.
        ("open?columns=name%2Cowner", Some("name,owner")),
        // The name is always there, and first.
        ("open?columns=owner,name", Some("name,owner")),
        ("open?columns=", Some("name")),
        // Passed over: no column, one of the other tab, one that was there.
        (
            "open?columns=owner,,x,status,reason,owner",
            Some("name,owner"),
        ),
        ("closed?columns=chance,reason", Some("name,reason")),
        ("open?sort=-value", None),
        ("closed", None),
    ] {
        let route = Route::parse(&format!("#/deals/{address}"));
        let Route::Deals(view) = &route else {
            panic!("{address}")
        };
        let columns = view.columns.as_ref().map(Columns::text);
        assert_eq!(columns.as_deref(), shown, "{address}");
        let written = shown.map(|text| format!("columns={text}"));
        assert!(route.href().ends_with(&written.unwrap_or_default()));
    }
}

#[test]
fn each_tab_has_columns_of_its_own() {
    let address = "#/deals/open?columns=name,owner";
    let Route::Deals(view) = Route::parse(address) else {
        panic!("{address}")
    };
    assert_eq!(view.on_tab(Tab::Open).href(), address);
    assert_eq!(view.on_tab(Tab::Closed).href(), "#/deals/closed");
}

#[test]
fn every_column_has_an_address_and_a_heading_of_its_own() {
    let of_all = |of: fn(Column) -> &'static str| {
        let all: BTreeSet<&str> = Column::ALL.into_iter().map(of).collect();
        all.len()
    };
    assert_eq!(of_all(|column| column.about().slug), Column::ALL.len());
    for tab in [Tab::Open, Tab::Closed] {
        let headings = Column::ALL
            .into_iter()
            .filter_map(|column| column.heading(tab));
        let all: BTreeSet<&str> = headings.clone().collect();
        assert_eq!(all.len(), headings.count());
        assert!(
            Columns::usual(tab)
                .iter()
                .all(|column| column.heading(tab).is_some())
        );
    }
}

/// A view of the open deals with this query.
fn view(query: &str) -> DealsView {
    match Route::parse(&format!("#/deals/open?{query}")) {
        Route::Deals(view) => view,
        other => panic!("{query}: {other:?}"),
    }
}

#[test]
fn values_stand_in_their_order_and_once_however_they_were_written() {
    let (a, b) = (EntryId(1), EntryId(2));
    let wanted: AnyOf<Pick<EntryId>> = [Pick::Is(a), Pick::Is(b), Pick::Blank]
        .into_iter()
        .collect();
    for query in [
        format!("owner={a},{b},none"),
        format!("owner=none,{b},{a},{b},none"),
        format!("owner=,{b},x,none,,{a},"),
        format!("owner={a}%2C{b}%2Cnone"),
        // The last word on a kind counts, as it always did.
        format!("owner=none&owner={b},{a},none"),
    ] {
        let view = view(&query);
        assert_eq!(view.filter.owner, wanted, "{query}");
        assert_eq!(view.href(), format!("#/deals/open?owner={a},{b},none"));
    }
    assert!(view("owner=none&owner=x").filter.is_empty());
}

#[test]
fn an_address_of_one_value_per_kind_is_written_as_it_always_was() {
    let (process, stage, entry) = (ProcessId(3), StageId(7), EntryId(9));
    for address in [
        format!("#/deals/open?process={process}&stage={stage}&owner={entry}&segment=none"),
        "#/deals/closed?status=lost&category=none&source=none&reason=none&stale=yes".to_owned(),
        "#/deals/closed?value_min=100&value_max=200&from=2026-01-01&to=2026-01-31&date=created&q=a+b&sort=-value".to_owned(),
    ] {
        assert_eq!(Route::parse(&address).href(), address);
    }
}

#[test]
fn the_board_is_in_the_address_of_open_deals_with_an_order_of_its_own() {
    let board = view("layout=board");
    assert_eq!(board.layout, Layout::Board);
    assert_eq!(board.sort, Sort::first_by(Column::NextStep));
    for address in [
        "#/deals/open?layout=board",
        "#/deals/open?q=x&layout=board&sort=-value",
        // That of the table, which is the board's only where it is said.
        "#/deals/open?layout=board&sort=-created",
    ] {
        assert_eq!(Route::parse(address).href(), address);
    }
    for (address, table) in [
        ("#/deals/closed?layout=board", "#/deals/closed"),
        ("#/deals/open?layout=table", "#/deals/open"),
        ("#/deals/open?layout=", "#/deals/open"),
        (
            "#/deals/open?layout=board&sort=next_step",
            "#/deals/open?layout=board",
        ),
    ] {
        assert_eq!(Route::parse(address).href(), table, "{address}");
    }
    // There and back: an order that was chosen stays, the usual one changes.
    let table = board.clone().in_layout(Layout::Table);
    assert_eq!(table, DealsView::default());
    assert_eq!(table.in_layout(Layout::Board), board);
    let by_value = view("layout=board&sort=-value").in_layout(Layout::Table);
    assert_eq!(by_value, view("sort=-value"));
    assert_eq!(board.on_tab(Tab::Closed).href(), "#/deals/closed");
    assert_eq!(board.on_tab(Tab::Open), board);
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
