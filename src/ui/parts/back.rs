//! The link to the page above.

use super::Icon;
use crate::ui::prelude::*;

/// The link to the page above, before the heading: to how it was left, where
/// one came from there.
#[component]
pub fn Back(
    /// Its address.
    href: String,
    /// What that page is called.
    to: &'static str,
) -> impl IntoView {
    view! {
        <a class="back" href=href data-back="">
            <Icon name="back" />
            {to}
        </a>
    }
}
