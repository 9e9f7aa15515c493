//! The third step: which process for what.

use leptos::ev;

use super::WholeProblem;
use super::state::State;
use crate::domain::record::list::ListKind;
use crate::domain::start::guide::{Case, Decider, Place};
use crate::ui::app::use_app;
use crate::ui::parts::{AmountField, Choices, Icon, Select, Tool};
use crate::ui::prelude::*;
use crate::web::{dom, keyboard};

/// The cases, each with its process, and the process for everything else.
#[component]
pub fn LeadsStep(state: State) -> impl IntoView {
    let app = use_app();
    let cases = memo(move || {
        let guide = state.guide.get();
        app.store.setup(|workspace| guide.cases(workspace))
    });
    let decider = move || state.guide.with(|guide| guide.decider);
    let lead = move || match decider() {
        Some(Decider::Beginning) => {
            "Nothing on a deal's form says how it began, so no rule can tell. \
             Whoever adds a deal chooses its process; one of them is preset."
        }
        Some(Decider::Value) => {
            "A rule for each range of values suggests its process. \
             A deal whose value is unknown is one of everything else."
        }
        _ => {
            "A rule suggests the process that you choose here, on the form and on the profile of a deal. It never changes a deal by itself."
        }
    };
    let others = move || {
        if decider() == Some(Decider::Beginning) {
            "Preset on new deals"
        } else {
            "Everything else"
        }
    };
    let default = derived(move || {
        let guide = state.guide.get();
        let row = app.store.setup(|workspace| guide.default_row(workspace));
        row.map(|row| row.to_string()).unwrap_or_default()
    });
    let choose_default = move |chosen: String| {
        state.change(|guide, _| guide.default = chosen.parse().ok());
    };
    let list = memo(move || state.guide.with(|guide| guide.list()));
    view! {
        <p class="guide-lead">{move || lead()}</p>
        <WholeProblem state place=Place::Leads />
        <ul class="guide-cases">
            <For each=move || cases.get() key=|case| *case let:case>
                <CaseRow state case />
            </For>
        </ul>
        {move || list.get().map(|list| view! { <NewEntry state list /> })}
        <div class="guide-case guide-rest">
            {move || {
                view! {
                    <Select
                        label=others()
                        value=default
                        choices=processes(state, false)
                        on_choose=choose_default
                        hint="It becomes the default, which is preset on new deals."
                    />
                }
            }}
        </div>
        <Show when=move || decider() == Some(Decider::Value)>
            <p class="guide-note">
                <Icon name="star" />
                "The value should be known while there is still a choice. Where no sub-stage in the \
                 first half of the default establishes it, one is added; it weighs nothing."
            </p>
        </Show>
    }
}

/// The processes to choose from, and, if asked for, no rule.
fn processes(state: State, or_none: bool) -> Signal<Choices> {
    derived(move || {
        let none = or_none.then(|| (String::new(), "No rule: everything else".to_owned()));
        state.guide.with(|guide| {
            let rows = guide.processes.iter();
            let rows = rows.map(|row| (row.row.to_string(), row.name.clone()));
            vec![(None, none.into_iter().chain(rows).collect())]
        })
    })
}

#[component]
fn CaseRow(state: State, case: Case) -> impl IntoView {
    let app = use_app();
    let chosen = derived(move || {
        let guide = state.guide.get();
        let row = app.store.setup(|workspace| guide.lead(workspace, case));
        row.map(|row| row.to_string()).unwrap_or_default()
    });
    let choose = move |chosen: String| {
        state.change(|guide, _| guide.leads.insert(case, chosen.parse().ok()));
    };
    let choices = processes(state, true);
    let name = move || {
        let guide = state.guide.get();
        app.store
            .setup(|workspace| guide.entry_name(workspace, case).to_owned())
    };
    match case {
        Case::Band(band) => view! {
            <li>
                <section class="guide-case guide-band" role="group" aria-label=format!("Range {}", band + 1)>
                    {if band == 0 {
                        view! { <p class="guide-smallest">"Smaller values"</p> }.into_any()
                    } else {
                        view! {
                            <AmountField
                                label="Value at least"
                                value=state.limit(band)
                                error=state.problem(Place::Limit(band))
                            />
                        }
                        .into_any()
                    }}
                    <Select label="Process" value=chosen choices on_choose=choose />
                </section>
            </li>
        }
        .into_any(),
        Case::Entry(_) | Case::New(_) => {
            let remove = move |entry: u32| {
                state.change(|guide, _| guide.remove_entry(entry));
                dom::focus_soon(NEW_ENTRY.to_owned());
            };
            view! {
                <li class="guide-case">
                    <Select label=untrack(name) value=chosen choices on_choose=choose />
                    {match case {
                        Case::New(entry) => Some(view! {
                            <Tool
                                icon="trash"
                                label=derived(move || format!("Remove {}", name()))
                                act=move |()| remove(entry)
                            />
                        }),
                        _ => None,
                    }}
                </li>
            }
            .into_any()
        }
    }
}

/// The id of the field for a new entry.
const NEW_ENTRY: &str = "guide-new-entry";

/// The field that adds an entry to the list that decides.
#[component]
fn NewEntry(state: State, list: ListKind) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let add = move || {
        let text = name.get_untracked();
        match state.change(|guide, workspace| guide.add_entry(workspace, &text)) {
            Ok(_) => {
                state.said.set(format!("{} added", text.trim()));
                name.set(String::new());
                error.set(None);
            }
            Err(refused) => error.set(Some(refused.to_string())),
        }
        dom::focus_soon(NEW_ENTRY.to_owned());
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if keyboard::key(&event) == "Enter" {
            event.prevent_default();
            add();
        }
    };
    view! {
        <div class="guide-new" class:field-wrong=move || error.get().is_some()>
            <label class="label" for=NEW_ENTRY>{format!("New {}", list.singular())}</label>
            <input
                class="input"
                id=NEW_ENTRY
                type="text"
                autocomplete="off"
                aria-invalid=move || error.get().is_some().to_string()
                aria-describedby="guide-new-error"
                prop:value=move || name.get()
                on:input=move |event| name.set(event_target_value(&event))
                on:keydown=on_key
            />
            <button type="button" class="button" on:click=move |_| add()>
                "Add"
            </button>
            <p class="error" id="guide-new-error" hidden=move || error.get().is_none()>
                {move || error.get()}
            </p>
        </div>
    }
}
