//! The short lists: segments, categories, owners, sources, closing reasons.

use leptos::ev;

use super::replace::ReplaceDialog;
use crate::domain::change::affected::of_entry;
use crate::domain::change::command::{Command, ListEdit};
use crate::domain::record::list::ListKind;
use crate::domain::value::id::EntryId;
use crate::ui::app::{unique_id, use_app};
use crate::ui::parts::{Icon, Tool};
use crate::ui::prelude::*;
use crate::web::{dom, keyboard};

/// The page "Lists".
#[component]
pub fn ListsPage() -> impl IntoView {
    view! {
        <div class="settings-head">
            <h2>"Lists"</h2>
        </div>
        <p class="settings-lead">
            "What you can choose from on deals and customers. A renamed entry is renamed everywhere."
        </p>
        <div class="lists">
            {ListKind::ALL.map(|kind| view! { <ListCard kind /> })}
        </div>
    }
}

/// When an entry of the list is chosen.
fn purpose(kind: ListKind) -> &'static str {
    match kind {
        ListKind::Segments => "Kinds of customers",
        ListKind::Categories => "What you sell",
        ListKind::Owners => "The salespeople",
        ListKind::Sources => "Where deals come from",
        ListKind::ReasonsWon => "Why customers say yes",
        ListKind::ReasonsLost => "Why customers say no",
        ListKind::ReasonsOutdated => "Why deals come to nothing",
    }
}

fn add_field(kind: ListKind) -> String {
    format!("add-{}", kind.slug())
}

/// An entry in use that is to be deleted, and its neighbour.
type Leaving = (EntryId, Option<EntryId>);

/// After an entry is gone the focus goes to its neighbour.
fn focus_after(kind: ListKind, next: Option<EntryId>) {
    dom::focus_soon(next.map_or_else(|| add_field(kind), |id| format!("delete-{id}")));
}

#[component]
fn ListCard(kind: ListKind) -> impl IntoView {
    let app = use_app();
    let heading = unique_id("list");
    let heading_id = heading.clone();
    let replacing = RwSignal::new(None::<Leaving>);
    let ids = memo(move || {
        app.store.setup(|w| {
            let entries = w.list(kind).entries.iter();
            entries.map(|entry| entry.id).collect::<Vec<_>>()
        })
    });
    view! {
        <section class="card settings-list" role="group" aria-labelledby=heading_id>
            <div class="settings-list-head">
                <h3 id=heading>{kind.title()}</h3>
                <p class="hint">{purpose(kind)}</p>
            </div>
            <Show when=move || ids.with(Vec::is_empty)>
                <p class="settings-list-empty">"Nothing here yet."</p>
            </Show>
            <ul class="entries">
                <For each=move || ids.get() key=|id| *id let:id>
                    <EntryRow kind id ids replacing />
                </For>
            </ul>
            <AddEntry kind />
            {move || {
                replacing
                    .get()
                    .map(|(id, next)| {
                        view! {
                            <ReplaceDialog
                                kind
                                id
                                on_close=move |done: bool| {
                                    replacing.set(None);
                                    if done {
                                        focus_after(kind, next);
                                    }
                                }
                            />
                        }
                    })
            }}
        </section>
    }
}

#[component]
fn AddEntry(kind: ListKind) -> impl IntoView {
    let app = use_app();
    let text = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let error_id = unique_id("error");
    let described = error_id.clone();
    let add = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let edit = ListEdit::Add(text.get_untracked());
        match app.attempt(Command::EditList(kind, edit)) {
            Ok(_) => {
                text.set(String::new());
                error.set(None);
            }
            Err(refused) => error.set(Some(refused.to_string())),
        }
        dom::focus(&format!("#{}", add_field(kind)));
    };
    view! {
        <form class="settings-list-add" novalidate on:submit=add class:field-wrong=move || error.get().is_some()>
            <label class="visually-hidden" for=add_field(kind)>
                {format!("New {}", kind.singular())}
            </label>
            <input
                class="input"
                id=add_field(kind)
                type="text"
                dir="auto"
                autocomplete="off"
                placeholder=format!("New {}", kind.singular())
                aria-invalid=move || error.get().is_some().to_string()
                aria-describedby=move || error.get().is_some().then(|| described.clone())
                prop:value=move || text.get()
                on:input=move |event| {
                    text.set(event_target_value(&event));
                    error.set(None);
                }
            />
            <button type="submit" class="button">"Add"</button>
            <p class="error" id=error_id hidden=move || error.get().is_none()>
                {move || error.get()}
            </p>
        </form>
    }
}

