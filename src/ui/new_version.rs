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
    let taken_over = move |_| {
        is_ready.set(true);
        if may_reload(app) {
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
    // But where nothing will be kept any more, a new version is the way out.
    let is_stuck = Memo::new(move |_| is_stuck(&app.store.keeper.status()));
    effect(move || {
        if is_stuck.get() {
            versions::look();
        }
    });
    view! {
        <Show when=move || is_ready.get() && (is_kept.get() || is_stuck.get())>
            <div class="message">
                <Icon name="download" />
                <p>"A new version is ready."</p>
                <button
                    type="button"
                    class="message-action"
                    on:click=move |_| {
                        app.store.keeper.flush_now(app.store);
                        versions::reload();
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
/// typed or selected in it, nothing was done that could be undone or done
/// again, and all of it is kept.
fn may_reload(app: App) -> bool {
    app.router.is_at_rest()
        && !dom::is_typing()
        && !dom::is_there(".selection-bar")
        && untrack(|| app.store.next_steps() == (None, None) && is_kept(&app.store.keeper.status()))
}

fn is_kept(status: &SaveStatus) -> bool {
    matches!(status, SaveStatus::Saved | SaveStatus::Saving)
}

fn is_stuck(status: &SaveStatus) -> bool {
    matches!(status, SaveStatus::Stopped(_) | SaveStatus::Untouched(_))
}
