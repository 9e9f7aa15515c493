//! What the account takes up in the browser's storage.

use leptos::prelude::*;

use super::DataSection;
use crate::codec::backup::BackupSummary;
use crate::domain::money::permille_of;
use crate::ui::app::{formats_of, use_app};

/// The characters that a browser keeps for one site.
const ROOM: usize = 5_242_880;

/// How full the storage is, and of what.
#[component]
pub(super) fn StorageSection() -> impl IntoView {
    let app = use_app();
    // What is in use changes with each save, and with the erasing of all.
    let used = Memo::new(move |_| {
        app.store.keeper.status();
        app.store.all(|_| ());
        app.store.keeper.characters_in_use()
    });
    let counts = Memo::new(move |_| app.store.all(BackupSummary::of));
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
                Some(used) => view! { <Meter used /> }.into_any(),
                None => {
                    view! {
                        <p class="data-text">
                            "This browser does not let the page keep anything: what you do here is gone when the page is closed. Download a backup to keep it."
                        </p>
                    }
                        .into_any()
                }
            }}
            <dl class="totals">
                {move || {
                    let counts = counts.get();
                    view! {
                        {fact("Deals", counts.deals)}
                        {fact("Customers", counts.customers)}
                        {fact("Processes", counts.processes)}
                    }
                }}
            </dl>
        </DataSection>
    }
}

/// A bar that is as full as the storage.
#[component]
fn Meter(used: usize) -> impl IntoView {
    let formats = use_app().store.peek(formats_of);
    let share = permille_of(used as i128, ROOM as i128).unwrap_or_default();
    let text = format!(
        "{} of {} characters in use ({})",
        formats.count(used),
        formats.count(ROOM),
        formats.permille(share)
    );
    let width = format!("{}%", f64::from(share.min(1000)) / 10.0);
    view! {
        <div class="storage">
            <div
                class="storage-meter"
                class:storage-full=(share >= 900)
                role="meter"
                aria-label="Storage in use"
                aria-valuemin="0"
                aria-valuemax=ROOM
                aria-valuenow=used.min(ROOM)
                aria-valuetext=text.clone()
            >
                <span class="storage-fill" style:inline-size=width></span>
            </div>
            <p class="storage-text">{text}</p>
        </div>
    }
}
