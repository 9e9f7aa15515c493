//! A process as the configurator holds it: what was typed, right or wrong.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::record::process::{Color, MAX_HINT, MAX_WEIGHT, Process, Stage, SubStage};
use crate::domain::record::workspace::Setup;
use crate::domain::value::error::DomainError;
use crate::domain::value::field::FieldName;
use crate::domain::value::id::{ProcessId, StageId, SubStageId};
use crate::domain::value::money::Chance;
use crate::domain::value::text::{Name, clean_lines, name_key};

/// The most days a stage can be told to wait before its deals are stale.
pub const MAX_STALE_DAYS: u16 = 3_650;

/// A process as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcessDraft {
    /// Its id.
    pub id: ProcessId,
    /// Its name.
    pub name: String,
    /// Its colour.
    pub color: Color,
    /// It can't be chosen for a deal any more.
    pub archived: bool,
    /// Its stages, in order.
    pub stages: Vec<StageDraft>,
}

/// A stage as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageDraft {
    /// Its id.
    pub id: StageId,
    /// Its name.
    pub name: String,
    /// What to do in it.
    pub hint: String,
    /// The chance on reaching it, in percent.
    pub chance: String,
    /// After how many days a deal in it is stale.
    pub stale: String,
    /// Its sub-stages, in order.
    pub sub_stages: Vec<SubStageDraft>,
}

/// A sub-stage as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubStageDraft {
    /// Its id.
    pub id: SubStageId,
    /// Its name.
    pub name: String,
    /// How to do it.
    pub hint: String,
    /// Its weight.
    pub weight: String,
    /// A deal can't be won while it is unticked.
    pub required: bool,
    /// It can't be ticked without a note.
    pub note_required: bool,
    /// Doing it establishes the value of the deal.
    pub establishes_value: bool,
}

/// A field of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The name of the process.
    Name,
    /// The name of a stage.
    StageName(StageId),
    /// The hint of a stage.
    StageHint(StageId),
    /// The chance on reaching a stage.
    StageChance(StageId),
    /// The limit after which deals in a stage are stale.
    StageStale(StageId),
    /// The name of a sub-stage.
    SubName(SubStageId),
    /// The hint of a sub-stage.
    SubHint(SubStageId),
    /// The weight of a sub-stage.
    SubWeight(SubStageId),
}

/// What is wrong with a draft, by field.
pub type Problems = BTreeMap<Place, String>;

impl ProcessDraft {
    /// A process, as the configurator shows it.
    pub fn of(process: &Process) -> Self {
        Self {
            id: process.id,
            name: process.name.as_str().to_owned(),
            color: process.color,
            archived: process.archived,
            stages: process.stages.iter().map(StageDraft::of).collect(),
        }
    }

    /// The process that was typed.
    ///
    /// # Errors
    /// Fields that are wrong: all of them.
    pub fn read(&self, workspace: &Setup) -> Result<Process, Problems> {
        let mut reader = DraftReader::default();
        let taken = workspace
            .processes
            .values()
            .filter(|other| other.id != self.id)
            .map(|other| other.name.key())
            .collect();
        let name = reader.name(
            Place::Name,
            &self.name,
            FieldName::Name,
            "sales process",
            taken,
        );
        let stages = reader.stages(&self.stages);
        match name {
            Some(name) if reader.problems.is_empty() => Ok(Process {
                id: self.id,
                name,
                color: self.color,
                archived: self.archived,
                stages,
            }),
            _ => Err(reader.problems),
        }
    }
}

impl StageDraft {
    /// A stage, as the configurator shows it.
    pub fn of(stage: &Stage) -> Self {
        Self {
            id: stage.id,
            name: stage.name.as_str().to_owned(),
            hint: stage.hint.clone(),
            chance: stage.chance.map(Chance::to_plain).unwrap_or_default(),
            stale: stage
                .stale_after_days
                .map(|days| days.to_string())
                .unwrap_or_default(),
            sub_stages: stage.sub_stages.iter().map(SubStageDraft::of).collect(),
        }
    }
}

impl SubStageDraft {
    /// A sub-stage, as the configurator shows it.
    pub fn of(sub: &SubStage) -> Self {
        Self {
            id: sub.id,
            name: sub.name.as_str().to_owned(),
            hint: sub.hint.clone(),
            weight: sub.weight.to_string(),
            required: sub.required,
            note_required: sub.note_required,
            establishes_value: sub.establishes_value,
        }
    }
}

/// The weight that was typed; none when it is no whole number from 0 to 100.
pub fn weight(text: &str) -> Option<u8> {
    let text = text.trim();
    let weight = text.parse().ok().filter(|weight| *weight <= MAX_WEIGHT)?;
    text.bytes().all(|b| b.is_ascii_digit()).then_some(weight)
}

#[derive(Default)]
struct DraftReader {
    problems: Problems,
}

