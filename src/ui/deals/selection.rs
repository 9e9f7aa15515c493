//! What is done with the deals that are ticked in the table.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::domain::command::Command;
use crate::domain::id::DealId;
use crate::domain::text::counted;
use crate::ui::app::use_app;
use crate::ui::parts::{Confirm, Icon};

/// The bar that appears while deals are selected.
#[component]
pub fn SelectionBar(selected: RwSignal<BTreeSet<DealId>>) -> impl IntoView {
    let app = use_app();
    let asking = RwSignal::new(false);
    let count = move || selected.with(BTreeSet::len);
    let delete = move |()| {
        asking.set(false);
        if app
            .run(Command::DeleteDeals(selected.get_untracked()))
            .is_some()
        {
            selected.set(BTreeSet::new());
        }
    };
    view! {
        <Show when=move || count() != 0>
            <div class="selection-bar" role="group" aria-label="Selected deals">
                <span>{move || format!("{} selected", counted(count(), "deal"))}</span>
                <button type="button" class="button button-small" on:click=move |_| asking.set(true)>
                    <Icon name="trash" />
                    "Delete"
                </button>
                <button
                    type="button"
                    class="button button-quiet button-small"
                    on:click=move |_| selected.set(BTreeSet::new())
                >
                    "Clear selection"
                </button>
            </div>
        </Show>
        <Show when=move || asking.get()>
            <Confirm
                title=format!("Delete {}?", counted(count(), "deal"))
                text="They are gone with their progress and history. Undo brings them back as long as this page is open."
                agree="Delete"
                danger=true
                on_agree=delete
                on_refuse=move |()| asking.set(false)
            />
        </Show>
    }
}
