//! What is said when the page was loaded again because the program had broken.

use super::app::use_app;
use super::notices::DataLink;
use super::parts::Icon;
use crate::store::mirror::Store;
use crate::ui::prelude::*;
use crate::web::panic;

/// How many steps are named.
const NAMED: usize = 5;

/// After a panic: the data is there, and what could be undone is not.
#[component]
pub fn Broken() -> impl IntoView {
    let app = use_app();
    let gone = RwSignal::new(panic::take_trace());
    effect(move || panic::keep_trace(&undoable(app.store)));
    following(move || {
        let undoable = gone.get()?;
        let steps = (!undoable.is_empty()).then(|| {
            view! {
                {format!(" What could be undone can't be any more: {undoable}. How everything was some time ago is in the ")}
                <DataLink text="snapshots" />
                "."
            }
        });
        Some(view! {
            <div class="notice" role="note">
                <Icon name="alert" />
                <p>
                    "Something broke, and Pipewright was loaded again. All that was saved is here."
                    {steps}
                </p>
                <button
                    type="button"
                    class="icon-button icon-button-small"
                    aria-label="Dismiss"
                    on:click=move |_| gone.set(None)
                >
                    <Icon name="close" />
                </button>
            </div>
        })
    })
}

/// The steps that can be undone, the last one first; follows them.
fn undoable(store: Store) -> String {
    let mut names = store.undoable();
    let more = names.len().saturating_sub(NAMED);
    names.truncate(NAMED);
    let names = names.join(", ");
    match more {
        0 => names,
        more => format!("{names} and {more} more"),
    }
}
