//! Tens of thousands of deals as a team leaves them after months of work: the
//! practice data's generator, imported and then worked through the domain's
//! own commands. For tests and measurements; needs nothing but the library.
//!
//! Every deal of the file is worked: one that the file calls closed is
//! reopened first and closed again in the end, which leaves more history than
//! a team would.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command as Program;
use std::sync::Arc;

use pipewright::codec::csv::deals::{Builder, Matching};
use pipewright::codec::csv::{Clock, Table, UnicodeOnly};
use pipewright::codec::shelf::Space;
use pipewright::domain::change::apply::apply;
use pipewright::domain::change::command::{
    ClosingDraft, Command, Context, ImportKind, NextStepDraft,
};
use pipewright::domain::record::deal::{Closing, Outcome};
use pipewright::domain::record::process::{Process, Stage};
use pipewright::domain::record::workspace::Workspace;
use pipewright::domain::start::templates::{Template, new_workspace};
use pipewright::domain::value::id::{DealId, IdSource, ProcessId, SubStageId};
use pipewright::domain::value::text::{MAX_NAME, Name};
use pipewright::domain::value::time::{Date, Moment, plus_days};
use pipewright::store::memory::Memory;
use pipewright::store::saver::{Flush, Saver};

#[path = "talk.rs"]
pub mod talk;

/// The day of the import: the generator's dates end the day before.
const START: Date = Date::constant(2026, 11, 2);
/// Deals are taken up within this many days after the import.
const TAKEN_UP_WITHIN_DAYS: usize = 90;
/// The length of a note.
const NOTE_LENGTH: usize = 40;

/// The processes of the generated file, with their stages.
const PROCESSES: [(Template, &[&str]); 3] = [
    (
        Template::ActiveSales,
        &[
            "Collect information",
            "Contact",
            "Identify needs",
            "Offer",
            "Negotiation",
        ],
    ),
    (
        Template::OfferInquiry,
        &["Inquiry received", "Offer", "Negotiation"],
    ),
    (
        Template::KeyAccounts,
        &[
            "Map the organisation",
            "Meet decision makers",
            "Workshop",
            "Proposal",
            "Legal",
            "Board approval",
        ],
    ),
];

/// The words that notes are made of.
const WORDS: &str = "asked about delivery before summer wants two references from the \
same trade budget is released in january talk to purchasing first needs a shorter contract \
term compares us with their present supplier likes dashboard worried training effort will \
call back after board meeting sent revised figures discount for three years legal reads \
terms again pilot at one site only met new head of sales plans second rollout price list \
was missing wait until audit over invited workshop they need answer by friday integration \
with ledger matters most people user count grows next quarter signature on leave";

/// What was asked of the generator cannot be had.
pub type Failure = Box<dyn std::error::Error>;

/// An account at work, and its storage.
#[derive(Debug)]
pub struct Worked {
    /// The data.
    pub workspace: Workspace,
    /// What is stored.
    pub port: Memory,
    /// How many ticks were made.
    pub ticks: usize,
    /// How many deals have a note.
    pub notes: usize,
    /// How many deals went on in a second process.
    pub second_processes: usize,
    /// How many deals have had a next step.
    pub next_steps: usize,
}

impl Worked {
    /// The stored texts by their keys, to be put into a browser's storage.
    pub fn dump(&self) -> BTreeMap<String, String> {
        self.port.snapshot()
    }
}

/// The file of `count` deals that the practice data's `make_deals_csv.py` prints.
///
/// # Errors
/// There is no such script, or no Python to run it.
pub fn deals_csv(script: &Path, count: usize) -> Result<String, Failure> {
    let ran = Program::new("python3")
        .arg(script)
        .arg(count.to_string())
        .output()?;
    if !ran.status.success() {
        return Err(String::from_utf8_lossy(&ran.stderr).into_owned().into());
    }
    Ok(String::from_utf8(ran.stdout)?)
}

/// The account of a team that has imported `file` and worked its deals; the
/// same file always gives the same account, saved in the main space.
///
/// # Errors
/// The file is none of the generator's.
pub fn worked(file: &str) -> Result<Worked, Failure> {
    work(file, false)
}

