//! The dialog with all commands, and the way to any deal by its name.

use leptos::ev;

use super::app::{App, use_app};
use super::frame::set_theme;
use super::parts::{Dialog, Icon};
use super::shortcuts;
use crate::domain::read::columns::Sort;
use crate::domain::read::filter::{Filter, Tab};
use crate::domain::value::text::fold;
use crate::route::{DealsView, Route, SettingsPage};
use crate::ui::prelude::*;
use crate::web::theme::Theme;
use crate::web::{clock, dom, keyboard};

/// How many deals are offered.
const MOST_DEALS: usize = 8;

/// Something the palette offers.
#[derive(Clone)]
struct Offer {
    icon: &'static str,
    text: String,
    detail: String,
    act: Callback<()>,
}

fn offer(icon: &'static str, text: &str, act: impl Fn() + Send + Sync + 'static) -> Offer {
    Offer {
        icon,
        text: text.to_owned(),
        detail: String::new(),
        act: Callback::new(move |()| act()),
    }
}

fn commands(app: App) -> Vec<Offer> {
    let go = move |route: Route| move || app.router.go(&route);
    let page = |page| Route::Settings(page);
    let closed = DealsView {
        tab: Tab::Closed,
        ..DealsView::default()
    };
    let (undo, redo) = app.store.next_steps();
    let mut all = vec![
        offer("add", "Add deal", go(Route::NewDeal(None))),
        offer(
            "deals",
            "Open deals",
            go(Route::Deals(DealsView::default())),
        ),
        offer("deals", "Closed deals", go(Route::Deals(closed))),
        offer("search", "Search deals", move || shortcuts::search(app)),
        offer(
            "customers",
            "Customers",
            go(Route::Customers(String::new())),
        ),
        offer("add", "Add customer", go(Route::NewCustomer)),
        offer(
            "settings",
            "Account settings: General",
            go(page(SettingsPage::General)),
        ),
        offer(
            "settings",
            "Account settings: Deals",
            go(page(SettingsPage::Deals)),
        ),
        offer(
            "settings",
            "Account settings: Lists",
            go(page(SettingsPage::Lists)),
        ),
        offer(
            "download",
            "Account settings: Data",
            go(page(SettingsPage::Data)),
        ),
        offer("add", "Add process", go(Route::NewProcess)),
        offer("star", "Choosing a process", go(Route::Rules)),
        offer("sun", "Light theme", move || set_theme(app, Theme::Light)),
        offer("moon", "Dark theme", move || set_theme(app, Theme::Dark)),
        offer("command", "Keyboard shortcuts", move || {
            app.shortcuts.set(true)
        }),
    ];
    if let Some(name) = undo {
        all.push(offer("undo", &format!("Undo: {name}"), move || app.undo()));
    }
    if let Some(name) = redo {
        all.push(offer("redo", &format!("Redo: {name}"), move || app.redo()));
    }
    all
}

fn deals(app: App, text: &str) -> Vec<Offer> {
    let filter = Filter {
        search: text.to_owned(),
        ..Filter::default()
    };
    app.store.peek_index(|index, workspace| {
        let now = clock::now();
        let found = [Tab::Open, Tab::Closed]
            .into_iter()
            .flat_map(|tab| index.listed(workspace, &filter, tab, Sort::default(), now));
        let deals = found
            .take(MOST_DEALS)
            .filter_map(|id| workspace.deals.get(&id));
        deals
            .map(|deal| {
                let route = Route::Deal(deal.id);
                let act = Callback::new(move |()| app.router.go(&route));
                let detail = workspace.customer_name(deal.customer).to_owned();
                Offer {
                    icon: "deals",
                    text: deal.name.to_string(),
                    detail,
                    act,
                }
            })
            .collect()
    })
}

/// The dialog with all commands.
#[component]
pub fn Palette() -> impl IntoView {
    let app = use_app();
    let text = RwSignal::new(String::new());
    let active = RwSignal::new(0usize);
    let offers = Memo::new_with_compare(
        move |_| {
            let wanted = fold(&text.get());
            let fits = |offer: &Offer| {
                wanted
                    .split_whitespace()
                    .all(|w| fold(&offer.text).contains(w))
            };
            let mut offers: Vec<Offer> = commands(app).into_iter().filter(fits).collect();
            if !wanted.is_empty() {
                offers.extend(deals(app, &wanted));
            }
            offers
        },
        |_, _| true,
    );
    let take = move |at: usize| {
        let chosen = offers.with_untracked(|offers| offers.get(at).map(|offer| offer.act));
        if let Some(act) = chosen {
            app.palette.set(false);
            act.run(());
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
                    aria-label="Command or deal"
                    aria-expanded="true"
                    aria-autocomplete="list"
                    aria-controls="command-list"
                    aria-activedescendant=move || format!("command-{}", active.get())
                    placeholder="Type a command or the name of a deal"
                    prop:value=move || text.get()
                    on:input=move |event| {
                        text.set(event_target_value(&event));
                        active.set(0);
                    }
                    on:keydown=on_key
                />
                <div class="palette-list" role="listbox" id="command-list" aria-label="Commands" tabindex="-1">
                    {move || {
                        offers
                            .get()
                            .into_iter()
                            .enumerate()
                            .map(|(at, offer)| {
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
                                        <bdi class="palette-text">{offer.text}</bdi>
                                        <bdi class="palette-detail">{offer.detail}</bdi>
                                    </div>
                                }
                            })
                            .collect::<Vec<_>>()
                    }}
                </div>
                <Show when=move || offers.with(Vec::is_empty)>
                    <p class="hint">"Nothing of that name."</p>
                </Show>
            </div>
        </Dialog>
    }
}
