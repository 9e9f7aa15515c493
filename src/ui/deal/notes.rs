//! What was noted on a deal: a box to note something, and each entry in the
//! history with the ways to change it (§13.2).

use std::collections::BTreeSet;

use super::typed::{FormInPlace, Typed};
use crate::domain::change::command::Command;
use crate::domain::value::id::{DealId, NoteId};
use crate::ui::app::{App, unique_id, use_app};
use crate::ui::offers::Offer;
use crate::ui::parts::{Clashes, Icon, TextArea, Tool, follow, with_links};
use crate::ui::prelude::*;
use crate::web::dom;

/// Sends what is noted; whether it was taken. Why not, it says at the field.
pub fn send(app: App, command: Command, error: RwSignal<Option<String>>) -> bool {
    let refused = app.attempt(command).err().map(|error| error.to_string());
    let is_taken = refused.is_none();
    error.set(refused);
    if !is_taken {
        dom::focus_next("textarea[aria-invalid=true]");
    }
    is_taken
}

/// The box "Note" above the history.
#[component]
pub fn NoteBox(deal: DealId, typed: Typed) -> impl IntoView {
    let app = use_app();
    let text = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let is_changed = derived(move || text.with(|text| !text.trim().is_empty()));
    typed.also(is_changed);
    app.offers.add(|| {
        let enter = || dom::focus_when_there(".note-add textarea");
        vec![Offer::new("note", "Add note", enter)]
    });
    let empty = move || {
        text.set(String::new());
        error.set(None);
    };
    let add = move |()| {
        let text = text.get_untracked();
        if send(app, Command::AddNote { deal, text }, error) {
            empty();
        }
    };
    view! {
        <FormInPlace class="note-add" is_changed on_send=add on_cancel=move |()| empty()>
            <TextArea label="Note" value=text error=error rows=2 />
            <button type="submit" class="button">
                "Add note"
            </button>
        </FormInPlace>
    }
    .into_any()
}

/// A noted entry in the history.
#[component]
pub fn NoteEntry(
    deal: DealId,
    note: NoteId,
    /// Those that are being edited, which the history keeps in view.
    edited: RwSignal<BTreeSet<NoteId>>,
    typed: Typed,
) -> impl IntoView {
    let app = use_app();
    // While it is being deleted the last one seen stands in.
    let seen = Memo::new(move |before: Option<&Option<_>>| {
        let found = app
            .store
            .about_deal(deal, |all| all.notes.get(note).cloned());
        found.flatten().or_else(|| before.cloned().flatten())
    });
    let text = memo(move || {
        seen.with(|note| note.as_ref().map(|note| note.text.clone()))
            .unwrap_or_default()
    });
    let at = move || seen.with(|note| note.as_ref().map(|note| app.formats().moment(note.at)));
    let editing = memo(move || edited.with(|edited| edited.contains(&note)));
    let begin = move |()| {
        edited.update(|edited| {
            edited.insert(note);
        });
    };
    let date = unique_id("noted");
    let edit = StoredValue::new(format!("{date}-edit"));
    let delete = move |()| {
        app.run(Command::DeleteNote(note));
        dom::catch_focus("#history-title");
    };
    let close = Callback::new(move |()| {
        edited.update(|edited| {
            edited.remove(&note);
        });
        dom::focus_soon(edit.get_value());
        // It may have been in view only because it was edited.
        dom::catch_focus_in_place("#history-title");
    });
    let shown = move || {
        if editing.get() {
            form(app, note, text, typed, close)
        } else {
            view! { <p class="noted-text" dir="auto">{with_links(&text.get())}</p> }.into_any()
        }
    };
    view! {
        <li class="event noted">
            <span class="event-icon">
                <Icon name="note" />
            </span>
            <div class="noted-body">{move || shown()}</div>
            <div class="noted-side">
                <span class="event-date" id=date.clone()>{move || at()}</span>
                <span class="noted-tools" class:noted-tools-off=move || editing.get()>
                    <Tool icon="edit" label="Edit note".to_owned() id=edit.get_value() about=date.clone() act=begin />
                    <Tool icon="trash" label="Delete note".to_owned() about=date act=delete />
                </span>
            </div>
        </li>
    }
    .into_any()
}

/// The form that stands in the place of a noted entry while it is edited.
fn form(app: App, note: NoteId, saved: Memo<String>, typed: Typed, close: Callback<()>) -> AnyView {
    let text = RwSignal::new(saved.get_untracked());
    let error = RwSignal::new(None::<String>);
    let there = memo(move || Some(vec![saved.get()]));
    let following = follow(vec![("Note", text)], there);
    typed.also(following.is_changed.into());
    let save = move |()| {
        let clashes = untrack(|| following.told());
        let text = text.get_untracked();
        if send(app, Command::EditNote { note, text }, error) {
            clashes.iter().for_each(|told| app.messages.more(told));
            close.run(());
        }
    };
    view! {
        <FormInPlace class="noted-form" is_changed=following.is_changed on_send=save on_cancel=close>
            <TextArea label="Text of the note" value=text error=error rows=3 autofocus=true />
            <div class="form-actions">
                <button type="submit" class="button button-primary button-small">"Save"</button>
                <button type="button" class="button button-small" on:click=move |_| close.run(())>
                    "Cancel"
                </button>
                <Clashes following />
            </div>
        </FormInPlace>
    }
    .into_any()
}
