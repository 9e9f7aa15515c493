//! The complete backup: one JSON file, described in docs/backup-format.md.

mod texts;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::domain::record::check::check;
use crate::domain::record::customer::Customer;
use crate::domain::record::deal::Deal;
use crate::domain::record::list::{List, ListKind};
use crate::domain::record::note::Note;
use crate::domain::record::process::Process;
use crate::domain::record::rule::Rule;
use crate::domain::record::workspace::{ProcessOrder, SavedView, Settings, Setup, Workspace};
use crate::domain::value::error::DomainError;
use crate::domain::value::order::Gather;

/// What the file says it is.
const FORMAT: &str = "pipewright-backup";
/// The version of the format this program writes.
const VERSION: u64 = 1;
/// The largest file that is read, in bytes: no backup comes near it.
pub const MAX_BYTES: usize = 400_000_000;

/// Why a file can't be restored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BackupError {
    /// There is nothing in it.
    #[error("This file is empty.")]
    Empty,
    /// It is something else.
    #[error("This is no Pipewright backup.")]
    NotABackup,
    /// It is larger than any backup.
    #[error("This file is too large for a Pipewright backup: it has {megabytes} MB.")]
    TooLarge {
        /// Its size in megabytes.
        megabytes: usize,
    },
    /// A newer version of the program wrote it.
    #[error(
        "A newer version of Pipewright wrote this backup (format {version}, this version reads up to {VERSION})."
    )]
    Newer {
        /// The version of the format.
        version: u64,
    },
    /// It can't be read.
    #[error("This backup is damaged: line {line}, column {column}: {problem}.")]
    Damaged {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What is wrong there.
        problem: String,
    },
    /// Its format says nothing of a version that was ever written.
    #[error("This backup does not say which version of the format it has.")]
    NoVersion,
    /// Two records can't be told apart.
    #[error("This backup can't be used: two {what} have the id {id}.")]
    TwiceTheId {
        /// The kind of records.
        what: &'static str,
        /// The id.
        id: String,
    },
    /// The records do not fit together.
    #[error("This backup can't be used. {0}")]
    Records(#[from] DomainError),
}

/// A backup that was read and found to be in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// The date it was made, as the file says.
    pub exported: String,
    /// All of the data.
    pub workspace: Workspace,
}

/// How much a workspace holds, for the preview of what will be replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackupSummary {
    /// The number of deals.
    pub deals: usize,
    /// The number of customers.
    pub customers: usize,
    /// The number of sales processes.
    pub processes: usize,
    /// The number of noted entries.
    pub notes: usize,
}

impl BackupSummary {
    /// Counts what the workspace holds.
    pub fn of(workspace: &Workspace) -> Self {
        Self {
            deals: workspace.deals.len(),
            customers: workspace.customers.len(),
            processes: workspace.processes.len(),
            notes: workspace.notes.len(),
        }
    }
}

/// The fields that are read before anything else.
#[derive(Deserialize)]
struct Head {
    format: Option<String>,
    version: Option<u64>,
}

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    exported: String,
    workspace: Content,
}

#[derive(Deserialize)]
struct Content {
    settings: Settings,
    order: ProcessOrder,
    lists: BTreeMap<ListKind, List>,
    #[serde(default)]
    views: Vec<SavedView>,
    #[serde(default)]
    rules: Vec<Rule>,
    processes: Vec<Process>,
    customers: Vec<Customer>,
    deals: Vec<Deal>,
    #[serde(default)]
    notes: Vec<Note>,
}

/// The text of a backup, a record a line. `exported` is the date for people;
/// but for it, the same workspace always gives the same text.
pub fn write(workspace: &Workspace, exported: &str) -> String {
    let mut out = String::from("{\n");
    let mut field = |name: &str, value: &str, end: &str| {
        out.push_str(&format!("{}: {value}{end}\n", json(name)));
    };
    field("format", &json(FORMAT), ",");
    field("version", &json(&VERSION), ",");
    field("exported", &json(exported), ",");
    field("workspace", "{", "");
    field("settings", &json(&workspace.settings), ",");
    field("order", &json(&workspace.order), ",");
    let lists = workspace
        .lists
        .iter()
        .map(|(kind, list)| format!("{}: {}", json(kind), json(list)));
    field("lists", &lines('{', lists, '}'), ",");
    field(
        "views",
        &lines('[', workspace.views.iter().map(json), ']'),
        ",",
    );
    if !workspace.rules.is_empty() {
        let rules = lines('[', workspace.rules.iter().map(json), ']');
        field("rules", &rules, ",");
    }
    field(
        "processes",
        &lines('[', workspace.processes.values().map(json), ']'),
        ",",
    );
    field(
        "customers",
        &lines('[', workspace.customers.values().map(json), ']'),
        ",",
    );
    let has_notes = !workspace.notes.is_empty();
    field(
        "deals",
        &lines('[', workspace.deals.values().map(json), ']'),
        if has_notes { "," } else { "" },
    );
    if has_notes {
        let notes = lines('[', workspace.notes.values().map(json), ']');
        field("notes", &notes, "");
    }
    out.push_str("}\n}\n");
    out
}

