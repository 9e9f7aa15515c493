//! One chart per process that has deals in the tab.

use super::Listing;
use crate::chart::{
    CLOSED_RULE, Fact, OPEN_RULE, Table, WITHOUT_STEP, closed_facts, closed_height_px, open_facts,
    open_height_px,
};
use crate::domain::read::filter::{AnyOf, Filter, Pick, Tab};
use crate::domain::read::index::Index;
use crate::domain::read::stats::{ClosedPart, ClosedStats, OpenStats};
use crate::domain::record::next_step::WhenDue;
use crate::domain::record::terms::BLANK;
use crate::domain::record::workspace::Workspace;
use crate::domain::value::id::{ProcessId, StageId};
use crate::ui::app::{App, use_app};
use crate::ui::chunks::Charts;
use crate::ui::parts::Icon;
use crate::ui::parts::chart::{ChartFigure, Look, printed_figure, use_look};
use crate::ui::prelude::*;
use crate::web::intl::Formats;
use crate::web::preferences::{CHARTS_FOLDED, CHARTS_FOLDED_ON_BOARD};
use crate::web::{clock, dom, echarts, palette};

/// The statistics of a process in one of the tabs, and how they become a figure.
#[derive(Clone, PartialEq)]
enum Stats {
    Open(OpenStats),
    /// These know besides whether their months can be picked.
    Closed(ClosedStats, bool),
}

impl Stats {
    /// Those of all processes that have deals in the tab.
    fn all(index: &Index, workspace: &Workspace, tab: Tab, filter: &Filter) -> Vec<Self> {
        let now = clock::here();
        match tab {
            Tab::Open => {
                let all = index.open_by_process(workspace, filter, now);
                all.into_iter().map(Self::Open).collect()
            }
            Tab::Closed => {
                let all = index.closed_by_process(workspace, filter, now);
                let by_month = ClosedPart::can_be_month_of(filter);
                let all = all.into_iter();
                all.map(|stats| Self::Closed(stats, by_month)).collect()
            }
            Tab::All => Vec::new(),
        }
    }

    fn process(&self) -> ProcessId {
        match self {
            Self::Open(stats) => stats.process,
            Self::Closed(stats, _) => stats.process,
        }
    }

    fn name(&self) -> String {
        match self {
            Self::Open(stats) => stats.name.to_string(),
            Self::Closed(stats, _) => stats.name.to_string(),
        }
    }

    fn facts(&self, formats: &Formats) -> Vec<Fact> {
        match self {
            Self::Open(stats) => open_facts(stats, formats),
            Self::Closed(stats, _) => closed_facts(stats, formats),
        }
    }

    fn height_px(&self) -> u32 {
        match self {
            Self::Open(stats) => open_height_px(stats),
            Self::Closed(..) => closed_height_px(),
        }
    }

    /// What ECharts draws of them.
    fn options(&self, charts: Charts, look: &Look, formats: &Formats) -> String {
        let (palette, calm) = (&look.palette, look.reduced_motion);
        match self {
            Self::Open(stats) => (charts.open_options)(stats, palette, formats, calm),
            Self::Closed(stats, by_month) => {
                (charts.closed_options)(stats, *by_month, palette, formats, calm)
            }
        }
    }

    fn tables(&self, charts: Charts, formats: &Formats) -> Vec<Table> {
        match self {
            Self::Open(stats) => (charts.open_tables)(stats, formats),
            Self::Closed(stats, by_month) => (charts.closed_tables)(stats, *by_month, formats),
        }
    }
}

/// What the figures of a tab show of a process.
fn what(tab: Tab) -> &'static str {
    match tab {
        Tab::Open => "open deals by stage",
        Tab::Closed | Tab::All => "closed deals",
    }
}

/// What a click on a part of a figure does to the filters.
fn pick(tab: Tab, filter: &mut Filter, process: ProcessId, key: &str) {
    match tab {
        Tab::Open => pick_stage(filter, process, key),
        Tab::Closed | Tab::All => {
            if let Some(part) = ClosedPart::of_key(key) {
                part.pick(process, filter);
            }
        }
    }
}

