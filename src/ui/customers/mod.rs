//! Customers: the list, the form, the profile.
use super::parts::Page;
use crate::domain::id::CustomerId;
use leptos::prelude::*;
/// The list of customers.
#[component]
pub fn CustomersPage() -> impl IntoView {
    view! { <Page heading="Customers".to_owned()><p></p></Page> }
}
/// The form of a new customer.
#[component]
pub fn NewCustomer() -> impl IntoView {
    view! { <Page heading="Add customer".to_owned()><p></p></Page> }
}
/// The form of a customer.
#[component]
pub fn EditCustomer(id: CustomerId) -> impl IntoView {
    let _ = id;
    view! { <Page heading="Edit customer".to_owned()><p></p></Page> }
}
/// The profile of a customer.
#[component]
pub fn CustomerProfile(id: CustomerId) -> impl IntoView {
    let _ = id;
    view! { <Page heading="Customer".to_owned()><p></p></Page> }
}
