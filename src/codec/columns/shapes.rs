//! What happened to deals, without what differs from one time to the next
//! (when, and what was typed): such shapes are few on a page, so each event
//! names its own by its place in a table.

use super::bytes::{Damage, In, Out, TextsIn, TextsOut};
use super::codes::{self, Kind};
use super::places::Placed;
use super::tables::{IdsIn, IdsOut};
use crate::domain::record::deal::{Field, Outcome, What};
use crate::domain::record::next_step::NextStep;
use crate::domain::value::id::{ProcessId, SubStageId};
use crate::domain::value::text::Name;

/// A shape that is being written. The order makes the table small.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key<'a> {
    kind: Kind,
    detail: u8,
    /// The process in whose progress this very tick stands.
    ticks: Option<ProcessId>,
    sub_stage: Option<SubStageId>,
    /// Names; empty where there is none.
    first: &'a str,
    second: &'a str,
}

impl Key<'_> {
    /// The sub-stage it names.
    pub fn sub_stage(&self) -> Option<SubStageId> {
        self.sub_stage
    }

    /// Whether it tells the tick of that sub-stage in the progress in that process.
    pub fn is_tick_of(&self, process: ProcessId, sub_stage: SubStageId) -> bool {
        self.ticks == Some(process) && self.sub_stage == Some(sub_stage)
    }
}

/// What the details of events with a next step say of it.
mod step {
    /// It is told, and has no date.
    pub const UNDATED: u8 = 0;
    /// It is told with its date.
    pub const DATED: u8 = 1;
    /// It is the one that was set last.
    pub const LAST: u8 = 2;
}

/// The shape of an event; `ticks` is the process in whose progress it is the
/// tick, and `last_step` the next step that was set last.
pub fn key<'a>(what: &'a What, ticks: Option<ProcessId>, last_step: Option<&NextStep>) -> Key<'a> {
    let shape = |kind: Kind, detail: u8| Key {
        kind,
        detail,
        ticks,
        sub_stage: None,
        first: "",
        second: "",
    };
    let named = |kind: Kind, first: &'a str, second: Option<&'a Name>| Key {
        first,
        second: second.map_or("", |name| name.as_str()),
        ..shape(kind, 0)
    };
    let told = |step: &NextStep| match step.due {
        _ if last_step == Some(step) => step::LAST,
        Some(_) => step::DATED,
        None => step::UNDATED,
    };
    match what {
        What::Created => shape(Kind::Created, 0),
        What::NextStepSet { step } => shape(Kind::NextStepSet, told(step)),
        What::NextStepDone { step } => shape(Kind::NextStepDone, told(step)),
        What::NextStepDropped { step } => shape(Kind::NextStepDropped, told(step)),
        What::Imported => shape(Kind::Imported, 0),
        What::Ticked {
            sub_stage,
            name,
            stage,
            ..
        } => Key {
            sub_stage: Some(*sub_stage),
            ..named(Kind::Ticked, name.as_str(), stage.as_ref())
        },
        What::Unticked {
            sub_stage,
            name,
            stage,
            ..
        } => Key {
            sub_stage: Some(*sub_stage),
            ..named(Kind::Unticked, name.as_str(), stage.as_ref())
        },
        What::TickSetAside {
            sub_stage, name, ..
        } => Key {
            sub_stage: Some(*sub_stage),
            ..named(Kind::TickSetAside, name.as_str(), None)
        },
        What::Moved { to } => named(Kind::Moved, to.as_str(), None),
        What::ProcessChanged { from, to } => named(Kind::ProcessChanged, from.as_str(), Some(to)),
        What::Snoozed { until, .. } => shape(Kind::Snoozed, u8::from(until.is_some())),
        What::ChanceSet { .. } => shape(Kind::ChanceSet, 0),
        What::Edited { field, .. } => shape(Kind::Edited, field.place()),
        What::Closed {
            outcome, reason, ..
        } => Key {
            first: reason,
            ..shape(Kind::Closed, outcome.place())
        },
        What::Reopened { outcome } => shape(Kind::Reopened, outcome.place()),
    }
}

