//! A chart with all that belongs to it: title, facts and figures.
//!
//! The drawing is for the eye and the mouse; the table that takes its place
//! when it is asked for says the same to everyone, and its buttons pick what a
//! click on the drawing picks.

mod save;
mod tables;

use std::cell::Cell;
use std::sync::atomic::{AtomicUsize, Ordering};

use leptos::html::{Div, ElementType};

pub use save::{SaveAs, Saved, save};
use tables::{is_address, picking, table_view};

use crate::chart::{Fact, Palette, Table};
use crate::route::Route;
use crate::ui::app::use_app;
use crate::ui::chunks::Charts;
use crate::ui::parts::{Menu, MenuItem};
use crate::ui::prelude::*;
use crate::web::echarts::{self, EChart};
use crate::web::observe::{SizeWatch, ThemeWatch, VisibleWatch, reduced_motion};
use crate::web::palette::palette;
use crate::web::{clock, dom};

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
    let watch = StoredValue::new_local(Some(ThemeWatch::new(alive(move |()| {
        let now = read();
        if look.with_untracked(|before| *before != now) {
            look.set(now);
        }
    }))));
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
struct Live {
    size: Option<SizeWatch>,
    visible: Option<VisibleWatch>,
    chart: Option<EChart>,
    /// The chart is there, or on its way.
    is_started: bool,
}

