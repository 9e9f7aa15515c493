//! The list of sales processes.

use std::collections::BTreeMap;

use super::succession::{Purpose, SuccessionDialog};
use crate::codec::process_file;
use crate::domain::change::apply::processes::nothing_needs;
use crate::domain::change::command::Command;
use crate::domain::read::stats::{ProcessUse, better_default};
use crate::domain::record::process::Color;
use crate::domain::value::error::DomainError;
use crate::domain::value::id::ProcessId;
use crate::domain::value::text::counted;
use crate::route::Route;
use crate::ui::app::{App, use_app};
use crate::ui::parts::{Confirm, Icon, Menu, MenuItem, ProcessMark};
use crate::ui::prelude::*;
use crate::web::{clock, dom, files};

/// What the list says of a process.
#[derive(Clone, PartialEq)]
struct Row {
    id: ProcessId,
    name: String,
    color: Color,
    stages: usize,
    open: usize,
    is_default: bool,
    archived: bool,
    place: usize,
    count: usize,
}

/// The page "Deals": the sales processes.
#[component]
pub fn ProcessesPage() -> impl IntoView {
    let app = use_app();
    let uses = memo(move || {
        app.store
            .index(|index, w| index.deals_per_process(w, clock::today()))
    });
    let rows = memo(move || rows(app, &uses.get()));
    let ids = move || rows.with(|rows| rows.iter().map(|row| row.id).collect::<Vec<_>>());
    let deleting = RwSignal::new(None::<Row>);
    let leaving = RwSignal::new(None::<(ProcessId, Purpose)>);
    let moved = RwSignal::new(String::new());
    view! {
        <div class="settings-head">
            <h2 id="processes" tabindex="-1">"Sales processes"</h2>
            <div class="settings-head-actions">
                <a class="button" href=Route::Guide.href()>
                    "Set up several processes"
                </a>
                <a class="button" href=Route::Rules.href()>
                    "Choosing a process"
                </a>
                <a class="button button-primary" href=Route::NewProcess.href()>
                    <Icon name="add" />
                    "Add process"
                </a>
            </div>
        </div>
        <p class="visually-hidden" role="status">{move || moved.get()}</p>
        <Advice uses=uses />
        <ol role="list" class="card process-list">
            <For each=ids key=|id| *id let:id>
                {
                    let row = memo(move || rows.with(|rows| {
                        rows.iter().find(|row| row.id == id).cloned()
                    }));
                    view! { <ProcessRow row deleting leaving moved /> }
                }
            </For>
        </ol>
        <Show when=move || rows.with(|rows| rows.len() == 1)>
            <p class="settings-note">
                "Do some of your deals go another way, such as inquiries that start with an offer, \
                 or key accounts with many people to win? Give each way a process of its own: \
                 deals move freely between them, and every process keeps its ticks. "
                <a href=Route::Guide.href()>"Find out which processes you need"</a>
            </p>
        </Show>
        {move || {
            deleting
                .get()
                .map(|row| {
                    let id = row.id;
                    view! {
                        <Confirm
                            title="Delete this process?"
                            text=format!(
                                "“{}” and its {} will be deleted. No deal uses it.",
                                row.name,
                                counted(row.stages, "stage"),
                            )
                            agree="Delete"
                            danger=true
                            on_agree=move |()| {
                                deleting.set(None);
                                app.run(Command::DeleteProcess(id));
                                dom::focus_next("#processes");
                            }
                            on_refuse=move |()| deleting.set(None)
                        />
                    }
                })
        }}
        {move || {
            leaving
                .get()
                .map(|(id, purpose)| {
                    view! {
                        <SuccessionDialog
                            id
                            purpose
                            on_close=move |done: bool| {
                                leaving.set(None);
                                if done {
                                    dom::focus_next("#processes");
                                }
                            }
                        />
                    }
                })
        }}
    }
}

/// Gives the visitor a process as a file, to be passed on.
fn download(app: App, id: ProcessId) {
    let file = app.store.peek(|w| {
        let process = w.processes.get(&id)?;
        Some((
            process_file::file_name(process),
            process_file::write(process),
        ))
    });
    let Some((name, text)) = file else { return };
    match files::download(&name, "application/json", &text) {
        Ok(()) => app.messages.plain(format!("Process downloaded: {name}")),
        Err(error) => app.messages.problem(error.to_string()),
    }
}

fn rows(app: App, uses: &BTreeMap<ProcessId, ProcessUse>) -> Vec<Row> {
    app.store.setup(|w| {
        let count = w.processes.len();
        let rows = w
            .processes_in_order()
            .enumerate()
            .map(|(place, process)| Row {
                id: process.id,
                name: process.name.to_string(),
                color: process.color,
                stages: process.stages.len(),
                open: uses.get(&process.id).map_or(0, |used| used.open),
                is_default: w.default_process() == process.id,
                archived: process.archived,
                place,
                count,
            });
        rows.collect()
    })
}

