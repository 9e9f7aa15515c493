//! The list of deals: filters, summary, charts, table.

mod board;
mod bulk;
mod cell;
mod charts;
mod columns;
mod filters;
mod layout;
mod listing;
mod moves;
mod report;
mod row;
mod selection;
mod summary;
mod table;
mod views;

use super::app::use_app;
use super::chunks;
use super::notices::download_stored;
use super::parts::{Empty, Icon, OfferLink, Page};
use crate::domain::read::filter::{Filter, Tab};
use crate::route::{Route, SettingsPage};
use crate::store::keeper::SaveStatus;
use crate::ui::prelude::*;
use crate::web::router;

pub use board::Board;
pub use columns::ColumnsDialog;
pub use listing::Listing;
pub use report::report;
pub use selection::Selection;
pub use views::{DeleteViews, SaveView};

/// The Deals page.
#[component]
pub fn DealsPage() -> impl IntoView {
    let app = use_app();
    let listing = Listing::new(app);
    let is_empty = memo(move || app.store.all(|workspace| workspace.deals.is_empty()));
    let is_board = memo(move || listing.board.with(Option::is_some));
    selection::keep_to_list(listing);
    let actions = move || {
        view! {
            <div class="deals-actions">
                <super::import::DealFileActions listing />
                <Show when=move || !is_empty.get()>
                    <report::PrintButton listing />
                </Show>
                <OfferLink text="Add deal" icon="add" class="button-primary" route=Route::NewDeal(None) />
            </div>
        }
    };
    let tabs = move || {
        view! {
            <Show when=move || !is_empty.get()>
                <Tabs listing />
            </Show>
        }
    };
    view! {
        <Page heading="Deals".to_owned() beside=tabs actions=actions>
            <Show when=move || !is_empty.get() fallback=Nothing>
                <filters::Filters listing />
                <summary::SummaryRegion listing />
                <charts::Charts listing />
                <section
                    class="deals-card"
                    aria-label="Deals"
                    aria-busy=move || app.store.is_busy()
                >
                    <columns::ListHead listing />
                    <selection::SelectionBar listing />
                    <Show
                        when=move || is_board.get()
                        fallback=move || view! { <table::DealTable listing /> }
                    >
                        {app.chunks.work.view(move |it| (it.board)(listing))}
                    </Show>
                </section>
            </Show>
        </Page>
    }
}

#[component]
fn Tabs(listing: Listing) -> impl IntoView {
    let app = use_app();
    let counts = memo(move || {
        app.store
            .index(|index, _| Tab::ALL.map(|tab| index.count(tab)))
    });
    let tab = move |tab: Tab, at: usize| {
        let href = move || {
            listing
                .view
                .with(|view| Route::Deals(view.on_tab(tab)).href())
        };
        let count = move || {
            let count = counts.with(|counts| counts.get(at).copied());
            app.formats().count(count.unwrap_or_default())
        };
        view! {
            <a class="tab" href=href aria-current=move || (listing.tab() == tab).then_some("page")>
                {tab.title()}
                <span class="tab-count" aria-hidden="true">{move || count()}</span>
            </a>
        }
    };
    view! {
        <nav class="tabs" aria-label="Tabs">
            {Tab::ALL.into_iter().enumerate().map(|(at, it)| tab(it, at)).collect_view()}
        </nav>
    }
}

/// What is shown where there is no deal.
#[component]
fn Nothing() -> impl IntoView {
    let app = use_app();
    let is_untouched = memo(move || matches!(app.store.keeper.status(), SaveStatus::Untouched(_)));
    following(move || match is_untouched.get() {
        true => view! { <NotOpened /> }.into_any(),
        false if app.store.is_busy().is_some() => chunks::coming(),
        false => view! { <FirstVisit /> }.into_any(),
    })
}

/// What is shown where there may be deals that could not be opened.
#[component]
fn NotOpened() -> impl IntoView {
    let app = use_app();
    view! {
        <div class="card">
            <Empty
                icon="alert"
                title="Your deals are not shown"
                text="What this browser has stored could not be opened. It is still there, exactly as it was. Nothing is written over it unless you erase it in Account settings, Data."
            >
                <button type="button" class="button button-primary" on:click=move |_| download_stored(app)>
                    <Icon name="download" />
                    "Download stored data"
                </button>
                <a class="button" href=Route::Settings(SettingsPage::Data).href()>
                    "Account settings, Data"
                </a>
            </Empty>
        </div>
    }
}

/// What a visitor sees before there is any deal.
#[component]
fn FirstVisit() -> impl IntoView {
    view! {
        <div class="card">
            <Empty
                icon="deals"
                title="Your pipeline starts here"
                text="Add your first deal, bring your deals in from a CSV file, or look around with sample data. Everything stays in this browser."
            >
                <a class="button button-primary" href=Route::NewDeal(None).href()>
                    <Icon name="add" />
                    "Add deal"
                </a>
                <super::import::FirstVisitActions />
            </Empty>
            <p class="first-visit-more">
                "Do some of your deals go another way than others? "
                <a href=Route::Guide.href()>"Set up several processes"</a>
            </p>
            {router::is_from_disk().then(from_disk)}
        </div>
    }
}

/// What is said where the page is a file that was opened from a disk.
fn from_disk() -> AnyView {
    view! {
        <p class="first-visit-more">
            "This is Pipewright as one file. Your deals are kept by this browser, not in the file. "
            <a href=Route::Settings(SettingsPage::Data).href()>"Where your data lives, and backups"</a>
        </p>
    }
    .into_any()
}

/// Whether any filter is on.
fn is_filtered(filter: &Filter) -> bool {
    !filter.is_empty()
}
