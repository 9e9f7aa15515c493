//! The page behind an address that leads nowhere.

use super::app::deals_href;
use super::parts::{Empty, Page};
use crate::ui::prelude::*;

/// The page "Not found", with a way back.
#[component]
pub fn NotFound() -> impl IntoView {
    view! {
        <Page heading="Not found".to_owned()>
            <Empty
                icon="search"
                title="There is nothing here"
                text="The address may be mistyped, or what it led to was deleted."
            >
                <a class="button button-primary" href=deals_href()>"Go to the deals"</a>
            </Empty>
        </Page>
    }
}
