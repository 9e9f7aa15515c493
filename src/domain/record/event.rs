//! What happens to a deal, and how it ends.

use serde::{Deserialize, Serialize};

use crate::domain::record::list::ListKind;
use crate::domain::record::next_step::NextStep;
use crate::domain::value::id::SubStageId;
use crate::domain::value::money::Chance;
use crate::domain::value::text::Name;
use crate::domain::value::time::{Date, Moment};

/// The ways a deal can end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Sold.
    Won,
    /// Not sold.
    Lost,
    /// Neither: it came to nothing.
    Outdated,
}

impl Outcome {
    /// All three, in the order they are shown.
    pub const ALL: [Outcome; 3] = [Self::Won, Self::Lost, Self::Outdated];

    /// Its name, such as `Won`.
    pub fn title(self) -> &'static str {
        match self {
            Self::Won => "Won",
            Self::Lost => "Lost",
            Self::Outdated => "Outdated",
        }
    }

    /// Its name in addresses and files, such as `won`.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Won => "won",
            Self::Lost => "lost",
            Self::Outdated => "outdated",
        }
    }

    /// The list its reasons come from.
    pub fn reasons(self) -> ListKind {
        match self {
            Self::Won => ListKind::ReasonsWon,
            Self::Lost => ListKind::ReasonsLost,
            Self::Outdated => ListKind::ReasonsOutdated,
        }
    }
}

/// A field of a deal, as the history names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The name.
    Name,
    /// The customer.
    Customer,
    /// The category.
    Category,
    /// The owner.
    Owner,
    /// The value, as a plain decimal.
    Value,
    /// The expected close, as an ISO date.
    ExpectedClose,
    /// The source.
    Source,
    /// The notes; their text is not kept in the history.
    Notes,
}

/// Something that happened to a deal.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Told")]
pub struct Event {
    /// When.
    pub at: Moment,
    /// What.
    #[serde(flatten)]
    pub what: What,
}

/// What happened. Names are kept as they were at the time, so that the
/// history survives edits of the process and the lists.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum What {
    /// A person added it.
    Created,
    /// It came in with a file.
    Imported,
    /// A sub-stage was ticked.
    Ticked {
        /// Which.
        sub_stage: SubStageId,
        /// Its name.
        name: Name,
        /// What was noted; may be empty.
        #[serde(skip_serializing_if = "String::is_empty")]
        note: String,
        /// The stage the deal came to by it, if that changed.
        #[serde(skip_serializing_if = "Option::is_none")]
        stage: Option<Name>,
    },
    /// A sub-stage was unticked.
    Unticked {
        /// Which.
        sub_stage: SubStageId,
        /// Its name.
        name: Name,
        /// What had been noted; may be empty.
        #[serde(skip_serializing_if = "String::is_empty")]
        note: String,
        /// The stage the deal fell back to by it, if that changed.
        #[serde(skip_serializing_if = "Option::is_none")]
        stage: Option<Name>,
    },
    /// A sub-stage was deleted and nothing took over its tick, or two ticks
    /// with different notes became one.
    TickSetAside {
        /// Which.
        sub_stage: SubStageId,
        /// Its name.
        name: Name,
        /// What had been noted; may be empty.
        #[serde(skip_serializing_if = "String::is_empty")]
        note: String,
        /// When it had been ticked.
        ticked: Moment,
    },
    /// A person moved it to a stage.
    Moved {
        /// The stage.
        to: Name,
    },
    /// It went on in another process.
    ProcessChanged {
        /// The process it left.
        from: Name,
        /// The process it went to.
        to: Name,
    },
    /// It was snoozed, or woken.
    Snoozed {
        /// Until when; none when it was woken.
        #[serde(skip_serializing_if = "Option::is_none")]
        until: Option<Date>,
        /// Why; may be empty.
        #[serde(skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    /// A next step was set, or changed.
    NextStepSet {
        /// What is to be done.
        step: NextStep,
    },
    /// The next step was done.
    NextStepDone {
        /// What was done.
        step: NextStep,
    },
    /// The next step was dropped: by a person, or because the deal was closed.
    NextStepDropped {
        /// What is not to be done any more.
        step: NextStep,
    },
    /// A chance was typed, or cleared.
    ChanceSet {
        /// The chance; none when cleared.
        chance: Option<Chance>,
    },
    /// A field was changed.
    Edited {
        /// Which.
        field: Field,
        /// The old text; may be empty.
        #[serde(skip_serializing_if = "String::is_empty")]
        from: String,
        /// The new text; may be empty.
        #[serde(skip_serializing_if = "String::is_empty")]
        to: String,
    },
    /// It was closed.
    Closed {
        /// How.
        outcome: Outcome,
        /// The closing date.
        on: Date,
        /// The reason's name; may be empty.
        #[serde(skip_serializing_if = "String::is_empty")]
        reason: String,
        /// The comment; may be empty.
        #[serde(skip_serializing_if = "String::is_empty")]
        comment: String,
    },
    /// It was reopened.
    Reopened {
        /// How it had been closed.
        outcome: Outcome,
    },
}

