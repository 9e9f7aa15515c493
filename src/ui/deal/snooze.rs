//! Stale deals, and the rest that a person gives them (§6.5).

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::ev;

use crate::domain::change::command::Command;
use crate::domain::read::stats::is_stale;
use crate::domain::record::deal::{Deal, Snooze};
use crate::domain::record::workspace::{Setup, Workspace};
use crate::domain::value::error::DomainError;
use crate::domain::value::id::DealId;
use crate::domain::value::text::counted;
use crate::domain::value::time::plus_days;
use crate::ui::app::{formats_of, use_app};
use crate::ui::parts::{DateField, DateText, Dialog, DialogEnd, Icon, OfferButton, TextField};
use crate::ui::prelude::*;
use crate::web::{clock, dom};

/// How many days a rest lasts unless another date is given.
const DAYS: i64 = 7;

/// What stands under the headline of a deal that is stale or rests.
#[derive(Clone, PartialEq)]
enum Line {
    Stale(String),
    Rests(String, String),
}

fn line(workspace: &Setup, deal: &Deal) -> Option<Line> {
    if !deal.is_open() {
        return None;
    }
    let process = workspace.processes.get(&deal.process)?;
    let now = clock::now();
    if let Some(snooze) = deal.snooze.as_ref().filter(|snooze| snooze.holds(now)) {
        let until = formats_of(workspace).date(snooze.until);
        let text = format!("Snoozed until {until}");
        return Some(Line::Rests(text, snooze.reason.clone()));
    }
    if !is_stale(deal, process, now) {
        return None;
    }
    let limit = deal.current_stage(process).id();
    let limit = limit.and_then(|id| process.stage(id)?.stale_after_days)?;
    let days = usize::try_from(now.minutes_since(deal.touched) / (24 * 60)).ok()?;
    Some(Line::Stale(format!(
        "Stale: nothing has happened for {}. In this stage {} is the limit.",
        counted(days, "day"),
        counted(limit.into(), "day"),
    )))
}

/// That a deal is stale, or rests.
#[component]
pub fn Rest(deal: Memo<Option<Arc<Deal>>>) -> impl IntoView {
    let app = use_app();
    let line = memo(move || {
        let deal = deal.get()?;
        app.store.setup(|workspace| line(workspace, &deal))
    });
    let wake = move |()| {
        let deals: BTreeSet<_> = deal.with_untracked(|d| d.iter().map(|d| d.id).collect());
        app.run(Command::Snooze {
            deals,
            until: None,
            reason: String::new(),
        });
        dom::focus("#heading");
    };
    following(move || {
        line.get().map(|line| match line {
            Line::Stale(text) => view! {
                <div class="rest rest-stale">
                    <Icon name="alert" />
                    <p class="rest-text">{text}</p>
                </div>
            }
            .into_any(),
            Line::Rests(text, reason) => view! {
                <div class="rest">
                    <Icon name="moon" />
                    <p class="rest-text">
                        {text}
                        {(!reason.is_empty()).then_some(": ")}
                        <bdi>{reason}</bdi>
                    </p>
                    <OfferButton text="End snooze" icon="moon" class="button-small" bare=true act=wake />
                </div>
            }
            .into_any(),
        })
    })
}

/// The rest of a single deal, if it has one now.
fn present(workspace: &Workspace, deals: &BTreeSet<DealId>) -> Option<Snooze> {
    let only = deals.first().filter(|_| deals.len() == 1)?;
    let snooze = workspace.deals.get(only)?.snooze.clone();
    snooze.filter(|snooze| snooze.holds(clock::now()))
}

/// The dialog "Snooze", for one deal or several.
#[component]
pub fn SnoozeDialog(
    #[prop(into)] deals: Signal<BTreeSet<DealId>>,
    #[prop(into)] on_close: Callback<()>,
    /// It was done, which closes the dialog too.
    #[prop(optional, into)]
    on_done: Option<Callback<()>>,
) -> impl IntoView {
    let app = use_app();
    let first = deals.get_untracked();
    let present = app.store.peek(|workspace| present(workspace, &first));
    let several = (first.len() > 1).then_some(move || {
        let deals = counted(deals.with(BTreeSet::len), "deal");
        format!("{deals} will rest; those that rest already, until the new date.")
    });
    let (until, reason) = present.map_or_else(
        || (plus_days(clock::today(), DAYS), String::new()),
        |snooze| (snooze.until, snooze.reason),
    );
    let until = DateText::new(Some(until));
    let reason = RwSignal::new(reason);
    let until_error = RwSignal::new(None::<String>);
    let reason_error = RwSignal::new(None::<String>);
    let wrong = move |at: RwSignal<Option<String>>, text: String| {
        at.set(Some(text));
        dom::focus_next("dialog [aria-invalid=true]");
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        until_error.set(None);
        reason_error.set(None);
        let date = until.read();
        if date == Ok(None) {
            wrong(until_error, "Give a date.".to_owned());
            return;
        }
        let done = date.and_then(|until| {
            app.attempt(Command::Snooze {
                deals: deals.get_untracked(),
                until,
                reason: reason.get_untracked(),
            })
        });
        match done {
            Ok(_) => on_done.unwrap_or(on_close).run(()),
            Err(
                error @ (DomainError::NotLater | DomainError::Date { .. } | DomainError::HalfDate),
            ) => {
                wrong(until_error, error.to_string());
            }
            Err(error) => wrong(reason_error, error.to_string()),
        }
    };
    view! {
        <Dialog title="Snooze".to_owned() on_close>
            <form class="form" on:submit=submit novalidate>
                {several.map(|text| view! { <p class="dialog-text">{text}</p> })}
                <DateField
                    label="Until"
                    value=until
                    error=until_error
                    required=true
                    autofocus=true
                    hint="Until then it does not count as stale."
                />
                <TextField label="Reason" value=reason error=reason_error placeholder="They decide after the holidays" />
                <DialogEnd agree="Snooze" on_cancel=on_close />
            </form>
        </Dialog>
    }
}
