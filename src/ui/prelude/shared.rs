//! Reactive parts and components of one kind for all closures.
//!
//! Leptos makes a piece of code of its own for each closure that it is given:
//! two hundred and fifty memos were as many copies of what a memo does. Here
//! closures go into boxes, so there is one copy for each type of value.

use std::any::Any;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use leptos::control_flow;
use leptos::either::Either;
use leptos::prelude::*;

use super::memo::Memo;

/// What is worked out from signals, and tells its readers when it has changed.
pub fn memo<T>(work: impl Fn() -> T + Send + Sync + 'static) -> Memo<T>
where
    T: PartialEq + Send + Sync + 'static,
{
    Memo::new(move |_| work())
}

/// What is worked out from signals whenever it is read.
pub fn derived<T>(work: impl Fn() -> T + Send + Sync + 'static) -> Signal<T>
where
    T: Send + Sync + 'static,
{
    boxed_signal(Box::new(work))
}

#[inline(never)]
fn boxed_signal<T>(work: Box<dyn Fn() -> T + Send + Sync>) -> Signal<T>
where
    T: Send + Sync + 'static,
{
    Signal::derive(work)
}

/// Does something now, and again whenever a signal that it reads has changed.
pub fn effect(act: impl FnMut() + 'static) {
    boxed_effect(Box::new(act));
}

#[inline(never)]
fn boxed_effect(mut act: Box<dyn FnMut()>) {
    Effect::new(move |_: Option<()>| act());
}

/// A view that is made anew whenever a signal that it reads has changed.
pub fn following<V: IntoView + 'static>(mut view: impl FnMut() -> V + Send + 'static) -> AnyView {
    boxed_view(Box::new(move || view().into_any()))
}

#[inline(never)]
fn boxed_view(view: Box<dyn FnMut() -> AnyView + Send>) -> AnyView {
    view.into_any()
}

/// When something is shown.
pub struct When(Box<dyn Fn() -> bool + Send + Sync>);

impl<F: Fn() -> bool + Send + Sync + 'static> From<F> for When {
    fn from(when: F) -> Self {
        Self(Box::new(when))
    }
}

/// Shows its children while something is so, and else the fallback.
#[component]
pub fn Show(
    /// What is shown.
    children: ChildrenFn,
    /// Whether it is.
    #[prop(into)]
    when: When,
    /// What is shown instead.
    #[prop(optional, into)]
    fallback: ViewFn,
) -> impl IntoView {
    let When(when) = when;
    let is_shown = memo(when);
    // One of two, though both are of one type: what was the one must not
    // become the other, but go.
    let shown: Box<dyn FnMut() -> Either<AnyView, AnyView> + Send> =
        Box::new(move || match is_shown.get() {
            true => Either::Left(children()),
            false => Either::Right(fallback.run()),
        });
    shown
}

/// What an item of a list is known by.
trait ItemKey: Any + Send + Sync {
    fn is(&self, other: &dyn ItemKey) -> bool;
    fn put(&self, hasher: &mut dyn Hasher);
}

impl<K: Eq + Hash + Send + Sync + 'static> ItemKey for K {
    fn is(&self, other: &dyn ItemKey) -> bool {
        let other: &dyn Any = other;
        other.downcast_ref::<K>() == Some(self)
    }

    fn put(&self, mut hasher: &mut dyn Hasher) {
        self.hash(&mut hasher);
    }
}

#[derive(Clone)]
struct Key(Arc<dyn ItemKey>);

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.0.is(&*other.0)
    }
}

impl Eq for Key {}

impl Hash for Key {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.0.put(hasher);
    }
}

/// An item of a list: its key, and what makes its view.
type Item = (Key, Box<dyn FnOnce() -> AnyView + Send>);

/// A view for each item of a list; it stays for as long as an item with the
/// key is there.
#[component]
pub fn For<E, I, T, C, V, F, K>(
    /// The items.
    each: E,
    /// What an item is known by.
    key: F,
    /// The view of an item.
    children: C,
) -> impl IntoView
where
    E: Fn() -> I + Send + 'static,
    I: IntoIterator<Item = T>,
    T: Send + 'static,
    C: Fn(T) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
    F: Fn(&T) -> K + Send + 'static,
    K: Eq + Hash + Send + Sync + 'static,
{
    let children = Arc::new(children);
    list(Box::new(move || {
        let item = |item: T| -> Item {
            let children = children.clone();
            let key = Key(Arc::new(key(&item)));
            (key, Box::new(move || children(item).into_any()))
        };
        each().into_iter().map(item).collect()
    }))
}

fn list(each: Box<dyn Fn() -> Vec<Item> + Send>) -> AnyView {
    view! { <control_flow::For each key=|item: &Item| item.0.clone() children=|item: Item| item.1() /> }
        .into_any()
}
