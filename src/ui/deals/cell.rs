//! The cells of a row of the table of deals.

use super::row::Shown;
use crate::domain::read::column::{Column, ColumnKind, Content};
use crate::domain::read::filter::Tab;
use crate::domain::record::deal::Outcome;
use crate::ui::parts::process_mark::color_class;
use crate::ui::prelude::*;
use crate::web::clock;
use crate::web::intl::Formats;
use crate::web::length::length;

/// What a cell shows as the account's region writes it; empty where that is
/// not known.
pub fn written(formats: &Formats, content: Content<'_>) -> String {
    match content {
        Content::Nothing => String::new(),
        Content::Text(text) => text.to_owned(),
        Content::Money(minor) => formats.money(minor),
        Content::Chance(chance) => formats.chance(chance),
        Content::Date(date) => formats.date(date),
        Content::Day(moment) => formats.date(clock::date_of(moment)),
        Content::Step(step) => match step.due {
            None => step.what.to_string(),
            Some(due) => format!("{}, due {}", step.what, formats.date(due)),
        },
        Content::Days(1) => "1 day".to_owned(),
        Content::Days(days) => {
            let days = usize::try_from(days).unwrap_or_default();
            format!("{} days", formats.count(days))
        }
    }
}

/// The class of a column's heading and cells.
pub(super) fn class_of(column: Column, only: Option<Tab>) -> String {
    let number = match column.about().kind {
        ColumnKind::Number => " col-number",
        ColumnKind::Text | ColumnKind::Date => "",
    };
    let only = match only {
        Some(Tab::Open) => " only-open",
        Some(Tab::Closed) => " only-closed",
        Some(Tab::All) | None => "",
    };
    format!("col col-{}{number}{only}", column.about().slug)
}

/// The cell of a column, the `at`th of the row. It stays while another deal
/// comes into the row; where its text is empty the style sheet shows a dash.
pub(super) fn cell(at: usize, column: Column, only: Option<Tab>, row: Shown) -> AnyView {
    let class = class_of(column, only);
    let text = move || row.text(at);
    match column {
        Column::Name => view! {
            <td role="cell" class=class>
                <a class="cell deal-link" dir="auto" href=move || row.get(|cells| cells.href.clone())>
                    {move || text()}
                </a>
            </td>
        }
        .into_any(),
        Column::Process => {
            let class = move || row.get(|cells| format!("{class} {}", color_class(cells.color)));
            view! { <td role="cell" class=class dir="auto">{move || text()}</td> }.into_any()
        }
        Column::Stage => {
            let stale = memo(move || row.get(|cells| cells.stale));
            let badge = move || {
                stale
                    .get()
                    .then(|| view! { <span class="badge badge-warn">"Stale"</span> })
            };
            view! {
                <td role="cell" class=class>
                    <span class="cell" dir="auto">{move || text()}</span>
                    {move || badge()}
                </td>
            }
            .into_any()
        }
        Column::NextStep => {
            let due = move || row.get(|cells| cells.due.text.clone());
            let overdue = memo(move || row.get(|cells| cells.due.is_overdue));
            let badge = move || if overdue.get() { "due badge badge-warn" } else { "due" };
            let words = move || {
                overdue
                    .get()
                    .then(|| view! { <span class="visually-hidden">" overdue"</span> })
            };
            view! {
                <td role="cell" class=class>
                    <span class=badge>{move || due()}{words}</span>
                    <span class="cell" dir="auto">{move || text()}</span>
                </td>
            }
            .into_any()
        }
        Column::Status => {
            let badge = move || {
                row.get(|cells| match cells.outcome {
                    Some(Outcome::Won) => "badge badge-won",
                    Some(Outcome::Lost) => "badge badge-lost",
                    Some(Outcome::Outdated) => "badge badge-outdated",
                    None => "badge",
                })
            };
            view! { <td role="cell" class=class><span class=badge>{move || text()}</span></td> }.into_any()
        }
        Column::Chance => {
            let class = move || row.get(|cells| format!("{class} {}", color_class(cells.color)));
            let share = move || {
                let permille = row.get(|cells| cells.chance.permille());
                length(f64::from(permille) / 10.0, "%")
            };
            view! { <td role="cell" class=class style=("--share", share)>{move || text()}</td> }.into_any()
        }
        Column::Customer
        | Column::Segment
        | Column::Category
        | Column::Source
        | Column::Owner
        | Column::Reason => view! { <td role="cell" class=class dir="auto">{move || text()}</td> }.into_any(),
        Column::Value
        | Column::Weighted
        | Column::Close
        | Column::Created
        | Column::Touched
        | Column::Age
        | Column::InStage => view! { <td role="cell" class=class>{move || text()}</td> }.into_any(),
    }
}
