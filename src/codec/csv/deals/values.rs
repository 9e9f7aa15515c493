//! What the values of the process, stage and status columns stand for.

use super::super::drafts::ByName;
use super::super::{Columns, Row};
use super::columns::{Target, text_of};
use super::words::{self, Word};
use crate::domain::record::deal::Outcome;
use crate::domain::record::process::Process;
use crate::domain::record::workspace::Workspace;
use crate::domain::value::field::FieldName;
use crate::domain::value::id::{ProcessId, StageId};
use crate::domain::value::money::Chance;
use crate::domain::value::order::sort_by;
use crate::domain::value::text::{MAX_NAME, Name, name_key};

/// The most different processes, statuses, and stages of one process that are
/// told apart; a column with more is not what it was taken for, and the rows
/// beyond are in error.
pub const MAX_DISTINCT: usize = 200;

/// A value of the status column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusMatch {
    /// The text in the file.
    pub source: String,
    /// How many rows have it.
    pub rows: usize,
    /// What it stands for.
    pub meaning: StatusMeaning,
}

impl StatusMatch {
    /// It says that nothing is done about the deal for now.
    pub fn is_on_hold(&self) -> bool {
        words::word(&self.source) == Some(Word::OnHold)
    }
}

/// What a status stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusMeaning {
    /// The deal is open.
    Open,
    /// The deal is closed.
    Closed(Outcome),
    /// Not known yet. Its rows are in error.
    Unknown,
}

/// A value of the process column, with the stages of its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcessMatch {
    /// The text in the file; empty for the rows that name no process.
    pub source: String,
    /// How many rows have it.
    pub rows: usize,
    /// Where its rows go.
    pub plan: ProcessPlan,
    /// The values of the stage column in its rows; the new ones come into the
    /// process in this order.
    pub stages: Vec<StageMatch>,
    /// What stands for a stage may be a word for how a deal stands. It is not
    /// in the program's own export, whatever a stage is called.
    has_words: bool,
}

/// Where the rows of a process go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProcessPlan {
    /// To a new process with the stages of the file.
    New {
        /// Its name.
        name: Name,
    },
    /// To a process that is there; stages it lacks are added to it unless each
    /// is mapped to another.
    Existing(ProcessId),
}

/// A value of the stage column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageMatch {
    /// The text in the file.
    pub source: String,
    /// How many rows have it.
    pub rows: usize,
    /// What it stands for.
    pub meaning: StageMeaning,
    /// The median of the chances that its open deals have in the file.
    pub(super) median: Option<Chance>,
}

/// What a value of the stage column stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StageMeaning {
    /// The deal is open, in a stage that is not said.
    Open,
    /// The deal is closed, in a stage that is not said.
    Closed(Outcome),
    /// The deal is closed, and this does not say how. A row in which nothing
    /// else says it is in error.
    Unknown,
    /// A stage of the process.
    Existing(StageId),
    /// A stage to be added to the process.
    New {
        /// Its name.
        name: Name,
        /// Its chance on reaching it.
        chance: Option<Chance>,
    },
}

/// The distinct statuses, in the order they appear.
pub fn statuses<'a>(
    rows: impl Iterator<Item = Row<'a>>,
    columns: &Columns<Target>,
    is_nothing: impl Fn(&str) -> bool,
) -> Vec<StatusMatch> {
    let mut index = ByName::new(name_key);
    let mut found: Vec<StatusMatch> = Vec::new();
    for row in rows {
        let text = text_of(columns, row, Target::Status);
        if is_nothing(text) {
            continue;
        }
        count(
            &mut index,
            &mut found,
            text,
            |status| &mut status.rows,
            || StatusMatch {
                source: text.to_owned(),
                rows: 0,
                meaning: match words::status(text) {
                    Some(None) => StatusMeaning::Open,
                    Some(Some(outcome)) => StatusMeaning::Closed(outcome),
                    None => StatusMeaning::Unknown,
                },
            },
        );
    }
    found
}

