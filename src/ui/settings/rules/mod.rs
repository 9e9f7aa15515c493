//! The rules that suggest a process.

mod early;
mod fitting;
mod item;
mod state;
mod try_out;

use leptos::ev;

use early::EarlyValue;
use item::RuleItem;
use state::State;
use try_out::TryOut;

use crate::domain::change::command::Command;
use crate::domain::mend::merge::told;
use crate::route::{Route, SettingsPage};
use crate::ui::app::use_app;
use crate::ui::parts::{Back, Empty, OfferButton, Page, SaveButton};
use crate::ui::prelude::*;
use crate::ui::settings::refusal::{Refusal, refuse};
use crate::web::dom;

/// The screen "Choosing a process".
#[component]
pub fn RulesScreen() -> impl IntoView {
    let app = use_app();
    let state = State::new(app);
    let refusal = RwSignal::new(None::<String>);
    effect(move || app.router.guard(state.dirty.get()));
    let is_empty = move || state.rules.with(Vec::is_empty);
    let is_alone = memo(move || app.store.setup(|w| w.choosable_processes(None).len() < 2));
    let save = move |event: ev::SubmitEvent| {
        event.prevent_default();
        refusal.set(None);
        state.tried.set(true);
        let Some((rules, both)) = state.merged() else {
            dom::focus_next("[aria-invalid=true], .rule-problem");
            return;
        };
        match app.attempt(Command::SaveRules(rules)) {
            Ok(_) => {
                told(&both)
                    .iter()
                    .for_each(|clashes| app.messages.more(clashes));
                state.saved_now();
            }
            Err(error) => {
                refuse(refusal, error.to_string());
            }
        }
    };
    let cancel = move |()| {
        app.router.give_up(Route::Settings(SettingsPage::Deals));
    };
    let back = Route::Settings(SettingsPage::Deals).href();
    view! {
        <Page
            heading="Choosing a process".to_owned()
            back=move || {
                view! { <Back href=back.clone() to="Sales processes" /> }
            }
        >
            <p class="rules-lead">
                "Rules suggest the process that suits a deal, on its form and on its profile. \
                 They are tried from the top, and the first one that fits counts. \
                 A rule never changes a deal by itself."
            </p>
            <Show when=move || is_alone.get()>
                <p class="settings-note">
                    "There is only one process to choose. "
                    <a href=Route::NewProcess.href()>"Add a second one"</a>
                    ", and rules can tell which deals it is for."
                </p>
            </Show>
            <EarlyValue state />
            <form class="rules" id="rules-form" novalidate on:submit=save>
                <div class="rules-main">
                    <Show when=is_empty>
                        <div class="card">
                            <Empty
                                icon="star"
                                title="No rules yet"
                                text="For instance: where the value is at least 20,000, then use Key accounts."
                            />
                        </div>
                    </Show>
                    <ol role="list" class="rule-list">
                        <For each=move || state.rules.get() key=|rule| rule.id let:rule>
                            <RuleItem state rule />
                        </For>
                    </ol>
                    <OfferButton
                        text="Add rule"
                        icon="add"
                        class="rules-add"
                        id="add-rule"
                        act=move |()| state.add()
                    />
                    <p class="visually-hidden" role="status">{move || state.said.get()}</p>
                </div>
                <div class="rules-side">
                    <TryOut state />
                    <div class="card rules-foot">
                        <Refusal why=refusal />
                        <div class="rules-actions">
                            <p class="hint">
                                {move || if state.dirty.get() { "Not saved yet." } else { "Nothing to save." }}
                            </p>
                            <OfferButton text="Cancel" icon="close" bare=true act=cancel />
                            <SaveButton />
                        </div>
                    </div>
                </div>
            </form>
        </Page>
    }
}
