//! A row of the table of deals.

use std::collections::BTreeSet;

use crate::domain::read::filter::{Column, shown_close};
use crate::domain::read::stats::is_stale;
use crate::domain::record::deal::{Deal, Outcome};
use crate::domain::record::list::ListKind;
use crate::domain::record::process::Color;
use crate::domain::record::workspace::Setup;
use crate::domain::value::id::DealId;
use crate::domain::value::money::{Chance, Money};
use crate::route::Route;
use crate::ui::app::{formats_of, use_app};
use crate::ui::parts::process_mark::color_class;
use crate::ui::parts::{ProcessMark, RowWindow};
use crate::ui::prelude::*;
use crate::web::{clock, dom};

/// The cells of a row, with their classes: those of both tabs, since hiding a
/// cell is cheaper than making it.
const CELLS: [(Column, &str); 10] = [
    (Column::Name, "col-name"),
    (Column::Customer, "col-customer"),
    (Column::Process, "col-process"),
    (Column::Stage, "col-stage only-open"),
    (Column::Status, "col-stage only-closed"),
    (Column::Value, "col-value"),
    (Column::Chance, "col-chance only-open"),
    (Column::Owner, "col-owner"),
    (Column::Close, "col-close"),
    (Column::Created, "col-created"),
];

/// What the cells of a row show.
#[derive(Debug, Clone, PartialEq)]
struct Cells {
    href: String,
    name: String,
    customer: String,
    color: Color,
    process: String,
    stage: String,
    stale: bool,
    outcome: Option<Outcome>,
    value: String,
    chance: Chance,
    chance_text: String,
    owner: String,
    close: String,
    created: String,
}

impl Cells {
    fn of(workspace: &Setup, deal: &Deal) -> Option<Self> {
        let formats = formats_of(workspace);
        let process = workspace.processes.get(&deal.process)?;
        let stage = deal.current_stage(process).id();
        let stage = stage.and_then(|id| process.stage(id));
        let chance = deal.chance(process);
        let money = |value: Money| formats.money(value.minor().into());
        Some(Self {
            href: Route::Deal(deal.id).href(),
            name: deal.name.to_string(),
            customer: workspace.customer_name(deal.customer).to_owned(),
            color: process.color,
            process: process.name.to_string(),
            stage: stage
                .map_or("Stage unknown", |stage| stage.name.as_str())
                .to_owned(),
            stale: is_stale(deal, process, clock::now()),
            outcome: deal.outcome(),
            value: deal.value.map(money).unwrap_or_default(),
            chance,
            chance_text: formats.chance(chance),
            owner: workspace
                .entry_name(ListKind::Owners, deal.owner)
                .to_owned(),
            close: shown_close(deal)
                .map(|date| formats.date(date))
                .unwrap_or_default(),
            created: formats.date(deal.created),
        })
    }

    /// What narrow screens show below the name, beside the customer.
    fn state(&self) -> &str {
        match self.outcome {
            Some(outcome) => outcome.title(),
            None => &self.stage,
        }
    }
}

/// The cells of a row that is in the page: they stay while what they show changes.
#[derive(Clone, Copy)]
struct Row(Memo<Option<Cells>>);

impl Row {
    /// What it shows in one place; follows it.
    fn get<T: Default>(self, of: impl FnOnce(&Cells) -> T) -> T {
        self.0
            .with(|cells| cells.as_ref().map(of))
            .unwrap_or_default()
    }
}

/// The list as its rows follow it: those in view at once, and the others when
/// the frame that shows the change has been made.
#[derive(Clone, Copy)]
pub(super) struct Followed {
    ids: Memo<Vec<DealId>>,
    window: RowWindow,
    later: RwSignal<()>,
}

impl Followed {
    pub(super) fn new(ids: Memo<Vec<DealId>>, window: RowWindow) -> Self {
        let later = RwSignal::new(());
        Effect::new(move |_| {
            ids.track();
            dom::after_frame(alive(move |()| later.set(())));
        });
        Self { ids, window, later }
    }

    /// The deal at a place; follows it.
    fn id(self, at: usize) -> Option<DealId> {
        let of = |ids: &Vec<DealId>| ids.get(at).copied();
        if self.window.is_seen(at) {
            self.ids.with(of)
        } else {
            self.later.track();
            self.ids.with_untracked(of)
        }
    }
}