/// The distinct processes and stages, with a plan for each. Rows that name no
/// process come under an empty source.
pub fn processes<'a>(
    rows: impl Iterator<Item = Row<'a>>,
    columns: &Columns<Target>,
    is_nothing: impl Fn(&str) -> bool,
    has_words: bool,
    file_name: &str,
    workspace: &Workspace,
) -> Vec<ProcessMatch> {
    let mut index = ByName::new(name_key);
    let mut found: Vec<ProcessMatch> = Vec::new();
    let mut stage_indexes: Vec<ByName<usize>> = Vec::new();
    let read = |row, target| {
        let text = text_of(columns, row, target);
        if is_nothing(text) { "" } else { text }
    };
    for row in rows {
        let source = read(row, Target::Process);
        let place = if source.is_empty() {
            count_any(
                &mut index,
                &mut found,
                source,
                |process| &mut process.rows,
                || blank(source, has_words),
            )
        } else {
            count(
                &mut index,
                &mut found,
                source,
                |process| &mut process.rows,
                || blank(source, has_words),
            )
        };
        stage_indexes.resize_with(found.len(), || ByName::new(name_key));
        let at_place =
            place.and_then(|place| found.get_mut(place).zip(stage_indexes.get_mut(place)));
        let Some((process, stages)) = at_place else {
            continue;
        };
        let text = read(row, Target::Stage);
        count(
            stages,
            &mut process.stages,
            text,
            |stage| &mut stage.rows,
            || StageMatch {
                source: text.to_owned(),
                rows: 0,
                meaning: StageMeaning::Open,
                median: None,
            },
        );
    }
    for process in &mut found {
        process.propose(file_name, workspace);
    }
    found
}

fn blank(source: &str, has_words: bool) -> ProcessMatch {
    let plan = ProcessPlan::New {
        name: Name::clamped(source, MAX_NAME, "Imported deals"),
    };
    ProcessMatch {
        source: source.to_owned(),
        rows: 0,
        plan,
        stages: Vec::new(),
        has_words,
    }
}

/// Counts a text that is fit for a name.
fn count<T>(
    index: &mut ByName<usize>,
    found: &mut Vec<T>,
    text: &str,
    rows: impl Fn(&mut T) -> &mut usize,
    new: impl FnOnce() -> T,
) -> Option<usize> {
    Name::new(text, FieldName::Name).ok()?;
    count_any(index, found, text, rows, new)
}

fn count_any<T>(
    index: &mut ByName<usize>,
    found: &mut Vec<T>,
    text: &str,
    rows: impl Fn(&mut T) -> &mut usize,
    new: impl FnOnce() -> T,
) -> Option<usize> {
    let place = index.find(text).or_else(|| {
        (found.len() < MAX_DISTINCT).then(|| {
            index.insert(text, found.len());
            found.push(new());
            found.len() - 1
        })
    })?;
    if let Some(item) = found.get_mut(place) {
        *rows(item) += 1;
    }
    Some(place)
}

impl ProcessMatch {
    fn propose(&mut self, file_name: &str, workspace: &Workspace) {
        words::order_stages(&mut self.stages, |stage| &stage.source);
        // Values that stand for a status come last: they are no stages.
        let has_words = self.has_words;
        let is_status = |stage: &StageMatch| meaning_of_word(has_words, stage).is_some();
        sort_by(&mut self.stages, &|a, b| is_status(a).cmp(&is_status(b)));
        let plan = if self.source.is_empty() {
            self.unnamed_plan(file_name, workspace)
        } else {
            let key = name_key(&self.source);
            let mut known = workspace.processes_in_order();
            known
                .find(|process| name_key(process.name.as_str()) == key)
                .map_or_else(
                    || ProcessPlan::New {
                        name: Name::clamped(&self.source, MAX_NAME, "Imported deals"),
                    },
                    |process| ProcessPlan::Existing(process.id),
                )
        };
        self.set_plan(plan, workspace);
    }

    /// Where rows that name no process go: to the process that knows most of
    /// their stages, the default one if the file has no stages, else to a new
    /// one named after the file.
    fn unnamed_plan(&self, file_name: &str, workspace: &Workspace) -> ProcessPlan {
        let default = workspace.default_process();
        let known = |process: &Process| {
            self.stages
                .iter()
                .filter(|stage| find_stage(process, &stage.source).is_some())
                .count()
        };
        let candidates = workspace.choosable_processes(Some(default));
        let best = candidates
            .into_iter()
            .map(|process| (known(process), process.id == default, process.id))
            .filter(|(known, ..)| *known > 0)
            .max_by_key(|(known, is_default, _)| (*known, *is_default));
        let only_statuses = self
            .stages
            .iter()
            .all(|stage| meaning_of_word(self.has_words, stage).is_some());
        match best {
            Some((_, _, id)) => ProcessPlan::Existing(id),
            None if only_statuses => ProcessPlan::Existing(default),
            None => ProcessPlan::New {
                name: name_from_file(file_name, workspace),
            },
        }
    }