/// A figure: `name` says of what it is and `what`, where it is needed, what it
/// shows, `options` is what ECharts draws (JSON, asked for when it is to be
/// drawn), `is_other` tells when that is another drawing, `facts` what stands
/// above it, `tables` all its figures, `height_px` the height of the drawing,
/// `rule` how it is counted, where that is not told elsewhere. `on_pick` hears
/// the key of a part that was clicked, in the drawing or the table; one that is
/// an address leads there instead.
#[component]
pub fn ChartFigure(
    #[prop(into)] name: Signal<String>,
    what: &'static str,
    #[prop(into)] options: Signal<String>,
    #[prop(into)] is_other: Signal<()>,
    #[prop(into)] facts: Signal<Vec<Fact>>,
    #[prop(into)] tables: Signal<Vec<Table>>,
    #[prop(into)] height_px: Signal<u32>,
    #[prop(into)] look: Signal<Look>,
    on_pick: Callback<String>,
    #[prop(optional)] rule: &'static [&'static str],
) -> impl IntoView {
    let app = use_app();
    let on_pick = Callback::new(move |key: String| match is_address(&key) {
        true => app.router.go(&Route::parse(&key)),
        false => on_pick.run(key),
    });
    let id = next_id();
    let (title_id, table_id) = (format!("figure-{id}-title"), format!("figure-{id}-table"));
    let rule_id = format!("figure-{id}-rule");
    let told = RwSignal::new(false);
    let canvas = NodeRef::<Div>::new();
    let phase = RwSignal::new(Phase::Waiting);
    let shown = RwSignal::new(false);
    let live = StoredValue::new_local(Live::default());
    let is_near = RwSignal::new(false);
    let failure = move || match phase.get() {
        Phase::Failed(message) => Some(message),
        Phase::Waiting | Phase::Ready => None,
    };
    // A table without its drawing would leave nothing to see.
    let open = memo(move || shown.get() || failure().is_some());
    // Counts what there was to draw so far.
    let latest = Memo::new(move |before: Option<&u64>| {
        is_other.track();
        before.map_or(1, |before| before + 1)
    });
    let drawn = StoredValue::new(0);
    on_cleanup(move || drop(live.try_update_value(std::mem::take)));

    effect(move || {
        let Some(element) = canvas.get() else { return };
        let visible = VisibleWatch::new(&element, {
            let element = element.clone();
            alive(move |now| {
                if now {
                    start(&element, live, phase, on_pick);
                }
                is_near.set(now);
            })
        });
        let size = SizeWatch::new(&element, {
            let element = element.clone();
            let last = Cell::new((0, 0));
            alive(move |()| {
                // What is hidden keeps its size, and its drawing, for the time after.
                let now = (element.client_width(), element.client_height());
                if now.0 > 0 && last.replace(now) != now {
                    live.with_value(|live| live.chart.as_ref().map(EChart::resize));
                }
            })
        });
        live.update_value(|live| {
            live.visible = visible;
            live.size = size;
        });
    });
    let draw = move || {
        let latest = latest.get_untracked();
        let options = options.get_untracked();
        // What draws it may still be on its way.
        if drawn.get_value() == latest || options.is_empty() {
            return;
        }
        drawn.set_value(latest);
        let done = live.with_value(|live| {
            live.chart
                .as_ref()
                .map_or(Ok(()), |chart| chart.set_options(&options))
        });
        if let Err(error) = done {
            phase.set(Phase::Failed(error.to_string()));
        }
    };
    effect(move || {
        latest.track();
        // The figures beside it are there at once; a drawing takes longer than
        // all the rest of a change, so it comes a frame later, and not before
        // there is someone to see it.
        if is_near.get() && !open.get() && phase.with(|phase| *phase == Phase::Ready) {
            dom::after_frame(alive(move |()| draw()));
        }
    });
    let title = move || match what {
        "" => name.get_untracked(),
        what => format!("{}: {what}", name.get_untracked()),
    };
    let save_with = move |charts: Charts, kind: SaveAs| {
        draw();
        let saved = live.with_value(|live| {
            let figure = Saved {
                title: title(),
                date: app.formats().date(clock::today()),
                chart: live.chart.as_ref(),
                options: options.get_untracked(),
                palette: look.get_untracked().palette,
                tables: tables.get_untracked(),
            };
            (charts.save)(kind, &figure)
        });
        if let Err(message) = saved {
            app.messages.problem(message);
        }
    };
    let save = move |kind: SaveAs| {
        let mut save = alive(move |charts| save_with(charts, kind));
        app.chunks.charts.with(app, move |charts| save.run(charts));
    };
    // Another drawing board takes the place of the one that failed.
    let redraw_button = format!("[aria-controls={table_id}]");
    let draw_again = move |_| {
        live.update_value(|live| {
            live.chart = None;
            live.is_started = false;
        });
        drawn.set_value(0);
        phase.set(Phase::Waiting);
        dom::focus_next(&redraw_button);
    };
    let items = derived(move || {
        let is_drawn = phase.with(|phase| *phase == Phase::Ready);
        let item = |kind: SaveAs| MenuItem {
            off: (kind.is_picture() && !is_drawn).then(|| "not drawn".to_owned()),
            ..MenuItem::new(kind.title(), move || save(kind))
        };
        SaveAs::ALL.map(item).to_vec()
    });
    let is_waiting = derived(move || phase.with(|phase| *phase == Phase::Waiting));
    let height = move || format!("{}px", height_px.get());

    let fact_count = memo(move || facts.with(Vec::len));
    let fact_view = move |at: usize| {
        let fact = memo(move || facts.with(|facts| facts.get(at).cloned().unwrap_or_default()));
        view! {
            <div class="figure-fact">
                <dt>{move || fact.with(|fact| fact.label.clone())}</dt>
                <dd>
                    {move || {
                        let Fact { label, value, key } = fact.get();
                        match key {
                            None => value.into_any(),
                            Some(key) => picking(value, Some(label), key, on_pick),
                        }
                    }}
                </dd>
            </div>
        }
    };

    let is_told = move || told.get();
    let has_rule = !rule.is_empty();
    let controls = rule_id.clone();
    let rule_button = has_rule.then(|| {
        view! {
            <button
                type="button"
                class="button quiet small"
                aria-expanded=move || is_told().to_string()
                aria-controls=controls
                on:click=move |_| told.update(|told| *told = !*told)
            >
                "How it is counted"
            </button>
        }
    });
    let rule_view = has_rule.then(|| {
        view! {
            <ul class="charts-rule" id=rule_id hidden=move || !is_told()>
                {rule.iter().map(|line| view! { <li>{*line}</li> }).collect_view()}
            </ul>
        }
    });

    view! {
        <figure class="figure" aria-labelledby=title_id.clone()>
            <div class="figure-head">
                <h2 class="figure-title" id=title_id.clone() title=move || name.get()>
                    <bdi>{name}</bdi>
                    {(!what.is_empty()).then(|| view! { <span class="figure-what">{format!(": {what}")}</span> })}
                </h2>
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
                    {rule_button}
                    <Menu label="Save" icon="download" items disabled=is_waiting />
                </div>
            </div>
            {rule_view}
            <dl class="figure-facts">
                <For each=move || 0..fact_count.get() key=|at| *at children=fact_view />
            </dl>
            <p class="figure-failure" role="status">{move || failure()}</p>
            <Show when=move || failure().is_some()>
                <button type="button" class="button small figure-again" on:click=draw_again.clone()>
                    "Try again"
                </button>
            </Show>
            <div class="figure-body" class:figure-told=move || open.get()>
            <Show when=move || failure().is_none()>
                <div
                    class="figure-box"
                    class:figure-waiting=move || phase.with(|phase| *phase == Phase::Waiting)
                    aria-hidden="true"
                    style:height=height
                    node_ref=canvas
                ></div>
            </Show>
            <div class="figure-tables" id=table_id.clone() hidden=move || !open.get()>
                <Show when=move || open.get()>
                    {move || {
                        let tables = tables.get();
                        tables.iter().map(|table| table_view(table, on_pick)).collect_view()
                    }}
                </Show>
            </div>
            </div>
        </figure>
    }
}