/// The same of a team that also says what is to be done next, and notes what
/// was said: half of the deals get a next step, a third two noted entries.
///
/// # Errors
/// The file is none of the generator's.
pub fn talked(file: &str) -> Result<Worked, Failure> {
    work(file, true)
}

fn work(file: &str, talks: bool) -> Result<Worked, Failure> {
    let mut office = Office::open()?;
    office.talks = talks;
    office.import(file)?;
    let steps = office.plan();
    for step in steps {
        office.take(&step)?;
    }
    let Office {
        workspace,
        mut saver,
        ticks,
        notes,
        second_processes,
        next_steps,
        ..
    } = office;
    let port = Memory::new();
    match saver.flush_all(&workspace, &port) {
        Flush::Done => Ok(Worked {
            workspace,
            port,
            ticks,
            notes,
            second_processes,
            next_steps,
        }),
        other => Err(format!("the saver says {other:?}").into()),
    }
}

/// A new account, the same each time.
pub fn fresh() -> Workspace {
    new_workspace(&mut IdSource::starting_at(0x2d4c_91a7_0e35_6b00))
}

/// Numbers that look random and are the same on every run (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let sides = u64::try_from(sides).unwrap_or(1).max(1);
        usize::try_from((mixed ^ (mixed >> 31)) % sides).unwrap_or(0)
    }

    /// A moment in the working hours of a day.
    fn moment_on(&mut self, day: Date) -> Moment {
        let noon = Moment::noon_of(day);
        let minutes = self.roll(10 * 60);
        noon.plus_minutes(i64::try_from(minutes).unwrap_or(0) - 4 * 60)
    }

    fn days(&mut self, below: usize) -> i64 {
        i64::try_from(self.roll(below)).unwrap_or(0)
    }
}

/// Something that is done to a deal.
#[derive(Debug, Clone)]
enum Act {
    Reopen,
    Tick,
    TickWithNote,
    ChangeProcess,
    Close(Closing),
    /// What is to be done next, in place of what was to be done.
    NextStep,
    /// The next step is done, and there is another.
    NextStepDone,
    /// Something that was said is noted.
    Note,
}

#[derive(Debug, Clone)]
struct Step {
    at: Moment,
    deal: DealId,
    act: Act,
}

struct Office {
    workspace: Workspace,
    saver: Saver,
    ids: IdSource,
    dice: Dice,
    /// Of next steps and noted entries.
    talk: Dice,
    talks: bool,
    now: Moment,
    /// When the last command was run, in milliseconds.
    millis: i64,
    ticks: usize,
    notes: usize,
    second_processes: usize,
    next_steps: usize,
}

impl Office {
    fn open() -> Result<Self, Failure> {
        let (workspace, saver, _) = Saver::load(&Memory::new(), Space::Main, 0x51ab_33f0, fresh)?;
        let mut office = Self {
            workspace,
            saver,
            ids: IdSource::starting_at(0x7315_c0de_4a11_8000),
            dice: Dice(1),
            talk: Dice(2),
            talks: false,
            now: Moment::noon_of(START),
            millis: 0,
            ticks: 0,
            notes: 0,
            second_processes: 0,
            next_steps: 0,
        };
        for (template, stages) in PROCESSES {
            let process = process(template, stages, &mut office.ids);
            office.run(Command::SaveProcess(process))?;
        }
        Ok(office)
    }

    fn run(&mut self, command: Command) -> Result<(), Failure> {
        let epoch = Date::constant(1970, 1, 1);
        let mut context = Context {
            now: self.now,
            today: plus_days(epoch, self.now.0.div_euclid(24 * 60)),
            ids: &mut self.ids,
        };
        let changes = apply(&mut self.workspace, command, &mut context)?;
        let within = i64::try_from(self.dice.roll(60_000)).unwrap_or(0);
        // A clock does not go back within a minute.
        self.millis = (self.millis + 1).max(self.now.0 * 60_000 + within);
        self.saver.note(&changes, self.millis);
        Ok(())
    }

