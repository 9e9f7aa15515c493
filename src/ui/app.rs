//! The app: what every view can reach, and which screen is shown.

use std::ops::Deref;
use std::sync::atomic::{AtomicU32, Ordering};

use super::chunks::Chunks;
use super::messages::Messages;
use super::offers::Offers;
use super::{deals, frame, not_found};
use crate::domain::change::command::Command;
use crate::domain::change::report::moved;
use crate::domain::record::workspace::{Changes, Setup};
use crate::domain::value::error::DomainError;
use crate::domain::value::id::{CustomerId, DealId, ProcessId};
use crate::domain::value::money::Money;
use crate::domain::value::typed::TypedAmount;
use crate::route::{DealsView, Route, SettingsPage};
use crate::store::mirror::Store;
use crate::ui::prelude::*;
use crate::web::intl::Formats;
use crate::web::router::Router;
use crate::web::theme::Theme;
use crate::web::{clicks, dom, foreign};

/// The app, as every view holds it: there is one for as long as the page is
/// there, so what a view keeps of it is where it lies.
#[derive(Clone, Copy)]
pub struct App(&'static Reach);

impl Deref for App {
    type Target = Reach;

    fn deref(&self) -> &Reach {
        self.0
    }
}

/// What every view can reach.
pub struct Reach {
    /// The data.
    pub store: Store,
    /// The address.
    pub router: Router,
    /// What was said to the visitor.
    pub messages: Messages,
    /// Light or dark.
    pub theme: RwSignal<Theme>,
    /// The dialog with all commands is open.
    pub palette: RwSignal<bool>,
    /// The list of shortcuts is open.
    pub shortcuts: RwSignal<bool>,
    /// What the shown screen offers.
    pub offers: Offers,
    /// What is loaded when it is asked for.
    pub chunks: Chunks,
    screens_shown: StoredValue<u32>,
}

/// The app, from anywhere in it.
pub fn use_app() -> App {
    expect_context::<App>()
}

/// An id for an element that no other has.
pub fn unique_id(kind: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("{kind}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

impl App {
    /// Does what a command asks, and says so; a refusal is said too.
    pub fn run(self, command: Command) -> Option<Changes> {
        match self.attempt(command) {
            Ok(changes) => Some(changes),
            Err(error) => {
                self.messages.problem(error.to_string());
                None
            }
        }
    }

    /// Does what a command asks, and says so; a refusal is for the caller to show.
    ///
    /// # Errors
    /// The command was refused.
    pub fn attempt(self, command: Command) -> Result<Changes, DomainError> {
        let report = command.report();
        let is_move = matches!(command, Command::MoveToStage { .. });
        let changes = self.store.dispatch(command)?;
        let report = if is_move { moved(&changes) } else { report };
        match report {
            _ if changes.is_empty() => {}
            Some(report) => self.messages.done(report),
            None => self.messages.outdate(),
        }
        Ok(changes)
    }

    /// Takes back the last step.
    pub fn undo(self) {
        let (name, _) = untrack(|| self.store.next_steps());
        match self.store.undo() {
            Err(DomainError::Stale) => {
                let next = self.store.undo_that_goes();
                self.messages.problem(refusal(name, "taken back", next));
            }
            done => self.told("Undone", done),
        }
    }

    /// Does the step undone last again.
    pub fn redo(self) {
        let (_, name) = untrack(|| self.store.next_steps());
        match self.store.redo() {
            Err(DomainError::Stale) => {
                self.messages.problem(refusal(name, "done again", None));
            }
            done => self.told("Redone", done),
        }
    }

    fn told(self, what: &str, step: Result<Option<&'static str>, DomainError>) {
        match step {
            Ok(Some(name)) => self.messages.plain(format!("{what}: {name}")),
            Ok(None) => {}
            Err(error) => self.messages.problem(error.to_string()),
        }
    }

    /// An amount that was typed, read by the account's region; follows the
    /// settings.
    ///
    /// # Errors
    /// Why it is none.
    pub fn typed_amount(self, text: &str) -> Result<Option<TypedAmount>, DomainError> {
        self.store.setup(|workspace| typed_amount(workspace, text))
    }

    /// The account's formats; follows the settings.
    pub fn formats(self) -> Formats {
        self.store.setup(formats_of)
    }

    /// Whether no screen but the first has been shown yet.
    pub fn is_first_screen(self) -> bool {
        self.screens_shown.get_value() <= 1
    }
}

/// What is said of a step that would overwrite what another tab has done.
fn refusal(name: Option<&str>, what: &str, next: Option<&str>) -> String {
    let name = name.unwrap_or_default();
    let rest = next.map_or_else(String::new, |next| format!(" Undo goes on with: {next}."));
    format!("This step can't be {what}: {name}. Another tab has changed the same since.{rest}")
}

/// The formats of a workspace.
pub fn formats_of(workspace: &Setup) -> Formats {
    Formats::of(&workspace.settings.locale, workspace.currency())
}

/// An amount that was typed, read by the account's region.
///
/// # Errors
/// Why it is none.
pub fn typed_amount(workspace: &Setup, text: &str) -> Result<Option<TypedAmount>, DomainError> {
    let marks = formats_of(workspace).marks();
    marks.read(text, workspace.currency())
}

/// A value as an amount field starts with it.
pub fn amount_text(workspace: &Setup, value: Option<Money>) -> String {
    let marks = formats_of(workspace).marks();
    let text = value.map(|value| marks.write(value, workspace.currency()));
    text.unwrap_or_default()
}

/// Which screen is shown, without the part of the route that changes within it.
#[derive(Clone, PartialEq)]
enum Screen {
    Deals,
    NewDeal(Option<CustomerId>),
    Deal(DealId),
    EditDeal(DealId),
    Customers,
    NewCustomer,
    Customer(CustomerId),
    EditCustomer(CustomerId),
    Statistics,
    Settings(SettingsPage),
    Process(Option<ProcessId>),
    Rules,
    Guide,
    NotFound,
}

fn screen(route: Route) -> Screen {
    match route {
        Route::Deals(_) => Screen::Deals,
        Route::NewDeal(customer) => Screen::NewDeal(customer),
        Route::Deal(id) => Screen::Deal(id),
        Route::EditDeal(id) => Screen::EditDeal(id),
        Route::Customers(_) => Screen::Customers,
        Route::NewCustomer => Screen::NewCustomer,
        Route::Customer(id) => Screen::Customer(id),
        Route::EditCustomer(id) => Screen::EditCustomer(id),
        Route::Statistics(_) => Screen::Statistics,
        Route::Settings(page) => Screen::Settings(page),
        Route::NewProcess => Screen::Process(None),
        Route::Rules => Screen::Rules,
        Route::Guide => Screen::Guide,
        Route::EditProcess(id) => Screen::Process(Some(id)),
        Route::NotFound => Screen::NotFound,
    }
}

/// What is said where something in the browser does not let go of the texts.
const REWRITTEN: &str = "Something in this browser keeps rewriting this page, such as a translator. What it shows may be wrong until you switch that off and reload.";

/// Mounts the app into the page's body.
pub fn mount() {
    crate::web::panic::prepare();
    crate::web::letters::prepare();
    crate::web::preferences::take_over();
    leptos::mount::mount_to_body(|| {
        let store = crate::store::start::start();
        let app = App(Box::leak(Box::new(Reach {
            store,
            router: Router::start(),
            messages: Messages::new(),
            theme: RwSignal::new(Theme::chosen()),
            palette: RwSignal::new(false),
            shortcuts: RwSignal::new(false),
            offers: Offers::new(),
            chunks: Chunks::new(),
            screens_shown: StoredValue::new(0),
        })));
        provide_context(app);
        dom::remove_shell();
        clicks::once();
        app.chunks.fill_demo(app);
        app.chunks.prefetch(app);
        foreign::keep_texts(alive(move |()| app.messages.problem(REWRITTEN.to_owned())));
        view! {
            <frame::Frame>
                <Screens />
            </frame::Frame>
        }
    });
}

#[component]
fn Screens() -> impl IntoView {
    let app = use_app();
    let shown = memo(move || screen(app.router.route()));
    following(move || {
        app.screens_shown.update_value(|count| *count += 1);
        app.router.guard(false);
        clicks::scene_changed();
        let (work, account) = (app.chunks.work, app.chunks.account);
        let statistics = app.chunks.statistics;
        match shown.get() {
            Screen::Deals => view! { <deals::DealsPage /> }.into_any(),
            Screen::NewDeal(customer) => work.view(move |it| (it.new_deal)(customer)),
            Screen::Deal(id) => work.view(move |it| (it.deal)(id)),
            Screen::EditDeal(id) => work.view(move |it| (it.edit_deal)(id)),
            Screen::Customers => work.view(|it| (it.customers)()),
            Screen::NewCustomer => work.view(|it| (it.new_customer)()),
            Screen::Customer(id) => work.view(move |it| (it.customer)(id)),
            Screen::EditCustomer(id) => work.view(move |it| (it.edit_customer)(id)),
            Screen::Statistics => statistics.view(|it| (it.page)()),
            Screen::Settings(page) => account.view(move |it| (it.settings)(page)),
            Screen::Process(id) => account.view(move |it| (it.process)(id)),
            Screen::Rules => account.view(|it| (it.rules)()),
            Screen::Guide => account.view(|it| (it.guide)()),
            Screen::NotFound => view! { <not_found::NotFound /> }.into_any(),
        }
    })
}

/// The address of the list of open deals.
pub fn deals_href() -> String {
    Route::Deals(DealsView::default()).href()
}
