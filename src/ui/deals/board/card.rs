//! A card of the board.

use super::BoardView;
use super::column::ColumnView;
use super::face::Face;
use super::work::work_id;
use crate::ui::app::use_app;
use crate::ui::deals::selection::tick_box;
use crate::ui::parts::Icon;
use crate::ui::prelude::*;

/// The card at a place of a column, whichever deal is there. One whose deal is
/// still being read is blank.
#[component]
pub(super) fn Card(board: BoardView, column: ColumnView, at: usize) -> impl IntoView {
    let app = use_app();
    let id = Memo::new(move |_| column.deal(at));
    let face = Memo::new(move |_| {
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
        board.working.set(id.filter(|_| open != id));
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
            aria-label=text(|face| &face.name)
            aria-posinset=(at + 1).to_string()
            aria-setsize=move || column.count.get().to_string()
            inert=move || face.with(Option::is_none)
        >
            <div class="card-line card-top">
                <a class="card-name" dir="auto" href=text(|face| &face.href) title=text(|face| &face.name)>
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
                <button
                    type="button"
                    class="card-button card-move"
                    aria-label=named("Move")
                    title=named("Move")
                >
                    <Icon name="move" />
                </button>
            </div>
        </article>
    }
}
