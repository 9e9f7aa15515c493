//! One rule: its conditions, its process, and the deals that it fits.

use std::collections::BTreeSet;

use super::fitting::FittingDialog;
use super::state::{RuleProblems, RuleState, State};
use crate::domain::read::filter::{ByRule, Filter};
use crate::domain::read::suggestion::rests;
use crate::domain::record::list::ListKind;
use crate::domain::record::process::Process;
use crate::domain::record::rule::RULE_LISTS;
use crate::domain::value::id::EntryId;
use crate::route::{DealsView, Route, SettingsPage};
use crate::ui::app::{unique_id, use_app};
use crate::ui::parts::process_mark::color_class;
use crate::ui::parts::{AmountField, Choices, Select, Tool};
use crate::ui::prelude::*;

/// The name of the field for a list.
pub fn field_name(kind: ListKind) -> &'static str {
    match kind {
        ListKind::Segments => "Segment",
        ListKind::Categories => "Category",
        _ => "Owner",
    }
}

/// A rule, as a group of its fields.
#[component]
pub fn RuleItem(state: State, rule: RuleState) -> impl IntoView {
    let app = use_app();
    let id = rule.id;
    let place = memo(move || state.place_of(id).unwrap_or_default());
    let is_first = move || place.get() == 0;
    let is_last = move || place.get() + 1 == state.rules.with(Vec::len);
    let title = unique_id("rule-title");
    let title_id = title.clone();
    let problems = memo(move || state.problems(rule));
    let problem = move |of: fn(&RuleProblems) -> &Option<String>| {
        derived(move || problems.with(|problems| of(problems).clone()))
    };
    let other = problem(|problems| &problems.other);
    let choices = memo(move || -> Choices {
        let own = rule.then.get();
        app.store.setup(|workspace| {
            let processes = workspace.choosable_processes(Some(own));
            let processes = processes.into_iter();
            let choices = processes.map(|p| (p.id.to_string(), p.name.to_string()));
            vec![(None, choices.collect())]
        })
    });
    let color = move || {
        let id = rule.then.get();
        app.store.setup(|w| {
            w.processes
                .get(&id)
                .map(|process| color_class(process.color))
        })
    };
    let choose = move |chosen: String| {
        if let Ok(process) = chosen.parse() {
            rule.then.set(process);
        }
    };
    view! {
        <li class="rule-place">
            <section
                class=move || format!("card rule {}", color().unwrap_or_default())
                role="group"
                id=format!("rule-{id}")
                tabindex="-1"
                aria-labelledby=title_id
            >
                <div class="rule-head">
                    <h2 class="rule-title" id=title>{move || format!("Rule {}", place.get() + 1)}</h2>
                    <div class="rule-buttons">
                        <Tool
                            icon="up"
                            label="Move rule up"
                            id=format!("rule-up-{id}")
                            off=derived(is_first)
                            act=move |()| state.step(id, true)
                        />
                        <Tool
                            icon="down"
                            label="Move rule down"
                            id=format!("rule-down-{id}")
                            off=derived(is_last)
                            act=move |()| state.step(id, false)
                        />
                        <Tool icon="trash" label="Delete rule" act=move |()| state.delete(id) />
                    </div>
                </div>
                <p class="error rule-problem" role="alert" tabindex="-1" hidden=move || other.get().is_none()>
                    {move || other.get()}
                </p>
                {RULE_LISTS.map(|kind| view! { <AnyOf kind chosen=rule.entries(kind) /> })}
                <div class="form-row">
                    <AmountField
                        label="Value at least"
                        value=rule.at_least
                        placeholder="Any"
                        error=problem(|problems| &problems.at_least)
                    />
                    <AmountField
                        label="Value below"
                        value=rule.below
                        placeholder="Any"
                        error=problem(|problems| &problems.below)
                    />
                </div>
                <div class="rule-then">
                    <Select
                        label="Then use"
                        value=derived(move || rule.then.get().to_string())
                        choices
                        on_choose=choose
                    />
                    <Counts state rule />
                </div>
            </section>
        </li>
    }
}

