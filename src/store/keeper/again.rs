//! Another try for what the storage has refused. There may be room again that
//! nobody tells of: another tab fills all of it for a moment to measure it, and
//! other programs at the same address come and go.

use std::time::Duration;

use leptos::prelude::*;

use super::super::mirror::Store;
use super::super::saver::Flush;
use super::Keeper;

/// The first try comes after this time, each further one after twice as long ...
const FIRST: Duration = Duration::from_millis(500);
/// ... but never after more than this: a try costs as much as the refused write.
const LONGEST: Duration = Duration::from_secs(30);

/// When the next try comes.
pub(super) struct Tries {
    pause: Duration,
    awaited: Option<TimeoutHandle>,
}

impl Tries {
    pub(super) fn new() -> Self {
        Self {
            pause: FIRST,
            awaited: None,
        }
    }

    /// Nothing is refused any more.
    fn end(&mut self) {
        if let Some(awaited) = self.awaited.take() {
            awaited.clear();
        }
        self.pause = FIRST;
    }

    /// Awaits the next try, unless one is on its way.
    fn await_next(&mut self, act: impl FnOnce() + 'static) {
        if self.awaited.is_none() {
            self.awaited = set_timeout_with_handle(act, self.pause).ok();
            self.pause = self.pause.saturating_mul(2).min(LONGEST);
        }
    }
}

impl Keeper {
    /// After a flush: what was refused is tried again by itself, unless nothing
    /// is written any more.
    pub(super) fn try_later(self, store: Store, flushed: Option<Flush>) {
        if flushed == Some(Flush::Done) {
            self.tries.update_value(Tries::end);
        }
        let is_stopped = || self.with_way(|saver, _| saver.is_locked()) != Some(false);
        if flushed != Some(Flush::Refused) || is_stopped() {
            return;
        }
        let again = move || {
            self.tries.update_value(|tries| tries.awaited = None);
            self.when_free(move || self.retry(store));
        };
        self.tries.update_value(|tries| tries.await_next(again));
    }
}