/// A shape that was read.
#[derive(Debug)]
pub enum Shape {
    /// As [`What::Created`].
    Created,
    /// As [`What::Imported`].
    Imported,
    /// As [`What::Ticked`].
    Ticked {
        /// Which.
        sub_stage: SubStageId,
        /// Its name.
        name: Name,
        /// The stage the deal came to.
        stage: Option<Name>,
        /// The process in whose progress this very tick stands.
        ticks: Option<ProcessId>,
    },
    /// As [`What::Unticked`].
    Unticked {
        /// Which.
        sub_stage: SubStageId,
        /// Its name.
        name: Name,
        /// The stage the deal fell back to.
        stage: Option<Name>,
    },
    /// As [`What::TickSetAside`].
    TickSetAside {
        /// Which.
        sub_stage: SubStageId,
        /// Its name.
        name: Name,
    },
    /// As [`What::Moved`].
    Moved(Name),
    /// As [`What::ProcessChanged`].
    ProcessChanged(Name, Name),
    /// As [`What::Snoozed`], until some date.
    Snoozed,
    /// As [`What::Snoozed`], without a date.
    Woken,
    /// As [`What::ChanceSet`].
    ChanceSet,
    /// As [`What::Edited`].
    Edited(Field),
    /// As [`What::Closed`], with the reason's name.
    Closed(Outcome, String),
    /// As [`What::Reopened`].
    Reopened(Outcome),
    /// As [`What::NextStepSet`].
    NextStepSet(Told),
    /// As [`What::NextStepDone`].
    NextStepDone(Told),
    /// As [`What::NextStepDropped`].
    NextStepDropped(Told),
}

/// How an event tells its next step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// In full; it has no date.
    Undated,
    /// In full, with its date.
    Dated,
    /// It is the one that was set last.
    Last,
}

impl Told {
    fn read(detail: u8) -> Result<Self, Damage> {
        match detail {
            step::UNDATED => Ok(Self::Undated),
            step::DATED => Ok(Self::Dated),
            step::LAST => Ok(Self::Last),
            _ => Err(Damage::OUTSIDE),
        }
    }
}

/// Writes a table of shapes, which must be sorted.
pub fn write(
    keys: &[Key<'_>],
    subs: &IdsOut,
    processes: &IdsOut,
    to: &mut Out,
    names: &mut TextsOut,
) {
    let mut known: Vec<&str> = Vec::new();
    to.small(keys.len());
    for key in keys {
        to.number(codes::of(key.kind, key.detail));
    }
    for key in keys {
        to.small(processes.maybe(key.ticks.map(|id| id.0)));
    }
    let mut before = 0;
    for key in keys {
        let place = subs.maybe(key.sub_stage.map(|id| id.0));
        to.signed(place as i64 - before);
        before = place as i64;
    }
    // Of names: 0 for none, 1 for a new one, else how far back it stands.
    for text in keys
        .iter()
        .map(|key| key.first)
        .chain(keys.iter().map(|key| key.second))
    {
        let place = known.iter().rposition(|name| *name == text);
        match (text, place) {
            ("", _) => to.small(0),
            (_, Some(place)) => to.small(known.len() - place + 1),
            (_, None) => {
                to.small(1);
                names.push(text);
                known.push(text);
            }
        }
    }
}

/// Reads what [`write()`] has written.
pub fn read(
    from: &mut In<'_>,
    names: &mut TextsIn<'_>,
    subs: &IdsIn,
    processes: &IdsIn,
) -> Result<Vec<Shape>, Damage> {
    let count = from.small()?;
    let mut kinds = Vec::with_capacity(from.room_for(count));
    for _ in 0..count {
        kinds.push(codes::read(from.number()?)?);
    }
    let mut ticks = Vec::with_capacity(count);
    for _ in 0..count {
        ticks.push(processes.maybe::<ProcessId>(from.small()?)?);
    }
    let mut sub_stages = Vec::with_capacity(count);
    let mut before = 0i64;
    for _ in 0..count {
        before = before.wrapping_add(from.signed()?);
        let place = usize::try_from(before).map_err(|_| Damage::OUTSIDE)?;
        sub_stages.push(subs.maybe::<SubStageId>(place)?);
    }
    let mut known: Vec<&str> = Vec::new();
    let mut places = Vec::with_capacity(count.saturating_mul(2));
    for _ in 0..count.saturating_mul(2) {
        places.push(match from.small()? {
            0 => None,
            1 => {
                known.push(names.text()?);
                Some(known.len() - 1)
            }
            back => Some(
                (known.len().checked_add(1))
                    .and_then(|end| end.checked_sub(back))
                    .ok_or(Damage::OUTSIDE)?,
            ),
        });
    }
    let mut names = Names {
        shared: vec![None; known.len()],
        known,
    };
    let (firsts, seconds) = places.split_at_checked(count).ok_or(Damage::SHORT)?;
    let shapes = kinds
        .into_iter()
        .zip(ticks)
        .zip(sub_stages)
        .zip(firsts.iter().zip(seconds));
    shapes
        .map(|((((kind, detail), ticks), sub_stage), (first, second))| {
            let sub = || sub_stage.ok_or(Damage::OUTSIDE);
            Ok(match kind {
                Kind::Created => Shape::Created,
                Kind::Imported => Shape::Imported,
                Kind::Ticked => Shape::Ticked {
                    sub_stage: sub()?,
                    name: names.name(*first)?,
                    stage: names.maybe(*second)?,
                    ticks,
                },
                Kind::Unticked => Shape::Unticked {
                    sub_stage: sub()?,
                    name: names.name(*first)?,
                    stage: names.maybe(*second)?,
                },
                Kind::TickSetAside => Shape::TickSetAside {
                    sub_stage: sub()?,
                    name: names.name(*first)?,
                },
                Kind::Moved => Shape::Moved(names.name(*first)?),
                Kind::ProcessChanged => {
                    Shape::ProcessChanged(names.name(*first)?, names.name(*second)?)
                }
                Kind::Snoozed => match detail {
                    0 => Shape::Woken,
                    1 => Shape::Snoozed,
                    _ => return Err(Damage::OUTSIDE),
                },
                Kind::ChanceSet => Shape::ChanceSet,
                Kind::Edited => Shape::Edited(Field::at(detail)?),
                Kind::Closed => Shape::Closed(Outcome::at(detail)?, names.text(*first)?.to_owned()),
                Kind::Reopened => Shape::Reopened(Outcome::at(detail)?),
                Kind::NextStepSet => Shape::NextStepSet(Told::read(detail)?),
                Kind::NextStepDone => Shape::NextStepDone(Told::read(detail)?),
                Kind::NextStepDropped => Shape::NextStepDropped(Told::read(detail)?),
            })
        })
        .collect()
}

/// The texts of a table of shapes; a name is made once and shared.
struct Names<'a> {
    known: Vec<&'a str>,
    shared: Vec<Option<Name>>,
}

