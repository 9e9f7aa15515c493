//! Sales processes: named, ordered lists of stages with their sub-stages.

use serde::{Deserialize, Serialize};

use crate::domain::value::error::DomainError;
use crate::domain::value::field::FieldName;
use crate::domain::value::id::{ProcessId, StageId, SubStageId};
use crate::domain::value::money::Chance;
use crate::domain::value::text::Name;

/// One of the colours a process is drawn in: an index into the theme's palette.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Color(pub u8);

impl Color {
    /// How many colours the palette has.
    pub const COUNT: u8 = 8;
}

/// A sales process.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Process {
    /// Its id.
    pub id: ProcessId,
    /// Its name, unique among processes by its key.
    pub name: Name,
    /// The colour it is drawn in.
    #[serde(default)]
    pub color: Color,
    /// It can't be chosen for a deal any more.
    #[serde(default, skip_serializing_if = "is_false")]
    pub archived: bool,
    /// Its stages, in order.
    #[serde(default)]
    pub stages: Vec<Stage>,
}

/// A named step of a process.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stage {
    /// Its id, unique among all stages of all processes.
    pub id: StageId,
    /// Its name, unique within the process by its key.
    pub name: Name,
    /// What to do in it; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hint: String,
    /// The least chance of a deal that has reached it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chance: Option<Chance>,
    /// After how many days without a change a deal in it is stale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stale_after_days: Option<u16>,
    /// The pieces of work that a person ticks off.
    #[serde(default)]
    pub sub_stages: Vec<SubStage>,
}

/// A piece of work inside a stage.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SubStage {
    /// Its id, unique among all sub-stages of all processes.
    pub id: SubStageId,
    /// Its name, unique within the stage by its key.
    pub name: Name,
    /// How to do it; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hint: String,
    /// Its share in the chance, 0 to 100.
    pub weight: u8,
    /// A deal can't be won while it is unticked.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
    /// It can't be ticked without a note.
    #[serde(default, skip_serializing_if = "is_false")]
    pub note_required: bool,
    /// Doing it establishes the value of the deal.
    #[serde(default, skip_serializing_if = "is_false")]
    pub establishes_value: bool,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for a reference"
)]
fn is_false(flag: &bool) -> bool {
    !*flag
}

/// The greatest weight of a sub-stage.
pub const MAX_WEIGHT: u8 = 100;
/// The longest hint, in characters.
pub const MAX_HINT: usize = 500;

impl Process {
    /// The stage of that id.
    pub fn stage(&self, id: StageId) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.id == id)
    }

    /// The place of a stage in the present order, from 0.
    pub fn position(&self, id: StageId) -> Option<usize> {
        self.stages.iter().position(|stage| stage.id == id)
    }

    /// Every sub-stage with its stage, in order.
    pub fn sub_stages(&self) -> impl Iterator<Item = (&Stage, &SubStage)> {
        self.stages
            .iter()
            .flat_map(|stage| stage.sub_stages.iter().map(move |sub| (stage, sub)))
    }

    /// The sub-stage of that id, with its stage.
    pub fn sub_stage(&self, id: SubStageId) -> Option<(&Stage, &SubStage)> {
        self.sub_stages().find(|(_, sub)| sub.id == id)
    }

    /// The sum of all weights.
    pub fn total_weight(&self) -> u32 {
        self.sub_stages()
            .map(|(_, sub)| u32::from(sub.weight))
            .sum()
    }

    /// Checks what §2.3 asks of one process by itself.
    ///
    /// # Errors
    /// A name that stands twice, a weight over 100 or a hint over 500 characters.
    pub fn check(&self) -> Result<(), DomainError> {
        first_double(self.stages.iter().map(|stage| &stage.name)).map_or(Ok(()), |name| {
            Err(DomainError::NameTaken {
                what: "stage",
                name: name.clone(),
            })
        })?;
        for stage in &self.stages {
            if let Some(name) = first_double(stage.sub_stages.iter().map(|sub| &sub.name)) {
                return Err(DomainError::NameTaken {
                    what: "sub-stage",
                    name: name.clone(),
                });
            }
            let hints = stage
                .sub_stages
                .iter()
                .map(|sub| &sub.hint)
                .chain([&stage.hint]);
            if hints
                .into_iter()
                .any(|hint| hint.chars().count() > MAX_HINT)
            {
                return Err(DomainError::TooLong {
                    what: FieldName::AnyHint,
                    most: MAX_HINT,
                });
            }
            if let Some(sub) = stage.sub_stages.iter().find(|sub| sub.weight > MAX_WEIGHT) {
                return Err(DomainError::Weight {
                    name: sub.name.clone(),
                });
            }
        }
        Ok(())
    }
}

/// The first name that stands twice.
pub fn first_double<'a>(names: impl Iterator<Item = &'a Name>) -> Option<&'a Name> {
    let mut seen = std::collections::BTreeSet::new();
    names.into_iter().find(|name| !seen.insert(name.key()))
}
