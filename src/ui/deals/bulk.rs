//! The dialogs that change the selected deals, each in one step.

use std::collections::BTreeSet;

use leptos::ev;

use crate::domain::change::bulk::{Blocked, BulkChange, Switch, blocked, switch};
use crate::domain::change::command::{Command, NextStepDraft};
use crate::domain::record::deal::Outcome;
use crate::domain::record::list::ListKind;
use crate::domain::value::error::DomainError;
use crate::domain::value::id::{DealId, ProcessId};
use crate::domain::value::text::counted;
use crate::route::Route;
use crate::ui::app::use_app;
use crate::ui::deal::{CloseDialog, SnoozeDialog};
use crate::ui::parts::{Choices, DateField, DateText, Dialog, DialogEnd, Select, TextField};
use crate::ui::prelude::*;
use crate::web::dom;

/// More deals than this are counted, not listed.
const MOST: usize = 100;
/// The choice that leaves the field empty.
const EMPTY: &str = "empty";

/// What is to be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// The process.
    Process,
    /// The owner.
    Owner,
    /// The category.
    Category,
    /// The expected close.
    ExpectedClose,
    /// The next step.
    NextStep,
    /// Until when they rest.
    Snooze,
    /// The status.
    Close(Outcome),
}

/// Asks what the selected deals shall have, and changes them.
#[component]
pub fn BulkDialog(
    ask: Ask,
    /// The selection; while the dialog is open another tab may take from it.
    deals: RwSignal<BTreeSet<DealId>>,
    /// It was done, or turned away.
    #[prop(into)]
    on_close: Callback<bool>,
) -> impl IntoView {
    match ask {
        Ask::Process => view! { <ProcessDialog deals on_close /> }.into_any(),
        Ask::Owner => view! { <EntryDialog kind=ListKind::Owners deals on_close /> }.into_any(),
        Ask::Category => {
            view! { <EntryDialog kind=ListKind::Categories deals on_close /> }.into_any()
        }
        Ask::ExpectedClose => view! { <DateDialog deals on_close /> }.into_any(),
        Ask::NextStep => view! { <NextStepDialog deals on_close /> }.into_any(),
        Ask::Snooze => view! {
            <SnoozeDialog
                deals
                on_close=move |()| on_close.run(false)
                on_done=Callback::new(move |()| on_close.run(true))
            />
        }
        .into_any(),
        Ask::Close(outcome) => view! { <ClosingDialogs outcome deals on_close /> }.into_any(),
    }
}

/// A dialog with a field or two, a word on what it will do, and a button.
#[component]
fn OneField(
    #[prop(into)] title: String,
    deals: RwSignal<BTreeSet<DealId>>,
    #[prop(into)] error: Signal<Option<String>>,
    #[prop(into)] on_submit: Callback<()>,
    #[prop(into)] on_close: Callback<bool>,
    children: Children,
) -> impl IntoView {
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        on_submit.run(());
    };
    let agree = derived(move || {
        let count = deals.with(BTreeSet::len);
        format!("Change {}", counted(count, "deal"))
    });
    view! {
        <Dialog title on_close=move |()| on_close.run(false)>
            <form class="form" novalidate on:submit=submit>
                {children()}
                <DialogEnd
                    error
                    agree
                    on_cancel=move |()| on_close.run(false)
                />
            </form>
        </Dialog>
    }
}

fn focus_first_wrong() {
    dom::focus_next("dialog [aria-invalid=true]");
}

