//! The page: focus, title, listeners, frames.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use js_sys::Reflect;
use leptos::prelude::{document, set_timeout, window};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
pub use web_sys::Element;
use web_sys::{Event, HtmlElement, HtmlInputElement};

pub use super::focus::{
    FocusMemory, arrive_at, catch_focus, catch_focus_in_place, focus, focus_next, focus_soon,
    focus_when_there, select_soon,
};
use super::life::Act;
pub use super::listener::{
    Listener, on_document, on_element, on_target_of, on_window, on_window_first, on_window_last,
};

/// Has the browser ask whether the page is to be left, of which this event
/// tells beforehand.
pub fn ask_before_leaving(event: &Event) {
    event.prevent_default();
}

/// Loads the page again.
pub fn reload() {
    // The browser may refuse while the page goes, and then it goes.
    let _ = window().location().reload();
}

/// Runs `act` before the next frame is drawn, if it still may by then.
pub fn at_next_frame(mut act: Act) {
    in_frame(move || act.run(()));
}

/// For what holds nothing of a view.
pub(super) fn in_frame(act: impl FnOnce() + 'static) {
    let closure = Closure::once_into_js(act);
    if window()
        .request_animation_frame(closure.unchecked_ref())
        .is_err()
    {
        let _ = window().set_timeout_with_callback(closure.unchecked_ref());
    }
}

/// Runs `act` soon after the next frame was drawn, if it still may by then.
pub fn after_frame(act: Act) {
    in_frame(move || after(Duration::ZERO, act));
}

/// Runs `act` after a while, if it still may by then.
pub fn after(rest: Duration, mut act: Act) {
    set_timeout(move || act.run(()), rest);
}

/// Does one thing at the most once per frame, however often it is asked for.
#[derive(Clone)]
pub struct FrameGate {
    is_asked: Rc<Cell<bool>>,
    act: Rc<RefCell<Act>>,
}

impl FrameGate {
    /// What is to be done.
    pub fn new(act: Act) -> Self {
        Self {
            is_asked: Rc::default(),
            act: Rc::new(RefCell::new(act)),
        }
    }

    /// Asks for it before the next frame, unless it is asked for already.
    pub fn request(&self) {
        if !self.is_asked.replace(true) {
            let gate = self.clone();
            in_frame(move || {
                gate.is_asked.set(false);
                gate.act.borrow_mut().run(());
            });
        }
    }
}

/// Whether the field of that id holds something that is no value yet: half a
/// date, or a date that does not exist.
pub fn is_half_typed(id: &str) -> bool {
    let field = document().get_element_by_id(id).map(JsValue::from);
    let get = |of: JsValue, key: &str| Reflect::get(&of, &JsValue::from_str(key)).ok();
    let validity = field.and_then(|field| get(field, "validity"));
    let is_bad = validity.and_then(|validity| get(validity, "badInput"));
    is_bad.and_then(|is_bad| is_bad.as_bool()) == Some(true)
}

/// Acts once, when the browser has nothing better to do.
pub fn at_rest(mut act: Act) {
    let act = Closure::once_into_js(move || act.run(()));
    let window = window();
    // Not every browser tells when it rests.
    let asked = Reflect::get(&window, &"requestIdleCallback".into())
        .ok()
        .and_then(|ask| ask.dyn_into::<js_sys::Function>().ok())
        .is_some_and(|ask| ask.call1(&window, &act).is_ok());
    if !asked {
        let _ =
            window.set_timeout_with_callback_and_timeout_and_arguments_0(act.unchecked_ref(), 500);
    }
}

/// Lets the page draw and answer before the caller goes on.
pub async fn breathe() {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let _ = window().set_timeout_with_callback(&resolve);
    });
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}

/// Lets the page draw what has changed before the caller goes on.
pub async fn drawn() {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        // A page that is not seen draws nothing, and is not waited for.
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 100);
        in_frame(move || {
            let _ = window().set_timeout_with_callback(&resolve);
        });
    });
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}

/// Sets the document's title.
pub fn set_title(heading: &str) {
    document().set_title(&format!("{heading} - Pipewright"));
}

