//! Account settings, Data: everything in and out, and what it takes up.

mod backup;
mod erase;
mod restore;
mod sample;
mod snapshots;
mod storage;
mod unread;

use leptos::prelude::*;

use self::backup::BackupSection;
use self::erase::EraseSection;
use self::sample::SampleSection;
use self::snapshots::SnapshotsSection;
use self::storage::StorageSection;
use self::unread::UnreadSection;
use crate::ui::import::DataFileActions;

/// The page with everything about the data itself.
#[component]
pub fn DataPage() -> impl IntoView {
    view! {
        <div class="data-page">
            <UnreadSection />
            <BackupSection />
            <SnapshotsSection />
            <DataSection title="CSV files" id="data-files">
                <p class="data-text">
                    "Bring deals and customers in from another program or a spreadsheet, or take the deals out. You see what an import does before it does it, and can undo it."
                </p>
                <div class="data-actions">
                    <DataFileActions />
                </div>
            </DataSection>
            <SampleSection />
            <StorageSection />
            <EraseSection />
        </div>
    }
}

/// One part of the page: its heading, what it is for, and what it holds.
#[component]
fn DataSection(
    /// The heading.
    title: &'static str,
    /// The id of the heading, which names the section.
    id: &'static str,
    /// What it does can't be taken back.
    #[prop(optional)]
    danger: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="card data-section" class:data-danger=danger aria-labelledby=id>
            <h2 id=id tabindex="-1">
                {title}
            </h2>
            {children()}
        </section>
    }
}
