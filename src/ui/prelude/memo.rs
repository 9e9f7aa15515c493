//! Memos of one kind.
//!
//! Leptos makes the code of a memo anew for each type of value: what runs it
//! again, what knows its readers, what compares. Here the value lies in a box,
//! so all memos are one, and only what is read out of it has a type.

use std::any::Any;
use std::marker::PhantomData;
use std::panic::Location;
use std::sync::Arc;

use leptos::prelude::{self as plain, DefinedAt, Get, ReadUntracked, Signal, Track};

/// What is worked out from signals, and tells its readers when it has changed.
pub struct Memo<T> {
    held: plain::Memo<Held>,
    value: PhantomData<fn() -> T>,
}

/// The value of a memo.
#[derive(Clone)]
struct Held {
    value: Arc<dyn Any + Send + Sync>,
    is_same: fn(&dyn Any, &dyn Any) -> bool,
}

impl PartialEq for Held {
    fn eq(&self, other: &Self) -> bool {
        (self.is_same)(&*self.value, &*other.value)
    }
}

impl<T: Send + Sync + 'static> Memo<T> {
    /// A memo of what `work` makes, which is given what it made before.
    pub fn new(work: impl Fn(Option<&T>) -> T + Send + Sync + 'static) -> Self
    where
        T: PartialEq,
    {
        Self::held(work, |one, other| {
            one.downcast_ref::<T>() == other.downcast_ref()
        })
    }

    /// A memo whose value is another one whenever it is worked out.
    pub fn always_new(work: impl Fn() -> T + Send + Sync + 'static) -> Self {
        Self::held(move |_| work(), |_, _| false)
    }

    fn held(
        work: impl Fn(Option<&T>) -> T + Send + Sync + 'static,
        is_same: fn(&dyn Any, &dyn Any) -> bool,
    ) -> Self {
        let work = move |before: Option<&Held>| -> Arc<dyn Any + Send + Sync> {
            Arc::new(work(before.and_then(|before| before.value.downcast_ref())))
        };
        Self {
            held: made(Box::new(work), is_same),
            value: PhantomData,
        }
    }
}

type Work = dyn Fn(Option<&Held>) -> Arc<dyn Any + Send + Sync> + Send + Sync;

#[inline(never)]
fn made(work: Box<Work>, is_same: fn(&dyn Any, &dyn Any) -> bool) -> plain::Memo<Held> {
    plain::Memo::new(move |before| Held {
        value: work(before),
        is_same,
    })
}

#[inline(never)]
fn value_of(held: plain::Memo<Held>) -> Option<Arc<dyn Any + Send + Sync>> {
    held.try_read_untracked().map(|held| held.value.clone())
}

impl<T> Clone for Memo<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Memo<T> {}

impl<T> PartialEq for Memo<T> {
    fn eq(&self, other: &Self) -> bool {
        self.held == other.held
    }
}

impl<T> DefinedAt for Memo<T> {
    fn defined_at(&self) -> Option<&'static Location<'static>> {
        self.held.defined_at()
    }
}

impl<T> Track for Memo<T> {
    fn track(&self) {
        self.held.track();
    }
}

impl<T: Send + Sync + 'static> ReadUntracked for Memo<T> {
    type Value = Arc<T>;

    fn try_read_untracked(&self) -> Option<Arc<T>> {
        value_of(self.held)?.downcast().ok()
    }
}

impl<T: Clone + Send + Sync + 'static> From<Memo<T>> for Signal<T> {
    fn from(memo: Memo<T>) -> Self {
        super::derived(move || memo.get())
    }
}
