//! The rows of the file that are no records, and what was odd about others.

use super::parts::Section;
use crate::codec::csv::{Row, Table};
use crate::domain::value::text::counted;
use crate::ui::app::unique_id;
use crate::ui::prelude::*;

/// How many rows are listed.
const MOST: usize = 100;

/// A row that is proposed to be left out.
#[derive(Clone, PartialEq)]
struct LeftOut {
    row: usize,
    line: u32,
    why: String,
    text: String,
}

/// The section "Rows left out"; not there for a file that has none.
#[component]
pub fn RowsLeftOut(
    table: std::sync::Arc<Table>,
    /// Whether a row is imported.
    #[prop(into)]
    takes: Callback<usize, bool>,
    /// A row was taken in, or left out again.
    #[prop(into)]
    on_take: Callback<(usize, bool)>,
) -> impl IntoView {
    let rows: Vec<LeftOut> = table
        .asides()
        .map(|(row, aside)| LeftOut {
            row: row.index(),
            line: row.line(),
            why: aside.to_string(),
            text: text_of(row),
        })
        .collect();
    let skipped = table.skipped().to_vec();
    let troubles: Vec<String> = table.troubles().iter().map(ToString::to_string).collect();
    if rows.is_empty() && skipped.is_empty() && troubles.is_empty() {
        return ().into_any();
    }
    let places: Vec<usize> = rows.iter().map(|row| row.row).collect();
    let (above, odd) = (skipped.len(), troubles.len());
    let summary = derived(move || {
        let out = places.iter().filter(|row| !takes.run(**row)).count();
        let mut parts = Vec::new();
        if out + above > 0 {
            let verb = if out + above == 1 {
                "is no record"
            } else {
                "are no records"
            };
            parts.push(format!("{} {verb}", counted(out + above, "row")));
        }
        if odd > 0 {
            parts.push(format!("{} not written as usual", counted(odd, "row")));
        }
        parts.join(", ")
    });
    let more = rows.len().saturating_sub(MOST);
    let boxes: Vec<_> = rows
        .into_iter()
        .take(MOST)
        .map(|row| view! { <OneRow row takes on_take /> })
        .collect();
    let above: Vec<_> = skipped
        .into_iter()
        .map(|skipped| {
            view! {
                <li class="import-row">
                    <span class="import-row-line">{format!("Line {}", skipped.line)}</span>
                    <bdi class="import-cell">{skipped.text}</bdi>
                    <span class="hint">"above the table"</span>
                </li>
            }
        })
        .collect();
    let odd_more = troubles.len().saturating_sub(MOST);
    let odd: Vec<_> = troubles
        .into_iter()
        .take(MOST)
        .map(|trouble| view! { <li>{trouble}</li> })
        .collect();
    let has_odd = !odd.is_empty();
    view! {
        <Section title="Rows left out" summary needed=Signal::stored(false)>
            <ul class="import-rows-out">{above} {boxes}</ul>
            {(more > 0).then(|| view! { <p class="hint">{format!("and {more} more")}</p> })}
            {has_odd.then(|| view! { <ul class="import-odd">{odd}</ul> })}
            {(odd_more > 0).then(|| view! { <p class="hint">{format!("and {odd_more} more")}</p> })}
        </Section>
    }
    .into_any()
}

#[component]
fn OneRow(
    row: LeftOut,
    takes: Callback<usize, bool>,
    on_take: Callback<(usize, bool)>,
) -> impl IntoView {
    let id = unique_id("row");
    let (label_for, place) = (id.clone(), row.row);
    view! {
        <li class="import-row">
            <input
                type="checkbox"
                id=id
                prop:checked=move || takes.run(place)
                on:change=move |event| on_take.run((place, event_target_checked(&event)))
            />
            <label class="import-row-line" for=label_for>{format!("Take in line {}", row.line)}</label>
            <bdi class="import-cell">{row.text}</bdi>
            <span class="hint">{row.why}</span>
        </li>
    }
}

fn text_of(row: Row<'_>) -> String {
    let cells = row.cells().map(str::trim).filter(|cell| !cell.is_empty());
    cells.collect::<Vec<_>>().join(" · ")
}

/// The first rows of what is imported; nothing where there is none.
#[component]
pub fn FirstRows(
    /// What one of them is called.
    noun: &'static str,
    /// How many there are.
    all: usize,
    /// The names of the columns, each with its class.
    head: Vec<(&'static str, &'static str)>,
    /// The first of them.
    rows: Vec<AnyView>,
) -> impl IntoView {
    let title = match (rows.len(), counted(all, noun)) {
        (0, _) => return ().into_any(),
        (shown, counted) if all > shown => format!("The first {shown} of {counted}"),
        (_, counted) => counted,
    };
    let head: Vec<_> = head
        .into_iter()
        .map(|(name, class)| view! { <th scope="col" class=class>{name}</th> })
        .collect();
    view! {
        <div
            class="import-scroll"
            tabindex="0"
            role="group"
            aria-label=format!("The first {noun}s")
        >
            <table class="import-table">
                <caption>{title}</caption>
                <thead>
                    <tr>{head}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
