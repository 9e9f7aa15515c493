//! What happened to a deal, newest first.

use std::sync::Arc;

use crate::domain::record::deal::{Deal, Event, Field, Outcome, What};
use crate::domain::record::next_step::NextStep;
use crate::domain::record::workspace::Setup;
use crate::domain::value::money::Money;
use crate::ui::app::{formats_of, use_app};
use crate::ui::parts::Icon;
use crate::ui::prelude::*;
use crate::web::intl::Formats;

/// How many events are shown at first.
const FIRST: usize = 20;

/// The region "History".
#[component]
pub fn History(deal: Memo<Option<Arc<Deal>>>) -> impl IntoView {
    let app = use_app();
    let all = RwSignal::new(false);
    let count = move || deal.with(|deal| deal.as_ref().map_or(0, |deal| deal.history.len()));
    let rows = move || {
        let most = if all.get() { usize::MAX } else { FIRST };
        let deal = deal.get()?;
        app.store.setup(|workspace| {
            let formats = formats_of(workspace);
            let events = deal.history.iter().rev().take(most);
            Some(
                events
                    .map(|event| row(workspace, &formats, event))
                    .collect::<Vec<_>>(),
            )
        })
    };
    view! {
        <section class="card" aria-labelledby="history-title">
            <h2 id="history-title">"History"</h2>
            <ol class="history">{rows}</ol>
            <Show when=move || !all.get() && FIRST.lt(&count())>
                <button type="button" class="button button-small" on:click=move |_| all.set(true)>
                    {move || format!("Show all {} entries", count())}
                </button>
            </Show>
        </section>
    }
}

fn row(workspace: &Setup, formats: &Formats, event: &Event) -> impl IntoView + use<> {
    let (icon, text, note) = words(workspace, formats, &event.what);
    let at = formats.moment(event.at);
    view! {
        <li class="event">
            <span class="event-icon">
                <Icon name=icon />
            </span>
            <div>
                <p dir="auto">{text}</p>
                {note
                    .filter(|note| !note.is_empty())
                    .map(|note| view! { <p class="tick-note" dir="auto">{note}</p> })}
            </div>
            <span class="event-date">{at}</span>
        </li>
    }
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
