//! What each value of the status column stands for, and how deals stand of
//! which something else tells.

use super::Draft;
use crate::codec::csv::Findings;
use crate::codec::csv::deals::{Matching, StatusMeaning};
use crate::domain::record::deal::Outcome;
use crate::domain::value::text::counted;
use crate::ui::import::parts::Section;
use crate::ui::import::pick::{Pick, plain};
use crate::ui::prelude::*;

/// What a choice is about.
#[derive(Clone, PartialEq, Eq, Hash)]
enum About {
    /// A value of the status column.
    Status(String),
    /// Rows of which only a reason for losing tells how they stand.
    LostReason,
    /// Rows of which only a closing date tells how they stand.
    ClosingDate,
}

impl About {
    /// What it is called beside the choice.
    fn title(&self) -> String {
        match self {
            Self::Status(text) => text.clone(),
            Self::LostReason => "A reason for losing, and no status".to_owned(),
            Self::ClosingDate => "A closing date, and no status".to_owned(),
        }
    }

    /// How the choice is called by itself.
    fn label(&self) -> String {
        match self {
            Self::Status(text) => format!("Status {text}"),
            other => other.title(),
        }
    }

    fn read(&self, matching: &Matching) -> Option<StatusMeaning> {
        match self {
            Self::Status(text) => {
                let mut all = matching.statuses.iter();
                all.find(|status| status.source == *text)
                    .map(|status| status.meaning)
            }
            Self::LostReason => Some(matching.by_lost_reason),
            Self::ClosingDate => Some(matching.by_closing_date),
        }
    }

    fn write(&self, matching: &mut Matching, meaning: StatusMeaning) {
        match self {
            Self::Status(text) => {
                let mut all = matching.statuses.iter_mut();
                if let Some(status) = all.find(|status| status.source == *text) {
                    status.meaning = meaning;
                }
            }
            Self::LostReason => matching.by_lost_reason = meaning,
            Self::ClosingDate => matching.by_closing_date = meaning,
        }
    }

    /// How many rows it is about.
    fn rows(&self, matching: &Matching, findings: &Findings) -> usize {
        match self {
            Self::Status(text) => {
                let mut all = matching.statuses.iter();
                all.find(|status| status.source == *text)
                    .map_or(0, |status| status.rows)
            }
            Self::LostReason => findings.by_lost_reason,
            Self::ClosingDate => findings.by_closing_date,
        }
    }
}

/// The section "Statuses"; not there for a file that asks nothing.
#[component]
pub fn Statuses(draft: Draft) -> impl IntoView {
    // While the rows are checked anew, the questions of the last check stand.
    let found = Memo::new(move |before: Option<&(usize, usize, usize)>| {
        let built = draft.check.built();
        built.map_or(before.copied().unwrap_or_default(), |built| {
            let found = &built.findings;
            let unknown = found.unknown_statuses.values().sum();
            (unknown, found.by_lost_reason, found.by_closing_date)
        })
    });
    let items = memo(move || {
        let (_, by_reason, by_date) = found.get();
        draft.read(|matching| {
            let statuses = matching.statuses.iter();
            let mut items: Vec<About> = statuses
                .map(|status| About::Status(status.source.clone()))
                .collect();
            items.extend((by_reason > 0).then_some(About::LostReason));
            items.extend((by_date > 0).then_some(About::ClosingDate));
            items
        })
    });
    let on_hold = memo(move || draft.read(Matching::on_hold));
    let summary = derived(move || {
        let (unknown, by_reason, by_date) = found.get();
        let mut parts = Vec::new();
        if unknown > 0 {
            parts.push(format!("{} without a meaning", counted(unknown, "status")));
        }
        if by_reason > 0 {
            parts.push(format!(
                "{} with a reason for losing alone",
                counted(by_reason, "row")
            ));
        }
        if by_date > 0 {
            parts.push(format!(
                "{} with a closing date alone",
                counted(by_date, "row")
            ));
        }
        if on_hold.get() > 0 {
            parts.push(format!(
                "{} on hold, taken as open",
                counted(on_hold.get(), "row")
            ));
        }
        if parts.is_empty() {
            parts.extend(items.get().iter().map(About::title));
        }
        parts.join(", ")
    });
    let needed = derived(move || found.get() != (0, 0, 0));
    view! {
        <Show when=move || !items.with(Vec::is_empty)>
            <Section title="Statuses" summary needed>
                <p class="hint" hidden=move || on_hold.get() == 0>
                    "Deals on hold come in as open."
                </p>
                <div class="import-values">
                    <p class="import-values-head" aria-hidden="true">
                        <span>"In the file"</span>
                        <span>"Stands for"</span>
                    </p>
                    <ul>
                        <For
                            each=move || items.get()
                            key=|item| item.clone()
                            children=move |about| view! { <OneStatus draft about /> }
                        />
                    </ul>
                </div>
            </Section>
        </Show>
    }
}

#[component]
fn OneStatus(draft: Draft, about: About) -> impl IntoView {
    let (title, label) = (about.title(), about.label());
    let about = StoredValue::new(about);
    let rows = move || {
        let built = draft.check.built();
        let rows = built.map_or(0, |built| {
            draft.read(|matching| about.with_value(|it| it.rows(matching, &built.findings)))
        });
        (rows > 0).then(|| counted(rows, "row"))
    };
    let value = derived(move || {
        let meaning = draft.read(|matching| about.with_value(|about| about.read(matching)));
        code(meaning.unwrap_or(StatusMeaning::Unknown)).to_owned()
    });
    let choose = move |chosen: String| {
        draft.edit(|matching, _, _| {
            about.with_value(|about| about.write(matching, meaning(&chosen)));
        });
    };
    let entries = [("unknown", "Unknown, left out"), ("open", "Open")].into_iter();
    let closed = Outcome::ALL.map(|outcome| (outcome.slug(), outcome.title()));
    let choices = plain(entries.chain(closed));
    view! {
        <li class="import-value">
            <span class="import-value-source">
                <bdi>{title}</bdi>
                <span class="import-rows">{move || rows()}</span>
            </span>
            <Pick label value choices on_choose=choose />
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
