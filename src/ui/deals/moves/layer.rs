//! What lies over the board while its cards are moved: the picture of what is
//! carried, the ways to close a deal, and what is said.

use super::{Goal, Moves};
use crate::domain::record::deal::Outcome;
use crate::domain::value::text::counted;
use crate::ui::deal::AboutDialog;
use crate::ui::deals::bulk::{Ask, BulkDialog};
use crate::ui::parts::Icon;
use crate::ui::prelude::*;

/// The id of the text that says how cards are moved by keys.
pub const MOVE_HELP: &str = "card-help";

/// What lies over the board. It belongs beside what scrolls, not into it.
#[component]
pub fn MoveLayer(moves: Moves) -> impl IntoView {
    let is_by_pointer = move || {
        let by_pointer = |carried: &super::Carried| !carried.by_keys;
        moves
            .carried
            .with(|carried| carried.as_ref().is_some_and(by_pointer))
    };
    view! {
        <p class="visually-hidden" id=MOVE_HELP>
            "Press Space to pick up the card and move it with the arrow keys, or use its button Move."
        </p>
        <p class="visually-hidden" role="status">{move || moves.said.get()}</p>
        <Show when=move || moves.is_carrying()>
            <div class="move-ends" aria-hidden="true">
                {Outcome::ALL.map(|outcome| end(moves, outcome)).collect_view()}
            </div>
        </Show>
        <Show when=is_by_pointer>{picture(moves)}</Show>
        <super::menu::MoveMenu moves />
        <AboutDialog about=moves.about />
        {move || {
            moves
                .closing
                .get()
                .map(|outcome| {
                    view! {
                        <BulkDialog
                            ask=Ask::Close(outcome)
                            deals=moves.closed
                            on_close=move |done| moves.closing_ended(done)
                        />
                    }
                })
        }}
    }
}

/// A place to drop cards whose deals are won, lost or outdated.
fn end(moves: Moves, outcome: Outcome) -> impl IntoView {
    let (class, icon, text) = match outcome {
        Outcome::Won => ("move-end move-end-won", "check", "Won"),
        Outcome::Lost => ("move-end move-end-lost", "close", "Lost"),
        Outcome::Outdated => ("move-end move-end-outdated", "archive", "Outdated"),
    };
    let goal = Goal::Close(outcome);
    view! {
        <div class=class class:move-goal=move || moves.is_goal(goal) data-goal=goal.mark()>
            <Icon name=icon />
            <span>{text}</span>
        </div>
    }
}

/// The picture of what is carried by the pointer.
fn picture(moves: Moves) -> impl IntoView {
    let carried = moves.carried.get_untracked();
    let facts = carried.and_then(|carried| {
        moves.app.store.peek(|workspace| {
            let deal = workspace.deals.get(&carried.deal)?;
            let customer = deal.customer.and_then(|id| workspace.customers.get(&id));
            let formats = crate::ui::app::formats_of(workspace);
            Some((
                deal.name.to_string(),
                customer.map(|customer| customer.name.to_string()),
                deal.value.map(|value| formats.money(value.minor().into())),
                carried.deals.len(),
            ))
        })
    });
    facts.map(|(name, customer, value, count)| {
        let is_several = count > 1;
        view! {
            <div
                class="move-picture"
                class:move-picture-several=is_several
                aria-hidden="true"
                node_ref=moves.picture
            >
                <strong dir="auto">{name}</strong>
                {customer.map(|customer| view! { <span class="move-picture-customer" dir="auto">{customer}</span> })}
                {value.map(|value| view! { <span class="move-picture-value">{value}</span> })}
                {is_several.then(|| view! { <span class="move-picture-count">{counted(count, "deal")}</span> })}
            </div>
        }
    })
}
