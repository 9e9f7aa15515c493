//! Small workspaces for tests.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use pipewright::domain::read::brief::Brief;
use pipewright::domain::record::deal::{Closing, Deal, Outcome};
use pipewright::domain::record::list::{Entry, List, ListKind};
use pipewright::domain::record::process::{Color, Process, Stage, SubStage};
use pipewright::domain::record::workspace::{ProcessOrder, Settings, Setup, Workspace};
use pipewright::domain::value::field::FieldName;
use pipewright::domain::value::id::{DealId, EntryId, ProcessId, StageId, SubStageId};
use pipewright::domain::value::money::{Chance, Money};
use pipewright::domain::value::text::Name;
use pipewright::domain::value::time::{Date, Moment};

/// The day all tests play on.
pub const TODAY: Date = Date::constant(2024, 6, 15);

/// A workspace of these processes in that order, and these deals.
pub fn workspace(processes: Vec<Process>, deals: Vec<Deal>) -> Workspace {
    let order: Vec<ProcessId> = processes.iter().map(|process| process.id).collect();
    Workspace {
        setup: Setup {
            settings: Arc::new(Settings {
                currency: "EUR".into(),
                locale: String::new(),
                me: None,
            }),
            order: Arc::new(ProcessOrder {
                default: order[0],
                order,
            }),
            lists: ListKind::ALL
                .into_iter()
                .map(|kind| (kind, Arc::default()))
                .collect(),
            views: Arc::default(),
            rules: Arc::default(),
            processes: processes.into_iter().map(|p| (p.id, Arc::new(p))).collect(),
            customers: BTreeMap::new(),
        },
        deals: deals
            .into_iter()
            .map(|deal| (deal.id, Arc::new(deal)))
            .collect(),
        notes: Default::default(),
    }
}

/// All deals in brief.
pub fn briefs(workspace: &Workspace) -> impl Iterator<Item = Brief> {
    let deals = workspace.deals.values();
    deals.map(|deal| Brief::of(workspace, deal))
}

/// Adds reasons for losing a deal.
pub fn with_lost_reasons(mut workspace: Workspace, reasons: &[(u64, &str)]) -> Workspace {
    let entries = reasons
        .iter()
        .map(|(id, reason)| Entry {
            id: EntryId(*id),
            name: name(reason),
        })
        .collect();
    workspace
        .lists
        .insert(ListKind::ReasonsLost, Arc::new(List { entries }));
    workspace
}

/// A name.
pub fn name(text: &str) -> Name {
    Name::new(text, FieldName::AnyName).unwrap()
}

/// A process with a sub-stage of weight 10 in each stage. Ids count up from
/// `id` x 100: stages by one, sub-stages from 50.
pub fn process(id: u64, title: &str, stages: &[&str]) -> Process {
    let stage = |(place, title): (usize, &&str)| Stage {
        id: StageId(id * 100 + place as u64),
        name: name(title),
        hint: String::new(),
        chance: None,
        stale_after_days: Some(30),
        sub_stages: vec![SubStage {
            id: SubStageId(id * 100 + 50 + place as u64),
            name: name("Work"),
            hint: String::new(),
            weight: 10,
            required: false,
            note_required: false,
            establishes_value: false,
        }],
    };
    Process {
        id: ProcessId(id),
        name: name(title),
        color: Color(u8::try_from(id).unwrap()),
        archived: false,
        stages: stages.iter().enumerate().map(stage).collect(),
    }
}

/// An open deal of 2024-06-01 in the process's first stage, touched that day.
pub fn deal(id: u64, process: u64, value: Option<i64>) -> Deal {
    let created = Date::constant(2024, 6, 1);
    Deal {
        id: DealId(id),
        name: name("Deal"),
        customer: None,
        category: None,
        owner: None,
        value: value.map(|minor| Money::from_minor(minor).unwrap()),
        expected_close: None,
        source: None,
        notes: String::new(),
        external_id: None,
        created,
        touched: Moment::noon_of(created),
        process: ProcessId(process),
        progress: Default::default(),
        closing: None,
        dismissed: BTreeSet::new(),
        snooze: None,
        next_step: None,
        history: Vec::new(),
    }
}

/// The deal, moved to a stage, with a chance typed if there is one.
pub fn at_stage(mut deal: Deal, stage: u64, chance: Option<u16>) -> Deal {
    let progress = deal.progress.entry(deal.process).or_default();
    progress.position = Some(StageId(stage));
    progress.chance = chance.map(|permille| Chance::from_permille(permille).unwrap());
    deal
}

/// The deal, closed.
pub fn closed(mut deal: Deal, outcome: Outcome, on: Date, reason: Option<u64>) -> Deal {
    let reason = reason.map(EntryId);
    deal.closing = Some(Closing {
        outcome,
        on,
        reason,
        comment: String::new(),
    });
    deal
}
