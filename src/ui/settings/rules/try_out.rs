//! A try-out: which process a deal with these facts would be suggested.

use super::item::field_name;
use super::state::State;
use crate::domain::read::suggestion::{Rules, Suggestion};
use crate::domain::record::list::ListKind;
use crate::domain::record::rule::{Facts, RULE_LISTS};
use crate::domain::value::id::EntryId;
use crate::ui::app::use_app;
use crate::ui::deal::BecauseWords;
use crate::ui::parts::{AmountField, Choices, ProcessMark, Select};
use crate::ui::prelude::*;

/// The region "Try it out".
#[component]
pub fn TryOut(state: State) -> impl IntoView {
    let app = use_app();
    let chosen: [RwSignal<String>; 3] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let value = RwSignal::new(String::new());
    let typed = memo(move || app.typed_amount(&value.get()));
    let error = derived(move || typed.get().err().map(|error| error.to_string()));
    let answer = memo(move || {
        let [segment, category, owner] = chosen.map(|text| text.get().parse::<EntryId>().ok());
        let facts = Facts {
            segment,
            category,
            owner,
            value: typed.get().ok().flatten().map(|typed| typed.amount),
        };
        let rules = state.readable.get();
        app.store
            .setup(|workspace| Rules::new(workspace, &rules).answer(&facts))
    });
    let field = move |(kind, value): (ListKind, RwSignal<String>)| {
        let choices = memo(move || -> Choices {
            let entries = app.store.setup(|workspace| {
                let entries = workspace.list(kind).entries.iter();
                entries
                    .map(|e| (e.id.to_string(), e.name.to_string()))
                    .collect()
            });
            vec![
                (None, vec![(String::new(), "None".to_owned())]),
                (None, entries),
            ]
        });
        view! {
            <Select label=field_name(kind) value choices on_choose=move |id| value.set(id) />
        }
    };
    let fields = RULE_LISTS.into_iter().zip(chosen);
    view! {
        <section class="card try-out" aria-labelledby="try-out-title">
            <h2 id="try-out-title">"Try it out"</h2>
            {fields.map(field).collect::<Vec<_>>()}
            <AmountField label="Value" value error placeholder="Unknown" />
            <div class="try-out-answer" role="status">
                {move || match answer.get() {
                    Some(answer) => view! { <Answer answer /> }.into_any(),
                    None => view! { <p>"No rule fits: this deal would be suggested nothing."</p> }.into_any(),
                }}
            </div>
        </section>
    }
}

#[component]
fn Answer(answer: Suggestion) -> impl IntoView {
    let app = use_app();
    let Suggestion {
        process,
        number,
        because,
        ..
    } = answer;
    let mark = move || {
        app.store.setup(|workspace| {
            let process = workspace.processes.get(&process)?;
            let (color, name) = (process.color, process.name.to_string());
            Some(view! { <ProcessMark color name /> })
        })
    };
    view! {
        <p class="try-out-line">"This deal would be suggested " {move || mark()}</p>
        <p class="hint">
            {format!("Rule {number} fits: ")}
            <BecauseWords because />
        </p>
    }
}
