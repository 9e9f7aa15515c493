//! What each value of the stage column stands for.

use super::Draft;
use super::processes::{edit, find};
use crate::codec::csv::deals::{ProcessPlan, StageMatch, StageMeaning};
use crate::domain::record::deal::Outcome;
use crate::domain::record::workspace::Setup;
use crate::domain::value::money::Chance;
use crate::domain::value::text::{MAX_NAME, Name, counted};
use crate::ui::app::unique_id;
use crate::ui::import::pick::Pick;
use crate::ui::parts::{Choices, Icon};
use crate::ui::prelude::*;
use crate::web::dom;

const OPEN: &str = "open";
const NEW: &str = "new";
const UNKNOWN: &str = "unknown";

/// The values of the stage column in one process.
#[component]
pub fn Stages(draft: Draft, process: StoredValue<String>, is_new: Memo<bool>) -> impl IntoView {
    let sources = memo(move || {
        draft.read(|matching| {
            let found = process.with_value(|process| find(matching, process).cloned());
            let stages = found.map(|process| process.stages).unwrap_or_default();
            stages
                .into_iter()
                .map(|stage| stage.source)
                .collect::<Vec<_>>()
        })
    });
    view! {
        <Show when=move || !sources.with(Vec::is_empty)>
            <div class="import-values">
                <p class="import-values-head" aria-hidden="true">
                    <span>"In the file"</span>
                    <span>"Stands for"</span>
                    <span>"Chance on reaching"</span>
                </p>
                <ul>
                    <For
                        each=move || sources.get()
                        key=|source| source.clone()
                        children=move |source| view! { <OneStage draft process source is_new /> }
                    />
                </ul>
            </div>
        </Show>
    }
}

/// One value: its meaning, and for a new stage its chance and its place.
#[component]
fn OneStage(
    draft: Draft,
    process: StoredValue<String>,
    source: String,
    is_new: Memo<bool>,
) -> impl IntoView {
    let key = StoredValue::new(source.clone());
    let stage = memo(move || {
        draft.read(|matching| {
            let found = process.with_value(|process| find(matching, process).cloned());
            let mut stages = found
                .map(|process| process.stages)
                .unwrap_or_default()
                .into_iter();
            key.with_value(|key| stages.find(|stage| stage.source == *key))
        })
    });
    let rows = move || stage.with(|stage| stage.as_ref().map(|stage| counted(stage.rows, "row")));
    let value = derived(move || {
        stage.with(|stage| {
            stage
                .as_ref()
                .map(|stage| code(&stage.meaning))
                .unwrap_or_default()
        })
    });
    let is_stage = memo(move || value.with(|value| value == NEW));
    let choices = derived(move || {
        let plan = draft.read(|matching| {
            process.with_value(|process| find(matching, process).map(|found| found.plan.clone()))
        });
        draft.app.store.setup(|workspace| choices(workspace, plan))
    });
    let change = move |act: &dyn Fn(&mut StageMatch)| {
        process.with_value(|process| {
            edit(draft, process, |found| {
                let mut stages = found.stages.iter_mut();
                if let Some(stage) = key.with_value(|key| stages.find(|s| s.source == *key)) {
                    act(stage);
                }
            });
        });
    };
    let choose = move |chosen: String| {
        let was_new = is_stage.get_untracked();
        change(&|stage| {
            if let Some(meaning) = meaning(&chosen, &stage.source) {
                stage.meaning = meaning;
            }
        });
        if was_new || chosen == NEW {
            process.with_value(|process| edit(draft, process, |found| found.spread_chances()));
        }
    };
    let set_chance = Callback::new(move |new: Option<Chance>| {
        change(&|stage| {
            if let StageMeaning::New { chance, .. } = &mut stage.meaning {
                *chance = new;
            }
        });
    });
    let chance = derived(move || {
        stage.with(|stage| match stage.as_ref().map(|stage| &stage.meaning) {
            Some(StageMeaning::New { chance, .. }) => *chance,
            _ => None,
        })
    });
    let name = StoredValue::new(source.clone());
    view! {
        <li class="import-value">
            <span class="import-value-source">
                <bdi>{source.clone()}</bdi>
                <span class="import-rows">{move || rows()}</span>
            </span>
            <Pick label=format!("Stage {source}") value choices on_choose=choose />
            <Show when=move || is_stage.get()>
                <span class="import-value-more">
                    <ChanceField name=name.get_value() chance on_change=set_chance />
                    <Show when=move || is_new.get()>
                        <Movers draft process source=name />
                    </Show>
                </span>
            </Show>
        </li>
    }
}

