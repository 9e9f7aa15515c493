//! The chunks of the program: what the first rows do not need is loaded when it
//! is first asked for, or once the page has come to rest.
//!
//! A chunk is a table of functions that make its views. Only who has loaded the
//! chunk has the table, so nothing of it can be called before it is there. In
//! the release, `cargo xtask dist` keeps what is reached through a table alone
//! apart from the rest; every other build holds all of them, and a chunk is
//! there as soon as it is asked for.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use leptos::wasm_split::SplitLoaderError;

use super::app::{App, use_app};
use super::deals::Listing;
use super::filtering::{self, Filtering};
use super::parts::Icon;
use super::parts::chart::{SaveAs, Saved, save};
use super::{commands, customers, deal, deals, import, sample, settings, shortcuts, statistics};
use crate::chart::{Palette, Table, closed_options, closed_tables, open_options, open_tables};
use crate::domain::read::filter::Kind;
use crate::domain::read::stats::{ClosedStats, OpenStats};
use crate::domain::value::id::{CustomerId, DealId, ProcessId};
use crate::route::SettingsPage;
use crate::store::mirror::Store;
use crate::store::start;
use crate::ui::prelude::*;
use crate::web::dom;
use crate::web::intl::Formats;
use crate::web::life::for_the_page;

/// What is said where a chunk does not come.
const NOT_LOADED: &str = "A part of Pipewright could not be loaded. Your data is safe.";

/// After how long it is said that a wait is long, as `boot.js` does at the start.
const LONG: Duration = Duration::from_secs(6);
/// What is said then.
const LATE: &str = "Loading takes longer than usual.";

/// Makes the function that loads a chunk out of its table.
macro_rules! chunk {
    ($name:ident: $Table:ty = $table:expr) => {
        #[cfg(feature = "split")]
        #[leptos::wasm_split::wasm_split($name, wasm_split_path = ::leptos::wasm_split, fallible)]
        fn $name() -> Result<$Table, SplitLoaderError> {
            Ok($table)
        }

        #[cfg(not(feature = "split"))]
        async fn $name() -> Result<$Table, SplitLoaderError> {
            Ok($table)
        }
    };
}

/// Hears of a value that is taken in or out.
type Put = Callback<(String, bool)>;

/// What is done with deals and customers beyond looking at the list.
#[derive(Clone, Copy)]
pub struct Work {
    pub new_deal: fn(Option<CustomerId>) -> AnyView,
    pub deal: fn(DealId) -> AnyView,
    pub edit_deal: fn(DealId) -> AnyView,
    pub customers: fn() -> AnyView,
    pub new_customer: fn() -> AnyView,
    pub customer: fn(CustomerId) -> AnyView,
    pub edit_customer: fn(CustomerId) -> AnyView,
    pub board: fn(Listing) -> AnyView,
    pub selection: fn(Listing) -> AnyView,
    pub columns: fn(Listing, Callback<()>) -> AnyView,
    pub values: fn(Filtering, Kind, Memo<Vec<String>>, Put) -> AnyView,
    pub ranges: fn(Filtering) -> AnyView,
    pub save_view: fn(Listing, Callback<()>) -> AnyView,
    pub delete_views: fn(Callback<()>) -> AnyView,
    pub report: fn(App, Listing) -> AnyView,
    pub palette: fn() -> AnyView,
    pub shortcuts: fn() -> AnyView,
    pub leaving: fn() -> AnyView,
}

chunk!(work: Work = Work {
    new_deal: |customer| view! { <deal::NewDeal customer /> }.into_any(),
    deal: |id| view! { <deal::DealProfile id /> }.into_any(),
    edit_deal: |id| view! { <deal::EditDeal id /> }.into_any(),
    customers: || view! { <customers::CustomersPage /> }.into_any(),
    new_customer: || view! { <customers::NewCustomer /> }.into_any(),
    customer: |id| view! { <customers::CustomerProfile id /> }.into_any(),
    edit_customer: |id| view! { <customers::EditCustomer id /> }.into_any(),
    board: |listing| view! { <deals::Board listing /> }.into_any(),
    selection: |listing| view! { <deals::Selection listing /> }.into_any(),
    columns: |listing, on_close| view! { <deals::ColumnsDialog listing on_close /> }.into_any(),
    values: filtering::values,
    ranges: |filtering| view! { <filtering::Ranges filtering /> }.into_any(),
    save_view: |listing, on_close| view! { <deals::SaveView listing on_close /> }.into_any(),
    delete_views: |on_close| view! { <deals::DeleteViews on_close /> }.into_any(),
    report: deals::report,
    palette: || view! { <commands::Palette /> }.into_any(),
    shortcuts: || view! { <shortcuts::Shortcuts /> }.into_any(),
    leaving: || view! { <super::frame::Leaving /> }.into_any(),
});

