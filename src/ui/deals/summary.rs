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

/// A sum of the values of deals, if any is known.
fn known(formats: &Formats, tally: Tally, sum: Total) -> String {
    match tally.is_unknown() {
        true => "–".to_owned(),
        false => formats.money(sum.minor()),
    }
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
    let value = |tally: OpenTally| known(formats, tally.all, tally.all.value);
    let weighted = |tally: OpenTally| known(formats, tally.all, tally.weighted.rounded());
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

/// So many deals, and below them their value; behind both that of the whole
/// tab.
fn counted(
    formats: &Formats,
    (name, class): (&'static str, &'static str),
    shown: Tally,
    total: Option<Tally>,
) -> Figure {
    let value = |tally: Tally| known(formats, tally, tally.value);
    let detail = match total {
        Some(total) if total.has_value() => format!("{} of {}", value(shown), value(total)),
        None if shown.has_value() => value(shown),
        _ => String::new(),
    };
    Figure {
        name,
        value: formats.count(shown.count),
        detail: of_total(detail, total.map(|total| formats.count(total.count))),
        link: String::new(),
        class,
    }
}

/// How the deals of an outcome are called and marked.
fn looks(outcome: Outcome) -> (&'static str, &'static str) {
    let class = match outcome {
        Outcome::Won => "figure-won",
        Outcome::Lost => "figure-lost",
        Outcome::Outdated => "figure-outdated",
    };
    (outcome.title(), class)
}

/// Open and closed deals side by side.
fn all(formats: &Formats, shown: &Summary, total: Option<&Summary>) -> Vec<Figure> {
    let everything = |summary: &Summary| {
        let mut all = summary.open.all;
        all.add_tally(summary.closed.all());
        all
    };
    let one =
        |looks, of: &dyn Fn(&Summary) -> Tally| counted(formats, looks, of(shown), total.map(of));
    let mut figures = vec![
        one(("All deals", ""), &everything),
        one(("Open", ""), &|summary| summary.open.all),
    ];
    let closed = Outcome::ALL.into_iter();
    figures.extend(closed.map(|it| one(looks(it), &|summary| summary.closed.of(it))));
    figures
}

fn closed(formats: &Formats, shown: &Summary, total: Option<&Summary>) -> Vec<Figure> {
    let (shown, total) = (shown.closed, total.map(|total| total.closed));
    let rate = |rate: Option<String>| rate.unwrap_or_else(|| "–".to_owned());
    let count = |outcomes: Outcomes| formats.count(outcomes.all().count);
    let by_count = |outcomes: Outcomes| rate(win_rate(&outcomes, formats));
    let by_value = |outcomes: Outcomes| rate(win_rate_by_value(&outcomes, formats));
    let mut figures = vec![Figure {
        name: "Closed deals",
        value: count(shown),
        detail: of_total(String::new(), total.map(count)),
        link: String::new(),
        class: "",
    }];
    let one = |it: Outcome| {
        counted(
            formats,
            looks(it),
            shown.of(it),
            total.map(|all| all.of(it)),
        )
    };
    figures.extend(Outcome::ALL.map(one));
    let detail = format!("{} by value", by_value(shown));
    figures.push(Figure {
        name: "Win rate",
        value: by_count(shown),
        // A share of a share would read as one of the other.
        detail: match total {
            Some(all) => format!("all: {} · {detail}, all: {}", by_count(all), by_value(all)),
            None => detail,
        },
        link: String::new(),
        class: "",
    });
    figures
}
