//! One chart per process that has deals in the tab.

use leptos::prelude::*;

use super::Listing;
use crate::chart::{
    Figures, closed_figures, closed_height_px, closed_options, open_figures, open_height_px,
    open_options,
};
use crate::domain::filter::{DateField, Pick, Tab};
use crate::domain::id::ProcessId;
use crate::domain::stats::{ClosedStats, Month, OpenStats, closed_by_process, open_by_process};
use crate::ui::app::use_app;
use crate::ui::parts::chart::{ChartFigure, Look, use_look};
use crate::web::clock;

/// The region "Charts".
#[component]
pub fn Charts(listing: Listing) -> impl IntoView {
    let look = use_look();
    view! {
        <section class="charts" aria-label="Charts">
            {move || match listing.tab() {
                Tab::Open => view! { <OpenCharts listing look /> }.into_any(),
                Tab::Closed => view! { <ClosedCharts listing look /> }.into_any(),
            }}
        </section>
    }
}

#[component]
fn OpenCharts(listing: Listing, look: Signal<Look>) -> impl IntoView {
    let app = use_app();
    let stats = Memo::new(move |_| {
        listing.ids.with(|ids| {
            app.store.all(|workspace| {
                let deals = ids.iter().filter_map(|id| workspace.deals.get(id));
                let (now, today) = (clock::now(), clock::today());
                open_by_process(workspace, deals.map(AsRef::as_ref), now, today)
            })
        })
    });
    let one = move |id: ProcessId| {
        let of = Memo::new(move |before: Option<&Option<OpenStats>>| {
            let found = stats.with(|all| all.iter().find(|stats| stats.process == id).cloned());
            found.or_else(|| before.cloned().flatten())
        });
        let title = Signal::derive(move || {
            of.with(|of| {
                of.as_ref()
                    .map(|of| format!("{}: open deals by stage", of.name))
            })
            .unwrap_or_default()
        });
        let options = Signal::derive(move || {
            let (look, formats) = (look.get(), app.formats());
            of.with(|of| {
                let of = of.as_ref()?;
                Some(open_options(
                    of,
                    &look.palette,
                    &formats,
                    look.reduced_motion,
                ))
            })
            .unwrap_or_default()
        });
        let figures = Signal::derive(move || {
            let formats = app.formats();
            of.with(|of| of.as_ref().map(|of| open_figures(of, &formats)))
                .unwrap_or_default()
        });
        let height = Signal::derive(move || of.with(|of| of.as_ref().map_or(0, open_height_px)));
        let pick = move |key: String| {
            let stage = if key == "none" {
                Some(Pick::Blank)
            } else {
                key.parse().ok().map(Pick::Is)
            };
            listing.change(app, |view| {
                let filter = &mut view.filter;
                let again = filter.process == Some(id) && filter.stage == stage;
                filter.process = (!again).then_some(id);
                filter.stage = stage.filter(|_| !again);
            });
        };
        view! { <Figure title options figures height_px=height look on_pick=Callback::new(pick) /> }
    };
    let ids = move || stats.with(|all| all.iter().map(|stats| stats.process).collect::<Vec<_>>());
    view! { <For each=ids key=|id| *id children=one /> }
}

#[component]
fn ClosedCharts(listing: Listing, look: Signal<Look>) -> impl IntoView {
    let app = use_app();
    let stats = Memo::new(move |_| {
        listing.ids.with(|ids| {
            app.store.all(|workspace| {
                let deals = ids.iter().filter_map(|id| workspace.deals.get(id));
                closed_by_process(workspace, deals.map(AsRef::as_ref))
            })
        })
    });
    let one = move |id: ProcessId| {
        let of = Memo::new(move |before: Option<&Option<ClosedStats>>| {
            let found = stats.with(|all| all.iter().find(|stats| stats.process == id).cloned());
            found.or_else(|| before.cloned().flatten())
        });
        let title = Signal::derive(move || {
            of.with(|of| of.as_ref().map(|of| format!("{}: closed deals", of.name)))
                .unwrap_or_default()
        });
        let options = Signal::derive(move || {
            let (look, formats) = (look.get(), app.formats());
            of.with(|of| {
                let of = of.as_ref()?;
                Some(closed_options(
                    of,
                    &look.palette,
                    &formats,
                    look.reduced_motion,
                ))
            })
            .unwrap_or_default()
        });
        let figures = Signal::derive(move || {
            let formats = app.formats();
            of.with(|of| of.as_ref().map(|of| closed_figures(of, &formats)))
                .unwrap_or_default()
        });
        let height = Signal::derive(closed_height_px);
        let pick = move |key: String| {
            let Some((from, to)) = key.parse::<Month>().ok().and_then(Month::days) else {
                return;
            };
            listing.change(app, |view| {
                let filter = &mut view.filter;
                let again = filter.process == Some(id)
                    && (filter.from, filter.to) == (Some(from), Some(to));
                filter.process = (!again).then_some(id);
                filter.from = (!again).then_some(from);
                filter.to = (!again).then_some(to);
                filter.date_field = DateField::Close;
            });
        };
        view! { <Figure title options figures height_px=height look on_pick=Callback::new(pick) /> }
    };
    let ids = move || stats.with(|all| all.iter().map(|stats| stats.process).collect::<Vec<_>>());
    view! { <For each=ids key=|id| *id children=one /> }
}

#[component]
fn Figure(
    title: Signal<String>,
    options: Signal<String>,
    figures: Signal<Figures>,
    height_px: Signal<u32>,
    look: Signal<Look>,
    on_pick: Callback<String>,
) -> impl IntoView {
    view! {
        <div class="chart-card">
            <ChartFigure title options figures height_px look on_pick />
        </div>
    }
}
