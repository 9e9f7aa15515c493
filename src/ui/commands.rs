//! The palette: all that can be done on the shown screen and everywhere, and
//! the way to any deal, customer and process by its name.

use leptos::ev;

use super::app::{App, use_app};
use super::frame::set_theme;
use super::offers::Offer;
use super::parts::{Dialog, Icon};
use super::shortcuts;
use crate::domain::read::filter::{Filter, Tab};
use crate::domain::record::deal::Deal;
use crate::domain::record::workspace::Workspace;
use crate::domain::value::text::{counted, fold};
use crate::route::{DealsView, Route, SettingsPage, StatisticsView};
use crate::ui::prelude::*;
use crate::web::theme::Theme;
use crate::web::{clock, dom, keyboard};

/// How many of each kind are offered by name; the rest is counted.
const MOST: usize = 5;

/// What is offered, each with the heading that it stands under.
type Offered = Vec<(&'static str, Offer)>;

fn to(app: App, icon: &'static str, text: impl Into<String>, route: Route) -> Offer {
    Offer::new(icon, text, move || app.router.go(&route))
}

/// What can be done wherever one is.
fn everywhere(app: App) -> Vec<Offer> {
    let closed = DealsView {
        tab: Tab::Closed,
        ..DealsView::default()
    };
    let mut all = vec![
        to(app, "add", "Add deal", Route::NewDeal(None)).detailed("n"),
        to(
            app,
            "deals",
            "Open deals",
            Route::Deals(DealsView::default()),
        ),
        to(app, "deals", "Closed deals", Route::Deals(closed)),
        to(app, "check", "Today", Route::Deals(DealsView::today()))
            .detailed("Next steps that are due or overdue"),
        Offer::new("search", "Search deals", move || shortcuts::search(app)).detailed("/"),
        to(
            app,
            "customers",
            "Customers",
            Route::Customers(String::new()),
        ),
        to(app, "add", "Add customer", Route::NewCustomer),
        to(
            app,
            "statistics",
            "Statistics",
            Route::Statistics(StatisticsView::default()),
        ),
    ];
    all.extend(SettingsPage::ALL.map(|page| {
        let text = format!("Account settings: {}", page.title());
        to(app, "settings", text, Route::Settings(page))
    }));
    all.extend([
        to(app, "add", "Add process", Route::NewProcess),
        to(app, "star", "Choosing a process", Route::Rules),
        to(app, "star", "Set up several processes", Route::Guide),
        Offer::new("sun", "Light theme", move || set_theme(app, Theme::Light)),
        Offer::new("moon", "Dark theme", move || set_theme(app, Theme::Dark)),
        Offer::new("command", "Keyboard shortcuts", move || {
            app.shortcuts.set(true);
        })
        .detailed("?"),
    ]);
    let (undo, redo) = app.store.next_steps();
    if let Some(name) = undo {
        let undo = Offer::new("undo", format!("Undo: {name}"), move || app.undo());
        all.push(undo.detailed("Ctrl+Z"));
    }
    if let Some(name) = redo {
        let redo = Offer::new("redo", format!("Redo: {name}"), move || app.redo());
        all.push(redo.detailed("Shift+Ctrl+Z"));
    }
    all
}

/// The deals of a tab that what is typed finds.
fn deals(app: App, typed: &str, tab: Tab) -> Vec<Offer> {
    app.store.peek_index(|index, workspace| {
        let found = index.named_deals(workspace, typed, tab, MOST, clock::here());
        let deals = found.ids.iter().filter_map(|id| workspace.deals.get(id));
        let mut offers: Vec<Offer> = deals.map(|deal| offered(app, workspace, deal)).collect();
        if found.more > 0 {
            let filter = Filter {
                search: typed.to_owned(),
                ..Filter::default()
            };
            let view = DealsView {
                tab,
                filter,
                ..DealsView::default()
            };
            let kind = match tab {
                Tab::Open => "more open deal",
                Tab::Closed => "more closed deal",
                Tab::All => "more deal",
            };
            let text = counted(found.more, kind);
            offers.push(to(app, "search", text, Route::Deals(view)));
        }
        offers
    })
}

fn offered(app: App, workspace: &Workspace, deal: &Deal) -> Offer {
    let customer = workspace.customer_name(deal.customer);
    let detail = match deal.outcome() {
        None => customer.to_owned(),
        Some(outcome) if customer.is_empty() => outcome.title().to_owned(),
        Some(outcome) => format!("{customer} · {}", outcome.title()),
    };
    to(app, "deals", deal.name.to_string(), Route::Deal(deal.id)).detailed(detail)
}

/// The customers with what is typed in their name.
fn customers(app: App, typed: &str) -> Vec<Offer> {
    app.store.peek_index(|index, workspace| {
        let found = index.named_customers(workspace, typed, MOST);
        let all = found
            .ids
            .iter()
            .filter_map(|id| workspace.customers.get(id));
        let mut offers: Vec<Offer> = all
            .map(|one| {
                to(
                    app,
                    "customers",
                    one.name.to_string(),
                    Route::Customer(one.id),
                )
            })
            .collect();
        if found.more > 0 {
            let text = counted(found.more, "more customer");
            let rest = Route::Customers(typed.to_owned());
            offers.push(to(app, "search", text, rest));
        }
        offers
    })
}

/// The processes with all these words in their name.
fn processes(app: App, words: &str) -> Vec<Offer> {
    app.store.peek(|workspace| {
        let all = workspace.processes_in_order();
        let mut named: Vec<Offer> = all
            .filter(|process| has_all(&fold(process.name.as_str()), words))
            .map(|process| {
                let route = Route::EditProcess(process.id);
                to(app, "settings", process.name.to_string(), route)
            })
            .collect();
        let more = named.len().saturating_sub(MOST);
        if more > 0 {
            named.truncate(MOST);
            let rest = Route::Settings(SettingsPage::Deals);
            named.push(to(
                app,
                "search",
                format!("All processes, {more} more"),
                rest,
            ));
        }
        named
    })
}

fn has_all(folded: &str, words: &str) -> bool {
    words.split_whitespace().all(|word| folded.contains(word))
}

/// All that is offered for what is typed; follows the screen.
fn offers(app: App, typed: &str) -> Offered {
    let words = fold(typed);
    let fits = |offer: &Offer| has_all(&fold(&format!("{} {}", offer.text, offer.detail)), &words);
    let here: Vec<Offer> = app.offers.now().into_iter().filter(fits).collect();
    let is_here = |offer: &Offer| here.iter().any(|other| other.text == offer.text);
    let mut elsewhere = everywhere(app);
    elsewhere.retain(|offer| fits(offer) && !is_here(offer));
    let mut parts = vec![("This screen", here), ("Everywhere", elsewhere)];
    if !words.is_empty() {
        parts.extend([
            ("Deals", deals(app, typed, Tab::Open)),
            ("Deals", deals(app, typed, Tab::Closed)),
            ("Customers", customers(app, typed)),
            ("Sales processes", processes(app, &words)),
        ]);
    }
    let mut all = Offered::new();
    for (heading, offers) in parts {
        all.extend(offers.into_iter().map(|offer| (heading, offer)));
    }
    all
}

/// The dialog with all commands.
#[component]
pub fn Palette() -> impl IntoView {
    let app = use_app();
    let text = RwSignal::new(String::new());
    let active = RwSignal::new(0usize);
    let offers = Memo::always_new(move || offers(app, &text.get()));
    let take = move |at: usize| {
        let chosen = offers.with_untracked(|offers| offers.get(at).cloned());
        if let Some((_, offer)) = chosen {
            app.palette.set(false);
            offer.take();
        }
    };
    let step = move |by: isize| {
        let count = offers.with_untracked(Vec::len).max(1) as isize;
        let next = (active.get_untracked() as isize + by).rem_euclid(count);
        active.set(next as usize);
        dom::reveal(&format!("command-{next}"));
    };
    let on_key = move |event: ev::KeyboardEvent| match keyboard::key(&event).as_str() {
        "ArrowDown" => {
            event.prevent_default();
            step(1);
        }
        "ArrowUp" => {
            event.prevent_default();
            step(-1);
        }
        "Enter" => {
            event.prevent_default();
            take(active.get_untracked());
        }
        _ => {}
    };
    let option = move |(at, offer): (usize, &Offer)| {
        view! {
            <div
                class="palette-option"
                role="option"
                id=format!("command-{at}")
                aria-selected=move || (active.get() == at).to_string()
                on:click=move |_| take(at)
                on:pointermove=move |_| active.set(at)
            >
                <Icon name=offer.icon />
                <bdi class="palette-text">{offer.text.clone()}</bdi>
                <bdi class="palette-detail">{offer.detail.clone()}</bdi>
            </div>
        }
    };
    let groups = move || {
        offers.with(|offers| {
            let mut from = 0;
            let groups = offers.chunk_by(|a, b| a.0 == b.0).map(|group| {
                let heading = group.first().map_or("", |(heading, _)| heading);
                let first = from;
                from += group.len();
                let options = (first..).zip(group.iter().map(|(_, offer)| offer));
                view! {
                    <div class="palette-group" role="group" aria-label=heading>
                        <div class="palette-heading" aria-hidden="true">{heading}</div>
                        {options.map(option).collect::<Vec<_>>()}
                    </div>
                }
            });
            groups.collect::<Vec<_>>()
        })
    };
    view! {
        <Dialog
            title="Commands".to_owned()
            on_close=move |()| app.palette.set(false)
            passing=true
        >
            <div class="palette">
                <input
                    class="input"
                    type="text"
                    role="combobox"
                    autofocus=true
                    aria-label="Command or name"
                    aria-expanded="true"
                    aria-autocomplete="list"
                    aria-controls="command-list"
                    aria-activedescendant=move || format!("command-{}", active.get())
                    placeholder="Type a command, or the name of a deal, customer or process"
                    prop:value=move || text.get()
                    on:input=move |event| {
                        text.set(event_target_value(&event));
                        active.set(0);
                    }
                    on:keydown=on_key
                />
                <div class="palette-list" role="listbox" id="command-list" aria-label="Commands" tabindex="-1">
                    {move || groups()}
                </div>
                <Show when=move || offers.with(Vec::is_empty)>
                    <p class="hint">"Nothing of that name."</p>
                </Show>
            </div>
        </Dialog>
    }
}
