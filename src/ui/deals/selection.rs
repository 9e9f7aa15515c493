//! What is done with the deals that are ticked in the table.

use std::collections::BTreeSet;

use super::Listing;
use super::bulk::{Ask, BulkDialog};
use crate::domain::change::bulk::with_next_step;
use crate::domain::change::command::Command;
use crate::domain::read::filter::Tab;
use crate::domain::record::deal::Outcome;
use crate::domain::value::id::{DealId, StageId};
use crate::domain::value::text::counted;
use crate::ui::app::use_app;
use crate::ui::parts::{Confirm, Icon, Menu, MenuItem};
use crate::ui::prelude::*;
use crate::web::{clock, dom};

/// Keeps the selection to what the list shows: what a filter hides, another
/// tab has closed or deleted, or the other tab of the page or the board of
/// another process has, is not selected.
pub fn keep_to_list(listing: Listing) {
    let app = use_app();
    let selected = listing.selected;
    effect(move || {
        let before = selected.get();
        if before.is_empty() {
            return;
        }
        app.store.index(|_, _| ());
        listing.wanted.track();
        let process = listing.board.get();
        let shown = listing.wanted.with_untracked(|(tab, filter)| {
            let now = clock::here();
            app.store.peek_index(|index, w| {
                let mut shown = index.among(w, &before, (filter, *tab), now);
                let of_board = |id: &DealId| {
                    let deal = w.deals.get(id);
                    process.is_none() || deal.map(|deal| deal.process) == process
                };
                shown.retain(of_board);
                shown
            })
        });
        if shown != before {
            selected.set(shown);
        }
    });
}

/// Whether the deal that is shown in some place is selected, and what the box
/// there does when it is ticked or not any more.
pub(super) fn tick_box(
    selected: RwSignal<BTreeSet<DealId>>,
    id: Memo<Option<DealId>>,
) -> (Memo<bool>, Callback<bool>) {
    let is_selected = memo(move || {
        id.get()
            .is_some_and(|id| selected.with(|selected| selected.contains(&id)))
    });
    let select = Callback::new(move |on: bool| {
        let Some(id) = id.get_untracked() else { return };
        selected.update(|selected| {
            if on {
                selected.insert(id)
            } else {
                selected.remove(&id)
            };
        });
    });
    (is_selected, select)
}

/// The place of the bar that appears while deals are selected.
#[component]
pub(super) fn SelectionBar(listing: Listing) -> impl IntoView {
    let app = use_app();
    // It stays: a dialog of it may be open when the last deal is taken out.
    let was_any = Memo::new(move |before: Option<&bool>| {
        listing.selected.with(|selected| !selected.is_empty())
            || before.copied().unwrap_or_default()
    });
    view! {
        <Show when=move || was_any.get()>
            {app.chunks.work.view(move |it| (it.selection)(listing))}
        </Show>
    }
}

/// The bar with what can be done with the selected deals.
#[component]
pub fn Selection(listing: Listing) -> impl IntoView {
    let app = use_app();
    let selected = listing.selected;
    let deleting = RwSignal::new(false);
    let asking = RwSignal::new(None::<Ask>);
    let count = move || selected.with(BTreeSet::len);
    // The bar goes, and with it what had the focus.
    let clear = move || {
        selected.set(BTreeSet::new());
        dom::catch_focus_in_place("#heading");
    };
    let delete = move |()| {
        deleting.set(false);
        if app
            .run(Command::DeleteDeals(selected.get_untracked()))
            .is_some()
        {
            clear();
        }
    };
    let reopen = move |()| {
        if app.run(Command::Reopen(selected.get_untracked())).is_some() {
            clear();
        }
    };
    let with_step = move || {
        let deals = selected.get();
        app.store.peek(|w| with_next_step(w, &deals))
    };
    let do_step = move |()| {
        let deals = untrack(with_step);
        if app.run(Command::DoNextStep(deals)).is_some() {
            clear();
        }
    };
    let has_processes = memo(move || app.store.setup(|w| w.choosable_processes(None).len() > 1));
    let items = derived(move || {
        let item = |text: &str, act: Callback<()>| MenuItem::new(text, act);
        let ask = |text: &str, ask: Ask| item(text, Callback::new(move |()| asking.set(Some(ask))));
        let mut items = Vec::new();
        if listing.tab() == Tab::Open {
            if has_processes.get() {
                items.push(ask("Sales process…", Ask::Process));
            }
            items.push(ask("Next step…", Ask::NextStep));
            if !with_step().is_empty() {
                items.push(item("Next step done", Callback::new(do_step)));
            }
            items.push(ask("Expected close…", Ask::ExpectedClose));
            items.push(ask("Snooze…", Ask::Snooze));
        }
        items.push(ask("Owner…", Ask::Owner));
        items.push(ask("Category…", Ask::Category));
        if listing.tab() == Tab::Open {
            for outcome in Outcome::ALL {
                let text = format!("Mark as {}…", outcome.slug());
                items.push(ask(&text, Ask::Close(outcome)));
            }
        } else if listing.tab() == Tab::Closed {
            items.push(item("Reopen", Callback::new(reopen)));
        }
        items
    });
    // On the board all are of its process.
    let stages = derived(move || {
        let stages = app.store.setup(|setup| {
            let process = listing.board.get();
            let process = process.and_then(|id| setup.processes.get(&id));
            let stages = process.into_iter().flat_map(|process| &process.stages);
            let stages = stages.map(|stage| (stage.id, stage.name.to_string()));
            stages.collect::<Vec<_>>()
        });
        let item = |(stage, name): (StageId, String)| {
            let act = move |()| {
                let deals = selected.get_untracked();
                if app.run(Command::MoveToStage { deals, stage }).is_some() {
                    clear();
                }
            };
            MenuItem::new(name, Callback::new(act))
        };
        stages.into_iter().map(item).collect::<Vec<_>>()
    });
    let done = move |done: bool| {
        asking.set(None);
        if done {
            clear();
        }
    };
    view! {
        <Show when=move || count() != 0>
            <div class="selection-bar" role="group" aria-label="Selected deals">
                <span>{move || format!("{} selected", counted(count(), "deal"))}</span>
                <Show when=move || listing.board.with(Option::is_some)>
                    <Menu label="Move to stage" items=stages offered="Selected deals" />
                </Show>
                <Menu label="Change…" items offered="Selected deals" />
                <button
                    type="button"
                    class="button button-small"
                    on:click=move |_| deleting.set(true)
                >
                    <Icon name="trash" />
                    "Delete"
                </button>
                <button
                    type="button"
                    class="button button-quiet button-small"
                    on:click=move |_| clear()
                >
                    "Clear selection"
                </button>
            </div>
        </Show>
        <Show when=move || deleting.get()>
            <Confirm
                title=format!("Delete {}?", counted(count(), "deal"))
                text="They are gone with their progress and history. Undo brings them back as long as this page is open."
                agree="Delete"
                danger=true
                on_agree=delete
                on_refuse=move |()| deleting.set(false)
            />
        </Show>
        {move || {
            asking
                .get()
                .map(|ask| {
                    view! { <BulkDialog ask deals=selected on_close=done /> }
                })
        }}
    }
}