#[component]
fn ProcessDialog(deals: RwSignal<BTreeSet<DealId>>, on_close: Callback<bool>) -> impl IntoView {
    let app = use_app();
    let chosen = RwSignal::new(String::new());
    let (error, wrong) = (RwSignal::new(None), RwSignal::new(None::<String>));
    let choices: Choices = app.store.peek(|w| {
        let processes = w.choosable_processes(None).into_iter();
        let named = processes.map(|p| (p.id.to_string(), p.name.to_string()));
        vec![
            (None, vec![(String::new(), "Choose a process".to_owned())]),
            (None, named.collect()),
        ]
    });
    let effect = move || {
        let process: ProcessId = chosen.get().parse().ok()?;
        let found = app
            .store
            .peek(|w| deals.with(|deals| switch(w, deals, process)));
        Some(switch_words(found))
    };
    let submit = move |()| {
        let Ok(process) = chosen.get_untracked().parse() else {
            wrong.set(Some("Choose a process.".to_owned()));
            focus_first_wrong();
            return;
        };
        let deals = deals.get_untracked();
        match app.attempt(Command::ChangeProcess { deals, process }) {
            Ok(_) => on_close.run(true),
            Err(refused) => error.set(Some(refused.to_string())),
        }
    };
    view! {
        <OneField title="Change sales process" deals error on_submit=submit on_close>
            <Select
                label="Sales process"
                value=chosen
                choices=Signal::stored(choices)
                on_choose=move |choice| {
                    wrong.set(None);
                    chosen.set(choice);
                }
                error=wrong
                required=true
            />
            <p class="dialog-text" role="status">{move || effect()}</p>
        </OneField>
    }
}

