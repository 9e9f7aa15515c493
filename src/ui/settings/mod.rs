//! Account settings: the pages beside their navigation, and the configurator.

mod configurator;
mod data;
mod general;
mod guide;
mod lists;
mod moving;
mod processes;
mod refusal;
mod replace;
mod rules;
mod succession;

use super::parts::Page;
use crate::route::{Route, SettingsPage};
use crate::ui::prelude::*;

pub use configurator::ProcessScreen;
pub use guide::GuideScreen;
pub use rules::RulesScreen;

/// A page of the account settings, with the navigation among them.
#[component]
pub fn SettingsScreen(page: SettingsPage) -> impl IntoView {
    let shown = match page {
        SettingsPage::General => view! { <general::GeneralPage /> }.into_any(),
        SettingsPage::Deals => view! { <processes::ProcessesPage /> }.into_any(),
        SettingsPage::Lists => view! { <lists::ListsPage /> }.into_any(),
        SettingsPage::Data => view! { <data::DataPage /> }.into_any(),
    };
    let link = move |to: SettingsPage| {
        view! {
            <a
                class="settings-link"
                href=Route::Settings(to).href()
                aria-current=(to == page).then_some("page")
            >
                {to.title()}
            </a>
        }
    };
    view! {
        <Page heading="Account settings".to_owned()>
            <div class="settings">
                <nav class="settings-nav" aria-label="Account settings">
                    {SettingsPage::ALL.map(link)}
                </nav>
                <div class="settings-page">{shown}</div>
            </div>
        </Page>
    }
}
