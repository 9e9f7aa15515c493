//! What happens to deals that are here already.

use super::Draft;
use crate::codec::csv::deals::ExistingPolicy;
use crate::domain::value::text::counted;
use crate::ui::app::unique_id;
use crate::ui::import::parts::Section;
use crate::ui::prelude::*;

const POLICIES: [(ExistingPolicy, &str, &str); 3] = [
    (
        ExistingPolicy::Skip,
        "Leave them as they are",
        "Their rows are left out.",
    ),
    (
        ExistingPolicy::Update { overwrite: false },
        "Fill in what they lack",
        "What they have stays.",
    ),
    (
        ExistingPolicy::Update { overwrite: true },
        "Overwrite them",
        "Where the file says something else, the file is right.",
    ),
];

/// The section "Deals that are here already"; not there where none is.
#[component]
pub fn Existing(draft: Draft) -> impl IntoView {
    let here = Memo::new(move |before: Option<&usize>| {
        let built = draft.check.built();
        built.map_or(before.copied().unwrap_or(0), |built| {
            built.counts.skipped + built.counts.updated
        })
    });
    let policy = memo(move || draft.read(|matching| matching.existing));
    let summary = derived(move || {
        let rows = counted(here.get(), "row");
        match policy.get() {
            ExistingPolicy::Skip => format!("{rows} left out"),
            ExistingPolicy::Update { overwrite: false } => {
                format!("{rows} fill in what is missing")
            }
            ExistingPolicy::Update { overwrite: true } => format!("{rows} overwrite them"),
        }
    });
    // Where nothing is new, the user must have meant something else.
    let needed = derived(move || {
        let nothing_new = draft.check.built().is_some_and(|built| built.deals() == 0);
        policy.get() == ExistingPolicy::Skip && nothing_new
    });
    let group = StoredValue::new(unique_id("existing"));
    let radio = move |(value, title, detail): (ExistingPolicy, &'static str, &'static str)| {
        let id = unique_id("policy");
        let hint = format!("{id}-hint");
        let (label_for, described_by) = (id.clone(), hint.clone());
        view! {
            <div class="check">
                <input
                    type="radio"
                    id=id
                    name=group.get_value()
                    aria-describedby=described_by
                    prop:checked=move || policy.get() == value
                    on:change=move |_| draft.edit(|matching, _, _| matching.existing = value)
                />
                <div>
                    <label for=label_for>{title}</label>
                    <p class="hint" id=hint>{detail}</p>
                </div>
            </div>
        }
    };
    view! {
        <Show when=move || here.get() != 0>
            <Section title="Deals that are here already" summary needed>
                <fieldset class="import-policies">
                    <legend>"Known by their id"</legend>
                    {POLICIES.into_iter().map(radio).collect::<Vec<_>>()}
                </fieldset>
            </Section>
        </Show>
    }
}
