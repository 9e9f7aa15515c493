//! Which columns the table has: chosen and put in order in a dialog, told in
//! the address, remembered in this browser.

use std::collections::BTreeSet;

use leptos::html;

use super::Listing;
use super::layout::{LayoutSwitch, ProcessSwitch};
use crate::domain::read::column::Column;
use crate::domain::read::columns::{Columns, Sort};
use crate::domain::read::filter::Tab;
use crate::domain::value::order::Gather;
use crate::ui::app::{App, use_app};
use crate::ui::parts::drag::{Drag, Handle};
use crate::ui::parts::select::options;
use crate::ui::parts::{Dialog, Icon, OfferButton, Tool};
use crate::ui::prelude::*;
use crate::web::{dom, preferences};

/// The columns of a tab that were chosen last in this browser.
pub(super) fn remembered(tab: Tab) -> Option<Columns> {
    let text = preferences::columns(tab).get()?;
    Some(Columns::parse(tab, &text))
}

/// The columns of a tab until a person chooses others. While there is one
/// process, to name it at each deal says nothing.
pub(super) fn usual(app: App, tab: Tab) -> Columns {
    let usual = Columns::usual(tab);
    if app.store.setup(|workspace| workspace.processes.len()) > 1 {
        usual
    } else {
        usual.without(Column::Process)
    }
}

/// What stands at the head of the list.
#[component]
pub(super) fn ListHead(listing: Listing) -> impl IntoView {
    let choosing = RwSignal::new(false);
    let on_close = Callback::new(move |()| choosing.set(false));
    let is_board = memo(move || listing.board.with(Option::is_some));
    view! {
        <div class="list-head" class:of-board=move || is_board.get()>
            <LayoutSwitch listing />
            <Show
                when=move || is_board.get()
                fallback=move || {
                    view! {
                        {hidden_order(listing)}
                        <OfferButton text="Columns" icon="columns" act=move |()| choosing.set(true) />
                    }
                }
            >
                <ProcessSwitch listing />
            </Show>
            <SortBy listing />
        </div>
        {use_app().chunks.work.over(choosing, move |it| (it.columns)(listing, on_close))}
    }
}

/// By what the list is sorted, where no heading tells.
fn hidden_order(listing: Listing) -> impl IntoView {
    let words = move || {
        let tab = listing.tab();
        let sort = listing.view.with(|view| view.sort);
        let is_shown = listing.columns_of(tab).has(sort.column) && !sort.mine_first;
        (!is_shown).then(|| sort.in_words(tab))
    };
    following(move || words().map(|words| view! { <p class="sorted-by">{words}</p> }))
}

/// The order of the list, to be chosen where the table has no headings.
#[component]
fn SortBy(listing: Listing) -> impl IntoView {
    let app = use_app();
    let sort = memo(move || listing.view.with(|view| view.sort));
    let choices = move || {
        let tab = listing.tab();
        let all = Column::ALL.into_iter();
        let all = all.filter_map(|column| {
            Some((
                column.about().slug.to_owned(),
                column.heading(tab)?.to_owned(),
            ))
        });
        options(vec![(None, all.collect())], sort.get().column.about().slug)
    };
    let choose = move |event| {
        let column = Column::of_slug(&event_target_value(&event));
        if let Some(column) = column {
            listing.change(app, |view| view.sort = Sort::first_by(column));
        }
    };
    let icon = move || view! { <Icon name=if sort.get().descending { "down" } else { "up" } /> };
    view! {
        <div class="sort-by">
            <label for="sort-by">"Sort by"</label>
            <select class="input select" id="sort-by" on:change=choose>
                {move || choices()}
            </select>
            <button
                type="button"
                class="icon-button"
                aria-label="Reverse the order"
                title="Reverse the order"
                on:click=move |_| {
                    listing.change(app, |view| view.sort = view.sort.pressed(view.sort.column));
                }
            >
                {move || icon()}
            </button>
        </div>
    }
}

/// The columns that a tab has, in the order that is being made, and which of
/// them are chosen. The name is not among them: it is always the first.
#[derive(Clone, Copy)]
struct Choice {
    app: App,
    listing: Listing,
    tab: Tab,
    order: RwSignal<Vec<Column>>,
    chosen: RwSignal<BTreeSet<Column>>,
    /// What is said of the last move.
    said: RwSignal<String>,
}

impl Choice {
    fn new(app: App, listing: Listing) -> Self {
        let tab = untrack(|| listing.tab());
        let choice = Self {
            app,
            listing,
            tab,
            order: RwSignal::new(Vec::new()),
            chosen: RwSignal::new(BTreeSet::new()),
            said: RwSignal::new(String::new()),
        };
        choice.start_with(&untrack(|| listing.columns_of(tab)));
        choice
    }

