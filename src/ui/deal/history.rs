//! What happened to a deal and what was noted on it, newest first.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::notes::{NoteBox, NoteEntry};
use super::typed::Typed;
use crate::domain::read::history::{Entry, entries, in_view};
use crate::domain::record::deal::{Deal, Field, Outcome, What};
use crate::domain::record::next_step::NextStep;
use crate::domain::record::workspace::Setup;
use crate::domain::value::id::{DealId, NoteId};
use crate::domain::value::money::Money;
use crate::ui::app::{formats_of, use_app};
use crate::ui::parts::Icon;
use crate::ui::prelude::*;
use crate::web::dom;
use crate::web::intl::Formats;

/// How many entries are shown at first, and how many more at a time.
const FIRST: usize = 20;
const MORE: usize = 100;

/// One entry, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Row {
    Event {
        place: usize,
        icon: &'static str,
        text: String,
        note: String,
        at: String,
    },
    Note(NoteId),
}

/// The region "History": what happened and what was noted, newest first.
#[component]
pub fn History(id: DealId, deal: Memo<Option<Arc<Deal>>>, typed: Typed) -> impl IntoView {
    let app = use_app();
    let memory = app.router.memory();
    let only_notes = memory.keep("history-notes", false);
    let most = memory.keep("history-most", FIRST);
    let edited = RwSignal::new(BTreeSet::new());
    let found = memo(move || {
        let (most, only_notes, edited) = (most.get(), only_notes.get(), edited.get());
        let rows = |deal: &Deal| {
            app.store.about_deal(id, |all| {
                app.store.setup(|setup| {
                    let formats = formats_of(setup);
                    let all = entries(deal, &all.notes, only_notes);
                    let shown = in_view(&all, most, &edited);
                    let left = all.len().saturating_sub(shown.len());
                    let rows = shown.iter().map(|entry| row(setup, &formats, entry));
                    (rows.collect::<Vec<_>>(), left)
                })
            })
        };
        let found = deal.with(|deal| deal.as_deref().and_then(rows));
        let (mut rows, left) = found.unwrap_or_default();
        // Those that another tab has deleted, or an undo has taken back.
        let edited = edited.into_iter().map(Row::Note);
        let gone: Vec<_> = edited.filter(|row| !rows.contains(row)).collect();
        rows.extend(gone);
        (rows, left)
    });
    let left = move || found.with(|(_, left)| *left);
    let is_empty = move || found.with(|(rows, _)| rows.is_empty());
    let choice = move |text: &'static str, notes: bool| {
        view! {
            <button
                type="button"
                class="history-choice"
                aria-pressed=move || (only_notes.get() == notes).to_string()
                on:click=move |_| only_notes.set(notes)
            >
                {text}
            </button>
        }
    };
    view! {
        <section class="card history-card" aria-labelledby="history-title">
            <div class="history-head">
                <h2 id="history-title" tabindex="-1">"History"</h2>
                <div class="history-choices" role="group" aria-label="What the history shows">
                    {choice("Everything", false)}
                    {choice("Notes", true)}
                </div>
            </div>
            <NoteBox deal=id typed />
            <Show when=is_empty>
                <p class="hint">"Nothing was noted yet."</p>
            </Show>
            <ol role="list" class="history">
                <For
                    each=move || found.with(|(rows, _)| rows.clone())
                    key=Row::clone
                    children=move |row| match row {
                        Row::Note(note) => view! { <NoteEntry deal=id note edited typed /> }.into_any(),
                        Row::Event { icon, text, note, at, .. } => event(icon, text, note, at),
                    }
                />
            </ol>
            <Show when=move || left() != 0>
                <button
                    type="button"
                    class="button button-small"
                    on:click=move |_| {
                        most.update(|most| *most = most.saturating_add(MORE));
                        dom::catch_focus_in_place("#history-title");
                    }
                >
                    {move || format!("Show more ({} left)", left())}
                </button>
            </Show>
        </section>
    }
}

fn row(setup: &Setup, formats: &Formats, entry: &Entry<'_>) -> Row {
    match entry {
        Entry::Note(note) => Row::Note(note.id),
        Entry::Event(place, event) => {
            let (icon, text, note) = words(setup, formats, &event.what);
            Row::Event {
                place: *place,
                icon,
                text,
                note: note.unwrap_or_default(),
                at: formats.moment(event.at),
            }
        }
    }
}

