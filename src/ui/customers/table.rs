//! The parts of the tables of customers and of their deals.

use crate::domain::read::customer_list::{CustomerColumn, CustomerSort};
use crate::ui::parts::Icon;
use crate::ui::prelude::*;

/// A heading that sorts by its column when pressed.
#[component]
pub fn SortHead(column: CustomerColumn, sort: RwSignal<CustomerSort>) -> impl IntoView {
    let direction = move || {
        let sort = sort.get();
        (sort.column == column).then_some(sort.descending)
    };
    let spoken = move || match direction() {
        Some(true) => "descending",
        Some(false) => "ascending",
        None => "none",
    };
    view! {
        <th
            scope="col"
            role="columnheader"
            class:cell-number=column.is_number()
            aria-sort=spoken
        >
            <button
                type="button"
                class="sort-button"
                on:click=move |_| sort.update(|sort| *sort = sort.pressed(column))
            >
                <span>{column.title()}</span>
                {move || {
                    direction()
                        .map(|descending| {
                            view! { <Icon name=if descending { "down" } else { "up" } /> }
                        })
                }}
            </button>
        </th>
    }
}

/// A row whose first cell is a link that the whole row follows.
pub fn row_view(
    at: usize,
    href: Signal<String>,
    name: Signal<String>,
    cells: AnyView,
) -> impl IntoView + use<> {
    view! {
        <tr role="row" aria-rowindex=at + 2>
            <th scope="row" role="rowheader" class="cell-name">
                <a class="row-link" href=move || href.get()>
                    <bdi>{move || name.get()}</bdi>
                </a>
            </th>
            {cells}
        </tr>
    }
}
