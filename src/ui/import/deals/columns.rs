//! Which column holds what, and how its dates and amounts are written.

use super::Draft;
use crate::codec::csv::amounts::AmountForm;
use crate::codec::csv::dates::{DateForm, DateOrder};
use crate::codec::csv::deals::{Matching, Target};
use crate::ui::import::columns::{ColumnTable, summary};
use crate::ui::import::parts::Section;
use crate::ui::import::pick::{Pick, plain};
use crate::ui::prelude::*;

/// The section "Columns".
#[component]
pub fn Columns(draft: Draft) -> impl IntoView {
    let table = draft.table();
    let shown = table.clone();
    let summary = derived(move || {
        draft.read(|matching| summary(&shown, |column| matching.target_of(column).is_some()))
    });
    let open_question = question(draft);
    let needed = memo(move || open_question().is_some());
    let place = |target: Target| Target::ALL.iter().position(|known| *known == target);
    let choose = move |(column, chosen): (usize, Option<usize>)| {
        draft.edit(|matching, table, workspace| {
            let target = chosen.and_then(|place| Target::ALL.get(place).copied());
            matching.set_target(column, target, table, workspace);
        });
    };
    view! {
        <Section title="Columns" summary needed>
            <p class="import-question" hidden=move || open_question().is_none()>
                {move || open_question()}
            </p>
            <ColumnTable
                table=table.clone()
                targets=Target::ALL.map(Target::title).to_vec()
                target_of=move |column| {
                    draft.read(|matching| matching.target_of(column).and_then(place))
                }
                on_choose=choose
                form=move |column| view! { <Form draft column /> }.into_any()
            />
        </Section>
    }
}

/// What the user should look at, if anything.
fn question(draft: Draft) -> impl Fn() -> Option<&'static str> + Copy + Send + Sync + 'static {
    move || {
        draft.read(|matching| {
            let names = [Target::Name, Target::Customer, Target::Category];
            if names.iter().all(|target| matching.column(*target).is_none()) {
                return Some("No column is known as the name or the customer of a deal. Choose one, or the deals get numbers for names.");
            }
            is_ambiguous(draft, matching).then_some(
                "Day and month can't be told apart in this file. See whether the dates below are read in the right order.",
            )
        })
    }
}

/// There are dates that don't tell day and month apart, and no others that do.
fn is_ambiguous(draft: Draft, matching: &Matching) -> bool {
    let table = draft.table();
    let has_texts = |target: &Target| {
        let column = matching.column(*target);
        column.is_some_and(|column| !table.examples(column, 1).is_empty())
    };
    let tells = |form: &DateForm| form.proven && form.order != DateOrder::YearFirst;
    let mut dates = matching.dates.iter();
    !matching.dates.values().any(tells)
        && dates.any(|(target, form)| !form.proven && has_texts(target))
}

/// What a form is about.
#[derive(Clone, Copy, PartialEq)]
enum About {
    Date(Target),
    Amount,
    Chance,
    Nothing,
}

/// How the dates, amounts or chances of a column are written.
#[component]
fn Form(draft: Draft, column: usize) -> impl IntoView {
    let about = memo(
        move || match draft.read(|matching| matching.target_of(column)) {
            Some(target) if Target::DATES.contains(&target) => About::Date(target),
            Some(Target::Value) => About::Amount,
            Some(Target::Chance) => About::Chance,
            _ => About::Nothing,
        },
    );
    let header = draft.table().header(column);
    following(move || match about.get() {
        About::Date(target) => dates(draft, target, &header).into_any(),
        About::Amount => amounts(draft, &header).into_any(),
        About::Chance => chances(draft, &header).into_any(),
        About::Nothing => ().into_any(),
    })
}

fn dates(draft: Draft, target: Target, header: &str) -> impl IntoView + use<> {
    let value = derived(move || {
        let order = draft.read(|matching| matching.dates.get(&target).map(|form| form.order));
        order.map_or("", DateOrder::title).to_owned()
    });
    let choose = move |title: String| {
        let order = DateOrder::ALL
            .into_iter()
            .find(|order| order.title() == title);
        draft.edit(|matching, _, _| {
            if let (Some(form), Some(order)) = (matching.dates.get_mut(&target), order) {
                form.order = order;
                form.proven = true;
            }
        });
    };
    let choices = plain(DateOrder::ALL.map(|order| (order.title(), order.title())));
    view! { <Pick label=format!("Dates of {header}") value choices on_choose=choose /> }
}

fn amounts(draft: Draft, header: &str) -> impl IntoView + use<> {
    let value = derived(move || draft.read(|matching| matching.amounts.title().to_owned()));
    let choose = move |title: String| {
        let form = AmountForm::ALL
            .into_iter()
            .find(|form| form.title() == title);
        draft.edit(|matching, _, _| matching.amounts = form.unwrap_or(matching.amounts));
    };
    let choices = plain(AmountForm::ALL.map(|form| (form.title(), form.title())));
    view! { <Pick label=format!("Amounts of {header}") value choices on_choose=choose /> }
}

fn chances(draft: Draft, header: &str) -> impl IntoView + use<> {
    const FORMS: [(&str, &str); 2] = [
        ("percent", "percent (45)"),
        ("fraction", "fractions (0.45)"),
    ];
    let value = derived(move || {
        let is_fraction = draft.read(|matching| matching.chances_are_fractions);
        if is_fraction { "fraction" } else { "percent" }.to_owned()
    });
    let choose = move |form: String| {
        draft.edit(|matching, _, _| matching.chances_are_fractions = form == "fraction");
    };
    view! { <Pick label=format!("Chances of {header}") value choices=plain(FORMS) on_choose=choose /> }
}
