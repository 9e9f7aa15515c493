//! The filters that are typed: ranges of value and date, and what needs attention.

use super::Filtering;
use crate::domain::read::filter::{DateField as FilterDate, Filter, Kind, Tab, choices};
use crate::domain::value::money::Money;
use crate::domain::value::time::Date;
use crate::ui::app::{amount_text, use_app};
use crate::ui::parts::{AmountField, Checks, DateField, DateText};
use crate::ui::prelude::*;

/// Ranges of value and date, and what needs attention.
#[component]
pub fn Ranges(filtering: Filtering) -> impl IntoView {
    let app = use_app();
    let stale = memo(move || filtering.with(|filter| filter.stale));
    view! {
        <div class="ranges">
            <ValueLimit filtering name="Value from" get=|filter| filter.value_min set=|filter, value| filter.value_min = value />
            <ValueLimit filtering name="Value to" get=|filter| filter.value_max set=|filter, value| filter.value_max = value />
            {filtering.dated.then(|| dates(filtering))}
            <Show when=move || filtering.tab() == Tab::Open>
                <label class="check range-wide">
                    <input
                        type="checkbox"
                        prop:checked=move || stale.get()
                        on:change=move |event| {
                            let stale = event_target_checked(&event);
                            filtering.change(app, |filter| filter.stale = stale);
                        }
                    />
                    <span>"Only stale deals"</span>
                </label>
                {next_step(filtering)}
            </Show>
        </div>
    }
}

/// The range of dates, and which dates it is about.
fn dates(filtering: Filtering) -> impl IntoView {
    let app = use_app();
    let created = memo(move || filtering.with(|filter| filter.date_field == FilterDate::Created));
    view! {
        <label class="range range-wide">
            <span class="label">"Dates"</span>
            <select
                class="input select"
                prop:value=move || if created.get() { "created" } else { "close" }
                on:change=move |event| {
                    let created = event_target_value(&event) == "created";
                    let field = if created { FilterDate::Created } else { FilterDate::Close };
                    filtering.change(app, |filter| filter.date_field = field);
                }
            >
                <option value="close" selected=move || !created.get()>
                    {move || FilterDate::Close.title(filtering.tab())}
                </option>
                <option value="created" selected=move || created.get()>"Created"</option>
            </select>
        </label>
        <DateLimit filtering name="From" get=|filter| filter.from set=|filter, date| filter.from = date />
        <DateLimit filtering name="To" get=|filter| filter.to set=|filter, date| filter.to = date />
    }
}

/// When the next step is due.
fn next_step(filtering: Filtering) -> impl IntoView {
    let app = use_app();
    let kind = Kind::NextStep;
    let chosen = memo(move || filtering.with(|filter| filter.values(kind).texts()));
    let all = app
        .store
        .peek(|setup| choices(setup, &Filter::default(), kind, &|_| true));
    let put = Callback::new(move |(value, on): (String, bool)| {
        filtering.change(app, |filter| filter.values_mut(kind).put(&value, on));
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
    filtering: Filtering,
    name: &'static str,
    get: fn(&Filter) -> Option<Money>,
    set: fn(&mut Filter, Option<Money>),
) -> impl IntoView {
    let app = use_app();
    let shown = memo(move || {
        let value = filtering.with(get);
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
            filtering.change(app, |filter| {
                set(filter, typed.map(|typed| typed.amount));
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
    filtering: Filtering,
    name: &'static str,
    get: fn(&Filter) -> Option<Date>,
    set: fn(&mut Filter, Option<Date>),
) -> impl IntoView {
    let app = use_app();
    let shown = memo(move || filtering.with(get));
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
            filtering.refine(app, |filter| set(filter, date));
        } else {
            is_step_taken.set_value(true);
            filtering.change(app, |filter| set(filter, date));
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

/// Whether anything is chosen among them.
pub fn has_ranges(filter: &Filter) -> bool {
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
