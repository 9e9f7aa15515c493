//! The comparison as a table that is sorted by its headings.

use super::section::compared;
use super::{Asked, link, scope_of};
use crate::chart::statistics::Links;
use crate::chart::statistics::compare::compare_tables;
use crate::chart::{Cell, FigureRow, Table};
use crate::domain::read::statistics::Section;
use crate::domain::read::statistics::compare::{Measure, Ranking};
use crate::route::StatisticsView;
use crate::ui::app::use_app;
use crate::ui::parts::Icon;
use crate::ui::prelude::*;

/// The table; not there in other sections, nor where nothing is compared.
#[component]
pub fn Ranked(asked: Asked) -> impl IntoView {
    let app = use_app();
    let table = memo(move || {
        let formats = app.formats();
        asked.view.with(|view| {
            if view.section != Section::Compare {
                return Table::default();
            }
            let scope = scope_of(view);
            let links = Links {
                scope: &scope,
                link: &link,
            };
            app.store.index(|index, workspace| {
                let stats = compared(index, workspace, view, &scope);
                let tables = compare_tables(&stats, &links, &formats);
                tables.into_iter().next().unwrap_or_default()
            })
        })
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
                        <tr>{heads}</tr>
                    </thead>
                    <tbody>{rows}</tbody>
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
