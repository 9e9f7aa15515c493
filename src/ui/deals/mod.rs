//! The list of deals: filters, summary, charts, table.

mod bulk;
mod cell;
mod charts;
mod chips;
mod columns;
mod filters;
mod kinds;
mod ranges;
mod report;
mod row;
mod selection;
mod summary;
mod table;
mod views;

use super::app::{App, use_app};
use super::notices::download_stored;
use super::parts::{Empty, Icon, OfferLink, Page};
use crate::domain::read::columns::Columns;
use crate::domain::read::filter::{Filter, Tab};
use crate::domain::value::id::DealId;
use crate::route::{DealsView, Route, SettingsPage};
use crate::store::keeper::SaveStatus;
use crate::ui::prelude::*;
use crate::web::clock;

/// What the parts of the Deals page share.
#[derive(Clone, Copy)]
pub struct Listing {
    /// The tab, the filters and the order, as the address says.
    pub view: Memo<DealsView>,
    /// The tab and the filters, whatever the order.
    pub wanted: Memo<(Tab, Filter)>,
    /// The deals that fit, in order.
    pub ids: Memo<Vec<DealId>>,
    /// The columns of the open and of the closed deals.
    columns: Memo<(Columns, Columns)>,
    /// Says that this browser remembers other columns.
    remembered: RwSignal<()>,
}

impl Listing {
    fn new(app: App) -> Self {
        let view = Memo::new(move |before: Option<&DealsView>| match app.router.route() {
            Route::Deals(view) => view,
            _ => before.cloned().unwrap_or_default(),
        });
        let wanted = Memo::new(move |_| view.with(|view| (view.tab, view.filter.clone())));
        let ids = Memo::new(move |_| {
            let now = clock::here();
            view.with(|view| {
                let DealsView {
                    tab, filter, sort, ..
                } = view;
                app.store
                    .index(|index, workspace| index.listed(workspace, filter, *tab, *sort, now))
            })
        });
        let named = Memo::new(move |_| view.with(|view| (view.tab, view.columns.clone())));
        let remembered = RwSignal::new(());
        let columns = Memo::new(move |_| {
            remembered.track();
            let (tab, named) = named.get();
            let of = |other: Tab| {
                let named = named.clone().filter(|_| other == tab);
                let chosen = named.or_else(|| columns::remembered(other));
                chosen.unwrap_or_else(|| columns::usual(app, other))
            };
            (of(Tab::Open), of(Tab::Closed))
        });
        Self {
            view,
            wanted,
            ids,
            columns,
            remembered,
        }
    }

    /// Goes to the view as the edit makes it, as a new step of the browser's history.
    pub fn change(self, app: App, edit: impl FnOnce(&mut DealsView)) {
        app.router.go(&Route::Deals(self.edited(edit)));
    }

    /// The same without a new step, for what is typed letter by letter.
    pub fn refine(self, app: App, edit: impl FnOnce(&mut DealsView)) {
        app.router.replace(Route::Deals(self.edited(edit)));
    }

    /// The view as an edit makes it. What this browser remembers goes into the
    /// address with the first edit, so that it shows the same to anyone.
    fn edited(self, edit: impl FnOnce(&mut DealsView)) -> DealsView {
        let mut view = self.view.get_untracked();
        view.columns = view.columns.or_else(|| columns::remembered(view.tab));
        edit(&mut view);
        view
    }

    /// The columns of a tab: as the address says of its own, else as they were
    /// chosen last in this browser, else the usual ones. Follows them.
    pub fn columns_of(self, tab: Tab) -> Columns {
        self.columns.with(|(open, closed)| match tab {
            Tab::Open => open.clone(),
            Tab::Closed => closed.clone(),
        })
    }

    /// The view with its columns, to be shown the same wherever it is kept.
    pub fn whole_view(self) -> DealsView {
        DealsView {
            columns: Some(untrack(|| self.columns_of(self.tab()))),
            ..self.view.get_untracked()
        }
    }

    /// The tab; follows it.
    pub fn tab(self) -> Tab {
        self.view.with(|view| view.tab)
    }
}

/// The Deals page.
#[component]
pub fn DealsPage() -> impl IntoView {
    let app = use_app();
    let listing = Listing::new(app);
    let is_empty = Memo::new(move |_| app.store.all(|workspace| workspace.deals.is_empty()));
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
                    <table::DealTable listing />
                </section>
            </Show>
        </Page>
    }
}

#[component]
fn Tabs(listing: Listing) -> impl IntoView {
    let app = use_app();
    let counts = Memo::new(move |_| {
        app.store
            .index(|index, _| (index.count(Tab::Open), index.count(Tab::Closed)))
    });
    let tab = move |tab: Tab, text: &'static str| {
        let href = move || {
            listing
                .view
                .with(|view| Route::Deals(view.on_tab(tab)).href())
        };
        let count = move || {
            let (open, closed) = counts.get();
            app.formats()
                .count(if tab == Tab::Open { open } else { closed })
        };
        view! {
            <a class="tab" href=href aria-current=move || (listing.tab() == tab).then_some("page")>
                {text}
                <span class="tab-count" aria-hidden="true">{count}</span>
            </a>
        }
    };
    view! {
        <nav class="tabs" aria-label="Tabs">
            {tab(Tab::Open, "Open deals")} {tab(Tab::Closed, "Closed deals")}
        </nav>
    }
}

/// What is shown where there is no deal.
#[component]
fn Nothing() -> impl IntoView {
    let app = use_app();
    let is_untouched =
        Memo::new(move |_| matches!(app.store.keeper.status(), SaveStatus::Untouched(_)));
    move || match is_untouched.get() {
        true => view! { <NotOpened /> }.into_any(),
        false => view! { <FirstVisit /> }.into_any(),
    }
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
        </div>
    }
}

/// Whether any filter is on.
fn is_filtered(filter: &Filter) -> bool {
    !filter.is_empty()
}
