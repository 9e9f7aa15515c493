//! What dragging needs to know of the page.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, MouseEvent, PointerEvent};

use super::dom::{self, Listener};
use super::length::length;
use super::life::Act;

/// A place in the window, in CSS pixels.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

impl Point {
    /// How far it is from another.
    pub fn distance_px(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

/// Where in the window an event of a pointer is.
pub fn point(event: &Event) -> Option<Point> {
    let event = event.dyn_ref::<MouseEvent>()?;
    Some(Point {
        x: event.client_x().into(),
        y: event.client_y().into(),
    })
}

/// The pointer of a press that is going to be let go of over the page: not one
/// that opens a list or a menu of the browser's own.
pub fn held(event: &Event) -> Option<Pointer> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let opens_list = target.closest("select").is_ok_and(|list| list.is_some());
    let pressed = event.dyn_ref::<PointerEvent>().and_then(Pointer::pressed);
    pressed.filter(|_| !opens_list)
}

/// A mouse, a finger or a pen that is down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pointer {
    id: i32,
    /// It hovers and has buttons, and does not scroll by being moved.
    pub is_mouse: bool,
}

impl Pointer {
    /// The pointer of a press with the main button, or of the first finger.
    pub fn pressed(event: &PointerEvent) -> Option<Self> {
        let is_plain = event.is_primary()
            && event.button() == 0
            && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
        is_plain.then(|| Self {
            id: event.pointer_id(),
            is_mouse: event.pointer_type() == "mouse",
        })
    }

    /// Whether an event is of this pointer.
    pub fn is_of(self, event: &Event) -> bool {
        event
            .dyn_ref::<PointerEvent>()
            .is_some_and(|event| event.pointer_id() == self.id)
    }
}

/// Whether a click was made by a pointer, and not by a key or a script.
pub fn is_by_pointer(event: &Event) -> bool {
    event
        .dyn_ref::<MouseEvent>()
        .is_some_and(|event| event.detail() > 0)
}

/// A part of the page that things are carried about in.
pub struct Area {
    element: Element,
    _touch: Listener,
}

impl Area {
    /// Asks `touched` of each movement of a finger in it; that may forbid the
    /// browser to scroll.
    pub fn new(element: Element, touched: Act<Event>) -> Self {
        let touch = dom::on_element(&element, "touchmove", touched);
        Self {
            element,
            _touch: touch,
        }
    }

    /// Lets all that the pointer does be told to the area.
    pub fn capture(&self, pointer: Pointer) {
        // It may have been lifted by now, which is told too.
        let _ = self.element.set_pointer_capture(pointer.id);
    }

    /// Ends that.
    pub fn release(&self, pointer: Pointer) {
        if self.element.has_pointer_capture(pointer.id) {
            let _ = self.element.release_pointer_capture(pointer.id);
        }
    }

    /// Whether an event is about the area itself.
    pub fn is_target_of(&self, event: &Event) -> bool {
        event
            .target()
            .is_some_and(|target| &target == self.element.as_ref())
    }
}

/// The top and bottom of each child of an element, in the window.
pub fn child_spans(element: &Element) -> Vec<(f64, f64)> {
    let children = element.children();
    (0..children.length())
        .filter_map(|at| children.item(at))
        .map(|child| child.get_bounding_client_rect())
        .map(|rect| (rect.top(), rect.bottom()))
        .collect()
}

/// The element at a point of the window, or the next one around it, that fits
/// a selector.
pub fn under(at: Point, selector: &str) -> Option<Element> {
    let element = document().element_from_point(at.x as f32, at.y as f32)?;
    element.closest(selector).ok().flatten()
}

/// How near to the edge of what scrolls a pointer makes it scroll.
const EDGE_PX: f64 = 96.0;

/// How far to scroll in this frame what reaches from one edge to the other,
/// with the pointer at a place: the nearer to an edge, the more.
fn scroll_px((start, end): (f64, f64), at: f64) -> f64 {
    // What is narrow has narrow edges.
    let edge = EDGE_PX.min((end - start) / 4.0);
    let past_start = (start + edge - at).clamp(0.0, edge);
    let past_end = (at - (end - edge)).clamp(0.0, edge);
    (past_end - past_start) / 6.0
}

/// Scrolls a little when something of an element is dragged near the top or
/// bottom of what it is in: a dialog, or the page.
pub fn scroll_at_edge(element: &Element, at: Point) {
    match element.closest("dialog").ok().flatten() {
        Some(dialog) => scroll_down_in(&dialog, at),
        None => scroll_page(at),
    }
}

/// Scrolls the page a little when something is dragged near its top or bottom.
pub fn scroll_page(at: Point) {
    let height = window().inner_height().ok();
    let height_px = height.and_then(|it| it.as_f64()).unwrap_or(800.0);
    let by = scroll_px((0.0, height_px), at.y);
    if by != 0.0 {
        window().scroll_by_with_x_and_y(0.0, by);
    }
}

/// Scrolls an element a little when something is dragged near its top or bottom.
pub fn scroll_down_in(element: &Element, at: Point) {
    let area = element.get_bounding_client_rect();
    let by = scroll_px((area.top(), area.bottom()), at.y);
    if by != 0.0 {
        element.scroll_by_with_x_and_y(0.0, by);
    }
}

/// Scrolls an element a little when something is dragged near its left or right.
pub fn scroll_along_in(element: &Element, at: Point) {
    let area = element.get_bounding_client_rect();
    let by = scroll_px((area.left(), area.right()), at.x);
    if by != 0.0 {
        element.scroll_by_with_x_and_y(by, 0.0);
    }
}

/// Where something was gripped, and how wide it is.
#[derive(Debug, Clone, Copy, Default)]
pub struct Grip {
    within: Point,
    width_px: f64,
}

impl Grip {
    /// Where an event of a pointer is in an element.
    pub fn of(element: &Element, at: Point) -> Self {
        let area = element.get_bounding_client_rect();
        Self {
            within: Point {
                x: at.x - area.left(),
                y: at.y - area.top(),
            },
            width_px: area.width(),
        }
    }

    /// Makes a picture of what was gripped as wide as that is.
    pub fn fit(self, picture: &HtmlElement) {
        let width = length(self.width_px, "px");
        let _ = picture.style().set_property("inline-size", &width);
    }

    /// Puts the picture where the pointer holds it.
    pub fn hold(self, picture: &HtmlElement, at: Point) {
        let (x, y) = (at.x - self.within.x, at.y - self.within.y);
        let place = format!("translate({x}px, {y}px)");
        let _ = picture.style().set_property("transform", &place);
    }
}

/// Brings an element into view, if it is not: by as little as can be.
pub fn bring_near(element: &Element) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    options.set_inline(web_sys::ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Whether a press is on a control of its own within what can be carried; a
/// link that stands for the whole is none.
pub fn is_on_control(event: &Event) -> bool {
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    let control = target.and_then(|target| {
        let controls = "button, input, select, textarea, label, [role=menu]";
        target.closest(controls).ok().flatten()
    });
    control.is_some()
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
