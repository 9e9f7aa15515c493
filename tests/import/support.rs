//! A new account, and imports into it by proposals alone.

use std::path::Path;
use std::process::Command as Process;
use std::sync::Arc;

use pipewright::codec::csv::deals::{Builder, Built, Matching};
use pipewright::codec::csv::{Clock, CodePage, Decoder, Table, customers};
use pipewright::domain::change::apply::apply;
use pipewright::domain::change::command::{Command, Context, ImportKind};
use pipewright::domain::record::deal::Deal;
use pipewright::domain::record::list::ListKind;
use pipewright::domain::record::workspace::Workspace;
use pipewright::domain::start::templates::new_workspace;
use pipewright::domain::value::id::IdSource;
use pipewright::domain::value::time::{Date, Moment};

/// Decodes by a library what the browser decodes by its own tables.
pub struct LibraryDecoder;

impl Decoder for LibraryDecoder {
    fn decode(&self, bytes: &[u8], page: CodePage) -> Option<String> {
        let encoding = encoding_rs::Encoding::for_label(page.label().as_bytes())?;
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
        Some(text.into_owned())
    }
}

pub const TODAY: Date = Date::constant(2026, 11, 23);

pub fn clock() -> Clock {
    Clock {
        now: Moment::noon_of(TODAY).plus_minutes(300),
        today: TODAY,
    }
}

/// A file of the practice data set, which lies beside the checkout; none where
/// it is missing.
pub fn practice_file(name: &str) -> Option<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data");
    let path = Path::new(folder).join("crm-sales-opportunities").join(name);
    let text = std::fs::read_to_string(path).ok();
    if text.is_none() {
        eprintln!("skipped: {name} of the practice data set is not beside the checkout");
    }
    text
}

/// So many deals of the practice data set's generator, always the same.
pub fn practice_deals(count: usize) -> Option<String> {
    let script = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/data/make_deals_csv.py"
    );
    let run = Process::new("python3")
        .args([script, &count.to_string()])
        .output();
    let made = run.ok().filter(|made| made.status.success());
    if made.is_none() {
        eprintln!("skipped: the generator of practice deals is not beside the checkout");
    }
    String::from_utf8(made?.stdout).ok()
}

/// An account, and where its ids come from.
pub struct Account {
    pub workspace: Workspace,
    ids: IdSource,
}

impl Account {
    pub fn new() -> Self {
        let mut ids = IdSource::starting_at(1);
        Self {
            workspace: new_workspace(&mut ids),
            ids,
        }
    }

    pub fn propose(&self, file: &str) -> (Arc<Table>, Matching) {
        self.propose_bytes(file.as_bytes())
    }

    pub fn propose_bytes(&self, file: &[u8]) -> (Arc<Table>, Matching) {
        let table = Arc::new(Table::read(file, &LibraryDecoder).unwrap());
        let matching = Matching::propose(&table, "sales_pipeline.csv", &self.workspace);
        (table, matching)
    }

    /// What an import would do; nothing is changed.
    pub fn preview(&self, table: Arc<Table>, matching: Matching) -> Built {
        Builder::new(table, matching, &self.workspace, clock(), self.ids.clone()).finish()
    }

    /// Imports deals by the matching.
    pub fn import_by(&mut self, table: Arc<Table>, matching: Matching) -> Built {
        let ids = self.spare_ids();
        let mut builder = Builder::new(table, matching, &self.workspace, clock(), ids);
        while !builder.step(1000).is_last() {}
        let outcome = builder.finish();
        self.apply(Command::Import(ImportKind::Deals, outcome.records.clone()));
        outcome
    }

    /// Imports deals by the proposals alone.
    pub fn import(&mut self, file: &str) -> Built {
        let (table, matching) = self.propose(file);
        self.import_by(table, matching)
    }

    /// Imports deals by the proposals alone.
    pub fn import_bytes(&mut self, file: &[u8]) -> Built {
        let (table, matching) = self.propose_bytes(file);
        self.import_by(table, matching)
    }

    /// Imports customers by the proposals alone.
    pub fn import_customers(&mut self, file: &str, overwrite: bool) -> customers::Built {
        let table = Arc::new(Table::read(file.as_bytes(), &LibraryDecoder).unwrap());
        let mut matching = customers::Matching::propose(&table);
        matching.overwrite = overwrite;
        let ids = self.spare_ids();
        let outcome = customers::Builder::new(table, matching, &self.workspace, ids).finish();
        self.apply(Command::Import(
            ImportKind::Customers,
            outcome.records.clone(),
        ));
        outcome
    }

    pub fn set_currency(&mut self, code: &str) {
        self.apply(Command::SetCurrency(code.to_owned()));
    }

    pub fn apply(&mut self, command: Command) {
        let mut context = Context {
            now: clock().now,
            today: TODAY,
            ids: &mut self.ids,
        };
        apply(&mut self.workspace, command, &mut context).unwrap();
    }

    pub fn deal(&self, name: &str) -> &Deal {
        let mut found = self
            .workspace
            .deals
            .values()
            .filter(|deal| deal.name.as_str() == name);
        let deal = found.next().unwrap_or_else(|| panic!("no deal {name}"));
        assert_eq!(found.next(), None, "two deals {name}");
        deal
    }

    /// The one deal there is.
    pub fn only(&self) -> &Deal {
        assert_eq!(self.workspace.deals.len(), 1);
        self.workspace.deals.values().next().unwrap()
    }

    pub fn stage_of(&self, deal: &Deal) -> String {
        let process = &self.workspace.processes[&deal.process];
        let stage = deal
            .current_stage(process)
            .id()
            .and_then(|id| process.stage(id));
        stage
            .map(|stage| stage.name.to_string())
            .unwrap_or_default()
    }

    pub fn process_of(&self, deal: &Deal) -> &str {
        self.workspace.processes[&deal.process].name.as_str()
    }

    pub fn stages(&self, process: &str) -> Vec<String> {
        let mut processes = self.workspace.processes_in_order();
        let process = processes
            .find(|known| known.name.as_str() == process)
            .unwrap();
        process
            .stages
            .iter()
            .map(|stage| stage.name.to_string())
            .collect()
    }

    pub fn entries(&self, kind: ListKind) -> Vec<&str> {
        self.workspace
            .list(kind)
            .entries
            .iter()
            .map(|entry| entry.name.as_str())
            .collect()
    }

    /// Ids that no record of this account will have.
    fn spare_ids(&mut self) -> IdSource {
        let start: u64 = self.ids.fresh::<pipewright::domain::value::id::DealId>().0;
        let spare = IdSource::starting_at(start + 1);
        self.ids = IdSource::starting_at(start + 1_000_000);
        spare
    }
}
