//! A card of the board.

use leptos::ev;
use leptos::html;

use super::BoardView;
use super::column::ColumnView;
use super::face::Face;
use super::work::work_id;
use crate::domain::value::id::DealId;
use crate::ui::app::use_app;
use crate::ui::deals::moves::{MOVE_HELP, MoveButton};
use crate::ui::deals::selection::tick_box;
use crate::ui::parts::Icon;
use crate::ui::prelude::*;
use crate::web::{keyboard, pointer};

/// The id of the link of a deal's card.
pub(super) fn link_id(id: DealId) -> String {
    format!("card-{id}")
}

/// The card at a place of a column, whichever deal is there. One whose deal is
/// still being read is blank.
#[component]
pub(super) fn Card(board: BoardView, column: ColumnView, at: usize) -> impl IntoView {
    let app = use_app();
    let id = memo(move || column.deal(at));
    let face = memo(move || {
        let deal = app.store.deal(id.get()?)?;
        app.store.setup(|setup| Face::of(setup, &deal))
    });
    let text = move |of: fn(&Face) -> &String| {
        move || {
            face.with(|face| {
                face.as_ref()
                    .map(|face| of(face).clone())
                    .unwrap_or_default()
            })
        }
    };
    let named = move |what: &'static str| {
        move || face.with(|face| face.as_ref().map(|face| format!("{what} {}", face.name)))
    };
    let is = move |of: fn(&Face) -> bool| move || face.with(|face| face.as_ref().is_some_and(of));
    let (is_selected, select) = tick_box(board.listing.selected, id);
    let is_working = move || id.get().is_some() && board.working.get() == id.get();
    let work = move |_| {
        let open = board.working.get_untracked();
        let id = id.get_untracked();
        board.work_on(id.filter(|_| open != id));
    };
    let moves = board.moves;
    let card = NodeRef::<html::Article>::new();
    let press = move |event: ev::PointerEvent| {
        if let Some((id, card)) = id.get_untracked().zip(card.get_untracked()) {
            moves.press(&event, id, &card);
        }
    };
    let key = move |event: ev::KeyboardEvent| {
        // With other keys they are the browser's: Alt and an arrow go back.
        let press = keyboard::press(&event).filter(|press| !press.is_modified());
        let Some((id, press)) = id.get_untracked().zip(press) else {
            return;
        };
        let is_on_card = !pointer::is_on_control(&event);
        if is_on_card && (moves.card_key(&press.key, id) || board.walk(id, &press.key)) {
            event.prevent_default();
        }
    };
    let due = move || {
        if is(|face| face.due.is_overdue)() {
            "due badge badge-warn"
        } else {
            "due"
        }
    };
    view! {
        <article
            class="board-card"
            class:is-selected=move || is_selected.get()
            class:move-carried=move || id.get().is_some_and(|id| moves.carries(id))
            node_ref=card
            aria-label=text(|face| &face.name)
            aria-posinset=(at + 1).to_string()
            aria-setsize=move || column.count.get().to_string()
            inert=move || face.with(Option::is_none)
            on:pointerdown=press
            on:keydown=key
        >
            <div class="card-line card-top">
                <a
                    class="card-name"
                    id=move || id.get().map(link_id)
                    draggable="false"
                    aria-describedby=MOVE_HELP
                    dir="auto"
                    href=text(|face| &face.href)
                    title=text(|face| &face.name)
                >
                    {text(|face| &face.name)}
                </a>
                <input
                    type="checkbox"
                    aria-label=named("Select")
                    prop:checked=move || is_selected.get()
                    on:change=move |event| select.run(event_target_checked(&event))
                />
            </div>
            <div class="card-line">
                <span class="card-customer" dir="auto">{text(|face| &face.customer)}</span>
                <span class="card-owner" hidden=is(|face| face.owner.is_empty())>
                    <span class="card-owner-name" dir="auto">{text(|face| &face.owner)}</span>
                    <span class="card-initials" aria-hidden="true">{text(|face| &face.initials)}</span>
                </span>
            </div>
            <div class="card-line card-figures">
                <span class="card-value">{text(|face| &face.value)}</span>
                <span class="card-chance">{text(|face| &face.chance)}</span>
                <span class="badge badge-warn" hidden=is(|face| !face.is_stale)>"Stale"</span>
                <span class="card-days" title="Time in this stage">{text(|face| &face.in_stage)}</span>
            </div>
            <div class="card-line card-end">
                <span class=due hidden=is(|face| face.due.text.is_empty())>
                    {text(|face| &face.due.text)}
                    <span class="visually-hidden" hidden=is(|face| !face.due.is_overdue)>" overdue"</span>
                </span>
                <span class="card-step" dir="auto" title=text(|face| &face.step)>
                    {text(|face| &face.step)}
                </span>
                <button
                    type="button"
                    class="card-button"
                    id=move || id.get().map(work_id)
                    aria-label=named("Sub-stages of")
                    title=move || format!("{} ticked", text(|face| &face.ticked)())
                    data-ticked=text(|face| &face.ticked)
                    aria-expanded=move || is_working().to_string()
                    hidden=is(|face| face.ticked.is_empty())
                    on:click=work
                >
                    <Icon name="checks" />
                </button>
                <MoveButton moves deal=id label=derived(named("Move")) />
            </div>
        </article>
    }
}