/// Where there is so little room, the charts are folded until they are asked for.
const NARROW: &str = "(max-width: 40rem)";

/// The region "Charts": what is folded is neither counted nor drawn.
#[component]
pub fn Charts(listing: Listing) -> impl IntoView {
    let app = use_app();
    let beside_table = CHARTS_FOLDED
        .get()
        .unwrap_or_else(|| dom::matches_media(NARROW));
    let beside_table = RwSignal::new(beside_table);
    let beside_board = RwSignal::new(CHARTS_FOLDED_ON_BOARD.get().unwrap_or(true));
    let is_board = memo(move || listing.board.with(Option::is_some));
    let here = move || match is_board.get() {
        true => (beside_board, CHARTS_FOLDED_ON_BOARD),
        false => (beside_table, CHARTS_FOLDED),
    };
    let folded = memo(move || here().0.get());
    let told = RwSignal::new(false);
    let fold = move |_| {
        let (folded, kept) = untrack(here);
        folded.update(|folded| *folded = !*folded);
        kept.set(folded.get_untracked());
    };
    let rule = move || match listing.tab() {
        Tab::Open => OPEN_RULE,
        Tab::Closed | Tab::All => CLOSED_RULE,
    };
    view! {
        <section
            class="charts"
            aria-label="Charts"
            hidden=move || listing.tab() == Tab::All
            aria-busy=move || app.store.is_busy()
        >
            <div class="charts-head">
                <button
                    type="button"
                    class="button quiet small charts-fold"
                    aria-expanded=move || (!folded.get()).to_string()
                    aria-controls=ROW
                    on:click=fold
                >
                    <Icon name="expand" />
                    "Charts"
                </button>
                <button
                    type="button"
                    class="button quiet small"
                    aria-expanded=move || told.get().to_string()
                    aria-controls=RULE
                    hidden=move || folded.get()
                    on:click=move |_| told.update(|told| *told = !*told)
                >
                    "How it is counted"
                </button>
            </div>
            <ul class="charts-rule" id=RULE hidden=move || folded.get() || !told.get()>
                {move || rule().iter().map(|line| view! { <li>{*line}</li> }).collect_view()}
            </ul>
            <Show when=move || !folded.get()>{app.chunks.charts.trouble()}</Show>
            <div class="charts-row" id=ROW hidden=move || folded.get()>
                <Show when=move || !folded.get()>
                    {figures(listing)}
                </Show>
            </div>
        </section>
    }
}

const ROW: &str = "charts-row";
const RULE: &str = "charts-rule";

/// The charts of both tabs: those of the other one stay, hidden, for the way back.
fn figures(listing: Listing) -> AnyView {
    let look = use_look();
    let tab = memo(move || listing.tab());
    let was_on = move |wanted: Tab| {
        let was_on = Memo::new(move |before: Option<&bool>| {
            tab.get() == wanted || before.copied().unwrap_or_default()
        });
        move || was_on.get()
    };
    let of = move |wanted: Tab| {
        view! { <Show when=was_on(wanted)>{of_tab(listing, look, tab, wanted)}</Show> }.into_any()
    };
    [of(Tab::Open), of(Tab::Closed)].into_any()
}

