//! What a new process starts from: nothing, another process, a template, a file.

use super::state::State;
use crate::codec::process_file;
use crate::domain::change::apply::processes::copy_of;
use crate::domain::change::draft::{ProcessDraft, StageDraft};
use crate::domain::record::process::Process;
use crate::domain::record::workspace::Workspace;
use crate::domain::start::templates::Template;
use crate::domain::value::id::ProcessId;
use crate::domain::value::text::name_key;
use crate::ui::app::{App, unique_id, use_app};
use crate::ui::parts::{Choices, Confirm, OfferButton, Select};
use crate::ui::prelude::*;
use crate::web::files::{self, PickedFile};

/// The choice that stands for the file that was loaded.
const FILE: &str = "file";

/// A process that was read out of a file.
#[derive(Clone)]
struct Loaded {
    file: String,
    process: Process,
}

/// The field "Start from".
#[component]
pub fn StartFrom(state: State) -> impl IntoView {
    let app = state.app;
    let chosen = RwSignal::new(String::new());
    let asked = RwSignal::new(None::<String>);
    // What the last choice put in, to tell it from what a person typed since.
    let given = StoredValue::new((String::new(), Vec::<StageDraft>::new()));
    let loaded = RwSignal::new(None::<Loaded>);
    let choices = memo(move || {
        let copies = app.store.setup(|w| {
            let processes = w.processes_in_order();
            let named = processes.map(|p| (p.id.to_string(), p.name.to_string()));
            named.collect::<Vec<_>>()
        });
        let templates = Template::ALL.map(|t| (t.name().to_owned(), t.name().to_owned()));
        let mut first = vec![(String::new(), "Empty, without stages".to_owned())];
        if let Some(loaded) = loaded.get() {
            first.push((FILE.to_owned(), format!("File: {}", loaded.file)));
        }
        vec![
            (None, first),
            (Some("Copy of".to_owned()), copies),
            (Some("Template".to_owned()), templates.to_vec()),
        ] as Choices
    });
    let apply = move |choice: String| {
        let from_file = || {
            let process = loaded.get_untracked().filter(|_| choice == FILE)?.process;
            state.color.set(process.color);
            let name = state.app.store.peek(|w| free(w, process.name.as_str()));
            Some((name, ProcessDraft::of(&process).stages))
        };
        let begin = from_file().or_else(|| start(state, &choice));
        let (name, stages) = begin.unwrap_or_default();
        let (given_name, _) = given.get_value();
        let typed = state.name.get_untracked();
        if typed.trim().is_empty() || typed == given_name {
            state.name.set(name.clone());
            given.set_value((name, stages.clone()));
        } else {
            given.set_value((given_name, stages.clone()));
        }
        state.replace_stages(&stages);
        chosen.set(choice);
    };
    let choose = move |choice: String| {
        let present = untrack(|| state.draft().stages);
        let untouched = given.with_value(|(_, stages)| *stages == present);
        if untouched {
            apply(choice);
        } else {
            asked.set(Some(choice));
        }
    };
    let load = move |found: Loaded| {
        loaded.set(Some(found));
        choose(FILE.to_owned());
    };
    let about = move || {
        let chosen = chosen.get();
        if chosen.is_empty() {
            return "Add the stages yourself, or start from a copy or a template.".to_owned();
        }
        if chosen == FILE {
            return "The process from the file. Change it as you like before you save it."
                .to_owned();
        }
        template(&chosen).map_or_else(
            || "The copy goes its own way: changing it changes nothing else.".to_owned(),
            |template| template.summary().to_owned(),
        )
    };
    view! {
        <div class="field">
            <Select label="Start from" value=chosen choices=choices on_choose=choose />
            <p class="hint" role="status">{move || about()}</p>
            <LoadFile on_load=load />
        </div>
        {move || {
            asked
                .get()
                .map(|choice| {
                    view! {
                        <Confirm
                            title="Replace the stages?"
                            text="The stages below were changed. Starting anew replaces them."
                            agree="Replace"
                            danger=true
                            on_agree=move |()| {
                                asked.set(None);
                                apply(choice.clone());
                            }
                            on_refuse=move |()| {
                                asked.set(None);
                                chosen.notify();
                            }
                        />
                    }
                })
        }}
    }
}

fn template(name: &str) -> Option<Template> {
    Template::ALL.into_iter().find(|t| t.name() == name)
}

/// The name that is proposed, and the stages.
fn start(state: State, choice: &str) -> Option<(String, Vec<StageDraft>)> {
    state.app.store.with_context(|w, context| {
        let (name, process) = if let Some(template) = template(choice) {
            (template.name().to_owned(), template.process(context.ids))
        } else {
            let id: ProcessId = choice.parse().ok()?;
            let original = w.processes.get(&id)?;
            (
                format!("{} (copy)", original.name),
                copy_of(original, context),
            )
        };
        Some((free(w, &name), ProcessDraft::of(&process).stages))
    })?
}

/// The name, unless another process has it.
fn free(workspace: &Workspace, name: &str) -> String {
    let key = name_key(name);
    let mut others = workspace.processes.values();
    if others.any(|other| other.name.has_key(&key)) {
        return String::new();
    }
    name.to_owned()
}

/// The button that reads a process out of a file.
#[component]
fn LoadFile(#[prop(into)] on_load: Callback<Loaded>) -> impl IntoView {
    let app = use_app();
    let input = unique_id("process-file");
    let picker = input.clone();
    let failure = RwSignal::new(None::<String>);
    let on_file = move |event| {
        let Some(file) = PickedFile::from_event(&event) else {
            return;
        };
        failure.set(None);
        spawn(async move {
            match read(app, &file).await {
                Ok(loaded) => on_load.run(loaded),
                Err(problem) => failure.set(Some(problem)),
            }
        });
    };
    view! {
        <div class="start-file">
            <OfferButton
                text="Load a file"
                icon="upload"
                class="button-small"
                act=move |()| files::open_picker(&picker)
            />
            <input
                type="file"
                id=input
                tabindex="-1"
                aria-label="Process file"
                accept=".json,application/json"
                on:change=on_file
            />
        </div>
        <p class="error" role="alert" hidden=move || failure.get().is_none()>
            <bdi>{move || failure.get()}</bdi>
        </p>
    }
}

async fn read(app: App, file: &PickedFile) -> Result<Loaded, String> {
    let bytes = file.bytes(process_file::MAX_MEGABYTES).await;
    let bytes = bytes.map_err(|error| error.to_string())?;
    let name = file.name();
    let process = app
        .store
        .with_context(|_, context| process_file::read(&bytes, context.ids))
        .ok_or_else(String::new)?
        .map_err(|error| format!("“{name}”: {error}"))?;
    Ok(Loaded {
        file: name,
        process,
    })
}
