//! What is stored and could not be read: to be downloaded, and thrown away
//! when the user says so.

use leptos::prelude::*;

use super::DataSection;
use crate::ui::app::use_app;
use crate::ui::parts::{Confirm, Icon};
use crate::web::{clock, files};

/// Shown where there is something that could not be read.
#[component]
pub(super) fn UnreadSection() -> impl IntoView {
    let app = use_app();
    let keeper = app.store.keeper;
    let count = Memo::new(move |_| keeper.unread_count());
    let is_asking = RwSignal::new(false);
    let download = move |_| {
        let today = clock::today();
        let name = format!("pipewright-unreadable-{today}.json");
        let text = unread_file(&keeper.unread());
        match files::download(&name, "application/json", &text) {
            Ok(()) => app.messages.plain(format!("Downloaded: {name}")),
            Err(error) => app.messages.problem(error.to_string()),
        }
    };
    let discard = move |()| {
        is_asking.set(false);
        match keeper.discard_unread(app.store) {
            Ok(()) => app.messages.plain("The unreadable data is gone".to_owned()),
            Err(problem) => app.messages.problem(problem),
        }
    };
    view! {
        <Show when=move || { count.get() > 0 }>
            <DataSection title="Unreadable data" id="data-unread" danger=true>
                <p class="data-text">
                    {move || match count.get() {
                        1 => {
                            "One part of what this browser has stored could not be read. It is kept as it is, and everything else is here."
                                .to_owned()
                        }
                        count => {
                            format!(
                                "{count} parts of what this browser has stored could not be read. They are kept as they are, and everything else is here.",
                            )
                        }
                    }}
                </p>
                <div class="data-actions">
                    <button type="button" class="button" on:click=download>
                        <Icon name="download" />
                        "Download unreadable data"
                    </button>
                    <button
                        type="button"
                        class="button data-erase"
                        on:click=move |_| is_asking.set(true)
                    >
                        <Icon name="trash" />
                        "Discard unreadable data"
                    </button>
                </div>
                <Show when=move || is_asking.get()>
                    <Confirm
                        title="Discard unreadable data?"
                        text="Nobody will be able to read it any more. Download it first if there is a chance that someone can."
                        agree="Discard"
                        danger=true
                        on_agree=discard
                        on_refuse=move |()| is_asking.set(false)
                    />
                </Show>
            </DataSection>
        </Show>
    }
}

/// The texts as one JSON file.
fn unread_file(unread: &[(String, String)]) -> String {
    let parts: Vec<_> = unread
        .iter()
        .map(|(key, text)| serde_json::json!({ "key": key, "text": text }))
        .collect();
    serde_json::json!({ "format": "pipewright-unreadable", "parts": parts }).to_string()
}
