//! A choice of one among few.

use super::field::{FieldFrame, FieldIds, described_by};
use crate::ui::prelude::*;

/// What can be chosen: the value and what is shown, in groups; a group
/// without a title stands by itself.
pub type Choices = Vec<(Option<String>, Vec<(String, String)>)>;

/// The options of a select.
pub fn options(choices: Choices, chosen: &str) -> impl IntoView + use<> {
    let one = |(value, text): (String, String), chosen: &str| {
        let selected = value == chosen;
        view! { <option value=value selected=selected>{text}</option> }
    };
    let chosen = chosen.to_owned();
    choices
        .into_iter()
        .map(|(group, entries)| {
            let entries: Vec<_> = entries
                .into_iter()
                .map(|entry| one(entry, &chosen))
                .collect();
            match group {
                Some(label) => view! { <optgroup label=label>{entries}</optgroup> }.into_any(),
                None => entries.into_any(),
            }
        })
        .collect::<Vec<_>>()
}

/// A choice with its label above it.
#[component]
pub fn Select(
    /// Its name.
    #[prop(into)]
    label: String,
    /// The value that is chosen.
    #[prop(into)]
    value: Signal<String>,
    /// What can be chosen.
    #[prop(into)]
    choices: Signal<Choices>,
    /// Another value was chosen.
    #[prop(into)]
    on_choose: Callback<String>,
    /// A word of advice.
    #[prop(optional, into)]
    hint: String,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// It must be chosen.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    let ids = FieldIds::new();
    let described = described_by(&ids, !hint.is_empty(), error);
    let control = ids.control.clone();
    view! {
        <FieldFrame ids=ids label hint error required>
            <select
                class="input select"
                id=control
                aria-invalid=move || error.get().is_some().to_string()
                aria-describedby=described
                prop:value=move || {
                    choices.track();
                    value.get()
                }
                on:change=move |event| on_choose.run(event_target_value(&event))
            >
                {move || options(choices.get(), &value.get_untracked())}
            </select>
        </FieldFrame>
    }
}
