//! Elements of one kind.
//!
//! To Leptos a `<p>` and a `<div>` are of different types, and so are their
//! attributes: the code that makes, changes and moves them was there a hundred
//! times, and a view handed each element on by value with every attribute. The
//! methods here stand in the place of Leptos's own, by the same names, and make
//! an [`El`] of each element: its tag is a text, and it lies in a box.

use std::mem;

use leptos::attr::Attribute;
use leptos::attr::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::prelude::{AddAnyAttr, AnyView, IntoAny, IntoRender, Mountable, Render, RenderHtml};
use leptos::tachys::html::element::{ElementType, HtmlElement};
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::dom::{Element, Node};
use leptos::tachys::renderer::{CastFrom, Rndr};
use leptos::tachys::view::{Position, PositionState};

/// An element of any tag.
pub struct El(Box<Parts>);

struct Parts {
    tag: &'static str,
    namespace: Option<&'static str>,
    attributes: Vec<AnyAttribute>,
    inside: Option<AnyView>,
}

impl El {
    fn new(tag: &'static str, namespace: Option<&'static str>) -> Self {
        Self(Box::new(Parts {
            tag,
            namespace,
            attributes: Vec::new(),
            inside: None,
        }))
    }

    /// The element with one attribute more.
    #[inline(never)]
    pub fn with(mut self, attribute: AnyAttribute) -> Self {
        self.0.attributes.push(attribute);
        self
    }

    #[inline(never)]
    fn around(mut self, inside: AnyView) -> Self {
        self.0.inside = Some(inside);
        self
    }
}

/// Puts something inside of an element that has nothing there.
pub trait ElementChild<C> {
    /// The element around `child`.
    fn child(self, child: C) -> El;
}

impl<E, C> ElementChild<C> for HtmlElement<E, (), ()>
where
    E: ElementType,
    C: IntoRender,
    C::Output: RenderHtml,
{
    fn child(self, child: C) -> El {
        El::new(E::TAG, E::NAMESPACE).around(child.into_render().into_any())
    }
}

/// What takes attributes.
pub trait TakesAttributes: Sized {
    /// What it is with an attribute.
    type With;

    /// Takes an attribute.
    fn take(self, attribute: AnyAttribute) -> Self::With;
}

impl TakesAttributes for El {
    type With = Self;

    fn take(self, attribute: AnyAttribute) -> Self {
        self.with(attribute)
    }
}

impl<E: ElementType> TakesAttributes for HtmlElement<E, (), ()> {
    type With = El;

    fn take(self, attribute: AnyAttribute) -> El {
        El::new(E::TAG, E::NAMESPACE).with(attribute)
    }
}

/// An element whose first attribute was one that only elements of its tag have,
/// such as the type of an input; Leptos keeps what is in it to itself.
impl<E: ElementType> TakesAttributes for HtmlElement<E, Vec<AnyAttribute>, ()> {
    type With = Self;

    fn take(self, attribute: AnyAttribute) -> Self {
        self.add_any_attr(attribute)
    }
}

/// An element on the page.
pub struct ElState {
    el: Element,
    tag: &'static str,
    attributes: <Vec<AnyAttribute> as Attribute>::State,
    inside: Option<<AnyView as Render>::State>,
}

impl Render for El {
    type State = ElState;

    fn build(self) -> ElState {
        let Parts {
            tag,
            namespace,
            attributes,
            inside,
        } = *self.0;
        let el = Rndr::create_element(tag, namespace);
        let attributes = Attribute::build(attributes, &el);
        let inside = inside.map(|inside| {
            let mut inside = Render::build(inside);
            inside.mount(&el, None);
            inside
        });
        ElState {
            el,
            tag,
            attributes,
            inside,
        }
    }

    fn rebuild(self, state: &mut ElState) {
        if self.0.tag != state.tag || self.0.inside.is_some() != state.inside.is_some() {
            let mut new = self.build();
            state.insert_before_this(&mut new);
            state.unmount();
            drop(mem::replace(state, new));
            return;
        }
        Attribute::rebuild(self.0.attributes, &mut state.attributes);
        if let (Some(inside), Some(state)) = (self.0.inside, &mut state.inside) {
            inside.rebuild(state);
        }
    }
}

impl Mountable for ElState {
    fn unmount(&mut self) {
        Rndr::remove(&self.el);
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        Rndr::insert_node(parent, &self.el, marker);
    }

    fn try_mount(&mut self, parent: &Element, marker: Option<&Node>) -> bool {
        Rndr::try_insert_node(parent, &self.el, marker)
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let parent = Rndr::get_parent(&self.el).and_then(Element::cast_from);
        if let Some(parent) = &parent {
            child.mount(parent, Some(&self.el));
        }
        parent.is_some()
    }

    fn elements(&self) -> Vec<Element> {
        vec![self.el.clone()]
    }
}

impl AddAnyAttr for El {
    type Output<A: Attribute> = Self;

    fn add_any_attr<A: Attribute>(self, attribute: A) -> Self {
        self.with(attribute.into_any_attr())
    }
}

/// There is no server, so nothing is written as a text or found on the page.
impl RenderHtml for El {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        _text: &mut String,
        _position: &mut Position,
        _escape: bool,
        _mark_branches: bool,
        _attributes: Vec<AnyAttribute>,
    ) {
    }

    fn hydrate<const FROM_SERVER: bool>(
        self,
        _cursor: &Cursor,
        _position: &PositionState,
    ) -> ElState {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}
