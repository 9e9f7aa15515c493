//! Account settings.
mod data;
use super::parts::Page;
use crate::domain::id::ProcessId;
use crate::route::SettingsPage;
use leptos::prelude::*;
/// A page of the account settings.
#[component]
pub fn SettingsScreen(page: SettingsPage) -> impl IntoView {
    let _ = page;
    view! { <Page heading="Account settings".to_owned()><data::DataPage /></Page> }
}
/// The configurator of a process; none is a new one.
#[component]
pub fn ProcessScreen(id: Option<ProcessId>) -> impl IntoView {
    let _ = id;
    view! { <Page heading="New process".to_owned()><p></p></Page> }
}
