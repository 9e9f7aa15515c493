//! The guide to several processes: four steps, and one change at the end.

mod decider;
mod leads;
mod outcome;
mod processes;
mod state;

use leptos::ev;

use decider::DeciderStep;
use leads::LeadsStep;
use outcome::OutcomeStep;
use processes::ProcessesStep;
use state::State;

use crate::domain::change::command::Command;
use crate::domain::start::guide::{Guide, Place, Step};
use crate::route::{Route, SettingsPage};
use crate::ui::app::{formats_of, use_app};
use crate::ui::parts::{Back, Icon, Page};
use crate::ui::prelude::*;
use crate::ui::settings::refusal::{Refusal, refuse};

/// The screen "Set up several processes".
#[component]
pub fn GuideScreen() -> impl IntoView {
    let app = use_app();
    let state = State::new(app);
    let refusal = RwSignal::new(None::<String>);
    let dirty = memo(move || state.guide.with(|guide| *guide != Guide::default()));
    effect(move || app.router.guard(dirty.get()));
    // A refusal holds for what was to be set up, not for what is answered since.
    effect(move || {
        state.guide.with(|_| ());
        state.step.get();
        refusal.set(None);
    });
    let set_up = move || {
        let guide = state.guide.get_untracked();
        let plan = app.store.with_context(|workspace, context| {
            guide.read(workspace, formats_of(workspace).marks(), context)
        });
        match plan {
            None => {}
            // Another tab has changed what the answers were about.
            Some(Err(problems)) => state.show_first(&problems),
            Some(Ok(plan)) => match app.attempt(Command::SetUpProcesses(plan)) {
                Ok(_) => app.router.leave(Route::Settings(SettingsPage::Deals)),
                Err(error) => refuse(refusal, error.to_string()),
            },
        }
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if state.step.get_untracked() == Step::Outcome {
            set_up();
        } else {
            state.next();
        }
    };
    let is_first = move || state.step.get() == Step::Decider;
    let agree = move || {
        if state.step.get() == Step::Outcome {
            let count = state.guide.with(|guide| guide.processes.len());
            format!("Set up {count} processes")
        } else {
            "Next".to_owned()
        }
    };
    let shown = move || match state.step.get() {
        Step::Decider => view! { <DeciderStep state /> }.into_any(),
        Step::Processes => view! { <ProcessesStep state /> }.into_any(),
        Step::Leads => view! { <LeadsStep state /> }.into_any(),
        Step::Outcome => view! { <OutcomeStep state /> }.into_any(),
    };
    let back = Route::Settings(SettingsPage::Deals).href();
    view! {
        <Page
            heading="Set up several processes".to_owned()
            back=move || {
                view! { <Back href=back.clone() to="Sales processes" /> }
            }
        >
            <form class="guide" id="guide-form" novalidate on:submit=submit>
                <Steps state />
                <section class="card guide-card" aria-labelledby="guide-step">
                    <h2 id="guide-step" tabindex="-1">{move || state.step.get().title()}</h2>
                    {move || shown()}
                    <p class="visually-hidden" role="status">{move || state.said.get()}</p>
                </section>
                <div class="guide-foot">
                    <Refusal why=refusal />
                    <button
                        type="button"
                        class="button guide-cancel"
                        on:click=move |_| {
                            app.router.give_up(Route::Settings(SettingsPage::Deals));
                        }
                    >
                        "Cancel"
                    </button>
                    <button type="button" class="button" hidden=is_first on:click=move |_| state.back()>
                        "Back"
                    </button>
                    <button type="submit" class="button button-primary">{move || agree()}</button>
                </div>
            </form>
        </Page>
    }
}

/// The steps, with a way back to those that are done.
#[component]
fn Steps(state: State) -> impl IntoView {
    let item = move |(at, step): (usize, Step)| {
        let is_done = move || step < state.step.get();
        let is_current = move || step == state.step.get();
        let mark = move || {
            if is_done() {
                view! { <Icon name="check" /> }.into_any()
            } else {
                (at + 1).to_string().into_any()
            }
        };
        view! {
            <li class="guide-step" class:guide-step-done=is_done aria-current=move || is_current().then_some("step")>
                <span class="guide-step-mark" aria-hidden="true">{move || mark()}</span>
                <Show
                    when=is_done
                    fallback=move || view! { <span class="guide-step-name">{step.title()}</span> }
                >
                    <button type="button" class="link-button guide-step-name" on:click=move |_| state.go(step)>
                        {step.title()}
                    </button>
                </Show>
            </li>
        }
    };
    view! {
        <ol role="list" class="guide-steps" aria-label="Steps">
            {Step::ALL.into_iter().enumerate().map(item).collect::<Vec<_>>()}
        </ol>
    }
}

/// What is wrong with a step as a whole.
#[component]
fn WholeProblem(state: State, place: Place) -> impl IntoView {
    let problem = state.problem(place);
    view! {
        <p class="error guide-problem" role="alert" tabindex="-1" hidden=move || problem.get().is_none()>
            {move || problem.get()}
        </p>
    }
}
