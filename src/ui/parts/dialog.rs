//! A modal dialog: the browser's own, so focus and Escape behave.

use leptos::ev;
use leptos::html;

use crate::ui::app::unique_id;
use crate::ui::prelude::*;
use crate::web::dom;

/// A dialog that is open for as long as it is in the page.
#[component]
pub fn Dialog(
    /// Its heading, which is its accessible name.
    #[prop(into)]
    title: Signal<String>,
    /// What to do when the visitor wants to close it.
    #[prop(into)]
    on_close: Callback<()>,
    /// Wide enough for a table.
    #[prop(optional)]
    wide: bool,
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let heading = unique_id("dialog");
    let heading_id = heading.clone();
    let focus = dom::FocusMemory::now();
    on_cleanup(move || focus.restore_soon());
    Effect::new(move |_| {
        if let Some(dialog) = node.get().filter(|dialog| !dialog.open()) {
            let _ = dialog.show_modal();
        }
    });
    let cancel = move |event: ev::Event| {
        event.prevent_default();
        on_close.run(());
    };
    view! {
        <dialog
            class="dialog"
            class:dialog-wide=wide
            node_ref=node
            aria-labelledby=heading_id
            on:cancel=cancel
        >
            <div class="dialog-head">
                <h2 id=heading>{move || title.get()}</h2>
                <button
                    type="button"
                    class="icon-button"
                    aria-label="Close"
                    on:click=move |_| on_close.run(())
                >
                    <super::Icon name="close" />
                </button>
            </div>
            {children()}
        </dialog>
    }
}

/// The end of a form in a dialog: why it was refused, where it was, a button
/// that gives up and one that agrees.
#[component]
pub fn DialogEnd(
    /// Why it was refused.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// The name of the button that agrees.
    #[prop(into)]
    agree: String,
    /// The agreeing button is a warning.
    #[prop(optional)]
    danger: bool,
    /// Given up.
    #[prop(into)]
    on_cancel: Callback<()>,
) -> impl IntoView {
    let class = if danger {
        "button button-danger"
    } else {
        "button button-primary"
    };
    view! {
        <p class="error" role="alert" hidden=move || error.get().is_none()>
            {move || error.get()}
        </p>
        <div class="dialog-actions">
            <button type="button" class="button" on:click=move |_| on_cancel.run(())>
                "Cancel"
            </button>
            <button type="submit" class=class>
                {agree}
            </button>
        </div>
    }
}
