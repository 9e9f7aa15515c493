//! What the browser may run later, and for how long it may.
//!
//! The browser runs handlers, timers, frames, observers and promises while a
//! view goes and after it has gone, and the view's signals are gone by then:
//! to read one is a panic. So nothing is handed to the browser but an [`Act`],
//! which either hangs on the life of the view that made it ([`alive`]), or
//! holds nothing of any view ([`lasting`]).

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use leptos::prelude::*;
use leptos::task::spawn_local;

/// The life of a part of the page: it ends with the signals that were made
/// beside it, because it lies among them.
#[derive(Clone, Copy)]
pub struct Life(ArenaItem<Option<WeakOwner>>);

impl Life {
    /// The life of the view that is being made, or that is at work.
    pub fn here() -> Self {
        Self(ArenaItem::new(
            Owner::current().map(|owner| owner.downgrade()),
        ))
    }

    /// Whether the view is still there.
    pub fn goes_on(self) -> bool {
        !self.0.is_disposed()
    }

    /// Runs `act` as a part of the view, if that is still there.
    pub fn run<T>(self, act: impl FnOnce() -> T) -> Option<T> {
        match self.0.try_get_value()? {
            Some(owner) => Some(owner.upgrade()?.with(act)),
            None => Some(act()),
        }
    }

    /// What hangs on this life.
    pub fn alive<E: 'static>(self, mut act: impl FnMut(E) + 'static) -> Act<E> {
        Act(Box::new(move |event| {
            self.run(|| act(event));
        }))
    }
}

/// What the browser may run later.
pub struct Act<E: 'static = ()>(Box<dyn FnMut(E)>);

impl<E> Act<E> {
    /// Does it now.
    pub fn run(&mut self, event: E) {
        (self.0)(event);
    }

    /// The bare function.
    pub fn into_fn(self) -> Box<dyn FnMut(E)> {
        self.0
    }
}

/// What hangs on the view that is being made, or that is at work: once that is
/// gone, it does nothing.
pub fn alive<E: 'static>(act: impl FnMut(E) + 'static) -> Act<E> {
    Life::here().alive(act)
}

/// What is done whatever is shown, for parts that live as long as the page.
pub fn lasting<E: 'static>(act: impl FnMut(E) + 'static) -> Act<E> {
    Act(Box::new(act))
}

/// Does a task for as long as the view that asks for it is there; after that
/// it is not gone on with.
pub fn spawn(task: impl Future<Output = ()> + 'static) {
    let life = Life::here();
    let mut task: Pin<Box<dyn Future<Output = ()>>> = Box::pin(task);
    spawn_local(poll_fn(move |context| {
        let polled = life.run(|| task.as_mut().poll(context));
        polled.unwrap_or(Poll::Ready(()))
    }));
}

/// Does a task of the whole page, whichever view has asked for it; `then` hears
/// what it comes to: at once if that is known by then, else later.
pub fn for_the_page<T: 'static>(
    task: impl Future<Output = T> + 'static,
    then: impl FnOnce(T) + 'static,
) {
    let mut task = Box::pin(task);
    let now = task.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    match now {
        Poll::Ready(result) => then(result),
        Poll::Pending => spawn_local(async move { then(task.await) }),
    }
}

/// Does a task to its end even when the view that asks for it goes, for what
/// must not be left half done; `then` hears what it came to if the view is
/// there. The task itself holds nothing of the view.
pub fn carry_out<T: 'static>(
    task: impl Future<Output = T> + 'static,
    then: impl FnOnce(T) + 'static,
) {
    let life = Life::here();
    spawn_local(async move {
        let result = task.await;
        life.run(|| then(result));
    });
}