#[component]
fn EntryRow(
    kind: ListKind,
    id: EntryId,
    ids: Memo<Vec<EntryId>>,
    replacing: RwSignal<Option<Leaving>>,
) -> impl IntoView {
    let app = use_app();
    let name = memo(move || app.store.setup(|w| w.entry_name(kind, Some(id)).to_owned()));
    let place = memo(move || ids.with(|ids| ids.iter().position(|other| *other == id)));
    let is_first = move || place.get() == Some(0);
    let is_last = move || ids.with(|ids| ids.last() == Some(&id));
    let editing = RwSignal::new(false);
    let close = move || {
        editing.set(false);
        dom::focus_soon(format!("rename-{id}"));
    };
    let step = move |up: bool| {
        let Some(place) = place.get_untracked() else {
            return;
        };
        let to = if up {
            place.checked_sub(1)
        } else {
            Some(place + 1)
        };
        if let Some(to) = to.filter(|to| *to < ids.with_untracked(Vec::len)) {
            app.run(Command::EditList(kind, ListEdit::Move(id, to)));
            dom::focus_soon(format!("{}-{id}", if up { "up" } else { "down" }));
        }
    };
    let neighbour = move || {
        ids.with_untracked(|ids| {
            let at = ids.iter().position(|other| *other == id)?;
            let next = ids.get(at + 1).or_else(|| ids.get(at.checked_sub(1)?));
            next.copied()
        })
    };
    let delete = move |()| {
        let next = neighbour();
        if !app.store.peek(|w| of_entry(w, kind, id)).is_empty() {
            replacing.set(Some((id, next)));
        } else if app
            .run(Command::EditList(kind, ListEdit::Delete(id)))
            .is_some()
        {
            focus_after(kind, next);
        }
    };
    let name_id = format!("entry-{id}");
    let (up_name, down_name) = (name_id.clone(), name_id.clone());
    view! {
        <li class="entry" class:entry-editing=editing>
            <Show
                when=move || editing.get()
                fallback=move || {
                    let (name_id, up_name, down_name) = (name_id.clone(), up_name.clone(), down_name.clone());
                    view! {
                        <bdi class="entry-name" id=name_id title=move || name.get()>{move || name.get()}</bdi>
                        <span class="entry-actions">
                            <Tool
                                icon="edit"
                                label=derived(move || format!("Rename {}", name.get()))
                                title="Rename"
                                id=format!("rename-{id}")
                                act=move |()| editing.set(true)
                            />
                            <Tool
                                icon="up"
                                label="Move up"
                                id=format!("up-{id}")
                                about=up_name
                                off=derived(is_first)
                                act=move |()| step(true)
                            />
                            <Tool
                                icon="down"
                                label="Move down"
                                id=format!("down-{id}")
                                about=down_name
                                off=derived(is_last)
                                act=move |()| step(false)
                            />
                            <Tool
                                icon="trash"
                                label=derived(move || format!("Delete {}", name.get()))
                                title="Delete"
                                id=format!("delete-{id}")
                                act=delete
                            />
                        </span>
                    }
                }
            >
                <RenameEntry kind id name on_close=move |()| close() />
            </Show>
        </li>
    }
}

/// The field in the place of a name: Enter saves, Escape leaves it as it was.
#[component]
fn RenameEntry(
    kind: ListKind,
    id: EntryId,
    name: Memo<String>,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let app = use_app();
    let text = RwSignal::new(name.get_untracked());
    let error = RwSignal::new(None::<String>);
    let field = format!("name-{id}");
    let error_id = format!("name-error-{id}");
    let described = error_id.clone();
    let label = format!("Name of {}", name.get_untracked());
    dom::select_soon(field.clone());
    let save = {
        let field = field.clone();
        move |event: ev::SubmitEvent| {
            event.prevent_default();
            let edit = ListEdit::Rename(id, text.get_untracked());
            match app.attempt(Command::EditList(kind, edit)) {
                Ok(_) => on_close.run(()),
                Err(refused) => {
                    error.set(Some(refused.to_string()));
                    dom::focus_soon(field.clone());
                }
            }
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if keyboard::key(&event) == "Escape" {
            event.prevent_default();
            event.stop_propagation();
            on_close.run(());
        }
    };
    view! {
        <form
            class="settings-list-add"
            novalidate
            on:submit=save
            on:keydown=on_key
            class:field-wrong=move || error.get().is_some()
        >
            <input
                class="input"
                id=field
                type="text"
                dir="auto"
                autocomplete="off"
                aria-label=label
                aria-invalid=move || error.get().is_some().to_string()
                aria-describedby=move || error.get().is_some().then(|| described.clone())
                prop:value=move || text.get()
                on:input=move |event| {
                    text.set(event_target_value(&event));
                    error.set(None);
                }
            />
            <button type="submit" class="icon-button" aria-label="Save name" title="Save (Enter)">
                <Icon name="check" />
            </button>
            <button
                type="button"
                class="icon-button"
                aria-label="Cancel"
                title="Cancel (Escape)"
                on:click=move |_| on_close.run(())
            >
                <Icon name="close" />
            </button>
            <p class="error" id=error_id hidden=move || error.get().is_none()>
                {move || error.get()}
            </p>
        </form>
    }
}
