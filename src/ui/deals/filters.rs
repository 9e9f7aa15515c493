//! The filters: what can be chosen, typed and saved.

use super::{Listing, is_filtered, ranges::Ranges, views::Views};
use crate::domain::read::filter::{Filter, Kind, Tab, choices, name_of};
use crate::domain::record::workspace::Setup;
use crate::route::DealsView;
use crate::ui::app::{unique_id, use_app};
use crate::ui::parts::select::{Choices, options};
use crate::ui::parts::{Icon, OfferButton};
use crate::ui::prelude::*;

/// The bar with search box and filters.
#[component]
pub fn Filters(listing: Listing) -> impl IntoView {
    let app = use_app();
    let search = Memo::new(move |_| listing.view.with(|view| view.filter.search.clone()));
    let any = Memo::new(move |_| listing.view.with(|view| is_filtered(&view.filter)));
    let has_processes = Memo::new(move |_| {
        app.store.setup(|w| w.processes.len() > 1)
            || listing.view.with(|view| !view.filter.process.is_empty())
    });
    let more_id = unique_id("filters");
    let has_more = listing.view.with_untracked(|view| has_ranges(&view.filter));
    let more = app.router.memory().keep("more filters", has_more);
    let controls = more_id.clone();
    view! {
        <div class="filters" role="search" aria-label="Filters">
            <div class="search">
                <Icon name="search" />
                <input
                    class="input"
                    type="search"
                    aria-label="Search deals"
                    placeholder="Search deals"
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=move || search.get()
                    on:input=move |event| {
                        let text = event_target_value(&event);
                        listing.refine(app, |view| view.filter.search = text);
                    }
                />
            </div>
            <Show when=move || has_processes.get()>
                <KindFilter listing kind=Kind::Process all="All processes" />
            </Show>
            <KindFilter listing kind=Kind::Stage all="All stages" />
            <Show when=move || listing.tab() == Tab::Closed>
                <KindFilter listing kind=Kind::Status all="All statuses" />
            </Show>
            <KindFilter listing kind=Kind::Owner all="All owners" />
            <KindFilter listing kind=Kind::Segment all="All segments" />
            <KindFilter listing kind=Kind::Category all="All categories" />
            <KindFilter listing kind=Kind::Source all="All sources" />
            <Chips listing />
            <button
                type="button"
                class="button button-quiet"
                aria-expanded=move || more.get().to_string()
                aria-controls=controls
                on:click=move |_| more.update(|more| *more = !*more)
            >
                <Icon name="filter" />
                "More filters"
            </button>
            <Show when=move || any.get()>
                <OfferButton
                    text="Clear filters"
                    icon="close"
                    class="button-quiet"
                    act=move |()| listing.change(app, |view| view.filter = Filter::default())
                />
            </Show>
            <Views listing />
            <div class="filters-more" id=more_id hidden=move || !more.get()>
                <Ranges listing />
            </div>
        </div>
    }
}

fn has_ranges(filter: &Filter) -> bool {
    let Filter {
        value_min,
        value_max,
        from,
        to,
        stale,
        ..
    } = filter;
    value_min.is_some() || value_max.is_some() || from.is_some() || to.is_some() || *stale
}

/// The filter of one kind; it is there where something can be chosen.
#[component]
fn KindFilter(listing: Listing, kind: Kind, all: &'static str) -> impl IntoView {
    let app = use_app();
    let filter = Memo::new(move |_| listing.view.with(|view| view.filter.clone()));
    let value = Memo::new(move |_| {
        let values = filter.with(|filter| filter.values(kind).texts());
        values.into_iter().next().unwrap_or_default()
    });
    let choices = Memo::new(move |_| {
        let found = filter.with(|filter| {
            app.store
                .index(|index, w| choices(w, filter, kind, &|id| index.is_used(id)))
        });
        let mut groups: Choices = vec![(None, vec![(String::new(), all.to_owned())])];
        for choice in found {
            match groups.last_mut() {
                Some((group, same)) if *group == choice.group => {
                    same.push((choice.value, choice.name));
                }
                _ => groups.push((choice.group, vec![(choice.value, choice.name)])),
            }
        }
        groups
    });
    let is_useful = Memo::new(move |_| {
        !value.get().is_empty()
            || kind.lists().is_empty()
            || app.store.setup(|w| {
                kind.lists()
                    .iter()
                    .any(|it| !w.list(*it).entries.is_empty())
            })
    });
    let choose = move |value: String| {
        app.store.peek(|workspace| {
            listing.change(app, |view| {
                view.filter.values_mut(kind).clear();
                view.filter.choose(workspace, kind, &value, true);
            });
        });
    };
    view! {
        <Show when=move || is_useful.get()>
            <select
                class="input select filter-select"
                class:filter-on=move || !value.get().is_empty()
                aria-label=kind.title()
                prop:value=move || {
                    choices.track();
                    value.get()
                }
                on:change=move |event| choose(event_target_value(&event))
            >
                {move || options(choices.get(), &value.get_untracked())}
            </select>
        </Show>
    }
}

/// The filters that links set and that have no field: a press takes one off.
#[component]
fn Chips(listing: Listing) -> impl IntoView {
    let app = use_app();
    let chips = Memo::new(move |_| {
        listing
            .view
            .with(|view| app.store.setup(|workspace| chips(workspace, view)))
    });
    let chip = move |(text, off): Chip| {
        let label = format!("{text}: take this filter off");
        view! {
            <button
                type="button"
                class="button filter-on filter-chip"
                aria-label=label
                on:click=move |_| listing.change(app, |view| off(&mut view.filter))
            >
                <bdi>{text}</bdi>
                <Icon name="close" />
            </button>
        }
    };
    move || chips.get().into_iter().map(chip).collect::<Vec<_>>()
}

/// What a filter says, and what takes it off.
type Chip = (String, fn(&mut Filter));

fn chips(workspace: &Setup, view: &DealsView) -> Vec<Chip> {
    let filter = &view.filter;
    let mut chips: Vec<Chip> = Vec::new();
    if let Some(by) = filter.rule {
        let at = workspace.rules.iter().position(|r| r.id == by.rule);
        let text = match at {
            Some(at) if by.elsewhere => format!("Rule {}, in another process", at + 1),
            Some(at) => format!("Rule {}", at + 1),
            None => "A rule that is gone".to_owned(),
        };
        chips.push((text, |filter| filter.rule = None));
    }
    if let Some(id) = filter.customer {
        let text = workspace.customers.get(&id).map_or_else(
            || "A customer that is no longer there".to_owned(),
            |customer| format!("Customer: {}", customer.name),
        );
        chips.push((text, |filter| filter.customer = None));
    }
    for value in filter.values(Kind::Reason).texts() {
        let text = name_of(workspace, Kind::Reason, &value);
        chips.push((format!("Reason: {text}"), |filter| {
            filter.values_mut(Kind::Reason).clear();
        }));
    }
    chips
}
