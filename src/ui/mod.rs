//! The views.

pub mod parts;

use leptos::prelude::*;

/// Mounts the app into the page's body.
pub fn mount() {
    leptos::mount::mount_to_body(|| view! { <h1>"Deals"</h1> });
}
