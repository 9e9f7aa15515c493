//! A row of the table of deals.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::cell::{cell, written};
use super::selection::tick_box;
use crate::domain::read::column::{Column, Content, InView};
use crate::domain::read::filter::Tab;
use crate::domain::read::stats::is_stale;
use crate::domain::record::deal::{Deal, Outcome};
use crate::domain::record::next_step::NextDue;
use crate::domain::record::process::Color;
use crate::domain::record::workspace::Setup;
use crate::domain::value::id::DealId;
use crate::domain::value::money::Chance;
use crate::domain::value::time::Date;
use crate::route::Route;
use crate::ui::app::{formats_of, use_app};
use crate::ui::parts::RowWindow;
use crate::ui::prelude::*;
use crate::web::intl::Formats;
use crate::web::{clock, dom};

/// The cells of a row: those of both tabs, each with the tab it is for where
/// it does not serve both, since hiding a cell is cheaper than making it.
pub(super) type Layout = Arc<Vec<(Column, Option<Tab>)>>;

/// What the cells of a row show.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cells {
    pub(super) href: String,
    pub(super) color: Color,
    pub(super) stale: bool,
    pub(super) outcome: Option<Outcome>,
    pub(super) chance: Chance,
    pub(super) due: Due,
    name: String,
    /// The texts of the layout's cells, in its order.
    texts: Vec<String>,
}

/// When the next step is due.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Due {
    /// The day; empty where none is set.
    pub(super) text: String,
    pub(super) is_overdue: bool,
}

impl Due {
    pub(super) fn of(formats: &Formats, due: NextDue, today: Date) -> Self {
        let text = match due {
            NextDue::On(date) => formats.day(date, today),
            NextDue::Undated | NextDue::Missing => String::new(),
        };
        Self {
            text,
            is_overdue: due.is_overdue(today),
        }
    }
}

impl Cells {
    fn of(setup: &Setup, deal: &Deal, layout: &Layout) -> Option<Self> {
        let formats = formats_of(setup);
        let seen = InView::of(setup, deal, clock::now(), clock::today())?;
        let tab = if deal.is_open() {
            Tab::Open
        } else {
            Tab::Closed
        };
        let texts = layout.iter().map(|(column, only)| match only {
            Some(only) if *only != tab => String::new(),
            _ => match (column.about().shows)(&seen) {
                // Its date stands apart.
                Content::Step(step) => step.what.to_string(),
                content => written(&formats, content),
            },
        });
        Some(Self {
            href: Route::Deal(deal.id).href(),
            color: seen.process.color,
            stale: is_stale(deal, seen.process, seen.now),
            outcome: deal.outcome(),
            chance: deal.chance(seen.process),
            due: Due::of(&formats, deal.next_due(), seen.today),
            name: deal.name.to_string(),
            texts: texts.collect(),
        })
    }
}

/// What a row that is in the page shows: its cells stay while that changes.
#[derive(Clone, Copy)]
pub(super) struct Shown(Memo<Option<Cells>>);

impl Shown {
    /// What it shows in one place; follows it.
    pub(super) fn get<T: Default>(self, of: impl FnOnce(&Cells) -> T) -> T {
        self.0
            .with(|cells| cells.as_ref().map(of))
            .unwrap_or_default()
    }

    /// The text of a cell; follows it.
    pub(super) fn text(self, at: usize) -> String {
        self.get(|cells| cells.texts.get(at).cloned().unwrap_or_default())
    }
}

/// The list as its rows follow it: those in view at once, and the others when
/// the frame that shows the change has been made.
#[derive(Clone, Copy)]
pub(super) struct Followed {
    ids: Memo<Vec<DealId>>,
    window: RowWindow,
    later: RwSignal<()>,
}

impl Followed {
    pub(super) fn new(ids: Memo<Vec<DealId>>, window: RowWindow) -> Self {
        let later = RwSignal::new(());
        effect(move || {
            ids.track();
            dom::after_frame(alive(move |()| later.set(())));
        });
        Self { ids, window, later }
    }

    /// The deal at a place; follows it.
    fn id(self, at: usize) -> Option<DealId> {
        let of = |ids: &Vec<DealId>| ids.get(at).copied();
        if self.window.is_seen(at) {
            self.ids.with(of)
        } else {
            self.later.track();
            self.ids.with_untracked(of)
        }
    }
}

/// The row at a place of the list, whichever deal is there: another order
/// changes the texts in the rows, and makes no new ones. Without a deal it is
/// hidden, with the texts of the last one.
#[component]
pub(super) fn DealRow(
    at: usize,
    listing: Followed,
    layout: Memo<Layout>,
    selected: RwSignal<BTreeSet<DealId>>,
) -> impl IntoView {
    let app = use_app();
    let id = memo(move || listing.id(at));
    let row = Shown(Memo::new(move |before: Option<&Option<Cells>>| {
        let Some(id) = id.get() else {
            return before.cloned().flatten();
        };
        let deal = app.store.deal(id)?;
        let layout = layout.get();
        app.store.setup(|setup| Cells::of(setup, &deal, &layout))
    }));
    let (is_selected, select) = tick_box(selected, id);
    let cells = move || {
        let layout = layout.get();
        let cells = layout.iter().enumerate();
        cells
            .map(|(at, (column, only))| cell(at, *column, *only, row))
            .collect::<Vec<_>>()
    };
    view! {
        <tr
            role="row"
            class="row"
            class:row-selected=move || is_selected.get()
            hidden=move || id.with(Option::is_none)
            aria-rowindex=(at + 2).to_string()
        >
            <td role="cell" class="col-select">
                <input
                    type="checkbox"
                    aria-label=move || row.get(|cells| format!("Select {}", cells.name))
                    prop:checked=move || is_selected.get()
                    on:change=move |event| select.run(event_target_checked(&event))
                />
            </td>
            {move || cells()}
        </tr>
    }
}
