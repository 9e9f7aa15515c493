//! The filters of the page: those of the Deals page that deals of any status
//! have, and the period.

use super::Asked;
use super::period::PeriodChoice;
use crate::domain::read::filter::Kind;
use crate::ui::app::use_app;
use crate::ui::filtering::{FilterBar, KindFilter, has_ranges};
use crate::ui::parts::Popup;
use crate::ui::prelude::*;

/// The bar with the search box, the filters and the period.
#[component]
pub fn Filters(asked: Asked) -> impl IntoView {
    let app = use_app();
    let filtering = asked.filtering();
    let has_processes = memo(move || {
        app.store.setup(|w| w.processes.len() > 1)
            || filtering.with(|filter| !filter.process.is_empty())
    });
    let is_ranged = memo(move || filtering.with(has_ranges));
    let choices = view! {
        <Show when=move || has_processes.get()>
            <KindFilter filtering kind=Kind::Process />
        </Show>
        <KindFilter filtering kind=Kind::Owner />
        <KindFilter filtering kind=Kind::Segment />
        <KindFilter filtering kind=Kind::Category />
        <KindFilter filtering kind=Kind::Source />
        <Popup text="More filters" label="More filters" title="More filters" is_on=is_ranged>
            {app.chunks.work.view(move |it| (it.ranges)(filtering))}
        </Popup>
    };
    let last = view! { <PeriodChoice asked /> };
    view! { <FilterBar filtering choices=choices.into_any() last=last.into_any() /> }
}
