//! The comparison as a table that is sorted by its headings.

use super::Asked;
use super::section::Drawn;
use crate::chart::{Cell, FigureRow};
use crate::domain::read::statistics::Section;
use crate::domain::read::statistics::compare::{Measure, Ranking};
use crate::route::StatisticsView;
use crate::ui::parts::Icon;
use crate::ui::prelude::*;

/// The table of the comparison among these figures; not there in other sections.
#[component]
pub fn Ranked(asked: Asked, all: Memo<Vec<Drawn>>) -> impl IntoView {
    let table = memo(move || {
        let is_here = asked.view.with(|view| view.section == Section::Compare);
        let of = |all: &Vec<Drawn>| all.first()?.tables.first().cloned();
        let table = is_here.then(|| all.with(of)).flatten();
        table.unwrap_or_default()
    });
    let is_there = memo(move || table.with(|table| table.rows.len() > 1));
    let heads = move || {
        let texts = table.with(|table| table.columns.clone());
        let measures = Measure::ALL.into_iter().zip(texts);
        let head = |(measure, text)| head(asked, measure, text);
        measures.map(head).collect_view()
    };
    let rows = move || table.with(|table| table.rows.iter().map(row).collect_view());
    view! {
        <Show when=move || is_there.get()>
            <div class="table-card compared-scroll" tabindex="0" role="region" aria-label="Side by side">
                <table class="compared" role="table" aria-label="Side by side">
                    <thead>
                        <tr>{move || heads()}</tr>
                    </thead>
                    <tbody>{move || rows()}</tbody>
                </table>
            </div>
        </Show>
    }
}

fn head(asked: Asked, measure: Measure, text: String) -> impl IntoView {
    let ranking = move || asked.view.with(|view| view.ranking);
    let sorted = move || match ranking() {
        now if now.measure != measure => "none",
        now if now.descending => "descending",
        _ => "ascending",
    };
    // Numbers are most often wanted from the greatest down, names from A.
    let pressed = move || {
        let now = ranking();
        Ranking {
            measure,
            descending: match now.measure == measure {
                true => !now.descending,
                false => measure != Measure::Name,
            },
        }
    };
    let href = move || {
        let view = StatisticsView {
            ranking: pressed(),
            ..asked.view.get()
        };
        view.href()
    };
    view! {
        <th scope="col" aria-sort=sorted>
            <a href=href>
                {text}
                <Icon name="down" />
            </a>
        </th>
    }
}

fn row(row: &FigureRow) -> impl IntoView + use<> {
    let mut cells = row.cells.iter().cloned();
    let name = cells.next().unwrap_or_default();
    view! {
        <tr class:total=row.total>
            <th scope="row" dir="auto">{cell(name)}</th>
            {cells.map(|it| view! { <td>{cell(it)}</td> }).collect_view()}
        </tr>
    }
}

fn cell(cell: Cell) -> AnyView {
    match cell.key {
        Some(href) => view! { <a class="link-button" href=href>{cell.text}</a> }.into_any(),
        None => cell.text.into_any(),
    }
}
