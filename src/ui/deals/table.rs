//! The table of deals. Of thousands of rows only those in view are in the page.

use std::collections::BTreeSet;

use super::row::{DealRow, Followed};
use super::{Listing, is_filtered, selection::SelectionBar};
use crate::domain::read::filter::{Column, Filter, Sort, Tab};
use crate::domain::value::id::DealId;
use crate::ui::app::{App, use_app};
use crate::ui::parts::{Empty, RowWindow};
use crate::ui::prelude::*;

/// A column that is shown: by what it sorts, its heading, its class.
type Shown = (Column, &'static str, &'static str);

const OPEN: [Shown; 9] = [
    (Column::Name, "Name", "col-name"),
    (Column::Customer, "Customer", "col-customer"),
    (Column::Process, "Process", "col-process"),
    (Column::Stage, "Stage", "col-stage"),
    (Column::Value, "Value", "col-value"),
    (Column::Chance, "Chance", "col-chance"),
    (Column::Owner, "Owner", "col-owner"),
    (Column::Close, "Expected close", "col-close"),
    (Column::Created, "Created", "col-created"),
];

const CLOSED: [Shown; 8] = [
    (Column::Name, "Name", "col-name"),
    (Column::Customer, "Customer", "col-customer"),
    (Column::Process, "Process", "col-process"),
    (Column::Status, "Status", "col-stage"),
    (Column::Value, "Value", "col-value"),
    (Column::Owner, "Owner", "col-owner"),
    (Column::Close, "Closed", "col-close"),
    (Column::Created, "Created", "col-created"),
];

fn columns(tab: Tab, processes: usize) -> Vec<Shown> {
    let all = if tab == Tab::Open {
        OPEN.as_slice()
    } else {
        CLOSED.as_slice()
    };
    all.iter()
        .copied()
        .filter(|(column, ..)| *column != Column::Process || processes > 1)
        .collect()
}

/// The table of deals of a tab.
#[component]
pub fn DealTable(listing: Listing) -> impl IntoView {
    let app = use_app();
    let selected = app
        .router
        .memory()
        .keep("selected", BTreeSet::<DealId>::new());
    let count = Memo::new(move |_| listing.ids.with(Vec::len));
    let window = RowWindow::new(count);
    // What is not there any more can't be selected.
    Effect::new(move |_| {
        app.store.index(|_, _| ());
        let gone = selected.with_untracked(|selected| {
            !selected.is_empty()
                && app
                    .store
                    .peek(|w| selected.iter().any(|id| !w.deals.contains_key(id)))
        });
        if gone {
            selected.update(|selected| {
                app.store
                    .peek(|w| selected.retain(|id| w.deals.contains_key(id)));
            });
        }
    });
    Effect::new(move |before: Option<Tab>| {
        let tab = listing.tab();
        if before.is_some_and(|before| before != tab) {
            selected.set(BTreeSet::new());
        }
        tab
    });
    let places = Memo::new(move |before: Option<&Vec<usize>>| window.places(before));
    let follow = Followed::new(listing.ids, window);
    let is_empty = Memo::new(move |_| count.get() == 0);
    // What was made once is hidden, and comes back as it was.
    let was_filled =
        Memo::new(move |before: Option<&bool>| before == Some(&true) || !is_empty.get());
    let shown = Memo::new(move |_| {
        columns(
            listing.tab(),
            app.store.setup(|workspace| workspace.processes.len()),
        )
    });
    let span = Signal::derive(move || shown.with(Vec::len) + 1);
    let label = move || {
        if listing.tab() == Tab::Open {
            "Open deals"
        } else {
            "Closed deals"
        }
    };
    let class = move || {
        let tab = if listing.tab() == Tab::Open {
            "of-open"
        } else {
            "of-closed"
        };
        let is_plain = shown.with(|shown| shown.iter().all(|(by, ..)| *by != Column::Process));
        format!(
            "deal-table {tab}{}",
            if is_plain { " of-one-process" } else { "" }
        )
    };
    view! {
        <SelectionBar listing selected />
        <Show when=move || is_empty.get()>
            <NothingFits listing />
        </Show>
        <Show when=move || was_filled.get()>
            <table
                class=class
                hidden=move || is_empty.get()
                aria-label=label
                aria-rowcount=move || (count.get() + 1).to_string()
            >
                <thead>
                    <tr aria-rowindex="1">
                        <th class="col-select" scope="col">
                            <SelectAll listing selected />
                        </th>
                        <For
                            each=move || shown.get()
                            key=|(by, text, _)| (*by, *text)
                            children=move |column| view! { <Heading listing column /> }
                        />
                    </tr>
                </thead>
                <tbody node_ref=window.body>
                    {window.above(span)}
                    <For
                        each=move || places.get()
                        key=|at| *at
                        children=move |at| view! { <DealRow at listing=follow selected /> }
                    />
                    {window.below(span)}
                </tbody>
            </table>
        </Show>
    }
}

#[component]
fn NothingFits(listing: Listing) -> impl IntoView {
    let app = use_app();
    let filtered = Memo::new(move |_| listing.view.with(|view| is_filtered(&view.filter)));
    move || {
        if filtered.get() {
            view! {
                <Empty icon="search" title="No deal fits" text="No deal of this tab fits all filters.">
                    <button
                        type="button"
                        class="button"
                        on:click=move |_| {
                            listing.change(app, |view| view.filter = Filter::default());
                        }
                    >
                        "Show all deals"
                    </button>
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
    }
}

#[component]
fn SelectAll(listing: Listing, selected: RwSignal<BTreeSet<DealId>>) -> impl IntoView {
    let counts = Memo::new(move |_| (selected.with(BTreeSet::len), listing.ids.with(Vec::len)));
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

/// How wide a digit of an amount is, with some air; what is beside the amount;
/// and the width that the style sheet gives to the column in any case.
const DIGIT_REM: f64 = 0.55;
const PADDING_REM: f64 = 1.5;
const LEAST_REM: f64 = 7.25;

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

#[component]
fn Heading(listing: Listing, column: Shown) -> impl IntoView {
    let app = use_app();
    let (by, text, class) = column;
    let sort = Memo::new(move |_| listing.view.with(|view| view.sort));
    let state = move || match sort.get() {
        Sort { column, descending } if column == by => {
            if descending {
                "descending"
            } else {
                "ascending"
            }
        }
        _ => "none",
    };
    // Numbers and dates are most often wanted from the greatest down.
    let first_descending = matches!(
        by,
        Column::Value | Column::Chance | Column::Created | Column::Close
    );
    let choose = move |_| {
        listing.change(app, |view| {
            let again = view.sort.column == by;
            let descending = if again {
                !view.sort.descending
            } else {
                first_descending
            };
            view.sort = Sort {
                column: by,
                descending,
            };
        });
    };
    // An amount is never cut: the column is as wide as the widest of them.
    let width = Memo::new(move |_| {
        let widest = (by == Column::Value).then(|| widest_amount(app))?;
        let room_rem = widest as f64 * DIGIT_REM + PADDING_REM;
        (room_rem > LEAST_REM).then(|| format!("{room_rem}rem"))
    });
    view! {
        <th class=class scope="col" aria-sort=state style:inline-size=width>
            <button type="button" class="sort" on:click=choose>
                <span>{text}</span>
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
}
