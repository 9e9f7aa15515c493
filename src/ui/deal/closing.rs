//! The dialog that closes a deal: date, reason, comment, and what must be done first.

use std::collections::BTreeSet;

use leptos::ev;

use crate::domain::change::command::{ClosingDraft, Command};
use crate::domain::record::deal::Outcome;
use crate::domain::value::error::DomainError;
use crate::domain::value::field::FieldName;
use crate::domain::value::id::{DealId, SubStageId};
use crate::domain::value::text::{MAX_NOTE, Name, clean_lines, counted};
use crate::ui::app::use_app;
use crate::ui::parts::select::Choices;
use crate::ui::parts::{DateField, DateText, Dialog, DialogEnd, Select, TextArea, TextField};
use crate::ui::prelude::*;
use crate::web::{clock, dom};

/// A required sub-stage that is not ticked yet.
#[derive(Clone, PartialEq)]
struct Missing {
    id: SubStageId,
    name: Name,
    note_required: bool,
    ticked: RwSignal<bool>,
    note: RwSignal<String>,
    /// What is wrong with the note.
    error: RwSignal<Option<String>>,
}

impl Missing {
    /// Says beside the note what is wrong with it; whether anything is.
    fn tell(&self) -> bool {
        let note = self.note.get_untracked();
        let error = match clean_lines(&note, MAX_NOTE, FieldName::Note) {
            _ if !self.ticked.get_untracked() => None,
            Err(error) => Some(error),
            Ok(note) if self.note_required && note.trim().is_empty() => {
                let name = self.name.clone();
                Some(DomainError::NoteRequired { name })
            }
            Ok(_) => None,
        };
        let is_wrong = error.is_some();
        self.error.set(error.map(|error| error.to_string()));
        is_wrong
    }
}

