//! What the Deals page lists, and what its parts share of that.

use std::collections::BTreeSet;

use super::columns;
use crate::domain::read::board::{is_filtered_by_process, process_of};
use crate::domain::read::columns::{Columns, Layout};
use crate::domain::read::filter::{AnyOf, Filter, Kind, Tab};
use crate::domain::record::workspace::Setup;
use crate::domain::value::id::{DealId, ProcessId};
use crate::route::{DealsView, Route};
use crate::ui::app::App;
use crate::ui::filtering::Filtering;
use crate::ui::prelude::*;
use crate::web::{clock, preferences};

/// What the parts of the Deals page share.
#[derive(Clone, Copy)]
pub struct Listing {
    /// The tab, the filters and the order, as the address says.
    pub view: Memo<DealsView>,
    /// The tab and the filters, whatever the order.
    pub wanted: Memo<(Tab, Filter)>,
    /// The deals that fit, in order.
    pub ids: Memo<Vec<DealId>>,
    /// How many they are.
    pub count: Memo<usize>,
    /// The process of the board; none while the deals are in a table.
    pub board: Memo<Option<ProcessId>>,
    /// The deals that are ticked, to be changed together.
    pub selected: RwSignal<BTreeSet<DealId>>,
    /// The process that was looked at last on the board.
    looked_at: RwSignal<Option<ProcessId>>,
    /// The columns of each tab.
    columns: Memo<[Columns; 3]>,
    /// Says that this browser remembers other columns.
    pub(super) remembered: RwSignal<()>,
}

impl Listing {
    /// The list that the address asks for.
    pub(super) fn new(app: App) -> Self {
        let view = Memo::new(move |before: Option<&DealsView>| match app.router.route() {
            Route::Deals(view) => view,
            _ => before.cloned().unwrap_or_default(),
        });
        let wanted = memo(move || view.with(|view| (view.tab, view.filter.clone())));
        let ids = memo(move || {
            let now = clock::here();
            view.with(|view| {
                let DealsView {
                    tab, filter, sort, ..
                } = view;
                app.store
                    .index(|index, workspace| index.listed(workspace, filter, *tab, *sort, now))
            })
        });
        let count = memo(move || {
            let now = clock::here();
            wanted.with(|(tab, filter)| {
                app.store
                    .index(|index, workspace| index.listed_count(workspace, filter, *tab, now))
            })
        });
        let looked_at = RwSignal::new(preferences::BOARD_PROCESS.get());
        let board = memo(move || {
            view.with(|view| {
                let of = |setup: &Setup| process_of(setup, &view.filter, looked_at.get());
                (view.layout == Layout::Board).then(|| app.store.setup(of))
            })
        });
        // By whichever way one has come to look at it.
        effect(move || {
            if let Some(shown) = board
                .get()
                .filter(|it| looked_at.get_untracked() != Some(*it))
            {
                preferences::BOARD_PROCESS.set(shown);
                looked_at.set(Some(shown));
            }
        });
        let selected = app.router.memory().keep("selected", BTreeSet::new());
        let named = memo(move || view.with(|view| (view.tab, view.columns.clone())));
        let remembered = RwSignal::new(());
        let columns = memo(move || {
            remembered.track();
            let (tab, named) = named.get();
            let of = |other: Tab| {
                let named = named.clone().filter(|_| other == tab);
                let chosen = named.or_else(|| columns::remembered(other));
                chosen.unwrap_or_else(|| columns::usual(app, other))
            };
            Tab::ALL.map(of)
        });
        Self {
            view,
            wanted,
            ids,
            count,
            board,
            selected,
            looked_at,
            columns,
            remembered,
        }
    }

    /// What filters it.
    pub(super) fn filtering(self) -> Filtering {
        Filtering {
            wanted: self.wanted,
            dated: true,
            go: filter_by,
        }
    }

    /// Shows the board of a process. Where the filters ask for one, they ask for
    /// this one from then on.
    pub fn look_at(self, app: App, process: ProcessId) {
        let filtered = self.view.with_untracked(|view| {
            app.store
                .peek(|workspace| is_filtered_by_process(workspace, &view.filter))
        });
        self.looked_at.set(Some(process));
        preferences::BOARD_PROCESS.set(process);
        if filtered {
            self.change(app, |view| {
                view.filter.process = AnyOf::default();
                let value = process.to_string();
                app.store
                    .peek(|setup| view.filter.choose(setup, Kind::Process, &value, true));
            });
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

    fn edited(self, edit: impl FnOnce(&mut DealsView)) -> DealsView {
        edited(self.view.get_untracked(), edit)
    }

    /// The columns of a tab: as the address says of its own, else as they were
    /// chosen last in this browser, else the usual ones. Follows them.
    pub fn columns_of(self, tab: Tab) -> Columns {
        self.columns.with(|[open, closed, all]| match tab {
            Tab::Open => open.clone(),
            Tab::Closed => closed.clone(),
            Tab::All => all.clone(),
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

/// A view as an edit makes it. What this browser remembers goes into the
/// address with the first edit, so that it shows the same to anyone.
fn edited(mut view: DealsView, edit: impl FnOnce(&mut DealsView)) -> DealsView {
    view.columns = view.columns.or_else(|| columns::remembered(view.tab));
    edit(&mut view);
    view
}

/// Shows the list with other filters.
fn filter_by(app: App, filter: Filter, is_step: bool) {
    if let Route::Deals(view) = untrack(|| app.router.route()) {
        let route = Route::Deals(edited(view, |view| view.filter = filter));
        match is_step {
            true => app.router.go(&route),
            false => app.router.replace(route),
        }
    }
}
