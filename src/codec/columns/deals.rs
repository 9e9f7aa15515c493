//! A page of deals as columns: what is told, and what follows from the rest.
//!
//! Most of a worked deal is its history, and most of what else it holds can
//! be read off that: a tick is the event that says so, a stay begins and ends
//! with events, a closing is the last one. So those are told by a number that
//! says "as the history has it", which is nearly always the same and
//! compresses to almost nothing; any other state is told in full.

use super::bytes::columns;
use crate::domain::record::deal::{Closing, Snooze};
use crate::domain::record::next_step::NextStep;

columns! {
    DealsOut, DealsIn:
    /// The number of deals, and the tables of ids.
    tables,
    /// The table of shapes.
    shapes,
    /// The tables of revisions.
    revisions,
    /// Ids, each as what it is more than the one before.
    ids,
    /// The lengths of texts.
    name_lengths,
    notes_lengths,
    edit_lengths,
    other_lengths,
    external_lengths,
    shape_lengths,
    tick_lengths,
    customer,
    category,
    owner,
    source,
    /// The process it runs through now.
    process,
    /// When it was last touched: see [`touched`].
    touched,
    dismissed,
    /// Until when it is snoozed: see [`snooze`].
    snooze,
    /// How it ended: see [`closing`].
    closing,
    /// The closing dates of events, in days after them.
    closed_on,
    reason,
    /// How the value is written: see [`super::amounts`].
    value_sizes,
    /// See [`super::revisions`].
    revision_which,
    revision_counters,
    revision_tabs,
    /// How many events.
    events,
    /// How many processes it has been in.
    progresses,
    /// Which: 0 for the present one, else its place from 1.
    progress_process,
    /// What of it is there: see [`progress`].
    progress_parts,
    position,
    stays,
    /// Where: 0 as before, else its place from 1.
    stay_stages,
    /// Since when: see [`entered`].
    stay_entered,
    /// Until when: see [`left`].
    stay_left,
    /// The shape of each event.
    event_shapes,
    /// When: see [`super::times`].
    event_days,
    event_hours,
    event_minutes,
    /// The date of creation, in days after the first event.
    created,
    /// The expected close: 0 for none, else days after the creation.
    expected,
    /// Numbers that are seldom told.
    other,
    value_bytes,
    revision_high,
    revision_low,
    /// Names of the shapes of events, one after the other.
    shape_text,
    /// Names of deals.
    name_text,
    /// Notes of ticks.
    tick_text,
    /// Notes on deals.
    notes_text,
    /// Old and new texts of edited fields.
    edit_text,
    /// Comments and reasons.
    other_text,
    /// Ids in other systems.
    external_text,
}

/// What the history says of how a deal ended, and of its rest.
#[derive(Default)]
pub struct Last {
    pub closed: Option<Closing>,
    pub snoozed: Option<Snooze>,
    pub step: Option<NextStep>,
}

/// When a deal was last touched.
pub mod touched {
    /// With its last event.
    pub const LAST_EVENT: u8 = 0;
    /// At noon of its creation.
    pub const CREATED: u8 = 1;
    /// Told among the other numbers.
    pub const TOLD: u8 = 2;
}

/// How a deal ended.
pub mod closing {
    /// It is open.
    pub const NONE: u8 = 0;
    /// As the last event that closed it says.
    pub const LAST_EVENT: u8 = 1;
    /// This, and further, is the place of the outcome; the rest is told.
    pub const TOLD: u8 = 2;
}

/// Until when a deal is snoozed.
pub mod snooze {
    /// It is not.
    pub const NONE: u8 = 0;
    /// As the last event that snoozed it says.
    pub const LAST_EVENT: u8 = 1;
    /// Told.
    pub const TOLD: u8 = 2;
}

/// What is there of a progress.
pub mod progress {
    /// The stage is not known.
    pub const STAGE_UNKNOWN: u8 = 1;
    /// A person moved it to a stage.
    pub const POSITION: u8 = 2;
    /// A person typed a chance.
    pub const CHANCE: u8 = 4;
    /// There are ticks that no event tells.
    pub const LOOSE_TICKS: u8 = 8;
}

/// Since when a stay lasts.
pub mod entered {
    /// Since the end of the one before.
    pub const AT_ONCE: usize = 0;
    /// Since noon of the deal's creation.
    pub const CREATED: usize = 1;
    /// Told among the other numbers.
    pub const TOLD: usize = 2;
    /// This, and further, is how many leading events come between the one
    /// that was last named and the one that began it.
    pub const EVENT: usize = 3;
}

/// Until when a stay lasted.
pub mod left {
    /// It lasts.
    pub const NONE: usize = 0;
    /// Told among the other numbers, in minutes.
    pub const TOLD: usize = 1;
    /// Told among the other numbers: noon of so many days after the creation.
    pub const NOON: usize = 2;
    /// Until noon of the closing date.
    pub const CLOSED: usize = 3;
    /// This, and further, is how many leading events come between the one
    /// that was last named and the one that ended it.
    pub const EVENT: usize = 4;
}
