//! A small button with an icon, in a row of its kind.

use super::Icon;
use crate::ui::prelude::*;

/// A small button with an icon. One that is off can be reached and pressed
/// still, so that the focus stays where it is.
#[component]
pub fn Tool(
    /// The icon.
    icon: &'static str,
    /// Its name.
    #[prop(into)]
    label: Signal<String>,
    /// What its tooltip says, where that is less than its name.
    #[prop(optional)]
    title: Option<&'static str>,
    /// Its id in the page.
    #[prop(optional, into)]
    id: Option<String>,
    /// The id of what it is about, where its name does not say.
    #[prop(optional, into)]
    about: Option<String>,
    /// It would do nothing now.
    #[prop(optional, into)]
    off: Signal<bool>,
    /// What it does.
    #[prop(into)]
    act: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="icon-button icon-button-small"
            id=id
            aria-label=move || label.get()
            aria-describedby=about
            title=move || title.map_or_else(|| label.get(), str::to_owned)
            aria-disabled=move || off.get().then_some("true")
            on:click=move |_| act.run(())
        >
            <Icon name=icon />
        </button>
    }
}
