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
    is_awaited: bool,
}

impl Tries {
    pub(super) fn new() -> Self {
        Self {
            pause: FIRST,
            is_awaited: false,
        }
    }

    /// How long to wait for the next try; none where one is on its way.
    fn next(&mut self) -> Option<Duration> {
        if std::mem::replace(&mut self.is_awaited, true) {
            return None;
        }
        let pause = self.pause;
        self.pause = pause.saturating_mul(2).min(LONGEST);
        Some(pause)
    }
}

impl Keeper {
    /// After a flush: what was refused is tried again by itself, unless nothing
    /// is written any more.
    pub(super) fn try_later(self, store: Store, flushed: Option<Flush>) {
        if flushed == Some(Flush::Done) {
            self.tries.set_value(Tries::new());
        }
        let is_stopped = || self.with_way(|saver, _| saver.is_locked()) != Some(false);
        if flushed != Some(Flush::Refused) || is_stopped() {
            return;
        }
        if let Some(pause) = self.tries.try_update_value(Tries::next).flatten() {
            set_timeout(
                move || {
                    self.tries.update_value(|tries| tries.is_awaited = false);
                    self.retry(store);
                },
                pause,
            );
        }
    }
}
