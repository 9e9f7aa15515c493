//! The table of deals. Of thousands of rows only those in view are in the page.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::{Listing, is_filtered, selection::SelectionBar};
use crate::domain::deal::{Deal, Outcome};
use crate::domain::filter::{Column, Filter, Sort, Tab, shown_close};
use crate::domain::id::DealId;
use crate::domain::list::ListKind;
use crate::domain::money::{Chance, Money};
use crate::domain::process::Color;
use crate::domain::stats::is_stale;
use crate::domain::workspace::Workspace;
use crate::route::Route;
use crate::ui::app::{formats_of, use_app};
use crate::ui::parts::process_mark::color_class;
use crate::ui::parts::{Empty, ProcessMark, RowWindow};
use crate::web::{clock, dom};

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

/// The cells of a row, with their classes: those of both tabs, since hiding a
/// cell is cheaper than making it.
const CELLS: [(Column, &str); 10] = [
    (Column::Name, "col-name"),
    (Column::Customer, "col-customer"),
    (Column::Process, "col-process"),
    (Column::Stage, "col-stage only-open"),
    (Column::Status, "col-stage only-closed"),
    (Column::Value, "col-value"),
    (Column::Chance, "col-chance only-open"),
    (Column::Owner, "col-owner"),
    (Column::Close, "col-close"),
    (Column::Created, "col-created"),
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
    let selected = RwSignal::new(BTreeSet::<DealId>::new());
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
    view! {
        <th class=class scope="col" aria-sort=state>
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

/// What the cells of a row show.
#[derive(Debug, Clone, PartialEq)]
struct Cells {
    href: String,
    name: String,
    customer: String,
    color: Color,
    process: String,
    stage: String,
    stale: bool,
    outcome: Option<Outcome>,
    value: String,
    chance: Chance,
    chance_text: String,
    owner: String,
    close: String,
    created: String,
}

impl Cells {
    fn of(workspace: &Workspace, deal: &Deal) -> Option<Self> {
        let formats = formats_of(workspace);
        let process = workspace.processes.get(&deal.process)?;
        let stage = deal.current_stage(process).id();
        let stage = stage.and_then(|id| process.stage(id));
        let chance = deal.chance(process);
        let money = |value: Money| formats.money(value.minor().into());
        Some(Self {
            href: Route::Deal(deal.id).href(),
            name: deal.name.to_string(),
            customer: workspace.customer_name(deal.customer).to_owned(),
            color: process.color,
            process: process.name.to_string(),
            stage: stage
                .map_or("Stage unknown", |stage| stage.name.as_str())
                .to_owned(),
            stale: is_stale(deal, process, clock::now()),
            outcome: deal.outcome(),
            value: deal.value.map(money).unwrap_or_default(),
            chance,
            chance_text: formats.chance(chance),
            owner: workspace
                .entry_name(ListKind::Owners, deal.owner)
                .to_owned(),
            close: shown_close(deal)
                .map(|date| formats.date(date))
                .unwrap_or_default(),
            created: formats.date(deal.created),
        })
    }

    /// What narrow screens show below the name, beside the customer.
    fn state(&self) -> &str {
        match self.outcome {
            Some(outcome) => outcome.title(),
            None => &self.stage,
        }
    }
}

/// The cells of a row that is in the page: they stay while what they show changes.
#[derive(Clone, Copy)]
struct Row(Memo<Option<Cells>>);

impl Row {
    /// What it shows in one place; follows it.
    fn get<T: Default>(self, of: impl FnOnce(&Cells) -> T) -> T {
        self.0
            .with(|cells| cells.as_ref().map(of))
            .unwrap_or_default()
    }
}

/// The list as its rows follow it: those in view at once, and the others when
/// the frame that shows the change has been made.
#[derive(Clone, Copy)]
struct Followed {
    ids: Memo<Vec<DealId>>,
    window: RowWindow,
    later: RwSignal<()>,
}

impl Followed {
    fn new(ids: Memo<Vec<DealId>>, window: RowWindow) -> Self {
        let later = RwSignal::new(());
        Effect::new(move |_| {
            ids.track();
            dom::after_frame(move || {
                later.try_set(());
            });
        });
        Self { ids, window, later }
    }

    /// The deal at a place; follows it.
    fn id(self, at: usize) -> Option<DealId> {
        let of = |ids: &Vec<DealId>| ids.get(at).copied();
        if self.window.is_seen(at) {
            self.ids.with(of)
        } else {
            self.later.track();
            self.ids.with_untracked(of)
        }
    }
}

/// The row at a place of the list, whichever deal is there: another order
/// changes the texts in the rows, and makes no new ones. Without a deal it is
/// hidden, with the texts of the last one.
#[component]
fn DealRow(at: usize, listing: Followed, selected: RwSignal<BTreeSet<DealId>>) -> impl IntoView {
    let app = use_app();
    let id = Memo::new(move |_| listing.id(at));
    let row = Row(Memo::new(move |before: Option<&Option<Cells>>| {
        let Some(id) = id.get() else {
            return before.cloned().flatten();
        };
        let deal = app.store.deal(id)?;
        app.store.setup(|workspace| Cells::of(workspace, &deal))
    }));
    let is_selected = Memo::new(move |_| {
        id.get()
            .is_some_and(|id| selected.with(|selected| selected.contains(&id)))
    });
    let select = move |event| {
        let on = event_target_checked(&event);
        let Some(id) = id.get_untracked() else { return };
        selected.update(|selected| {
            if on {
                selected.insert(id)
            } else {
                selected.remove(&id)
            };
        });
    };
    view! {
        <tr
            class="row"
            class:row-selected=move || is_selected.get()
            hidden=move || id.with(Option::is_none)
            aria-rowindex=(at + 2).to_string()
        >
            <td class="col-select">
                <input
                    type="checkbox"
                    aria-label=move || row.get(|cells| format!("Select {}", cells.name))
                    prop:checked=move || is_selected.get()
                    on:change=select
                />
            </td>
            {CELLS.map(|(by, class)| cell(by, class, row))}
        </tr>
    }
}

fn cell(by: Column, class: &'static str, row: Row) -> AnyView {
    let text = |of: fn(&Cells) -> &str| {
        let text = move || row.get(|cells| of(cells).to_owned());
        view! { <td class=class><span class="cell" dir="auto">{text}</span></td> }.into_any()
    };
    match by {
        Column::Name => name_cell(class, row),
        Column::Customer => text(|cells| &cells.customer),
        Column::Process => {
            let mark =
                Memo::new(move |_| row.get(|cells| Some((cells.color, cells.process.clone()))));
            let mark = move || {
                mark.get()
                    .map(|(color, name)| view! { <ProcessMark color name /> })
            };
            view! { <td class=class><span class="cell">{mark}</span></td> }.into_any()
        }
        Column::Status => {
            let badge = move || {
                row.get(|cells| match cells.outcome {
                    Some(Outcome::Won) => "badge badge-won",
                    Some(Outcome::Lost) => "badge badge-lost",
                    Some(Outcome::Outdated) => "badge badge-outdated",
                    None => "badge",
                })
            };
            let title = move || row.get(|cells| cells.outcome.map_or("Open", Outcome::title));
            view! { <td class=class><span class=badge>{title}</span></td> }.into_any()
        }
        Column::Value => text(|cells| &cells.value),
        Column::Chance => {
            let color = move || row.get(|cells| format!("chance {}", color_class(cells.color)));
            let width = move || {
                let permille = row.get(|cells| cells.chance.permille());
                format!("{}%", f64::from(permille) / 10.0)
            };
            view! {
                <td class=class>
                    <span class=color>
                        <span class="chance-track" aria-hidden="true">
                            <span class="chance-bar" style:width=width></span>
                        </span>
                        <span class="chance-text">
                            {move || row.get(|cells| cells.chance_text.clone())}
                        </span>
                    </span>
                </td>
            }
            .into_any()
        }
        Column::Owner | Column::Category | Column::Touched => text(|cells| &cells.owner),
        Column::Stage => {
            let stage = move || row.get(|cells| cells.stage.clone());
            let stale = Memo::new(move |_| row.get(|cells| cells.stale));
            let badge = move || {
                stale
                    .get()
                    .then(|| view! { <span class="badge badge-warn">"Stale"</span> })
            };
            view! {
                <td class=class>
                    <span class="cell-with-badge">
                        <span class="cell" dir="auto">{stage}</span>
                        {badge}
                    </span>
                </td>
            }
            .into_any()
        }
        Column::Close => text(|cells| &cells.close),
        Column::Created => text(|cells| &cells.created),
    }
}

fn name_cell(class: &'static str, row: Row) -> AnyView {
    let separator = move || {
        row.get(|cells| {
            if cells.customer.is_empty() {
                ""
            } else {
                " · "
            }
        })
    };
    view! {
        <td class=class>
            <a class="cell deal-link" dir="auto" href=move || row.get(|cells| cells.href.clone())>
                {move || row.get(|cells| cells.name.clone())}
            </a>
            <span class="cell cell-more" aria-hidden="true">
                <bdi>{move || row.get(|cells| cells.customer.clone())}</bdi>
                {separator}
                <bdi>{move || row.get(|cells| cells.state().to_owned())}</bdi>
                {move || row.get(|cells| if cells.stale { " · Stale" } else { "" })}
            </span>
        </td>
    }
    .into_any()
}