/// A figure on paper: the picture of its drawing, where there is one, and all
/// its figures.
pub fn printed_figure(
    title: String,
    picture: Option<String>,
    facts: Vec<Fact>,
    tables: &[Table],
) -> AnyView {
    let picture = picture.map(|src| view! { <img class="figure-picture" src=src alt="" /> });
    let facts = facts.into_iter().map(|fact| {
        view! {
            <div class="figure-fact">
                <dt>{fact.label}</dt>
                <dd>{fact.value}</dd>
            </div>
        }
    });
    let nothing_to_pick = Callback::new(|_| ());
    let tables = tables
        .iter()
        .map(|table| table_view(table, nothing_to_pick));
    view! {
        <figure class="figure">
            <h2 class="figure-title" dir="auto">{title}</h2>
            <dl class="figure-facts">{facts.collect_view()}</dl>
            {picture}
            {tables.collect_view()}
        </figure>
    }
    .into_any()
}

/// Loads ECharts and puts a chart on the element, once.
fn start(
    element: &<Div as ElementType>::Output,
    live: StoredValue<Live, LocalStorage>,
    phase: RwSignal<Phase>,
    on_pick: Callback<String>,
) {
    if live.with_value(|live| live.is_started) {
        return;
    }
    live.update_value(|live| live.is_started = true);
    let element = element.clone();
    spawn(async move {
        // A megabyte of script can wait until the page is painted.
        dom::breathe().await;
        let picked = alive(move |key| {
            // What is picked may take this chart away: not while it is still
            // at work on the click.
            spawn(async move { on_pick.run(key) });
        });
        let chart = match echarts::load().await {
            Ok(()) if element.is_connected() => EChart::new(&element, picked),
            Ok(()) => return,
            Err(error) => Err(error),
        };
        match chart {
            Ok(chart) => {
                live.update_value(|live| live.chart = Some(chart));
                phase.set(Phase::Ready);
            }
            Err(error) => phase.set(Phase::Failed(error.to_string())),
        }
    });
}

fn next_id() -> usize {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}
