//! What stands in the configurator, a signal per field, so that a key stroke
//! touches its own field and nothing else.

use std::collections::BTreeSet;

use crate::domain::change::draft::{
    Place, Problems, ProcessDraft, StageDraft, SubStageDraft, weight,
};
use crate::domain::mend::merge::process;
use crate::domain::record::process::{Color, Process};
use crate::domain::value::id::{ProcessId, StageId, SubStageId};
use crate::domain::value::money::permille_of;
use crate::ui::app::App;
use crate::ui::prelude::*;
use crate::web::dom;

/// The weight of a new sub-stage.
const USUAL_WEIGHT: &str = "10";

/// A sub-stage that is edited.
#[derive(Clone, Copy)]
pub struct SubState {
    /// Its id.
    pub id: SubStageId,
    /// Its name.
    pub name: RwSignal<String>,
    /// Its hint.
    pub hint: RwSignal<String>,
    /// Its weight.
    pub weight: RwSignal<String>,
    /// Required to win.
    pub required: RwSignal<bool>,
    /// Note required.
    pub note_required: RwSignal<bool>,
    /// Establishes the value.
    pub establishes_value: RwSignal<bool>,
    /// Its further settings are shown.
    pub open: RwSignal<bool>,
}

/// A stage that is edited.
#[derive(Clone, Copy)]
pub struct StageState {
    /// Its id.
    pub id: StageId,
    /// Its name.
    pub name: RwSignal<String>,
    /// Its hint.
    pub hint: RwSignal<String>,
    /// The chance on reaching it, in percent.
    pub chance: RwSignal<String>,
    /// After how many days its deals are stale.
    pub stale: RwSignal<String>,
    /// Its sub-stages.
    pub subs: RwSignal<Vec<SubState>>,
    /// Its further settings are shown.
    pub open: RwSignal<bool>,
}

/// A process that is edited.
#[derive(Clone, Copy)]
pub struct State {
    /// The app.
    pub app: App,
    /// The id of the process.
    pub id: ProcessId,
    /// Its name.
    pub name: RwSignal<String>,
    /// Its colour.
    pub color: RwSignal<Color>,
    /// Its stages.
    pub stages: RwSignal<Vec<StageState>>,
    /// What was moved last, for a screen reader.
    pub said: RwSignal<String>,
    /// What was typed: a process, or what is wrong with it.
    pub read: Memo<Result<Process, Problems>>,
    /// The fields whose errors are shown: those that were wrong on saving.
    shown: RwSignal<BTreeSet<Place>>,
    archived: bool,
    /// Owns the signals of stages that are added later.
    owner: StoredValue<Owner>,
}

impl State {
    /// Starts to edit a draft.
    pub fn new(app: App, draft: &ProcessDraft) -> Self {
        let (id, archived) = (draft.id, draft.archived);
        let name = RwSignal::new(draft.name.clone());
        let color = RwSignal::new(draft.color);
        let stages = RwSignal::new(draft.stages.iter().map(StageState::new).collect());
        let read = memo(move || {
            let draft = typed(id, archived, name, color, stages);
            app.store.setup(|workspace| draft.read(workspace))
        });
        Self {
            app,
            id,
            name,
            color,
            stages,
            said: RwSignal::new(String::new()),
            read,
            shown: RwSignal::new(BTreeSet::new()),
            archived,
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        }
    }

    /// What stands in all the fields; follows them.
    pub fn draft(self) -> ProcessDraft {
        typed(self.id, self.archived, self.name, self.color, self.stages)
    }

    /// What saving makes of it, where another tab may have changed the process
    /// since it was `base`; and what both have changed.
    pub fn merged(self, base: &ProcessDraft) -> (Result<Process, Problems>, Vec<String>) {
        let here = untrack(|| self.draft());
        self.app.store.peek(|workspace| {
            let there = workspace.processes.get(&self.id);
            let there = there.map(|process| ProcessDraft::of(process));
            let (draft, both) = match &there {
                Some(there) => process([base, &here, there]),
                None => (here, Vec::new()),
            };
            (draft.read(workspace), both)
        })
    }

