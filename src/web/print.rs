//! Printing: what stands on paper is made when paper is asked for.
//!
//! The browser says so by an event, whether a button or its own menu asked,
//! and prints what the page is when the handler returns. So a report is made
//! and mounted within the handler; a signal would come too late.

use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::dom;
use super::life::{Act, alive};

/// The class of a report; the style sheet hides all else while there is one.
const CLASS: &str = "print-report";

/// Opens the browser's dialog for printing what is shown.
pub fn page() {
    // A browser without printers does nothing.
    let _ = window().print();
}

/// Prints what `report` puts on the paper in the place of the view that calls
/// this, for as long as that is there.
pub fn instead(mut report: Act<Paper>) {
    let shown = StoredValue::new_local(None);
    let before = alive(move |_| {
        // Whatever a browser left from the last time goes first.
        shown.set_value(None);
        report.run(Paper(shown));
    });
    let after = alive(move |_| shown.set_value(None));
    let listeners = StoredValue::new_local([
        dom::on_window("beforeprint", before),
        dom::on_window("afterprint", after),
    ]);
    on_cleanup(move || {
        listeners.dispose();
        shown.dispose();
    });
}

/// What a report is put on.
pub struct Paper(StoredValue<Option<Report>, LocalStorage>);

impl Paper {
    /// Prints this.
    pub fn show(self, view: AnyView) {
        self.0.set_value(Report::new(view));
    }
}

/// A report in the page; it goes with this value.
struct Report {
    element: HtmlElement,
    _view: UnmountHandle<<AnyView as Render>::State>,
}

impl Report {
    fn new(view: AnyView) -> Option<Self> {
        let element = document().create_element("div").ok()?;
        let element: HtmlElement = element.dyn_into().ok()?;
        element.set_class_name(CLASS);
        document().body()?.append_child(&element).ok()?;
        let view = mount_to(element.clone(), move || view);
        Some(Self {
            element,
            _view: view,
        })
    }
}

impl Drop for Report {
    fn drop(&mut self) {
        self.element.remove();
    }
}
