//! The sub-stages of a card's current stage, to be ticked without leaving the
//! board.

use super::BoardView;
use crate::domain::value::id::DealId;
use crate::ui::app::use_app;
use crate::ui::deal::{Panel, SubStageRow, discard_question};
use crate::ui::parts::Floating;
use crate::ui::prelude::*;
use crate::web::dom;

/// The id of the button that opens the sub-stages of a deal.
pub(super) fn work_id(id: DealId) -> String {
    format!("sub-stages-{id}")
}

/// The panel beside the card of a deal. It stays at the stage that it was
/// opened for, so that what is unticked by mistake can be ticked again.
#[component]
pub(super) fn Work(board: BoardView, id: DealId) -> impl IntoView {
    let app = use_app();
    let deal = memo(move || app.store.deal(id));
    let panel = Panel::new(app, id, deal, board.typed);
    let asking = board.asking;
    let go_on = move |next: Option<DealId>| {
        board.working.set(next);
        if next.is_none() {
            dom::focus_soon(work_id(id));
        }
    };
    let stay = Callback::new(move |()| {
        asking.try_set(None);
    });
    on_cleanup(move || stay.run(()));
    // It is closed, or gone, or belongs to another process from now on; what is
    // typed can still be read and copied.
    let process = panel
        .process
        .with_untracked(|it| it.as_ref().map(|it| it.id));
    effect(move || {
        let now = panel.process.with(|it| it.as_ref().map(|it| it.id));
        let is_over = now != process || !panel.is_open.get();
        if is_over && !panel.typed.is_any().get() {
            board.working.set(None);
        }
    });
    let stage = untrack(|| {
        let (deal, process) = (deal.get()?, panel.process.get()?);
        deal.current_stage(&process).id()
    });
    let stage = memo(move || panel.process.with(|it| it.as_ref()?.stage(stage?).cloned()));
    let name = move || stage.with(|stage| stage.as_ref().map(|stage| stage.name.to_string()));
    let label = derived(move || {
        let name = deal.with(|deal| deal.as_ref().map(|deal| deal.name.to_string()));
        format!("Sub-stages of {}", name.unwrap_or_default())
    });
    let subs = move || {
        stage.with(|stage| {
            let subs = stage.iter().flat_map(|stage| &stage.sub_stages);
            subs.map(|sub| sub.id).collect::<Vec<_>>()
        })
    };
    view! {
        <Floating
            anchor=work_id(id)
            label
            on_close=move |()| board.work_on(None)
            is_unsaved=board.typed.is_any()
        >
            <h3 class="floating-title" dir="auto">{move || name()}</h3>
            <ul class="sub-stages">
                <For
                    each=subs
                    key=|id| *id
                    children=move |id| view! { <SubStageRow panel id /> }
                />
            </ul>
            {move || {
                let next = asking.get()?;
                Some(discard_question(Callback::new(move |()| go_on(next)), stay))
            }}
        </Floating>
    }
}
