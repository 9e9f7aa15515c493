//! The tables of a figure: their names and numbers lead to the deals behind
//! them.

use crate::chart::{Cell, FigureRow, Table};
use crate::ui::prelude::*;

/// What begins the address of a screen, in the place of what a screen picks.
const ADDRESS: &str = "#/";

/// Whether a key is the address of a screen.
pub fn is_address(key: &str) -> bool {
    key.starts_with(ADDRESS)
}

/// A table of figures.
pub fn table_view(table: &Table, on_pick: Callback<String>) -> impl IntoView + use<> {
    let head = table
        .columns
        .iter()
        .map(|column| view! { <th scope="col" dir="auto">{column.clone()}</th> });
    view! {
        <div class="figures-scroll">
            <table class="figures-table">
                <caption>{table.title.clone()}</caption>
                <thead>
                    <tr>{head.collect_view()}</tr>
                </thead>
                <tbody>
                    {table.rows.iter().map(|row| row_view(row, on_pick)).collect_view()}
                </tbody>
            </table>
        </div>
    }
}

fn row_view(row: &FigureRow, on_pick: Callback<String>) -> impl IntoView + use<> {
    let mut cells = row.cells.iter();
    let name = cells.next().map(|cell| cell_view(cell, on_pick));
    let cells = cells.map(|cell| {
        let class = cell.plain.is_none().then_some("figures-name");
        view! { <td class=class dir="auto">{cell_view(cell, on_pick)}</td> }
    });
    view! {
        <tr class:total=row.total>
            <th scope="row" dir="auto">{name}</th>
            {cells.collect_view()}
        </tr>
    }
}

fn cell_view(cell: &Cell, on_pick: Callback<String>) -> AnyView {
    match cell.key.clone() {
        Some(key) => picking(cell.text.clone(), None, key, on_pick),
        None => cell.text.clone().into_any(),
    }
}

/// What picks the deals behind a figure, or leads to them; `of` says whose a
/// mere number is.
pub fn picking(
    text: String,
    of: Option<String>,
    key: String,
    on_pick: Callback<String>,
) -> AnyView {
    let label = of.map(|of| format!("{of}: {text}"));
    if is_address(&key) {
        return view! { <a class="figure-link" href=key aria-label=label>{text}</a> }.into_any();
    }
    view! {
        <button
            type="button"
            class="link-button"
            aria-label=label
            on:click=move |_| on_pick.run(key.clone())
        >
            {text}
        </button>
    }
    .into_any()
}
