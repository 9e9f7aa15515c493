//! How the list is laid out: as a table or as a board, and of which process.

use super::Listing;
use crate::domain::read::columns::Layout;
use crate::domain::read::filter::{Filter, Kind, Tab, choices};
use crate::ui::app::use_app;
use crate::ui::offers::Offer;
use crate::ui::parts::select::options;
use crate::ui::prelude::*;

/// The buttons "Table" and "Board"; closed deals have no board.
#[component]
pub(super) fn LayoutSwitch(listing: Listing) -> impl IntoView {
    let app = use_app();
    let is_open = memo(move || listing.tab() == Tab::Open);
    let shown = memo(move || listing.view.with(|view| view.layout));
    let show = move |layout: Layout| {
        listing.change(app, |view| *view = view.clone().in_layout(layout));
    };
    let button = move |layout: Layout, text: &'static str| {
        view! {
            <button
                type="button"
                class="segment"
                aria-pressed=move || (shown.get() == layout).to_string()
                on:click=move |_| show(layout)
            >
                {text}
            </button>
        }
    };
    app.offers.add(move || {
        let (layout, icon, text) = match shown.get() {
            Layout::Table => (Layout::Board, "board", "Board"),
            Layout::Board => (Layout::Table, "columns", "Table"),
        };
        let offer = is_open
            .get()
            .then(|| Offer::new(icon, text, move || show(layout)));
        offer.into_iter().collect()
    });
    view! {
        <Show when=move || is_open.get()>
            <div class="segments" role="group" aria-label="Layout">
                {button(Layout::Table, "Table")} {button(Layout::Board, "Board")}
            </div>
        </Show>
    }
}

/// Which process the board shows; not there while there is but one.
#[component]
pub(super) fn ProcessSwitch(listing: Listing) -> impl IntoView {
    const LABEL: &str = "Sales process of the board";
    let app = use_app();
    // An archived process can be looked at while deals are in it, or when it is
    // the one that is shown.
    let processes = memo(move || {
        let filter = Filter {
            process: listing.board.get().into_iter().collect(),
            ..Filter::default()
        };
        app.store.index(|index, workspace| {
            let all = choices(workspace, &filter, Kind::Process, &|id| index.is_used(id));
            let all = all.into_iter().map(|choice| (choice.value, choice.name));
            all.collect::<Vec<_>>()
        })
    });
    let is_choice = memo(move || processes.with(|processes| processes.len() > 1));
    let chosen = move || {
        listing
            .board
            .get()
            .map(|id| id.to_string())
            .unwrap_or_default()
    };
    let choose = move |event| {
        if let Ok(process) = event_target_value(&event).parse() {
            listing.look_at(app, process);
        }
    };
    view! {
        <Show when=move || is_choice.get()>
            <select class="input select board-process" aria-label=LABEL title=LABEL on:change=choose>
                {move || options(vec![(None, processes.get())], &chosen())}
            </select>
        </Show>
    }
}