    fn import(&mut self, file: &str) -> Result<(), Failure> {
        let table = Arc::new(Table::read(file.as_bytes(), &UnicodeOnly)?);
        let matching = Matching::propose(&table, "deals.csv", &self.workspace);
        let clock = Clock {
            now: self.now,
            today: START,
        };
        let start = self.ids.fresh::<DealId>().0;
        let spare = IdSource::starting_at(start);
        let mut builder = Builder::new(table, matching, &self.workspace, clock, spare);
        while !builder.step(1_000).is_last() {}
        let outcome = builder.finish();
        if let Some(error) = outcome.findings.errors.first() {
            return Err(format!("the file is refused: {error:?}").into());
        }
        let used = u64::try_from(outcome.records.len())?.saturating_add(1_000);
        self.ids = IdSource::starting_at(start.wrapping_add(used));
        self.run(Command::Import(ImportKind::Deals, outcome.records))
    }

    /// What is done to which deal, and when: in the order of time.
    fn plan(&mut self) -> Vec<Step> {
        let deals: Vec<_> = self.workspace.deals.values().cloned().collect();
        let mut steps = Vec::new();
        for deal in deals {
            let mut day = plus_days(START, 1 + self.dice.days(TAKEN_UP_WITHIN_DAYS));
            let mut acts = Vec::new();
            if deal.closing.is_some() {
                acts.push(Act::Reopen);
            }
            let ticks = 1 + self.dice.roll(8);
            let with_note = (self.dice.roll(3) == 0).then(|| self.dice.roll(ticks));
            let change = (self.dice.roll(10) == 0).then(|| self.dice.roll(ticks));
            for tick in 0..ticks {
                if change == Some(tick) {
                    acts.push(Act::ChangeProcess);
                }
                acts.push(match with_note == Some(tick) {
                    true => Act::TickWithNote,
                    false => Act::Tick,
                });
            }
            if self.talks {
                self.plan_talk(&mut acts);
            }
            acts.extend(deal.closing.clone().map(Act::Close));
            let mut last = Moment::default();
            for act in acts {
                let at = self.dice.moment_on(day).max(last.plus_minutes(1));
                last = at;
                let deal = deal.id;
                steps.push(Step { at, deal, act });
                day = plus_days(day, 1 + self.dice.days(4) * self.dice.days(7));
            }
        }
        steps.sort_by_key(|step| (step.at, step.deal));
        steps
    }

    /// Half of the deals have a next step, two of five of those a second one; a
    /// third have two noted entries.
    fn plan_talk(&mut self, acts: &mut Vec<Act>) {
        let talk = &mut self.talk;
        let steps = match talk.roll(2) {
            0 if talk.roll(5) < 2 => vec![Act::NextStep, Act::NextStepDone],
            0 => vec![Act::NextStep],
            _ => Vec::new(),
        };
        self.next_steps += usize::from(!steps.is_empty());
        // The next step stands at the end, unless the deal is closed then.
        acts.extend(steps);
        if talk.roll(3) == 0 {
            for _ in 0..2 {
                let at = 1 + talk.roll(acts.len().saturating_sub(1));
                acts.insert(at, Act::Note);
            }
        }
    }

    fn take(&mut self, step: &Step) -> Result<(), Failure> {
        self.now = step.at;
        let deals = BTreeSet::from([step.deal]);
        match &step.act {
            Act::Reopen => self.run(Command::Reopen(deals)),
            Act::Tick => self.tick(step.deal, String::new()),
            Act::TickWithNote => {
                self.notes += 1;
                let note = self.note();
                self.tick(step.deal, note)
            }
            Act::ChangeProcess => {
                let Some(process) = self.other_process(step.deal) else {
                    return Ok(());
                };
                self.second_processes += 1;
                self.run(Command::ChangeProcess { deals, process })
            }
            Act::Close(closing) => self.close(step.deal, closing),
            Act::NextStep => self.set_next_step(deals),
            Act::NextStepDone => {
                self.run(Command::DoNextStep(deals.clone()))?;
                self.set_next_step(deals)
            }
            Act::Note => {
                let text = talk::noted(|sides| self.talk.roll(sides));
                let deal = step.deal;
                self.run(Command::AddNote { deal, text })
            }
        }
    }