/// One figure per process that has, or had, deals in the tab; hidden while no
/// deal of it fits, for it takes long to make.
fn of_tab(listing: Listing, look: Signal<Look>, shown: Memo<Tab>, tab: Tab) -> AnyView {
    let app = use_app();
    let charts = app.chunks.charts;
    let is_on = move || shown.get() == tab;
    let stats = Memo::new(move |before: Option<&Vec<Stats>>| {
        if !is_on() {
            return before.cloned().unwrap_or_default();
        }
        listing.wanted.with(|(_, filter)| {
            app.store
                .index(|index, workspace| Stats::all(index, workspace, tab, filter))
        })
    });
    let has = move |id: ProcessId| stats.with(|all| all.iter().any(|stats| stats.process() == id));
    let ids = Memo::new(move |before: Option<&Vec<ProcessId>>| {
        let had = |id: &ProcessId| before.is_some_and(|before| before.contains(id));
        app.store.setup(|workspace| {
            let all = workspace.processes_in_order().map(|process| process.id);
            all.filter(|id| has(*id) || had(id)).collect::<Vec<_>>()
        })
    });
    let one = move |id: ProcessId| {
        // While no deal fits, the last statistics stand in.
        let of = Memo::new(move |before: Option<&Option<Stats>>| {
            let found = stats.with(|all| all.iter().find(|stats| stats.process() == id).cloned());
            found.or_else(|| before.cloned().flatten())
        });
        let name = memo(move || {
            of.with(|of| of.as_ref().map(Stats::name))
                .unwrap_or_default()
        });
        let options = derived(move || {
            let (look, formats) = (look.get(), app.formats());
            let charts = charts.get();
            let draw = |of: &Stats| Some(of.options(charts?, &look, &formats));
            of.with(|of| of.as_ref().and_then(draw)).unwrap_or_default()
        });
        let is_other = derived(move || {
            of.track();
            look.track();
            charts.get();
            app.formats();
        });
        let facts = memo(move || {
            let formats = app.formats();
            of.with(|of| of.as_ref().map(|of| of.facts(&formats)))
                .unwrap_or_default()
        });
        let tables = derived(move || {
            let (formats, charts) = (app.formats(), charts.get());
            let tables = |of: &Stats| Some(of.tables(charts?, &formats));
            of.with(|of| of.as_ref().and_then(tables))
                .unwrap_or_default()
        });
        let height_px = derived(move || of.with(|of| of.as_ref().map_or(0, Stats::height_px)));
        let pick = Callback::new(move |key: String| {
            listing.change(app, |view| pick(tab, &mut view.filter, id, &key));
        });
        let is_shown = memo(move || is_on() && has(id));
        view! {
            <div class="chart-card" hidden=move || !is_shown.get()>
                <ChartFigure name what=what(tab) options is_other facts tables height_px look on_pick=pick />
            </div>
        }
    };
    view! { <For each=move || ids.get() key=|id| *id children=one /> }.into_any()
}

/// The charts on paper, each with all its figures.
pub(super) fn printed(app: App, tab: Tab, filter: &Filter) -> AnyView {
    let Some(charts) = app.chunks.charts.there() else {
        let text = "The charts are not loaded, and are left out.";
        return view! { <p class="report-note">{text}</p> }.into_any();
    };
    let all = app
        .store
        .index(|index, workspace| Stats::all(index, workspace, tab, filter));
    let formats = app.formats();
    // Paper is white, and does not move.
    let look = Look {
        palette: palette::light_palette(),
        reduced_motion: true,
    };
    let one = |stats: &Stats| {
        printed_figure(
            format!("{}: {}", stats.name(), what(tab)),
            echarts::picture(
                &stats.options(charts, &look, &formats),
                (PAPER_PX, stats.height_px()),
            ),
            stats.facts(&formats),
            &stats.tables(charts, &formats),
        )
    };
    all.iter().map(one).collect_view().into_any()
}

/// How wide a chart is drawn for paper.
const PAPER_PX: u32 = 520;

/// Filters by the stage that was picked, or by the lack of a next step; picking
/// it again takes the filter off.
fn pick_stage(filter: &mut Filter, process: ProcessId, key: &str) {
    if key == WITHOUT_STEP {
        let (process, missing) = (process.into(), WhenDue::Missing.into());
        let again = filter.process == process && filter.next == missing;
        filter.process = if again { AnyOf::default() } else { process };
        filter.next = if again { AnyOf::default() } else { missing };
        return;
    }
    let stage: AnyOf<Pick<StageId>> = if key == BLANK {
        Pick::Blank.into()
    } else {
        key.parse().ok().map(Pick::Is).into_iter().collect()
    };
    let process = process.into();
    let again = filter.process == process && filter.stage == stage;
    filter.process = if again { AnyOf::default() } else { process };
    filter.stage = if again { AnyOf::default() } else { stage };
}
