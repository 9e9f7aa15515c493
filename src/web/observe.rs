//! Watching elements and the theme. Each watch ends when its value is dropped.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{
    Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit,
    MediaQueryList, MutationObserver, MutationObserverInit, ResizeObserver,
};

use super::life::Act;

/// Follows whether an element is near the visible part of the page.
pub struct VisibleWatch {
    observer: IntersectionObserver,
    _closure: Closure<dyn FnMut(Array)>,
}

impl VisibleWatch {
    /// Tells `moved` at the start whether the element is near, and whenever
    /// that changes; none where the browser can't watch.
    pub fn new(element: &Element, mut moved: Act<bool>) -> Option<Self> {
        let closure = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            // The last one is how it is now.
            if let Some(entry) = entries.iter().last() {
                let entry = entry.unchecked_into::<IntersectionObserverEntry>();
                moved.run(entry.is_intersecting());
            }
        });
        let how = IntersectionObserverInit::new();
        how.set_root_margin("200px");
        let observer =
            IntersectionObserver::new_with_options(closure.as_ref().unchecked_ref(), &how).ok()?;
        observer.observe(element);
        Some(Self {
            observer,
            _closure: closure,
        })
    }
}

impl Drop for VisibleWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Follows the size of an element.
pub struct SizeWatch {
    observer: ResizeObserver,
    _closure: Closure<dyn FnMut()>,
}

impl SizeWatch {
    /// Calls `changed` at the start and whenever the element's size changes;
    /// none where the browser can't watch.
    pub fn new(element: &Element, mut changed: Act) -> Option<Self> {
        let closure = Closure::<dyn FnMut()>::new(move || changed.run(()));
        let observer = ResizeObserver::new(closure.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Self {
            observer,
            _closure: closure,
        })
    }
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Follows all that colours and motion hang on: the page's `data-theme`, and
/// the preferences of the system.
pub struct ThemeWatch {
    attribute: Option<MutationObserver>,
    queries: Vec<MediaQueryList>,
    _closure: Closure<dyn FnMut()>,
}

const REDUCED_MOTION: &str = "(prefers-reduced-motion: reduce)";
/// The system gives the colours.
pub const FORCED_COLORS: &str = "(forced-colors: active)";
const WATCHED: [&str; 3] = [
    "(prefers-color-scheme: dark)",
    FORCED_COLORS,
    REDUCED_MOTION,
];

impl ThemeWatch {
    /// Calls `changed` after each change.
    pub fn new(mut changed: Act) -> Self {
        let closure = Closure::<dyn FnMut()>::new(move || changed.run(()));
        let listener = closure.as_ref().unchecked_ref();
        let queries: Vec<MediaQueryList> =
            WATCHED.iter().filter_map(|query| media(query)).collect();
        for query in &queries {
            query.set_onchange(Some(listener));
        }
        let attribute = MutationObserver::new(listener).ok().filter(|observer| {
            let how = MutationObserverInit::new();
            how.set_attributes(true);
            how.set_attribute_filter(&Array::of1(&"data-theme".into()));
            let root = web_sys::window()
                .and_then(|window| window.document())
                .and_then(|document| document.document_element());
            root.is_some_and(|root| observer.observe_with_options(&root, &how).is_ok())
        });
        Self {
            attribute,
            queries,
            _closure: closure,
        }
    }
}

impl Drop for ThemeWatch {
    fn drop(&mut self) {
        if let Some(observer) = &self.attribute {
            observer.disconnect();
        }
        for query in &self.queries {
            query.set_onchange(None);
        }
    }
}

/// Whether the person asked for less motion.
pub fn reduced_motion() -> bool {
    media(REDUCED_MOTION).is_some_and(|query| query.matches())
}

fn media(query: &str) -> Option<MediaQueryList> {
    web_sys::window()?.match_media(query).ok()?
}
