//! What a card shows of its deal.

use crate::domain::read::board::initials;
use crate::domain::read::column::{Column, InView};
use crate::domain::read::stats::is_stale;
use crate::domain::record::deal::Deal;
use crate::domain::record::process::SubStage;
use crate::domain::record::workspace::Setup;
use crate::route::Route;
use crate::ui::app::formats_of;
use crate::ui::deals::cell::written;
use crate::ui::deals::row::Due;
use crate::web::clock;

/// The texts of a card; empty where something is not known.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Face {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) customer: String,
    pub(super) value: String,
    pub(super) chance: String,
    pub(super) in_stage: String,
    pub(super) owner: String,
    pub(super) initials: String,
    pub(super) step: String,
    pub(super) due: Due,
    pub(super) is_stale: bool,
    /// How many sub-stages of the current stage are ticked of how many; empty
    /// where it has none.
    pub(super) ticked: String,
}

impl Face {
    /// As it is seen now; none where the deal's process is missing.
    pub(super) fn of(setup: &Setup, deal: &Deal) -> Option<Self> {
        let formats = formats_of(setup);
        let seen = InView::of(setup, deal, clock::now(), clock::today())?;
        let text = |column: Column| written(&formats, (column.about().shows)(&seen));
        let owner = text(Column::Owner);
        let step = deal.next_step.as_ref();
        Some(Self {
            href: Route::Deal(deal.id).href(),
            name: deal.name.to_string(),
            customer: text(Column::Customer),
            value: text(Column::Value),
            chance: text(Column::Chance),
            in_stage: text(Column::InStage),
            initials: initials(&owner),
            owner,
            step: step.map_or_else(|| "No next step".to_owned(), |step| step.what.to_string()),
            due: Due::of(&formats, deal.next_due(), seen.today),
            is_stale: is_stale(deal, seen.process, seen.now),
            ticked: ticked(&seen),
        })
    }
}

fn ticked(seen: &InView<'_>) -> String {
    let progress = seen.deal.progress_in(seen.process.id);
    let stage = progress.current_stage(seen.process).id();
    let subs = stage.and_then(|id| seen.process.stage(id));
    let subs = subs.map_or(&[][..], |stage| &stage.sub_stages);
    let is_ticked = |sub: &&SubStage| progress.ticks.contains_key(&sub.id);
    match subs.len() {
        0 => String::new(),
        count => format!("{}/{count}", subs.iter().filter(is_ticked).count()),
    }
}
