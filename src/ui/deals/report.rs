//! The list of deals on paper (§14): what it is of, its figures, its
//! charts, and its deals.

use std::sync::Arc;

use super::cell::written;
use super::{Listing, charts, summary};
use crate::domain::read::column::{Column, ColumnKind, InView};
use crate::domain::read::columns::Columns;
use crate::domain::read::filter::{Tab, in_words};
use crate::domain::read::printed::Printed;
use crate::domain::record::deal::Deal;
use crate::ui::app::{App, use_app};
use crate::ui::parts::OfferButton;
use crate::ui::prelude::*;
use crate::web::{clock, echarts, print};

/// The button "Print" of the Deals page, and what is printed of it, by
/// whichever way.
#[component]
pub fn PrintButton(listing: Listing) -> impl IntoView {
    let app = use_app();
    let nothing_listed = memo(move || listing.count.get() == 0);
    print::instead(alive(move |paper: print::Paper| {
        // Until it is loaded, the page itself is printed.
        if let Some(work) = app.chunks.work.there() {
            paper.show((work.report)(app, listing));
        }
    }));
    let print = move |()| {
        app.chunks.work.load();
        app.chunks.charts.load();
        spawn(async {
            // Folded charts may have had no need of it; without it the figures
            // are printed alone.
            let _ = echarts::load().await;
            print::page();
        });
    };
    view! {
        <OfferButton text="Print" icon="print" off=nothing_listed act=print />
    }
}

/// What is printed.
pub fn report(app: App, listing: Listing) -> AnyView {
    let (tab, filter) = listing.wanted.get_untracked();
    let formats = app.formats();
    let title = tab.title();
    let words = app
        .store
        .peek(|workspace| in_words(workspace, &filter, tab, &formats));
    let order = listing.view.with_untracked(|view| view.sort.in_words(tab));
    let columns = untrack(|| listing.columns_of(tab));
    let ids = listing.ids.get_untracked();
    let printed = Printed::of(&ids);
    let cut = printed.is_cut().then(|| {
        format!(
            "These are the first {} of {} deals. Filter the list to print the others.",
            formats.count(printed.deals.len()),
            formats.count(printed.of),
        )
    });
    let note = move || {
        cut.clone()
            .map(|text| view! { <p class="report-note">{text}</p> })
    };
    view! {
        <header class="report-head">
            <h1>{title}</h1>
            <p>{formats.date(clock::today())}</p>
            <p class="report-filter">{order}</p>
            {(!words.is_empty()).then(|| view! { <p class="report-filter" dir="auto">{words}</p> })}
        </header>
        {summary::printed(app, tab, &filter)}
        {charts::printed(app, tab, &filter)}
        {note()}
        {table(app, &columns, tab, printed)}
        {note()}
    }
    .into_any()
}

/// The deals, with the columns of the list.
fn table(app: App, columns: &Columns, tab: Tab, printed: Printed<'_>) -> AnyView {
    let formats = app.formats();
    let (now, today) = (clock::now(), clock::today());
    let class =
        |column: Column| (column.about().kind == ColumnKind::Number).then_some("col-number");
    let head = columns.iter().map(|column| {
        view! { <th scope="col" class=class(column)>{column.heading(tab).unwrap_or_default()}</th> }
    });
    let rows = app.store.peek(|workspace| {
        let deals = printed
            .deals
            .iter()
            .filter_map(|id| workspace.deals.get(id));
        let row = |deal: &Arc<Deal>| {
            let seen = InView::of(workspace, deal, now, today)?;
            let cells = columns.iter().map(|column| {
                let text = written(&formats, (column.about().shows)(&seen));
                view! { <td class=class(column) dir="auto">{text}</td> }
            });
            Some(view! { <tr>{cells.collect_view()}</tr> })
        };
        deals.map(row).collect_view()
    });
    view! {
        <table class="report-table">
            <thead>
                <tr>{head.collect_view()}</tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