impl DraftReader {
    fn stages(&mut self, drafts: &[StageDraft]) -> Vec<Stage> {
        let mut taken = BTreeSet::new();
        let mut stages = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let place = Place::StageName(draft.id);
            let name = self.name(place, &draft.name, FieldName::Name, "stage", taken.clone());
            taken.insert(name_key(&draft.name));
            let hint = self.hint(Place::StageHint(draft.id), &draft.hint);
            let chance = self.chance(draft);
            let stale_after_days = self.stale(draft);
            let sub_stages = self.sub_stages(&draft.sub_stages);
            stages.extend(name.map(|name| Stage {
                id: draft.id,
                name,
                hint,
                chance,
                stale_after_days,
                sub_stages,
            }));
        }
        stages
    }

    fn sub_stages(&mut self, drafts: &[SubStageDraft]) -> Vec<SubStage> {
        let mut taken = BTreeSet::new();
        let mut sub_stages = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let place = Place::SubName(draft.id);
            let name = self.name(
                place,
                &draft.name,
                FieldName::Name,
                "sub-stage",
                taken.clone(),
            );
            taken.insert(name_key(&draft.name));
            let hint = self.hint(Place::SubHint(draft.id), &draft.hint);
            let weight = weight(&draft.weight);
            if weight.is_none() {
                let text = "0 to 100, please.".to_owned();
                self.problems.insert(Place::SubWeight(draft.id), text);
            }
            sub_stages.extend(name.zip(weight).map(|(name, weight)| SubStage {
                id: draft.id,
                name,
                hint,
                weight,
                required: draft.required,
                note_required: draft.note_required,
                establishes_value: draft.establishes_value,
            }));
        }
        sub_stages
    }

    fn name(
        &mut self,
        place: Place,
        text: &str,
        field: FieldName,
        what: &'static str,
        taken: BTreeSet<String>,
    ) -> Option<Name> {
        let free = |name: Name| {
            if taken.contains(&name.key()) {
                Err(DomainError::NameTaken { what, name })
            } else {
                Ok(name)
            }
        };
        self.kept(place, Name::new(text, field).and_then(free))
    }

    fn hint(&mut self, place: Place, text: &str) -> String {
        let hint = clean_lines(text, MAX_HINT, FieldName::Hint);
        self.kept(place, hint).unwrap_or_default()
    }

    fn chance(&mut self, draft: &StageDraft) -> Option<Chance> {
        if draft.chance.trim().is_empty() {
            return None;
        }
        let chance = Chance::parse_percent(draft.chance.trim());
        if chance.is_none() {
            let text = "0 to 100, with one decimal at the most.".to_owned();
            self.problems.insert(Place::StageChance(draft.id), text);
        }
        chance
    }

    fn stale(&mut self, draft: &StageDraft) -> Option<u16> {
        let text = draft.stale.trim();
        if text.is_empty() {
            return None;
        }
        let days = text.parse().ok();
        let days = days.filter(|days| (1..=MAX_STALE_DAYS).contains(days));
        if days.is_none() {
            let text = format!("1 to {MAX_STALE_DAYS} days, or nothing.");
            self.problems.insert(Place::StageStale(draft.id), text);
        }
        days
    }

    fn kept<T>(&mut self, place: Place, result: Result<T, DomainError>) -> Option<T> {
        match result {
            Ok(kept) => Some(kept),
            Err(error) => {
                self.problems.insert(place, error.to_string());
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::start::templates::{Template, new_workspace};
    use crate::domain::value::id::IdSource;

    #[test]
    fn a_draft_reads_back_every_template() {
        let mut ids = IdSource::starting_at(1);
        let workspace = new_workspace(&mut ids);
        for template in Template::ALL {
            let process = template.process(&mut ids);
            assert_eq!(ProcessDraft::of(&process).read(&workspace), Ok(process));
        }
    }

    #[test]
    fn every_wrong_field_is_named() {
        let mut ids = IdSource::starting_at(1);
        let workspace = new_workspace(&mut ids);
        let mut draft = ProcessDraft::of(&Template::ActiveSales.process(&mut ids));
        draft.name = " default ".to_owned();
        let first = draft.stages[0].name.to_uppercase();
        draft.stages[1].name = format!(" {first}  ");
        draft.stages[0].chance = "101".to_owned();
        draft.stages[0].stale = "0".to_owned();
        draft.stages[0].sub_stages[0].weight = "+5".to_owned();
        draft.stages[0].sub_stages[1].name = String::new();
        let problems = draft.read(&workspace).unwrap_err();
        let places: BTreeSet<Place> = problems.keys().copied().collect();
        let stage = &draft.stages[0];
        assert_eq!(
            places,
            BTreeSet::from([
                Place::Name,
                Place::StageName(draft.stages[1].id),
                Place::StageChance(stage.id),
                Place::StageStale(stage.id),
                Place::SubWeight(stage.sub_stages[0].id),
                Place::SubName(stage.sub_stages[1].id),
            ])
        );
    }

    #[test]
    fn weights_are_whole_numbers_up_to_100() {
        assert_eq!(weight(" 100 "), Some(100));
        assert_eq!(weight("0"), Some(0));
        for text in ["", "101", "-1", "1.5", "+1", "300", "ten"] {
            assert_eq!(weight(text), None, "{text}");
        }
    }
}