    /// First those that are chosen, then the others.
    fn start_with(self, chosen: &Columns) {
        let is_other = |column: &Column| column.heading(self.tab).is_some() && !chosen.has(*column);
        let others = Column::ALL.into_iter().filter(is_other);
        self.order.set(chosen.iter().skip(1).chain(others).gather());
        self.chosen.set(chosen.iter().skip(1).gather());
    }

    /// Shows the columns as they are chosen, and remembers them.
    fn apply(self) {
        let columns = self.order.with_untracked(|order| {
            self.chosen.with_untracked(|chosen| {
                let wanted = order.iter().copied();
                Columns::of(self.tab, wanted.filter(|column| chosen.contains(column)))
            })
        });
        preferences::columns(self.tab).set(columns.text());
        self.listing
            .refine(self.app, |view| view.columns = Some(columns));
    }

    fn choose(self, column: Column, on: bool) {
        self.chosen.update(|chosen| {
            if on {
                chosen.insert(column)
            } else {
                chosen.remove(&column)
            };
        });
        self.apply();
    }

    /// Moves the column at one place to another; it keeps the focus on its
    /// part of that id.
    fn move_to(self, (from, to): (usize, usize), focus: &'static str) {
        let count = self.order.with_untracked(Vec::len);
        if from >= count || to >= count || from == to {
            return;
        }
        let moved = self.order.try_update(|order| {
            let column = order.remove(from);
            order.insert(to, column);
            column
        });
        self.apply();
        let Some(column) = moved else { return };
        dom::focus_soon(format!("{focus}-{}", column.about().slug));
        let name = column.heading(self.tab).unwrap_or_default();
        self.said
            .set(format!("{name} is now {} of {count}", to + 1));
    }

    /// Back to the usual columns, whichever they will be.
    fn reset(self) {
        preferences::columns(self.tab).forget();
        self.listing.remembered.notify();
        self.listing.refine(self.app, |view| view.columns = None);
        self.start_with(&untrack(|| usual(self.app, self.tab)));
    }
}

/// Chooses the columns of the table, and puts them in order.
#[component]
pub fn ColumnsDialog(listing: Listing, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let choice = Choice::new(use_app(), listing);
    let list = NodeRef::<html::Ol>::new();
    let on_move = Callback::new(move |places| choice.move_to(places, "column-handle"));
    let drag = Drag::new(list, on_move);
    view! {
        <Dialog title="Columns" on_close passing=true>
            <p class="dialog-text">
                "What is ticked is shown in this order, after the name."
            </p>
            <ol role="list" class="column-list" node_ref=list aria-label="Columns">
                <For
                    each=move || choice.order.get()
                    key=|column| *column
                    children=move |column| column_item(choice, column, drag)
                />
            </ol>
            <p class="visually-hidden" role="status">{move || choice.said.get()}</p>
            <div class="dialog-actions">
                <button type="button" class="button button-quiet" on:click=move |_| choice.reset()>
                    "Default columns"
                </button>
                <button
                    type="button"
                    class="button button-primary"
                    on:click=move |_| on_close.run(())
                >
                    "Done"
                </button>
            </div>
        </Dialog>
    }
}

fn column_item(choice: Choice, column: Column, drag: Drag) -> impl IntoView {
    let slug = column.about().slug;
    let name = column.heading(choice.tab).unwrap_or_default();
    let place = memo(move || {
        let place = |order: &Vec<Column>| order.iter().position(|other| *other == column);
        choice.order.with(place).unwrap_or_default()
    });
    let is_last = move || place.get() + 1 == choice.order.with(Vec::len);
    let is_chosen = move || choice.chosen.with(|chosen| chosen.contains(&column));
    let up = move |()| {
        let place = place.get_untracked();
        choice.move_to((place, place.saturating_sub(1)), "column-up");
    };
    let down = move |()| {
        let place = place.get_untracked();
        choice.move_to((place, place + 1), "column-down");
    };
    view! {
        <li
            class="column-item"
            class:edit-dragged=move || drag.is_dragged(place.get())
            class:edit-lands-before=move || drag.lands_before(place.get())
            class:edit-lands-after=move || is_last() && drag.lands_after(place.get())
        >
            <Handle id=format!("column-handle-{slug}") label=Signal::stored(name.to_owned()) drag place />
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=is_chosen
                    on:change=move |event| choice.choose(column, event_target_checked(&event))
                />
                <span>{name}</span>
            </label>
            <Tool
                icon="up"
                id=format!("column-up-{slug}")
                label=Signal::stored(format!("Move {name} up"))
                off=derived(move || place.get() == 0)
                act=up
            />
            <Tool
                icon="down"
                id=format!("column-down-{slug}")
                label=Signal::stored(format!("Move {name} down"))
                off=derived(is_last)
                act=down
            />
        </li>
    }
}
