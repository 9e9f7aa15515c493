//! A choice whose label is heard and not seen, for tables.

use crate::ui::parts::Choices;
use crate::ui::parts::select::options;
use crate::ui::prelude::*;

/// A choice among few.
#[component]
pub fn Pick(
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
    /// Its id, where the focus must find it.
    #[prop(optional)]
    id: Option<&'static str>,
) -> impl IntoView {
    view! {
        <select
            class="input select"
            id=id
            aria-label=label
            prop:value=move || {
                choices.track();
                value.get()
            }
            on:change=move |event| on_choose.run(event_target_value(&event))
        >
            {move || options(choices.get(), &value.get_untracked())}
        </select>
    }
}

/// Choices in one group.
pub fn plain<'a>(entries: impl IntoIterator<Item = (&'a str, &'a str)>) -> Choices {
    let entries = entries.into_iter();
    vec![(
        None,
        entries
            .map(|(value, text)| (value.to_owned(), text.to_owned()))
            .collect(),
    )]
}
