//! What is stored and could not be read, or is gone: to be downloaded, and
//! done with when the user says so.

use super::DataSection;
use crate::domain::value::text::counted;
use crate::store::saver::Unread;
use crate::ui::app::use_app;
use crate::ui::parts::{Confirm, OfferButton};
use crate::ui::prelude::*;
use crate::web::{clock, files};

/// More parts than this are counted, not listed.
const MOST: usize = 12;

/// Shown where there is something that could not be read, or is gone.
#[component]
pub(super) fn UnreadSection() -> impl IntoView {
    let app = use_app();
    let keeper = app.store.keeper;
    let unread = memo(move || keeper.unread_count());
    let lost = memo(move || keeper.lost());
    let any = memo(move || unread.get() > 0 || lost.with(|lost| !lost.is_empty()));
    let is_asking = RwSignal::new(false);
    let download = move |()| {
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
    let parts = memo(move || {
        let _ = unread.get();
        let mut parts: Vec<String> = keeper.unread().iter().map(line).collect();
        let gone = lost.get().into_iter();
        parts.extend(gone.map(|shelf| format!("{}: it is gone", shelf.title())));
        parts
    });
    view! {
        <Show when=move || any.get()>
            <DataSection title="Unreadable data" id="data-unread" danger=true>
                <p class="data-text">
                    {move || {
                        let count = parts.with(Vec::len);
                        let what = if count == 1 { "is" } else { "are" };
                        format!(
                            "{} of what this browser has stored {what} unreadable or gone. What is there is kept as it is, and everything else is in use. A snapshot, below, or a backup may have what is missing.",
                            counted(count, "part"),
                        )
                    }}
                </p>
                <ul class="data-parts">
                    {move || {
                        let parts = parts.get();
                        let rest = parts.len().saturating_sub(MOST);
                        let more = (rest > 0).then(|| format!("And {rest} more"));
                        let shown = parts.into_iter().take(MOST).chain(more);
                        shown.map(|part| view! { <li>{part}</li> }).collect::<Vec<_>>()
                    }}
                </ul>
                <div class="data-actions">
                    <Show when=move || { unread.get() > 0 }>
                        <OfferButton text="Download unreadable data" icon="download" act=download />
                    </Show>
                    <OfferButton
                        text="Discard unreadable data"
                        icon="trash"
                        class="data-erase"
                        act=move |()| is_asking.set(true)
                    />
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

/// What a part holds, and what is wrong with it.
fn line(part: &Unread) -> String {
    let reason = part.reason.as_deref();
    let reason = reason.unwrap_or("it refers to something that is missing, or lacks something");
    format!("{}: {reason}", part.shelf.title())
}

/// The texts as one JSON file.
fn unread_file(unread: &[Unread]) -> String {
    let parts: Vec<_> = unread
        .iter()
        .map(|part| {
            serde_json::json!({ "key": part.place, "text": part.text, "reason": part.reason })
        })
        .collect();
    serde_json::json!({ "format": "pipewright-unreadable", "parts": parts }).to_string()
}