    /// Puts other stages in the place of the present ones.
    pub fn replace_stages(self, drafts: &[StageDraft]) {
        let stages = self.own(|| drafts.iter().map(StageState::new).collect());
        self.stages.set(stages);
    }

    /// What is wrong with a field, once that is to be said.
    pub fn problem(self, place: Place) -> Signal<Option<String>> {
        derived(move || {
            if !self.shown.with(|shown| shown.contains(&place)) {
                return None;
            }
            self.read
                .with(|read| read.as_ref().err()?.get(&place).cloned())
        })
    }

    /// Shows what is wrong, and puts the focus into the first wrong field.
    pub fn show(self, problems: &Problems) {
        self.shown.set(problems.keys().copied().collect());
        for stage in self.stages.get_untracked() {
            let hidden = [
                Place::StageHint(stage.id),
                Place::StageChance(stage.id),
                Place::StageStale(stage.id),
            ];
            if hidden.iter().any(|place| problems.contains_key(place)) {
                stage.open.set(true);
            }
            for sub in stage.subs.get_untracked() {
                if problems.contains_key(&Place::SubHint(sub.id)) {
                    sub.open.set(true);
                }
            }
        }
        dom::focus_next("#process-form [aria-invalid='true']");
    }

    /// The sum of all weights.
    pub fn total_weight(self) -> u32 {
        self.stages
            .with(|stages| stages.iter().map(|stage| stage.weight()).sum())
    }

    /// A part of the sum of the weights, as it is shown.
    pub fn share(self, part: u32) -> String {
        permille_of(i128::from(part), i128::from(self.total_weight()))
            .map_or_else(|| "–".to_owned(), |part| self.app.formats().permille(part))
    }

    /// Adds a stage at the end, with the focus in its name.
    pub fn add_stage(self) {
        let Some(id) = self.app.store.fresh_id() else {
            return;
        };
        let stage = self.own(|| {
            StageState::new(&StageDraft {
                id,
                name: String::new(),
                hint: String::new(),
                chance: String::new(),
                stale: String::new(),
                sub_stages: Vec::new(),
            })
        });
        self.stages.update(|stages| stages.push(stage));
        dom::focus_soon(format!("stage-name-{id}"));
    }

    /// Adds a sub-stage at a place of a stage, with the focus in its name.
    pub fn add_sub(self, stage: StageState, place: usize) {
        let Some(id) = self.app.store.fresh_id() else {
            return;
        };
        let sub = self.own(|| {
            SubState::new(&SubStageDraft {
                id,
                name: String::new(),
                hint: String::new(),
                weight: USUAL_WEIGHT.to_owned(),
                required: false,
                note_required: false,
                establishes_value: false,
            })
        });
        stage
            .subs
            .update(|subs| subs.insert(place.min(subs.len()), sub));
        dom::focus_soon(format!("sub-name-{id}"));
    }

    /// Moves a stage to a place, says so, and gives the focus to an element.
    pub fn move_stage(self, from: usize, to: usize, focus: String) {
        let name = self.stages.with_untracked(|stages| {
            let stage = stages.get(from)?;
            Some((stage.name.get_untracked(), stages.len()))
        });
        let Some((name, count)) = name.filter(|(_, count)| to < *count) else {
            return;
        };
        self.stages.update(|stages| shift(stages, from, to));
        self.say_moved(&name, "Stage", to, count);
        dom::focus_soon(focus);
    }

    /// Moves a sub-stage to a place of its stage, says so, and gives the focus
    /// to an element.
    pub fn move_sub(self, stage: StageState, from: usize, to: usize, focus: String) {
        let name = stage.subs.with_untracked(|subs| {
            let sub = subs.get(from)?;
            Some((sub.name.get_untracked(), subs.len()))
        });
        let Some((name, count)) = name.filter(|(_, count)| to < *count) else {
            return;
        };
        stage.subs.update(|subs| shift(subs, from, to));
        self.say_moved(&name, "Sub-stage", to, count);
        dom::focus_soon(focus);
    }

