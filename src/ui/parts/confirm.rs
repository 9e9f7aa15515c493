//! A question before something that deserves one.

use super::Dialog;
use crate::ui::prelude::*;

/// A dialog that asks and takes an answer.
#[component]
pub fn Confirm(
    /// The question in short.
    #[prop(into)]
    title: String,
    /// What will happen.
    #[prop(into)]
    text: String,
    /// The name of the button that agrees.
    #[prop(into)]
    agree: String,
    /// The name of the button that does not.
    #[prop(default = "Cancel")]
    refuse: &'static str,
    /// The agreeing button is a warning.
    #[prop(optional)]
    danger: bool,
    /// Agreed.
    #[prop(into)]
    on_agree: Callback<()>,
    /// Not agreed.
    #[prop(into)]
    on_refuse: Callback<()>,
) -> impl IntoView {
    let class = if danger {
        "button button-danger"
    } else {
        "button button-primary"
    };
    view! {
        <Dialog title on_close=on_refuse>
            <p class="dialog-text">{text}</p>
            <div class="dialog-actions">
                <button type="button" class="button" on:click=move |_| on_refuse.run(())>
                    {refuse}
                </button>
                <button type="button" class=class on:click=move |_| on_agree.run(())>
                    {agree}
                </button>
            </div>
        </Dialog>
    }
}
