//! Where the deals of stages and sub-stages that go shall go: the fields that
//! ask, shared by the dialogs that delete and merge.

use std::collections::BTreeMap;

use crate::domain::change::affected::{Affected, Leaving, LeavingPart};
use crate::domain::change::reshape::{ProcessMap, proposed_stages, proposed_sub_stages};
use crate::domain::record::process::Process;
use crate::domain::value::id::{StageId, SubStageId};
use crate::domain::value::text::counted;
use crate::ui::app::{formats_of, use_app};
use crate::ui::parts::{Choices, Select};
use crate::ui::prelude::*;
use crate::web::dom;
use crate::web::intl::Formats;

/// More sub-stages than this are folded away until they are asked for.
const FEW: usize = 3;

/// What goes, what takes over, and what was chosen so far.
#[derive(Clone, Copy)]
pub struct Moving {
    about: StoredValue<(Process, Process, Leaving)>,
    stages: RwSignal<BTreeMap<StageId, StageId>>,
    /// What a person chose; the rest is as proposed.
    chosen_subs: RwSignal<BTreeMap<SubStageId, Option<SubStageId>>>,
    /// What is missing is shown.
    told: RwSignal<bool>,
}

impl Moving {
    /// Starts with what suggests itself.
    pub fn new(before: Process, after: Process, leaving: Leaving) -> Self {
        let stages = RwSignal::new(proposed_stages(&before, &after));
        Self {
            about: StoredValue::new((before, after, leaving)),
            stages,
            chosen_subs: RwSignal::new(BTreeMap::new()),
            told: RwSignal::new(false),
        }
    }

    /// The map that was chosen; none where a choice is missing, which is
    /// shown then.
    pub fn read(self) -> Option<ProcessMap> {
        let map = untrack(|| self.map());
        let is_whole = self.about.with_value(|(_, _, leaving)| {
            let mut parts = leaving.stages.iter();
            parts.all(|part| map.stages.contains_key(&part.id))
        });
        if !is_whole {
            self.told.set(true);
            dom::focus_next("dialog [aria-invalid=true]");
        }
        is_whole.then_some(map)
    }

    fn map(self) -> ProcessMap {
        let stages = self.stages.get();
        let mut sub_stages = self
            .about
            .with_value(|(before, after, _)| proposed_sub_stages(before, after, &stages));
        for (from, to) in self.chosen_subs.get() {
            match to {
                Some(to) => sub_stages.insert(from, to),
                None => sub_stages.remove(&from),
            };
        }
        ProcessMap { stages, sub_stages }
    }
}

/// "12 deals: 8 open, 3 closed, 1 parked · €40,000".
pub fn affected_words(formats: &Formats, affected: Affected) -> String {
    let kinds = [
        (affected.open, "open"),
        (affected.closed, "closed"),
        (affected.parked, "parked"),
    ];
    let kinds: Vec<_> = kinds.into_iter().filter(|(count, _)| *count > 0).collect();
    let s = |count: usize| if count == 1 { "" } else { "s" };
    let mut text = match kinds.as_slice() {
        [] => "No deals".to_owned(),
        [(count, kind)] => format!("{} {kind} deal{}", formats.count(*count), s(*count)),
        _ => {
            let parts: Vec<String> = kinds
                .iter()
                .map(|(count, kind)| format!("{} {kind}", formats.count(*count)))
                .collect();
            let all = affected.deals();
            let (count, parts) = (formats.count(all), parts.join(", "));
            format!("{count} deal{}: {parts}", s(all))
        }
    };
    if affected.value.minor() > 0 {
        text.push_str(&format!(" · {}", formats.money(affected.value.minor())));
    }
    text
}

/// "12 deals stand there, 30 have been there · €40,000".
fn stage_words(formats: &Formats, part: &LeavingPart<StageId>) -> String {
    let all = part.affected.deals();
    let stand = match part.standing {
        1 => "1 deal stands there".to_owned(),
        count => format!("{} stand there", counted_words(formats, count)),
    };
    let mut text = if part.standing == all {
        stand
    } else {
        format!("{stand}, {} have been there", formats.count(all))
    };
    if part.affected.value.minor() > 0 {
        let value = formats.money(part.affected.value.minor());
        text.push_str(&format!(" · {value}"));
    }
    text
}

