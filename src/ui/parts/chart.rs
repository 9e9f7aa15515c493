//! A chart with all that belongs to it: title, facts, rule and figures.
//!
//! The drawing is for the eye and the mouse; the table beside it says the same
//! to everyone, and its buttons pick what a click on the drawing picks.

use std::cell::Cell;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use leptos::html::{Div, ElementType};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::chart::{Figures, Palette, Row, Table};
use crate::web::dom;
use crate::web::echarts::{self, EChart};
use crate::web::observe::{SizeWatch, ThemeWatch, VisibleWatch, reduced_motion};
use crate::web::palette::palette;

/// What all charts of a page are drawn by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look {
    /// The theme's colours.
    pub palette: Palette,
    /// The person asked for less motion.
    pub reduced_motion: bool,
}

/// The look, now and after each change of theme, while the caller lives.
pub fn use_look() -> Signal<Look> {
    let read = || Look {
        palette: palette(),
        reduced_motion: reduced_motion(),
    };
    let look = RwSignal::new(read());
    let watch = StoredValue::new_local(Some(ThemeWatch::new(move || {
        let now = read();
        if look.try_with_untracked(|before| *before != now) == Some(true) {
            look.try_set(now);
        }
    })));
    on_cleanup(move || drop(watch.try_update_value(Option::take)));
    look.into()
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Phase {
    /// Not in view yet, or on its way.
    Waiting,
    Ready,
    Failed(String),
}

/// What is alive behind the drawing, in the order it is to be dropped.
#[derive(Default)]
struct Alive {
    size: Option<SizeWatch>,
    visible: Option<VisibleWatch>,
    chart: Option<EChart>,
    /// The chart is there, or on its way.
    is_started: bool,
}

/// A figure: `title` names it, `options` is what ECharts draws (JSON, asked for
/// when it is to be drawn), `is_other` tells when that is another drawing,
/// `figures` what stands beside it, `tables` all its figures, `height_px` the
/// height of the drawing. `on_pick` hears the key of a part that was clicked,
/// in the drawing or the table.
#[component]
pub fn ChartFigure(
    #[prop(into)] title: Signal<String>,
    #[prop(into)] options: Signal<String>,
    #[prop(into)] is_other: Signal<()>,
    #[prop(into)] figures: Signal<Figures>,
    #[prop(into)] tables: Signal<Vec<Table>>,
    #[prop(into)] height_px: Signal<u32>,
    #[prop(into)] look: Signal<Look>,
    on_pick: Callback<String>,
) -> impl IntoView {
    let id = next_id();
    let (title_id, table_id) = (format!("figure-{id}-title"), format!("figure-{id}-table"));
    let canvas = NodeRef::<Div>::new();
    let phase = RwSignal::new(Phase::Waiting);
    let shown = RwSignal::new(false);
    let alive = StoredValue::new_local(Alive::default());
    let is_near = RwSignal::new(false);
    // Counts what there was to draw so far.
    let latest = Memo::new(move |before: Option<&u64>| {
        is_other.track();
        before.map_or(1, |before| before + 1)
    });
    let drawn = StoredValue::new(0);
    on_cleanup(move || drop(alive.try_update_value(std::mem::take)));

    Effect::new(move || {
        let Some(element) = canvas.get() else { return };
        let visible = VisibleWatch::new(&element, {
            let element = element.clone();
            move |now| {
                if now {
                    start(&element, alive, phase, on_pick);
                }
                is_near.try_set(now);
            }
        });
        let size = SizeWatch::new(&element, {
            let element = element.clone();
            let last = Cell::new((0, 0));
            move || {
                // What is hidden keeps its size, and its drawing, for the time after.
                let now = (element.client_width(), element.client_height());
                if now.0 > 0 && last.replace(now) != now {
                    alive.try_with_value(|alive| alive.chart.as_ref().map(EChart::resize));
                }
            }
        });
        alive.update_value(|alive| {
            alive.visible = visible;
            alive.size = size;
        });
    });
    let draw = move || {
        let latest = latest.try_get_untracked();
        let before = latest
            .and_then(|latest| drawn.try_update_value(|drawn| std::mem::replace(drawn, latest)));
        if before == latest {
            return;
        }
        let Some(options) = options.try_get_untracked() else {
            return;
        };
        let drawn = alive.try_with_value(|alive| {
            alive
                .chart
                .as_ref()
                .map_or(Ok(()), |chart| chart.set_options(&options))
        });
        if let Some(Err(error)) = drawn {
            phase.try_set(Phase::Failed(error.to_string()));
        }
    };
    Effect::new(move || {
        latest.track();
        // The figures beside it are there at once; a drawing takes longer than
        // all the rest of a change, so it comes a frame later, and not before
        // there is someone to see it.
        if is_near.get() && phase.with(|phase| *phase == Phase::Ready) {
            dom::after_frame(draw);
        }
    });
    let save = move |_| {
        draw();
        let palette = look.get_untracked().palette;
        let title = title.get_untracked();
        let saved = alive
            .try_with_value(|alive| alive.chart.as_ref().map(|c| c.save_png(&title, &palette)));
        if let Some(Some(Err(error))) = saved {
            phase.set(Phase::Failed(error.to_string()));
        }
    };
    let height = move || format!("{}px", height_px.get());
    let failure = move || match phase.get() {
        Phase::Failed(message) => Some(message),
        Phase::Waiting | Phase::Ready => None,
    };
    // A table without its drawing would leave nothing to see.
    let open = Memo::new(move |_| shown.get() || failure().is_some());

    let fact_count = Memo::new(move |_| figures.with(|figures| figures.facts.len()));
    let fact_view = move |at: usize| {
        let fact = Memo::new(move |_| {
            figures.with(|figures| figures.facts.get(at).cloned().unwrap_or_default())
        });
        view! {
            <div class="figure-fact">
                <dt>{move || fact.with(|fact| fact.label.clone())}</dt>
                <dd>{move || fact.with(|fact| fact.value.clone())}</dd>
            </div>
        }
    };

    view! {
        <figure class="figure" aria-labelledby=title_id.clone()>
            <div class="figure-head">
                <h2 class="figure-title" id=title_id.clone() dir="auto">{title}</h2>
                <div class="figure-actions">
                    <button
                        type="button"
                        class="button quiet small"
                        aria-expanded=move || open.get().to_string()
                        aria-controls=table_id.clone()
                        on:click=move |_| shown.update(|shown| *shown = !*shown)
                    >
                        "Show figures"
                    </button>
                    <button
                        type="button"
                        class="button quiet small"
                        disabled=move || phase.with(|phase| *phase != Phase::Ready)
                        on:click=save
                    >
                        "Save image"
                    </button>
                </div>
            </div>
            <dl class="figure-facts">
                <For each=move || 0..fact_count.get() key=|at| *at children=fact_view />
            </dl>
            <Show when=move || failure().is_none()>
                <div
                    class="figure-box"
                    class:figure-waiting=move || phase.with(|phase| *phase == Phase::Waiting)
                    aria-hidden="true"
                    style:height=height
                    node_ref=canvas
                ></div>
            </Show>
            <p class="figure-failure" role="status">{failure}</p>
            <figcaption class="figure-caption">{move || figures.with(|f| f.rule.clone())}</figcaption>
            <div class="figure-tables" id=table_id.clone() hidden=move || !open.get()>
                <Show when=move || open.get()>
                    {move || {
                        let tables = tables.get();
                        tables.iter().map(|table| table_view(table, on_pick)).collect_view()
                    }}
                </Show>
            </div>
        </figure>
    }
}

/// Loads ECharts and puts a chart on the element, once.
fn start(
    element: &<Div as ElementType>::Output,
    alive: StoredValue<Alive, LocalStorage>,
    phase: RwSignal<Phase>,
    on_pick: Callback<String>,
) {
    let was_started =
        alive.try_update_value(|alive| std::mem::replace(&mut alive.is_started, true));
    if was_started != Some(false) {
        return;
    }
    let element = element.clone();
    let load = move || {
        spawn_local(async move {
            let chart = match echarts::load().await {
                Ok(()) if element.is_connected() => EChart::new(&element, move |key| {
                    // What is picked may take this chart away: not while it
                    // is still at work on the click.
                    spawn_local(async move {
                        on_pick.try_run(key);
                    });
                }),
                Ok(()) => return,
                Err(error) => Err(error),
            };
            match chart {
                Ok(chart) => {
                    // Where the figure is gone meanwhile, so is the chart.
                    alive.try_update_value(|alive| alive.chart = Some(chart));
                    phase.try_set(Phase::Ready);
                }
                Err(error) => {
                    phase.try_set(Phase::Failed(error.to_string()));
                }
            }
        });
    };
    // A megabyte of script can wait until the page is painted.
    set_timeout(load, Duration::ZERO);
}

fn table_view(table: &Table, on_pick: Callback<String>) -> impl IntoView + use<> {
    let head = table
        .columns
        .iter()
        .map(|column| view! { <th scope="col">{column.clone()}</th> });
    view! {
        <div class="figures-scroll">
            <table class="figures-table">
                <caption>{table.title.clone()}</caption>
                <thead>
                    <tr>{head.collect_view()}</tr>
                </thead>
                <tbody>
                    {table.rows.iter().map(|row| row_view(row, on_pick)).collect_view()}
                </tbody>
            </table>
        </div>
    }
}

fn row_view(row: &Row, on_pick: Callback<String>) -> impl IntoView + use<> {
    let mut cells = row.cells.iter().cloned();
    let name = cells.next().unwrap_or_default();
    let name = match row.key.clone() {
        Some(key) => view! {
            <button type="button" class="link-button" on:click=move |_| on_pick.run(key.clone())>
                {name}
            </button>
        }
        .into_any(),
        None => name.into_any(),
    };
    view! {
        <tr class:total=row.total>
            <th scope="row" dir="auto">{name}</th>
            {cells.map(|cell| view! { <td>{cell}</td> }).collect_view()}
        </tr>
    }
}

fn next_id() -> usize {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}