/// The chance on reaching a new stage; what can't be one is not lost.
#[component]
fn ChanceField(
    name: String,
    chance: Signal<Option<Chance>>,
    on_change: Callback<Option<Chance>>,
) -> impl IntoView {
    let id = unique_id("chance");
    let described = id.clone();
    let wrong = RwSignal::new(false);
    let change = move |event| {
        let text: String = event_target_value(&event);
        let read = Chance::parse_percent(text.trim().trim_end_matches('%').trim());
        let is_right = text.trim().is_empty() || read.is_some();
        wrong.set(!is_right);
        if is_right {
            on_change.run(read);
        }
    };
    view! {
        <span class="import-chance" class:field-wrong=move || wrong.get()>
            <input
                class="input"
                inputmode="decimal"
                autocomplete="off"
                aria-label=format!("Chance on reaching {name}")
                aria-invalid=move || wrong.get().to_string()
                aria-describedby=move || wrong.get().then(|| described.clone())
                prop:value=move || {
                    chance.get().map(|chance| chance.to_plain()).unwrap_or_default()
                }
                on:change=change
            />
            <span aria-hidden="true">"%"</span>
            <span class="error" id=id hidden=move || !wrong.get()>
                "A chance is 0 to 100, with one decimal at most."
            </span>
        </span>
    }
}

/// The buttons that move a new stage.
#[component]
fn Movers(
    draft: Draft,
    process: StoredValue<String>,
    source: StoredValue<String>,
) -> impl IntoView {
    // Its place among the new stages, and how many they are.
    let place = memo(move || {
        draft.read(|matching| {
            let found = process.with_value(|process| find(matching, process).cloned());
            let stages = found.map(|process| process.stages).unwrap_or_default();
            new_places(&stages, &source.get_value())
        })
    });
    let button = move |up: bool| {
        let id = unique_id("move");
        let own = id.clone();
        let step = move |_| {
            process.with_value(|process| {
                edit(draft, process, |found| {
                    let (before, own, after) = new_places(&found.stages, &source.get_value());
                    if let (Some(from), Some(to)) = (own, if up { before } else { after }) {
                        found.move_stage(from, to);
                    }
                });
            });
            // The row is put elsewhere in the page, and the focus goes along.
            dom::focus_soon(own.clone());
        };
        let (word, icon) = if up { ("up", "up") } else { ("down", "down") };
        let is_last = move || {
            let (before, _, after) = place.get();
            if up { before } else { after }.is_none()
        };
        view! {
            <button
                type="button"
                class="icon-button icon-button-small"
                id=id
                aria-label=format!("Move {} {word}", source.get_value())
                aria-disabled=move || is_last().to_string()
                on:click=step
            >
                <Icon name=icon />
            </button>
        }
    };
    view! { <span class="import-movers">{button(true)} {button(false)}</span> }
}

/// The places of the new stage before one, of itself, and of the one after.
fn new_places(
    stages: &[StageMatch],
    source: &str,
) -> (Option<usize>, Option<usize>, Option<usize>) {
    let is_new =
        |(_, stage): &(usize, &StageMatch)| matches!(stage.meaning, StageMeaning::New { .. });
    let own = stages.iter().position(|stage| stage.source == source);
    let mut new = stages
        .iter()
        .enumerate()
        .filter(is_new)
        .map(|(place, _)| place);
    let before = new.clone().rfind(|place| Some(*place) < own);
    let after = new.find(|place| own.is_some_and(|own| *place > own));
    (before, own, after)
}

fn code(meaning: &StageMeaning) -> String {
    match meaning {
        StageMeaning::Open => OPEN.to_owned(),
        StageMeaning::Unknown => UNKNOWN.to_owned(),
        StageMeaning::Closed(outcome) => outcome.slug().to_owned(),
        StageMeaning::Existing(id) => id.to_string(),
        StageMeaning::New { .. } => NEW.to_owned(),
    }
}

fn meaning(code: &str, source: &str) -> Option<StageMeaning> {
    let outcome = Outcome::ALL
        .into_iter()
        .find(|outcome| outcome.slug() == code);
    match (code, outcome) {
        (OPEN, _) => Some(StageMeaning::Open),
        (UNKNOWN, _) => Some(StageMeaning::Unknown),
        (NEW, _) => Some(StageMeaning::New {
            name: Name::clamped(source, MAX_NAME, "Stage"),
            chance: None,
        }),
        (_, Some(outcome)) => Some(StageMeaning::Closed(outcome)),
        _ => code.parse().ok().map(StageMeaning::Existing),
    }
}

fn choices(workspace: &Setup, plan: Option<ProcessPlan>) -> Choices {
    let mut choices = vec![(None, vec![(NEW.to_owned(), "A new stage".to_owned())])];
    if let Some(ProcessPlan::Existing(id)) = plan
        && let Some(process) = workspace.processes.get(&id)
    {
        let stages = process.stages.iter();
        let stages = stages.map(|stage| (stage.id.to_string(), stage.name.to_string()));
        choices.push((
            Some(format!("Stages of {}", process.name)),
            stages.collect(),
        ));
    }
    let mut statuses = vec![(OPEN.to_owned(), "Open, stage unknown".to_owned())];
    let closed = Outcome::ALL.into_iter();
    statuses.extend(closed.map(|outcome| (outcome.slug().to_owned(), outcome.title().to_owned())));
    statuses.push((
        UNKNOWN.to_owned(),
        "Closed, no one knows how: left out".to_owned(),
    ));
    choices.push((Some("Statuses".to_owned()), statuses));
    choices
}
