//! One deal: its form and its profile.
use super::parts::Page;
use crate::domain::id::{CustomerId, DealId};
use leptos::prelude::*;
/// The form of a new deal.
#[component]
pub fn NewDeal(customer: Option<CustomerId>) -> impl IntoView {
    let _ = customer;
    view! { <Page heading="Add deal".to_owned()><p></p></Page> }
}
/// The form of a deal.
#[component]
pub fn EditDeal(id: DealId) -> impl IntoView {
    let _ = id;
    view! { <Page heading="Edit deal".to_owned()><p></p></Page> }
}
/// The profile of a deal.
#[component]
pub fn DealProfile(id: DealId) -> impl IntoView {
    let _ = id;
    view! { <Page heading="Deal".to_owned()><p></p></Page> }
}