/// The row at a place of the list, whichever deal is there: another order
/// changes the texts in the rows, and makes no new ones. Without a deal it is
/// hidden, with the texts of the last one.
#[component]
pub(super) fn DealRow(
    at: usize,
    listing: Followed,
    selected: RwSignal<BTreeSet<DealId>>,
) -> impl IntoView {
    let app = use_app();
    let id = Memo::new(move |_| listing.id(at));
    let row = Row(Memo::new(move |before: Option<&Option<Cells>>| {
        let Some(id) = id.get() else {
            return before.cloned().flatten();
        };
        let deal = app.store.deal(id)?;
        app.store.setup(|workspace| Cells::of(workspace, &deal))
    }));
    let is_selected = Memo::new(move |_| {
        id.get()
            .is_some_and(|id| selected.with(|selected| selected.contains(&id)))
    });
    let select = move |event| {
        let on = event_target_checked(&event);
        let Some(id) = id.get_untracked() else { return };
        selected.update(|selected| {
            if on {
                selected.insert(id)
            } else {
                selected.remove(&id)
            };
        });
    };
    view! {
        <tr
            class="row"
            class:row-selected=move || is_selected.get()
            hidden=move || id.with(Option::is_none)
            aria-rowindex=(at + 2).to_string()
        >
            <td class="col-select">
                <input
                    type="checkbox"
                    aria-label=move || row.get(|cells| format!("Select {}", cells.name))
                    prop:checked=move || is_selected.get()
                    on:change=select
                />
            </td>
            {CELLS.map(|(by, class)| cell(by, class, row))}
        </tr>
    }
}

fn cell(by: Column, class: &'static str, row: Row) -> AnyView {
    let text = |of: fn(&Cells) -> &str| {
        let text = move || row.get(|cells| of(cells).to_owned());
        view! { <td class=class><span class="cell" dir="auto">{text}</span></td> }.into_any()
    };
    match by {
        Column::Name => name_cell(class, row),
        Column::Customer => text(|cells| &cells.customer),
        Column::Process => {
            let mark =
                Memo::new(move |_| row.get(|cells| Some((cells.color, cells.process.clone()))));
            let mark = move || {
                mark.get()
                    .map(|(color, name)| view! { <ProcessMark color name /> })
            };
            view! { <td class=class><span class="cell">{mark}</span></td> }.into_any()
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
            let title = move || row.get(|cells| cells.outcome.map_or("Open", Outcome::title));
            view! { <td class=class><span class=badge>{title}</span></td> }.into_any()
        }
        Column::Value => text(|cells| &cells.value),
        Column::Chance => {
            let color = move || row.get(|cells| format!("chance {}", color_class(cells.color)));
            let width = move || {
                let permille = row.get(|cells| cells.chance.permille());
                format!("{}%", f64::from(permille) / 10.0)
            };
            view! {
                <td class=class>
                    <span class=color>
                        <span class="chance-track" aria-hidden="true">
                            <span class="chance-bar" style:width=width></span>
                        </span>
                        <span class="chance-text">
                            {move || row.get(|cells| cells.chance_text.clone())}
                        </span>
                    </span>
                </td>
            }
            .into_any()
        }
        Column::Owner | Column::Category | Column::Touched => text(|cells| &cells.owner),
        Column::Stage => {
            let stage = move || row.get(|cells| cells.stage.clone());
            let stale = Memo::new(move |_| row.get(|cells| cells.stale));
            let badge = move || {
                stale
                    .get()
                    .then(|| view! { <span class="badge badge-warn">"Stale"</span> })
            };
            view! {
                <td class=class>
                    <span class="cell-with-badge">
                        <span class="cell" dir="auto">{stage}</span>
                        {badge}
                    </span>
                </td>
            }
            .into_any()
        }
        Column::Close => text(|cells| &cells.close),
        Column::Created => text(|cells| &cells.created),
    }
}

fn name_cell(class: &'static str, row: Row) -> AnyView {
    let separator = move || {
        row.get(|cells| {
            if cells.customer.is_empty() {
                ""
            } else {
                " · "
            }
        })
    };
    view! {
        <td class=class>
            <a class="cell deal-link" dir="auto" href=move || row.get(|cells| cells.href.clone())>
                {move || row.get(|cells| cells.name.clone())}
            </a>
            <span class="cell cell-more" aria-hidden="true">
                <bdi>{move || row.get(|cells| cells.customer.clone())}</bdi>
                {separator}
                <bdi>{move || row.get(|cells| cells.state().to_owned())}</bdi>
                {move || row.get(|cells| if cells.stale { " · Stale" } else { "" })}
            </span>
        </td>
    }
    .into_any()
}
