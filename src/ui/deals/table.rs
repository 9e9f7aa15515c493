//! The table of deals. Of thousands of rows only those in view are in the page.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::html;

use super::cell::class_of;
use super::row::{DealRow, Followed, Layout};
use super::{Listing, is_filtered};
use crate::domain::read::column::{Column, Width};
use crate::domain::read::columns::{Columns, Sort};
use crate::domain::read::filter::{Filter, Tab};
use crate::domain::value::id::DealId;
use crate::route::{DealsView, Route};
use crate::ui::app::{App, use_app};
use crate::ui::parts::{Empty, RowWindow};
use crate::ui::prelude::*;
use crate::web::dom;
use crate::web::length::length;

/// The table of deals of a tab.
#[component]
pub fn DealTable(listing: Listing) -> impl IntoView {
    let app = use_app();
    let selected = listing.selected;
    let count = memo(move || listing.ids.with(Vec::len));
    let window = RowWindow::new(count);
    let places = Memo::new(move |before: Option<&Vec<usize>>| window.places(before));
    let follow = Followed::new(listing.ids, window);
    let is_empty = memo(move || count.get() == 0);
    // What was made once is hidden, and comes back as it was.
    let was_filled =
        Memo::new(move |before: Option<&bool>| before == Some(&true) || !is_empty.get());
    let is_all = memo(move || listing.tab() == Tab::All);
    let layout: Memo<Layout> = memo(move || {
        let of = |tab| listing.columns_of(tab);
        // Rows are made anew for all deals, and not between the other two.
        Arc::new(match is_all.get() {
            true => of(Tab::All).iter().map(|column| (column, None)).collect(),
            false => of(Tab::Open).and_of_closed(&of(Tab::Closed)),
        })
    });
    let span = derived(move || layout.with(|cells| cells.len()) + 1);
    let widths = memo(move || widths(app, &listing.columns_of(listing.tab())));
    let head = NodeRef::<html::Thead>::new();
    let body = window.body;
    let is_aside = RwSignal::new(false);
    // Head and body scroll sideways together: apart they let the head stay in
    // view while the page scrolls.
    let from_head = move |_| {
        is_aside.set(dom::scroll_along(
            head.get_untracked(),
            body.get_untracked(),
        ))
    };
    let from_body = move |_| {
        is_aside.set(dom::scroll_along(
            body.get_untracked(),
            head.get_untracked(),
        ))
    };
    let label = move || listing.tab().title();
    let class = move || match listing.tab() {
        Tab::Open => "deal-table of-open",
        Tab::Closed => "deal-table of-closed",
        Tab::All => "deal-table of-all",
    };
    view! {
        <Show when=move || is_empty.get()>
            <NothingFits listing />
        </Show>
        <Show when=move || was_filled.get()>
            <table
                role="table"
                class=class
                class:is-aside=move || is_aside.get()
                hidden=move || is_empty.get()
                aria-label=label
                aria-rowcount=move || (count.get() + 1).to_string()
                style=("--columns", move || widths.with(|widths| widths.tracks.clone()))
                style=("--rest", move || widths.with(|widths| widths.rest.clone()))
            >
                <thead role="rowgroup" node_ref=head on:scroll=from_head>
                    <tr role="row" aria-rowindex="1">
                        <th role="columnheader" class="col-select" scope="col">
                            <SelectAll listing selected />
                        </th>
                        {move || {
                            let layout = layout.get();
                            let headings = layout.iter();
                            headings
                                .map(|(column, only)| heading(listing, *column, *only))
                                .collect::<Vec<_>>()
                        }}
                    </tr>
                </thead>
                <tbody role="rowgroup" node_ref=body on:scroll=from_body>
                    {window.above(span)}
                    <For
                        each=move || places.get()
                        key=|at| *at
                        children=move |at| view! { <DealRow at listing=follow layout selected /> }
                    />
                    {window.below(span)}
                </tbody>
            </table>
        </Show>
    }
}