/// The JSON of a value that always has one: names, numbers and the domain's records.
fn json(value: &(impl Serialize + ?Sized)) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn lines(open: char, items: impl Iterator<Item = String>, close: char) -> String {
    let items: Vec<String> = items.collect();
    if items.is_empty() {
        return format!("{open}{close}");
    }
    format!("{open}\n{}\n{close}", items.join(",\n"))
}

/// Reads and checks a backup.
///
/// # Errors
/// It is no backup, damaged, of a newer version, or its records do not fit
/// together; the message says what and where.
pub fn read(file: &[u8]) -> Result<Backup, BackupError> {
    if file.len() > MAX_BYTES {
        return Err(BackupError::TooLarge {
            megabytes: file.len() / 1_000_000,
        });
    }
    let file = file.strip_prefix("\u{feff}".as_bytes()).unwrap_or(file);
    if file.iter().all(u8::is_ascii_whitespace) {
        return Err(BackupError::Empty);
    }
    let head: Head = serde_json::from_slice(file).map_err(|error| {
        // A file is only called a damaged backup if it says that it is one.
        let start = file.get(..200).unwrap_or(file);
        let names_itself = start
            .windows(FORMAT.len())
            .any(|part| part == FORMAT.as_bytes());
        if names_itself {
            damaged(&error)
        } else {
            BackupError::NotABackup
        }
    })?;
    if head.format.as_deref() != Some(FORMAT) {
        return Err(BackupError::NotABackup);
    }
    match head.version {
        Some(VERSION) => {}
        Some(version) if version > VERSION => return Err(BackupError::Newer { version }),
        _ => return Err(BackupError::NoVersion),
    }
    let mut file: File = serde_json::from_slice(file).map_err(|error| damaged(&error))?;
    clean_texts(&mut file.workspace);
    let workspace = workspace(file.workspace)?;
    check(&workspace)?;
    Ok(Backup {
        exported: file.exported,
        workspace,
    })
}

/// Cleans all texts that are no names. The address of a saved view is no text
/// for people, and is read as any address is.
fn clean_texts(content: &mut Content) {
    texts::one_line(&mut content.settings.locale);
    content.processes.iter_mut().for_each(texts::of_process);
    content.customers.iter_mut().for_each(texts::of_customer);
    content.deals.iter_mut().for_each(texts::of_deal);
    let notes = content.notes.iter_mut();
    notes.for_each(|note| texts::lines(&mut note.text));
}

fn workspace(content: Content) -> Result<Workspace, BackupError> {
    let Content {
        settings,
        order,
        lists,
        views,
        rules,
        processes,
        customers,
        deals,
        notes,
    } = content;
    let notes = by_id(notes, "notes", |note| note.id)?;
    Ok(Workspace {
        setup: Setup {
            settings: Arc::new(settings),
            order: Arc::new(order),
            lists: ListKind::ALL
                .into_iter()
                .map(|kind| {
                    (
                        kind,
                        Arc::new(lists.get(&kind).cloned().unwrap_or_default()),
                    )
                })
                .gather(),
            views: Arc::new(views),
            rules: Arc::new(rules),
            processes: by_id(processes, "sales processes", |process| process.id)?,
            customers: by_id(customers, "customers", |customer| customer.id)?,
        },
        deals: by_id(deals, "deals", |deal| deal.id)?,
        notes: notes.into_values().collect(),
    })
}

fn by_id<Id: Ord + Copy + std::fmt::Display, T>(
    records: Vec<T>,
    what: &'static str,
    id: impl Fn(&T) -> Id,
) -> Result<BTreeMap<Id, Arc<T>>, BackupError> {
    let mut map = BTreeMap::new();
    for record in records {
        let id = id(&record);
        if map.insert(id, Arc::new(record)).is_some() {
            return Err(BackupError::TwiceTheId {
                what,
                id: id.to_string(),
            });
        }
    }
    Ok(map)
}

fn damaged(error: &serde_json::Error) -> BackupError {
    // serde_json ends its messages with the place, which stands in front here.
    let text = error.to_string();
    let problem = text
        .rsplit_once(" at line ")
        .map_or(text.as_str(), |(problem, _)| problem);
    BackupError::Damaged {
        line: error.line(),
        column: error.column(),
        problem: problem.to_owned(),
    }
}
