//! Values in another currency than the account's.

use super::Draft;
use crate::codec::csv::amounts::Decimal;
use crate::domain::value::text::counted;
use crate::ui::app::unique_id;
use crate::ui::import::parts::Section;
use crate::ui::prelude::*;

/// The section "Currencies"; not there for a file in the account's.
#[component]
pub fn CurrenciesSection(draft: Draft) -> impl IntoView {
    let account = memo(move || {
        let store = draft.app.store;
        store.setup(|workspace| draft.read(|matching| matching.money.account(workspace).code))
    });
    let proposed = memo(move || draft.read(|matching| matching.money.proposed));
    let foreign = memo(move || {
        draft.read(|matching| {
            let foreign = matching.money.foreign();
            foreign
                .map(|foreign| (foreign.code, foreign.rows))
                .collect::<Vec<_>>()
        })
    });
    let without_rate = memo(move || draft.read(|matching| matching.money.without_rate()));
    let summary = derived(move || match without_rate.get() {
        0 if foreign.with(Vec::is_empty) => {
            format!("The account takes the file's: {}", account.get())
        }
        0 => format!("Reckoned in {}", account.get()),
        rows => format!(
            "{} in another currency than {}",
            counted(rows, "value"),
            account.get()
        ),
    });
    let needed = derived(move || without_rate.get() > 0);
    view! {
        <Show when=move || proposed.get().is_some() || !foreign.with(Vec::is_empty)>
            <Section title="Currencies" summary needed>
                {move || proposed.get().map(|code| view! { <Adoption draft code /> })}
                <Show when=move || !foreign.with(Vec::is_empty)>
                    <p class="hint">
                        "Values are never added up across currencies. Give a rate, or leave it empty and these values are not known."
                    </p>
                    <ul class="import-rates">
                        <For
                            each=move || foreign.get()
                            key=|foreign| *foreign
                            children=move |(code, rows)| view! { <Rate draft code rows account /> }
                        />
                    </ul>
                </Show>
            </Section>
        </Show>
    }
}

/// Whether an account without values takes the file's currency.
#[component]
fn Adoption(draft: Draft, code: &'static str) -> impl IntoView {
    let id = unique_id("adopt");
    let hint = format!("{id}-hint");
    let (label_for, described) = (id.clone(), hint.clone());
    let before = draft.app.store.peek(|workspace| workspace.currency().code);
    view! {
        <div class="check">
            <input
                type="checkbox"
                id=id
                aria-describedby=described
                prop:checked=move || draft.read(|matching| matching.money.adopts)
                on:change=move |event| {
                    let adopts = event_target_checked(&event);
                    draft.edit(|matching, _, _| matching.money.adopts = adopts);
                }
            />
            <div>
                <label for=label_for>{format!("Make {code} the account's currency")}</label>
                <p class="hint" id=hint>
                    {format!(
                        "It is {before} now, and no deal has a value yet. All values of the file are in {code}.",
                    )}
                </p>
            </div>
        </div>
    }
}

/// What one unit of a currency is worth.
#[component]
fn Rate(
    draft: Draft,
    code: &'static str,
    rows: usize,
    account: Memo<&'static str>,
) -> impl IntoView {
    let id = unique_id("rate");
    let wrong_id = format!("{id}-error");
    let (label_for, described) = (id.clone(), wrong_id.clone());
    let wrong = RwSignal::new(false);
    let change = move |event| {
        let text: String = event_target_value(&event);
        let rate = Decimal::rate(&text);
        let is_right = text.trim().is_empty() || rate.is_some();
        wrong.set(!is_right);
        draft.edit(|matching, _, _| matching.money.set_rate(code, rate));
    };
    view! {
        <li class="import-rate field" class:field-wrong=move || wrong.get()>
            <label class="label" for=label_for>
                {move || format!("1 {code} in {}", account.get())}
                <span class="import-rows">{counted(rows, "value")}</span>
            </label>
            <input
                class="input"
                id=id
                inputmode="decimal"
                autocomplete="off"
                placeholder="not known"
                aria-invalid=move || wrong.get().to_string()
                aria-describedby=move || wrong.get().then(|| described.clone())
                on:change=change
            />
            <p class="error" id=wrong_id hidden=move || !wrong.get()>
                "A rate is a number above 0, such as 0.92."
            </p>
        </li>
    }
}
