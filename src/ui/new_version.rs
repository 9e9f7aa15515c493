//! What is said when a new version of the app is ready.
//!
//! Nothing is loaded again by itself while somebody is at work: a person asks
//! for it, in one of the tabs. The others follow where nothing can be lost.

use super::app::{App, use_app};
use super::parts::Icon;
use crate::store::keeper::SaveStatus;
use crate::ui::prelude::*;
use crate::web::{dom, versions};

/// The message that a new version is ready, with the button that loads it.
#[component]
pub fn NewVersion() -> impl IntoView {
    let app = use_app();
    let is_ready = RwSignal::new(false);
    let is_asked_for = StoredValue::new(false);
    let taken_over = move |_| {
        // Where the browser asks, a person may stay all the same.
        let is_meant = is_asked_for.get_value() || may_reload(app);
        is_asked_for.set_value(false);
        is_ready.set(true);
        if is_meant {
            dom::reload();
        }
    };
    let listeners = StoredValue::new_local([
        versions::on_ready(alive(move |_| is_ready.set(true))),
        versions::on_taken_over(alive(taken_over)),
    ]);
    on_cleanup(move || listeners.dispose());
    // Where nothing is kept, or not all of it, a reload would cost it.
    let is_kept = Memo::new(move |_| is_kept(&app.store.keeper.status()));
    view! {
        <Show when=move || is_ready.get() && is_kept.get()>
            <div class="message">
                <Icon name="download" />
                <p>"A new version is ready."</p>
                <button
                    type="button"
                    class="message-action"
                    on:click=move |_| {
                        app.store.keeper.flush_now(app.store);
                        is_asked_for.set_value(true);
                        versions::take_new_version();
                    }
                >
                    "Load new version"
                </button>
                <button
                    type="button"
                    class="icon-button"
                    aria-label="Dismiss"
                    on:click=move |_| is_ready.set(false)
                >
                    <Icon name="close" />
                </button>
            </div>
        </Show>
    }
}

/// Whether this tab can be loaded again without a word: nothing is being
/// typed or chosen in it, and all that was done is kept.
fn may_reload(app: App) -> bool {
    app.router.is_at_rest() && !dom::is_typing() && untrack(|| is_kept(&app.store.keeper.status()))
}

fn is_kept(status: &SaveStatus) -> bool {
    matches!(status, SaveStatus::Saved | SaveStatus::Saving)
}
