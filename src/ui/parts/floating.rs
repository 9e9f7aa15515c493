//! A panel that lies over the page beside what it was opened by, wherever that
//! is cut off by what scrolls.

use leptos::ev;
use leptos::html;

use super::popup::close_elsewhere_than;
use crate::ui::app::unique_id;
use crate::ui::prelude::*;
use crate::web::{controls, dom, keyboard};

/// A panel beside the element of an id, for as long as it is mounted. It takes
/// the focus, and gives it back to that element where it is closed by Escape.
/// On a phone it comes up from the lower edge.
#[component]
pub fn Floating(
    /// The id of what it belongs to, by then.
    #[prop(into)]
    anchor: String,
    /// What it is called.
    #[prop(into)]
    label: Signal<String>,
    /// It wants to be closed.
    #[prop(into)]
    on_close: Callback<()>,
    /// Something in it is not saved: it stays where a press or the focus goes
    /// elsewhere, and whoever closes it asks first.
    #[prop(optional, into)]
    is_unsaved: Signal<bool>,
    children: Children,
) -> impl IntoView {
    let open = RwSignal::new(true);
    let node = NodeRef::<html::Div>::new();
    let id = unique_id("floating");
    let leave = close_elsewhere_than(node, anchor.clone(), is_unsaved, open);
    effect(move || {
        if !open.get() {
            on_close.run(());
        }
    });
    let beside = anchor.clone();
    let place = dom::FrameGate::new(alive(move |()| {
        if let Some(panel) = node.get_untracked() {
            controls::place_beside(&panel, &beside);
        }
    }));
    place.request();
    let (on_scroll, on_size) = (place.clone(), place);
    let listeners = StoredValue::new_local([
        dom::on_window_first("scroll", alive(move |_| on_scroll.request())),
        dom::on_window("resize", alive(move |_| on_size.request())),
    ]);
    on_cleanup(move || listeners.dispose());
    controls::focus_in_soon(id.clone());
    let on_key = move |event: ev::KeyboardEvent| {
        // One that was for something in it, or for what is asked above it, is not for it.
        let is_free = !event.default_prevented() && !dom::dialog_is_open();
        if keyboard::key(&event) == "Escape" && is_free {
            event.prevent_default();
            event.stop_propagation();
            on_close.run(());
            if !is_unsaved.get_untracked() {
                dom::focus_soon(anchor.clone());
            }
        }
    };
    view! {
        <div
            class="floating"
            role="group"
            aria-label=move || label.get()
            tabindex="-1"
            id=id
            node_ref=node
            on:focusout=leave
            on:keydown=on_key
        >
            {children()}
        </div>
    }
}
