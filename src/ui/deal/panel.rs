//! The process panel of a deal: stages with their sub-stages to tick off.

use std::sync::Arc;

use super::chance::ChanceLine;
use super::parked::Parked;
use super::sub_stage::SubStageRow;
use super::typed::Typed;
use crate::domain::change::command::Command;
use crate::domain::record::deal::Deal;
use crate::domain::record::process::Process;
use crate::domain::record::progress::CurrentStage;
use crate::domain::value::id::{DealId, StageId};
use crate::ui::app::{App, use_app};
use crate::ui::parts::process_mark::color_class;
use crate::ui::parts::{Empty, Menu, MenuItem, ProcessMark};
use crate::ui::prelude::*;
use crate::web::clock;

/// What the rows of the panel share, and those of a card on the board.
#[derive(Clone, Copy)]
pub struct Panel {
    /// The deal's id.
    pub id: DealId,
    /// The deal.
    pub deal: Memo<Option<Arc<Deal>>>,
    /// Its present process. While a note is typed it is the one in which that
    /// began, as it was then, so that no row goes with what is typed in it.
    pub process: Memo<Option<Arc<Process>>>,
    /// Whether it is open.
    pub is_open: Memo<bool>,
    /// What is typed in them and not saved yet.
    pub typed: Typed,
}

impl Panel {
    /// Of a deal, which it follows.
    pub fn new(app: App, id: DealId, deal: Memo<Option<Arc<Deal>>>, typed: Typed) -> Self {
        let typed = typed.part();
        let is_held = typed.is_any();
        let shown = StoredValue::new(None);
        let process = memo(move || {
            let id = deal.with(|deal| deal.as_ref().map(|deal| deal.process));
            let now = app
                .store
                .setup(|workspace| workspace.processes.get(&id?).cloned());
            if !is_held.get() {
                shown.set_value(now);
            }
            shown.get_value()
        });
        let is_open = memo(move || deal.with(|d| d.as_ref().is_some_and(|deal| deal.is_open())));
        Self {
            id,
            deal,
            process,
            is_open,
            typed,
        }
    }
}

/// The region "Sales process".
#[component]
pub fn ProcessPanel(id: DealId, deal: Memo<Option<Arc<Deal>>>, typed: Typed) -> impl IntoView {
    let panel = Panel::new(use_app(), id, deal, typed);
    let (process, is_open) = (panel.process, panel.is_open);
    let mark = move || {
        process.get().map(|process| {
            view! { <ProcessMark color=process.color name=process.name.to_string() /> }
        })
    };
    let stages = move || {
        process.with(|process| {
            let stages = process
                .as_ref()
                .map(|process| process.stages.iter().map(|s| s.id));
            stages.map(Iterator::collect::<Vec<_>>).unwrap_or_default()
        })
    };
    let color = move || process.with(|p| p.as_ref().map(|p| color_class(p.color)));
    view! {
        <section
            class=move || format!("card process-panel {}", color().unwrap_or_default())
            aria-label="Sales process"
        >
            <div class="panel-head">
                <h2>{move || mark()}</h2>
                <Show when=move || is_open.get()>
                    <StageMenu panel />
                </Show>
            </div>
            <Steps panel />
            <ChanceLine panel />
            <Show when=move || !is_open.get()>
                <p class="form-note">"This deal is closed. Reopen it to change what is ticked."</p>
            </Show>
            <Show
                when=move || process.with(|p| p.as_ref().is_some_and(|p| !p.stages.is_empty()))
                fallback=|| {
                    view! {
                        <Empty
                            icon="settings"
                            title="No stages yet"
                            text="This process has no stages. Add them in Account settings, under Deals."
                        />
                    }
                }
            >
                <div class="panel-stages">
                    <For
                        each=stages
                        key=|id| *id
                        children=move |stage| view! { <StageGroup panel stage /> }
                    />
                </div>
            </Show>
            <Parked deal />
        </section>
    }
}

