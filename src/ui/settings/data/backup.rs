//! Backups: a file with everything, out and in.

use super::DataSection;
use super::restore::{Picked, RestoreDialog};
use crate::codec::backup;
use crate::domain::record::workspace::Workspace;
use crate::ui::app::{App, unique_id, use_app};
use crate::ui::parts::{Icon, OfferButton};
use crate::ui::prelude::*;
use crate::web::files::{self, PickedFile};
use crate::web::{clock, dom};

/// Downloads a backup of everything, and says so.
pub(super) fn download_backup(app: App) {
    app.store
        .peek(|workspace| download_workspace(app, workspace));
}

/// Downloads a workspace as a backup, and says so.
pub(super) fn download_workspace(app: App, workspace: &Workspace) {
    let today = clock::today().to_string();
    let text = backup::write(workspace, &today);
    let name = format!("pipewright-backup-{today}.json");
    match files::download(&name, "application/json", &text) {
        Ok(()) => app.messages.plain(format!("Backup downloaded: {name}")),
        Err(error) => app.messages.problem(error.to_string()),
    }
}

/// Reads a backup out of a file; an error says which file, what and where.
async fn read(file: &PickedFile) -> Result<Picked, String> {
    let megabytes = (backup::MAX_BYTES / 1_000_000) as u64;
    let bytes = file
        .bytes(megabytes)
        .await
        .map_err(|error| error.to_string())?;
    let name = file.name();
    // The page shows that it is at work before it is.
    dom::breathe().await;
    let backup = backup::read(&bytes).map_err(|error| format!("“{name}”: {error}"))?;
    let what = "backup";
    Ok(Picked { what, name, backup })
}

/// Download and restore.
#[component]
pub(super) fn BackupSection() -> impl IntoView {
    let app = use_app();
    let input = unique_id("backup-file");
    let picker = input.clone();
    let is_reading = RwSignal::new(false);
    let failure = RwSignal::new(None::<String>);
    let picked = RwSignal::new(None::<Picked>);
    let on_file = move |event| {
        let Some(file) = PickedFile::from_event(&event) else {
            return;
        };
        failure.set(None);
        is_reading.set(true);
        spawn(async move {
            let found = read(&file).await;
            is_reading.set(false);
            match found {
                Ok(backup) => picked.set(Some(backup)),
                Err(problem) => failure.set(Some(problem)),
            }
        });
    };
    let restored = move |result: Result<(), String>| {
        picked.set(None);
        failure.set(result.err());
    };
    view! {
        <DataSection title="Backup" id="data-backup">
            <p class="data-text">
                "Everything you have here lives in this browser alone. A backup is one file with all of it: keep one outside the browser, and take it along to another one."
            </p>
            <div class="data-actions">
                <OfferButton
                    text="Download backup"
                    icon="download"
                    class="button-primary"
                    act=move |()| download_backup(app)
                />
                <button
                    type="button"
                    class="button"
                    aria-busy=move || is_reading.get().to_string()
                    on:click=move |_| files::open_picker(&picker)
                >
                    <Icon name="upload" />
                    "Restore backup"
                </button>
                <input
                    type="file"
                    id=input
                    tabindex="-1"
                    aria-label="Backup file"
                    accept=".json,application/json"
                    on:change=on_file
                />
                <span class="data-busy" role="status">
                    {move || is_reading.get().then_some("Reading the file")}
                </span>
            </div>
            <Show when=move || failure.get().is_some()>
                <div class="notice notice-problem data-problem" role="alert">
                    <Icon name="alert" />
                    <p>
                        <bdi>{move || failure.get()}</bdi>
                        " Nothing was changed."
                    </p>
                    <button
                        type="button"
                        class="icon-button icon-button-small"
                        aria-label="Dismiss"
                        on:click=move |_| failure.set(None)
                    >
                        <Icon name="close" />
                    </button>
                </div>
            </Show>
            {move || {
                picked
                    .get()
                    .map(|picked| {
                        view! { <RestoreDialog picked on_done=Callback::new(restored) /> }
                    })
            }}
        </DataSection>
    }
}
