//! A process as the tables write it, and how it is read.

use crate::domain::record::process::{Color, Process, Stage, SubStage};
use crate::domain::value::id::IdSource;
use crate::domain::value::text::{MAX_NAME, Name};

/// A process as the tables write it.
pub struct WrittenProcess {
    pub name: &'static str,
    pub summary: &'static str,
    pub color: u8,
    pub stages: &'static [WrittenStage],
}

pub struct WrittenStage {
    pub name: &'static str,
    pub hint: &'static str,
    /// 0 means never.
    pub stale_after_days: u16,
    pub sub_stages: &'static [WrittenSubStage],
}

/// Weight, name, hint, marks.
pub struct WrittenSubStage(pub u8, pub &'static str, pub &'static str, pub u8);

/// Marks of a sub-stage, to be added up.
pub const REQUIRED: u8 = 1;
pub const NOTE: u8 = 2;
pub const VALUE: u8 = 4;

impl WrittenProcess {
    pub fn process(&self, ids: &mut IdSource) -> Process {
        Process {
            id: ids.fresh(),
            name: name(self.name),
            color: Color(self.color),
            archived: false,
            stages: self.stages.iter().map(|row| row.stage(ids)).collect(),
        }
    }
}

impl WrittenStage {
    fn stage(&self, ids: &mut IdSource) -> Stage {
        Stage {
            id: ids.fresh(),
            name: name(self.name),
            hint: self.hint.to_owned(),
            chance: None,
            stale_after_days: (self.stale_after_days > 0).then_some(self.stale_after_days),
            sub_stages: self
                .sub_stages
                .iter()
                .map(|row| row.sub_stage(ids))
                .collect(),
        }
    }
}

impl WrittenSubStage {
    fn sub_stage(&self, ids: &mut IdSource) -> SubStage {
        let &Self(weight, text, hint, marks) = self;
        SubStage {
            id: ids.fresh(),
            name: name(text),
            hint: hint.to_owned(),
            weight,
            required: marks & REQUIRED != 0,
            note_required: marks & NOTE != 0,
            establishes_value: marks & VALUE != 0,
        }
    }
}

/// A text of the tables as a name.
pub fn name(text: &str) -> Name {
    Name::clamped(text, MAX_NAME, "Unnamed")
}
