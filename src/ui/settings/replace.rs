//! The dialog that deletes an entry of a list which is in use.

use leptos::ev;

use super::moving::affected_words;
use crate::domain::change::affected::of_entry;
use crate::domain::change::command::{Command, ListEdit};
use crate::domain::record::list::ListKind;
use crate::domain::value::id::EntryId;
use crate::domain::value::text::counted;
use crate::ui::app::{formats_of, use_app};
use crate::ui::parts::{Choices, Dialog, DialogEnd, Select};
use crate::ui::prelude::*;
use crate::web::dom;

/// The choice that leaves the field empty.
const EMPTY: &str = "empty";

/// Asks what takes the place of the entry.
#[component]
pub fn ReplaceDialog(
    kind: ListKind,
    id: EntryId,
    /// It was done, or turned away.
    #[prop(into)]
    on_close: Callback<bool>,
) -> impl IntoView {
    let app = use_app();
    let formats = app.store.peek(|workspace| formats_of(workspace));
    let name = app.store.peek(|w| w.entry_name(kind, Some(id)).to_owned());
    let used = app.store.peek(|w| of_entry(w, kind, id));
    let others: Vec<(String, String)> = app.store.peek(|w| {
        let entries = w.list(kind).entries.iter().filter(|entry| entry.id != id);
        let named = entries.map(|entry| (entry.id.to_string(), entry.name.to_string()));
        named.collect()
    });
    let chosen = RwSignal::new(String::new());
    let told = RwSignal::new(false);
    let error = RwSignal::new(None::<String>);
    let mut first = vec![(String::new(), "Choose".to_owned())];
    if !kind.is_mandatory() || others.is_empty() {
        first.push((EMPTY.to_owned(), format!("No {}", kind.singular())));
    }
    let choices: Choices = vec![(None, first), (None, others)];
    let choice_error = derived(move || {
        (told.get() && chosen.get().is_empty()).then(|| "Choose what takes its place.".to_owned())
    });
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let choice = chosen.get_untracked();
        let by = choice.parse::<EntryId>().ok();
        if by.is_none() && choice != EMPTY {
            told.set(true);
            dom::focus_next("dialog [aria-invalid=true]");
            return;
        }
        let edit = ListEdit::Replace(id, by);
        match app.attempt(Command::EditList(kind, edit)) {
            Ok(_) => on_close.run(true),
            Err(refused) => error.set(Some(refused.to_string())),
        }
    };
    let deals = affected_words(&formats, used.deals);
    let records = match (used.customers, used.deals.deals()) {
        (0, 0) => None,
        (0, _) => Some(deals),
        (_, 0) => Some(counted(used.customers, "customer")),
        _ => {
            let customers = counted(used.customers, "customer");
            Some(format!("{customers}, with {deals}"))
        }
    };
    let rules = (used.rules > 0).then(|| counted(used.rules, "rule"));
    let uses: Vec<String> = records.into_iter().chain(rules).collect();
    let uses = format!("{}.", uses.join(", and "));
    view! {
        <Dialog title=format!("Delete “{name}”") on_close=move |()| on_close.run(false)>
            <form class="form" novalidate on:submit=submit>
                <p class="dialog-uses">{uses}</p>
                <p class="dialog-text">
                    {format!(
                        "Choose which {} takes the place of this one. Undo takes it all back.",
                        kind.singular(),
                    )}
                </p>
                <Select
                    label="Replace by"
                    value=chosen
                    choices=Signal::stored(choices)
                    on_choose=move |choice| chosen.set(choice)
                    error=choice_error
                    required=true
                />
                <DialogEnd error agree="Delete" danger=true on_cancel=move |()| on_close.run(false) />
            </form>
        </Dialog>
    }
}
