//! The summary over all deals of the tab, whatever their process.

use super::{Listing, is_filtered};
use crate::chart::{win_rate, win_rate_by_value};
use crate::domain::read::filter::{Filter, Tab};
use crate::domain::read::stats::{OpenTally, Outcomes, Summary, Tally};
use crate::domain::record::deal::Outcome;
use crate::domain::record::next_step::WhenDue;
use crate::domain::value::money::Total;
use crate::route::Route;
use crate::ui::app::{App, use_app};
use crate::ui::prelude::*;
use crate::web::clock;
use crate::web::intl::Formats;

/// One figure: its name, the number, and what stands below it.
#[derive(Clone, Default, PartialEq)]
struct Figure {
    name: &'static str,
    value: String,
    detail: String,
    /// What stands behind that, and leads to the deals without a next step.
    link: String,
    class: &'static str,
}

/// The region "Summary".
#[component]
pub fn SummaryRegion(listing: Listing) -> impl IntoView {
    let app = use_app();
    let shown = memo(move || {
        let now = clock::here();
        listing.wanted.with(|(tab, filter)| {
            app.store
                .index(|index, workspace| index.summary(workspace, filter, *tab, now))
        })
    });
    let filtered = memo(move || listing.view.with(|view| is_filtered(&view.filter)));
    let tab = memo(move || listing.tab());
    let total = memo(move || {
        let tab = tab.get();
        filtered
            .get()
            .then(|| app.store.index(|index, _| index.total(tab)))
    });
    let figures = memo(move || {
        let (shown, total) = (shown.get(), total.get());
        figures_of(&app.formats(), listing.tab(), &shown, total.as_ref())
    });
    let count = memo(move || figures.with(Vec::len));
    // The figures stay in the page while what they say changes.
    let one = move |at: usize| {
        let figure =
            memo(move || figures.with(|figures| figures.get(at).cloned().unwrap_or_default()));
        let class = move || figure.with(|figure| format!("summary-figure {}", figure.class));
        view! {
            <div class=class>
                <dt>{move || figure.with(|figure| figure.name)}</dt>
                <dd class="summary-value">{move || figure.with(|figure| figure.value.clone())}</dd>
                <dd class="summary-detail">
                    {move || figure.with(|figure| figure.detail.clone())}
                    {move || link(figure.with(|figure| figure.link.clone()), listing)}
                </dd>
            </div>
        }
    };
    view! {
        <section class="summary" aria-label="Summary" aria-busy=move || app.store.is_busy()>
            {move || {
                filtered
                    .get()
                    .then(|| {
                        let meaning = "Behind each figure stands the total of the tab.";
                        view! {
                            <p class="summary-note" title=meaning>
                                "Filtered."
                                <span class="visually-hidden">{meaning}</span>
                            </p>
                        }
                    })
            }}
            <dl class="summary-figures">
                <For each=move || 0..count.get() key=|at| *at children=one />
            </dl>
        </section>
    }
}

/// The way to the deals without a next step, among those that are shown.
fn link(text: String, listing: Listing) -> Option<impl IntoView> {
    let href = move || {
        let mut view = listing.view.get();
        view.filter.next = WhenDue::Missing.into();
        Route::Deals(view).href()
    };
    (!text.is_empty()).then(|| view! { <a href=href>{text}</a> })
}

fn figures_of(
    formats: &Formats,
    tab: Tab,
    shown: &Summary,
    total: Option<&Summary>,
) -> Vec<Figure> {
    match tab {
        Tab::Open => open(formats, shown, total.map(|total| total.open)),
        Tab::Closed => closed(formats, shown, total),
        Tab::All => all(formats, shown, total),
    }
}

/// The summary on paper.
pub(super) fn printed(app: App, tab: Tab, filter: &Filter) -> AnyView {
    let figures = app.store.index(|index, workspace| {
        let shown = index.summary(workspace, filter, tab, clock::here());
        let total = is_filtered(filter).then(|| index.total(tab));
        figures_of(&app.formats(), tab, &shown, total.as_ref())
    });
    let one = |figure: Figure| {
        view! {
            <div class="summary-figure">
                <dt>{figure.name}</dt>
                <dd class="summary-value">{figure.value}</dd>
                <dd class="summary-detail">{figure.detail} {figure.link}</dd>
            </div>
        }
    };
    view! { <dl class="summary-figures">{figures.into_iter().map(one).collect_view()}</dl> }
        .into_any()
}

