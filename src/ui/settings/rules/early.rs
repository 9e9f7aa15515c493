//! Advice: a value that rules ask for should be known early (§4.7).

use super::state::State;
use crate::domain::change::command::Command;
use crate::domain::change::early_value::{lacks_early_value, with_early_value};
use crate::ui::app::use_app;
use crate::ui::parts::Icon;
use crate::ui::prelude::*;
use crate::web::dom;

/// Recommends a sub-stage that establishes the value, and adds it.
#[component]
pub fn EarlyValue(state: State) -> impl IntoView {
    let app = use_app();
    let advised = memo(move || {
        let rules = state.readable.get();
        app.store.setup(|workspace| {
            lacks_early_value(workspace, &rules)
                .then(|| workspace.processes.get(&workspace.default_process()))
                .flatten()
                .map(|process| process.name.to_string())
        })
    });
    let add = move |_| {
        let better = app.store.with_context(|workspace, context| {
            let process = workspace.processes.get(&workspace.default_process())?;
            Some(with_early_value(process, context.ids))
        });
        if let Some(process) = better.flatten() {
            app.run(Command::SaveProcess(process));
            dom::focus("#heading");
        }
    };
    following(move || {
        advised.get().map(|name| {
            view! {
                <div class="settings-advice" role="note">
                    <Icon name="star" />
                    <p>
                        "Rules ask for the value, and the first half of "
                        <bdi class="advice-name">{name}</bdi>
                        " has no sub-stage that establishes it. With one, the value is known while \
                         there is still a choice. It weighs nothing, so no chance changes."
                    </p>
                    <button type="button" class="button small" on:click=add>
                        "Add “Establish the value”"
                    </button>
                </div>
            }
        })
    })
}
