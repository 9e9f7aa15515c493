//! What a change of process means for the progress of a deal (§4.3).

use std::collections::BTreeMap;

use crate::domain::record::deal::Deal;
use crate::domain::record::process::{Process, SubStage};
use crate::domain::record::workspace::Setup;
use crate::domain::value::id::{ProcessId, SubStageId};
use crate::domain::value::text::Name;

/// What the form shows before a change of process is saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SwitchPreview {
    /// The process that is left.
    pub from: Name,
    /// How many of its sub-stages are ticked (they stay so), and how many it has.
    pub kept: (usize, usize),
    /// The process that is entered.
    pub to: Name,
    /// How many of its sub-stages are ticked from earlier, and how many there are.
    pub there: (usize, usize),
    /// The stages of the process that is entered, in order.
    pub stages: Vec<StagePreview>,
}

/// A stage of the process that is entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StagePreview {
    /// Its name.
    pub name: Name,
    /// How many of its sub-stages are ticked from earlier.
    pub ticked: usize,
    /// How many sub-stages it has.
    pub all: usize,
    /// The sub-stages whose ticks could be carried over.
    pub carried: Vec<Name>,
}

impl SwitchPreview {
    /// How many ticks could be carried over.
    pub fn carried(&self) -> usize {
        self.stages.iter().map(|stage| stage.carried.len()).sum()
    }
}

/// Previews a change of process; none where one of the records is not there.
pub fn preview(workspace: &Setup, deal: &Deal, target: ProcessId) -> Option<SwitchPreview> {
    let from = workspace.processes.get(&deal.process)?;
    let to = workspace.processes.get(&target)?;
    let there = deal.progress_in(to.id);
    let carried = carried(deal, from, to);
    let stages = to.stages.iter().map(|stage| {
        let subs = &stage.sub_stages;
        let comes = |sub: &&SubStage| carried.iter().any(|(_, other)| other.id == sub.id);
        StagePreview {
            name: stage.name.clone(),
            ticked: subs
                .iter()
                .filter(|sub| there.ticks.contains_key(&sub.id))
                .count(),
            all: subs.len(),
            carried: subs
                .iter()
                .filter(comes)
                .map(|sub| sub.name.clone())
                .collect(),
        }
    });
    Some(SwitchPreview {
        from: from.name.clone(),
        kept: deal.progress_in(from.id).ticked(from),
        to: to.name.clone(),
        there: there.ticked(to),
        stages: stages.collect(),
    })
}

/// The ticks that can be carried over from `from` to `to`: each as the ticked
/// sub-stage and the one of `to` that stands for it. That is one of the same
/// name in a stage of the same name, or else the only one of that name in both
/// processes. Left out is what is ticked in `to` already, and a tick without a
/// note where the sub-stage of `to` needs one.
pub fn carried<'a>(
    deal: &Deal,
    from: &Process,
    to: &'a Process,
) -> Vec<(SubStageId, &'a SubStage)> {
    let source = deal.progress_in(from.id);
    let target = deal.progress_in(to.id);
    let (places_from, places_to) = (Names::of(from), Names::of(to));
    let mut carried: Vec<(SubStageId, &SubStage)> = Vec::new();
    for (stage, sub) in from.sub_stages() {
        let Some(tick) = source.ticks.get(&sub.id) else {
            continue;
        };
        let name = sub.name.key();
        let same = places_to.exact.get(&(stage.name.key(), name.clone()));
        let found = same.copied().or_else(|| {
            places_from.only(&name)?;
            places_to.only(&name)
        });
        let Some(found) = found else { continue };
        let is_free = !target.ticks.contains_key(&found.id)
            && carried.iter().all(|(_, other)| other.id != found.id);
        if is_free && !(found.note_required && tick.note.trim().is_empty()) {
            carried.push((sub.id, found));
        }
    }
    carried
}

/// The sub-stages of a process by name.
struct Names<'a> {
    exact: BTreeMap<(String, String), &'a SubStage>,
    by_name: BTreeMap<String, Vec<&'a SubStage>>,
}

impl<'a> Names<'a> {
    fn of(process: &'a Process) -> Self {
        let mut names = Self {
            exact: BTreeMap::new(),
            by_name: BTreeMap::new(),
        };
        for (stage, sub) in process.sub_stages() {
            let name = sub.name.key();
            names.by_name.entry(name.clone()).or_default().push(sub);
            names.exact.insert((stage.name.key(), name), sub);
        }
        names
    }

    /// The only sub-stage of that name.
    fn only(&self, name: &str) -> Option<&'a SubStage> {
        match self.by_name.get(name)?.as_slice() {
            [sub] => Some(sub),
            _ => None,
        }
    }
}
