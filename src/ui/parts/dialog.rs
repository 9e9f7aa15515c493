//! A modal dialog: the browser's own, so focus and Escape behave.
//!
//! What was typed into one is not lost by Escape, Back or a click beside it:
//! it asks first, and so does the browser before the page is closed. Its own
//! buttons say what they do, and do it.

use leptos::ev;
use leptos::html;

use super::Confirm;
use crate::ui::app::{unique_id, use_app};
use crate::ui::prelude::*;
use crate::web::{clicks, dom, pointer};

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
    /// What is typed into it is worth nothing once it is closed.
    #[prop(optional)]
    passing: bool,
    children: Children,
) -> impl IntoView {
    let app = use_app();
    let node = NodeRef::<html::Dialog>::new();
    let heading = unique_id("dialog");
    let heading_id = heading.clone();
    let focus = dom::FocusMemory::now();
    clicks::scene_changed();
    on_cleanup(move || {
        clicks::scene_changed();
        focus.restore_soon();
    });
    // Opens it, unless it is open; what is asked within it stays above it.
    let open = move || {
        let dialog = node.try_get_untracked().flatten();
        let closed = dialog.filter(|dialog| !dialog.open());
        closed.is_some_and(|dialog| {
            let _ = dialog.show_modal();
            dom::raise_dialogs_in(&dialog);
            true
        })
    };
    effect(move || {
        node.track();
        let _newly = open();
    });
    let is_changed = RwSignal::new(false);
    let asking = RwSignal::new(false);
    // Closes it, or asks where something would be lost; whether it closes.
    let give_up = move || {
        let is_free = is_changed.try_get_untracked() != Some(true);
        if is_free {
            on_close.try_run(());
        } else {
            asking.set(true);
        }
        is_free
    };
    app.router
        .cover(Callback::new(move |()| give_up()), is_changed);
    let cancel = move |event: ev::Event| {
        event.prevent_default();
        give_up();
    };
    // A browser closes it all the same when it is asked again and again, and
    // what is asked within it along with it.
    let closed = move |_| {
        if open() {
            give_up();
        }
    };
    let touch = move |_| is_changed.set(!passing);
    let beside = move |event: &ev::MouseEvent| {
        node.get_untracked()
            .is_some_and(|dialog| pointer::is_beside(&dialog, event))
    };
    // Both ends of a click: one that selects text may end anywhere.
    let began_beside = StoredValue::new(false);
    let press = move |event: ev::PointerEvent| began_beside.set_value(beside(&event));
    let click = move |event: ev::MouseEvent| {
        // The second click of a double click is meant for what was there before.
        if began_beside.get_value() && beside(&event) && event.detail() < 2 {
            give_up();
        }
    };
    view! {
        <dialog
            class="dialog"
            class:dialog-wide=wide
            node_ref=node
            aria-labelledby=heading_id
            on:cancel=cancel
            on:close=closed
            on:input=touch
            on:change=touch
            on:pointerdown=press
            on:click=click
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
            <Show when=move || asking.get()>{question(asking, on_close)}</Show>
        </dialog>
    }
}

/// Asks whether what was typed may go. A view of no certain type, since it is
/// a dialog in a dialog.
fn question(asking: RwSignal<bool>, on_close: Callback<()>) -> AnyView {
    view! {
        <Confirm
            title="Discard what you changed?"
            text="What you typed or chose in this dialog is not applied yet."
            agree="Discard"
            refuse="Keep editing"
            danger=true
            on_agree=move |()| on_close.run(())
            on_refuse=move |()| asking.set(false)
        />
    }
    .into_any()
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
    agree: Signal<String>,
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
                {move || agree.get()}
            </button>
        </div>
    }
}
