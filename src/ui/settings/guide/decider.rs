//! The first step: what decides which process a deal needs.

use super::WholeProblem;
use super::state::State;
use crate::domain::start::guide::{Decider, Place};
use crate::ui::app::unique_id;
use crate::ui::prelude::*;

/// What can decide, each with a sentence and an example.
#[component]
pub fn DeciderStep(state: State) -> impl IntoView {
    let group = unique_id("decider");
    let choice = move |decider: Decider| {
        let id = unique_id("decider");
        let about = format!("{id}-about");
        let told_by = about.clone();
        let is_chosen = move || state.guide.with(|guide| guide.decider == Some(decider));
        view! {
            <label class="guide-choice">
                <input
                    type="radio"
                    name=group.clone()
                    aria-label=decider.title()
                    aria-describedby=told_by
                    prop:checked=is_chosen
                    on:change=move |_| state.change(|guide, workspace| guide.decide(workspace, decider))
                />
                <span class="guide-choice-text">
                    <span class="guide-choice-title">{decider.title()}</span>
                    <span class="guide-choice-about" id=about>
                        {decider.summary()} " "
                        <span class="guide-choice-example">{decider.example()}</span>
                    </span>
                </span>
            </label>
        }
    };
    view! {
        <p class="guide-lead">
            "Several processes help where some deals go another way than others. \
             By what do you tell, early on, which way a deal goes?"
        </p>
        <WholeProblem state place=Place::Decider />
        <fieldset class="guide-choices" role="radiogroup" aria-label="What decides">
            {Decider::ALL.into_iter().map(choice).collect::<Vec<_>>()}
        </fieldset>
    }
}
