//! The period: one that has a name, or from a day to a day.

use super::Asked;
use crate::domain::read::statistics::{Period, Span};
use crate::domain::value::time::Date;
use crate::ui::app::use_app;
use crate::ui::parts::{DateField, DateText};
use crate::ui::prelude::*;
use crate::web::clock;

/// What the choice of days has for a value.
const BETWEEN: &str = "between";

/// The choice "Period", and two dates where it is from one to another.
#[component]
pub fn PeriodChoice(asked: Asked) -> impl IntoView {
    let app = use_app();
    let period = memo(move || asked.view.with(|view| view.period));
    let is_between = memo(move || matches!(period.get(), Period::Between(_)));
    let choose = move |event| {
        let value = event_target_value(&event);
        // The days that were shown are where one goes on from.
        let chosen = match value.as_str() {
            BETWEEN => Some(Period::Between(period.get_untracked().days(clock::today()))),
            named => Period::parse(named),
        };
        if let Some(chosen) = chosen {
            asked.change(app, |view| view.period = chosen);
        }
    };
    let option = move |named: Period| {
        view! {
            <option value=named.text() selected=move || period.get() == named>
                {named.title()}
            </option>
        }
    };
    let value = move || match period.get() {
        Period::Between(_) => BETWEEN.to_owned(),
        named => named.text(),
    };
    view! {
        <div class="period" role="group" aria-label="Period of time">
            <div class="period-choice">
                <select class="input select" aria-label="Period" prop:value=value on:change=choose>
                    {Period::NAMED.map(option).collect_view()}
                    <option value=BETWEEN selected=move || is_between.get()>
                        {Period::Between(Span::default()).title()}
                    </option>
                </select>
            </div>
            <Show when=move || is_between.get()>
                <Day asked name="From" get=|span| span.from set=|span, day| span.from = day />
                <Day asked name="To" get=|span| span.to set=|span, day| span.to = day />
            </Show>
        </div>
    }
}

/// The first or the last day; none leaves the period open there.
#[component]
fn Day(
    asked: Asked,
    name: &'static str,
    get: fn(&Span) -> Option<Date>,
    set: fn(&mut Span, Option<Date>),
) -> impl IntoView {
    let app = use_app();
    let shown = memo(move || match asked.view.with(|view| view.period) {
        Period::Between(span) => get(&span),
        _ => None,
    });
    let value = DateText::new(shown.get_untracked());
    let error = RwSignal::new(None::<String>);
    effect(move || {
        value.set(shown.get());
        error.set(None);
    });
    let apply = move |day: Option<Date>| {
        error.set(None);
        if shown.get_untracked() == day {
            return;
        }
        let Period::Between(mut span) = asked.view.with_untracked(|view| view.period) else {
            return;
        };
        set(&mut span, day);
        if span.is_backwards() {
            error.set(Some("The period would end before it begins.".to_owned()));
            return;
        }
        asked.change(app, |view| view.period = Period::Between(span));
    };
    // A date counts as soon as it is whole, and its lack when the field is left.
    let typed = move |()| {
        if let Ok(Some(day)) = value.read() {
            apply(Some(day));
        }
    };
    let left = move |()| match value.read() {
        Ok(day) => apply(day),
        Err(refused) => error.set(Some(refused.to_string())),
    };
    view! {
        <div class="period-day">
            <DateField label=name value error on_input=Callback::new(typed) on_leave=Callback::new(left) />
        </div>
    }
}
