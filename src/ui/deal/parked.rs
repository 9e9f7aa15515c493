//! The processes a deal was in before, with the progress that is kept there.

use std::sync::Arc;

use crate::domain::record::deal::Deal;
use crate::domain::record::workspace::Setup;
use crate::ui::app::{formats_of, use_app};
use crate::ui::parts::ProcessMark;
use crate::ui::prelude::*;
use crate::web::intl::Formats;

/// The parked processes; nothing where there is none.
#[component]
pub fn Parked(deal: Memo<Option<Arc<Deal>>>) -> impl IntoView {
    let app = use_app();
    following(move || {
        let deal = deal.get()?;
        app.store.setup(|workspace| {
            let formats = formats_of(workspace);
            let parked = deal.progress.iter().filter(|(id, _)| **id != deal.process);
            let rows: Vec<_> = parked
                .filter_map(|(id, _)| parked_view(workspace, &formats, &deal, *id))
                .collect();
            (!rows.is_empty()).then(|| {
                view! {
                    <div class="parked">
                        <h3>"Parked processes"</h3>
                        {rows}
                    </div>
                }
            })
        })
    })
}

fn parked_view(
    workspace: &Setup,
    formats: &Formats,
    deal: &Deal,
    id: crate::domain::value::id::ProcessId,
) -> Option<impl IntoView + use<>> {
    let process = workspace.processes.get(&id)?;
    let progress = deal.progress.get(&id)?;
    let (ticked, all) = progress.ticked(process);
    let ticks: Vec<_> = process
        .sub_stages()
        .filter_map(|(stage, sub)| {
            let tick = progress.ticks.get(&sub.id)?;
            let (stage, name) = (stage.name.to_string(), sub.name.to_string());
            let at = formats.moment(tick.at);
            let note = (!tick.note.is_empty()).then(|| tick.note.clone());
            Some(view! {
                <li>
                    <bdi>{stage}</bdi>
                    ": "
                    <bdi>{name}</bdi>
                    <span class="sub-stage-date">{at}</span>
                    {note.map(|note| view! { <p class="tick-note" dir="auto">{note}</p> })}
                </li>
            })
        })
        .collect();
    let (color, name) = (process.color, process.name.to_string());
    Some(view! {
        <details class="parked-process">
            <summary>
                <ProcessMark color name />
                <span class="stage-detail">{format!("{ticked} of {all} ticked")}</span>
            </summary>
            <ul class="parked-ticks">{ticks}</ul>
        </details>
    })
}