/// The dialog "Mark as won" (lost, outdated).
#[component]
pub fn CloseDialog(
    /// One deal, or several of which none lacks what is required to win.
    #[prop(into)]
    deals: Signal<BTreeSet<DealId>>,
    outcome: Outcome,
    #[prop(into)] on_close: Callback<()>,
    /// It was done, which closes the dialog too.
    #[prop(optional, into)]
    on_done: Option<Callback<()>>,
) -> impl IntoView {
    let app = use_app();
    let title = format!("Mark as {}", outcome.slug());
    let date = DateText::new(Some(clock::today()));
    let reason = RwSignal::new(String::new());
    let comment = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let date_error = RwSignal::new(None::<String>);
    let reason_error = RwSignal::new(None::<String>);
    let missing_error = RwSignal::new(None::<String>);
    let comment_error = RwSignal::new(None::<String>);
    let choices = memo(move || -> Choices {
        let none = (None, vec![(String::new(), "No reason".to_owned())]);
        app.store.setup(|workspace| {
            let entries = workspace.list(outcome.reasons()).entries.iter();
            let entries = entries.map(|entry| (entry.id.to_string(), entry.name.to_string()));
            vec![none, (None, entries.collect())]
        })
    });
    let must_have_reason = app.store.peek(|workspace| workspace.needs_reason(outcome));
    let first = deals.get_untracked();
    let missing: Vec<Missing> = match first.first() {
        Some(id) if outcome == Outcome::Won && first.len() == 1 => {
            app.store.peek(|workspace| missing(workspace, *id))
        }
        _ => Vec::new(),
    };
    let several = (first.len() > 1).then_some(move || {
        let deals = counted(deals.with(BTreeSet::len), "deal");
        format!("{deals} will be marked as {}.", outcome.slug())
    });
    let missing = StoredValue::new(missing);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        [
            error,
            date_error,
            reason_error,
            missing_error,
            comment_error,
        ]
        .into_iter()
        .for_each(|error| error.set(None));
        missing.with_value(|missing| missing.iter().for_each(|missing| missing.error.set(None)));
        let on = date.read().unwrap_or_else(|refused| {
            date_error.set(Some(refused.to_string()));
            None
        });
        if date_error.with_untracked(Option::is_none) && on.is_none_or(|on| on > clock::today()) {
            date_error.set(Some("Give a date that is not in the future.".to_owned()));
        }
        if must_have_reason && reason.get_untracked().is_empty() {
            reason_error.set(Some("Choose a reason.".to_owned()));
        }
        let is_wrong = [date_error, reason_error]
            .into_iter()
            .any(|error| error.get_untracked().is_some());
        let (Some(on), false) = (on, is_wrong) else {
            focus_first_wrong();
            return;
        };
        let ticks = missing.with_value(|missing| {
            let ticked = missing
                .iter()
                .filter(|missing| missing.ticked.get_untracked());
            ticked
                .map(|missing| (missing.id, missing.note.get_untracked()))
                .collect()
        });
        let closing = ClosingDraft {
            outcome,
            on,
            reason: reason.get_untracked().parse().ok(),
            comment: comment.get_untracked(),
            ticks,
        };
        match app.attempt(Command::Close {
            deals: deals.get_untracked(),
            closing,
        }) {
            Ok(_) => on_done.unwrap_or(on_close).run(()),
            Err(
                refused @ (DomainError::NoteRequired { .. }
                | DomainError::TooLong {
                    what: FieldName::Note,
                    ..
                }),
            ) => {
                let told =
                    missing.with_value(|missing| missing.iter().filter(|m| m.tell()).count());
                if told == 0 {
                    error.set(Some(refused.to_string()));
                }
                focus_first_wrong();
            }
            Err(refused @ DomainError::RequiredMissing { .. }) => {
                missing_error.set(Some(refused.to_string()));
                dom::focus_next("dialog .missing input:not(:checked)");
            }
            Err(
                refused @ DomainError::TooLong {
                    what: FieldName::Comment,
                    ..
                },
            ) => {
                comment_error.set(Some(refused.to_string()));
                focus_first_wrong();
            }
            Err(refused) => error.set(Some(refused.to_string())),
        }
    };
    let button = title.clone();
    let danger = outcome == Outcome::Lost;
    view! {
        <Dialog title on_close>
            <form class="form" on:submit=submit novalidate>
                {several.map(|text| view! { <p class="dialog-text">{text}</p> })}
                <Show when=move || missing.with_value(|missing| !missing.is_empty())>
                    <fieldset class="missing" aria-describedby="missing-error">
                        <legend>"Required before this deal can be won"</legend>
                        <p
                            class="error"
                            id="missing-error"
                            role="alert"
                            hidden=move || missing_error.get().is_none()
                        >
                            {move || missing_error.get()}
                        </p>
                        {missing
                            .get_value()
                            .into_iter()
                            .map(|missing| view! { <MissingRow missing /> })
                            .collect::<Vec<_>>()}
                    </fieldset>
                </Show>
                <div class="form-row">
                    <DateField label="Date" value=date error=date_error required=true />
                    <Select
                        label="Reason"
                        value=reason
                        choices
                        on_choose=move |chosen| reason.set(chosen)
                        error=reason_error
                        required=must_have_reason
                    />
                </div>
                <TextArea label="Comment" value=comment rows=3 error=comment_error />
                <DialogEnd error agree=button danger on_cancel=on_close />
            </form>
        </Dialog>
    }
}

fn missing(workspace: &crate::domain::record::workspace::Workspace, id: DealId) -> Vec<Missing> {
    let Some(deal) = workspace.deals.get(&id) else {
        return Vec::new();
    };
    let Some(process) = workspace.processes.get(&deal.process) else {
        return Vec::new();
    };
    deal.progress_in(process.id)
        .missing_required(process)
        .map(|sub| Missing {
            id: sub.id,
            name: sub.name.clone(),
            note_required: sub.note_required,
            ticked: RwSignal::new(false),
            note: RwSignal::new(deal.earlier_note(sub.id).unwrap_or_default().to_owned()),
            error: RwSignal::new(None),
        })
        .collect()
}

fn focus_first_wrong() {
    dom::focus_next("dialog [aria-invalid=true]");
}

#[component]
fn MissingRow(missing: Missing) -> impl IntoView {
    let Missing {
        ticked,
        note,
        error,
        ..
    } = missing;
    let label = format!("Note: {}", missing.name);
    // What was noted before is not kept again unseen.
    let required = missing.note_required;
    let has_note = required || note.with_untracked(|note| !note.is_empty());
    view! {
        <label class="check">
            <input
                type="checkbox"
                prop:checked=move || ticked.get()
                on:change=move |event| ticked.set(event_target_checked(&event))
            />
            <span dir="auto">{missing.name.to_string()}</span>
        </label>
        {has_note.then(|| view! { <TextField label value=note error required /> })}
    }
}
