//! The bar of filters: what is searched for, chosen and saved.

use leptos::ev;
use leptos::html;

use super::chips::{BAR, Chips};
use super::kinds::KindFilter;
use super::{Listing, is_filtered, views::Views};
use crate::domain::read::filter::{Filter, Kind, Tab};
use crate::ui::app::use_app;
use crate::ui::parts::popup::close_elsewhere;
use crate::ui::parts::{Icon, OfferButton, Popup};
use crate::ui::prelude::*;
use crate::web::observe::SizeWatch;
use crate::web::{controls, dom, keyboard};

/// The id of what a phone shows only when asked.
const REST: &str = "filters-rest";

/// The bar with search box and filters. It stays in view, and tells style
/// sheets how high it is, for what stays in view below it.
#[component]
pub fn Filters(listing: Listing) -> impl IntoView {
    let app = use_app();
    let bar = NodeRef::<html::Div>::new();
    tell_height(bar);
    let search = memo(move || listing.view.with(|view| view.filter.search.clone()));
    let any = memo(move || listing.view.with(|view| is_filtered(&view.filter)));
    let has_processes = memo(move || {
        app.store.setup(|w| w.processes.len() > 1)
            || listing.view.with(|view| !view.filter.process.is_empty())
    });
    let clear = move |()| {
        listing.change(app, |view| view.filter = Filter::default());
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
    let has_ranges = memo(move || listing.view.with(|view| has_ranges(&view.filter)));
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
                            listing.refine(app, |view| view.filter.search = text);
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
                        <KindFilter listing kind=Kind::Process />
                    </Show>
                    <KindFilter listing kind=Kind::Stage />
                    <Show when=move || listing.tab() == Tab::Closed>
                        <KindFilter listing kind=Kind::Status />
                    </Show>
                    <KindFilter listing kind=Kind::Owner />
                    <KindFilter listing kind=Kind::Segment />
                    <KindFilter listing kind=Kind::Category />
                    <KindFilter listing kind=Kind::Source />
                    <Popup
                        text="More filters"
                        label="More filters"
                        title="More filters"
                        is_on=has_ranges
                    >
                        {app.chunks.work.view(move |it| (it.ranges)(listing))}
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
                    <Views listing />
                </div>
            </div>
            <Chips listing />
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

fn has_ranges(filter: &Filter) -> bool {
    let Filter {
        value_min,
        value_max,
        from,
        to,
        stale,
        next,
        ..
    } = filter;
    let is_limited = [value_min, value_max].into_iter().any(Option::is_some);
    let is_dated = [from, to].into_iter().any(Option::is_some);
    is_limited || is_dated || *stale || !next.is_empty()
}