/// What is drawn of statistics, as JSON for ECharts, and the tables of figures.
#[derive(Clone, Copy)]
pub struct Charts {
    pub open_options: fn(&OpenStats, &Palette, &Formats, bool) -> String,
    pub open_tables: fn(&OpenStats, &Formats) -> Vec<Table>,
    pub closed_options: fn(&ClosedStats, bool, &Palette, &Formats, bool) -> String,
    pub closed_tables: fn(&ClosedStats, bool, &Formats) -> Vec<Table>,
    pub save: fn(SaveAs, &Saved<'_>) -> Result<(), String>,
}

chunk!(charts: Charts = Charts {
    open_options: |stats, palette, formats, calm| open_options(stats, palette, formats, calm),
    open_tables: |stats, formats| open_tables(stats, formats),
    closed_options: |stats, by_month, palette, formats, calm| closed_options(stats, by_month, palette, formats, calm),
    closed_tables: |stats, by_month, formats| closed_tables(stats, by_month, formats),
    save,
});

/// Files of deals and customers, in and out.
#[derive(Clone, Copy)]
pub struct Files {
    pub import: fn(import::Picking) -> AnyView,
    pub export: fn(App, &[DealId]),
}

chunk!(files: Files = Files {
    import: |picking| view! { <import::ImportDialog picking /> }.into_any(),
    export: import::export_deals,
});

/// What belongs to the account.
#[derive(Clone, Copy)]
pub struct Account {
    pub settings: fn(SettingsPage) -> AnyView,
    pub process: fn(Option<ProcessId>) -> AnyView,
    pub rules: fn() -> AnyView,
    pub guide: fn() -> AnyView,
}

chunk!(account: Account = Account {
    settings: |page| view! { <settings::SettingsScreen page /> }.into_any(),
    process: |id| view! { <settings::ProcessScreen id /> }.into_any(),
    rules: || view! { <settings::RulesScreen /> }.into_any(),
    guide: || view! { <settings::GuideScreen /> }.into_any(),
});

/// The page Statistics.
#[derive(Clone, Copy)]
pub struct Statistics {
    pub page: fn() -> AnyView,
}

chunk!(figures: Statistics = Statistics {
    page: || view! { <statistics::StatisticsPage /> }.into_any(),
});

/// The sample data.
#[derive(Clone, Copy)]
pub struct Sample {
    pub load: fn(App),
    pub fill_demo: fn(Store),
}

chunk!(example: Sample = Sample {
    load: sample::load,
    fill_demo: start::fill_demo,
});

/// How far a chunk has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Away,
    Coming,
    There,
    Failed,
}

type BoxedView<T> = Box<dyn Fn(T) -> AnyView + Send + Sync>;
type Coming<T> = Pin<Box<dyn Future<Output = Result<T, SplitLoaderError>>>>;

/// A chunk, and how far it has come.
pub struct Chunk<T: 'static> {
    stage: RwSignal<Stage>,
    table: StoredValue<Option<T>>,
    fetch: fn() -> Coming<T>,
    /// That of the page, since it is waited for whatever is shown by then.
    life: Life,
}

impl<T> Clone for Chunk<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Chunk<T> {}

impl<T: Copy + Send + Sync> Chunk<T> {
    fn new(fetch: fn() -> Coming<T>) -> Self {
        Self {
            stage: RwSignal::new(Stage::Away),
            table: StoredValue::new(None),
            fetch,
            life: Life::here(),
        }
    }

    /// Begins to load it, unless it is there or on its way.
    pub fn load(self) {
        let stage = self.stage.get_untracked();
        if matches!(stage, Stage::There | Stage::Coming) {
            return;
        }
        self.stage.set(Stage::Coming);
        for_the_page((self.fetch)(), move |outcome| self.came(outcome));
    }

    fn came(self, outcome: Result<T, SplitLoaderError>) {
        match outcome {
            Ok(table) => {
                self.table.set_value(Some(table));
                self.stage.set(Stage::There);
            }
            Err(_) => self.stage.set(Stage::Failed),
        }
    }

    /// Its table, if it is there.
    pub fn there(self) -> Option<T> {
        self.table.get_value()
    }

    /// Its table as soon as it is there; follows that.
    pub fn get(self) -> Option<T> {
        self.stage.track();
        self.there()
    }

    /// A view of it, as soon as it is there; until then that it is coming, or
    /// that it could not be loaded, and a way to try again.
    pub fn view(self, view: impl Fn(T) -> AnyView + Send + Sync + 'static) -> AnyView {
        self.boxed_view(Box::new(view))
    }

    /// What there is to say of it, beside what is there without it: that it
    /// takes long, or could not be loaded, and a way to try again.
    pub fn trouble(self) -> AnyView {
        self.load();
        following(move || match self.stage.get() {
            Stage::There => None,
            Stage::Away | Stage::Coming => Some(late()),
            Stage::Failed => Some(self.failed()),
        })
    }

    fn failed(self) -> AnyView {
        failed(Callback::new(move |()| self.load()))
    }

    #[inline(never)]
    fn boxed_view(self, view: BoxedView<T>) -> AnyView {
        self.load();
        following(move || match self.stage.get() {
            Stage::There => self.there().map(&view),
            Stage::Away | Stage::Coming => Some(coming()),
            Stage::Failed => Some(self.failed()),
        })
    }

