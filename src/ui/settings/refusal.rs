//! Why a whole screen of settings was not saved.

use crate::ui::prelude::*;
use crate::web::dom;

/// Says why it was not saved, where the visitor is taken to.
pub fn refuse(refusal: RwSignal<Option<String>>, why: String) {
    refusal.set(Some(why));
    dom::focus_next("#refusal");
}

/// The place beside the buttons where a refusal stands.
#[component]
pub fn Refusal(why: RwSignal<Option<String>>) -> impl IntoView {
    view! {
        <p
            class="configurator-refusal"
            id="refusal"
            role="alert"
            tabindex="-1"
            hidden=move || why.get().is_none()
        >
            {move || why.get()}
        </p>
    }
}