/// What stands in the place of a list without deals.
#[component]
pub(super) fn NothingFits(listing: Listing) -> impl IntoView {
    let app = use_app();
    let filter = memo(move || listing.view.with(|view| view.filter.clone()));
    let all = move || {
        view! {
            <button
                type="button"
                class="button"
                on:click=move |_| {
                    listing.change(app, |view| view.filter = Filter::default());
                    // The button goes where there is a deal to show.
                    dom::catch_focus_in_place("#heading");
                }
            >
                "Show all deals"
            </button>
        }
    };
    following(move || {
        if filter.with(|filter| *filter == DealsView::today().filter) {
            let without = Route::Deals(DealsView::without_next_step()).href();
            view! {
                <Empty
                    icon="check"
                    title="Nothing is due today"
                    text="Every next step that was due is done."
                >
                    <a class="button" href=without>"Deals without a next step"</a>
                    {all()}
                </Empty>
            }
            .into_any()
        } else if filter.with(is_filtered) {
            view! {
                <Empty icon="search" title="No deal fits" text="No deal of this tab fits all filters.">
                    {all()}
                </Empty>
            }
            .into_any()
        } else if listing.tab() == Tab::Open {
            view! { <Empty icon="deals" title="No open deals" text="Every deal you have is closed." /> }
                .into_any()
        } else {
            view! {
                <Empty
                    icon="deals"
                    title="No closed deals yet"
                    text="Deals marked as won, lost or outdated move here, with what they teach."
                />
            }
            .into_any()
        }
    })
}

#[component]
fn SelectAll(listing: Listing, selected: RwSignal<BTreeSet<DealId>>) -> impl IntoView {
    let counts = memo(move || (selected.with(BTreeSet::len), listing.ids.with(Vec::len)));
    let all = move || counts.with(|(chosen, listed)| *chosen > 0 && chosen >= listed);
    let some = move || counts.with(|(chosen, listed)| *chosen > 0 && chosen < listed);
    view! {
        <input
            type="checkbox"
            aria-label="Select all"
            prop:checked=all
            prop:indeterminate=some
            on:change=move |event| {
                if event_target_checked(&event) {
                    selected.set(listing.ids.with_untracked(|ids| ids.iter().copied().collect()));
                } else {
                    selected.set(BTreeSet::new());
                }
            }
        />
    }
}

/// How wide the columns are, as the style sheet takes it.
#[derive(Debug, Clone, PartialEq)]
struct Widths {
    /// The tracks of the grid that each row is, after the box to select it.
    tracks: String,
    /// What all but the name take together.
    rest: String,
}

/// How wide a digit of an amount is, with some air; what is beside the amount.
const DIGIT_REM: f64 = 0.55;
const PADDING_REM: f64 = 1.25;

fn widths(app: App, columns: &Columns) -> Widths {
    let amount_rem = || widest_amount(app) as f64 * DIGIT_REM + PADDING_REM;
    let mut rest_rem = 0.0;
    let mut tracks = Vec::new();
    for column in columns.iter() {
        let rem = match column.about().width {
            Width::Rest => {
                tracks.push("minmax(var(--name), 1fr)".to_owned());
                continue;
            }
            Width::Narrow => 5.5,
            Width::Middle => 7.5,
            // An amount is never cut.
            Width::Amount => amount_rem().max(6.25),
            Width::Wide => 8.25,
            Width::Broad => 13.0,
        };
        rest_rem += rem;
        tracks.push(length(rem, "rem"));
    }
    Widths {
        tracks: tracks.join(" "),
        rest: length(rest_rem, "rem"),
    }
}

/// How many characters the widest amount of all deals has.
fn widest_amount(app: App) -> usize {
    let formats = app.formats();
    let widest = app.store.index(|index, workspace| {
        let decimals = u32::from(workspace.currency().decimals);
        index.widest_values(10i64.pow(decimals))
    });
    let texts = widest.into_iter().flatten();
    let lengths = texts.map(|value| formats.money(value.minor().into()).chars().count());
    lengths.max().unwrap_or_default()
}

/// The heading of a column, which sorts by it.
fn heading(listing: Listing, column: Column, only: Option<Tab>) -> AnyView {
    let app = use_app();
    let sort = memo(move || listing.view.with(|view| view.sort));
    let state = move || match sort.get() {
        Sort { column: by, .. } if by != column => "none",
        Sort { descending, .. } if descending => "descending",
        _ => "ascending",
    };
    let text = move || column.heading(listing.tab());
    let choose = move |_| {
        listing.change(app, |view| view.sort = view.sort.pressed(column));
    };
    view! {
        // Named by itself: WebKit names no heading of rows that are grids.
        <th
            role="columnheader"
            class=class_of(column, only)
            scope="col"
            aria-label=text
            aria-sort=state
        >
            <button type="button" class="sort" on:click=choose>
                <span class="cell">{move || text()}</span>
                <span class="sort-mark" aria-hidden="true">
                    {move || match state() {
                        "ascending" => "↑",
                        "descending" => "↓",
                        _ => "",
                    }}
                </span>
            </button>
        </th>
    }
    .into_any()
}
