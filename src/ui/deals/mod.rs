//! The list of deals.
use leptos::prelude::*;
use super::parts::Page;
/// The Deals page.
#[component]
pub fn DealsPage() -> impl IntoView { view! { <Page heading="Deals".to_owned()><p></p></Page> } }
