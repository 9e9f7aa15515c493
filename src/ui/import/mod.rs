//! Files of deals and customers, in and out.

use leptos::prelude::*;

use super::deals::Listing;

/// The buttons "Import" and "Export" of the Deals page.
#[component]
pub fn DealFileActions(listing: Listing) -> impl IntoView {
    let _ = listing;
}

/// The ways on for a visitor without deals: "Import", "Load sample data".
#[component]
pub fn FirstVisitActions() -> impl IntoView {
    let app = super::app::use_app();
    view! {
        <button type="button" class="button" on:click=move |_| super::sample::load(app)>
            "Load sample data"
        </button>
    }
}
