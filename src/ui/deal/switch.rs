//! What a change of process will do, before it is saved (§4.3).

use crate::domain::change::switch::{StagePreview, SwitchPreview};
use crate::domain::value::text::counted;
use crate::ui::prelude::*;

/// The stages of the other process, what is kept, and what could come along.
#[component]
pub fn Switch(switch: Memo<Option<SwitchPreview>>, carry_over: RwSignal<bool>) -> impl IntoView {
    let words = move || switch.with(|switch| switch.as_ref().map(words));
    let stages = move || {
        let carry = carry_over.get();
        switch.with(|switch| {
            let stages = switch.iter().flat_map(|switch| &switch.stages);
            stages
                .map(|stage| stage_view(stage, carry))
                .collect::<Vec<_>>()
        })
    };
    let carried =
        memo(move || switch.with(|switch| switch.as_ref().map_or(0, SwitchPreview::carried)));
    let offer = move || {
        let count = carried.get();
        let ticks = counted(count, "tick");
        let same = if count == 1 {
            "sub-stage"
        } else {
            "sub-stages"
        };
        format!("Carry over {ticks} of the same {same}")
    };
    let names = move || {
        switch.with(|switch| {
            let stages = switch.iter().flat_map(|switch| &switch.stages);
            let names = stages.flat_map(|stage| &stage.carried);
            names
                .map(|name| view! { <li><bdi>{name.to_string()}</bdi></li> })
                .collect::<Vec<_>>()
        })
    };
    view! {
        <div class="switch" class:switch-on=move || switch.with(Option::is_some)>
            <p class="switch-words" role="status">{move || words()}</p>
            <Show when=move || switch.with(|s| s.as_ref().is_some_and(|s| !s.stages.is_empty()))>
                <ol class="switch-stages">{move || stages()}</ol>
            </Show>
            <Show when=move || { carried.get() > 0 }>
                <div class="switch-carry">
                    <label class="check">
                        <input
                            type="checkbox"
                            prop:checked=move || carry_over.get()
                            on:change=move |event| carry_over.set(event_target_checked(&event))
                        />
                        <span>{move || offer()}</span>
                    </label>
                    <ul class="switch-names">{move || names()}</ul>
                </div>
            </Show>
        </div>
    }
}

fn words(switch: &SwitchPreview) -> String {
    let SwitchPreview { from, to, .. } = switch;
    let (kept, all) = switch.kept;
    let (there, of) = switch.there;
    let arrives = if there == 0 {
        format!("{to} starts with nothing ticked.")
    } else {
        format!("{to} goes on with {there} of {of} ticked, as it was left.")
    };
    format!("{from}: {kept} of {all} ticked, kept. {arrives}")
}

fn stage_view(stage: &StagePreview, carry: bool) -> impl IntoView + use<> {
    let comes = if carry { stage.carried.len() } else { 0 };
    let name = stage.name.to_string();
    let count = format!("{} of {}", stage.ticked + comes, stage.all);
    view! {
        <li class="switch-stage" class:switch-stage-done=stage.ticked + comes != 0>
            <bdi class="switch-stage-name">{name}</bdi>
            <span class="stage-detail">{count}</span>
        </li>
    }
}