/// An event as its JSON has it: the fields of all kinds, each for itself.
///
/// A reader of [`What`] alone would first have to keep whatever comes and look
/// for its kind, and that is most of what reads a deal.
#[derive(Deserialize)]
struct Told {
    at: Moment,
    what: Kind,
    sub_stage: Option<SubStageId>,
    name: Option<Name>,
    #[serde(default)]
    note: String,
    stage: Option<Name>,
    ticked: Option<Moment>,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    until: Option<Date>,
    #[serde(default)]
    reason: String,
    step: Option<NextStep>,
    chance: Option<Chance>,
    field: Option<Field>,
    outcome: Option<Outcome>,
    on: Option<Date>,
    #[serde(default)]
    comment: String,
}

/// Which [`What`] it is.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Created,
    Imported,
    Ticked,
    Unticked,
    TickSetAside,
    Moved,
    ProcessChanged,
    Snoozed,
    NextStepSet,
    NextStepDone,
    NextStepDropped,
    ChanceSet,
    Edited,
    Closed,
    Reopened,
}

/// What an event of its kind must have.
#[derive(Debug, thiserror::Error)]
#[error("an event lacks its field `{0}`")]
struct Lacking(&'static str);

impl TryFrom<Told> for Event {
    type Error = Lacking;

    fn try_from(told: Told) -> Result<Self, Lacking> {
        let Told {
            note,
            stage,
            from,
            to,
            reason,
            ..
        } = told;
        let sub_stage = told.sub_stage.ok_or(Lacking("sub_stage"));
        let name = told.name.ok_or(Lacking("name"));
        let step = told.step.ok_or(Lacking("step"));
        let outcome = told.outcome.ok_or(Lacking("outcome"));
        let name_of = |text: &str, field| Name::try_from(text).map_err(|_| Lacking(field));
        let what = match told.what {
            Kind::Created => What::Created,
            Kind::Imported => What::Imported,
            Kind::Ticked => What::Ticked {
                sub_stage: sub_stage?,
                name: name?,
                note,
                stage,
            },
            Kind::Unticked => What::Unticked {
                sub_stage: sub_stage?,
                name: name?,
                note,
                stage,
            },
            Kind::TickSetAside => What::TickSetAside {
                sub_stage: sub_stage?,
                name: name?,
                note,
                ticked: told.ticked.ok_or(Lacking("ticked"))?,
            },
            Kind::Moved => What::Moved {
                to: name_of(&to, "to")?,
            },
            Kind::ProcessChanged => What::ProcessChanged {
                from: name_of(&from, "from")?,
                to: name_of(&to, "to")?,
            },
            Kind::Snoozed => What::Snoozed {
                until: told.until,
                reason,
            },
            Kind::NextStepSet => What::NextStepSet { step: step? },
            Kind::NextStepDone => What::NextStepDone { step: step? },
            Kind::NextStepDropped => What::NextStepDropped { step: step? },
            Kind::ChanceSet => What::ChanceSet {
                chance: told.chance,
            },
            Kind::Edited => What::Edited {
                field: told.field.ok_or(Lacking("field"))?,
                from,
                to,
            },
            Kind::Closed => What::Closed {
                outcome: outcome?,
                on: told.on.ok_or(Lacking("on"))?,
                reason,
                comment: told.comment,
            },
            Kind::Reopened => What::Reopened { outcome: outcome? },
        };
        Ok(Self { at: told.at, what })
    }
}
