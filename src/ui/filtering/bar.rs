//! The bar: what is searched for and chosen, and what is on.

use leptos::ev;
use leptos::html;

use super::Filtering;
use super::chips::{BAR, Chips};
use super::kinds::KindFilter;
use super::ranges::has_ranges;
use crate::domain::read::filter::{Filter, Kind};
use crate::ui::app::use_app;
use crate::ui::parts::popup::close_elsewhere;
use crate::ui::parts::{Icon, OfferButton, Popup};
use crate::ui::prelude::*;
use crate::web::observe::SizeWatch;
use crate::web::{controls, dom, keyboard};

/// The id of what a phone shows only when asked.
const REST: &str = "filters-rest";

/// The bar with the search box, the filters that all deals have, those `of_status`
/// that hang on their status, and what stands `last`. It stays in view, and tells
/// style sheets how high it is, for what stays in view below it.
#[component]
pub fn FilterBar(
    filtering: Filtering,
    /// The filters that deals of some status have.
    of_status: AnyView,
    /// What stands after the filters.
    last: AnyView,
) -> impl IntoView {
    let app = use_app();
    let bar = NodeRef::<html::Div>::new();
    tell_height(bar);
    let search = memo(move || filtering.with(|filter| filter.search.clone()));
    let any = memo(move || filtering.with(|filter| !filter.is_empty()));
    let has_processes = memo(move || {
        app.store.setup(|w| w.processes.len() > 1)
            || filtering.with(|filter| !filter.process.is_empty())
    });
    let is_ranged = memo(move || filtering.with(has_ranges));
    let clear = move |()| {
        filtering.change(app, |filter| *filter = Filter::default());
        dom::focus_soon(BAR.to_owned());
    };
    // On a phone the bar has but one button, which opens the rest.
    let open = RwSignal::new(false);
    let leave = close_elsewhere(bar, open);
    let on_key = move |event: ev::KeyboardEvent| {
        if open.get_untracked() && keyboard::key(&event) == "Escape" {
            event.prevent_default();
            open.set(false);
            dom::focus(".filters-open");
        }
    };
    view! {
        <div
            class="filters"
            role="search"
            aria-label="Filters"
            id=BAR
            tabindex="-1"
            node_ref=bar
            on:focusout=leave
            on:keydown=on_key
        >
            <div class="filters-bar">
                <div class="search">
                    <Icon name="search" />
                    <input
                        class="input"
                        type="search"
                        aria-label="Search deals"
                        placeholder="Search deals"
                        autocomplete="off"
                        spellcheck="false"
                        prop:value=move || search.get()
                        on:input=move |event| {
                            let text = event_target_value(&event);
                            filtering.refine(app, |filter| filter.search = text);
                        }
                    />
                </div>
                <button
                    type="button"
                    class="button filters-open"
                    class:filter-on=move || any.get()
                    aria-expanded=move || open.get().to_string()
                    aria-controls=REST
                    on:click=move |_| open.update(|open| *open = !*open)
                >
                    <Icon name="filter" />
                    "Filters"
                </button>
                <div class=REST class:filters-rest-open=move || open.get() id=REST>
                    <Show when=move || has_processes.get()>
                        <KindFilter filtering kind=Kind::Process />
                    </Show>
                    {of_status}
                    <KindFilter filtering kind=Kind::Owner />
                    <KindFilter filtering kind=Kind::Segment />
                    <KindFilter filtering kind=Kind::Category />
                    <KindFilter filtering kind=Kind::Source />
                    <Popup
                        text="More filters"
                        label="More filters"
                        title="More filters"
                        is_on=is_ranged
                    >
                        {app.chunks.work.view(move |it| (it.ranges)(filtering))}
                    </Popup>
                    <Show when=move || any.get()>
                        <OfferButton
                            text="Clear filters"
                            icon="close"
                            class="button-quiet"
                            bare=true
                            act=clear
                        />
                    </Show>
                    {last}
                </div>
            </div>
            <Chips filtering />
        </div>
    }
}

/// Tells style sheets the height of the bar for as long as it is there.
fn tell_height(bar: NodeRef<html::Div>) {
    const HEIGHT: &str = "--filters-height";
    let watch = StoredValue::new_local(None::<SizeWatch>);
    effect(move || {
        let Some(element) = bar.get() else {
            return;
        };
        let tell = {
            let element = element.clone();
            alive(move |()| controls::tell_styles_px(HEIGHT, element.offset_height().into()))
        };
        watch.set_value(SizeWatch::new(&element, tell));
    });
    on_cleanup(move || {
        watch.dispose();
        controls::tell_styles_px(HEIGHT, 0.0);
    });
}
