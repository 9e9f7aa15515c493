//! The texts of a backup, made what they would be if they had been typed: a
//! file may come from anywhere, and what is kept must be the same whichever
//! way it has come in. Names see to that themselves.

use crate::domain::record::customer::Customer;
use crate::domain::record::deal::Deal;
use crate::domain::record::event::What;
use crate::domain::record::process::Process;
use crate::domain::value::text::{clean, tidy};

/// Cleans the hints of a process.
pub(super) fn of_process(process: &mut Process) {
    for stage in &mut process.stages {
        lines(&mut stage.hint);
        let subs = stage.sub_stages.iter_mut();
        subs.for_each(|sub| lines(&mut sub.hint));
    }
}

/// Cleans the texts of a customer.
pub(super) fn of_customer(customer: &mut Customer) {
    one_line(&mut customer.email);
    one_line(&mut customer.phone);
    lines(&mut customer.notes);
}

/// Cleans the texts of a deal, and of what happened to it.
pub(super) fn of_deal(deal: &mut Deal) {
    lines(&mut deal.notes);
    if let Some(id) = &mut deal.external_id {
        one_line(id);
    }
    deal.external_id.take_if(|id| id.is_empty());
    for (_, progress) in &mut deal.progress {
        for (_, tick) in &mut progress.ticks {
            lines(&mut tick.note);
        }
    }
    if let Some(closing) = &mut deal.closing {
        lines(&mut closing.comment);
    }
    if let Some(snooze) = &mut deal.snooze {
        lines(&mut snooze.reason);
    }
    deal.history
        .iter_mut()
        .for_each(|event| of_event(&mut event.what));
}

fn of_event(what: &mut What) {
    match what {
        What::Ticked { note, .. }
        | What::Unticked { note, .. }
        | What::TickSetAside { note, .. } => lines(note),
        What::Snoozed { reason, .. } => lines(reason),
        What::Edited { from, to, .. } => {
            one_line(from);
            one_line(to);
        }
        What::Closed {
            reason, comment, ..
        } => {
            one_line(reason);
            lines(comment);
        }
        What::Created
        | What::Imported
        | What::Moved { .. }
        | What::ProcessChanged { .. }
        | What::NextStepSet { .. }
        | What::NextStepDone { .. }
        | What::NextStepDropped { .. }
        | What::ChanceSet { .. }
        | What::Reopened { .. } => {}
    }
}

pub(super) fn one_line(text: &mut String) {
    put(text, clean);
}

pub(super) fn lines(text: &mut String) {
    put(text, tidy);
}

/// Most texts are empty, and nearly all of the others were cleaned when they
/// were typed.
fn put(text: &mut String, clean: fn(&str) -> String) {
    if !text.is_empty() {
        *text = clean(text);
    }
}
