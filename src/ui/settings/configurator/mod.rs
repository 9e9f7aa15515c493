//! The configurator of a process. It edits a draft: Save applies all of it as
//! one step, Cancel nothing.

mod cell;
mod leaving;
mod overview;
mod stage;
mod start;
mod state;
mod sub_stage;

use leptos::ev;
use leptos::html;

use leaving::{LeavingDialog, Question, question};
use overview::{ImpactLine, Overview};
use stage::StageItem;
use start::StartFrom;
use state::{StageState, State};

use crate::domain::change::command::Command;
use crate::domain::change::draft::{Place, ProcessDraft};
use crate::domain::mend::merge::told;
use crate::domain::record::process::Color;
use crate::domain::value::id::ProcessId;
use crate::route::{Route, SettingsPage};
use crate::ui::app::{App, unique_id, use_app};
use crate::ui::not_found::NotFound;
use crate::ui::parts::drag::Drag;
use crate::ui::parts::process_mark::color_class;
use crate::ui::parts::{Back, OfferButton, Page, SaveButton, TextField};
use crate::ui::prelude::*;
use crate::ui::settings::refusal::{Refusal, refuse};
use crate::web::keyboard;

/// What the colours of the palette are called.
const COLORS: [&str; Color::COUNT as usize] = [
    "Blue", "Teal", "Pink", "Orange", "Violet", "Green", "Red", "Sky",
];

/// The configurator of a process; none is a new one.
#[component]
pub fn ProcessScreen(id: Option<ProcessId>) -> impl IntoView {
    let app = use_app();
    let draft = match id {
        Some(id) => app
            .store
            .peek(|w| w.processes.get(&id).map(|p| ProcessDraft::of(p))),
        None => empty_draft(app),
    };
    match draft {
        Some(draft) => view! { <Configurator draft is_new=id.is_none() /> }.into_any(),
        None => view! { <NotFound /> }.into_any(),
    }
}

/// A new process has no stages, and a colour that no other has.
fn empty_draft(app: App) -> Option<ProcessDraft> {
    let id = app.store.fresh_id()?;
    let color = app.store.peek(|w| {
        let used = |color: &u8| w.processes.values().any(|p| p.color.0 == *color);
        (0..Color::COUNT).find(|color| !used(color))
    });
    Some(ProcessDraft {
        id,
        name: String::new(),
        color: Color(color.unwrap_or_default()),
        archived: false,
        stages: Vec::new(),
    })
}

