//! What the draft adds up to, and what saving it does to deals.

use super::state::State;
use crate::domain::read::impact::Impact;
use crate::domain::record::process::Process;
use crate::domain::value::id::{StageId, SubStageId};
use crate::domain::value::money::{Chance, permille_of};
use crate::domain::value::text::counted;
use crate::ui::parts::process_mark::color_class;
use crate::ui::parts::settled;
use crate::ui::prelude::*;
use crate::web::length::length;

/// The process at a glance: how far the weights of its stages carry a deal.
#[component]
pub fn Overview(state: State) -> impl IntoView {
    let rows = memo(move || {
        let total = i128::from(state.total_weight());
        let mut sum = 0;
        state.stages.with(|stages| {
            let row = stages.iter().map(|stage| {
                sum += stage.weight();
                let name = stage.name.get();
                (name, permille_of(i128::from(sum), total))
            });
            row.collect::<Vec<_>>()
        })
    });
    let subs = move || {
        state
            .stages
            .with(|stages| stages.iter().map(|s| s.subs.with(Vec::len)).sum::<usize>())
    };
    let color = move || format!("overview-bars {}", color_class(state.color.get()));
    let number = move |count: usize| state.app.formats().count(count);
    view! {
        <aside class="card overview" aria-label="Overview">
            <h2>"Overview"</h2>
            <dl class="overview-numbers">
                <div>
                    <dt>"Stages"</dt>
                    <dd>{move || number(state.stages.with(Vec::len))}</dd>
                </div>
                <div>
                    <dt>"Sub-stages"</dt>
                    <dd>{move || number(subs())}</dd>
                </div>
                <div>
                    <dt>"Sum of the weights"</dt>
                    <dd>{move || number(state.total_weight() as usize)}</dd>
                </div>
            </dl>
            <ol role="list" class=color>
                {move || {
                    rows.get()
                        .into_iter()
                        .map(|(name, reached)| {
                            let permille = reached.unwrap_or_default();
                            let width = length(f64::from(permille) / 10.0, "%");
                            let text = reached.map(|part| state.app.formats().permille(part));
                            let name = if name.trim().is_empty() { "New stage".to_owned() } else { name };
                            view! {
                                <li>
                                    <bdi class="overview-name">{name}</bdi>
                                    <span class="overview-share">{text.unwrap_or_else(|| "–".to_owned())}</span>
                                    <span class="overview-bar" aria-hidden="true">
                                        <span style:inline-size=width></span>
                                    </span>
                                </li>
                            }
                        })
                        .collect::<Vec<_>>()
                }}
            </ol>
            <p class="hint" hidden=move || rows.with(Vec::is_empty)>
                "The chance of a deal with everything ticked up to the end of a stage. \
                 It is each weight's share in the sum, so any numbers will do."
            </p>
        </aside>
    }
}

/// The parts of a process that decide on stages and chances.
type Shape = Vec<(StageId, Option<Chance>, Vec<(SubStageId, u8)>)>;

fn shape(process: &Process) -> Shape {
    let stages = process.stages.iter().map(|stage| {
        let subs = stage.sub_stages.iter().map(|sub| (sub.id, sub.weight));
        (stage.id, stage.chance, subs.collect())
    });
    stages.collect()
}

/// What saving does to the deals of the process.
#[component]
pub fn ImpactLine(state: State, is_new: bool) -> impl IntoView {
    // A name that is typed changes no stage and no chance: the deals are not
    // counted again at each key.
    let shape = memo(move || state.read.with(|read| read.as_ref().ok().map(shape)));
    let shape = settled(shape);
    let impact = memo(move || {
        shape.track();
        let process = state.read.get_untracked().ok()?;
        let found = state
            .app
            .store
            .index(|index, workspace| index.impact(workspace, &process));
        Some(found)
    });
    let asks = move || {
        impact.with(|impact| {
            let leaving = &impact.as_ref()?.leaving;
            let deals = counted(leaving.all.deals(), "deal");
            (!leaving.is_empty()).then(|| {
                format!("What you took out is used by {deals}: saving asks where they go.")
            })
        })
    };
    let text = move || {
        let impact = impact.get()?;
        Some(words(&impact, &|count| state.app.formats().count(count)))
    };
    view! {
        <div class="impact">
            {(!is_new)
                .then(|| {
                    view! {
                        <p class="impact-text" role="status" aria-label="Effect on deals">{move || text()}</p>
                        <p class="impact-asks" role="status" hidden=move || asks().is_none()>
                            {move || asks()}
                        </p>
                    }
                })}
        </div>
    }
}

fn words(impact: &Impact, number: &dyn Fn(usize) -> String) -> String {
    let deals = match impact.open_deals {
        0 => return "No open deals run through this process.".to_owned(),
        1 => "1 open deal runs through this process".to_owned(),
        count => format!("{} open deals run through this process", number(count)),
    };
    let changes = |count: usize, what: &str, whats: &str| match count {
        0 => None,
        1 => Some(format!("1 changes its {what}")),
        count => Some(format!("{} change their {whats}", number(count))),
    };
    let stages = changes(impact.stage_changes, "stage", "stage");
    let chances = changes(impact.chance_changes, "chance", "chance");
    match (stages, chances) {
        (None, None) => format!("{deals}; none changes its stage or chance."),
        (Some(one), None) | (None, Some(one)) => format!("{deals}; {one}."),
        (Some(stages), Some(chances)) => format!("{deals}; {stages}, {chances}."),
    }
}
