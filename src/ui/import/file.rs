//! The way from a button over the browser's file dialog to the import.

use std::sync::Arc;

use leptos::portal::Portal;

use super::customers::CustomersImport;
use super::deals::DealsImport;
use crate::codec::csv::{MAX_BYTES, Reading, Table};
use crate::domain::change::command::{Command, ImportKind};
use crate::domain::record::workspace::Record;
use crate::ui::app::{App, unique_id, use_app};
use crate::ui::parts::{Dialog, Icon, OfferButton};
use crate::ui::prelude::*;
use crate::web::decoder::BrowserDecoder;
use crate::web::dom;
use crate::web::files::{self, PickedFile};

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Deals.
    Deals,
    /// Customers.
    Customers,
}

impl Kind {
    fn title(self) -> &'static str {
        match self {
            Self::Deals => "Import deals",
            Self::Customers => "Import customers",
        }
    }

    fn field(self) -> &'static str {
        match self {
            Self::Deals => "File of deals (CSV)",
            Self::Customers => "File of customers (CSV)",
        }
    }
}

/// A file that was read as a table.
#[derive(Clone)]
pub struct Picked {
    /// The file's name.
    pub name: String,
    /// Its rows.
    pub table: Arc<Table>,
    /// What it was read from, to be read again in another way.
    pub bytes: Arc<[u8]>,
    /// What was chosen of how it is read.
    pub reading: Reading,
    /// The id of the control by which that was chosen last.
    pub chosen_by: Option<&'static str>,
}

impl Picked {
    /// The same file, read in another way.
    ///
    /// # Errors
    /// Why it can't be read so, in words.
    fn read_as(&self, reading: Reading, chosen_by: &'static str) -> Result<Self, String> {
        let table = Table::read_as(&self.bytes, &BrowserDecoder, &reading);
        let table = table.map_err(|error| error.to_string())?;
        Ok(Self {
            name: self.name.clone(),
            table: Arc::new(table),
            bytes: self.bytes.clone(),
            reading,
            chosen_by: Some(chosen_by),
        })
    }
}

