//! Where the rows of each process go.

use super::Draft;
use super::stages::Stages;
use crate::codec::csv::deals::{Matching, ProcessMatch, ProcessPlan, StageMeaning, Target};
use crate::domain::record::workspace::Setup;
use crate::domain::value::field::FieldName;
use crate::domain::value::id::ProcessId;
use crate::domain::value::text::{Name, counted};
use crate::ui::app::unique_id;
use crate::ui::import::parts::Section;
use crate::ui::import::pick::Pick;
use crate::ui::parts::Choices;
use crate::ui::prelude::*;

/// The value of a new process among the choices.
const NEW: &str = "new";

/// The match of that text, by which it is found whatever the order.
pub fn find<'a>(matching: &'a Matching, source: &str) -> Option<&'a ProcessMatch> {
    let mut processes = matching.processes.iter();
    processes.find(|process| process.source == source)
}

/// Changes the match of that text.
pub fn edit(draft: Draft, source: &str, edit: impl FnOnce(&mut ProcessMatch)) {
    draft.edit(|matching, _, _| {
        let mut processes = matching.processes.iter_mut();
        if let Some(process) = processes.find(|process| process.source == source) {
            edit(process);
        }
    });
}

/// The section "Sales process".
#[component]
pub fn Processes(draft: Draft) -> impl IntoView {
    let sources = memo(move || {
        draft.read(|matching| {
            let sources = matching
                .processes
                .iter()
                .map(|process| process.source.clone());
            sources.collect::<Vec<_>>()
        })
    });
    let summary = derived(move || {
        let store = draft.app.store;
        store.setup(|workspace| draft.read(|matching| summary(matching, workspace)))
    });
    // A stage's word may say that a deal is closed, and not how.
    let needed = memo(move || {
        draft.read(|matching| {
            let mut stages = matching
                .processes
                .iter()
                .flat_map(|process| &process.stages);
            stages.any(|stage| stage.meaning == StageMeaning::Unknown)
        })
    });
    view! {
        <Section title="Sales process" summary needed>
            <For
                each=move || sources.get()
                key=|source| source.clone()
                children=move |source| view! { <OneProcess draft source /> }
            />
        </Section>
    }
}

fn summary(matching: &Matching, workspace: &Setup) -> String {
    match matching.processes.as_slice() {
        [one] => {
            let new = one
                .stages
                .iter()
                .filter(|stage| matches!(stage.meaning, StageMeaning::New { .. }));
            let new: Vec<&str> = new.map(|stage| stage.source.as_str()).collect();
            match &one.plan {
                ProcessPlan::New { name } if new.is_empty() => format!("New process “{name}”"),
                ProcessPlan::New { name } => format!("New process “{name}”: {}", new.join(", ")),
                ProcessPlan::Existing(id) => {
                    let name = name_of(workspace, *id);
                    match new.len() {
                        0 => format!("“{name}”"),
                        count => format!("“{name}” with {}", counted(count, "new stage")),
                    }
                }
            }
        }
        many => {
            let names = many.iter().map(|process| match &process.plan {
                ProcessPlan::New { name } => format!("“{name}” (new)"),
                ProcessPlan::Existing(id) => format!("“{}”", name_of(workspace, *id)),
            });
            names.collect::<Vec<_>>().join(", ")
        }
    }
}

fn name_of(workspace: &Setup, id: ProcessId) -> String {
    let process = workspace.processes.get(&id);
    process.map_or_else(String::new, |process| process.name.to_string())
}