    /// Deletes a stage; the focus goes to its neighbour.
    pub fn delete_stage(self, id: StageId) {
        let place = self
            .stages
            .with_untracked(|stages| stages.iter().position(|stage| stage.id == id));
        let Some(place) = place else { return };
        self.stages
            .update(|stages| stages.retain(|stage| stage.id != id));
        let next = self.stages.with_untracked(|stages| {
            let next = stages.get(place).or_else(|| stages.last());
            next.map(|stage| format!("stage-name-{}", stage.id))
        });
        self.said.set("Stage deleted".to_owned());
        dom::focus_soon(next.unwrap_or_else(|| "add-stage".to_owned()));
    }

    /// Deletes a sub-stage; the focus goes to its neighbour.
    pub fn delete_sub(self, stage: StageState, id: SubStageId) {
        let place = stage
            .subs
            .with_untracked(|subs| subs.iter().position(|sub| sub.id == id));
        let Some(place) = place else { return };
        stage.subs.update(|subs| subs.retain(|sub| sub.id != id));
        let next = stage.subs.with_untracked(|subs| {
            let next = subs.get(place).or_else(|| subs.last());
            next.map(|sub| format!("sub-name-{}", sub.id))
        });
        self.said.set("Sub-stage deleted".to_owned());
        dom::focus_soon(next.unwrap_or_else(|| format!("add-sub-{}", stage.id)));
    }

    fn say_moved(self, name: &str, kind: &str, to: usize, count: usize) {
        let name = if name.trim().is_empty() { kind } else { name };
        self.said
            .set(format!("{name} moved to place {} of {count}", to + 1));
    }

    fn own<T: 'static>(self, make: impl FnOnce() -> T) -> T {
        self.owner.get_value().with(make)
    }
}

impl StageState {
    fn new(draft: &StageDraft) -> Self {
        Self {
            id: draft.id,
            name: RwSignal::new(draft.name.clone()),
            hint: RwSignal::new(draft.hint.clone()),
            chance: RwSignal::new(draft.chance.clone()),
            stale: RwSignal::new(draft.stale.clone()),
            subs: RwSignal::new(draft.sub_stages.iter().map(SubState::new).collect()),
            open: RwSignal::new(false),
        }
    }

    /// The sum of its weights; what is no weight counts as 0.
    pub fn weight(&self) -> u32 {
        self.subs
            .with(|subs| subs.iter().map(SubState::weight).sum())
    }

    fn draft(&self) -> StageDraft {
        StageDraft {
            id: self.id,
            name: self.name.get(),
            hint: self.hint.get(),
            chance: self.chance.get(),
            stale: self.stale.get(),
            sub_stages: self
                .subs
                .with(|subs| subs.iter().map(SubState::draft).collect()),
        }
    }
}

impl SubState {
    fn new(draft: &SubStageDraft) -> Self {
        Self {
            id: draft.id,
            name: RwSignal::new(draft.name.clone()),
            hint: RwSignal::new(draft.hint.clone()),
            weight: RwSignal::new(draft.weight.clone()),
            required: RwSignal::new(draft.required),
            note_required: RwSignal::new(draft.note_required),
            establishes_value: RwSignal::new(draft.establishes_value),
            open: RwSignal::new(false),
        }
    }

    /// Its weight; what is no weight counts as 0.
    pub fn weight(&self) -> u32 {
        self.weight.with(|text| weight(text).map_or(0, u32::from))
    }

    fn draft(&self) -> SubStageDraft {
        SubStageDraft {
            id: self.id,
            name: self.name.get(),
            hint: self.hint.get(),
            weight: self.weight.get(),
            required: self.required.get(),
            note_required: self.note_required.get(),
            establishes_value: self.establishes_value.get(),
        }
    }
}

fn typed(
    id: ProcessId,
    archived: bool,
    name: RwSignal<String>,
    color: RwSignal<Color>,
    stages: RwSignal<Vec<StageState>>,
) -> ProcessDraft {
    ProcessDraft {
        id,
        name: name.get(),
        color: color.get(),
        archived,
        stages: stages.with(|stages| stages.iter().map(StageState::draft).collect()),
    }
}

fn shift<T>(items: &mut Vec<T>, from: usize, to: usize) {
    if from < items.len() && to < items.len() {
        let item = items.remove(from);
        items.insert(to, item);
    }
}
