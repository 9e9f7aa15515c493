//! The page Statistics: what a sales manager asks of all deals.

mod choices;
mod overview;
mod period;
mod ranked;
mod report;
mod section;

use crate::domain::read::filter::{Filter, Tab};
use crate::domain::read::statistics::{Behind, Scope, Section};
use crate::route::{DealsView, Route, StatisticsView};
use crate::ui::app::{App, use_app};
use crate::ui::chunks;
use crate::ui::filtering::{FilterBar, Filtering};
use crate::ui::offers::Offer;
use crate::ui::parts::chart::{Look, use_look};
use crate::ui::parts::{Empty, Page};
use crate::ui::prelude::*;
use crate::web::clock;

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Asked {
    /// What the address asks for.
    view: Memo<StatisticsView>,
    /// The filters, as the bar has them.
    wanted: Memo<(Tab, Filter)>,
    /// What all drawings are drawn by.
    look: Signal<Look>,
}

impl Asked {
    fn new(app: App) -> Self {
        let view = Memo::new(
            move |before: Option<&StatisticsView>| match app.router.route() {
                Route::Statistics(view) => view,
                _ => before.cloned().unwrap_or_default(),
            },
        );
        Self {
            view,
            wanted: memo(move || view.with(|view| (Tab::All, view.filter.clone()))),
            look: use_look(),
        }
    }

    fn filtering(self) -> Filtering {
        Filtering {
            wanted: self.wanted,
            dated: false,
            go: filter_by,
        }
    }

    /// Goes to the view as the edit makes it.
    fn change(self, app: App, edit: impl FnOnce(&mut StatisticsView)) {
        let mut view = self.view.get_untracked();
        edit(&mut view);
        app.router.go(&Route::Statistics(view));
    }
}

fn scope_of(view: &StatisticsView) -> Scope {
    Scope::new(&view.filter, view.period, clock::here())
}

/// Shows the page with other filters.
fn filter_by(app: App, filter: Filter, is_step: bool) {
    if let Route::Statistics(view) = untrack(|| app.router.route()) {
        let route = Route::Statistics(StatisticsView { filter, ..view });
        match is_step {
            true => app.router.go(&route),
            false => app.router.replace(route),
        }
    }
}

/// The address of the list behind a figure.
fn link(behind: Behind) -> String {
    let Behind { tab, filter } = behind;
    let view = DealsView {
        tab,
        filter,
        ..DealsView::default()
    };
    view.href()
}

/// The page.
#[component]
pub fn StatisticsPage() -> impl IntoView {
    let app = use_app();
    let asked = Asked::new(app);
    let is_empty = memo(move || app.store.all(|workspace| workspace.deals.is_empty()));
    let section = memo(move || asked.view.with(|view| view.section));
    app.offers.add(move || {
        let sections = Section::ALL.into_iter();
        let offer = |to: Section| {
            let text = format!("Statistics: {}", to.title());
            Offer::new("statistics", text, move || {
                asked.change(app, |view| view.section = to);
            })
        };
        let others = sections.filter(|to| *to != section.get());
        others.map(offer).collect()
    });
    let actions = move || {
        view! {
            <Show when=move || !is_empty.get()>
                <report::PrintButton asked />
            </Show>
        }
    };
    let tabs = move || view! { <Sections asked /> };
    view! {
        <Page heading="Statistics".to_owned() beside=tabs actions=actions>
            <Show when=move || !is_empty.get() fallback=nothing>
                <FilterBar
                    filtering=asked.filtering()
                    of_status=().into_any()
                    last=view! { <period::PeriodChoice asked /> }.into_any()
                />
                <div class="statistics" aria-busy=move || app.store.is_busy()>
                    {move || match section.get() {
                        Section::Overview => view! { <overview::OverviewSection asked /> }.into_any(),
                        _ => view! { <section::Figures asked /> }.into_any(),
                    }}
                </div>
            </Show>
        </Page>
    }
}

/// The navigation among the sections, each with the same filters and period.
#[component]
fn Sections(asked: Asked) -> impl IntoView {
    let one = move |to: Section| {
        let href = move || asked.view.with(|view| view.in_section(to).href());
        let is_here = move || asked.view.with(|view| view.section == to);
        view! {
            <a class="tab" href=href aria-current=move || is_here().then_some("page")>
                {to.title()}
            </a>
        }
    };
    view! {
        <nav class="tabs statistics-sections" aria-label="Statistics">
            {Section::ALL.map(one).collect_view()}
        </nav>
    }
}

/// What is shown where there is no deal.
fn nothing() -> AnyView {
    let app = use_app();
    following(move || match app.store.is_busy() {
        Some(_) => chunks::coming(),
        None => first_deals(),
    })
}

fn first_deals() -> AnyView {
    view! {
        <div class="card">
            <Empty
                icon="statistics"
                title="Nothing to count yet"
                text="With the first deals, this page shows what is open, what to expect, where deals are lost, and which work wins them: for each sales process and for all together."
            >
                <a class="button button-primary" href=DealsView::default().href()>"Go to the deals"</a>
            </Empty>
        </div>
    }
    .into_any()
}
