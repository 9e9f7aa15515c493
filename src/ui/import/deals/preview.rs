//! What the import will do: figures, the first deals, the rows in error.

use std::sync::Arc;

use super::Draft;
use crate::codec::csv::deals::{Built, Counts, DealSum, Glimpse};
use crate::domain::record::deal::Outcome;
use crate::ui::import::parts::{Figure, Figures, FindingsView};
use crate::ui::import::rows::FirstRows;
use crate::ui::prelude::*;
use crate::web::intl::Formats;

/// How many deals are shown.
const DEALS: usize = 5;

/// The section "Preview".
#[component]
pub fn Preview(draft: Draft) -> impl IntoView {
    let built = move || draft.check.built();
    let figures = derived(move || {
        built().map_or_else(Vec::new, |built| {
            figures(&draft.formats_in(built.currency), &built.counts)
        })
    });
    view! {
        <section
            class="import-preview"
            aria-label="Preview"
            aria-busy=move || draft.check.step().is_some().to_string()
        >
            <h3>"Preview"</h3>
            <Show
                when=move || built().is_some()
                fallback=|| view! { <p class="hint">"Checking the rows"</p> }
            >
                <Figures figures />
                {move || built().map(|built| view! { <Places draft built /> })}
                {move || built().map(|built| findings(draft, &built))}
                {move || built().map(|built| view! { <FirstDeals draft built /> })}
            </Show>
        </section>
    }
}

fn figures(formats: &Formats, counts: &Counts) -> Vec<Figure> {
    let count = |name, count: usize| Figure {
        name,
        value: formats.count(count),
        detail: String::new(),
        wrong: false,
    };
    let tally = |name, tally: DealSum| Figure {
        // Nothing is said where no value is known.
        detail: match tally.value.minor() {
            0 => String::new(),
            minor => formats.money(minor),
        },
        ..count(name, tally.deals)
    };
    let mut figures = vec![count("New deals", counts.new)];
    let some = |name, number: usize| (number > 0).then(|| count(name, number));
    figures.extend(some("Updated", counts.updated));
    figures.extend(some("Left as they are", counts.skipped));
    figures.extend([tally("Open", counts.open), tally("Won", counts.won)]);
    figures.push(tally("Lost", counts.lost));
    if counts.outdated.deals > 0 {
        figures.push(tally("Outdated", counts.outdated));
    }
    figures.extend(some("New customers", counts.new_customers));
    figures.extend(some("Rows in error", counts.in_error).map(|figure| Figure {
        wrong: true,
        ..figure
    }));
    figures
}

/// The open deals by stage.
#[component]
fn Places(draft: Draft, built: Arc<Built>) -> impl IntoView {
    let counts = &built.counts;
    let mut processes: Vec<&str> = counts
        .stages
        .iter()
        .map(|place| place.process.as_str())
        .collect();
    processes.dedup();
    let groups: Vec<_> = processes
        .into_iter()
        .map(|process| {
            let is_new = counts.new_processes.iter().any(|name| name.as_str() == process);
            let of_process = counts.stages.iter().filter(|place| place.process.as_str() == process);
            let formats = draft.formats();
            let stages: Vec<_> = of_process
                .map(|place| {
                    let stage = place.stage.as_ref().map(ToString::to_string);
                    let stage = stage.unwrap_or_else(|| "Stage unknown".to_owned());
                    view! {
                        <li>
                            <bdi>{stage}</bdi>
                            " "
                            <strong>{formats.count(place.open.deals)}</strong>
                        </li>
                    }
                })
                .collect();
            view! {
                <div class="import-place">
                    <p>
                        <bdi>{process.to_owned()}</bdi>
                        {is_new.then(|| view! { <span class="badge badge-accent">"New process"</span> })}
                    </p>
                    <ul>{stages}</ul>
                </div>
            }
        })
        .collect();
    view! {
        <div class="import-places" role="group" aria-label="Open deals by stage">
            {groups}
        </div>
    }
}

fn findings(draft: Draft, built: &Built) -> impl IntoView + use<> {
    let counts = &built.counts;
    let leave_out = move |leaves_out: bool| {
        draft.edit(|matching, _, _| matching.leave_out_unread = leaves_out);
    };
    view! {
        <FindingsView
            picked=draft.picked.get_value()
            findings=built.findings.clone()
            rows=(counts.in_error, counts.with_unread)
            leaves_out=derived(move || draft.read(|matching| matching.leave_out_unread))
            on_leave_out=leave_out
        />
    }
}

#[component]
fn FirstDeals(draft: Draft, built: Arc<Built>) -> impl IntoView {
    let deals = draft
        .app
        .store
        .peek(|workspace| built.first_deals(workspace, DEALS));
    let formats = draft.formats_in(built.currency);
    let rows = deals.into_iter().map(|deal| row(&formats, deal).into_any());
    let rows = rows.collect();
    let head = vec![
        ("Name", ""),
        ("Customer", ""),
        ("Value", "import-number"),
        ("Sales process", ""),
        ("Status", ""),
        ("Created", ""),
        ("Close", ""),
        ("Owner", ""),
    ];
    view! { <FirstRows noun="deal" all=built.deals() head rows /> }
}

fn row(formats: &Formats, deal: Glimpse) -> impl IntoView + use<> {
    let value = deal
        .value
        .map(|value| formats.money(i128::from(value.minor())));
    let close = deal.close.map(|date| formats.date(date));
    let badge = match deal.ending {
        None => "badge badge-accent",
        Some(Outcome::Won) => "badge badge-won",
        Some(Outcome::Lost) => "badge badge-lost",
        Some(Outcome::Outdated) => "badge badge-outdated",
    };
    let status = match deal.ending {
        Some(ending) => ending.title().to_owned(),
        None if deal.stage.is_empty() => "Open".to_owned(),
        None => deal.stage,
    };
    view! {
        <tr>
            <th scope="row"><bdi class="import-cell">{deal.name}</bdi></th>
            <td><bdi class="import-cell">{deal.customer}</bdi></td>
            <td class="import-number">{value}</td>
            <td><bdi class="import-cell">{deal.process}</bdi></td>
            <td><bdi class=badge>{status}</bdi></td>
            <td class="import-date">{formats.date(deal.created)}</td>
            <td class="import-date">{close}</td>
            <td><bdi class="import-cell">{deal.owner}</bdi></td>
        </tr>
    }
}
