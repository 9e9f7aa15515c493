//! Erasing everything: the one thing that can't be undone.

use leptos::ev;

use super::DataSection;
use super::backup::download_backup;
use crate::codec::shelf::Space;
use crate::domain::value::text::clean;
use crate::store::start::{erase, space};
use crate::ui::app::use_app;
use crate::ui::parts::{Dialog, DialogEnd, Icon, OfferButton, TextField};
use crate::ui::prelude::*;
use crate::web::dom;

/// What must be typed.
const WORD: &str = "ERASE";

/// The way to an account that is as new.
#[component]
pub(super) fn EraseSection() -> impl IntoView {
    let is_asking = RwSignal::new(false);
    let text = if space() == Space::Demo {
        "Takes away all you did in the demo and starts it anew. Your own data stays. This can't be undone."
    } else {
        "Takes away all deals, customers, processes and settings of this account in this browser. This can't be undone."
    };
    view! {
        <DataSection title="Start anew" id="data-erase" danger=true>
            <p class="data-text">{text}</p>
            <div class="data-actions">
                <OfferButton
                    text="Erase everything"
                    icon="trash"
                    class="data-erase"
                    act=move |()| is_asking.set(true)
                />
            </div>
            <Show when=move || is_asking.get()>
                <EraseDialog on_close=Callback::new(move |()| is_asking.set(false)) />
            </Show>
        </DataSection>
    }
}

#[component]
fn EraseDialog(on_close: Callback<()>) -> impl IntoView {
    let app = use_app();
    let word = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<String>);
    let agree = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let refused = if word.with_untracked(|word| clean(word) != WORD) {
            Err(format!("Type the word {WORD} in capital letters."))
        } else {
            erase(app.store)
        };
        match refused {
            Ok(()) => {
                on_close.run(());
                app.messages.plain("Everything is erased".to_owned());
            }
            Err(problem) => {
                wrong.set(Some(problem));
                dom::focus_next(".field-wrong .input");
            }
        }
    };
    view! {
        <Dialog title="Erase everything".to_owned() on_close=on_close>
            <p class="dialog-text">
                "All of it goes, for good, and there is no undo. A backup would bring it back."
            </p>
            <form class="erase-form" novalidate on:submit=agree>
                <div>
                    <button type="button" class="button" on:click=move |_| download_backup(app)>
                        <Icon name="download" />
                        "Download backup first"
                    </button>
                </div>
                <TextField
                    label=format!("Type {WORD} to go on")
                    value=word
                    error=wrong
                    required=true
                    autofocus=true
                />
                <DialogEnd agree="Erase everything" danger=true on_cancel=on_close />
            </form>
        </Dialog>
    }
}