/// The stages as a line of steps, filled up to the current one.
#[component]
fn Steps(panel: Panel) -> impl IntoView {
    let steps = move || {
        let (deal, process) = (panel.deal.get()?, panel.process.get()?);
        let at = deal
            .current_stage(&process)
            .id()
            .and_then(|id| process.position(id));
        let steps = process.stages.iter().enumerate().map(|(place, _)| {
            let class = if at.is_some_and(|at| place <= at) {
                "step step-done"
            } else {
                "step"
            };
            view! { <span class=class></span> }
        });
        Some(steps.collect::<Vec<_>>())
    };
    view! { <div class="steps" aria-hidden="true">{move || steps()}</div> }
}

#[component]
fn StageMenu(panel: Panel) -> impl IntoView {
    let app = use_app();
    let items = derived(move || {
        let (Some(deal), Some(process)) = (panel.deal.get(), panel.process.get()) else {
            return Vec::new();
        };
        let current = deal.current_stage(&process);
        let stages = process.stages.iter().map(|stage| {
            let command = Command::MoveToStage {
                deals: [panel.id].into(),
                stage: stage.id,
            };
            let act = Callback::new(move |()| {
                app.run(command.clone());
            });
            MenuItem {
                checked: current == CurrentStage::At(stage.id),
                ..MenuItem::new(stage.name.as_str(), act)
            }
        });
        stages.collect()
    });
    let has_stages = move || {
        panel
            .process
            .with(|p| p.as_ref().is_some_and(|p| !p.stages.is_empty()))
    };
    view! {
        <Show when=has_stages>
            <Menu label="Move to stage".to_owned() items offered="Move to stage" />
        </Show>
    }
}

#[component]
fn StageGroup(panel: Panel, stage: StageId) -> impl IntoView {
    let app = use_app();
    let of = memo(move || {
        panel
            .process
            .with(|process| process.as_ref().and_then(|p| p.stage(stage).cloned()))
    });
    let is_current = memo(move || {
        let (Some(deal), Some(process)) = (panel.deal.get(), panel.process.get()) else {
            return false;
        };
        deal.current_stage(&process) == CurrentStage::At(stage)
    });
    let detail = move || {
        let (deal, process, stage) = (panel.deal.get()?, panel.process.get()?, of.get()?);
        let progress = deal.progress_in(process.id);
        let ticked = stage
            .sub_stages
            .iter()
            .filter(|s| progress.ticks.contains_key(&s.id))
            .count();
        let days = progress.minutes_in(stage.id, clock::now()) / (24 * 60);
        let formats = app.formats();
        let mut parts = vec![format!("{ticked} of {}", stage.sub_stages.len())];
        if days > 0 {
            let days = usize::try_from(days).unwrap_or(0);
            parts.push(format!("{} d", formats.count(days)));
        }
        Some(parts.join(" · "))
    };
    let subs = move || {
        of.with(|stage| {
            let subs = stage
                .as_ref()
                .map(|stage| stage.sub_stages.iter().map(|sub| sub.id));
            subs.map(Iterator::collect::<Vec<_>>).unwrap_or_default()
        })
    };
    let text = move |get: fn(&crate::domain::record::process::Stage) -> String| {
        of.with(|stage| stage.as_ref().map(get)).unwrap_or_default()
    };
    let hint = move || Some(text(|stage| stage.hint.clone())).filter(|hint| !hint.is_empty());
    view! {
        <div class="stage" class:stage-current=move || is_current.get()>
            <div class="stage-head">
                <h3 dir="auto">{move || text(|stage| stage.name.to_string())}</h3>
                <Show when=move || is_current.get()>
                    <span class="badge badge-accent">"Current stage"</span>
                </Show>
                <span class="stage-detail">{move || detail()}</span>
            </div>
            {move || hint().map(|hint| view! { <p class="hint" dir="auto">{hint}</p> })}
            <ul class="sub-stages">
                <For
                    each=subs
                    key=|id| *id
                    children=move |id| view! { <SubStageRow panel id /> }
                />
            </ul>
        </div>
    }
}