/// Any number of entries of a list; none is no condition.
#[component]
fn AnyOf(kind: ListKind, chosen: RwSignal<BTreeSet<EntryId>>) -> impl IntoView {
    let app = use_app();
    let entries = memo(move || {
        app.store.setup(|workspace| {
            let entries = workspace.list(kind).entries.iter();
            entries
                .map(|entry| (entry.id, entry.name.to_string()))
                .collect::<Vec<_>>()
        })
    });
    let choice = move |(id, name): (EntryId, String)| {
        let is_chosen = move || chosen.with(|chosen| chosen.contains(&id));
        view! {
            <label class="rule-choice" class:rule-choice-on=is_chosen>
                <input
                    type="checkbox"
                    prop:checked=is_chosen
                    on:change=move |event| {
                        let on = event_target_checked(&event);
                        chosen
                            .update(|chosen| {
                                if on { chosen.insert(id) } else { chosen.remove(&id) };
                            });
                    }
                />
                <bdi class="rule-choice-name">{name}</bdi>
            </label>
        }
    };
    let state = move || {
        if chosen.with(BTreeSet::is_empty) {
            "any"
        } else {
            "is any of"
        }
    };
    view! {
        <fieldset class="field rule-any">
            <legend class="label">{field_name(kind)}</legend>
            <span class="rule-any-state" aria-hidden="true">{move || state()}</span>
            <div class="rule-choices">
                {move || entries.get().into_iter().map(choice).collect::<Vec<_>>()}
                <Show when=move || entries.with(Vec::is_empty)>
                    <p class="hint">
                        "Nothing to choose yet. "
                        <a href=Route::Settings(SettingsPage::Lists).href()>"Add some in Lists"</a>
                    </p>
                </Show>
            </div>
        </fieldset>
    }
}

/// How many open deals the rule is the first to fit, with links to them.
#[component]
fn Counts(state: State, rule: RuleState) -> impl IntoView {
    let app = use_app();
    let rest = memo(move || {
        let id = rule.then.get();
        app.store.setup(|workspace| {
            let process: Option<&Process> = workspace.processes.get(&id).map(AsRef::as_ref);
            rests(process).then(|| {
                if process.is_some_and(|process| process.archived) {
                    "This rule rests: its process is archived."
                } else {
                    "This rule rests until its process has stages."
                }
            })
        })
    });
    let used = memo(move || state.uses.with(|uses| uses.get(&rule.id).copied()));
    let shown = RwSignal::new(None::<bool>);
    let is_saved = memo(move || state.fits_as_saved(rule.id));
    let link = move |elsewhere: bool, count: usize, text: String| {
        let filter = Filter {
            rule: Some(ByRule {
                rule: rule.id,
                elsewhere,
            }),
            ..Filter::default()
        };
        let view = DealsView {
            filter,
            ..DealsView::default()
        };
        // What is not saved yet can't be looked at there, only here.
        if is_saved.get() {
            view! { <a href=Route::Deals(view).href()>{text}</a> }.into_any()
        } else if count == 0 {
            view! { <span>{text}</span> }.into_any()
        } else {
            let show = move |_| shown.set(Some(elsewhere));
            view! {
                <button type="button" class="link-button" on:click=show>
                    {text}
                </button>
            }
            .into_any()
        }
    };
    let counts = move || {
        if let Some(rest) = rest.get() {
            return Some(view! { <p class="rule-counts rule-rests">{rest}</p> }.into_any());
        }
        let used = used.get()?;
        let formats = app.formats();
        let deals = match used.deals {
            1 => "1 open deal matches".to_owned(),
            count => format!("{} open deals match", formats.count(count)),
        };
        let elsewhere = format!("{} in another process", formats.count(used.elsewhere));
        Some(
            view! {
                <p class="rule-counts">
                    {link(false, used.deals, deals)}
                    <span aria-hidden="true">" · "</span>
                    {link(true, used.elsewhere, elsewhere)}
                </p>
            }
            .into_any(),
        )
    };
    view! {
        {move || counts()}
        {move || {
            shown
                .get()
                .map(|elsewhere| {
                    let on_close = move |()| shown.set(None);
                    view! { <FittingDialog state id=rule.id elsewhere on_close /> }
                })
        }}
    }
}
