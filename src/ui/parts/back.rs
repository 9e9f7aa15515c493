//! The link to the page above.

use super::Icon;
use crate::ui::prelude::*;

/// The link to the page above, before the heading.
#[component]
pub fn Back(
    /// Its address.
    href: String,
    /// What that page is called.
    to: &'static str,
) -> impl IntoView {
    view! {
        <a class="back" href=href>
            <Icon name="back" />
            {to}
        </a>
    }
}
