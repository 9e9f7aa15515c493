//! The list of deals.
use super::parts::Page;
use leptos::prelude::*;
/// The Deals page.
#[component]
pub fn DealsPage() -> impl IntoView {
    view! { <Page heading="Deals".to_owned()><p></p></Page> }
}
