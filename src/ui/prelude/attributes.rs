//! The attributes of elements, by the names that `view!` calls them by.

use leptos::attr::AttributeValue;
use leptos::attr::any_attribute::IntoAnyAttribute;
use leptos::attr::custom::custom_attribute;
use leptos::ev::{EventDescriptor, on};
use leptos::prelude::NodeRef;
use leptos::tachys::html::class::{IntoClass, class};
use leptos::tachys::html::element::ElementType;
use leptos::tachys::html::node_ref::{NodeRefContainer, node_ref};
use leptos::tachys::html::property::{IntoProperty, prop};
use leptos::tachys::html::style::{IntoStyle, style};
use leptos::tachys::renderer::types::Event;

use super::element::TakesAttributes;
use crate::web::life::Life;

macro_rules! named {
    ($($method:ident $name:literal)*) => {
        /// An element with attributes.
        pub trait Attributes: TakesAttributes {
            $(
                #[doc = concat!("With the attribute `", $name, "`.")]
                fn $method<V: AttributeValue>(self, value: V) -> Self::With {
                    self.attr($name, value)
                }
            )*

            /// With an attribute of any name.
            fn attr<V: AttributeValue>(self, name: &'static str, value: V) -> Self::With {
                self.take(custom_attribute(name, value).into_any_attr())
            }

            /// With classes, or with a class at times.
            fn class<C: IntoClass>(self, classes: C) -> Self::With {
                self.take(class(classes).into_any_attr())
            }

            /// With a style, set through the object model.
            fn style<S: IntoStyle>(self, styles: S) -> Self::With {
                self.take(style(styles).into_any_attr())
            }

            /// With a property of the object.
            fn prop<P: IntoProperty>(self, name: &'static str, value: P) -> Self::With {
                self.take(prop(name, value).into_any_attr())
            }

            /// Known to views by a reference.
            fn node_ref<E>(self, known: NodeRef<E>) -> Self::With
            where
                E: ElementType,
                E::Output: 'static,
                NodeRef<E>: NodeRefContainer<E>,
            {
                self.take(node_ref::<E, _>(known).into_any_attr())
            }

            /// With an event listener, for as long as its view lives.
            fn on<E, F>(self, event: E, mut act: F) -> Self::With
            where
                E: EventDescriptor + Send + 'static,
                E::EventType: From<Event> + 'static,
                F: FnMut(E::EventType) + 'static,
            {
                let life = Life::here();
                // In a box, so that there is one kind of listener for an event.
                let act: Box<dyn FnMut(E::EventType)> = Box::new(move |event| {
                    // Leptos runs a handler as a part of the view that it was made in.
                    if life.goes_on() {
                        act(event);
                    }
                });
                self.take(on(event, act).into_any_attr())
            }
        }
    };
}

named! {
    accept "accept"
    aria_activedescendant "aria-activedescendant"
    aria_autocomplete "aria-autocomplete"
    aria_busy "aria-busy"
    aria_checked "aria-checked"
    aria_controls "aria-controls"
    aria_current "aria-current"
    aria_describedby "aria-describedby"
    aria_disabled "aria-disabled"
    aria_expanded "aria-expanded"
    aria_haspopup "aria-haspopup"
    aria_hidden "aria-hidden"
    aria_invalid "aria-invalid"
    aria_label "aria-label"
    aria_labelledby "aria-labelledby"
    aria_live "aria-live"
    aria_pressed "aria-pressed"
    aria_rowcount "aria-rowcount"
    aria_rowindex "aria-rowindex"
    aria_selected "aria-selected"
    aria_setsize "aria-setsize"
    aria_posinset "aria-posinset"
    aria_sort "aria-sort"
    aria_valuemax "aria-valuemax"
    aria_valuemin "aria-valuemin"
    aria_valuenow "aria-valuenow"
    aria_valuetext "aria-valuetext"
    autocomplete "autocomplete"
    autofocus "autofocus"
    dir "dir"
    disabled "disabled"
    draggable "draggable"
    hidden "hidden"
    href "href"
    id "id"
    inert "inert"
    inputmode "inputmode"
    label "label"
    max "max"
    maxlength "maxlength"
    name "name"
    novalidate "novalidate"
    open "open"
    placeholder "placeholder"
    rel "rel"
    required "required"
    role "role"
    rows "rows"
    scope "scope"
    selected "selected"
    spellcheck "spellcheck"
    src "src"
    tabindex "tabindex"
    target "target"
    title "title"
    value "value"
    alt "alt"
    r#for "for"
    r#type "type"
}

impl<T: TakesAttributes> Attributes for T {}
