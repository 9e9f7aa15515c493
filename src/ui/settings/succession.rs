//! The dialogs that delete a process deals use, or merge it into another.

use leptos::ev;

use super::moving::{Moving, MovingFields, affected_words};
use crate::domain::change::affected::{Leaving, leaving, of_process};
use crate::domain::change::command::{Command, Succession};
use crate::domain::change::reshape::ProcessMap;
use crate::domain::record::process::Process;
use crate::domain::record::workspace::Workspace;
use crate::domain::value::id::ProcessId;
use crate::ui::app::{formats_of, use_app};
use crate::ui::parts::{Choices, Dialog, DialogEnd, Select};
use crate::ui::prelude::*;
use crate::web::dom;

/// Why a process goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// It is not wanted any more.
    Delete,
    /// Two processes become one.
    Merge,
}

/// Asks which process takes the deals, and where they stand there.
#[component]
pub fn SuccessionDialog(
    id: ProcessId,
    purpose: Purpose,
    /// It was done, or turned away.
    #[prop(into)]
    on_close: Callback<bool>,
) -> impl IntoView {
    let app = use_app();
    let Some(process) = app
        .store
        .peek(|w| w.processes.get(&id).map(|p| Process::clone(p)))
    else {
        return ().into_any();
    };
    let formats = app.store.peek(|workspace| formats_of(workspace));
    let affected = app.store.peek(|w| of_process(w, id));
    let targets = app.store.peek(|w| targets(w, &process));
    let into = RwSignal::new(match targets.as_slice() {
        [(only, _)] => only.clone(),
        _ => String::new(),
    });
    let told = RwSignal::new(false);
    let error = RwSignal::new(None::<String>);
    let none_left = targets.is_empty();
    let choices: Choices = vec![
        (None, vec![(String::new(), "Choose a process".to_owned())]),
        (None, targets),
    ];
    let into_error = derived(move || {
        (told.get() && into.get().is_empty()).then(|| "Choose a process.".to_owned())
    });
    let name = process.name.to_string();
    let before = StoredValue::new(process);
    // None where no deal has anything to be moved to.
    let moving = Memo::always_new(move || {
        let target: ProcessId = into.get().parse().ok()?;
        let (after, leaving): (Process, Leaving) = app.store.peek(|w| {
            let after = w.processes.get(&target)?;
            let leaving = before.with_value(|before| leaving(w, before, after));
            Some((Process::clone(after), leaving))
        })?;
        (!leaving.is_empty()).then(|| Moving::new(before.get_value(), after, leaving))
    });
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        error.set(None);
        let Ok(target) = into.get_untracked().parse::<ProcessId>() else {
            told.set(true);
            dom::focus_next("dialog [aria-invalid=true]");
            return;
        };
        let map = match moving.get_untracked() {
            Some(moving) => match moving.read() {
                Some(map) => map,
                None => return,
            },
            None => ProcessMap::default(),
        };
        let succession = Succession {
            from: id,
            into: target,
            map,
        };
        let command = match purpose {
            Purpose::Delete => Command::ReplaceProcess(succession),
            Purpose::Merge => Command::MergeProcesses(succession),
        };
        match app.attempt(command) {
            Ok(_) => on_close.run(true),
            Err(refused) => error.set(Some(refused.to_string())),
        }
    };
    let is_used = affected.deals() > 0;
    let uses = if is_used {
        format!("{}.", affected_words(&formats, affected))
    } else {
        "No deal uses it.".to_owned()
    };
    let danger = matches!(purpose, Purpose::Delete);
    let (title, lead, label, button) = match purpose {
        Purpose::Delete => (
            format!("Delete “{name}”"),
            "Choose the process in which its deals go on. They keep their values, dates and history, and Undo takes it all back.",
            "Move its deals to",
            "Delete process",
        ),
        Purpose::Merge => (
            format!("Merge “{name}” into…"),
            "Its deals go on in the other process, and it is deleted. Where both ticked the same sub-stage, the earliest tick stands. Undo takes it all back.",
            "Merge into",
            "Merge processes",
        ),
    };
    view! {
        <Dialog title on_close=move |()| on_close.run(false)>
            <form class="form" novalidate on:submit=submit>
                <p class="dialog-uses">{uses}</p>
                <p class="dialog-text">{lead}</p>
                <Show when=move || none_left>
                    <p class="notice notice-problem" role="alert">
                        "There is no other process that could take them. Add one first, or take one back from the archive."
                    </p>
                </Show>
                <Select
                    label
                    value=into
                    choices=Signal::stored(choices)
                    on_choose=move |chosen| into.set(chosen)
                    error=into_error
                    required=true
                />
                {move || moving.get().map(|moving| view! { <MovingFields moving /> })}
                <DialogEnd error agree=button danger on_cancel=move |()| on_close.run(false) />
            </form>
        </Dialog>
    }
    .into_any()
}

/// The processes that can take over: those not archived, and with stages
/// where the deals need one.
fn targets(workspace: &Workspace, process: &Process) -> Vec<(String, String)> {
    let needs_stages = |other: &Process| !leaving(workspace, process, other).stages.is_empty();
    workspace
        .processes_in_order()
        .filter(|other| other.id != process.id && !other.archived)
        .filter(|other| !other.stages.is_empty() || !needs_stages(other))
        .map(|other| (other.id.to_string(), other.name.to_string()))
        .collect()
}
