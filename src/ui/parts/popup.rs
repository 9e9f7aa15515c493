//! A button and the panel that it opens.

use std::time::Duration;

use leptos::ev;
use leptos::html;

use super::Icon;
use crate::ui::app::unique_id;
use crate::ui::prelude::*;
use crate::web::pointer::{self, Pointer};
use crate::web::{controls, dom, keyboard};

/// So long after a press is over its click has been done, of a finger as well.
const CLICK_IS_DONE: Duration = Duration::from_millis(100);

/// Closes what is open in `node` by a press anywhere else, once that is over:
/// what it was for may lie below, and is not to move away under it. The result
/// closes it when the focus goes elsewhere. While something in it is wrong it
/// stays, so that this is not lost unseen.
pub fn close_elsewhere(
    node: NodeRef<html::Div>,
    open: RwSignal<bool>,
) -> impl Fn(ev::FocusEvent) + Copy {
    let close = closing(node, Signal::default(), open);
    let held = StoredValue::new(None::<Pointer>);
    let pressed = move |event, is_elsewhere| {
        // Of one that nobody saw end nothing is left.
        held.set_value(pointer::held(&event).filter(|_| is_elsewhere));
        if is_elsewhere && held.get_value().is_none() {
            close();
        }
    };
    let leave = leaving(node, String::new(), open, pressed, move || {
        if held.get_value().is_none() {
            close();
        }
    });
    let released = alive(move |event| {
        if held
            .get_value()
            .is_some_and(|pointer| pointer.is_of(&event))
        {
            held.set_value(None);
            dom::after(CLICK_IS_DONE, alive(move |()| close()));
        }
    });
    // A finger that is cancelled scrolls; a mouse drags a link, or a text.
    let ended = move || {
        alive(move |_| {
            if held.get_value().is_some_and(|pointer| pointer.is_mouse) {
                close();
            }
            held.set_value(None);
        })
    };
    let listeners = StoredValue::new_local([
        dom::on_document("pointerup", released),
        dom::on_document("pointercancel", ended()),
        // Some browsers tell of no end of the press.
        dom::on_document("dragend", ended()),
    ]);
    on_cleanup(move || listeners.dispose());
    leave
}

/// The same at once, for what lies over the page: it moves nothing when it
/// closes, and would cover where a drag that begins there may end. A press on
/// the element of an id, which lies elsewhere, is for what is open too. It also
/// stays while something in it is not saved.
pub fn close_elsewhere_than(
    node: NodeRef<html::Div>,
    anchor: String,
    is_unsaved: Signal<bool>,
    open: RwSignal<bool>,
) -> impl Fn(ev::FocusEvent) + Copy {
    let close = closing(node, is_unsaved, open);
    let pressed = move |_, is_elsewhere| {
        if is_elsewhere {
            close();
        }
    };
    leaving(node, anchor, open, pressed, close)
}

/// Closes it, unless something in it is wrong or not saved.
fn closing(
    node: NodeRef<html::Div>,
    is_unsaved: Signal<bool>,
    open: RwSignal<bool>,
) -> impl Fn() + Copy {
    // What a field says of itself when it is left is there by the next frame.
    move || {
        dom::at_next_frame(alive(move |()| {
            let is_wrong = node
                .get_untracked()
                .is_some_and(|node| controls::has_wrong_field(&node));
            if !is_wrong && !is_unsaved.get_untracked() {
                open.set(false);
            }
        }));
    }
}

