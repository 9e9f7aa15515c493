//! The way through the list that one came from: the deal before, and the next.

use crate::domain::read::filter::Tab;
use crate::domain::read::index::Neighbours;
use crate::domain::value::id::DealId;
use crate::keys::Shortcut;
use crate::route::{DealsView, Route};
use crate::ui::app::{App, use_app};
use crate::ui::customers::deals_of_customer;
use crate::ui::offers::Offer;
use crate::ui::parts::Icon;
use crate::ui::prelude::*;
use crate::web::clock;

/// The list that one came from to a deal: that of the Deals page as it was, or
/// the deals of a customer that stand in one table with it.
fn list(app: App, id: DealId) -> Option<DealsView> {
    match app.router.came_from()? {
        Route::Deals(view) => Some(view),
        Route::Customer(customer) => {
            let is_open = app.store.peek(|w| Some(w.deals.get(&id)?.is_open()))?;
            let tab = if is_open { Tab::Open } else { Tab::Closed };
            Some(deals_of_customer(customer, tab))
        }
        _ => None,
    }
}

/// What stands around a deal in a list; follows every record.
fn around(app: App, view: &DealsView, id: DealId, last: Option<Neighbours>) -> Option<Neighbours> {
    let DealsView {
        tab, filter, sort, ..
    } = view;
    let now = clock::here();
    app.store.index(|index, workspace| {
        let around = index.neighbours(workspace, filter, *tab, *sort, now, id)?;
        let has = |id| index.has(workspace, filter, *tab, now, id);
        match last {
            Some(last) => Some(around.kept(&last, has)),
            // Whoever finds it there otherwise is not going through the list.
            None => around.place.map(|_| around),
        }
    })
}

/// The links "Previous deal" and "Next deal", with the deal's place between
/// them; nothing where one did not come from a list.
///
/// They put another deal in the place of this one, so that Back leads to the
/// list from wherever one has gone. And they stand for what stood around the
/// deal when one came to it: a deal that leaves the list, because it was won,
/// or takes another place in it, is not in the way.
#[component]
pub fn Walk(id: DealId) -> impl IntoView {
    let app = use_app();
    let kept = app.router.memory().keep("walk", None::<Neighbours>);
    let list = Memo::new(move |before: Option<&Option<DealsView>>| {
        let known = before.cloned().flatten();
        known.or_else(|| list(app, id))
    });
    let here = Memo::new(move |before: Option<&Option<Neighbours>>| {
        let last = before.copied().flatten().or(kept.get_untracked());
        list.with(|view| around(app, view.as_ref()?, id, last))
    });
    // Back from a form it is not known at once where one came from: what was
    // kept is to be there still when it is.
    effect(move || {
        if let Some(here) = here.get() {
            kept.set(Some(here));
        }
    });
    app.offers.add(move || {
        let Some(here) = here.get() else {
            return Vec::new();
        };
        let to = |text, icon, shortcut, deal: Option<DealId>| {
            let act = move |deal| move || app.router.beside(Route::Deal(deal));
            let offer = Offer::new(icon, text, act(deal?));
            Some(offer.by(shortcut))
        };
        let offers = [
            to("Next deal", "down", Shortcut::NextDeal, here.after),
            to("Previous deal", "up", Shortcut::PreviousDeal, here.before),
        ];
        offers.into_iter().flatten().collect()
    });
    let place = move |here: Neighbours| {
        let formats = app.formats();
        let count = formats.count(here.count);
        here.place.map_or("Left the list".to_owned(), |place| {
            format!("{} of {count}", formats.count(place))
        })
    };
    let link = |text: &'static str, key: &'static str, icon: &'static str, deal: Option<DealId>| {
        view! {
            <a
                class="walk-link"
                role="link"
                href=deal.map(|deal| Route::Deal(deal).href())
                data-beside=""
                aria-label=format!("{text} deal")
                aria-disabled=deal.is_none().then_some("true")
                title=format!("{text} deal ({key})")
            >
                <Icon name=icon />
                <span class="walk-word">{text}</span>
            </a>
        }
    };
    following(move || {
        here.get().map(|here| {
            view! {
                <nav class="walk" aria-label="List">
                    {link("Previous", "k", "up", here.before)}
                    <span class="walk-place">{place(here)}</span>
                    {link("Next", "j", "down", here.after)}
                </nav>
            }
        })
    })
}
