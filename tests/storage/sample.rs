//! Believable data, the same on every run.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use pipewright::codec::pack::pack;
use pipewright::codec::page::decode;
use pipewright::codec::record::to_json;
use pipewright::codec::shelf::{Shelf, Space};
use pipewright::domain::change::apply::{apply, install};
use pipewright::domain::change::command::{Command, Context};
use pipewright::domain::record::customer::Customer;
use pipewright::domain::record::deal::{Closing, Deal, Event, Outcome, What};
use pipewright::domain::record::list::{Entry, List, ListKind};
use pipewright::domain::record::process::{Color, Process, Stage, SubStage};
use pipewright::domain::record::progress::{Progress, Stay};
use pipewright::domain::record::workspace::{
    Changes, ProcessOrder, Record, Settings, Setup, Workspace,
};
use pipewright::domain::value::field::FieldName;
use pipewright::domain::value::id::{CustomerId, DealId, EntryId, IdSource, ProcessId};
use pipewright::domain::value::money::Money;
use pipewright::domain::value::text::Name;
use pipewright::domain::value::time::{Date, Moment, plus_days};
use pipewright::store::memory::Memory;
use pipewright::store::port::KeyValue;
use pipewright::store::saver::{Flush, Report, Saver};
use pipewright::store::undo::{Step, UndoStack};

/// The moment at which everything in these tests happens.
pub const NOW: Moment = Moment(29_900_000);
/// The same in milliseconds.
pub const NOW_MS: i64 = NOW.0 * 60_000;
/// The date of that moment.
pub const TODAY: Date = Date::constant(2026, 11, 7);

pub fn name(text: &str) -> Name {
    Name::title(text, FieldName::AnyName).unwrap()
}

/// A process with four stages of two sub-stages each.
pub fn process(title: &str, ids: &mut IdSource) -> Process {
    let stages = ["Collect information", "Contact", "Identify needs", "Offer"];
    let stages = stages.map(|stage| Stage {
        id: ids.fresh(),
        name: name(stage),
        hint: String::new(),
        chance: None,
        stale_after_days: None,
        sub_stages: ["Ask", "Answer"]
            .map(|sub| SubStage {
                id: ids.fresh(),
                name: name(sub),
                hint: String::new(),
                weight: 10,
                required: false,
                note_required: false,
                establishes_value: false,
            })
            .to_vec(),
    });
    Process {
        id: ids.fresh(),
        name: name(title),
        color: Color(0),
        archived: false,
        stages: stages.to_vec(),
    }
}

/// A new account.
pub fn fresh() -> Workspace {
    let mut ids = IdSource::starting_at(0x9e37_79b9_7f4a_7c15);
    let process = process("Default", &mut ids);
    let lists = ListKind::ALL.map(|kind| {
        let names: &[&str] = match kind {
            ListKind::Owners => &["Ada Lovelace", "Grace Hopper", "Jean Bartik", "Kay McNulty"],
            ListKind::Categories => &["Licence", "Support", "Training"],
            ListKind::Segments => &["Industry", "Retail", "Public"],
            ListKind::ReasonsLost => &["Price", "No decision"],
            _ => &[],
        };
        let entries = names.iter().map(|text| Entry {
            id: ids.fresh(),
            name: name(text),
        });
        (
            kind,
            Arc::new(List {
                entries: entries.collect(),
            }),
        )
    });
    Workspace {
        setup: Setup {
            settings: Arc::new(Settings {
                currency: "EUR".into(),
                locale: String::new(),
                me: None,
            }),
            order: Arc::new(ProcessOrder {
                default: process.id,
                order: vec![process.id],
            }),
            lists: lists.into_iter().collect(),
            views: Arc::default(),
            rules: Arc::default(),
            processes: BTreeMap::from([(process.id, Arc::new(process))]),
            customers: BTreeMap::new(),
        },
        deals: BTreeMap::new(),
        notes: Default::default(),
    }
}

/// A source of numbers that look random and are the same on every run.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        ((self.0 >> 33) as usize) % sides.max(1)
    }

    fn word(&mut self) -> String {
        const SYLLABLES: [&str; 16] = [
            "ka", "lo", "mer", "tin", "sol", "ver", "ran", "dex", "pol", "ni", "gra", "ton", "bel",
            "us", "hal", "or",
        ];
        let word: String = (0..2 + self.roll(2))
            .map(|_| SYLLABLES[self.roll(16)])
            .collect();
        word[..1].to_uppercase() + &word[1..]
    }

    fn entry(&mut self, list: &List) -> EntryId {
        list.entries[self.roll(list.entries.len())].id
    }
}