    /// The same for what lies over the page while `open` says so: where it
    /// can't be loaded, that is told, and it can be opened again.
    pub fn over(
        self,
        open: RwSignal<bool>,
        view: impl Fn(T) -> AnyView + Send + Sync + 'static,
    ) -> AnyView {
        self.boxed_over(open, Box::new(view))
    }

    #[inline(never)]
    fn boxed_over(self, open: RwSignal<bool>, view: BoxedView<T>) -> AnyView {
        let app = use_app();
        let mut is_asked = false;
        following(move || {
            if !open.get() {
                is_asked = false;
                return None;
            }
            // Once for each time that it is opened: one that fails is told.
            if !std::mem::replace(&mut is_asked, true) {
                untrack(|| self.load());
            }
            match self.stage.get() {
                Stage::There => self.there().map(&view),
                Stage::Away | Stage::Coming => {
                    let late = move |()| app.messages.plain(LATE.to_owned());
                    dom::after(LONG, alive(late));
                    None
                }
                Stage::Failed => {
                    app.messages.problem(NOT_LOADED.to_owned());
                    open.set(false);
                    None
                }
            }
        })
    }

    /// Does something with it, as soon as it is there.
    pub fn with(self, app: App, act: impl FnOnce(T) + 'static) {
        self.with_or(act, move || app.messages.problem(NOT_LOADED.to_owned()));
        let late = move |()| {
            if self.stage.get_untracked() == Stage::Coming {
                app.messages.plain(LATE.to_owned());
            }
        };
        dom::after(LONG, self.life.alive(late));
    }

    /// The same, and something else where it can't be loaded.
    fn with_or(self, act: impl FnOnce(T) + 'static, otherwise: impl FnOnce() + 'static) {
        if let Some(table) = self.there() {
            return act(table);
        }
        self.stage.set(Stage::Coming);
        for_the_page((self.fetch)(), move |outcome| {
            self.came(outcome);
            match self.there() {
                Some(table) => act(table),
                None => otherwise(),
            }
        });
    }
}

/// All chunks.
#[derive(Clone, Copy)]
pub struct Chunks {
    /// What is done with deals and customers.
    pub work: Chunk<Work>,
    /// The charts.
    pub charts: Chunk<Charts>,
    /// Import and export.
    pub files: Chunk<Files>,
    /// Settings.
    pub account: Chunk<Account>,
    /// The page Statistics.
    pub statistics: Chunk<Statistics>,
    /// Sample data.
    pub sample: Chunk<Sample>,
}

impl Chunks {
    /// None is loaded yet.
    pub fn new() -> Self {
        Self {
            work: Chunk::new(|| Box::pin(work())),
            charts: Chunk::new(|| Box::pin(charts())),
            files: Chunk::new(|| Box::pin(files())),
            account: Chunk::new(|| Box::pin(account())),
            statistics: Chunk::new(|| Box::pin(figures())),
            sample: Chunk::new(|| Box::pin(example())),
        }
    }

    /// Begins with the sample where that is the demo's first visit.
    pub fn fill_demo(self, app: App) {
        if start::is_demo_waiting(app.store) {
            let fill = move |sample: Sample| (sample.fill_demo)(app.store);
            self.sample.with_or(fill, move || {
                app.store.complete();
                app.messages.problem(NOT_LOADED.to_owned());
            });
        }
    }

    /// Loads all of them once the page has come to rest, so that they are there
    /// when they are asked for, without the network too.
    pub fn prefetch(self, app: App) {
        Effect::new(move |is_done: Option<bool>| {
            let is_due = app.store.is_busy().is_none();
            if is_due && !is_done.unwrap_or_default() {
                dom::at_rest(alive(move |()| {
                    self.work.load();
                    self.charts.load();
                    self.files.load();
                    self.account.load();
                    self.statistics.load();
                    self.sample.load();
                }));
            }
            is_due || is_done.unwrap_or_default()
        });
    }
}

/// Something that is on its way; after a while, that this takes long.
pub fn coming() -> AnyView {
    on_its_way("Loading")
}

/// The same, which says nothing before that while.
fn late() -> AnyView {
    on_its_way("")
}

fn on_its_way(at_first: &'static str) -> AnyView {
    let is_late = RwSignal::new(false);
    dom::after(LONG, alive(move |()| is_late.set(true)));
    view! {
        <div class="coming" class:coming-quietly=move || at_first.is_empty() && !is_late.get()>
            <p role="status">{move || if is_late.get() { LATE } else { at_first }}</p>
            <Show when=move || is_late.get()>
                <button type="button" class="button" on:click=move |_| dom::reload()>
                    "Reload"
                </button>
            </Show>
        </div>
    }
    .into_any()
}

/// A screen that could not be loaded.
fn failed(again: Callback<()>) -> AnyView {
    view! {
        <div class="notice notice-problem" role="alert">
            <Icon name="alert" />
            <p>{NOT_LOADED} " It is asked for again when you try again, or reload the page."</p>
            <button type="button" class="button" on:click=move |_| again.run(())>
                "Try again"
            </button>
        </div>
    }
    .into_any()
}
