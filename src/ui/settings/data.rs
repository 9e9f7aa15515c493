//! Backup, restore, import, export, storage in use.

use leptos::prelude::*;

/// The page "Data".
#[component]
pub fn DataPage() -> impl IntoView {
    view! { <h2>"Data"</h2> }
}