/// `customers` and `deals` as an import makes them: a value, two dates, a
/// stay and a line of history each.
pub fn imported(base: &Workspace, deals: usize, customers: usize) -> Vec<Record> {
    let mut dice = Dice(7);
    let mut ids = IdSource::starting_at(0x51ab_0000_1234_5678);
    let process = base.processes[&base.default_process()].clone();
    let customers: Vec<Customer> = (0..customers)
        .map(|number| Customer {
            id: ids.fresh(),
            name: name(&format!("{} {} {number}", dice.word(), dice.word())),
            segment: Some(dice.entry(base.list(ListKind::Segments))),
            email: String::new(),
            phone: String::new(),
            notes: String::new(),
        })
        .collect();
    let deals: Vec<Deal> = (0..deals)
        .map(|number| {
            let created = plus_days(TODAY, -(dice.roll(700) as i64));
            let closed = plus_days(created, 20 + dice.roll(90) as i64);
            let stage = process.stages[dice.roll(4)].id;
            let entered = Moment::noon_of(created);
            let is_closed = dice.roll(4) > 0 && closed < TODAY;
            let left = is_closed.then(|| Moment::noon_of(closed));
            let stays = vec![Stay {
                stage,
                entered,
                left,
            }];
            let outcome = if dice.roll(3) > 0 {
                Outcome::Won
            } else {
                Outcome::Lost
            };
            let customer = (!customers.is_empty()).then(|| dice.roll(customers.len()));
            let progress = Progress {
                position: Some(stage),
                stays,
                ..Progress::default()
            };
            Deal {
                id: ids.fresh(),
                name: name(&format!(
                    "{} {} for {}",
                    dice.word(),
                    dice.word(),
                    dice.word()
                )),
                customer: customer.map(|at| customers[at].id),
                category: Some(dice.entry(base.list(ListKind::Categories))),
                owner: Some(dice.entry(base.list(ListKind::Owners))),
                value: Money::from_minor((dice.roll(500_000) * 100) as i64),
                expected_close: Some(closed),
                source: None,
                notes: String::new(),
                external_id: Some(format!("{:08X}", (number * 2_654_435_761) as u32)),
                created,
                touched: entered,
                process: process.id,
                progress: [(process.id, progress)].into_iter().collect(),
                closing: is_closed.then(|| Closing {
                    outcome,
                    on: closed,
                    reason: None,
                    comment: String::new(),
                }),
                dismissed: BTreeSet::new(),
                snooze: None,
                next_step: None,
                history: vec![Event {
                    at: NOW,
                    what: What::Imported,
                }],
            }
        })
        .collect();
    let customers = customers
        .into_iter()
        .map(|customer| Record::Customer(Arc::new(customer)));
    customers
        .chain(deals.into_iter().map(|deal| Record::Deal(Arc::new(deal))))
        .collect()
}

/// An account at work: its data, its storage, and what brings it there.
pub struct Account {
    pub workspace: Workspace,
    pub saver: Saver,
    pub port: Memory,
    pub ids: IdSource,
    pub undo: UndoStack,
}

impl Account {
    /// A new one, with an empty storage.
    pub fn new() -> Self {
        let port = Memory::new();
        let (workspace, saver, report) = load(&port);
        assert!(report.is_new);
        let ids = IdSource::starting_at(0x7000_0000_0000_0000);
        Self {
            workspace,
            saver,
            port,
            ids,
            undo: UndoStack::default(),
        }
    }

    /// One with imported deals, all of it saved.
    pub fn with_deals(deals: usize) -> Self {
        let mut account = Self::new();
        let records = imported(&account.workspace, deals, deals.div_ceil(20));
        let kind = pipewright::domain::change::command::ImportKind::Deals;
        account.run(Command::Import(kind, records));
        account.save();
        account
    }

    /// Runs a command; one that is refused changes nothing.
    pub fn try_run(&mut self, command: Command) -> bool {
        let mut context = Context {
            now: NOW,
            today: TODAY,
            ids: &mut self.ids,
        };
        match apply(&mut self.workspace, command, &mut context) {
            Ok(changes) => {
                let name = "step";
                self.note(&changes);
                self.undo.push(Step { name, changes });
                true
            }
            Err(_) => false,
        }
    }