/// Hears of every press, and whether it is beside what is open and its anchor;
/// and, by the result, of the focus going there, but by a press of the anchor.
fn leaving(
    node: NodeRef<html::Div>,
    anchor: String,
    open: RwSignal<bool>,
    pressed: impl Fn(ev::Event, bool) + 'static,
    left: impl Fn() + Copy + 'static,
) -> impl Fn(ev::FocusEvent) + Copy {
    let is_anchor_pressed = StoredValue::new(false);
    let heard = alive(move |event: ev::Event| {
        let is_in = |part: Option<&dom::Element>| part.is_some_and(|it| dom::contains(it, &event));
        let is_in_node = is_in(node.get_untracked().as_deref().map(AsRef::as_ref));
        let is_in_anchor = is_in(dom::by_id(&anchor).as_deref());
        is_anchor_pressed.set_value(is_in_anchor);
        let is_elsewhere = open.get_untracked() && !is_in_node && !is_in_anchor;
        pressed(event, is_elsewhere);
    });
    let presses = StoredValue::new_local(dom::on_document("pointerdown", heard));
    on_cleanup(move || presses.dispose());
    move |event| {
        let is_by_anchor = is_anchor_pressed.get_value();
        is_anchor_pressed.set_value(false);
        // Where nothing gets it, a press on bare ground has taken it, which is
        // heard above, or the whole window has lost it.
        let goes_elsewhere = event.related_target().is_some()
            && node
                .get_untracked()
                .is_some_and(|node| !dom::focus_stays_in(&node, &event));
        if goes_elsewhere && !is_by_anchor && open.get_untracked() {
            left();
        }
    }
}

/// A button that opens a panel of controls, made anew each time. Escape closes
/// it and gives the button the focus again, a press elsewhere just closes it.
#[component]
pub fn Popup(
    /// What stands on the button.
    #[prop(into)]
    text: Signal<String>,
    /// The name of the button, where that says more; it begins like the text.
    #[prop(into)]
    label: Signal<String>,
    /// What the panel is called.
    title: &'static str,
    /// An icon before the text.
    #[prop(optional)]
    icon: Option<&'static str>,
    /// Whether something in it is chosen.
    #[prop(into)]
    is_on: Signal<bool>,
    /// It is about to be opened.
    #[prop(optional, into)]
    on_open: Option<Callback<()>>,
    /// The controls.
    children: ChildrenFn,
) -> impl IntoView {
    let open = RwSignal::new(false);
    // The panel begins where the button does, or ends there where that would
    // reach out of the window.
    let ends_there = RwSignal::new(false);
    let node = NodeRef::<html::Div>::new();
    let panel = NodeRef::<html::Div>::new();
    let id = unique_id("popup");
    let button_id = format!("{id}-button");
    let (panel_id, controls, back) = (id.clone(), id.clone(), button_id.clone());
    let button = button_id.clone();
    let leave = close_elsewhere(node, open);
    let toggle = move |_| {
        if open.get_untracked() {
            open.set(false);
            return;
        }
        if let Some(on_open) = on_open {
            on_open.run(());
        }
        ends_there.set(false);
        open.set(true);
        dom::at_next_frame(alive(move |()| {
            let panel = panel.get_untracked();
            ends_there.set(panel.is_some_and(|panel| controls::is_beyond_end(&panel)));
        }));
        controls::focus_in_soon(id.clone());
        // On a phone another one above it closes by then, and it moves up.
        let button = button.clone();
        let closed = alive(move |()| {
            if open.get_untracked() {
                dom::reveal(&button);
            }
        });
        dom::after(2 * CLICK_IS_DONE, closed);
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if open.get_untracked() && keyboard::key(&event) == "Escape" {
            event.prevent_default();
            event.stop_propagation();
            open.set(false);
            dom::focus(&format!("#{back}"));
        }
    };
    view! {
        <div class="popup" node_ref=node on:focusout=leave on:keydown=on_key>
            <button
                type="button"
                class="button popup-button"
                class:filter-on=move || is_on.get()
                id=button_id
                aria-label=move || label.get()
                aria-expanded=move || open.get().to_string()
                aria-controls=controls
                on:click=toggle
            >
                {icon.map(|name| view! { <Icon name /> })}
                <span class="popup-text">{move || text.get()}</span>
                <Icon name="expand" />
            </button>
            <div
                class="popup-panel"
                class:popup-end=move || ends_there.get()
                role="group"
                aria-label=title
                tabindex="-1"
                id=panel_id
                node_ref=panel
                hidden=move || !open.get()
            >
                <Show when=move || open.get()>{children()}</Show>
            </div>
        </div>
    }
}
