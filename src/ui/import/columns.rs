//! The columns of a file, and what each is taken for.

use std::sync::Arc;

use super::pick::Pick;
use crate::codec::csv::Table;
use crate::ui::parts::Choices;
use crate::ui::prelude::*;

/// How many texts of a column are shown.
const EXAMPLES: usize = 3;

/// The value of a column that is left out.
pub const LEFT_OUT: &str = "";

/// The table of columns. A target stands as its place among `targets`.
#[component]
pub fn ColumnTable(
    table: Arc<Table>,
    /// The names of what a column may hold.
    targets: Vec<&'static str>,
    /// What a column is taken for; none where it is left out.
    #[prop(into)]
    target_of: Callback<usize, Option<usize>>,
    /// A column was given another target, or none.
    #[prop(into)]
    on_choose: Callback<(usize, Option<usize>)>,
    /// What else there is to choose for a column.
    #[prop(into)]
    form: Callback<usize, AnyView>,
) -> impl IntoView {
    let mut entries = vec![(LEFT_OUT.to_owned(), "Leave out".to_owned())];
    let named = targets.into_iter().enumerate();
    entries.extend(named.map(|(place, title)| (place.to_string(), title.to_owned())));
    let choices: Choices = vec![(None, entries)];
    let rows: Vec<_> = (0..table.headers().len())
        .map(|column| {
            let header = table.header(column);
            let examples = table.examples(column, EXAMPLES);
            let value = memo(move || {
                let target = target_of.run(column);
                target.map_or_else(|| LEFT_OUT.to_owned(), |target| target.to_string())
            });
            view! {
                <tr role="row" class:import-left-out=move || value.with(String::is_empty)>
                    <th scope="row" role="rowheader">
                        <bdi class="import-header">{header.clone()}</bdi>
                        <Examples examples />
                    </th>
                    <td role="cell">
                        <Pick
                            label=format!("Column {header}")
                            value
                            choices=choices.clone()
                            on_choose=move |text: String| {
                                on_choose.run((column, text.parse().ok()));
                            }
                        />
                    </td>
                    <td role="cell">{form.run(column)}</td>
                </tr>
            }
        })
        .collect();
    // The roles are said, because on a narrow page the styles take them away.
    view! {
        <table class="import-columns" role="table">
            <thead>
                <tr>
                    <th scope="col">"Column in the file"</th>
                    <th scope="col">"Goes into"</th>
                    <th scope="col">"Written as"</th>
                </tr>
            </thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
    }
}

/// The columns in one line: how many are used, and which are left out.
pub fn summary(table: &Table, is_used: impl Fn(usize) -> bool) -> String {
    let all = table.headers().len();
    let left_out: Vec<String> = (0..all)
        .filter(|column| !is_used(*column))
        .map(|column| table.header(column))
        .collect();
    match (all, left_out.len()) {
        (1, 0) => "The one column is used".to_owned(),
        (all, 0) => format!("All {all} columns are used"),
        (all, out) => format!(
            "{} of {all} are used. Left out: {}",
            all - out,
            left_out.join(", ")
        ),
    }
}

#[component]
fn Examples(examples: Vec<String>) -> impl IntoView {
    if examples.is_empty() {
        return view! { <span class="import-examples">"empty"</span> }.into_any();
    }
    let each: Vec<_> = examples
        .into_iter()
        .map(|text| view! { <bdi class="import-example">{text}</bdi> })
        .collect();
    view! { <span class="import-examples">{each}</span> }.into_any()
}