    /// Runs a command that must succeed.
    pub fn run(&mut self, command: Command) {
        assert!(self.try_run(command), "the command was refused");
    }

    /// Notes what was changed, and shows what is shown otherwise because of it.
    fn note(&mut self, changes: &Changes) {
        self.saver.note(changes, NOW_MS);
        let mended = self.saver.take_in(&self.workspace);
        self.undo.mended(&mended);
        install(&mut self.workspace, &mended).unwrap();
    }

    /// Takes the last step back; false where it does not fit any more.
    pub fn undo(&mut self) -> bool {
        match self.undo.undo(&mut self.workspace) {
            Some(Ok(step)) => self.note(&step.changes),
            Some(Err(_)) => return false,
            None => {}
        }
        true
    }

    /// Does the last step that was taken back again; false where it does not
    /// fit any more.
    pub fn redo(&mut self) -> bool {
        match self.undo.redo(&mut self.workspace) {
            Some(Ok(step)) => self.note(&step.changes),
            Some(Err(_)) => return false,
            None => {}
        }
        true
    }

    /// Writes one shelf, and more as long as `go_on` says so.
    pub fn flush(&mut self, go_on: impl FnMut() -> bool) -> Flush {
        let flush = self.saver.flush_some(&self.workspace, &self.port, go_on);
        let changes = self.saver.take_in(&self.workspace);
        if !changes.is_empty() {
            self.undo.share();
            install(&mut self.workspace, &changes).unwrap();
        }
        flush
    }

    /// Writes everything; must succeed.
    pub fn save(&mut self) {
        self.saver.release();
        let flush = self.flush(|| true);
        assert_eq!(flush, Flush::Done, "{:?}", self.saver.status());
    }

    /// Ticks a sub-stage of the deal at that place, or unticks it.
    pub fn toggle(&mut self, deal: usize, sub: usize) -> bool {
        let Some(deal) = self.deal(deal) else {
            return false;
        };
        let progress = deal.progress_in(deal.process).into_owned();
        let subs: Vec<_> = self.workspace.processes[&deal.process]
            .sub_stages()
            .map(|(_, s)| s.id)
            .collect();
        let Some(sub_stage) = subs.get(sub % subs.len().max(1)).copied() else {
            return false;
        };
        let (deal, note) = (deal.id, String::new());
        self.try_run(match progress.ticks.contains_key(&sub_stage) {
            true => Command::Untick { deal, sub_stage },
            false => Command::Tick {
                deal,
                sub_stage,
                note,
            },
        })
    }

    /// The deal at that place, counted round.
    pub fn deal(&self, at: usize) -> Option<Arc<Deal>> {
        let count = self.workspace.deals.len().max(1);
        self.workspace.deals.values().nth(at % count).cloned()
    }

    pub fn customer_id(&self, at: usize) -> Option<CustomerId> {
        let count = self.workspace.customers.len().max(1);
        self.workspace.customers.keys().nth(at % count).copied()
    }

    pub fn process_id(&self, at: usize) -> ProcessId {
        *self
            .workspace
            .processes
            .keys()
            .nth(at % self.workspace.processes.len())
            .unwrap()
    }
}

/// Loads what is stored for the main space.
pub fn load(port: &dyn KeyValue) -> (Workspace, Saver, Report) {
    Saver::load(port, Space::Main, 42, fresh).unwrap()
}

/// The first open deal's id.
pub fn open_deal(workspace: &Workspace) -> (usize, DealId) {
    let found = workspace
        .deals
        .values()
        .enumerate()
        .find(|(_, deal)| deal.is_open());
    found.map(|(at, deal)| (at, deal.id)).unwrap()
}

/// A page of the account written as version 2 wrote it, so that its JSON can be changed.
pub fn as_version_2(shelf: Shelf, text: &str, change: impl FnOnce(String) -> String) -> String {
    let page = decode(shelf, text).unwrap();
    let rows = page.records.iter().map(|stored| {
        let revision = serde_json::to_string(&stored.revision).unwrap();
        let record = String::from_utf8(to_json(&stored.record).unwrap()).unwrap();
        format!("{{\"revision\":{revision},\"record\":{record}}}")
    });
    let rows: Vec<String> = rows.collect();
    let json = format!("{{\"version\":2,\"records\":[{}]}}", rows.join(","));
    format!("pw2:{}", pack(&[change(json)]))
}