fn event(icon: &'static str, text: String, note: String, at: String) -> AnyView {
    let note = (!note.is_empty()).then_some(note);
    view! {
        <li class="event">
            <span class="event-icon">
                <Icon name=icon />
            </span>
            <div>
                <p dir="auto">{text}</p>
                {note.map(|note| view! { <p class="tick-note" dir="auto">{note}</p> })}
            </div>
            <span class="event-date">{at}</span>
        </li>
    }
    .into_any()
}

fn words(
    workspace: &Setup,
    formats: &Formats,
    what: &What,
) -> (&'static str, String, Option<String>) {
    let arrived = |stage: &Option<crate::domain::value::text::Name>| {
        stage
            .as_ref()
            .map(|stage| format!(" – now in {stage}"))
            .unwrap_or_default()
    };
    let next = |step: &NextStep| match step.due {
        None => step.what.to_string(),
        Some(due) => format!("{}, due {}", step.what, formats.date(due)),
    };
    match what {
        What::Created => ("add", "Created".to_owned(), None),
        What::Imported => ("upload", "Imported".to_owned(), None),
        What::Ticked {
            name, note, stage, ..
        } => (
            "check",
            format!("Ticked: {name}{}", arrived(stage)),
            Some(note.clone()),
        ),
        What::Unticked {
            name, note, stage, ..
        } => (
            "close",
            format!("Unticked: {name}{}", arrived(stage)),
            Some(note.clone()),
        ),
        What::TickSetAside {
            name, note, ticked, ..
        } => (
            "archive",
            format!(
                "Set aside by an edit of the process: {name}, ticked {}",
                formats.moment(*ticked)
            ),
            Some(note.clone()),
        ),
        What::Moved { to } => ("deals", format!("Moved to stage {to}"), None),
        What::ProcessChanged { from, to } => {
            ("deals", format!("Sales process: {from} → {to}"), None)
        }
        What::Snoozed {
            until: Some(until),
            reason,
        } => (
            "moon",
            format!("Snoozed until {}", formats.date(*until)),
            Some(reason.clone()),
        ),
        What::Snoozed { until: None, .. } => ("sun", "Snooze ended".to_owned(), None),
        What::NextStepSet { step } => ("edit", format!("Next step: {}", next(step)), None),
        What::NextStepDone { step } => ("check", format!("Done: {}", next(step)), None),
        What::NextStepDropped { step } => {
            ("close", format!("Next step dropped: {}", next(step)), None)
        }
        What::ChanceSet {
            chance: Some(chance),
        } => (
            "edit",
            format!("Chance set to {}", formats.chance(*chance)),
            None,
        ),
        What::ChanceSet { chance: None } => ("edit", "Typed chance cleared".to_owned(), None),
        What::Edited {
            field: Field::Notes,
            ..
        } => ("edit", "Notes changed".to_owned(), None),
        What::Edited { field, from, to } => {
            let shown = |text: &str| shown(workspace, formats, *field, text);
            (
                "edit",
                format!("{}: {} → {}", title(*field), shown(from), shown(to)),
                None,
            )
        }
        What::Closed {
            outcome,
            on,
            reason,
            comment,
        } => {
            let reason = if reason.is_empty() {
                String::new()
            } else {
                format!(": {reason}")
            };
            let icon = if *outcome == Outcome::Won {
                "check"
            } else {
                "archive"
            };
            let on = formats.date(*on);
            (
                icon,
                format!("Marked as {} on {on}{reason}", outcome.slug()),
                Some(comment.clone()),
            )
        }
        What::Reopened { outcome } => ("undo", format!("Reopened (was {})", outcome.slug()), None),
    }
}

fn title(field: Field) -> &'static str {
    match field {
        Field::Name => "Name",
        Field::Customer => "Customer",
        Field::Category => "Category",
        Field::Owner => "Owner",
        Field::Value => "Value",
        Field::ExpectedClose => "Expected close",
        Field::Source => "Source",
        Field::Notes => "Notes",
    }
}

fn shown(workspace: &Setup, formats: &Formats, field: Field, text: &str) -> String {
    let formatted = match field {
        _ if text.is_empty() => Some("–".to_owned()),
        Field::Value => Money::parse_plain(text, workspace.currency().decimals)
            .map(|value| formats.money(value.minor().into())),
        Field::ExpectedClose => text.parse().ok().map(|date| formats.date(date)),
        _ => None,
    };
    formatted.unwrap_or_else(|| text.to_owned())
}
