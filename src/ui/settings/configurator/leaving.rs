//! The question at Save, where the draft lacks what deals use.

use leptos::ev;

use super::state::State;
use crate::domain::change::affected::{Leaving, leaving};
use crate::domain::change::command::Command;
use crate::domain::record::process::Process;
use crate::ui::app::formats_of;
use crate::ui::parts::{Dialog, DialogEnd};
use crate::ui::prelude::*;
use crate::ui::settings::moving::{Moving, MovingFields, affected_words};

/// What saving this process has to ask; none where nothing in use goes.
pub fn question(state: State, process: &Process) -> Option<Question> {
    state.app.store.peek(|w| {
        let before = w.processes.get(&process.id)?;
        let leaving = leaving(w, before, process);
        let uses = affected_words(&formats_of(w), leaving.all);
        (!leaving.is_empty()).then(|| Question {
            uses,
            before: Process::clone(before),
            process: process.clone(),
            leaving,
        })
    })
}

/// A question that is open.
#[derive(Clone)]
pub struct Question {
    uses: String,
    before: Process,
    process: Process,
    leaving: Leaving,
}

/// Asks, and saves.
#[component]
pub fn LeavingDialog(
    state: State,
    question: Question,
    /// Saved, or turned away.
    #[prop(into)]
    on_close: Callback<bool>,
) -> impl IntoView {
    let app = state.app;
    let Question {
        uses,
        before,
        process,
        leaving,
    } = question;
    let moving = Moving::new(before, process.clone(), leaving);
    let process = StoredValue::new(process);
    let error = RwSignal::new(None::<String>);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(map) = moving.read() else { return };
        let process = process.get_value();
        match app.attempt(Command::ReshapeProcess { process, map }) {
            Ok(_) => on_close.run(true),
            Err(refused) => error.set(Some(refused.to_string())),
        }
    };
    view! {
        <Dialog title="Where do the deals go?" on_close=move |()| on_close.run(false)>
            <form class="form" novalidate on:submit=submit>
                <p class="dialog-uses">{format!("{uses}.")}</p>
                <p class="dialog-text">
                    "These deals use what you took out of the process. Nothing of theirs is lost, and Undo takes it all back."
                </p>
                <MovingFields moving />
                <DialogEnd error agree="Save process" on_cancel=move |()| on_close.run(false) />
            </form>
        </Dialog>
    }
}
