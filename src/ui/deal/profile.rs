//! The profile of a deal.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::closing::CloseDialog;
use super::history::History;
use super::next_step::NextStepCard;
use super::panel::ProcessPanel;
use super::snooze::{Rest, SnoozeDialog};
use super::suggestion::Suggested;
use super::typed::Typed;
use super::walk::Walk;
use crate::domain::change::command::Command;
use crate::domain::read::stats::is_stale;
use crate::domain::record::deal::{Deal, Outcome};
use crate::domain::record::list::ListKind;
use crate::domain::record::workspace::{Key, Setup};
use crate::domain::value::id::DealId;
use crate::route::Route;
use crate::ui::app::{deals_href, formats_of, use_app};
use crate::ui::not_found::NotFound;
use crate::ui::parts::{Back, Confirm, Menu, MenuItem, OfferButton, OfferLink, Page};
use crate::ui::prelude::*;
use crate::web::{clock, dom, print};

/// The profile of a deal.
#[component]
pub fn DealProfile(id: DealId) -> impl IntoView {
    let app = use_app();
    let typed = Typed::guarding();
    let is_any = typed.is_any();
    // What is typed outlives the deal.
    let is_shown = memo(move || app.store.deal(id).is_some() || is_any.get());
    following(move || {
        if is_shown.get() {
            view! { <Profile id typed /> }.into_any()
        } else {
            view! { <NotFound /> }.into_any()
        }
    })
}

#[component]
fn Profile(id: DealId, typed: Typed) -> impl IntoView {
    let app = use_app();
    let is_gone = memo(move || app.store.deal(id).is_none());
    // When the deal is gone the last one seen stands in.
    let deal = Memo::new(move |before: Option<&Option<Arc<Deal>>>| {
        app.store.deal(id).or_else(|| before.cloned().flatten())
    });
    let heading = derived(move || {
        deal.with(|deal| deal.as_ref().map(|deal| deal.name.to_string()))
            .unwrap_or_default()
    });
    view! {
        <Page
            heading
            back=move || {
                view! {
                    <div class="above">
                        <Back href=deals_href() to="Deals" />
                        <Walk id />
                    </div>
                }
            }
            actions=move || view! { <Actions id deal /> }
        >
            <Show when=move || is_gone.get()>
                <p class="notice notice-problem" role="alert">
                    "This deal is gone: its adding was undone, or another tab deleted it. What you typed is still here."
                </p>
            </Show>
            <Headline deal />
            <Suggested deal />
            <Rest deal />
            <NextStepCard id deal typed />
            <div class="profile">
                <div class="profile-main">
                    <Facts deal />
                    <History id deal typed />
                </div>
                <ProcessPanel id deal typed />
            </div>
        </Page>
    }
}

#[component]
fn Actions(id: DealId, deal: Memo<Option<Arc<Deal>>>) -> impl IntoView {
    let app = use_app();
    let closing = RwSignal::new(None::<Outcome>);
    let deleting = RwSignal::new(false);
    let snoozing = RwSignal::new(false);
    let outcome = memo(move || deal.with(|deal| deal.as_ref().and_then(|d| d.outcome())));
    let duplicate = move || {
        let changes = app.run(Command::DuplicateDeal(id));
        let copy = changes.and_then(|changes| {
            changes.keys().find_map(|key| {
                if let Key::Deal(copy) = key {
                    Some(copy)
                } else {
                    None
                }
            })
        });
        if let Some(copy) = copy {
            app.router.go(&Route::Deal(copy));
        }
    };
    let delete = move |()| {
        deleting.set(false);
        if app
            .run(Command::DeleteDeals(BTreeSet::from([id])))
            .is_some()
        {
            app.router.leave(Route::parse(&deals_href()));
        }
    };
    let close = move |outcome: Outcome| move |()| closing.set(Some(outcome));
    let more = derived(move || {
        let mut items = Vec::new();
        if outcome.get().is_none() {
            let outdated = move || closing.set(Some(Outcome::Outdated));
            items.push(MenuItem::new("Mark as outdated", outdated));
            items.push(MenuItem::new("Snooze", move || snoozing.set(true)));
        }
        items.push(MenuItem::new("Duplicate", duplicate));
        items.push(MenuItem::new("Print", print::page));
        items.push(MenuItem::new("Delete", move || deleting.set(true)));
        items
    });
    view! {
        <div class="deal-actions">
            <Show
                when=move || outcome.get().is_none()
                fallback=move || {
                    view! {
                        <OfferButton
                            text="Reopen"
                            icon="undo"
                            class="button-primary"
                            act=move |()| {
                                app.run(Command::Reopen(BTreeSet::from([id])));
                                // The button goes.
                                dom::catch_focus_in_place("#heading");
                            }
                        />
                    }
                }
            >
                <OfferButton text="Mark as won" icon="check" class="button-won" act=close(Outcome::Won) />
                <OfferButton text="Mark as lost" icon="close" class="button-lost" act=close(Outcome::Lost) />
            </Show>
            <OfferLink text="Edit deal" icon="edit" route=Route::EditDeal(id) />
            <Menu label="More".to_owned() items=more offered="" />
        </div>
        {move || {
            closing
                .get()
                .map(|outcome| {
                    view! { <CloseDialog deals=BTreeSet::from([id]) outcome on_close=move |()| closing.set(None) /> }
                })
        }}
        <Show when=move || snoozing.get()>
            <SnoozeDialog deals=BTreeSet::from([id]) on_close=move |()| snoozing.set(false) />
        </Show>
        <Show when=move || deleting.get()>
            <Confirm
                title="Delete this deal?"
                text="It is gone with its progress and history. Undo brings it back as long as this page is open."
                agree="Delete"
                danger=true
                on_agree=delete
                on_refuse=move |()| deleting.set(false)
            />
        </Show>
    }
}

