//! The list of customers.

use leptos::prelude::*;

use super::table::{SortHead, row_view};
use super::{DASH, tally_money};
use crate::domain::customer_list::{
    CustomerColumn, CustomerRow, CustomerSort, deals_by_customer, listed_customers,
};
use crate::domain::text::{MAX_TITLE, counted};
use crate::route::{Route, SettingsPage};
use crate::ui::app::use_app;
use crate::ui::import::CustomerFileActions;
use crate::ui::parts::{Empty, Icon, Page};
use crate::web::intl::Formats;

/// How many rows are shown at first, and how many more at each request.
const ROWS: usize = 200;

/// The list of customers.
#[component]
pub fn CustomersPage() -> impl IntoView {
    let app = use_app();
    let search = Memo::new(move |_| match app.router.route() {
        Route::Customers(text) => text,
        _ => String::new(),
    });
    let total = Memo::new(move |_| app.store.setup(|workspace| workspace.customers.len()));
    let is_empty = Memo::new(move |_| total.get() == 0);
    view! {
        <Page
            heading="Customers".to_owned()
            actions=|| {
                view! {
                    <CustomerFileActions />
                    <a class="button button-primary" href=Route::NewCustomer.href()>
                        <Icon name="add" />
                        "Add customer"
                    </a>
                }
            }
        >
            <Show when=move || !is_empty.get() fallback=|| view! { <NoCustomers /> }>
                <Listed search total />
            </Show>
        </Page>
    }
}

/// What stands in place of the list in a new account.
#[component]
fn NoCustomers() -> impl IntoView {
    view! {
        <section class="card" aria-label="No customers">
            <Empty
                icon="customers"
                title="No customers yet"
                text="Customers are the companies and people you sell to. Add them here, or name one when you add a deal."
            >
                <a class="button button-primary" href=Route::NewCustomer.href()>
                    "Add your first customer"
                </a>
                <a class="button" href=Route::Settings(SettingsPage::Data).href()>
                    "Sample data and backups"
                </a>
            </Empty>
        </section>
    }
}

#[component]
fn Listed(search: Memo<String>, total: Memo<usize>) -> impl IntoView {
    let app = use_app();
    let sort = RwSignal::new(CustomerSort::default());
    let most = RwSignal::new(ROWS);
    let sums = Memo::new(move |_| app.store.all(deals_by_customer));
    let rows = Memo::new(move |_| {
        app.store.setup(|workspace| {
            sums.with(|sums| listed_customers(workspace, sums, &search.get(), sort.get()))
        })
    });
    let found = Memo::new(move |_| rows.with(Vec::len));
    let count = move || {
        let (found, total) = (found.get(), total.get());
        if search.with(|text| text.trim().is_empty()) {
            counted(total, "customer")
        } else {
            format!("{found} of {}", counted(total, "customer"))
        }
    };
    let has_rows = Memo::new(move |_| found.get() > 0);
    view! {
        <div class="customers-bar">
            <div class="search-box">
                <Icon name="search" />
                <input
                    class="input"
                    type="search"
                    aria-label="Search customers"
                    placeholder="Search customers"
                    autocomplete="off"
                    maxlength=MAX_TITLE
                    prop:value=move || search.get()
                    on:input=move |event| {
                        app.router.replace(Route::Customers(event_target_value(&event)));
                    }
                />
            </div>
            <p class="customers-count" role="status">
                {count}
            </p>
        </div>
        <Show when=move || has_rows.get() fallback=|| view! { <NothingFound /> }>
            <CustomerTable rows sort most />
            <Show when=move || { most.get() < found.get() }>
                <p class="more-rows">
                    <span>{move || format!("The first {} are shown.", most.get())}</span>
                    <button
                        type="button"
                        class="button"
                        on:click=move |_| most.update(|most| *most += ROWS)
                    >
                        "Show more"
                    </button>
                </p>
            </Show>
        </Show>
    }
}

#[component]
fn NothingFound() -> impl IntoView {
    let app = use_app();
    view! {
        <section class="card" aria-label="Nothing found">
            <Empty
                icon="search"
                title="No customer fits"
                text="Names, segments, contact details and notes were searched."
            >
                <button
                    type="button"
                    class="button"
                    on:click=move |_| {
                        app.router.replace(Route::Customers(String::new()));
                        crate::web::dom::focus("input[type=search]");
                    }
                >
                    "Clear search"
                </button>
            </Empty>
        </section>
    }
}

#[component]
fn CustomerTable(
    rows: Memo<Vec<CustomerRow>>,
    sort: RwSignal<CustomerSort>,
    most: RwSignal<usize>,
) -> impl IntoView {
    let app = use_app();
    let body = move || {
        let formats = app.formats();
        rows.with(|rows| {
            let shown = rows.iter().take(most.get()).enumerate();
            shown
                .map(|(at, row)| customer_row(at, row, &formats))
                .collect::<Vec<_>>()
        })
    };
    view! {
        <div class="table-card">
            <table
                class="people-table customers-table"
                role="table"
                aria-label="Customers"
                aria-rowcount=move || rows.with(Vec::len) + 1
            >
                <thead role="rowgroup">
                    <tr role="row" aria-rowindex="1">
                        {CustomerColumn::ALL
                            .into_iter()
                            .map(|column| view! { <SortHead column sort /> })
                            .collect::<Vec<_>>()}
                    </tr>
                </thead>
                <tbody role="rowgroup">{body}</tbody>
            </table>
        </div>
    }
}

fn customer_row(at: usize, row: &CustomerRow, formats: &Formats) -> impl IntoView + use<> {
    let deals = row.deals;
    let open = match deals.open.count {
        0 => DASH.to_owned(),
        count => formats.count(count),
    };
    let segment = row.segment.as_ref().map_or(DASH, |name| name.as_str());
    row_view(
        at,
        &Route::Customer(row.id).href(),
        row.name.as_str(),
        view! {
            <td role="cell" class="cell-segment">
                <bdi>{segment.to_owned()}</bdi>
            </td>
            <td role="cell" class="cell-number cell-count" class:cell-none=deals.open.count == 0>
                {open}
            </td>
            <td role="cell" class="cell-number cell-open">
                {tally_money(formats, deals.open)}
            </td>
            <td role="cell" class="cell-number cell-won">
                {tally_money(formats, deals.won)}
            </td>
        }
        .into_any(),
    )
}
