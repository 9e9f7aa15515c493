//! What a new process starts from: nothing, another process, a template.

use leptos::prelude::*;

use super::state::State;
use crate::domain::apply::processes::copy_of;
use crate::domain::draft::{ProcessDraft, StageDraft};
use crate::domain::id::ProcessId;
use crate::domain::templates::Template;
use crate::domain::text::fold;
use crate::ui::parts::{Choices, Confirm, Select};

/// The field "Start from".
#[component]
pub fn StartFrom(state: State) -> impl IntoView {
    let app = state.app;
    let chosen = RwSignal::new(String::new());
    let asked = RwSignal::new(None::<String>);
    // What the last choice put in, to tell it from what a person typed since.
    let given = StoredValue::new((String::new(), Vec::<StageDraft>::new()));
    let choices = Memo::new(move |_| {
        let copies = app.store.setup(|w| {
            let processes = w.processes_in_order();
            let named = processes.map(|p| (p.id.to_string(), p.name.to_string()));
            named.collect::<Vec<_>>()
        });
        let templates = Template::ALL.map(|t| (t.name().to_owned(), t.name().to_owned()));
        vec![
            (
                None,
                vec![(String::new(), "Empty, without stages".to_owned())],
            ),
            (Some("Copy of".to_owned()), copies),
            (Some("Template".to_owned()), templates.to_vec()),
        ] as Choices
    });
    let apply = move |choice: String| {
        let (name, stages) = start(state, &choice).unwrap_or_default();
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
    let about = move || {
        let chosen = chosen.get();
        if chosen.is_empty() {
            return "Add the stages yourself, or start from a copy or a template.".to_owned();
        }
        template(&chosen).map_or_else(
            || "The copy goes its own way: changing it changes nothing else.".to_owned(),
            |template| template.summary().to_owned(),
        )
    };
    view! {
        <div class="field">
            <Select label="Start from" value=chosen choices=choices on_choose=choose />
            <p class="hint" role="status">{about}</p>
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
        let taken = w
            .processes
            .values()
            .any(|other| fold(other.name.as_str()) == fold(&name));
        let name = if taken { String::new() } else { name };
        Some((name, ProcessDraft::of(&process).stages))
    })?
}