fn switch_words(found: Switch) -> String {
    let starts = |count: usize, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 deal {one}")),
        count => Some(format!("{count} deals {many}")),
    };
    let parts = [
        starts(found.empty, "starts empty there", "start empty there"),
        starts(
            found.resumed,
            "finds its earlier ticks again",
            "find their earlier ticks again",
        ),
        starts(found.already, "is there already", "are there already"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!(
        "{}. What was ticked so far is kept where it is.",
        parts.join(", ")
    )
}

#[component]
fn EntryDialog(
    kind: ListKind,
    deals: RwSignal<BTreeSet<DealId>>,
    on_close: Callback<bool>,
) -> impl IntoView {
    let app = use_app();
    let chosen = RwSignal::new(String::new());
    let (error, wrong) = (RwSignal::new(None), RwSignal::new(None::<String>));
    let what = kind.singular();
    let choices: Choices = app.store.peek(|w| {
        let entries = w.list(kind).entries.iter();
        let named = entries.map(|entry| (entry.id.to_string(), entry.name.to_string()));
        let first = vec![
            (String::new(), "Choose".to_owned()),
            (EMPTY.to_owned(), format!("No {what}")),
        ];
        vec![(None, first), (None, named.collect())]
    });
    let submit = move |()| {
        let choice = chosen.get_untracked();
        let entry = choice.parse().ok();
        if entry.is_none() && choice != EMPTY {
            wrong.set(Some(format!("Choose the {what}.")));
            focus_first_wrong();
            return;
        }
        let change = if kind == ListKind::Owners {
            BulkChange::Owner(entry)
        } else {
            BulkChange::Category(entry)
        };
        let deals = deals.get_untracked();
        match app.attempt(Command::BulkEdit { deals, change }) {
            Ok(_) => on_close.run(true),
            Err(refused) => error.set(Some(refused.to_string())),
        }
    };
    let label = if kind == ListKind::Owners {
        "Owner"
    } else {
        "Category"
    };
    view! {
        <OneField title=format!("Change {what}") deals error on_submit=submit on_close>
            <Select
                label
                value=chosen
                choices=Signal::stored(choices)
                on_choose=move |choice| {
                    wrong.set(None);
                    chosen.set(choice);
                }
                error=wrong
                required=true
            />
        </OneField>
    }
}

#[component]
fn DateDialog(deals: RwSignal<BTreeSet<DealId>>, on_close: Callback<bool>) -> impl IntoView {
    let app = use_app();
    let value = DateText::new(None);
    let (error, wrong) = (RwSignal::new(None), RwSignal::new(None::<String>));
    let submit = move |()| {
        let deals = deals.get_untracked();
        let done = value.read().and_then(|date| {
            let change = BulkChange::ExpectedClose(date);
            app.attempt(Command::BulkEdit { deals, change })
        });
        match done {
            Ok(_) => on_close.run(true),
            Err(refused) => {
                wrong.set(Some(refused.to_string()));
                error.set(None);
                focus_first_wrong();
            }
        }
    };
    view! {
        <OneField title="Change expected close" deals error on_submit=submit on_close>
            <DateField
                label="Expected close"
                value
                hint="Left empty, it is cleared."
                error=wrong
            />
        </OneField>
    }
}

#[component]
fn NextStepDialog(deals: RwSignal<BTreeSet<DealId>>, on_close: Callback<bool>) -> impl IntoView {
    let app = use_app();
    let what = RwSignal::new(String::new());
    let due = DateText::new(None);
    let what_error = RwSignal::new(None::<String>);
    let due_error = RwSignal::new(None::<String>);
    let submit = move |()| {
        what_error.set(None);
        due_error.set(None);
        let done = due.read().and_then(|due| {
            let what = what.get_untracked();
            let is_none = what.trim().is_empty() && due.is_none();
            let step = (!is_none).then_some(NextStepDraft { what, due });
            let deals = deals.get_untracked();
            app.attempt(Command::SetNextStep { deals, step })
        });
        match done {
            Ok(_) => on_close.run(true),
            Err(refused) => {
                let is_date = matches!(refused, DomainError::Date { .. } | DomainError::HalfDate);
                let at = if is_date { due_error } else { what_error };
                at.set(Some(refused.to_string()));
                focus_first_wrong();
            }
        }
    };
    view! {
        <OneField
            title="Change next step"
            deals
            error=Signal::stored(None::<String>)
            on_submit=submit
            on_close
        >
            <TextField
                label="Next step"
                value=what
                error=what_error
                placeholder="Call back"
                hint="Left empty, it is taken away."
            />
            <DateField label="Due" value=due error=due_error />
        </OneField>
    }
}

/// Closing many deals: for won first those that can't be won yet.
#[component]
fn ClosingDialogs(
    outcome: Outcome,
    deals: RwSignal<BTreeSet<DealId>>,
    on_close: Callback<bool>,
) -> impl IntoView {
    let app = use_app();
    let first = deals.get_untracked();
    let lacking = if outcome == Outcome::Won && first.len() > 1 {
        app.store.peek(|w| blocked(w, &first))
    } else {
        Vec::new()
    };
    let lacking_ids: BTreeSet<DealId> = lacking.iter().map(|deal| deal.id).collect();
    let asked = RwSignal::new(!lacking.is_empty());
    let lacking = StoredValue::new(lacking);
    let ready = memo(move || {
        deals.with(|deals| {
            deals
                .difference(&lacking_ids)
                .copied()
                .collect::<BTreeSet<_>>()
        })
    });
    following(move || {
        if asked.get() {
            view! {
                <BlockedDialog
                    lacking=lacking.get_value()
                    ready=ready.with_untracked(BTreeSet::len)
                    on_go_on=move |()| asked.set(false)
                    on_close=move |()| on_close.run(false)
                />
            }
            .into_any()
        } else {
            view! {
                <CloseDialog
                    deals=ready
                    outcome
                    on_close=move |()| on_close.run(false)
                    on_done=Callback::new(move |()| on_close.run(true))
                />
            }
            .into_any()
        }
    })
}

/// Which deals can't be won yet, and what each lacks.
#[component]
fn BlockedDialog(
    lacking: Vec<Blocked>,
    ready: usize,
    #[prop(into)] on_go_on: Callback<()>,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let title = match lacking.len() {
        1 => "1 deal can't be won yet".to_owned(),
        count => format!("{count} deals can't be won yet"),
    };
    let rest = lacking.len().saturating_sub(MOST);
    let rows: Vec<_> = lacking
        .into_iter()
        .take(MOST)
        .map(|deal| {
            let missing: Vec<String> = deal.missing.iter().map(ToString::to_string).collect();
            view! {
                <li>
                    <a dir="auto" href=Route::Deal(deal.id).href()>
                        {deal.name.to_string()}
                    </a>
                    <span class="blocked-missing" dir="auto">{missing.join(", ")}</span>
                </li>
            }
        })
        .collect();
    view! {
        <Dialog title on_close>
            <p class="dialog-text">
                "These sub-stages are required to win, and not ticked:"
            </p>
            <ul role="list" class="dialog-deals" tabindex="0" aria-label="Deals that can't be won yet">
                {rows}
            </ul>
            {(rest > 0).then(|| view! { <p class="hint">{format!("And {rest} more.")}</p> })}
            <div class="dialog-actions">
                <button type="button" class="button" on:click=move |_| on_close.run(())>
                    "Cancel"
                </button>
                {(ready > 0)
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="button button-primary"
                                on:click=move |_| on_go_on.run(())
                            >
                                {format!("Go on with the other {ready}")}
                            </button>
                        }
                    })}
            </div>
        </Dialog>
    }
}
