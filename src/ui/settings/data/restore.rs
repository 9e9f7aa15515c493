//! The question before a backup replaces everything.

use crate::codec::backup::{Backup, BackupSummary};
use crate::domain::change::command::Command;
use crate::domain::record::workspace::Changes;
use crate::domain::value::time::Date;
use crate::ui::app::{formats_of, use_app};
use crate::ui::parts::Dialog;
use crate::ui::prelude::*;

/// A backup that was read from a file, or a snapshot.
#[derive(Clone)]
pub(super) struct Picked {
    /// What it is: "backup" or "snapshot".
    pub what: &'static str,
    /// The file's name, or the snapshot's time.
    pub name: String,
    /// What it holds.
    pub backup: Backup,
}

/// Shows what there is beside what will be, and restores if told to. `on_done`
/// hears how it went; turning away is a success too.
#[component]
pub(super) fn RestoreDialog(
    picked: Picked,
    on_done: Callback<Result<(), String>>,
) -> impl IntoView {
    let app = use_app();
    let formats = app.store.peek(|workspace| formats_of(workspace));
    let now = app.store.peek(BackupSummary::of);
    let Picked { what, name, backup } = picked;
    let then = BackupSummary::of(&backup.workspace);
    let made = backup
        .exported
        .parse::<Date>()
        .map_or(backup.exported, |date| formats.date(date));
    let row = |what: &'static str, now: usize, then: usize| {
        view! {
            <tr>
                <th scope="row">{what}</th>
                <td>{formats.count(now)}</td>
                <td>{formats.count(then)}</td>
            </tr>
        }
    };
    let rows = [
        row("Deals", now.deals, then.deals),
        row("Noted entries", now.notes, then.notes),
        row("Customers", now.customers, then.customers),
        row("Sales processes", now.processes, then.processes),
    ];
    let workspace = StoredValue::new(Some(backup.workspace));
    let restore = move |_| {
        let Some(workspace) = workspace.try_update_value(Option::take).flatten() else {
            return;
        };
        // What is here now can be had back even after the page was closed.
        app.store.keeper.keep_for_restore(app.store);
        let restored = app.attempt(Command::Restore(Box::new(workspace)));
        if restored.as_ref().is_ok_and(Changes::is_empty) {
            let same = format!("The {what} holds just what is here already");
            app.messages.plain(same);
        }
        on_done.run(restored.map(|_| ()).map_err(|error| error.to_string()));
    };
    let refuse = move || on_done.run(Ok(()));
    view! {
        <Dialog title=format!("Restore {what}") on_close=move |()| refuse()>
            <p class="dialog-text">
                {format!("The {what} takes the place of everything you have here, lists and settings included. You can undo this until you close the page.")}
            </p>
            <dl class="restore-file">
                <div>
                    <dt>{if what == "backup" { "File" } else { "Snapshot" }}</dt>
                    <dd>
                        <bdi>{name}</bdi>
                    </dd>
                </div>
                <div>
                    <dt>"Made on"</dt>
                    <dd>
                        <bdi>{if made.is_empty() { "unknown".to_owned() } else { made }}</bdi>
                    </dd>
                </div>
            </dl>
            <table class="restore-table">
                <caption>"What will be replaced"</caption>
                <thead>
                    <tr>
                        <td></td>
                        <th scope="col">"Now"</th>
                        <th scope="col">{format!("In the {what}")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <div class="dialog-actions">
                <button type="button" class="button" on:click=move |_| refuse()>
                    "Cancel"
                </button>
                <button type="button" class="button button-primary" on:click=restore>
                    "Restore"
                </button>
            </div>
        </Dialog>
    }
}
