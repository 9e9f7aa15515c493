//! Keeps the first screen beside the data while nothing changes, for a quick
//! next start.

use leptos::prelude::*;

use super::super::mirror::Store;
use super::super::saver::Status;
use super::Keeper;
use crate::codec::glance;
use crate::domain::glance::Glance;
use crate::web::clock;

impl Keeper {
    /// Takes the stored first screen away before something else is stored, so
    /// that none is there that shows less.
    pub(super) fn drop_glance(self) {
        self.inner.update_value(|inner| {
            if let Some((saver, port)) = &inner.way
                && saver.status() != Status::Saved
            {
                inner.is_glance_old = true;
                // Where it stays, the next start shows it for a moment.
                let _ = port.remove(&glance::key(saver.space()));
            }
        });
    }

    /// Stores the first screen, now that no change is expected.
    pub(super) fn keep_glance(self, store: Store) {
        let made = || {
            let today = clock::today();
            let glance = store
                .peek_index(|index, workspace| Glance::of(index, workspace, clock::now(), today));
            glance.and_then(|glance| glance::write(glance, today))
        };
        self.inner.update_value(|inner| {
            if let Some((saver, port)) = &inner.way
                && saver.status() == Status::Saved
                && std::mem::take(&mut inner.is_glance_old)
                && let Some(text) = made()
            {
                // The next start is as quick without it as it was before.
                let _ = port.set(&glance::key(saver.space()), &text);
            }
        });
    }
}