#[component]
fn ProcessRow(
    row: Memo<Option<Row>>,
    deleting: RwSignal<Option<Row>>,
    leaving: RwSignal<Option<(ProcessId, Purpose)>>,
    /// What was moved where, for a screen reader.
    moved: RwSignal<String>,
) -> impl IntoView {
    let app = use_app();
    let Some(id) = row.with_untracked(|row| row.as_ref().map(|row| row.id)) else {
        return ().into_any();
    };
    let of = move |read: fn(&Row) -> bool| row.with(|row| row.as_ref().is_some_and(read));
    let is_default = move || of(|row| row.is_default);
    let archived = move || of(|row| row.archived);
    let name = move || row.with(|row| row.as_ref().map_or_else(String::new, |r| r.name.clone()));
    let named = move |before: &str| format!("{before}{}", name());
    let numbers = move || {
        row.with(|row| {
            let (stages, open) = row.as_ref().map_or((0, 0), |row| (row.stages, row.open));
            let formats = app.formats();
            let s = |count: usize| if count == 1 { "" } else { "s" };
            format!(
                "{} stage{} · {} open deal{}",
                formats.count(stages),
                s(stages),
                formats.count(open),
                s(open)
            )
        })
    };
    let step = move |up: bool| {
        let Some(row) = row.get_untracked() else {
            return;
        };
        let place = if up {
            row.place.checked_sub(1)
        } else {
            (row.place + 1 < row.count).then_some(row.place + 1)
        };
        if let Some(place) = place {
            app.run(Command::MoveProcess(id, place));
            moved.set(format!(
                "{} moved to place {} of {}",
                row.name,
                place + 1,
                row.count
            ));
            // The browser lets go of the focus in what is put elsewhere.
            dom::focus_soon(format!("process-more-{id}"));
        }
    };
    let leave = move |purpose: Purpose| {
        let refusal = app.store.peek(|w| {
            let process = w.processes.get(&id)?;
            nothing_needs(w, process).err()
        });
        match (refusal, purpose) {
            (Some(error @ DomainError::IsDefault { .. }), _) => {
                app.messages.problem(error.to_string());
            }
            (None, Purpose::Delete) => deleting.set(row.get_untracked()),
            _ => leaving.set(Some((id, purpose))),
        }
    };
    let items = move || {
        let Some(row) = row.get() else {
            return Vec::new();
        };
        let item = |text: &str, off: Option<&str>, act: Callback<()>| MenuItem {
            off: off.map(str::to_owned),
            ..MenuItem::new(text, act)
        };
        let run = |command: Command| {
            Callback::new(move |()| {
                app.run(command.clone());
            })
        };
        let of_default = row.is_default.then_some("It is the default");
        let archived = row.archived.then_some("It is archived");
        let first = (row.place == 0).then_some("It is the first");
        let last = (row.place + 1 == row.count).then_some("It is the last");
        let archive = if row.archived { "Unarchive" } else { "Archive" };
        vec![
            item(
                "Make default",
                of_default.or(archived),
                run(Command::MakeDefault(id)),
            ),
            item("Move up", first, Callback::new(move |()| step(true))),
            item("Move down", last, Callback::new(move |()| step(false))),
            item("Duplicate", None, run(Command::DuplicateProcess(id))),
            item(
                archive,
                of_default,
                run(Command::Archive(id, !row.archived)),
            ),
            item(
                "Merge into another",
                of_default,
                Callback::new(move |()| leave(Purpose::Merge)),
            ),
            item(
                "Save as file",
                None,
                Callback::new(move |()| download(app, id)),
            ),
            item(
                "Delete",
                of_default,
                Callback::new(move |()| leave(Purpose::Delete)),
            ),
        ]
    };
    view! {
        <li class="process-item" class:process-archived=archived>
            <div class="process-about">
                <span class="process-title">
                    {move || row.get().map(|row| view! { <ProcessMark color=row.color name=row.name /> })}
                    <Show when=is_default>
                        <span class="badge badge-accent">"Default"</span>
                    </Show>
                    <Show when=archived>
                        <span class="badge">"Archived"</span>
                    </Show>
                </span>
                <span class="process-numbers">{move || numbers()}</span>
            </div>
            <div class="process-actions">
                <button
                    type="button"
                    class="button"
                    aria-label=move || named("Edit ")
                    on:click=move |_| app.router.go(&Route::EditProcess(id))
                >
                    "Edit"
                </button>
                <Menu
                    label=derived(move || named("More for "))
                    shown="More"
                    button_id=format!("process-more-{id}")
                    items=derived(items)
                />
            </div>
        </li>
    }
    .into_any()
}

/// Suggests another default where another process gets more of the new deals.
#[component]
fn Advice(uses: Memo<BTreeMap<ProcessId, ProcessUse>>) -> impl IntoView {
    let app = use_app();
    let advice = memo(move || {
        let uses = uses.get();
        let new = |id| uses.get(&id).map_or(0, |used| used.new);
        app.store.setup(|w| {
            let id = better_default(w, &uses)?;
            let name = w.processes.get(&id)?.name.to_string();
            Some((id, name, new(id), new(w.default_process())))
        })
    });
    following(move || {
        advice.get().map(|(id, name, theirs, of_default)| {
            let formats = app.formats();
            let (theirs, of_default) = (formats.count(theirs), formats.count(of_default));
            view! {
                <div class="settings-advice" role="note">
                    <Icon name="star" />
                    <p>
                        <bdi class="advice-name">{name}</bdi>
                        {format!(
                            " got more new deals than the default in the last 90 days: {theirs} against {of_default}. \
                             As the default it would be preset on new deals.",
                        )}
                    </p>
                    <button
                        type="button"
                        class="button small"
                        on:click=move |_| {
                            app.run(Command::MakeDefault(id));
                            dom::focus("#processes");
                        }
                    >
                        "Make it the default"
                    </button>
                </div>
            }
        })
    })
}