fn of_total(text: String, total: Option<String>) -> String {
    total.map_or(text.clone(), |total| {
        let separator = if text.is_empty() { "" } else { " · " };
        format!("of {total}{separator}{text}")
    })
}

fn open(formats: &Formats, summary: &Summary, total: Option<OpenTally>) -> Vec<Figure> {
    let shown = summary.open;
    let without_step = match summary.without_step.count {
        0 => String::new(),
        count => format!("{} without a next step", formats.count(count)),
    };
    let unknown = match shown.all.unknown_value {
        0 => String::new(),
        count => format!("{} without a value", formats.count(count)),
    };
    let count = |tally: OpenTally| formats.count(tally.all.count);
    let known = |tally: OpenTally, sum: Total| match tally.all.is_unknown() {
        true => "–".to_owned(),
        false => formats.money(sum.minor()),
    };
    let value = |tally: OpenTally| known(tally, tally.all.value);
    let weighted = |tally: OpenTally| known(tally, tally.weighted.rounded());
    vec![
        Figure {
            name: "Open deals",
            value: count(shown),
            detail: of_total(String::new(), total.map(count)),
            link: without_step,
            class: "",
        },
        Figure {
            name: "Total value",
            value: value(shown),
            detail: of_total(unknown, total.map(value)),
            link: String::new(),
            class: "",
        },
        Figure {
            name: "Weighted value",
            value: weighted(shown),
            detail: of_total(String::new(), total.map(weighted)),
            link: String::new(),
            class: "",
        },
    ]
}

/// Open and closed deals side by side.
fn all(formats: &Formats, shown: &Summary, total: Option<&Summary>) -> Vec<Figure> {
    let everything = |summary: &Summary| {
        let mut all = summary.open.all;
        all.add_tally(summary.closed.all());
        all
    };
    let one = |name, class, of: &dyn Fn(&Summary) -> Tally| {
        let tally = of(shown);
        let value = tally
            .has_value()
            .then(|| formats.money(tally.value.minor()));
        Figure {
            name,
            value: formats.count(tally.count),
            detail: of_total(
                value.unwrap_or_default(),
                total.map(|total| formats.count(of(total).count)),
            ),
            link: String::new(),
            class,
        }
    };
    vec![
        one("All deals", "", &everything),
        one("Open", "", &|summary| summary.open.all),
        one("Won", "figure-won", &|summary| summary.closed.won),
        one("Lost", "figure-lost", &|summary| summary.closed.lost),
        one("Outdated", "figure-outdated", &|summary| {
            summary.closed.outdated
        }),
    ]
}

fn closed(formats: &Formats, shown: &Summary, total: Option<&Summary>) -> Vec<Figure> {
    let all = shown.closed;
    let one = |outcome: Outcome, class| {
        let count = |outcomes: Outcomes| formats.count(outcomes.of(outcome).count);
        Figure {
            name: outcome.title(),
            value: count(all),
            detail: of_total(
                formats.money(all.of(outcome).value.minor()),
                total.map(|total| count(total.closed)),
            ),
            link: String::new(),
            class,
        }
    };
    let rate = |rate: Option<String>| rate.unwrap_or_else(|| "–".to_owned());
    let count = |outcomes: Outcomes| formats.count(outcomes.all().count);
    vec![
        Figure {
            name: "Closed deals",
            value: count(all),
            detail: of_total(String::new(), total.map(|total| count(total.closed))),
            link: String::new(),
            class: "",
        },
        one(Outcome::Won, "figure-won"),
        one(Outcome::Lost, "figure-lost"),
        one(Outcome::Outdated, "figure-outdated"),
        Figure {
            name: "Win rate",
            value: rate(win_rate(&all, formats)),
            detail: format!("{} by value", rate(win_rate_by_value(&all, formats))),
            link: String::new(),
            class: "",
        },
    ]
}
