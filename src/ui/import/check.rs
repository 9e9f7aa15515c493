//! Runs a builder over all rows without holding up the page.

use std::sync::Arc;

use crate::codec::csv::{Clock, customers, deals};
use crate::domain::value::id::IdSource;
use crate::ui::prelude::*;
use crate::web::{clock, dom, random};

pub use crate::codec::csv::deals::Step;

/// Rows between two breaths: some 10 ms of work.
const ROWS: usize = 800;

/// Work that goes on row by row.
pub trait Work: 'static {
    /// What it comes to.
    type Built: Send + Sync + 'static;
    /// Does up to `rows` more rows.
    fn step(&mut self, rows: usize) -> Step;
    /// Does the rest.
    fn finish(self) -> Self::Built;
}

impl Work for deals::Builder {
    type Built = deals::Built;
    fn step(&mut self, rows: usize) -> Step {
        self.step(rows)
    }
    fn finish(self) -> Self::Built {
        self.finish()
    }
}

impl Work for customers::Builder {
    type Built = customers::Built;
    fn step(&mut self, rows: usize) -> Step {
        self.step(rows)
    }
    fn finish(self) -> Self::Built {
        self.finish()
    }
}

/// A run over all rows; a new one takes the place of one that goes on.
pub struct Check<O: Send + Sync + 'static> {
    step: RwSignal<Option<Step>>,
    built: RwSignal<Option<Arc<O>>>,
    round: StoredValue<u32>,
}

impl<O: Send + Sync + 'static> Clone for Check<O> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<O: Send + Sync + 'static> Copy for Check<O> {}

impl<O: Send + Sync + 'static> Check<O> {
    /// No run yet.
    pub fn new() -> Self {
        Self {
            step: RwSignal::new(None),
            built: RwSignal::new(None),
            round: StoredValue::new(0),
        }
    }

    /// How far the run is; none when it is at its end.
    pub fn step(self) -> Option<Step> {
        self.step.get()
    }

    /// What the last run that came to its end came to.
    pub fn built(self) -> Option<Arc<O>> {
        self.built.get()
    }

    /// Starts a run over `rows` rows; the one that goes on is given up.
    pub fn start<W: Work<Built = O>>(self, rows: usize, make: impl FnOnce() -> W + 'static) {
        let round = self.round.get_value().wrapping_add(1);
        self.round.set_value(round);
        self.step.set(Some(Step { done: 0, rows }));
        let is_current = move || self.round.get_value() == round;
        spawn(async move {
            dom::breathe().await;
            if !is_current() {
                return;
            }
            let mut work = make();
            loop {
                let step = work.step(ROWS);
                if step.is_last() {
                    break;
                }
                self.step.set(Some(step));
                dom::breathe().await;
                if !is_current() {
                    return;
                }
            }
            self.built.set(Some(Arc::new(work.finish())));
            self.step.set(None);
        });
    }
}

/// The time of an import.
pub fn now() -> Clock {
    Clock {
        now: clock::now(),
        today: clock::today(),
    }
}

/// Ids that no record has.
pub fn fresh_ids() -> IdSource {
    IdSource::starting_at(random::random_u64())
}
