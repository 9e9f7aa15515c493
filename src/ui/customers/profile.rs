//! The profile of a customer: how to reach them, and their deals.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::deals::Deals;
use super::{BackToList, DASH, Gone, tally_money};
use crate::chart::win_rate;
use crate::domain::change::command::Command;
use crate::domain::read::brief::Brief;
use crate::domain::read::filter::Tab;
use crate::domain::read::stats::{Summary, summary};
use crate::domain::record::customer::Customer;
use crate::domain::record::list::ListKind;
use crate::domain::value::id::CustomerId;
use crate::domain::value::links::telephone;
use crate::domain::value::text::counted;
use crate::route::Route;
use crate::ui::app::use_app;
use crate::ui::parts::{Confirm, Empty, OfferButton, OfferLink, Page, with_links};
use crate::ui::prelude::*;

/// The profile of a customer.
#[component]
pub fn CustomerProfile(id: CustomerId) -> impl IntoView {
    let app = use_app();
    let customer = memo(move || {
        app.store
            .setup(|workspace| workspace.customers.get(&id).cloned())
    });
    let is_there = memo(move || customer.with(Option::is_some));
    view! {
        <Show when=move || is_there.get() fallback=|| view! { <Gone /> }>
            <Profile id customer />
        </Show>
    }
}

#[component]
fn Profile(id: CustomerId, customer: Memo<Option<Arc<Customer>>>) -> impl IntoView {
    let app = use_app();
    let asking = RwSignal::new(false);
    let name = derived(move || {
        customer.with(|customer| {
            customer
                .as_ref()
                .map_or_else(String::new, |c| c.name.to_string())
        })
    });
    let sums = memo(move || {
        app.store.index(|index, _| {
            let own = |deal: &&Brief| deal.customer == Some(id);
            summary(index.briefs().filter(own))
        })
    });
    let delete = move |()| {
        // The address first: a profile of nobody is not to flash by.
        app.router.leave(Route::Customers(String::new()));
        app.run(Command::DeleteCustomers(BTreeSet::from([id])));
    };
    let count = memo(move || sums.with(|sums| sums.open.all.count + sums.closed.all().count));
    let has_deals = memo(move || count.get() > 0);
    view! {
        <Page
            heading=name
            back=|| view! { <BackToList /> }
            actions=move || {
                view! {
                    <OfferButton
                        text="Delete"
                        icon="trash"
                        class="button-quiet"
                        bare=true
                        act=move |()| asking.set(true)
                    />
                    <OfferLink text="Edit customer" icon="edit" route=Route::EditCustomer(id) />
                    <OfferLink
                        text="Add deal"
                        icon="add"
                        class="button-primary"
                        route=Route::NewDeal(Some(id))
                    />
                }
            }
        >
            <div class="customer-columns">
                <div class="customer-main">
                    <Show when=move || has_deals.get() fallback=move || view! { <NoDeals id /> }>
                        <Totals sums />
                        <Deals id tab=Tab::Open />
                        <Deals id tab=Tab::Closed />
                    </Show>
                </div>
                <Contact customer />
            </div>
            <Show when=move || asking.get()>
                <Confirm
                    title="Delete customer?"
                    text=what_goes(&name.get_untracked(), count.get_untracked())
                    agree="Delete"
                    danger=true
                    on_agree=delete
                    on_refuse=move |()| asking.set(false)
                />
            </Show>
        </Page>
    }
}

/// What happens when a customer of that name with so many deals is deleted.
fn what_goes(name: &str, deals: usize) -> String {
    let stay = match deals {
        0 => "There are no deals with this customer.".to_owned(),
        1 => "1 deal stays, without a customer.".to_owned(),
        more => format!("{} stay, without a customer.", counted(more, "deal")),
    };
    // The marks keep a name written from right to left to itself.
    format!("“\u{2068}{name}\u{2069}” is deleted. {stay} You can undo this.")
}

#[component]
fn NoDeals(id: CustomerId) -> impl IntoView {
    view! {
        <section class="card" aria-label="Deals">
            <Empty
                icon="deals"
                title="No deals yet"
                text="What you sell to this customer is listed here, with its stage and its value."
            >
                <a class="button" href=Route::NewDeal(Some(id)).href()>
                    "Add the first deal"
                </a>
            </Empty>
        </section>
    }
}

#[component]
fn Totals(sums: Memo<Summary>) -> impl IntoView {
    let app = use_app();
    let fact = |label: &'static str, value: String, detail: String| {
        view! {
            <div class="total">
                <dt>{label}</dt>
                <dd>
                    <span class="total-value">{value}</span>
                    <span class="total-detail">{detail}</span>
                </dd>
            </div>
        }
    };
    view! {
        <section class="card totals-card" aria-label="Totals">
            <dl class="totals">
                {move || {
                    let formats = app.formats();
                    let sums = sums.get();
                    let (open, won) = (sums.open.all, sums.closed.won);
                    let weighted = if open.has_value() {
                        formats.money(sums.open.weighted.rounded().minor())
                    } else {
                        DASH.to_owned()
                    };
                    let rate = win_rate(&sums.closed, &formats);
                    let not_won = sums.closed.lost.count + sums.closed.outdated.count;
                    let rate = rate.unwrap_or_else(|| DASH.to_owned());
                    view! {
                        {fact("Open", tally_money(&formats, open), counted(open.count, "deal"))}
                        {fact("Weighted", weighted, "value × chance".to_owned())}
                        {fact("Won", tally_money(&formats, won), counted(won.count, "deal"))}
                        {fact("Win rate", rate, format!("{not_won} lost or outdated"))}
                    }
                }}
            </dl>
        </section>
    }
}

#[component]
fn Contact(customer: Memo<Option<Arc<Customer>>>) -> impl IntoView {
    let app = use_app();
    let row = |label: &'static str, value: AnyView| {
        view! {
            <div>
                <dt>{label}</dt>
                <dd>{value}</dd>
            </div>
        }
    };
    let text = |text: &str| {
        if text.is_empty() {
            view! { <span class="unknown">{DASH}</span> }.into_any()
        } else {
            view! { <bdi>{text.to_owned()}</bdi> }.into_any()
        }
    };
    let called = move |number: &str| match telephone(number) {
        Some(href) => view! { <a href=href><bdi>{number.to_owned()}</bdi></a> }.into_any(),
        None => text(number),
    };
    let mailed = move |address: &str| {
        if address.is_empty() {
            text("")
        } else {
            view! { <bdi>{with_links(address)}</bdi> }.into_any()
        }
    };
    let rows = move || {
        let customer = customer.get()?;
        let segment = app.store.setup(|workspace| {
            let name = workspace.entry_name(ListKind::Segments, customer.segment);
            name.to_owned()
        });
        Some(view! {
            {row("Segment", text(&segment))}
            {row("E-mail", mailed(&customer.email))}
            {row("Telephone", called(&customer.phone))}
            {(!customer.notes.is_empty())
                .then(|| {
                    let notes = customer.notes.clone();
                    row("Notes", view! { <p class="notes" dir="auto">{notes}</p> }.into_any())
                })}
        })
    };
    view! {
        <section class="card contact" aria-label="Contact details">
            <h2>"Contact details"</h2>
            <dl class="contact-list">{move || rows()}</dl>
        </section>
    }
}
