//! Ordering by dragging: mouse and touch by pointer events on a handle, the
//! keyboard by arrow keys on the same handle.

use leptos::ev;
use leptos::html;

use super::Icon;
use crate::ui::prelude::*;
use crate::web::dom::{self, Listener};
use crate::web::{keyboard, pointer};

/// A list whose items can be dragged.
#[derive(Clone, Copy)]
pub struct Drag {
    list: NodeRef<html::Ol>,
    from: RwSignal<Option<usize>>,
    /// Before which item it would land; the number of items for the end.
    gap: RwSignal<Option<usize>>,
    y: StoredValue<f64>,
    listeners: StoredValue<Vec<Listener>, LocalStorage>,
    on_move: Callback<(usize, usize)>,
    life: Life,
}

impl Drag {
    /// A list in the page, and what to do when the item at one place is to
    /// go to another.
    pub fn new(list: NodeRef<html::Ol>, on_move: Callback<(usize, usize)>) -> Self {
        let drag = Self {
            list,
            from: RwSignal::new(None),
            gap: RwSignal::new(None),
            y: StoredValue::new(0.0),
            listeners: StoredValue::new_local(Vec::new()),
            on_move,
            life: Life::here(),
        };
        on_cleanup(move || {
            drag.listeners.dispose();
        });
        drag
    }

    /// The item at this place is being dragged.
    pub fn is_dragged(self, place: usize) -> bool {
        self.from.get() == Some(place)
    }

    /// The dragged item would land before the item at this place.
    pub fn lands_before(self, place: usize) -> bool {
        self.target().is_some() && self.gap.get() == Some(place)
    }

    /// The dragged item would land after the item at this place, the last one.
    pub fn lands_after(self, place: usize) -> bool {
        self.lands_before(place + 1)
    }

    fn start(self, event: &ev::PointerEvent, place: usize) {
        if event.button() != 0 || self.from.get_untracked().is_some() {
            return;
        }
        self.from.set(Some(place));
        self.y.set_value(f64::from(event.client_y()));
        let moved = move |event| {
            if let Some(y) = pointer::pointer_y(&event) {
                self.y.set_value(y);
            }
        };
        let pressed = move |event: ev::Event| {
            if keyboard::key(&event) == "Escape" {
                event.prevent_default();
                event.stop_propagation();
                self.end(false);
            }
        };
        let listeners = vec![
            dom::on_window("pointermove", self.life.alive(moved)),
            dom::on_window("pointerup", self.life.alive(move |_| self.end(true))),
            dom::on_window("pointercancel", self.life.alive(move |_| self.end(false))),
            dom::on_window_first("keydown", self.life.alive(pressed)),
        ];
        self.listeners.set_value(listeners);
        self.follow();
    }

    /// Once per frame while something is dragged: scrolls at the edges, and
    /// finds the place under the pointer.
    fn follow(self) {
        if self.from.get_untracked().is_none() {
            return;
        }
        let y = self.y.get_value();
        if let Some(list) = self.list.get_untracked() {
            pointer::scroll_at_edge(&list, y);
            let spans = pointer::child_spans(&list);
            let above = |(top, bottom): &&(f64, f64)| (top + bottom) / 2.0 < y;
            let gap = Some(spans.iter().filter(above).count());
            if self.gap.get_untracked() != gap {
                self.gap.set(gap);
            }
        }
        dom::at_next_frame(self.life.alive(move |()| self.follow()));
    }

    /// Where the item would go, if that is another place.
    fn target(self) -> Option<usize> {
        let (from, gap) = (self.from.get()?, self.gap.get()?);
        let to = if gap > from { gap - 1 } else { gap };
        (to != from).then_some(to)
    }

    fn end(self, dropped: bool) {
        let from = self.from.get_untracked();
        let to = untrack(|| self.target());
        self.from.set(None);
        self.gap.set(None);
        // Not at once: one of them is running.
        let end = move |()| self.listeners.set_value(Vec::new());
        dom::at_next_frame(self.life.alive(end));
        if let Some((from, to)) = from.zip(to).filter(|_| dropped) {
            self.on_move.run((from, to));
        }
    }
}

/// What an item is dragged by.
#[component]
pub fn Handle(
    /// Its id in the page.
    id: String,
    /// What it moves.
    #[prop(into)]
    label: Signal<String>,
    /// The list.
    drag: Drag,
    /// The place of the item.
    place: Memo<usize>,
) -> impl IntoView {
    let on_key = move |event: ev::KeyboardEvent| {
        let place = place.get_untracked();
        let to = match keyboard::key(&event).as_str() {
            "ArrowUp" => place.checked_sub(1),
            "ArrowDown" => Some(place + 1),
            _ => return,
        };
        event.prevent_default();
        if let Some(to) = to {
            drag.on_move.run((place, to));
        }
    };
    view! {
        <button
            type="button"
            class="edit-handle"
            id=id
            aria-label=move || format!("Reorder {}", label.get())
            title="Drag, or press the arrow keys"
            on:pointerdown=move |event| drag.start(&event, place.get_untracked())
            on:keydown=on_key
        >
            <Icon name="drag" />
        </button>
    }
}