/// Status, value, chance, stage and close in one line of large figures.
#[component]
fn Headline(deal: Memo<Option<Arc<Deal>>>) -> impl IntoView {
    let app = use_app();
    let figures = move || {
        let deal = deal.get()?;
        app.store.setup(|workspace| {
            let formats = formats_of(workspace);
            let process = workspace.processes.get(&deal.process)?;
            let stage = deal
                .current_stage(process)
                .id()
                .and_then(|id| process.stage(id));
            let stage = stage.map_or("Stage unknown".to_owned(), |stage| stage.name.to_string());
            let (status, badge) = match deal.outcome() {
                None => ("Open", "badge badge-accent"),
                Some(Outcome::Won) => ("Won", "badge badge-won"),
                Some(Outcome::Lost) => ("Lost", "badge badge-lost"),
                Some(Outcome::Outdated) => ("Outdated", "badge badge-outdated"),
            };
            let stale = is_stale(&deal, process, clock::now());
            let chance = deal.chance(process);
            let weighted = deal.weighted_value(process);
            let weighted = weighted.map_or("–".to_owned(), |sum| formats.money(sum.minor()));
            let value = deal
                .value
                .map_or("Unknown".to_owned(), |v| formats.money(v.minor().into()));
            let close = match &deal.closing {
                Some(closing) => formats.date(closing.on),
                None => deal
                    .expected_close
                    .map_or("Not set".to_owned(), |date| formats.date(date)),
            };
            let close_name = if deal.is_open() {
                "Expected close"
            } else {
                "Closed"
            };
            let figure = |name: &'static str, value: String| {
                view! {
                    <div class="headline-figure">
                        <dt>{name}</dt>
                        <dd dir="auto">{value}</dd>
                    </div>
                }
            };
            Some(view! {
                <div class="headline-figure">
                    <dt>"Status"</dt>
                    <dd>
                        <span class=badge>{status}</span>
                        {stale.then(|| view! { <span class="badge badge-warn">"Stale"</span> })}
                    </dd>
                </div>
                {figure("Value", value)}
                {figure("Chance", formats.chance(chance))}
                {figure("Weighted value", weighted)}
                {figure("Stage", stage)}
                {figure(close_name, close)}
            })
        })
    };
    view! { <dl class="headline">{move || figures()}</dl> }
}

/// A fact: its name, what is shown, and where it leads.
type Fact = (&'static str, String, Option<String>);

fn facts(workspace: &Setup, deal: &Deal) -> Vec<Fact> {
    let formats = formats_of(workspace);
    let entry = |kind, id| workspace.entry_name(kind, id).to_owned();
    let customer = workspace.customer_name(deal.customer).to_owned();
    let mut facts: Vec<Fact> = vec![
        (
            "Customer",
            customer,
            deal.customer.map(|id| Route::Customer(id).href()),
        ),
        (
            "Segment",
            entry(ListKind::Segments, workspace.segment_of(deal)),
            None,
        ),
        ("Category", entry(ListKind::Categories, deal.category), None),
        ("Owner", entry(ListKind::Owners, deal.owner), None),
        ("Source", entry(ListKind::Sources, deal.source), None),
        ("Created", formats.date(deal.created), None),
        ("Last changed", formats.moment(deal.touched), None),
    ];
    if let Some(closing) = &deal.closing {
        let reason = entry(closing.outcome.reasons(), closing.reason);
        facts.push(("Reason", reason, None));
        facts.push(("Comment", closing.comment.clone(), None));
    }
    if let Some(id) = &deal.external_id {
        facts.push(("External id", id.clone(), None));
    }
    facts
}

#[component]
fn Facts(deal: Memo<Option<Arc<Deal>>>) -> impl IntoView {
    let app = use_app();
    let all = move || {
        let facts = deal
            .get()
            .map(|deal| app.store.setup(|w| facts(w, &deal)))
            .unwrap_or_default();
        facts
            .into_iter()
            .map(|(name, text, href)| {
                let text = if text.is_empty() {
                    "–".to_owned()
                } else {
                    text
                };
                let shown = match href {
                    Some(href) => view! { <a href=href dir="auto">{text}</a> }.into_any(),
                    None => view! { <span dir="auto">{text}</span> }.into_any(),
                };
                view! {
                    <div class="fact">
                        <dt>{name}</dt>
                        <dd>{shown}</dd>
                    </div>
                }
            })
            .collect::<Vec<_>>()
    };
    let notes = move || {
        deal.get()
            .map(|deal| deal.notes.clone())
            .filter(|notes| !notes.is_empty())
    };
    view! {
        <section class="card" aria-labelledby="facts-title">
            <h2 id="facts-title">"Details"</h2>
            <dl class="facts">{move || all()}</dl>
            {move || {
                notes()
                    .map(|notes| {
                        view! {
                            <h3 class="notes-title">"Notes"</h3>
                            <p class="notes" dir="auto">{notes}</p>
                        }
                    })
            }}
        </section>
    }
}
