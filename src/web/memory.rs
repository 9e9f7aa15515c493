//! How the entries of the browser's history were left, for the way back: how
//! far the page was scrolled, and what views have asked to keep.

use std::any::Any;
use std::sync::Arc;

use leptos::prelude::*;
use litemap::LiteMap;

use super::dom;

type Value = Box<dyn Any + Send + Sync>;

/// How entries were left. It lives as long as the page.
#[derive(Clone, Copy)]
pub struct Memory {
    entries: StoredValue<LiteMap<i32, Entry>>,
    /// What the views of the shown entry keep.
    kept: StoredValue<Vec<Kept>>,
    /// What is left for the views of the shown entry to take up.
    found: StoredValue<Vec<(&'static str, Value)>>,
    returned: StoredValue<bool>,
}

struct Entry {
    top_px: f64,
    values: Vec<(&'static str, Value)>,
}

#[derive(Clone)]
struct Kept {
    id: u64,
    name: &'static str,
    read: Arc<dyn Fn() -> Option<Value> + Send + Sync>,
}

impl Memory {
    pub(super) fn new() -> Self {
        Self {
            entries: StoredValue::new(LiteMap::new()),
            kept: StoredValue::new(Vec::new()),
            found: StoredValue::new(Vec::new()),
            returned: StoredValue::new(false),
        }
    }

    /// A signal that is as it was left when a person comes back to this entry
    /// of the history; by its name, which is the only one on its screen.
    pub fn keep<T>(self, name: &'static str, fresh: T) -> RwSignal<T>
    where
        T: Clone + Send + Sync + 'static,
    {
        let found = self.found.try_update_value(|found| {
            let at = found.iter().position(|(of, _)| *of == name)?;
            found.swap_remove(at).1.downcast::<T>().ok()
        });
        let value = found.flatten().map_or(fresh, |value| *value);
        let signal = RwSignal::new(value);
        let id = self
            .kept
            .with_value(|kept| kept.last().map_or(0, |last| last.id + 1));
        let read = Arc::new(move || Some(Box::new(signal.try_get_untracked()?) as Value));
        self.kept
            .update_value(|kept| kept.push(Kept { id, name, read }));
        on_cleanup(move || {
            self.kept
                .try_update_value(|kept| kept.retain(|kept| kept.id != id));
        });
        signal
    }

    /// Whether the shown entry is one that a person has come back to, and is
    /// brought back as it was left.
    pub fn has_returned(self) -> bool {
        self.returned.get_value()
    }

    /// An entry is left.
    pub(super) fn leave(self, place: i32) {
        let kept = self.kept.get_value();
        let values = kept
            .iter()
            .filter_map(|kept| Some((kept.name, (kept.read)()?)));
        let entry = Entry {
            top_px: dom::scrolled_px(),
            values: values.collect(),
        };
        self.entries
            .update_value(|entries| drop(entries.insert(place, entry)));
        self.turn_over();
    }

    /// Another screen takes the place of the one in the shown entry: nothing
    /// is left of that.
    pub(super) fn turn_over(self) {
        self.found.set_value(Vec::new());
        self.returned.set_value(false);
    }

    /// An entry is shown again: how far it was scrolled, if that is known.
    pub(super) fn enter(self, place: i32) -> Option<f64> {
        let entry = self
            .entries
            .try_update_value(|entries| entries.remove(&place))
            .flatten()?;
        self.found.set_value(entry.values);
        self.returned.set_value(true);
        Some(entry.top_px)
    }

    /// The browser has dropped the entries from a place on.
    pub(super) fn forget_from(self, place: i32) {
        self.entries
            .update_value(|entries| entries.retain(|at, _| *at < place));
    }
}
