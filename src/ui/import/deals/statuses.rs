//! What each value of the status column stands for.

use super::Draft;
use crate::codec::csv::deals::{StatusMatch, StatusMeaning};
use crate::domain::deal::Outcome;
use crate::domain::text::counted;
use crate::ui::import::parts::Section;
use crate::ui::import::pick::{Pick, plain};
use crate::ui::prelude::*;

/// The section "Statuses"; not there for a file without such a column.
#[component]
pub fn Statuses(draft: Draft) -> impl IntoView {
    let statuses = Memo::new(move |_| draft.read(|matching| matching.statuses.clone()));
    let sources = Memo::new(move |_| {
        statuses.with(|statuses| {
            let sources = statuses.iter().map(|status| status.source.clone());
            sources.collect::<Vec<_>>()
        })
    });
    let unknown = Memo::new(move |_| draft.read(|matching| matching.unknown_statuses().count()));
    let summary = Signal::derive(move || match unknown.get() {
        0 => sources.with(|sources| sources.join(", ")),
        count => format!("{} without a meaning", counted(count, "value")),
    });
    let needed = Signal::derive(move || unknown.get() > 0);
    view! {
        <Show when=move || !sources.with(Vec::is_empty)>
            <Section title="Statuses" summary needed>
                <div class="import-values">
                    <p class="import-values-head" aria-hidden="true">
                        <span>"In the file"</span>
                        <span>"Stands for"</span>
                    </p>
                    <ul>
                        <For
                            each=move || sources.get()
                            key=|source| source.clone()
                            children=move |source| view! { <OneStatus draft statuses source /> }
                        />
                    </ul>
                </div>
            </Section>
        </Show>
    }
}

#[component]
fn OneStatus(draft: Draft, statuses: Memo<Vec<StatusMatch>>, source: String) -> impl IntoView {
    let key = StoredValue::new(source.clone());
    let status = Memo::new(move |_| {
        statuses.with(|statuses| {
            let mut all = statuses.iter();
            key.with_value(|key| all.find(|status| status.source == *key).cloned())
        })
    });
    let rows = move || status.with(|status| status.as_ref().map(|it| counted(it.rows, "row")));
    let value = Signal::derive(move || {
        let meaning = status.with(|status| status.as_ref().map(|status| status.meaning));
        code(meaning.unwrap_or(StatusMeaning::Unknown)).to_owned()
    });
    let choose = move |chosen: String| {
        draft.edit(|matching, _, _| {
            let mut all = matching.statuses.iter_mut();
            if let Some(status) = key.with_value(|key| all.find(|status| status.source == *key)) {
                status.meaning = meaning(&chosen);
            }
        });
    };
    let entries = [("unknown", "Unknown, left out"), ("open", "Open")].into_iter();
    let closed = Outcome::ALL.map(|outcome| (outcome.slug(), outcome.title()));
    let choices = plain(entries.chain(closed));
    view! {
        <li class="import-value">
            <span class="import-value-source">
                <bdi>{source.clone()}</bdi>
                <span class="import-rows">{rows}</span>
            </span>
            <Pick label=format!("Status {source}") value choices on_choose=choose />
        </li>
    }
}

fn code(meaning: StatusMeaning) -> &'static str {
    match meaning {
        StatusMeaning::Open => "open",
        StatusMeaning::Closed(outcome) => outcome.slug(),
        StatusMeaning::Unknown => "unknown",
    }
}

fn meaning(code: &str) -> StatusMeaning {
    let outcome = Outcome::ALL
        .into_iter()
        .find(|outcome| outcome.slug() == code);
    match (code, outcome) {
        ("open", _) => StatusMeaning::Open,
        (_, Some(outcome)) => StatusMeaning::Closed(outcome),
        _ => StatusMeaning::Unknown,
    }
}
