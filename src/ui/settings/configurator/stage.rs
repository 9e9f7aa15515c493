//! One stage in the configurator.

use leptos::html;

use super::cell::{Cell, More};
use super::state::{StageState, State, SubState};
use super::sub_stage::SubStageItem;
use crate::domain::change::draft::Place;
use crate::ui::parts::drag::{Drag, Handle};
use crate::ui::parts::{Icon, Tool};
use crate::ui::prelude::*;
use crate::web::dom;

/// A stage with its sub-stages.
#[component]
pub fn StageItem(state: State, stage: StageState, drag: Drag) -> impl IntoView {
    let id = stage.id;
    let place = memo(move || {
        state
            .stages
            .with(|stages| stages.iter().position(|other| other.id == id))
            .unwrap_or_default()
    });
    let count = memo(move || state.stages.with(Vec::len));
    let title = derived(move || {
        let name = stage.name.get();
        let name = name.trim();
        (if name.is_empty() { "New stage" } else { name }).to_owned()
    });
    let up = move |()| {
        if let Some(to) = place.get_untracked().checked_sub(1) {
            state.move_stage(to + 1, to, format!("stage-up-{id}"));
        }
    };
    let down = move |()| {
        let place = place.get_untracked();
        state.move_stage(place, place + 1, format!("stage-down-{id}"));
    };
    let enter = move |()| match stage
        .subs
        .with_untracked(|subs| subs.first().map(|sub| sub.id))
    {
        Some(sub) => dom::focus_soon(format!("sub-name-{sub}")),
        None => state.add_sub(stage, 0),
    };
    let filled = derived(move || {
        [stage.hint, stage.chance, stage.stale]
            .iter()
            .any(|field| !field.get().trim().is_empty())
    });
    let further = format!("stage-more-{id}");
    view! {
        <li
            class="edit-stage"
            class:edit-dragged=move || drag.is_dragged(place.get())
            class:edit-lands-before=move || drag.lands_before(place.get())
            class:edit-lands-after=move || place.get() + 1 == count.get() && drag.lands_after(place.get())
        >
            <div class="edit-stage-body" role="group" aria-label=move || title.get()>
                <div class="edit-stage-head">
                    <Handle id=format!("stage-handle-{id}") label=title drag place />
                    <span class="edit-stage-number" aria-hidden="true">{move || place.get() + 1}</span>
                    <Cell
                        id=format!("stage-name-{id}")
                        class="edit-cell-stage-name"
                        label="Stage name"
                        placeholder="Stage name"
                        value=stage.name
                        error=state.problem(Place::StageName(id))
                        on_enter=enter
                    />
                    <span class="edit-stage-share" title="Share of all weights">
                        {move || state.share(stage.weight())}
                    </span>
                    <div class="edit-tools">
                        <More open=stage.open controls=further.clone() filled />
                        <Tool
                            icon="up"
                            label="Move stage up"
                            id=format!("stage-up-{id}")
                            off=derived(move || place.get() == 0)
                            act=up
                        />
                        <Tool
                            icon="down"
                            label="Move stage down"
                            id=format!("stage-down-{id}")
                            off=derived(move || place.get() + 1 == count.get())
                            act=down
                        />
                        <Tool icon="trash" label="Delete stage" act=move |()| state.delete_stage(id) />
                    </div>
                </div>
                <Further state stage id=further />
                <SubStages state stage />
                <button
                    type="button"
                    class="button small quiet edit-add-sub"
                    id=format!("add-sub-{id}")
                    on:click=move |_| state.add_sub(stage, usize::MAX)
                >
                    <Icon name="add" />
                    "Add sub-stage"
                </button>
            </div>
        </li>
    }
}

/// The settings of a stage that are not needed at first.
#[component]
fn Further(state: State, stage: StageState, id: String) -> impl IntoView {
    let of = stage.id;
    view! {
        <div class="edit-stage-further" id=id hidden=move || !stage.open.get()>
            <Cell
                id=format!("stage-hint-{of}")
                class="edit-cell-wide"
                label="Hint"
                placeholder="What to do in this stage"
                value=stage.hint
                error=state.problem(Place::StageHint(of))
            />
            <Cell
                id=format!("stage-chance-{of}")
                label="Chance on reaching (%)"
                mode="decimal"
                placeholder="By the weights"
                value=stage.chance
                error=state.problem(Place::StageChance(of))
            />
            <Cell
                id=format!("stage-stale-{of}")
                label="Stale after (days)"
                mode="numeric"
                placeholder="Never"
                value=stage.stale
                error=state.problem(Place::StageStale(of))
            />
        </div>
    }
}

#[component]
fn SubStages(state: State, stage: StageState) -> impl IntoView {
    let list = NodeRef::<html::Ol>::new();
    let drag = Drag::new(
        list,
        Callback::new(move |(from, to): (usize, usize)| {
            let moved = stage
                .subs
                .with_untracked(|subs| subs.get(from).map(|sub: &SubState| sub.id));
            if let Some(id) = moved {
                state.move_sub(stage, from, to, format!("sub-handle-{id}"));
            }
        }),
    );
    view! {
        <Show when=move || stage.subs.with(|subs| !subs.is_empty())>
            <div class="edit-sub-columns" aria-hidden="true">
                <span class="edit-column-name">"Sub-stage"</span>
                <span class="edit-column-number">"Weight"</span>
                <span class="edit-column-number">"Share"</span>
                <span>"Required to win"</span>
                <span>"Note required"</span>
                <span>"Establishes the value"</span>
            </div>
        </Show>
        <ol class="edit-sub-stages" node_ref=list>
            <For each=move || stage.subs.get() key=|sub| sub.id let:sub>
                <SubStageItem state stage sub drag />
            </For>
        </ol>
    }
}
