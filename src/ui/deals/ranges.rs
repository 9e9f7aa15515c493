//! The filters that are typed: ranges of value and date, and what needs attention.

use super::Listing;
use crate::domain::read::filter::{DateField as FilterDate, Filter, Kind, Tab, choices};
use crate::domain::value::money::Money;
use crate::domain::value::time::Date;
use crate::ui::app::{amount_text, use_app};
use crate::ui::parts::{AmountField, Checks, DateField, DateText};
use crate::ui::prelude::*;

/// Ranges of value and date, and what needs attention.
#[component]
pub fn Ranges(listing: Listing) -> impl IntoView {
    let app = use_app();
    let created = memo(move || {
        listing
            .view
            .with(|view| view.filter.date_field == FilterDate::Created)
    });
    let stale = memo(move || listing.view.with(|view| view.filter.stale));
    view! {
        <div class="ranges">
            <ValueLimit listing name="Value from" get=|filter| filter.value_min set=|filter, value| filter.value_min = value />
            <ValueLimit listing name="Value to" get=|filter| filter.value_max set=|filter, value| filter.value_max = value />
            <label class="range range-wide">
                <span class="label">"Dates"</span>
                <select
                    class="input select"
                    prop:value=move || if created.get() { "created" } else { "close" }
                    on:change=move |event| {
                        let created = event_target_value(&event) == "created";
                        let field = if created { FilterDate::Created } else { FilterDate::Close };
                        listing.change(app, |view| view.filter.date_field = field);
                    }
                >
                    <option value="close" selected=move || !created.get()>
                        {move || FilterDate::Close.title(listing.tab())}
                    </option>
                    <option value="created" selected=move || created.get()>"Created"</option>
                </select>
            </label>
            <DateLimit listing name="From" get=|filter| filter.from set=|filter, date| filter.from = date />
            <DateLimit listing name="To" get=|filter| filter.to set=|filter, date| filter.to = date />
            <Show when=move || listing.tab() == Tab::Open>
                <label class="check range-wide">
                    <input
                        type="checkbox"
                        prop:checked=move || stale.get()
                        on:change=move |event| {
                            let stale = event_target_checked(&event);
                            listing.change(app, |view| view.filter.stale = stale);
                        }
                    />
                    <span>"Only stale deals"</span>
                </label>
                {next_step(listing)}
            </Show>
        </div>
    }
}

/// When the next step is due.
fn next_step(listing: Listing) -> impl IntoView {
    let app = use_app();
    let kind = Kind::NextStep;
    let chosen = memo(move || listing.view.with(|view| view.filter.values(kind).texts()));
    let all = app
        .store
        .peek(|setup| choices(setup, &Filter::default(), kind, &|_| true));
    let put = Callback::new(move |(value, on): (String, bool)| {
        listing.change(app, |view| view.filter.values_mut(kind).put(&value, on));
    });
    view! {
        <div class="range-wide" role="group" aria-label=kind.title()>
            <span class="label" aria-hidden="true">{kind.title()}</span>
            <Checks choices=all chosen on_put=put find=String::new() />
        </div>
    }
}

/// The least or the greatest value. What is no amount stays, and says why;
/// the list goes on as it was.
#[component]
fn ValueLimit(
    listing: Listing,
    name: &'static str,
    get: fn(&Filter) -> Option<Money>,
    set: fn(&mut Filter, Option<Money>),
) -> impl IntoView {
    let app = use_app();
    let shown = memo(move || {
        let value = listing.view.with(|view| get(&view.filter));
        app.store.setup(|workspace| amount_text(workspace, value))
    });
    let text = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    effect(move || {
        text.set(shown.get());
        error.set(None);
    });
    let change = move |typed: String| match untrack(|| app.typed_amount(&typed)) {
        Ok(typed) => {
            error.set(None);
            listing.change(app, |view| {
                set(&mut view.filter, typed.map(|typed| typed.amount));
            });
        }
        Err(refused) => error.set(Some(refused.to_string())),
    };
    view! {
        <div class="range">
            <AmountField label=name value=text error on_change=Callback::new(change) />
        </div>
    }
}

/// The first or the last date. It counts as soon as it is whole; until the
/// field is left, every further one takes the place of the one before.
#[component]
fn DateLimit(
    listing: Listing,
    name: &'static str,
    get: fn(&Filter) -> Option<Date>,
    set: fn(&mut Filter, Option<Date>),
) -> impl IntoView {
    let app = use_app();
    let shown = memo(move || listing.view.with(|view| get(&view.filter)));
    let value = DateText::new(shown.get_untracked());
    let error = RwSignal::new(None::<String>);
    let is_step_taken = StoredValue::new(false);
    effect(move || {
        value.set(shown.get());
        error.set(None);
    });
    let apply = move |date: Option<Date>| {
        error.set(None);
        if shown.get_untracked() == date {
            return;
        }
        if is_step_taken.get_value() {
            listing.refine(app, |view| set(&mut view.filter, date));
        } else {
            is_step_taken.set_value(true);
            listing.change(app, |view| set(&mut view.filter, date));
        }
    };
    let typed = move |()| {
        if let Ok(date) = value.read() {
            apply(date);
        }
    };
    let left = move |()| {
        match value.read() {
            Ok(date) => apply(date),
            Err(refused) => error.set(Some(refused.to_string())),
        }
        is_step_taken.set_value(false);
    };
    view! {
        <div class="range">
            <DateField label=name value error on_input=Callback::new(typed) on_leave=Callback::new(left) />
        </div>
    }
}
