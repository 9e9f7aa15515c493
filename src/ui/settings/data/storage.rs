//! What the account takes up in the browser's storage.

use super::DataSection;
use crate::codec::backup::BackupSummary;
use crate::domain::value::money::permille_of;
use crate::store::start::space;
use crate::ui::app::{formats_of, use_app};
use crate::ui::parts::OfferButton;
use crate::ui::prelude::*;
use crate::web::length::length;
use crate::web::router;
use crate::web::storage::{self, LocalStorage};
use crate::web::tabs;

/// How full the storage is, and of what.
#[component]
pub(super) fn StorageSection() -> impl IntoView {
    let app = use_app();
    let room = RwSignal::new(LocalStorage::room());
    let measure = move |()| {
        // Where it can't be measured, the usual one stands.
        if let Ok(measured) = LocalStorage::measure_room() {
            room.set(measured);
        }
    };
    tabs::alone(space().prefix(), alive(measure));
    // What is in use changes with each save, and with the erasing of all.
    let used = memo(move || {
        app.store.keeper.status();
        app.store.all(|_| ());
        app.store.keeper.in_use(room.get())
    });
    let counts = memo(move || app.store.all(BackupSummary::of));
    let fact = move |what: &'static str, count: usize| {
        let formats = app.formats();
        view! {
            <div class="total">
                <dt>{what}</dt>
                <dd class="total-value">{formats.count(count)}</dd>
            </div>
        }
    };
    view! {
        <DataSection title="Storage" id="data-storage">
            {move || match used.get() {
                Some(used) => view! { <Meter used room=room.get().characters /> }.into_any(),
                None => {
                    view! {
                        <p class="data-text">
                            "Nothing that you do here is kept: it is gone when the page is closed. Download a backup to keep it."
                        </p>
                    }
                        .into_any()
                }
            }}
            {router::is_from_disk().then(from_disk)}
            <Persistence />
            <dl class="totals">
                {move || {
                    let counts = counts.get();
                    view! {
                        {fact("Deals", counts.deals)}
                        {fact("Noted entries", counts.notes)}
                        {fact("Customers", counts.customers)}
                        {fact("Processes", counts.processes)}
                    }
                }}
            </dl>
        </DataSection>
    }
}

/// Where the data lives when the page is a file that was opened from a disk.
fn from_disk() -> AnyView {
    view! {
        <p class="data-text">
            "This page is a file on your computer. Your data is not in the file but in this browser: who gets the file from you begins without your deals, and another browser does, too. Chrome and Edge keep one store for all files that are opened from a disk; in Firefox and Safari a file that was moved or renamed may begin anew. A backup takes your data along."
        </p>
    }
    .into_any()
}

/// Whether the browser has agreed to keep the data, and the way to ask it.
#[component]
fn Persistence() -> impl IntoView {
    let app = use_app();
    if app.store.keeper.is_in_memory() {
        return ().into_any();
    }
    let is_persisted = RwSignal::new(None::<bool>);
    spawn(async move { is_persisted.set(Some(storage::is_persisted().await)) });
    let is_unknown = derived(move || is_persisted.get().is_none());
    let ask = move |()| {
        spawn(async move {
            let answer = storage::persist().await;
            is_persisted.set(Some(answer));
            app.messages.plain(if answer {
                "The browser will keep the data".to_owned()
            } else {
                "The browser did not agree. It may later, when you have used this site more"
                    .to_owned()
            });
        });
    };
    // Until the browser answers, the room for its likely answer is kept: what
    // is below must not move away from under a pointer.
    following(move || match is_persisted.get() {
        Some(true) => view! {
            <p class="data-text">
                "This browser has agreed not to clear the data by itself, even when the disk gets full."
            </p>
        }
        .into_any(),
        answer => view! {
            <div class="persistence" class:persistence-awaited=answer.is_none()>
                <p class="data-text">
                    "This browser may clear the data by itself when the disk gets full."
                </p>
                <div class="data-actions">
                    <OfferButton text="Ask the browser to keep it" icon="check" bare=true off=is_unknown act=ask />
                </div>
            </div>
        }
        .into_any(),
    })
    .into_any()
}

/// A bar that is as full as the storage.
#[component]
fn Meter(used: usize, room: usize) -> impl IntoView {
    let formats = use_app().store.peek(|workspace| formats_of(workspace));
    let share = permille_of(used as i128, room as i128).unwrap_or_default();
    let text = format!(
        "{} of {} characters in use ({})",
        formats.count(used),
        formats.count(room),
        formats.permille(share)
    );
    let width = length(f64::from(share.min(1000)) / 10.0, "%");
    view! {
        <div class="storage">
            <div
                class="storage-meter"
                class:storage-full=(share >= 800)
                role="meter"
                aria-label="Storage in use"
                aria-valuemin="0"
                aria-valuemax=room
                aria-valuenow=used.min(room)
                aria-valuetext=text.clone()
            >
                <span class="storage-fill" style:inline-size=width></span>
            </div>
            <p class="storage-text">{text}</p>
        </div>
    }
}