/// The element of that id.
pub fn by_id(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Brings the element of that id into view.
pub fn reveal(id: &str) {
    if let Some(element) = by_id(id) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Whether keys typed now go into a field.
pub fn is_typing() -> bool {
    document().active_element().is_some_and(|element| {
        matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
            && !element.dyn_ref::<HtmlInputElement>().is_some_and(|input| {
                matches!(input.type_().as_str(), "checkbox" | "radio" | "button")
            })
    })
}

/// Whether a dialog is open over the page.
pub fn dialog_is_open() -> bool {
    is_there("dialog[open]")
}

/// Whether the page has such an element.
pub fn is_there(selector: &str) -> bool {
    document().query_selector(selector).ok().flatten().is_some()
}

/// The top of an element and the height of the window, in CSS pixels.
pub fn top_and_window_height(element: &Element) -> (f64, f64) {
    let height = window()
        .inner_height()
        .ok()
        .and_then(|height| height.as_f64())
        .unwrap_or(800.0);
    (element.get_bounding_client_rect().top(), height)
}

/// How far the page is scrolled.
pub fn scrolled_px() -> f64 {
    window().scroll_y().unwrap_or_default()
}

/// Scrolls the page to its top.
pub(super) fn scroll_to_top() {
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

/// Whether a media query holds.
pub fn matches_media(query: &str) -> bool {
    window()
        .match_media(query)
        .ok()
        .flatten()
        .is_some_and(|list| list.matches())
}

/// Takes away the shell that was painted before the app arrived.
pub fn remove_shell() {
    if let Some(shell) = document().get_element_by_id("shell") {
        shell.remove();
    }
}

/// A thrown JavaScript value in words.
pub fn words(error: &JsValue) -> String {
    // By its name, since not every error with a message is of this window.
    let message = Reflect::get(error, &"message".into());
    message
        .ok()
        .and_then(|message| message.as_string())
        .or_else(|| error.as_string())
        .filter(|words| !words.is_empty())
        .unwrap_or_else(|| "it gave no reason".to_owned())
}

/// Puts the open dialogs in an element above all else, in their order.
pub fn raise_dialogs_in(element: &Element) {
    let Ok(dialogs) = element.query_selector_all("dialog[open]") else {
        return;
    };
    let dialogs = (0..dialogs.length()).filter_map(|at| dialogs.get(at));
    for dialog in dialogs.filter_map(|it| it.dyn_into::<web_sys::HtmlDialogElement>().ok()) {
        dialog.close();
        // It was open as one a moment ago.
        let _ = dialog.show_modal();
    }
}

/// Whether an event happened inside an element.
pub fn contains(element: &Element, event: &Event) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Node>().ok());
    element.contains(target.as_ref())
}

/// Whether the focus goes to something inside the element.
pub fn focus_stays_in(element: &Element, event: &web_sys::FocusEvent) -> bool {
    let target = event
        .related_target()
        .and_then(|target| target.dyn_into::<web_sys::Node>().ok());
    target.is_some() && element.contains(target.as_ref())
}

/// Whether the page is hidden, and may never be shown again.
pub fn is_hidden() -> bool {
    document().hidden()
}

/// Scrolls an element sideways as far as another was; whether that is at all.
pub fn scroll_along(from: Option<impl AsRef<Element>>, to: Option<impl AsRef<Element>>) -> bool {
    let left_px = from.map_or(0, |from| from.as_ref().scroll_left());
    if let Some(to) = to.filter(|to| to.as_ref().scroll_left() != left_px) {
        to.as_ref().set_scroll_left(left_px);
    }
    left_px != 0
}

/// Where the rows of a table stand in the window, in CSS pixels.
pub struct RowMetrics {
    /// From the top of the window to the top of the table's body.
    pub top_px: f64,
    /// The height of a row.
    pub row_px: f64,
    /// The height of the window.
    pub window_px: f64,
}

/// Measures a table's body by the lowest of its rows.
pub fn row_metrics(body: &Element) -> Option<RowMetrics> {
    let rows = body.query_selector_all("tr:not(.row-spacer)").ok()?;
    let rows = (0..rows.length()).filter_map(|at| rows.get(at)?.dyn_into::<Element>().ok());
    let heights = rows.map(|row| row.get_bounding_client_rect().height());
    // A hidden row has none.
    let heights = heights.filter(|height_px| *height_px > 0.0);
    let row_px = heights.reduce(f64::min)?;
    let (top_px, window_px) = top_and_window_height(body);
    Some(RowMetrics {
        top_px,
        row_px,
        window_px,
    })
}