    /// Sends the rows elsewhere and proposes the meaning of each stage anew.
    pub(super) fn set_plan(&mut self, plan: ProcessPlan, workspace: &Workspace) {
        let process = match &plan {
            ProcessPlan::New { .. } => None,
            ProcessPlan::Existing(id) => workspace.processes.get(id),
        };
        for stage in &mut self.stages {
            let existing = process.and_then(|process| find_stage(process, &stage.source));
            stage.meaning = match (existing, meaning_of_word(self.has_words, stage)) {
                (Some(id), _) => StageMeaning::Existing(id),
                (None, Some(meaning)) => meaning,
                (None, None) => {
                    let name = Name::clamped(&stage.source, MAX_NAME, "Stage");
                    StageMeaning::New { name, chance: None }
                }
            };
        }
        self.plan = plan;
        self.spread_chances();
    }

    /// Gives the stages of a new process the chances that the file has for
    /// them, the others evenly rising ones. Stages added to a process that is
    /// there get none: they would change its forecasts.
    pub fn spread_chances(&mut self) {
        let is_new = matches!(self.plan, ProcessPlan::New { .. });
        let chances: Vec<_> = self
            .stages
            .iter_mut()
            .filter_map(|stage| match &mut stage.meaning {
                StageMeaning::New { chance, .. } => Some((chance, stage.median)),
                _ => None,
            })
            .collect();
        let parts = u16::try_from(chances.len() + 1).unwrap_or(u16::MAX);
        for (step, (chance, median)) in (1u16..).zip(chances) {
            let percent = (100 * step + parts / 2) / parts;
            let even = || Chance::from_permille(percent * 10);
            *chance = is_new.then(|| median.or_else(even)).flatten();
        }
    }

    /// Moves a stage to another place, and spreads the chances anew.
    pub fn move_stage(&mut self, from: usize, to: usize) {
        if from < self.stages.len() {
            let stage = self.stages.remove(from);
            self.stages.insert(to.min(self.stages.len()), stage);
            self.spread_chances();
        }
    }
}

/// What a word says about the status, where it is in the stage column and
/// words count there.
fn meaning_of_word(has_words: bool, stage: &StageMatch) -> Option<StageMeaning> {
    let text = &stage.source;
    match has_words.then(|| words::word(text)).flatten()? {
        Word::Ended(outcome) => Some(StageMeaning::Closed(outcome)),
        Word::Closed => Some(StageMeaning::Unknown),
        Word::Open | Word::OnHold => words::is_open_itself(text).then_some(StageMeaning::Open),
    }
}

fn find_stage(process: &Process, name: &str) -> Option<StageId> {
    let key = name_key(name);
    process
        .stages
        .iter()
        .find(|stage| name_key(stage.name.as_str()) == key)
        .map(|stage| stage.id)
}

/// "sales_pipeline (2).csv" gives "Sales pipeline"; with a number where there
/// is a process of that name.
fn name_from_file(file_name: &str, workspace: &Workspace) -> Name {
    let stem = file_name
        .rsplit_once('.')
        .map_or(file_name, |(stem, _)| stem);
    let stem = stem
        .rsplit_once(" (")
        .filter(|_| stem.ends_with(')'))
        .map_or(stem, |(stem, _)| stem);
    let words = stem.replace(['_', '-'], " ");
    let mut letters = words.trim().chars();
    let name: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect();
    let name = Name::clamped(&name, MAX_NAME - 4, "Imported deals");
    free_name(&name, |key| {
        workspace
            .processes
            .values()
            .any(|process| name_key(process.name.as_str()) == key)
    })
}

/// The name, with a number after it where it is taken.
pub fn free_name(name: &Name, is_taken: impl Fn(&str) -> bool) -> Name {
    let mut free = name.clone();
    for number in 2..=MAX_DISTINCT + 2 {
        if !is_taken(&name_key(free.as_str())) {
            break;
        }
        let base: String = name.as_str().chars().take(MAX_NAME - 4).collect();
        free = Name::clamped(&format!("{base} {number}"), MAX_NAME, "Imported deals");
    }
    free
}
