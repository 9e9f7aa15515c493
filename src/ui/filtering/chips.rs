//! What is filtered by, as chips that take it off.

use super::Filtering;
use crate::domain::read::filter::{Condition, conditions};
use crate::ui::app::use_app;
use crate::ui::parts::Icon;
use crate::ui::prelude::*;
use crate::web::dom;

/// The id of the bar, which has the focus when the last chip is gone.
pub const BAR: &str = "filters";

/// A chip for each thing that is asked for; a press takes it off.
#[component]
pub fn Chips(filtering: Filtering) -> impl IntoView {
    let app = use_app();
    let all = memo(move || {
        let formats = app.formats();
        filtering.wanted.with(|(tab, filter)| {
            app.store
                .setup(|workspace| conditions(workspace, filter, *tab, &formats))
        })
    });
    let take_off = move |at: usize, condition: &Condition| {
        let left = all.with_untracked(Vec::len).saturating_sub(1);
        filtering.change(app, |filter| *filter = condition.without.clone());
        dom::focus_soon(match left.checked_sub(1) {
            Some(last) => chip_id(at.min(last)),
            None => BAR.to_owned(),
        });
    };
    let chip = move |(at, condition): (usize, Condition)| {
        let text = format!("{}: {}", condition.name, condition.value);
        let label = format!("Remove {text}");
        view! {
            <button
                type="button"
                class="filter-chip"
                id=chip_id(at)
                aria-label=label
                on:click=move |_| take_off(at, &condition)
            >
                <bdi>{text}</bdi>
                <Icon name="close" />
            </button>
        }
    };
    view! {
        <Show when=move || all.with(|all| !all.is_empty())>
            <div class="filter-chips" role="group" aria-label="Filters that are on">
                // Each is made anew when another goes, so that a double click
                // takes off but one.
                <For
                    each=move || numbered(all.get())
                    key=|chip| chip.clone()
                    children=chip
                />
            </div>
        </Show>
    }
}

fn numbered(all: Vec<Condition>) -> Vec<(usize, Condition)> {
    all.into_iter().enumerate().collect()
}

fn chip_id(at: usize) -> String {
    format!("filter-chip-{at}")
}