impl<'a> Names<'a> {
    fn text(&self, place: Option<usize>) -> Result<&'a str, Damage> {
        let Some(place) = place else { return Ok("") };
        self.known.get(place).copied().ok_or(Damage::OUTSIDE)
    }

    fn maybe(&mut self, place: Option<usize>) -> Result<Option<Name>, Damage> {
        let Some(place) = place else { return Ok(None) };
        let text = self.text(Some(place))?;
        let slot = self.shared.get_mut(place).ok_or(Damage::OUTSIDE)?;
        if slot.is_none() {
            *slot = Some(Name::try_from(text).map_err(|_| Damage::NAME)?);
        }
        Ok(slot.clone())
    }

    fn name(&mut self, place: Option<usize>) -> Result<Name, Damage> {
        self.maybe(place)?.ok_or(Damage::NAME)
    }
}

impl Shape {
    /// Whether the deal may have come to another stage or left one by it:
    /// only then a stay begins or ends. The same as [`leads`] says.
    pub fn leads(&self) -> bool {
        match self {
            Self::Ticked { stage, .. } | Self::Unticked { stage, .. } => stage.is_some(),
            Self::Created
            | Self::Imported
            | Self::Moved(_)
            | Self::ProcessChanged(..)
            | Self::Closed(..)
            | Self::Reopened(_) => true,
            Self::TickSetAside { .. }
            | Self::Snoozed
            | Self::Woken
            | Self::ChanceSet
            | Self::NextStepSet(_)
            | Self::NextStepDone(_)
            | Self::NextStepDropped(_)
            | Self::Edited(_) => false,
        }
    }
}

/// Whether the deal may have come to another stage or left one by it.
pub fn leads(what: &What) -> bool {
    match what {
        What::Ticked { stage, .. } | What::Unticked { stage, .. } => stage.is_some(),
        What::Created
        | What::Imported
        | What::Moved { .. }
        | What::ProcessChanged { .. }
        | What::Closed { .. }
        | What::Reopened { .. } => true,
        What::TickSetAside { .. }
        | What::Snoozed { .. }
        | What::ChanceSet { .. }
        | What::NextStepSet { .. }
        | What::NextStepDone { .. }
        | What::NextStepDropped { .. }
        | What::Edited { .. } => false,
    }
}
