//! What dragging needs to know of the page.

use leptos::prelude::window;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, MouseEvent};

/// The top and bottom of each child of an element, in the window.
pub fn child_spans(element: &Element) -> Vec<(f64, f64)> {
    let children = element.children();
    (0..children.length())
        .filter_map(|at| children.item(at))
        .map(|child| child.get_bounding_client_rect())
        .map(|rect| (rect.top(), rect.bottom()))
        .collect()
}

/// How far down the window a pointer is.
pub fn pointer_y(event: &Event) -> Option<f64> {
    let pointer = event.dyn_ref::<web_sys::PointerEvent>()?;
    Some(f64::from(pointer.client_y()))
}

/// Scrolls a little when something of an element is dragged near the top or
/// bottom of what it is in: a dialog, or the page.
pub fn scroll_at_edge(element: &Element, y: f64) {
    const EDGE: f64 = 96.0;
    let dialog = element.closest("dialog").ok().flatten();
    let (top, bottom) = match &dialog {
        Some(dialog) => {
            let area = dialog.get_bounding_client_rect();
            (area.top(), area.bottom())
        }
        None => {
            let height = window().inner_height().ok();
            (0.0, height.and_then(|it| it.as_f64()).unwrap_or(800.0))
        }
    };
    let past_top = (top + EDGE - y).max(0.0);
    let past_bottom = (y - (bottom - EDGE)).max(0.0);
    let by = (past_bottom - past_top).clamp(-EDGE, EDGE) / 6.0;
    match dialog {
        _ if by == 0.0 => {}
        Some(dialog) => dialog.scroll_by_with_x_and_y(0.0, by),
        None => window().scroll_by_with_x_and_y(0.0, by),
    }
}

/// Whether a click or press is on what lies around a dialog, and not in it.
pub fn is_beside(dialog: &Element, event: &MouseEvent) -> bool {
    let of_dialog = event
        .target()
        .is_some_and(|target| &target == dialog.as_ref());
    let area = dialog.get_bounding_client_rect();
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    let is_in =
        (area.left()..area.right()).contains(&x) && (area.top()..area.bottom()).contains(&y);
    of_dialog && !is_in
}