    fn set_next_step(&mut self, deals: BTreeSet<DealId>) -> Result<(), Failure> {
        let what = talk::next_step(|sides| self.talk.roll(sides));
        let today = plus_days(Date::constant(1970, 1, 1), self.now.0.div_euclid(24 * 60));
        let due = (self.talk.roll(8) > 0).then(|| plus_days(today, 1 + self.talk.days(30)));
        let step = Some(NextStepDraft { what, due });
        self.run(Command::SetNextStep { deals, step })
    }

    /// Ticks the next sub-stage, from the present stage on if it can be.
    fn tick(&mut self, id: DealId, note: String) -> Result<(), Failure> {
        let Some(sub_stage) = self.next_sub_stage(id) else {
            return Ok(());
        };
        self.ticks += 1;
        self.run(Command::Tick {
            deal: id,
            sub_stage,
            note,
        })
    }

    fn next_sub_stage(&self, id: DealId) -> Option<SubStageId> {
        let deal = self.workspace.deals.get(&id)?;
        let process = self.workspace.processes.get(&deal.process)?;
        let progress = deal.progress_in(process.id);
        let at = progress.current_stage(process).id();
        let at = at.and_then(|id| process.position(id)).unwrap_or(0);
        let stages = process.stages.iter();
        let open = |stage: &Stage| {
            let mut subs = stage.sub_stages.iter().map(|sub| sub.id);
            subs.find(|sub| !progress.ticks.contains_key(sub))
        };
        let mut ahead = stages.clone().skip(at);
        ahead
            .find_map(open)
            .or_else(|| stages.take(at).find_map(open))
    }

    fn other_process(&mut self, id: DealId) -> Option<ProcessId> {
        let present = self.workspace.deals.get(&id)?.process;
        let default = self.workspace.default_process();
        let all = self.workspace.processes.keys().copied();
        let others: Vec<_> = all
            .filter(|other| *other != present && *other != default)
            .collect();
        others.get(self.dice.roll(others.len())).copied()
    }

    fn close(&mut self, id: DealId, closing: &Closing) -> Result<(), Failure> {
        let deal = self.workspace.deals.get(&id).ok_or("a deal is gone")?;
        let process = self.workspace.processes.get(&deal.process);
        let process = process.ok_or("a process is gone")?;
        let progress = deal.progress_in(process.id);
        let ticks: Vec<_> = match closing.outcome {
            Outcome::Won => progress
                .missing_required(process)
                .map(|sub| (sub.id, String::new()))
                .collect(),
            Outcome::Lost | Outcome::Outdated => Vec::new(),
        };
        self.ticks += ticks.len();
        let on = plus_days(Date::constant(1970, 1, 1), self.now.0.div_euclid(24 * 60));
        let closing = ClosingDraft {
            outcome: closing.outcome,
            on,
            reason: closing.reason,
            comment: String::new(),
            ticks,
        };
        let deals = BTreeSet::from([id]);
        self.run(Command::Close { deals, closing })
    }

    /// A note of forty characters that no other deal is likely to have.
    fn note(&mut self) -> String {
        let words: Vec<&str> = WORDS.split_whitespace().collect();
        let mut note = String::new();
        while note.chars().count() <= NOTE_LENGTH {
            let word = words.get(self.dice.roll(words.len())).copied();
            note.push_str(word.unwrap_or_default());
            note.push(' ');
        }
        let mut note: String = note.chars().take(NOTE_LENGTH).collect();
        while note.ends_with(' ') {
            note.pop();
            note.push('.');
        }
        note
    }
}

/// A process with the stages of the file, which share the template's sub-stages.
fn process(template: Template, stages: &[&str], ids: &mut IdSource) -> Process {
    let mut process = template.process(ids);
    let mut subs: Vec<_> = std::mem::take(&mut process.stages)
        .into_iter()
        .flat_map(|stage| stage.sub_stages)
        .collect();
    let each = subs.len().div_ceil(stages.len().max(1)).max(1);
    // Every deal may tick any of them without a word.
    subs.iter_mut().for_each(|sub| sub.note_required = false);
    process.stages = stages
        .iter()
        .map(|text| Stage {
            id: ids.fresh(),
            name: Name::clamped(text, MAX_NAME, "Stage"),
            hint: String::new(),
            chance: None,
            stale_after_days: None,
            sub_stages: subs.drain(..each.min(subs.len())).collect(),
        })
        .collect();
    process
}
