//! The deals of one customer.

use super::DASH;
use super::table::row_view;
use crate::domain::read::column::Column;
use crate::domain::read::columns::Sort;
use crate::domain::read::filter::Tab;
use crate::domain::record::deal::{Deal, Outcome};
use crate::domain::record::process::Color;
use crate::domain::record::progress::CurrentStage;
use crate::domain::record::workspace::Workspace;
use crate::domain::value::id::CustomerId;
use crate::domain::value::money::Money;
use crate::domain::value::time::Date;
use crate::route::{DealsView, Route};
use crate::ui::app::{App, use_app};
use crate::ui::parts::ProcessMark;
use crate::ui::prelude::*;
use crate::web::clock;
use crate::web::intl::Formats;

/// How many deals are shown at first, and how many more at each request.
const ROWS: usize = 100;

/// One deal, as the table shows it.
#[derive(Clone, PartialEq)]
struct DealRow {
    href: String,
    name: String,
    process: Option<(Color, String)>,
    stage: String,
    outcome: Option<Outcome>,
    value: Option<Money>,
    date: Option<Date>,
}

impl DealRow {
    fn of(workspace: &Workspace, deal: &Deal) -> Self {
        let process = workspace.processes.get(&deal.process);
        let stage = process.map_or("", |process| match deal.current_stage(process) {
            CurrentStage::At(id) => process.stage(id).map_or("", |stage| stage.name.as_str()),
            CurrentStage::Unknown => "Stage unknown",
            CurrentStage::Nowhere => "No stages",
        });
        let mark = process.filter(|_| workspace.processes.len() > 1);
        Self {
            href: Route::Deal(deal.id).href(),
            name: deal.name.to_string(),
            process: mark.map(|process| (process.color, process.name.to_string())),
            stage: stage.to_owned(),
            outcome: deal.outcome(),
            value: deal.value,
            date: deal.shown_close(),
        }
    }
}

/// The customer's deals of one tab, the next or the latest to close first.
pub fn deals_of_customer(customer: CustomerId, tab: Tab) -> DealsView {
    let mut view = DealsView {
        tab,
        ..DealsView::default()
    };
    view.filter.customer = Some(customer);
    view.sort = Sort::by(Column::Close, tab == Tab::Closed);
    view
}

fn rows_of(app: App, view: &DealsView) -> Vec<DealRow> {
    let DealsView {
        tab, filter, sort, ..
    } = view;
    app.store.index(|index, workspace| {
        let ids = index.listed(workspace, filter, *tab, *sort, clock::here());
        let deals = ids.iter().filter_map(|id| workspace.deals.get(id));
        deals.map(|deal| DealRow::of(workspace, deal)).collect()
    })
}

/// The table of the customer's deals of one tab; nothing where there are none.
#[component]
pub fn Deals(id: CustomerId, tab: Tab) -> impl IntoView {
    let app = use_app();
    let list = deals_of_customer(id, tab);
    let rows = memo(move || rows_of(app, &list));
    let kept = match tab {
        Tab::Open => "open rows",
        Tab::Closed | Tab::All => "closed rows",
    };
    let most = app.router.memory().keep(kept, ROWS);
    let found = memo(move || rows.with(Vec::len));
    let (title, date) = match tab {
        Tab::Open => (tab.title(), "Expected close"),
        Tab::Closed | Tab::All => (tab.title(), "Closed on"),
    };
    let status = match tab {
        Tab::Open => "Stage",
        Tab::Closed | Tab::All => "Status",
    };
    let is_any = memo(move || found.get() > 0);
    view! {
        <Show when=move || is_any.get()>
            <section class="table-card" aria-label=title>
                <h2 class="table-title">
                    {title} <span class="table-count">{move || app.formats().count(found.get())}</span>
                </h2>
                <table
                    class="people-table deals-of-customer"
                    role="table"
                    aria-label=title
                    aria-rowcount=move || found.get() + 1
                >
                    <thead role="rowgroup">
                        <tr role="row" aria-rowindex="1">
                            <th scope="col" role="columnheader">"Deal"</th>
                            <th scope="col" role="columnheader">{status}</th>
                            <th scope="col" role="columnheader" class="cell-number">"Value"</th>
                            <th scope="col" role="columnheader" class="cell-number">{date}</th>
                        </tr>
                    </thead>
                    <tbody role="rowgroup">
                        {move || {
                            let formats = app.formats();
                            rows.with(|rows| {
                                rows.iter()
                                    .take(most.get())
                                    .enumerate()
                                    .map(|(at, row)| deal_row(at, row, &formats))
                                    .collect::<Vec<_>>()
                            })
                        }}
                    </tbody>
                </table>
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
            </section>
        </Show>
    }
}

fn deal_row(at: usize, row: &DealRow, formats: &Formats) -> impl IntoView + use<> {
    let value = row.value.map_or_else(
        || DASH.to_owned(),
        |value| formats.money(value.minor().into()),
    );
    let date = row
        .date
        .map_or_else(|| DASH.to_owned(), |date| formats.date(date));
    let status = match row.outcome {
        Some(outcome) => {
            let class = format!("badge badge-{}", outcome.slug());
            view! { <span class=class>{outcome.title()}</span> }.into_any()
        }
        None => view! { <bdi class="stage-name">{row.stage.clone()}</bdi> }.into_any(),
    };
    let process = row
        .process
        .clone()
        .map(|(color, name)| view! { <ProcessMark color name /> });
    row_view(
        at,
        Signal::stored(row.href.clone()),
        Signal::stored(row.name.clone()),
        view! {
            <td role="cell" class="cell-stage">
                <span class="stage-and-process">{status} {process}</span>
            </td>
            <td role="cell" class="cell-number cell-value">
                {value}
            </td>
            <td role="cell" class="cell-number cell-date">
                {date}
            </td>
        }
        .into_any(),
    )
}
