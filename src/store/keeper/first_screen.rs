//! Keeps the first screen beside the data while nothing changes, for a quick
//! next start.

use leptos::prelude::*;

use super::super::mirror::Store;
use super::super::port::KeyValue;
use super::super::saver::{Saver, Status};
use super::Keeper;
use crate::codec::glance;
use crate::codec::shelf::generation_of;
use crate::web::clock;

/// Whether another tab has stored the first screen since it was last written,
/// or has erased everything: what it did may not have come to this tab.
fn another_tab_knows_better(saver: &Saver, port: &dyn KeyValue, key: &str) -> bool {
    let text = |key: &str| port.get(key).ok().flatten();
    let is_there = text(key).is_some_and(|text| glance::is_of(&text, clock::today()));
    let generation = text(&saver.space().generation_key());
    let generation = generation.as_deref().and_then(generation_of).unwrap_or(0);
    is_there || generation > saver.generation()
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
        let made = || {
            let now = clock::here();
            let glance = store.peek_index(|index, workspace| index.glance(workspace, now));
            glance.and_then(|glance| glance::write(glance, now.today))
        };
        self.inner.update_value(|inner| {
            let Some((saver, port)) = &inner.way else {
                return;
            };
            let key = glance::key(saver.space());
            if saver.status() == Status::Saved
                && inner.is_glance_old
                && !another_tab_knows_better(saver, port.as_ref(), &key)
                && let Some(text) = made()
            {
                inner.is_glance_old = false;
                // If that fails, the next start is only slower.
                let _ = port.set(&key, &text);
            }
        });
    }
}
