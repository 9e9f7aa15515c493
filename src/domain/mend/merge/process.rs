//! A process that two tabs have edited.

use super::{field, list};
use crate::domain::change::draft::{ProcessDraft, StageDraft, SubStageDraft};

/// Collects what both have changed, under the names of the fields.
struct Fields<'a> {
    /// What the fields are of, where that is to be said.
    of: &'a str,
    both: &'a mut Vec<String>,
}

impl Fields<'_> {
    fn merge<T: PartialEq + Clone>(&mut self, name: &str, [base, here, there]: [&T; 3]) -> T {
        let (value, both) = field(base, here, there);
        if both {
            self.both.push(if self.of.is_empty() {
                name.to_owned()
            } else {
                format!("{name} of “{}”", self.of)
            });
        }
        value
    }
}

/// What becomes of a process, and the fields that both have changed.
pub fn process(drafts: [&ProcessDraft; 3]) -> (ProcessDraft, Vec<String>) {
    let [_, here, _] = drafts;
    let mut both = Vec::new();
    let mut fields = Fields {
        of: "",
        both: &mut both,
    };
    let merged = ProcessDraft {
        id: here.id,
        name: fields.merge("Process name", drafts.map(|draft| &draft.name)),
        color: fields.merge("Colour", drafts.map(|draft| &draft.color)),
        archived: fields.merge("Archived", drafts.map(|draft| &draft.archived)),
        stages: list(
            drafts.map(|draft| draft.stages.as_slice()),
            |stage| stage.id,
            |stages| stage(stages, &mut both),
        ),
    };
    (merged, both)
}

fn stage(stages: [&StageDraft; 3], both: &mut Vec<String>) -> StageDraft {
    let [_, here, _] = stages;
    let mut fields = Fields {
        of: &here.name,
        both,
    };
    StageDraft {
        id: here.id,
        name: fields.merge("Stage name", stages.map(|stage| &stage.name)),
        hint: fields.merge("Hint", stages.map(|stage| &stage.hint)),
        chance: fields.merge("Chance on reaching it", stages.map(|stage| &stage.chance)),
        stale: fields.merge("Stale after (days)", stages.map(|stage| &stage.stale)),
        sub_stages: list(
            stages.map(|stage| stage.sub_stages.as_slice()),
            |sub| sub.id,
            |subs| sub_stage(subs, both),
        ),
    }
}

fn sub_stage(subs: [&SubStageDraft; 3], both: &mut Vec<String>) -> SubStageDraft {
    let [_, here, _] = subs;
    let mut fields = Fields {
        of: &here.name,
        both,
    };
    SubStageDraft {
        id: here.id,
        name: fields.merge("Sub-stage name", subs.map(|sub| &sub.name)),
        hint: fields.merge("Hint", subs.map(|sub| &sub.hint)),
        weight: fields.merge("Weight", subs.map(|sub| &sub.weight)),
        required: fields.merge("Required to win", subs.map(|sub| &sub.required)),
        note_required: fields.merge("Note required", subs.map(|sub| &sub.note_required)),
        establishes_value: fields.merge(
            "Establishes the value",
            subs.map(|sub| &sub.establishes_value),
        ),
    }
}
