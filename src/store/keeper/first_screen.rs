//! Keeps the first screen beside the data while nothing changes, for a quick
//! next start.

use leptos::prelude::*;

use super::super::mirror::Store;
use super::super::port::KeyValue;
use super::super::saver::{Saver, Status};
use super::Keeper;
use crate::codec::glance::{self, Made};
use crate::codec::shelf::{Space, generation_of};
use crate::domain::read::glance::Glance;
use crate::web::clock;

/// The first screen that is stored, if it is of what is stored.
pub(in crate::store) fn stored(space: Space, port: &dyn KeyValue) -> Option<Glance> {
    let text = text_of(port, &glance::key(space))?;
    let now = Made {
        generation: stored_generation(space, port),
        on: clock::today(),
    };
    glance::read(&text, now)
}

fn text_of(port: &dyn KeyValue, key: &str) -> Option<String> {
    port.get(key).ok().flatten()
}

fn stored_generation(space: Space, port: &dyn KeyValue) -> u64 {
    let text = text_of(port, &space.generation_key());
    text.as_deref().and_then(generation_of).unwrap_or(0)
}

/// Whether a key is that of the first screen.
pub(super) fn is_at(saver: &Saver, key: &str) -> bool {
    key == glance::key(saver.space())
}

/// When the stored first screen was made.
fn made(saver: &Saver, port: &dyn KeyValue) -> Option<Made> {
    glance::made(&text_of(port, &glance::key(saver.space()))?)
}

/// Whether another tab has stored the first screen since it was last written,
/// or has erased everything: what it did may not have come to this tab.
fn another_tab_knows_better(saver: &Saver, port: &dyn KeyValue, now: Made) -> bool {
    made(saver, port) == Some(now) || stored_generation(saver.space(), port) > now.generation
}

/// Takes away the first screen of before everything was erased, where a tab that
/// had not heard of that has stored it: some browsers tell others late.
pub(super) fn drop_erased(saver: &Saver, port: &dyn KeyValue) {
    if made(saver, port).is_some_and(|made| made.generation < saver.generation()) {
        // If that fails, no start reads it.
        let _ = port.remove(&glance::key(saver.space()));
    }
}

impl Keeper {
    /// Takes the stored first screen away before anything else is stored, so
    /// that it never shows less than what is stored.
    pub(super) fn drop_glance(self) {
        self.inner.update_value(|inner| {
            if let Some((saver, port)) = &inner.way
                && saver.status() != Status::Saved
            {
                inner.is_glance_old = true;
                // If that fails, the next start shows the old one for a moment.
                let _ = port.remove(&glance::key(saver.space()));
            }
        });
    }

    /// Stores the first screen, now that no change is expected.
    pub(super) fn keep_glance(self, store: Store) {
        let here = clock::here();
        let glance = || store.peek_index(|index, workspace| index.glance(workspace, here));
        self.inner.update_value(|inner| {
            let Some((saver, port)) = &inner.way else {
                return;
            };
            let now = Made {
                generation: saver.generation(),
                on: here.today,
            };
            if saver.status() == Status::Saved
                && inner.is_glance_old
                && !another_tab_knows_better(saver, port.as_ref(), now)
                && let Some(text) = glance().and_then(|glance| glance::write(glance, now))
            {
                inner.is_glance_old = false;
                // If that fails, the next start is only slower.
                let _ = port.set(&glance::key(saver.space()), &text);
            }
        });
    }
}