fn counted_words(formats: &Formats, count: usize) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{} deal{s}", formats.count(count))
}

/// A field per stage that goes while deals use it, and one per sub-stage
/// that is ticked.
#[component]
pub fn MovingFields(moving: Moving) -> impl IntoView {
    let app = use_app();
    let formats = app.store.peek(|workspace| formats_of(workspace));
    let (before, after, leaving) = moving.about.get_value();
    let map = memo(move || moving.map());
    let stage_choices = stage_choices(&after);
    let nowhere = after.stages.is_empty() && !leaving.stages.is_empty();
    let stages = leaving.stages.iter().map(|part| {
        let id = part.id;
        let choices = stage_choices.clone();
        let value = derived(move || {
            map.with(|map| map.stages.get(&id).map(ToString::to_string))
                .unwrap_or_default()
        });
        let error = derived(move || {
            (moving.told.get() && value.get().is_empty())
                .then(|| "Choose the stage that takes over.".to_owned())
        });
        let choose = move |chosen: String| {
            moving.stages.update(|stages| {
                match chosen.parse() {
                    Ok(target) => stages.insert(id, target),
                    Err(_) => stages.remove(&id),
                };
            });
        };
        view! {
            <Select
                label=format!("Deals of “{}” go to", part.name)
                value
                choices=Signal::stored(choices)
                on_choose=choose
                hint=stage_words(&formats, part)
                error
                required=true
            />
        }
    });
    let stages: Vec<_> = stages.collect();
    let count = leaving.sub_stages.len();
    let subs = leaving.sub_stages.iter().map(|part| {
        let id = part.id;
        let value = derived(move || {
            map.with(|map| map.sub_stages.get(&id).map(ToString::to_string))
                .unwrap_or_default()
        });
        let choose = move |chosen: String| {
            moving.chosen_subs.update(|subs| {
                subs.insert(id, chosen.parse().ok());
            });
        };
        let stage = before.stage(part.stage);
        let stage = stage.map_or_else(String::new, |stage| format!("In “{}”, ", stage.name));
        let ticked = counted_words(&formats, part.affected.deals());
        view! {
            <Select
                label=format!("Ticks of “{}” go to", part.name)
                value
                choices=Signal::stored(sub_stage_choices(&after))
                on_choose=choose
                hint=format!("{stage}ticked in {ticked}")
            />
        }
    });
    let subs: Vec<_> = subs.collect();
    let ids: Vec<SubStageId> = leaving.sub_stages.iter().map(|part| part.id).collect();
    let tick_words = move || {
        let kept = map.with(|map| {
            ids.iter()
                .filter(|id| map.sub_stages.contains_key(id))
                .count()
        });
        let named = counted(count, "sub-stage");
        match (kept, count - kept) {
            (_, 0) => format!("Ticks of {named}: all go along."),
            (0, _) => format!("Ticks of {named}: set aside in the deals' history."),
            (kept, rest) => {
                format!("Ticks of {named}: {kept} go along, {rest} are set aside in the history.")
            }
        }
    };
    view! {
        <Show when=move || nowhere>
            <p class="notice notice-problem" role="alert">
                "No stage is left that could take the deals. Keep or add one."
            </p>
        </Show>
        <div class="moving-stages">{stages}</div>
        {(count > 0)
            .then(|| {
                view! {
                    <details class="moving-ticks" open=count <= FEW>
                        <summary>{move || tick_words()}</summary>
                        <div class="moving-ticks-list">{subs}</div>
                    </details>
                }
            })}
    }
}

fn stage_choices(after: &Process) -> Choices {
    let stages = after.stages.iter();
    let stages = stages.map(|stage| (stage.id.to_string(), stage.name.to_string()));
    vec![
        (None, vec![(String::new(), "Choose a stage".to_owned())]),
        (None, stages.collect()),
    ]
}

fn sub_stage_choices(after: &Process) -> Choices {
    let history = (String::new(), "Set aside in the history".to_owned());
    let mut choices: Choices = vec![(None, vec![history])];
    for stage in after.stages.iter().filter(|s| !s.sub_stages.is_empty()) {
        let subs = stage.sub_stages.iter();
        let subs = subs.map(|sub| (sub.id.to_string(), sub.name.to_string()));
        choices.push((Some(stage.name.to_string()), subs.collect()));
    }
    choices
}
