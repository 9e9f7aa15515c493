//! One sub-stage in the configurator.

use super::cell::{Cell, Check, More};
use super::state::{StageState, State, SubState};
use crate::domain::change::draft::Place;
use crate::ui::parts::Tool;
use crate::ui::parts::drag::{Drag, Handle};
use crate::ui::prelude::*;

/// A sub-stage: a row of its settings.
#[component]
pub fn SubStageItem(state: State, stage: StageState, sub: SubState, drag: Drag) -> impl IntoView {
    let id = sub.id;
    let place = memo(move || {
        stage
            .subs
            .with(|subs| subs.iter().position(|other| other.id == id))
            .unwrap_or_default()
    });
    let count = memo(move || stage.subs.with(Vec::len));
    let title = derived(move || {
        let name = sub.name.get();
        let name = name.trim();
        (if name.is_empty() {
            "New sub-stage"
        } else {
            name
        })
        .to_owned()
    });
    let up = move |()| {
        if let Some(to) = place.get_untracked().checked_sub(1) {
            state.move_sub(stage, to + 1, to, format!("sub-up-{id}"));
        }
    };
    let down = move |()| {
        let place = place.get_untracked();
        state.move_sub(stage, place, place + 1, format!("sub-down-{id}"));
    };
    let next = move |()| state.add_sub(stage, place.get_untracked() + 1);
    let further = format!("sub-more-{id}");
    view! {
        <li
            class="edit-sub-stage"
            class:edit-dragged=move || drag.is_dragged(place.get())
            class:edit-lands-before=move || drag.lands_before(place.get())
            class:edit-lands-after=move || place.get() + 1 == count.get() && drag.lands_after(place.get())
        >
            <div class="edit-sub-stage-body" role="group" aria-label=move || title.get()>
                <Handle id=format!("sub-handle-{id}") label=title drag place />
                <Cell
                    id=format!("sub-name-{id}")
                    class="edit-cell-name"
                    label="Sub-stage name"
                    placeholder="Sub-stage name"
                    value=sub.name
                    error=state.problem(Place::SubName(id))
                    on_enter=next
                />
                <Cell
                    id=format!("sub-weight-{id}")
                    class="edit-cell-weight"
                    label="Weight"
                    mode="numeric"
                    value=sub.weight
                    error=state.problem(Place::SubWeight(id))
                    on_enter=next
                />
                <span class="edit-sub-share" title="Share of all weights">
                    {move || state.share(sub.weight())}
                </span>
                <div class="edit-sub-checks">
                    <Check label="Required to win" value=sub.required />
                    <Check label="Note required" value=sub.note_required />
                    <Check label="Establishes the value" value=sub.establishes_value />
                </div>
                <div class="edit-tools">
                    <More
                        open=sub.open
                        controls=further.clone()
                        filled=derived(move || !sub.hint.get().trim().is_empty())
                    />
                    <Tool
                        icon="up"
                        label="Move sub-stage up"
                        id=format!("sub-up-{id}")
                        off=derived(move || place.get() == 0)
                        act=up
                    />
                    <Tool
                        icon="down"
                        label="Move sub-stage down"
                        id=format!("sub-down-{id}")
                        off=derived(move || place.get() + 1 == count.get())
                        act=down
                    />
                    <Tool
                        icon="trash"
                        label="Delete sub-stage"
                        act=move |()| state.delete_sub(stage, id)
                    />
                </div>
                <div class="edit-sub-further" id=further hidden=move || !sub.open.get()>
                    <Cell
                        id=format!("sub-hint-{id}")
                        class="edit-cell-wide"
                        label="Hint"
                        placeholder="How to do it"
                        value=sub.hint
                        error=state.problem(Place::SubHint(id))
                    />
                </div>
            </div>
        </li>
    }
}
