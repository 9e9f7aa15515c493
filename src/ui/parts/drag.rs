//! Ordering by dragging: mouse and touch by pointer events on a handle, the
//! keyboard by arrow keys on the same handle.

use leptos::ev;
use leptos::html;

use super::Icon;
use super::gesture::{Acts, Gesture, Take};
use crate::ui::prelude::*;
use crate::web::keyboard;
use crate::web::pointer::{self, Point};

/// A list whose items can be dragged.
#[derive(Clone, Copy)]
pub struct Drag {
    list: NodeRef<html::Ol>,
    from: RwSignal<Option<usize>>,
    /// Before which item it would land; the number of items for the end.
    gap: RwSignal<Option<usize>>,
    gesture: Gesture,
    on_move: Callback<(usize, usize)>,
}

impl Drag {
    /// A list in the page, and what to do when the item at one place is to
    /// go to another.
    pub fn new(list: NodeRef<html::Ol>, on_move: Callback<(usize, usize)>) -> Self {
        let (from, gap) = (RwSignal::new(None), RwSignal::new(None));
        let gesture = Gesture::new(Acts {
            take: Callback::new(|()| {}),
            follow: Callback::new(move |at| follow(list, gap, at)),
            end: Callback::new(move |at: Option<Point>| {
                // The last frame may have seen the pointer elsewhere.
                if let Some(at) = at {
                    find_gap(list, gap, at);
                }
                let places = from.get_untracked().zip(gap.get_untracked());
                from.set(None);
                gap.set(None);
                let places = places.and_then(|(from, gap)| Some((from, target(from, gap)?)));
                if let Some(places) = places.filter(|_| at.is_some()) {
                    on_move.run(places);
                }
            }),
        });
        Self {
            list,
            from,
            gap,
            gesture,
            on_move,
        }
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
        if self.gesture.press(event, Take::AtOnce) {
            self.from.set(Some(place));
            if let Some(at) = pointer::point(event) {
                follow(self.list, self.gap, at);
            }
        }
    }

    fn target(self) -> Option<usize> {
        target(self.from.get()?, self.gap.get()?)
    }
}

/// Scrolls at the edges, and finds the place under the pointer.
fn follow(list: NodeRef<html::Ol>, gap: RwSignal<Option<usize>>, at: Point) {
    if let Some(list) = list.get_untracked() {
        pointer::scroll_at_edge(&list, at);
    }
    find_gap(list, gap, at);
}

fn find_gap(list: NodeRef<html::Ol>, gap: RwSignal<Option<usize>>, at: Point) {
    let Some(list) = list.get_untracked() else {
        return;
    };
    let spans = pointer::child_spans(&list);
    let above = |(top, bottom): &&(f64, f64)| (top + bottom) / 2.0 < at.y;
    let found = Some(spans.iter().filter(above).count());
    if gap.get_untracked() != found {
        gap.set(found);
    }
}

/// Where the item of a place would go, if that is another place.
fn target(from: usize, gap: usize) -> Option<usize> {
    let to = if gap > from { gap - 1 } else { gap };
    (to != from).then_some(to)
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
