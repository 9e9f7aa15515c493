//! Snapshots: what was here some time ago, to be had back.

use super::DataSection;
use super::backup::download_workspace;
use super::restore::{Picked, RestoreDialog};
use crate::codec::backup::Backup;
use crate::store::snapshots::{Reason, Snapshot};
use crate::ui::app::{App, formats_of, use_app};
use crate::ui::prelude::*;

/// The snapshots, to restore or to download.
#[component]
pub(super) fn SnapshotsSection() -> impl IntoView {
    let app = use_app();
    let picked = RwSignal::new(None::<Picked>);
    let on_done = move |result: Result<(), String>| {
        picked.set(None);
        if let Err(problem) = result {
            app.messages.problem(problem);
        }
    };
    view! {
        <DataSection title="Snapshots" id="data-snapshots">
            <p class="data-text">
                "Pipewright keeps the last days as they were, a few times a day, in this browser. They are gone with the browser's data: a backup is not."
            </p>
            {move || {
                let snapshots = app.store.keeper.snapshots();
                if snapshots.is_empty() {
                    return view! {
                        <p class="data-text data-quiet snapshots-none">"There is no snapshot yet."</p>
                    }
                        .into_any();
                }
                view! {
                    <table class="snapshots" aria-label="Snapshots">
                        <thead>
                            <tr>
                                <th scope="col">"Taken"</th>
                                <th scope="col" class="snapshot-deals">"Deals"</th>
                                <th scope="col">
                                    <span class="visually-hidden">"Actions"</span>
                                </th>
                            </tr>
                        </thead>
                        <tbody>
                            {snapshots
                                .into_iter()
                                .map(|snapshot| view! { <Row snapshot picked /> })
                                .collect::<Vec<_>>()}
                        </tbody>
                    </table>
                }
                    .into_any()
            }}
            {move || {
                picked
                    .get()
                    .map(|picked| {
                        view! { <RestoreDialog picked on_done=Callback::new(on_done) /> }
                    })
            }}
        </DataSection>
    }
}

#[component]
fn Row(snapshot: Snapshot, picked: RwSignal<Option<Picked>>) -> impl IntoView {
    let app = use_app();
    let formats = app.store.peek(|workspace| formats_of(workspace));
    let taken = formats.moment(snapshot.moment());
    let why = match snapshot.reason {
        Reason::Regular => "",
        Reason::BeforeRestore => "before restoring",
        Reason::BeforeNewFormat => "before a new version",
    };
    // Some are of the same minute.
    let title = match why {
        "" => taken.clone(),
        _ => format!("{taken}, {why}"),
    };
    let (at, date) = (snapshot.at, snapshot.date().to_string());
    let name = StoredValue::new(taken.clone());
    let restore = move |_| {
        let date = date.clone();
        with_snapshot(app, at, move |workspace| {
            let backup = Backup {
                exported: date.clone(),
                workspace,
            };
            let what = "snapshot";
            let name = name.get_value();
            picked.set(Some(Picked { what, name, backup }));
        });
    };
    let download = move |_| {
        with_snapshot(app, at, move |workspace| {
            download_workspace(app, &workspace);
        });
    };
    view! {
        <tr>
            <th scope="row">
                {taken.clone()} <span class="snapshot-why">{why}</span>
            </th>
            <td class="snapshot-deals">{formats.count(snapshot.deals)}</td>
            <td class="snapshot-actions">
                <button
                    type="button"
                    class="button button-small"
                    aria-label=format!("Restore the snapshot of {title}")
                    on:click=restore
                >
                    "Restore"
                </button>
                <button
                    type="button"
                    class="button button-small"
                    aria-label=format!("Download the snapshot of {title}")
                    on:click=download
                >
                    "Download"
                </button>
            </td>
        </tr>
    }
}

/// Reads a snapshot; what goes wrong is told.
fn with_snapshot(
    app: App,
    at: i64,
    act: impl FnOnce(crate::domain::record::workspace::Workspace) + 'static,
) {
    spawn(async move {
        match app.store.keeper.read_snapshot(at).await {
            Ok(workspace) => act(workspace),
            Err(problem) => app.messages.problem(problem),
        }
    });
}
