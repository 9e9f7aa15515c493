//! What every view needs of Leptos, with its handlers bound to the view's life.
//!
//! `view!` puts a handler on an element by a trait that it finds in scope. The
//! one here stands in the place of Leptos's own, so no handler in `ui` can run
//! when its view is gone, however it is written.

mod shared;

use leptos::attr::Attribute;
use leptos::ev::{EventDescriptor, On, on};
use leptos::html::{ElementType, HtmlElement};
pub use leptos::prelude::*;
use leptos::tachys::renderer::types::Event;
use leptos::tachys::view::add_attr::AddAnyAttr;

pub use self::shared::{For, Show, derived, effect, memo};
pub use crate::web::life::{Life, alive, carry_out, spawn};

/// Adds an event listener to an element, for as long as its view lives.
pub trait OnAttribute<E, F> {
    /// The type of the element with the listener.
    type Output;

    /// Adds the listener.
    fn on(self, event: E, act: F) -> Self::Output;
}

impl<El, At, Ch, E, F> OnAttribute<E, F> for HtmlElement<El, At, Ch>
where
    El: ElementType + Send,
    At: Attribute + Send,
    Ch: RenderHtml + Send,
    E: EventDescriptor + Send + 'static,
    E::EventType: From<Event> + 'static,
    F: FnMut(E::EventType) + 'static,
{
    type Output = <Self as AddAnyAttr>::Output<On<E, Box<dyn FnMut(E::EventType)>>>;

    fn on(self, event: E, mut act: F) -> Self::Output {
        let life = Life::here();
        // In a box, so that there is one kind of listener for an event.
        let act: Box<dyn FnMut(E::EventType)> = Box::new(move |event| {
            // Leptos runs a handler as a part of the view that it was made in.
            if life.goes_on() {
                act(event);
            }
        });
        self.add_any_attr(on(event, act))
    }
}
