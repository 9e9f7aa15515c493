//! One chart per process that has deals in the tab.

use super::Listing;
use crate::chart::{
    Figures, Palette, Table, closed_figures, closed_height_px, closed_options, closed_tables,
    open_figures, open_height_px, open_options, open_tables,
};
use crate::domain::read::filter::{AnyOf, DateField, Filter, Pick, Tab};
use crate::domain::read::index::Index;
use crate::domain::read::stats::{ClosedStats, Month, OpenStats};
use crate::domain::record::workspace::Workspace;
use crate::domain::value::id::{ProcessId, StageId};
use crate::ui::app::use_app;
use crate::ui::parts::chart::{ChartFigure, Look, use_look};
use crate::ui::prelude::*;
use crate::web::clock;
use crate::web::intl::Formats;

/// How the statistics of a process become a figure.
struct Kind<S> {
    tab: Tab,
    process: fn(&S) -> ProcessId,
    title: fn(&S) -> String,
    options: fn(&S, &Palette, &Formats, bool) -> String,
    figures: fn(&S, &Formats) -> Figures,
    tables: fn(&S, &Formats) -> Vec<Table>,
    height_px: fn(&S) -> u32,
    /// What a click on a part of the figure does to the filters.
    pick: fn(&mut Filter, ProcessId, &str),
}

const OPEN: Kind<OpenStats> = Kind {
    tab: Tab::Open,
    process: |stats| stats.process,
    title: |stats| format!("{}: open deals by stage", stats.name),
    options: |stats, palette, formats, calm| open_options(stats, palette, formats, calm),
    figures: |stats, formats| open_figures(stats, formats),
    tables: |stats, formats| open_tables(stats, formats),
    height_px: open_height_px,
    pick: pick_stage,
};

const CLOSED: Kind<ClosedStats> = Kind {
    tab: Tab::Closed,
    process: |stats| stats.process,
    title: |stats| format!("{}: closed deals", stats.name),
    options: |stats, palette, formats, calm| closed_options(stats, palette, formats, calm),
    figures: |stats, formats| closed_figures(stats, formats),
    tables: |stats, formats| closed_tables(stats, formats),
    height_px: |_| closed_height_px(),
    pick: pick_month,
};

/// The region "Charts".
#[component]
pub fn Charts(listing: Listing) -> impl IntoView {
    let look = use_look();
    let tab = Memo::new(move |_| listing.tab());
    // The charts of the other tab stay, hidden, for the way back.
    let was_on = move |wanted: Tab| {
        let was_on = Memo::new(move |before: Option<&bool>| {
            tab.get() == wanted || before.copied().unwrap_or_default()
        });
        move || was_on.get()
    };
    view! {
        <section
            class="charts"
            aria-label="Charts"
            aria-busy=move || use_app().store.is_busy()
        >
            <Show when=was_on(Tab::Open)>
                {figures(listing, look, (tab, OPEN), |index, workspace, filter| {
                    index.open_by_process(workspace, filter, clock::now(), clock::today())
                })}
            </Show>
            <Show when=was_on(Tab::Closed)>
                {figures(listing, look, (tab, CLOSED), |index, workspace, filter| {
                    index.closed_by_process(workspace, filter, clock::now())
                })}
            </Show>
        </section>
    }
}

/// One figure per process that has, or had, deals in the tab; hidden while no
/// deal of it fits, for it takes long to make.
fn figures<S: Clone + PartialEq + Send + Sync + 'static>(
    listing: Listing,
    look: Signal<Look>,
    (tab, kind): (Memo<Tab>, Kind<S>),
    count: fn(&Index, &Workspace, &Filter) -> Vec<S>,
) -> AnyView {
    let app = use_app();
    let is_on = move || tab.get() == kind.tab;
    let stats = Memo::new(move |before: Option<&Vec<S>>| {
        if !is_on() {
            return before.cloned().unwrap_or_default();
        }
        listing.wanted.with(|(_, filter)| {
            app.store
                .index(|index, workspace| count(index, workspace, filter))
        })
    });
    let of_process = kind.process;
    let has = move |id: ProcessId| stats.with(|all| all.iter().any(|s| of_process(s) == id));
    let ids = Memo::new(move |before: Option<&Vec<ProcessId>>| {
        let had = |id: &ProcessId| before.is_some_and(|before| before.contains(id));
        app.store.setup(|workspace| {
            let all = workspace.processes_in_order().map(|process| process.id);
            all.filter(|id| has(*id) || had(id)).collect::<Vec<_>>()
        })
    });
    let one = move |id: ProcessId| {
        // While no deal fits, the last statistics stand in.
        let of = Memo::new(move |before: Option<&Option<S>>| {
            let found = stats.with(|all| all.iter().find(|s| of_process(s) == id).cloned());
            found.or_else(|| before.cloned().flatten())
        });
        let title = Memo::new(move |_| {
            of.with(|of| of.as_ref().map(kind.title))
                .unwrap_or_default()
        });
        let options = Signal::derive(move || {
            let (look, formats) = (look.get(), app.formats());
            let draw = |of: &S| (kind.options)(of, &look.palette, &formats, look.reduced_motion);
            of.with(|of| of.as_ref().map(draw)).unwrap_or_default()
        });
        let is_other = Signal::derive(move || {
            of.track();
            look.track();
            app.formats();
        });
        let figures = Memo::new(move |_| {
            let formats = app.formats();
            of.with(|of| of.as_ref().map(|of| (kind.figures)(of, &formats)))
                .unwrap_or_default()
        });
        let tables = Signal::derive(move || {
            let formats = app.formats();
            of.with(|of| of.as_ref().map(|of| (kind.tables)(of, &formats)))
                .unwrap_or_default()
        });
        let height_px = Signal::derive(move || of.with(|of| of.as_ref().map_or(0, kind.height_px)));
        let pick = Callback::new(move |key: String| {
            listing.change(app, |view| (kind.pick)(&mut view.filter, id, &key));
        });
        let is_shown = Memo::new(move |_| is_on() && has(id));
        view! {
            <div class="chart-card" hidden=move || !is_shown.get()>
                <ChartFigure title options is_other figures tables height_px look on_pick=pick />
            </div>
        }
    };
    view! { <For each=move || ids.get() key=|id| *id children=one /> }.into_any()
}

/// Filters by the stage that was picked; picking it again takes the filter off.
fn pick_stage(filter: &mut Filter, process: ProcessId, key: &str) {
    let stage: AnyOf<Pick<StageId>> = if key == "none" {
        Pick::Blank.into()
    } else {
        key.parse().ok().map(Pick::Is).into_iter().collect()
    };
    let process = process.into();
    let again = filter.process == process && filter.stage == stage;
    filter.process = if again { AnyOf::default() } else { process };
    filter.stage = if again { AnyOf::default() } else { stage };
}

/// Filters by the closing month that was picked; picking it again takes the
/// filter off.
fn pick_month(filter: &mut Filter, process: ProcessId, key: &str) {
    let Some((from, to)) = key.parse::<Month>().ok().and_then(Month::days) else {
        return;
    };
    let process = process.into();
    let again = filter.process == process && (filter.from, filter.to) == (Some(from), Some(to));
    filter.process = if again { AnyOf::default() } else { process };
    filter.from = (!again).then_some(from);
    filter.to = (!again).then_some(to);
    filter.date_field = DateField::Close;
}
