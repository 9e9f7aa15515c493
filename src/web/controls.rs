//! The controls in a part of the page, and where that part lies.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::dom::{by_id, matches_media};
use super::focus::focus_soon_where;
use super::length::length;

/// Moves the focus to the first control in the element of that id, as soon as
/// it can take it; on a touch screen to the element itself, since a field
/// would bring up the keyboard over what it is for.
pub fn focus_in_soon(id: String) {
    let by_touch = matches_media("(pointer: coarse)");
    focus_soon_where(move || {
        let element = by_id(&id)?;
        let first = controls_in(&element).into_iter().next();
        first.filter(|_| !by_touch).or(Some(element))
    });
}

/// Moves the focus from a control in the element to the next, or the one before.
pub fn focus_step_in(element: &Element, forward: bool) {
    let controls = controls_in(element);
    let active = document().active_element();
    let here = controls
        .iter()
        .position(|control| active.as_ref() == Some(control.as_ref()));
    let next = match here {
        Some(at) if forward => at.checked_add(1),
        Some(at) => at.checked_sub(1),
        None => Some(0),
    };
    if let Some(control) = next.and_then(|at| controls.get(at)) {
        let _ = control.focus();
    }
}

/// The controls in an element that are shown.
fn controls_in(element: &Element) -> Vec<HtmlElement> {
    let Ok(found) = element.query_selector_all("input, select, button, a[href]") else {
        return Vec::new();
    };
    let found = (0..found.length()).filter_map(|at| found.get(at)?.dyn_into::<HtmlElement>().ok());
    found
        .filter(|control| control.offset_parent().is_some())
        .collect()
}

/// Whether a field in the element says that what it holds is wrong.
pub fn has_wrong_field(element: &Element) -> bool {
    matches!(element.query_selector("[aria-invalid=true]"), Ok(Some(_)))
}

/// Whether an element reaches beyond the end of the window, whichever side
/// that is.
pub fn is_beyond_end(element: &Element) -> bool {
    let Some(root) = document().document_element() else {
        return false;
    };
    let place = element.get_bounding_client_rect();
    place.right() > f64::from(root.client_width()) || place.left() < 0.0
}

/// Puts a panel that lies over the page below the element of an id, or above it
/// where there is more room, and within the window.
pub fn place_beside(panel: &HtmlElement, anchor: &str) {
    const AIR_PX: f64 = 4.0;
    let Some(anchor) = by_id(anchor) else { return };
    let (Some(root), at) = (
        document().document_element(),
        anchor.get_bounding_client_rect(),
    ) else {
        return;
    };
    let (width, height) = (
        f64::from(root.client_width()),
        f64::from(root.client_height()),
    );
    let own = panel.get_bounding_client_rect();
    let below = at.bottom() + AIR_PX;
    let above = at.top() - AIR_PX - own.height();
    let top = if below + own.height() <= height || above < 0.0 {
        below.min(height - own.height() - AIR_PX)
    } else {
        above
    };
    let left = at.left().min(width - own.width() - AIR_PX);
    for (property, px) in [("left", left), ("top", top)] {
        let px = px.max(AIR_PX).round();
        let _ = panel.style().set_property(property, &length(px, "px"));
    }
}

/// Lets style sheets know a length, in CSS pixels, by a custom property.
pub fn tell_styles_px(property: &str, px: f64) {
    let root = document().document_element();
    if let Some(root) = root.and_then(|root| root.dyn_into::<HtmlElement>().ok()) {
        let _ = root.style().set_property(property, &length(px, "px"));
    }
}