/// One process of the file: its plan and its stages.
#[component]
fn OneProcess(draft: Draft, source: String) -> impl IntoView {
    let key = StoredValue::new(source.clone());
    let has_column = draft.peek(|matching| matching.column(Target::Process).is_some());
    let heading = match (source.is_empty(), has_column) {
        (true, false) => None,
        (true, true) => Some("Rows without a process".to_owned()),
        (false, _) => Some(source.clone()),
    };
    let rows = move || {
        draft.read(|matching| {
            let rows = key.with_value(|key| find(matching, key).map_or(0, |process| process.rows));
            counted(rows, "row")
        })
    };
    let plan = memo(move || {
        draft.read(|matching| {
            key.with_value(|key| find(matching, key).map(|process| process.plan.clone()))
        })
    });
    let is_new = memo(move || plan.with(|plan| matches!(plan, Some(ProcessPlan::New { .. }))));
    let value = derived(move || match plan.get() {
        Some(ProcessPlan::Existing(id)) => id.to_string(),
        _ => NEW.to_owned(),
    });
    let choices = derived(move || {
        let present = match plan.get() {
            Some(ProcessPlan::Existing(id)) => Some(id),
            _ => None,
        };
        draft
            .app
            .store
            .setup(|workspace| choices(workspace, present))
    });
    let file_name = draft.peek(|matching| new_name(matching, &source));
    let new = StoredValue::new(file_name);
    let choose = move |chosen: String| {
        let plan = match chosen.parse() {
            Ok(id) => ProcessPlan::Existing(id),
            Err(_) => ProcessPlan::New {
                name: new.get_value(),
            },
        };
        draft.edit(|matching, _, workspace| {
            let at = key.with_value(|key| {
                matching
                    .processes
                    .iter()
                    .position(|process| process.source == *key)
            });
            if let Some(at) = at {
                matching.set_plan(at, plan, workspace);
            }
        });
    };
    let label = if source.is_empty() {
        "Sales process".to_owned()
    } else {
        format!("Sales process for {source}")
    };
    view! {
        <div class="import-process">
            {heading
                .map(|heading| {
                    view! {
                        <h3 class="import-process-head">
                            <bdi>{heading}</bdi>
                            <span class="import-rows">{move || rows()}</span>
                        </h3>
                    }
                })}
            <div class="import-plan">
                <div class="field">
                    <span class="label" aria-hidden="true">"Import into"</span>
                    <Pick label=label value choices on_choose=choose />
                </div>
                <Show when=move || is_new.get()>
                    <NewName draft key=key kept=new />
                </Show>
            </div>
            <Stages draft process=key is_new />
        </div>
    }
}

/// The name that a new process gets: as proposed, or after the file's value.
fn new_name(matching: &Matching, source: &str) -> Name {
    match find(matching, source).map(|process| &process.plan) {
        Some(ProcessPlan::New { name }) => name.clone(),
        _ => Name::clamped(
            source,
            crate::domain::value::text::MAX_NAME,
            "Imported deals",
        ),
    }
}

fn choices(workspace: &Setup, present: Option<ProcessId>) -> Choices {
    let known = workspace.choosable_processes(present).into_iter();
    let known = known.map(|process| (process.id.to_string(), process.name.to_string()));
    vec![
        (None, vec![(NEW.to_owned(), "A new process".to_owned())]),
        (
            Some("Add to a process that is here".to_owned()),
            known.collect(),
        ),
    ]
}

/// The name of a new process.
#[component]
fn NewName(draft: Draft, key: StoredValue<String>, kept: StoredValue<Name>) -> impl IntoView {
    let id = unique_id("process-name");
    let wrong_id = format!("{id}-error");
    let (label_for, described) = (id.clone(), wrong_id.clone());
    let wrong = RwSignal::new(None::<String>);
    let shown = kept.with_value(Name::to_string);
    let change = move |event| {
        let text: String = event_target_value(&event);
        match Name::new(&text, FieldName::Name) {
            Ok(name) => {
                wrong.set(None);
                kept.set_value(name.clone());
                key.with_value(|key| {
                    edit(draft, key, |process| {
                        process.plan = ProcessPlan::New { name }
                    });
                });
            }
            Err(error) => wrong.set(Some(error.to_string())),
        }
    };
    view! {
        <div class="field" class:field-wrong=move || wrong.get().is_some()>
            <label class="label" for=label_for>"Name of the new process"</label>
            <input
                class="input"
                id=id
                dir="auto"
                autocomplete="off"
                value=shown
                aria-invalid=move || wrong.get().is_some().to_string()
                aria-describedby=move || wrong.get().is_some().then(|| described.clone())
                on:change=change
            />
            <p class="error" id=wrong_id hidden=move || wrong.get().is_none()>
                {move || wrong.get()}
            </p>
        </div>
    }
}
