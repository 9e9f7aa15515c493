//! The filters: what can be chosen, typed and saved.

use super::{Listing, is_filtered, ranges::Ranges, views::Views};
use crate::domain::read::filter::{Filter, Pick, Tab};
use crate::domain::record::deal::Outcome;
use crate::domain::record::list::ListKind;
use crate::domain::record::workspace::Workspace;
use crate::domain::value::id::EntryId;
use crate::route::DealsView;
use crate::ui::app::{unique_id, use_app};
use crate::ui::parts::Icon;
use crate::ui::parts::select::{Choices, options};
use crate::ui::prelude::*;

/// The value of an option that stands for "none at all".
const BLANK: &str = "none";

/// The bar with search box and filters.
#[component]
pub fn Filters(listing: Listing) -> impl IntoView {
    let app = use_app();
    let search = Memo::new(move |_| listing.view.with(|view| view.filter.search.clone()));
    let any = Memo::new(move |_| listing.view.with(|view| is_filtered(&view.filter)));
    let has_processes = Memo::new(move |_| {
        app.store.setup(|w| w.processes.len() > 1)
            || listing.view.with(|view| view.filter.process.is_some())
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
                <ProcessFilter listing />
            </Show>
            <StageFilter listing />
            <Show when=move || listing.tab() == Tab::Closed>
                <StatusFilter listing />
            </Show>
            <EntryFilter listing kind=ListKind::Owners name="Owner" all="All owners" blank="No owner" gone="An owner that is no longer there" get=|filter| filter.owner set=|filter, pick| filter.owner = pick />
            <EntryFilter listing kind=ListKind::Segments name="Segment" all="All segments" blank="No segment" gone="A segment that is no longer there" get=|filter| filter.segment set=|filter, pick| filter.segment = pick />
            <EntryFilter listing kind=ListKind::Categories name="Category" all="All categories" blank="No category" gone="A category that is no longer there" get=|filter| filter.category set=|filter, pick| filter.category = pick />
            <EntryFilter listing kind=ListKind::Sources name="Source" all="All sources" blank="No source" gone="A source that is no longer there" get=|filter| filter.source set=|filter, pick| filter.source = pick />
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
                <button
                    type="button"
                    class="button button-quiet"
                    on:click=move |_| listing.change(app, |view| view.filter = Filter::default())
                >
                    <Icon name="close" />
                    "Clear filters"
                </button>
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

/// A filter with few choices; the first one is that there is none. What an
/// address asks for and is no longer there stands as a choice of its own.
#[component]
fn FilterSelect(
    name: &'static str,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] choices: Signal<Choices>,
    gone: &'static str,
    #[prop(into)] on_choose: Callback<String>,
) -> impl IntoView {
    let choices = Memo::new(move |_| {
        let (mut all, value) = (choices.get(), value.get());
        let mut known = all.iter().flat_map(|(_, choices)| choices);
        if !known.any(|(id, _)| *id == value) {
            all.push((None, vec![(value, gone.to_owned())]));
        }
        all
    });
    view! {
        <select
            class="input select filter-select"
            class:filter-on=move || !value.get().is_empty()
            aria-label=name
            prop:value=move || {
                choices.track();
                value.get()
            }
            on:change=move |event| on_choose.run(event_target_value(&event))
        >
            {move || options(choices.get(), &value.get_untracked())}
        </select>
    }
}

fn everything(text: &str) -> (Option<String>, Vec<(String, String)>) {
    (None, vec![(String::new(), text.to_owned())])
}

#[component]
fn ProcessFilter(listing: Listing) -> impl IntoView {
    let app = use_app();
    let value = Memo::new(move |_| {
        listing.view.with(|view| {
            view.filter
                .process
                .map(|id| id.to_string())
                .unwrap_or_default()
        })
    });
    let choices = Memo::new(move |_| {
        let processes = app.store.index(|index, workspace| {
            let shown = workspace
                .processes_in_order()
                .filter(|p| !p.archived || index.is_used(p.id));
            shown
                .map(|process| (process.id.to_string(), process.name.to_string()))
                .collect()
        });
        vec![everything("All processes"), (None, processes)]
    });
    let choose = move |value: String| {
        listing.change(app, |view| {
            view.filter.process = value.parse().ok();
            view.filter.stage = None;
        });
    };
    view! { <FilterSelect name="Sales process" value choices gone="A process that is no longer there" on_choose=choose /> }
}

#[component]
fn StageFilter(listing: Listing) -> impl IntoView {
    let app = use_app();
    let value = Memo::new(move |_| listing.view.with(|view| pick_value(view.filter.stage)));
    let process = Memo::new(move |_| listing.view.with(|view| view.filter.process));
    let choices = Memo::new(move |_| {
        let only = process.get();
        let mut groups = vec![everything("All stages")];
        app.store.setup(|workspace| {
            let several = workspace.processes.len() > 1 && only.is_none();
            let shown = workspace
                .processes_in_order()
                .filter(|p| only.is_none_or(|only| p.id == only));
            for process in shown {
                let stages = process.stages.iter();
                let stages = stages
                    .map(|s| (s.id.to_string(), s.name.to_string()))
                    .collect();
                groups.push((several.then(|| process.name.to_string()), stages));
            }
        });
        groups.push((None, vec![(BLANK.to_owned(), "Stage unknown".to_owned())]));
        groups
    });
    let choose = move |value: String| {
        listing.change(app, |view| view.filter.stage = value_pick(&value));
    };
    view! { <FilterSelect name="Stage" value choices gone="A stage that is no longer there" on_choose=choose /> }
}

#[component]
fn StatusFilter(listing: Listing) -> impl IntoView {
    let app = use_app();
    let value = Memo::new(move |_| {
        listing
            .view
            .with(|view| view.filter.status.map_or("", Outcome::slug).to_owned())
    });
    let choices = Signal::stored(vec![
        everything("All statuses"),
        (
            None,
            Outcome::ALL
                .into_iter()
                .map(|o| (o.slug().to_owned(), o.title().to_owned()))
                .collect(),
        ),
    ]);
    let choose = move |value: String| {
        let status = Outcome::ALL
            .into_iter()
            .find(|outcome| outcome.slug() == value);
        listing.change(app, |view| view.filter.status = status);
    };
    view! { <FilterSelect name="Status" value choices gone="A status that is not there" on_choose=choose /> }
}

#[component]
fn EntryFilter(
    listing: Listing,
    kind: ListKind,
    name: &'static str,
    all: &'static str,
    blank: &'static str,
    gone: &'static str,
    get: fn(&Filter) -> Option<Pick<EntryId>>,
    set: fn(&mut Filter, Option<Pick<EntryId>>),
) -> impl IntoView {
    let app = use_app();
    let value = Memo::new(move |_| listing.view.with(|view| pick_value(get(&view.filter))));
    let choices = Memo::new(move |_| {
        let entries = app.store.setup(|workspace| {
            let entries = workspace.list(kind).entries.iter();
            entries
                .map(|entry| (entry.id.to_string(), entry.name.to_string()))
                .collect()
        });
        let blank = (None, vec![(BLANK.to_owned(), blank.to_owned())]);
        vec![everything(all), (None, entries), blank]
    });
    let is_useful = Memo::new(move |_| {
        !value.get().is_empty() || app.store.setup(|w| !w.list(kind).entries.is_empty())
    });
    let choose = move |value: String| {
        listing.change(app, |view| set(&mut view.filter, value_pick(&value)));
    };
    view! {
        <Show when=move || is_useful.get()>
            <FilterSelect name value choices gone on_choose=choose />
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

fn chips(workspace: &Workspace, view: &DealsView) -> Vec<Chip> {
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
    if let Some(pick) = filter.reason {
        let find = |id| {
            let mut lists = Outcome::ALL.iter().map(|outcome| outcome.reasons());
            lists.find_map(|kind| workspace.list(kind).get(id))
        };
        let text = match pick {
            Pick::Blank => "No reason".to_owned(),
            Pick::Is(id) => find(id).map_or_else(
                || "A reason that is no longer there".to_owned(),
                |entry| format!("Reason: {}", entry.name),
            ),
        };
        chips.push((text, |filter| filter.reason = None));
    }
    chips
}

fn pick_value<Id: ToString>(pick: Option<Pick<Id>>) -> String {
    match pick {
        None => String::new(),
        Some(Pick::Is(id)) => id.to_string(),
        Some(Pick::Blank) => BLANK.to_owned(),
    }
}

fn value_pick<Id: std::str::FromStr>(value: &str) -> Option<Pick<Id>> {
    if value == BLANK {
        Some(Pick::Blank)
    } else {
        value.parse().ok().map(Pick::Is)
    }
}
