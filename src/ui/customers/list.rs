//! The list of customers.

use super::table::{SortHead, row_view};
use super::{DASH, tally_money};
use crate::domain::read::customer_list::{CustomerBook, CustomerColumn, CustomerRow, CustomerSort};
use crate::domain::read::index::Index;
use crate::domain::read::stats::Tally;
use crate::domain::value::text::{MAX_TITLE, Name, counted};
use crate::route::{Route, SettingsPage};
use crate::ui::app::use_app;
use crate::ui::import::CustomerFileActions;
use crate::ui::parts::{Empty, Icon, OfferLink, Page, RowWindow};
use crate::ui::prelude::*;
use crate::web::intl::Formats;

/// The list of customers.
#[component]
pub fn CustomersPage() -> impl IntoView {
    let app = use_app();
    let search = memo(move || match app.router.route() {
        Route::Customers(text) => text,
        _ => String::new(),
    });
    let total = memo(move || app.store.setup(|workspace| workspace.customers.len()));
    let is_empty = memo(move || total.get() == 0);
    view! {
        <Page
            heading="Customers".to_owned()
            actions=|| {
                view! {
                    <CustomerFileActions />
                    <OfferLink text="Add customer" icon="add" class="button-primary" route=Route::NewCustomer />
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
    let sort = app.router.memory().keep("sort", CustomerSort::default());
    let sums = memo(move || app.store.index(|index, _| index.deals_by_customer()));
    let book = memo(move || {
        app.store.setup(|workspace| {
            let alphabet = app.store.peek_index(Index::alphabet);
            sums.with(|sums| CustomerBook::new(workspace, sums, &alphabet))
        })
    });
    let rows = memo(move || book.with(|book| book.listed(&search.get(), sort.get())));
    let found = memo(move || rows.with(Vec::len));
    let count = move || {
        let (found, total) = (found.get(), total.get());
        if search.with(|text| text.trim().is_empty()) {
            counted(total, "customer")
        } else {
            format!("{found} of {}", counted(total, "customer"))
        }
    };
    let has_rows = memo(move || found.get() > 0);
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
                {move || count()}
            </p>
        </div>
        <Show when=move || has_rows.get() fallback=|| view! { <NothingFound /> }>
            <CustomerTable rows sort />
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
fn CustomerTable(rows: Memo<Vec<CustomerRow>>, sort: RwSignal<CustomerSort>) -> impl IntoView {
    let window = RowWindow::new(memo(move || rows.with(Vec::len)));
    let places = memo(move || window.places(None));
    let columns = Signal::stored(CustomerColumn::ALL.len());
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
                <tbody role="rowgroup" node_ref=window.body>
                    {window.above(columns)}
                    <For
                        each=move || places.get()
                        key=|at| *at
                        children=move |at| customer_row(at, rows)
                    />
                    {window.below(columns)}
                </tbody>
            </table>
        </div>
    }
}

/// The row at a place of the list, whoever is there: what is typed into the
/// search changes the texts in the rows, and makes no new ones.
fn customer_row(at: usize, rows: Memo<Vec<CustomerRow>>) -> impl IntoView {
    let app = use_app();
    let row = memo(move || rows.with(|rows| rows.get(at).cloned()));
    let text = move |of: fn(&CustomerRow, &Formats) -> String| {
        derived(move || {
            let formats = app.formats();
            row.with(|row| row.as_ref().map(|row| of(row, &formats)))
                .unwrap_or_default()
        })
    };
    let has_none = move || row.with(|row| row.as_ref().is_none_or(|r| r.deals.open.count == 0));
    row_view(
        at,
        text(|row, _| Route::Customer(row.id).href()),
        text(|row, _| row.name.to_string()),
        view! {
            <td role="cell" class="cell-segment">
                <bdi>{text(|row, _| row.segment.as_ref().map_or(DASH, Name::as_str).to_owned())}</bdi>
            </td>
            <td role="cell" class="cell-number cell-count" class:cell-none=has_none>
                {text(|row, formats| tally_count(formats, row.deals.open))}
            </td>
            <td role="cell" class="cell-number cell-open">
                {text(|row, formats| tally_money(formats, row.deals.open))}
            </td>
            <td role="cell" class="cell-number cell-won">
                {text(|row, formats| tally_money(formats, row.deals.won))}
            </td>
        }
        .into_any(),
    )
}

/// How many deals there are; a dash for none.
fn tally_count(formats: &Formats, tally: Tally) -> String {
    match tally.count {
        0 => DASH.to_owned(),
        count => formats.count(count),
    }
}
