//! What other tabs of this browser write, brought in.

use std::sync::atomic::Ordering;
use std::time::Duration;

use leptos::prelude::*;

use super::super::mirror::Store;
use super::super::port::KeyValue;
use super::super::saver::{Received, Saver};
use super::super::start;
use super::{Keeper, LOCKED, first_screen, millis};
use crate::domain::record::workspace::{Changes, Workspace};
use crate::web::life::lasting;
use crate::web::tabs;

/// What other tabs write is taken in after this time, all of it together.
const GATHER: Duration = Duration::from_millis(20);

impl Keeper {
    /// Brings in what other tabs write.
    pub fn follow_tabs(self, store: Store) {
        let listeners = (
            tabs::on_foreign_write(lasting(move |written| match written {
                Some(written) => self.gather(store, written),
                None => self.catch_up(store),
            })),
            // What was written while the page slept was not told.
            tabs::on_wake(lasting(move |()| self.catch_up(store))),
        );
        // For as long as the page lives.
        let listeners = StoredValue::new_local(listeners);
        on_cleanup(move || listeners.dispose());
    }

    fn gather(self, store: Store, written: (String, Option<String>)) {
        let is_first = self.written_elsewhere.try_update_value(|all| {
            all.push(written);
            all.len() == 1
        });
        if is_first == Some(true) {
            set_timeout(move || self.receive(store), GATHER);
        }
    }

    pub(super) fn receive(self, store: Store) {
        if self.written_elsewhere.try_with_value(Vec::is_empty) != Some(false) {
            return;
        }
        self.meet(store, |saver, port, workspace, written| {
            if written
                .iter()
                .any(|(key, _)| first_screen::is_at(saver, key))
            {
                first_screen::drop_erased(saver, port);
            }
            // The generation comes first: it tells whether the rest counts.
            let generation = saver.space().generation_key();
            let (first, rest): (Vec<_>, Vec<_>) =
                written.iter().partition(|(key, _)| *key == generation);
            for (key, text) in first.into_iter().chain(rest) {
                let received = saver.receive(key, text.as_deref(), workspace, millis());
                if received == Received::Erased {
                    return Some(Received::Erased);
                }
            }
            Some(Received::Merged)
        });
    }

    fn catch_up(self, store: Store) {
        if !self.is_free() {
            self.when_free(move || self.catch_up(store));
            return;
        }
        self.meet(store, |saver, port, workspace, _| {
            first_screen::drop_erased(saver, port);
            saver.catch_up(port, workspace, millis()).ok()
        });
    }

    /// Meets what other tabs have written, in one of the two ways above.
    fn meet(
        self,
        store: Store,
        how: impl FnOnce(
            &mut Saver,
            &dyn KeyValue,
            &Workspace,
            &[(String, Option<String>)],
        ) -> Option<Received>,
    ) {
        if self.is_in_memory() || LOCKED.load(Ordering::Relaxed) {
            return;
        }
        let met = self.inner.try_update_value(|inner| {
            let written = self.written_elsewhere.try_update_value(std::mem::take);
            let (saver, port) = inner.way.as_mut()?;
            let written = written.unwrap_or_default();
            store.peek(|workspace| how(saver, port.as_ref(), workspace, &written))
        });
        let Some(met) = met else {
            // The storage is at work.
            self.when_free(move || self.receive(store));
            return;
        };
        match met {
            Some(Received::Erased) => start::erased_elsewhere(store),
            Some(Received::Merged) => self.take_in(store),
            // What can't be read now is merged before the next write.
            Some(Received::Nothing) | None => {}
        }
        self.show_status();
        // There may be less or more now that can't be read.
        self.status.notify();
        self.schedule(store);
    }

    /// Shows what other tabs have done.
    pub(in crate::store) fn take_in(self, store: Store) {
        if let Some(changes) = self.news(store) {
            store.receive(&changes);
        }
    }

    /// What is to be shown otherwise; none where there is nothing.
    pub(super) fn news(self, store: Store) -> Option<Changes> {
        let changes = self.inner.try_update_value(|inner| {
            let (saver, _) = inner.way.as_mut()?;
            let changes = store.peek(|workspace| saver.take_in(workspace));
            inner.is_glance_old |= !changes.is_empty();
            (!changes.is_empty()).then_some(changes)
        });
        changes.flatten()
    }
}
