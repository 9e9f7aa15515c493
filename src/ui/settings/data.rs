//! Account settings, Data: everything in and out, and what it takes up.

mod backup;
mod erase;
mod restore;
mod sample;
mod snapshots;
mod storage;
mod unread;

use self::backup::BackupSection;
use self::erase::EraseSection;
use self::sample::SampleSection;
use self::snapshots::SnapshotsSection;
use self::storage::StorageSection;
use self::unread::UnreadSection;
use crate::store::keeper::SaveStatus;
use crate::ui::app::use_app;
use crate::ui::import::DataFileActions;
use crate::ui::notices::download_stored;
use crate::ui::parts::Icon;
use crate::ui::prelude::*;

/// The page with everything about the data itself.
#[component]
pub fn DataPage() -> impl IntoView {
    view! {
        <div class="data-page">
            <UntouchedSection />
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

/// Shown where what is stored could not be opened.
#[component]
fn UntouchedSection() -> impl IntoView {
    let app = use_app();
    let reason = memo(move || match app.store.keeper.status() {
        SaveStatus::Untouched(reason) => Some(reason),
        _ => None,
    });
    view! {
        <Show when=move || reason.get().is_some()>
            <DataSection title="Stored data" id="data-stored" danger=true>
                <p class="data-text">
                    {move || reason.get()}
                    " What is stored was not opened, and is left as it is. A backup that you make here has only what you see here."
                </p>
                <div class="data-actions">
                    <button type="button" class="button" on:click=move |_| download_stored(app)>
                        <Icon name="download" />
                        "Download stored data"
                    </button>
                </div>
            </DataSection>
        </Show>
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