#[component]
fn Configurator(draft: ProcessDraft, is_new: bool) -> impl IntoView {
    let app = use_app();
    let state = State::new(app, &draft);
    let base = StoredValue::new(draft);
    let dirty = memo(move || base.with_value(|base| state.draft() != *base));
    effect(move || app.router.guard(dirty.get()));
    let refusal = RwSignal::new(None::<String>);
    let asking = RwSignal::new(None::<Question>);
    // A refusal holds for what was to be saved, not for what is typed since.
    effect(move || {
        state.read.with(|_| ());
        refusal.set(None);
    });
    let leave = move || app.router.leave(Route::Settings(SettingsPage::Deals));
    let clashes = StoredValue::new(None::<String>);
    let done = move || {
        clashes
            .get_value()
            .iter()
            .for_each(|clashes| app.messages.more(clashes));
        leave();
    };
    let save = move || {
        if let Err(problems) = state.read.get_untracked() {
            refusal.set(None);
            state.show(&problems);
            return;
        }
        let (read, both) = base.with_value(|base| state.merged(base));
        clashes.set_value(told(&both));
        let process = match read {
            Ok(process) => process,
            Err(problems) => {
                let first = problems.into_values().next().unwrap_or_default();
                refuse(refusal, first);
                return;
            }
        };
        if let Some(question) = question(state, &process) {
            asking.set(Some(question));
            return;
        }
        match app.attempt(Command::SaveProcess(process)) {
            Ok(_) => done(),
            Err(error) => {
                refuse(refusal, error.to_string());
            }
        }
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        save();
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if keyboard::key(&event) == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            save();
        }
    };
    let back = Route::Settings(SettingsPage::Deals).href();
    let heading = if is_new {
        "New process"
    } else {
        "Edit process"
    };
    view! {
        <Page
            heading=heading.to_owned()
            back=move || {
                view! { <Back href=back.clone() to="Sales processes" /> }
            }
        >
            <form
                class="configurator"
                id="process-form"
                novalidate
                on:submit=submit
                on:keydown=on_key
            >
                <div class="configurator-main">
                    <section class="card configurator-card" aria-label="Process">
                        <div class="form-row">
                            <TextField
                                label="Process name"
                                value=state.name
                                error=state.problem(Place::Name)
                                hint="Name it after the circumstances it is for, such as Active sales or Offer inquiry."
                                required=true
                                autofocus=is_new
                            />
                            {is_new.then(|| view! { <StartFrom state /> })}
                        </div>
                        <Colors state />
                    </section>
                    <Stages state />
                    <p class="visually-hidden" role="status">{move || state.said.get()}</p>
                </div>
                <div class="configurator-side">
                    <Overview state />
                    <div class="card configurator-foot">
                        <Refusal why=refusal />
                        <div class="configurator-actions">
                            <ImpactLine state is_new />
                            <OfferButton text="Cancel" icon="close" bare=true act=move |()| leave() />
                            <SaveButton />
                        </div>
                    </div>
                </div>
            </form>
            {move || {
                asking
                    .get()
                    .map(|question| {
                        view! {
                            <LeavingDialog
                                state
                                question
                                on_close=move |saved: bool| {
                                    asking.set(None);
                                    if saved {
                                        done();
                                    }
                                }
                            />
                        }
                    })
            }}
        </Page>
    }
}

#[component]
fn Colors(state: State) -> impl IntoView {
    let group = unique_id("color");
    let swatch = |(at, name): (u8, &'static str)| {
        let class = format!("swatch {}", color_class(Color(at)));
        view! {
            <input
                type="radio"
                class=class
                name=group.clone()
                value=at.to_string()
                aria-label=name
                title=name
                prop:checked=move || state.color.get().0 % Color::COUNT == at
                on:change=move |_| state.color.set(Color(at))
            />
        }
    };
    view! {
        <fieldset class="field" role="radiogroup">
            <legend class="label">"Colour"</legend>
            <div class="swatches">
                {(0..Color::COUNT).zip(COLORS).map(swatch).collect::<Vec<_>>()}
            </div>
        </fieldset>
    }
}

#[component]
fn Stages(state: State) -> impl IntoView {
    let list = NodeRef::<html::Ol>::new();
    let drag = Drag::new(
        list,
        Callback::new(move |(from, to): (usize, usize)| {
            let moved = state
                .stages
                .with_untracked(|stages| stages.get(from).map(|stage: &StageState| stage.id));
            if let Some(id) = moved {
                state.move_stage(from, to, format!("stage-handle-{id}"));
            }
        }),
    );
    let is_empty = move || state.stages.with(Vec::is_empty);
    view! {
        <section class="edit-stages-section" aria-label="Stages">
            <div class="settings-head">
                <h2>"Stages"</h2>
            </div>
            <Show when=is_empty>
                <div class="edit-stages-empty">
                    <p>
                        "No stages yet. A stage is a step on the way to yes, such as Contact or Offer. \
                         Won, lost and outdated are no stages: every deal can end in them."
                    </p>
                </div>
            </Show>
            <ol class="edit-stages" node_ref=list>
                <For each=move || state.stages.get() key=|stage| stage.id let:stage>
                    <StageItem state stage drag />
                </For>
            </ol>
            <OfferButton
                text="Add stage"
                icon="add"
                class="edit-add-stage"
                id="add-stage"
                act=move |()| state.add_stage()
            />
        </section>
    }
}