/// What the dialog of an import can ask of what is around it.
#[derive(Clone, Copy)]
pub struct Frame {
    /// The import is at work; the dialog stays.
    pub busy: RwSignal<bool>,
    /// Opens the browser's file dialog.
    pub again: Callback<()>,
    /// Reads the file in another way, chosen by the control of that id, and
    /// begins anew with it; tells why it can't be read so.
    pub read_as: Callback<(Reading, &'static str), Option<String>>,
    /// Closes the dialog.
    pub close: Callback<()>,
    /// Closes the dialog after an import.
    pub done: Callback<()>,
}

impl Frame {
    /// Imports the records of a file, once the page shows that it is at work;
    /// `problem` says what stands in the way.
    pub fn import(
        self,
        app: App,
        problem: RwSignal<Option<String>>,
        kind: ImportKind,
        records: Vec<Record>,
    ) {
        problem.set(None);
        self.busy.set(true);
        let task = async move {
            dom::drawn().await;
            app.attempt(Command::Import(kind, records))
        };
        carry_out(task, move |done| {
            self.busy.set(false);
            match done {
                Ok(_) => self.done.run(()),
                Err(error) => problem.set(Some(error.to_string())),
            }
        });
    }
}

/// How far the way is.
#[derive(Clone)]
enum Way {
    Waiting,
    Reading(String),
    Failed(String),
    Read(Picked),
}

/// A file that was picked, and the dialog that goes on with it.
#[derive(Clone, Copy)]
pub struct Picking {
    kind: Kind,
    file: RwSignal<Option<PickedFile>, LocalStorage>,
    open: RwSignal<bool>,
    /// Opens the browser's file dialog.
    again: Callback<()>,
}

/// A button that asks for a file and opens the import with it.
#[component]
pub fn ImportButton(kind: Kind, text: &'static str) -> impl IntoView {
    let app = use_app();
    let input = unique_id("file");
    let field = StoredValue::new(input.clone());
    let picking = Picking {
        kind,
        file: RwSignal::new_local(None),
        open: RwSignal::new(false),
        again: Callback::new(move |()| files::open_picker(&field.get_value())),
    };
    let on_file = move |event| {
        if let Some(file) = PickedFile::from_event(&event) {
            picking.file.set(Some(file));
            picking.open.set(true);
        }
    };
    view! {
        <OfferButton text icon="upload" act=picking.again />
        <input
            type="file"
            id=input
            class="import-file"
            tabindex="-1"
            aria-label=kind.field()
            accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
            on:change=on_file
        />
        {app.chunks.files.over(picking.open, move |it| (it.import)(picking))}
    }
}

/// The dialog of an import, from the reading of the file on.
#[component]
pub fn ImportDialog(picking: Picking) -> impl IntoView {
    let app = use_app();
    let Picking {
        kind,
        file,
        open,
        again,
    } = picking;
    let way = RwSignal::new(Way::Waiting);
    let frame = Frame {
        busy: RwSignal::new(false),
        again,
        read_as: Callback::new(move |(reading, by)| {
            let read = way.with_untracked(|way| match way {
                Way::Read(picked) => Some(picked.read_as(reading, by)),
                _ => None,
            })?;
            read.map(|picked| way.set(Way::Read(picked))).err()
        }),
        close: Callback::new(move |()| open.set(false)),
        done: Callback::new(move |()| {
            open.set(false);
            // The button may be gone with the empty page.
            dom::catch_focus("#heading");
        }),
    };
    // Another file may be picked while this one is read: then an effect runs
    // anew, and what the last run has begun comes to nothing.
    effect(move || {
        let Some(file) = file.get() else { return };
        frame.busy.set(false);
        way.set(Way::Reading(file.name()));
        spawn(async move {
            let read = read(&file).await;
            way.set(read.map_or_else(Way::Failed, Way::Read));
        });
    });
    let leave = move |()| {
        if !frame.busy.get_untracked() {
            frame.close.run(());
        }
    };
    let body = move || match way.get() {
        Way::Waiting => ().into_any(),
        Way::Reading(name) => view! { <Reading name /> }.into_any(),
        Way::Failed(problem) => view! { <Failed problem frame /> }.into_any(),
        Way::Read(picked) => match kind {
            Kind::Deals => view! { <DealsImport app picked frame /> }.into_any(),
            Kind::Customers => view! { <CustomersImport app picked frame /> }.into_any(),
        },
    };
    // Not inside of whatever the button stands in: its styles are not the dialog's.
    view! {
        <Portal>
            <Dialog title=kind.title().to_owned() on_close=leave wide=true>
                <div class="import">{move || body()}</div>
            </Dialog>
        </Portal>
    }
}

/// Reads a table out of a file; an error says which file, what and where.
async fn read(file: &PickedFile) -> Result<Picked, String> {
    let name = file.name();
    let bytes = file
        .bytes(MAX_BYTES / 1_000_000)
        .await
        .map_err(|error| error.to_string())?;
    // The page shows that it is at work before it is.
    dom::drawn().await;
    let bytes: Arc<[u8]> = bytes.into();
    let table =
        Table::read(&bytes, &BrowserDecoder).map_err(|error| format!("“{name}”: {error}"))?;
    Ok(Picked {
        name,
        table: Arc::new(table),
        bytes,
        reading: Reading::default(),
        chosen_by: None,
    })
}

#[component]
fn Reading(name: String) -> impl IntoView {
    view! {
        <div class="import-reading">
            <p role="status">"Reading " <bdi>{name}</bdi></p>
            <progress class="import-bar" aria-label="Reading the file"></progress>
        </div>
    }
}

#[component]
fn Failed(problem: String, frame: Frame) -> impl IntoView {
    let again = unique_id("again");
    dom::focus_soon(again.clone());
    view! {
        <div class="notice notice-problem import-problem" role="alert">
            <Icon name="alert" />
            <p>
                <bdi>{problem}</bdi>
                " Nothing was changed."
            </p>
        </div>
        <div class="dialog-actions">
            <button type="button" class="button" on:click=move |_| frame.close.run(())>
                "Cancel"
            </button>
            <button
                type="button"
                class="button button-primary"
                id=again
                on:click=move |_| frame.again.run(())
            >
                "Choose another file"
            </button>
        </div>
    }
}
