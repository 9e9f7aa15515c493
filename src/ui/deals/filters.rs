//! The filters of the Deals page.

use super::Listing;
use super::views::Views;
use crate::domain::read::filter::{Kind, Tab};
use crate::ui::filtering::{FilterBar, KindFilter};
use crate::ui::prelude::*;

/// The bar of filters, with the saved views.
#[component]
pub fn Filters(listing: Listing) -> impl IntoView {
    let filtering = listing.filtering();
    let of_status = view! {
        <KindFilter filtering kind=Kind::Stage />
        <Show when=move || listing.tab() == Tab::Closed>
            <KindFilter filtering kind=Kind::Status />
        </Show>
    };
    let last = view! { <Views listing /> };
    view! { <FilterBar filtering of_status=of_status.into_any() last=last.into_any() /> }
}
