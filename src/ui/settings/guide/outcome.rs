//! The last step: a picture of what comes of the answers, with its rules.

use super::state::State;
use crate::domain::change::set_up::Standing;
use crate::domain::start::guide::{Branch, Decider, Outcome, RuleInWords};
use crate::ui::app::{formats_of, unique_id, use_app};
use crate::ui::parts::ProcessMark;
use crate::ui::parts::process_mark::color_class;
use crate::ui::prelude::*;

/// What comes of the answers, before anything is changed.
#[component]
pub fn OutcomeStep(state: State) -> impl IntoView {
    let app = use_app();
    let outcome = memo(move || {
        let guide = state.guide.get();
        // Another tab may change what the answers are about.
        app.store.setup(|_| ());
        let found = app.store.with_context(|workspace, context| {
            let formats = formats_of(workspace);
            let money =
                |value: crate::domain::value::money::Money| formats.money(value.minor().into());
            guide.outcome(workspace, formats.marks(), context, &money)
        });
        found?.ok()
    });
    let decider = untrack(|| state.guide.with(|guide| guide.decider));
    let had_rules = memo(move || app.store.setup(|w| w.rules.len()));
    let picture = move || {
        outcome.get().map(|outcome| {
            let branches = outcome
                .branches
                .into_iter()
                .map(|branch| one_branch(branch, decider));
            view! {
                <div class="guide-picture">
                    <p class="guide-root">{decider.map(Decider::title)}</p>
                    <ul role="list" class="guide-branches" aria-label="Which process for what">
                        {branches.collect::<Vec<_>>()}
                    </ul>
                </div>
            }
        })
    };
    let rules = move || outcome.get().map(|outcome| rules_of(outcome, decider));
    let stand = move || {
        (decider != Some(Decider::Beginning) && had_rules.get() > 0)
            .then(|| view! { <Stand state /> })
    };
    let archive = move || {
        let left_over = {
            let guide = state.guide.get();
            app.store
                .all(|w| guide.left_over(w).map(|process| process.name.to_string()))
        };
        left_over.map(|name| {
            view! {
                <label class="check guide-archive">
                    <input
                        type="checkbox"
                        prop:checked=move || state.guide.with(|guide| guide.archives())
                        on:change=move |event| {
                            let on = event_target_checked(&event);
                            state.change(|guide, _| guide.archive = Some(on));
                        }
                    />
                    <span>"Archive “" <bdi>{name}</bdi> "”: it takes no part in this, and no deal uses it"</span>
                </label>
            }
        })
    };
    let refusal = move || {
        let why = match outcome.get() {
            Some(outcome) => outcome.refusal,
            None => {
                Some("Something that takes part in this was changed in another tab.".to_owned())
            }
        };
        why.map(|why| view! { <p class="error" role="alert">{why}</p> })
    };
    view! {
        <p class="guide-lead">"Nothing is changed yet. Setting up is one step, and Undo takes all of it back."</p>
        {move || refusal()}
        {move || picture()}
        <div class="guide-rules">
            <h3>"Rules"</h3>
            {move || rules()}
            {move || stand()}
        </div>
        {move || archive()}
    }
}

fn one_branch(branch: Branch, decider: Option<Decider>) -> impl IntoView + use<> {
    let Branch {
        process,
        cases,
        earlier_rules,
        is_default,
        is_new,
        was,
        gets,
        rests,
    } = branch;
    let by_hand = decider == Some(Decider::Beginning);
    let nothing = cases.is_empty() && earlier_rules.is_empty() && !is_default;
    let mut told = cases;
    // Their words are in the list of rules below.
    let earlier = earlier_rules.into_iter();
    told.extend(earlier.map(|place| format!("Rule {place}, from before")));
    if is_default {
        told.push(
            if by_hand {
                "Preset on new deals"
            } else {
                "Everything else"
            }
            .to_owned(),
        );
    }
    if nothing {
        told.push(
            if by_hand {
                "Chosen on the form"
            } else {
                "Only by choice on the form"
            }
            .to_owned(),
        );
    }
    let cases = told
        .into_iter()
        .map(|case| view! { <li class="guide-chip"><bdi>{case}</bdi></li> });
    let stages = process.stages.iter();
    let stages = stages.map(|stage| view! { <li><bdi>{stage.name.to_string()}</bdi></li> });
    let stages: Vec<_> = stages.collect();
    let has_stages = !stages.is_empty();
    view! {
        <li class=format!("guide-branch {}", color_class(process.color))>
            <ul class="guide-chips">{cases.collect::<Vec<_>>()}</ul>
            <div class="guide-process">
                <p class="guide-process-head">
                    <ProcessMark color=process.color name=process.name.to_string() />
                    {is_default.then(|| view! { <span class="badge badge-accent">"Default"</span> })}
                    {is_new.then(|| view! { <span class="badge badge-won">"New"</span> })}
                </p>
                {was.map(|was| view! { <p class="guide-told">"Until now “" <bdi>{was.to_string()}</bdi> "”"</p> })}
                {has_stages.then(|| view! { <ol role="list" class="guide-stages" aria-label="Stages">{stages}</ol> })}
                {(!has_stages && !rests).then(|| view! { <p class="guide-told">"No stages yet"</p> })}
                {rests.then(|| view! { <p class="guide-told">"No stages yet: its rule rests until it has some"</p> })}
                {gets.map(|sub_stage| view! { <p class="guide-told">{format!("Gets the sub-stage “{sub_stage}” in its first stage")}</p> })}
            </div>
        </li>
    }
}

fn rules_of(outcome: Outcome, decider: Option<Decider>) -> AnyView {
    if decider == Some(Decider::Beginning) {
        let text = "No rule is made: how a deal began is for a person to say.";
        return view! { <p class="guide-told">{text}</p> }.into_any();
    }
    let gone = match outcome.rules_gone {
        0 => None,
        1 => Some("1 rule that is there goes.".to_owned()),
        count => Some(format!("{count} rules that are there go.")),
    };
    let item = |rule: RuleInWords| {
        let RuleInWords { asks, then, is_new } = rule;
        view! {
            <li>
                <div class="guide-rule">
                    <span class="guide-rule-asks">"If " <bdi>{asks}</bdi></span>
                    <ProcessMark color=then.color name=then.name.to_string() />
                    {is_new.then(|| view! { <span class="badge badge-won">"New"</span> })}
                </div>
            </li>
        }
    };
    let rules: Vec<_> = outcome.rules.into_iter().map(item).collect();
    view! {
        <p class="guide-told">"They are tried from the top, and the first one that fits suggests its process."</p>
        <ol role="list" class="guide-rule-list" aria-label="Rules">{rules}</ol>
        {gone.map(|gone| view! { <p class="guide-told">{gone}</p> })}
    }
    .into_any()
}

/// Where the new rules stand among those that are there.
#[component]
fn Stand(state: State) -> impl IntoView {
    let group = unique_id("standing");
    let choice = move |standing: Standing| {
        let text = match standing {
            Standing::After => "After those that are there",
            Standing::Before => "Before those that are there",
            Standing::Instead => "In the place of those that are there",
        };
        view! {
            <label class="check">
                <input
                    type="radio"
                    name=group.clone()
                    prop:checked=move || state.guide.with(|guide| guide.standing == standing)
                    on:change=move |_| state.change(|guide, _| guide.standing = standing)
                />
                <span>{text}</span>
            </label>
        }
    };
    view! {
        <fieldset class="field guide-standing" role="radiogroup">
            <legend class="label">"The new rules stand"</legend>
            {Standing::ALL.map(choice)}
        </fieldset>
    }
}
