//! What scrolls within the page: how far, and what of it is in view.

use leptos::prelude::{document, window};
use web_sys::Element;

/// The size of the page's letters, in CSS pixels: what a length in `rem` counts.
pub fn rem_px() -> f64 {
    let root = document().document_element();
    let style = root.and_then(|root| window().get_computed_style(&root).ok().flatten());
    let size = style.and_then(|style| style.get_property_value("font-size").ok());
    let px = size.and_then(|size| size.strip_suffix("px")?.parse().ok());
    px.unwrap_or(16.0)
}

/// How far an element is scrolled down, and how much of it is in view.
pub fn scrolled_down_px(element: &Element) -> (f64, f64) {
    (
        f64::from(element.scroll_top()),
        f64::from(element.client_height()),
    )
}

/// Where the children of an element that scrolls sideways lie in its view: per
/// child its start and end, and the width of the view.
pub fn spans_across(element: &Element) -> (Vec<(f64, f64)>, f64) {
    let children = element.children();
    let left_px = element.get_bounding_client_rect().left();
    let spans = (0..children.length())
        .filter_map(|at| children.item(at))
        .map(|child| child.get_bounding_client_rect())
        .map(|area| (area.left() - left_px, area.right() - left_px));
    (spans.collect(), f64::from(element.client_width()))
}

/// Scrolls an element sideways until a child of it begins where its view does.
pub fn scroll_to_child(element: &Element, at: usize) {
    let (spans, _) = spans_across(element);
    if let Some((start_px, _)) = spans.get(at) {
        element.set_scroll_left(element.scroll_left() + *start_px as i32);
    }
}
